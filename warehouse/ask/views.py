"""The tables for people, a page of rows at a time, under their Spanish names: what a server hands out.

How a row is written (JSON, CSV) and what the address of a page is belong to whoever serves it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from warehouse.ask.query import Ask
from warehouse.schema import OUT, TABLES, Table
from warehouse.store import ddl
from warehouse.store.session import Row

# The same tables as the CSV files of a release, by their Spanish names.
VIEWS: Mapping[str, Table] = {table.es: table for table in (TABLES["core.document"], *OUT)}


class ViewPage(NamedTuple):
    """Rows of a view, and how many rows there are with these values."""

    rows: list[Row]
    total: int


def view_page(
    ask: Ask, view: Table, where: Mapping[str, object], skip: int, most: int, *, sheet: bool = False
) -> ViewPage:
    """At most `most` rows after the first `skip`, of those whose columns (Spanish names) have the values of `where`.

    `sheet`: for a spreadsheet, text that it would run as a formula is made harmless, as in the CSV of a release.
    Raises KeyError for a column that the view does not have.
    """
    columns = {column.es: column for column in view.columns}
    values = {f"value_{place}": value for place, value in enumerate(where.values())}
    held = " AND ".join(f"{ddl.name(columns[name].es)} = ${bound}" for name, bound in zip(where, values, strict=True))
    of_view = f"FROM {ddl.name(ddl.SPANISH, view.es)} WHERE {held or 'true'}"
    shown = ", ".join(_for_sheet(name, view) if sheet else ddl.name(name) for name in columns)
    # Tables are written in the order of their key, and DuckDB gives rows in the order in which they were written.
    rows = ask(f"SELECT {shown} {of_view} LIMIT {int(most)} OFFSET {int(skip)}", **values)
    [(total)] = [row["total"] for row in ask(f"SELECT count(*) AS total {of_view}", **values)]
    return ViewPage(rows, total)


def _for_sheet(name: str, view: Table) -> str:
    column = next(column for column in view.columns if column.es == name)
    return f"{ddl.safe_text(column, ddl.name(name))} AS {ddl.name(name)}"
