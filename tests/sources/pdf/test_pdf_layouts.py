"""Layouts of other governments that were once misread: each a small page with what went wrong on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.sources.pdf.typeset import HEIGHT, Sheet, by_row, cells, headers, read, reasons, typeset

WORKS = ["Rehabilitación de red de agua", "Pavimentación de calles", "Electrificación rural", "Construcción de aulas"]


def test_a_ligature_stays_inside_its_word(tmp_path: Path) -> None:
    pdfmetrics.registerFont(pdfmetrics.Font("Ligated", "Helvetica", "MacRomanEncoding"))

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        write = sheet.canvas.beginText(400, HEIGHT - 100)
        write.setFont("Ligated", 8)
        write.setHorizScale(160)  # as wide as the fonts of word processors set it
        write.textOut("Modi\ufb01cado")
        sheet.canvas.drawText(write)
        for y, work in enumerate(WORKS):
            sheet.text(60, 120 + 12 * y, work)
            sheet.right(470, 120 + 12 * y, f"{y + 1},200.50")

    assert headers(read(typeset(tmp_path, draw))) == ["Modificado"]


def test_a_raised_note_mark_is_no_digit_of_the_amount(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(500, 100, "Pagado")
        for y, work in enumerate(WORKS):
            sheet.text(60, 120 + 12 * y, work)
            sheet.right(500, 120 + 12 * y, "59,367,550.98")
            if y == 2:
                sheet.text(500.5, 117 + 12 * y, "2/", size=5)

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == ["59,367,550.98"] * 4


def test_two_digits_of_a_date_over_a_larger_header_are_no_note_marks(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(200, 90, "Del 1 de enero al 31 de marzo de 2019", size=7)
        sheet.text(60, 103, "Concepto", size=12)
        sheet.text(200, 103, "Gasto de capital", size=12)  # its `de` ends under the 31
        for y, work in enumerate(WORKS):
            sheet.text(60, 130 + 14 * y, work)
            sheet.right(320, 130 + 14 * y, "1,200.50")

    reading = read(typeset(tmp_path, draw))
    assert "Del 1 de enero al 31 de marzo de 2019" in reading.tables["context"][0].splitlines()


def test_amounts_that_nearly_touch_the_next_column_are_no_prose(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, text in ((60, "Obra o acción"), (280, "Costo"), (325, "Entidad"), (380, "Municipio")):
            sheet.text(x, 100, text)
        for y, work in enumerate(WORKS):
            sheet.text(60, 120 + 12 * y, work)
            sheet.right(323, 120 + 12 * y, f"{y + 1},871,131.53")
            sheet.text(325, 120 + 12 * y, "Puebla")
            sheet.text(380, 120 + 12 * y, "Atlixco")

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == [f"{n},871,131.53" for n in range(1, 5)]


def test_money_in_running_text_stays_prose_where_no_edge_is_kept(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for y in range(6):
            sheet.text(60 + 7 * y, 100 + 12 * y, f"por la cantidad de      {y + 1},871,131.53 pesos que ejercerá la")

    assert not cells(read(typeset(tmp_path, draw)))


def test_years_over_headers_of_one_and_two_lines(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, text in ((270, "2023"), (365, "2024"), (470, "2025")):
            sheet.centre(x, 100, text, bold=True)
        for x, text in ((270, "Ejercido"), (335, "Aprobado"), (470, "Proyecto")):
            sheet.centre(x, 114, text, bold=True)
        sheet.centre(395, 110, "Cierre", bold=True)
        sheet.centre(395, 119, "estimado", bold=True)
        sheet.text(60, 114, "Concepto", bold=True)
        for y, work in enumerate(WORKS):
            sheet.text(60, 135 + 12 * y, work)
            for x in (290, 355, 415, 490):
                sheet.right(x, 135 + 12 * y, f"{x + y},200.5")

    assert [h.replace(" | ", " ") for h in headers(read(typeset(tmp_path, draw)))] == [
        "2023 Ejercido", "2024 Aprobado", "2024 Cierre estimado", "2025 Proyecto",
    ]  # fmt: skip


def test_headers_set_on_their_side(tmp_path: Path) -> None:
    names = ["Servicios Personales", "Materiales y Suministros", "Capítulo 3000"]

    def upright(canvas: Canvas, x: float, text: str) -> None:
        canvas.saveState()
        canvas.translate(x, HEIGHT - 150)
        canvas.rotate(90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 150, "Dependencia")
        for x, name in zip((330, 420, 510), names, strict=True):
            upright(sheet.canvas, x, name)
            for y in range(len(WORKS)):
                sheet.right(x + 20, 165 + 12 * y, f"{x + y},200.50")
        for y, work in enumerate(WORKS):
            sheet.text(60, 165 + 12 * y, work)

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == names
    assert reasons(reading) == {"header": ["3000"]}


def test_what_stands_upright_beside_a_table_is_kept_as_text(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(400, 100, "Aprobado")
        for i, name in enumerate(("Obras", "Salud", "Cultura")):
            sheet.text(60, 120 + 14 * i, name)
            sheet.right(400, 120 + 14 * i, f"{i + 1},234.50")
        sheet.canvas.saveState()
        sheet.canvas.translate(30, 500)
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(0, 0, "Miles de pesos")
        sheet.canvas.restoreState()

    texts = read(typeset(tmp_path, draw)).texts
    assert list(texts.loc[texts["kind"] == "text_box", "text"]) == ["Miles de pesos"]


def test_three_tables_side_by_side(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, title, rows in (
            (20, "Ingresos", ["Impuestos", "Derechos", "Productos"]),
            (215, "Egresos", ["Nómina", "Obras", "Servicios"]),
            (410, "Deuda", ["Capital", "Intereses", "Comisiones"]),
        ):
            sheet.text(x, 100, title)
            sheet.right(x + 180, 100, "Importe")
            for y, label in enumerate(rows):
                sheet.text(x, 115 + 12 * y, label)
                sheet.right(x + 180, 115 + 12 * y, f"{x + y},000.00")

    reading = read(typeset(tmp_path, draw))
    assert [[label for label, _ in by_row(reading, table)] for table in (1, 2, 3)] == [
        ["Impuestos", "Derechos", "Productos"], ["Nómina", "Obras", "Servicios"], ["Capital", "Intereses", "Comisiones"],
    ]  # fmt: skip
    assert {header for _, header, _ in cells(reading)} == {"Importe"}


@pytest.mark.parametrize(
    ("begun", "after", "joined"),
    [
        ("Muebles y bienes de los centros de", "Salud 2021", True),
        ("Muebles y bienes de los centros", "y clínicas de salud 2021", True),
        ("Muebles y bienes de los centros", "Obras del programa 2021", False),  # a heading
        ("Muebles, ", "a) Obras del programa 2021", False),
        ("Total de", "los programas siguientes: 2021", False),  # which would have stood on the same line
    ],
)
def test_a_label_cut_by_the_page_under_its_amounts(tmp_path: Path, begun: str, after: str, joined: bool) -> None:
    def page(*rows: tuple[str, str, str]) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            ys = [40 + 14 * i for i in range(len(rows) + 2)]
            sheet.across(60, 500, *ys)
            sheet.down(ys[0], ys[-1], 60, 100, 400, 500)
            for y, (code, label, amount) in zip(ys, [("Clave", "Concepto", "Importe"), *rows], strict=False):
                sheet.text(65, y + 10, code)
                sheet.text(105, y + 10, label)
                sheet.right(495, y + 10, amount)

        return draw

    rows = [(f"{n}00", work, f"{n},200.50") for n, work in enumerate(WORKS, 1)]
    reading = read(typeset(tmp_path, page(*rows, ("500", begun, "5,200.50")), page(("", after, ""), *rows)))
    cut = [f"500 {begun} {after}"] if joined else [f"500 {begun}".strip(), after]
    labels = [f"{code} {label}" for code, label, _ in rows]
    assert [label for label, _ in by_row(reading)] == [*labels, *cut, *labels]
    assert reasons(reading)["label"] == ["2021"]


def test_the_prose_of_the_next_column_parts_no_rows_of_a_narrow_table(tmp_path: Path) -> None:
    prose = "importa la cantidad que se ejercerá conforme al calendario que emita la"

    def draw(sheet: Sheet) -> None:
        for y in range(100, 280, 9):
            sheet.text(310, y, prose, size=7)
        sheet.text(40, 100, "Capítulo")
        sheet.right(285, 100, "Asignación")
        for y, work in enumerate([*WORKS, "Total"]):
            sheet.text(40, 109 + 9 * y, work)
            sheet.right(285, 109 + 9 * y, f"{y + 1},200.50")
        sheet.text(40, 159, "ARTÍCULO 12. El presupuesto de las dependencias, entidades y organismos", size=7)
        for y in range(168, 280, 9):
            sheet.text(40, y, prose, size=7)

    rows = [row for row in by_row(read(typeset(tmp_path, draw))) if row[1]]
    assert rows == [(label, [f"{n},200.50"]) for n, label in enumerate([*WORKS, "Total"], 1)]


@pytest.mark.parametrize(("size", "kept"), [(6, WORKS[0]), (9, f"o Genérica a {WORKS[0]}")])
def test_label_headers_broken_inside_a_word_by_a_narrow_column(tmp_path: Path, size: float, kept: str) -> None:
    """Set in the size of the rows, the same texts may be a row."""

    def draw(sheet: Sheet) -> None:
        sheet.size = 9
        for x, y, text in (
            (80, 100, "Capítulo"), (130, 96, "Concept"), (130, 106, "o"), (180, 96, "Partida"), (180, 106, "Genérica"),
            (230, 100, "Específic"), (230, 110, "a"), (330, 100, "Descripción"),
        ):  # fmt: skip
            sheet.centre(x, y, text, bold=True)
        sheet.right(500, 100, "Importe", bold=True)
        sheet.size = size
        for y, work in enumerate(WORKS):
            sheet.text(60, 122 + 12 * y, f"{y + 1}000")
            sheet.text(260, 122 + 12 * y, work)
            sheet.right(500, 122 + 12 * y, f"{y + 1},200.50")

    assert by_row(read(typeset(tmp_path, draw)))[0] == (f"1000 {kept}", ["1,200.50"])


def test_rows_of_a_ledger_are_named_by_what_stands_right_of_their_amounts(tmp_path: Path) -> None:
    """Left of the amounts stands a day, and only under the entries a word."""

    def draw(sheet: Sheet) -> None:
        for x, header in ((60, "Fecha"), (330, "Concepto de la póliza")):
            sheet.text(x, 100, header)
        sheet.right(250, 100, "Cargo")
        for y, work in enumerate(WORKS):
            sheet.text(60, 120 + 12 * y, f"0{y + 1}/03/2018")
            sheet.right(250, 120 + 12 * y, "1,200.50")
            sheet.text(330, 120 + 12 * y, work)
        sheet.text(60, 130 + 12 * len(WORKS), "Subtotal (2)")
        sheet.right(250, 130 + 12 * len(WORKS), "2,401.00")

    labels = read(typeset(tmp_path, draw)).rows["label"].tolist()
    assert labels[: len(WORKS)] == [f"0{y + 1}/03/2018 {work}" for y, work in enumerate(WORKS)]


def test_an_extract_of_pages_has_no_table_over_the_gap(tmp_path: Path) -> None:
    def page(number: int, header: bool) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            if header:
                sheet.text(60, 100, "Proyecto")
                sheet.right(500, 100, "Estimado")
            for y, work in enumerate(WORKS):
                sheet.text(60, 120 + 12 * y, work)
                sheet.right(500, 120 + 12 * y, "1,200.50")
            sheet.centre(300, 770, f"Página {number} de 109")

        return draw

    for number, tables in ((41, 1), (47, 2)):
        assert len(read(typeset(tmp_path, page(40, True), page(number, False))).tables) == tables


def test_an_annex_reaches_over_no_gap_of_an_extract(tmp_path: Path) -> None:
    """Its heading says `millones de pesos`; what is printed seven pages later, in pesos, stands in another annex."""

    def page(number: int, annex: bool) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            if annex:
                sheet.text(60, 60, "ANEXO 5. Compromisos (millones de pesos)", bold=True)
            for y, work in enumerate(WORKS):
                sheet.text(60, 120 + 12 * y, work)
                sheet.right(500, 120 + 12 * y, "1,200.50")
            sheet.centre(300, 770, f"Página {number} de 109")

        return draw

    for number, reaches in ((41, True), (47, False)):
        texts = read(typeset(tmp_path, page(40, True), page(number, False))).tables["context"].iloc[-1]
        assert ("ANEXO 5" in str(texts)) is reaches


def test_a_row_with_two_keys_beside_one_without_is_in_doubt(tmp_path: Path) -> None:
    """The first line of a name went to the row over it: its key too."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Clave")
        sheet.text(120, 100, "Entidad")
        sheet.right(500, 100, "Asignación")
        rows = [(key, "Instituto") for key in ("3001", "3002", "3004", "3005", "3007", "3008")]
        for y, (key, name) in enumerate([*rows, ("3009", "Comisión del agua, del drenaje y")]):
            sheet.text(60, 120 + 12 * y, key)
            sheet.text(120, 120 + 12 * y, name)
            sheet.right(500, 120 + 12 * y, "1,200.50")
        sheet.text(60, 208, "3010")
        sheet.text(120, 204, "Coordinadora de Fomento al Comercio")
        sheet.text(120, 216, "Exterior del Estado")
        sheet.right(500, 216, "1,200.50")
        for y, key in ((228, "3011"), (240, "3012")):
            sheet.text(60, y, key)
            sheet.text(120, y, "Otro")
            sheet.right(500, y, "1,200.50")

    reading = read(typeset(tmp_path, draw))
    amounts = reading.numbers[reading.numbers["exclusion"].isna()]
    assert amounts["flag"].fillna("").tolist() == [""] * 6 + ["label_unsure"] * 2 + [""] * 2
