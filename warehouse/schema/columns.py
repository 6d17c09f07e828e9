"""Columns that several `out` tables share, described once. The tables are in `out` and `comparing`."""

from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID
from warehouse.schema.model import BOOL, DATE, MONEY, TEXT, Column
from warehouse.schema.vocabulary import REFUSALS, ROW_KINDS, STAGES

GOVERNMENT_NAME = Column("government", TEXT, "gobierno", "Name of the government or public body", "Nombre del gobierno o ente público")
PERIOD = (
    Column("period_start", DATE, "periodo_inicio", "First day the amounts cover", "Primer día que cubren los importes"),
    Column("period_end", DATE, "periodo_fin", "Last day the amounts cover", "Último día que cubren los importes"),
)
LABEL = Column("label", TEXT, "etiqueta", "Label as printed", "Etiqueta tal como está impresa")
CITABLE = Column("citable", BOOL, "citable", "False for secondary datasets and for copies typeset by the project", "Falso para bases secundarias y copias compuestas por el proyecto")
REFUSAL = Column("refusals", TEXT, "rechazos", "Why there is no comparison: codes joined by ';'. Null where there is one. Codes: " + ", ".join(REFUSALS), "Por qué no hay comparación: claves unidas por ';'. Nulo si la hay. Claves: " + ", ".join(REFUSALS))
CAVEATS = Column("caveats", TEXT, "salvedades", "What must be said beside the number", "Lo que debe decirse junto al número")
LIMITS = (
    Column("unsayable", TEXT, "no_puede_decirse", "What this number, or its absence, does not let anyone say: sentences in Spanish joined by ';'", "Lo que este número, o que no lo haya, no permite decir: oraciones unidas por ';'"),
    Column("how_to_check", TEXT, "como_comprobarlo", "How a reader checks it, or what would let it be said: sentences in Spanish joined by ';'", "Cómo lo comprueba quien lee, o qué permitiría decirlo: oraciones unidas por ';'"),
)
ROW_KIND = Column("row_kind", TEXT, "tipo_renglon", "detail, subtotal, total or memo; sums use details only", "detalle, subtotal, total o informativo; solo se suman detalles", required=True, values=tuple(ROW_KINDS))
ADDS_UP = Column("adds_up", BOOL, "suma_aqui", "Whether its lines are to be added up: the one table that speaks for its government, year, stage and classification. Add one classification and one level (row_kind detail, or one code); other tables print the same money again", "Si aquí se suma: el único cuadro que habla por su gobierno, ejercicio, momento y clasificación. Sume una sola clasificación y un solo nivel (tipo_renglon detail, o una clave); los demás cuadros imprimen otra vez el mismo dinero", required=True)
STAGE_REQUIRED = Column("stage", TEXT, "momento", "Budget stage (legal name)", "Momento contable (nombre legal)", required=True, values=tuple(STAGES))

PERIOD_STATUS = Column("period_status", TEXT, "estatus", "preliminary or final", "preliminar o definitivo", values=("preliminary", "final"))
COMPARED = (GOVERNMENT_ID, GOVERNMENT_NAME, FISCAL_YEAR, STAGE_REQUIRED, *PERIOD, PERIOD_STATUS)
STABILITY = (
    Column("stable", BOOL, "estable", "Every reading has the same sign; of one year, null where there is one reading only", "Todas las lecturas dan el mismo signo; en un mismo año, nulo si hay una sola lectura"),
    Column("holds", TEXT, "se_sostiene", "In how many readings the sign holds, as a sentence in Spanish", "En cuántas lecturas se sostiene el signo, en una oración"),
)
HEALTH = (
    Column("health", MONEY, "salud", "Health spending of the same government, year and stage", "Gasto en salud del mismo gobierno, año y momento", unit="pesos"),
    Column("health_basis", TEXT, "base_salud", "How health was measured: the rule that caught it", "Cómo se midió salud: la regla que la captó"),
    Column("health_line_ids", TEXT, "lineas_salud", "Lines of the health amount, joined by ';'", "Líneas del importe de salud, unidas por ';'"),
)


def per_inhabitant(name: str, es: str, what: str, que: str) -> Column:
    """The column of an amount over the people of its government and year."""
    return Column(
        f"{name}per_inhabitant", MONEY, f"{es}por_habitante", f"{what} per inhabitant: pesos of the day over CONAPO's mid-year population",
        f"{que} por habitante: pesos corrientes entre la población a mitad de año del CONAPO", unit="pesos",
    )


def less(before: str, antes: str, of: str, de: str) -> tuple[Column, ...]:
    """The columns of a total that says what was taken out of it; null for any other amount."""
    return (
        Column(f"{before}printed", MONEY, f"{antes}impreso", f"{of[:1].upper()}{of[1:]}, where it is a total: as printed, with what is no spending", f"{de[:1].upper()}{de[1:]}, si es un total: tal como está impreso, con lo que no es gasto", unit="pesos"),
        Column(f"{before}less", MONEY, f"{antes}descuento", f"What was taken out of that total: cash balance, amortisation of debt, transfers counted twice ({of})", f"Lo que se descontó de ese total: disponibilidad final, amortización de deuda, transferencias contadas dos veces ({de})", unit="pesos"),
        Column(f"{before}less_line_ids", TEXT, f"{antes}lineas_descuento", f"Lines of what was taken out, joined by ';' ({of})", f"Líneas de lo que se descontó, unidas por ';' ({de})"),
    )


PUBLISHABLE = Column("publishable", BOOL, "publicable", "False where something that the tables know keeps it from print: shown as no publicar, with its reasons in refusals, evidence and citable", "Falso si algo que consta en las tablas impide imprimirlo: se muestra como no publicar, y sus razones están en rechazos, evidencia y citable")
