"""The lines that say what a document is: what it prints outside the cells of its tables, and the names of its file and folders.

Which of them are headings is for `headings`; what they mean, for `draft`.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath

import pandas as pd

from transforms.describe.governments import letters
from transforms.describe.grounds import BODY_COLUMN, FILE_NAME, FOLDER, above_table, of_page
from transforms.describe.registers import RegisterFacts
from transforms.words.periods import PrintedLine

_OPENING_LINES, _TABLES, _LINES_PER_TABLE = 80, 20, 30
_PATH_PARTS = 4
# A line of a table, not a title: it ends in an amount, a zero or a dash, or has amounts in it.
_ROW_OF_AMOUNTS = re.compile(r"\d\.\d\d(?!\d)|\d,\d{3}(?!\d)|[\s$](0|-|–)\s*$")
# Where the parts of a heading begin, when it stands in one cell.
_HEADING = 60
_PARTS = re.compile(
    r"\b(?:estado (?:analitico|de situacion|del ejercicio)|balance presupuestario|clasificacion (?:por|administrativa|funcional|de|economica)"
    r"|gasto por categoria|cuenta publica|ente publico|indicadores (?:para|de) resultados|programas y proyectos de inversion"
    r"|(?:del?|al) \d{1,2} de [a-z]+ |formato \d|(?:miles|millones) de pesos|cifras en|pesos *$)"
)


def printed_lines(table: pd.DataFrame | None, opening: str, register: RegisterFacts | None) -> list[PrintedLine]:
    """What a document prints outside the cells of its tables, in reading order; of a register also whose it is."""
    printed = _in_order(_table_lines(table), _opening_lines(opening))
    if register and register.body:
        printed.append(PrintedLine(register.body, BODY_COLUMN))
    return printed


def _in_order(tables: Sequence[PrintedLine], opening: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Titles in the order they are read: above a table of the first pages, then the opening, then other tables."""
    first_pages = {line.where.en.removeprefix("page ") for line in opening}
    first = [line for line in tables if line.where.en.split(", ")[-1] in first_pages]
    return [*first, *opening, *(line for line in tables if line not in first)]


def cut_lines(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with headings of one cell cut into their parts, and without rows of amounts."""
    parts = [PrintedLine(text, line.where) for line in lines for text in _cut(line.text)]
    return [line for line in parts if not _ROW_OF_AMOUNTS.search(line.text)]


def _cut(text: str) -> list[str]:
    """A cell or line that holds a whole heading, cut where its parts begin."""
    if len(text) < _HEADING:
        return [text]
    plain = letters(text)
    cuts = [0, *(match.start() for match in _PARTS.finditer(plain)), len(plain)]
    together = " ".join(text.split())
    return [part for start, end in pairwise(cuts) if (part := together[start:end].strip())]


def _opening_lines(opening: str) -> list[PrintedLine]:
    """The lines of each page down to the first amount: below it they are labels of rows."""
    lines: list[PrintedLine] = []
    for page, body in enumerate(opening.split("\f"), start=1):
        for text in filter(None, map(str.strip, body.splitlines())):
            if _ROW_OF_AMOUNTS.search(text):
                break
            lines.append(PrintedLine(text, of_page(page)))
    return lines[:_OPENING_LINES]


def _table_lines(tables: pd.DataFrame | None) -> list[PrintedLine]:
    """The lines above each of the first tables, each once."""
    if tables is None:
        return []
    lines: list[PrintedLine] = []
    for table in tables.head(_TABLES).itertuples():
        where = above_table(table.table, table.page_first)
        texts = [
            text for value in (table.context, table.title) if isinstance(value, str) for text in value.splitlines()
        ]
        lines += [PrintedLine(text.strip(), where) for text in dict.fromkeys(texts[:_LINES_PER_TABLE]) if text.strip()]
    return lines


def path_lines(path: str) -> list[PrintedLine]:
    """The file's name and then its folders, nearest first."""
    pure = PurePath(path)
    folders = [part for part in reversed(pure.parts[:-1]) if part.strip("/\\.")][:_PATH_PARTS]
    return [PrintedLine(pure.stem, FILE_NAME), *(PrintedLine(folder, FOLDER) for folder in folders)]
