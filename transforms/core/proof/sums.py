"""Sums and identities of one table, tried and recorded with their outcome, and which amounts each of them reaches.

What an outcome is worth for an amount is decided in `facets.value`.
"""

from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints, Texts
from transforms.core.grid import PrintedGrid, sums_by
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, TableAttempts, outcomes
from transforms.core.proof.identities import TriedIdentity, identities
from transforms.core.tree.build import Tree


def try_sums(grid: PrintedGrid, tree: Tree) -> list[TableAttempts]:
    """Every identity and every sum of the table."""
    of_identities = [_of_identity(grid, tried) for tried in identities(grid)]
    sums = _of_sums(grid, tree)
    return [*of_identities, sums] if sums else of_identities


def _of_identity(grid: PrintedGrid, tried: TriedIdentity) -> TableAttempts:
    identity, rows = tried.identity, tried.rows
    members = np.array([identity.result, *identity.plus, *identity.minus], dtype=np.int64)
    signs = np.array([-1, *[1] * len(identity.plus), *[-1] * len(identity.minus)], dtype=np.int64)
    values = grid.summed[np.ix_(rows, members)]
    not_zero = (values != 0).any(axis=1)
    outcome = outcomes(tried.printed, tried.computed, not_zero, tried.slack)
    outcome = np.where(grid.unreadable[np.ix_(rows, members)].any(axis=1), FAILED, outcome)
    amounts = grid.amount_index[np.ix_(rows, members)]
    attempt = np.repeat(np.arange(len(rows)), len(members)).reshape(amounts.shape)
    there = grid.printed[np.ix_(rows, members)]
    return TableAttempts(
        rows, np.full(len(rows), identity.result), _all(len(rows), identity.kind), tried.printed,
        grid.unreadable[rows, identity.result], tried.computed, tried.terms, _all(len(rows), identity.words), outcome,
        attempt[there], amounts[there], np.broadcast_to(signs, there.shape)[there],
    )  # fmt: skip


_NEAR = 2  # printed figures of the column, before the whole and after its part


class _Added(NamedTuple):
    """What the children of each row add up to, in matrices of the grid's shape; `holders` are the rows that hold the
    `children`. `terms` counts the amounts added, `unreadable` those that could not be, `says` those that are not zero.
    """

    children: Ints
    holders: Ints
    values: Ints
    says: Ints
    terms: Ints
    unreadable: Ints
    slack: Ints


def _of_sums(grid: PrintedGrid, tree: Tree) -> TableAttempts | None:
    """Children against their parent, in every column that the parent prints."""
    added = _add_children(grid, tree)
    if added is None:
        return None
    parents = np.zeros(grid.rows, dtype=bool)
    parents[added.holders] = True
    row, column = np.nonzero(grid.printed & parents[:, None] & ((added.terms > 0) | (added.unreadable > 0)))
    return _compare(grid, tree, added, row, column) if row.size else None


def _add_children(grid: PrintedGrid, tree: Tree) -> _Added | None:
    holders = np.array(tree.holders, dtype=np.int64)
    counted = (holders >= 0) & ~grid.hidden & np.array([kind != "memo" for kind in tree.kinds], dtype=bool)
    children = np.flatnonzero(counted & grid.printed.any(axis=1))
    if not children.size:
        return None
    values, slack = grid.summed, np.where(grid.readable, grid.slack, 0)
    beside = np.hstack([values, values != 0, grid.readable, grid.unreadable, slack])  # one sum instead of five
    sums = np.hsplit(sums_by(holders[children], beside[children], grid.rows), 5)
    return _Added(children, holders[children], *sums)


def _compare(grid: PrintedGrid, tree: Tree, added: _Added, row: Ints, column: Ints) -> TableAttempts:
    """Each printed parent, by its row and column, beside what its children add up to."""
    outcome = _outcomes(grid, added, (row, column))
    kept = (outcome == FAILED) | ~_by_chance(grid, tree, added, (row, column), outcome)
    row, column, outcome = row[kept], column[kept], outcome[kept]
    cell = (row, column)
    is_total = np.array([tree.kinds[r] for r in row], dtype=object) == "total"
    formula = [f"suma de sus renglones{f' ({n} ilegible)' if n else ''}" for n in added.unreadable[cell].tolist()]
    reach = _reach(grid, added, cell, is_total)
    return TableAttempts(
        row, column, np.where(is_total, "total", "children").astype(object), grid.summed[cell], grid.unreadable[cell],
        added.values[cell], added.terms[cell], np.array(formula, dtype=object), outcome, *reach,
    )  # fmt: skip


def _outcomes(grid: PrintedGrid, added: _Added, cell: tuple[Ints, Ints]) -> Ints:
    says = (added.says[cell] > 0) | (grid.summed[cell] != 0)
    outcome = outcomes(grid.summed[cell], added.values[cell], says, (added.slack + grid.slack)[cell])
    return np.where((added.unreadable[cell] > 0) | grid.unreadable[cell], FAILED, outcome).astype(np.int64)


def _by_chance(grid: PrintedGrid, tree: Tree, added: _Added, cell: tuple[Ints, Ints], outcome: Ints) -> Bools:
    """Sums that hold and show nothing: where most columns of a parent fail, its children are not its parts, and a column that agrees
    does so by chance; so does one that repeats the amount of another branch.
    """
    row = cell[0]
    fails = np.bincount(row[outcome == FAILED], minlength=grid.rows)
    holds = np.bincount(row[(outcome == PASSED) | (outcome == ROUNDING)], minlength=grid.rows)
    return (holds < fails)[row] | _repeats(grid, tree, added, cell)


def _reach(grid: PrintedGrid, added: _Added, cell: tuple[Ints, Ints], is_total: Bools) -> tuple[Ints, Ints, Ints]:
    """Which attempt reaches which amount, and with which sign: the parent, and its children."""
    row, children = cell[0], added.children
    number = np.full(grid.values.shape, -1, dtype=np.int64)
    number[cell] = np.arange(len(row))
    named = np.array([bool(c.label.name or c.label.code) for c in grid.cells], dtype=bool)
    of_parent = named[row] | is_total
    attempt = number[added.holders]  # of each child's row, by column
    of_child = (attempt >= 0) & grid.printed[children] & (named[children][:, None] | grid.unreadable[children])
    return (
        np.concatenate([np.flatnonzero(of_parent), attempt[of_child]]),
        np.concatenate([grid.amount_index[cell][of_parent], grid.amount_index[children][of_child]]),
        np.repeat([-1, 1], [int(of_parent.sum()), int(of_child.sum())]),
    )


def _repeats(grid: PrintedGrid, tree: Tree, added: _Added, cell: tuple[Ints, Ints]) -> Bools:
    """Sums of one amount that a row of another branch close by prints too: one fee for all is no sum of itself.

    Far away, as among the states of a country, two rows that print the same do so by chance.
    """
    single: Bools = (added.terms[cell] == 1) & (grid.values[cell] != 0)
    if not single.any():
        return single
    branch, holders = np.arange(grid.rows), np.array(tree.holders, dtype=np.int64)
    while (above := holders[branch] >= 0).any():
        branch = np.where(above, holders[branch], branch)
    for at in np.flatnonzero(single):
        row, column = cell[0][at], cell[1][at]
        printed = np.flatnonzero(grid.readable[:, column])
        place = int(np.searchsorted(printed, row))
        near = printed[max(0, place - _NEAR) : place + _NEAR + 2]
        single[at] = bool(
            ((grid.values[near, column] == grid.values[row, column]) & (branch[near] != branch[row])).any()
        )
    return single


def _all(count: int, text: str) -> Texts:
    return np.full(count, text, dtype=object)
