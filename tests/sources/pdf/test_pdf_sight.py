"""What is really seen of a page: words that nobody sees take part in no table, and are accounted for by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from sources.errors import SourceError
from tests.sources.pdf.typeset import Sheet, by_row, cells, read, reasons, typeset

ROWS = (("Servicios Personales", "501,357.10"), ("Materiales y Suministros", "120,451.75"), ("Total", "621,808.85"))
SEEN = [(label, "Aprobado", amount) for label, amount in ROWS]


def table(sheet: Sheet, y: float = 100, rows: tuple[tuple[str, str], ...] = ROWS, x: float = 60) -> None:
    sheet.text(x, y, "Concepto")
    sheet.right(x + 380, y, "Aprobado")
    for n, (label, amount) in enumerate(rows, 1):
        sheet.text(x, y + 18 * n, label)
        sheet.right(x + 380, y + 18 * n, amount)


FALSE = tuple((label, f"7{amount[1:]}") for label, amount in ROWS)


def _written(draw: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
    def both(sheet: Sheet) -> None:
        table(sheet)
        draw(sheet)

    return both


def _mode_three(sheet: Sheet) -> None:
    text = sheet.canvas.beginText(60, 500)
    text.setFont("Helvetica", 8)
    text.setTextRenderMode(3)
    for label, amount in FALSE:
        text.textLine(f"{label}      {amount}")
    sheet.canvas.drawText(text)


def _cutting_only(sheet: Sheet) -> None:
    text = sheet.canvas.beginText()
    text.setFont("Helvetica", 8)
    text.setTextRenderMode(7)
    for n, (label, amount) in enumerate(FALSE):
        text.setTextOrigin(60, 280 - 18 * n)
        text.textOut(label)
        text.setTextOrigin(400, 280 - 18 * n)
        text.textOut(amount)
    sheet.canvas.drawText(text)


def _under_a_box(sheet: Sheet) -> None:
    table(sheet, 300, FALSE)
    sheet.canvas.setFillColorRGB(1, 1, 1)
    sheet.canvas.rect(50, sheet.height - 380, 420, 100, stroke=0, fill=1)


def _under_an_image(sheet: Sheet) -> None:
    table(sheet, 300, FALSE)
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (40, 10), "lightgray")), 50, sheet.height - 380, 420, 100)


def _in_white(sheet: Sheet) -> None:
    sheet.canvas.setFillColorRGB(1, 1, 1)
    table(sheet, 300, FALSE)


def _in_the_colour_of_its_ground(sheet: Sheet) -> None:
    sheet.canvas.setFillColorRGB(0.2, 0.3, 0.5)
    sheet.canvas.rect(50, sheet.height - 380, 420, 100, stroke=0, fill=1)
    sheet.canvas.setFillColorRGB(0.21, 0.3, 0.5)
    table(sheet, 300, FALSE)


def _transparent(sheet: Sheet) -> None:
    sheet.canvas.setFillAlpha(0)
    table(sheet, 300, FALSE)


def _off_the_page(sheet: Sheet) -> None:
    table(sheet, 300, FALSE, x=620)


def _clipped(sheet: Sheet) -> None:
    path = sheet.canvas.beginPath()
    path.rect(50, 20, 400, 30)
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    table(sheet, 300, FALSE)


def _microscopic(sheet: Sheet) -> None:
    sheet.size = 0.4
    table(sheet, 300, FALSE)


def _without_width(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    sheet.canvas.transform(0.01, 0, 0, 1, 300, 0)
    table(sheet, 300, FALSE)
    sheet.canvas.restoreState()


@pytest.mark.parametrize(
    "draw",
    [
        _mode_three,
        _cutting_only,
        _under_a_box,
        _under_an_image,
        _in_white,
        _in_the_colour_of_its_ground,
        _transparent,
        _off_the_page,
        _clipped,
        _microscopic,
        _without_width,
    ],
)
def test_a_table_that_nobody_sees_is_no_table(tmp_path: Path, draw: Callable[[Sheet], None]) -> None:
    reading = read(typeset(tmp_path, _written(draw)))
    assert cells(reading) == SEEN
    assert reasons(reading) == {"not_visible": [amount for _, amount in FALSE]}
    assert "3 importes que nadie ve" in " ".join(said.es for said in reading.warnings)


def test_what_stands_on_a_ground_painted_before_it_is_seen(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for shade, y in ((0.1, 300), (1, 318), (0.9, 336), (1, 354)):
            sheet.canvas.setFillColorRGB(shade, shade, shade)
            sheet.canvas.rect(50, sheet.height - y - 4, 420, 16, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(1, 1, 1)
        sheet.text(60, 300, "Concepto")
        sheet.right(440, 300, "Aprobado")
        sheet.canvas.setFillColorRGB(0, 0, 0)
        for n, (label, amount) in enumerate(ROWS, 1):
            sheet.text(60, 300 + 18 * n, label)
            sheet.right(440, 300 + 18 * n, amount)

    reading = read(typeset(tmp_path, draw))
    assert (cells(reading), reading.warnings) == (SEEN, ())


def test_a_mark_through_which_the_text_shows_hides_nothing(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
        sheet.canvas.rect(50, sheet.height - 180, 420, 100, stroke=0, fill=1)

    assert cells(read(typeset(tmp_path, draw))) == SEEN


def test_a_figure_half_covered_is_not_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.canvas.rect(400, sheet.height - 140, 20, 10, stroke=0, fill=1)

    reading = read(typeset(tmp_path, draw))
    assert cells(reading) == [SEEN[0], SEEN[2]]
    assert reasons(reading) == {"not_visible": ["120,451.75"]}


def test_the_layer_of_somebodys_ocr_is_no_printed_text(tmp_path: Path) -> None:
    image = Image.new("RGB", (612, 792), "white")
    for y in range(90, 170, 2):
        image.paste((40, 40, 40), (55, y, 445, y + 1))

    def draw(sheet: Sheet) -> None:
        sheet.canvas.drawImage(ImageReader(image), 0, 0, 612, 792)
        text = sheet.canvas.beginText()
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 8)
        for n, (label, amount) in enumerate((("Concepto", "Aprobado"), *ROWS)):
            text.setTextOrigin(60, sheet.height - 100 - 18 * n)
            text.textOut(label)
            text.setTextOrigin(400, sheet.height - 100 - 18 * n)
            text.textOut(amount)
        sheet.canvas.drawText(text)

    reading = read(typeset(tmp_path, draw))
    assert [amount for *_, amount in cells(reading)] == [amount for _, amount in ROWS]
    assert set(reading.numbers["flag"]) == {"ocr"}
    assert set(reading.tables["method"]) == {"ocr"}
    assert "OCR ajeno" in reading.pages["message"][0]


def _objects(path: Path, *objects: bytes, catalog: bytes = b"", page: bytes = b"", content: bytes = b"") -> Path:
    """A PDF of one page written by hand; `objects` are numbered from 5, and may hold what reportlab does not write."""
    numbered = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R" + page + b">>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *objects,
    ]
    written, places = b"%PDF-1.7\n", []
    for n, body in enumerate(numbered, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(numbered) + 1
    path.write_bytes(
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, len(written))
    )
    return path


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def _content(rows: tuple[tuple[str, str], ...], top: int) -> bytes:
    lines = (("Concepto", "Aprobado"), *rows)
    return b"".join(
        b"BT /F1 8 Tf 1 0 0 1 60 %d Tm (%s) Tj ET BT /F1 8 Tf 1 0 0 1 400 %d Tm (%s) Tj ET\n"
        % (top - 18 * n, label.encode(), top - 18 * n, amount.encode())
        for n, (label, amount) in enumerate(lines)
    )


@pytest.mark.parametrize("off", [True, False])
def test_a_layer_that_is_off_is_not_read(tmp_path: Path, off: bool) -> None:
    path = _objects(
        tmp_path / "layers.pdf",
        _FONT,
        b"<</Type/OCG/Name(Borrador)>>",
        catalog=b"/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]%s>>>>" % (b"/OFF[6 0 R]" if off else b"/ON[6 0 R]"),
        page=b"/Resources<</Font<</F1 5 0 R>>/Properties<</L 6 0 R>>>>",
        content=_content(ROWS, 700) + b"/OC /L BDC " + _content(FALSE, 400) + b"EMC",
    )
    reading = read(path)
    assert len(cells(reading)) == (3 if off else 6)
    assert reasons(reading) == ({"not_visible": [amount for _, amount in FALSE]} if off else {})


def test_fields_and_free_texts_are_read_at_their_places(tmp_path: Path) -> None:
    """With an appearance, and without one: a viewer makes it from the value."""
    stream = b"BT /F1 8 Tf 2 4 Td (%s) Tj ET"
    annotations, objects = [], [_FONT]
    for n, (_, amount) in enumerate(ROWS):
        kind = (
            b"/Subtype/Widget/FT/Tx/T(c%d)/V(%s)" % (n, amount.encode())
            if n < 2
            else b"/Subtype/FreeText/Contents(%s)" % amount.encode()
        )
        box = b"/Rect[395 %d 450 %d]" % (678 - 18 * n, 692 - 18 * n)
        number = 5 + len(objects)
        look = b"/AP<</N %d 0 R>>" % (number + 1) if n == 0 else b""
        objects.append(b"<</Type/Annot/F 4/DA(/F1 8 Tf 0 g)%s%s%s>>" % (kind, box, look))
        if n == 0:
            drawn = stream % amount.encode()
            form = b"<</Type/XObject/Subtype/Form/BBox[0 0 55 14]/Resources<</Font<</F1 5 0 R>>>>/Length %d>>stream\n%s\nendstream"
            objects.append(form % (len(drawn), drawn))
        annotations.append(b"%d 0 R" % number)
    labels = tuple((label, "") for label, _ in ROWS)
    path = _objects(
        tmp_path / "form.pdf",
        *objects,
        catalog=b"/AcroForm<</Fields[%s]/DR<</Font<</F1 5 0 R>>>>>>" % b" ".join(annotations[:2]),
        page=b"/Resources<</Font<</F1 5 0 R>>>>/Annots[%s]" % b" ".join(annotations),
        content=_content(labels, 700),
    )
    assert [(label, amount) for label, _, amount in cells(read(path))] == list(ROWS)


def test_what_an_annotation_strikes_out_without_drawing_it_is_struck_out(tmp_path: Path) -> None:
    """A viewer draws the line from the corners of what is struck."""
    corners = b"390 672 460 672 390 661 460 661"
    path = _objects(
        tmp_path / "struck.pdf",
        _FONT,
        b"<</Type/Annot/Subtype/StrikeOut/F 4/Rect[390 661 460 672]/QuadPoints[%s]>>" % corners,
        page=b"/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]",
        content=_content(ROWS, 700 - 18),
    )
    reading = read(path)
    assert [(label, amount) for label, _, amount in cells(reading)] == list(ROWS[1:])
    assert reasons(reading) == {"struck_out": [ROWS[0][1]]}


def test_a_form_that_only_its_viewer_builds_is_refused(tmp_path: Path) -> None:
    path = _objects(
        tmp_path / "xfa.pdf",
        _FONT,
        b"<</Length 0>>stream\n\nendstream",
        catalog=b"/NeedsRendering true/AcroForm<</Fields[]/XFA 6 0 R>>",
        page=b"/Resources<</Font<</F1 5 0 R>>>>",
        content=b"BT /F1 9 Tf 60 700 Td (Please wait... upgrade your viewer) Tj ET",
    )
    with pytest.raises(SourceError, match="XFA"):
        read(path)


def test_attached_files_are_named(tmp_path: Path) -> None:
    path = _objects(
        tmp_path / "cover.pdf",
        _FONT,
        b"<</Type/EmbeddedFile/Length 3>>stream\nabc\nendstream",
        b"<</Type/Filespec/F(anexo.xlsx)/UF(anexo.xlsx)/EF<</F 6 0 R>>>>",
        catalog=b"/Names<</EmbeddedFiles<</Names[(anexo.xlsx) 7 0 R]>>>>",
        page=b"/Resources<</Font<</F1 5 0 R>>>>",
        content=b"BT /F1 9 Tf 60 700 Td (Los anexos van dentro de este archivo) Tj ET",
    )
    assert "anexo.xlsx" in read(path).warnings[0].es


def test_a_watermark_is_no_part_of_a_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.canvas.setFillGray(0.85)
        sheet.canvas.translate(100, sheet.height - 200)
        sheet.canvas.rotate(40)
        sheet.canvas.setFont("Helvetica-Bold", 60)
        sheet.canvas.drawString(0, 0, "2024 BORRADOR 1")

    assert cells(read(typeset(tmp_path, draw))) == SEEN


def test_a_word_cut_by_a_hyphen_is_whole_in_a_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(50, 450, 90, 104, 130, 148)
        sheet.down(90, 148, 50, 200, 450)
        sheet.text(60, 100, "Concepto")
        sheet.right(440, 100, "Aprobado")
        sheet.text(60, 114, "Servicios de comunica-")
        sheet.text(60, 124, "ción social")
        sheet.right(440, 114, "412,345.33")
        sheet.text(60, 142, "Total")
        sheet.right(440, 142, "412,345.33")

    assert by_row(read(typeset(tmp_path, draw)))[0][0] == "Servicios de comunicación social"


@pytest.mark.parametrize("keep", ["tree", "font"])
def test_the_whole_pages_of_a_cut_file_are_read_and_the_lost_are_named(tmp_path: Path, keep: str) -> None:
    """The file ends inside the text of its second page; without its font the first may be other figures."""
    content = _content(ROWS, 700)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents %d 0 R>>"
    objects = [_FONT, page % 7, b"<</Length 900>>stream\n" + content]
    path = _objects(tmp_path / "cut.pdf", *objects, page=b"/Resources<</Font<</F1 5 0 R>>>>", content=content)
    data = path.read_bytes().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 6 0 R]/Count 2")
    cut = data[: data.rindex(b"Total")]
    path.write_bytes(cut if keep == "tree" else cut.replace(b"5 0 obj", b"9 9 xxx"))
    if keep == "font":
        with pytest.raises(SourceError, match="Damaged"):
            read(path)
        return
    reading = read(path)
    assert cells(reading) == SEEN
    assert "se perdieron las p. 2" in reading.warnings[0].es
    assert list(reading.pages["kind"]) == ["table", "failed"]
