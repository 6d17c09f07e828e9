"""The picture of one line's place: its row, the marked amounts, the header of each column, and a caption.

What is said in the caption comes with the Evidence; the place is looked up in the file, and what is printed there is
handed back, so that a caller can prove that the picture shows the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from sources.pdf.page.words import Box
from sources.picture.caption import captioned
from sources.picture.evidence import Evidence
from sources.picture.find import header_box, joined, title_box
from sources.picture.page import PageView, page_view
from sources.picture.sheet import SheetView, sheet_view
from sources.picture.strip import Strip, painted, stacked
from warehouse.schema.personal import WITHHELD
from warehouse.schema.text import letters

_WIDTH = 1500
_SCALES = (1.4, 3.0)  # pixels a point
_APART = 170.0  # points between header and row, over which they are two pieces
_MARGIN = 16.0


@dataclass(frozen=True)
class Picture:
    """The image, what is printed in the place of each figure (None where the page holds no text), and `strips`."""

    image: Image.Image
    seen: tuple[str | None, ...]
    strips: tuple[Strip, ...]

    def shows(self, evidence: Evidence) -> bool:
        """Whether every figure's place holds its text."""
        pairs = zip(self.seen, evidence.figures, strict=True)
        return all(seen is not None and _plain(seen) == _plain(figure.text) for seen, figure in pairs)


def crop(path: Path, format: str, evidence: Evidence) -> Picture:
    """The picture of a line's place in a file of that format. Raises SourceError when the file cannot be opened."""
    if format == "pdf":
        strips, seen = _page_strips(path, evidence)
        where = f"Página {evidence.page}"
        if evidence.printed_page:
            where += f" (impresa {evidence.printed_page})"
    else:
        strips, seen = _sheet_strips(sheet_view(path, format, evidence.page), evidence)
        where = f"Hoja «{evidence.page}», {', '.join(figure.place for figure in evidence.figures)}"
    image = stacked([painted(strip) for strip in strips])
    return Picture(captioned(image, evidence, where, _roles(strips)), tuple(seen), tuple(strips))


def _roles(strips: Sequence[Strip]) -> list[str]:
    present = {mark.role for strip in strips for mark in strip.marks}
    return [role for role in ("row", "amount", "column_header", "title") if role in present]


def _page_strips(path: Path, evidence: Evidence) -> tuple[list[Strip], list[str | None]]:
    places = [figure.place for figure in evidence.figures]
    with page_view(path, int(evidence.page)) as view:
        view.read_along(evidence.place, places)
        row, boxes = view.box(evidence.place), [view.box(place) for place in places]
        seen = [_text_in(view, box) for box in boxes]
        headers = _headers(view, evidence, boxes, row[1])
        if headers and row[1] - max(box[3] for box in headers.values()) <= _APART:
            top = min([row[1], *(box[1] for box in headers.values())])
            return [_row_strip(view, evidence, row, boxes, headers, top)], seen
        strips = [_head_strip(view, evidence, headers, row)] if headers else []
        strips.append(_row_strip(view, evidence, row, boxes, {}, row[1]))
    if not headers and evidence.first_page not in (None, evidence.page):
        with page_view(path, int(str(evidence.first_page))) as head:
            headers = _headers(head, evidence, boxes, head.height)
            strips = [*([_head_strip(head, evidence, headers, row)] if headers else []), *strips]
    return strips, seen


def _headers(view: PageView, evidence: Evidence, boxes: Sequence[Box], below: float) -> dict[int, Box]:
    """The boxes of the headers that are printed above a height, by the index of their figure."""
    words = [w for w in view.words if w.bottom <= below + 2]
    headers = {}
    for index, (figure, box) in enumerate(zip(evidence.figures, boxes, strict=True)):
        place = header_box(words, figure.header, (box[0], below, box[2], below)) if figure.header else None
        if place:
            headers[index] = place
    return headers


def _text_in(view: PageView, box: Box) -> str | None:
    if not view.words:
        return None
    return " ".join(word.text for word in sorted(view.words_in(box), key=lambda w: w.x0))


def _head_strip(view: PageView, evidence: Evidence, headers: dict[int, Box], row: Box) -> Strip:
    """The header of the columns, and the title where it stands near, of the page that prints them."""
    whole = joined(headers.values())
    title = title_box(view.words, evidence.title, whole[1])
    marks = [("column_header", box, "") for box in headers.values()] + ([("title", title, "")] if title else [])
    top = min(whole[1], title[1] if title else whole[1])
    sides = joined([whole, (row[0], whole[1], row[2], whole[3]), *([title] if title else [])])
    region = _uncut(view, (sides[0] - _MARGIN, top - 8, sides[2] + _MARGIN, whole[3] + 4))
    return view.strip(region, _scale(region), marks, _covered(view, evidence, region))


def _row_strip(
    view: PageView, evidence: Evidence, row: Box, boxes: Sequence[Box], headers: dict[int, Box], top: float
) -> Strip:
    """The row with its neighbours, up to the header and title where they stand on the same piece.

    On a page without text nothing tells their place: it is shown up to its edge, or, where it bears data of persons that
    cannot be covered, the row alone.
    """
    title = title_box(view.words, evidence.title, top) if headers else None
    around = joined([row, *boxes, *headers.values(), *([title] if title else [])])
    alone = evidence.withheld and not view.words
    beside = 0.0 if alone else max(28.0, 2.4 * (row[3] - row[1]))
    above = min(row[1] - beside, around[1] - (0 if alone else 8)) if view.words or alone else 0.0
    region = _uncut(view, (around[0] - _MARGIN, above, around[2] + _MARGIN, row[3] + min(beside, 60.0)))
    above = region[1]
    marks = [("row", (around[0] - 6, row[1] - 1.5, around[2] + 6, row[3] + 1.5), "")]
    for index, box in enumerate(boxes):
        start = headers[index][3] if index in headers else max(above, 0.0)
        marks.append(("column", (box[0] - 4, start, box[2] + 4, row[1] - 1.5), ""))
        marks.append(("amount", box, ""))
    marks += [("column_header", box, "") for box in headers.values()]
    if title:
        marks.append(("title", title, ""))
    return view.strip(region, _scale(region), marks, _covered(view, evidence, region))


def _uncut(view: PageView, region: Box) -> Box:
    """The region with the lines that its upper and lower edges would cut."""
    x0, top, x1, bottom = region
    words = [w for w in view.words if x0 < w.middle < x1]
    above = [w.top for w in words if w.top < top < w.bottom]
    below = [w.bottom for w in words if w.top < bottom < w.bottom]
    return x0, min([top, *above]), x1, max([bottom, *below]) + 0.5


def _scale(region: Box) -> float:
    least, most = _SCALES
    return max(least, min(most, _WIDTH / max(1.0, region[2] - region[0])))


def _covered(view: PageView, evidence: Evidence, region: Box) -> list[Box]:
    """Where a table or a row holds data of persons, every word that is not of this line, its headers or its title."""
    if not (evidence.withheld or evidence.alone):
        return []
    texts = [evidence.label.replace(WITHHELD, " "), evidence.title or ""]
    texts += [part for figure in evidence.figures for part in (figure.text, figure.header or "")]
    of_line = {letters(word) for text in texts for word in text.split()}
    words = view.words_in(region)
    return [
        (w.x0, w.top, w.x1, w.bottom) for w in words if letters(w.text) not in of_line and any(map(str.isalnum, w.text))
    ]


def _sheet_strips(view: SheetView, evidence: Evidence) -> tuple[list[Strip], list[str | None]]:
    headers = {figure.place: figure.header for figure in evidence.figures}
    strip = (
        view.cells(headers)
        if evidence.alone
        else view.excerpt(evidence.place, headers, evidence.title, evidence.withheld)
    )
    return [strip], [view.text(figure.place) for figure in evidence.figures]


def _plain(text: str) -> str:
    return "".join(text.split())
