"""What comes wrong in ledgers: dates in many forms, three decimals, another currency, vintages, quarters that accumulate, another's file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.runner import promised_specs
from tests.sources.ledgers.forms import advertising, procedures, read_file, spending
from tests.transforms.ledgers.world import Frames, pesos, traced, understood
from transforms.ledgers.typed import read_day

COMPANY = "GRUPO EJEMPLO, S.A. DE C.V."
MARCH, JUNE = "2025-03-31", "2025-06-30"


def failing(frames: Frames, check_id: str) -> pd.DataFrame:
    """The rows that a check of the sources finds."""
    [spec] = [spec for spec in promised_specs() if spec.check_id == check_id]
    assert spec.rule is not None
    rows: pd.DataFrame = spec.rule({f"core.{name}": frame for name, frame in frames.items()})
    return rows


def release(ocid: str, amount: float, currency: str = "MXN") -> dict[str, Any]:
    return {
        "ocid": ocid, "date": "2016-05-22", "buyer": {"name": "MUNICIPIO DE EJEMPLO"}, "tender": {"id": ocid, "procurementMethod": "open"},
        "contracts": [{"id": "1", "title": "C-1", "value": {"amount": amount, "currency": currency}}],
    }  # fmt: skip


def package(path: Path, *releases: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"releases": releases}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-31",
        "31/01/2025",
        "31 de enero de 2025",
        "31/01/25",
        "20250131",
        "2025-01-31 00:00:00",
        "45688",
        "31-ene-2025",
    ],
)
def test_a_day_in_each_of_its_forms(text: str) -> None:
    assert read_day(text).day == date(2025, 1, 31)


@pytest.mark.parametrize("text", ["31/06/2025", "32/12/2018", "01//01/2022", "2025-02-30"])
def test_a_day_that_does_not_exist_is_none_and_says_so(text: str) -> None:
    assert read_day(text) == (None, "impossible") or text == "01//01/2022"


def test_three_decimals_are_rounded_and_told(tmp_path: Path) -> None:
    row = ("Licitación pública", "X-1", None, None, COMPANY, None, "C-1", "1000.506", None, None, None, None)
    [contract] = understood({"p": procedures(tmp_path / "p.xlsx", [row])})["contract"].to_dict("records")
    assert (pesos(contract["amount_centavos"]), contract["reason"]) == (1000.51, "rounded")


def test_pesos_are_pesos_however_they_are_called_and_nothing_else_is_counted(tmp_path: Path) -> None:
    pesos_of, others = ["MXN", "Pesos mexicanos", "NACIONAL", "Peso", "M.N."], ["TEST", "USD", "Dólares"]
    releases = [release(f"ocds-{n}", 500.0, currency) for n, currency in enumerate((*pesos_of, *others))]
    contracts = understood({"o": package(tmp_path / "o.json", *releases)})["contract"]
    assert list(map(pesos, contracts["amount_centavos"].head(len(pesos_of)))) == [500] * len(pesos_of)
    uncounted = contracts.tail(len(others))
    assert uncounted["currency"].tolist() == others
    assert uncounted["amount_centavos"].isna().all() and set(uncounted["reason"]) == {"other_currency"}


def test_two_vintages_of_a_release_are_told_and_the_one_that_rounds_is_named(tmp_path: Path) -> None:
    frames = understood({
        "exact": package(tmp_path / "a.json", release("ocds-1", 1000.45)), "rounded": package(tmp_path / "b.json", release("ocds-1", 1000)),
    })  # fmt: skip
    assert set(failing(frames, "ocid_stands_once")["document_id"]) == {"exact", "rounded"}
    assert failing(frames, "vintage_keeps_its_centavos")["contract_id"].str.startswith("rounded:").all()
    assert len(failing(frames, "vintage_keeps_its_centavos")) == 1


def test_two_vintages_in_one_file_leave_no_total(tmp_path: Path) -> None:
    frames = understood({"o": package(tmp_path / "a.json", release("ocds-1", 1000.45), release("ocds-1", 1000))})
    assert (
        frames["contract"]["reason"].tolist() == ["totals_differ"]
        and frames["contract"]["amount_centavos"].isna().all()
    )


def test_a_number_is_one_contracts_within_its_process(tmp_path: Path) -> None:
    frames = understood({"o": package(tmp_path / "a.json", release("ocds-1", 100), release("ocds-2", 200))})
    assert frames["contract"]["amount_centavos"].tolist() == [10000, 20000]


def test_registers_that_accumulate_are_not_added(tmp_path: Path) -> None:
    first = (MARCH, COMPANY, None, 36100005, "P-1", 5000, 1000, "F1")
    second = (JUNE, COMPANY, None, 36100005, "P-1", 5000, 500, "F2")
    frames = understood({
        "q1": advertising(tmp_path / "q1.xlsx", [first]), "q2": advertising(tmp_path / "q2.xlsx", [(JUNE, *first[1:]), second]),
        "b": spending(tmp_path / "b.xlsx", [(JUNE, "36100005", "PUBLICIDAD", 3000, 3000, 1500, 1500)]),
    })  # fmt: skip
    trace = traced(frames, "36100005", JUNE)
    assert (trace["payments"], pesos(trace["paid_centavos"]), pesos(trace["traced_centavos"])) == (2, 1500, 1500)
    assert frames["link"]["refusals"].eq("repeated").sum() == 1


def test_two_linked_rows_of_one_number_are_told(tmp_path: Path) -> None:
    rows = [(MARCH, COMPANY, None, None, None, None, 10, f"F{n}") for n in range(1, 13)]
    codes = [[11 if n == 12 else n, 36100003] for n in range(1, 13)]
    frames = understood({"a": advertising(tmp_path / "a.xlsx", rows, codes)})
    assert len(failing(frames, "charge_leads_to_its_own_row")) == 1


def test_two_linked_tables_of_one_number_are_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(
        advertising(tmp_path / "a.xlsx", [(MARCH, COMPANY, None, 36100003, None, None, 10, "F1")])
    )
    book.copy_worksheet(book["Tabla_200002"]).title = "Tabla_200002 (2)"
    book["Tabla_200002 (2)"].title = "Tabla 200002"
    book.save(tmp_path / "b.xlsx")
    assert any("2 sheets" in warning for warning, _ in read_file(tmp_path / "b.xlsx").warnings)


def test_a_municipalitys_register_under_a_states_name_is_told(tmp_path: Path) -> None:
    file = package(tmp_path / "o.json", release("ocds-1", 100.0))
    assert len(failing(understood({"o": file}, government_id="19"), "register_is_of_its_government")) == 1
    assert failing(understood({"o": file}, government_id="19039"), "register_is_of_its_government").empty
