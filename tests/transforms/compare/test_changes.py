"""Changes over years and stages: what breaks a series, and in how many readings a sign holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from tests.transforms.made_efipem import efipem


def years(*made: MadeCore) -> Mapping[str, pd.DataFrame]:
    core = made[0]
    for other in made[1:]:
        for name in ("document", "table", "line", "amount"):
            core.rows[name] += other.rows[name]
    return compared(core)


def change(out: Mapping[str, pd.DataFrame], item: str) -> pd.Series:
    rows = out["change"]
    rows = rows[(rows["item"] == item) & (rows["comparison"] == "years")]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_change_that_prices_turn_around_says_so_beside() -> None:
    out = years(
        budget(year=2018, document_id="a", advertising=203_657_611),
        budget(year=2025, document_id="b", advertising=253_580_901),
    )
    row = change(out, "advertising")
    assert round(row["nominal_change"], 3) == 0.245
    assert round(row["real_change"], 3) == -0.112
    assert round(row["december_change"], 3) == -0.103
    assert row["price_status"] == "forecast"
    assert "El deflactor del PIB de 2025 es pronóstico" in row["caveats"]
    assert (row["readings"], row["readings_held"], row["stable"]) == (3, 3, True), "pesos of the day are no vote"
    assert "En pesos corrientes el signo es el contrario" in row["caveats"]
    assert pd.isna(row["refusals"])


def test_a_change_that_every_reading_shows_is_stable() -> None:
    row = change(
        years(budget(year=2018, document_id="a"), budget(year=2019, document_id="b", advertising=90_000_000)),
        "advertising",
    )
    assert row["stable"]
    assert row["readings"] == row["readings_held"]


@pytest.mark.parametrize(
    ("first", "last", "cut"), [(2018, 2019, False), (2019, 2020, True), (2020, 2021, False), (2018, 2025, True)]
)
def test_health_stops_where_who_spends_changed(first: int, last: int, cut: bool) -> None:
    out = years(budget(year=first, document_id="a"), budget(year=last, document_id="b"))
    row = change(out, "health")
    assert ("institutional_change" in str(row["refusals"])) == cut
    assert pd.isna(row["real_change"]) == cut
    assert pd.isna(change(out, "events")["refusals"])
    if cut:
        assert "Cambios institucionales en el periodo" in change(out, "total")["caveats"]


def test_the_readings_of_a_change_are_prices_and_net_spending() -> None:
    """Sonora's official services of 2018 and 2022: more real pesos, and more of net spending; pesos of the day are no vote."""
    row = change(years(efipem(("26", 2018), ("26", 2022))), "events")
    assert (row["readings"], row["readings_held"], row["stable"]) == (4, 4, True)
    assert row["nominal_change"] > row["real_change"] > 0
    assert row["share_change"] > 0
    assert pd.isna(row["net_share_change"]), "what INEGI's central administration transfers leaves its perimeter"


def test_health_near_zero_refuses_whichever_side_it_stands_on() -> None:
    """Baja California Sur 2022: health of 0.25 per thousand of the total was published over it."""
    out = years(efipem(("03", 2022)))
    row = out["comparison"].set_index("comparison_id").loc["health_over_total"]
    assert 0.0002 < row["x_amount_centavos"] / row["y_printed_centavos"] < 0.0003
    assert pd.isna(row["result"])
    assert "health_near_zero" in row["refusals"]
    assert "health_near_zero" in out["health_vs_events"].iloc[0]["refusals"]


def quarter(**document: Any) -> pd.DataFrame:
    """One report of January to March with the budget of the year beside what the quarter spent."""
    core = MadeCore().document(**document).table(1)
    amounts = {"aprobado": 100e6, "modificado": 100e6, "devengado": 2.8e6, "pagado": 2.5e6}
    core.line("3600 Publicidad", amounts, object_code="36")
    rows = compared(core)["change"]
    return rows[rows["item"] == "advertising"].set_index(["from_stage", "to_stage"])


def test_a_budget_of_the_year_is_not_set_against_a_quarter() -> None:
    """54 rows were published so: −97.2 %."""
    rows = quarter(period_end=date(2021, 3, 31))
    assert rows.loc[("aprobado", "devengado"), "refusals"] == "different_period"
    assert rows.loc[("modificado", "pagado"), "refusals"] == "different_period"
    assert pd.isna(rows.loc[("aprobado", "devengado"), "nominal_change"])
    assert pd.isna(rows.loc[("aprobado", "modificado"), "refusals"]), "both are of the year"


def test_over_the_whole_year_it_is() -> None:
    assert round(quarter().loc[("aprobado", "devengado"), "nominal_change"], 3) == -0.972


def test_a_municipality_is_not_cut_by_what_happens_to_states() -> None:
    parts = [budget(year=year, document_id=str(year), government="26030") for year in (2019, 2020)]
    assert pd.isna(change(years(*parts), "health")["refusals"])


def test_the_percent_rule_prints_both_amounts() -> None:
    core = MadeCore().document(year=2024, government="11").table(1)
    core.line("3600 Publicidad", {"aprobado": 52_144.93, "devengado": 263_680_025.54}, object_code="36")
    row = compared(core)["change"].query("item == 'advertising'").iloc[0]
    assert row["refusals"] == "zero_base"
    assert pd.isna(row["nominal_change"])
    assert (row["from_amount_centavos"], row["to_amount_centavos"]) == (52_144_93, 263_680_025_54)


def transfers(year: int, document_id: str, internal: float, **fields: object) -> MadeCore:
    core = budget(year=year, document_id=document_id, **fields)  # type: ignore[arg-type]
    core.line("4100 Transferencias internas", internal, object_code="41", document_id=document_id)
    return core


def test_a_jump_of_the_perimeter_refuses_the_change() -> None:
    out = years(transfers(2018, "a", 200_000_000), transfers(2019, "b", 700_000_000))
    row = change(out, "advertising")
    assert row["refusals"] == "perimeter_jump"
    signature = out["perimeter"].set_index("document_id")
    assert signature["transfers_share"].tolist() == [0.1, 0.35]
    assert signature["jumps"].fillna("").tolist() == ["", "year"]
    message = out["alert"].set_index("code").loc["perimeter_jump", "mensaje"]
    assert "10.0% → 35.0%" in message


def test_a_steady_perimeter_does_not() -> None:
    out = years(transfers(2018, "a", 200_000_000), transfers(2019, "b", 300_000_000))
    assert pd.isna(change(out, "advertising")["refusals"])


def test_two_versions_of_a_year_that_jump_are_not_compared() -> None:
    out = years(
        transfers(2018, "old", 230_000_000, superseded_by="new"),
        transfers(2018, "new", 800_000_000),
        transfers(2019, "b", 800_000_000),
    )
    assert "version" in out["perimeter"].set_index("document_id").loc["new", "jumps"]
    assert change(out, "advertising")["refusals"] == "perimeter_jump"


def test_an_echo_is_not_a_change() -> None:
    core = MadeCore()
    for year in (2018, 2019):
        name = f"d{year}"
        core.document(name, year=year).table(1, document_id=name)
        spent = 1 if year == 2018 else 0
        for row in range(30):
            core.line(f"Renglón {row}", {"aprobado": 5, "devengado": 5 + spent}, document_id=name)
        core.line("3600 Publicidad", {"aprobado": 9e6, "devengado": 9e6 + spent}, object_code="36", document_id=name)
    rows = compared(core)["change"]
    over = rows.query("comparison == 'years' and item == 'advertising'").set_index("from_stage")["refusals"]
    assert pd.isna(over["aprobado"])
    assert over["devengado"] == "echo"


def test_an_unreadable_line_leaves_the_sum_missing() -> None:
    core = MadeCore().document().table(1)
    core.line("3810 Gastos de ceremonial", 5_000_000, object_code="381")
    core.line("3820 Gastos de orden social y cultural", None, object_code="382", verified=False, reason="unreadable")
    row = compared(core)["health_vs_events"].iloc[0]
    assert "missing_operand" in row["refusals"]


def test_prices_mark_what_is_not_final() -> None:
    prices = compared(MadeCore())["price_index"].set_index(["name", "year"])["status"]
    assert prices["INPC", 2025] == "final"
    assert prices["INPC", 2026] == "partial_or_forecast"
    assert prices["deflactor del PIB", 2025] == "partial_or_forecast"
