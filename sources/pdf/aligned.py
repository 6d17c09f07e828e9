"""Tables that only alignment makes: columns that gutters part, and rows of what stands side by side, each cell with its words.

For registers that a spreadsheet printed without its lines; where rules enclose the cells, `cells` reads them, and tables of amounts are
for `sources.pdf.table`.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from sources.pdf.cells import WordsAt, add_cell
from sources.pdf.load import Page
from sources.pdf.page.lines import Line, lines_of
from sources.pdf.page.words import Word
from sources.pdf.settings import ALIGNED
from sources.raw.cells import PrintedCell, PrintedSheet
from sources.raw.numeric import is_numeric
from warehouse.schema.text import fold

# What a register's headers say, one way or another: nothing else is worth the search for columns.
_REGISTER = (
    r"\bcontratos?\b", r"\bcontratistas?\b|\bproveedor\w*|\brazon social\b", r"\badjudica\w+|\blicitaci\w+|\bprocedimiento",
    r"\bfolio\b|\bsolicitud", r"\bexpediente\b",
)  # fmt: skip
_LEAST_SIGNS = 2


def aligned_sheets(pages: Sequence[Page], words_at: WordsAt) -> Iterator[PrintedSheet]:
    """The table of each of these pages, in the columns that all of them keep to; the words of each cell are put into `words_at`.

    None where the pages do not speak of a register, or keep to no columns.
    """
    text = fold(" ".join(line.text for page in pages for line in page.lines))
    if sum(bool(re.search(sign, text)) for sign in _REGISTER) < _LEAST_SIGNS:
        return
    regions = {page.number: _region(page.lines) for page in pages}
    edges = _edges([line for lines in regions.values() for line in lines])
    if len(edges) <= ALIGNED.columns:
        return
    for page in pages:
        cells: list[PrintedCell] = []
        for number, row in enumerate(_rows(regions[page.number], edges), 1):
            for col, words in sorted(row.items()):
                cells.append(add_cell(page, number, col + 1, words, words_at))
        if cells:
            beside = tuple(line.text for line in page.lines if line not in regions[page.number])
            yield PrintedSheet(str(page.number), tuple(cells), (), tuple(edges), beside)


def _region(lines: Sequence[Line]) -> list[Line]:
    """The lines from the first to the last that has pieces in many columns, with those that a wrapped header or row puts right beside them."""
    many = [i for i, line in enumerate(lines) if len(line.segments) >= ALIGNED.columns]
    if not many:
        return []
    first, last = many[0], many[-1]
    while first and _adjoins(lines[first - 1], lines[first]) and _is_within(lines[first - 1], lines[many[0]]):
        first -= 1
    while last + 1 < len(lines) and _adjoins(lines[last], lines[last + 1]):
        last += 1
    return list(lines[first : last + 1])


def _is_within(line: Line, table: Line) -> bool:
    """Whether a line is part of a header, and no title over the table."""
    left, right = table.box[0], table.box[2]
    return len(line.segments) > 1 or (
        line.box[2] - line.box[0] < ALIGNED.narrow * (right - left) and line.box[0] > left + 1
    )


def _adjoins(above: Line, below: Line) -> bool:
    return below.base - above.base < ALIGNED.leading * min(above.size, below.size)


def _edges(lines: Sequence[Line]) -> list[float]:
    """Where columns begin and end: the middles of the gutters that next to no line crosses, and the outer borders."""
    if not lines:
        return []
    events = Counter[float]()
    for line in lines:
        for start, end in _covered(line.words):
            events[round(start, 1)] += 1
            events[round(end, 1)] -= 1
    gutter = ALIGNED.gutter * median(line.size for line in lines)
    most, depth, since = ALIGNED.crossed * len(lines), 0, None
    edges: list[float] = []
    for at in sorted(events):
        depth += events[at]
        if depth <= most and since is None:
            since = at
        elif depth > most and since is not None:
            wide = at - since >= gutter or (at - since >= ALIGNED.after_figures and _ends_figures(lines, since))
            edges += [(since + at) / 2] if wide else []
            since = None
    return [min(line.box[0] for line in lines) - 1, *edges, max(line.box[2] for line in lines) + 1]


def _ends_figures(lines: Sequence[Line], at: float) -> bool:
    """Whether next to every line that ends a word there ends a number."""
    ending = [word.text for line in lines for word in line.words if abs(word.x1 - at) < ALIGNED.after_figures]
    return sum(text.isdecimal() for text in ending) > ALIGNED.figured * len(ending) and len(
        ending
    ) > ALIGNED.narrow * len(lines)


def _covered(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    """What words of a line cover, those that lie over one another once."""
    end = float("-inf")
    for word in sorted(words, key=lambda word: word.x0):
        if word.x1 > end:
            yield max(word.x0, end), word.x1
            end = word.x1


def _rows(lines: Sequence[Line], edges: Sequence[float]) -> Iterator[dict[int, list[Word]]]:
    """The rows of a page from the top, the header first: the words of each cell by column."""
    columns: dict[int, list[Word]] = {}
    for line in lines:
        for word in line.words:
            columns.setdefault(min(max(bisect_right(edges, word.middle) - 1, 0), len(edges) - 2), []).append(word)
    by_column = {col: lines_of(words) for col, words in columns.items()}
    keyed = _keyed([*by_column.values()])
    anchors = _anchors(keyed)
    if not anchors:
        return
    side = Counter(way for of_column in by_column.values() for way in _ways(of_column, anchors)).most_common(1)
    way = side[0][0] if side else "top"
    rows: dict[int, dict[int, list[Word]]] = {}
    top = _under_header(keyed, anchors[0], way)
    for col, of_column in by_column.items():
        for block in _blocks(of_column):
            for line in block:
                at = -1 if line.base < top else _row_of(line, block, anchors, way)
                rows.setdefault(at, {}).setdefault(col, []).extend(line.words)
    yield from (rows[at] for at in sorted(rows))


def _keyed(columns: Sequence[list[Line]]) -> list[list[Line]]:
    """The columns of figures that have one line a row, with their headers."""
    figured = [(lines, n) for lines in columns if (n := _figures(lines)) >= ALIGNED.figured * len(lines)]
    counts = Counter(n for _, n in figured)
    usual = max(counts, key=lambda n: (counts[n], -n), default=0)
    return [lines for lines, n in figured if usual <= n <= usual + 1]


def _figures(lines: Sequence[Line]) -> int:
    return sum(is_numeric(line.text) for line in lines)


def _anchors(keyed: Sequence[list[Line]]) -> list[float]:
    """The baselines of the rows: those of the figures of these columns."""
    figures = [line for lines in keyed for line in lines if is_numeric(line.text)]
    bases = sorted(line.base for line in figures)
    return [b for a, b in pairwise([float("-inf"), *bases]) if b - a > ALIGNED.same_line * figures[0].size]


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of a column that follow each other as those of one cell do."""
    block: list[Line] = []
    for line in lines:
        if block and not _adjoins(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _inside(block: Sequence[Line], anchors: Sequence[float]) -> list[int]:
    slack = ALIGNED.same_line * block[0].size
    return [i for i, base in enumerate(anchors) if block[0].base - slack <= base <= block[-1].base + slack]


def _ways(lines: Sequence[Line], anchors: Sequence[float]) -> Iterator[str]:
    """How the cells of a column are set to the figures of their row: with their first line, their last, or their middle."""
    for block in _blocks(lines):
        inside = _inside(block, anchors)
        if len(inside) == 1 and len(block) > 1:
            slack, base = ALIGNED.near * block[0].size, anchors[inside[0]]
            yield "top" if base - block[0].base < slack else "bottom" if block[-1].base - base < slack else "middle"


def _row_of(line: Line, block: Sequence[Line], anchors: Sequence[float], way: str) -> int:
    inside = _inside(block, anchors)
    if len(inside) == 1:
        return inside[0]
    slack = ALIGNED.same_line * line.size
    if way == "top":
        return max(bisect_right(anchors, line.base + slack) - 1, 0)
    if way == "bottom":
        return min(bisect_right(anchors, line.base - slack), len(anchors) - 1)
    return min(range(len(anchors)), key=lambda i: abs(anchors[i] - line.base))


def _under_header(keyed: Sequence[list[Line]], first: float, way: str) -> float:
    """Where the first row begins: at its figures, or under the header of these where its other cells rise above them."""
    size = min(line.size for lines in keyed for line in lines)
    over = [
        above.base
        for lines in keyed
        for above, below in pairwise(lines)
        if abs(below.base - first) < ALIGNED.near * size
    ]
    return (
        first - ALIGNED.same_line * size
        if way == "top"
        else max(over, default=first - 2 * size) + ALIGNED.same_line * size
    )
