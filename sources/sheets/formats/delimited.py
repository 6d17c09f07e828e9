"""Reading delimited text (.csv, .tsv, .txt) into a grid: its marks, its records.

The grid's rows are the records of the file, as a spreadsheet program would number them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sources.errors import SourceError
from sources.sheets.formats.encoding import decode, is_wide
from sources.sheets.formats.fields import header_of, mend
from sources.sheets.formats.grid import MOST_COLUMNS, Shape, SheetCell, SheetGrid, written_cell
from warehouse.schema.vocabulary import Term

PAGE = "csv"
_DELIMITERS = (",", ";", "\t", "|", "^", "~")
_SAMPLE_LINES = 200
_SAMPLE = 2**20  # characters: a file may be one line
_MAX_FIELD = 2**24
# What a spreadsheet shows as text, and programs write for it so that keys keep their zeros: ="0101", '0101.
_KEPT_AS_TEXT = re.compile(r'=\s*"(?P<quoted>(?:[^"]|"")*)"\s*|\'(?P<marked>(?:[-+=@$(]?[\d.,].*)?)', re.DOTALL)


class Marks(NamedTuple):
    """What separates fields, whether spaces stand between it and a quote, and what makes the character after it one of the field."""

    delimiter: str
    spaced: bool = False
    escape: str | None = None

    def records(self, text: str) -> Iterator[list[str]]:
        """The fields of each record. Raises csv.Error."""
        lines = io.StringIO(text, newline="")
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.spaced, escapechar=self.escape)


def read_grid(data: bytes, title: str) -> SheetGrid:
    """The records as one sheet. Raises SourceError where the text has no records."""
    decoded = decode(data)
    grid = SheetGrid(PAGE, 1, is_text=True, notes=[decoded.note] if decoded.note else [])
    csv.field_size_limit(_MAX_FIELD)
    marks = marks_of(decoded.text)
    records: list[list[str]] = []
    try:
        for record in marks.records(decoded.text):
            if len(record) > MOST_COLUMNS:
                raise csv.Error(f"{len(record):,} fields, where a sheet has {MOST_COLUMNS:,} at most")
            records.append(record)
    except csv.Error as error:
        raise SourceError(
            "corrupt", title, Term("delimited text", "texto delimitado"),
            Term(f"in record {len(records) + 1}: {error}", f"en el registro {len(records) + 1}: {error}"),
            Term("Open the file in a text editor and look at its quotes and line ends.",
                 "Abra el archivo en un editor de texto y revise sus comillas y sus fines de renglón."),
        ) from error  # fmt: skip
    _fill(grid, records, header_of(records[:_SAMPLE_LINES]) if marks.delimiter == "," else None)
    return grid


def _fill(grid: SheetGrid, records: list[list[str]], header: Sequence[str] | None) -> None:
    """The cells of the records, those with more fields than the header mended, or refused and said."""
    mended, refused, width = 0, [], len(header or ())
    for row, record in enumerate(records, 1):
        fields, doubtful = record, None
        if header is not None and len(record) > len(header):
            fields, doubtful = mend(record, header)
            mended += doubtful is None and len(fields) < len(record) - record.count("")
        for col, field in enumerate(fields, 1):
            if value := _plain(field):
                grid.add(written_cell(row, col, value))
        if doubtful is not None:
            grid.add(SheetCell(row, doubtful + 1, fields[-1], Shape.ERROR))
            refused.append(row)
    if mended:
        grid.notes.append(
            Term(f"Commas that group thousands, or stand in a name, are not quoted: {mended:,} records with more fields than the header ({width}) were put together in the only way that fits.",
                 f"Las comas que agrupan miles, o están en un nombre, no llevan comillas: {mended:,} registros con más campos que el encabezado ({width}) se juntaron del único modo que queda.")
        )  # fmt: skip
    if refused:
        shown = ", ".join(map(str, refused[:10])) + (", …" if len(refused) > 10 else "")
        grid.notes.append(
            Term(f"{len(refused):,} records have more fields than the header ({width}), and how they belong together cannot be told: their amounts are not read (records {shown}). Ask for the file with semicolons, tabs or quotes.",
                 f"{len(refused):,} registros tienen más campos que el encabezado ({width}), y no se puede saber cómo van juntos: sus importes no se leyeron (registros {shown}). Pida el archivo con punto y coma, tabuladores o comillas.")
        )  # fmt: skip


def _plain(field: str) -> str:
    """The text of a field without what tells a spreadsheet to keep it as text."""
    kept = _KEPT_AS_TEXT.fullmatch(field) if field[:1] in ("=", "'") else None
    if kept is None:
        return field
    return kept["marked"] if kept["quoted"] is None else kept["quoted"].replace('""', '"')


def marks_of(text: str) -> Marks:
    """The delimiter that splits most lines into the same number of fields, more than one; an escape where it splits no fewer."""
    sample = "\n".join(text[:_SAMPLE].splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for candidate in _DELIMITERS:
        width, agreeing, records = _widths(Marks(candidate), sample)
        score = agreeing / records + min(width, 50) / 1000 if agreeing else 0.0
        if score > best_score:
            best, best_score = candidate, score
    plain = Marks(best, spaced=re.search(re.escape(best) + ' +"', sample) is not None)
    escaped = plain._replace(escape="\\")
    if any(f"\\{mark}" in sample for mark in (best, '"')) and _widths(escaped, sample)[1] >= _widths(plain, sample)[1]:
        return escaped
    return plain


def _widths(marks: Marks, sample: str) -> tuple[int, int, int]:
    """The number of fields, more than one, that most records have; how many have it; and how many records there are."""
    try:
        widths = Counter(len(record) for record in marks.records(sample) if record)
    except csv.Error:
        return 0, 0, 0
    several = {width: count for width, count in widths.items() if width > 1}
    width, count = max(several.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width, count, sum(widths.values())


def is_delimited(data: bytes) -> bool:
    """Whether the bytes look like text in columns: no control characters, and a delimiter most lines agree on."""
    if b"\0" in data[:4096] and not is_wide(data):
        return False
    lines = [line for line in decode(data[: 2**16]).text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    sample = "\n".join(lines)
    mark = marks_of(sample).delimiter
    return sum(mark in line for line in lines) * 2 >= len(lines) > 0
