"""Bare integers that a header calls money: `0`, `845`, `12.3` under *Aprobado*, or under a year in millions of pesos.

The shape of such figures says nothing, so their header has to. They are given the kind MONEY before columns are
looked for; everything after treats them as any other amount.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from sources.pdf.page.lines import Line, segments, text_of
from sources.pdf.page.printed_figures import FigureKind, PrintedFigure
from sources.pdf.page.words import Word
from sources.pdf.settings import HEADERS, LINES
from sources.pdf.table.columns import Cuts, FigureLine
from warehouse.schema.column_kind import AMOUNT, QUANTITY, kind_by_words
from warehouse.schema.lexicon import TOTAL_ALONE, UNIT_ANYWHERE
from warehouse.schema.text import fold

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CODE = re.compile(r"^0\d|^\d+\.0\d$|\.$")  # a leading zero, as codes have
_PAGE = re.compile(r"^(?:p[áa]g(?:ina)?s?|hoja)\b", re.IGNORECASE)
_WORDS = 6  # a header text is short


@dataclass(slots=True)
class _MoneyHeader:
    x0: float
    x1: float
    left: float
    right: float
    money: bool
    count: bool  # of posts or persons: a column too, but not of amounts, as its header tells later
    total: bool
    other: bool


@dataclass(slots=True)
class MoneyHeaders:
    """The headers in force: kept from page to page, as a table may go on without its header."""

    heads: list[_MoneyHeader] = field(default_factory=list)
    unit: bool = False


def names_money(header: str) -> bool:
    """Whether a header is one of amounts of money."""
    by_words = kind_by_words(header)
    return by_words.kind == AMOUNT and by_words.sure


def promote(rows: list[FigureLine], cuts: Cuts, before: MoneyHeaders, furniture: set[Word]) -> None:
    """Give the kind MONEY to plain figures that stand under a header of amounts."""
    heads, unit = before.heads, before.unit
    last: Line | None = None
    begun, seen = bool(heads), False
    for row in rows:
        repeated = furniture.issuperset(row.line.words)
        if repeated and not (_names_money(row, cuts) if _is_text(row) else len(row.apart) > 1):
            continue  # a folio, a page number
        unit = unit or bool(UNIT_ANYWHERE.search(fold(row.line.text)))
        if _is_text(row):
            near = last is not None and not begun and row.line.base - last.base < HEADERS.money_step * row.line.size
            mine = _heads(row.line, cuts)
            if not mine and not seen:
                begun = False  # running text at the top of a page: the table before is over
            if len(mine) > 1 or (near and mine):
                heads = [*heads, *mine] if near else mine
                last, begun = row.line, False
            elif not begun:
                heads, last = [], row.line
            continue
        begun = seen = True
        if heads:
            for f in row.apart:
                carried = heads is before.heads
                if f.kind is FigureKind.PLAIN and _is_amount(f, row, heads, unit) and not (carried and _is_key(f, row)):
                    f.kind = FigureKind.MONEY
    before.heads, before.unit = heads, unit and bool(heads)


def _is_text(row: FigureLine) -> bool:
    """Whether a line holds no figures but years: it may be a header."""
    return all(_YEAR.match(f.text) for f in row.apart)


def _names_money(row: FigureLine, cuts: Cuts) -> bool:
    return any(head.money for head in _heads(row.line, cuts))


def _heads(line: Line, cuts: Cuts) -> list[_MoneyHeader]:
    """The texts of a line as headers, each with the stretch it answers for."""
    borders = cuts((line.box[1] + line.box[3]) / 2)
    pieces = []
    for piece in segments(line.words, LINES.header_gap):
        start = 0
        for i in range(1, len(piece) + 1):
            if i == len(piece) or bisect_right(borders, piece[i - 1].middle) != bisect_right(borders, piece[i].middle):
                if i - start > _WORDS:
                    return []
                pieces.append(piece[start:i])
                start = i
    heads = []
    for i, piece in enumerate(pieces):
        x0, x1 = piece[0].x0, piece[-1].x1
        reach = max(HEADERS.money_reach * line.size, HEADERS.money_reach_width * (x1 - x0))
        left = (pieces[i - 1][-1].x1 + x0) / 2 if i else x0 - reach
        right = (x1 + pieces[i + 1][0].x0) / 2 if i + 1 < len(pieces) else x1 + reach
        at = bisect_right(borders, (x0 + x1) / 2)
        if 0 < at < len(borders):
            left, right = borders[at - 1], borders[at]
        heads.append(_MoneyHeader(x0, x1, left, right, *_says(text_of(piece), 0 < at < len(borders))))
    return heads


@lru_cache(maxsize=2**12)
def _says(text: str, ruled: bool) -> tuple[bool, bool, bool, bool]:
    """Whether a header says money, a count, a total, or something else; `ruled` is whether it stands in a ruled cell."""
    by_words = kind_by_words(text)
    # A longer text that no rule holds may not be found over the column again, and nothing would tell then that it counts.
    count = by_words.kind == QUANTITY and (ruled or " " not in text)
    total = bool(TOTAL_ALONE.match(fold(text)))  # of money only beside headers of money
    return names_money(text), count, total, not count and by_words.kind not in (None, AMOUNT)


def _is_key(f: PrintedFigure, row: FigureLine) -> bool:
    """Whether a text follows a bare number, and money the text: what a header of the page before says of it is too little."""
    beyond = max((g.x0 for g in row.apart if g.kind is FigureKind.MONEY and g.x0 > f.x1), default=0.0)
    return any(f.x1 <= w.x0 < beyond and sum(map(str.isalpha, w.text)) > 2 for w in row.line.words)


def _is_amount(f: PrintedFigure, row: FigureLine, heads: list[_MoneyHeader], unit: bool) -> bool:
    if _CODE.search(f.text.strip("()$ ")) or _YEAR.match(f.text):
        return False
    if any(_PAGE.match(w.text) for w in row.line.words):
        return False
    over = [head for head in heads if head.left - 1 <= f.middle <= head.right + 1]
    if not over:
        return False
    nearest = min(reversed(over), key=lambda head: max(0.0, head.x0 - f.x1, f.x0 - head.x1))
    if nearest.other:
        return False
    beside = any(w.x1 <= f.x0 and any(c.isalpha() for c in w.text) for w in row.line.words)
    named = any(head.money for head in heads)
    paid = any(not (head.count or head.total or head.other) for head in heads)  # counts alone make no table of amounts
    return beside and (
        nearest.money
        or (nearest.total and named)
        or (nearest.count and paid and f.text.isdigit())
        or (unit and not named)
    )
