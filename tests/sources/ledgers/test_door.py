"""The door of ledgers: recognised by headers, kept cell by cell, persons withheld; what nearly fits is refused by name."""

import csv
from pathlib import Path

import openpyxl
import pytest

from sources.errors import SourceError
from sources.ledgers.profile import profiles
from tests.sources.ledgers.forms import PERIOD, PROCEDURES, cells, form, procedures, read_file, spending

COMPANY = (
    "Licitación pública",
    "LPN/1",
    None,
    None,
    "GRUPO EJEMPLO, S.A. DE C.V.",
    "GEJ960514PU3",
    "C-1",
    1160,
    None,
    None,
    None,
    None,
)
PERSON = (
    "Adjudicación directa",
    "AD/2",
    "ROSALBA",
    "QUIEBRAHACHA",
    None,
    "QUXR800101AB0",
    "C-2",
    500.5,
    None,
    None,
    None,
    "Sin nota",
)


def table(path: Path, headers: list[str], *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headers, *rows])
    return path


def test_a_register_is_records_and_no_amounts(tmp_path: Path) -> None:
    reading = read_file(procedures(tmp_path / "a.xlsx", [COMPANY, PERSON], charges=[[1, 33300004], [2, 21100001]]))
    assert reading.tables.empty and set(reading.numbers["exclusion"]) <= {
        "record",
        "header",
        "personal_data",
        "left_out",
    }
    main = cells(reading.records, 1)
    assert (
        main["file_number"] == "LPN/1"
        and main["amount"] == "1160"
        and main["supplier"] == "GRUPO EJEMPLO, S.A. DE C.V."
    )
    assert main["charges"] == "1" and main["bidders"] == "1"
    charge = reading.records[reading.records["ledger"] == "charge"]
    assert charge[charge["field"] == "charge_code"]["source_text"].tolist() == ["33300004", "21100001"]
    assert charge[charge["field"] == "charge_code"]["place"].tolist() == ["B4", "B5"]


def test_every_cell_is_typed_withheld_or_excluded_and_stands_once(tmp_path: Path) -> None:
    records = read_file(
        procedures(tmp_path / "a.xlsx", [COMPANY, PERSON], bidders=[[1, "ROSALBA", "QUIEBRAHACHA", None]])
    ).records
    assert (records["type"].notna() ^ records["exclusion"].notna()).all()
    assert (records["withheld"] == records["source_text"].isna()).all()
    assert not records.duplicated(["record", "field"]).any() and not records.duplicated(["page", "place"]).any()


def test_persons_are_withheld_and_companies_stay(tmp_path: Path) -> None:
    reading = read_file(
        procedures(tmp_path / "a.xlsx", [COMPANY, PERSON], bidders=[[2, "ROSALBA", "QUIEBRAHACHA", None]])
    )
    winner = cells(reading.records, 2)
    assert winner["winner_name"] is None and winner["winner_surname"] is None and winner["supplier_key"] is None
    assert winner["amount"] == "500.5"
    text = (
        " ".join(reading.records["source_text"].dropna())
        + " ".join(reading.numbers["source_text"])
        + " ".join(said.en for said in reading.warnings)
    )
    assert "ROSALBA" not in text and "QUIEBRAHACHA" not in text and "QUXR" not in text
    assert any("withheld" in warning for warning, _ in reading.warnings)


@pytest.mark.parametrize(
    ("name", "key", "kept"),
    [
        ("COMERCIAL DEL SUR SA DE CV", None, True),
        ("DESPACHO DE ASESORES, S.C.", None, True),
        ("SERVICIOS DEL NORTE", "SNO680112PG9", True),
        ("GOBIERNO DEL ESTADO DE EJEMPLO", None, True),
        ("SERVICIOS DEL NORTE", None, False),
        ("PERLA AVENDAÑO Y GRUPO", None, False),
        ("SERVICIOS DEL NORTE, S.A. DE C.V.", "QUXR800101AB0", False),
    ],
)
def test_a_supplier_is_named_only_where_it_is_shown_to_be_a_company(
    tmp_path: Path, name: str, key: str | None, kept: bool
) -> None:
    row = (*COMPANY[:4], name, key, *COMPANY[6:])
    assert (cells(read_file(procedures(tmp_path / "a.xlsx", [row])).records, 1)["supplier"] == name) is kept


def test_a_budget_is_read_as_lines_and_its_period_and_codes_as_records(tmp_path: Path) -> None:
    reading = read_file(spending(tmp_path / "a.xlsx", [("2025-03-31", "36100003", "PUBLICACIONES", 100, 120, 110, 90)]))
    assert len(reading.rows) == 1 and reading.numbers["table"].notna().sum() == 6
    record = cells(reading.records, 1)
    assert record["object_code"] == "36100003" and record["period_end"] == "2025-03-31"


def test_a_title_of_another_state_is_recognised_by_its_headers(tmp_path: Path) -> None:
    reading = read_file(
        form(
            tmp_path / "a.xlsx",
            "Compras",
            PROCEDURES,
            [[2024, "2024-01-01", "2024-03-31", "Licitación pública", "Obra", "X-1"]],
        )
    )
    assert set(reading.records["profile_id"]) == {"sipot_procedures"}


def test_an_unknown_format_names_the_nearest_profile_and_what_is_missing(tmp_path: Path) -> None:
    file = form(
        tmp_path / "a.xlsx",
        "Resultados de auditorías",
        [*PERIOD, "Número de auditoría", "Nota"],
        [[2025, "2025-01-01", "2025-03-31", "7", ""]],
    )
    with pytest.raises(SourceError, match=r"nearest is sipot_\w+.*missing: ") as refusal:
        read_file(file)
    assert refusal.value.code == "profile_unknown"


def test_a_works_list_with_half_of_its_headers_is_refused_and_not_read_as_a_budget(tmp_path: Path) -> None:
    works = next(profile for profile in profiles() if profile.id == "opa_works")
    headers = [works.fields[name].headers[0] for name in works.required]
    row = [str(number) for number in range(len(headers))]
    assert len(read_file(table(tmp_path / "b.csv", headers, row)).records) == len(headers)
    with pytest.raises(SourceError) as refusal:
        read_file(table(tmp_path / "a.csv", [*headers[: len(headers) * 6 // 10], "OTRA", "MÁS"], row))
    assert refusal.value.code == "profile_unknown"


def test_a_register_that_says_why_it_is_empty_is_a_fact_and_a_silent_one_is_refused(tmp_path: Path) -> None:
    note = "En el periodo que se informa no se celebraron procedimientos."
    row = [2025, "2025-01-01", "2025-03-31", *[None] * (len(PROCEDURES) - 4), note]
    reading = read_file(form(tmp_path / "a.xlsx", "Resultados de procedimientos", PROCEDURES, [row]))
    assert reading.declared_empty and any(note in warning for warning, _ in reading.warnings)
    with pytest.raises(SourceError) as refusal:
        read_file(form(tmp_path / "b.xlsx", "Resultados de procedimientos", PROCEDURES, []))
    assert refusal.value.code == "no_table"


def test_a_linked_sheet_that_is_missing_or_there_twice_is_told(tmp_path: Path) -> None:
    file = form(
        tmp_path / "a.xlsx",
        "Resultados de procedimientos",
        PROCEDURES,
        [[2025, "2025-01-01", "2025-03-31", "Licitación pública", "Obra", "X-1"]],
    )
    assert any("refers to table 100002, and no sheet" in warning for warning, _ in read_file(file).warnings)
    book = openpyxl.load_workbook(procedures(tmp_path / "b.xlsx", [COMPANY], charges=[[1, 1]]))
    book.copy_worksheet(book["Tabla_100002"]).title = "Tabla_ 100002"
    book.save(tmp_path / "c.xlsx")
    reading = read_file(tmp_path / "c.xlsx")
    assert any("2 sheets" in warning for warning, _ in reading.warnings) and "charge" not in set(
        reading.records["ledger"]
    )


def test_two_profiles_that_fit_need_a_word_of_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(profile for profile in profiles() if profile.id == "observations")
    twin = first.model_copy(update={"id": "observations_too", "name": "Lo mismo"})
    monkeypatch.setattr("sources.ledgers.recognise.profiles", lambda: (first, twin))
    file = table(
        tmp_path / "a.csv",
        [field.headers[0] for field in first.fields.values()],
        ["a", "08019", "2024-05", "26", "2", "x", "", ""],
    )
    with pytest.raises(SourceError, match=r"profile: ") as refusal:
        read_file(file)
    assert refusal.value.code == "profile_unclear"
    assert set(read_file(file, profile="observations_too").records["profile_id"]) == {"observations_too"}


def test_the_columns_of_an_administrator_are_withheld_in_any_table(tmp_path: Path) -> None:
    """LEDGERS, D10."""
    headers = ["CLAVE", "PROGRAMA", "APROBADO", "NOMBRE_ADMIN", "MAIL_ADMIN", "EXTENSION_ADMIN"]
    rows = [
        [f"K{n}", f"Obra de riego {n}", f"{n}000.50", f"ROSALBA{n}", f"r{n}@ejemplo.org", f"99{n}{n}"]
        for n in (1, 2, 3)
    ]
    reading = read_file(table(tmp_path / "a.csv", headers, *rows))
    frames = [reading.rows["label_cells"], reading.rows["label"], reading.numbers["source_text"], reading.texts["text"]]
    kept = " ".join(" ".join(frame.dropna()) for frame in frames)
    assert not any(word in kept for word in ("ROSALBA", "@", "9911", "9922", "9933"))
    named = " ".join(said.en for said in reading.warnings)
    assert all(header in named for header in headers[3:])
    assert reading.numbers["table"].notna().sum() == 3


def test_a_name_withheld_in_one_cell_is_in_no_text_of_its_row(tmp_path: Path) -> None:
    row = (*PERSON[:11], "Se pagó a Rosalba  Quiebrahacha por la difusión en Rosalba, Chihuahua")
    note = cells(read_file(procedures(tmp_path / "a.xlsx", [row])).records, 1)["note"]
    assert note == "Se pagó a (dato personal) por la difusión en Rosalba, Chihuahua"
