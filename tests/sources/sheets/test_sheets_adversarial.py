"""Kinds of workbooks that were once misread: each a small one, with the cell that went wrong."""

import pytest

FIGURES = ["9 384 120.50", "1\u00a0234.00", "\u200b1,234.50 ", "(1 234 567.00)"]


@pytest.mark.parametrize("text", FIGURES)
def test_spaces_between_thousands_and_invisible_characters(read_book, sheet_of, text: str):
    read = read_book(sheet_of([["Concepto", "Aprobado"], ["Salud", text], ["Obras", "5.00"]]))
    assert read.amounts()["B2"] == ("Salud", "Aprobado", text)


def test_words_with_digits_and_spaces_stay_words(read_book, sheet_of):
    read = read_book(sheet_of([["Concepto", "Clave", "Aprobado"], ["Salud", "12 345", 7.5], ["Obras", "01 02 03", 5]]))
    assert set(read.amounts()) == {"C2", "C3"}


def test_unit_beside_the_title_is_a_line_of_its_own(read_book, sheet_of):
    rows = [["Municipio de Prueba", None, None, "Miles de pesos"], [], ["Concepto", "Aprobado"], ["Salud", 7.5]]
    assert "Miles de pesos" in read_book(sheet_of(rows)).reading.tables["context"][0].splitlines()


def test_rates_and_rounding_are_computed(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Concepto", "Cantidad", "Precio", "Importe", "IVA"],
                ["Uno", 3, 10.15, "=B2*C2", "=ROUND(D2*16%,2)"],
                ["Total", None, None, "=SUM(D2:D2)", "=E2"],
            ]
        )
    )
    texts = {place: text for place, (_, _, text) in read.amounts().items()}
    assert texts["D2"] == "30.45" and texts["E2"] == texts["E3"] == "4.87"


def test_words_named_alone_in_a_formula_are_not_zero(read_book, sheet_of):
    rows = [["Concepto", "Aprobado", "Modificado"], ["Uno", "1,000.00", "=B2+5"], ["Dos", 10, "=SUM(B2:B3)"]]
    read = read_book(sheet_of(rows))
    assert read.flags()["C2"] == "formula_without_value"
    assert read.amounts()["C3"][2] == "10"


def test_keys_of_two_letters_are_codes(read_book, sheet_of):
    rows: list[list[object]] = [["Ramo", "UR", "FI", "FN", "SF", "OG", "Aprobado"]]
    rows += [[12, f"A{n:02d}", 2, 3, 1 + n % 2, 3611, 1000 + n * 7] for n in range(6)]
    assert {place[0] for place in read_book(sheet_of(rows)).amounts()} == {"G"}


def test_second_table_of_posts_below_a_budget(read_book, sheet_of):
    rows = [
        ["Concepto", "Aprobado", "Devengado"],
        ["Salud", 10.5, 5.25],
        ["Obras", 20.5, 5],
        [],
        ["Plantilla de personal"],
    ]
    rows += [
        ["Puesto", "Plazas", "Sueldo mensual", "Total anual"],
        ["Médico", 4, 2000, 96000],
        ["Chofer", 2, 1000, 24000],
    ]
    read = read_book(sheet_of(rows))
    assert read.reasons()["B7"] == read.reasons()["B8"] == "quantity"
    assert read.amounts()["C7"][1] == "Sueldo mensual"


def test_zeros_of_a_check_beside_the_table_are_no_amounts(read_book, sheet_of):
    rows = [
        ["Concepto", "Aprobado"],
        *[[f"Rubro {n}", n + 0.5, None, None, 0 if n in (2, 4) else None] for n in range(9)],
    ]
    assert {place[0] for place in read_book(sheet_of(rows)).amounts()} == {"B"}


def test_codes_without_header_beside_a_total_are_codes(read_book, sheet_of):
    rows = [["Capítulo / concepto", None, None, "Importe"], [1000, None, "Servicios personales", 30.5]]
    rows += [[None, 1100 + n, "Sueldos", 10.5] for n in range(3)] + [["TOTAL", None, None, 31.5]]
    assert {place[0] for place in read_book(sheet_of(rows)).amounts()} == {"D"}
