"""How checks ended, as the store keeps it between a stage and the release: never published, and not among `TABLES`.

What readers see of it is `out.check` and the validation report.
"""

from warehouse.schema.model import BOOL, INT, TEXT, Column, Table
from warehouse.schema.vocabulary import SEVERITIES

_CHECK_ID = Column("check_id", TEXT, "validacion_id", "Name of the check", "Nombre de la validación", required=True)

RESULT = Table(
    "validation.result", "resultado", "One row per check of a stage", "Un renglón por validación de una etapa", ("check_id",),
    (
        _CHECK_ID,
        Column("table", TEXT, "tabla", "Table that was checked", "Tabla que se revisó", required=True),
        Column("severity", TEXT, "severidad", "Whether a failure stops the release", "Si su falla detiene la edición", required=True, values=tuple(SEVERITIES)),
        Column("passed", BOOL, "se_cumple", "Whether it holds", "Si se cumple", required=True),
        Column("rows", INT, "renglones", "Rows that were checked", "Renglones revisados", required=True),
        Column("failing", INT, "fallan", "Rows that break it", "Renglones que no la cumplen", required=True),
        Column("reason", TEXT, "razon_en", "Why it must hold, in English", "Por qué debe cumplirse, en inglés", required=True),
        Column("reason_es", TEXT, "razon", "Why it must hold, in Spanish", "Por qué debe cumplirse, en español", required=True),
        Column("message", TEXT, "mensaje", "Why it could not be run", "Por qué no pudo hacerse"),
    ),
)

# Failing rows have the columns that their rule gives them, each of one kind; so they are kept value by value.
KINDS = ("int", "float", "bool", "text")
FAILING_CELL = Table(
    "validation.failing_cell", "celda_que_falla", "One value of the first rows that break a check", "Un valor de los primeros renglones que no cumplen una validación",
    ("check_id", "column", "row"),
    (
        _CHECK_ID,
        Column("column", TEXT, "columna", "Column of the failing rows, in their order", "Columna de los renglones, en su orden", required=True),
        Column("row", INT, "renglon", "Which of the failing rows, from 0", "Cuál de los renglones, desde 0", required=True),
        Column("kind", TEXT, "clase", "What the column holds", "Qué contiene la columna", required=True, values=KINDS),
        Column("value", TEXT, "valor", "The value, as text", "El valor, como texto"),
    ),
)
