"""The formulas of an .xls and whether they have a value: xlrd gives values only, and of a formula never computed an empty text.

Writers that compute nothing leave an empty result, or zero. The records of the sheet are walked once more for them.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from xlrd.book import Book
from xlrd.formula import FMLA_TYPE_CELL, decompile_formula

_FORMULA, _BOF, _EOF = 0x0006, 0x0809, 0x000A
_BIFF8 = 80
_NOTHING = b"\xff\xff"
_EMPTY_TEXT = 3


class StoredFormula(NamedTuple):
    """A formula at its place (from 1): its text, and whether the file stores a value for it that is more than zero."""

    row: int
    col: int
    text: str
    has_value: bool


def formulas(book: Book, position: int) -> Iterator[StoredFormula]:
    """The formulas of one sheet of a workbook of Excel 97 or later."""
    if book.biff_version < _BIFF8 or position >= len(book._sh_abs_posn):
        return
    stream, at, depth = book.mem, book._sh_abs_posn[position], 0
    while 0 <= at <= len(stream) - 4:
        code, length = struct.unpack_from("<HH", stream, at)
        record = bytes(stream[at + 4 : at + 4 + length])
        at += 4 + length
        depth += (code == _BOF) - (code == _EOF)
        if depth <= 0:
            return
        if code == _FORMULA and depth == 1 and length >= 22:
            yield _formula(book, record)


def _formula(book: Book, record: bytes) -> StoredFormula:
    row, col = struct.unpack_from("<HH", record)
    result = record[6:14]
    is_text = result[6:8] == _NOTHING
    has_value = result[0] != _EMPTY_TEXT if is_text else struct.unpack("<d", result)[0] != 0
    return StoredFormula(row + 1, col + 1, "" if has_value else _text(book, record, row, col), has_value)


def _text(book: Book, record: bytes, row: int, col: int) -> str:
    """The formula as it is written; a mark where xlrd does not understand it."""
    length = struct.unpack_from("<H", record, 20)[0]
    try:
        text = decompile_formula(book, record[22 : 22 + length], length, fmlatype=FMLA_TYPE_CELL, browx=row, bcolx=col)
    except Exception:  # noqa: BLE001 - whatever xlrd makes of a formula it does not know
        text = None
    return f"={text}" if text else "=?"
