"""Tables printed side by side on the same lines, as in a balance sheet: assets left, liabilities right.

They show as labels between the amount columns, with as many columns on the one side as on the others and the same
headers over them. Each side becomes a stretch of its own; a title over all belongs to all.
"""

from dataclasses import replace

from sources.pdf.page.lines import Line, segments
from sources.pdf.page.printed_figures import FigureKind
from sources.pdf.page.words import Word
from sources.pdf.settings import BLOCKS
from sources.pdf.table.block import Stretch, slot_of
from sources.pdf.table.columns import FigureColumn, FigureLine, find_columns
from sources.pdf.table.keys import without_keys


def sides(stretch: Stretch) -> tuple[list[Stretch], list[Line]]:
    """The stretch, or its sides and the lines that stand over several."""
    x = _middle(stretch)
    if x is None:
        return [stretch], []
    left: list[FigureLine] = []
    right: list[FigureLine] = []
    over: list[Line] = []
    for row in stretch.rows:
        if _crosses(row, x):
            if any(other.apart for other in left):
                left.append(row)
            else:
                over.append(row.line)
            continue
        for side, mine in (
            (left, [w for w in row.line.words if w.middle < x]),
            (right, [w for w in row.line.words if w.middle >= x]),
        ):
            if mine:
                figures = [f for f in row.figures if (f.middle < x) == (side is left)]
                side.append(FigureLine(Line(mine), figures, [f for f in row.apart if f in figures]))
    parts, inner = sides(replace(stretch, rows=right, first=False))
    return [replace(stretch, rows=left), *parts], over + inner


def _middle(stretch: Stretch) -> float | None:
    """Where the right side begins; None where there are no sides."""
    if sum(1 for row in stretch.rows if _between(row)) < 2:
        return None
    columns = without_keys(stretch.rows, find_columns(stretch.rows, slot_of(stretch.grid, stretch.rows)))
    for count in range(2, BLOCKS.most_sides + 1):
        if len(columns) % count == 0 and columns and (x := _first_end(stretch, columns, len(columns) // count)):
            return x
    return None


def _first_end(stretch: Stretch, columns: list[FigureColumn], wide: int) -> float | None:
    """Where the second of several sides begins that have so many columns each; None where one is no side."""
    parts = [columns[i : i + wide] for i in range(0, len(columns), wide)]
    names = [_named(stretch.rows, part) for part in parts]
    ends = [0.0, *(max(c.x1 for c in part) for part in parts)]
    if any(name != names[0] for name in names) and not _repeat_labels(stretch.rows, parts, ends):
        return None
    labels = [
        _labelled(stretch.rows, part, before, min(c.x0 for c in part))
        for part, before in zip(parts, ends, strict=False)
    ]
    held = labels[1]
    if held is None or any(words is None for words in labels):
        return None
    end, start = ends[1], min(c.x0 for c in parts[1])
    first = min(f.base for c in columns for f in c.figures)
    x = min(w.x0 for w in held) - 1
    heads = [
        piece[0].x0
        for row in stretch.rows
        if row.line.base < first
        for piece in row.line.segments
        if end < piece[0].x0 and piece[-1].x1 < start
    ]
    x = min([x, *(h - 1 for h in heads)])
    return x if x > end else None


def _between(row: FigureLine) -> bool:
    """Whether text stands between the amounts of a line."""
    amounts = [f for f in row.apart if f.kind is FigureKind.MONEY]
    return len(amounts) > 1 and any(
        amounts[0].x1 < w.x0 and w.x1 < amounts[-1].x0 and any(c.isalpha() for c in w.text) for w in row.line.words
    )


def _labelled(rows: list[FigureLine], columns: list[FigureColumn], start: float, end: float) -> list[Word] | None:
    """The first words of the labels between two places, if most rows with amounts in these columns have one."""
    member = {f for column in columns for f in column.figures}
    labels, count = [], 0
    for row in rows:
        mine = [w for w in row.line.words if start < w.x0 and w.x1 < end + 1 and any(c.isalpha() for c in w.text)]
        if any(f in member for f in row.apart):
            count += 1
            labels += mine[:1]
    return labels if len(labels) >= 2 and len(labels) >= BLOCKS.sides_labelled * count else None


def _named(rows: list[FigureLine], columns: list[FigureColumn]) -> list[str]:
    """The texts right over each column."""
    names = []
    for column in columns:
        top = min(f.base for f in column.figures)
        over = [
            w
            for row in rows
            if 0 < top - row.line.base < BLOCKS.sides_header * row.line.size and len(row.line.segments) > 2
            for w in row.line.words
            if column.x0 - 2 < w.middle < column.x1 + 2
        ]
        names.append(" ".join(w.text.lower() for w in over[-1:]))
    return names


def _repeat_labels(rows: list[FigureLine], parts: list[list[FigureColumn]], ends: list[float]) -> bool:
    """Whether the labels of each side are named by the same words: `Clave Concepto Aprobado Clave Concepto Pagado`."""
    named = []
    for part, start in zip(parts, ends, strict=False):
        top, end = min(f.base for c in part for f in c.figures), min(c.x0 for c in part)
        over = [
            [w.text.lower() for w in row.line.words if start < w.x0 and w.x1 < end]
            for row in rows
            if 0 < top - row.line.base < BLOCKS.sides_header * row.line.size
        ]
        named.append(next((words for words in reversed(over) if words), []))
    return bool(named[0]) and all(words == named[0] for words in named)


def _crosses(row: FigureLine, x: float) -> bool:
    return not row.apart and any(piece[0].x0 < x < piece[-1].x1 for piece in segments(row.line.words))
