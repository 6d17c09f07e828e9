"""From the line to the contract: sums that explain a line prove it, and what may not be summed is refused by name."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.sources.ledgers.forms import advertising, procedures, spending
from tests.transforms.ledgers.world import Frames, traced, understood

COMPANY = "GRUPO EJEMPLO, S.A. DE C.V."
MARCH, JUNE = "2025-03-31", "2025-06-30"


def purchase(number: str, total: Any = None, least: Any = None, most: Any = None) -> tuple[Any, ...]:
    return ("Licitación pública", f"EXP {number}", None, None, COMPANY, None, number, total, least, most, None, None)


def line(code: str, accrued: int, end: str = MARCH, revised: int | None = None) -> tuple[Any, ...]:
    return (end, code, f"SERVICIO {code}", accrued * 2, accrued * 2 if revised is None else revised, accrued, accrued)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    folder = tmp_path_factory.mktemp("ledgers")
    rows = [
        purchase("C-1", 500.25), purchase("C-2", 499.75),  # add up to a line
        purchase("C-3", 700),  # charged to two lines
        purchase("C-4", None, 100, 900),  # open
        purchase("C-5", 50),  # exceeds its line
        purchase("C-6", 40),  # a part of its line
    ]  # fmt: skip
    charges = [[1, 33300001], [2, 33300001], [3, 21500004], [3, 21500005], [4, 24800001], [5, 36100001], [6, 33100001]]
    payments = [
        (MARCH, COMPANY, None, 36100003, None, None, 7262.01, "F1"),
        (MARCH, COMPANY, None, 36100003, None, None, 4900, "F2"),
        (JUNE, "ROSALBA QUIEBRAHACHA", None, 36100005, "P-1", 5000, 1000, "F3"),
        (JUNE, "ROSALBA QUIEBRAHACHA", None, 36100005, "P-1", 6000, 1000, "F4"),
    ]
    budget = [
        line("33300001", 1000), line("21500004", 700), line("21500005", 700), line("24800001", 300), line("36100001", 0, revised=0),
        line("33100001", 400), line("36100003", 12162), line("36100005", 2000, JUNE), line("11300001", 9000),
    ]  # fmt: skip
    return understood({
        "p": procedures(folder / "p.xlsx", rows, charges=charges),
        "a": advertising(folder / "a.xlsx", payments),
        "b": spending(folder / "b.xlsx", budget),
    })  # fmt: skip


def test_contracts_that_add_up_to_a_line_prove_it(world: Frames) -> None:
    links = world["link"][world["link"]["to_id"].eq(traced(world, "33300001", MARCH)["line_id"])]
    assert links["outcome"].tolist() == ["explains"] * 2 and links["strength"].tolist() == ["proven"] * 2
    amounts = world["amount"][world["amount"]["line_id"].eq(links["to_id"].iloc[0])].set_index("stage")
    assert amounts.loc["devengado", "verified"] and amounts.loc["devengado", "reason"] == "ledger_sum"
    assert amounts.loc["devengado", "unit_basis"] == "ledger_sum"
    assert not amounts.loc["aprobado", "verified"]  # what no sum reaches stays as it was
    [proof] = (
        world["reconciliation"]
        .query("kind == 'ledger_sum' and line_id == @links.to_id.iloc[0] and stage == 'devengado'")
        .to_dict("records")
    )
    assert (proof["terms"], proof["outcome"], proof["printed_centavos"]) == (2, "passed", 100000)
    assert world["contract"].set_index("number").loc[["C-1", "C-2"], "verified"].all()


def test_a_sum_that_misses_by_centavos_explains_a_line_of_whole_pesos(world: Frames) -> None:
    trace = traced(world, "36100003", MARCH)
    assert (trace["payments"], trace["traced_centavos"]) == (2, 1216201)
    proven = world["reconciliation"].query("kind == 'ledger_sum' and line_id == @trace.line_id")
    assert set(proven["outcome"]) == {"rounding"}


@pytest.mark.parametrize(
    ("code", "refusal"), [("21500004", "shared_charge"), ("24800001", "open_contract"), ("36100001", "exceeds")]
)
def test_what_may_not_be_summed_is_refused(world: Frames, code: str, refusal: str) -> None:
    trace = traced(world, code, MARCH)
    assert trace["refusals"] == refusal and pd.isna(trace["traced_centavos"]) and not trace["citable"]


def test_a_part_is_told_with_what_stays_untraced(world: Frames) -> None:
    trace = traced(world, "33100001", MARCH)
    assert (trace["traced_centavos"], trace["untraced_centavos"], trace["share"]) == (4000, 36000, 0.1)


def test_a_line_without_any_charge_is_said_to_have_none(world: Frames) -> None:
    assert traced(world, "11300001", MARCH)["caveats"] == "no_charge"


def test_a_contract_with_several_totals_has_none_and_its_payments_count(world: Frames) -> None:
    contracts = world["contract"].set_index("number")
    assert contracts.loc["P-1", "reason"] == "totals_differ" and pd.isna(contracts.loc["P-1", "amount_centavos"])
    assert (contracts.loc["P-1", "rows"], contracts.loc["P-1", "supplier_kind"]) == (2, "withheld")
    assert traced(world, "36100005", JUNE)["paid_centavos"] == 200000


def test_bodies_of_which_no_ledger_was_read_have_no_trace_at_all(tmp_path: Path) -> None:
    assert understood({"b": spending(tmp_path / "b.xlsx", [line("33300001", 1000)])})["line_trace"].empty


def test_a_ledger_that_ends_before_the_line_is_refused(tmp_path: Path) -> None:
    frames = understood({
        "p": procedures(tmp_path / "p.xlsx", [purchase("C-1", 1000)], charges=[[1, 33300001]]),
        "b": spending(tmp_path / "b.xlsx", [line("33300001", 1000), line("33300001", 1500, JUNE)]),
    })  # fmt: skip
    assert traced(frames, "33300001", JUNE)["refusals"] == "period_mismatch"


def test_a_slip_in_the_numbers_of_a_linked_table_is_joined_by_its_order(tmp_path: Path) -> None:
    rows = [(MARCH, COMPANY, None, None, None, None, 10, f"F{n}") for n in range(1, 13)]
    codes = [[11 if n == 12 else n, 36100003] for n in range(1, 13)]
    frames = understood({"a": advertising(tmp_path / "a.xlsx", rows, codes)})
    assert frames["charge"]["basis"].value_counts().to_dict() == {"id": 11, "order": 1}


def test_coded_lines_of_another_depth_take_the_longest_common_code(tmp_path: Path) -> None:
    frames = understood({
        "p": procedures(tmp_path / "p.xlsx", [purchase("C-1", 600), purchase("C-2", 400)], charges=[[1, 33300001], [2, 33300002]]),
        "b": spending(tmp_path / "b.xlsx", [(MARCH, "333", "SERVICIOS", 1000, 1000, 1000, 1000), (MARCH, "33", "CONCEPTO", 1000, 1000, 1000, 1000)]),
    })  # fmt: skip
    assert traced(frames, "333", MARCH)["contracts"] == 2 and traced(frames, "33", MARCH)["contracts"] == 0
