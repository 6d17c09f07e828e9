"""The frames that stand on the comparisons and on the previous release: claims, affordability cards, differences."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from transforms.claims.cards import Card, affordability
from transforms.claims.claims import claims
from transforms.claims.history import follow
from transforms.claims.model import Claim
from transforms.compare.prices import inpc
from warehouse.schema.record import CLAIM, RELEASE_DIFFERENCE


class Before(NamedTuple):
    """The previous release: its number, its `out.claim`, and what differs from it."""

    release: int | None = None
    claim: pd.DataFrame = CLAIM.frame()
    differences: pd.DataFrame = RELEASE_DIFFERENCE.frame()


def record(
    core: Mapping[str, pd.DataFrame],
    out: Mapping[str, pd.DataFrame],
    stored: Sequence[Claim],
    cards: Sequence[Card],
    before: Before | None = None,
) -> dict[str, pd.DataFrame]:
    """'claim', 'affordability' and 'release_difference', from `core` and from what `transforms.out` returned."""
    index, before = inpc(), before or Before()
    versus = out["health_vs_events"]
    recomputed = claims(stored, versus, out["line_all"], core, index)
    rows, differences = follow(stored, recomputed, before.claim, before.release, before.differences)
    return {"claim": rows, "affordability": affordability(cards, versus, index), "release_difference": differences}
