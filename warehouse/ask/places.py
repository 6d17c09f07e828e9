"""Where lines are printed: what a picture of a line needs, of a release or of the store before it is published.

Each table is asked once for all the lines. How a place is drawn, and what is said under it, is not decided here.
"""

from collections.abc import Collection
from dataclasses import dataclass

from warehouse.ask.query import Ask, is_one_of
from warehouse.schema.personal import WITHHELD
from warehouse.store.session import Row

# The tables that the questions of this module, but `witnesses`, read.
TABLES_OF_PLACES = ("core.line", "core.document", "core.table", "core.amount", "raw.document")


@dataclass(frozen=True)
class Place:
    """A line with its document, its table and its amounts by column: rows of `core`.

    `format` is what the bytes of the document are in; `withheld`: personal data was taken out of its table.
    """

    line: Row
    document: Row
    table: Row
    amounts: tuple[Row, ...]
    format: str
    withheld: bool


def find_places(ask: Ask, line_ids: Collection[str]) -> dict[str, Place]:
    """The places of the lines that are there, by line id."""
    lines = ask(f"SELECT * FROM core.line WHERE {is_one_of('line_id', 'line_ids')}", line_ids=sorted(set(line_ids)))
    documents = _of_documents(ask, "SELECT * FROM core.document", lines)
    formats = _of_documents(ask, "SELECT document_id, format FROM raw.document", lines)
    tables = _of_documents(ask, "SELECT * FROM core.table", lines)
    marked = ask(
        f"""
        SELECT DISTINCT document_id, "table" FROM core.line
        WHERE {is_one_of("document_id", "ids")} AND contains(label, $mark)
        """,
        ids=_documents(lines),
        mark=WITHHELD,
    )
    amounts = ask(
        f'SELECT * FROM core.amount WHERE {is_one_of("line_id", "line_ids")} ORDER BY "column"',
        line_ids=[line["line_id"] for line in lines],
    )
    document_by_id = {row["document_id"]: row for row in documents}
    format_by_id = {row["document_id"]: row["format"] for row in formats}
    table_by_key = {_table(row): row for row in tables}
    with_persons = {_table(row) for row in marked}
    return {
        line["line_id"]: Place(
            line,
            document_by_id[line["document_id"]],
            table_by_key.get(_table(line), {}),
            tuple(amount for amount in amounts if amount["line_id"] == line["line_id"]),
            format_by_id[line["document_id"]],
            _table(line) in with_persons,
        )
        for line in lines
    }


def witnesses(ask: Ask, line: Row) -> list[Row]:
    """The printed numbers of a line of `core.line`, as read and as a second reader of images saw them."""
    return ask(
        """
        SELECT "column", source_text, flag, witness FROM raw.number
        WHERE document_id = $document_id AND "table" = $table AND "row" = $row
        """,
        document_id=line["document_id"],
        table=line["table"],
        row=line["row"],
    )


def _table(row: Row) -> tuple[str, int]:
    return row["document_id"], row["table"]


def _documents(lines: list[Row]) -> list[str]:
    return sorted({line["document_id"] for line in lines})


def _of_documents(ask: Ask, select: str, lines: list[Row]) -> list[Row]:
    return ask(f"{select} WHERE {is_one_of('document_id', 'ids')}", ids=_documents(lines))
