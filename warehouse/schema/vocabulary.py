"""The closed vocabularies: budget stages, exclusion reasons, row kinds, outcomes, refusals.

Each is a mapping from the value stored to its sentence in English and Spanish. Rules that *use* a word belong to
`transforms`; this module only says which words exist.
"""

from typing import NamedTuple


class Term(NamedTuple):
    """What a stored value means, in each language."""

    en: str
    es: str


# What every release measures and compares, whoever asks (out.change); other baskets carry their own names.
ITEMS: dict[str, Term] = {
    "health": Term("Health", "Salud"),
    "events": Term("Events", "Eventos"),
    "advertising": Term("Advertising", "Publicidad"),
    "total": Term("Total", "Gasto total"),
}

# Budget stages (momentos contables), in legal order: LGCG art. 38. Income has its own two; the in-year changes and
# the two differences are columns that the row identities need.
STAGES: dict[str, Term] = {
    "proyecto": Term("Bill sent to congress", "Proyecto enviado al congreso"),
    "aprobado": Term("Approved", "Aprobado"),
    "ampliaciones_reducciones": Term("In-year increases and (reductions)", "Ampliaciones y (reducciones)"),
    "modificado": Term("Revised", "Modificado"),
    "comprometido": Term("Committed", "Comprometido"),
    "devengado": Term("Accrued", "Devengado"),
    "ejercido": Term("Exercised", "Ejercido"),
    "pagado": Term("Paid", "Pagado"),
    "subejercicio": Term("Underspending (revised less accrued)", "Subejercicio (modificado menos devengado)"),
    "estimado": Term("Estimated income", "Ingreso estimado"),
    "recaudado": Term("Collected income", "Ingreso recaudado"),
}

# Why a numeric word is not an amount of a line (promise P2). Readers and transforms use these and no others.
EXCLUSIONS: dict[str, Term] = {
    "page_number": Term("Page number", "Número de página"),
    "code": Term("Classification code or key", "Código o clave de clasificación"),
    "year": Term("Year", "Año"),
    "date": Term("Date or time", "Fecha u hora"),
    "percentage": Term("Percentage or rate", "Porcentaje o tasa"),
    "article": Term("Article, fraction or annex number", "Número de artículo, fracción o anexo"),
    "list_number": Term("Number of a list item or row", "Número de inciso o renglón"),
    "column_number": Term("Column number or formula under a header", "Número o fórmula de columna en el encabezado"),
    "header": Term("Part of a header or title", "Parte de un encabezado o título"),
    "label": Term("Part of a row's label", "Parte de la etiqueta de un renglón"),
    "prose": Term("Number inside running text", "Número dentro de texto corrido"),
    "furniture": Term("Repeated header or footer of the page", "Encabezado o pie repetido de la página"),
    "footnote": Term("Note or reference mark", "Nota o llamada"),
    "quantity": Term("Count or quantity, not money", "Cantidad, no dinero"),
    "identifier": Term("Folio, contract, telephone or other identifier", "Folio, contrato, teléfono u otro identificador"),
    "watermark": Term("Watermark, stamp or signature", "Marca de agua, sello o firma"),
    "hidden": Term("Hidden row, column or sheet", "Renglón, columna u hoja oculta"),
    "not_visible": Term("Nobody sees it on the page: off it, covered, invisible or of the colour of its ground", "Nadie lo ve en la página: fuera de ella, tapado, invisible o del color del fondo"),
    "struck_out": Term("Struck out: a line is drawn through it", "Tachado: una raya lo cruza"),
    "left_out": Term("On a page or sheet that the document's hints leave out, or on a sheet that repeats another", "En una página u hoja que las pistas del documento omiten, o en una hoja que repite otra"),
    "refused": Term("On a page that is refused: money in a column of it was not recognised as a table", "En una página rechazada: dinero en columna no se reconoció como tabla"),
    "personal_data": Term("Personal data, withheld", "Dato personal, que no se publica"),
    "record": Term("Cell of a ledger (contracts, works, requests), which is no budget line: see raw.record", "Celda de un registro (contratos, obras, solicitudes), que no es línea presupuestal: véase raw.record"),
    "garbled": Term("Page whose text layer is broken", "Página con capa de texto dañada"),
    "unreadable": Term("Not readable as a number", "No se puede leer como número"),
}

PAGE_KINDS: dict[str, Term] = {
    "table": Term("Page with tables", "Página con tablas"),
    "prose": Term("Running text", "Texto corrido"),
    "image": Term("Image without text", "Imagen sin texto"),
    "garbled": Term("Broken text layer", "Capa de texto dañada"),
    "ocr": Term("Image read by OCR", "Imagen leída por OCR"),
    "blank": Term("Blank", "En blanco"),
    "failed": Term("The page could not be read", "La página no se pudo leer"),
    "sheet": Term("Sheet of a workbook, or a CSV file", "Hoja de cálculo o archivo CSV"),
}

# Where a line of text stands that is in no table.
TEXT_KINDS: dict[str, Term] = {
    "title": Term("Title of a table", "Título de una tabla"),
    "above": Term("Over a table, and no part of its title", "Sobre una tabla, sin ser su título"),
    "below": Term("Under a table: notes, foot of the table", "Bajo una tabla: notas, pie de la tabla"),
    "page_head": Term("Head of the page, or print header of a sheet", "Encabezado de la página, o de impresión de la hoja"),
    "page_foot": Term("Foot of the page, or print footer of a sheet", "Pie de la página, o de impresión de la hoja"),
    "cover": Term("Page without tables", "Página sin tablas"),
    "sheet_name": Term("Name of a sheet", "Nombre de una hoja"),
    "text_box": Term("Text box or drawing of a sheet", "Cuadro de texto o dibujo de una hoja"),
    "comment": Term("Comment of a cell", "Comentario de una celda"),
    "other_sheet": Term("Sheet without amounts", "Hoja sin importes"),
}

ROW_KINDS: dict[str, Term] = {
    "detail": Term("Detail: counted in sums", "Detalle: se suma"),
    "subtotal": Term("Subtotal of the rows it contains", "Subtotal de los renglones que contiene"),
    "total": Term("Total of the table", "Total de la tabla"),
    "memo": Term("Shown for information, never summed", "Informativo, no se suma"),
}

CLASSIFICATIONS: dict[str, Term] = {
    "administrative": Term("Who spends", "Administrativa (quién gasta)"),
    "object": Term("On what (COG)", "Objeto del gasto (en qué se gasta)"),
    "function": Term("What for (CFG)", "Funcional (para qué se gasta)"),
    "programme": Term("Programme or project", "Programática (programa o proyecto)"),
    "economic": Term("Type of expenditure", "Tipo de gasto"),
    "funding": Term("Source of funding", "Fuente de financiamiento"),
    "income": Term("Income (CRI)", "Ingresos (CRI)"),
    "contract": Term("Contracts and purchases", "Contratos y compras"),
    "accounting": Term("Accounting statement", "Estado contable"),
    "unknown": Term("Not recognised", "No reconocida"),
}

DOCUMENT_KINDS: dict[str, Term] = {
    "proyecto": Term("Budget bill", "Proyecto de presupuesto de egresos"),
    "ley": Term("Budget law or decree", "Ley o decreto de presupuesto de egresos"),
    "ley_ingresos": Term("Income law", "Ley de ingresos"),
    "calendario": Term("Calendar of the approved budget", "Calendario del presupuesto aprobado"),
    "cuenta_publica": Term("Annual account", "Cuenta pública"),
    "informe": Term("Quarterly or monthly report", "Informe trimestral o mensual"),
    "estadistica": Term("Official statistics", "Estadística oficial"),
    "secundaria": Term("Secondary dataset, for cross-checks only", "Base secundaria, solo para contraste"),
    "contratos": Term("Contracts and purchases", "Contratos y compras"),
    "norma": Term("Accounting norm or codebook", "Norma o clasificador"),
    "otro": Term("Other", "Otro"),
}

# What became of a document, and of a part of it. `read` and `partial` have lines; the others are refusals.
OUTCOMES: dict[str, Term] = {
    "read": Term("Read", "Leído"),
    "partial": Term("Read, but some pages could not be", "Leído; algunas páginas no se pudieron leer"),
    "empty_file": Term("Empty file", "Archivo vacío"),
    "corrupt": Term("Damaged or truncated file", "Archivo dañado o truncado"),
    "encrypted": Term("Encrypted: a password is needed", "Cifrado: requiere contraseña"),
    "mislabelled": Term("The content is not what the name says", "El contenido no es lo que dice el nombre"),
    "unknown_format": Term("Format not supported", "Formato no admitido"),
    "too_large": Term("Larger than the limits allow", "Excede los límites de tamaño"),
    "no_text": Term("No text: scanned pages need OCR", "Sin texto: las páginas escaneadas requieren OCR"),
    "garbled_text": Term("Broken text layer: needs OCR", "Capa de texto dañada: requiere OCR"),
    "no_table": Term("No table with amounts was found", "No se encontró ninguna tabla con importes"),
    "declared_empty": Term("An empty register that says why: a fact", "Un registro vacío que dice por qué: es un hecho"),
    "profile_unknown": Term("A ledger whose columns no profile knows", "Un registro cuyas columnas ningún perfil conoce"),
    "profile_unclear": Term("More than one profile fits the ledger", "Más de un perfil corresponde al registro"),
    "implausible": Term("Too much of it was not recognised as tables", "Demasiado quedó fuera de las tablas"),
    "personal_data": Term("Personal data: refused", "Datos personales: rechazado"),
    "pending": Term("Not read yet: materialize raw/document", "Aún no se lee: materialice raw/document"),
    "missing": Term("The archived bytes are missing", "Faltan los bytes archivados"),
    "unreachable": Term("Its address did not give it", "Su dirección no lo entregó"),
    "forbidden_address": Term("Its address is not one the program may visit", "Su dirección no está permitida"),
    "unfinished": Term("Not finished: the next run goes on with it", "Sin terminar: la próxima corrida sigue con él"),
    "failed": Term("The program failed: a defect to report", "Falló el programa: defecto por reportar"),
}

READABLE = ("read", "partial", "declared_empty")  # outcomes of documents that were read

RECONCILIATIONS: dict[str, Term] = {
    "row_identity": Term("Row identity", "Identidad del renglón"),
    "children": Term("Children add up to their parent", "Los hijos suman su padre"),
    "total": Term("Rows add up to the table's total", "Los renglones suman el total de la tabla"),
    "columns": Term("Columns add up to a total column", "Las columnas suman una columna total"),
    "twin": Term("The same amount in another table or document", "El mismo importe en otra tabla o documento"),
    "ledger_sum": Term("Contracts or payments add up to the line", "Los contratos o pagos suman la línea"),
}

RECONCILIATION_OUTCOMES: dict[str, Term] = {
    "passed": Term("Adds up", "Cuadra"),
    "rounding": Term("Differs by rounding only", "Difiere solo por redondeo"),
    "failed": Term("Does not add up", "No cuadra"),
    "trivial": Term("Only zeros: proves nothing", "Solo ceros: no prueba nada"),
}

# Whose error a sum is that does not add up. What nothing shows to be the source's is unexplained: it may be the reader's.
EXPLANATIONS: dict[str, Term] = {
    "source_error": Term("Error of the source: what it prints does not add up", "Error de la fuente: lo que imprime no cuadra"),
    "unexplained": Term("Unexplained: of the source or of its reading", "Sin explicar: de la fuente o de su lectura"),
}

# Why an amount is, or is not, verified (promise P1). The proof reasons are the ones listed first.
PROOFS: dict[str, Term] = {
    "row_identity": Term("The identity of its row holds: modified = approved + changes, and the like", "Cuadra la identidad de su renglón: modificado = aprobado + cambios, y similares"),
    "children": Term("Its parts add up to it", "Sus partes suman lo que dice"),
    "total": Term("It is part of a total that adds up", "Es parte de un total que cuadra"),
    "columns": Term("The columns of its row add up", "Las columnas de su renglón cuadran"),
    "twin": Term("Another table or document prints the same figure for the same line", "Otra tabla o documento imprime la misma cifra de la misma línea"),
    "correction": Term("A declared correction with its evidence", "Una corrección declarada, con su evidencia"),
    "ledger_sum": Term("The contracts or payments of a ledger add up to it", "Los contratos o pagos de un registro suman lo que dice"),
}

UNVERIFIED: dict[str, Term] = {
    "no_proof": Term("Nothing proves it: no identity, total or twin reaches it", "Nada lo prueba: ni identidad, ni total, ni gemelo"),
    "does_not_add_up": Term("It takes part in a sum that does not add up", "Participa en una suma que no cuadra"),
    "unreadable": Term("The text is not a well-formed amount", "El texto no es un importe bien formado"),
    "ocr": Term("Read by OCR and not proven", "Leído por OCR y sin prueba"),
    "label_unconfirmed": Term("Proven, but nothing confirms the words of its label or header, which OCR read or a broken text layer lost", "Probado, pero nada confirma las palabras de su etiqueta o encabezado, que leyó el OCR o perdió una capa de texto dañada"),
    "formula_without_value": Term("Formula without a stored value", "Fórmula sin valor guardado"),
    "hidden": Term("In a hidden row, column or sheet", "En un renglón, columna u hoja oculta"),
    "rounded": Term("More than two decimals: rounded to centavos", "Más de dos decimales: redondeado a centavos"),
    "error_cell": Term("Error value in the cell", "Valor de error en la celda"),
    "zero_only": Term("Only zeros reach it: proves nothing", "Solo ceros la alcanzan: no prueba nada"),
    "echo": Term("Equals approved on nearly all rows: a placeholder", "Igual al aprobado en casi todos los renglones: relleno"),
    "unit_doubtful": Term("The unit is not proven", "La unidad no está probada"),
    "sign_unclear": Term("Proven, but whether it is positive or negative does not show", "Probado, pero no consta si es positivo o negativo"),
    "label_missing": Term("Proven, but no words say what it is of: no label, only codes, one letter, a stage or a percentage", "Probado, pero ninguna palabra dice de qué es: sin etiqueta, o solo claves, una letra, un momento o un porcentaje"),
    "kind_unclear": Term("Proven, but nothing says that it is money", "Probado, pero nada dice que sea dinero"),
    "unit_not_stated": Term("Proven, but no words say in what unit it is printed", "Probado, pero ninguna palabra dice en qué unidad está impreso"),
    "unit_conflict": Term("Proven, but words, catalogue or figures disagree on its unit", "Probado, pero palabras, catálogo o cifras no coinciden en su unidad"),
    "other_currency": Term("Proven, but in a currency other than the peso", "Probado, pero en una moneda distinta del peso"),
    "year_unclear": Term("Proven, but its year is not said, or what is said disagrees", "Probado, pero no consta de qué año es, o lo que consta no coincide"),
    "year_conflict": Term("Proven, but its table says one part of the year and prints the amounts of another", "Probado, pero su tabla dice una parte del año e imprime los importes de otra"),
    "body_unclear": Term("Proven, but whose it is is not said, or what is said disagrees", "Probado, pero no consta de qué ente es, o lo que consta no coincide"),
    "not_visible": Term("Nobody sees it on its page or sheet", "Nadie lo ve en su página u hoja"),
    "struck_out": Term("A line is drawn through it", "Una raya lo cruza"),
}

# What an amount must rest on beside its value, in the order in which what lacks is told (DESIGN, what verified means). The stage
# is asked where an amount is cited, the others before it is verified.
FACETS: dict[str, Term] = {
    "value": Term("Value", "Valor"),
    "sign": Term("Sign", "Signo"),
    "label": Term("Label", "Etiqueta"),
    "kind": Term("That it is money", "Que es dinero"),
    "unit": Term("Unit and currency", "Unidad y moneda"),
    "time": Term("Year", "Año"),
    "body": Term("Public body", "Ente público"),
    "stage": Term("Budget stage", "Momento contable"),
    "seen": Term("That it can be seen", "Que se ve"),
}

# On what a facet rests. The proofs are those of the value; null is no basis.
BASES: dict[str, Term] = {
    **PROOFS,
    "unsigned": Term("Printed without a sign: positive", "Impreso sin signo: positivo"),
    "printed_sign": Term("A printed sign, or parentheses", "Un signo impreso, o paréntesis"),
    "identity": Term("An identity in which the sign decides", "Una identidad en la que el signo decide"),
    "row": Term("The words of its row", "Las palabras de su renglón"),
    "heading": Term("A heading that stands over its row", "Un encabezado sobre su renglón"),
    "classifier": Term("The official classifier's name for its code", "El nombre de su clave en el clasificador oficial"),
    "header": Term("The header of its column", "El encabezado de su columna"),
    "currency_sign": Term("A peso sign beside the figures of its column", "Un signo de pesos junto a las cifras de su columna"),
    "unit": Term("The unit of its table", "La unidad de su tabla"),
    "title": Term("The title over its table", "El título sobre su tabla"),
    "above": Term("A line between title and table", "Una línea entre el título y la tabla"),
    "below": Term("A note under the table", "Una nota bajo la tabla"),
    "page_head": Term("The head of the page", "La cabeza de la página"),
    "page_foot": Term("The foot of the page", "El pie de la página"),
    "cover": Term("A page of the document without tables", "Una página del documento sin tablas"),
    "sheet_name": Term("The name of the sheet", "El nombre de la hoja"),
    "text_box": Term("A text box", "Un cuadro de texto"),
    "comment": Term("A comment on a cell", "Un comentario de una celda"),
    "other_sheet": Term("A sheet without amounts", "Una hoja sin importes"),
    "cell_format": Term("The number format of its cell", "El formato de número de su celda"),
    "centavos": Term("Centavos printed throughout, and no unit named anywhere", "Centavos impresos en todo el documento, sin unidad nombrada en ninguna parte"),
    "document": Term("What the document says elsewhere", "Lo que el documento dice en otra parte"),
    "public_body": Term("The line 'Ente público' of the document", "La línea «Ente público» del documento"),
    "document_kind": Term("What the document is: a law approves, a bill proposes", "Lo que es el documento: una ley aprueba, un proyecto propone"),
    "catalogue": Term("Declared by a person in the catalogue", "Declarado por una persona en el catálogo"),
    "in_sight": Term("Printed in sight", "Impreso a la vista"),
}

# Why a comparison has no number (promise P5).
REFUSALS: dict[str, Term] = {
    "no_health": Term("No health amount of this government, year and stage", "No hay importe de salud de este gobierno, año y momento"),
    "no_events": Term("No events amount of this government, year and stage", "No hay importe de eventos de este gobierno, año y momento"),
    "unverified_operand": Term("An operand is not verified", "Un operando no está verificado"),
    "different_perimeter": Term("The operands cover different perimeters", "Los operandos cubren perímetros distintos"),
    "different_period": Term("The operands cover different periods", "Los operandos cubren periodos distintos"),
    "different_unit": Term("The operands have different or unproven units", "Los operandos tienen unidades distintas o sin probar"),
    "different_document": Term("The operands come from different documents that do not agree", "Los operandos vienen de documentos distintos que no coinciden"),
    "no_price_index": Term("No price index for that year", "No hay índice de precios para ese año"),
    "forecast_price_index": Term("The price index of that year is partial or a forecast", "El índice de precios de ese año es parcial o pronóstico"),
    "no_stage": Term("The document does not say the budget stage", "El documento no dice el momento contable"),
    "health_near_zero": Term("Health is near zero: it runs through bodies outside the perimeter", "Salud casi en cero: pasa por entes fuera del perímetro"),
    "zero_base": Term("The base is zero or too small for a share", "La base es cero o demasiado pequeña para un porcentaje"),
    "not_citable": Term("Secondary source: for cross-checks, never cited", "Fuente secundaria: para contraste, no se cita"),
    "different_stage": Term("Operands of different stages", "Operandos de momentos distintos"),
    "missing_operand": Term("A line of the sum could not be read: what is missing is not zero", "Una línea de la suma no se pudo leer: lo que falta no es cero"),
    "echo": Term("The stage repeats approved: a placeholder", "El momento repite el aprobado: es relleno"),
    "perimeter_jump": Term("What the documents cover jumped between the two", "Lo que cubren los documentos saltó entre uno y otro"),
    "institutional_change": Term("Who spends on it changed in between", "Cambió en medio quién lo gasta"),
    "no_document": Term("An operand is missing: no document read gives it", "Falta un operando: ningún documento leído lo da"),
    "superseded_document": Term("An operand is a line of a document that a newer version replaced: name the line of the newer one", "Un operando es línea de un documento que una versión más nueva sustituyó: nombre la línea de la nueva"),
    "insurer_unknown": Term("No source names who insures the workers of this government for medical care", "Ninguna fuente dice quién asegura la atención médica de los trabajadores de este gobierno"),
    "pensions_not_separated": Term("Health is not separated from pensions", "Salud no está separada de las pensiones"),
    "no_operand": Term("One operand has no amount of this government, year and stage", "Un operando no tiene importe de este gobierno, año y momento"),
    "different_status": Term("One operand is preliminary and the other final", "Un operando es preliminar y el otro definitivo"),
    "different_prices": Term("The operands are at prices of different years", "Los operandos están a precios de años distintos"),
    "total_contents_unknown": Term("The document does not say how much of its total is amortisation of debt or cash balance", "El documento no dice cuánto de su total es amortización de deuda o disponibilidad final"),
    "different_netting": Term("One operand nets transfers between bodies and the other does not", "Un operando descuenta las transferencias entre entes y el otro no"),
}

# What an alert is about; its own sentence says of what and how much.
ALERTS: dict[str, Term] = {
    "does_not_add_up": Term("Printed sums that do not add up", "Sumas impresas que no cuadran"),
    "more_do_not_add_up": Term("More sums that do not add up, counted only", "Más sumas que no cuadran, solo contadas"),
    "echo": Term("Stages that repeat the approved budget: placeholders", "Momentos que repiten el aprobado: son relleno"),
    "in_thousands": Term("Amounts that look printed in thousands", "Importes que parecen impresos en miles"),
    "unit_jump": Term("Amounts over twenty times the year before, or under a twentieth: check the unit", "Importes de más de veinte veces el año anterior, o menos de un veinteavo: revise la unidad"),
    "no_stage": Term("Amounts whose header names no budget stage", "Importes cuyo encabezado no nombra un momento contable"),
    "perimeter_jump": Term("The money or bodies covered jumped between years or versions", "Saltó entre años o versiones qué dinero o entes se cubren"),
    "health_near_zero": Term("Health near zero: it runs through bodies outside the perimeter", "Salud casi en cero: pasa por entes fuera del perímetro"),
    "zero_base": Term("A base of zero, or too small for a percentage", "Una base de cero, o demasiado pequeña para un porcentaje"),
    "different_perimeter": Term("Operands that cover different perimeters", "Operandos que cubren perímetros distintos"),
    "different_unit": Term("Operands with different or unproven units", "Operandos con unidades distintas o sin probar"),
    "different_document": Term("Operands of documents that do not agree", "Operandos de documentos que no coinciden"),
    "cross_classification": Term("The same spending adds up to other totals by object, function or body", "El mismo gasto suma totales distintos por objeto, función o ente"),
    "cross_source": Term("Two sources print different amounts of one class", "Dos fuentes imprimen importes distintos de una misma clase"),
    "document_refused": Term("Documents that could not be read", "Documentos que no se pudieron leer"),
    "document_partial": Term("Documents read only in part", "Documentos leídos solo en parte"),
    "document_unidentified": Term("Documents whose government and year are not known", "Documentos de los que no se conoce gobierno ni año"),
    "document_superseded": Term("Documents that a newer version replaced", "Documentos que una versión más nueva sustituyó"),
    "document_duplicate": Term("The same document more than once", "El mismo documento más de una vez"),
    "definition_left_out": Term("Files of one's own (claims, cards, baskets, comparisons) that could not be used", "Archivos propios (afirmaciones, fichas, canastas, comparaciones) que no se pudieron usar"),
}

# What must be said beside a number and does not withdraw it, in the order in which it is said.
CAVEATS: dict[str, Term] = {
    "typeset": Term("Document typeset by the project with published figures: cite the original source, not the document", "Documento compuesto por el proyecto con cifras publicadas: cite la fuente original, no el documento"),
    "preliminary": Term("Preliminary figures", "Cifras preliminares"),
    "two_axes": Term("Health and events are two classifications of the same spending: part of the events may be inside health", "Salud y eventos son dos clasificaciones del mismo gasto: una parte de los eventos puede estar dentro de salud"),
    "one_off": Term("Money spent once against spending of every year", "Dinero de una sola vez frente a un gasto de cada año"),
    "events_added": Term("Events are a sum of items: the concept is not printed", "Los eventos son la suma de partidas: no se imprime el concepto"),
    "borrowed": Term("An operand comes from another document of the same government, year, stage and period, with the same total", "Un operando viene de otro documento del mismo gobierno, año, momento y periodo, con el mismo total"),
    "perimeter_by_table": Term("The perimeter is checked by the table, not by a printed total", "El perímetro se coteja por la tabla, no por un total impreso"),
    "advertising_apart": Term("Advertising is printed only in a view of another perimeter, and is not shown", "La publicidad se imprime solo en una vista de otro perímetro y no se muestra"),
    "advertising_unverified": Term("Advertising is not verified", "La publicidad no está verificada"),
    "part": Term("The view is a cut of the budget, not the whole budget", "La vista es un corte del presupuesto, no el presupuesto completo"),
    "transfers_counted": Term("Gross budget: an amount by object also counts transfers to own bodies (COG 4100, 4200), which those bodies spend and count again", "Presupuesto bruto: por objeto se cuentan también las transferencias a los entes propios (COG 4100 y 4200), que esos entes gastan y vuelven a contar"),
    "total_as_printed": Term("Total as printed: how much of it is amortisation of debt or cash balance is not said", "Total tal como está impreso: no consta cuánto de él es amortización de deuda o disponibilidad final"),
    "nominal_other_sign": Term("In pesos of the day the sign is the other: prices explain it", "En pesos corrientes el signo es el contrario: lo explican los precios"),
    "x_added": Term("X is the sum of the lines cited: no single one is printed", "X es la suma de las líneas que se citan: no se imprime una sola"),
    "y_added": Term("Y is the sum of the lines cited: no single one is printed", "Y es la suma de las líneas que se citan: no se imprime una sola"),
    "x_classes": Term("X: the view does not print every code of the rule", "X: la vista no imprime todas las claves de la regla"),
    "y_classes": Term("Y: the view does not print every code of the rule", "Y: la vista no imprime todas las claves de la regla"),
    "bodies_added": Term("Health is the sum of the bodies whose name says so: what other bodies spend on health is not in it", "Salud es la suma de los entes cuyo nombre lo dice: no incluye lo que gastan en salud otros entes"),
    "efipem_transfers": Term("EFIPEM perimeter: health is the transfers «Instituciones y programas de salud»; «Secretaría de salud» is only the payroll of the ministry and is not added", "Perímetro EFIPEM: salud son las transferencias «Instituciones y programas de salud», y «Secretaría de salud» es solo la nómina de la dependencia y no se suma"),
    "unstable": Term("Not all readings have the same sign: it does not hold", "No todas las lecturas dan el mismo signo: no se sostiene"),
}

# What an operand of a comparison declares of itself, beside its stage, year and period.
NETTINGS: dict[str, Term] = {
    "gross": Term("Transfers to its own bodies are counted", "Cuenta las transferencias a los entes propios"),
    "net": Term("Transfers between its bodies are taken out, as its title says", "Descuenta las transferencias entre sus entes, según su título"),
    "leaving": Term("Of the central administration: what it transfers to other bodies leaves, and is not counted again", "De la administración central: lo que transfiere a otros entes sale y no se vuelve a contar"),
    "unknown": Term("The document does not say", "El documento no lo dice"),
}
RECURRENCES: dict[str, Term] = {
    "recurrent": Term("Spent every year", "Se gasta cada año"),
    "one_off": Term("Spent once: works, equipment, a contract", "Se gasta una vez: obra, equipo, un contrato"),
    "mixed": Term("Some of each", "De ambas clases"),
    "unknown": Term("The basket does not say", "La canasta no lo dice"),
}

SEVERITIES: dict[str, Term] = {
    "ERROR": Term("Stops the release", "Detiene la publicación"),
    "WARN": Term("Published with a warning", "Se publica con advertencia"),
}

# How well a figure that is not read from a document of the catalogue is known.
EVIDENCE: dict[str, Term] = {
    "primary": Term("Read from the official page", "Leída en la página oficial"),
    "checked": Term("Two independent files agree, or the arithmetic closes", "Dos archivos independientes coinciden, o la aritmética cierra"),
    "single": Term("One source", "Una sola fuente"),
    "secondary": Term("Quoted by the press or by a study", "Citada por la prensa o por un estudio"),
    "doubtful": Term("Sources disagree, or it was inferred", "Las fuentes no coinciden, o es una inferencia"),
    "claimed": Term("Claimed by a campaign; document not seen", "Afirmada por una campaña; no se vio el documento"),
    "assumption": Term("Assumption of the card", "Supuesto de la ficha"),
}

CLAIM_STATUSES: dict[str, Term] = {
    "claimed": Term("Claimed; document not seen", "Afirmado; no se vio el documento"),
    "document_seen": Term("A document was seen", "Se vio un documento"),
    "reconciled": Term("Reconciled with the documents", "Conciliado con los documentos"),
}

# What became of a claim since the previous release (or, the first time, since it was published).
CLAIM_OUTCOMES: dict[str, Term] = {
    "first": Term("First computed in this release", "Se calcula por primera vez en esta edición"),
    "held": Term("Held: same figure", "Se sostiene: la misma cifra"),
    "moved": Term("Moved: another figure, same sign", "Se movió: otra cifra, mismo signo"),
    "flipped": Term("Flipped: the sign is another", "Cambió de signo"),
    "not_comparable": Term("No longer comparable", "Dejó de ser comparable"),
}
