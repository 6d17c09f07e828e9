"""The tables of what is followed over time: works, indicators, commitments, access requests and publications.

Names of works follow OC4IDS 0.9. Purchases are in `ledgers`. There is no column for whoever asked a request or answers for a work.
"""

from warehouse.schema.answering_terms import REQUEST_STATES, told
from warehouse.schema.core import FISCAL_YEAR
from warehouse.schema.ledger_terms import (
    AVAILABILITIES,
    REQUEST_RESOLUTIONS,
    ROUTE_FUNDS,
    SENSES,
    TRANSFER_SIDES,
    WORK_FIELDS,
    YEAR_KINDS,
)
from warehouse.schema.ledgers import DATE_TEXT, PERIOD_END, PROVEN, WHENCE
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.raw import DOCUMENT_ID

_BODY = Column("body", TEXT, "ente", "Body, as printed", "Ente, tal como está impreso")
_URL = Column("url", TEXT, "direccion", "Address that the row gives", "Dirección que da el renglón")
_STARTS = Column("starts_on", DATE, "inicia_el", "First day", "Primer día")
_ENDS = Column("ends_on", DATE, "termina_el", "Last day", "Último día")
_PROGRAMME_MONEY = (
    ("approved", "aprobado", "Approved", "Aprobado"), ("revised", "modificado", "Revised", "Modificado"),
    ("accrued", "devengado", "Accrued", "Devengado"), ("paid", "pagado", "Paid", "Pagado"),
)  # fmt: skip
_PROGRAMME = Column("programme_code", TEXT, "programa", "Programme code", "Clave de programa")


def _number(name: str, es: str, description: str, descripcion: str) -> Column:
    return Column(name, RATIO, es, description, descripcion)


WORK = Table(
    "core.work", "obras", "One row per work or investment project and row of its list; a list is a snapshot",
    "Un renglón por obra o proyecto de inversión y renglón de su lista; una lista es una foto", ("work_id",),
    (
        Column("work_id", TEXT, "obra_id", "Work: document:record", "Obra: documento:ficha", required=True),
        *WHENCE, FISCAL_YEAR,
        Column("key", TEXT, "clave", "Key without blanks and apostrophes; null where the row has none, or a word in its place", "Clave sin espacios ni apóstrofos; nulo si el renglón no tiene, o dice una palabra en su lugar"),
        Column("name", TEXT, "nombre", "Name", "Nombre"),
        _BODY,
        Column("description", TEXT, "descripcion", "Description", "Descripción"),
        Column("location", TEXT, "localizacion", "Where it is, as printed", "Dónde está, tal como está impreso"),
        Column("state", TEXT, "entidad", "State, as printed", "Entidad federativa, tal como está impresa"),
        Column("object_code", TEXT, "objeto", "Partida that it is charged to", "Partida a la que se carga"),
        Column("fund", TEXT, "fondo", "Where its money comes from, as printed", "De dónde viene su dinero, tal como está impreso"),
        Column("latitude", RATIO, "latitud", "Latitude; null where it is zero or outside Mexico", "Latitud; nulo si es cero o está fuera de México"),
        Column("longitude", RATIO, "longitud", "Longitude; null where it is zero or outside Mexico", "Longitud; nulo si es cero o está fuera de México"),
        _STARTS, _ENDS,
        Column("physical_target", TEXT, "meta_fisica", "What is to be built", "Qué se va a construir"),
        Column("year_kind", TEXT, "tipo_anio", "Whether its amounts are of one year or of all years together", "Si sus importes son de un año o de todos juntos", required=True, values=tuple(YEAR_KINDS)),
        Column("year_text", TEXT, "anio_texto", "Year as printed", "Año tal como está impreso"),
        Column("total_investment", MONEY, "inversion_total", "Total investment", "Inversión total", unit="pesos"),
        Column("approved", MONEY, "aprobado", "Approved", "Aprobado", unit="pesos"),
        Column("revised", MONEY, "modificado", "Revised", "Modificado", unit="pesos"),
        Column("exercised", MONEY, "ejercido", "Exercised (accrued, where the list says that)", "Ejercido (devengado, si la lista dice eso)", unit="pesos"),
        _number("physical_progress", "avance_fisico", "Physical progress, in percent", "Avance físico, en por ciento"),
        Column("status", TEXT, "situacion", "Status as printed", "Situación tal como está impresa"),
        DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

INDICATOR = Table(
    "core.indicator", "indicadores", "One row per indicator and period: what was promised, what is said to be reached, and whether its own numbers give that",
    "Un renglón por indicador y periodo: qué se prometió, qué se dice alcanzado, y si sus propios números dan eso", ("indicator_id",),
    (
        Column("indicator_id", TEXT, "indicador_id", "Indicator: document:record", "Indicador: documento:ficha", required=True),
        *WHENCE, _BODY, _PROGRAMME,
        Column("name", TEXT, "nombre", "Name", "Nombre"),
        Column("formula", TEXT, "formula", "Formula as printed", "Fórmula tal como está impresa"),
        _number("numerator", "numerador", "Value of the numerator", "Valor del numerador"),
        _number("denominator", "denominador", "Value of the denominator", "Valor del denominador"),
        Column("unit", TEXT, "unidad", "Unit as printed", "Unidad tal como está impresa"),
        Column("sense", TEXT, "sentido", "Which way is better", "Hacia dónde es mejor", required=True, values=tuple(SENSES)),
        Column("baseline", TEXT, "linea_base", "Baseline as printed", "Línea base tal como está impresa"),
        _number("target", "meta", "Target", "Meta"),
        _number("target_revised", "meta_ajustada", "Revised target", "Meta ajustada"),
        _number("result", "resultado", "Result as printed", "Resultado tal como está impreso"),
        _number("recomputed", "recalculado", "What numerator and denominator give by the formula", "Lo que dan numerador y denominador con la fórmula"),
        Column("agrees", BOOL, "coincide", "The printed result is the recomputed one, to half a unit; null where it cannot be recomputed", "El resultado impreso es el recalculado, a media unidad; nulo si no se puede recalcular"),
        Column("unit_differs", BOOL, "otra_unidad", "Its target is in another unit than its result: a count beside a percentage", "Su meta está en otra unidad que su resultado: una cuenta junto a un porcentaje"),
        *(Column(f"programme_{name}", MONEY, f"programa_{es}", f"{en} for its programme, as its row says", f"{text} a su programa, según su renglón", unit="pesos") for name, es, en, text in _PROGRAMME_MONEY),
        PERIOD_END, DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

COMMITMENT = Table(
    "core.commitment", "compromisos", "One row per commitment; one of several plans is listed once, with all its plans",
    "Un renglón por compromiso; el de varios planes se enlista una vez, con todos sus planes", ("commitment_id",),
    (
        Column("commitment_id", TEXT, "compromiso_id", "Key of the commitment", "Clave del compromiso", required=True),
        *(column for column in WHENCE if column.name != "government_id"),
        Column("government_ids", TEXT, "gobiernos_id", "Governments that promised it, joined by ';'", "Gobiernos que lo prometieron, unidos por ';'"),
        Column("plan", TEXT, "plan", "Plans it stands in, joined by ';'", "Planes en que está, unidos por ';'"),
        Column("title", TEXT, "titulo", "What was promised", "Qué se prometió"),
        Column("starts_on", TEXT, "inicia", "Beginning as printed: a year, a month or a day", "Inicio tal como está impreso: un año, un mes o un día"),
        Column("ends_on", TEXT, "termina", "End as printed", "Término tal como está impreso"),
        Column("commitments", INT, "compromisos", "How many commitments the row says the plan has, where it names none; else null", "Cuántos compromisos dice el renglón que tiene el plan, si no nombra ninguno; si no, nulo"),
        _number("progress", "avance", "Progress in percent; null where nobody assessed it, which is not zero", "Avance en por ciento; nulo si nadie lo midió, que no es cero"),
        Column("progress_source", TEXT, "fuente_avance", "Who assessed it, and when", "Quién lo midió y cuándo"),
        Column("indicator", TEXT, "indicador", "Indicator as written", "Indicador tal como está escrito"),
        Column("target", TEXT, "meta", "Target as written", "Meta tal como está escrita"),
        _URL, *PROVEN,
    ),
)  # fmt: skip

REQUEST = Table(
    "core.request", "solicitudes", "One row per access request: what is known of it; there is no column for whoever asked",
    "Un renglón por solicitud de acceso: qué se sabe de ella; no hay columna para quien preguntó", ("request_id", "document_id"),
    (
        Column("request_id", TEXT, "folio", "Folio", "Folio", required=True),
        *WHENCE, _BODY,
        Column("asked_on", DATE, "solicitada_el", "Day it was asked; null where the source does not say", "Día en que se pidió; nulo si la fuente no lo dice"),
        Column("due_on", DATE, "vence_el", "Last day to answer: 20 business days after it (LGTAIP); weekends alone are left out, so the true one is this or later", "Último día para responder: 20 días hábiles después (LGTAIP); solo se descuentan fines de semana, así que el real es este o uno posterior"),
        Column("extended_due_on", DATE, "vence_ampliada_el", "The same with an extended term: 10 business days more", "Lo mismo con el plazo ampliado: 10 días hábiles más"),
        Column("answered_on", DATE, "respondida_el", "Day of the answer", "Día de la respuesta"),
        Column("extended", BOOL, "ampliada", "Its term was extended", "Se amplió su plazo"),
        Column("resolution", TEXT, "resolucion", "What was resolved of it; null where nothing is known", "Qué se resolvió de ella; nulo si no se sabe", values=tuple(REQUEST_RESOLUTIONS)),
        Column("state", TEXT, "estado", told(REQUEST_STATES) + ". Null where the source says nothing of it", told(REQUEST_STATES, spanish=True) + ". Nulo si la fuente nada dice", values=tuple(REQUEST_STATES)),
        Column("mentions", INT, "menciones", "Rows of the source that name it", "Renglones de la fuente que la nombran", required=True),
        Column("answer_sha256", TEXT, "huella_respuesta", "Hash of the answer, where it was kept", "Huella de la respuesta, si se guardó"),
        Column("answer_document_id", TEXT, "documento_respuesta_id", "Document of this edition that is the answer: by that hash, or by the folio it was obtained with", "Documento de esta edición que es la respuesta: por esa huella, o por el folio con que se obtuvo"),
        Column("subject", TEXT, "asunto", "What was asked, in the words of whoever keeps the register", "Qué se pidió, en palabras de quien lleva el registro"),
        Column("about_id", TEXT, "sobre_id", "Line, contract or document it is about, as declared", "Línea, contrato o documento sobre el que es, según se declaró"),
        DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

PUBLICATION = Table(
    "core.publication", "publicaciones", "One row per document that a body says it published, with the period it is of and the day it was updated",
    "Un renglón por documento que un ente dice haber publicado, con su periodo y el día en que se actualizó", ("publication_id",),
    (
        Column("publication_id", TEXT, "publicacion_id", "Publication: document:record", "Publicación: documento:ficha", required=True),
        *WHENCE, _BODY,
        Column("document_name", TEXT, "documento", "Name of the document", "Nombre del documento"),
        Column("period_start", DATE, "periodo_inicio", "First day that it covers", "Primer día que cubre"),
        PERIOD_END,
        Column("published_on", DATE, "publicada_el", "Day of its update; null where the source gives none", "Día de su actualización; nulo si la fuente no lo da"),
        Column("days_after", INT, "dias_despues", "Days from the end of the period to that day", "Días del fin del periodo a ese día"),
        Column("edition", INT, "edicion", "Edition of the survey that says so, where it is one", "Edición de la encuesta que lo dice, si lo es"),
        Column("availability", TEXT, "disponibilidad", "What that survey says of the document", "Lo que esa encuesta dice del documento", values=tuple(AVAILABILITIES)),
        _URL, DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

OBSERVATION = Table(
    "core.observation", "observaciones", "One row per fact on citizens who observe procurement; there is no column for whoever observed",
    "Un renglón por dato sobre quienes observan contrataciones; no hay columna para quien observó", ("observation_id",),
    (
        Column("observation_id", TEXT, "observacion_id", "Key of the fact", "Clave del dato", required=True),
        *WHENCE,
        Column("as_of", TEXT, "a_la_fecha", "Until when, as printed: a month or a day", "Hasta cuándo, tal como está impreso: un mes o un día"),
        Column("observers", INT, "observadores", "Observers in the register", "Observadores en el padrón"),
        Column("procedures_observed", INT, "procedimientos_observados", "Procedures that they observed", "Procedimientos que observaron"),
        Column("base_observers", INT, "observadores_base", "From how many the growth is counted: the number that the text itself gives, else the first fact of the government", "Desde cuántos se cuenta el crecimiento: el número que da el propio texto, si no el primer dato del gobierno"),
        _number("published_growth", "crecimiento_publicado", "Growth in percent as published", "Crecimiento en por ciento tal como se publicó"),
        _number("recomputed_growth", "crecimiento_recalculado", "Growth in percent that its own figures give", "Crecimiento en por ciento que dan sus propias cifras"),
        Column("agrees", BOOL, "coincide", "The published growth is the recomputed one, to half a point; null where there is nothing to compare", "El crecimiento publicado es el recalculado, a medio punto; nulo si no hay qué comparar"),
        _URL, *PROVEN,
    ),
)  # fmt: skip

TRANSFER = Table(
    "core.transfer", "transferencias", "One row per amount that a ledger says a government gave to others, or received",
    "Un renglón por importe que un registro dice que un gobierno dio a otros, o recibió", ("transfer_id",),
    (
        Column("transfer_id", TEXT, "transferencia_id", "document:record:fund", "documento:ficha:fondo", required=True),
        *WHENCE, FISCAL_YEAR,
        Column("side", TEXT, "lado", "Who says it", "Quién lo dice", required=True, values=tuple(TRANSFER_SIDES)),
        Column("fund", TEXT, "fondo", "Which money", "Qué dinero", required=True, values=tuple(ROUTE_FUNDS)),
        Column("amount", MONEY, "importe", "Amount; null where it cannot be read", "Importe; nulo si no se puede leer", unit="pesos"),
        Column("derived", BOOL, "derivado", "Others derived the file from sources that are not here: a cross-check, never cited", "Otros derivaron el archivo de fuentes que no están aquí: un cotejo, nunca se cita", required=True),
        *PROVEN,
    ),
)  # fmt: skip

WORK_GAP = Table(
    "out.work_gap", "datos_de_obra", "One row per work: which of the fields that the CoST data standard asks for are there, absent or implausible",
    "Un renglón por obra: cuáles de los datos que pide el estándar CoST están, faltan o no son verosímiles", ("work_id",),
    (
        Column("work_id", TEXT, "obra_id", "Work: document:record", "Obra: documento:ficha", required=True),
        DOCUMENT_ID,
        Column("key", TEXT, "clave", "Key", "Clave"),
        Column("name", TEXT, "nombre", "Name", "Nombre"),
        Column("state", TEXT, "entidad", "State, as printed", "Entidad federativa, tal como está impresa"),
        Column("required", INT, "pedidos", "Fields that are asked for: " + ", ".join(WORK_FIELDS), "Datos que se piden: " + ", ".join(term.es for term in WORK_FIELDS.values()), required=True),
        Column("present", INT, "presentes", "Of these, present and plausible", "De ellos, presentes y verosímiles", required=True),
        Column("absent", TEXT, "faltan", "Absent or implausible, joined by ';'", "Faltan o no son verosímiles, unidos por ';'"),
        Column("complete", BOOL, "completa", "All are there", "Están todos", required=True),
        Column("caveats", TEXT, "salvedades", "cumulative_year: its amounts are of all years together", "cumulative_year: sus importes son de todos los años juntos", values=("cumulative_year",)),
    ),
)  # fmt: skip

FOLLOWED_CORE = (WORK, INDICATOR, COMMITMENT, REQUEST, PUBLICATION, OBSERVATION, TRANSFER)
FOLLOWED_OUT = (WORK_GAP,)
