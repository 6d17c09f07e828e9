"""Rows into an Excel workbook, quickly and safely: SQL writes the XML of the rows, XlsxWriter everything else.

XlsxWriter alone needs 4 microseconds per cell, which is 20 seconds for the lines of a million amounts; this needs a
tenth. Text is always an inline string, never a formula, and its cells are of the text format, so that editing one
does not make it a formula either.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from warehouse import ddl
from warehouse.schema import BOOL, DATE, INT, MONEY, RATIO, TEXT, TIMESTAMP
from warehouse.schema.model import Type

# Excel's 1,048,576, less the header.
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
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
# Stands for the row's number until the row's place is known; no text keeps control characters.
_NUMBER = "\x01"


@dataclass(frozen=True)
class SheetColumn:
    """A column of the relation, its header, and how wide it is shown."""

    name: str
    header: str
    type: Type
    width: float


@dataclass(frozen=True)
class Sheet:
    """A sheet and the relation (as SQL) its rows come from, in their order."""

    name: str
    relation: str
    columns: tuple[SheetColumn, ...]


def write(con: duckdb.DuckDBPyConnection, path: Path, sheets: list[Sheet], *, title: str) -> dict[str, int]:
    """Writes the workbook; returns how many rows each sheet got, at most MOST_ROWS."""
    with tempfile.TemporaryDirectory(prefix=".xlsx-", dir=path.parent) as folder:
        shell = Path(folder) / "shell.xlsx"
        _write_shell(shell, sheets, title)
        with ZipFile(shell) as source, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=5) as target:
            counts = {}
            places = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
            for entry in source.infolist():
                if entry.filename in places:
                    sheet = places[entry.filename]
                    counts[sheet.name] = _fill(con, source.read(entry).decode(), target, entry.filename, sheet)
                else:
                    with source.open(entry) as read, target.open(entry, "w") as written:
                        shutil.copyfileobj(read, written)
    return counts


def _write_shell(path: Path, sheets: list[Sheet], title: str) -> None:
    """The workbook without its rows: headers, and one blank row from which the styles of the cells are read."""
    with xlsxwriter.Workbook(str(path)) as book:
        # A fixed date, so that the same rows give the same file; the release has its own.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: book.add_format({"num_format": mask, "valign": "top"}) for kind, mask in _FORMATS.items()}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, MOST_ROWS, len(sheet.columns) - 1)
            page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})
            for place, column in enumerate(sheet.columns):
                page.set_column(place, place, column.width, formats[column.type])
                page.write_string(0, place, column.header, bold)
                page.write_blank(1, place, None, formats[column.type])


def _fill(con: duckdb.DuckDBPyConnection, shell: str, target: ZipFile, name: str, sheet: Sheet) -> int:
    """Copies the sheet's XML with its rows in place of the blank one."""
    blank = re.search(r'<row r="2".*?</row>', shell)
    if blank is None:
        raise ValueError(f"XlsxWriter wrote no second row in {name}: its layout has changed")
    styles = re.findall(r'<c r="[A-Z]+2" s="(\d+)"/>', blank.group())
    [(total,)] = con.execute(f"SELECT count(*) FROM {sheet.relation}").fetchall()
    rows = min(int(total), MOST_ROWS)
    last = xl_col_to_name(len(sheet.columns) - 1)
    head, tail = shell[: blank.start()], shell[blank.end() :]
    # The range of the filter and of the sheet end where the rows end.
    head = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}{rows + 1}"', head)
    tail = re.sub(r'<autoFilter ref="[^"]*"', f'<autoFilter ref="A1:{last}{rows + 1}"', tail)
    with target.open(name, "w", force_zip64=True) as file:
        file.write(head.encode())
        number = 2
        for batch in _rows(con, sheet, styles, rows):
            numbered = (row.replace(_NUMBER, str(at)) for at, (row,) in enumerate(batch, start=number))
            file.write("".join(numbered).encode())
            number += len(batch)
        file.write(tail.encode())
    return rows


def _rows(con: duckdb.DuckDBPyConnection, sheet: Sheet, styles: list[str], limit: int) -> Iterator[list[tuple[str]]]:
    cells = [
        _cell(column, xl_col_to_name(place), style)
        for place, (column, style) in enumerate(zip(sheet.columns, styles, strict=True))
    ]
    con.execute(
        f"SELECT concat('<row r=\"{_NUMBER}\">', {', '.join(cells)}, '</row>') FROM {sheet.relation} LIMIT {limit}"
    )
    while batch := con.fetchmany(5_000):
        yield batch


def _cell(column: SheetColumn, letter: str, style: str) -> str:
    """SQL for the XML of one cell; nothing for a null."""
    value = ddl.name(column.name)
    start = f'<c r="{letter}{_NUMBER}" s="{style}"'
    number = f"concat('{start}><v>', {_number(column.type, value)}, '</v></c>')"
    flag = f"concat('{start} t=\"b\"><v>', CAST({value} AS INTEGER), '</v></c>')"
    string = f"concat('{start} t=\"inlineStr\"><is><t xml:space=\"preserve\">', {_text(value)}, '</t></is></c>')"
    if column.type in (TEXT, TIMESTAMP):
        xml = string
    elif column.type is BOOL:
        xml = flag
    elif column.type is MONEY:
        xml = f"CASE WHEN abs({value}) > {LARGEST_MONEY} THEN {string} ELSE {number} END"
    else:
        xml = number
    return f"CASE WHEN {value} IS NULL THEN '' ELSE {xml} END"


def _number(kind: Type, value: str) -> str:
    if kind is DATE:
        # Excel counts days from here.
        return f"datediff('day', DATE '1899-12-30', {value})"
    return f"CAST({value} AS VARCHAR)"


def _text(value: str) -> str:
    """SQL for a text as XML: cut to what a cell holds, without what XML cannot hold, and with nothing to interpret."""
    cut = " [… cortado]"
    text = f"CAST({value} AS VARCHAR)"
    text = f"CASE WHEN length({text}) > {LONGEST_TEXT} THEN concat(left({text}, {LONGEST_TEXT - len(cut)}), '{cut}') ELSE {text} END"
    text = f"regexp_replace({text}, '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{{FFFE}}\\x{{FFFF}}]', '�', 'g')"
    # Excel reads _x0041_ as a character.
    text = f"regexp_replace({text}, '_(x[0-9A-Fa-f]{{4}}_)', '_x005F_\\1', 'g')"
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = f"replace({text}, '{character}', '{entity}')"
    return text
