"""Sign: printed, or absent and so positive; where a reader is in doubt of it, a sum has to decide."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.facets.facet import Facet, chosen, problems
from transforms.core.proof.attempts import PASSED, BookAttempts


def sign(cells: pd.DataFrame, tried: Sequence[BookAttempts]) -> Facet:
    """On what the sign of each amount rests. `sign_unclear` is the flag of a reader that saw a mark it cannot take for one."""
    unclear = (cells["flag"] == "sign_unclear").fillna(False).to_numpy(dtype=bool)
    cases = {"unsigned": ~unclear, "printed_sign": ~unclear & (cells["centavos"].to_numpy() < 0)}
    if unclear.any():
        cases["identity"] = unclear & _decided(cells, unclear, tried)
    # The later of two cases that hold is asked first: a printed sign is no lack of one.
    basis = chosen(len(cells), dict(reversed(cases.items())))
    return Facet("sign", basis, problems(basis, "sign_unclear"))


def _decided(cells: pd.DataFrame, unclear: Bools, tried: Sequence[BookAttempts]) -> Bools:
    """The amounts of sums that hold as read and would not with the other sign: beside one at least whose sign is clear."""
    decided = np.zeros(len(cells), dtype=bool)
    not_zero = cells["centavos"].to_numpy() != 0
    for group in tried:
        exact = (group.attempts["outcome"].to_numpy() == PASSED) & (group.attempts["kind"].to_numpy() != "twin")
        anchors = group.reach_attempt[(not_zero & ~unclear)[group.reach_amount]]
        exact &= np.bincount(anchors, minlength=len(exact)).astype(bool)
        reached = group.reach_amount[exact[group.reach_attempt]]
        decided[reached[not_zero[reached]]] = True
    return decided
