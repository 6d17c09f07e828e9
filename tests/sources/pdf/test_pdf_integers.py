"""Amounts whose shape says nothing: bare zeros and integers, one decimal, spaced thousands; and counts that are no money."""

from pathlib import Path

import pytest

from tests.sources.pdf.typeset import Sheet, by_row, cells, headers, read, reasons, typeset

RIGHTS = (330, 440, 550)


def page(heads: tuple[str, ...], *rows: tuple[str, ...], title: str = "Clasificación por objeto del gasto"):  # type: ignore[no-untyped-def]
    def draw(sheet: Sheet) -> None:
        sheet.centre(300, 60, title)
        sheet.text(50, 90, "Concepto")
        for x, name in zip(RIGHTS, heads, strict=False):
            sheet.right(x, 90, name)
        for i, (label, *amounts) in enumerate(rows):
            sheet.text(50, 106 + 14 * i, label)
            for x, amount in zip(RIGHTS, amounts, strict=False):
                sheet.right(x, 106 + 14 * i, amount)

    return draw


@pytest.mark.parametrize("first", ["0", "845000"])
def test_a_column_of_integers_under_a_money_header_holds_amounts(tmp_path: Path, first: str) -> None:
    rows = [("Sueldos", first, "1,234", "0"), ("Materiales", first, "2,345", "0"), ("Obra", first, "3,456", "0")]
    reading = read(typeset(tmp_path, page(("Aprobado", "Modificado", "Pagado"), *rows)))
    assert headers(reading) == ["Aprobado", "Modificado", "Pagado"]
    assert by_row(reading) == [(label, amounts) for label, *amounts in rows]


def test_bare_integers_alone_are_a_table(tmp_path: Path) -> None:
    rows = [("Sueldos", "12", "845"), ("Materiales", "0", "7"), ("Obra", "350", "0")]
    assert by_row(read(typeset(tmp_path, page(("Aprobado", "Pagado"), *rows)))) == [(n, a) for n, *a in rows]


def test_years_over_millions_with_one_decimal(tmp_path: Path) -> None:
    rows = [("Sueldos", "12.3", "1,234.5"), ("Materiales", "0.7", "845"), ("Obra", "35.0", "90.1")]
    reading = read(typeset(tmp_path, page(("2021", "2022"), *rows, title="Gasto neto (millones de pesos)")))
    assert [(label, text) for label, _, text in cells(reading)] == [(n, t) for n, *a in rows for t in a]


@pytest.mark.parametrize("headed", [True, False])
def test_integers_go_on_over_pages_with_and_without_the_header(tmp_path: Path, headed: bool) -> None:
    names = [f"Dirección de {name}" for name in ("Obras", "Cultura", "Turismo", "Campo", "Salud")]

    def page(number: int):  # type: ignore[no-untyped-def]
        def draw(sheet: Sheet) -> None:
            if headed or number == 1:
                sheet.text(50, 60, "Unidad")
                sheet.right(440, 60, "Aprobado")
                sheet.right(550, 60, "Pagado")
            for i, name in enumerate(names):
                sheet.text(50, 76 + 12 * i, name)
                sheet.right(440, 76 + 12 * i, f"{number}{i}")
                sheet.right(550, 76 + 12 * i, "0")

        return draw

    reading = read(typeset(tmp_path, *(page(number) for number in (1, 2, 3))))
    assert len(reading.tables) == 1 and headers(reading) == ["Aprobado", "Pagado"]
    assert by_row(reading) == [(name, [f"{number}{i}", "0"]) for number in (1, 2, 3) for i, name in enumerate(names)]


def test_posts_are_no_amounts_and_no_part_of_the_label(tmp_path: Path) -> None:
    rows = [("Analista", "5", "12,000.00"), ("Chofer", "12", "9,000.00"), ("Médica", "7", "31,000.00")]
    reading = read(typeset(tmp_path, page(("Plazas", "Sueldo"), *rows, title="Analítico de plazas")))
    assert by_row(reading) == [(label, [amount]) for label, _, amount in rows]
    assert reasons(reading) == {"quantity": ["5", "12", "7"]}


def test_posts_in_a_ruled_cell_between_label_and_pay_are_counts(tmp_path: Path) -> None:
    rows = [("Albañil", "1", "94,969.44"), ("Archivista", "6", "610,233.76"), ("Asistente", "189", "7,265,792.00")]

    def draw(sheet: Sheet) -> None:
        sheet.centre(160, 100, "PUESTO FUNCIONAL")
        sheet.centre(375, 100, "No. DE PLAZAS")
        sheet.centre(480, 100, "REMUNERACIÓN ANUAL")
        for i, (post, count, pay) in enumerate(rows, 1):
            sheet.text(63, 100 + 14 * i, post)
            sheet.centre(375, 100 + 14 * i, count)
            sheet.right(536, 100 + 14 * i, pay)
        sheet.across(60, 540, *(90 + 14 * i for i in range(5)))
        sheet.down(90, 146, 60, 330, 420, 540)

    reading = read(typeset(tmp_path, draw))
    assert by_row(reading) == [(post, [pay]) for post, _, pay in rows]
    assert reasons(reading) == {"quantity": ["1", "6", "189"]}


def test_codes_beside_a_total_of_no_money_stay_out(tmp_path: Path) -> None:
    rows = [("Preescolar", "1244", "7715"), ("Primaria", "6471", "28571"), ("Normal", "4", "245")]
    reading = read(typeset(tmp_path, page(("Hombres", "Total"), *rows, title="Personal docente")))
    assert len(reading.tables) == 0


def test_thousands_set_apart_by_spaces(tmp_path: Path) -> None:
    rows = [("Sueldos", "1 234 567.00"), ("Obra", "350 100.25"), ("Total", "(1 584 667.25)")]
    reading = read(typeset(tmp_path, page(("Importe",), *rows)))
    assert [label for label, _ in by_row(reading)] == ["Sueldos", "Obra", "Total"]
    assert [text for *_, text in cells(reading)] == [text for _, text in rows]


def test_a_page_number_over_a_column_is_no_amount(tmp_path: Path) -> None:
    def draw(number: int):  # type: ignore[no-untyped-def]
        def one(sheet: Sheet) -> None:
            sheet.text(500, 80, "Página:")
            sheet.right(547, 80, str(number))
            sheet.text(560, 80, "de 2")
            page(("Aprobado", "Modificado", "Pagado"), ("Sueldos", "100", "200", "0"), ("Obra", "1", "2", "3"))(sheet)

        return one

    reading = read(typeset(tmp_path, draw(1), draw(2)))
    assert by_row(reading) == [("Sueldos", ["100", "200", "0"]), ("Obra", ["1", "2", "3"])] * 2
