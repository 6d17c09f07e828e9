"""SQL that gives a printed number again, for a person to paste into any DuckDB: Spanish names, and values written out.

Whether it does is for `pipelines.evidence` to ask and to tell.
"""

from collections.abc import Sequence

from warehouse.schema import Table
from warehouse.schema.spanish_values import spanish_value
from warehouse.store import ddl
from warehouse.store.session import Row

# The columns that the SQL answers with.
SUM, AMOUNT, ROWS = "suma", "importe", "filas"


def amounts_sql(places: Sequence[tuple[str, int]], summed: bool) -> str:
    """The amounts of lines in columns, each with its proof and place; `summed`, also what they add up to."""
    values = ",\n    ".join(f"({ddl.text(line_id)}, {column})" for line_id, column in places)
    total = f", sum({AMOUNT}) OVER () AS {SUM}" if summed else ""
    return (
        f"SELECT linea_id, etiqueta, momento, {AMOUNT}{total}, verificado, pagina, lugar, texto_fuente\n"
        f"FROM es.linea_todo\nWHERE (linea_id, columna) IN (\n    {values}\n)\nORDER BY linea_id, columna"
    )


def row_sql(table: Table, row: Row) -> str:
    """The row of a table, by its key, and how many such rows there are."""
    columns = [table.by_name[name] for name in table.key]
    key = " AND ".join(_is(ddl.name(column.es), spanish_value(column, row[column.name])) for column in columns)
    return f"SELECT count(*) OVER () AS {ROWS}, *\nFROM es.{table.es}\nWHERE {key}"


def _is(column: str, value: object) -> str:
    return f"{column} IS NULL" if value is None else f"{column} = {ddl.text(str(value))}"
