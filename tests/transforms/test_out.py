"""Health against events: the number, or the reason there is none; one refusal at a time, on figures made for the test."""

from typing import Any

import pandas as pd
import pytest

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from warehouse.schema import TABLES
from warehouse.schema.vocabulary import REFUSALS


def versus(core: MadeCore, **where: Any) -> pd.Series:
    rows = compared(core)["health_vs_events"]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def refusals(row: pd.Series) -> set[str]:
    return set() if pd.isna(row["refusals"]) else set(row["refusals"].split(";"))


def test_the_number() -> None:
    row = versus(budget())
    assert refusals(row) == set()
    assert (row["health_centavos"], row["events_centavos"], row["advertising_centavos"]) == (
        500_000_000_00,
        5_000_000_00,
        9_000_000_00,
    )
    assert row["events_share_of_health"] == 0.01
    assert row["advertising_share_of_health"] == 0.018
    assert row["total_centavos"] == 2_000_000_000_00
    assert row["health_basis"].startswith("health.function; tabla 2, página 2")
    assert (row["events_line_ids"], row["health_line_ids"]) == ("doc:1:2", "doc:2:1")
    assert row["price_base"] == 2025
    assert row["real_events_centavos"] > row["events_centavos"]


def test_every_frame_has_its_schema() -> None:
    out = compared(budget())
    for name, frame in out.items():
        table = TABLES[f"out.{name}"]
        assert list(frame.columns) == table.frame_columns
        assert not frame.duplicated([table.by_name[key].frame_name for key in table.key]).any()
        for column in table.columns:
            if column.required:
                assert frame[column.frame_name].notna().all(), column.name


def test_nothing_in_nothing_out() -> None:
    out = compared(MadeCore())
    assert all(
        out[name].empty for name in ("line", "line_all", "line_comparison", "health_vs_events", "coverage", "alert")
    )


def test_items_are_added_where_the_concept_is_not_printed() -> None:
    core = MadeCore().document().table(1).table(2, "function")
    core.line("Ceremonial", 1_000_000, object_code="381")
    core.line("Orden social", 2_000_000, object_code="382")
    core.line("Total", 900_000_000, row_kind="total")
    core.line("Salud", 90_000_000, table=2, function_code="23")
    core.line("Total", 900_000_000, table=2, row_kind="total")
    row = versus(core)
    assert row["events_centavos"] == 3_000_000_00
    assert "suma de partidas" in row["caveats"]
    assert refusals(row) == set()


def test_a_concept_is_never_added_to_its_items() -> None:
    assert versus(budget())["events_centavos"] == 5_000_000_00


def crossed(partition: bool) -> MadeCore:
    """An object table by body: the concept is printed once per body."""
    core = MadeCore().document().table(1).table(2, "function")
    for body, events in (("Gobierno", 1_000_000), ("Turismo", 2_000_000)):
        core.line("Servicios oficiales", events, row_kind="subtotal", object_code="38", administrative_name=body)
        core.line("Ceremonial", events, object_code="381", administrative_name=body)
        core.line("Sueldos", 48_500_000, object_code="113", administrative_name=body)
    core.line("Total", 100_000_000 if partition else 150_000_000, row_kind="total")
    core.line("Salud", 30_000_000, table=2, function_code="23")
    core.line("Total", 100_000_000 if partition else 150_000_000, table=2, row_kind="total")
    return core


def test_a_class_printed_per_body_is_added_only_where_details_make_the_total() -> None:
    assert versus(crossed(partition=True))["events_centavos"] == 3_000_000_00
    assert "no_events" in refusals(versus(crossed(partition=False)))


def test_the_whole_budget_wins_over_a_cut_and_over_a_smaller_perimeter() -> None:
    core = budget()
    core.table(3, "object", scope="part").table(4, "object", scope="whole")
    core.line("Servicios oficiales", 1_000_000, table=3, row_kind="subtotal", object_code="38")
    core.line("Total", 7_000_000_000, table=3, row_kind="total")
    core.line("Servicios oficiales", 4_000_000, table=4, row_kind="subtotal", object_code="38")
    core.line("Total", 1_500_000_000, table=4, row_kind="total")
    row = versus(core)
    assert row["events_line_ids"] == "doc:1:2"
    assert refusals(row) == set()


def test_bodies_are_added_without_the_bodies_inside_them() -> None:
    core = MadeCore().document().table(1).table(2, "administrative")
    core.line("Servicios oficiales", 5_000_000, row_kind="subtotal", object_code="38")
    core.line("Total", 900_000_000, row_kind="total")
    ministry = core.line("Secretaría de Salud", 100_000_000, table=2, row_kind="subtotal")
    core.line("Servicios de Salud", 60_000_000, table=2, parent_line_id=ministry)
    core.line("Hospital General", 50_000_000, table=2)
    core.line("Secretaría de Educación", 750_000_000, table=2)
    core.line("Total", 900_000_000, table=2, row_kind="total")
    row = versus(core)
    assert row["health_centavos"] == 150_000_000_00
    assert row["health_basis"].startswith("health.body")
    assert "no incluye lo que gastan en salud otros entes" in row["caveats"]


def test_a_function_is_trusted_more_than_bodies() -> None:
    core = budget().table(3, "administrative")
    core.line("Secretaría de Salud", 400_000_000, table=3)
    core.line("Total", 2_000_000_000, table=3, row_kind="total")
    assert versus(core)["health_basis"].startswith("health.function")


def test_efipem_reading_of_health() -> None:
    core = MadeCore().document(kind="estadistica", period_status="preliminary").table(1)
    core.line("Servicios oficiales", 11_804_173, row_kind="subtotal")
    core.line("Secretaría de salud", 27_315_278)
    core.line("Instituciones y programas de salud", 6_315_639_453)
    core.line("Total de egresos", 72_162_354_302, row_kind="total")
    row = versus(core)
    assert row["health_centavos"] == 6_315_639_453_00
    assert row["health_basis"].startswith("health.efipem_transfers")
    assert "solo la nómina" in row["caveats"]
    assert "Cifras preliminares" in row["caveats"]


# INEGI, EFIPEM, Sonora, pesos: health transfers, official services, social communication, total spending.
SONORA = {
    2015: (4_999_618_160, 73_901_341, 169_441_632, 57_500_205_638),
    2016: (5_133_740_112, 62_710_213, 246_419_334, 63_927_615_880),
    2017: (5_668_961_284, 70_585_483, 177_647_677, 66_317_756_410),
    2018: (6_759_789_951, 49_683_280, 203_657_611, 91_281_697_631),
    2019: (6_050_250_883, 49_936_882, 158_333_230, 71_312_008_354),
    2020: (6_991_740_502, 16_367_417, 136_803_082, 70_870_781_543),
    2021: (6_315_639_453, 11_804_173, 59_263_132, 72_162_354_302),
    2022: (6_981_190_721, 76_011_323, 189_185_005, 76_745_787_465),
}


def test_sonora_as_inegi_published_it() -> None:
    core = MadeCore()
    for year, (health, events, advertising, total) in SONORA.items():
        name = f"efipem-{year}"
        core.document(name, year=year, kind="estadistica").table(1, document_id=name)
        add: dict[str, Any] = {"document_id": name, "stage": "ejercido", "header": "Valor"}
        core.line("Total de egresos", total, row_kind="total", **add)
        core.line("Servicios de comunicación social y publicidad", advertising, row_kind="subtotal", **add)
        core.line("Servicios oficiales", events, row_kind="subtotal", **add)
        core.line("Gastos de ceremonial", events, **add)
        core.line("Secretaría de salud", 30_000_000, **add)
        core.line("Instituciones y programas de salud", health, **add)
    rows = compared(core)["health_vs_events"].set_index("fiscal_year")
    assert rows["refusals"].isna().all()
    millions = [round(rows.loc[year, "advertising_centavos"] / 1e8) for year in SONORA]
    assert millions == [169, 246, 178, 204, 158, 137, 59, 189]
    assert [round(rows.loc[year, "events_centavos"] / 1e8) for year in SONORA] == [74, 63, 71, 50, 50, 16, 12, 76]
    assert rows.loc[2021, "events_share_of_health"] == pytest.approx(11_804_173 / 6_315_639_453)
    assert rows["real_events_centavos"].gt(rows["events_centavos"]).all()


def test_an_unverified_advertising_amount_is_shown_without_a_share() -> None:
    core = budget()
    core.rows["amount"][0]["verified"] = False
    row = versus(core)
    assert refusals(row) == set()
    assert not row["verified"], "not every operand is"
    assert row["events_share_of_health"] == 0.01
    assert pd.isna(row["advertising_share_of_health"])
    assert "publicidad no está verificada" in row["caveats"]


# Refusals, one by one.


def without(core: MadeCore, *prefixes: str) -> MadeCore:
    gone = {
        line["line_id"]
        for line in core.rows["line"]
        if any((line.get(name) or "").startswith(code) for name, code in (p.split("=") for p in prefixes))
    }
    for name in ("line", "amount"):
        core.rows[name] = [row for row in core.rows[name] if row["line_id"] not in gone]
    return core


def test_missing_operands() -> None:
    assert refusals(versus(without(budget(), "function_code=23"))) == {"no_health"}
    row = versus(without(budget(), "object_code=38"))
    assert refusals(row) == {"no_events"}
    assert pd.isna(row["events_share_of_health"])
    assert row["advertising_share_of_health"] == 0.018, "advertising still has its base"
    assert pd.isna(versus(without(budget(), "object_code=36"))["advertising_centavos"]), "absence is not zero"


def test_unverified_operand() -> None:
    core = budget()
    core.rows["amount"][5]["verified"] = False
    row = versus(core)
    assert refusals(row) == {"unverified_operand"}
    assert not row["verified"]
    assert pd.isna(row["events_share_of_health"])
    assert row["health_centavos"] == 500_000_000_00, "shown, not compared"


def test_different_perimeter() -> None:
    core = budget()
    core.rows["amount"][-1]["amount_centavos"] += 1_000_00
    assert refusals(versus(core)) == {"different_perimeter"}


def test_advertising_of_another_perimeter_is_not_shown() -> None:
    core = without(budget(), "object_code=36").table(3)
    core.line("Publicidad", 9_000_000, table=3, row_kind="subtotal", object_code="36")
    core.line("Total", 50_000_000, table=3, row_kind="total")
    row = versus(core)
    assert refusals(row) == set()
    assert pd.isna(row["advertising_centavos"])
    assert "otro perímetro" in row["caveats"]


def two_documents(**second: Any) -> MadeCore:
    """Events in one document, health in another, as agencies publish them."""
    core = without(budget(), "function_code=23")
    other = without(budget(document_id="other", **second), "object_code=38", "object_code=36")
    for name in ("document", "table", "line", "amount"):
        core.rows[name] += other.rows[name]
    return core


def test_an_operand_of_a_sister_document_with_the_same_total() -> None:
    row = versus(two_documents(), document_id="doc")
    assert refusals(row) == set()
    assert row["health_line_ids"] == "other:2:1"
    assert "documento other" in row["health_basis"]
    assert "viene de otro documento" in row["caveats"]


def test_sister_documents_that_do_not_agree() -> None:
    assert refusals(versus(two_documents(total=1_999_000_000), document_id="doc")) == {
        "no_health",
        "different_document",
    }


def test_different_period() -> None:
    core = two_documents()
    core.rows["document"][1]["period_end"] = core.rows["document"][1]["period_end"].replace(month=6, day=30)
    assert refusals(versus(core, document_id="doc")) == {"no_health", "different_period"}


def test_different_stage() -> None:
    core = two_documents()
    for amount in core.rows["amount"]:
        if amount["document_id"] == "other":
            amount["stage"] = "devengado"
    assert refusals(versus(core, document_id="doc")) == {"no_health", "different_stage"}


def test_secondary_sources_are_not_citable_and_lend_nothing() -> None:
    assert refusals(versus(budget(kind="secundaria"))) == {"not_citable"}
    assert refusals(versus(two_documents(kind="secundaria"), document_id="doc")) == {"no_health"}


def test_typeset_copies_are_compared_with_a_caveat() -> None:
    row = versus(budget(citable=False, obtained_how="typeset"))
    assert refusals(row) == set()
    assert not row["citable"]
    assert "compuesto por el proyecto" in row["caveats"]


def test_health_near_zero() -> None:
    assert refusals(versus(budget(health=19_000_000))) == {"health_near_zero"}


@pytest.mark.parametrize("health", [0, 99_999])
def test_zero_base(health: int) -> None:
    assert "zero_base" in refusals(versus(budget(health=health, events=900, total=8_000_000)))


def test_base_under_a_hundredth_of_the_result() -> None:
    assert refusals(versus(budget(health=5_000_000, events=501_000_000, total=499_000_000))) == {"zero_base"}


def test_different_unit() -> None:
    core = budget()
    core.rows["amount"][5].update(verified=False, reason="unit_doubtful")
    assert refusals(versus(core)) == {"unverified_operand", "different_unit"}


def test_a_jump_of_the_total_blocks_both_years() -> None:
    core = budget(year=2021)
    later = budget(year=2022, document_id="later", health=500_000, events=5_000, advertising=9_000, total=2_000_000)
    for name in ("document", "table", "line", "amount"):
        core.rows[name] += later.rows[name]
    assert "different_unit" in refusals(versus(core, fiscal_year=2021))
    assert "different_unit" in refusals(versus(core, fiscal_year=2022))


def test_health_that_leaves_the_perimeter_spoils_its_own_year_only() -> None:
    core = budget(year=2021)
    later = budget(year=2022, document_id="later", health=5_000_000)
    for name in ("document", "table", "line", "amount"):
        core.rows[name] += later.rows[name]
    assert refusals(versus(core, fiscal_year=2021)) == set()
    assert refusals(versus(core, fiscal_year=2022)) == {"health_near_zero"}


def test_differences_are_not_amounts_to_compare() -> None:
    core = budget()
    for amount in core.rows["amount"]:
        amount["stage"] = "subejercicio"
    out = compared(core)
    assert out["health_vs_events"].empty
    assert out["line_comparison"].empty
    assert len(out["line"]) == 8


def test_superseded_documents_are_left_out() -> None:
    out = compared(budget(superseded_by="newer"))
    assert out["health_vs_events"].empty
    assert out["line_comparison"].empty
    assert len(out["line"]) == 8, "the older stays readable"


def test_no_price_index_leaves_the_share_and_no_real_pesos() -> None:
    row = versus(budget(year=2031))
    assert refusals(row) == set()
    assert row["events_share_of_health"] == 0.01
    assert pd.isna(row["real_events_centavos"])
    assert REFUSALS["no_price_index"].es in row["caveats"]


def test_a_partial_price_index_is_said() -> None:
    assert REFUSALS["forecast_price_index"].es in versus(budget(year=2026))["caveats"]
