"""Contracts in OCDS: the path in the object is the place, figures keep their digits, contact points are nobody's to publish."""

import json
from pathlib import Path
from typing import Any

import pytest

from sources.errors import SourceError
from tests.sources.ledgers.forms import cells, read_file

RELEASE = {
    "ocid": "ocds-x-1",
    "tag": ["contract"],
    "buyer": {"name": "SECRETARÍA DE EJEMPLO", "contactPoint": {"name": "ROSALBA QUIEBRAHACHA", "telephone": "5512345678"}},
    "tender": {"id": "T-1", "procurementMethod": "open", "numberOfTenderers": 2},
    "awards": [{"id": "1", "suppliers": [{"name": "ROSALBA QUIEBRAHACHA", "identifier": {"id": "QUXR800101AB0"}}]}],
    "contracts": [
        {
            "id": "1", "awardID": "1", "title": "C-1", "value": {"amount": 0.3, "currency": "MXN"},
            "implementation": {"transactions": [{"id": "F1", "date": "2015-12-31", "value": {"amount": 9742882.480}}]},
        }
    ],
}  # fmt: skip


def package(path: Path, *releases: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"uri": "u", "releases": releases}), encoding="utf-8")
    return path


def test_a_release_is_a_procedure_with_its_contracts_and_payments(tmp_path: Path) -> None:
    records = read_file(package(tmp_path / "a.json", RELEASE)).records
    assert records.groupby("ledger")["record"].nunique().to_dict() == {
        "award": 1,
        "contract": 1,
        "payment": 1,
        "procedure": 1,
        "supplier": 1,
    }
    amount = records[records["field"] == "amount"].iloc[0]
    assert (amount["source_text"], amount["place"]) == ("0.3", "releases[0].contracts[0].value.amount")
    payment = cells(records, int(records.loc[records["ledger"] == "payment", "record"].iloc[0]))
    assert payment["paid"] == "9742882.48" and payment["contracts_id"] == "1" and payment["release_ocid"] == "ocds-x-1"


def test_contact_points_and_persons_are_withheld(tmp_path: Path) -> None:
    reading = read_file(package(tmp_path / "a.json", RELEASE))
    kept = " ".join(reading.records["source_text"].dropna()) + " ".join(reading.numbers["source_text"])
    assert "ROSALBA" not in kept and "5512345678" not in kept and "QUXR" not in kept and "SECRETARÍA DE EJEMPLO" in kept
    assert not reading.records.duplicated(["record", "field"]).any()


def test_a_release_that_is_there_twice_is_read_once(tmp_path: Path) -> None:
    reading = read_file(package(tmp_path / "a.json", RELEASE, RELEASE))
    assert (reading.records["ledger"] == "procedure").any() and reading.records["record"].nunique() == 5
    assert any("there twice" in warning for warning, _ in reading.warnings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"ocid": "x", "a": ' + "[" * 60 + "]" * 60 + "}", "too_large"),
        ('{"ocid": "x", "a": ' + '{"b":' * 100_000, "too_large"),
        ('{"ocid": "x", ', "corrupt"),
        ('{"releases": [{"id": 1}], "ocid": 1}', "no_table"),
        ('{"results": [1, 2]}', "unknown_format"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as refusal:
        read_file(tmp_path / "a.json")
    assert refusal.value.code == code


def test_records_and_lists_of_packages_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"records": [{"ocid": "ocds-x-1", "compiledRelease": RELEASE}]}), encoding="utf-8"
    )
    (tmp_path / "b.json").write_text(
        json.dumps([{"releases": [RELEASE]}, RELEASE | {"ocid": "ocds-x-2"}]), encoding="utf-8"
    )
    amounts = {
        name: records.loc[records["field"] == "amount", "place"].tolist()
        for name in ("a", "b")
        for records in [read_file(tmp_path / f"{name}.json").records]
    }
    assert amounts == {
        "a": ["records[0].compiledRelease.contracts[0].value.amount"],
        "b": ["[0].releases[0].contracts[0].value.amount", "[1].contracts[0].value.amount"],
    }
