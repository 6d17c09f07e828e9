"""Each hint repairs a small document that is misread without it, and says so when it does not fit."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from reportlab.pdfgen.canvas import Canvas

from sources.raw.reading import Document, Hints, Reading
from sources.read import read
from transforms.core.normalize import normalize
from warehouse.schema.vocabulary import Term


def book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def pdf(path: Path, *pages: list[tuple[float, str]]) -> Path:
    """Each page is a list of lines: the right edge of the last text, and texts joined by `|`."""
    canvas = Canvas(str(path), invariant=1)
    for lines in pages:
        for n, (x1, text) in enumerate(lines):
            first, *figures = text.split("|")
            canvas.drawString(60, 740 - 16 * n, first)
            for k, figure in enumerate(figures):
                canvas.drawRightString(x1 + 110 * k, 740 - 16 * n, figure)
        canvas.showPage()
    canvas.save()
    return path


def read_with(path: Path, **hints: Any) -> Reading:
    return read(Document(path, "d", hints=Hints(**hints)))


def core_with(path: Path, **hints: Any) -> pd.DataFrame:
    reading = read_with(path, **hints)
    raw = {
        "page": reading.pages,
        "table": reading.tables,
        "column": reading.columns,
        "row": reading.rows,
        "number": reading.numbers,
    }
    document = {
        "document_id": "d",
        "kind": "informe",
        "fiscal_year": 2023,
        "hints": Hints(**hints).model_dump_json(exclude_none=True),
    }
    return normalize(raw, pd.DataFrame([document]))["amount"]


ROWS: list[tuple[str, float, float]] = [("Salud", 10.5, 5.25), ("Obras", 20.5, 5.5), ("Cultura", 1.5, 0.5)]
TABLE = [(350.0, "Concepto|Aprobado|Pagado"), *[(350.0, f"{n}|{a:,.2f}|{b:,.2f}") for n, a, b in ROWS]]
BARE = TABLE[1:]


@pytest.fixture(params=["xlsx", "pdf"])
def headless(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A table without a header."""
    return book(tmp_path / "a.xlsx", H=ROWS) if request.param == "xlsx" else pdf(tmp_path / "a.pdf", BARE)


@pytest.fixture(params=["xlsx", "pdf"])
def headed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    rows: list[Sequence[object]] = [["Concepto", "Aprobado", "Columna X"], *ROWS]
    lines = [(350.0, "Concepto|Aprobado|Columna X"), *BARE]
    return book(tmp_path / "b.xlsx", H=rows) if request.param == "xlsx" else pdf(tmp_path / "b.pdf", lines)


def test_headers_name_columns_in_their_order(headless: Path) -> None:
    assert core_with(headless)["stage"].isna().all()
    assert core_with(headless, headers=["Aprobado", "Pagado"])["stage"].unique().tolist() == ["aprobado", "pagado"]


def test_headers_that_the_document_contradicts_are_reported(headed: Path) -> None:
    assert read_with(headed, headers=["Presupuesto aprobado", "Columna X, pagado"]).warnings == ()
    assert "prints 'Aprobado' over column 1" in read_with(headed, headers=["Pagado", "X"]).warnings[0].en
    assert [said.en for said in read_with(headed, headers=["Uno"]).warnings] == [
        "Hint headers: no table has 1 amount columns."
    ]


def test_stages_of_headers_without_a_known_word(headed: Path) -> None:
    assert core_with(headed)["stage"].isna().sum() == 3
    assert "devengado" in set(core_with(headed, stages={"columna x": "devengado"})["stage"])
    assert read_with(headed, stages={"Columna Z": "pagado"}).warnings == (
        Term("Hint stages: no column is called 'Columna Z'.", "Pista stages: ninguna columna se llama 'Columna Z'."),
    )


def test_unit_that_is_not_printed(headed: Path) -> None:
    assert core_with(headed)["amount_centavos"].max() == 20_50
    assert core_with(headed, unit=1000)["amount_centavos"].max() == 20_500_00


def test_pages_leave_out_a_list_of_figures(tmp_path: Path) -> None:
    index = [(350.0, f"Programa {n}|{n},250.00|{n},000.00") for n in range(1, 7)]
    path = pdf(tmp_path / "c.pdf", index, TABLE)
    assert len(read_with(path).tables) == 2
    hinted = read_with(path, pages="2")
    assert set(hinted.rows["page"]) == {"2"} and hinted.warnings == ()
    assert set(hinted.numbers.loc[hinted.numbers["page"] == "1", "exclusion"]) == {"left_out"}
    assert "there is no page 3" in read_with(path, pages="2-4").warnings[0].en


def test_sheets_leave_out_a_draft(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [["Concepto", "Aprobado", "Pagado"], *ROWS]
    path = book(tmp_path / "d.xlsx", Egresos=rows, Borrador=[*rows, ["Otro", 1.25, 1.25]])
    assert len(read_with(path).tables) == 2
    assert set(read_with(path, sheets=["Egresos"]).tables["page_first"]) == {"Egresos"}
    assert [said.en for said in read_with(path, sheets=["Egresos", "Otra"]).warnings] == [
        "Hint sheets: there is no sheet 'Otra'."
    ]


def test_header_rows_where_the_header_holds_figures(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [["Nota", "x", "y"], ["Concepto", 1.1, 1.2], *ROWS]
    path = book(tmp_path / "e.xlsx", H=rows)
    assert len(core_with(path)) == 8
    hinted = read_with(path, header_rows={"H": 2})
    assert len(hinted.numbers[hinted.numbers["table"].notna()]) == 6
    assert [said.en for said in read_with(path, header_rows={"H": 90}).warnings] == [
        "Hint header_rows: row 90 of sheet 'H' is empty."
    ]


def test_hints_of_another_format_are_reported(tmp_path: Path) -> None:
    path = pdf(tmp_path / "f.pdf", TABLE)
    assert [said.en for said in read_with(path, sheets=["Egresos"]).warnings] == [
        "Hint sheets: it says nothing to a document in pdf."
    ]
    sheet = book(tmp_path / "g.xlsx", H=[["Concepto", "Aprobado"], ["Salud", 1.5]])
    assert [said.en for said in read_with(sheet, pages="1").warnings] == [
        "Hint pages: it says nothing to a document in xlsx."
    ]
