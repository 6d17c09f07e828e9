"""Claims: recomputed from documents or standing on a sourced figure, and followed from release to release."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from transforms.claims.claims import load_claims
from transforms.claims.model import Claim
from transforms.claims.record import Before, record
from transforms.out import compare
from warehouse.schema.record import CLAIM, RELEASE_DIFFERENCE

GOLDEN = Path(__file__).parents[1] / "golden" / "states_health_2024_versions.csv"
ADVERTISING = GOLDEN.with_name("states_advertising_2024_versions.csv")
CAPITAL = "09"


def claim(**fields: Any) -> Claim:
    whole = {
        "id": "c",
        "text": "Una frase publicada",
        "status": "document_seen",
        "origin": "Un periódico",
        "year": 2021,
    }
    return Claim.model_validate(whole | fields)


def of_lines(*lines: str, **fields: Any) -> Claim:
    return claim(operands=[{"lines": lines, "stage": "aprobado"}], **fields)


def made(core: MadeCore, stored: Claim, before: Before | None = None) -> dict[str, pd.DataFrame]:
    frames = core.frames()
    return record(frames, compared(core), [stored], [], before)


def row(core: MadeCore, stored: Claim, before: Before | None = None) -> pd.Series:
    return made(core, stored, before)["claim"].iloc[0]


def before(centavos: int | None, line_ids: str, *differences: dict[str, Any]) -> Before:
    past = {"claim_id": "c", "text": "t", "status": "claimed", "outcome": "first", "verified": True,
            "finding": "f", "hallazgo": "h", "amount_centavos": centavos, "line_ids": line_ids}  # fmt: skip
    common = {"previous_release": 1, "change": "changed", "document_id": "doc", "stage": "aprobado", "amounts": 1}
    rows = [{"difference_id": f"d{n}", **common, **difference} for n, difference in enumerate(differences)]
    return Before(1, CLAIM.frame([past]), RELEASE_DIFFERENCE.frame(rows))


def test_the_dancer() -> None:
    frames = budget().frames()
    claimed = record(frames, compare(frames), load_claims()[0], [])["claim"].set_index("claim_id").loc["dancer"]
    assert (claimed["status"], claimed["outcome"], claimed["basis"]) == ("claimed", "first", "figure")
    assert claimed["amount_centavos"] == 5_051_480_00, "400,000 dollars at the FIX of 2010, 12.6287"
    assert claimed["real_amount_centavos"] > claimed["amount_centavos"]
    assert not claimed["verified"]
    assert not claimed["citable"]
    assert "document not seen" in claimed["finding"]
    assert "No document read gives verified events of this government for 2010" in claimed["finding"]
    assert "no se vio el documento" in claimed["hallazgo"]
    assert "12.6287" in claimed["sources"]
    assert pd.isna(claimed[["share_of_basket", "share_of_health"]]).all(), "no document of 2010"


def test_the_dancer_beside_a_document_of_its_year() -> None:
    frames = budget(year=2010).frames()
    claimed = record(frames, compare(frames), load_claims()[0], [])["claim"].set_index("claim_id").loc["dancer"]
    assert claimed["share_of_health"] == pytest.approx(5_051_480 / 500_000_000)
    assert claimed["share_of_basket"] == pytest.approx(5_051_480 / 5_000_000)


def test_a_claim_is_never_an_operand() -> None:
    assert compared(MadeCore())["health_vs_events"].empty


def test_a_claim_of_lines_is_their_sum_and_says_what_it_stands_on() -> None:
    claimed = row(budget(), of_lines("doc:1:1", "doc:1:2"))
    amounts = compared(budget())["line_all"].set_index("line_id")["amount_centavos"]
    assert claimed["amount_centavos"] == amounts["doc:1:1"] + amounts["doc:1:2"]
    assert (claimed["line_ids"], claimed["basis"], claimed["verified"]) == ("doc:1:1;doc:1:2", "documents", True)


def test_a_sum_with_a_no_document_is_refused() -> None:
    claimed = row(budget(), of_lines("doc:1:1", "doc:9:9"))
    assert pd.isna(claimed["amount_centavos"])
    assert (claimed["outcome"], claimed["refusals"]) == ("not_comparable", "no_document")


def test_a_line_of_a_replaced_document_is_followed_to_the_newest() -> None:
    core = budget(superseded_by="second")
    label = core.rows["line"][0]["label"]
    core.document("second", superseded_by="third").document("third").table(1, document_id="third")
    core.line(label, 12_000_000, row_kind="subtotal", object_code="36", document_id="third")
    claimed = row(core, of_lines("doc:1:1"), before(amount_of("doc:1:1"), "doc:1:1"))
    assert (claimed["outcome"], claimed["line_ids"], claimed["amount_centavos"]) == (
        "moved",
        "third:1:1",
        12_000_000_00,
    )
    assert pd.isna(claimed["refusals"])
    for sentence in (claimed["razon"], claimed["hallazgo"]):
        assert "documento más nuevo: third, que sustituyó a doc." in sentence


@pytest.mark.parametrize("labels", [["Otro nombre"], ["twice", "twice"]])
def test_a_line_that_the_newest_document_does_not_print_once_is_not_held(labels: list[str]) -> None:
    core = budget(superseded_by="newer").document("newer").table(1, document_id="newer")
    own = core.rows["line"][0]["label"]
    for label in labels:
        core.line(own if label == "twice" else label, 7, row_kind="subtotal", document_id="newer")
    claimed = row(core, of_lines("doc:1:1"), before(amount_of("doc:1:1"), "doc:1:1"))
    assert (claimed["outcome"], claimed["refusals"]) == ("not_comparable", "superseded_document")


def test_a_basket_of_all_states_needs_all_of_them() -> None:
    operand = {"basket": "health", "governments": "states", "year": 2021, "stage": "aprobado"}
    assert made(budget(), claim(operands=[operand]))["claim"].empty, "nothing was read of Guanajuato"
    both = budget().document("other", government="11")
    assert row(both, claim(operands=[operand]))["refusals"] == "no_document"
    one = claim(operands=[operand | {"governments": ["26"]}])
    assert row(budget(), one)["amount_centavos"] == 500_000_000_00


def test_a_secondary_dataset_is_an_operand_only_where_the_claim_says_so() -> None:
    operand = {"basket": "health", "governments": ["26"], "year": 2021, "stage": "aprobado"}
    core = budget(kind="secundaria")
    assert row(core, claim(operands=[operand]))["refusals"] == "no_document"
    claimed = row(core, claim(operands=[operand | {"kind": "secundaria"}]))
    assert claimed["amount_centavos"] == 500_000_000_00
    assert "not_citable" in claimed["refusals"]


def test_health_by_function_speaks_before_health_by_body() -> None:
    """A dataset of two files prints both; they differ, and the worse measure is no quarrel."""
    core = budget()
    core.document("bodies").table(1, "administrative", document_id="bodies")
    core.line("Secretaría de Salud", 300_000_000, document_id="bodies", administrative_name="Secretaría de Salud")
    operand = {"basket": "health", "governments": ["26"], "year": 2021, "stage": "aprobado"}
    versus = compared(core)["health_vs_events"]
    assert set(versus["health_centavos"].dropna()) == {500_000_000_00, 300_000_000_00}
    claimed = row(core, claim(operands=[operand]))
    assert (claimed["amount_centavos"], claimed["basis"]) == (500_000_000_00, "documents")


def test_an_unverified_operand_shows() -> None:
    core = budget()
    core.rows["amount"][0].update(verified=False, reason="no_proof")
    claimed = row(core, of_lines("doc:1:1"))
    assert not claimed["verified"]
    assert "unverified_operand" in claimed["refusals"]


def amount_of(line: str) -> int:
    return int(compared(budget())["line_all"].set_index("line_id")["amount_centavos"][line])


def test_held_against_the_previous_release() -> None:
    claimed = row(budget(), of_lines("doc:1:1"), before(amount_of("doc:1:1"), "doc:1:1"))
    assert (claimed["outcome"], claimed["previous_release"]) == ("held", 1)
    assert pd.isna(claimed["causes"])


def test_moved_with_the_causes_of_its_lines_added_up() -> None:
    now = amount_of("doc:1:1") + amount_of("doc:1:2")
    changed = [
        {"line_id": "doc:1:1", "cause": "late_accrual", "amount_centavos": 10, "previous_amount_centavos": 3},
        {"line_id": "doc:1:2", "cause": "reader_change", "amount_centavos": 5, "previous_amount_centavos": 1},
        {"line_id": "doc:1:3", "cause": "perimeter", "amount_centavos": 9, "previous_amount_centavos": 1},
    ]
    frames = made(budget(), of_lines("doc:1:1", "doc:1:2"), before(now - 11, "doc:1:1;doc:1:2", *changed))
    claimed = frames["claim"].iloc[0]
    assert (claimed["outcome"], claimed["causes"]) == ("moved", "late_accrual;reader_change")
    assert frames["release_difference"].set_index("difference_id")["claims"].dropna().to_dict() == {
        "d0": "c",
        "d1": "c",
    }


def test_what_no_line_explains_is_said() -> None:
    claimed = row(budget(), of_lines("doc:1:1"), before(amount_of("doc:1:1") - 7, "doc:1:1"))
    assert (claimed["outcome"], claimed["causes"]) == ("moved", "unattributed")


def test_flipped() -> None:
    claimed = row(budget(), of_lines("doc:1:1"), before(-5, "doc:1:1"))
    assert claimed["outcome"] == "flipped"
    assert "De −0.0 (la edición 1)" in claimed["razon"]


def test_no_longer_comparable_names_the_withdrawn_document() -> None:
    gone = {"change": "document_removed", "cause": "withdrawn_document", "document_id": "gone", "stage": None}
    frames = made(budget(), of_lines("gone:1:1"), before(100, "gone:1:1", gone))
    claimed = frames["claim"].iloc[0]
    assert (claimed["outcome"], claimed["causes"]) == ("not_comparable", "withdrawn_document")
    assert frames["release_difference"]["claims"].tolist() == ["c"]


def dataset() -> MadeCore:
    """An edition that holds the secondary dataset of every state, without the rows of the claim."""
    core = MadeCore()
    for government in ("26", "11"):
        core.document(f"d{government}", government=government, kind="secundaria", citable=False)
    return core


def test_the_national_headline_flips_between_two_versions_of_its_source() -> None:
    """Every figure of the shipped claim, made again from the 32 states of both versions."""
    with GOLDEN.open(encoding="utf-8") as file:
        states = {line["inegi_key"]: line for line in csv.DictReader(file)}
    gap = {
        when: {
            key: Decimal(line[f"accrued_{when}"]) - Decimal(line[f"approved_{when}"]) for key, line in states.items()
        }
        for when in ("before", "after")
    }
    stored = next(item for item in load_claims()[0] if item.id == "national-health-2024")
    published, latest = stored.figures
    assert len(states) == 32
    assert published.value == sum(gap["before"].values()) == Decimal("-8286662097.73")
    assert latest.value == sum(gap["after"].values()) == Decimal("217596239.38")
    capital = gap["after"][CAPITAL] - gap["before"][CAPITAL]
    assert [(share.cause, share.amount) for share in latest.causes] == [
        ("perimeter", capital),
        ("late_accrual", latest.value - published.value - capital),
    ]
    only_the_capital = {key for key, line in states.items() if line["approved_before"] != line["approved_after"]}
    assert only_the_capital == {CAPITAL}, "the others were approved the same, and accrued another amount"
    claimed = row(dataset(), stored)
    assert (claimed["outcome"], claimed["published_sign"], claimed["sign"]) == ("flipped", "negative", "positive")
    assert claimed["causes"] == "perimeter;late_accrual"
    assert "De −8,286.7 (la cifra publicada) a +217.6 millones" in claimed["razon"]


def test_the_advertising_half_of_the_headline_moved_and_did_not_flip() -> None:
    with ADVERTISING.open(encoding="utf-8") as file:
        states = {line["inegi_key"]: line for line in csv.DictReader(file)}
    before, after = (
        {key: Decimal(line[f"accrued_{when}"]) - Decimal(line[f"approved_{when}"]) for key, line in states.items()}
        for when in ("before", "after")
    )
    stored = next(item for item in load_claims()[0] if item.id == "national-advertising-2024")
    published, latest = stored.figures
    assert len(states) == 32
    assert (published.value, latest.value) == (sum(before.values()), sum(after.values()))
    capital = after[CAPITAL] - before[CAPITAL]
    assert [share.amount for share in latest.causes] == [capital, latest.value - published.value - capital]
    assert sum(after[key] != before[key] for key in states if key != CAPITAL) == 6
    claimed = row(dataset(), stored)
    assert (claimed["outcome"], claimed["causes"]) == ("moved", "perimeter;late_accrual")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: x\ntext: T\nstatus: proven\n", "status"),
        ("id: x\ntext: Una frase larga\nstatus: claimed\norigin: Un periódico\nyear: 2020\n", "dé operands"),
        (
            "id: x\ntext: Una frase larga\nstatus: claimed\norigin: Un periódico\nyear: 2020\n"
            "operands: [{stage: gastado, lines: [a]}]\n",
            "stage: uno de",
        ),
        (
            "id: x\ntext: Una frase larga\nstatus: claimed\norigin: Un periódico\nyear: 2020\n"
            "operands: [{stage: pagado, lines: [a], basket: health}]\n",
            "una de las dos",
        ),
    ],
)
def test_a_wrong_claim_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    kept, problems = load_claims(tmp_path)
    assert any(re.search(rf"x\.yaml[\s\S]*{words}", str(problem)) for problem in problems)
    assert {claim.id for claim in kept} >= {"dancer"}, "the rest goes on"
