"""The image of a page before anything is read: how it leans, what is cleaned off it, its bands, and ink that nobody read."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from sources.pdf import ocr
from sources.pdf.page.witnessed import UNREAD_INK
from sources.pdf.page.words import Word
from tests.sources.pdf.ocr import scanned

if not ocr.installed():
    pytest.skip("OCR is an extra: make setup EXTRAS=ocr", allow_module_level=True)

from sources.pdf.ocr import second_reader, witness
from sources.pdf.ocr.bands import bands_of, levelled, relit
from sources.pdf.ocr.engine import RecognisedLine
from sources.pdf.ocr.image import ink_of, sheet
from sources.pdf.ocr.settings import POINT
from sources.pdf.ocr.skew import lean
from sources.pdf.ocr.strips import cut, laid_out
from sources.pdf.ocr.unread import mark_unread
from sources.pdf.ocr.words import words_of


@pytest.mark.parametrize("degrees", [-0.35, 0.0, 0.35, 1.2])
def test_a_lean_of_a_third_of_a_degree_is_measured(degrees: float) -> None:
    page = np.asarray(scanned.tilted(-degrees)(scanned.page()))
    assert abs(lean(page, degrees + 0.3) - degrees) < 0.08


def _small_print(text: str) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A figure of small print whose digits touch the line under it, and its box."""
    image = Image.new("L", (600, 200), 255)
    draw = ImageDraw.Draw(image)
    font = scanned.font(13)
    left, top, right, bottom = draw.textbbox((300, 100), text, font, anchor="ls")
    draw.text((300, 100), text, 0, font, anchor="ls")
    draw.line((100, 101, 500, 101), 0, 3)
    return image, (int(left), int(top), int(right), int(bottom))


def test_digits_that_hang_on_a_line_stay_and_the_second_reader_sees_the_page_as_scanned() -> None:
    image, (left, top, right, bottom) = _small_print("8,750.04")
    page = sheet(np.asarray(image))
    printed = np.asarray(image)[top : bottom - 3, left:right] < 128
    assert (page.grey[top : bottom - 3, left:right][printed] < 160).mean() > 0.9
    assert (page.scanned == np.asarray(image)).all()


def test_the_mark_of_a_note_alone_in_the_corner_of_its_cell_is_cleaned_off() -> None:
    image = Image.new("L", (600, 200), 255)
    draw = ImageDraw.Draw(image)
    draw.line((100, 50, 500, 50), 0, 3)
    draw.line((300, 50, 300, 150), 0, 3)
    draw.polygon([(289, 52), (298, 52), (298, 61)], 0)
    assert (sheet(np.asarray(image)).grey[52:64, 285:299] > 200).all()


def _band() -> Image.Image:
    image = Image.new("L", (1200, 300), 250)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 60, 1100, 110), 120)
    draw.line((100, 112, 1100, 112), 0, 4)
    for x in (100, 600, 1100):
        draw.line((x, 60, x, 250), 0, 3)
    draw.text((350, 85), "Aprobado", 255, scanned.font(22, True), anchor="mm")
    draw.text((850, 85), "Modificado", 255, scanned.font(22, True), anchor="mm")
    draw.text((350, 130), "Gasto No Etiquetado", 0, scanned.font(20, True), anchor="mm")
    return image


def test_white_letters_on_a_dark_header_are_turned_dark_and_the_row_below_stays_as_it_is() -> None:
    grey = np.asarray(_band())
    light = relit(grey, bands_of(grey))
    assert np.median(light[65:105, 200:500]) > 200, "its ground"
    assert light[75:97, 290:410].min() < 60, "its letters"
    assert (light[118:] == grey[118:]).all()


def test_dark_letters_on_a_grey_header_stay_dark_however_close_the_rows_below_begin() -> None:
    image = Image.new("L", (1200, 300), 250)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 60, 1100, 110), 186, 0, 2)
    draw.text((600, 85), "Modificado", 0, scanned.font(20, True), anchor="mm")
    for y in (118, 131, 144):
        draw.text((110, y), "Contribuciones de Mejoras", 0, scanned.font(11), anchor="lm")
        draw.text((1090, y), "123,450,468.00", 0, scanned.font(11), anchor="rm")
    grey = np.asarray(image)
    light = relit(grey, bands_of(grey))
    assert light[75:97, 540:660].min() < 60 and (light[112:] == grey[112:]).all()


def test_the_edge_of_a_grey_header_is_no_ink_nor_what_lies_between_letters_that_reach_it() -> None:
    image = Image.new("L", (1200, 300), 250)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 60, 1100, 112), 186)
    for y in (60, 85, 112):
        draw.line((100, y, 1100, y), 0, 3)
    for x, text in ((300, "1"), (600, "3 = ( 1 + 2 )"), (900, "4")):
        draw.text((x, 102), text, 0, scanned.font(20, True), anchor="mm")
    page = sheet(np.asarray(image))
    printed, near = np.asarray(image) < 60, np.asarray(image.filter(ImageFilter.MinFilter(5))) < 120
    assert not (page.ink & ~near)[88:118].any()
    assert not ((ink_of(page.level) > 0) & ~near)[88:118].any()
    assert page.ink[90:106][printed[90:106]].mean() > 0.85


def test_a_row_of_bold_print_that_is_taken_for_a_band_keeps_its_ink() -> None:
    image = Image.new("L", (900, 300), 255)
    draw = ImageDraw.Draw(image)
    for y in range(40, 200, 24):
        draw.text((60, y), "SUELDOS A FUNCIONARIOS Y AL PERSONAL DE CONFIANZA", 60, scanned.font(18, True), anchor="lm")
        draw.line((40, y + 12, 860, y + 12), 90, 3)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)))
    bands = bands_of(grey)
    assert bands and not any(band.even or band.light for band in bands)
    assert (levelled(grey, bands) == grey).all()


def test_the_size_of_a_line_is_its_own_where_its_box_holds_a_part_of_the_line_above() -> None:
    image = Image.new("L", (600, 120), 255)
    draw = ImageDraw.Draw(image)
    draw.text((20, 40), "Transferencias y Aportaciones", 0, scanned.font(20), anchor="ls")
    draw.text((20, 70), "Ordenes de Gobierno", 0, scanned.font(20), anchor="ls")
    ink = np.asarray(image) < 128
    read = RecognisedLine("Ordenes de Gobierno", 0.99, tuple((n + 0.5) / 17 for n in range(17)))
    sizes = [words_of(read, (10, top, 400, 78), ink)[0].size * POINT for top in (49, 33)]
    assert abs(sizes[0] - sizes[1]) < 3, "upper edge of the box between the lines, and within the line above"


def test_rows_of_grainy_print_are_no_band_with_white_letters() -> None:
    image = Image.new("L", (900, 400), 255)
    draw = ImageDraw.Draw(image)
    for row in range(12):
        draw.text((50, 60 + 18 * row), "SUELDOS A FUNCIONARIOS Y AL PERSONAL", 60, scanned.font(15, True), anchor="lm")
        draw.line((40, 69 + 18 * row, 860, 69 + 18 * row), 90, 2)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(1.4)))
    assert not [band for band in bands_of(grey) if band.light]


def test_a_rule_at_the_edge_of_a_band_is_a_rule_and_the_strip_between_lines_of_letters_is_none() -> None:
    lines = sheet(np.asarray(_band())).lines
    assert [round(rule.at * POINT) for rule in lines.across] == [61, 113, 252], "with the frame"
    assert len(lines.down) == 3


def test_lines_that_lean_otherwise_than_the_text_are_lines_and_a_band_is_none() -> None:
    image = Image.new("L", (900, 1200), 255)
    draw = ImageDraw.Draw(image)
    for x in (100, 400, 700):
        draw.line((x, 100, x + 9, 1100), 0, 3)
    draw.rectangle((100, 15, 800, 32), 0)
    assert [round(rule.at * POINT) for rule in sheet(np.asarray(image)).lines.down] == [105, 405, 705]
    assert not [rule for rule in sheet(np.asarray(image)).lines.across if rule.at * POINT < 40]


def _word(text: str, x0: int, top: int, x1: int, base: int) -> Word:
    size = (base - top) / 0.72
    box = (x0 / POINT, (base - 0.9 * size) / POINT, x1 / POINT, (base + 0.22 * size) / POINT, base / POINT)
    return Word(text, *box, confidence=0.99)


def test_ink_that_nobody_read_marks_the_text_beside_it_unless_a_rule_parts_them() -> None:
    image = Image.new("L", (900, 300), 255)
    draw = ImageDraw.Draw(image)
    for y, text in ((100, "Subsidios y Otras Ayudas"), (200, "Inversión Pública")):
        draw.text((100, y), text, 0, scanned.font(24), anchor="ls")
    draw.text((100, 72), "Transferencias,", 0, scanned.font(24), anchor="ls")
    draw.line((80, 120, 700, 120), 0, 3)
    words = [_word("Subsidios", 100, 82, 430, 100), _word("Inversión", 100, 182, 330, 200)]
    mark_unread(sheet(np.asarray(image)), words)
    assert [word.witness for word in words] == [UNREAD_INK, None]


def test_a_digit_that_was_cut_off_marks_the_figure() -> None:
    image = Image.new("L", (900, 200), 255)
    ImageDraw.Draw(image).text((100, 100), "8,750.00", 0, scanned.font(24), anchor="ls")
    whole, lost = [[_word("x", left, 82, 215, 100)] for left in (100, 128)]
    for words, text in ((whole, "8,750.00"), (lost, "750.00")):
        words[0].text = text
        mark_unread(sheet(np.asarray(image)), words)
    assert (whole[0].witness, lost[0].witness) == (None, UNREAD_INK)


def test_strips_end_at_the_border_of_the_table_and_reach_to_what_the_first_reader_left_out() -> None:
    image = Image.new("L", (900, 200), 255)
    draw = ImageDraw.Draw(image)
    draw.text((106, 100), "0101", 0, scanned.font(24), anchor="ls")
    draw.line((100, 20, 100, 180), 0, 4)
    page = sheet(np.asarray(image))
    (strip,) = cut(page, [(98, 78, 150, 104)])
    assert strip.box[0] > 101
    assert strip.box[2] > 160
    assert len(laid_out([strip])[0].tops) == 1


@pytest.mark.parametrize(
    ("first", "others", "witnessed"),
    [
        ("8,750.00", ["8,750.00"], "8,750.00"),
        ("8,750.00", ["8,760.00", "8,750.00"], "8,750.00"),
        ("8,750.00", ["875000"], "8,750.00"),  # its marks leave no doubt
        ("750.00", ["750.00", "8,750.00"], "8,750.00"),  # one of the hearings saw a digit more
        ("8,750.00", ["8,750.00", "-8,750.00"], "-8,750.00"),
        ("46,155,518", ["4615551804"], "4615551804"),
        ("8,750.00", [], None),
    ],
)
def test_a_figure_is_witnessed_by_either_hearing_if_none_saw_more(
    first: str, others: list[str], witnessed: str | None
) -> None:
    word = Word(first, 0, 0, 10, 10, 8, confidence=0.9)
    second_reader._settle(word, others)
    assert (word.text, word.witness) == (first, witnessed)


def test_where_the_readers_part_the_words_of_a_line_does_not_count() -> None:
    words = [Word("Servicios", 0, 0, 40, 10, 8), Word("básicos", 42, 0, 70, 10, 8)]
    seen = [witness.WitnessWord("Serviciosbásicos", 0, 0, 70 * POINT, 20)]
    assert second_reader._beside(words, seen) == ["Servicios", "básicos"]


@pytest.mark.parametrize(("bordered", "witnessed"), [(True, "0101"), (False, "10101")])
def test_a_border_that_the_page_as_scanned_shows_as_a_1_is_no_digit(bordered: bool, witnessed: str) -> None:
    word = Word("0101", 0, 0, 10, 10, 8, confidence=0.9)
    second_reader._settle(word, ["0101", "10101"], bordered)
    assert word.witness == witnessed
