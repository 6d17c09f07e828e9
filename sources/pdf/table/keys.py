"""Columns of keys that look like columns of figures: `1.1`, `5.23`, `3821` before the text that they classify.

What stands in one is part of the label. Which figures stand under one another is decided in `columns`.
"""

import re
from collections.abc import Sequence

from sources.pdf.page.printed_figures import FigureKind, PrintedFigure
from sources.pdf.settings import COLUMNS
from sources.pdf.table.columns import FigureColumn, FigureLine

_KEY = {  # by the kind of figure: a bare number that its header calls money has the kind MONEY
    FigureKind.PLAIN: re.compile(r"^(?:0|[1-9]\d{0,5}|[1-9]\d?\.\d{1,2})$"),
    FigureKind.MONEY: re.compile(r"^[1-9]\d?\.\d\d$"),
}
_WORD = re.compile(r"[^\W\d_]{3,}")


def without_keys(rows: Sequence[FigureLine], columns: list[FigureColumn]) -> list[FigureColumn]:
    """The columns without those of keys: bare short numbers with the text of their rows at the right of them, and amounts
    beyond it; and bare short numbers right before such a column.
    """
    kept: list[FigureColumn] = []
    keyed = False  # whether the next column at the right is one of keys
    for i in range(len(columns) - 1, -1, -1):
        column = columns[i]
        keyed = bool(kept) and _has_keys(column) and (keyed or _classifies(rows, column, kept[0]))
        if not keyed:
            kept.insert(0, column)
    return kept


def _has_keys(column: FigureColumn) -> bool:
    keys = [f for f in column.figures if f.kind in _KEY and _KEY[f.kind].match(f.text)]
    return len(keys) >= COLUMNS.keys * len(column.figures) and any(f.text != "0" for f in keys)


def _classifies(rows: Sequence[FigureLine], column: FigureColumn, amounts: FigureColumn) -> bool:
    """Whether most of its rows go on with words, and then with an amount."""
    places = {f: row for row in rows for f in row.figures}
    mine = [(f, places[f]) for f in column.figures if f in places]
    texts = [(f, row) for f, row in mine if _text_between(f, row, amounts)]
    wide = sum(1 for f in amounts.figures if f.kind is FigureKind.MONEY)
    return len(texts) >= COLUMNS.keyed * len(mine) and wide > 0 and len(texts) >= 2


def _text_between(f: PrintedFigure, row: FigureLine, amounts: FigureColumn) -> bool:
    words = [w.text for w in row.line.words if f.x1 <= w.x0 and w.x0 < amounts.x0]
    return any(_WORD.search(text) for text in words)
