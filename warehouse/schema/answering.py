"""The `out` tables of what bodies must answer and publish, of commitments, and of several governments side by side.

What is asked, published and promised row by row is in `oversight`; what the words mean, in `answering_terms`.
"""

from warehouse.schema.answering_terms import (
    ANSWERING_CAVEATS,
    ANSWERING_REFUSALS,
    BESIDE_CONCEPTS,
    BESIDE_REFUSALS,
    DOCUMENT_CLASSES,
    DUE_RULES,
    PUBLICATION_STATES,
    REQUEST_STATES,
    told,
)
from warehouse.schema.columns import GOVERNMENT_NAME, PERIOD, PERIOD_STATUS, per_inhabitant
from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.panel_vocabulary import STANDINGS
from warehouse.schema.vocabulary import STAGES, Term

_BODY = Column("body", TEXT, "ente", "Body, as printed", "Ente, tal como está impreso")
_GOVERNMENT = Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True)
_YEAR = Column("fiscal_year", INT, "ejercicio", FISCAL_YEAR.description, FISCAL_YEAR.descripcion, required=True)
_RULE = Column("rule", TEXT, "regla", told(DUE_RULES), told(DUE_RULES, spanish=True), values=tuple(DUE_RULES))
_DOCUMENTS = Column("document_ids", TEXT, "documentos", "Documents it is taken from, joined by ';'", "Documentos de que se toma, unidos por ';'")
_CITABLE = Column("citable", BOOL, "citable", "Nothing is refused, and every document of it may be cited", "Nada se rechaza y todos sus documentos se pueden citar", required=True)
AS_OF = Column(
    "as_of", DATE, "a_la_fecha", "Last day on which anything of the edition was obtained: what it knows ends there, and the same bytes give the same rows",
    "Último día en que se obtuvo algo de la edición: hasta ahí sabe, y los mismos bytes dan los mismos renglones",
)


def _refusals(terms: dict[str, Term]) -> Column:
    return Column("refusals", TEXT, "rechazos", "Why there is no number: codes joined by ';'. " + told(terms), "Por qué no hay número: claves unidas por ';'. " + told(terms, spanish=True))


def _caveats() -> Column:
    return Column("caveats", TEXT, "salvedades", "What must be said beside it: codes joined by ';'. " + told(ANSWERING_CAVEATS), "Lo que debe decirse al lado: claves unidas por ';'. " + told(ANSWERING_CAVEATS, spanish=True))


def _count(name: str, es: str, description: str, descripcion: str) -> Column:
    return Column(name, INT, es, description, descripcion)


def _money(name: str, es: str, description: str, descripcion: str) -> Column:
    return Column(name, MONEY, es, description, descripcion, unit="pesos")


REQUEST_SERIES = Table(
    "out.request_series", "serie_de_solicitudes", "One row per body, year and state of its access requests: how many, how many overdue; a year without any is a row that says so",
    "Un renglón por ente, año y estado de sus solicitudes de acceso: cuántas, cuántas vencidas; un año sin ninguna es un renglón que lo dice", ("series_id",),
    (
        Column("series_id", TEXT, "serie_id", "government:body:year:state", "gobierno:ente:año:estado", required=True),
        GOVERNMENT_ID, _BODY,
        Column("request_year", INT, "anio", "Year in which they were asked; null where their day is not known", "Año en que se pidieron; nulo si no consta su día"),
        Column("state", TEXT, "estado", told(REQUEST_STATES) + ". Null where the source says nothing of it", told(REQUEST_STATES, spanish=True) + ". Nulo si la fuente nada dice", values=tuple(REQUEST_STATES)),
        _count("requests", "solicitudes", "Requests; null in a year of which none is known", "Solicitudes; nulo en un año del que no se conoce ninguna"),
        _count("extended", "ampliadas", "Of these, with an extended term", "De ellas, con plazo ampliado"),
        _count("overdue", "vencidas", "Unanswered and past their term on the day of as_of, or answered after it; null where no day is known", "Sin respuesta y con plazo vencido al día de a_la_fecha, o respondidas después; nulo si no consta ningún día"),
        _count("answered", "respondidas", "Of these, answered", "De ellas, respondidas"),
        _count("answer_documents", "respuestas_guardadas", "Of the answered, with the answer kept as a document", "De las respondidas, con la respuesta guardada como documento"),
        Column("median_days", RATIO, "dias_mediana", "Median of the calendar days to the answer", "Mediana de los días naturales hasta la respuesta"),
        _RULE, AS_OF, _DOCUMENTS, _refusals(ANSWERING_REFUSALS), _caveats(), _CITABLE,
    ),
)  # fmt: skip

DOCUMENT_CALENDAR = Table(
    "out.document_calendar", "lo_que_deberia_estar_publicado", "One row per class of document, government and period: when it was due by which rule, when it was published, and what is not known",
    "Un renglón por clase de documento, gobierno y periodo: cuándo vencía y por qué regla, cuándo se publicó, y qué no se sabe", ("calendar_id",),
    (
        Column("calendar_id", TEXT, "calendario_id", "government:body:class:name:period", "gobierno:ente:clase:nombre:periodo", required=True),
        GOVERNMENT_ID, _BODY,
        Column("document_class", TEXT, "clase_documento", "Class of document", "Clase de documento", required=True, values=tuple(DOCUMENT_CLASSES)),
        Column("document_name", TEXT, "documento", "Name as printed", "Nombre tal como está impreso"),
        _YEAR,
        Column("period", TEXT, "periodo", "Month that the period ends in, as 2021-06; the year for a document of the year", "Mes en que termina el periodo, como 2021-06; el año si el documento es del año", required=True),
        Column("rule", TEXT, "regla", _RULE.description, _RULE.descripcion, required=True, values=tuple(DUE_RULES)),
        Column("due_on", DATE, "vence_el", "Last day of the term; null where the day it begins is not known", "Último día del plazo; nulo si no consta el día en que empieza"),
        Column("published_on", DATE, "publicado_el", "Earliest day of its update that the body gives", "Primer día de actualización que da el ente"),
        _count("days_late", "dias_tarde", "Days from the last day of the term to that day; below zero: before it", "Días del último día del plazo a ese día; menos de cero: antes"),
        Column("state", TEXT, "estado", told(PUBLICATION_STATES), told(PUBLICATION_STATES, spanish=True), required=True, values=tuple(PUBLICATION_STATES)),
        _count("publications", "publicaciones", "Rows of the body's list that are of it", "Renglones de la lista del ente que son suyos"),
        _DOCUMENTS, _refusals(ANSWERING_REFUSALS), _caveats(), _CITABLE,
    ),
)  # fmt: skip

COMMITMENT_STATUS = Table(
    "out.commitment_status", "avance_de_compromisos", "One row per commitment, and one per plan: its progress where every commitment was assessed",
    "Un renglón por compromiso, y uno por plan: su avance si se midieron todos los compromisos", ("plan", "commitment_id"),
    (
        Column("plan", TEXT, "plan", "Plan; of a commitment, all its plans joined by ';'", "Plan; de un compromiso, todos sus planes unidos por ';'", required=True),
        Column("commitment_id", TEXT, "compromiso_id", "Key of the commitment; '-' for the plan", "Clave del compromiso; '-' para el plan", required=True),
        Column("title", TEXT, "titulo", "What was promised", "Qué se prometió"),
        Column("government_ids", TEXT, "gobiernos_id", "Governments that promised it, joined by ';'", "Gobiernos que lo prometieron, unidos por ';'"),
        Column("commitments", INT, "compromisos", "Commitments that the row speaks of", "Compromisos de que habla el renglón", required=True),
        _count("assessed", "medidos", "Of these, with an assessed progress", "De ellos, con avance medido"),
        Column("progress", RATIO, "avance", "Progress in percent; of a plan the mean, only where all were assessed", "Avance en por ciento; de un plan el promedio, solo si se midieron todos"),
        Column("progress_source", TEXT, "fuente_avance", "Who assessed it, and when", "Quién lo midió y cuándo"),
        _DOCUMENTS, _refusals(ANSWERING_REFUSALS), _caveats(), _CITABLE,
    ),
)  # fmt: skip

BESIDE = Table(
    "out.beside", "lado_a_lado", "One row per government, year, period, stage and concept, to be set beside others: per inhabitant, in real pesos, net of what goes to other governments",
    "Un renglón por gobierno, ejercicio, periodo, momento y concepto, para ponerlo al lado de otros: por habitante, en pesos reales, sin lo que va a otros gobiernos", ("government_id", "fiscal_year", "period", "stage", "concept"),
    (
        _GOVERNMENT, GOVERNMENT_NAME, _YEAR,
        Column("period", TEXT, "periodo", "Days of the year that are covered, as 01-01/12-31", "Días del año que se cubren, como 01-01/12-31", required=True),
        *PERIOD, PERIOD_STATUS,
        Column("stage", TEXT, "momento", "Budget stage (legal name)", "Momento contable (nombre legal)", required=True, values=tuple(STAGES)),
        Column("concept", TEXT, "concepto", told(BESIDE_CONCEPTS), told(BESIDE_CONCEPTS, spanish=True), required=True, values=tuple(BESIDE_CONCEPTS)),
        _money("amount", "importe", "Amount in pesos of the day", "Importe en pesos corrientes"),
        _money("transfers", "a_otros_gobiernos", "Of the total, resources to municipalities; null where the document does not print them apart", "Del total, recursos a municipios; nulo si el documento no los imprime aparte"),
        Column("inhabitants", INT, "habitantes", "People in the middle of the year (CONAPO)", "Población a mitad de año (CONAPO)"),
        per_inhabitant("", "", "Amount", "Importe"),
        _money("real_per_inhabitant", "real_por_habitante", "Per inhabitant in pesos of the base year", "Por habitante en pesos del año base"),
        Column("price_base", INT, "año_base", "Base year", "Año base"),
        Column("perimeter", TEXT, "perimetro", "What the document covers: its kind, and its perimeter as the catalogue says it", "Lo que abarca el documento: su clase, y su perímetro según el catálogo"),
        Column("standing", TEXT, "calidad", "Whose figure it is", "De quién es la cifra", values=tuple(STANDINGS)),
        Column("line_ids", TEXT, "lineas", "Lines of the amount, joined by ';'", "Líneas del importe, unidas por ';'"),
        _DOCUMENTS, _refusals(BESIDE_REFUSALS), _caveats(), _CITABLE,
    ),
)  # fmt: skip

ANSWERING_OUT = (REQUEST_SERIES, DOCUMENT_CALENDAR, COMMITMENT_STATUS, BESIDE)
