"""Which row contains which, by the sums: a row that is exactly the sum of its neighbours contains them.

Works on the rows that nothing else has placed yet. A match counts only on all columns at once and with at least two
terms that are not zero, unless the row's own words call it a total.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transforms.grid import Bools, Grid, Ints
from transforms.labels import MEMO, SUBTOTAL
from transforms.text import fold

_MASK = (1 << 64) - 1
# Odd, fixed weights: a weighted sum of a row's columns stands for the whole row, and adds up as the rows do.
_WEIGHTS = [pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) | 1 for n in range(4096)]
# Below a thousand pesos a sum may be right by chance.
_TELLING = 100_000


@dataclass
class Block:
    """The rows of one budget inside a table, with what the sums need to know of each."""

    grid: Grid
    start: int
    stop: int
    total: list[bool]
    parents: list[int]

    def __post_init__(self) -> None:
        rows = slice(self.start, self.stop)
        columns = [n for n, column in enumerate(self.grid.columns) if not column.hidden]
        staged = [n for n in columns if self.grid.columns[n].stage]
        chosen = staged if len(staged) > 1 else columns
        self.columns = columns
        self.values: Ints = np.where(self.grid.readable, self.grid.values, 0)[rows]
        self.has_amounts: Bools = np.asarray(self.grid.readable[rows].any(axis=1))
        self.summable: Bools = ~self.grid.hidden[rows]
        self.memo = [bool(MEMO.search(fold(c.label.name))) for c in self.grid.cells[rows]]
        self.subtotal = [bool(SUBTOTAL.search(fold(c.label.name))) for c in self.grid.cells[rows]]
        self.marks = [
            sum(int(v) * _WEIGHTS[n] for n, v in enumerate(row)) & _MASK for row in self.values[:, chosen].tolist()
        ]
        self.telling = (np.abs(self.values[:, chosen]).max(axis=1, initial=0) >= _TELLING).tolist()
        self.chosen = chosen

    @property
    def size(self) -> int:
        return self.stop - self.start

    def style(self, row: int) -> tuple[float, bool]:
        indent = self.grid.indent[self.start + row]
        return (-1.0 if np.isnan(indent) else round(float(indent)), bool(self.grid.bold[self.start + row]))


def effective(block: Block, parents: Sequence[int]) -> list[int]:
    """The nearest row above each in the tree that prints amounts: a heading without amounts passes its rows on."""
    holders = []
    for row in range(block.size):
        at = parents[row]
        while at >= 0 and not block.has_amounts[at]:
            at = parents[at]
        holders.append(at)
    return holders


def loose_rows(block: Block, parents: Sequence[int]) -> list[int]:
    """Rows with amounts that no row contains yet, in order; informative and hidden ones take no part."""
    holders = effective(block, parents)
    return [
        row for row in range(block.size)
        if holders[row] < 0 and block.has_amounts[row] and block.summable[row] and not block.memo[row]
    ]  # fmt: skip


def place_totals(block: Block, parents: list[int]) -> None:
    """Rows called totals contain the loose rows before them, or after them, that they are the sum of."""
    for row in range(block.size):
        if not (block.total[row] and block.has_amounts[row] and block.summable[row]) or row in parents:
            continue
        loose = loose_rows(block, parents)
        if row not in loose:
            continue
        at = loose.index(row)
        children = _run(block, row, loose[:at][::-1]) or _run(block, row, loose[at + 1 :])
        _adopt(parents, row, children)


def _run(block: Block, row: int, neighbours: Sequence[int]) -> list[int]:
    """The longest run of neighbours, nearest first, that adds up to the row."""
    target, added, best = block.marks[row], 0, 0
    if not target:
        return []
    for count, other in enumerate(neighbours, 1):
        if block.total[other] and block.subtotal[row] and count > 1:
            break
        added = (added + block.marks[other]) & _MASK
        if added == target:
            best = count
    return list(neighbours[:best])


def place_leftover_totals(block: Block, parents: list[int]) -> None:
    """A total that no run adds up to still says what it is: the sum is tried, fails, and is recorded as failing."""
    rows = [row for row in range(block.size) if block.total[row] and block.has_amounts[row] and block.summable[row]]
    for row in rows:
        if row in parents or parents[row] >= 0:
            continue
        loose = loose_rows(block, parents)
        at = loose.index(row) if row in loose else -1
        if at < 0:
            continue
        before = loose[:at]
        last_total = max((n for n, other in enumerate(before) if block.total[other]), default=-1)
        after_first = loose[1:] if at == 0 and row == rows[0] else []
        children = before if row == rows[-1] and at == len(loose) - 1 else before[last_total + 1 :]
        _adopt(parents, row, children or after_first)


def place_sums(block: Block, parents: list[int], backwards: bool) -> None:
    """One pass over the loose rows: a row equal to the run just passed contains it.

    Backwards finds rows above their parts (chapters), forwards rows below them (totals without a word).
    """
    order = loose_rows(block, parents)
    passes = _Pass(block)
    for row in reversed(order) if backwards else order:
        _adopt(parents, row, passes.run_of(row) if not block.total[row] else [])
        passes.push(row)


class _Pass:
    """A stack of loose rows with running sums, so that a row finds in one look the run it is the sum of."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.rows: list[int] = []
        self.running = [0]
        self.heights: dict[int, list[int]] = {0: [0]}

    def push(self, row: int) -> None:
        self.rows.append(row)
        self.running.append((self.running[-1] + self.block.marks[row]) & _MASK)
        self.heights.setdefault(self.running[-1], []).append(len(self.rows))

    def run_of(self, row: int) -> list[int]:
        """Takes the run that the row is the sum of off the stack."""
        block = self.block
        if not block.marks[row] or not block.telling[row]:
            return []
        heights = self.heights.get((self.running[-1] - block.marks[row]) & _MASK, [])
        height = self._height(row, heights)
        if height is None:
            return []
        run = self.rows[height:]
        for at in range(len(self.rows), height, -1):
            self.heights[self.running[at]].pop()
        del self.rows[height:], self.running[height + 1 :]
        return run

    def _height(self, row: int, heights: list[int]) -> int | None:
        """The shortest run of two amounts or more, and beyond it the zero rows that are printed like its rows."""
        best = None
        for height in reversed(heights):
            run = self.rows[height:]
            if best is None:
                if sum(1 for r in run if self.block.marks[r]) < 2:
                    continue
                best = height
            elif all(self.block.style(r) == self.block.style(self.rows[-1]) != self.block.style(row) for r in run):
                best = height
            else:
                break
        return best


def _adopt(parents: list[int], row: int, children: Sequence[int]) -> None:
    above, at = {row}, parents[row]
    while at >= 0:
        above.add(at)
        at = parents[at]
    for child in children:
        # A heading that the child stands under goes along with it, unless the row stands under it too.
        top = child
        while parents[top] >= 0 and parents[top] not in above:
            top = parents[top]
        if top not in above:
            parents[top] = row
