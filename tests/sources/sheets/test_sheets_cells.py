"""What a cell may hold: numbers as text, misprints, dashes, errors, formulas without a value, hidden rows."""

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sources.raw.reading import Document, Hints
from sources.sheets import read_sheets
from sources.sheets.formats.grid import Shape, number_cell, plain_number, text_cell


@pytest.mark.parametrize(
    "text", ["$1´583,893.00", "221,888,505,50", "0.Q0", "(1,234.50)", "$ 178,200,00", "1.234,50", "$',000,000.00"]
)
def test_amounts_stored_as_text_are_amounts_and_flagged(read_book, sheet_of, text):
    read = read_book(sheet_of([["Concepto", "Monto"], ["Uno", 10.5], ["Dos", text], ["Tres", 7]]))
    assert read.amounts()["B3"] == ("Dos", "Monto", text)
    assert read.flags() == {"B3": "text_number"}


@pytest.mark.parametrize("text", ["NO APLICA", "ver nota 3", "12 meses", "N/D"])
def test_words_in_an_amount_column_are_no_amounts(read_book, sheet_of, text):
    read = read_book(sheet_of([["Concepto", "Monto"], ["Uno", 10.5], ["Dos", text], ["Tres", 7]]))
    assert set(read.amounts()) == {"B2", "B4"}


@pytest.mark.parametrize("dash", ["-", "$-", "$ -", "—"])
def test_a_dash_in_an_amount_column_is_counted(read_book, sheet_of, dash):
    read = read_book(sheet_of([["Concepto", "Monto", "Nota"], ["Uno", 10.5, "-"], ["Dos", dash, "sin dato"]]))
    assert read.amounts()["B3"] == ("Dos", "Monto", dash)
    assert "C2" not in set(read.reading.numbers["place"])


def test_error_cells_keep_their_text(read_book, sheet_of):
    read = read_book(sheet_of([["Concepto", "Monto"], ["Uno", 10.5], ["Dos", "#DIV/0!"]]))
    assert read.amounts()["B3"] == ("Dos", "Monto", "#DIV/0!")
    assert read.flags() == {"B3": "error_cell"}


def test_a_sheet_of_errors_only_is_no_table(read_book, sheet_of):
    book = sheet_of([["Concepto", "Monto"], ["Uno", 10.5]])
    broken = book.create_sheet("Rota")
    for row in (["Concepto", "Monto"], ["Uno", "#REF!"], ["Dos", "#REF!"]):
        broken.append(row)
    assert list(read_book(book).reading.tables["page_first"]) == ["Hoja1"]


def test_formulas_without_a_value_are_computed_where_simple(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Concepto", "Aprobado", "Ampliaciones", "Modificado"],
                ["Uno", 0.1, 0.2, "=B2+C2"],
                ["Dos", 100, -30.5, "=SUM(B3:C3)*1"],
                ["Total", "=SUM(B2:B3)", "=+C2+C3", "=D2+D3"],
                ["Otro", "=IF(B2>0,1,2)", 1, "=B5"],
            ]
        )
    )
    amounts, flags = read.amounts(), read.flags()
    assert amounts["D2"][2] == "0.3" and amounts["D4"][2] == "69.8" and amounts["B4"][2] == "100.1"
    assert flags["D4"] == "formula_computed"
    assert amounts["B5"][2] == "=IF(B2>0,1,2)" and flags["B5"] == flags["D5"] == "formula_without_value"
    assert any("2 formulas" in warning for warning, _ in read.reading.warnings)


def test_a_formula_that_refers_to_itself_ends(read_book, sheet_of):
    read = read_book(sheet_of([["Concepto", "Monto"], ["Uno", "=B3"], ["Dos", "=B2"], ["Tres", 5]]))
    assert read.flags() == {"B2": "formula_without_value", "B3": "formula_without_value"}


def test_a_stored_value_is_believed(tmp_path: Path):
    path = tmp_path / "libro.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Hoja1")
        sheet.write_row(0, 0, ["Concepto", "Monto"])
        sheet.write_row(1, 0, ["Uno", 3])
        sheet.write(2, 0, "Total")
        sheet.write_formula(2, 1, "=SUM(B2:B2)", None, 3.25)
    numbers = read_sheets(Document(path, "d1"), "xlsx").numbers.set_index("place")
    assert numbers.loc["B3", "source_text"] == "3.25" and numbers["flag"].isna().all()


def test_hidden_rows_columns_and_sheets_are_read_and_flagged(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado", "Pagado"], ["Uno", 1.5, 2], ["Dos", 3, 4.5]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    secret = book.create_sheet("Oculta")
    secret.sheet_state = "hidden"
    for row in (["Concepto", "Monto"], ["Tres", 9.5]):
        secret.append(row)
    read = read_book(book)
    reading = read.reading
    assert list(reading.rows["hidden"]) == [False, True, True]
    assert list(reading.columns["hidden"]) == [False, True, True]
    assert list(reading.pages["hidden"]) == [False, True]
    flagged = reading.numbers[reading.numbers["flag"] == "hidden"]
    assert {("Hoja1", "C2"), ("Hoja1", "B3"), ("Hoja1", "C3"), ("Oculta", "B2")} == set(
        zip(flagged["page"], flagged["place"], strict=True)
    )


def test_hints_choose_sheets_and_headers(read_book, sheet_of):
    book = sheet_of([["a", "b"], ["x", "y"], ["Uno", 1.5], ["Dos", 2.5]])
    book.create_sheet("Otra").append(["Concepto", 7.5])
    read = read_book(book, Hints(sheets=["Hoja1", "Falta"], header_rows={"Hoja1": 2}, headers=["Aprobado"]))
    assert read.headers() == ["Aprobado"] and read.labels() == ["Uno", "Dos"]
    assert read.reasons()["B1"] == "left_out"
    assert any("Falta" in warning for warning, _ in read.reading.warnings)


def test_hints_that_do_not_fit_are_reported(read_book, sheet_of):
    read = read_book(
        sheet_of([["Concepto", "Monto"], ["Uno", 1.5]]), Hints(header_rows={"Hoja1": 40}, headers=["a", "b", "c"])
    )
    assert len([warning for warning, _ in read.reading.warnings if warning.startswith("Hint")]) == 2


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_the_text_of_a_stored_number_is_exact_and_plain(value: float):
    text = plain_number(value)
    assert "e" not in text.lower() and not text.endswith(".0")
    assert float(text) == value and Decimal(text) == Decimal(repr(value)).normalize()


@given(st.text(max_size=30))
def test_any_text_has_a_shape(text: str):
    cell = text_cell(1, 1, text)
    assert (cell is None) == (not text.strip())
    if cell is not None and cell.shape is Shape.AMOUNT_TEXT:
        assert cell.counts


def test_a_year_is_a_whole_number():
    assert number_cell(1, 1, 2021.0).is_year and not number_cell(1, 1, 2021.5).is_year


def test_cells_without_references_follow_one_another(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["Concepto", "Monto"], ["Uno", 1.5]):
        book.active.append(row)
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                for reference in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"'):
                    data = data.replace(reference, b"")
            new.writestr(entry, data)
    numbers = read_sheets(Document(target, "d1"), "xlsx").numbers
    assert list(numbers["place"]) == ["B2"]
