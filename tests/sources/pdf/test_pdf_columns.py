"""Columns: headers of several levels, forms of amounts, percentages, counts, column numbers, glued figures."""

from pathlib import Path

import pytest

from sources.pdf.page.printed_figures import FigureKind, kind_of
from sources.pdf.page.words import _pieces
from tests.sources.pdf.typeset import Sheet, by_row, cells, headers, read, reasons, typeset

RIGHTS = (300, 380, 460, 540)


def body(sheet: Sheet, y: float, *rows: tuple[str, ...]) -> None:
    for i, (label, *amounts) in enumerate(rows):
        sheet.text(50, y + 14 * i, label)
        for x, amount in zip(RIGHTS, amounts, strict=False):
            sheet.right(x, y + 14 * i, amount)


ROWS = (
    ("Sueldos", "100.00", "-10.00", "90.00", "80.00"),
    ("Materiales", "50.00", "5.00", "55.00", "55.00"),
    ("Total", "150.00", "-5.00", "145.00", "135.00"),
)


def test_ruled_header_of_two_levels_with_column_numbers(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(380, 100, "Egresos")
        for x, lines in zip(
            (260, 340, 420), (["Aprobado"], ["Ampliaciones/", "(Reducciones)"], ["Modificado"]), strict=True
        ):
            for i, line in enumerate(lines):
                sheet.centre(x + 5, 112 + 9 * i, line)
        sheet.centre(500, 112, "Subejercicio")
        sheet.centre(120, 112, "Concepto")
        for x, number in zip((265, 345, 425, 500), ("1", "2", "3 = (1 + 2 )", "4"), strict=True):
            sheet.centre(x, 134, number)
        body(sheet, 150, *ROWS)
        sheet.across(40, 545, 92, 126, 138, 190)
        sheet.across(220, 465, 103)
        sheet.down(92, 190, 40, 220, 465, 545)
        sheet.down(103, 190, 305, 385)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == [
        "Egresos | Aprobado",
        "Egresos | Ampliaciones/ (Reducciones)",
        "Egresos | Modificado",
        "Subejercicio",
    ]
    assert by_row(reading) == [(label, amounts) for label, *amounts in ROWS]
    assert reasons(reading) == {"column_number": ["1", "2", "3", "(1", "2", "4"]}


def test_unruled_header_of_two_levels(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(400, 90, "E G R E S O S")
        sheet.text(50, 104, "Concepto")
        for x, name in zip(RIGHTS, ("Aprobado", "Ampl/Reduc", "Modificado", "Pagado"), strict=True):
            sheet.right(x, 104, name)
        body(sheet, 120, *ROWS)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == [
        f"E G R E S O S | {name}" for name in ("Aprobado", "Ampl/Reduc", "Modificado", "Pagado")
    ]


def test_unruled_header_wrapped_above_and_below_its_neighbours(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(300, 60, "ESTADO ANALÍTICO DEL EJERCICIO DEL PRESUPUESTO DE EGRESOS")
        sheet.across(40, 550, 78, 112)
        sheet.right(380, 88, "AMPLIACIONES /")
        sheet.text(50, 97, "CONCEPTO")
        for x, name in zip(RIGHTS, ("APROBADO", "", "MODIFICADO", "PAGADO"), strict=True):
            sheet.right(x, 97, name)
        sheet.right(380, 106, "REDUCCIONES")
        body(sheet, 130, *ROWS)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["APROBADO", "AMPLIACIONES / REDUCCIONES", "MODIFICADO", "PAGADO"]
    assert reading.tables["title"][0] == "ESTADO ANALÍTICO DEL EJERCICIO DEL PRESUPUESTO DE EGRESOS"


def test_unruled_groups_beside_each_other_share_out_the_headers_below(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(325, 90, "Ejercido")
        sheet.centre(485, 90, "Estructura %")
        for x, year in zip(RIGHTS, ("2021", "2022", "2021", "2022"), strict=True):
            sheet.right(x, 104, year)
        sheet.text(50, 104, "Concepto")
        for i, row in enumerate(
            (("Sueldos", "1,000.5", "1,500.0", "66.7", "75.0"), ("Obra", "500.5", "500.0", "33.3", "25.0"))
        ):
            body(sheet, 120 + 14 * i, row)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Ejercido | 2021", "Ejercido | 2022"]
    assert reasons(reading)["percentage"] == ["66.7", "75.0", "33.3", "25.0"]


def test_a_header_printed_right_over_a_ruled_body_is_its_header(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 98, "Concepto")
        for x, name in zip(RIGHTS, ("Aprobado", "Reducciones", "Modificado", "Pagado"), strict=True):
            sheet.centre(x - 35, 98, name)
        body(sheet, 114, *ROWS)
        sheet.across(45, 545, 103, 118, 132, 146)
        sheet.down(103, 146, 45, 225, 305, 385, 465, 545)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Aprobado", "Reducciones", "Modificado", "Pagado"]
    assert by_row(reading) == [(label, amounts) for label, *amounts in ROWS]


def test_headers_that_nearly_touch_are_parted_at_the_columns(tmp_path: Path) -> None:
    names = ("Aprobado", "Modificado y vigente", "Comprometido a hoy", "Pagado")

    def draw(sheet: Sheet) -> None:
        sheet.text(50, 104, "Concepto")
        for x, name in zip(RIGHTS, names, strict=True):
            sheet.right(x, 104, name)
        body(sheet, 120, *ROWS)

    assert headers(read(typeset(tmp_path, draw))) == list(names)


@pytest.mark.parametrize("over", ["(Millones de pesos)", "12 Salud"])
def test_a_title_centred_over_an_amount_column_is_no_header(tmp_path: Path, over: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFont("Helvetica-Bold", 11)
        sheet.canvas.drawCentredString(295, sheet.height - 85, over)
        sheet.text(50, 104, "Concepto")
        for x, name in zip(RIGHTS, ("Aprobado", "Reducciones", "Modificado", "Pagado"), strict=True):
            sheet.right(x, 104, name)
        body(sheet, 120, *ROWS)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Aprobado", "Reducciones", "Modificado", "Pagado"]
    assert reading.tables["title"][0] == over


def test_forms_of_amounts_stay_as_printed(tmp_path: Path) -> None:
    forms = (
        "$24’870,508.02",
        "$8,743'996,281.00",
        "(1,234.50)",
        "-440,291.42",
        "1.234,50",
        "221,888,505,50",
        "$’,000,000.00",
        "0.00",
    )

    def draw(sheet: Sheet) -> None:
        sheet.text(50, 100, "Concepto")
        sheet.right(460, 100, "Importe")
        for i, form in enumerate(forms):
            sheet.text(50, 115 + 14 * i, f"Renglón {'abcdefgh'[i]}")
            sheet.right(460, 115 + 14 * i, form)

    reading = read(typeset(tmp_path, draw))
    assert [text for _, _, text in cells(reading)] == list(forms)


def test_currency_sign_and_dash_apart_from_the_number(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 100, "Concepto")
        sheet.right(400, 100, "Aprobado")
        sheet.right(520, 100, "Pagado")
        for i, (a, b) in enumerate((("1,500.00", "-"), ("250.00", "75.00"), ("-", "-"), ("90.00", "1.00"))):
            y = 115 + 14 * i
            sheet.text(50, y, f"Gasto {'abcd'[i]}")
            for x, amount in ((400, a), (520, b)):
                sheet.text(x - 60, y, "$")
                sheet.right(x, y, amount)

    assert [amounts for _, amounts in by_row(read(typeset(tmp_path, draw)))] == [
        ["$ 1,500.00", "$ -"], ["$ 250.00", "$ 75.00"], ["$ -", "$ -"], ["$ 90.00", "$ 1.00"],
    ]  # fmt: skip


def test_minus_sign_at_the_other_side_of_the_cell(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(40, 545, 90, 106, 180)
        sheet.down(90, 180, 40, 220, 305, 385, 465, 545)
        sheet.text(50, 100, "Concepto")
        for x, name in zip(RIGHTS, ("Aprobado", "Reducciones", "Modificado", "Pagado"), strict=True):
            sheet.right(x, 100, name)
        body(
            sheet,
            120,
            ("Sueldos", "100.00", "10.00", "90.00", "-"),
            ("Viáticos", "50.00", "-", "50.00", "50.00"),
            ("Total", "150.00", "10.00", "140.00", "50.00"),
        )
        sheet.text(308, 120, "-")
        sheet.text(308, 148, "-")

    rows = by_row(read(typeset(tmp_path, draw)))
    assert rows[0] == ("Sueldos", ["100.00", "- 10.00", "90.00", "-"])
    assert rows[1] == ("Viáticos", ["50.00", "-", "50.00", "50.00"])


def test_percentages_and_counts_are_named(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 100, "Programa")
        for x, name in zip(RIGHTS, ("Aprobado", "Pagado", "Avance %", "Metas"), strict=True):
            sheet.right(x, 100, name)
        body(
            sheet,
            120,
            ("Alfa", "100.00", "50.00", "50.0%", "12"),
            ("Beta", "200.00", "50.00", "25.0%", "34"),
            ("Gama", "10.00", "10.00", "100.0%", "56"),
        )

    reading = read(typeset(tmp_path, draw))
    assert reasons(reading) == {"percentage": ["50.0%", "25.0%", "100.0%"], "quantity": ["12", "34", "56"]}
    assert headers(reading) == ["Aprobado", "Pagado"]


def test_a_number_wrapped_in_a_narrow_cell_is_one_number(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(40, 300, 90, 106, 130, 154, 178, 202)
        sheet.down(90, 202, 40, 200, 260, 300)
        sheet.text(50, 100, "Concepto")
        sheet.text(205, 100, "Importe")
        sheet.text(265, 100, "Pagado")
        for i, (first, second) in enumerate((("$12,40", "1.00"), ("$500.00", ""), ("$700.00", ""), ("$13,60", "1.00"))):
            sheet.text(50, 118 + 24 * i, f"Gasto {'abcd'[i]}")
            sheet.text(210, 114 + 24 * i, first)
            sheet.text(210, 124 + 24 * i, second)
            sheet.text(265, 118 + 24 * i, "1.00")

    assert [amounts[0] for _, amounts in by_row(read(typeset(tmp_path, draw)))] == [
        "$12,401.00",
        "$500.00",
        "$700.00",
        "$13,601.00",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("$ -", FigureKind.DASH), ("12.5%", FigureKind.PERCENT), ("(1,234.50)", FigureKind.MONEY), ("3570", FigureKind.PLAIN), ("03.06", FigureKind.PLAIN),
     ("1,234", FigureKind.MONEY), ("2.2.1", None), ("31/12/2021", None), ("$4,842'216,866.24", FigureKind.MONEY), ("(3)", FigureKind.PLAIN)],
)  # fmt: skip
def test_kinds_of_figures(text: str, kind: FigureKind | None) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("12,931.03LEON", ["12,931.03", "LEON"]), ("1,000.002,500.50", ["1,000.00", "2,500.50"]), ("Total$1,000.00", ["Total", "$1,000.00"]),
     ("E031.C11", ["E031.C11"]), ("10-14", ["10-14"])],
)  # fmt: skip
def test_columns_set_without_a_space_are_parted(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


def test_counts_over_some_columns_leave_the_money_beside_them(tmp_path: Path) -> None:
    """Goals beside whole pesos: only the columns under `Metas` are quantities."""

    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 100, 112, 124, 180)
        sheet.down(100, 180, 50, 220, 440, 580)
        sheet.down(112, 180, 290, 365, 510)
        sheet.text(55, 121, "Nombre")
        sheet.centre(330, 109, "Inversión")
        sheet.centre(510, 109, "Metas")
        edges = (285, 360, 435, 505, 575)
        for x, text in zip(edges, ("Aprobado", "Modificado", "Devengado", "Programado", "Alcanzado"), strict=True):
            sheet.right(x, 121, text)
        for y, label, amounts in (
            (136, "Atención de asuntos jurídicos", ("6,338,737", "6,167,397", "5,800,067", "430", "489")),
            (150, "Planeación estratégica", ("8,885,881", "12,938,037", "11,185,863", "26,331", "295")),
            (164, "Dirección estratégica", ("14,737,606", "18,449,150", "14,669,421", "13", "7")),
        ):
            sheet.text(55, y, label)
            for x, amount in zip(edges, amounts, strict=True):
                sheet.right(x, y, amount)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Inversión | Aprobado", "Inversión | Modificado", "Inversión | Devengado"]
    assert by_row(reading)[0] == ("Atención de asuntos jurídicos", ["6,338,737", "6,167,397", "5,800,067"])
    assert reasons(reading) == {"quantity": ["430", "489", "26,331", "295", "13", "7"]}


def test_amounts_that_touch_the_text_of_the_next_column(tmp_path: Path) -> None:
    """A header ruled apart, with a column that is empty here; on no row does the balance stand apart from the payee."""

    def draw(sheet: Sheet) -> None:
        sheet.across(20, 580, 80, 96)
        sheet.down(80, 96, 20, 90, 170, 250, 330, 580)
        for x, text in ((160, "Cargo"), (240, "Abono"), (325, "Saldo")):
            sheet.right(x, 91, text)
        sheet.text(340, 91, "Concepto")
        for y, charge, balance in (
            (110, "7,758.62", "60,241.39"),
            (124, "21,551.72", "81,793.11"),
            (138, "0.89", "81,794.00"),
        ):
            sheet.text(25, y, "23/02/2018")
            sheet.right(160, y, charge)
            sheet.right(330, y, balance)
            sheet.text(330, y, "PERIODICO")
            sheet.text(450, y, "Publicidad")

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Cargo", "Saldo"]
    assert [amounts for _, amounts in by_row(reading)] == [
        ["7,758.62", "60,241.39"], ["21,551.72", "81,793.11"], ["0.89", "81,794.00"]
    ]  # fmt: skip


def test_a_number_in_pieces_that_touch_is_one_number(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 90, "Puesto")
        sheet.right(330, 90, "Sueldo")
        sheet.right(450, 90, "Aguinaldo")
        for y, label, first, rest in (
            (106, "Auxiliar", "1", "0,384.00"),
            (120, "Chofer", "16,74", "0.00"),
            (134, "Jefe", "8", "54.00"),
        ):
            sheet.text(60, y, label)
            sheet.text(330 - sheet.canvas.stringWidth(first + rest, "Helvetica", 8), y, first + " ")
            sheet.right(330, y, rest)
            sheet.right(450, y, "4,551.00")

    reading = read(typeset(tmp_path, draw))
    assert by_row(reading)[:2] == [("Auxiliar", ["10,384.00", "4,551.00"]), ("Chofer", ["16,740.00", "4,551.00"])]


def test_a_lone_text_centred_on_empty_cells_heads_the_group_through_its_rules(tmp_path: Path) -> None:
    names = ("Aprobado", "Modificado", "Pagado", "Subejercicio")
    xs = (50, 220, 310, 400, 490, 580)

    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 80, 108, 122, 136, 150)
        sheet.across(220, 490, 94)
        sheet.down(80, 150, *xs)
        sheet.text(55, 98, "Concepto")
        sheet.centre(355, 90, "Egresos")
        for x, name in zip(xs[2:], names, strict=True):
            sheet.right(x - 5, 98 if name == "Subejercicio" else 104, name)
            for y in (118, 132, 146):
                sheet.right(x - 5, y, "1,500.00")
        for y, label in ((118, "Sueldos"), (132, "Obra"), (146, "Total")):
            sheet.text(55, y, label)

    assert headers(read(typeset(tmp_path, draw))) == [*[f"Egresos | {name}" for name in names[:3]], "Subejercicio"]
