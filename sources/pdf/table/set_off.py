"""Headers set at one edge of wide columns whose figures are set at the other: texts and figures that do not meet.

Where no rule is drawn, a header printed at the left edge of its column stands nearer to the figures of the column before.
The sign is a column without a header while a header has no column. Then columns and headers belong together by their
order, if that contradicts nothing; which texts are headers at all is decided in `head`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, repeat

from sources.pdf.page.lines import Line, around, lines_of, segments
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import HEADERS
from sources.pdf.table.columns import FigureColumn
from sources.pdf.table.head import TableHead
from sources.pdf.table.headers import HeaderCell
from sources.pdf.table.rows import label_text
from warehouse.schema.column_kind import AMOUNT, PERCENTAGE, QUANTITY, kind_by_words

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_OF_FIGURES = (None, AMOUNT, PERCENTAGE, QUANTITY)  # what the header of a column of figures may say


@dataclass(eq=False)
class _Stack:
    """The lines of one header, from the top, and the year that stands over it and its neighbours."""

    lines: list[list[Word]]
    group: list[Word]

    @property
    def box(self) -> Box:
        return around(w for line in self.lines for w in line)

    @property
    def words(self) -> list[Word]:
        return [w for line in self.lines for w in line]

    @property
    def text(self) -> str:
        return label_text(self.words)


def set_by_order(columns: Sequence[FigureColumn], head: TableHead, body: Sequence[Line]) -> None:
    """Give columns the headers of their order where the places of texts and figures do not tell, and say so of the
    columns that no order serves.
    """
    pieces = head.cells + head.labels
    if not head.cells or any(cell.ruled for cell in pieces):
        return
    levels = _levels(pieces)
    years = levels.pop(0) if len(levels) > 1 and _are_years(levels[0]) else []
    stacks = [stack for stack in _stacks(levels) if kind_by_words(stack.text).kind in _OF_FIGURES]
    stacks = [s for s in stacks if not _heads_labels(s, columns, body) or _is_over(s, columns)]
    shared = _share_years(years, stacks)
    off = [column for column in columns if not _meets(column)]
    doubled = [column for column in columns if _is_doubled(column, stacks)]
    idle = any(not any(_is_part(stack, column) for column in columns) for stack in stacks)
    order = _order(stacks, columns)
    dated = not (shared and order) or all(map(_has_year, columns, order, repeat(years)))
    if dated and not doubled and not (off and idle):
        return
    if order and (shared or not years):
        _rename(columns, order, head)
        return
    for column in off + doubled:
        column.unsure = True


def _levels(pieces: Sequence[HeaderCell]) -> list[list[list[Word]]]:
    """The texts of each line of the header, from the top, and from the left."""
    levels: dict[float, list[list[Word]]] = {}
    for piece in sorted(pieces, key=lambda piece: piece.words[0].base):
        for line in lines_of(piece.words):
            base = next((y for y in levels if abs(y - line.base) < HEADERS.level * line.size), line.base)
            levels.setdefault(base, []).append(line.words)
    return [sorted(levels[base], key=lambda words: words[0].x0) for base in sorted(levels)]


def _are_years(level: Sequence[list[Word]]) -> bool:
    return all(len(words) == 1 and _YEAR.match(words[0].text) for words in level)


def _stacks(levels: Sequence[Sequence[list[Word]]]) -> list[_Stack]:
    """The texts over one another, from the left; one over several texts belongs to each of them."""
    stacks: list[_Stack] = []
    for level in reversed(levels):
        for words in level:
            under = [stack for stack in stacks if stack.box[0] < words[-1].x1 and words[0].x0 < stack.box[2]]
            if not under:
                stacks.append(_Stack([words], []))
            elif len(under) == 1:
                under[0].lines.insert(0, words)
            else:
                for stack in under:
                    stack.group = words + stack.group
    return sorted(stacks, key=lambda stack: stack.box[0])


def _share_years(years: Sequence[list[Word]], stacks: Sequence[_Stack]) -> bool:
    """Give each year the headers below it: as many to each, with an edge or the middle over theirs; whether that fits."""
    count = len(stacks) // len(years) if years else 0
    if not count or count * len(years) != len(stacks):
        return False
    groups = [stacks[i : i + count] for i in range(0, len(stacks), count)]
    pairs = [(words[0], group[0].box[0], group[-1].box[2]) for words, group in zip(years, groups, strict=True)]
    left = max(abs(year.x0 - x0) / year.size for year, x0, _ in pairs)
    right = max(abs(year.x1 - x1) / year.size for year, _, x1 in pairs)
    middle = max(abs(year.middle - (x0 + x1) / 2) / year.size for year, x0, x1 in pairs)
    if left > HEADERS.aligned and right > HEADERS.aligned and middle > HEADERS.shared:
        return False
    for words, group in zip(years, groups, strict=True):
        for stack in group:
            stack.group = words + stack.group
    return True


def _has_year(column: FigureColumn, stack: _Stack, years: Sequence[list[Word]]) -> bool:
    """Whether a column bears the year of its header, and no other."""
    return [w in column.header_words for words in years for w in words] == [
        w in stack.group for words in years for w in words
    ]


def _is_part(stack: _Stack, column: FigureColumn) -> bool:
    return any(w in column.header_words for w in stack.words)


def _is_doubled(column: FigureColumn, stacks: Sequence[_Stack]) -> bool:
    """Whether texts of one line, of different headers, were given to a column; a group stands on a line of its own."""
    given = [(stack, line) for stack in stacks for line in stack.lines if line[0] in column.header_words]
    return any(
        stack is not beside and abs(line[0].base - other[0].base) < HEADERS.level * line[0].size
        for (stack, line), (beside, other) in combinations(given, 2)
    )


def _is_over(stack: _Stack, columns: Sequence[FigureColumn]) -> bool:
    return any(_overlap(stack, column) > 0 for column in columns)


def _overlap(stack: _Stack, column: FigureColumn) -> float:
    return min(stack.box[2], column.x1) - max(stack.box[0], column.x0)


def _order(stacks: Sequence[_Stack], columns: Sequence[FigureColumn]) -> list[_Stack] | None:
    """The header of each column, where only one order of them is possible."""
    met = [max(stacks, key=lambda stack: _overlap(stack, column), default=None) for column in columns]
    over = [
        stack if stack and _overlap(stack, column) > 0 else None for stack, column in zip(met, columns, strict=True)
    ]
    orders: list[list[_Stack]] = []
    for mine in (over, *([edge(stacks, column) for column in columns] for edge in (_begun, _ended))):
        chosen = [stack for stack in mine if stack is not None]
        if len({id(stack) for stack in chosen}) == len(columns) and not _contradicts(chosen, columns):
            if mine is over:
                return chosen
            orders.append(chosen)
    return orders[0] if orders and all(order == orders[0] for order in orders) else None


def _meets(column: FigureColumn) -> bool:
    """Whether a text of the header stands over the figures themselves, not only beside them."""
    return any(w.x0 < column.x1 and column.x0 < w.x1 for w in column.header_words)


def _heads_labels(stack: _Stack, columns: Sequence[FigureColumn], body: Sequence[Line]) -> bool:
    """Whether texts of labels begin under a header."""
    figures = {w for column in columns for f in column.figures for w in f.words}
    x0, _, x1, _ = stack.box
    labels = [[w for w in line.words if w not in figures] for line in body]
    return any(x0 - 1 <= piece[0].x0 <= x1 for words in labels for piece in segments(words))


def _begun(stacks: Sequence[_Stack], column: FigureColumn) -> _Stack | None:
    """The last header that begins before the figures end: set left over figures set right."""
    return next((stack for stack in reversed(stacks) if stack.box[0] < column.x1 - 1), None)


def _ended(stacks: Sequence[_Stack], column: FigureColumn) -> _Stack | None:
    """The first header that ends after the figures begin: set right over figures set left."""
    return next((stack for stack in stacks if stack.box[2] > column.x0 + 1), None)


def _contradicts(stacks: Sequence[_Stack], columns: Sequence[FigureColumn]) -> bool:
    """Whether one of the headers stands over the figures of another column more than over its own."""
    return any(
        _overlap(stack, other) > max(1.0, _overlap(stack, column))
        for stack, column in zip(stacks, columns, strict=True)
        for other in columns
        if other is not column
    )


def _rename(columns: Sequence[FigureColumn], stacks: Sequence[_Stack], head: TableHead) -> None:
    named = {w for stack in stacks for w in stack.words + stack.group}
    for column, stack in zip(columns, stacks, strict=True):
        column.header_words = stack.group + stack.words
        column.header = " | ".join(filter(None, (label_text(stack.group), stack.text)))
    moved = [cell for cell in head.labels if named.issuperset(cell.words)]
    head.labels = [cell for cell in head.labels if cell not in moved]
    head.cells += moved
