"""Zeros that a proven zero proves: the parts of a total that add up to nothing, where something else says that it is nothing.

A sum of zeros says nothing by itself: it would hold of a table that was not read at all. But where a sum that is not of zeros
holds with a zero in it, what stands under that zero adds up to it as in any other sum: the whole is the sum of the parts of its parts.
Of an identity, a zero follows from its other terms where each of them is proven.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints
from transforms.core.proof.attempts import TRIVIAL, BookAttempts

_OF_PARTS = ("children", "total", "columns")  # a result and what is added up to it; no term is taken away


class _Zeros(NamedTuple):
    """The sums of zeros of a group: pairs of an attempt and an amount, whether the amount is the result of parts, and ranks."""

    attempt: Ints
    amount: Ints
    result: Bools
    rank: Ints


def with_zeros(best: Ints, usable: Bools, ranked: Sequence[tuple[BookAttempts, Ints]], worst: int) -> Ints:
    """`best` is what proves each amount, `worst` where nothing does, the ranks of each group's attempts beside it. Only `usable`
    amounts are proven, and prove.
    """
    best = best.copy()
    groups = [zeros for group, ranks in ranked if (zeros := _zeros(group, ranks)).attempt.size]
    before = -1
    while before != (before := int((best < worst).sum())):
        for zeros in groups:
            proven = (best < worst) & usable
            follows = _follows(zeros, proven[zeros.amount]) & ~proven[zeros.amount] & usable[zeros.amount]
            np.minimum.at(best, zeros.amount[follows], zeros.rank[follows])
    return best


def _zeros(group: BookAttempts, ranks: Ints) -> _Zeros:
    outcome = group.attempts["outcome"].to_numpy(dtype=np.int64)
    chosen = (outcome == TRIVIAL)[group.reach_attempt]
    attempt = group.reach_attempt[chosen]
    parts = np.isin(group.attempts["kind"].to_numpy(dtype=object).astype(str), _OF_PARTS)
    result = parts[attempt] & (group.reach_sign[chosen] < 0)
    return _Zeros(attempt, group.reach_amount[chosen], result, ranks[attempt])


def _follows(zeros: _Zeros, proven: Bools) -> Bools:
    """The members that follow from others of their sum: from its result, or from all but them."""
    count = int(zeros.attempt.max()) + 1
    from_result = np.bincount(zeros.attempt[zeros.result & proven], minlength=count) > 0
    open_ones = np.bincount(zeros.attempt[~proven], minlength=count)
    some = np.bincount(zeros.attempt[proven], minlength=count) > 0
    follows: Bools = (from_result | ((open_ones == 1) & some))[zeros.attempt]
    return follows
