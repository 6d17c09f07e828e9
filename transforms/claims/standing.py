"""Which claims and cards an edition shows: those of governments of which it holds documents, unless they are switched off.

A sentence about a government of which nothing was read would be repeated, not checked. What is shown and may not be printed as it
stands says so (`publishable`); every condition of the gate is asked by `peso evidence`.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from transforms.claims.cards import Card
from transforms.claims.model import Claim, ClaimOperand

# Grades of evidence on which a newsroom does not print a figure as its own.
_WEAK = ("claimed", "assumption", "doubtful")


def select_claims(stored: Sequence[Claim], core: Mapping[str, pd.DataFrame]) -> tuple[Claim, ...]:
    """The claims that are on and whose governments have documents in `core`; of an operand's own kind, where it names one."""
    held = list_governments(core)
    states = set(core["government"].loc[core["government"]["level"] == "state", "government_id"])
    documents = set(core["document"]["document_id"])

    def stands(claim: Claim) -> bool:
        if claim.government_id and (None, claim.government_id) not in held:
            return False
        return all(_has_documents(operand, held, states, documents) for operand in claim.operands)

    return tuple(claim for claim in stored if claim.publish and stands(claim))


def _has_documents(
    operand: ClaimOperand, held: set[tuple[str | None, str]], states: set[str], documents: set[str]
) -> bool:
    if operand.lines:
        return any(line.rsplit(":", 2)[0] in documents for line in operand.lines)
    wanted = states if operand.governments == "states" else set(operand.governments)
    return bool(wanted) and all((operand.kind, government) in held for government in wanted)


def select_cards(cards: Sequence[Card], core: Mapping[str, pd.DataFrame]) -> tuple[Card, ...]:
    """The cards that are on, each for those of its governments that have documents in `core`."""
    held = list_governments(core)
    kept = [
        card.model_copy(update={"governments": tuple(key for key in card.governments if (None, key) in held)})
        for card in cards
        if card.publish
    ]
    return tuple(card for card in kept if card.governments)


def list_governments(core: Mapping[str, pd.DataFrame]) -> set[tuple[str | None, str]]:
    """(kind, government) of every document that was read, from its entry and from its lines; with None for any kind."""
    kinds = core["document"].set_index("document_id")["kind"]
    lines = core["line"][["document_id", "government_id"]].drop_duplicates()
    entries = core["document"].loc[
        core["document"]["outcome"].isin(("read", "partial")), ["document_id", "government_id"]
    ]
    rows = pd.concat([entries, lines]).dropna(subset=["government_id"]).astype("str").drop_duplicates()
    pairs = set(zip(rows["document_id"].map(kinds), rows["government_id"], strict=True))
    return pairs | {(None, government) for _, government in pairs}


def is_publishable(claims: pd.DataFrame) -> pd.Series:
    """Whether nothing that the tables know keeps a claim from print: it was seen, rests on verified lines, and is not refused."""
    seen = claims["status"].isin(("document_seen", "reconciled"))
    return (
        seen
        & claims["verified"].astype("bool")
        & claims["citable"].fillna(False).astype("bool")
        & claims["refusals"].isna()
    )


def is_card_publishable(rows: pd.DataFrame) -> pd.Series:
    """The same of a row of a card: of cited lines, not refused, and on no input that is claimed or assumed."""
    return (
        rows["citable"].fillna(False).astype("bool") & rows["refusals"].isna() & ~rows["weakest_evidence"].isin(_WEAK)
    )
