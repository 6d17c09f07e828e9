"""What a total contains, and the net total: figures that INEGI published, and totals that do not say."""

from typing import Any

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from tests.transforms.made_efipem import efipem
from transforms.compare.declared import load
from transforms.measure.measured import measure


def nets(core: MadeCore) -> pd.DataFrame:
    return measure(core.frames(), load().baskets).nets


def test_a_total_declares_its_debt_and_its_cash() -> None:
    """INEGI, EFIPEM, Nuevo León 2022: 154,311 million of egresos, of which 25,484 of debt paid back and 429 of cash."""
    [row] = nets(efipem(("19", 2022))).to_dict("records")
    assert row["net_centavos"] == (154_311_321_000 - 25_483_909_537 - 428_996_409) * 100
    assert row["contents"].startswith("cash_balance=428996409.00;debt_amortisation=25483909537.00;internal_transfers=")
    assert len(row["less_line_ids"].split(";")) == 2


def change(core: MadeCore, item: str = "total") -> pd.Series:
    rows = compared(core)["change"]
    [row] = rows[(rows["item"] == item) & (rows["comparison"] == "years")].to_dict("records")
    return pd.Series(row)


def test_a_change_of_the_total_is_of_net_spending() -> None:
    cases = (("26", 2018, 2022, -0.312, -0.093), ("19", 2015, 2022, 0.274, 0.103), ("08", 2015, 2019, 0.114, -0.026))
    years = [(government, year) for government, first, last, *_ in cases for year in (first, last)]
    rows = compared(efipem(*years))["change"].query("item == 'total' and comparison == 'years'")
    changes = rows.set_index("government_id")
    assert len(changes) == len(cases)
    for government, _, _, as_printed, net in cases:
        row = changes.loc[government]
        assert round(row["real_change"], 3) == net
        deflated = (
            row["from_real_amount_centavos"] / row["from_amount_centavos"],
            row["to_real_amount_centavos"] / row["to_amount_centavos"],
        )
        printed = row["to_printed_centavos"] * deflated[1] / (row["from_printed_centavos"] * deflated[0]) - 1
        assert round(printed, 3) == as_printed, "the printed total stays beside"
        for side in ("from", "to"):
            assert row[f"{side}_amount_centavos"] == row[f"{side}_printed_centavos"] - row[f"{side}_less_centavos"]


def test_health_over_total_is_over_net_spending() -> None:
    out = compared(efipem(("26", 2018)))
    row = out["comparison"].set_index("comparison_id").loc["health_over_total"]
    assert round(row["x_amount_centavos"] / row["y_printed_centavos"] * 1000, 1) == 74.1
    assert round(row["result"] * 1000, 1) == 101.5
    assert row["y_rule"] == "total.net"
    versus = out["health_vs_events"].iloc[0]
    assert versus["net_total_centavos"] == row["y_amount_centavos"] < versus["total_centavos"]


def test_a_total_that_does_not_say_gives_no_change_and_says_so_over_it() -> None:
    first, other = budget(year=2018, document_id="a"), budget(year=2019, document_id="b")
    for name in ("document", "table", "line", "amount"):
        first.rows[name] += other.rows[name]
    out = compared(first)
    of_total = out["change"].query("item == 'total'")
    assert of_total["refusals"].str.contains("total_contents_unknown").all()
    over = out["comparison"].query("comparison_id == 'health_over_total'").iloc[0]
    assert over["y_rule"] == "total.printed"
    assert "no consta cuánto" in over["caveats"]


def chapters(debt: dict[str, Any] | None = None, **document: Any) -> MadeCore:
    core = MadeCore().document(**document).table(1)
    total = core.line("Total", 1_000_000, row_kind="total")
    for label, pesos, code in (
        ("Servicios personales", 700_000, "1"),
        ("Transferencias", 200_000, "4"),
        ("Deuda pública", 100_000, "9"),
    ):
        core.line(
            label,
            pesos,
            object_code=code,
            row_kind="subtotal" if debt and code == "9" else "detail",
            parent_line_id=total,
        )
    for label, pesos in (debt or {}).items():
        core.line(label, pesos, object_code="91" if "Amort" in label else "92")
    return core


def test_debt_in_one_amount_is_not_known_to_be_no_amortisation() -> None:
    assert pd.isna(nets(chapters()).iloc[0]["net_centavos"])
    interest_only = nets(chapters({"Intereses de la deuda": 100_000})).iloc[0]
    assert interest_only["net_centavos"] == 1_000_000_00
    both = nets(chapters({"Amortización de la deuda pública": 60_000, "Intereses": 40_000})).iloc[0]
    assert both["net_centavos"] == 940_000_00


def test_transfers_are_taken_out_only_where_the_title_says_that_they_are_in_twice() -> None:
    def with_transfers(title: str) -> int:
        core = MadeCore().document(title=title).table(1)
        core.line("Sueldos", 700_000, object_code="11")
        core.line("Transferencias internas y asignaciones al sector público", 300_000, object_code="41")
        core.line("Total", 1_000_000, row_kind="total")
        return int(nets(core).iloc[0]["net_centavos"])

    assert with_transfers("Presupuesto de egresos") == 1_000_000_00
    assert with_transfers("Gasto bruto del sector público") == 700_000_00
