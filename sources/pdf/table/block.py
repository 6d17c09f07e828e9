"""A block: one stretch of a page that holds one table, and how it becomes columns, headers, label slots and rows.

Finding the blocks of a page is for `tables`; putting blocks of several pages together is for `joining`.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from sources.pdf.page.grid import RuledGrid
from sources.pdf.page.lines import Line, around, lines_of
from sources.pdf.page.printed_figures import FigureKind, PrintedFigure, pieced
from sources.pdf.page.rulings import Ruling
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import BLOCKS, DOUBT
from sources.pdf.table.columns import FigureColumn, FigureLine, find_columns
from sources.pdf.table.head import Span, TableHead, free_head, ruled_head, take_broken, take_spilled, territories
from sources.pdf.table.headers import is_column_numbers, name_columns
from sources.pdf.table.keys import without_keys
from sources.pdf.table.rows import TableRow, label_text, levels_of, split_rows
from sources.pdf.table.set_off import set_by_order
from sources.pdf.table.slots import LabelSlots, names
from warehouse.schema.lexicon import UNIT_ANYWHERE, UNIT_FIRST
from warehouse.schema.text import fold


@dataclass(eq=False)
class Stretch:
    """The lines of one block, and the rules around them."""

    page: int
    rows: list[FigureLine]
    grid: RuledGrid | None
    across: list[float]  # heights of the rules that may part rows
    boxes: list[RuledGrid]  # ruled headers without figures of their own
    first: bool  # nothing but furniture stands above it
    rules: list[Ruling] = field(default_factory=list)  # every horizontal rule of the page


@dataclass(eq=False)
class TableBlock:
    """A table as it stands on one page."""

    page: int
    columns: list[FigureColumn]
    spans: list[Span]
    slots: list[Span]
    slot_headers: list[str]
    rows: list[TableRow]
    box: Box
    ruled: bool
    head: TableHead
    row_ruled: bool = False
    words: list[Word] = field(default_factory=list)
    column_numbers: list[Word] = field(default_factory=list)  # of a line that only numbers the columns
    stamps: set[Word] = field(default_factory=set)  # printed large over the rows
    upright: list[Word] = field(default_factory=list)  # headers set on their side
    over: list[Line] = field(default_factory=list)  # what is printed between a ruled table and the one above it

    @property
    def header(self) -> list[str]:
        """The header of each column."""
        return [column.header for column in self.columns]

    @cached_property
    def naming(self) -> list[int]:
        """The slots that make the label: those left of the amounts, or all where most rows have no words there (dates, codes)."""
        first = min(column.x0 for column in self.columns)
        left = [k for k, (start, _) in enumerate(self.slots) if start < first]
        texts = [[w.text for k in left for w in row.slots[k] if len(w.text) > 2] for row in self.rows if row.figures]
        worded = sum(any(c.isalpha() for text in row for c in text) for row in texts)
        return left if worded and 2 * worded >= len(texts) else list(range(len(self.slots)))

    @cached_property
    def crowded(self) -> set[int]:
        """The ids of rows that hold two keys, one under the other, and of the rows beside them that hold none, where nearly
        every row holds one: a text between them went to the wrong one.
        """
        rows = [row for row in self.rows if row.figures]
        in_doubt: set[int] = set()
        for k in self.naming:
            keys = [[w for w in row.slots[k] if w.text.isdecimal()] if k not in row.carried else [] for row in rows]
            if sum(
                len(words) == len(row.slots[k]) == 1 for words, row in zip(keys, rows, strict=True)
            ) < DOUBT.keyed * len(rows):
                continue
            for i, words in enumerate(keys):
                if len(words) > 1 and words[-1].base - words[0].base > DOUBT.under * words[0].size:
                    in_doubt |= {
                        id(rows[n]) for n in range(max(i - 1, 0), min(i + 2, len(rows))) if n == i or not keys[n]
                    }
        return in_doubt

    def take_heading(self) -> None:
        """Make the line over a table of one row without a label the label of that row."""
        named = any(any(c.isalpha() for c in w.text) for row in self.rows for words in row.slots for w in words)
        if named or len(self.rows) != 1 or not self.rows[0].figures:
            return
        over = self._over_header() or self.over or self.head.title
        if not over:
            return
        heading = over[-1]
        top = min([cell.box[1] for cell in self.head.cells] + [self.rows[0].box[1]])
        unit = UNIT_FIRST.match(fold(heading.text)) or UNIT_ANYWHERE.search(fold(heading.text))
        if (
            unit
            or not any(c.isalpha() for c in heading.text)
            or top - heading.box[3] > BLOCKS.heading_gap * heading.size
        ):
            return
        row = self.rows[0]
        self.slots.insert(0, (heading.box[0], heading.box[2]))
        self.slot_headers.insert(0, "")
        row.slots.insert(0, heading.words)
        row.carried = {k + 1 for k in row.carried}
        self.words += heading.words
        self.over = [line for line in self.over if line is not heading]
        self.head.title = [line for line in self.head.title if line is not heading]

    def _over_header(self) -> list[Line]:
        """What stands before the columns and over the line of their headers: it heads the table, and no column of labels."""
        first = min((word.top for cell in self.head.cells for word in cell.words), default=0.0)
        labels = [cell for cell in self.head.labels if max(word.base for word in cell.words) < first]
        self.head.labels = [cell for cell in self.head.labels if cell not in labels]
        return lines_of(word for cell in labels for word in cell.words)

    def take_header(self, head: TableHead) -> None:
        """Use a header found apart from the block."""
        self.head.cells, self.head.labels = head.cells, head.labels
        for column in self.columns:
            column.header_words = []
        name_columns(self.columns, self.spans, head.cells)
        self.slot_headers = [label_text(words) for words in names(head.labels, self.slots)]


def build(stretch: Stretch) -> TableBlock | None:
    """The table of a stretch, or None when no amount column stands out."""
    numbered = [row.line for row in stretch.rows if is_column_numbers(row.line)]
    rows = [row for row in stretch.rows if row.line not in numbered]
    lines, words = [row.line for row in rows], [w for row in stretch.rows for w in row.line.words]
    rows = _without_codes(rows, stretch.grid) if stretch.grid is not None else rows
    columns = without_keys(rows, find_columns(rows, slot_of(stretch.grid, rows)))
    if not columns:
        return None
    body_top = _body_top(rows, columns, numbered)
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    spans = territories(columns, stretch.grid, left - 5, right + 5)
    head = _head(stretch, lines, columns, spans, body_top, numbered)
    for column in columns:
        column.figures = [f for f in column.figures if f.base >= body_top - 0.5]
    kept = [(column, span) for column, span in zip(columns, spans, strict=True) if column.figures]
    if not kept:
        return None
    columns, spans = [column for column, _ in kept], [span for _, span in kept]
    name_columns(columns, spans, head.cells)
    body = _body(stretch, columns, head, [line for line in lines if line.base >= body_top - 0.5])
    stamps = _stamps(body)
    top, bottom = min(w.top for w in body), max(w.bottom for w in body)
    slots = LabelSlots([w for w in body if w not in stamps], columns, stretch.grid, head.label_borders, top, bottom)
    block = TableBlock(
        page=stretch.page,
        columns=columns,
        spans=spans,
        slots=slots.spans,
        slot_headers=[label_text(words) for words in names(head.labels, slots.spans)],
        rows=[],
        box=around(words),
        ruled=stretch.grid is not None,
        head=head,
        words=words,
        column_numbers=[w for line in numbered for w in line.words],
        stamps=stamps,
    )
    _fill_rows(block, slots, stretch, top, bottom)
    return block


def _head(
    stretch: Stretch,
    lines: list[Line],
    columns: list[FigureColumn],
    spans: list[Span],
    body_top: float,
    numbered: list[Line],
) -> TableHead:
    """What stands over the rows: by the rules of a ruled table, by where its lines are set in a free one."""
    zone = [line for line in lines if line.base < body_top - 0.5]
    if stretch.grid is not None:
        return ruled_head(zone, spans, columns, stretch.grid, body_top)
    first = stretch.first or _goes_on(zone, [line for line in lines if line not in zone])
    # A line that numbers the columns stands under the header, and the rows may begin far below it.
    foot = max((line.base for line in numbered if line.base < body_top), default=body_top)
    return free_head(zone, spans, columns, stretch.boxes, foot, first, stretch.rules)


def _body(stretch: Stretch, columns: list[FigureColumn], head: TableHead, below: list[Line]) -> list[Word]:
    """The words of the rows, the headings among them; what the header lost to them is given back to it."""
    if stretch.grid is None:
        set_by_order(columns, head, below)
    take_broken(head, below)
    spilled = take_spilled(head, below)
    return [w for line in head.headings + below for w in line.words if w not in spilled]


def _without_codes(rows: list[FigureLine], grid: RuledGrid) -> list[FigureLine]:
    """The rows without the bare numbers under which a text goes on in the same cell: `3611` over `Difusión por radio`."""
    kept = []
    for i, row in enumerate(rows):
        codes = {f for f in row.figures if f.kind is FigureKind.PLAIN and _begins_text(f, rows[i + 1 : i + 3], grid)}
        figures, apart = ([f for f in found if f not in codes] for found in (row.figures, row.apart))
        kept.append(FigureLine(row.line, figures, apart))
    return kept


def _begins_text(f: PrintedFigure, below: list[FigureLine], grid: RuledGrid) -> bool:
    cell = grid.cell_at(f.middle, (f.top + f.bottom) / 2)
    for row in below:
        words = [w for w in row.line.words if cell and cell[0] < w.middle < cell[2] and w.bottom < cell[3] + 1]
        if words:
            return row.line.base - f.base < BLOCKS.code_step * f.size and all(
                any(c.isalpha() for c in w.text) for w in words
            )
    return False


def _goes_on(zone: list[Line], body: list[Line]) -> bool:
    """Whether the lines above the first amounts are set as the labels below: a row whose amounts stand on its last line."""
    edges = [piece[0].x0 for line in body for piece in line.segments]
    size = median(line.size for line in body) if body else 0.0
    steps = [b.base - a.base for a, b in pairwise([*zone, *body[:1]])]
    return bool(zone) and all(
        sum(abs(line.box[0] - x) < 1 for x in edges) >= 2
        and abs(line.size - size) < BLOCKS.label_size * size
        and step < BLOCKS.label_step * size
        and any(other.words[0].bold == line.words[0].bold for other in body)
        for line, step in zip(zone, steps, strict=True)
    )


def _stamps(body: list[Word]) -> set[Word]:
    """Words far larger than the rows they lie over: a stamp ("NO APLICA"), and part of no label."""
    usual = median(w.size for w in body)
    rows = [w for w in body if w.size < BLOCKS.stamped * usual]
    large = [w for w in body if w.size > BLOCKS.stamp * usual]
    if len(lines_of(large)) > BLOCKS.stamp_lines:
        return set()  # labels in larger type
    return {
        word
        for word in large
        if any(min(other.bottom, word.bottom) - max(other.top, word.top) > 0.5 * other.size for other in rows)
    }


def slot_of(grid: RuledGrid | None, rows: list[FigureLine]) -> Callable[[PrintedFigure], object]:
    """Which ruled cell column a figure stands in; None for all where nothing is ruled, and in cells that hold several
    amounts of one line: no rule parts these.
    """
    slots: dict[PrintedFigure, object] = {}

    def cell_of(f: PrintedFigure) -> object:
        if grid is None:
            return None
        if f not in slots:
            cell = grid.cell_at(f.middle, (f.top + f.bottom) / 2)
            slots[f] = None if cell is None else (round(cell[0]), round(cell[2]))
        return slots[f]

    if grid is None:
        return cell_of
    held = [Counter(cell_of(f) for f in row.apart if f.kind is FigureKind.MONEY) for row in rows]
    crowded = {cell for cells in held for cell, count in cells.items() if count > 1}
    return lambda f: None if cell_of(f) in crowded else cell_of(f)


def _body_top(rows: list[FigureLine], columns: list[FigureColumn], numbered: list[Line]) -> float:
    """The first baseline that holds amounts: headers of years and of column numbers stand above it."""
    member = {f for column in columns for f in column.figures}
    floor = max((line.base for line in numbered), default=0.0)
    for row in rows:
        mine = [f for f in row.figures if f in member]
        if not mine or (row.line.base < floor and all(f.kind is not FigureKind.MONEY for f in mine)):
            continue
        if all(_is_year(f) for f in mine) or all(_is_named_rate(f, columns) for f in mine):
            continue
        return min(row.line.base, *(f.base for f in mine))
    return rows[-1].line.base + 1


def _is_year(f: PrintedFigure) -> bool:
    return f.kind is FigureKind.PLAIN and len(f.text) == 4 and f.text[:2] in ("19", "20")


def _is_named_rate(f: PrintedFigure, columns: list[FigureColumn]) -> bool:
    """A percentage in the name of a column of money: `Fomento Municipal 30%`."""
    column = next(column for column in columns if f in column.figures)
    return f.kind is FigureKind.PERCENT and sum(g.kind is FigureKind.MONEY for g in column.figures) > 0.5 * len(
        column.figures
    )


def _fill_rows(block: TableBlock, slots: LabelSlots, stretch: Stretch, top: float, bottom: float) -> None:
    figures = [(i, f) for i, column in enumerate(block.columns) for f in column.figures]
    borders = [top - 2, *[y for y in stretch.across if top + 1 < y < bottom - 1], bottom + 2]
    bands = [(a, b) for a, b in pairwise(borders) if b - a > 1]
    members: dict[tuple[float, float], list[tuple[int, PrintedFigure]]] = {}
    for i, f in figures:
        members.setdefault(_home(f, bands, stretch.grid, figures), []).append((i, f))
    held = []
    for a, b in bands:
        mine = members.get((a, b), [])
        labels = [[w for w in words if a < (w.top + w.bottom) / 2 <= b] for words in slots.words]
        held.append((a, b, mine, labels, _row_count(mine)))
    total = sum(count for *_, count in held)
    single = sum(1 for *_, count in held if count == 1)
    block.row_ruled = len(held) >= 2 and single >= BLOCKS.ruled_rows * total
    for a, b, mine, labels, count in held:
        if not mine and not any(labels):
            continue
        ruled = block.row_ruled and stretch.grid is not None and count <= 1
        if (
            stretch.grid is not None
            and ruled
            and ((single >= 4 and _is_level(mine)) or _is_filled(b - a, mine, labels))
        ):
            block.rows.append(_ruled_row(mine, labels, slots, stretch.grid, (a + b) / 2))
        else:
            block.rows += split_rows(labels, slots.main, mine)


def _home(
    f: PrintedFigure, bands: list[tuple[float, float]], grid: RuledGrid | None, figures: list[tuple[int, PrintedFigure]]
) -> tuple[float, float]:
    """The band a figure belongs to; in a cell over two bands, the one where the other amounts stand."""
    middle = (f.top + f.bottom) / 2
    at = bisect_left(bands, (middle,)) - 1
    home = bands[at] if at >= 0 and middle <= bands[at][1] else bands[-1]
    cell = grid.cell_at(f.middle, middle) if grid else None
    if cell is None or (home[0] <= cell[1] and cell[3] <= home[1]):
        return home
    over = [(a, b) for a, b in bands if min(b, cell[3]) - max(a, cell[1]) > BLOCKS.over_bands * (b - a)]
    if len(over) != 2 or home not in over:
        return home
    return max(
        over, key=lambda band: sum(1 for _, g in figures if band[0] < (g.top + g.bottom) / 2 <= band[1] and g is not f)
    )


def _is_level(mine: list[tuple[int, PrintedFigure]]) -> bool:
    return len(levels_of(mine)) <= 1


def _is_filled(height: float, mine: list[tuple[int, PrintedFigure]], labels: list[list[Word]]) -> bool:
    """Whether the tallest cell just fills a band: a much higher one is no single row."""
    cells: dict[int, list[Word]] = {}
    for i, f in mine:
        cells.setdefault(i, []).extend(f.words)
    stacks = [sum(line.size for line in lines_of(words)) for words in [*labels, *cells.values()]]
    return height < BLOCKS.filled * (max(stacks, default=0.0) + BLOCKS.padding)


def _row_count(mine: list[tuple[int, PrintedFigure]]) -> int:
    """How many rows the figures between two rules make: one, unless some column holds two numbers."""
    cells: dict[int, list[PrintedFigure]] = {}
    for i, f in mine:
        cells.setdefault(i, []).append(f)
    if all(len(pieced(cell)) == 1 for cell in cells.values()):
        return min(1, len(cells))
    return len(levels_of(mine))


def _ruled_row(
    mine: list[tuple[int, PrintedFigure]], labels: list[list[Word]], slots: LabelSlots, grid: RuledGrid, y: float
) -> TableRow:
    row = TableRow([list(words) for words in labels])
    for i, f in sorted(mine, key=lambda pair: (pair[1].base, pair[1].x0)):
        row.figures.setdefault(i, []).append(f)
    for k, words in enumerate(slots.words):
        cell = grid.cell_at(slots.spans[k][0] + 1, y)  # a long text may run over the next columns
        if cell is None or (k == len(slots.words) - 1 and len(slots.words) == 1):
            continue
        spread = [
            w for w in words if cell[1] < (w.top + w.bottom) / 2 < cell[3] and cell[0] - 2 <= w.middle <= cell[2] + 2
        ]
        if k != slots.main and set(row.slots[k]) < set(spread):
            row.slots[k] = spread
            row.carried.add(k)
    return row
