"""Rows into an Excel workbook, quickly and safely: Arrow writes the XML of the rows, XlsxWriter everything else.

XlsxWriter alone needs 4 microseconds per cell, which is 20 seconds for the lines of a million amounts; this needs a
tenth. Text is always a shared string, never a formula, and its cells are of the text format, so that editing one
does not make it a formula either.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from warehouse.release.cover import DrawnSheet
from warehouse.release.strings import SharedStrings
from warehouse.schema import BOOL, DATE, INT, MONEY, RATIO, TEXT, TIMESTAMP
from warehouse.schema.model import Type
from warehouse.store import ddl

# Excel's 1,048,576, less the header.
MOST_ROWS = 1_048_575
# Beyond fifteen digits Excel rounds.
LARGEST_MONEY = "9999999999999.99"
_FORMATS = {
    TEXT: "@",
    TIMESTAMP: "@",
    INT: "0",
    RATIO: "0.0000",
    BOOL: "General",
    DATE: "yyyy-mm-dd",
    MONEY: "#,##0.00",
}
# How the numbers of those formats are shown, to know how long they are.
_SHOWN = {INT: "{:d}", RATIO: "{:.4f}", MONEY: "{:,.2f}"}
_LENGTH = {BOOL: len("VERDADERO"), DATE: len("2021-01-01")}
_FILTER = 4  # digits that the button of the filter covers beside a header
_ROWS_AT_ONCE = 20_000
_LEVEL = 2  # of compression: at 5 the workbook of a million amounts is a seventh smaller and takes half as long again
_STRINGS = "xl/sharedStrings.xml"
# Of a file that calls itself Excel's, LibreOffice believes that the heights of its rows are right, and wrapped text would overlap.
_MAKER = "docProps/app.xml"


@dataclass(frozen=True)
class WorkbookColumn:
    """A column of the relation, its header, and the most characters of a text that are shown in one line."""

    name: str
    header: str
    type: Type
    line: int


@dataclass(frozen=True)
class _ColumnWidth:
    """How wide a column is shown, in digits, and whether its text is wrapped for it."""

    width: int
    wraps: bool


@dataclass(frozen=True)
class WorkbookSheet:
    """A sheet and the relation (as SQL) its rows come from, in their order."""

    name: str
    relation: str
    columns: tuple[WorkbookColumn, ...]


class _CellColumn(NamedTuple):
    """What stands in a column of the sheet: SQL for the value as text, null where the cell is another's or none."""

    sql: str
    kind: str  # s: the text itself, b: a flag, n: a number
    letter: str
    style: str

    def xml(self, values: pa.Array, numbers: pa.Array, strings: SharedStrings) -> pa.Array:
        """The XML of the cells in rows with these numbers; null for null."""
        shown = strings.places(values) if self.kind == "s" else values
        kind = "" if self.kind == "n" else f' t="{self.kind}"'
        start = f'<c r="{self.letter}'
        return pc.binary_join_element_wise(start, numbers, f'" s="{self.style}"{kind}><v>', shown, "</v></c>", "")


def write(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    sheets: list[WorkbookSheet],
    *,
    title: str,
    drawn: Sequence[DrawnSheet] = (),
) -> dict[str, int]:
    """Writes the workbook, the drawn sheets first; returns how many rows each sheet of rows got, at most MOST_ROWS."""
    with tempfile.TemporaryDirectory(prefix=".xlsx-", dir=path.parent) as folder:
        shell = Path(folder) / "shell.xlsx"
        _write_shell(shell, drawn, [(sheet, _column_widths(con, sheet)) for sheet in sheets], title)
        with ZipFile(shell) as source, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as target:
            counts = {}
            strings = SharedStrings(source.read(_STRINGS).decode())
            places = {
                f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1 + len(drawn))
            }
            for entry in source.infolist():
                if entry.filename in places:
                    sheet = places[entry.filename]
                    with target.open(entry.filename, "w", force_zip64=True) as file:
                        counts[sheet.name] = _fill(con, file, sheet, source.read(entry).decode(), strings)
                elif entry.filename == _MAKER:
                    target.writestr(entry, source.read(entry).replace(b"Microsoft Excel", b"Peso a Peso"))
                elif entry.filename != _STRINGS:  # complete when all sheets are
                    with source.open(entry) as read, target.open(entry, "w") as written:
                        shutil.copyfileobj(read, written)
            with target.open(_STRINGS, "w", force_zip64=True) as file:
                for part in strings.xml():
                    file.write(part)
    return counts


def _column_widths(con: duckdb.DuckDBPyConnection, sheet: WorkbookSheet) -> list[_ColumnWidth]:
    """How each column is shown: a number, flag or date wider than its column would be `####` in Excel, so none is."""
    extremes = ", ".join(_extremes(column) for column in sheet.columns)
    [bounds] = con.execute(f"SELECT {extremes} FROM {sheet.relation}").fetchall()
    widths = []
    for column, least, most in zip(sheet.columns, bounds[::2], bounds[1::2], strict=True):
        length = _length(column.type, [value for value in (least, most) if value is not None])
        wraps = column.type is TEXT and length > column.line
        widths.append(_ColumnWidth(max(len(column.header) + _FILTER, (column.line if wraps else length) + 1), wraps))
    return widths


def _extremes(column: WorkbookColumn) -> str:
    """SQL for the least and the most of a column: the longest number is one of them. Of texts, of their lengths."""
    value = ddl.name(column.name)
    if column.type in (TEXT, TIMESTAMP):
        value = f"length(CAST({value} AS VARCHAR))"
    return f"min({value}), max({value})"


def _length(kind: Type, extremes: list[Any]) -> int:
    """How many characters the longest cell shows."""
    if kind in _SHOWN:
        return max((len(_SHOWN[kind].format(value)) for value in extremes), default=0)
    return _LENGTH.get(kind) or max(extremes, default=0)


def _write_shell(
    path: Path, drawn: Sequence[DrawnSheet], sheets: list[tuple[WorkbookSheet, list[_ColumnWidth]]], title: str
) -> None:
    """The workbook without its rows: what is drawn, headers, and one blank row from which the styles of the cells are read."""
    with xlsxwriter.Workbook(str(path)) as book:
        # A fixed date, so that the same rows give the same file; the release has its own.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        for one in drawn:
            one.draw(book, book.add_worksheet(one.name))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: book.add_format({"num_format": mask, "valign": "top"}) for kind, mask in _FORMATS.items()}
        wrapped = book.add_format({"num_format": _FORMATS[TEXT], "valign": "top", "text_wrap": True})
        for sheet, widths in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, MOST_ROWS, len(sheet.columns) - 1)
            page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})
            for place, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
                form = wrapped if width.wraps else formats[column.type]
                page.set_column(place, place, width.width, form)
                page.write_string(0, place, column.header, bold)
                page.write_blank(1, place, None, form)


def _fill(
    con: duckdb.DuckDBPyConnection, file: IO[bytes], sheet: WorkbookSheet, shell: str, strings: SharedStrings
) -> int:
    """Writes the sheet's XML with its rows in place of the blank one."""
    blank = re.search(r'<row r="2".*?</row>', shell)
    if blank is None:
        raise ValueError(f"XlsxWriter wrote no second row for {sheet.name}: its layout has changed")
    styles = re.findall(r'<c r="[A-Z]+2" s="(\d+)"/>', blank.group())
    [(total,)] = con.execute(f"SELECT count(*) FROM {sheet.relation}").fetchall()
    rows = min(int(total), MOST_ROWS)
    last = xl_col_to_name(len(sheet.columns) - 1)
    head, tail = shell[: blank.start()], shell[blank.end() :]
    # The range of the filter and of the sheet end where the rows end.
    head = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}{rows + 1}"', head)
    tail = re.sub(r'<autoFilter ref="[^"]*"', f'<autoFilter ref="A1:{last}{rows + 1}"', tail)
    file.write(head.encode())
    for batch in _rows(con, sheet, styles, rows, strings):
        file.write(batch)
    file.write(tail.encode())
    return rows


def _rows(
    con: duckdb.DuckDBPyConnection, sheet: WorkbookSheet, styles: list[str], limit: int, strings: SharedStrings
) -> Iterator[pa.Buffer]:
    """The XML of the rows, many at a time."""
    cells = [
        cell
        for place, (column, style) in enumerate(zip(sheet.columns, styles, strict=True))
        for cell in _cells(column, xl_col_to_name(place), style)
    ]
    values = ", ".join(f"{cell.sql} AS v{place}" for place, cell in enumerate(cells))
    number = 2
    for batch in con.execute(f"SELECT {values} FROM {sheet.relation} LIMIT {limit}").to_arrow_reader(_ROWS_AT_ONCE):
        numbers = pa.array(np.arange(number, number + len(batch))).cast(pa.string())
        parts = [
            cell.xml(column, numbers, strings)
            for cell, column in zip(cells, batch.columns, strict=True)
            if column.null_count < len(batch)
        ]
        rows = pc.binary_join_element_wise('<row r="', numbers, '">', *parts, "</row>", "", null_handling="skip")
        yield pc.binary_join(pa.ListArray.from_arrays([0, len(rows)], rows), "")[0].as_buffer()
        number += len(batch)


def _cells(column: WorkbookColumn, letter: str, style: str) -> Iterator[_CellColumn]:
    value = ddl.name(column.name)
    text = f"CAST({value} AS VARCHAR)"
    if column.type in (TEXT, TIMESTAMP):
        yield _CellColumn(text, "s", letter, style)
    elif column.type is BOOL:
        yield _CellColumn(f"CAST(CAST({value} AS INTEGER) AS VARCHAR)", "b", letter, style)
    elif column.type is DATE:
        # Excel counts days from here.
        yield _CellColumn(f"CAST(datediff('day', DATE '1899-12-30', {value}) AS VARCHAR)", "n", letter, style)
    elif column.type is MONEY:
        beyond = f"abs({value}) > {LARGEST_MONEY}"
        yield _CellColumn(f"CASE WHEN NOT {beyond} THEN {text} END", "n", letter, style)
        yield _CellColumn(f"CASE WHEN {beyond} THEN {text} END", "s", letter, style)
    else:
        yield _CellColumn(text, "n", letter, style)
