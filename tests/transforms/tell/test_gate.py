"""The publication gate: every condition of METHOD's last section can stop a number, and alone does."""

from dataclasses import replace

import pytest

from transforms.tell.gate import CitedAmount, Printable, conditions, publishable
from warehouse.schema.vocabulary import Term

GOOD = CitedAmount("a:1:1", verified=True, stage="ejercido", period_status="final", citable=True, shown=True)
FACTS = Printable("comparison", (GOOD, replace(GOOD, name="a:1:2")), reproduced=True, asked="2026-11-20, oficio 12")


def missing(facts: Printable) -> list[str]:
    return [condition.code for condition in conditions(facts) if not condition.met]


def test_what_meets_every_condition_may_be_printed():
    met = conditions(FACTS)
    assert publishable(met)
    assert all(condition.why is None for condition in met)
    assert "oficio 12" in met[-1].asks.es


@pytest.mark.parametrize(
    ("operand", "code"),
    [
        ({"verified": False}, "verified"),
        ({"period_status": None}, "final_or_marked"),
        ({"citable": False}, "citable"),
        ({"shown": False}, "crops_show"),
        ({"kind": "estadistica"}, "own_document"),
    ],
)
def test_one_operand_is_enough_to_stop_it(operand, code):
    facts = replace(FACTS, operands=(GOOD, replace(GOOD, name="b:2:2", **operand)))
    assert missing(facts) == [code]
    (why,) = [condition.why for condition in conditions(facts) if condition.why]
    assert "b:2:2" in why.es
    assert "a:1:1" not in why.es


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"operands": ()}, "has_operands"),
        ({"refusals": ("different_period",)}, "comparable"),
        ({"alerts": (Term("Doubtful.", "Dudoso."),)}, "no_alert"),
        ({"stable": False}, "sign_stable"),
        ({"total_as_printed": True}, "net_total"),
        ({"reproduced": False}, "reproduced"),
        ({"asked": None}, "asked_for_reply"),
        ({"asked": " "}, "asked_for_reply"),
        ({"kind": "claim", "claim_status": "claimed"}, "document_seen"),
    ],
)
def test_each_condition_stops_it(change, code):
    assert missing(replace(FACTS, **change)) == [code]


def test_a_statistic_of_inegi_is_not_the_governments_own_document():
    """Baja California Sur 2022: 0.25 per thousand came from INEGI and met "the documents are the government's own"."""
    facts = replace(FACTS, operands=(replace(GOOD, kind="estadistica"),))
    (why,) = [condition.why for condition in conditions(facts) if condition.why]
    assert "Estadística del INEGI" in why.es


def test_preliminary_figures_are_marked_and_the_approved_budget_is_final():
    assert not missing(replace(FACTS, operands=(replace(GOOD, period_status="preliminary"),)))
    assert not missing(replace(FACTS, operands=(replace(GOOD, stage="aprobado", period_status=None),)))


def test_a_sign_that_holds_is_said_where_there_is_one():
    assert "sign_stable" not in [condition.code for condition in conditions(FACTS)]
    assert not missing(replace(FACTS, stable=True))


def test_a_claim_with_its_document_seen_passes():
    assert not missing(replace(FACTS, kind="claim", claim_status="reconciled"))


def test_a_refusal_is_said_in_both_languages():
    (condition,) = [c for c in conditions(replace(FACTS, refusals=("different_period", "zero_base"))) if c.why]
    assert condition.why
    assert "periodos distintos" in condition.why.es
    assert "different periods" in condition.why.en
