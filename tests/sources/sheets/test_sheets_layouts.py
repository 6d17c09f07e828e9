"""Workbooks as other governments export them, with the cell that was once misread."""

import pytest


def test_subtotals_without_stored_values_leave_other_subtotals_out(read_book, sheet_of):
    rows = [
        ["Dependencia", "Aprobado"],
        ["Salud", "=SUBTOTAL(9,B3:B4)"], ["Sueldos", 10.5], ["Medicinas", 4],
        ["Educación", "=SUBTOTAL(109,B6:B6)"], ["Becas", 7],
        ["Total", "=SUBTOTAL(9,B2:B6)"], ["Promedio", "=SUBTOTAL(1,B2:B6)"],
    ]  # fmt: skip
    read = read_book(sheet_of(rows))
    texts = {place: text for place, (_, _, text) in read.amounts().items()}
    assert (texts["B2"], texts["B5"], texts["B7"]) == ("14.5", "7", "21.5")
    assert read.flags()["B8"] == "formula_without_value"


def test_a_subtotal_over_hidden_rows_is_not_guessed(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado"], ["Uno", 10], ["Dos", 4], ["Total", "=SUBTOTAL(9,B2:B3)"]])
    book.active.row_dimensions[3].hidden = True
    assert read_book(book).flags()["B4"] == "formula_without_value"


def test_a_table_behind_an_empty_column_has_labels_of_its_own(read_book, sheet_of):
    rows = [["Concepto", "Aprobado", None, "Fuente", "Monto"], ["Salud", 10.5, None, "Fiscales", 7.25]]
    rows += [["Obras", 20.5, None, "Federales", 23.75], ["Total", 31, None, "Suma", 31]]
    read = read_book(sheet_of(rows))
    assert read.amounts()["B2"][0] == "Salud" and read.amounts()["E2"][0] == "Fiscales"


def test_what_a_format_shows_as_things_or_hundredths_is_no_money(read_book, sheet_of):
    book = sheet_of(
        [["Concepto", "Aprobado", "Entregas", "Pagado"], ["Salud", 10.5, 12, 40.5], ["Obras", 20.5, 8, 60.5]]
    )
    for row in book.active.iter_rows(min_row=2):
        row[2].number_format, row[3].number_format = '#,##0" pzas"', '0.00"%"'
    assert {place[0] for place in read_book(book).amounts()} == {"B"}


def test_the_zeros_of_a_unit_are_a_header(read_book, sheet_of):
    rows = [["Concepto", "Aprobado"], [None, "$000"], ["Salud", 1050], ["Obras", 2050]]
    read = read_book(sheet_of(rows))
    assert read.headers() == ["Aprobado | $000"] and set(read.amounts()) == {"B3", "B4"}


@pytest.mark.parametrize("space", [" ", "\u202f"])
def test_thousands_apart_and_centavos_behind_a_comma(read_book, sheet_of, space):
    rows = [["Concepto", "Aprobado"], ["Salud", f"1{space}234{space}567,89"], ["Obras", f"234{space}567,10"]]
    assert set(read_book(sheet_of(rows)).amounts()) == {"B2", "B3"}


def test_keys_by_levels_before_their_names_are_codes(read_book, sheet_of):
    rows: list[list[object]] = [
        ["Clave", "Finalidad / Función", "Aprobado"],
        [1, "Gobierno", 30.5],
        [1.1, "Legislación", 10.5],
    ]
    rows += [[1.2, "Justicia", 20], [2, "Desarrollo Social", 7], [2.3, "Salud", 7]]
    read = read_book(sheet_of(rows))
    assert {place[0] for place in read.amounts()} == {"C"}
    assert read.amounts()["C6"][0] == "2.3 Salud"


def test_a_period_over_a_column_of_keys_is_a_title(read_book, sheet_of):
    rows: list[list[object]] = [
        ["Gobierno del Estado"],
        ["Enero - Junio 2021"],
        ["Clave", "Descripción", "Aprobado", "Pagado"],
    ]
    rows += [[1000, "Servicios personales", 10.5, 5], [2000, "Materiales", 4.5, 2.25], [3000, "Servicios", 7, 1]]
    read = read_book(sheet_of(rows))
    assert read.headers() == ["Aprobado", "Pagado"]
    assert read.reading.tables["context"][0].splitlines()[-1] == "Enero - Junio 2021"


def test_a_column_called_after_a_key_may_still_hold_amounts(read_book, sheet_of):
    rows = [["Concepto", "Capítulo 1000", "Capítulo"], ["Salud", 10.5, 3.25], ["Obras", 20.5, 1.75]]
    assert {place[0] for place in read_book(sheet_of(rows)).amounts()} == {"B", "C"}


def test_a_section_below_a_header_of_keys_is_no_level_of_it(read_book, sheet_of):
    rows: list[list[object]] = [["Clave", "Concepto", "Aprobado", "Pagado"], ["Gasto no etiquetado"]]
    rows += [["1000", "Servicios personales", 10.5, 5], ["2000", "Materiales", 4.5, 2.25], ["3000", "Servicios", 7, 1]]
    read = read_book(sheet_of(rows))
    assert read.headers() == ["Aprobado", "Pagado"]
    assert {place[0] for place in read.amounts()} == {"C", "D"}
