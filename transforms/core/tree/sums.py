"""Which row contains which, by the sums: a row that is exactly the sum of its neighbours contains them.

Works on the rows that nothing else has placed yet. A match counts only on all columns at once and with at least two
terms that are not zero, unless the row's own words call it a total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from transforms.core.arrays import Ints
from transforms.core.grid import PrintedGrid, sums_by
from transforms.words.labels import MEMO, is_called
from warehouse.schema.lexicon import SUBTOTAL

_MASK = (1 << 64) - 1
# Odd, fixed weights: a weighted sum of a row's columns stands for the whole row, and adds up as the rows do.
_WEIGHTS = np.array([pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) | 1 for n in range(4096)], dtype=np.uint64)
# Below a thousand pesos a sum may be right by chance.
_TELLING = 100_000


@dataclass
class BudgetRows:
    """The rows of one budget inside a table, with what the sums need to know of each."""

    grid: PrintedGrid
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
        self.values: Ints = self.grid.summed[rows]
        # Lists, because the loops below ask for one row at a time.
        self.has_amounts: list[bool] = np.asarray(self.grid.readable[rows].any(axis=1)).tolist()
        self.summable: list[bool] = (~self.grid.hidden[rows]).tolist()
        self.memo = [is_called(MEMO, c.label.name) for c in self.grid.cells[rows]]
        self.subtotal = [is_called(SUBTOTAL, c.label.name) for c in self.grid.cells[rows]]
        taking_part = zip(self.has_amounts, self.summable, self.memo, strict=True)
        self.counted = [row for row, (some, seen, memo) in enumerate(taking_part) if some and seen and not memo]
        weighted = self.values[:, chosen].astype(np.uint64) * _WEIGHTS[: len(chosen)]
        self.marks: list[int] = weighted.sum(axis=1, dtype=np.uint64).tolist()
        self.telling = (np.abs(self.values[:, chosen]).max(axis=1, initial=0) >= _TELLING).tolist()
        self.chosen = chosen

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.stop - self.start

    def style(self, row: int) -> tuple[float, bool]:
        """How a row is printed: its indent, -1 where none is known, and whether it is bold."""
        indent = self.grid.indent[self.start + row]
        return (-1.0 if np.isnan(indent) else round(float(indent)), bool(self.grid.bold[self.start + row]))


def effective(block: BudgetRows, parents: Sequence[int]) -> list[int]:
    """The nearest row above each in the tree that prints amounts: a heading without amounts passes its rows on."""
    has_amounts = block.has_amounts
    return [at if at < 0 or has_amounts[at] else _beyond_headings(block, parents, at) for at in parents]


def _beyond_headings(block: BudgetRows, parents: Sequence[int], at: int) -> int:
    while at >= 0 and not block.has_amounts[at]:
        at = parents[at]
    return at


def sums_of(block: BudgetRows, holders: Sequence[int]) -> tuple[Ints, list[int]]:
    """What the rows inside each row add up to, and the rows that have any inside."""
    rows = [r for r in block.counted if holders[r] >= 0]
    at = np.array([holders[r] for r in rows], dtype=np.int64)
    return sums_by(at, block.values[rows], block.size), sorted(set(at.tolist()))


def loose_rows(block: BudgetRows, parents: Sequence[int]) -> list[int]:
    """Rows with amounts that no row contains yet, in order; informative and hidden ones take no part."""
    holders = effective(block, parents)
    return [row for row in block.counted if holders[row] < 0]


def place_totals(block: BudgetRows, parents: list[int]) -> None:
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


def _run(block: BudgetRows, row: int, neighbours: Sequence[int]) -> list[int]:
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


def fill_gaps(block: BudgetRows, parents: list[int]) -> None:
    """A loose row among the children of a row belongs to it, if that is just what its sum lacks."""
    holders = effective(block, parents)
    holding = {holders[row] for row in block.counted}
    loose = {r for r in block.counted if holders[r] < 0 and not block.total[r] and r not in holding}
    if not loose:
        return
    added, with_children = sums_of(block, holders)
    for row in with_children:
        lacking = block.values[row] - added[row]
        if not lacking.any():
            continue
        last = max(child for child, parent in enumerate(parents) if parent == row)
        stop = next((r for r in with_children if r > last), block.size)
        near = [r for r in range(row + 1, stop) if r in loose]
        inside = sum(1 for r in near if r <= last)
        runs = [near[:count] for count in range(max(inside, 1), len(near) + 1)]
        gap = next((g for g in (*runs, *([r] for r in near)) if (block.values[g].sum(axis=0) == lacking).all()), [])
        _adopt(parents, row, gap)
        loose -= set(gap)


def with_only_children(block: BudgetRows, parents: list[int]) -> list[int]:
    """Where a total does not add up: a row that repeats the one before it is its only part, if the totals then do.

    First only where the two look different: two details of one amount look alike, a body and its programme do not.
    """
    holders = effective(block, parents)
    waiting = [
        row for row in range(block.size)
        if block.total[row] and block.has_amounts[row] and holders[row] < 0 and row not in holders
    ]  # fmt: skip
    if not waiting:
        return parents
    printed = [row for row in range(block.size) if block.has_amounts[row] and block.summable[row]]
    loose = set(loose_rows(block, parents))
    repeated = [
        (before, row) for before, row in pairwise(printed)
        if block.marks[row] == block.marks[before] != 0 and row in loose and before not in holders and not block.total[row]
    ]  # fmt: skip
    different = [(before, row) for before, row in repeated if _look(block, row) != _look(block, before)]
    gap = _gap(block, parents, waiting)
    # Where a misprint keeps the total from holding, coming close is enough for rows that look different.
    for pairs, enough in ((different, gap / 10), (repeated, 0)):
        tried = list(parents)
        for before, row in pairs:
            _adopt(tried, before, [row])
        place_sums(block, tried, backwards=True)
        place_totals(block, tried)
        if pairs and _gap(block, tried, waiting) <= enough:
            return tried
    return parents


def place_beside_unreadable(block: BudgetRows, parents: list[int]) -> None:
    """Rows printed alike around an unreadable amount belong to the row before them, as others of their look do.

    No sum can place them: it lacks what cannot be read. The other rows of the table show which look contains which.
    """
    lost = block.grid.unreadable[block.start : block.stop].any(axis=1)
    if not lost.any():
        return
    looks = [_look_of_code(block, row) for row in range(block.size)]
    inside = {(looks[parent], looks[row]) for row, parent in enumerate(parents) if parent >= 0}
    for row in np.flatnonzero(lost).tolist():
        if parents[row] >= 0:
            continue
        start, stop = row, row + 1
        while start > 0 and looks[start - 1] == looks[row]:
            start -= 1
        while stop < block.size and looks[stop] == looks[row]:
            stop += 1
        run, holder = range(start, stop), start - 1
        free = all(parents[r] < 0 for r in run) and holder >= 0 and holder not in parents
        if free and block.has_amounts[holder] and (looks[holder], looks[row]) in inside:
            _adopt(parents, holder, run)


def place_left_out(block: BudgetRows, parents: list[int]) -> None:
    """A row that a total leaves out, and that the counted rows right after it add up to, contains those rows.

    No sum changes: both print the same, and without this the amount would stand twice among the details. Under a heading
    without amounts nothing is left out: rows of one fee each are no parts of one another.
    """
    for row in reversed(loose_rows(block, parents)):
        if block.total[row] or row in parents or not block.marks[row]:
            continue
        following = next((r for r in range(row + 1, block.size) if block.has_amounts[r]), -1)
        held = following >= 0 and effective(block, parents)[following] >= 0
        above = parents[following] if held else -1
        after = [r for r in range(row + 1, block.size) if above >= 0 and parents[r] == above and not block.total[r]]
        added = 0
        for count, other in enumerate(after, 1):
            added = (added + block.marks[other]) & _MASK
            if added == block.marks[row]:
                _move_under(parents, row, after[:count])
                break


def _move_under(parents: list[int], row: int, children: Sequence[int]) -> None:
    parents[row] = parents[children[0]]
    for child in children:
        parents[child] = row


def _distance(block: BudgetRows, row: int, run: Sequence[int]) -> int:
    return int(np.abs(block.values[row] - block.values[run].sum(axis=0)).sum())


def _gap(block: BudgetRows, parents: list[int], totals: Sequence[int]) -> int:
    """By how much the totals fail when they take all that is loose."""
    tried = list(parents)
    place_leftover_totals(block, tried)
    added, _ = sums_of(block, effective(block, tried))
    return int(np.abs(block.values[totals] - added[totals]).sum())


def _look(block: BudgetRows, row: int) -> tuple[tuple[float, bool], str, int]:
    label = block.grid.cells[block.start + row].label
    return block.style(row), label.scheme, len(label.code or "")


def _look_of_code(block: BudgetRows, row: int) -> object:
    """How a row is printed, by its code where it has one: the margins of odd and even pages differ."""
    label = block.grid.cells[block.start + row].label
    return (label.scheme, len(label.code)) if label.code else block.style(row)


def place_leftover_totals(block: BudgetRows, parents: list[int]) -> None:
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
        options = [run for run in (before[last_total + 1 :], before, after_first) if run]
        # A 'gran total' of one total adds up other tables too: it is no sum of this one.
        options = [run for run in options if len(run) > 1 or not block.total[run[0]]]
        _adopt(parents, row, min(options, key=lambda run: _distance(block, row, run), default=[]))


def place_sums(block: BudgetRows, parents: list[int], backwards: bool) -> None:
    """One pass over the loose rows: a row equal to the run just passed contains it.

    Backwards finds rows above their parts (chapters), forwards rows below them (totals without a word).
    """
    loose = set(loose_rows(block, parents))
    if len(loose) < 2:
        return  # a run has two amounts at least
    containing = set(effective(block, parents))
    passes = _Pass(block)
    for row in reversed(block.counted) if backwards else block.counted:
        # A row that is placed already may still contain loose ones, if nothing else is inside it.
        if not block.total[row] and row not in containing and (run := passes.run_of(row)):
            _adopt(parents, row, run)
        if row in loose:
            passes.push(row)


class _Pass:
    """A stack of loose rows with running sums, so that a row finds in one look the run it is the sum of."""

    def __init__(self, block: BudgetRows) -> None:
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
