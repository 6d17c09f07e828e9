"""Each discretionary line by itself: its rules, share of health and what it would buy."""

from typing import Any

import pandas as pd
from made_core import MadeCore, budget

from transforms.compare import compare

CONSULTATION = "imss-2025-1-consulta-de-medicina-familiar"


def comparison(core: MadeCore) -> pd.DataFrame:
    rows = compare(core.frames())["line_comparison"]
    return rows[rows["unit_cost_id"] == CONSULTATION].set_index("line_id")


def test_an_event_line() -> None:
    row = comparison(budget(year=2025)).loc["doc:1:2"]
    assert (row["basket"], row["rules"], row["strength"]) == ("events", "events.object", "code")
    assert row["share_of_health"] == 0.01
    assert row["health_line_ids"] == "doc:2:1"
    assert row["would_buy"] == round(5_000_000 / 1296, 2)
    assert row["real_amount_centavos"] == row["amount_centavos"] == 5_000_000_00
    assert "evidencia: primary" in row["unit_cost_source"]
    assert pd.isna(row["refusals"])


def test_one_row_per_unit_cost() -> None:
    rows = compare(budget().frames())["line_comparison"]
    assert rows.groupby("line_id").size().eq(6).all()
    assert set(rows["line_id"]) == {"doc:1:1", "doc:1:2", "doc:1:3", "doc:1:4"}


def test_a_line_in_two_baskets_keeps_every_rule_and_its_strongest_basket() -> None:
    core = budget()
    line = core.line("3840 Feria y festival", 1_000_000, object_code="384", administrative_name="Secretaría de Salud")
    row = comparison(core).loc[line]
    assert set(row["rules"].split(";")) == {"events.object", "event_words.words", "health.body"}
    assert (row["basket"], row["strength"]) == ("events", "code")
    assert set(row["words"].split("; ")) == {"feria, festival", "salud"}


def test_subtotals_say_that_they_are_sums() -> None:
    rows = comparison(budget())
    assert "no se suma con ellas" in rows.loc["doc:1:2", "caveats"]
    assert "no se suma con ellas" not in rows.loc["doc:1:3", "caveats"]


def refused(core: MadeCore, line: str = "doc:1:2") -> tuple[Any, pd.Series]:
    row = comparison(core).loc[line]
    return row["refusals"], row


def test_an_unverified_line_has_neither_share_nor_purchase() -> None:
    core = budget()
    core.rows["amount"][1]["verified"] = False
    codes, row = refused(core)
    assert codes == "unverified_operand"
    assert pd.isna(row["share_of_health"])
    assert pd.isna(row["would_buy"])


def test_without_health_it_still_buys() -> None:
    core = budget()
    for line in core.rows["line"]:
        line["function_code"] = None
    codes, row = refused(core)
    assert codes == "no_health"
    assert pd.isna(row["share_of_health"])
    assert row["would_buy"] > 0


def test_without_a_price_index_it_has_a_share_and_no_purchase() -> None:
    codes, row = refused(budget(year=2031))
    assert codes == "no_price_index"
    assert row["share_of_health"] == 0.01
    assert pd.isna(row["would_buy"])
    assert pd.isna(row["real_amount_centavos"])


def test_secondary_lines_are_not_citable() -> None:
    codes, row = refused(budget(kind="secundaria"))
    assert codes == "not_citable"
    assert pd.isna(row["would_buy"])


def test_health_near_zero_is_no_base() -> None:
    codes, row = refused(budget(health=19_000_000))
    assert codes == "health_near_zero"
    assert pd.isna(row["share_of_health"])


def sisters(*healths: int) -> MadeCore:
    """A document of programmes, and others of the same period that have the health amount."""
    core = MadeCore().document("lines").table(1, "programme", document_id="lines")
    core.line("Festival", 1_000_000, document_id="lines")
    for number, health in enumerate(healths):
        other = budget(document_id=f"d{number}", health=health)
        for name in ("document", "table", "line", "amount"):
            core.rows[name] += other.rows[name]
    return core


def test_health_of_a_sister_document() -> None:
    codes, row = refused(sisters(500_000_000), "lines:1:1")
    assert pd.isna(codes)
    assert row["share_of_health"] == 0.002
    assert "viene de otro documento" in row["caveats"]
    assert "hay que leer la línea" in row["caveats"]


def test_sister_documents_that_disagree() -> None:
    codes, row = refused(sisters(500_000_000, 600_000_000), "lines:1:1")
    assert codes == "no_health;different_document"
    assert pd.isna(row["share_of_health"])


def test_lines_of_another_view_say_so() -> None:
    core = budget()
    core.table(3, "object", scope="whole")
    core.line("Servicios oficiales", 4_000_000, table=3, row_kind="subtotal", object_code="38")
    core.line("Total", 1_500_000_000, table=3, row_kind="total")
    rows = comparison(core)
    assert "Otra vista del mismo presupuesto: no se suma con la de la página 1" in rows.loc["doc:3:1", "caveats"]
    assert "Otra vista" not in rows.loc["doc:1:2", "caveats"]
