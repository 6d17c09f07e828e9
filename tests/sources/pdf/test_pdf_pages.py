"""Pages: several tables, tables over pages, prose, furniture, rotation, hidden text; files that cannot be read; hints."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sources.errors import SourceError
from sources.pdf import read_pdf
from sources.pdf.page.plumber import plumber_text
from sources.pdf.page.words import page_text
from sources.raw.reading import Document
from sources.sample import pdf as sample_pdf
from sources.sample.looks import LOOKS
from sources.sample.plan import Plan, plans
from tests.sources.pdf.typeset import HEIGHT, WIDTH, Sheet, by_row, headers, read, reasons, typeset


def table(sheet: Sheet, y: float, names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    for x, name in zip((420, 520), names[1:], strict=False):
        sheet.right(x, y, name, bold=True)
    sheet.text(60, y, names[0], bold=True)
    for i, (label, *amounts) in enumerate(rows, 1):
        sheet.text(60, y + 14 * i, label)
        for x, amount in zip((420, 520), amounts, strict=False):
            sheet.right(x, y + 14 * i, amount)


def test_several_tables_on_a_page_with_their_titles(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(300, 80, "Recursos asignados a la Auditoría", bold=True)
        table(
            sheet,
            95,
            ("Proyecto", "Importe"),
            [("Fiscalización", "$10.00"), ("Administración", "$20.00"), ("Total", "$30.00")],
        )
        sheet.centre(300, 190, "Recursos asignados a las Juntas de Conciliación", bold=True)
        table(
            sheet,
            205,
            ("Proceso", "Importe"),
            [("Justicia laboral", "$1.00"), ("Procuración", "$2.00"), ("Total", "$3.00")],
        )

    reading = read(typeset(tmp_path, draw))
    assert list(reading.tables["title"]) == [
        "Recursos asignados a la Auditoría",
        "Recursos asignados a las Juntas de Conciliación",
    ]
    assert by_row(reading, 2) == [("Justicia laboral", ["$1.00"]), ("Procuración", ["$2.00"]), ("Total", ["$3.00"])]


def test_a_table_over_pages_is_one_and_furniture_is_named(tmp_path: Path) -> None:
    def page(number: int):  # type: ignore[no-untyped-def]
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 30, "Ley del Presupuesto para el Ejercicio Fiscal de 2021")
            if number == 1:
                sheet.text(60, 70, "Anexo 14. Clasificación por objeto", bold=True)
            table(
                sheet,
                95,
                ("Concepto", "Aprobado", "Pagado"),
                [(f"Gasto {'abcde'[number]}{'xyz'[i]}", f"{i}.00", "1.00") for i in range(3)],
            )
            sheet.centre(300, 760, f"Página {number} de 4")

        return draw

    reading = read(typeset(tmp_path, *(page(number) for number in (1, 2, 3, 4))))
    assert len(reading.tables) == 1
    assert (reading.tables["page_first"][0], reading.tables["page_last"][0]) == ("1", "4")
    assert reading.tables["title"][0] == "Anexo 14. Clasificación por objeto"
    assert len(reading.rows) == 12 and headers(reading) == ["Aprobado", "Pagado"]
    assert list(reading.pages["printed_page"]) == ["1", "2", "3", "4"]
    assert set(reasons(reading)) == {"furniture", "page_number", "header"}


def test_a_table_goes_on_where_only_the_text_over_a_group_of_columns_shifts(tmp_path: Path) -> None:
    """On the second page the amounts are narrower, and the group's header stands over fewer of them."""

    def draw(amount: str, group: int):  # type: ignore[no-untyped-def]
        def one(sheet: Sheet) -> None:
            sheet.centre(306, 40, "Estado analítico")
            sheet.centre(group, 80, "E G R E S O S")
            sheet.text(50, 92, "Concepto")
            for x, text in zip((330, 400, 470, 560), ("Aprobado", "Modificado", "Pagado", "Subejercicio"), strict=True):
                sheet.right(x, 92, text)
                for i in range(3):
                    sheet.right(x, 106 + 12 * i, amount)
            for i in range(3):
                sheet.text(50, 106 + 12 * i, f"Partida {amount[0]}{i}")

        return one

    reading = read(typeset(tmp_path, draw("1,000,000.00", 425), draw("2.00", 380)))
    assert len(reading.tables) == 1
    assert len(by_row(reading)) == 6


def test_another_header_begins_another_table(tmp_path: Path) -> None:
    rows = [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00")]
    reading = read(typeset(
        tmp_path,
        lambda sheet: table(sheet, 95, ("Programa", "Aprobado", "Pagado"), rows),
        lambda sheet: table(sheet, 95, ("Capítulo", "Aprobado", "Pagado"), rows),
    ))  # fmt: skip
    assert len(reading.tables) == 2


@pytest.mark.parametrize("ruled", [False, True])
def test_tables_side_by_side_are_two(tmp_path: Path, ruled: bool) -> None:
    left = [
        ("Efectivo", "10.00", "20.00"),
        ("Inventarios", "30.00", "0.00"),
        ("", "", ""),
        ("Total del Activo", "40.00", "20.00"),
    ]
    right = [
        ("Proveedores", "5.00", "6.00"),
        ("", "", ""),
        ("Patrimonio", "35.00", "14.00"),
        ("Total del Pasivo", "40.00", "20.00"),
    ]

    def draw(sheet: Sheet) -> None:
        sheet.centre(300, 60, "Estado de Situación Financiera al 31 de diciembre de 2022", bold=True)
        for start, name, rows in ((40, "ACTIVO", left), (310, "PASIVO", right)):
            for i, (label, *amounts) in enumerate([(name, "2022", "2021"), *rows]):
                sheet.text(start, 90 + 14 * i, label)
                for x, amount in zip((start + 180, start + 250), amounts, strict=True):
                    sheet.right(x, 90 + 14 * i, amount)
        if ruled:
            sheet.across(35, 565, *(80 + 14 * i for i in range(6)))
            sheet.down(80, 150, 35, 150, 225, 300, 420, 495, 565)

    reading = read(typeset(tmp_path, draw))
    for number, rows in ((1, left), (2, right)):
        assert by_row(reading, number) == [(label, amounts) for label, *amounts in rows if label]
        assert headers(reading, number) == ["2022", "2021"]
        assert reading.tables["title"][number - 1] == "Estado de Situación Financiera al 31 de diciembre de 2022"


def test_prose_with_numbers_is_no_table(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for i, line in enumerate((
            "Artículo 23. El saldo neto estimado de la deuda pública del Gobierno del Estado es de $4,842'216,866.24",
            "con fecha de corte al 31 de diciembre de 2017, y se destinará el 12.5% a la amortización de capital, por",
            "la cantidad de $1,281'245,995.73 distribuida conforme a lo establecido en el Anexo 10 de esta Ley.",
        )):  # fmt: skip
            sheet.text(60, 100 + 12 * i, line)

    reading = read(typeset(tmp_path, draw))
    assert len(reading.tables) == 0
    assert list(reading.pages["kind"]) == ["prose"]
    assert reasons(reading) == {
        "article": ["23.", "10"], "prose": ["$4,842'216,866.24", "$1,281'245,995.73"], "date": ["31"], "year": ["2017,"], "percentage": ["12.5%"],
    }  # fmt: skip


def test_a_hyphen_that_ends_a_line_is_read_as_printed(tmp_path: Path) -> None:
    """PDFium puts a mark of its own in its place."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Zona Metropolitana Moroleón-")
        sheet.text(60, 112, "Uriangato")

    path = typeset(tmp_path, draw)
    assert (
        words_of("pdfium", path, 0)
        == words_of("plumber", path, 0)
        == ["Metropolitana", "Moroleón-", "Uriangato", "Zona"]
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_sideways_pages_are_read_and_placed_as_displayed(tmp_path: Path, turn: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(turn)
        table(
            sheet,
            95,
            ("Concepto", "Aprobado", "Pagado"),
            [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00"), ("Gama", "5.00", "6.00")],
        )

    path = typeset(tmp_path, draw, page=(WIDTH, WIDTH))  # square: a turned page of another shape would lose its top
    reading = read(path)
    assert by_row(reading) == [("Alfa", ["1.00", "2.00"]), ("Beta", ["3.00", "4.00"]), ("Gama", ["5.00", "6.00"])]
    with pdfplumber.open(path) as pdf:
        six = next(c for c in pdf.pages[0].chars if c["text"] == "6")
    place = [float(v) for v in reading.numbers.iloc[-1]["place"].split(",")]
    assert (
        place[0] - 2 <= six["x0"]
        and six["x1"] <= place[2] + 2
        and place[1] - 2 <= six["top"]
        and six["bottom"] <= place[3] + 2
    )


def test_white_text_on_white_is_hidden_and_part_of_no_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(
            sheet,
            95,
            ("Concepto", "Aprobado", "Pagado"),
            [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00"), ("Gama", "5.00", "6.00")],
        )
        sheet.canvas.setFillColorRGB(1, 1, 1)
        for i in range(3):
            sheet.text(40, 109 + 14 * i, f"0{i}N")

    reading = read(typeset(tmp_path, draw))
    assert [label for label, _ in by_row(reading)] == ["Alfa", "Beta", "Gama"]
    assert reasons(reading) == {"not_visible": ["00N", "01N", "02N"]}


def test_white_header_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFillColorRGB(0.3, 0.3, 0.3)
        sheet.canvas.rect(50, HEIGHT - 100, 500, 16, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(1, 1, 1)
        table(sheet, 95, ("Concepto", "Aprobado", "Pagado"), [])
        sheet.canvas.setFillColorRGB(0, 0, 0)
        for i in range(3):
            sheet.text(60, 115 + 14 * i, "Alfa")
            sheet.right(420, 115 + 14 * i, "1.00")
            sheet.right(520, 115 + 14 * i, "1.00")

    assert headers(read(typeset(tmp_path, draw))) == ["Aprobado", "Pagado"]


def _refused(path: Path) -> str:
    with pytest.raises(SourceError) as refusal:
        read_pdf(Document(path, "test"))
    return refusal.value.code


def test_unreadable_files_are_refused_by_name(tmp_path: Path) -> None:
    empty, cut, locked, image = (tmp_path / f"{name}.pdf" for name in ("empty", "cut", "locked", "image"))
    empty.write_bytes(b"")
    good = typeset(tmp_path, lambda sheet: sheet.text(60, 60, "Texto"))
    cut.write_bytes(good.read_bytes()[:120])
    canvas = Canvas(str(locked), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(60, 60, "Texto")
    canvas.save()
    canvas = Canvas(str(image), pagesize=letter)
    canvas.drawImage(ImageReader(Image.new("RGB", (100, 100), "grey")), 0, 0, 612, 792)
    canvas.save()
    assert [_refused(path) for path in (empty, cut, locked, image)] == ["empty_file", "corrupt", "encrypted", "no_text"]


def test_an_image_page_among_others_is_reported(tmp_path: Path) -> None:
    def scan(sheet: Sheet) -> None:
        sheet.canvas.drawImage(ImageReader(Image.new("RGB", (100, 100), "grey")), 0, 0, 612, 792)

    rows = [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00"), ("Gama", "5.00", "6.00")]
    reading = read(
        typeset(
            tmp_path, lambda sheet: table(sheet, 95, ("Concepto", "Aprobado", "Pagado"), rows), scan, lambda sheet: None
        )
    )
    assert list(reading.pages["kind"]) == ["table", "image", "blank"]
    assert "OCR" in reading.pages["message"][1]


def test_a_large_picture_beside_text_is_reported(tmp_path: Path) -> None:
    """It may be a table that was pasted in. What lies under the text is none, nor what every page bears."""
    rows = [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00"), ("Gama", "5.00", "6.00")]
    grey = ImageReader(Image.new("RGB", (100, 100), "grey"))

    def page(*boxes: tuple[int, int, int, int]):
        def draw(sheet: Sheet) -> None:
            for box in ((60, 20, 500, 90), *boxes):  # the foot of the paper, and what only this page bears
                sheet.canvas.drawImage(grey, *box)
            table(sheet, 95, ("Concepto", "Aprobado", "Pagado"), rows)

        return draw

    pasted, emblem, background = (100, 300, 400, 200), (100, 300, 60, 60), (50, 600, 500, 150)
    reading = read(typeset(tmp_path, page(), page(pasted), page(emblem), page(background)))
    assert list(reading.pages["message"].notna()) == [False, True, False, False]
    assert set(reading.pages["kind"]) == {"table"}
    assert [said.es for said in reading.warnings] == [
        "p. 2: una imagen grande sin texto; si es una tabla, sus cifras no se leyeron."
    ]


def test_a_broken_font_map_is_recognised(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for i in range(12):
            sheet.text(60, 60 + 12 * i, "Xkqz wrtp )(%& &/tg PLkj qqwr zzxc vbnm lkjh")

    assert _refused(typeset(tmp_path, draw)) == "garbled_text"


def test_hints_choose_pages_and_name_columns(tmp_path: Path) -> None:
    rows = [("Alfa", "1.00", "2.00"), ("Beta", "3.00", "4.00"), ("Gama", "5.00", "6.00")]
    path = typeset(tmp_path, *[lambda sheet: table(sheet, 95, ("Concepto", "Aprobado", "Pagado"), rows)] * 2)
    reading = read(path, pages="2", headers=["Original", "Gastado"])
    assert headers(reading) == ["Original", "Gastado"] and set(reading.rows["page"]) == {"2"}
    assert set(reading.numbers.loc[reading.numbers["page"] == "1", "exclusion"]) == {"left_out"}
    assert [said.en for said in reading.warnings] == [
        "Hint headers: table 1 prints 'Aprobado' over column 1, and the hint says 'Original'.",
        "Hint headers: table 1 prints 'Pagado' over column 2, and the hint says 'Gastado'.",
    ]
    odd = read(path, pages="2-9", headers=["Uno"])
    assert len(odd.warnings) == 2


def words_of(source: str, path: Path, index: int) -> list[str]:
    data = path.read_bytes()
    if source == "plumber":
        return sorted(word.text for word in plumber_text(data, index).words)
    pdf = pdfium.PdfDocument(BytesIO(data))
    return sorted(word.text for word in page_text(pdf[index]).words)


def test_both_word_sources_agree_on_typeset_pages(tmp_path: Path) -> None:
    rows = [("Remuneraciones al personal", "$1’234,567.00", "(2.00)"), ("3600 Comunicación social", "3.00", "$ -")]
    path = typeset(tmp_path, lambda sheet: table(sheet, 95, ("Concepto", "Aprobado", "Pagado"), rows))
    assert words_of("pdfium", path, 0) == words_of("plumber", path, 0)


@pytest.mark.parametrize(
    "plan", {plan.look: plan for plan in plans() if plan.format == "pdf"}.values(), ids=lambda plan: plan.look
)
def test_both_word_sources_agree_on_each_look_of_the_sample(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / plan.file_name
    path.write_bytes(sample_pdf.typeset(plan.content(), LOOKS[plan.look]))
    assert words_of("pdfium", path, 0) == words_of("plumber", path, 0)


def test_a_table_goes_on_where_the_next_page_is_shifted_and_scaled(tmp_path: Path) -> None:
    """No header on the second page, and each of its columns stands under the one before it on the first."""
    names = ("Sueldo", "Prima", "Aguinaldo", "Bono", "Subsidio")

    def draw(left: int, step: int, headed: bool):  # type: ignore[no-untyped-def]
        def one(sheet: Sheet) -> None:
            sheet.across(40, left + 5 * step + 3, 80, 94, 108, 122, 136)
            sheet.down(80, 136, 40, *[left + i * step + 3 for i in range(6)])
            for i, name in enumerate(names):
                if headed:
                    sheet.right(left + (i + 1) * step, 91, name)
                for y in (91, 105, 119, 133)[headed:]:
                    sheet.right(left + (i + 1) * step, y, f"{i + 1},000.00")
            for y in (91, 105, 119, 133)[headed:]:
                sheet.text(45, y, "Auxiliar de intendencia")

        return one

    reading = read(typeset(tmp_path, draw(200, 60, True), draw(155, 57, False)))
    assert len(reading.tables) == 1 and headers(reading) == list(names)
    assert by_row(reading) == [("Auxiliar de intendencia", [f"{i},000.00" for i in range(1, 6)])] * 7


def test_a_table_that_begins_with_another_total_is_another_table(tmp_path: Path) -> None:
    def draw(total: str, rows: tuple[str, ...]):  # type: ignore[no-untyped-def]
        def one(sheet: Sheet) -> None:
            sheet.text(60, 100, "Clasificación")
            sheet.right(500, 100, "Importe")
            for i, (row, amount) in enumerate((("Total", total), *((row, "1,500.00") for row in rows))):
                sheet.text(60, 115 + 12 * i, row)
                sheet.right(500, 115 + 12 * i, amount)

        return one

    pages = (draw("3,000.00", ("Gobierno", "Desarrollo")), draw("4,500.00", ("Gasto corriente", "Capital", "Deuda")))
    assert len(read(typeset(tmp_path, *pages)).tables) == 2
    same = (draw("6,000.00", ("Gobierno", "Desarrollo")), draw("6,000.00", ("Economía", "Otras")))
    assert len(read(typeset(tmp_path, *same)).tables) == 1
