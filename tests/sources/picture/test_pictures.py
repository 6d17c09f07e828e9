"""Pictures: the marked place is where the figure is printed, the header is found, what must not be seen is covered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import Alignment, Font
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from sources.pdf.page.words import turned
from sources.picture import Evidence, Picture, ShownFigure, busiest_page, crop, recognised
from sources.picture.strip import Mark, PictureBox, Strip
from sources.picture.style import PALE, look
from sources.raw.reading import Document, Reading
from sources.read import read

WIDTH, HEIGHT = letter
RED = (1, 0, 0)


def typeset(path: Path, rows: list[tuple[str, str, str]], turn: int = 0, sideways: bool = False) -> Path:
    """A page (or pages of 40 rows) with two amount columns; the first amount of `Beta` is printed in pure red."""
    canvas = Canvas(str(path), pagesize=(HEIGHT, WIDTH) if sideways or turn % 180 else letter)
    for start in range(0, len(rows), 40):
        if turn:
            canvas.setPageRotation(turn)
        if sideways:  # the page is displayed as it is, but its text runs upwards
            canvas.translate(HEIGHT, 0)
            canvas.rotate(90)
        if start == 0:
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(60, 730, "Presupuesto de egresos por objeto del gasto")
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawString(60, 700, "Concepto")
            canvas.drawRightString(420, 700, "Aprobado")
            canvas.drawRightString(520, 700, "Pagado")
        canvas.setFont("Helvetica", 9)
        for i, (label, *amounts) in enumerate(rows[start : start + 40]):
            y = 684 - 14 * i
            canvas.drawString(60, y, label)
            canvas.setFillColorRGB(*(RED if label == "Beta" else (0, 0, 0)))
            canvas.drawRightString(420, y, amounts[0])
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawRightString(520, y, amounts[1])
        canvas.showPage()
    canvas.save()
    return path


FEW = [("Alfa", "1,111.00", "1,000.00"), ("Beta", "2,222.00", "2,000.00"), ("Gama", "3,333.00", "3,000.00")]


def frames(reading: Reading) -> dict[str, pd.DataFrame]:
    return {
        "page": reading.pages, "table": reading.tables, "column": reading.columns, "row": reading.rows,
        "number": reading.numbers,
    }  # fmt: skip


def evidence(path: Path, label: str, column: int | None = None, withheld: bool = False) -> tuple[Evidence, str]:
    """What raw says of the row with that label, and the format of the file."""
    reading = read(Document(path, "d"))
    row = reading.rows[reading.rows["label"] == label].iloc[0]
    numbers = reading.numbers[(reading.numbers["table"] == row["table"]) & (reading.numbers["row"] == row["row"])]
    if column:
        numbers = numbers[numbers["column"] == column]
    table = reading.tables[reading.tables["table"] == row["table"]].iloc[0]
    headers = reading.columns[reading.columns["table"] == row["table"]].set_index("column")["header"]
    figures = tuple(ShownFigure(n.place, n.source_text, headers.get(n.column)) for n in numbers.itertuples())
    cited = Evidence(
        "d:1:1", label, row["page"], row["place"], figures, "Presupuesto", "ab" * 32, title=table["title"],
        first_page=table["page_first"], withheld=withheld,
    )  # fmt: skip
    return cited, reading.format


def marks(strip: Strip, role: str) -> list[Mark]:
    return [mark for mark in strip.marks if mark.role == role]


def red_ink(image: Image.Image) -> PictureBox:
    """Where the page prints in red, in pixels."""
    red, green, _ = image.convert("RGB").split()
    mask = Image.merge("L", [red]).point(lambda v: 255 if v > 200 else 0)
    dark = green.point(lambda v: 255 if v < 90 else 0)
    box = Image.composite(dark, Image.new("L", image.size, 0), mask).getbbox()
    assert box, "the figure is not in the picture"
    return box


def assert_around(box: PictureBox, ink: PictureBox) -> None:
    """The box holds the ink, and little else."""
    assert box[0] - 2 <= ink[0] and ink[2] <= box[2] + 2 and box[1] - 2 <= ink[1] and ink[3] <= box[3] + 2
    assert box[2] - box[0] < ink[2] - ink[0] + 12 and box[3] - box[1] < 2.5 * (ink[3] - ink[1])


def made(path: Path, label: str, column: int | None = None, withheld: bool = False) -> Picture:
    cited, format = evidence(path, label, column, withheld)
    picture = crop(path, format, cited)
    assert picture.shows(cited)
    return picture


@pytest.mark.parametrize(("turn", "sideways"), [(0, False), (90, False), (180, False), (270, False), (0, True)])
def test_the_marked_box_is_where_the_figure_is_printed(tmp_path, turn, sideways):
    picture = made(typeset(tmp_path / "a.pdf", FEW, turn, sideways), "Beta", column=1)
    (strip,) = picture.strips
    (amount,) = marks(strip, "amount")
    assert_around(amount.box, red_ink(strip.image))
    (row,) = marks(strip, "row")
    assert row.box[2] - row.box[0] > 5 * (row.box[3] - row.box[1]), "the row is shown lying"
    assert picture.seen == ("2,222.00",)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_scanned_page_is_turned_by_its_row(tmp_path, turn):
    """A scan has no words: raw's places, as OCR gives them, say how it lies."""
    width, height = letter
    places = [turned(box, turn, width, height) for box in ((60.0, 100.0, 520.0, 112.0), (470.0, 101.0, 518.0, 111.0))]
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(height, width) if turn % 2 else letter)
    x0, top, x1, bottom = places[1]
    canvas.setFillColorRGB(*RED)
    canvas.rect(x0, canvas._pagesize[1] - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
    canvas.save()
    row, figure = (",".join(map(str, place)) for place in places)
    cited = Evidence("d:1:1", "Beta", "1", row, (ShownFigure(figure, "2,222.00", "Aprobado"),), "Escaneo", "ab" * 32)
    picture = crop(tmp_path / "scan.pdf", "pdf", cited)
    (strip,) = picture.strips
    (amount,), (line,) = marks(strip, "amount"), marks(strip, "row")
    assert_around(amount.box, red_ink(strip.image))
    assert line.box[2] - line.box[0] > 5 * (line.box[3] - line.box[1]), "the row is shown lying"
    assert amount.box[0] > (line.box[0] + line.box[2]) / 2, "its figure stands at its end"
    assert line.box[1] > 5 * (line.box[3] - line.box[1]), "the head of the page, with the header, stands over it"
    (personal,) = crop(tmp_path / "scan.pdf", "pdf", replace(cited, withheld=True)).strips
    (line,) = marks(personal, "row")
    assert personal.image.height < 1.6 * (line.box[3] - line.box[1]), "no other row is seen where none can be covered"
    assert picture.seen == (None,) and not picture.shows(cited), "what no text says is not claimed to be shown"


def test_every_column_is_marked_under_its_header(tmp_path):
    (strip,) = made(typeset(tmp_path / "a.pdf", FEW), "Beta").strips
    amounts, headers = marks(strip, "amount"), marks(strip, "column_header")
    assert len(amounts) == len(headers) == 2
    for amount, header in zip(amounts, headers, strict=True):
        assert header.box[3] < amount.box[1]
        assert abs(header.box[2] - amount.box[2]) < 6, "both are set to the right edge of their column"
    assert len(marks(strip, "title")) == 1


def test_the_header_of_an_earlier_page_is_shown_on_a_piece_of_its_own(tmp_path):
    rows = [(f"Renglón {i}", f"{i},000.00", f"{i},100.00") for i in range(1, 60)]
    rows[49] = ("Beta", "2,222.00", "2,000.00")
    picture = made(typeset(tmp_path / "a.pdf", rows), "Beta", column=1)
    head, row = picture.strips
    assert marks(head, "column_header") and marks(head, "title") and not marks(head, "amount")
    assert_around(marks(row, "amount")[0].box, red_ink(row.image))


def test_a_place_that_prints_something_else_does_not_show_the_figure(tmp_path):
    path = typeset(tmp_path / "a.pdf", FEW)
    cited, format = evidence(path, "Beta", column=1)
    other, _ = evidence(path, "Gama", column=1)
    moved = Evidence(**{**vars(cited), "figures": (ShownFigure(other.figures[0].place, "2,222.00", "Aprobado"),)})
    picture = crop(path, format, moved)
    assert picture.seen == ("3,333.00",)
    assert not picture.shows(moved)


@pytest.mark.parametrize("why", ["withheld", "alone"])
def test_other_rows_of_a_table_with_personal_data_are_covered(tmp_path, why):
    path = typeset(tmp_path / "a.pdf", FEW)
    cited, format = evidence(path, "Beta")
    (strip,) = crop(path, format, Evidence(**vars(cited) | {why: True})).strips
    (amount, _), (header, _) = marks(strip, "amount"), marks(strip, "column_header")
    assert strip.cover, "the labels of the neighbours are covered"
    marked_boxes = [amount.box, header.box]
    assert not any(_meet(box, mine) for box in strip.cover for mine in marked_boxes)


def _meet(one: PictureBox, other: PictureBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Egresos"
    sheet.append(["Presupuesto de egresos por objeto del gasto"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Clave", "Concepto", "Egresos"])
    sheet.append([None, None, "Aprobado", "Pagado"])
    sheet.merge_cells("C2:D2")
    for i in range(1, 31):
        sheet.append([1000 + i, f"Renglón {i}", 1000.5 * i, 900.25 * i])
    sheet["B20"].font, sheet["B20"].alignment = Font(bold=True), Alignment(indent=2)
    sheet.row_dimensions[19].hidden = True
    book.save(path)
    return path


def test_a_sheet_is_drawn_with_its_cell_marked_under_its_header(tmp_path):
    picture = made(workbook(tmp_path / "a.xlsx"), "1017 Renglón 17", column=2)
    (strip,) = picture.strips
    (amount,), (row,) = marks(strip, "amount"), marks(strip, "row")
    top, below = marks(strip, "column_header")
    assert row.box[1] <= amount.box[1] and amount.box[3] <= row.box[3]
    assert {round(top.box[2]), round(below.box[2])} == {round(amount.box[2])}
    assert min(top.box[3], below.box[3]) < amount.box[1]
    left, above, right, under = (int(edge) for edge in amount.box)
    inside = np.asarray(strip.image.convert("L"))[above:under, left:right]
    assert inside.min() < 100, "the figure is drawn in its cell"
    assert picture.seen == ("15304.25",)


def test_reading_shows_each_number_by_its_colour(tmp_path):
    path = typeset(tmp_path / "a.pdf", FEW)
    reading = read(Document(path, "d"))
    raw = frames(reading)
    assert busiest_page(raw) == "1"
    image = recognised(path, reading.format, raw, "1", width=1224)  # two pixels a point
    for place in reading.numbers.loc[reading.numbers["exclusion"].isna(), "place"]:
        x0, top, x1, _ = (2 * float(part) for part in place.split(","))
        assert image.getpixel((round((x0 + x1) / 2), round(top) - 2)) == look("read").line
    assert image.width > 1224, "the legend stands beside the page"


@pytest.mark.parametrize("make", [workbook, lambda path: typeset(path.with_suffix(".pdf"), FEW)])
def test_a_reading_is_small_where_it_is_asked_to_be(tmp_path, make: Callable[[Path], Path]):
    path = make(tmp_path / "a.xlsx")
    reading = read(Document(path, "d"))
    raw = frames(reading)
    page = busiest_page(raw)
    assert page
    assert recognised(path, reading.format, raw, page, width=600).width <= 1200


def test_a_page_that_is_not_there_is_said(tmp_path):
    path = typeset(tmp_path / "a.pdf", FEW)
    raw = frames(read(Document(path, "d")))
    with pytest.raises(LookupError, match="no page 7"):
        recognised(path, "pdf", raw, "7")


def test_colours_of_roles_and_reasons_are_apart():
    reasons = ["page_number", "code", "year", "date", "percentage", "header", "label", "prose", "furniture"]
    lines = [look(role).line for role in ("amount", "read", *reasons)]
    assert len(set(lines)) == len(lines)
    assert PALE not in lines
