"""The `out` tables: made for people. Every row leads back to lines, and every refusal says why.

`out.line` holds verified amounts only and is the table to cite from; `out.line_all` holds everything.
"""

from warehouse.schema.columns import (
    ADDS_UP,
    CAVEATS,
    CITABLE,
    COMPARED,
    GOVERNMENT_NAME,
    HEALTH,
    LABEL,
    LIMITS,
    PERIOD,
    REFUSAL,
    ROW_KIND,
    STABILITY,
    STAGE_REQUIRED,
    less,
    per_inhabitant,
)
from warehouse.schema.comparing import COMPARISON, LINE_COMPARISON, OVERLAP, UNIT_COST, WOULD_BUY
from warehouse.schema.core import (
    BASIS_COLUMNS,
    FISCAL_YEAR,
    GOVERNMENT_ID,
    LINE_ID,
    MULTIPLIER,
    REASON,
    STAGE,
    VERIFIED,
)
from warehouse.schema.measures import MEASURES, NOT_RANKED
from warehouse.schema.model import BOOL, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.panel import PANEL_TABLES
from warehouse.schema.raw import COLUMN, DOCUMENT_ID, PAGE, PLACE, SOURCE_TEXT
from warehouse.schema.record import AFFORDABILITY, CLAIM, PRACTICE, RELEASE_DIFFERENCE
from warehouse.schema.seal import SEAL_ERROR
from warehouse.schema.vocabulary import ALERTS, CLASSIFICATIONS, DOCUMENT_KINDS, ITEMS, SEVERITIES, STAGES

_IDENTITY = (
    LINE_ID, DOCUMENT_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, *PERIOD, LABEL,
    Column("path", TEXT, "ruta", "Labels from the top of the hierarchy, joined by ' > '", "Etiquetas desde lo alto de la jerarquía, unidas por ' > '"),
    ROW_KIND,
    Column("depth", INT, "nivel", "Depth in the hierarchy, from 0", "Nivel en la jerarquía, desde 0"),
    Column("classification", TEXT, "clasificacion", "What this line is a class of", "De qué clasificación es esta línea", values=tuple(CLASSIFICATIONS)),
    Column("object_code", TEXT, "objeto", "COG code", "Clave COG"),
    Column("function_code", TEXT, "funcion", "CFG code", "Clave CFG"),
    Column("administrative_name", TEXT, "ente", "Name of the spending body", "Nombre del ente que gasta"),
    Column("programme_code", TEXT, "programa", "Programme or project code", "Clave de programa o proyecto"),
    Column("table", INT, "tabla", "Number of the table in the document", "Número de la tabla en el documento"),
    PAGE,
    Column("printed_page", TEXT, "pagina_impresa", "Page number as printed on it", "Número impreso en la página"),
    CITABLE,
)

OUT_LINE = Table(
    "out.line", "linea", "Verified budget lines, one column per stage: the table to cite from",
    "Líneas presupuestales verificadas, una columna por momento: la tabla que se cita", ("line_id", "fiscal_year"),
    (*_IDENTITY, ADDS_UP, *(Column(stage, MONEY, stage, f"{word.en}; null where absent or not verified", f"{word.es}; nulo si falta o no está verificado", unit="pesos") for stage, word in STAGES.items())),
)

LINE_ALL = Table(
    "out.line_all", "linea_todo", "Every amount of every line, verified or not, one row per amount",
    "Todos los importes de todas las líneas, verificados o no, un renglón por importe", ("line_id", "column"),
    (
        *_IDENTITY,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("header", TEXT, "encabezado", "Header of the column as printed", "Encabezado de la columna tal como está impreso"),
        STAGE, PLACE, SOURCE_TEXT, MULTIPLIER,
        Column("amount", MONEY, "importe", "The amount", "El importe", unit="pesos"),
        VERIFIED, REASON, *BASIS_COLUMNS,
        Column("flag", TEXT, "señal", "echo: repeats approved, a placeholder; unit_jump: looks printed in thousands where its line is in pesos. Neither is compared", "echo: repite el aprobado, es relleno; unit_jump: parece impreso en miles donde su línea está en pesos. Ninguno se compara", values=("echo", "unit_jump")),
    ),
)

HEALTH_VS_EVENTS = Table(
    "out.health_vs_events", "salud_vs_eventos", "Health against events and advertising, per government, year, stage and source document",
    "Salud frente a eventos y publicidad, por gobierno, año, momento y documento", ("document_id", "government_id", "fiscal_year", "stage", "period_end"),
    (
        DOCUMENT_ID, *COMPARED, *HEALTH,
        Column("events", MONEY, "eventos", "Official services (COG 3800): ceremonies, social order and culture, congresses, exhibitions, representation", "Servicios oficiales (COG 3800): ceremonial, orden social y cultural, congresos, exposiciones, representación", unit="pesos"),
        Column("events_line_ids", TEXT, "lineas_eventos", "Lines of the events amount, joined by ';'", "Líneas del importe de eventos, unidas por ';'"),
        Column("advertising", MONEY, "publicidad", "Social communication and advertising (COG 3600)", "Comunicación social y publicidad (COG 3600)", unit="pesos"),
        Column("advertising_line_ids", TEXT, "lineas_publicidad", "Lines of the advertising amount, joined by ';'", "Líneas del importe de publicidad, unidas por ';'"),
        Column("total", MONEY, "gasto_total", "Total spending of the same view", "Gasto total de la misma vista", unit="pesos"),
        Column("net_total", MONEY, "gasto_neto", "That total without what is no spending: cash balance at the end of the year, amortisation of debt, transfers counted twice; null where its contents are not known", "Ese total sin lo que no es gasto: disponibilidad final, amortización de deuda, transferencias contadas dos veces; nulo si no consta qué contiene", unit="pesos"),
        Column("total_contents", TEXT, "contenido_total", "What the total declares that it contains: each content with its pesos, or unknown, joined by ';'", "Lo que el total declara que contiene: cada contenido con sus pesos, o unknown (no consta), unidos por ';'"),
        Column("events_share_of_health", RATIO, "eventos_sobre_salud", "Events over health", "Eventos entre salud"),
        Column("advertising_share_of_health", RATIO, "publicidad_sobre_salud", "Advertising over health", "Publicidad entre salud"),
        Column("inhabitants", INT, "habitantes", "People of the government in the middle of the year (CONAPO); null where the series has none", "Población del gobierno a mitad de año (CONAPO); nulo si la serie no la tiene"),
        per_inhabitant("health_", "salud_", "Health", "Salud"), per_inhabitant("events_", "eventos_", "Events", "Eventos"),
        per_inhabitant("advertising_", "publicidad_", "Advertising", "Publicidad"),
        Column("real_health", MONEY, "salud_real", "Health in pesos of the base year", "Salud en pesos del año base", unit="pesos"),
        Column("real_events", MONEY, "eventos_real", "Events in pesos of the base year", "Eventos en pesos del año base", unit="pesos"),
        Column("real_advertising", MONEY, "publicidad_real", "Advertising in pesos of the base year", "Publicidad en pesos del año base", unit="pesos"),
        Column("price_base", INT, "año_base", "Base year of the real amounts", "Año base de los importes reales"),
        Column("verified", BOOL, "verificado", "Every operand is verified", "Todos los operandos están verificados", required=True),
        CITABLE, CAVEATS, REFUSAL, *LIMITS,
    ),
)

COVERAGE = Table(
    "out.coverage", "cobertura", "What there is and what is missing, per government and year",
    "Qué hay y qué falta, por gobierno y año", ("government_id", "fiscal_year"),
    (
        Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True),
        GOVERNMENT_NAME,
        FISCAL_YEAR,
        Column("documents", INT, "documentos", "Documents of the catalogue", "Documentos del catálogo"),
        Column("documents_read", INT, "documentos_leidos", "Of these, read", "De ellos, leídos"),
        Column("documents_refused", INT, "documentos_rechazados", "Of these, refused", "De ellos, rechazados"),
        Column("lines", INT, "lineas", "Lines", "Líneas"),
        Column("amounts", INT, "importes", "Amounts", "Importes"),
        Column("verified_share", RATIO, "proporcion_verificada", "Share of the amounts that is verified", "Proporción de importes verificados"),
        Column("stages", TEXT, "momentos", "Stages present, joined by ';'", "Momentos presentes, unidos por ';'"),
        Column("comparable_stages", TEXT, "momentos_comparables", "Stages with a health-events comparison, joined by ';'", "Momentos con comparación salud-eventos, unidos por ';'"),
    ),
)

ALERT = Table(
    "out.alert", "alertas", "What a reader must know before citing: doubtful units, echoes, sums that do not add up, refused documents",
    "Lo que debe saberse antes de citar: unidades dudosas, ecos, sumas que no cuadran, documentos rechazados", ("alert_id",),
    (
        Column("alert_id", TEXT, "alerta_id", "Name of the alert", "Nombre de la alerta", required=True),
        Column("code", TEXT, "clave", "Kind of alert: " + "; ".join(f"{code}: {word.en}" for code, word in ALERTS.items()), "Tipo de alerta: " + "; ".join(f"{code}: {word.es}" for code, word in ALERTS.items()), required=True, values=tuple(ALERTS)),
        Column("severity", TEXT, "severidad", "ERROR or WARN", "ERROR o WARN", required=True, values=tuple(SEVERITIES)),
        GOVERNMENT_ID, FISCAL_YEAR,
        Column("stage", TEXT, "momento", STAGE.description, STAGE.descripcion, values=tuple(STAGES)),
        Column("document_id", TEXT, "documento_id", DOCUMENT_ID.description, DOCUMENT_ID.descripcion),
        Column("line_id", TEXT, "linea_id", "Line concerned", "Línea de que se trata"),
        Column("page", TEXT, "pagina", PAGE.description, PAGE.descripcion),
        Column("message", TEXT, "mensaje_en", "The alert as a sentence, in English", "La alerta en una oración, en inglés", required=True),
        Column("mensaje", TEXT, "mensaje", "The alert as a sentence, in Spanish", "La alerta en una oración, en español", required=True),
    ),
)

CHECK = Table(
    "out.check", "validaciones", "What was checked before publishing, and how it ended",
    "Qué se revisó antes de publicar, y cómo resultó", ("check_id",),
    (
        Column("check_id", TEXT, "validacion_id", "Name of the expectation", "Nombre de la expectativa", required=True),
        Column("table", TEXT, "tabla", "Table checked", "Tabla revisada", required=True),
        Column("severity", TEXT, "severidad", "ERROR or WARN", "ERROR o WARN", required=True, values=tuple(SEVERITIES)),
        Column("passed", BOOL, "cumple", "Whether it holds", "Si se cumple", required=True),
        Column("rows", INT, "renglones", "Rows checked", "Renglones revisados"),
        Column("failing", INT, "fallas", "Rows that fail", "Renglones que fallan"),
        Column("reason", TEXT, "razon", "Why it must hold", "Por qué debe cumplirse"),
    ),
)

METHODOLOGY = Table(
    "out.methodology", "metodologia", "How the numbers were made: rules, sources and price bases, one row each",
    "Cómo se hicieron los números: reglas, fuentes y bases de precios, un renglón cada una", ("item",),
    (
        Column("item", TEXT, "concepto", "Rule, source or series", "Regla, fuente o serie", required=True),
        Column("description", TEXT, "descripcion_en", "What it is and why, in English", "Qué es y por qué, en inglés", required=True),
        Column("descripcion", TEXT, "descripcion", "What it is and why, in Spanish", "Qué es y por qué, en español", required=True),
        Column("source", TEXT, "fuente", "Norm, page or file it comes from", "Norma, página o archivo de donde viene"),
    ),
)

_SOURCE_KIND = Column("kind", TEXT, "tipo", "Kind of document", "Tipo de documento", values=tuple(DOCUMENT_KINDS))


def _total_by(by: str, en: str, es: str) -> tuple[Column, ...]:
    return (
        Column(f"{by}_total", MONEY, f"total_{es}", f"Total by {en}: the printed one, or the sum of its largest classes", f"Total por {es}: el impreso, o la suma de sus clases mayores", unit="pesos"),
        Column(f"{by}_detail", MONEY, f"detalle_{es}", f"What the finest lines of the same table by {en} add up to", f"Lo que suman las líneas más finas de la misma tabla por {es}", unit="pesos"),
        Column(f"{by}_document_id", TEXT, f"documento_{es}", f"Document of the total by {en}", f"Documento del total por {es}"),
        Column(f"{by}_line_ids", TEXT, f"lineas_{es}", f"Lines of the total by {en}, joined by ';'", f"Líneas del total por {es}, unidas por ';'"),
    )


_OUTCOME = Column("outcome", TEXT, "resultado", "equal, rounding, differs, or missing where there is nothing to compare with", "equal (igual), rounding (redondeo), differs (difiere) o missing (no hay con qué comparar)", required=True, values=("equal", "rounding", "differs", "missing"))

CROSS_CLASSIFICATION = Table(
    "out.cross_classification", "cuadre_clasificaciones", "Whether the same spending adds up alike by object, by function and by body; per government, year, stage and kind of source",
    "Si el mismo gasto suma igual por objeto, por función y por ente; por gobierno, año, momento y tipo de fuente", ("government_id", "fiscal_year", "stage", "kind", "period_start", "period_end"),
    (
        GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE_REQUIRED, *PERIOD, _SOURCE_KIND,
        *_total_by("object", "object", "objeto"), *_total_by("function", "function", "funcion"), *_total_by("administrative", "body", "ente"),
        Column("gap", MONEY, "diferencia", "Largest of the totals and detail sums less the smallest; null with one classification only", "El mayor de los totales y sumas de detalle menos el menor; nulo si hay una sola clasificación", unit="pesos"),
        Column("gap_share", RATIO, "proporcion_diferencia", "Gap over the largest total", "Diferencia entre el total mayor"),
        _OUTCOME, VERIFIED, CITABLE,
    ),
)

PERIMETER = Table(
    "out.perimeter", "perimetro", "The signature of what each document covers: internal transfers, transfers between governments, health and bodies, and whether it jumped",
    "La firma de lo que cubre cada documento: transferencias internas, transferencias entre gobiernos, salud y entes, y si saltó", ("document_id", "government_id", "fiscal_year", "stage", "period_end"),
    (
        DOCUMENT_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE_REQUIRED, *PERIOD, _SOURCE_KIND,
        Column("total", MONEY, "gasto_total", "Total spending", "Gasto total", unit="pesos"),
        Column("transfers", MONEY, "transferencias", "Transfers inside the public sector (concepts 4100 and 4200)", "Transferencias dentro del sector público (conceptos 4100 y 4200)", unit="pesos"),
        Column("transfers_share", RATIO, "proporcion_transferencias", "Those transfers over the total", "Esas transferencias entre el total"),
        Column("transfers_share_without_debt", RATIO, "proporcion_transferencias_sin_deuda", "Those transfers over the total less debt (chapter 9000)", "Esas transferencias entre el total menos deuda (capítulo 9000)"),
        Column("transfers_share_before", RATIO, "proporcion_transferencias_anterior", "Share of transfers of the year before, same kind of source", "Proporción de transferencias del año anterior, mismo tipo de fuente"),
        Column("function_42", MONEY, "funcion_42", "Transfers between levels of government (function 4.2)", "Transferencias entre órdenes de gobierno (función 4.2)", unit="pesos"),
        Column("function_42_share", RATIO, "proporcion_funcion_42", "Function 4.2 over the total", "Función 4.2 entre el total"),
        Column("function_42_share_before", RATIO, "proporcion_funcion_42_anterior", "Share of function 4.2 of the year before, same kind of source", "Proporción de la función 4.2 del año anterior, mismo tipo de fuente"),
        Column("health", MONEY, "salud", "Health (function 2.3)", "Salud (función 2.3)", unit="pesos"),
        Column("health_share", RATIO, "proporcion_salud", "Health over the total", "Salud entre el total"),
        Column("bodies", INT, "entes", "Bodies that spend, in the table by body", "Entes que gastan, en la tabla por ente"),
        Column("bodies_kept", RATIO, "proporcion_entes_iguales", "Share of the bodies of the year before found by name; shown, and not a jump by itself: bodies are renamed", "Proporción de los entes del año anterior que se hallan por nombre; se muestra y por sí sola no es salto: los entes cambian de nombre"),
        Column("bodies_list", TEXT, "lista_entes", "Their names as printed, joined by ';'", "Sus nombres como están impresos, unidos por ';'"),
        Column("jumps", TEXT, "saltos", "year: moved a tenth of the total since the year before; version: between documents of the same year; health_near_zero: health runs through bodies outside. Joined by ';'", "year: se movió un décimo del total desde el año anterior; version: entre documentos del mismo año; health_near_zero: salud pasa por entes de fuera. Unidos por ';'"),
        CITABLE,
    ),
)

CROSS_SOURCE = Table(
    "out.cross_source", "contraste_fuentes", "The same class of one government, year and stage as two sources print it; none is preferred",
    "La misma clase de un gobierno, año y momento según dos fuentes; ninguna se prefiere", ("document_id", "document_id_b", "government_id", "fiscal_year", "stage", "stage_b", "classification", "code"),
    (
        GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR,
        Column("classification", TEXT, "clasificacion", "total, object or function", "total, object (objeto) o function (función)", required=True, values=("total", "object", "function")),
        Column("code", TEXT, "clave", "COG or CFG code; empty for the total", "Clave COG o CFG; vacía en el total", required=True),
        Column("name", TEXT, "nombre", "Name as the first source prints it", "Nombre como lo imprime la primera fuente"),
        *(
            Column(f"{name}{suffix}", kind, f"{es}{suffix}", f"{en}, {first[0]}", f"{spanish}, {first[1]}", required=required, values=values, unit=unit)
            for suffix, first in (("", ("first source", "primera fuente")), ("_b", ("second source", "segunda fuente")))
            for name, kind, es, en, spanish, required, values, unit in (
                ("document_id", TEXT, "documento_id", "Document", "Documento", True, None, None),
                ("kind", TEXT, "tipo", "Kind of document", "Tipo de documento", False, tuple(DOCUMENT_KINDS), None),
                ("stage", TEXT, "momento", "Budget stage", "Momento contable", True, tuple(STAGES), None),
                ("amount", MONEY, "importe", "Amount", "Importe", False, None, "pesos"),
                ("verified", BOOL, "verificado", "Whether something proves the amount", "Si algo prueba el importe", True, None, None),
                ("line_id", TEXT, "linea_id", "Line, or lines joined by ';'", "Línea, o líneas unidas por ';'", False, None, None),
                ("page", TEXT, "pagina", "Page or sheet", "Página u hoja", False, None, None),
            )
        ),
        Column("gap", MONEY, "diferencia", "First less second", "Primera menos segunda", unit="pesos"),
        Column("gap_share", RATIO, "proporcion_diferencia", "Gap over the larger of the two", "Diferencia entre el mayor de los dos"),
        _OUTCOME, CAVEATS,
    ),
)

def _side(side: str, en: str, es: str) -> tuple[Column, ...]:
    return (
        Column(f"{side}_year", INT, f"ejercicio_{es}", f"Fiscal year, {en}", f"Ejercicio fiscal, {es}", required=True),
        Column(f"{side}_stage", TEXT, f"momento_{es}", f"Budget stage, {en}", f"Momento contable, {es}", required=True, values=tuple(STAGES)),
        Column(f"{side}_document_id", TEXT, f"documento_{es}", f"Document, {en}", f"Documento, {es}", required=True),
        Column(f"{side}_line_ids", TEXT, f"lineas_{es}", f"Lines, {en}, joined by ';'", f"Líneas, {es}, unidas por ';'"),
        Column(f"{side}_amount", MONEY, f"importe_{es}", f"Amount in pesos of the day, {en}; of the total, net spending", f"Importe en pesos corrientes, {es}; del total, gasto neto", unit="pesos"),
        *less(f"{side}_", f"{es}_", en, es),
        Column(f"{side}_real_amount", MONEY, f"importe_real_{es}", f"Amount in pesos of the base year, by INPC annual average, {en}", f"Importe en pesos del año base, por INPC promedio anual, {es}", unit="pesos"),
    )


CHANGE = Table(
    "out.change", "cambios", "Health, events, advertising or the whole between two years, or between two stages of one year: a number with how firm its sign is, or the refusals",
    "Salud, eventos, publicidad o el total entre dos años, o entre dos momentos de un año: un número y qué tan firme es su signo, o los rechazos",
    ("government_id", "kind", "item", "period", "from_year", "from_stage", "to_year", "to_stage"),
    (
        GOVERNMENT_ID, GOVERNMENT_NAME, _SOURCE_KIND,
        Column("item", TEXT, "concepto", "health, events, advertising or total", "health (salud), events (eventos), advertising (publicidad) o total", required=True, values=tuple(ITEMS)),
        Column("comparison", TEXT, "comparacion", "years: one stage in two years; stages: two stages of one year", "years: un momento en dos años; stages: dos momentos de un año", required=True, values=("years", "stages")),
        Column("period", TEXT, "periodo", "Days of the year that are covered, as 01-01/12-31", "Días del año que se cubren, como 01-01/12-31", required=True),
        *_side("from", "first", "primero"), *_side("to", "second", "segundo"),
        Column("price_base", INT, "año_base", "Base year of the real amounts", "Año base de los importes reales"),
        Column("nominal_change", RATIO, "cambio_nominal", "Change in pesos of the day: 0.10 is ten percent more", "Cambio en pesos corrientes: 0.10 es diez por ciento más"),
        Column("real_change", RATIO, "cambio_real", "Change in real pesos, by INPC annual average", "Cambio en pesos reales, por INPC promedio anual"),
        Column("deflator_change", RATIO, "cambio_real_deflactor", "Change in real pesos, by the GDP deflator", "Cambio en pesos reales, por el deflactor del PIB"),
        Column("december_change", RATIO, "cambio_real_diciembre", "Change in real pesos, by the INPC of December: as others print it", "Cambio en pesos reales, por el INPC de diciembre: como otros lo imprimen"),
        Column("share_change", RATIO, "cambio_proporcion", "Change of the share of net spending", "Cambio de la proporción del gasto neto"),
        Column("net_share_change", RATIO, "cambio_proporcion_neta", "Change of the share of net spending without transfers inside the sector (4100 and 4200), where they may be counted twice; of the total, its real change without them", "Cambio de la proporción del gasto neto sin transferencias dentro del sector (4100 y 4200), donde pueden contarse dos veces; del total, su cambio real sin ellas"),
        Column("price_status", TEXT, "estatus_precios", "forecast: a price index used is a forecast of that year", "forecast: un índice de precios usado es pronóstico de ese año", values=("final", "forecast")),
        Column("readings", INT, "lecturas", "Readings that can be had: real prices, stages, share of net spending, with and without transfers. Pesos of the day are shown beside, and are no vote on a change between years", "Lecturas posibles: precios reales, momentos, proporción del gasto neto, con y sin transferencias. Los pesos corrientes van al lado y no son voto sobre un cambio entre años"),
        Column("readings_held", INT, "lecturas_sostenidas", "Readings with the same sign as the real change (between stages, as the nominal one)", "Lecturas con el mismo signo que el cambio real (entre momentos, que el nominal)"),
        *STABILITY,
        Column("institutional_changes", TEXT, "cambios_institucionales", "Changes of who spends within the span: see out.institutional_change", "Cambios de quién gasta dentro del periodo: ver es.cambios_institucionales"),
        Column("verified", BOOL, "verificado", "Both amounts are verified", "Ambos importes están verificados", required=True),
        CITABLE, CAVEATS, REFUSAL, *LIMITS,
    ),
)

INSTITUTIONAL_CHANGE = Table(
    "out.institutional_change", "cambios_institucionales", "Dated changes of who spends on health: they cut a series, or are said beside it",
    "Cambios fechados de quién gasta en salud: cortan una serie, o se dicen junto a ella", ("change_id",),
    (
        Column("change_id", TEXT, "cambio_id", "Name of the change", "Nombre del cambio", required=True),
        Column("first_year", INT, "primer_ejercicio", "First fiscal year it touches", "Primer ejercicio que toca", required=True),
        Column("last_year", INT, "ultimo_ejercicio", "Last fiscal year in which it was taking place", "Último ejercicio en que ocurría", required=True),
        Column("government_ids", TEXT, "gobierno_ids", "Governments it touches, joined by ';'; null: every state", "Gobiernos que toca, unidos por ';'; nulo: todos los estados"),
        Column("affects", TEXT, "afecta", "What it cuts: health, or social_security", "Qué corta: health (salud) o social_security (seguridad social)", required=True, values=("health", "social_security")),
        Column("name", TEXT, "nombre_en", "What changed, in English", "Qué cambió, en inglés", required=True),
        Column("nombre", TEXT, "nombre", "What changed, in Spanish", "Qué cambió, en español", required=True),
        Column("evidence", TEXT, "evidencia", "checked, single, secondary (press) or unconfirmed", "checked (cotejado), single (una fuente), secondary (prensa) o unconfirmed (sin confirmar)", required=True, values=("checked", "single", "secondary", "unconfirmed")),
        Column("source", TEXT, "fuente", "Where it is documented", "Dónde está documentado", required=True),
    ),
)

RANKING = Table(
    "out.ranking", "lugares", "Governments beside one another by a measure of one year, stage and kind of document: places as an interval under the alternatives, or a list without places where rows are not comparable",
    "Gobiernos lado a lado por una medida de un ejercicio, momento y tipo de documento: el lugar como intervalo según las alternativas, o una lista sin lugares donde los renglones no son comparables", ("measure", "fiscal_year", "stage", "kind", "government_id"),
    (
        Column("measure", TEXT, "medida", "; ".join(f"{code}: {word.en}" for code, word in MEASURES.items()), "; ".join(f"{code}: {word.es}" for code, word in MEASURES.items()), required=True, values=tuple(MEASURES)),
        FISCAL_YEAR, STAGE_REQUIRED, _SOURCE_KIND, GOVERNMENT_ID, GOVERNMENT_NAME, DOCUMENT_ID,
        Column("value", RATIO, "valor", "Pesos of the day per inhabitant, or the ratio to health", "Pesos corrientes por habitante, o la proporción de salud"),
        Column("first_place", INT, "primer_lugar", "Best place under the alternatives, from 1 for the most; null in a list", "El lugar más alto según las alternativas, desde 1 para el mayor; nulo en una lista"),
        Column("last_place", INT, "ultimo_lugar", "Last place under the alternatives; null in a list", "El lugar más bajo según las alternativas; nulo en una lista"),
        Column("governments", INT, "gobiernos", "Governments beside one another", "Gobiernos lado a lado", required=True),
        Column("not_ranked", TEXT, "sin_lugar", "Why it is a list: " + "; ".join(f"{code}: {word.en}" for code, word in NOT_RANKED.items()), "Por qué es una lista: " + "; ".join(f"{code}: {word.es}" for code, word in NOT_RANKED.items()), values=tuple(NOT_RANKED)),
        Column("health_over_accounts", RATIO, "salud_entre_cuentas", "Health of the document over FASSA and state spending by SICUENTAS: what the document covers of it", "Salud del documento entre FASSA y gasto estatal según SICUENTAS: cuánto cubre de ello el documento"),
        CITABLE,
    ),
)

INSURER = Table(
    "out.insurer", "aseguradores", "Who insures the workers of each government, as far as a source says: legal facts are here, and nothing is inferred from a zero",
    "Quién asegura a los trabajadores de cada gobierno, hasta donde una fuente lo dice: los hechos legales están aquí y nada se infiere de un cero", ("insurer_id",),
    (
        Column("insurer_id", TEXT, "asegurador_id", "Name of the row", "Nombre del renglón", required=True),
        GOVERNMENT_ID,
        Column("insurer", TEXT, "asegurador", "The institute", "El instituto", required=True),
        Column("gives", TEXT, "presta", "medical care or pensions, as the source says", "medical (atención médica) o pensions (pensiones), según la fuente", required=True, values=("medical", "pensions")),
        Column("article", TEXT, "articulo", "Law and article; null: not seen", "Ley y artículo; nulo: no se vio"),
        Column("court", TEXT, "tribunal", "What a court or commission said of refusing people; null: none seen", "Lo que un tribunal o comisión dijo de rechazar personas; nulo: no se vio"),
        Column("ruled_on", TEXT, "fecha", "Day of that ruling; null: not in the source", "Día de esa resolución; nulo: no está en la fuente"),
        Column("evidence", TEXT, "evidencia", "primary (the document was read) or secondary", "primary (se leyó el documento) o secondary (cita de otro)", required=True, values=("primary", "secondary")),
        Column("source", TEXT, "fuente", "Where it is documented", "Dónde está documentado", required=True),
    ),
)

PRICE_INDEX = Table(
    "out.price_index", "indice_precios", "The price indexes used, year by year; partial and forecast years are marked",
    "Los índices de precios usados, año por año; los años parciales y los pronósticos van marcados", ("name", "year"),
    (
        Column("name", TEXT, "nombre", "Name of the index", "Nombre del índice", required=True),
        Column("year", INT, "ejercicio", "Year", "Año", required=True),
        Column("value", RATIO, "valor", "Value of the index", "Valor del índice", required=True),
        Column("status", TEXT, "estatus", "final, or partial_or_forecast", "final (definitivo) o partial_or_forecast (parcial o pronóstico)", required=True, values=("final", "partial_or_forecast")),
        Column("source", TEXT, "fuente", "Where it comes from", "De dónde viene", required=True),
    ),
)

BUDGET_OUT = (OUT_LINE, LINE_ALL, LINE_COMPARISON, WOULD_BUY, UNIT_COST, OVERLAP, COMPARISON, HEALTH_VS_EVENTS, COVERAGE, ALERT, CLAIM, AFFORDABILITY, PRACTICE, RELEASE_DIFFERENCE, CHECK, METHODOLOGY, SEAL_ERROR, CHANGE, PERIMETER, INSTITUTIONAL_CHANGE, INSURER, RANKING, PRICE_INDEX, CROSS_CLASSIFICATION, CROSS_SOURCE, *PANEL_TABLES)
