"""The frames that stand on the comparisons and on the previous release: claims, affordability cards, differences."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from transforms.claims.affordability import affordability
from transforms.claims.cards import Card
from transforms.claims.claims import claims
from transforms.claims.history import follow
from transforms.claims.model import Claim
from transforms.claims.practices import practices
from transforms.claims.standing import is_card_publishable, is_publishable, select_cards, select_claims
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
    """'claim', 'affordability', 'practice' and 'release_difference', from `core` and from what `transforms.out` returned.

    Claims and cards of governments without documents, and those that are switched off, are left out.
    """
    index, before = inpc(), before or Before()
    versus = out["health_vs_events"]
    shown = select_claims(stored, core)
    recomputed = claims(shown, versus, out["line_all"], core, index)
    rows, differences = follow(shown, recomputed, before.claim, before.release, before.differences)
    money = affordability(select_cards(cards, core), versus, index)
    return {
        "claim": rows.assign(publishable=is_publishable(rows).astype("boolean")),
        "affordability": money.assign(publishable=is_card_publishable(money).astype("boolean")),
        "practice": practices(out["change"], core["government"]),
        "release_difference": differences,
    }
