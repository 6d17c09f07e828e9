"""The tables of one page: its stretches, ruled and unruled, from the top, each built into a block.

How a stretch becomes rows and columns is in `block`; tables over several pages are put together in `joining`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from math import ceil

from sources.pdf.page.grid import RuledGrid, grids_of
from sources.pdf.page.lines import Line, around, lines_of, segments
from sources.pdf.page.printed_figures import FigureKind
from sources.pdf.page.rulings import Ruling, Rulings
from sources.pdf.page.words import Word
from sources.pdf.settings import BLOCKS, LINES, RULES
from sources.pdf.table.block import Stretch, TableBlock, build
from sources.pdf.table.columns import Cuts, FigureLine, rows_of, unwrap_cells
from sources.pdf.table.head import TableHead, boxed_head, free_head
from sources.pdf.table.money_headers import MoneyHeaders, promote
from sources.pdf.table.sides import sides

_OUTLINE = re.compile(r"^(?:[A-Z]\.|[A-Za-z]\d*\)|[IVX]+\.|\d{1,2}\.)$")  # begins a row of an outline, and no header


def page_blocks(
    page: int, words: list[Word], rulings: Rulings, furniture: set[Word], heads: MoneyHeaders
) -> list[TableBlock]:
    """The blocks of a page from the top. `furniture` are the words that repeat on most pages; `heads` the
    headers in force at the end of the page before.
    """
    inner = grids_of(rulings)
    blocks: list[TableBlock] = []
    taken: set[Word] = set()
    empty: list[RuledGrid] = []
    for grid in inner:
        mine = [w for w in words if w not in taken and grid.holds(w.middle, (w.top + w.bottom) / 2)]
        built = _grid_blocks(page, lines_of(mine), grid, [])
        if built:
            blocks += built
            taken |= {w for block in built for w in block.words}
        else:
            empty.append(grid)
    for block in blocks:
        if not block.head.cells:
            taken |= _adopt_header(block, empty, words, taken) or _adopt_lines(block, words, taken)
    free = [w for w in words if w not in taken]
    tops = sorted((block.box[1], block.box[3]) for block in blocks)
    for lines in _between(lines_of(free), tops):
        blocks += _free_blocks(page, lines, empty, rulings, furniture, heads)
    blocks.sort(key=lambda block: (block.box[1], block.box[0]))
    _look_over(blocks, lines_of(free))
    for block in blocks:
        block.take_heading()
    return blocks


def _look_over(blocks: list[TableBlock], lines: list[Line]) -> None:
    """Tell every ruled block what stands between it and the block above: on the page where a table goes on, nothing."""
    for block in blocks:
        above = max((other.box[3] for other in blocks if other.box[3] <= block.box[1] + RULES.touch), default=0.0)
        if block.ruled:
            block.over = [
                line for line in lines if above - RULES.touch < line.box[1] and line.box[3] < block.box[1] + RULES.touch
            ]


def _adopt_header(block: TableBlock, empty: list[RuledGrid], words: list[Word], taken: set[Word]) -> set[Word]:
    """A header ruled apart, right over a grid that has none, is the grid's; its words."""
    for box in empty:
        wide = min(box.box[2], block.box[2]) - max(box.box[0], block.box[0]) >= BLOCKS.header_width * (
            block.box[2] - block.box[0]
        )
        if wide and -BLOCKS.header_overlap < block.box[1] - box.box[3] < BLOCKS.header_gap:
            mine = [w for w in words if w not in taken and box.holds(w.middle, (w.top + w.bottom) / 2)]
            block.take_header(boxed_head(lines_of(mine), block.spans, box))
            return set(mine)
    return set()


def _adopt_lines(block: TableBlock, words: list[Word], taken: set[Word]) -> set[Word]:
    """Header texts printed right over a ruled body that has none in it; their words."""
    near: list[Line] = []
    edge = min((row.box[1] for row in block.rows), default=block.box[1])
    for line in reversed(lines_of(w for w in words if w not in taken and w.bottom < edge + 1)):
        if edge - line.box[3] > BLOCKS.adopted_gap * line.size or len(near) == BLOCKS.adopted_lines:
            break
        near.insert(0, line)
        edge = line.box[1]
    if not near:
        return set()
    head = free_head(near, block.spans, block.columns, [], near[-1].base + near[-1].size, False)
    block.take_header(head)
    if sum(bool(name) for name in block.header) < BLOCKS.adopted * len(block.columns):
        block.take_header(TableHead())
        return set()
    return {w for cell in head.cells + head.labels for w in cell.words}


def _grid_blocks(page: int, lines: list[Line], grid: RuledGrid, boxes: list[RuledGrid]) -> list[TableBlock]:
    """The blocks inside one grid: a header that is printed again begins another table."""
    cuts = _cuts([grid])
    blocks = []
    rows = rows_of(lines, cuts)
    unwrap_cells(rows, grid.cell_at)
    promote(rows, cuts, MoneyHeaders(), set())
    for part in _parted(rows, cuts, grid):
        built = _built(Stretch(page, part, grid, _row_rules(part, grid.across), boxes, False))
        if built:
            blocks += built
        elif blocks:
            blocks[-1].words += [w for row in part for w in row.line.words]
    return blocks


def _cuts(inside: list[RuledGrid]) -> Cuts:
    """The x of the cell borders at a height of the page."""

    @cache
    def at(rows: tuple[int, ...]) -> list[float]:
        borders: set[float] = set()
        for grid, j in zip(inside, rows, strict=True):
            if 0 <= j < len(grid.ys) - 1:
                for i in range(len(grid.xs) - 1):
                    cell = grid.cells[(i, j)]
                    borders |= {cell[0], cell[2]}
        return sorted(borders)

    return lambda y: at(tuple([bisect_right(grid.ys, y) - 1 for grid in inside]))


def _row_rules(rows: list[FigureLine], across: Iterable[Ruling]) -> list[float]:
    """Heights of the rules that run under the amounts: those that part rows."""
    top, bottom = rows[0].line.box[1], rows[-1].line.box[3]
    apart = [f for row in rows for f in row.apart]
    figures = [f for f in apart if f.kind is FigureKind.MONEY] or apart
    if not figures:
        return []
    left, right = min(f.x0 for f in figures), max(f.x1 for f in figures)
    covered: dict[float, float] = {}
    for rule in across:
        level = next((y for y in covered if abs(y - rule.at) <= BLOCKS.same_rule), rule.at)
        covered[level] = covered.get(level, 0.0) + max(0.0, min(right, rule.end) - max(left, rule.start))
    return sorted(
        y for y, along in covered.items() if along >= BLOCKS.row_rule * (right - left) and top - 2 < y < bottom + 2
    )


def _parted(rows: list[FigureLine], cuts: Cuts, grid: RuledGrid | None) -> list[list[FigureLine]]:
    """Lines cut before every header that stands under amounts."""
    money = [bool([f for f in row.apart if f.kind is FigureKind.MONEY]) for row in rows]
    starts = [0]
    for i, row in enumerate(rows):
        if i and any(money[starts[-1] : i]) and not money[i] and not row.apart and _heads(rows, money, i, cuts, grid):
            start = _first_of_header(rows, money, i, grid)
            if start > starts[-1]:
                starts.append(start)
    return [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True) if b > a]


def _heads(rows: list[FigureLine], money: list[bool], i: int, cuts: Cuts, grid: RuledGrid | None = None) -> bool:
    """Whether line `i` is a header of the amounts below it: texts over most of their columns."""
    below = [k for k in range(i + 1, min(i + 8, len(rows))) if money[k]]
    if not below:
        return False
    line = rows[i].line
    if _OUTLINE.match(line.words[0].text):
        return False
    richest = max(below[:4], key=lambda k: len(rows[k].apart))
    figures = [f for f in rows[richest].apart if f.kind in (FigureKind.MONEY, FigureKind.DASH, FigureKind.PERCENT)]
    pieces = _pieces(line, cuts)
    hits = 0
    for f in figures:
        cell = grid.cell_at(f.middle, (f.top + f.bottom) / 2) if grid else None
        if cell is not None:
            above = grid.cell_at(f.middle, (line.box[1] + line.box[3]) / 2) if grid else None
            same = above is not None and above != cell and abs(above[0] - cell[0]) + abs(above[2] - cell[2]) < 6
            hits += same and any(cell[0] < w.middle < cell[2] and any(c.isalpha() for c in w.text) for w in line.words)
            continue
        pad = BLOCKS.over_pad * (f.x1 - f.x0)
        over = [
            p
            for p in pieces
            if p[-1].x1 > f.x0 - pad and p[0].x0 < f.x1 + pad and any(c.isalpha() for w in p for c in w.text)
        ]
        alone = [
            p
            for p in over
            if p[0].x0 > f.x0 - BLOCKS.over_left * (f.x1 - f.x0) and p[-1].x1 < f.x1 + BLOCKS.over_right * (f.x1 - f.x0)
        ]
        hits += bool(alone)
    needed = max(1, ceil(BLOCKS.headed * len(figures)))
    return hits >= needed and len(pieces) >= 2


def _pieces(line: Line, cuts: Cuts) -> list[list[Word]]:
    borders = cuts((line.box[1] + line.box[3]) / 2)
    pieces: list[list[Word]] = []
    for piece in segments(line.words, LINES.header_gap):
        start = 0
        for i in range(1, len(piece)):
            if bisect_right(borders, piece[i - 1].middle) != bisect_right(borders, piece[i].middle):
                pieces.append(piece[start:i])
                start = i
        pieces.append(piece[start:])
    return pieces


def _first_of_header(rows: list[FigureLine], money: list[bool], i: int, grid: RuledGrid | None) -> int:
    """The first line of the header that line `i` belongs to, and of the title over it."""
    start = i
    line = rows[i].line
    if grid is not None:
        cells = [grid.cell_at(w.middle, (w.top + w.bottom) / 2) for w in line.words]
        top = min((cell[1] for cell in cells if cell), default=line.box[1])
        while (
            start > 0 and not money[start - 1] and (rows[start - 1].line.box[1] + rows[start - 1].line.box[3]) / 2 > top
        ):
            start -= 1
        return start
    while start > 0 and not money[start - 1] and not rows[start - 1].apart and start > i - 8:
        above = rows[start - 1].line
        if rows[start].line.base - above.base > BLOCKS.header_step * above.size:
            break
        start -= 1
    return start


def _between(lines: list[Line], tops: list[tuple[float, float]]) -> list[list[Line]]:
    """Lines outside the ruled tables, in stretches that no ruled table interrupts."""
    stretches: dict[int, list[Line]] = {}
    for line in lines:
        middle = (line.box[1] + line.box[3]) / 2
        stretches.setdefault(sum(1 for top, _ in tops if top < middle), []).append(line)
    return [stretches[key] for key in sorted(stretches)]


def _free_blocks(
    page: int, lines: list[Line], boxes: list[RuledGrid], rulings: Rulings, furniture: set[Word], heads: MoneyHeaders
) -> list[TableBlock]:
    cuts = _cuts(boxes)
    blocks: list[TableBlock] = []
    for part in _runs(lines, cuts, furniture, heads):
        first = not blocks and furniture.issuperset(part[0].line.words)
        built = _built(Stretch(page, part, None, _row_rules(part, rulings.across), boxes, first, rulings.across))
        blocks += [block for block in built if _plausible(block)]
    return blocks


def _built(stretch: Stretch) -> list[TableBlock]:
    parts, over = sides(stretch)
    blocks = [block for block in map(build, parts) if block is not None]
    for block in blocks:
        block.head.title = over + block.head.title
        block.words += [w for line in over for w in line.words]
    return blocks


def _plausible(block: TableBlock) -> bool:
    """A lone number that stands apart is no table; under a header, or several in a column, it is."""
    amounts = [f for column in block.columns for f in column.figures if f.kind is FigureKind.MONEY]
    return (
        (bool(block.head.cells) and len(amounts) >= 1)
        or max(len(c.figures) for c in block.columns) >= 3
        or len(amounts) >= 4
    )


def _runs(lines: list[Line], cuts: Cuts, furniture: set[Word], heads: MoneyHeaders) -> list[list[FigureLine]]:
    """Lines cut into runs that each hold one table and the lines above it."""
    runs: list[list[FigureLine]] = []
    current: list[FigureLine] = []
    rows = rows_of(lines, cuts)
    promote(rows, cuts, heads, furniture)
    money = [any(f.kind is FigureKind.MONEY for f in row.apart) for row in rows]
    for i, row in enumerate(rows):
        had = any(money[k] for k in range(i - len(current), i))
        if had and not money[i] and (_is_prose(row.line, cuts) or _ends(rows, money, i, furniture)):
            runs.append(current)
            current = []
        elif had and not money[i] and not row.apart and _heads(rows, money, i, cuts):
            start = _first_of_header(rows, money, i, None)
            keep = len(current) - (i - start)
            runs.append(current[:keep])
            current = current[keep:]
        current.append(row)
    runs.append(current)
    return [run for run in runs if run]


def _ends(rows: list[FigureLine], money: list[bool], i: int, furniture: set[Word]) -> bool:
    """Nothing more of a table: no amounts below, and only furniture, notes or signatures."""
    if any(money[i:]):
        return False
    line = rows[i].line
    above = rows[i - 1].line
    return furniture.issuperset(line.words) or line.base - above.base > BLOCKS.ends * max(line.size, above.size)


def _is_prose(line: Line, cuts: Cuts) -> bool:
    longest = max(_pieces(line, cuts), key=len)
    box = around(longest)
    letters = sum(w.text.islower() for w in longest)
    return (
        len(longest) >= BLOCKS.prose_words
        and letters >= 0.5 * len(longest)
        and box[2] - box[0] > BLOCKS.prose_width * line.size
    )
