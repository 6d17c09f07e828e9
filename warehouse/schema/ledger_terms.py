"""The closed vocabularies of ledgers: what a row and a cell of one is, how rows are joined, and why a view has no number.

Names of contracts and procedures follow OCDS 1.1, those of works OC4IDS 0.9. The vocabularies of budget lines are in `vocabulary`.
"""

import re

from warehouse.schema.vocabulary import Term

# What one row of a ledger, or of a table linked to it, is.
LEDGERS: dict[str, Term] = {
    "procedure": Term("Procurement procedure, with its contract", "Procedimiento de contratación, con su contrato"),
    "contract": Term("Contract", "Contrato"),
    "payment": Term("Payment or invoice", "Pago o factura"),
    "bidder": Term("Bidder of a procedure", "Participante en un procedimiento"),
    "charge": Term("Budget item that a row is charged to", "Partida a la que se carga un renglón"),
    "supplier": Term("Supplier", "Proveedor"),
    "amendment": Term("Amendment of a contract", "Convenio modificatorio de un contrato"),
    "award": Term("Award of a procedure", "Adjudicación de un procedimiento"),
    "person": Term("Persons: nothing of them is kept", "Personas: nada de ellas se guarda"),
    "budget": Term("Budget line with its period and codes", "Línea presupuestal con su periodo y claves"),
    "work": Term("Public work or investment project", "Obra pública o proyecto de inversión"),
    "indicator": Term("Indicator", "Indicador"),
    "target": Term("Target of an indicator", "Meta de un indicador"),
    "resolution": Term("Resolution of a transparency committee", "Resolución de un comité de transparencia"),
    "request": Term("Access request", "Solicitud de acceso"),
    "commitment": Term("Commitment of a plan", "Compromiso de un plan"),
    "publication": Term("Document said to be published", "Documento que se dice publicado"),
    "observation": Term("Procedures that citizens observed", "Procedimientos observados por ciudadanos"),
    "transfer": Term("Money that governments say they gave or received", "Dinero que los gobiernos dicen haber dado o recibido"),
}

# As what the text of a cell is read. What each is worth is for `transforms.ledgers`.
CELL_TYPES: dict[str, Term] = {
    "text": Term("Text", "Texto"),
    "code": Term("Key or number that names something", "Clave o número que nombra algo"),
    "money": Term("Money in pesos", "Dinero en pesos"),
    "number": Term("Number that is no money", "Número que no es dinero"),
    "date": Term("Date", "Fecha"),
    "url": Term("Address of a document", "Dirección de un documento"),
    "reference": Term("Number of rows in a linked table", "Número de renglones en una tabla ligada"),
    "supplier": Term("Name of a company or public body", "Nombre de una empresa o ente público"),
}

CELL_EXCLUSIONS: dict[str, Term] = {
    "personal_data": Term("Personal data, withheld", "Dato personal, que no se publica"),
    "not_in_profile": Term("A column that the profile does not know", "Una columna que el perfil no conoce"),
    "no_record": Term("A row without any cell that the profile knows", "Un renglón sin ninguna celda que el perfil conozca"),
    "no_answer": Term("It says that there is nothing to say: N/A, no aplica, no se generó", "Dice que no hay qué decir: N/A, no aplica, no se generó"),
    "total": Term("A row that only adds up the others", "Un renglón que solo suma los demás"),
    "header": Term("The headers again, as at the top of a page", "Los encabezados otra vez, como al inicio de una página"),
    "column_number": Term("Number of a column, under its header", "Número de columna, bajo su encabezado"),
}

# The texts of cells that say so.
NO_ANSWER = re.compile(
    r"[\W_]*(?:n[\s./]*[ad]|s[\s./]*[nd]|no (?:aplica|disponible|existe)|no se (?:genero|genera|realizo|realizaron|cuenta|conto)\b.{0,120}|ningun[oa]"
    r"|sin (?:datos?|numero|informacion)\b.{0,60}|no hay(?: datos?| informacion)?)?[\W_]*"
)

METHODS: dict[str, Term] = {
    "open": Term("Open: public tender", "Abierta: licitación pública"),
    "selective": Term("Selective: invitation to three or more", "Restringida: invitación a cuando menos tres"),
    "direct": Term("Direct award", "Adjudicación directa"),
}

SUPPLIER_KINDS: dict[str, Term] = {
    "company": Term("Company, by its legal form or its tax key of 12 places", "Empresa, por su forma legal o su RFC de 12 posiciones"),
    "public": Term("Public body", "Ente público"),
    "withheld": Term("Not shown to be a company or public body: withheld", "No consta que sea empresa o ente público: se reserva"),
}

LINK_STRENGTHS: dict[str, Term] = {
    "proven": Term("The amounts agree", "Los importes coinciden"),
    "key": Term("The same key on both sides", "La misma clave de ambos lados"),
    "declared": Term("Declared by a person", "Declarado por una persona"),
    "words": Term("By words only: listed, never summed", "Solo por palabras: se enlista, nunca se suma"),
}

LINK_OUTCOMES: dict[str, Term] = {
    "explains": Term("The rows add up to the line", "Los renglones suman la línea"),
    "part": Term("The rows add up to a part of the line", "Los renglones suman una parte de la línea"),
    "exceeds": Term("The rows add up to more than the line", "Los renglones suman más que la línea"),
    "no_amount": Term("The row has no amount: an open contract, or an empty cell", "El renglón no tiene importe: contrato abierto, o celda vacía"),
    "shared": Term("The row is charged to several lines and does not say how much to each", "El renglón se carga a varias líneas y no dice cuánto a cada una"),
    "contradicts": Term("The two sides print different amounts of one thing", "Los dos lados imprimen importes distintos de lo mismo"),
}

CHARGE_BASES: dict[str, Term] = {
    "row": Term("Its own row says the code", "Su propio renglón dice la clave"),
    "id": Term("The number of the row in a linked table", "El número del renglón en una tabla ligada"),
    "order": Term("The order of a linked table, whose other rows all agree with it; this one repeats a number", "El orden de una tabla ligada, con el que concuerdan los demás renglones; este repite un número"),
}

# Why a view of ledgers has no number (promise P5).
LEDGER_REFUSALS: dict[str, Term] = {
    "ledger_absent": Term("No ledger of this body and year was read: not zero, unknown", "No se leyó ningún registro de este ente y ejercicio: no es cero, se desconoce"),
    "period_mismatch": Term("The ledger covers another period than the line", "El registro cubre un periodo distinto del de la línea"),
    "shared_charge": Term("A contract is charged to several lines without saying how much to each", "Un contrato se carga a varias líneas sin decir cuánto a cada una"),
    "exceeds": Term("Contracts or payments add up to more than the line", "Los contratos o pagos suman más que la línea"),
    "open_contract": Term("An open contract states only a minimum and a maximum", "Un contrato abierto solo dice un mínimo y un máximo"),
    "repeated": Term("The same contract or invoice stands in a register of an earlier period: counted once", "El mismo contrato o factura está en el registro de un periodo anterior: se cuenta una vez"),
    "rows_not_procedures": Term("Rows without a file number: how many procedures they are is not known", "Renglones sin número de expediente: no se sabe cuántos procedimientos son"),
    "observation_not_reported": Term("The register does not say whether citizens observed: not «no», unknown", "El registro no dice si hubo observación ciudadana: no es «no», se desconoce"),
    "bids_not_reported": Term("The register does not list the bids of every procedure", "El registro no enlista las proposiciones de cada procedimiento"),
    "giver_absent": Term("What the giver says was not read", "No se leyó lo que dice quien da"),
    "receiver_absent": Term("What the receivers say was not read", "No se leyó lo que dicen quienes reciben"),
    "coverage_low": Term("Fewer than nine in ten receivers say what they got", "Menos de nueve de cada diez receptores dicen lo que recibieron"),
    "no_works_list": Term("No list of works of this government and year was read: not traceable to a work", "No se leyó ninguna lista de obras de este gobierno y ejercicio: no trazable a una obra"),
    "perimeter_differs": Term("The two sides cover different bodies", "Los dos lados cubren entes distintos"),
    "cumulative_year": Term("Amounts of all years together", "Importes de todos los años juntos"),
    "sense_unknown": Term("The source does not say whether more or less is better", "La fuente no dice si es mejor más o menos"),
    "no_formula": Term("No formula with numerator and denominator: the result cannot be recomputed", "Sin fórmula con numerador y denominador: el resultado no se puede recalcular"),
    "unit_mismatch": Term("Target and result are not in the same unit", "La meta y el resultado no están en la misma unidad"),
    "contradicts_itself": Term("The result is not what its own numerator and denominator give", "El resultado no es lo que dan su propio numerador y denominador"),
    "no_target": Term("No target that is a number", "Sin una meta que sea un número"),
    "no_result": Term("No result that is a number", "Sin un resultado que sea un número"),
    "not_a_municipality": Term("The questionnaire is for municipalities", "El cuestionario es para municipios"),
    "needs_person": Term("Only a person can answer it", "Solo una persona lo puede responder"),
}

LEDGER_CAVEATS: dict[str, Term] = {
    "no_charge": Term("No contract or payment that was read says it is charged to this line", "Ningún contrato ni pago leído dice cargarse a esta línea"),
    "derived": Term("From a file that others derived: a cross-check, never cited", "De un archivo que otros derivaron: un cotejo, nunca se cita"),
    "no_programme_money": Term("The money of its programme was not read", "No se leyó el dinero de su programa"),
    "ledger_only": Term("Only the ledger says it: no sum proves it", "Solo el registro lo dice: ninguna suma lo prueba"),
    "receivers_missing": Term("Some receivers are missing from the sum", "Faltan receptores en la suma"),
    "beyond_stage": Term("The contracts fit another stage of the line, such as the revised budget, and add up to more than this one: no share", "Los contratos caben en otro momento de la línea, como el modificado, y suman más que este: no hay proporción"),
}

# Why a row of a ledger is verified, or is not.
LEDGER_REASONS: dict[str, Term] = {
    "ledger_sum": Term("It takes part in a sum that a budget line prints", "Es parte de una suma que una línea presupuestal imprime"),
    "no_proof": Term("Only the ledger says it", "Solo el registro lo dice"),
    "no_amount": Term("The ledger states no amount", "El registro no dice importe"),
    "unreadable": Term("The text is not a well-formed amount or date", "El texto no es un importe o fecha bien formado"),
    "totals_differ": Term("Its rows state several totals", "Sus renglones dicen varios totales"),
    "rounded": Term("More than two decimals: rounded to centavos", "Más de dos decimales: redondeado a centavos"),
    "other_currency": Term("Not in pesos: its amount is not counted", "No está en pesos: su importe no se cuenta"),
    "does_not_add_up": Term("It takes part in a sum that contradicts a budget line", "Es parte de una suma que contradice una línea presupuestal"),
}

YEAR_KINDS: dict[str, Term] = {
    "annual": Term("Of one year", "De un año"),
    "cumulative": Term("Of all years together: never added to those of one year", "De todos los años juntos: nunca se suma a los de un año"),
}

SENSES: dict[str, Term] = {
    "up": Term("More is better", "Más es mejor"),
    "down": Term("Less is better", "Menos es mejor"),
    "unknown": Term("The source does not say", "La fuente no lo dice"),
}

REQUEST_RESOLUTIONS: dict[str, Term] = {
    "confidential": Term("Classified as confidential, in part or whole", "Clasificada como confidencial, en parte o toda"),
    "reserved": Term("Classified as reserved", "Clasificada como reservada"),
    "nonexistent": Term("The information was declared not to exist", "Se declaró la inexistencia de la información"),
    "answered": Term("Answered", "Respondida"),
}

# What is asked of each work: twelve fields and its coordinates (CoST Infrastructure Data Standard, project level, as far as lists have it).
WORK_FIELDS: dict[str, Term] = {
    "key": Term("Key", "Clave"),
    "name": Term("Name", "Nombre"),
    "description": Term("Description", "Descripción"),
    "location": Term("Location", "Localización"),
    "physical_target": Term("Physical target", "Meta física"),
    "starts_on": Term("First day", "Inicio"),
    "ends_on": Term("Last day", "Término"),
    "total_investment": Term("Total investment", "Inversión total"),
    "approved": Term("Approved", "Aprobado"),
    "revised": Term("Revised", "Modificado"),
    "exercised": Term("Exercised", "Ejercido"),
    "physical_progress": Term("Physical progress", "Avance físico"),
    "coordinates": Term("Coordinates", "Coordenadas"),
}

RATE_MEASURES: dict[str, Term] = {
    "by_method": Term("Procedures of the method, of all", "Procedimientos del método, entre todos"),
    "single_bid": Term("Procedures with a single bid, of those whose bids are listed", "Procedimientos con una sola proposición, entre los que las enlistan"),
    "observed": Term("Procedures that citizens observed, of all", "Procedimientos que observaron ciudadanos, entre todos"),
}

ROUTE_LEGS: dict[str, Term] = {
    "state_to_municipalities": Term("From a state to its municipalities", "De un estado a sus municipios"),
    "spending_to_works": Term("From the spending on works (chapter 6000) to the list of works", "Del gasto en obra (capítulo 6000) a la lista de obras"),
}

ROUTE_FUNDS: dict[str, Term] = {
    "participaciones": Term("Shares of federal revenue", "Participaciones"),
    "aportaciones": Term("Federal earmarked funds (Ramo 33)", "Aportaciones (Ramo 33)"),
    "fais": Term("Fund for social infrastructure of municipalities", "Fondo de infraestructura social municipal (FAIS)"),
    "fortamun": Term("Fund for strengthening municipalities", "Fondo para el fortalecimiento de los municipios (FORTAMUN)"),
    "obra": Term("Public works (chapter 6000)", "Inversión pública (capítulo 6000)"),
}

TRANSFER_SIDES: dict[str, Term] = {
    "gave": Term("What the giver says", "Lo que dice quien da"),
    "received": Term("What the receiver says", "Lo que dice quien recibe"),
}

ITEM_OUTCOMES: dict[str, Term] = {
    "found": Term("Found in every row that was asked", "Se encontró en cada renglón consultado"),
    "in_part": Term("Found in some rows", "Se encontró en algunos renglones"),
    "not_found": Term("Not found in what was read", "No se encontró en lo leído"),
    "needs_person": Term("Only a person can answer it", "Solo una persona lo puede responder"),
}

# What a survey of budget documents says of each (Open Budget Survey: PW, PL, NP, IU, HC).
AVAILABILITIES: dict[str, Term] = {
    "published": Term("Published in time, on the web", "Publicado a tiempo, en la red"),
    "late": Term("Published late", "Publicado tarde"),
    "hard_copy": Term("On paper only", "Solo en papel"),
    "internal": Term("Made for internal use", "Hecho para uso interno"),
    "not_produced": Term("Not produced", "No elaborado"),
}
