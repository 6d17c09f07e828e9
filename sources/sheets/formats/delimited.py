"""Reading delimited text (.csv, .tsv, .txt) into a grid: its encoding, its delimiter, its records.

The grid's rows are the records of the file, as a spreadsheet program would number them.
"""

import codecs
import csv
import io
import re
from collections import Counter

from sources.errors import SourceError
from sources.sheets.formats.grid import SheetGrid, number_cell, text_cell

PAGE = "csv"
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
# A plain decimal as programs write it; a leading zero makes it a code and not a number.
_PLAIN = re.compile(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$")
_MAX_FIELD = 2**24


def read_grid(data: bytes, title: str) -> SheetGrid:
    """The records as one sheet. Raises SourceError where the text has no records."""
    text = decode(data)
    grid = SheetGrid(PAGE, 1)
    csv.field_size_limit(_MAX_FIELD)
    try:
        for row, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)), 1):
            for col, value in enumerate(record, 1):
                if _PLAIN.match(value):
                    cell = number_cell(row, col, float(value))
                    cell.text = value  # the file's own digits, which a float may not hold
                    grid.add(cell)
                elif value:
                    grid.add(text_cell(row, col, value))
    except csv.Error as error:
        raise SourceError(
            "corrupt",
            title,
            "delimited text",
            str(error),
            "Open the file in a text editor and look at its quotes.",
            f"record {grid.height + 1}",
        ) from error
    return grid


def decode(data: bytes) -> str:
    """The text of the bytes: by their byte order mark, as UTF-8, or as Windows' western encoding."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of fields, more than one."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for candidate in _DELIMITERS:
        try:
            widths = Counter(
                len(record) for record in csv.reader(io.StringIO(sample, newline=""), delimiter=candidate) if record
            )
        except csv.Error:
            continue
        agreeing = {width: count for width, count in widths.items() if width > 1}
        if agreeing:
            width, count = max(agreeing.items(), key=lambda item: (item[1], item[0]))
            score = count / sum(widths.values()) + min(width, 50) / 1000
            if score > best_score:
                best, best_score = candidate, score
    return best


def is_delimited(data: bytes) -> bool:
    """Whether the bytes look like text in columns: no control characters, and a delimiter most lines agree on."""
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    lines = [line for line in decode(data[: 2**16]).splitlines()[:_SAMPLE_LINES] if line.strip()]
    sample = "\n".join(lines)
    mark = delimiter(sample)
    return sum(mark in line for line in lines) * 2 >= len(lines) > 0
