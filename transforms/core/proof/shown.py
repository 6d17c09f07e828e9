"""Sums that a table shows by its figures: rows and columns that add up, though no code, indent or header says what contains what.

The rules are found in `rules`, and only where chance is no explanation. A rule is recorded where it holds: what it fails says
nothing, for nobody stated it. Figures read from an image prove nothing in this way, for they were not printed so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints
from transforms.core.grid import PrintedGrid
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, TableAttempts, outcomes
from transforms.core.proof.evidence import Lines, SumRule
from transforms.core.proof.identities import averages
from transforms.core.proof.rules import find_rules
from transforms.core.tree.build import Tree
from transforms.words.labels import is_called
from warehouse.schema.lexicon import TOTAL
from warehouse.schema.text import fold

_ACROSS = ("columns", "row_identity")  # along a row
_FEWEST = 3  # rows or columns of which one is the sum of others
_REACHES = ("reach_attempt", "reach_amount", "reach_sign")
_STEPS = tuple(10**power for power in range(1, 7))
_WHOLE = 100
_VARIED = 3  # figures of a column that show to what they are rounded


class _Found(NamedTuple):
    """A rule in the rows and columns of the grid: cells of the total, of the addends (a row for each), and whose they are."""

    kind: str
    total: tuple[Ints, Ints]
    addends: tuple[Ints, Ints]
    formula: str


def with_shown(grid: PrintedGrid, tree: Tree, tried: Sequence[TableAttempts]) -> list[TableAttempts]:
    """What was tried, and the sums that the figures show beside it; they stand for what failed at the same amount.

    A sum of figures that other sums along the same axis prove already, its total and every part, is left out: it proves nothing more.
    """
    if grid.scanned.any():
        return list(tried)
    taken = {place for group in tried for place in _places(group, group.outcome != FAILED)}
    proven = {across: set().union(*(_proven(grid, group, across) for group in tried)) for across in (True, False)}
    shown: list[TableAttempts] = []
    for shown_sum in (*_of_columns(grid), *_of_rows(grid, tree, _open_rows(grid, tree, tried))):
        attempts = _attempts(grid, shown_sum)
        fresh = np.array([place not in taken for place in _places(attempts, attempts.outcome != FAILED)], dtype=bool)
        attempts, across = _kept(attempts, fresh), shown_sum.kind in _ACROSS
        amounts = _proven(grid, attempts, across)
        if not amounts <= proven[across]:
            taken.update(_places(attempts, fresh[fresh]))
            proven[across] |= amounts
            shown.append(attempts)
    better = {place for group in shown for place in _places(group, group.outcome != FAILED)}
    return [*(_without(group, better) for group in tried), *shown]


def _proven(grid: PrintedGrid, group: TableAttempts, across: bool) -> set[int]:
    """The amounts that the sums of a group prove, across rows or down columns: totals and what they reach, those of zeros aside."""
    holds = (group.outcome == PASSED) | (group.outcome == ROUNDING)
    holds &= np.isin(group.kind.astype(str), _ACROSS) == across
    totals = grid.amount_index[group.row[holds], group.column[holds]]
    return {*totals.tolist(), *group.reach_amount[holds[group.reach_attempt]].tolist()}


def _places(group: TableAttempts, which: Bools) -> list[tuple[int, int, str]]:
    """Row, column and kind of attempts: what tells one from another."""
    return list(zip(group.row[which].tolist(), group.column[which].tolist(), group.kind[which].tolist(), strict=True))


def _without(group: TableAttempts, better: set[tuple[int, int, str]]) -> TableAttempts:
    every = np.ones(len(group.row), dtype=bool)
    return _kept(group, np.array([place not in better for place in _places(group, every)], dtype=bool))


def _kept(group: TableAttempts, which: Bools) -> TableAttempts:
    """Some of the attempts, with what they reach."""
    if which.all():
        return group
    number = np.where(which, np.cumsum(which) - 1, -1)
    reached = which[group.reach_attempt]
    part = {field.name: getattr(group, field.name)[which] for field in fields(group) if field.name not in _REACHES}
    part |= {name: getattr(group, name)[reached] for name in _REACHES}
    part["reach_attempt"] = number[part["reach_attempt"]]
    return replace(group, **part)


def _of_columns(grid: PrintedGrid) -> Iterator[_Found]:
    """Columns that are the sum of columns, row by row. Where each column is of a stage, their identities say what adds up."""
    if len(grid.columns) < _FEWEST or all(column.stage for column in grid.columns):
        return
    heads = [(column.header or "").split(" | ") for column in grid.columns]
    total = np.array([any(is_called(TOTAL, text) for text in (head[0], head[-1])) for head in heads], dtype=bool)
    called = tuple(fold(head[-1]) for head in heads)
    summed = ~averages(grid)
    lines = Lines(
        grid.values.T,
        grid.readable.T & summed,
        grid.printed.T & summed,
        _slack(grid).T,
        total,
        crossed=True,
        names=called,
    )
    for rule in find_rules(lines):
        rows = np.flatnonzero(rule.holds)
        addends = [_name(grid, column) for column in rule.addends]
        formula = f"{_name(grid, rule.total)} = {' + '.join(addends)}"
        across = np.array(rule.addends, dtype=np.int64)
        yield _Found("columns", (rows, np.full_like(rows, rule.total)), (rows[None, :], across[:, None]), formula)


def _name(grid: PrintedGrid, column: int) -> str:
    printed = grid.columns[column]
    return printed.stage or " ".join((printed.header or f"columna {printed.number}").split())


def _open_rows(grid: PrintedGrid, tree: Tree, tried: Sequence[TableAttempts]) -> Bools:
    """Rows of a budget that its tree leaves open: more than one that nothing holds, or one whose sum fails. In a table without
    stages all are: there a tree is a guess.
    """
    if not any(column.stage for column in grid.columns):
        return np.ones(grid.rows, dtype=bool)
    counted = grid.readable.any(axis=1) & np.array([kind != "memo" for kind in tree.kinds], dtype=bool)
    left: Bools = counted & (np.array(tree.holders) < 0)
    for group in tried:
        left[group.row[(group.outcome == FAILED) & np.isin(group.kind, ("children", "total"))]] = True
    return left


def _of_rows(grid: PrintedGrid, tree: Tree, left: Bools) -> Iterator[_Found]:
    """Rows that are the sum of rows of the same budget, column by column, where more than one is left open."""
    slack = _slack(grid)
    memo = np.array([kind == "memo" for kind in tree.kinds], dtype=bool)
    for start, stop in grid.blocks:
        block = np.flatnonzero(~memo[start:stop]) + start
        if len(block) < _FEWEST or left[start:stop].sum() < 2:
            continue
        total = np.array(tree.total, dtype=bool)[block]
        names = tuple(fold(grid.cells[row].label.name) for row in block.tolist())
        lines = Lines(
            grid.values[block],
            grid.readable[block],
            grid.printed[block],
            slack[block],
            total,
            crossed=False,
            names=names,
        )
        for rule in find_rules(lines):
            yield _found_in_rows(rule, block, tree)


def _found_in_rows(rule: SumRule, block: Ints, tree: Tree) -> _Found:
    columns, row = np.flatnonzero(rule.holds), int(block[rule.total])
    down = block[list(rule.addends)]
    kind = "total" if tree.kinds[row] == "total" else "children"
    formula = f"suma de {len(down)} renglones, por sus cifras"
    return _Found(kind, (np.full_like(columns, row), columns), (down[:, None], columns[None, :]), formula)


def _attempts(grid: PrintedGrid, shown_sum: _Found) -> TableAttempts:
    count = len(shown_sum.total[0])
    printed, values = grid.summed[shown_sum.total], grid.summed[shown_sum.addends]
    computed = values.sum(axis=0)
    slack = _slack(grid)
    not_zero = (values != 0).any(axis=0) | (printed != 0)
    outcome = outcomes(printed, computed, not_zero, slack[shown_sum.total] + slack[shown_sum.addends].sum(axis=0))
    named = np.array([bool(cell.label.name or cell.label.code) for cell in grid.cells], dtype=bool)
    of_total = named[shown_sum.total[0]] | (shown_sum.kind == "total")
    there = grid.printed[shown_sum.addends] & named[np.broadcast_to(shown_sum.addends[0], values.shape)]
    numbers = np.broadcast_to(np.arange(count), values.shape)
    return TableAttempts(
        row=shown_sum.total[0], column=shown_sum.total[1], kind=np.full(count, shown_sum.kind, dtype=object), printed=printed,
        unreadable=np.zeros(count, dtype=bool), computed=computed,
        terms=grid.readable[shown_sum.addends].sum(axis=0).astype(np.int64),
        formula=np.full(count, shown_sum.formula, dtype=object), outcome=outcome,
        reach_attempt=np.concatenate([np.flatnonzero(of_total), numbers[there]]),
        reach_amount=np.concatenate([grid.amount_index[shown_sum.total][of_total], grid.amount_index[shown_sum.addends][there]]),
        reach_sign=np.repeat([-1, 1], [int(of_total.sum()), int(there.sum())]),
    )  # fmt: skip


def _slack(grid: PrintedGrid) -> Ints:
    """What rounding may be, twice: where no column is of a stage, figures are rounded to the step that all of a column share.

    Offices of statistics round to tens, or to fives so that nobody is recognised. Budgets approve round amounts, which are exact. A column
    that prints one figure or two again and again shows no step.
    """
    if any(column.stage for column in grid.columns):
        return grid.slack
    common = np.gcd.reduce(grid.summed, axis=0)
    common = np.where([len(np.unique(column[column != 0])) >= _VARIED for column in grid.summed.T], common, 0)
    step = np.zeros_like(common)
    for tens in _STEPS:
        step = np.where((common != 0) & (common % tens == 0), tens, step)
    step = np.where((step >= _WHOLE) & (common % np.maximum(5 * step, 1) == 0), 5 * step, step)
    stepped: Ints = np.where(grid.summed != 0, np.maximum(grid.slack, step[None, :]), grid.slack)
    return stepped
