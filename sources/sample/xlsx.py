"""Typesetting a sample document as a workbook, as finance departments keep theirs: merged headers, bold, indents.

The bytes are the same on every machine: openpyxl writes the parts, and `zips` stores them with one fixed time.
"""

import io
import re
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sources.sample.content import Content, SampleRow, SampleTable
from sources.sample.zips import TIME, parts, stored

_SHADE = PatternFill("solid", fgColor="D9D9D9")
_THIN = Border(*[Side(style="thin", color="999999")] * 4)
_AMOUNT = "#,##0.00;(#,##0.00)"
_WRAP = 62  # letters of a label that fit on one line of its column
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)


def typeset(content: Content, look: str) -> bytes:
    """The document as the bytes of an .xlsx; `look` is 'claves' (codes in a column, as text) or 'sin_claves'."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("openpyxl made a workbook without a sheet")
    sheet.title = "EAEPE COG"
    book.properties.creator = "Peso a Peso (muestra)"
    book.properties.title = content.notice
    book.properties.created = book.properties.modified = datetime(*TIME)  # noqa: DTZ001 - a workbook's dates have no zone
    _fill(sheet, content, codes=look == "claves")
    _working_notes(book, content)
    buffer = io.BytesIO()
    book.save(buffer)
    return stored({name: _dateless(name, data) for name, data in parts(buffer.getvalue()).items()})


def _dateless(name: str, data: bytes) -> bytes:
    """The part as it would be on any day: openpyxl dates the file when it saves it, whatever it was told."""
    if name != "docProps/core.xml":
        return data
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", data)


def _fill(sheet: Worksheet, content: Content, codes: bool) -> None:
    width = (2 if codes else 1) + max(len(table.headings) + bool(table.within_heading) for table in content.tables)
    row = 1
    for line in (*content.letterhead, *content.titles, content.period, content.unit):
        _banner(sheet, row, line, width, bold=row <= 4)
        row += 1
    for table in content.tables:
        row = _table(sheet, table, row + 1, codes)
    for line in (*content.notes, content.notice):
        row += 1
        _banner(sheet, row, line, width, bold=False, left=True)
    sheet.oddFooter.center.text = content.notice
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widths = [9, 62, 34, 22] if codes else [62, 34, 22]
    for letter, characters in zip("ABCD", widths, strict=False):
        sheet.column_dimensions[letter].width = characters


def _banner(sheet: Worksheet, row: int, text: str, width: int, bold: bool, left: bool = False) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font = Font(bold=bold, italic=left, size=8 if left else 11)
    cell.alignment = Alignment(wrap_text=True, vertical="top") if left else _CENTER
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    if left:
        sheet.row_dimensions[row].height = 26


def _table(sheet: Worksheet, table: SampleTable, row: int, codes: bool) -> int:
    """Draws the table from `row` on; returns the row after it."""
    if table.title:
        sheet.cell(row, 1, table.title).font = Font(bold=True)
        row += 1
    labels = (
        (["COG"] if codes else []) + [table.label_heading] + ([table.within_heading] if table.within_heading else [])
    )
    first = len(labels) + 1
    for column, text in enumerate(labels, 1):
        _heading(sheet, row, column, text)
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
    _heading(sheet, row, first, table.group)
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=first + len(table.headings) - 1)
    for column, text in enumerate(table.headings, first):
        _heading(sheet, row + 1, column, text)
    row += 2
    for line in table.rows:
        _line(sheet, row, line, codes, bool(table.within_heading))
        row += 1
    return row


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), _SHADE, _THIN, _CENTER


def _line(sheet: Worksheet, row: int, line: SampleRow, codes: bool, within: bool) -> None:
    texts = ([line.code] if codes else []) + [line.label] + ([line.within] if within else [])
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column, text or None)
        cell.font = Font(bold=line.bold)
        cell.number_format = "@"  # codes are text: Excel must not make numbers of them
    label = sheet.cell(row, 2 if codes else 1)
    label.alignment = Alignment(horizontal="left", indent=line.depth, wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 15 * max(-(-len(text) // _WRAP) for text in texts if text)
    for column, pesos in enumerate(line.amounts, len(texts) + 1):
        cell = sheet.cell(row, column, pesos)
        cell.number_format, cell.font = _AMOUNT, Font(bold=line.bold)


def _working_notes(book: Workbook, content: Content) -> None:
    """A hidden sheet, such as published workbooks often carry; it has words only."""
    notes = book.create_sheet("Notas de trabajo")
    notes.sheet_state = "hidden"
    notes["A1"] = "Notas internas de la composición; no contiene importes."
    notes["A2"] = content.notice
