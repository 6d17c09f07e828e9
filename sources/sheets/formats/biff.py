"""The structure of an .xls workbook that calamine does not give: hidden rows and columns, formats, bold, indents, errors.

Only BIFF8 (Excel 97 and later) is walked, record by record; values stay with calamine. The stream is taken out of its
OLE container here too.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

_PERCENT = re.compile(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)')
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_END_OF_CHAIN = 0xFFFFFFF0
_CELL_RECORDS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205}
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FONT, _FORMAT, _XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x0031, 0x041E, 0x00E0
_ROW, _COLINFO, _MULRK, _FORMULA, _BOOLERR = 0x0208, 0x007D, 0x00BD, 0x0006, 0x0205


@dataclass(frozen=True)
class Look:
    """How a cell is shown."""

    bold: bool = False
    indent: int = 0
    percent: bool = False


@dataclass
class SheetStructure:
    """What one sheet has beside its values. Rows and columns count from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Structure:
    encrypted: bool = False
    sheets: list[SheetStructure] = field(default_factory=list)


def read_structure(data: bytes) -> Structure:
    """The structure of the workbook's sheets, in their order; none where the file is older than BIFF8 or damaged."""
    try:
        return _walk(_workbook_stream(data))
    except (struct.error, IndexError):  # calamine says what is wrong with a damaged file
        return Structure()


def _walk(stream: bytes) -> Structure:
    fonts: list[bool] = []
    formats = dict(BUILTIN_FORMATS)
    looks: list[Look] = []
    offsets: list[int] = []
    structure = Structure()
    for record, body in _records(stream, 0):
        if record == _BOF and struct.unpack_from("<H", body)[0] != 0x0600:
            return structure
        if record == _FILEPASS:
            return Structure(encrypted=True)
        if record == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
        elif record == _FONT:
            fonts.append(struct.unpack_from("<H", body, 6)[0] >= 700)
        elif record == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = body[5:].decode(
                "utf-16-le" if body[4] & 1 else "latin-1", errors="replace"
            )
        elif record == _XF:
            looks.append(_look(body, fonts, formats))
    structure.sheets = [_sheet(stream, offset, looks) for offset in offsets]
    return structure


def _look(body: bytes, fonts: list[bool], formats: dict[int, str]) -> Look:
    font, code = struct.unpack_from("<HH", body)
    font -= font > 4  # there is no font number 4
    return Look(font < len(fonts) and fonts[font], body[8] & 0x0F, bool(_PERCENT.search(formats.get(code, ""))))


def _sheet(stream: bytes, offset: int, looks: list[Look]) -> SheetStructure:
    sheet = SheetStructure()
    for record, body in _records(stream, offset):
        if record == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif record == _COLINFO:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & 1:
                sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif record == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                _note(sheet, looks, row, first + index, struct.unpack_from("<H", body, 4 + 6 * index)[0])
        elif record in _CELL_RECORDS:
            row, col, style = struct.unpack_from("<3H", body)
            _note(sheet, looks, row, col, style)
            error = _error(record, body)
            if error is not None:
                sheet.errors[row + 1, col + 1] = error
    return sheet


def _note(sheet: SheetStructure, looks: list[Look], row: int, col: int, style: int) -> None:
    if style < len(looks) and looks[style] != Look():
        sheet.looks[row + 1, col + 1] = looks[style]


def _error(record: int, body: bytes) -> str | None:
    if record == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], "#ERROR!")
    if record == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#ERROR!")
    return None


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, to its end; charts nested in a sheet are passed over."""
    depth = 0
    while offset + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, offset)
        depth += record == _BOF
        if depth == 1:
            yield record, stream[offset + 4 : offset + 4 + length]
        depth -= record == _EOF
        if depth <= 0:
            return
        offset += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    """The `Workbook` stream of an OLE container."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    size, mini_size = 1 << shift, 1 << mini_shift
    directory_start, _, cutoff, mini_start = struct.unpack_from("<IIII", data, 48)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table = _allocation_table(data, sector, size)

    def chain(start: int) -> bytes:
        parts: list[bytes] = []
        while start < _END_OF_CHAIN and len(parts) <= len(table):
            parts.append(sector(start))
            start = table[start]
        return b"".join(parts)

    directory = chain(directory_start)
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    named = {
        entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", errors="replace"): entry
        for entry in entries
    }
    entry = named.get("Workbook")
    if entry is None:
        return b""
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= cutoff:
        return chain(start)[:length]
    mini_stream = chain(struct.unpack_from("<I", entries[0], 116)[0])
    mini_table = struct.unpack(f"<{len(chain(mini_start)) // 4}I", chain(mini_start))
    parts: list[bytes] = []
    while start < _END_OF_CHAIN and len(parts) <= len(mini_table):
        parts.append(mini_stream[start * mini_size : (start + 1) * mini_size])
        start = mini_table[start]
    return b"".join(parts)[:length]


def _allocation_table(data: bytes, sector: Callable[[int], bytes], size: int) -> list[int]:
    """The sector after each sector: the table's own sectors are listed in the header, and in a chain of further lists."""
    listed = list(struct.unpack_from("<109I", data, 76))
    further = struct.unpack_from("<I", data, 68)[0]
    rounds = 0
    while further < _END_OF_CHAIN and rounds < len(data) // size:
        numbers = struct.unpack(f"<{size // 4}I", sector(further))
        listed += numbers[:-1]
        further = numbers[-1]
        rounds += 1
    table: list[int] = []
    for number in listed:
        if number < _END_OF_CHAIN:
            block = sector(number)
            table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return table
