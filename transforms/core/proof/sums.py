"""Sums and identities of one table, tried and recorded with their outcome, and which amounts each of them reaches.

What an outcome is worth for an amount is decided in `proof`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transforms.core.grid import Bools, Grid, Ints, sums_by
from transforms.core.proof.identities import Tried, identities
from transforms.core.tree.build import Tree

OUTCOMES = ("passed", "rounding", "failed", "trivial")
PASSED, ROUNDING, FAILED, TRIVIAL = range(4)
# A rounding difference proves a sum only if it is small beside what was added.
_SMALL = 100

Texts = npt.NDArray[np.object_]


@dataclass
class Attempts:
    """Reconciliations of one table as arrays; `reach` pairs an attempt with an amount that takes part in it, and with
    its sign: 1 where it is added, -1 where it is taken away or is the result. Unreadable amounts are reached too.

    `row` is a row of the grid and `column` a position in it. `printed` is null where the amount is unreadable.
    """

    row: Ints
    column: Ints
    kind: Texts
    printed: Ints
    unreadable: Bools
    computed: Ints
    terms: Ints
    formula: Texts
    outcome: Ints
    reach_attempt: Ints
    reach_amount: Ints
    reach_sign: Ints


def attempts(grid: Grid, tree: Tree) -> list[Attempts]:
    """Every identity and every sum of the table."""
    found = [_of_identity(grid, tried) for tried in identities(grid)]
    sums = _of_sums(grid, tree)
    return [*found, sums] if sums else found


def outcomes(printed: Ints, computed: Ints, told: Bools, slack: Ints) -> Ints:
    """Passed, rounding, failed or trivial; `slack` is the sum of that of the amounts that take part."""
    difference = np.abs(printed - computed)
    size = np.maximum(np.abs(printed), np.abs(computed))
    close = (2 * difference <= slack) & (difference * _SMALL <= size)
    found = np.where(difference == 0, PASSED, np.where(close, ROUNDING, FAILED))
    return np.where((found == PASSED) & ~told, TRIVIAL, found).astype(np.int64)


def _of_identity(grid: Grid, tried: Tried) -> Attempts:
    identity, rows = tried.identity, tried.rows
    members = np.array([identity.result, *identity.plus, *identity.minus], dtype=np.int64)
    signs = np.array([-1, *[1] * len(identity.plus), *[-1] * len(identity.minus)], dtype=np.int64)
    values = grid.summed[np.ix_(rows, members)]
    told = (values != 0).any(axis=1)
    outcome = outcomes(tried.printed, tried.computed, told, tried.slack)
    outcome = np.where(grid.unreadable[np.ix_(rows, members)].any(axis=1), FAILED, outcome)
    amounts = grid.amount_index[np.ix_(rows, members)]
    attempt = np.repeat(np.arange(len(rows)), len(members)).reshape(amounts.shape)
    there = grid.printed[np.ix_(rows, members)]
    return Attempts(
        rows, np.full(len(rows), identity.result), _all(len(rows), identity.kind), tried.printed,
        grid.unreadable[rows, identity.result], tried.computed, tried.terms, _all(len(rows), identity.words), outcome,
        attempt[there], amounts[there], np.broadcast_to(signs, there.shape)[there],
    )  # fmt: skip


def _of_sums(grid: Grid, tree: Tree) -> Attempts | None:
    """Children against their parent, in every column that the parent prints."""
    holders = np.array(tree.holders, dtype=np.int64)
    counted = (holders >= 0) & ~grid.hidden & np.array([kind != "memo" for kind in tree.kinds], dtype=bool)
    children = np.flatnonzero(counted & grid.printed.any(axis=1))
    if not children.size:
        return None
    at = holders[children]
    values, slack = grid.summed, np.where(grid.readable, grid.slack, 0)
    beside = np.hstack([values, values != 0, grid.readable, grid.unreadable, slack])  # one sum instead of five
    added, told, terms, bad, slack = np.hsplit(sums_by(at, beside[children], grid.rows), 5)
    parents = np.zeros(grid.rows, dtype=bool)
    parents[at] = True
    shown = grid.printed & parents[:, None] & ((terms > 0) | (bad > 0))
    row, column = np.nonzero(shown)
    if not row.size:
        return None
    return _sums_tried(grid, tree, row, column, children, at, values, added, told, terms, bad, slack + grid.slack)


def _sums_tried(
    grid: Grid, tree: Tree, row: Ints, column: Ints, children: Ints, at: Ints,
    values: Ints, added: Ints, told: Ints, terms: Ints, bad: Ints, slack: Ints,
) -> Attempts:  # fmt: skip
    cell = (row, column)
    printed = values[cell]
    unreadable = grid.unreadable[cell]
    says = (told[cell] > 0) | (printed != 0)
    outcome = outcomes(printed, added[cell], says, slack[cell])
    outcome = np.where((bad[cell] > 0) | unreadable, FAILED, outcome)
    kinds = np.array([tree.kinds[r] for r in row], dtype=object)
    kind = np.where(kinds == "total", "total", "children").astype(object)
    formula = np.array(
        ["suma de sus renglones" + (f" ({n} ilegible)" if n else "") for n in bad[cell].tolist()], dtype=object
    )
    # Where most columns of a parent fail, its children are not its parts, and a column that agrees does so by chance.
    fails = np.bincount(row[outcome == FAILED], minlength=grid.rows)
    holds = np.bincount(row[(outcome == PASSED) | (outcome == ROUNDING)], minlength=grid.rows)
    reaching = (outcome == FAILED) | (holds >= fails)[row]
    number = np.full(grid.values.shape, -1, dtype=np.int64)
    number[cell] = np.where(reaching, np.arange(len(row)), -1)
    own = reaching & (np.array([bool(c.label.name or c.label.code) for c in grid.cells])[row] | (kinds == "total"))
    named = np.array([bool(c.label.name or c.label.code) for c in grid.cells], dtype=bool)[children]
    attempt = number[at]  # of each child's row, by column
    there = (attempt >= 0) & grid.printed[children] & (named[:, None] | grid.unreadable[children])
    return Attempts(
        row, column, kind, printed, unreadable, added[cell], terms[cell], formula, outcome.astype(np.int64),
        np.concatenate([np.flatnonzero(own), attempt[there]]),
        np.concatenate([grid.amount_index[cell][own], grid.amount_index[children][there]]),
        np.concatenate([np.full(int(own.sum()), -1), np.ones(int(there.sum()), dtype=np.int64)]),
    )  # fmt: skip


def _all(count: int, text: str) -> Texts:
    return np.full(count, text, dtype=object)
