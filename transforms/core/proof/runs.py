"""Where sums of lines are looked for: runs beside a total, every second line, lines of one name, the shape of another sum, couples.

What a run is worth as evidence is in `evidence`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from transforms.core.arrays import Ints
from transforms.core.proof.evidence import Lines, Run, SumRule

WIDE = 120  # lines beyond which only neighbours are tried
_STRIDES = 12
_TRIED = 8  # runs a line is held against
_NEVER = np.iinfo(np.int64).min // 2
_SECTION = 3  # totals of one section
_ALONE = 28.0  # bits that two rows need beyond others, where no other pair of the table stands so
_NAMESAKES = 2  # lines of one name
_PERCENT = 100


def neighbours(lines: Lines, active: Ints, spread: float = 0.0, between: int = 0) -> Iterable[Run]:
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
            yield Run(t, tuple(active[start:stop].tolist()), spread + (1.0 if edge else np.log2(count)))


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


def shifted(lines: Lines, accepted: Sequence[SumRule]) -> Iterable[Run]:
    """The shape of a rule, moved: where women and men have what all have."""
    count = len(lines.values)
    shapes = {tuple(line - rule.total for line in rule.addends) for rule in accepted if len(rule.addends) <= WIDE}
    for shape in shapes:
        for total in range(max(0, -min(shape)), min(count, count - max(shape))):
            yield Run(total, tuple(total + step for step in shape), np.log2(len(shapes)) + 3.0)


def strided(lines: Lines) -> Iterable[Run]:
    """Runs of every second line, every third …: where number and share stand beside each other."""
    count = len(lines.values)
    for stride in range(2, min(_STRIDES, count // 2) + 1):
        for offset in range(stride):
            seq = np.arange(offset, count, stride)
            yield from neighbours(lines, seq, spread=2 * np.log2(stride) + 2.0)


def namesakes(lines: Lines) -> Iterable[Run]:
    """Runs of lines that are called alike, and of lines called totals, whatever stands between them: subtotal, posts, subtotal, posts."""
    groups: dict[str, list[int]] = defaultdict(list)
    for line, name in enumerate(lines.names):
        if name:
            groups[name].append(line)
    alike = [group for group in groups.values() if len(group) >= _NAMESAKES]
    called = np.flatnonzero(lines.total).tolist()
    for group in [*alike, *([called] if len(called) > _NAMESAKES else [])]:
        yield from neighbours(lines, np.array(group, dtype=np.int64), spread=np.log2(len(alike) + 1) + 2.0)


def pairs(lines: Lines) -> Iterable[Run]:
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
        yield Run(t, (a, b), cost if stands_so else cost + _ALONE)
