"""The `out` tables of comparisons: line by line, what money would buy, what overlaps, and X over Y.

The headline table and everything else made for people are in `out`.
"""

from warehouse.schema.columns import (
    ADDS_UP,
    CAVEATS,
    CITABLE,
    GOVERNMENT_NAME,
    HEALTH,
    LABEL,
    LIMITS,
    PERIOD,
    PERIOD_STATUS,
    REFUSAL,
    ROW_KIND,
    STABILITY,
    STAGE_REQUIRED,
    less,
    per_inhabitant,
)
from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID, LINE_DATE, LINE_ID, STAGE, VERIFIED
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.raw import COLUMN, DOCUMENT_ID, PAGE
from warehouse.schema.vocabulary import NETTINGS, RECURRENCES

LINE_COMPARISON = Table(
    "out.line_comparison", "comparacion_linea", "One row per discretionary line × amount: what the money is, in pesos of the day, real pesos and dollars, and as a share of health. What it would buy is in out.would_buy",
    "Un renglón por línea discrecional × importe: cuánto es en pesos corrientes, pesos reales y dólares, y qué proporción de salud. Para qué alcanzaría está en alcanzaria_para", ("line_id", "column"),
    (
        LINE_ID, DOCUMENT_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE, *PERIOD, PERIOD_STATUS, LABEL, ROW_KIND, ADDS_UP,
        Column("object_code", TEXT, "objeto", "COG code", "Clave COG"),
        Column("basket", TEXT, "canasta", "Basket that caught the line", "Canasta que captó la línea", required=True),
        Column("rules", TEXT, "reglas", "Every rule that caught it, joined by ';'", "Cada regla que la captó, unidas por ';'", required=True),
        Column("strength", TEXT, "fuerza", "by code, by body or by words", "por clave, por ente o por palabras", values=("code", "body", "words")),
        Column("words", TEXT, "palabras", "Words found, where it was caught by words", "Palabras halladas, si se captó por palabras"),
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("header", TEXT, "encabezado", "Header of the column as printed", "Encabezado de la columna tal como está impreso"),
        Column("amount", MONEY, "importe", "Amount in pesos of the day", "Importe en pesos corrientes", unit="pesos"),
        VERIFIED,
        Column("real_amount", MONEY, "importe_real", "Amount in pesos of the base year, by INPC annual average", "Importe en pesos del año base, por INPC promedio anual", unit="pesos"),
        Column("price_base", INT, "año_base", "Base year of the real amount", "Año base del importe real"),
        per_inhabitant("", "", "Amount", "Importe"),
        LINE_DATE,
        Column("dollars", MONEY, "dolares", "Amount in US dollars, at the exchange rate beside it", "Importe en dólares, al tipo de cambio que se indica", unit="US dollars"),
        Column("exchange_rate", RATIO, "tipo_de_cambio", "FIX, pesos per US dollar", "FIX, pesos por dólar"),
        Column("exchange_rate_basis", TEXT, "tipo_de_cambio_base", "date: FIX of the line's date, or the last one before it; year_average: annual average, because the line has no date", "date: FIX de la fecha de la línea, o el último anterior; year_average: promedio anual, porque la línea no tiene fecha", values=("date", "year_average")),
        Column("exchange_rate_date", DATE, "tipo_de_cambio_fecha", "Day of the FIX used", "Día del FIX usado"),
        Column("exchange_rate_evidence", TEXT, "tipo_de_cambio_evidencia", "Evidence grade of the FIX used", "Grado de evidencia del FIX usado"),
        *HEALTH,
        Column("share_of_health", RATIO, "proporcion_salud", "Amount over health spending", "Importe entre gasto en salud"),
        Column("inside_health", BOOL, "dentro_de_salud", "Whether a rule of health catches the line, too: the two axes overlap there", "Si también la capta una regla de salud: ahí se traslapan las dos clasificaciones", required=True),
        Column("page", TEXT, "pagina", PAGE.description, PAGE.descripcion),
        CITABLE, CAVEATS, REFUSAL,
    ),
)

_UNIT_COST = (
    Column("unit_cost_id", TEXT, "costo_unitario_id", "Unit cost", "Costo unitario", required=True),
    Column("unit_cost_name", TEXT, "costo_unitario", "What one unit is, who gives it, and at which level of care", "Qué es una unidad, quién la presta y en qué nivel de atención", required=True),
    Column("unit_cost", MONEY, "costo", "Cost of one unit in pesos of its own year", "Costo de una unidad en pesos de su año", unit="pesos"),
    Column("unit_cost_year", INT, "costo_año", "Year of the unit cost", "Año del costo unitario"),
    Column("unit_cost_region", TEXT, "costo_region", "Where it holds: 00 for the nation, or the INEGI key of a state", "Dónde vale: 00 para la nación, o clave INEGI del estado"),
    Column("unit_cost_evidence", TEXT, "costo_evidencia", "primary: the official page was read; checked: the arithmetic closes or two sources agree; secondary: quoted by the press; derived: computed, an order of magnitude; doubtful: not used", "primary: se leyó la página oficial; checked: la aritmética cierra o dos fuentes coinciden; secondary: citado por la prensa; derived: calculado, orden de magnitud; doubtful: no se usa", values=("primary", "checked", "secondary", "derived", "doubtful")),
)

WOULD_BUY = Table(
    "out.would_buy", "alcanzaria_para", "One row per verified discretionary amount × unit cost: what it would buy, a scale to read it by",
    "Un renglón por importe discrecional verificado × costo unitario: para qué alcanzaría, una escala para leerlo", ("line_id", "column", "unit_cost_id"),
    (
        LINE_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE, LABEL,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("amount", MONEY, "importe", "Amount in pesos of the day", "Importe en pesos corrientes", unit="pesos"),
        *_UNIT_COST,
        Column("same_year", BOOL, "mismo_año", "Whether the unit cost is of the amount's own year; where not, the amount is taken to prices of the unit cost's year, which says nothing of how that cost itself moved", "Si el costo es del mismo año que el importe; si no, el importe se lleva a precios del año del costo, lo que no dice cómo cambió ese costo", required=True),
        Column("amount_at_cost_year", MONEY, "importe_a_precios_del_costo", "Amount at prices of the unit cost's year, by INPC annual average", "Importe a precios del año del costo, por INPC promedio anual", unit="pesos"),
        Column("would_buy", RATIO, "alcanzaria_para", "Units it would buy, both at prices of the unit cost's year", "Unidades para las que alcanzaría, ambos a precios del año del costo", unit="units"),
        ADDS_UP, CITABLE,
    ),
)

UNIT_COST = Table(
    "out.unit_cost", "costos_unitarios", "What health care costs by the unit: each with source, year, region and evidence grade",
    "Cuánto cuesta la atención médica por unidad: cada costo con fuente, año, región y grado de evidencia", ("unit_cost_id",),
    (
        *_UNIT_COST,
        Column("source", TEXT, "fuente", "Source", "Fuente", required=True),
        Column("note", TEXT, "nota", "What to know before using it", "Lo que debe saberse antes de usarlo"),
    ),
)

OVERLAP = Table(
    "out.overlap", "traslape", "How much of a discretionary basket lies inside health, per government, year, stage and document: two classifications of the same money",
    "Cuánto de una canasta discrecional está dentro de salud, por gobierno, año, momento y documento: dos clasificaciones del mismo dinero", ("document_id", "government_id", "fiscal_year", "stage", "basket"),
    (
        DOCUMENT_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE_REQUIRED,
        Column("basket", TEXT, "canasta", "Discretionary basket", "Canasta discrecional", required=True),
        Column("status", TEXT, "estado", "measured: a table prints both axes; not_crossed: none does, so the overlap is unknown, not zero", "measured: un cuadro imprime ambos ejes; not_crossed: ninguno lo hace, y el traslape se desconoce, no es cero", required=True, values=("measured", "not_crossed")),
        Column("amount", MONEY, "importe", "Amount of the basket's lines in that table", "Importe de las líneas de la canasta en ese cuadro", unit="pesos"),
        Column("inside_health", MONEY, "dentro_de_salud", "Of it, lines that a rule of health catches, too", "De él, líneas que también capta una regla de salud", unit="pesos"),
        Column("line_ids", TEXT, "lineas", "Lines inside health, joined by ';'", "Líneas dentro de salud, unidas por ';'"),
        Column("health_rules", TEXT, "reglas_salud", "Rules of health that caught them, joined by ';'", "Reglas de salud que las captaron, unidas por ';'"),
        Column("table", INT, "tabla", "Table it was measured in", "Tabla en que se midió"),
        Column("verified", BOOL, "verificado", "Every line of the basket in that table is verified", "Todas las líneas de la canasta en ese cuadro están verificadas"),
    ),
)


def _operand(side: str, lado: str) -> tuple[Column, ...]:
    """What an operand declares, under its own prefix."""
    x, de = f"of {side.upper()}", f"de {lado.upper()}"
    return (
        Column(f"{side}_basket", TEXT, f"{lado}_canasta", f"Basket {x}", f"Canasta {de}", required=True),
        Column(f"{side}_amount", MONEY, f"{lado}_importe", f"Amount {x}, in pesos of the day", f"Importe {de}, en pesos corrientes", unit="pesos"),
        *less(f"{side}_", f"{lado}_", x, de),
        Column(f"{side}_rule", TEXT, f"{lado}_regla", f"Rule that measured {side.upper()}", f"Regla que midió {lado.upper()}"),
        Column(f"{side}_line_ids", TEXT, f"{lado}_lineas", f"Lines {x}, joined by ';'", f"Líneas {de}, unidas por ';'"),
        Column(f"{side}_document_id", TEXT, f"{lado}_documento_id", f"Document {x}", f"Documento {de}"),
        Column(f"{side}_page", TEXT, f"{lado}_pagina", f"Page {x}", f"Página {de}"),
        Column(f"{side}_verified", BOOL, f"{lado}_verificado", f"Whether every amount {x} is verified", f"Si todo importe {de} está verificado"),
        Column(f"{side}_period_status", TEXT, f"{lado}_estatus", f"preliminary or final, {x}", f"preliminar o definitivo, {de}", values=("preliminary", "final")),
        Column(f"{side}_perimeter", TEXT, f"{lado}_perimetro", f"Perimeter {x}: the printed total of its view, or its table", f"Perímetro {de}: el total impreso de su vista, o su tabla"),
        Column(f"{side}_price_basis", TEXT, f"{lado}_precios", f"Prices {x}: nominal (pesos of the day) or the base year", f"Precios {de}: nominal (pesos corrientes) o el año base"),
        Column(f"{side}_unit", TEXT, f"{lado}_unidad", f"Unit {x}: pesos, or doubtful where it is not proven", f"Unidad {de}: pesos, o doubtful (dudosa) si no está probada", values=("pesos", "doubtful")),
        Column(f"{side}_netting", TEXT, f"{lado}_bruto_o_neto", f"Gross or net of transfers between bodies, {x}", f"Bruto o neto de transferencias entre entes, {de}", values=tuple(NETTINGS)),
        Column(f"{side}_recurrence", TEXT, f"{lado}_recurrencia", f"One-off or recurrent, {x}, as its basket declares", f"De una vez o recurrente, {de}, según declara su canasta", values=tuple(RECURRENCES)),
    )


COMPARISON = Table(
    "out.comparison", "comparaciones", "Every declared comparison, per government, year, stage and document: X over Y, or the refusals",
    "Cada comparación declarada, por gobierno, año, momento y documento: X entre Y, o los rechazos", ("comparison_id", "document_id", "government_id", "fiscal_year", "stage"),
    (
        Column("comparison_id", TEXT, "comparacion_id", "Comparison", "Comparación", required=True),
        Column("comparison", TEXT, "comparacion_en", "Its name in English", "Su nombre en inglés", required=True),
        Column("comparacion", TEXT, "comparacion", "Its name in Spanish", "Su nombre en español", required=True),
        DOCUMENT_ID, GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE_REQUIRED, *PERIOD,
        *_operand("x", "x"), *_operand("y", "y"),
        Column("result", RATIO, "resultado", "X over Y; null where it is refused", "X entre Y; nulo si se rechaza"),
        Column("sign", TEXT, "signo", "Which is larger: greater (X is more than Y), less or equal", "Cuál es mayor: greater (X es más que Y), less (es menos) o equal (iguales)", values=("greater", "less", "equal")),
        Column("readings", INT, "lecturas", "Readings of which is larger that can be had: every stage of that year, without what X and Y share, without transfers inside the sector. Prices of one year are one and the same, and are no reading", "Lecturas posibles de cuál es mayor: cada momento de ese año, sin lo que X y Y comparten, sin transferencias dentro del sector. En un mismo año los precios son unos solos, y no son lectura"),
        Column("readings_held", INT, "lecturas_sostenidas", "Readings with the sign of this row", "Lecturas con el signo de este renglón"),
        *STABILITY,
        Column("readings_list", TEXT, "lecturas_lista", "Each reading with its sign, joined by '; '", "Cada lectura con su signo, unidas por '; '"),
        CITABLE, CAVEATS, REFUSAL, *LIMITS,
        Column("reasons", TEXT, "razones_en", "The refusals as sentences, in English", "Los rechazos en oraciones, en inglés"),
        Column("razones", TEXT, "razones", "The refusals as sentences, in Spanish", "Los rechazos en oraciones, en español"),
    ),
)
