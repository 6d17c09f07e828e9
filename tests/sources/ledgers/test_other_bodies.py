"""Registers as other bodies and years publish them: without title rows, in the forms of 2015 to 2017, under headers of their own."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sources.errors import SourceError
from tests.sources.ledgers.forms import PERIOD, PROCEDURES, SPENDING, cells, form, procedures, read_file, spending
from tests.sources.ledgers.test_ocds import RELEASE

COMPANY = "GRUPO EJEMPLO, S.A. DE C.V."
ROW = ("Licitación pública", "LPN/1", None, None, COMPANY, None, "C-1", 1160, None, None, None, None)
END = "2025-03-31"
LIST = [
    "No.",
    "Número de contrato",
    "Nombre de la obra",
    "Contratista",
    "Modalidad de adjudicación",
    "Monto contratado",
]


def plain(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def untitled(path: Path) -> Path:
    """The file of a form as portals export it: its title, types and numbers of columns are gone."""
    book = openpyxl.load_workbook(path)
    book["Reporte de Formatos"].delete_rows(1, 6)
    book.save(path)
    return path


def test_a_form_without_its_title_rows_is_known_by_its_headers(tmp_path: Path) -> None:
    reading = read_file(untitled(procedures(tmp_path / "a.xlsx", [ROW], charges=[[1, 33300004]])))
    assert set(reading.records["profile_id"]) == {"sipot_procedures"} and reading.tables.empty
    assert cells(reading.records, 1)["amount"] == "1160" and "charge" in set(reading.records["ledger"])
    budget = read_file(untitled(spending(tmp_path / "b.xlsx", [(END, "36100003", "PUBLICACIONES", 100, 120, 110, 90)])))
    assert set(budget.records["profile_id"]) == {"sipot_spending"} and len(budget.rows) == 1


def test_the_platforms_numbers_of_columns_are_no_amounts(tmp_path: Path) -> None:
    path = spending(tmp_path / "a.xlsx", [(END, "36100003", "PUBLICACIONES", 100, 120, 110, 90)])
    book = openpyxl.load_workbook(path)
    for column in range(1, len(SPENDING) + 1):
        book["Reporte de Formatos"].cell(4, column, 6)
        book["Reporte de Formatos"].cell(5, column, 450_000 + column)
    book.save(path)
    reading = read_file(path)
    assert len(reading.rows) == 1 and reading.numbers["table"].notna().sum() == 6


def test_linked_tables_of_2015_to_2017_go_by_the_number_of_their_row(tmp_path: Path) -> None:
    headers = [None, *PROCEDURES[:2], *PROCEDURES[3:], "Nombre o razón social del contratista o proveedor"]
    whole = dict(
        zip(PROCEDURES, [2016, "2016-07-01", "2016-09-30", "Licitación pública", "Obra", "LP/1", "Calle"], strict=False)
    )
    row = [901, *(whole.get(str(header), "x") for header in headers[1:-1]), "Tabla_225005"]
    book = openpyxl.load_workbook(plain(tmp_path / "a.xlsx", [headers, row]))
    linked = book.create_sheet("TABLA225005")
    linked.append([None, "Nombre(s)", "Primer Apellido", "Razón Social"])
    linked.append([901, None, None, COMPANY])
    book.save(tmp_path / "a.xlsx")
    records = read_file(tmp_path / "a.xlsx").records
    winner = records[records["ledger"].eq("supplier")]
    assert winner[winner["field"].eq("id")]["source_text"].tolist() == ["901"]
    assert winner[winner["field"].eq("supplier")]["source_text"].tolist() == [COMPANY]
    assert cells(records, 1)["winners"] == "Tabla_225005" and cells(records, 1)["id"] == "901"


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        (
            "Las concesiones, contratos y permisos otorgados",
            [*PERIOD, "Monto total", "Hipervínculo al contrato", "Nota"],
        ),
        ("Remuneración bruta y neta", [*PERIOD, "Primer apellido", "Monto de la remuneración bruta", "Nota"]),
        ("Padrón de beneficiarios", [*PERIOD, "Monto del apoyo", "Nota"]),
    ],
)
def test_a_form_of_something_else_is_refused_though_it_has_amounts(
    tmp_path: Path, title: str, headers: list[str]
) -> None:
    path = form(tmp_path / "a.xlsx", title, headers, [[2019, "2019-01-01", END, 500, "x", ""]])
    book = openpyxl.load_workbook(path)
    book["Reporte de Formatos"].cell(4, 4, "6")
    book.save(path)
    with pytest.raises(SourceError) as refusal:
        read_file(path)
    assert refusal.value.code == "profile_unknown"


def test_a_form_of_income_is_a_budget(tmp_path: Path) -> None:
    headers = [*PERIOD, "Concepto de los ingresos", "Monto de los ingresos por concepto", "Nota"]
    rows = [[2019, "2019-01-01", END, name, 100.5, ""] for name in ("Impuestos", "Derechos")]
    path = form(tmp_path / "a.xlsx", "Ingresos recibidos", headers, rows)
    book = openpyxl.load_workbook(path)
    book["Reporte de Formatos"].cell(4, 5, "6")
    book.save(path)
    assert len(read_file(path).rows) == 2


def test_a_list_of_contracts_under_headers_of_its_own(tmp_path: Path) -> None:
    rows = [
        [n, f"M-{n}/2021", "Calle", who, "Licitación pública", 1000 * n] for n, who in ((1, COMPANY), (2, "ROSALBA Q"))
    ]
    total = [None, "TOTAL", None, None, None, 3000]
    records = read_file(plain(tmp_path / "a.xlsx", [["Ayuntamiento"], ["Contratos"], LIST, *rows, total])).records
    assert set(records["profile_id"]) == {"contract_list"}
    assert records[records["field"].eq("amount") & records["type"].notna()]["source_text"].tolist() == ["1000", "2000"]
    assert set(records[records["record"].eq(3)]["exclusion"]) == {"total"}
    assert "ROSALBA" not in " ".join(records["source_text"].dropna())


def test_contracts_that_no_profile_knows_are_refused_and_not_read_as_a_budget(tmp_path: Path) -> None:
    headers = ["Expediente", "Fecha del contrato", "Proveedor", "Monto contratado", "Vigencia"]
    with pytest.raises(SourceError) as refusal:
        read_file(plain(tmp_path / "a.xlsx", [headers, ["E-1", "2021-02-01", COMPANY, 1000, "2021"]]))
    assert refusal.value.code == "profile_unknown"


def test_a_sheet_that_the_entry_does_not_name_is_not_asked(tmp_path: Path) -> None:
    path = plain(
        tmp_path / "a.xlsx", [["Concepto", "Aprobado", "Pagado"], ["Papelería", 100.5, 90], ["Renta", 200.5, 180]]
    )
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Contratos")
    sheet.append(["Expediente", "Fecha del contrato", "Proveedor", "Monto contratado"])
    sheet.append(["E-1", "2021-02-01", COMPANY, 1000])
    book.save(path)
    with pytest.raises(SourceError):
        read_file(path)
    assert len(read_file(path, sheets=["Sheet"]).rows) == 2


def test_what_says_that_there_is_nothing_is_no_answer(tmp_path: Path) -> None:
    row = (
        "No se generó",
        "N/A",
        "No aplica",
        "N/A",
        "S/N",
        "n.d.",
        "-",
        0,
        None,
        None,
        "No se generó",
        "Sin procedimientos.",
    )
    reading = read_file(procedures(tmp_path / "a.xlsx", [row]))
    answers = reading.records[reading.records["exclusion"].eq("no_answer")]
    assert {"method", "file_number", "supplier", "winner_name", "observation"} <= set(answers["field"])
    assert not reading.records["withheld"].any()


def test_cells_without_a_header_keep_no_name(tmp_path: Path) -> None:
    path = procedures(tmp_path / "a.xlsx", [ROW])
    book = openpyxl.load_workbook(path)
    book["Reporte de Formatos"].cell(8, len(PROCEDURES) + 2, "ROSALBA QUIEBRAHACHA")
    book.save(path)
    records = read_file(path).records
    assert records[records["header"].eq("")]["withheld"].tolist() == [True]


@pytest.mark.parametrize("header", ["Observador", "Responsable", "Servidora pública"])
def test_a_column_of_persons_that_somebody_adds_is_withheld(tmp_path: Path, header: str) -> None:
    headers = ["Clave del dato", "Clave del gobierno", "A la fecha", "Observadores registrados", "Procedimientos observados",
               "Lo que dice la fuente", "Crecimiento publicado en por ciento", "Dirección de la fuente", header]  # fmt: skip
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [headers, ["a", "08019", "2024-05", "26", "2", "x", "", "", "ROSALBA QUIEBRAHACHA"]]
        )
    assert "ROSALBA" not in " ".join(read_file(tmp_path / "a.csv").records["source_text"].dropna())


def test_persons_of_a_release_are_in_none_of_its_texts(tmp_path: Path) -> None:
    person = {"legalName": "ROSALBA QUIEBRAHACHA", "id": "QUXR800101AB0"}
    release = json.loads(json.dumps(RELEASE))
    release["awards"][0]["description"] = "Se adjudica a ROSALBA QUIEBRAHACHA"
    release["contracts"][0]["implementation"]["transactions"][0]["receiverOrganization"] = person
    (tmp_path / "a.json").write_text(json.dumps({"releases": [release]}), encoding="utf-8")
    kept = read_file(tmp_path / "a.json").records["source_text"].dropna()
    assert "QUIEBRAHACHA" not in " ".join(kept) and "SECRETARÍA DE EJEMPLO" in set(kept)


def test_releases_that_nobody_compiled_are_read(tmp_path: Path) -> None:
    records = [
        {"ocid": "ocds-x-1", "releases": [RELEASE]},
        {"ocid": "ocds-x-2", "compiledRelease": RELEASE | {"ocid": "ocds-x-2"}},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"records": records}), encoding="utf-8")
    read = read_file(tmp_path / "a.json").records
    assert set(read[read["field"].eq("ocid")]["source_text"]) == {"ocds-x-1", "ocds-x-2"}


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Contratos", "Monto contratado (miles de pesos)"),
        ("Cifras en miles de pesos", "Monto contratado"),
        ("Contratos", "Monto contratado (USD)"),
    ],
)
def test_amounts_that_are_no_pesos_are_read_as_none(tmp_path: Path, title: str, header: str) -> None:
    rows = [[1, "M-1/2021", "Calle", COMPANY, "Licitación pública", 1000.5]]
    reading = read_file(plain(tmp_path / "a.xlsx", [[title], [*LIST[:-1], header], *rows]))
    typed = set(reading.records.loc[reading.records["type"].notna(), "field"])
    assert "amount" not in typed and "contract_number" in typed
    assert any("is not in pesos" in warning for warning, _ in reading.warnings)


def test_headers_that_are_printed_again_are_no_record(tmp_path: Path) -> None:
    row = [1, "M-1/2021", "Calle", COMPANY, "Licitación pública", 1000.5]
    records = read_file(
        plain(tmp_path / "a.xlsx", [LIST, row, [header.upper() for header in LIST], [2, "M-2/2021", *row[2:]]])
    ).records
    assert records[records["field"].eq("contract_number") & records["type"].notna()]["source_text"].tolist() == [
        "M-1/2021",
        "M-2/2021",
    ]
    assert "header" in set(records.loc[records["record"].eq(2), "exclusion"])


def test_headers_in_two_levels_with_cells_merged_down(tmp_path: Path) -> None:
    upper = ["No.", "Contrato", None, "Contratista", "Modalidad", "Monto contratado"]
    lower = [None, "Número", "Objeto", None, None, None]
    path = plain(tmp_path / "a.xlsx", [upper, lower, [1, "M-1/2021", "Calle", COMPANY, "Licitación pública", 1000.5]])
    book = openpyxl.load_workbook(path)
    for cells_of in ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2"):
        book.active.merge_cells(cells_of)
    book.save(path)
    record = cells(read_file(path).records, 1)
    assert (record["supplier"], record["amount"], record["object"]) == (COMPANY, "1000.5", "Calle")


@pytest.mark.parametrize(
    "headers",
    [
        ["Factura", "Proveedor", "Concepto", "Fecha de pago", "Importe pagado"],
        ["Contrato", "Adjudicado a", "Vigencia", "Fecha de pago", "Importe"],
    ],
)
def test_lists_of_invoices_and_of_who_won_are_no_budget(tmp_path: Path, headers: list[str]) -> None:
    with pytest.raises(SourceError) as refusal:
        read_file(plain(tmp_path / "a.xlsx", [headers, ["F-1", COMPANY, "Papelería", "2021-02-01", 1000.5]]))
    assert refusal.value.code == "profile_unknown"
