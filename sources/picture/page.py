"""A page of a PDF as it is read: upright, its words beside its picture, and places of raw as boxes on both.

Boxes are in points from the top left in the reading direction, like the words of `sources.pdf.page.words`; raw's places are
on the page as displayed.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from sources.errors import SourceError
from sources.pdf.page.words import Box, PageText, Word, page_text, turned
from sources.picture.strip import Mark, PictureBox, Strip
from warehouse.schema.vocabulary import Term

_UPRIGHT = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


class PageView:
    """One open page. `turn` is how many clockwise quarter turns bring the reading direction to the page as displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._shown = page.get_size()
        try:
            text = page_text(page)
        except pdfium.PdfiumError:  # the picture can still be drawn
            text = PageText(self._shown[0], self._shown[1], [])
        self._upright(text.turn if text.words else 0)
        # Words that lie outside of the page are in no picture.
        self.words: list[Word] = [w for w in text.words if 0 <= w.middle <= self.width and 0 <= w.base <= self.height]

    def _upright(self, turn: int) -> None:
        self.turn = turn
        self.width, self.height = self._shown if turn % 2 == 0 else self._shown[::-1]

    def read_along(self, row: str, figures: list[str]) -> None:
        """Turns a page without words by a row of it: it lies along its longer side, and its figures at its end."""
        if self.words or not figures:
            return
        x0, top, x1, bottom = _numbers(row)
        boxes = [_numbers(figure) for figure in figures]
        middle = (sum(b[0] + b[2] for b in boxes) / len(boxes) / 2, sum(b[1] + b[3] for b in boxes) / len(boxes) / 2)
        if bottom - top > 2 * (x1 - x0):
            self._upright(1 if middle[1] > (top + bottom) / 2 else 3)
        elif middle[0] < (x0 + x1) / 2 and x1 - x0 > 2 * (bottom - top):
            self._upright(2)

    def box(self, place: str) -> Box:
        """A place of raw (`x0,top,x1,bottom` in points) as a box. Raises ValueError for another text."""
        return turned(_numbers(place), -self.turn, *self._shown)

    def words_in(self, box: Box) -> list[Word]:
        """The words whose middle lies in the box, as they are read."""
        x0, top, x1, bottom = box
        return [w for w in self.words if x0 <= w.middle <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]

    def strip(self, region: Box, scale: float, marks: list[tuple[str, Box, str]], cover: list[Box]) -> Strip:
        """The picture of a region at so many pixels a point, with marks (role, box, note) and covered boxes."""
        x0, top, x1, bottom = turned(self._within(region), self.turn, self.width, self.height)
        width, height = self._shown
        sides = [math.floor(side * scale) / scale for side in (x0, height - bottom, width - x1, top)]
        bitmap = self._page.render(scale=scale, crop=tuple(sides))
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        left, above = round(sides[0] * scale), round(sides[3] * scale)

        def pixels(box: Box) -> PictureBox:
            shown = turned(box, self.turn, self.width, self.height)
            moved = (
                shown[0] * scale - left, shown[1] * scale - above,
                shown[2] * scale - left, shown[3] * scale - above,
            )  # fmt: skip
            return turned(moved, -self.turn, *image.size)

        upright = image.transpose(_UPRIGHT[self.turn]) if self.turn else image
        return Strip(
            upright, [Mark(role, pixels(box), note) for role, box, note in marks], [pixels(box) for box in cover]
        )

    def _within(self, box: Box) -> Box:
        """The part of the box that lies on the page; the whole page where none does."""
        x0, top, x1, bottom = max(0.0, box[0]), max(0.0, box[1]), min(self.width, box[2]), min(self.height, box[3])
        return (x0, top, x1, bottom) if x0 + 1 < x1 and top + 1 < bottom else (0.0, 0.0, self.width, self.height)


def _numbers(place: str) -> Box:
    x0, top, x1, bottom = (float(part) for part in place.split(","))
    return x0, top, x1, bottom


@contextmanager
def page_view(path: Path, number: int) -> Iterator[PageView]:
    """Opens one page (from 1). Raises SourceError when the file cannot be opened, LookupError for a page it lacks."""
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        opens, advice = (
            Term("a PDF that opens", "un PDF que abra"),
            Term("Add the document again.", "Agregue otra vez el documento."),
        )
        raise SourceError("corrupt", path.name, opens, str(error), advice) from error
    try:
        if not 1 <= number <= len(pdf):
            raise LookupError(f"{path.name} has {len(pdf)} pages: there is no page {number}")
        page = pdf[number - 1]
        try:
            yield PageView(page)
        finally:
            page.close()
    finally:
        pdf.close()
