"""Accounting statements as bodies print them: titles, merged headers, two sides, several tables on one sheet."""

import json

from openpyxl.styles import Alignment, Font

STATEMENT = [
    ["Instituto de Prueba"],
    ["Estado Analítico del Ejercicio del Presupuesto de Egresos"],
    ["Del 1 de Enero al 31 de Marzo de 2021"],
    ["(Pesos)"],
    [],
    ["Concepto", None, "Egresos", None, None, "Subejercicio"],
    [None, None, "Aprobado", "Ampliaciones/\n(Reducciones)", "Modificado"],
    [None, None, 1, 2, "3 = (1 + 2)", "6 = (3 - 4)"],
    ["Servicios Personales", None, 100.5, 0, 100.5, 50.25],
    [None, "Remuneraciones", 60, -10.25, 49.75, None],
    ["Gasto de capital"],
    [1100, "Dietas", 40.5, 10.25, 50.75, 50.25],
    [],
    [None, "Total del Gasto", 100.5, 0, 100.5, 50.25],
    ["Bajo protesta de decir verdad declaramos que los 2 estados son correctos."],
]
MERGED = ("A1:F1", "A6:B8", "C6:E6", "F6:F7")


def test_stacked_header_is_joined_from_the_top(read_book, sheet_of):
    read = read_book(sheet_of(STATEMENT, MERGED))
    assert read.headers() == [
        "Egresos | Aprobado",
        "Egresos | Ampliaciones/ (Reducciones)",
        "Egresos | Modificado",
        "Subejercicio",
    ]


def test_labels_values_and_places(read_book, sheet_of):
    read = read_book(sheet_of(STATEMENT, MERGED))
    amounts = read.amounts()
    assert amounts["C9"] == ("Servicios Personales", "Egresos | Aprobado", "100.5")
    assert amounts["D10"] == ("Remuneraciones", "Egresos | Ampliaciones/ (Reducciones)", "-10.25")
    assert amounts["E12"] == ("1100 Dietas", "Egresos | Modificado", "50.75")
    assert amounts["F14"] == ("Total del Gasto", "Subejercicio", "50.25")
    assert read.labels() == [
        "Servicios Personales",
        "Remuneraciones",
        "Gasto de capital",
        "1100 Dietas",
        "Total del Gasto",
    ]


def test_what_is_no_amount_says_why(read_book, sheet_of):
    reasons = read_book(sheet_of(STATEMENT, MERGED)).reasons()
    assert {reasons[place] for place in ("C8", "D8", "E8", "F8")} == {"column_number"}
    assert reasons["A12"] == "code"
    assert reasons["A3"] == "header"
    assert "A15" in reasons


def test_title_and_context(read_book, sheet_of):
    table = read_book(sheet_of(STATEMENT, MERGED)).reading.tables.iloc[0]
    assert table["context"].splitlines()[0] == "Instituto de Prueba"
    assert "(Pesos)" in table["context"].splitlines()
    assert "Estado Analítico" in table["title"]


def test_label_cells_indent_and_bold(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado"], ["Total", 3], ["Uno", 1], ["Dos", 2]])
    book.active["A2"].font = Font(bold=True)
    book.active["A3"].alignment = Alignment(indent=2)
    rows = read_book(book).reading.rows
    assert list(rows["bold"]) == [True, False, False]
    assert list(rows["indent"]) == [1.0, 3.0, 1.0]
    assert json.loads(rows["label_cells"][1]) == [["Concepto", "Uno"]]


def test_two_sides_are_two_tables_with_their_own_labels(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Concepto", 2019, 2018, "Concepto", 2019, 2018],
                ["ACTIVO", None, None, "PASIVO"],
                ["Efectivo", 1.5, 2.5, "Proveedores", 3.5, 4.5],
                ["Bancos", 5.25, 6, None, None, None],
                ["Total", 6.75, 8.5, "Total pasivo", 3.5, 4.5],
            ]
        )
    )
    amounts = read.amounts()
    assert amounts["B3"][:2] == ("Efectivo", "2019") and amounts["F3"][:2] == ("Proveedores", "2018")
    assert read.labels(1) == ["ACTIVO", "Efectivo", "Bancos", "Total"]
    assert read.labels(2) == ["PASIVO", "Proveedores", "Total pasivo"]
    assert "B1" in read.reasons()


def test_tables_below_one_another_keep_their_headers(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Balance Presupuestario"],
                ["Concepto", "Estimado", "Devengado"],
                ["A. Ingresos", 10.5, 9],
                ["B. Egresos", 8, 7.5],
                [],
                ["Concepto", "Aprobado", "Pagado"],
                ["E. Intereses", 1, 2],
                ["IV. Balance", 3, 4],
            ]
        )
    )
    assert read.headers(1) == ["Estimado", "Devengado"] and read.headers(2) == ["Aprobado", "Pagado"]
    assert read.amounts()["B7"] == ("E. Intereses", "Aprobado", "1")
    assert read.reading.tables["context"][1].startswith("Balance Presupuestario")


def test_section_merged_over_the_table_is_a_row_and_no_header(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Crédito", "Contratación", "Amortización"],
                ["Créditos Bancarios"],
                [None, 0, 5],
                [None, 0, 6],
                ["Total Créditos", 0, 11],
                ["Otros Instrumentos"],
                [None, 1, 2],
                ["Total", 1, 13],
            ],
            ("A2:C2", "A6:C6"),
        )
    )
    assert len(read.reading.tables) == 1
    assert read.labels() == ["Créditos Bancarios", None, None, "Total Créditos", "Otros Instrumentos", None, "Total"]


def test_vertically_merged_labels_are_carried(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Ramo", "Concepto", "Monto"],
                ["Salud", "Medicinas", 10.5],
                [None, "Equipo", 20],
                ["Cultura", "Ferias", 30],
            ],
            ("A2:A3",),
        )
    )
    assert read.labels() == ["Salud Medicinas", "Salud Equipo", "Cultura Ferias"]
    assert json.loads(read.reading.rows["label_cells"][1]) == [["Ramo", "Salud"], ["Concepto", "Equipo"]]


def test_codes_in_columns_by_level_share_their_header(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["COG", None, None, "N O M B R E", "APROBADO", "PAGADO"],
                [10000, None, None, "SERVICIOS", 30.5, 1],
                [None, 11000, None, "REMUNERACIONES", 30.5, 1],
                [None, None, 11100, "DIETAS", 10, 0],
                [None, None, 11300, "SUELDOS", 20.5, 1],
            ]
        )
    )
    assert read.labels() == ["10000 SERVICIOS", "11000 REMUNERACIONES", "11100 DIETAS", "11300 SUELDOS"]
    assert {read.reasons()[place] for place in ("A2", "B3", "C4", "C5")} == {"code"}
    assert json.loads(read.reading.rows["label_cells"][2])[0] == ["COG", "11100"]


def test_figures_noted_beside_and_below_a_table_are_not_amounts(read_book, sheet_of):
    rows: list[list[object]] = [["Concepto", "Aprobado", "Pagado"], *[[f"Renglón {n}", n + 0.5, n] for n in range(12)]]
    rows[5].append(0)
    rows += [["Bajo protesta de decir verdad."], [None, 0, 0]]
    reasons = read_book(sheet_of(rows)).reasons()
    assert reasons["D6"] == "footnote" and reasons["B15"] == "footnote"


def test_percentages_and_dates_by_format(read_book, sheet_of):
    import datetime

    book = sheet_of(
        [
            ["Concepto", "Importe", "Avance", "Fecha"],
            ["Obra", 10, 0.5, datetime.date(2021, 3, 4)],
            ["Otra", 20, 0.25, datetime.date(2021, 3, 5)],
        ]
    )
    for cell in ("C2", "C3"):
        book.active[cell].number_format = "0.00%"
    read = read_book(book)
    assert read.headers() == ["Importe"]
    assert read.reasons()["C2"] == "percentage" and read.reasons()["D3"] == "date"
    number = read.reading.numbers.set_index("place")
    assert number.loc["D3", "source_text"] == "2021-03-05"


def test_a_header_repeated_with_its_titles_continues_the_table(read_book, sheet_of):
    page = [["Gobierno de Prueba"], ["Egresos 2021"], ["Concepto", "Aprobado", "Pagado"]]
    read = read_book(sheet_of([*page, ["Uno", 1.5, 2], ["Dos", 3, 4], [], *page, ["Tres", 5, 6], ["Total", 9.5, 12]]))
    assert len(read.reading.tables) == 1
    assert read.labels() == ["Uno", "Dos", "Tres", "Total"]


def test_chapters_head_the_columns_of_a_matrix(read_book, sheet_of):
    read = read_book(
        sheet_of([["Unidad", 1000, 2000, 3000, "Total"], ["Salud", 10.5, 20, 30, 60.5], ["Cultura", 1, 2, 3, 6]])
    )
    assert read.headers() == ["1000", "2000", "3000", "Total"]
    assert read.labels() == ["Salud", "Cultura"]


def test_an_amount_may_look_like_a_year(read_book, sheet_of):
    read = read_book(
        sheet_of([["Concepto", "Monto"], ["Sueldos", 10_000], ["Papel", 2000], ["Total", 12_000], ["De ello", 1999]])
    )
    assert [read.amounts()[place][2] for place in ("B3", "B5")] == ["2000", "1999"]


def test_a_column_may_have_its_header_lower(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Concepto", "Aprobado"],
                ["Uno", 1.5],
                ["Dos", 2.5, None, "Concepto", "Pagado"],
                ["Tres", 3.5, None, "Alfa", 10.5],
                ["Cuatro", 4.5, None, "Beta", 20.5],
            ]
        )
    )
    assert read.amounts()["E4"] == ("Alfa", "Pagado", "10.5") and read.amounts()["B4"][0] == "Tres"


def test_amounts_with_the_name_of_the_currency(read_book, sheet_of):
    read = read_book(
        sheet_of([["Contrato", "Monto"], ["Uno", "$1,250.00 M.N."], ["Dos", "MXN 300.50"], ["Tres", 10.5]])
    )
    assert set(read.amounts()) == {"B2", "B3", "B4"}
