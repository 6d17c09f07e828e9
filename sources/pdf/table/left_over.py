"""Lines of a label that stand in no row with amounts, and may belong to the row above or below them.

In a scan no letter is seen to be bold, and lines lean: which row a line is of is less sure than on a printed page. Where
every row with amounts bears a code, a line without one is a part of a label, and is joined to the row that it reads on to.
A label beside a line that is left may lack it, and is not confirmed by what is printed in its own line; nor is one of
whose lines the row beside it could be the owner.
"""

from itertools import groupby, pairwise
from statistics import median

from sources.pdf.page.lines import Line, lines_of
from sources.pdf.settings import ROWS
from sources.pdf.table.rows import TableRow, begins_row, link_of


def settled(rows: list[TableRow]) -> tuple[list[TableRow], set[int]]:
    """The rows of a scanned table with the lines joined to them that are surely theirs, and the positions of those whose
    label may go on in a line that was left.
    """
    labels = [_lines(row) for row in rows]
    holders = [i for i, row in enumerate(rows) if row.figures and labels[i]]
    if not holders:
        return rows, set()
    seen = _Seen(rows, labels, holders)
    joined, doubted = dict[int, list[int]](), set[int]()
    for is_left, run in groupby(range(len(rows)), lambda i: bool(labels[i]) and not rows[i].figures):
        if is_left:
            seen.settle(list(run), joined, doubted)
    doubted |= {i for above, below in pairwise(holders) for i in (above, below) if seen.is_torn(above, below)}
    gone = {i for mine in joined.values() for i in mine}
    kept = [i for i in range(len(rows)) if i not in gone]
    for i, mine in joined.items():
        for k in range(len(rows[i].slots)):
            rows[i].slots[k] = [word for n in sorted([*mine, i]) for word in rows[n].slots[k]]
    return [rows[i] for i in kept], {kept.index(i) for i in doubted if i not in joined}


class _Seen:
    """What the labels of a table look like: their lines, the step between rows, and whether rows bear codes."""

    def __init__(self, rows: list[TableRow], labels: list[list[Line]], holders: list[int]) -> None:
        self._rows, self._labels, self._holders = rows, labels, set(holders)
        self._right = max(line.box[2] for lines in labels for line in lines)
        self._coded = sum(_is_coded(rows[i]) for i in holders) >= ROWS.coded * len(holders)
        steps = [labels[b][0].base - labels[a][-1].base for a, b in pairwise(holders) if b == a + 1]
        self._pitch = median(steps) if steps else 0.0

    def settle(self, run: list[int], joined: dict[int, list[int]], doubted: set[int]) -> None:
        """Joins a run of rows without amounts to the row below, or tells which rows they may belong to."""
        above, below = run[0] - 1, run[-1] + 1
        up = self._link(above, run[0]) if above in self._holders else None
        down = self._link(run[-1], below) if below in self._holders else None
        parts = self._coded and not any(_is_coded(self._rows[i]) for i in run)
        inner = all((link := self._link(a, b)) is not None and link > 0 for a, b in pairwise(run))
        if parts and inner and down is not None and down > max(0.0, up or 0.0):
            joined[below] = run
            return
        for i, link, begins in ((above, up, run[0]), (below, down, below)):
            if link is not None and (parts or (link > ROWS.unlike and not begins_row(self._labels[begins][0]))):
                doubted.add(i)

    def is_torn(self, above: int, below: int) -> bool:
        """Whether a line of one of two rows with amounts reads on to the other nearly as well as to its own: the last of
        the one above, or the first of the one below. A row does not begin with a small letter.
        """
        between = self._link(above, below) if below == above + 1 else None
        a, b = self._labels[above], self._labels[below]
        within = [
            link_of(lines[0], lines[1], self._pitch, self._right)
            for lines in (a[-2:], b[:2])
            if len(lines) > 1 and not lines[1].text[0].islower()
        ]
        return between is not None and bool(within) and between > max(0.0, min(within) - ROWS.sure)

    def _link(self, above: int, below: int) -> float | None:
        """How much a row reads on to the next one; None where they are too far apart to be one."""
        a, b = self._labels[above][-1], self._labels[below][0]
        near = 0 < b.base - a.base <= ROWS.far * max(a.size, b.size)
        return link_of(a, b, self._pitch, self._right) if near else None


def _lines(row: TableRow) -> list[Line]:
    """The lines of its widest label cell: codes stand apart."""
    cells = [lines_of(words) for words in row.slots if words]
    return max(cells, key=lambda lines: sum(len(line.text) for line in lines), default=[])


def _is_coded(row: TableRow) -> bool:
    """Whether a code is printed before the label, or apart from it."""
    return any(words and any(c.isdigit() for c in lines_of(words)[-1].words[0].text) for words in row.slots)
