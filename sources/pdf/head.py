"""The head of a block: which of the lines above the first amounts are its title, its header, and headings of rows.

What the header says of each column is put together in `headers`.
"""

from dataclasses import dataclass, field

from sources.pdf.columns import Column
from sources.pdf.grid import Grid
from sources.pdf.headers import Cell
from sources.pdf.lines import Line, around, lines_of, segments
from sources.pdf.words import Word

Span = tuple[float, float]
_FAR = 2.6  # line heights between a header and what it heads


@dataclass(eq=False)
class Head:
    cells: list[Cell] = field(default_factory=list)  # over the amount columns
    labels: list[Word] = field(default_factory=list)  # over the label columns
    title: list[Line] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)  # rows without amounts, under the header


def ruled_head(zone: list[Line], spans: list[Span], grid: Grid, body_top: float) -> Head:
    """The head of a block inside a grid, by its cells."""
    by_cell: dict[tuple[float, ...], list[Word]] = {}
    open_words: list[Word] = []
    for line in zone:
        for word in line.words:
            box = grid.cell_at(word.middle, (word.top + word.bottom) / 2)
            if box is None or box[3] > body_top + word.size:
                open_words.append(word)
            else:
                by_cell.setdefault(box, []).append(word)
    width = grid.box[2] - grid.box[0]
    cells, sides, whole = [], [], []
    for box, words in by_cell.items():
        if box[2] - box[0] >= 0.9 * width and len(grid.xs) > 2 and not _has_several(words, spans):
            whole.append(Cell(box, words, True))
        elif any(min(box[2], end) - max(box[0], start) > 0.5 * min(end - start, box[2] - box[0]) for start, end in spans):
            cells.append(Cell(box, words, True))
        else:
            sides.append(Cell(box, words, True))
    if open_words and not cells:
        return free_head(lines_of(word for line in zone for word in line.words), spans, [], body_top, False)
    head = Head(cells)
    top = min((cell.box[1] for cell in cells), default=body_top)
    bottom = max((cell.box[3] for cell in cells), default=top)
    for cell in sides:
        middle = (cell.words[0].top + cell.words[-1].bottom) / 2
        if cells and top - 1 <= middle <= bottom + 1:
            head.labels += cell.words
        elif middle > bottom:
            head.headings += lines_of(cell.words)
        else:
            head.title += lines_of(cell.words)
    for cell in whole:
        above = cells and cell.words[0].base < bottom
        (head.title if above else head.headings).extend(lines_of(cell.words))
    for line in lines_of(open_words):
        (head.title if line.base < top else head.headings).append(line)
    if not cells and head.headings:
        head.headings = _split_title(head)
    return head


def _split_title(head: Head) -> list[Line]:
    """Without any header the centred lines at the top of a grid are its title, and the rest are rows."""
    return sorted(head.headings, key=lambda line: line.base)


def _has_several(words: list[Word], spans: list[Span]) -> bool:
    for line in lines_of(words):
        over = [s for s in line.segments if any(min(s[-1].x1, b) - max(s[0].x0, a) > 0.5 * (s[-1].x1 - s[0].x0) for a, b in spans)]
        if len(over) > 1 or (len(over) == 1 and len(line.segments) > 1 and len(spans) == 1):
            return True
    return False


def free_head(zone: list[Line], spans: list[Span], boxes: list[Grid], body_top: float, first: bool) -> Head:
    """The head of an unruled block: header lines have texts over the columns that do not come from the label side."""
    head = Head()
    below, pending, closed = body_top, [], False
    top = body_top
    for line in sorted(zone, key=lambda line: -line.base):
        box = next((b for b in boxes if b.holds((line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2)), None)
        over, crossing = _over(line, spans)
        far = below - line.base > _FAR * line.size and not (box and box.box[3] > top - 1)
        if closed or (far and head.cells) or below - line.base > 6 * line.size or (crossing and box is None):
            closed = True
            head.title.append(line)
            continue
        if box is not None:
            _boxed(head, line, box, spans)
        elif over:
            head.cells += [Cell(around(piece), piece, False) for piece in over]
            ids = {id(w) for piece in over for w in piece}
            head.labels += [w for w in line.words if id(w) not in ids]
        elif head.cells:
            if top - line.base > 1.6 * line.size or not _beside(line, spans):
                closed = True
                head.title.append(line)
                continue
            head.labels += line.words
        else:
            pending.append(line)
        if over or box:
            top = line.base
            head.headings += pending
            pending = []
        below = line.base
    if pending:
        (head.headings if head.cells or first else head.title).extend(pending)
    head.title.sort(key=lambda line: line.base)
    head.headings.sort(key=lambda line: line.base)
    return head


def _over(line: Line, spans: list[Span]) -> tuple[list[list[Word]], bool]:
    """The pieces of a line that stand over amount columns, and whether some piece runs in from the label side."""
    left, right = spans[0][0], spans[-1][1]
    first_middle = (spans[0][0] + spans[0][1]) / 2
    over = []
    for piece in segments(line.words, 0.75):
        x0, x1 = piece[0].x0, piece[-1].x1
        if x1 <= left or x0 >= right:
            continue
        if x0 < left - 0.35 * (spans[0][1] - left) and x1 > first_middle:
            return [], True
        if min(x1, right) - max(x0, left) >= 0.5 * (x1 - x0):
            over.append(piece)
    return over, False


def _beside(line: Line, spans: list[Span]) -> bool:
    return line.box[2] <= spans[0][0] + 5


def _boxed(head: Head, line: Line, box: Grid, spans: list[Span]) -> None:
    for word in line.words:
        cell = box.cell_at(word.middle, (word.top + word.bottom) / 2) or around([word])
        over = any(min(cell[2], b) - max(cell[0], a) > 0.5 * min(b - a, cell[2] - cell[0]) for a, b in spans)
        if not over:
            head.labels.append(word)
            continue
        known = next((c for c in head.cells if c.ruled and c.box == cell), None)
        if known:
            known.words.append(word)
        else:
            head.cells.append(Cell(cell, [word], True))


def territories(columns: list[Column], grid: Grid | None, left: float, right: float) -> list[Span]:
    """The stretch of the page that each column answers for: its ruled cell, or halfway to its neighbours."""
    spans = []
    for i, column in enumerate(columns):
        x0 = (columns[i - 1].x1 + column.x0) / 2 if i else max(left, column.x0 - max(25.0, 0.6 * (column.x1 - column.x0)))
        x1 = (column.x1 + columns[i + 1].x0) / 2 if i + 1 < len(columns) else min(right, column.x1 + max(25.0, 0.6 * (column.x1 - column.x0)))
        if grid is not None:
            f = column.figures[len(column.figures) // 2]
            cell = grid.cell_at(f.middle, (f.top + f.bottom) / 2)
            if cell is not None:
                others = [c for c in columns if c is not column and cell[0] < c.edges[1] < cell[2]]
                x0 = cell[0] if not any(c.edges[1] < column.edges[1] for c in others) and _near(cell[0], column, columns, i) else x0
                x1 = cell[2] if not any(c.edges[1] > column.edges[1] for c in others) else x1
        spans.append((x0, x1))
    return spans


def _near(edge: float, column: Column, columns: list[Column], i: int) -> bool:
    """Whether a cell border is the column's own, and not the left border of a cell that holds labels too."""
    return i > 0 or column.x0 - edge < 3 * max(column.x1 - column.x0, 20.0)
