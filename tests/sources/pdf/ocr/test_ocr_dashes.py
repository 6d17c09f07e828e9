"""Dashes of zeros by their ink: which strokes of a drawn page are zeros, and which are signs, lines and specks."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sources.pdf import ocr
from sources.pdf.page.words import Word
from tests.sources.pdf.ocr import scanned

if not ocr.installed():
    pytest.skip("OCR is an extra: make setup EXTRAS=ocr", allow_module_level=True)

from sources.pdf.ocr.dashes import add_dashes
from sources.pdf.ocr.image import sheet
from sources.pdf.ocr.settings import POINT

_FONT = 18
_BASES = (100, 130, 160, 190, 220)
_AMOUNTS = ("1,250.00", "", "", "340,180.50", "")
Drawn = tuple[ImageDraw.ImageDraw, list[Word]]


def _write(drawn: Drawn, text: str, x: float, base: float, anchor: str = "ls", read: bool = True) -> None:
    """A text on the page, and its word as a reader gives it."""
    draw, words = drawn
    draw.text((x, base), text, 0, scanned.font(_FONT), anchor=anchor)
    x0, _, x1, _ = draw.textbbox((x, base), text, scanned.font(_FONT), anchor=anchor)
    if read:
        top, bottom = (base - 0.9 * _FONT) / POINT, (base + 0.22 * _FONT) / POINT
        words.append(Word(text, x0 / POINT, top, x1 / POINT, bottom, base / POINT, confidence=0.99))


def _found(drawing: Callable[[Drawn], None]) -> list[tuple[str, str | None, int]]:
    """The dashes of a page of five labels and one column of figures, with what is drawn besides: text, witness, baseline."""
    image = Image.new("L", (900, 400), 255)
    drawn = ImageDraw.Draw(image), list[Word]()
    for base, amount in zip(_BASES, _AMOUNTS, strict=True):
        _write(drawn, "Renglón", 100, base)
        if amount:
            _write(drawn, amount, 600, base, "rs")
    drawing(drawn)
    add_dashes(sheet(np.asarray(image)), drawn[1])
    return sorted((w.text, w.witness, round(w.base * POINT)) for w in drawn[1] if w.text in "-–")


def test_dashes_under_the_figures_of_a_column_are_words_of_their_rows_and_the_ink_witnesses_them() -> None:
    def zeros(drawn: Drawn) -> None:
        _write(drawn, "-", 590, 130, read=False)
        _write(drawn, "-", 590, 160)
        _write(drawn, "$", 560, 220)
        _write(drawn, "-", 590, 220, read=False)

    assert _found(zeros) == [("-", "-", 130), ("-", "-", 160), ("-", "-", 220)]


def test_a_dash_alone_on_its_page_has_no_company_and_is_none() -> None:
    assert _found(lambda drawn: _write(drawn, "-", 590, 130, read=False)) == []


def test_dashes_of_other_columns_at_the_same_place_before_their_figures_are_company() -> None:
    def zeros(drawn: Drawn) -> None:
        for base in (100, 190):
            _write(drawn, "55,120.00", 800, base, "rs")
        _write(drawn, "-", 590, 130, read=False)
        _write(drawn, "-", 790, 160, read=False)

    assert [base for _, _, base in _found(zeros)] == [130, 160]


@pytest.mark.parametrize(
    "drawing",
    [
        lambda drawn, y: drawn[0].line((480, y - 6, 600, y - 6), 0, 2),  # a line that spans the cell
        lambda drawn, y: drawn[0].line((585, y + 3, 593, y + 3), 0, 2),  # under the row
        lambda drawn, y: drawn[0].line((585, y - 16, 593, y - 16), 0, 2),  # over it
        lambda drawn, y: drawn[0].rectangle((587, y - 8, 591, y - 4), 0),  # as high as wide
        lambda drawn, y: _write(drawn, "- - -", 570, y, read=False),  # a leader
        lambda drawn, y: _write(drawn, "-80.00", 600, y, "rs", read=False),  # a sign before a figure that nobody read
        lambda drawn, y: _write(drawn, "-  80.00", 600, y, "rs", read=False),
        lambda drawn, y: _write(drawn, "-", 700, y, read=False),  # under no figures
    ],
)
def test_strokes_that_are_no_zeros_stay_ink(drawing: Callable[[Drawn, int], None]) -> None:
    def twice(drawn: Drawn) -> None:
        for y in (130, 160):
            drawing(drawn, y)

    assert _found(twice) == []


def test_a_dash_beside_no_other_word_of_its_row_is_none() -> None:
    def between(drawn: Drawn) -> None:
        for y in (145, 175):
            _write(drawn, "-", 590, y, read=False)

    assert _found(between) == []
