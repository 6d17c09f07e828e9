"""Each discretionary line by itself: its rules, share of health and what it would buy."""

from datetime import date
from typing import Any

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget

CONSULTATION = "imss-2025-1-consulta-de-medicina-familiar"


def comparison(core: MadeCore) -> pd.DataFrame:
    return compared(core)["line_comparison"].set_index("line_id")


def bought(core: MadeCore, line: str = "doc:1:2") -> pd.DataFrame:
    rows = compared(core)["would_buy"]
    return rows[rows["line_id"] == line].set_index("unit_cost_id")


def test_an_event_line() -> None:
    row = comparison(budget(year=2025)).loc["doc:1:2"]
    assert (row["basket"], row["rules"], row["strength"]) == ("events", "events.object", "code")
    assert row["share_of_health"] == 0.01
    assert row["health_line_ids"] == "doc:2:1"
    assert row["real_amount_centavos"] == row["amount_centavos"] == 5_000_000_00
    assert pd.isna(row["refusals"])
    assert not row["inside_health"]


def test_one_row_per_line_and_amount() -> None:
    rows = compared(budget())["line_comparison"]
    assert rows["line_id"].tolist() == ["doc:1:1", "doc:1:2", "doc:1:3", "doc:1:4"]


def test_what_it_would_buy_says_source_year_region_and_evidence() -> None:
    row = bought(budget(year=2025)).loc[CONSULTATION]
    assert row["would_buy"] == round(5_000_000 / 1296, 2)
    assert (row["unit_cost_year"], row["unit_cost_region"], row["unit_cost_evidence"]) == (2025, "00", "primary")
    assert row["same_year"]
    listed = compared(budget())["unit_cost"].set_index("unit_cost_id")
    assert "DOF" in listed.loc[CONSULTATION, "source"]


def test_costs_of_another_year_say_so() -> None:
    """2021 has no unit costs of the IMSS: the six of 2025 stand beside it, and the amount is taken to their prices."""
    rows = bought(budget(year=2021))
    older = rows.loc[CONSULTATION]
    assert not older["same_year"]
    assert older["amount_at_cost_year_centavos"] > older["amount_centavos"]
    assert older["would_buy"] == round(older["amount_at_cost_year_centavos"] / 129600, 2)
    same_year = rows[rows["same_year"]]
    assert same_year.index.tolist() == ["sicuentas-2021-26-habitante"], "Sonora, 2021"
    assert (same_year["amount_at_cost_year_centavos"] == same_year["amount_centavos"]).all()


def test_costs_of_a_region_stand_only_beside_it() -> None:
    assert "isssteson-2019-26-afiliado" in bought(budget()).index
    elsewhere = bought(budget(government="11"))
    assert elsewhere["unit_cost_region"].isin(["00", "11"]).all()
    assert not bought(budget(year=2015)).index.str.contains("curaciones").any(), "doubtful costs buy nothing"


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
    assert bought(core).empty


def test_without_health_it_still_buys() -> None:
    core = budget()
    for line in core.rows["line"]:
        line["function_code"] = None
    codes, row = refused(core)
    assert codes == "no_health"
    assert pd.isna(row["share_of_health"])
    assert bought(core).loc[CONSULTATION, "would_buy"] > 0


def test_without_a_price_index_it_has_a_share_and_no_purchase() -> None:
    codes, row = refused(budget(year=2031))
    assert pd.isna(codes)
    assert row["share_of_health"] == 0.01
    assert "sin importes reales" in row["caveats"]
    assert bought(budget(year=2031)).empty
    assert pd.isna(row["real_amount_centavos"])


def test_secondary_lines_are_not_citable() -> None:
    codes, row = refused(budget(kind="secundaria"))
    assert codes == "not_citable"
    assert pd.isna(row["share_of_health"])
    assert bought(budget(kind="secundaria")).empty


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


def contracts(**fields: Any) -> MadeCore:
    core = MadeCore().document("c", year=2014, kind="contratos").table(1, "contract", document_id="c")
    cells = [("Monto de las cotizaciones", None, 900_000), ("Monto del contrato con impuestos", None, 1_000_000)]
    core.line(
        "Servicio integral para la ceremonia", cells, document_id="c", **{"line_date": date(2014, 3, 16), **fields}
    )
    return core


def test_a_contract_is_in_dollars_of_its_day_and_has_no_share() -> None:
    """16 March 2014 was a Sunday: the FIX of Friday 14 holds."""
    row = comparison(contracts()).loc["c:1:1"]
    assert (row["header"], row["amount_centavos"]) == ("Monto del contrato con impuestos", 1_000_000_00)
    assert (row["exchange_rate_basis"], row["exchange_rate_date"]) == ("date", date(2014, 3, 14))
    assert row["dollars_centavos"] == round(1_000_000_00 / row["exchange_rate"])
    assert row["exchange_rate_evidence"] == "month_checked"
    assert row["refusals"] == "no_stage"
    assert pd.isna(row["share_of_health"])
    assert "no se suma con las líneas del presupuesto" in row["caveats"]


def test_undated_lines_have_dollars_of_the_year_and_say_so() -> None:
    row = comparison(budget(year=2021)).loc["doc:1:2"]
    assert row["exchange_rate_basis"] == "year_average"
    assert pd.isna(row["exchange_rate_date"])
    assert "promedio anual del FIX" in row["caveats"]


def test_a_contract_without_a_day_is_not_listed() -> None:
    assert comparison(contracts(line_date=None)).empty


def test_a_day_of_another_year_is_said() -> None:
    row = comparison(contracts(line_date=date(2012, 3, 16))).loc["c:1:1"]
    assert "no es del ejercicio del documento" in row["caveats"]


def test_health_and_events_overlap_is_published() -> None:
    core = MadeCore().document().table(1, "programme").table(2, "object")
    inside = core.line("Feria de la salud", 300, administrative_name="Secretaría de Salud")
    core.line("Festival", 700, administrative_name="Secretaría de Cultura")
    core.line("Servicios oficiales", 5_000, table=2, object_code="38")
    out = compared(core)
    overlap = out["overlap"].set_index("basket")
    words = overlap.loc["event_words"]
    assert (words["status"], words["amount_centavos"], words["inside_health_centavos"]) == (
        "measured",
        1_000_00,
        300_00,
    )
    assert (words["line_ids"], words["health_rules"], words["table"]) == (inside, "health.body", 1)
    assert overlap.loc["events", "status"] == "not_crossed"
    assert pd.isna(overlap.loc["events", "inside_health_centavos"]), "unknown is not zero"
    lines = out["line_comparison"].set_index("line_id")
    assert lines.loc[inside, "inside_health"]
    assert "dentro de salud" in lines.loc[inside, "caveats"]


def test_events_under_a_function_of_health_are_inside_health() -> None:
    """A table that prints objects within functions crosses the two axes, though no row names both."""
    core = MadeCore().document().table(1, "function")
    health = core.line("2.3 Salud", 900, row_kind="subtotal", function_code="23")
    under: dict[str, Any] = {"parent_line_id": health, "classification": "object"}
    inside = core.line("3800 Servicios oficiales", 300, object_code="38", **under)
    other = core.line("1.2 Justicia", 700, row_kind="subtotal", function_code="12")
    core.line("3800 Servicios oficiales", 500, object_code="38", **{**under, "parent_line_id": other})
    out = compared(core)
    events = out["overlap"].set_index("basket").loc["events"]
    assert (events["status"], events["amount_centavos"], events["inside_health_centavos"]) == (
        "measured",
        800_00,
        300_00,
    )
    assert events["line_ids"] == inside
    flags = out["line_comparison"].set_index("line_id")["inside_health"]
    assert flags.loc[inside]
    assert flags.sum() == 1
