"""What an edition shows of claims and cards: those of governments that it holds documents of, and nothing that is switched off."""

from typing import Any

import pytest

from tests.transforms.made_core import MadeCore, budget
from transforms.claims.cards import load_cards
from transforms.claims.claims import load_claims
from transforms.claims.record import record
from transforms.claims.standing import select_cards, select_claims
from transforms.out import compare

CLAIMS, CARDS = load_claims()[0], load_cards()[0]


def shown(core: MadeCore) -> set[str]:
    return {claim.id for claim in select_claims(CLAIMS, core.frames())}


def test_the_dancer_appears_only_beside_documents_of_sonora() -> None:
    assert shown(budget()) == {"dancer"}
    assert shown(budget(government="11")) == set()
    assert shown(budget(outcome="refused").document("other", government="11")) == {"dancer"}, "its lines are there"


def test_national_claims_need_the_dataset_that_they_were_made_of() -> None:
    """A sentence about 32 states is not checked by an edition of four states' own documents."""
    assert "national-health-2024" not in shown(budget())
    core = MadeCore()
    for government in ("26", "11"):
        core.document(f"d{government}", government=government, kind="secundaria").table(1, document_id=f"d{government}")
        core.line("COG36", 1, document_id=f"d{government}")
    assert {"national-health-2024", "national-advertising-2024"} <= shown(core)
    core.rows["government"].append({"government_id": "19", "name": "Nuevo León", "level": "state"})
    assert "national-health-2024" not in shown(core), "a state of the sum has no document"


def test_a_card_stands_for_those_of_its_governments_that_were_read() -> None:
    cards = {card.id: card.governments for card in select_cards(CARDS, budget(government="11").frames())}
    assert cards == {"excluded-workers": ("11",)}


def test_what_is_switched_off_is_in_no_edition() -> None:
    frames = budget().frames()
    off: Any = [claim.model_copy(update={"publish": False}) for claim in CLAIMS]
    assert select_claims(off, frames) == ()
    assert select_cards([card.model_copy(update={"publish": False}) for card in CARDS], frames) == ()


@pytest.mark.parametrize("government", ["26", "11"])
def test_what_is_shown_and_may_not_be_printed_says_so(government: str) -> None:
    frames = budget(government=government).frames()
    made = record(frames, compare(frames), CLAIMS, CARDS)
    assert not made["claim"]["publishable"].any(), "the dancer's document was not seen"
    assert not made["affordability"]["publishable"].any(), "every card stands on assumptions"
    if government == "26":
        [claim] = made["claim"].to_dict("records")
        assert claim["texto"].startswith("¿El Gobierno de Sonora pagó")
        assert "document not seen" in claim["finding"]
