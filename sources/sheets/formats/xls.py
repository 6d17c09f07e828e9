"""Reading .xls into grids with xlrd: values, formats, merged ranges, what is hidden, bold, indented or an error.

xlrd is written in Python: a damaged file ends in an exception, where calamine's compiled reader may end the process. A
workbook older than Excel 97 is read too, but tells neither fonts nor what is hidden.
"""

import io
import re
import struct
from datetime import datetime
from functools import cache
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.sheet import Sheet

from sources.errors import OBTAIN_AGAIN, SourceError
from sources.sheets.formats.container import encrypted
from sources.sheets.formats.grid import (
    BesideText,
    Shape,
    SheetCell,
    SheetGrid,
    column_letter,
    number_cell,
    telling_format,
    text_cell,
)
from sources.sheets.formats.runs import raised, standing
from sources.sheets.formats.shown import WHITE, Look, show
from sources.sheets.formats.xls_formulas import formulas
from warehouse.schema.vocabulary import Term

_PERCENT = re.compile(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)')
_BOLD = 700
_RAISED = 1
_AUTOMATIC = (0x40, 0x41, 0x7FFF)
# What xlrd raises where bytes are not what the records before them promise; it checks sectors, but few lengths.
_DAMAGE = (
    xlrd.XLRDError, CompDocError, struct.error, AssertionError, ArithmeticError, AttributeError, LookupError, TypeError,
    ValueError, RecursionError, MemoryError,
)  # fmt: skip


def read_grids(data: bytes, title: str) -> list[SheetGrid]:
    """The sheets of the workbook in order. A sheet that cannot be parsed says so in `failure`; the others go on."""
    try:
        # Told to write to a file, xlrd does not print its warnings; by sheet, a damaged one leaves the others whole.
        book = xlrd.open_workbook(
            file_contents=_workbook_stream(data),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        names = book.sheet_names()
    except _DAMAGE as error:
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error):
            raise encrypted(title) from error
        whole = Term("a whole workbook", "un libro de Excel completo")
        raise SourceError("corrupt", title, whole, _told(error), OBTAIN_AGAIN) from error
    return [_read_grid(book, position, name) for position, name in enumerate(names)]


class _Container(CompDoc):  # type: ignore[misc]  # xlrd has no types
    """The OLE container; xlrd follows the chain of a short stream without watching for a circle."""

    def _get_stream(self, *arguments: Any, **named: Any) -> bytes:
        _, _, following, _, sector = arguments[:5]
        for _ in range(len(following) + 1):
            if not 0 <= sector < len(following):
                return bytes(super()._get_stream(*arguments, **named))
            sector = following[sector]
        raise CompDocError("the sectors of a stream go round in a circle")


def _workbook_stream(data: bytes) -> bytes:
    container = _Container(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = container.locate_named_stream(name)
        if memory is not None:
            return bytes(memory[start : start + length])
    raise CompDocError("no workbook in the container")


def _read_grid(book: Book, position: int, name: str) -> SheetGrid:
    grid = SheetGrid(name, position + 1)
    try:
        sheet = book.sheet_by_index(position)
        _fill(grid, sheet, book)
        _note_formulas(grid, book, position)
    except _DAMAGE as error:
        why = _told(error)
        grid.failure = Term(f"The sheet could not be read: {why}", f"La hoja no se pudo leer: {why}")
    book.unload_sheet(position)
    return grid


def _note_formulas(grid: SheetGrid, book: Book, position: int) -> None:
    for formula in formulas(book, position):
        if formula.has_value:
            grid.is_calculated = True
        else:
            grid.zero_formulas[formula.row, formula.col] = formula.text


_TWIPS = 20  # of a point


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _note_frame(grid: SheetGrid, sheet: Sheet) -> None:
    """What a sheet has beside its cells: notes, merged areas, what is hidden."""
    grid.hidden = sheet.visibility != 0
    notes = sorted(sheet.cell_note_map.items())
    grid.beside = [
        BesideText("comment", f"{column_letter(col + 1)}{row + 1}", note.text)
        for (row, col), note in notes
        if note.text
    ]
    grid.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    grid.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
    grid.hidden_columns = {col + 1 for col, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}


def _fill(grid: SheetGrid, sheet: Sheet, book: Book) -> None:
    _note_frame(grid, sheet)

    @cache
    def shown(style: int) -> Look:
        """How the cells of a style show a number."""
        form = book.xf_list[style]
        number_format = book.format_map.get(form.format_key)
        ink = _colour(book, book.font_list[form.font_index].colour_index, "000000")
        paper = _colour(book, form.background.pattern_colour_index, WHITE) if form.background.fill_pattern else WHITE
        font = book.font_list[form.font_index]
        code = number_format.format_str if number_format is not None else "General"
        return Look(code, ink, paper, bool(font.struck_out), font.height / _TWIPS)

    @cache
    def look(style: int) -> tuple[bool, int, bool, str | None]:
        """Bold, indent, percent and telling number format of a style of the workbook."""
        form = book.xf_list[style]
        number_format = book.format_map.get(form.format_key)
        code = number_format.format_str if number_format is not None else ""
        bold = book.font_list[form.font_index].weight >= _BOLD
        return bold, form.alignment.indent_level, bool(_PERCENT.search(code)), telling_format(code)

    runs = sheet.rich_text_runlist_map
    for row in range(sheet.nrows):
        for col, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = sheet.cell_xf_index(row, col)
            bold, indent, percent, code = look(style)
            of_style = shown(style)
            if (row, col) in runs and isinstance(value, str):
                value = _with_marks(book, value, runs[row, col], of_style.struck)
                of_style = of_style._replace(struck=False)  # what is struck out of it is left out already
            cell = _cell(row + 1, col + 1, kind, value, percent, book.datemode)
            if cell is not None:
                cell.bold, cell.indent, cell.format = bold, indent, code
                show(cell, of_style)
                grid.add(cell)


def _with_marks(book: Book, text: str, runs: list[tuple[int, int]], struck: bool) -> str:
    """A text of several fonts without what is struck out (`struck`: what stands before the first of them); the marks of notes that one
    of them raises, as such.
    """
    ends = [start for start, _ in runs[1:]] + [len(text)]
    marked = [(text[: runs[0][0]] if runs else text, struck)]
    for (start, font), end in zip(runs, ends, strict=True):
        part, look = text[start:end], book.font_list[font]
        before = "".join(piece for piece, _ in marked).rstrip()
        marked.append((raised(part, before) if look.escapement == _RAISED else part, bool(look.struck_out)))
    return standing(marked)


def _colour(book: Book, index: int, automatic: str) -> str | None:
    """A colour of the palette as RRGGBB; None where it has none such."""
    parts = book.colour_map.get(index)
    if parts is None:
        return automatic if index in _AUTOMATIC else None
    return "".join(f"{part:02X}" for part in parts)


def _cell(row: int, col: int, kind: int, value: str | float, percent: bool, datemode: int) -> SheetCell | None:
    if kind == xlrd.XL_CELL_TEXT or isinstance(value, str):
        return text_cell(row, col, str(value))
    if kind == xlrd.XL_CELL_DATE:
        return SheetCell(row, col, _date_text(value, datemode), Shape.DATE, value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return SheetCell(row, col, "VERDADERO" if value else "FALSO", Shape.BOOL)
    if kind == xlrd.XL_CELL_ERROR:
        return SheetCell(row, col, xlrd.error_text_from_code.get(int(value), "#ERROR!"), Shape.ERROR)
    return number_cell(row, col, value, percent)


def _date_text(value: float, datemode: int) -> str:
    """A stored date in ISO form, a time of day alone where it has no day; a serial no calendar has stays the number it is."""
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return repr(value)
    if 0 <= value < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat()
