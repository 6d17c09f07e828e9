"""The tree of a table: parent, depth and kind of every row.

Evidence is tried in order of trust (`printed`), then the sums place what is left (`sums`). Evidence that the
sums refute is dropped: a flat table that proves nothing is better than a tree that is wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.core.grid import PrintedGrid
from transforms.core.tree import printed as evidence
from transforms.core.tree.sums import (
    BudgetRows,
    effective,
    fill_gaps,
    loose_rows,
    place_beside_unreadable,
    place_left_out,
    place_leftover_totals,
    place_sums,
    place_totals,
    sums_of,
    with_only_children,
)


@dataclass
class Tree:
    """By row of the table: `parents` and `holders` (the nearest parent that prints amounts), -1 for none."""

    parents: list[int]
    holders: list[int]
    depths: list[int]
    kinds: list[str]
    total: list[bool]


def build(grid: PrintedGrid) -> Tree:
    """The tree of every block of the table."""
    tree = Tree([], [], [], [], [evidence.is_total(cells) for cells in grid.cells])
    for start, stop in grid.blocks:
        block = BudgetRows(grid, start, stop, tree.total[start:stop], [])
        parents = _parents(block)
        holders = effective(block, parents)
        tree.kinds += _kinds(block, parents, holders)
        parents = _under_headings(block, parents)
        tree.parents += [parent + start if parent >= 0 else -1 for parent in parents]
        tree.holders += [holder + start if holder >= 0 else -1 for holder in holders]
        tree.depths += _depths(parents)
    return tree


def _parents(block: BudgetRows) -> list[int]:
    """What is printed decides where the sums allow it; otherwise the sums, helped by indent and bold."""
    rows = slice(block.start, block.stop)
    cells, codes = block.grid.cells[rows], block.grid.codes[rows]
    levels = evidence.by_levels(cells)
    if levels:
        return _completed(block, levels)
    coded = evidence.by_classifier(codes)
    labelled = _best(
        block, (lambda: coded, lambda: evidence.by_numbering(cells), lambda: evidence.by_printed_codes(cells))
    )
    if labelled and labelled.settled:
        return labelled.parents
    flat = [-1] * block.size
    indent, bold = block.grid.indent[rows], block.grid.bold[rows]
    shown = _best(block, (lambda: flat, lambda: evidence.by_indent(indent), lambda: evidence.by_bold(bold)))
    believed = coded or (labelled and (labelled.margin > 0 or labelled.neutral))
    if labelled and believed and not (shown and shown.margin > labelled.margin and _has_gaps(block, codes)):
        return labelled.parents
    return shown.parents if shown else flat


def _has_gaps(block: BudgetRows, codes: Sequence[str | None]) -> bool:
    """Whether rows between coded ones have amounts and no code, as where a government merges two concepts.

    The tree by codes puts those rows in the wrong place. Where every row has its code, codes that do not add up are an
    error of the source, and no other tree may explain it away.
    """
    for row in range(block.size):
        printed = block.grid.cells[block.start + row].label.code
        if codes[row] is None and printed is None and block.has_amounts[row] and not block.total[row]:
            return True
    return False


@dataclass(frozen=True)
class _Candidate:
    """A tree, and how many sums of parents hold and fail in it. `settled` leaves nothing open and fails nothing."""

    parents: list[int]
    passed: int
    failed: int
    loose: int

    @property
    def margin(self) -> int:
        return self.passed - self.failed

    @property
    def settled(self) -> bool:
        return self.passed > 0 and not self.failed and self.loose <= 1

    @property
    def neutral(self) -> bool:
        return self.passed == self.failed == 0


def _best(block: BudgetRows, readings: Sequence[Callable[[], list[int] | None]]) -> _Candidate | None:
    """The first tree that is settled; else the one with the most sums that hold, less those that fail."""
    candidates: list[_Candidate] = []
    for read in readings:
        tree = read()
        if not tree:
            continue
        completed = _completed(block, _freed(block, tree))
        candidate = _Candidate(completed, *_score(block, completed), len(loose_rows(block, completed)))
        if candidate.settled:
            return candidate
        candidates.append(candidate)
    return max(candidates, key=lambda candidate: candidate.margin, default=None)


def _freed(block: BudgetRows, parents: Sequence[int]) -> list[int]:
    """A total stands apart, whatever its code or style: the sums say what it contains and what contains it."""
    return [-1 if total else parent for parent, total in zip(parents, block.total, strict=True)]


def _score(block: BudgetRows, parents: Sequence[int]) -> tuple[int, int]:
    """How many sums of parents, by column, hold and fail; sums of zeros say nothing."""
    holders = effective(block, parents)
    added, has_children = sums_of(block, holders)
    printed = block.values[has_children]
    not_zero = (printed != 0) | (added[has_children] != 0)
    shown = block.grid.readable[block.start : block.stop][has_children]
    holds = printed == added[has_children]
    return int((holds & not_zero & shown).sum()), int((~holds & not_zero & shown).sum())


def _completed(block: BudgetRows, printed: Sequence[int]) -> list[int]:
    """What the evidence says, repaired where the sums show siblings instead of children, and the rest by sums."""
    parents = list(printed)
    _raise_false_children(block, parents)
    place_totals(block, parents)
    before = None
    while before != parents:
        before = list(parents)
        place_sums(block, parents, backwards=True)
        place_sums(block, parents, backwards=False)
        place_totals(block, parents)
        fill_gaps(block, parents)
        place_beside_unreadable(block, parents)
    parents = with_only_children(block, parents)
    place_leftover_totals(block, parents)
    place_left_out(block, parents)
    return parents


def _raise_false_children(block: BudgetRows, parents: list[int]) -> None:
    """3611 stands beside 3610 in some laws, not inside it: where that makes the concept's sum hold, it moves up.

    So it does when 3610 prints zero and the concept's sum comes closer: then the law itself does not add up.
    """
    added, with_children = sums_of(block, effective(block, parents))
    fails = (block.values != added).any(axis=1).tolist()
    above = {parents[r] for r in with_children if parents[r] >= 0 and fails[r]}
    depths = _depths(parents) if above else []
    for row in sorted(above, key=lambda r: -depths[r]):
        wrong = [r for r in with_children if parents[r] == row and (block.values[r] != added[r]).any()]
        if not wrong or not block.has_amounts[row]:
            continue
        lacking = block.values[row] - added[row]
        empty = [r for r in wrong if not block.values[r].any()]
        for inner in (wrong, empty):
            extra = added[inner].sum(axis=0)
            closer = inner is empty and inner and (np.abs(lacking - extra) < np.abs(lacking))[lacking != 0].all()
            if (lacking == extra).all() or (closer and lacking.any()):
                parents[:] = [row if parent in inner else parent for parent in parents]
                added, with_children = sums_of(block, effective(block, parents))
                break


def _under_headings(block: BudgetRows, parents: list[int]) -> list[int]:
    """A heading without amounts that stands out contains the rows after it, up to the next heading or total."""
    result, heading, inside = list(parents), -1, -2
    has_children = set(parents)
    for row in range(block.size):
        name = block.grid.cells[block.start + row].label.name
        if (
            not block.has_amounts[row]
            and row not in has_children
            and name
            and not block.grid.printed[block.start + row].any()
        ):
            heading, inside = row, parents[row]
        elif block.total[row]:
            heading = -1
        elif heading >= 0 and parents[row] in (inside, -1) and _stands_out(block, heading, row):
            result[row] = heading
            if result[heading] < 0:
                result[heading] = parents[row]
    return result


def _stands_out(block: BudgetRows, heading: int, row: int) -> bool:
    (edge, bold), (inner, light) = block.style(heading), block.style(row)
    return (bold and not light) or edge + 2 <= inner


def _kinds(block: BudgetRows, parents: Sequence[int], holders: Sequence[int]) -> list[str]:
    containing = {p for p in (*parents, *holders) if p >= 0}
    roots = [r for r in range(block.size) if holders[r] < 0 and block.has_amounts[r] and not block.memo[r]]
    return [
        "memo" if block.memo[row]
        else _kind_of_container(block, row, holders, roots) if row in containing
        else "total" if block.total[row] and not block.subtotal[row]
        else "subtotal" if block.subtotal[row]
        else "detail"
        for row in range(block.size)
    ]  # fmt: skip


def _kind_of_container(block: BudgetRows, row: int, holders: Sequence[int], roots: Sequence[int]) -> str:
    whole = holders[row] < 0 and block.has_amounts[row] and (block.total[row] or list(roots) == [row])
    return "total" if whole and not block.subtotal[row] else "subtotal"


def _depths(parents: Sequence[int]) -> list[int]:
    depths: dict[int, int] = {-1: -1}

    def depth(row: int) -> int:
        path = []
        while row not in depths:
            path.append(row)
            row = parents[row]
        for step in reversed(path):
            depths[step] = depths[parents[step]] + 1
        return depths[path[0]] if path else depths[row]

    return [depth(row) for row in range(len(parents))]
