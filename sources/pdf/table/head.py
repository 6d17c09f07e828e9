"""The head of a block: which of the lines above the first amounts are its title, its header, and headings of rows.

What the header says of each column is put together in `headers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.pdf.page.grid import RuledGrid
from sources.pdf.page.lines import Line, around, lie_over, lines_of, segments
from sources.pdf.page.rulings import Ruling
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import HEADERS, LINES, RULES
from sources.pdf.table.columns import FigureColumn
from sources.pdf.table.headers import GROUP_WORDS, HeaderCell, parted
from warehouse.schema.lexicon import UNIT_FIRST
from warehouse.schema.text import fold

Span = tuple[float, float]


@dataclass(eq=False)
class TableHead:
    """What stands over the amounts of a block, and what for."""

    cells: list[HeaderCell] = field(default_factory=list)  # over the amount columns
    labels: list[HeaderCell] = field(default_factory=list)  # over the label columns
    title: list[Line] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)  # rows without amounts, under the header
    box: RuledGrid | None = None  # the ruled header over an unruled body

    @property
    def label_borders(self) -> list[float]:
        """The x of the rules that part the header of an unruled body, or the label cells of a ruled one."""
        if self.box is not None:
            return self.box.xs
        cells = sorted(cell.box for cell in self.labels if cell.ruled)
        return sorted({b[0] for a, b in pairwise(cells) if abs(a[2] - b[0]) <= RULES.touch})


def ruled_head(
    zone: list[Line], spans: list[Span], columns: list[FigureColumn], grid: RuledGrid, body_top: float
) -> TableHead:
    """The head of a block inside a grid, by its cells."""
    by_cell, open_words = _by_cell(zone, grid, body_top)
    width = grid.box[2] - grid.box[0]
    cells, sides, whole = [], [], []
    for box, words in by_cell.items():
        if box[2] - box[0] >= HEADERS.whole * width and len(grid.xs) > 2 and not _has_several(words, spans):
            whole.append(HeaderCell(box, words, True))
        elif _lies_over(box, spans):
            cells.append(HeaderCell(box, words, True))
        else:
            sides.append(HeaderCell(box, words, True))
    if open_words and not cells:
        return _open_head(zone, open_words, spans, columns, grid, body_top)
    # A text over most of the labels and the amounts too heads the rows below it; the header itself is narrower.
    reach = (grid.box[0] + spans[0][0]) / 2
    wide = [c for c in cells if c.box[0] < reach and c.box[2] > spans[0][1] - 3 and not _has_several(c.words, spans)]
    if len(wide) < len(cells):
        cells, whole = [c for c in cells if c not in wide], whole + wide
    for cell in cells:
        cell.box = _spread(cell, by_cell, grid)
    return _told_apart(cells, sides, whole, open_words, body_top)


def _by_cell(zone: list[Line], grid: RuledGrid, body_top: float) -> tuple[dict[Box, list[Word]], list[Word]]:
    """The words of each cell above the amounts, and those in cells that reach down to the amounts, or in none."""
    by_cell: dict[Box, list[Word]] = {}
    open_words: list[Word] = []
    for word in [word for line in zone for word in line.words]:
        box = grid.cell_at(word.middle, (word.top + word.bottom) / 2)
        if box is None or box[3] > body_top:
            open_words.append(word)
        else:
            by_cell.setdefault(box, []).append(word)
    return by_cell, open_words


def _lies_over(box: Box, spans: list[Span]) -> bool:
    """Whether a cell stands over one of the columns."""
    return any(
        min(box[2], end) - max(box[0], start) > HEADERS.in_cell * min(end - start, box[2] - box[0])
        for start, end in spans
    )


def _told_apart(
    cells: list[HeaderCell], sides: list[HeaderCell], whole: list[HeaderCell], open_words: list[Word], body_top: float
) -> TableHead:
    """The head of header cells: what stands beside them heads the labels, what stands above is title, and below a row."""
    head = TableHead(cells)
    top = min((cell.box[1] for cell in cells), default=body_top)
    bottom = max((cell.box[3] for cell in cells), default=top)
    for cell in sides:
        middle = (cell.words[0].top + cell.words[-1].bottom) / 2
        if cells and top - 1 <= middle <= bottom + 1:
            head.labels.append(cell)
        elif middle > bottom:
            head.headings += lines_of(cell.words)
        else:
            head.title += lines_of(cell.words)
    for cell in whole:
        above = cells and cell.words[0].base < bottom
        (head.title if above else head.headings).extend(lines_of(cell.words))
    for line in lines_of(open_words):
        (head.title if line.base < top else head.headings).append(line)
    head.headings.sort(key=lambda line: line.base)
    return head


def _open_head(
    zone: list[Line],
    open_words: list[Word],
    spans: list[Span],
    columns: list[FigureColumn],
    grid: RuledGrid,
    body_top: float,
) -> TableHead:
    """The head of a ruled block without header cells: texts over its amounts, in cells as tall as the columns.

    Without such texts the block goes on from the page before, and what stands above its first amounts in cells is the
    begin of its first row.
    """
    words = [word for line in zone for word in line.words]
    if any(start < word.middle < end for word in open_words for start, end in spans):
        return free_head(lines_of(words), spans, columns, [], body_top, False)
    inside = {w for w in words if grid.cell_at(w.middle, (w.top + w.bottom) / 2)}
    head = free_head(lines_of(w for w in words if w not in inside), spans, columns, [], body_top, False)
    head.headings = sorted(head.headings + lines_of(w for w in words if w in inside), key=lambda line: line.base)
    return head


def _spread(cell: HeaderCell, filled: Mapping[Box, object], grid: RuledGrid) -> Box:
    """The box of a lone text centred on empty cells beside its own, over the texts of all of them: it heads the group,
    although rules are drawn through it.
    """
    x0, top, x1, bottom = cell.box
    y, ends = (top + bottom) / 2, []
    for x, edge, step in ((x0, 0, -2.0), (x1, 2, 2.0)):
        reach = [x]
        while (box := grid.cell_at(reach[-1] + step, y)) and box[1] == top and box[3] == bottom and box not in filled:
            if grid.cell_at((box[0] + box[2]) / 2, bottom + 2) not in filled:
                break
            reach.append(box[edge])
        ends.append(reach)
    left, _, right, _ = around(cell.words)
    size = cell.words[0].size
    centred = [(a, b) for a in ends[0] for b in ends[1] if abs(a + b - left - right) < HEADERS.centred * size]
    if len(ends[0]) == 1 or len(ends[1]) == 1 or not centred:
        return cell.box
    a, b = max(centred, key=lambda pair: pair[1] - pair[0])
    return a, top, b, bottom


def _has_several(words: list[Word], spans: list[Span]) -> bool:
    for line in lines_of(words):
        over = [
            s
            for s in line.segments
            if any(min(s[-1].x1, b) - max(s[0].x0, a) > 0.5 * (s[-1].x1 - s[0].x0) for a, b in spans)
        ]
        if len(over) > 1 or (len(over) == 1 and len(line.segments) > 1 and len(spans) == 1):
            return True
    return False


def free_head(
    zone: list[Line],
    spans: list[Span],
    columns: list[FigureColumn],
    boxes: list[RuledGrid],
    body_top: float,
    first: bool,
    across: list[Ruling] | None = None,
) -> TableHead:
    """The head of an unruled block: header lines have texts over the columns that do not come from the label side."""
    if (box := _header_box(zone, spans, boxes)) is not None:
        return boxed_head(zone, spans, box)
    head = TableHead()
    below, top, closed = body_top, body_top, False
    pending: list[Line] = []
    for line in sorted(zone, key=lambda line: -line.base):
        over, crossing = _over(line, spans, columns)
        if closed or crossing or _ends_head(line, below, head, zone, spans, across or []):
            closed = True
            head.title.append(line)
            continue
        if over:
            head.cells += [HeaderCell(around(piece), piece, False) for piece in over]
            heading = {w for piece in over for w in piece}
            head.labels += _pieces([w for w in line.words if w not in heading])
            head.headings += pending
            top, pending = line.base, []
        elif not head.cells:
            pending.append(line)
        elif closed := _is_apart(line, top, spans):
            head.title.append(line)
            continue
        else:
            head.labels += _pieces(line.words)
        below = line.base
    if pending:
        (head.headings if head.cells or first else head.title).extend(pending)
    head.title.sort(key=lambda line: line.base)
    head.headings.sort(key=lambda line: line.base)
    return head


def _is_apart(line: Line, top: float, spans: list[Span]) -> bool:
    """Whether a line over no column stands too far above the header texts, or reaches over the columns, to name labels."""
    step = HEADERS.step if len(spans) > 1 else HEADERS.lone_step
    return top - line.base > step * line.size or line.box[2] > spans[0][0] + 5


def _ends_head(
    line: Line, below: float, head: TableHead, zone: list[Line], spans: list[Span], across: list[Ruling]
) -> bool:
    """Whether a line stands over the header and not in it: a title, far above what was taken, or beyond a rule."""
    gap = below - line.base
    if _is_title(line, below, head, zone) or gap > HEADERS.farthest * line.size:
        return True
    return bool(head.cells) and (gap > HEADERS.far * line.size or _ruled_off(line, below, zone, spans, across))


def _is_title(line: Line, below: float, head: TableHead, zone: list[Line]) -> bool:
    """A lone text over the header that tells the unit, is set in another size, or is centred on the whole table."""
    if not head.cells or len(line.segments) > 1 or GROUP_WORDS.match(line.text):
        return False
    if UNIT_FIRST.match(fold(line.text)):
        return True
    size = min(c.words[0].size for c in head.cells)
    if below - line.base <= HEADERS.title_gap * line.size:
        return False
    left, right = min(other.box[0] for other in zone), max(c.box[2] for c in head.cells)
    centred = abs(line.box[0] + line.box[2] - left - right) < HEADERS.centred_title * line.size
    return centred or line.size > HEADERS.title_size * size


def _ruled_off(line: Line, below: float, zone: list[Line], spans: list[Span], across: list[Ruling]) -> bool:
    """Whether a rule as wide as the table runs under a line: then it is no part of the header below."""
    left = min(other.box[0] for other in zone)
    right = spans[-1][1]
    return any(
        line.base - HEADERS.ruled_off_above * line.size < rule.at < below - HEADERS.ruled_off_below * line.size
        and min(rule.end, right) - max(rule.start, left) >= HEADERS.ruled_off * (right - left)
        for rule in across
    )


def _header_box(zone: list[Line], spans: list[Span], boxes: list[RuledGrid]) -> RuledGrid | None:
    """The lowest ruled box over the block whose cells hold texts over at least half of the columns."""
    best = None
    for box in boxes:
        words = [w for line in zone for w in line.words if box.holds(w.middle, (w.top + w.bottom) / 2)]
        named = sum(any(start < w.middle < end for w in words) for start, end in spans)
        if named >= 0.5 * len(spans) and (best is None or box.box[1] > best.box[1]):
            best = box
    return best


def boxed_head(zone: list[Line], spans: list[Span], box: RuledGrid) -> TableHead:
    """The head of a block whose header stands in a ruled box of its own."""
    head = TableHead(box=box)
    for line in zone:
        inside = [w for w in line.words if box.holds(w.middle, (w.top + w.bottom) / 2)]
        if len(inside) * 2 >= len(line.words):
            _into_cells(head, line, box, spans)
        elif line.base > box.box[3]:
            head.headings.append(line)
        else:
            head.title.append(line)
    return head


def _over(line: Line, spans: list[Span], columns: list[FigureColumn]) -> tuple[list[list[Word]], bool]:
    """The pieces of a line that stand over amount columns, and whether some piece runs in from the label side."""
    left, right = spans[0][0], spans[-1][1]
    first_middle = (spans[0][0] + spans[0][1]) / 2
    over = []
    justified = (
        len(spans) <= 2
        and len(line.words) > 3
        and max(b.x0 - a.x1 for a, b in pairwise(line.words)) < HEADERS.justified * line.size
    )
    if (
        justified
        and line.words[0].x0 < left - HEADERS.from_labels * (spans[0][1] - left)
        and line.words[-1].x1 > first_middle
    ):
        return [], True
    for piece in parted(line.words, columns):
        x0, x1 = piece[0].x0, piece[-1].x1
        if x1 <= left or x0 >= right:
            continue
        if x0 < left - HEADERS.from_labels * (spans[0][1] - left) and x1 > first_middle:
            return [], True
        if min(x1, right) - max(x0, left) >= 0.5 * (x1 - x0):
            over.append(piece)
    covered = [
        span
        for span in spans
        for piece in over
        if min(span[1], piece[-1].x1) - max(span[0], piece[0].x0) > HEADERS.in_span * (span[1] - span[0])
    ]
    if len(over) == 1 and len(over[0]) > 3 and len(covered) > 1 and len(over[0]) == len(line.words):
        return [], True  # a title centred over the columns
    return over, False


def _pieces(words: list[Word]) -> list[HeaderCell]:
    return [HeaderCell(around(piece), piece, False) for piece in segments(words, LINES.header_gap)]


def _into_cells(head: TableHead, line: Line, box: RuledGrid, spans: list[Span]) -> None:
    for word in line.words:
        cell = box.cell_at(word.middle, (word.top + word.bottom) / 2) or around([word])
        labelled = not _lies_over(cell, spans) or (
            cell[0] < spans[0][0] - 0.5 * (spans[0][1] - spans[0][0]) and word.x1 < spans[0][0]
        )
        cells = head.labels if labelled else head.cells
        begun = next((c for c in cells if c.box == cell), None)
        if begun:
            begun.words.append(word)
        else:
            cells.append(HeaderCell(cell, [word], True))


def take_spilled(head: TableHead, below: list[Line]) -> set[Word]:
    """Header words printed over the first row because their cell is too low: they lie on other words, and the content
    of the page goes on to them from the header. Gives the words that were taken into the header.
    """
    last = {cell.words[-1].order: cell for cell in head.cells + head.labels}
    spilled: set[Word] = set()
    covering = [w for line in below[:2] for a, b in pairwise(line.words) if lie_over(a, b) for w in (a, b)]
    for word in sorted(covering, key=lambda w: w.order):
        cell = last.get(word.order - 1)
        if cell is not None and cell.box[0] <= word.middle <= cell.box[2]:
            cell.words.append(word)
            last[word.order] = cell
            spilled.add(word)
    return spilled


def take_broken(head: TableHead, below: list[Line]) -> None:
    """The rest of label headers that a narrow column broke, even inside a word, printed lower than the header's last
    line: set as the header and in another size than the rows, each under the text that it ends.
    """
    usual = median(w.size for line in below for w in line.words)
    pieces = [piece for line in head.headings for piece in line.segments]
    broken = any(piece[0].text[0].islower() for piece in pieces)
    under = all(any(_ends(piece, cell.words[-1]) for cell in head.labels) for piece in pieces)
    if broken and under and all(abs(w.size - usual) > HEADERS.broken_size * usual for piece in pieces for w in piece):
        head.labels += [HeaderCell(around(piece), piece, False) for piece in pieces]
        head.headings = []


def _ends(piece: list[Word], last: Word) -> bool:
    """Whether a text stands as the next line under a word, centred on it or under its begin."""
    first = piece[0]
    alike = abs(first.size - last.size) < HEADERS.broken_size * last.size and first.bold == last.bold
    middle = (piece[0].x0 + piece[-1].x1) / 2
    under = abs(middle - last.middle) < HEADERS.broken_edge * last.size or abs(first.x0 - last.x0) < 1
    return alike and under and 0 < first.base - last.base < HEADERS.broken_step * last.size


def territories(columns: list[FigureColumn], grid: RuledGrid | None, left: float, right: float) -> list[Span]:
    """The stretch of the page that each column answers for: its ruled cell, or halfway to its neighbours."""
    spans = []
    for i, column in enumerate(columns):
        x0 = (
            (columns[i - 1].x1 + column.x0) / 2
            if i
            else max(left, column.x0 - max(HEADERS.least_reach, HEADERS.reach * (column.x1 - column.x0)))
        )
        x1 = (
            (column.x1 + columns[i + 1].x0) / 2
            if i + 1 < len(columns)
            else min(right, column.x1 + max(HEADERS.least_reach, HEADERS.reach * (column.x1 - column.x0)))
        )
        if grid is not None:
            f = column.figures[len(column.figures) // 2]
            cell = grid.cell_at(f.middle, (f.top + f.bottom) / 2)
            if cell is not None:
                others = [c for c in columns if c is not column and cell[0] < c.edges[1] < cell[2]]
                x0 = (
                    cell[0]
                    if not any(c.edges[1] < column.edges[1] for c in others) and (i or _is_near(cell[0], column))
                    else x0
                )
                x1 = cell[2] if not any(c.edges[1] > column.edges[1] for c in others) else x1
        spans.append((x0, x1))
    return spans


def _is_near(edge: float, column: FigureColumn) -> bool:
    """Whether a cell border is the first column's own, and not the left border of a cell that holds labels too."""
    return column.x0 - edge < HEADERS.near_border * max(column.x1 - column.x0, HEADERS.least_width)
