"""`out.seal_error`: how often *verified* was wrong when it was measured, with the exact bound of what that leaves open.

The counts are measured outside the product and kept in `transforms/reference/seal.csv`; nothing is measured here.
"""

from functools import cache
from math import exp, lgamma, log

import pandas as pd

from transforms import reference
from warehouse.schema.seal import SEAL_ERROR, WHOLE

RISK = 0.05  # one sided: in 95 of 100 samples the true share lies below the bound


def seal_error() -> pd.DataFrame:
    """What was measured, by sample and facet, as the schema describes it."""
    counts = reference.seal()
    made = counts.assign(
        held=counts["held"] == "yes",
        documents_bound=_bounds(counts, "documents_wrong", "documents"),
        coverage=(counts["verified"] / counts["amounts"]).astype("Float64"),
        bound=_bounds(counts, "wrong", "verified"),
        measured_on=pd.to_datetime(counts["measured_on"]).dt.date,
    )
    return SEAL_ERROR.frame(made[SEAL_ERROR.frame_columns])


@cache
def upper_bound(wrong: int, of: int) -> float:
    """The largest share of errors at which `wrong` or fewer of so many would still be seen in one sample of twenty.

    Clopper and Pearson's exact bound (Biometrika 26, 1934), one sided at 95 %; with none wrong it is 1 - 0.05 ** (1 / of).
    """
    if wrong >= of:
        return 1.0
    low, high = wrong / of, 1.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, of, middle) > RISK else (low, middle)
    return high


def held() -> tuple[int, int, float]:
    """Of all held amounts that were verified: how many, how many wrong, and the bound of their share."""
    rows = seal_error()
    rows = rows[rows["held"] & (rows["facet"] == WHOLE)]
    verified, wrong = int(rows["verified"].sum()), int(rows["wrong"].sum())
    return verified, wrong, upper_bound(wrong, verified)


def _bounds(counts: pd.DataFrame, wrong: str, of: str) -> "pd.Series[float]":
    bounds = [upper_bound(int(k), int(n)) for k, n in zip(counts[wrong], counts[of], strict=True)]
    return pd.Series(bounds, index=counts.index, dtype="Float64")


def _at_most(wrong: int, of: int, share: float) -> float:
    """The chance of so many errors or fewer, each of `of` being wrong with the chance `share`."""
    return sum(
        exp(lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log(1 - share))
        for k in range(wrong + 1)
    )
