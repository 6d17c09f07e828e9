"""Reading delimited text (.csv, .tsv, .txt) into a grid: its delimiter, its records.

The grid's rows are the records of the file, as a spreadsheet program would number them.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence

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


def read_grid(data: bytes, title: str) -> SheetGrid:
    """The records as one sheet. Raises SourceError where the text has no records."""
    decoded = decode(data)
    grid = SheetGrid(PAGE, 1, is_text=True, notes=[decoded.note] if decoded.note else [])
    csv.field_size_limit(_MAX_FIELD)
    mark = delimiter(decoded.text)
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark):
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
    _fill(grid, records, header_of(records[:_SAMPLE_LINES]) if mark == "," else None)
    return grid


def _fill(grid: SheetGrid, records: list[list[str]], header: Sequence[str] | None) -> None:
    """The cells of the records, those with more fields than the header mended, or refused and said."""
    mended, refused, width = 0, [], len(header or ())
    for row, record in enumerate(records, 1):
        fields, doubtful = record, None
        if header is not None and len(record) > len(header):
            fields, doubtful = mend(record, header)
            mended += doubtful is None and len(fields) < len(record) - record.count("")
        for col, value in enumerate(fields, 1):
            if value:
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


def delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of fields, more than one."""
    sample = "\n".join(text[:_SAMPLE].splitlines()[:_SAMPLE_LINES])
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
    if b"\0" in data[:4096] and not is_wide(data):
        return False
    lines = [line for line in decode(data[: 2**16]).text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    sample = "\n".join(lines)
    mark = delimiter(sample)
    return sum(mark in line for line in lines) * 2 >= len(lines) > 0
