"""Contracts in OCDS as tables and as lines: what one file says is read with the place of its cells, and what is in another is told."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sources.errors import SourceError
from tests.sources.ledgers.forms import cells, read_file
from tests.sources.ledgers.test_ocds import RELEASE
from tests.transforms.ledgers.world import pesos, understood

COMPANY, PERSON = "GRUPO EJEMPLO, S.A. DE C.V.", "ROSALBA QUIEBRAHACHA"
Sheets = Mapping[str, Sequence[Sequence[Any]]]
# As flatten-tool writes it: every row of a list says its process, and where in the release it lies.
FLATTENED: Sheets = {
    "releases": [
        ["ocid", "id", "date", "tag", "buyer/name", "tender/id", "tender/procurementMethod"],
        ["o-1", "r1", "2020-01-01", "contract", "MUNICIPIO DE EJEMPLO", "LP-1", "open"],
        ["o-2", "r2", "2020-01-01", "contract", "MUNICIPIO DE EJEMPLO", "LP-2", "open"],
    ],
    "parties": [
        ["ocid", "id", "parties/0/id", "parties/0/name", "parties/0/contactPoint/email"],
        ["o-2", "r2", "P2", PERSON, "a@ejemplo.org"],
    ],
    "awa_suppliers": [
        ["ocid", "id", "awards/0/id", "awards/0/suppliers/0/name"],
        ["o-1", "r1", "A1", COMPANY],
        ["o-2", "r2", "A1", PERSON],
    ],
    "contracts": [
        ["ocid", "id", "contracts/0/id", "contracts/0/awardID", "contracts/0/title", "contracts/0/description", "contracts/0/value/amount"],
        ["o-1", "r1", "C1", "A1", "CT-1", "Calle", 600.25],
        ["o-1", "r1", "C2", "A1", "CT-2", "Calle", 400.25],
        ["o-2", "r2", "C1", "A1", "CT-3", f"Se adjudica a {PERSON} en 2020", 200],
    ],
    "transactions": [
        ["ocid", "id", "contracts/0/id", *(f"contracts/0/implementation/transactions/0/{name}" for name in ("id", "value/amount"))],
        ["o-1", "r1", "C1", "T1", 100],
        ["o-1", "r1", "C2", "T1", 100],
    ],
}  # fmt: skip
# As the Data Registry does: a column says where the row lies, and the headers begin there.
REGISTRY: Sheets = {
    "main": [["_link", "ocid", "id", "buyer_name", "tender_id"], ["0", "o-1", "r1", "MUNICIPIO DE EJEMPLO", "LP-1"]],
    "awards": [["_link", "_link_main", "id"], ["0.awards.0", "0", "A1"]],
    "awards_suppliers": [["_link", "_link_main", "name"], ["0.awards.0.suppliers.0", "0", COMPANY]],
    "contracts": [
        ["_link", "_link_main", "main_ocid", "main_id", "id", "awardID", "title", "value_amount"],
        ["0.contracts.0", "0", "o-1", "r1", "C1", "A1", "CT-1", 600.25],
        ["0.contracts.1", "0", "o-1", "r1", "C2", "A1", "CT-2", 400.25],
    ],
}


def book(path: Path, sheets: Sheets) -> Path:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def table(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    path.write_text("\n".join(";".join(map(str, row)) for row in rows), encoding="cp1252")
    return path


def test_lines_of_releases_are_read_each_at_its_place(tmp_path: Path) -> None:
    second = {"ocid": "o-2", "compiledRelease": RELEASE | {"ocid": "o-2"}}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(RELEASE)}\n{json.dumps(second)}\n\n", encoding="utf-8")
    records = read_file(tmp_path / "a.jsonl").records
    assert records.loc[records["field"].eq("amount"), "place"].tolist() == [
        "[0].contracts[0].value.amount",
        "[1].compiledRelease.contracts[0].value.amount",
    ]
    (tmp_path / "b.jsonl").write_text(f"{json.dumps(RELEASE)}\n{json.dumps(second)[:90]}", encoding="utf-8")
    with pytest.raises(SourceError, match="line 2") as refusal:
        read_file(tmp_path / "b.jsonl")
    assert refusal.value.code == "corrupt"


@pytest.mark.parametrize(("sheets", "contracts"), [(FLATTENED, 3), (REGISTRY, 2)], ids=["flatten", "registry"])
def test_sheets_of_an_export_are_one_set_of_contracts(tmp_path: Path, sheets: Sheets, contracts: int) -> None:
    frames = understood({"a": book(tmp_path / "a.xlsx", sheets)})
    signed = frames["contract"].set_index("number")
    assert [pesos(amount) for amount in signed["amount_centavos"]] == [600.25, 400.25, 200][:contracts]
    assert signed.loc[["CT-1", "CT-2"], "supplier"].tolist() == [COMPANY, COMPANY]
    assert set(frames["procedure"]["file_number"]) == {"LP-1", "LP-2"} if contracts == 3 else {"LP-1"}
    if contracts == 3:
        assert signed.loc["CT-3", "supplier_kind"] == "withheld"
        owners = frames["payment"]["contract_id"].map(signed.reset_index().set_index("contract_id")["number"])
        assert owners.tolist() == ["CT-1", "CT-2"]  # one id in two contracts


def test_a_person_of_one_sheet_is_in_no_text_of_another(tmp_path: Path) -> None:
    reading = read_file(book(tmp_path / "a.xlsx", FLATTENED))
    kept = " ".join([*reading.records["source_text"].dropna(), *reading.numbers["source_text"]])
    assert "QUIEBRAHACHA" not in kept and "ejemplo.org" not in kept and COMPANY in kept
    amount = reading.records[reading.records["field"].eq("amount")].iloc[0]
    assert (amount["page"], amount["place"]) == ("contracts", "G2") and reading.tables.empty


def test_a_list_alone_is_read_and_its_releases_are_missed(tmp_path: Path) -> None:
    for sheets in (FLATTENED, REGISTRY):
        reading = read_file(table(tmp_path / "a.csv", sheets["contracts"]))
        assert set(reading.records["ledger"]) == {"contract"}
        assert set(cells(reading.records, 1)) >= {"release_ocid", "contract_id", "amount"}
        assert any("releases (buyer, procedure) stand in another table" in warning for warning, _ in reading.warnings)


def test_rows_that_no_process_is_known_of_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="none that says its ocid") as refusal:
        read_file(table(tmp_path / "a.csv", [[*row[:2], *row[4:]] for row in REGISTRY["contracts"]]))
    assert refusal.value.code == "no_table"


def test_a_row_for_each_good_says_its_contract_and_payment_once(tmp_path: Path) -> None:
    ends = ("ocid", "tender/id", "contracts/0/id", "contracts/0/value/amount", "contracts/0/items/0/description")
    pays = ("contracts/0/implementation/transactions/0/id", "contracts/0/implementation/transactions/0/value/amount")
    headers = [f"compiledRelease/{end}" for end in (*ends, *pays, "contracts/1/id", "contracts/1/value/amount")]
    rows = [["o-1", "LP-1", "C1", "999.50", f"Bien {n}", "T1", "50", "C2", "10"] for n in (1, 2)]
    frames = understood({"a": table(tmp_path / "a.csv", [headers, *rows])})
    assert [pesos(amount) for amount in frames["contract"]["amount_centavos"]] == [999.5, 10]
    assert [pesos(amount) for amount in frames["payment"]["amount_centavos"]] == [50] and len(frames["procedure"]) == 1


def test_a_cell_that_holds_a_whole_list_is_opened_or_withheld(tmp_path: Path) -> None:
    parties = [{"name": PERSON, "contactPoint": {"name": PERSON}}]
    rows = [
        ["ocid", "tender.id", "parties", "contracts"],
        ["o-1", "LP-1", str(parties), json.dumps(RELEASE["contracts"])],
    ]
    reading = read_file(table(tmp_path / "a.csv", rows))
    assert reading.records.loc[reading.records["field"].eq("amount"), "source_text"].tolist() == ["0.3"]
    assert "QUIEBRAHACHA" not in " ".join([*reading.records["source_text"].dropna(), *reading.numbers["source_text"]])
