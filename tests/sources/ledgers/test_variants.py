"""Every profile in the forms that other bodies and years give it: columns in another order, other case and accents, columns added, semicolons."""

import csv
import random
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sources.ledgers.profile import Profile, profiles
from tests.sources.ledgers.forms import cells, form, read_file

TABULAR = [profile for profile in profiles() if profile.id != "ocds" and not profile.lines]
_SAMPLE = {
    "money": "1250.5",
    "number": "12",
    "date": "2024-03-31",
    "url": "https://ejemplo.org/a.pdf",
    "supplier": "GRUPO EJEMPLO SA DE CV",
}
_PRIVATE = ("person", "supplier_key")


def headers_of(profile: Profile, alias: int) -> dict[str, str]:
    """A header for each field, of those it is declared with; what follows `*` is made up."""
    return {
        name: field.headers[alias % len(field.headers)].replace("*", " y lo demás")
        for name, field in profile.fields.items()
    }


def without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def value(profile: Profile, name: str) -> str:
    return _SAMPLE.get(profile.fields[name].type, f"dato {name.replace('_', '')}")


def written(path: Path, profile: Profile, headers: dict[str, str], names: list[str], extra: str) -> Path:
    """The file of a profile: a form of the platform where it has titles, else a CSV of semicolons in Windows' code."""
    row: list[Any] = [*(value(profile, name) for name in names), "de más"]
    columns = [*(headers[name] for name in names), extra]
    if profile.titles:
        return form(path.with_suffix(".xlsx"), profile.titles[0], columns, [row])
    with path.with_suffix(".csv").open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([columns, row, row])
    return path.with_suffix(".csv")


@pytest.mark.parametrize("profile", TABULAR, ids=lambda profile: profile.id)
@pytest.mark.parametrize("variant", ["shuffled", "shouted", "broken", "aliases"])
def test_a_profile_is_recognised_in_its_variants(tmp_path: Path, profile: Profile, variant: str) -> None:
    headers = headers_of(profile, 1 if variant == "aliases" else 0)
    names = list(profile.fields)
    if variant == "shuffled":
        random.Random(7).shuffle(names)
    if variant == "shouted":
        headers = {name: without_accents(text).upper() for name, text in headers.items()}
    if variant == "broken":
        headers = {name: f" {text.replace(' ', chr(10), 1)} " for name, text in headers.items()}
    records = read_file(written(tmp_path / "a", profile, headers, names, "Columna agregada")).records
    assert set(records["profile_id"]) == {profile.id}
    row = cells(records, 1)
    for name, field in profile.fields.items():
        assert name in row, (name, headers[name])
        assert row[name] == (None if field.type in _PRIVATE else value(profile, name)), name


SIPOT = [profile for profile in profiles() if profile.titles]


@pytest.mark.parametrize("profile", [profile for profile in SIPOT if profile.parts], ids=lambda profile: profile.id)
def test_linked_tables_have_other_numbers_in_other_books(tmp_path: Path, profile: Profile) -> None:
    linked: dict[str, Any] = {}
    references = {}
    for number, (name, part) in enumerate(profile.parts.items(), 700001):
        columns = [field.headers[0].replace("*", " y lo demás") for field in part.fields.values()]
        random.Random(number).shuffle(columns)
        linked[f"Tabla_{number}"] = [["ID", *columns], [5, *("1" for _ in columns)]]
        references[name] = f"{part.headers[0].replace('*', ' y lo demás')} \nTabla_{number}"
    names = [name for name, field in profile.fields.items() if not field.optional]
    headers = headers_of(profile, 0)
    columns = [*references.values(), *(headers[name] for name in names)]
    row = [*(5 for _ in references), *(value(profile, name) for name in names)]
    reading = read_file(form(tmp_path / "a.xlsx", profile.titles[0], columns, [row], linked))
    assert set(reading.records["profile_id"]) == {profile.id}
    read = set(zip(reading.records["ledger"], reading.records["field"], strict=True))
    for name, part in profile.parts.items():
        assert (profile.ledger, name) in read
        for field in part.fields:
            assert (part.ledger, field) in read, (name, field)


def test_headers_in_two_rows_and_a_title_above_are_found(tmp_path: Path) -> None:
    profile = next(profile for profile in TABULAR if profile.id == "opa_works")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Obra Pública Abierta, corte al cuarto trimestre"])
    sheet.append([])
    sheet.append(list(headers_of(profile, 0).values()))
    sheet.append([value(profile, name) for name in profile.fields])
    book.save(tmp_path / "a.xlsx")
    assert set(read_file(tmp_path / "a.xlsx").records["profile_id"]) == {"opa_works"}
