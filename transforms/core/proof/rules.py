"""Rules of a table: which of its lines is the sum of which others, by the figures alone, whatever they are figures of.

A line is a row or a column; the same search serves both. Sums hold by chance too, where figures are small, few, round or
zero. So a rule needs evidence, counted in bits: how unlikely the agreement is in each place where it says something, less what
was tried to find it and what it fails. What a rule proves of an amount is for `shown`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints

_SAMPLE = 16  # places in which runs are looked for; every place is then asked
_ROUNDS = 8  # totals of totals of totals
_STRIDES = 12
_WIDE = 120  # lines beyond which only neighbours are tried
_TRIED = 8  # runs a line is held against
_BETWEEN = 1  # lines that may stand between a total and its run
_ENOUGH = 12.0  # bits: once in four thousand by chance
_CAP = 14.0  # bits that one place can bring
_FAILURE = 5.0
_MOST = 256  # places beyond which evidence is no longer counted
_SAME_SHARES = 0.005  # of the total, in all places
_WORD = 7.0  # bits that the word `total` is worth
_NEVER = np.iinfo(np.int64).min // 2
_SECTION = 3  # totals of one section
_ALONE = 28.0  # bits that two rows need beyond others, where no other pair of the table stands so
_NAMESAKES = 2  # lines of one name
_PERCENT = 100  # rounding is small beside what was added


@dataclass
class Lines:
    """Lines of figures by place: `values`, `readable`, `printed`, `slack` (twice what rounding may be), and `total` where
    the words of a line say that it is one. `crossed` lines may be added with others between them, as columns are: number,
    share, number, share. `names` are what the lines are called, empty where nothing is known of it.
    """

    values: Ints
    readable: Bools
    printed: Bools
    slack: Ints
    total: Bools
    crossed: bool
    names: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Ints:
        """Values, zero where none can be read."""
        return np.where(self.readable, self.values, 0)

    @cached_property
    def unreadable(self) -> Bools:
        """Where a text is no figure."""
        return self.printed & ~self.readable

    @cached_property
    def sample(self) -> Ints:
        """Places with the most figures, spread over all."""
        says = ((self.known != 0) & self.readable).sum(axis=0)
        order = np.argsort(-says, kind="stable")
        rich = np.sort(order[: max(_SAMPLE, int((says * 2 >= says.max(initial=0)).sum()))])
        return (
            rich[np.unique(np.linspace(0, len(rich) - 1, min(_SAMPLE, len(rich))).astype(int))] if len(rich) else rich
        )


class SumRule(NamedTuple):
    """`total` is the sum of `addends`, with the evidence in bits and where it holds."""

    total: int
    addends: tuple[int, ...]
    bits: float
    holds: Bools


class _Run(NamedTuple):
    total: int
    addends: tuple[int, ...]
    cost: float


def find_rules(lines: Lines) -> list[SumRule]:
    """Every rule with evidence enough, the parts of totals first, then totals of totals."""
    active = np.flatnonzero(lines.readable.any(axis=1))
    accepted: list[SumRule] = []
    between = 0
    for _ in range(_ROUNDS):
        new = _accepted(lines, _neighbours(lines, active, between=between), accepted)
        if not new and between == _BETWEEN:
            break
        between += not new  # only when all that stand together are found
        accepted += new
        inside = {line for rule in new for line in rule.addends}
        active = np.array([line for line in active.tolist() if line not in inside], dtype=np.int64)
    if lines.crossed and len(lines.values) <= _WIDE:
        accepted += _accepted(lines, _shifted(lines, accepted), accepted)
        accepted += _accepted(lines, _strided(lines), accepted)
    accepted += _accepted(lines, _namesakes(lines), accepted)
    if len(lines.values) <= _WIDE:
        accepted += _accepted(lines, _pairs(lines), accepted)
    return accepted


def _neighbours(lines: Lines, active: Ints, spread: float = 0.0, between: int = 0) -> Iterable[_Run]:
    """Runs of lines before or after each, that add up to it in some of the places looked at; so many lines may stand between."""
    count = len(active)
    votes: dict[tuple[int, int, int], int] = defaultdict(int)
    every = np.arange(len(lines.values))
    after = np.searchsorted(active, every, side="right")  # first of the active lines behind each
    before = np.searchsorted(active, every, side="left")
    for place in lines.sample.tolist():
        column = lines.known[active, place]
        asked = np.flatnonzero(lines.readable[:, place] & (lines.known[:, place] != 0))
        for skip in range(between + 1):
            for t, start, stop in _matches(column, lines.known[asked, place], after[asked], before[asked], asked, skip):
                votes[t, start, stop] += 1
    by_total: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (t, start, stop), votes_of in votes.items():
        by_total[t].append((votes_of, start, stop))
    for t, runs in by_total.items():
        runs.sort(key=lambda run: (-run[0], run[2] - run[1]))
        for _, start, stop in runs[:_TRIED]:
            edge = start == 0 or stop == count
            yield _Run(t, tuple(active[start:stop].tolist()), spread + (1.0 if edge else np.log2(count)))


def _matches(
    column: Ints, wanted: Ints, after: Ints, before: Ints, totals: Ints, skip: int
) -> Iterable[tuple[int, int, int]]:
    """(total, start, stop) of the runs of the column that begin or end at the total and add up to what is wanted."""
    sums = np.concatenate(([0], np.cumsum(column)))
    order = np.argsort(sums, kind="stable")
    ranked = sums[order]
    near = np.abs(wanted) // _PERCENT // 10
    for forward in (True, False):
        fixed = after + skip if forward else before - skip
        inside = (fixed >= 0) & (fixed <= len(column))
        target = np.where(inside, sums[np.clip(fixed, 0, len(column))], 0) + (wanted if forward else -wanted)
        first, last = np.searchsorted(ranked, target - near), np.searchsorted(ranked, target + near, side="right")
        for n in np.flatnonzero((last > first) & inside).tolist():
            others = order[first[n] : last[n]]
            at = int(fixed[n])
            others = others[others >= at + 2] if forward else others[others <= at - 2]
            if not len(others):
                continue
            error = np.abs(sums[others] - target[n])
            chosen = others[np.lexsort((np.abs(others - at), error))[:3]]
            for other in chosen.tolist():
                yield (int(totals[n]), at, other) if forward else (int(totals[n]), other, at)


def _shifted(lines: Lines, accepted: Sequence[SumRule]) -> Iterable[_Run]:
    """The shape of a rule, moved: where women and men have what all have."""
    count = len(lines.values)
    shapes = {tuple(line - rule.total for line in rule.addends) for rule in accepted if len(rule.addends) <= _WIDE}
    for shape in shapes:
        for total in range(max(0, -min(shape)), min(count, count - max(shape))):
            yield _Run(total, tuple(total + step for step in shape), np.log2(len(shapes)) + 3.0)


def _strided(lines: Lines) -> Iterable[_Run]:
    """Runs of every second line, every third …: where number and share stand beside each other."""
    count = len(lines.values)
    for stride in range(2, min(_STRIDES, count // 2) + 1):
        for offset in range(stride):
            seq = np.arange(offset, count, stride)
            yield from _neighbours(lines, seq, spread=2 * np.log2(stride) + 2.0)


def _namesakes(lines: Lines) -> Iterable[_Run]:
    """Runs of lines that are called alike, and of lines called totals, whatever stands between them: subtotal, posts, subtotal, posts."""
    groups: dict[str, list[int]] = defaultdict(list)
    for line, name in enumerate(lines.names):
        if name:
            groups[name].append(line)
    alike = [group for group in groups.values() if len(group) >= _NAMESAKES]
    called = np.flatnonzero(lines.total).tolist()
    for group in [*alike, *([called] if len(called) > _NAMESAKES else [])]:
        yield from _neighbours(lines, np.array(group, dtype=np.int64), spread=np.log2(len(alike) + 1) + 2.0)


def _pairs(lines: Lines) -> Iterable[_Run]:
    """Any two lines. Of rows, those in sections: all, women and men, line by line; the same step leads from several totals to
    their parts. Two others have to be shown by far more, as debt is what is owed and what is lent.
    """
    count = len(lines.values)
    votes = np.zeros((count, count, count), dtype=bool)
    there = lines.readable & (lines.known != 0)
    rich = there * there.sum(axis=0)
    for place in np.unique(np.argsort(-rich, axis=1, kind="stable")[:, :2]).tolist():
        values, some = lines.known[:, place], there[:, place]
        added = np.where(some[:, None] & some[None, :], values[:, None] + values[None, :], _NEVER)
        votes |= added[None, :, :] == np.where(some, values, -_NEVER)[:, None, None]
    cost = 2 * np.log2(max(count, 2))
    adding = [
        (t, a, b) for t, a, b in zip(*(x.tolist() for x in np.nonzero(votes)), strict=True) if a < b and t not in (a, b)
    ]
    steps = Counter((a - t, b - t) for t, a, b in adding)
    for t, a, b in adding:
        stands_so = lines.crossed or steps[a - t, b - t] >= _SECTION
        yield _Run(t, (a, b), cost if stands_so else cost + _ALONE)


def _accepted(lines: Lines, runs: Iterable[_Run], accepted: Sequence[SumRule]) -> list[SumRule]:
    """The best of the runs with evidence enough: of one total several, if they share no line."""
    by_total: dict[int, list[SumRule]] = defaultdict(list)
    weighed = {(rule.total, rule.addends) for rule in accepted}
    for run in runs:
        if (run.total, run.addends) in weighed:
            continue
        weighed.add((run.total, run.addends))
        rule = _weigh(lines, run)
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


def _weigh(lines: Lines, run: _Run) -> SumRule | None:
    """The rule that a run is, or None where it may hold by chance."""
    rows = list(run.addends)
    total, values = lines.known[run.total], lines.known[rows]
    usable = lines.readable[run.total] & lines.readable[rows].any(axis=0)
    usable &= ~lines.unreadable[rows].any(axis=0)
    added = values.sum(axis=0)
    off = np.abs(total - added)
    slack = lines.slack[run.total] + lines.slack[rows].sum(axis=0)
    rounded = 2 * off <= slack
    close = rounded & (off * _PERCENT <= np.maximum(np.abs(total), np.abs(added)))
    holds: Bools = usable & ((off == 0) | close)
    not_zero = values != 0
    # What rounding swallows is no part of a sum.
    count = (not_zero & ((2 * np.abs(values) > slack) | (off == 0))).sum(axis=0)
    says = usable & ((total != 0) | (count > 0))
    fails = int((says & ~holds & ~rounded).sum())
    if fails * 3 > int((holds & says).sum()) or not (holds & (count >= 2)).any():
        return None
    # Where one addend alone is not zero, the total repeats it: that speaks for the rule only where it is not the same one.
    alone = holds & (count == 1)
    often = np.argmax((not_zero & alone).sum(axis=1))
    telling = np.flatnonzero(holds & (count >= 2) | alone & ~not_zero[often])
    telling = telling[_independent(total[telling], values[:, telling])]
    grain = _grain(np.vstack([total[telling], values[:, telling]])) + 2 * off[telling]
    bits = np.clip(np.log2(np.maximum(np.abs(total[telling]), 1) / grain), 0, _CAP).sum()
    bits -= _FAILURE * fails + run.cost - (_WORD if lines.total[run.total] else 0.0)
    return SumRule(run.total, run.addends, float(bits), holds) if bits >= _ENOUGH else None


def _independent(total: Ints, values: Ints) -> Ints:
    """One of the places whose figures are those of another, or a multiple of them: what adds up in one adds up in all.

    Where shares hardly differ in all places, it is one: three days cost what one day and two days cost, whatever a day costs.
    """
    share = values / np.where(total == 0, 1, total)
    if (np.ptp(share, axis=1) <= _SAME_SHARES).all():
        return np.array([int(np.argmax(np.abs(total)))], dtype=np.int64)
    first: Ints = np.unique(np.round(share, 4), axis=1, return_index=True)[1]
    return first[:_MOST]


def _grain(values: Ints) -> Ints:
    """The largest power of ten that all figures of a place are multiples of."""
    common = np.gcd.reduce(values, axis=0)
    grain: Ints = np.ones_like(common)
    for power in range(1, 13):
        grain = np.where(common % 10**power == 0, 10**power, grain)
    return grain
