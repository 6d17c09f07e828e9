"""Rules of a table: which of its lines is the sum of which others, by the figures alone, whatever they are figures of.

A line is a row or a column; the same search serves both. Sums hold by chance too, where figures are small, few, round or
zero. So a rule needs evidence, counted in bits: how unlikely the agreement is in each place where it says something, less what
was tried to find it and what it fails. What a rule proves of an amount is for `shown`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from transforms.core.proof.evidence import Lines, Run, SumRule, weigh
from transforms.core.proof.runs import WIDE, namesakes, neighbours, pairs, shifted, strided

_ROUNDS = 8  # totals of totals of totals
_BETWEEN = 1  # lines that may stand between a total and its run


def find_rules(lines: Lines) -> list[SumRule]:
    """Every rule with evidence enough, the parts of totals first, then totals of totals."""
    active = np.flatnonzero(lines.readable.any(axis=1))
    accepted: list[SumRule] = []
    between = 0
    for _ in range(_ROUNDS):
        new = _accepted(lines, neighbours(lines, active, between=between), accepted)
        if not new and between == _BETWEEN:
            break
        between += not new  # only when all that stand together are found
        accepted += new
        inside = {line for rule in new for line in rule.addends}
        active = np.array([line for line in active.tolist() if line not in inside], dtype=np.int64)
    if lines.crossed and len(lines.values) <= WIDE:
        accepted += _accepted(lines, shifted(lines, accepted), accepted)
        accepted += _accepted(lines, strided(lines), accepted)
    accepted += _accepted(lines, namesakes(lines), accepted)
    if len(lines.values) <= WIDE:
        accepted += _accepted(lines, pairs(lines), accepted)
    return accepted


def _accepted(lines: Lines, runs: Iterable[Run], accepted: Sequence[SumRule]) -> list[SumRule]:
    """The best of the runs with evidence enough: of one total several, if they share no line."""
    by_total: dict[int, list[SumRule]] = defaultdict(list)
    weighed = {(rule.total, rule.addends) for rule in accepted}
    for run in runs:
        if (run.total, run.addends) in weighed:
            continue
        weighed.add((run.total, run.addends))
        rule = weigh(lines, run)
        if rule:
            by_total[run.total].append(rule)
    best = _one_of_equal_totals([rule for rules in by_total.values() for rule in rules], accepted)
    best = [rule for rule in best if not any(_counts_twice(rule, other) for other in (*accepted, *best))]
    new: list[SumRule] = []
    for rule in sorted(best, key=lambda rule: (-int(rule.holds.sum()), len(rule.addends))):
        if _is_new(rule, [*accepted, *new]):
            new.append(rule)
    return new


def _counts_twice(rule: SumRule, other: SumRule) -> bool:
    """Whether a rule adds a total and its parts."""
    return other.total in rule.addends and set(other.addends) < set(rule.addends)


def _is_new(rule: SumRule, others: Sequence[SumRule]) -> bool:
    """Whether a rule says something else than others: no part counted twice, no total taken apart again, no way back."""
    inside = set(rule.addends)
    for other in others:
        if other.total == rule.total and inside & set(other.addends):
            return False
        if other.total in inside and (rule.total in other.addends or inside & set(other.addends)):
            return False
        if rule.total in other.addends and set(other.addends) & inside:
            return False
    return True


def _one_of_equal_totals(rules: Sequence[SumRule], accepted: Sequence[SumRule]) -> list[SumRule]:
    """Of lines that are the sum of the same lines, the one that is so in more places, else the nearest."""
    best: dict[tuple[int, ...], SumRule] = {rule.addends: rule for rule in accepted}
    for rule in rules:
        other = best.get(rule.addends)
        if other is None or _rank(rule) > _rank(other):
            best[rule.addends] = rule
    return [rule for rule in rules if best[rule.addends] is rule]


def _rank(rule: SumRule) -> tuple[int, int]:
    return int(rule.holds.sum()), -min(abs(line - rule.total) for line in rule.addends)
