"""Label slots: the columns of a block that hold text, and which word of a row belongs to which.

Rules divide them where they are drawn; elsewhere the amount columns do, and gutters that no label word crosses.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from sources.pdf.page.grid import RuledGrid
from sources.pdf.page.lines import Line, around, lie_over, lines_of, segments
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import BLOCKS, LINES, RULES, SLOTS
from sources.pdf.table.columns import FigureColumn
from sources.pdf.table.headers import HeaderCell

_SlotKey = tuple[int, int, int]
_PROSE_LINES = 3


class LabelSlots:
    """The label slots of one block, from the left."""

    def __init__(
        self,
        body: list[Word],
        columns: list[FigureColumn],
        grid: RuledGrid | None,
        header_xs: list[float],
        top: float,
        bottom: float,
    ) -> None:
        self._edges = sorted((column.x0, column.x1) for column in columns)
        self._grid = grid
        taken = {w for column in columns for f in column.figures for w in f.words}
        self._ruled = _body_xs(grid, top, bottom) if grid else []
        self._drawn = _drawn_on(header_xs, self._ruled, [w for w in body if w not in taken]) if grid else []
        self._xs = sorted(self._ruled + self._drawn) if grid else header_xs[1:-1]
        self._gutters: list[float] = []
        lines = lines_of(w for w in body if w not in taken)
        keyed = self._keyed(lines)
        self._gutters = _gutters([w for key, w in keyed if key[1] == 0], self._xs)
        if self._gutters:
            keyed = self._keyed(lines)
        self.keys = sorted({key for key, _ in keyed})
        self.words: list[list[Word]] = [[w for k, w in keyed if k == key] for key in self.keys]
        self.spans = [(min(w.x0 for w in words), max(w.x1 for w in words)) for words in self.words]
        letters = [sum(c.isalpha() for w in words for c in w.text) for words in self.words]
        amounts = around(w for column in columns for f in column.figures for w in f.words)
        without_prose = [0 if _is_prose(words, amounts) else n for n, words in zip(letters, self.words, strict=True)]
        letters = without_prose if any(without_prose) else letters
        self.main = letters.index(max(letters)) if letters else 0  # the description, not the code

    def _keyed(self, lines: list[Line]) -> list[tuple[_SlotKey, Word]]:
        keyed: list[tuple[_SlotKey, Word]] = []
        for line in lines:
            for piece in _cut(line, self._xs, self._grid, self._drawn):
                key = self._key(piece)
                if key is None:
                    continue  # text printed in an amount column: part of no label
                for word in piece:
                    gutter = bisect_right(self._gutters, word.middle) if key[1] == 0 else 0
                    keyed.append(((key[0], key[1], gutter), word))
        return keyed

    def _key(self, piece: list[Word]) -> _SlotKey | None:
        x = piece[0].x0
        wide = False
        if self._grid is not None:
            cell = self._grid.cell_at(piece[0].middle, (piece[0].top + piece[0].bottom) / 2)
            if cell is not None:
                at = bisect_right(self._ruled, (cell[0] + SLOTS.inside))
                wide = at != bisect_right(self._ruled, cell[2] - SLOTS.inside)
                x = max(x, cell[0]) if not wide else cell[0] + SLOTS.inside
        interval = bisect_right(self._xs, x + 0.5 if wide else piece[0].middle)
        mine = [e for e in self._edges if not self._xs or bisect_right(self._xs, (e[0] + e[1]) / 2) == interval]
        start = piece[0].x0
        passed = sum(1 for e in mine if (e[0] + e[1]) / 2 < start)
        over = [
            e
            for e in mine
            if min(e[1], piece[-1].x1) - max(e[0], start) >= 0.5 * min(e[1] - e[0], piece[-1].x1 - start)
        ]
        if mine and not wide:
            ruled_alone = (
                self._grid is not None
                and len(mine) == 1
                and len(self._xs) >= 2
                and not any(w.x1 < mine[0][0] for w in piece)
            )
            if (over and start > mine[0][0] - SLOTS.reach * (mine[0][1] - mine[0][0])) or ruled_alone:
                return None
        return interval, passed, 0


def _is_prose(words: list[Word], amounts: Box) -> bool:
    """Running text right of the amounts that goes on below them: the next column of a gazette, beside a narrow table."""
    if min(w.x0 for w in words) < amounts[2]:
        return False
    below = lines_of(w for w in words if w.top > amounts[3])
    return len(below) >= _PROSE_LINES and median(len(line.words) for line in below) >= BLOCKS.prose_words


def _cut(line: Line, xs: list[float], grid: RuledGrid | None, drawn: list[float]) -> list[list[Word]]:
    """The pieces of a line of label words: by rules where there are some, and by wide gaps elsewhere."""
    if any(lie_over(a, b) for a, b in pairwise(line.words)):
        return _by_content(line)
    pieces: list[list[Word]] = []
    for piece in segments(line.words, SLOTS.gap):
        start = 0
        for i in range(1, len(piece)):
            if any(piece[i - 1].middle < x < piece[i].middle for x in drawn) or _ruled_between(
                piece[i - 1], piece[i], xs, grid
            ):
                pieces.append(piece[start:i])
                start = i
        pieces.append(piece[start:])
    return pieces


def _by_content(line: Line) -> list[list[Word]]:
    """Where a long text runs on under the text of the next cell, the order of the content tells the two apart."""
    pieces: list[list[Word]] = []
    for word in sorted(line.words, key=lambda w: w.order):
        last = pieces[-1][-1] if pieces else None
        if (
            last is not None
            and word.order == last.order + 1
            and -SLOTS.content_back * word.size < word.x0 - last.x1 < SLOTS.content_gap * word.size
        ):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _ruled_between(a: Word, b: Word, xs: list[float], grid: RuledGrid | None) -> bool:
    if bisect_right(xs, a.middle) == bisect_right(xs, b.middle):
        return False
    if grid is None:  # rules of the header only: text begins at them, or is far from what stands before
        x = xs[bisect_right(xs, b.middle) - 1]
        return -1 <= b.x0 - x < SLOTS.border or b.x0 - a.x1 > SLOTS.border_gap * b.size
    y = (a.top + a.bottom) / 2
    mine = grid.cell_at(a.middle, y)
    if mine and b.x0 < mine[2] < b.x1 and b.order == a.order + 1 and b.x0 - a.x1 < SLOTS.content_gap * b.size:
        return False  # a text too long for its cell runs on over the rule
    return mine != grid.cell_at(b.middle, y)


def _body_xs(grid: RuledGrid, top: float, bottom: float) -> list[float]:
    """The x of the rules that run along enough of the body to divide it."""
    xs: list[float] = []
    for x in grid.xs:
        along = sum(max(0.0, min(bottom, r.end) - max(top, r.start)) for r in grid.down if abs(r.at - x) <= RULES.touch)
        if along >= SLOTS.along * (bottom - top):
            xs.append(x)
    return xs


def _drawn_on(header_xs: list[float], ruled: list[float], words: list[Word]) -> list[float]:
    """Borders of header cells that go on below undrawn: no word of the body crosses them, nor does running text."""
    lines = lines_of(words)

    def parts(x: float) -> bool:
        left = right = 0
        for line in lines:
            before = [w for w in line.words if w.middle < x]
            after = [w for w in line.words if w.middle >= x]
            left, right = left + bool(before), right + bool(after)
            if any(w.x1 > x + 1 for w in before) or any(w.x0 < x - 1 for w in after):
                return False
            if before and after and after[0].x0 - before[-1].x1 < SLOTS.drawn_gap * after[0].size:
                return False
        return left > 1 and right > 1

    return [x for x in header_xs if all(abs(x - x_of_rule) > RULES.touch for x_of_rule in ruled) and parts(x)]


def _gutters(words: list[Word], xs: list[float]) -> list[float]:
    """Where a stripe of the label area stays empty on all lines, and text begins again at its right edge."""
    lines = lines_of(words)
    if len(lines) < 4:
        return []
    edges = sorted((w.x0, w.x1) for w in words)
    size = sorted(w.size for w in words)[len(words) // 2]
    gutters, reach = [], edges[0][1]
    for x0, x1 in edges:
        if x0 - reach >= SLOTS.gutter * size and not any(reach < x < x0 for x in xs):
            gutters.append((reach + x0) / 2)
        reach = max(reach, x1)
    return [g for g in gutters if _begins(lines, g)]


def _begins(lines: list[Line], gutter: float) -> bool:
    """Text on both sides of the gutter on enough lines, and starting at one place on its right.

    A code may stand between the two lines of its text, so that the two sides share few lines.
    """
    right = [line for line in lines if line.words[-1].x0 > gutter]
    left = [line for line in lines if line.words[0].x1 < gutter]
    if min(len(left), len(right)) < max(3, SLOTS.gutter_lines * len(lines)):
        return False
    starts = Counter(round(min(w.x0 for w in line.words if w.x0 > gutter)) for line in right)
    return sum(count for _, count in starts.most_common(2)) >= SLOTS.gutter_edge * len(right)


def names(cells: Iterable[HeaderCell], spans: list[tuple[float, float]]) -> list[list[Word]]:
    """Header texts of the label area, given to every slot they stand over, or else to the nearest.

    What stands over no slot heads a column that is empty on this page.
    """
    named: list[list[Word]] = [[] for _ in spans]
    for cell in cells:
        for words in _apart(cell):
            x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
            shared = [min(end, x1) - max(start, x0) for start, end in spans]
            over = [i for i, width in enumerate(shared) if width > 0.5 * (spans[i][1] - spans[i][0])]
            if not over and spans and max(shared) > (0 if cell.ruled else -30):
                over = [shared.index(max(shared))]
            for i in over:
                named[i] += words
    return named


def _apart(cell: HeaderCell) -> list[list[Word]]:
    """The texts of a ruled header cell that wide gaps set apart, as `Clave   Descripción` printed in one box."""
    lines = lines_of(cell.words)
    if len(lines) > 1 and all(len(segments(line.words, SLOTS.header_gap)) == 1 for line in lines):
        return [cell.words]
    return [piece for line in lines for piece in segments(line.words, LINES.header_gap)]
