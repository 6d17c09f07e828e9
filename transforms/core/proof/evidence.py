"""What figures alone show of a sum of lines: how unlikely it is that they agree by chance, in bits.

Lines of figures, a run of them that may be a sum, and the rule that it is where the evidence is enough. Where runs are looked for
is in `runs`; which of several rules are kept, in `rules`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints

_SAMPLE = 16  # places in which runs are looked for; every place is then asked
_ENOUGH = 12.0  # bits: once in four thousand by chance
_CAP = 14.0  # bits that one place can bring
_FAILURE = 5.0
_MOST = 256  # places beyond which evidence is no longer counted
_SAME_SHARES = 0.005  # of the total, in all places
_WORD = 7.0  # bits that the word `total` is worth
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


class Run(NamedTuple):
    """Lines that may add up to a total, and the bits it cost to look for them."""

    total: int
    addends: tuple[int, ...]
    cost: float


def weigh(lines: Lines, run: Run) -> SumRule | None:
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
    # What rounding swallows is no part of a sum, as a rate among pesos; a run with such a line is not one.
    counted = not_zero & ((2 * np.abs(values) > slack) | (off == 0))
    if (not_zero[:, holds].any(axis=1) & ~counted[:, holds].any(axis=1)).any():
        return None
    count = counted.sum(axis=0)
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
