"""The `out` tables of the panel: every class of every government and year, its deviation between stages, and its series.

The tables of comparisons are in `comparing` and `out`.
"""

from warehouse.schema.columns import (
    CAVEATS,
    CITABLE,
    GOVERNMENT_NAME,
    PERIOD,
    PERIOD_STATUS,
    REFUSAL,
    STAGE_REQUIRED,
    per_inhabitant,
)
from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID
from warehouse.schema.model import BOOL, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.panel_vocabulary import BREAKS, PANEL_CLASSES, PANEL_LEVELS, STANDINGS
from warehouse.schema.raw import PAGE
from warehouse.schema.vocabulary import EVIDENCE, FACETS, STAGES

_GOVERNMENT_ID = Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True)
_YEAR = Column("fiscal_year", INT, "ejercicio", FISCAL_YEAR.description, FISCAL_YEAR.descripcion, required=True)
_PERIOD_OF_YEAR = Column("period", TEXT, "periodo", "Days of the year that are covered, as 01-01/12-31", "Días del año que se cubren, como 01-01/12-31", required=True)
_CLASS = (
    Column("by", TEXT, "clasificacion", "object, function, administrative, or basket: a list of lines that people declare. Rows of two of them are the same money: never add them", "object (objeto), function (función), administrative (ente) o basket: canasta, una lista de líneas que declaran personas. Los renglones de dos de ellas son el mismo dinero: nunca se suman", required=True, values=tuple(PANEL_CLASSES)),
    Column("level", TEXT, "nivel", "Which level of it; the rows of one level are parts of one total, those of two levels contain one another", "Qué nivel de ella; los renglones de un nivel son partes de un total, los de dos niveles se contienen", required=True, values=tuple(PANEL_LEVELS)),
    Column("class_id", TEXT, "clase_id", "Code of the class without final zeros, id of the basket, or, where there is no code, its name in small letters; '-' for the total", "Clave de la clase sin ceros finales, id de la canasta o, si no hay clave, su nombre en minúsculas; '-' para el total", required=True),
    Column("name", TEXT, "nombre", "Name as printed, or the name of the basket", "Nombre tal como está impreso, o el de la canasta"),
)
_STANDING = Column("standing", TEXT, "calidad", "; ".join(f"{code}: {word.en}" for code, word in STANDINGS.items()), "; ".join(f"{code}: {word.es}" for code, word in STANDINGS.items()), required=True, values=tuple(STANDINGS))
_AMOUNT = Column("amount", MONEY, "importe", "Amount in pesos of the day", "Importe en pesos corrientes", unit="pesos")
_REAL = Column("real_amount", MONEY, "importe_real", "Amount in pesos of the base year, by INPC annual average", "Importe en pesos del año base, por INPC promedio anual", unit="pesos")
_BASE = Column("price_base", INT, "año_base", "Base year of the real amount", "Año base del importe real")
_LINES = Column("line_ids", TEXT, "lineas", "Lines of the amount, joined by ';': `peso show` opens each on its page", "Líneas del importe, unidas por ';': `peso show` abre cada una en su página", required=True)
_VERIFIED = Column("verified", BOOL, "verificado", "Every amount of it is verified", "Todos sus importes están verificados", required=True)
_DOCUMENT = Column("document_id", TEXT, "documento_id", "Document it is taken from", "Documento del que se toma", required=True)
_PERIMETER = Column("perimeter", TEXT, "perimetro", "The declared perimeter of the row: the printed total of the table it is taken from, or the table where no total is printed", "El perímetro declarado del renglón: el total impreso de la tabla de que se toma, o la tabla si no imprime total", required=True)
_SHARE = Column("share_of_net_total", RATIO, "proporcion_gasto_neto", "Amount over the net total; null for what the net total leaves out", "Importe entre el gasto neto; nulo para lo que el gasto neto descuenta")
_FACETS_ES = {"value": "valor", "sign": "signo", "label": "etiqueta", "kind": "dinero", "unit": "unidad", "time": "ejercicio", "body": "ente", "stage": "momento", "seen": "visible"}

PANEL = Table(
    "out.panel", "panel", "One row per government, year, period, stage and class, on one declared perimeter: what it was, in real pesos, per inhabitant, of the net total, and on what each facet rests. One view speaks for each level: nothing is in it twice",
    "Un renglón por gobierno, año, periodo, momento y clase, en un perímetro declarado: cuánto fue, en pesos reales, por habitante, del gasto neto, y en qué se apoya cada faceta. Una sola vista habla por cada nivel: nada está dos veces",
    ("government_id", "fiscal_year", "period", "stage", "by", "level", "class_id"),
    (
        _GOVERNMENT_ID, GOVERNMENT_NAME, _YEAR, _PERIOD_OF_YEAR, *PERIOD, PERIOD_STATUS, STAGE_REQUIRED, *_CLASS, _STANDING, _AMOUNT, _REAL, _BASE,
        Column("inhabitants", INT, "habitantes", "People of the government in the middle of the year (CONAPO); null where the series has none", "Población del gobierno a mitad de año (CONAPO); nulo si la serie no la tiene"),
        per_inhabitant("", "", "Amount", "Importe"),
        Column("net_total", MONEY, "gasto_neto", "Total of the same perimeter without the year-end cash balance, the amortisation of debt and transfers that are counted twice; null where it cannot be told or is not verified", "Total del mismo perímetro sin la disponibilidad final, la amortización de la deuda ni las transferencias contadas dos veces; nulo si no consta o no está verificado", unit="pesos"),
        Column("net_total_contents", TEXT, "contenido_total", "What the printed total contains beside spending, in pesos, joined by ';'", "Qué contiene el total impreso además de gasto, en pesos, unido por ';'"),
        _SHARE, _PERIMETER, _DOCUMENT,
        Column("table", INT, "tabla", "Number of the table in the document; null where the amount is a sum of several", "Número de la tabla en el documento; nulo si el importe es suma de varias"),
        PAGE, _LINES, _VERIFIED,
        *(Column(f"{facet}_basis", TEXT, f"base_{_FACETS_ES[facet]}", f"{term.en}: on what it rests, joined by ';' where lines differ; null: on nothing", f"{term.es}: en qué se apoya, unido por ';' si las líneas difieren; nulo: en nada") for facet, term in FACETS.items()),
        CITABLE, CAVEATS, REFUSAL,
    ),
)

DEVIATION = Table(
    "out.deviation", "desviacion", "Who spent more than was approved, on what: two stages of one class, year, period and document, with deviation and place among the governments that can be compared",
    "Quién gastó más de lo aprobado, y en qué: dos momentos de una clase, año, periodo y documento, con su desviación y su lugar entre los gobiernos comparables",
    ("government_id", "fiscal_year", "period", "by", "level", "class_id", "from_stage", "to_stage"),
    (
        _GOVERNMENT_ID, GOVERNMENT_NAME, _YEAR, _PERIOD_OF_YEAR, *_CLASS, _STANDING, _DOCUMENT,
        Column("from_stage", TEXT, "momento_primero", "Earlier stage", "Momento anterior", required=True, values=tuple(STAGES)),
        Column("to_stage", TEXT, "momento_segundo", "Later stage", "Momento posterior", required=True, values=tuple(STAGES)),
        Column("from_amount", MONEY, "importe_primero", "Amount at the earlier stage; of a whole, its net total", "Importe en el momento anterior; de un total, su gasto neto", unit="pesos"),
        Column("to_amount", MONEY, "importe_segundo", "Amount at the later stage; of a whole, its net total", "Importe en el momento posterior; de un total, su gasto neto", unit="pesos"),
        Column("deviation", MONEY, "desviacion", "Later less earlier, in pesos of the day", "Posterior menos anterior, en pesos corrientes", unit="pesos"),
        Column("deviation_share", RATIO, "desviacion_proporcion", "Deviation over the earlier amount: 0.10 is ten percent more", "Desviación entre el importe anterior: 0.10 es diez por ciento más"),
        Column("composition_deviation", RATIO, "desviacion_composicion", "Of a total: how far the parts moved beside what the whole moved (as PEFA PI-2, by the parts of its first level)", "De un total: cuánto se movieron las partes además de lo que se movió el todo (como PEFA PI-2, por las partes de su primer nivel)"),
        Column("virement", RATIO, "traspasos", "Of a total: absolute differences of its parts between both stages, over the earlier total", "De un total: diferencias absolutas de sus partes entre ambos momentos, entre el total anterior"),
        Column("compared", INT, "comparados", "Governments that are compared, this one among them; null where it is refused or alone", "Gobiernos que se comparan, con este; nulo si se rechaza o está solo"),
        Column("place_first", INT, "lugar_primero", "Best place of its deviation share, from the largest, under the later stages that are alternatives", "Mejor lugar de su desviación, desde la mayor, con los momentos posteriores alternativos"),
        Column("place_last", INT, "lugar_ultimo", "Worst place under the same alternatives", "Peor lugar con las mismas alternativas"),
        _PERIMETER,
        Column("from_line_ids", TEXT, "lineas_primero", "Lines of the earlier amount", "Líneas del importe anterior", required=True),
        Column("to_line_ids", TEXT, "lineas_segundo", "Lines of the later amount", "Líneas del importe posterior", required=True),
        _VERIFIED, CITABLE, CAVEATS, REFUSAL,
    ),
)

SERIES = Table(
    "out.series", "serie", "The same class of one government over the years, through declared changes of code and name; a segment ends where the years can no longer be compared",
    "La misma clase de un gobierno a lo largo de los años, a través de cambios declarados de clave y nombre; un tramo termina donde los años ya no se pueden comparar",
    ("government_id", "by", "level", "series_class", "period", "stage", "fiscal_year"),
    (
        _GOVERNMENT_ID, GOVERNMENT_NAME,
        *_CLASS[:2],
        Column("series_class", TEXT, "clase_serie", "Class that names the series: its newest code or name", "Clase que nombra la serie: su clave o nombre más nuevo", required=True),
        *_CLASS[2:],
        _PERIOD_OF_YEAR, STAGE_REQUIRED, _YEAR,
        Column("segment", INT, "tramo", "Number of the segment: only years of one segment are compared", "Número del tramo: solo se comparan los años de un mismo tramo", required=True),
        Column("breaks", TEXT, "cortes", "Why a segment begins here, joined by ';': " + "; ".join(f"{code}: {word.en}" for code, word in BREAKS.items()), "Por qué empieza aquí un tramo, unido por ';': " + "; ".join(f"{code}: {word.es}" for code, word in BREAKS.items())),
        Column("succession_id", TEXT, "sucesion_id", "Declared succession by which the class of this year belongs to the series", "Sucesión declarada por la que la clase de este año pertenece a la serie"),
        _STANDING, _AMOUNT, _REAL, _BASE, per_inhabitant("", "", "Amount", "Importe"), _SHARE,
        Column("previous_year", INT, "ejercicio_anterior", "Year of the segment before this one", "Ejercicio anterior del tramo"),
        Column("real_change", RATIO, "cambio_real", "Change in real pesos since that year; of a whole, of its net total", "Cambio en pesos reales desde ese ejercicio; de un total, de su gasto neto"),
        _PERIMETER, _DOCUMENT, _LINES, _VERIFIED, CITABLE, CAVEATS, REFUSAL,
    ),
)

SUCCESSION = Table(
    "out.succession", "sucesiones", "Declared changes of code or name: which class or body of one year is which of another",
    "Cambios declarados de clave o nombre: qué clase o ente de un año es cuál de otro", ("succession_id", "from_class"),
    (
        Column("succession_id", TEXT, "sucesion_id", "Name of the succession", "Nombre de la sucesión", required=True),
        Column("government_id", TEXT, "gobierno_id", "Government it holds for; null: all", "Gobierno para el que vale; nulo: todos"),
        Column("by", TEXT, "clasificacion", "Classification of the class", "Clasificación de la clase", required=True, values=("object", "function", "administrative")),
        Column("kind", TEXT, "tipo", "renamed: another name or code by a norm; spelling: the same name, written otherwise", "renamed: otro nombre o clave por una norma; spelling: el mismo nombre, escrito de otro modo", required=True, values=("renamed", "spelling")),
        Column("from_class", TEXT, "clase_anterior", "Class that is continued, as class_id of the panel", "Clase que continúa, como clase_id del panel", required=True),
        Column("to_class", TEXT, "clase_posterior", "Class that continues it", "Clase que la continúa", required=True),
        Column("first_year", INT, "primer_ejercicio", "First fiscal year of the later class; null for a spelling", "Primer ejercicio de la clase posterior; nulo si es de escritura"),
        Column("evidence", TEXT, "evidencia", "How well it is known", "Qué tan bien se sabe", required=True, values=tuple(EVIDENCE)),
        Column("source", TEXT, "fuente", "Norm, gazette or data that say so", "Norma, periódico oficial o datos que lo dicen", required=True),
    ),
)

PANEL_TABLES = (PANEL, DEVIATION, SERIES, SUCCESSION)
