"""Amount columns: which figures of a block stand under one another.

A figure counts when it stands apart from running text: by a wide gap, or by a rule. Rules keep figures of different
cells apart; alignment (of right edges, middles or left edges) does the rest. Headers are in `headers`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.pdf.page.lines import Line
from sources.pdf.page.printed_figures import FigureKind, PrintedFigure, figures_of, kind_of
from sources.pdf.page.words import Word
from sources.pdf.settings import COLUMNS

_WHOLE = re.compile(r"^-?\$?\d{1,3}(?:[,'’´`‘]\d{3})+\.\d\d$")
_COMPLETE = re.compile(r"^[-(]?\$?\d{1,3}(?:[,'’´`‘]\d{3})*(?:\.\d\d)?\)?$")
Cuts = Callable[[float], list[float]]  # the x of the cell borders at a height of the page


@dataclass(eq=False)
class FigureColumn:
    """An amount column: its figures and the edges they keep to."""

    figures: list[PrintedFigure] = field(default_factory=list)
    header: str = ""
    header_words: list[Word] = field(default_factory=list)
    unsure: bool = False  # whether the header is its own or a neighbour's
    _edges: tuple[int, tuple[float, float, float]] = (0, (0.0, 0.0, 0.0))

    @property
    def x0(self) -> float:
        """The left edge of its widest figure."""
        return min(f.x0 for f in self.figures)

    @property
    def x1(self) -> float:
        """The right edge of its widest figure."""
        return max(f.x1 for f in self.figures)

    @property
    def edges(self) -> tuple[float, float, float]:
        """The usual left edge, middle and right edge; worked out again when the column has grown by a quarter."""
        count, edges = self._edges
        if not count or not count <= len(self.figures) <= COLUMNS.grown * count:
            figures = self.figures
            edges = median(f.x0 for f in figures), median(f.middle for f in figures), median(f.x1 for f in figures)
            self._edges = len(figures), edges
        return edges


@dataclass(eq=False)
class FigureLine:
    """One text line of a block, with the figures that may be amounts."""

    line: Line
    figures: list[PrintedFigure]
    apart: list[PrintedFigure]


def rows_of(lines: list[Line], cuts: Cuts) -> list[FigureLine]:
    """The figures of each line, and which of them stand apart."""
    rows = []
    for line in lines:
        borders = cuts((line.box[1] + line.box[3]) / 2)
        figures = figures_of(line, borders)
        numbers = {w for f in figures for w in f.words}
        rows.append(FigureLine(line, figures, [f for f in figures if _stands_apart(f, line, numbers, borders)]))
    _part_crowded(rows)
    for i, row in enumerate(rows):
        for below in rows[i + 1 : i + 4]:
            if below.line.base - row.line.base < COLUMNS.wrapped_step * row.line.size:
                _unwrap(row, below)
    return rows


def _part_crowded(rows: list[FigureLine]) -> None:
    """Amounts with little space before the text of the next column stand apart where both edges are kept on other lines."""
    crowded: list[tuple[FigureLine, PrintedFigure, Word]] = []
    for row in rows:
        for f in row.figures:
            if f.kind is FigureKind.MONEY and f not in row.apart:
                before = [w for w in row.line.words if w.x1 <= f.x0]
                after = [w for w in row.line.words if w.x0 >= f.x1]
                if before and after and f.x0 - before[-1].x1 >= COLUMNS.apart * f.size:
                    crowded.append((row, f, after[0]))
    for row, f, word in crowded:
        kept = [
            g
            for _, g, other in crowded
            if abs(g.x1 - f.x1) < COLUMNS.kept_edge * f.size
            and abs(other.x0 - word.x0) < COLUMNS.kept_edge * f.size
            and len(g.text) > 3
        ]
        if len(kept) >= COLUMNS.kept_lines:
            row.apart = [g for g in row.figures if g in row.apart or g is f]


def _unwrap(row: FigureLine, below: FigureLine) -> None:
    """Put amounts together that a narrow cell cuts over two lines: `$20'445,092.0` with `0` under its end."""
    for f in row.apart:
        if not f.text.startswith(("$", "-$")) or _WHOLE.match(f.text):
            continue
        for word in below.line.words:
            text = f.text + word.text
            if (
                abs(word.x1 - f.words[-1].x1) < COLUMNS.wrapped_edge * f.size
                and f.words[-1].base < word.base
                and _WHOLE.match(text)
            ):
                f.words, f.text, f.kind = [*f.words, word], text, FigureKind.MONEY
                below.figures = [g for g in below.figures if word not in g.words]
                below.apart = [g for g in below.apart if word not in g.words]
                break


def unwrap_cells(rows: list[FigureLine], cell_at: Callable[[float, float], object]) -> None:
    """Put amounts together that a ruled cell cuts: what stands in one cell, on the next line, ends the amount."""
    for row, below in pairwise(rows):
        cut = {f: _rest_of(f, below, cell_at) for f in row.figures}
        for f, word in cut.items():
            if word is not None:
                f.words, f.text, f.kind = [*f.words, word], f.text + word.text, FigureKind.MONEY
                row.apart = [g for g in row.figures if g in row.apart or g is f]
                below.figures = [g for g in below.figures if word not in g.words]
                below.apart = [g for g in below.apart if word not in g.words]


def _rest_of(f: PrintedFigure, below: FigureLine, cell_at: Callable[[float, float], object]) -> Word | None:
    """The digits under a cut amount, alone in their line of its cell."""
    cell = cell_at(f.middle, (f.top + f.bottom) / 2)
    if (
        cell is None
        or f.kind is FigureKind.DASH
        or _COMPLETE.match(f.text)
        or below.line.base - f.base > COLUMNS.wrapped_step * f.size
    ):
        return None
    inside = [w for w in below.line.words if cell_at(w.middle, (w.top + w.bottom) / 2) == cell]
    return inside[0] if len(inside) == 1 and _WHOLE.match(f.text + inside[0].text) else None


def _stands_apart(f: PrintedFigure, line: Line, numbers: set[Word], borders: list[float]) -> bool:
    """Whether nothing stands near a figure. `numbers` are the words of all figures of its line."""
    own_words = set(f.words)
    before = next((w for w in reversed(line.words) if w.x1 <= f.x0 + 1 and w not in own_words), None)
    after = next((w for w in line.words if w.x0 >= f.x1 - 1 and w not in own_words), None)
    for word, gap in ((before, f.x0 - before.x1 if before else 0.0), (after, after.x0 - f.x1 if after else 0.0)):
        if word is None or bisect_right(borders, word.middle) != bisect_right(borders, f.middle):
            continue
        needed = COLUMNS.apart if word not in numbers else COLUMNS.apart_figures
        # No running text follows a figure without a space: the next column begins where this one ends.
        glued = word is after or kind_of(word.text) is FigureKind.MONEY
        touching = glued and f.kind is FigureKind.MONEY and abs(gap) < COLUMNS.touching * f.size
        if not touching and gap < needed * min(f.size, word.size):
            return False
    return True


def find_columns(rows: list[FigureLine], slot: Callable[[PrintedFigure], object]) -> list[FigureColumn]:
    """The amount columns of a block, from the left. `slot` names the ruled cell column a figure stands in, if any."""
    seeds = [[f for f in row.apart if f.kind in (FigureKind.MONEY, FigureKind.PERCENT)] for row in rows]
    columns = _clustered(seeds, slot)
    if not columns:
        return _ruled_integers(rows, slot)
    taken = {f for column in columns for f in column.figures}
    for row in rows:
        for f in row.figures:
            if f.kind is FigureKind.MONEY and f not in taken:
                _adopt(f, row, columns, slot, strict=True)
    _weak_columns(rows, columns, slot)
    return sorted(columns, key=lambda column: column.edges[1])


def _ruled_integers(rows: list[FigureLine], slot: Callable[[PrintedFigure], object]) -> list[FigureColumn]:
    """Where nothing looks like money, ruled columns of bare zeros and dashes are still amounts."""
    plain = [
        [f for f in row.apart if f.kind in (FigureKind.PLAIN, FigureKind.DASH) and slot(f) is not None] for row in rows
    ]
    columns = [c for c in _clustered(plain, slot) if all(f.text.strip("$ ") in ("0", "-", "–", "—") for f in c.figures)]
    return sorted(columns, key=lambda column: column.edges[1]) if sum(len(c.figures) for c in columns) >= 3 else []


def _weak_columns(rows: list[FigureLine], columns: list[FigureColumn], slot: Callable[[PrintedFigure], object]) -> None:
    """Plain integers and dashes join a column they align with, or make columns of their own beside the others."""
    left = min(column.x0 for column in columns)
    first = min(f.base for column in columns for f in column.figures)
    rest: list[list[PrintedFigure]] = []
    for row in rows:
        free = [f for f in row.apart if f.kind in (FigureKind.PLAIN, FigureKind.DASH) and f.x1 > left]
        if row.line.base < first - 1 and 2 * len(free) < len(columns):
            # Above the first amounts a lone number is a page or a column number; a dash beside a label is an amount.
            free = [f for f in free if _is_nothing(f)] if _is_labelled(row, left) else []
        rest.append([f for f in free if not _adopt(f, row, columns, slot)])
    below = [[f for f in figures if f.base >= first - f.size] for figures in rest]
    most = max(len(c.figures) for c in columns)
    for column in _clustered(below, slot):
        years = sum(1 for f in column.figures if re.match(r"^(?:19|20)\d\d[.,]?$", f.text))
        if _are_signs(column, rows, columns, most, slot) or years >= COLUMNS.years * len(column.figures):
            continue
        if len(column.figures) >= max(2, COLUMNS.weak * most):
            columns.append(column)


def _is_nothing(f: PrintedFigure) -> bool:
    return f.kind is FigureKind.DASH or f.text.strip("$ ") == "0"


def _is_labelled(row: FigureLine, left: float) -> bool:
    """Whether a line has text at the left of the columns, and none over them: it is no header."""
    texts = [w for w in row.line.words if any(c.isalpha() for c in w.text)]
    return bool(texts) and all(w.x1 <= left for w in texts)


def _are_signs(
    column: FigureColumn,
    rows: list[FigureLine],
    columns: list[FigureColumn],
    most: int,
    slot: Callable[[PrintedFigure], object],
) -> bool:
    """Dashes on a few rows, each with an amount right after it, are minus signs set at the left of the cell; in a ruled
    cell of their own, or under a header of their own, they stand for nothing.
    """
    if any(f.kind is not FigureKind.DASH for f in column.figures) or len(column.figures) >= COLUMNS.signs * most:
        return False
    column_of = {g: other for other in columns for g in other.figures}
    pairs = []
    for row in rows:
        for f in column.figures:
            if f in row.figures:
                after = [g for g in row.figures if g.x0 > f.x1]
                if not after or after[0] not in column_of or after[0].x0 - f.x1 > COLUMNS.sign_gap * f.size:
                    return False
                pairs.append((f, after[0]))
    if len({column_of[g] for _, g in pairs}) != 1 or any(slot(f) != slot(g) for f, g in pairs):
        return False
    if _has_own_header(column, column_of[pairs[0][1]], rows):
        return False
    for f, g in pairs:
        g.words, g.text, g.x0 = f.words + g.words, f"{f.text} {g.text}", f.x0
    return True


def _has_own_header(column: FigureColumn, beside: FigureColumn, rows: list[FigureLine]) -> bool:
    """Whether a text over the figures stands over this column, and another over the one beside it."""
    top = min(f.base for f in column.figures + beside.figures)
    for row in rows:
        words = [w for w in row.line.words if row.line.base < top and any(c.isalpha() for c in w.text)]
        mine = [w for w in words if w.x0 <= column.edges[1] <= w.x1]
        theirs = [w for w in words if w.x0 < beside.x1 and beside.edges[0] < w.x1]
        if mine and theirs and mine[-1] is not theirs[0] and len(row.line.segments) > 1:
            return True
    return False


def _adopt(
    f: PrintedFigure,
    row: FigureLine,
    columns: list[FigureColumn],
    slot: Callable[[PrintedFigure], object],
    strict: bool = False,
) -> bool:
    busy = set(row.figures)
    best, score = None, 0.0
    for column in columns:
        if any(g in busy for g in column.figures):
            continue
        fit = _fit(f, column, slot, strict)
        if fit > score:
            best, score = column, fit
    if best is not None:
        best.figures.append(f)
    return best is not None


def _fit(
    f: PrintedFigure, column: FigureColumn, slot: Callable[[PrintedFigure], object], strict: bool = False
) -> float:
    """How well a figure stands in a column: 0 when it does not."""
    here, there = slot(f), slot(column.figures[0])
    if here is not None and there is not None and not strict:
        return 1.0 if here == there else 0.0
    left, middle, right = column.edges
    nearest = min(abs(f.x1 - right), COLUMNS.not_right * abs(f.middle - middle), COLUMNS.not_right * abs(f.x0 - left))
    if strict:
        return 1.0 if len(column.figures) >= 2 and abs(f.x1 - right) <= COLUMNS.strict_edge * f.size else 0.0
    overlap = min(f.x1, right) - max(f.x0, left)
    share = overlap / max(min(f.x1 - f.x0, right - left), COLUMNS.least_width)
    if nearest <= COLUMNS.edge * f.size:
        return 2.0 - nearest / f.size
    return share if share >= COLUMNS.overlap else 0.0


def _clustered(seeds: list[list[PrintedFigure]], slot: Callable[[PrintedFigure], object]) -> list[FigureColumn]:
    columns: list[FigureColumn] = []
    for line in sorted(seeds, key=len, reverse=True):
        pairs = sorted(
            ((_fit(f, column, slot), i, j) for i, f in enumerate(line) for j, column in enumerate(columns)),
            reverse=True,
        )
        placed: dict[int, int] = {}
        for fit, i, j in pairs:
            if fit > 0 and i not in placed and j not in placed.values():
                placed[i] = j
        for i, f in enumerate(line):
            if i in placed:
                columns[placed[i]].figures.append(f)
            else:
                columns.append(FigureColumn([f]))
    return _merged(columns, slot)


def _one_cell(a: object, b: object) -> bool:
    """Whether two ruled cells are of one column: the same, or ending alike where one is merged with cells on its left."""
    return a == b or (isinstance(a, tuple) and isinstance(b, tuple) and abs(a[1] - b[1]) <= COLUMNS.same_border)


def _merged(columns: list[FigureColumn], slot: Callable[[PrintedFigure], object]) -> list[FigureColumn]:
    """Columns that never share a line and lie over one another are one."""
    merged: list[FigureColumn] = []
    for column in sorted(columns, key=lambda c: -len(c.figures)):
        for other in merged:
            bases = [f.base for f in other.figures]
            left, _, right = other.edges
            mine = column.edges
            overlap = min(right, mine[2]) - max(left, mine[0])
            clash = any(abs(f.base - base) < 0.5 * f.size for f in column.figures for base in bases)
            apart = slot(column.figures[0]), slot(other.figures[0])
            if (
                not clash
                and overlap >= COLUMNS.merged_overlap * min(right - left, mine[2] - mine[0])
                and (None in apart or _one_cell(*apart))
            ):
                other.figures.extend(column.figures)
                break
        else:
            merged.append(column)
    return merged
