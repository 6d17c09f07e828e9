"""The data package says of the CSV files what they are: their columns in order, types that their values have, keys that lead somewhere."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from warehouse.release import datapackage
from warehouse.release.folder import Release

CASTS: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


@pytest.fixture
def folder(whole: Release) -> Path:
    return whole.folder


@pytest.fixture
def package(folder):
    return json.loads((folder / datapackage.FILE).read_text(encoding="utf-8"))


def test_every_csv_is_described_column_by_column(folder, package):
    resources = {resource["path"]: resource for resource in package["resources"]}
    assert set(resources) == {f"csv/{path.name}" for path in (folder / "csv").iterdir()}
    for path, resource in resources.items():
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        with (folder / path).open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields]
        assert len(rows) == resource["rows"]
        for row in rows:
            for field, text in zip(fields, row, strict=True):
                value = None if text in resource["schema"]["missingValues"] else CASTS[field["type"]](text)
                allowed = field.get("constraints", {}).get("enum", [value])
                assert value is None or value in allowed, (path, field["name"], text)


def test_keys_are_columns_and_lead_to_a_table(package):
    names = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]
    }
    led = 0
    for resource in package["resources"]:
        assert set(resource["schema"]["primaryKey"]) <= set(names[resource["name"]])
        for key in resource["schema"].get("foreignKeys", []):
            led += 1
            assert set(key["fields"]) <= set(names[resource["name"]])
            assert set(key["reference"]["fields"]) <= set(names[key["reference"]["resource"]])
    assert led > 5


def test_how_to_cite_and_to_use_an_edition_is_in_it(folder, package):
    cited = yaml.safe_load((folder / datapackage.CITATION).read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "dataset" and cited["authors"]
    assert cited["identifiers"][0]["value"] == manifest["content"]
    assert cited["license"] == package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "CC BY 4.0" in (folder / datapackage.LICENCE).read_text(encoding="utf-8")
    assert {datapackage.FILE, datapackage.CITATION, datapackage.LICENCE} <= {file["path"] for file in manifest["files"]}
