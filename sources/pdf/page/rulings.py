"""Rulings of a page: the straight horizontal and vertical lines that tables are drawn with, and how much is image.

Thin filled rectangles, strokes and the sides of stroked rectangles all become rules; joined where they touch.
What the rules enclose is in `grid`.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sources.pdf.page.glyphs import Colour
from sources.pdf.page.pdfium import ADDRESS, address, asks, places
from sources.pdf.page.words import Box, turned
from sources.pdf.settings import RULES, SIGHT

_MAX_SEGMENTS = 4000  # a drawing, not a table
_Matrix = tuple[float, float, float, float, float, float]
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DRAWN = (
    raw.FPDF_PAGEOBJ_FORM,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_SHADING,
)

_count = asks(raw.FPDFPage_CountObjects, ctypes.c_int, ADDRESS)
_object = asks(raw.FPDFPage_GetObject, ADDRESS, ADDRESS, ctypes.c_int)
_form_count = asks(raw.FPDFFormObj_CountObjects, ctypes.c_int, ADDRESS)
_form_object = asks(raw.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong)
_kind = asks(raw.FPDFPageObj_GetType, ctypes.c_int, ADDRESS)
_bounds = asks(raw.FPDFPageObj_GetBounds, ctypes.c_int, ADDRESS, *4 * [ADDRESS])
_colour = asks(raw.FPDFPageObj_GetFillColor, ctypes.c_int, ADDRESS, *4 * [ADDRESS])
_is_transparent = asks(raw.FPDFPageObj_HasTransparency, ctypes.c_int, ADDRESS)
_get_matrix = asks(raw.FPDFPageObj_GetMatrix, ctypes.c_int, ADDRESS, ADDRESS)
_mode = asks(raw.FPDFPath_GetDrawMode, ctypes.c_int, ADDRESS, ADDRESS, ADDRESS)
_segment_count = asks(raw.FPDFPath_CountSegments, ctypes.c_int, ADDRESS)
_segment = asks(raw.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, ctypes.c_int)
_segment_kind = asks(raw.FPDFPathSegment_GetType, ctypes.c_int, ADDRESS)
_point = asks(raw.FPDFPathSegment_GetPoint, ctypes.c_int, ADDRESS, ADDRESS, ADDRESS)
_closes = asks(raw.FPDFPathSegment_GetClose, ctypes.c_int, ADDRESS)


@dataclass(slots=True)
class Ruling:
    """A straight line: at `at` across the page (y of a horizontal one, x of a vertical one), from `start` to `end`."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """How long it is, in points."""
        return self.end - self.start


@dataclass(slots=True)
class Rulings:
    """The rules of a page, the boxes of its images, and what share of it they cover."""

    across: list[Ruling]
    down: list[Ruling]
    image_share: float = 0.0
    images: list[Box] = field(default_factory=list)


class Patch(NamedTuple):
    """An area of a page: an image or shading, or what may be filled. `after` is how many text objects were painted
    before it.
    """

    item: int  # as PDFium has it
    is_image: bool
    box: Box
    after: int

    def filling(self) -> Colour | None:
        """With what it is painted; None where it is an image, or only stroked."""
        mode, colour = (ctypes.c_int * 2)(), (ctypes.c_uint * 4)()
        if self.is_image or not _mode(self.item, *places(mode)) or not mode[0]:
            return None
        return Colour(*colour) if _colour(self.item, *places(colour)) else None

    def covers(self) -> bool:
        """Whether nothing shows through it. A mask of an image is not asked for: it may still show what is under it."""
        if _is_transparent(self.item):
            return False
        filling = self.filling()
        return self.is_image or (filling is not None and filling.alpha >= SIGHT.opaque)


@dataclass(slots=True)
class Painting:
    """What is painted on a page beside its letters: its rules, its areas, strokes too short for a rule (a minus that is
    drawn), and the text objects in the order they are painted.
    """

    rulings: Rulings
    patches: list[Patch] = field(default_factory=list)
    dashes: list[Box] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)


def painting_of(page: pdfium.PdfPage, reading: int) -> Painting:
    """What is painted on a page turned `reading` clockwise quarters from its unrotated form."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    boxes, images, covered = [], [], 0.0
    patches: list[Patch] = []
    order: dict[int, int] = {}

    def framed(x0: float, y0: float, x1: float, y1: float) -> Box:
        return turned((x0 - left, top - y1, x1 - left, top - y0), reading, width, height)

    for item, kind, matrix, whole in drawn(address(page.raw)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            order[item] = len(order)
            continue
        thin = min(whole[2] - whole[0], whole[3] - whole[1]) <= RULES.thin
        if not thin:
            patches.append(Patch(item, kind != raw.FPDF_PAGEOBJ_PATH, framed(*whole), len(order)))
        if kind == raw.FPDF_PAGEOBJ_SHADING:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = max(whole[0], left), max(whole[1], bottom), min(whole[2], right), min(whole[3], top)
            if x0 < x1 and y0 < y1:
                covered += (x1 - x0) * (y1 - y0)
                images.append(framed(x0, y0, x1, y1))
            continue
        for x0, y0, x1, y1 in [whole] if thin else _sides(item, matrix):
            if x1 >= left and x0 <= right and y1 >= bottom and y0 <= top:
                boxes.append(framed(x0, y0, x1, y1))
    across = _ruled([(t, b, x0, x1) for x0, t, x1, b in boxes])
    down = _ruled([(x0, x1, t, b) for x0, t, x1, b in boxes])
    dashes = [box for box in boxes if box[3] - box[1] <= RULES.thin and box[2] - box[0] <= RULES.short]
    rulings = Rulings(across, down, min(1.0, covered / max(width * height, 1.0)), images)
    return Painting(rulings, patches, dashes, order)


def _ruled(boxes: list[Box]) -> list[Ruling]:
    """Those that are thin and long: each as its edges along its thin side, then along its long one."""
    return joined(
        [
            Ruling((low + high) / 2, first, last)
            for low, high, first, last in boxes
            if high - low <= RULES.thin and last - first > max(RULES.slender * (high - low), RULES.least)
        ]
    )


def drawn(
    parent: int, count: Any = _count, get: Any = _object, matrix: _Matrix = _IDENTITY, depth: int = 0
) -> Iterator[tuple[int, int, _Matrix, Box]]:
    """The paths, images and text objects of a page or form, with the matrix that brings them to page space, and the box
    there of all but the text.
    """
    edges = (ctypes.c_float * 4)()
    into = places(edges)
    items = list(map(get, repeat(parent), range(count(parent))))
    for item, kind in zip(items, map(_kind, items), strict=True):
        if kind not in _DRAWN:
            continue
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < 5:
                yield from drawn(item, _form_count, _form_object, _times(_matrix(item), matrix), depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item, kind, matrix, _NOWHERE
        elif _bounds(item, *into):
            yield item, kind, matrix, _boxed(matrix, *edges)


def _sides(path: int, matrix: _Matrix) -> Iterator[Box]:
    """The straight horizontal and vertical segments of a stroked path, or the thin boxes a filled one is made of."""
    mode = (ctypes.c_int * 2)()
    _mode(path, *places(mode))
    stroked = mode[1]
    count = _segment_count(path)
    if count > _MAX_SEGMENTS or not (stroked or count > 5):
        return
    placed = _times(_matrix(path), matrix)
    at = (ctypes.c_float * 2)()
    into = places(at)
    start = last = (0.0, 0.0)
    outline: list[tuple[float, float]] = []
    for segment in map(_segment, repeat(path), range(count)):
        _point(segment, *into)
        point = _apply(placed, *at)
        kind = _segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _thin_outline(outline, stroked)
            start, outline = point, [point]
        else:
            outline.append(point)
            if stroked and kind == raw.FPDF_SEGMENT_LINETO:
                yield _between(last, point)
        if stroked and _closes(segment):
            yield _between(point, start)
        last = point
    yield from _thin_outline(outline, stroked)


def _thin_outline(outline: list[tuple[float, float]], stroked: int) -> Iterator[Box]:
    if not stroked and 4 <= len(outline) <= 5:
        xs, ys = [p[0] for p in outline], [p[1] for p in outline]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= RULES.thin:
            yield min(xs), min(ys), max(xs), max(ys)


def _between(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _matrix(item: int) -> _Matrix:
    values = (ctypes.c_float * 6)()
    return tuple(values) if _get_matrix(item, ctypes.addressof(values)) else _IDENTITY


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _boxed(m: _Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    if m is _IDENTITY:
        return x0, y0, x1, y1
    return _between(_apply(m, x0, y0), _apply(m, x1, y1))


def joined(rules: list[Ruling]) -> list[Ruling]:
    """Rules at the same place put together; a row of short pieces (one per cell) becomes one line."""
    rules.sort(key=lambda rule: (rule.at, rule.start))
    joined: list[Ruling] = []
    level: list[Ruling] = []
    for rule in rules:
        if level and rule.at - level[0].at > RULES.same:
            joined.extend(_chained(level))
            level = []
        level.append(rule)
    return joined + _chained(level)


def _chained(level: list[Ruling]) -> list[Ruling]:
    chained: list[Ruling] = []
    for rule in sorted(level, key=lambda rule: rule.start):
        if chained and rule.start - chained[-1].end <= RULES.join:
            chained[-1].end = max(chained[-1].end, rule.end)
        else:
            chained.append(Ruling(rule.at, rule.start, rule.end))
    return chained
