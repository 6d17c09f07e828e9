"""What is really seen of the words of a page: all but what is off the page, invisible, covered, cut off or of its ground's colour.

Most of it is told by what PDFium says of a text object. Where that only raises a doubt (something is painted over a word, a
layer is off), the page is drawn twice, with the word and without it: a word that makes no difference is not seen.
"""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sources.pdf.page.glyphs import Colour, TypeStyle
from sources.pdf.page.pdfium import ADDRESS, asks, places
from sources.pdf.page.rulings import Painting
from sources.pdf.page.words import Box, PageText, Word, turned
from sources.pdf.settings import QUALITY, SIGHT
from sources.raw.numeric import is_numeric

_set_active = asks(raw.FPDFPageObj_SetIsActive, ctypes.c_int, ADDRESS, ctypes.c_int)
_clip_path = asks(raw.FPDFPageObj_GetClipPath, ADDRESS, ADDRESS)
_clip_count = asks(raw.FPDFClipPath_CountPaths, ctypes.c_int, ADDRESS)
_clip_segments = asks(raw.FPDFClipPath_CountPathSegments, ctypes.c_int, ADDRESS, ctypes.c_int)
_clip_segment = asks(raw.FPDFClipPath_GetPathSegment, ADDRESS, ADDRESS, ctypes.c_int, ctypes.c_int)
_point = asks(raw.FPDFPathSegment_GetPoint, ctypes.c_int, ADDRESS, ADDRESS, ADDRESS)


@dataclass(slots=True)
class Unseen:
    """The words of a page that nobody sees, each with why; or the words of a scan that OCR laid under or over its image."""

    words: dict[Word, str] = field(default_factory=dict)
    layer: list[Word] = field(default_factory=list)


def unseen(page: pdfium.PdfPage, text: PageText, painting: Painting, layers_off: bool) -> Unseen:
    """What nobody sees of the words of a page. `layers_off`: the document has layers that are not shown."""
    words = text.words + text.sideways
    if not words:
        return Unseen()
    gone: dict[Word, str] = {}
    for word, why in _told(words, text):
        gone.setdefault(word, why)
    doubted = _Doubts(page, text, painting, layers_off).among([w for w in words if w not in gone] if gone else words)
    hidden = _without_effect(page, text, doubted) if doubted else []
    gone |= dict.fromkeys(hidden, "covered")
    layer = [word for word in words if gone.get(word) == "invisible" or (word in hidden and doubted[word] == "image")]
    if _is_layer(page, text, painting, layer):
        return Unseen({word: why for word, why in gone.items() if word not in set(layer)}, layer)
    return Unseen(gone)


def _told(words: list[Word], text: PageText) -> Iterator[tuple[Word, str]]:
    """The words that are off the page, too small to be read, or printed with no ink."""
    x0, top, x1, bottom = _boxes(words)
    wide, high = x1 - x0, bottom - top
    outside = (x0 < 0) | (top < 0) | (x1 > text.width) | (bottom > text.height)
    sheet = 0.0, 0.0, text.width, text.height
    yield from ((words[n], "outside") for n in np.flatnonzero(outside).tolist() if not _lies_in(words[n], sheet))
    upright = np.arange(len(words)) < len(text.words)
    narrow = (high < SIGHT.least_height) | (wide < high)
    yield from ((words[n], "tiny") for n in np.flatnonzero(upright & narrow).tolist() if _is_tiny(words[n]))
    yield from ((word, "invisible") for word in words if word.style is not None and _is_inkless(word.style))


def _is_tiny(word: Word) -> bool:
    return word.size < SIGHT.least_height or word.x1 - word.x0 < SIGHT.least_width * word.size * len(word.text)


def _is_inkless(style: TypeStyle) -> bool:
    return style.ghost or (style.colour is not None and style.colour.alpha < SIGHT.clear)


class _Doubts:
    """What casts a doubt on the words of one page."""

    def __init__(self, page: pdfium.PdfPage, text: PageText, painting: Painting, layers_off: bool) -> None:
        self._page, self._text, self._order, self._layers_off = page, text, painting.order, layers_off
        filled = [(patch, patch.filling()) for patch in painting.patches]
        self._patches = [
            (patch, colour)
            for patch, colour in filled
            if patch.is_image or (colour is not None and colour.alpha >= SIGHT.clear)
        ]
        self._risky: dict[Colour, bool] = {}

    def among(self, words: list[Word]) -> dict[Word, str]:
        """The words that may not be seen, each with what casts the doubt."""
        printed = [(word, word.style) for word in words if word.style is not None and word.style.place]
        if self._layers_off:
            return {word: "layer" for word, _ in printed}
        doubted: dict[Word, str] = {}
        if not printed:
            return doubted
        last = len(self._order)
        orders = np.array([self._order.get(style.place, last) for _, style in printed])
        shared, over = self._shared([word for word, _ in printed], orders)
        suspect = over.any(axis=1)
        colours = {style.colour for _, style in printed if style.colour is not None}
        if (
            not suspect.any()
            and not any(map(self._is_risky, colours))
            and not any(style.clipped for _, style in printed)
        ):
            return doubted
        for n, (word, style) in enumerate(printed):
            if suspect[n] and (doubt := self._covered(np.flatnonzero(over[n]))):
                doubted[word] = doubt
            elif (
                style.colour is not None
                and self._is_risky(style.colour)
                and self._is_lost(style.colour, shared[n] & ~over[n])
            ):
                doubted[word] = "ground"
            elif style.clipped and is_numeric(word.text) and self._is_cut(word, style.place):
                doubted[word] = "clip"
        return doubted

    def _shared(self, words: list[Word], orders: Any) -> tuple[Any, Any]:
        """Which areas lie over or under a good part of which words, and which of them were painted after the word."""
        if not self._patches:
            none = np.zeros((len(words), 0), bool)
            return none, none
        mine = _boxes(words)[:, :, None]
        theirs = np.array([patch.box for patch, _ in self._patches]).T[:, None, :]
        wide = np.minimum(mine[2], theirs[2]) - np.maximum(mine[0], theirs[0])
        high = np.minimum(mine[3], theirs[3]) - np.maximum(mine[1], theirs[1])
        area = np.maximum((mine[2] - mine[0]) * (mine[3] - mine[1]), 1.0)
        shared = (wide > 0) & (high > 0) & (wide * high > SIGHT.covered * area)
        after = np.array([patch.after for patch, _ in self._patches])
        return shared, shared & (after[None, :] > orders[:, None])

    def _covered(self, over: Any) -> str | None:
        covers = [patch for patch in (self._patches[k][0] for k in over) if patch.covers()]
        least = QUALITY.scan * self._text.width * self._text.height
        if any(patch.is_image and _area(patch.box) >= least for patch in covers):
            return "image"
        return "cover" if covers else None

    def _is_risky(self, colour: Colour) -> bool:
        """Whether anything on the page has a colour that a text of this one is not seen on: the paper is white."""
        if colour not in self._risky:
            grounds = [filling for _, filling in self._patches if filling is not None]
            white = min(colour[:3]) >= SIGHT.white
            self._risky[colour] = white or any(_alike(colour, filling) for filling in grounds)
        return self._risky[colour]

    def _is_lost(self, colour: Colour, under: Any) -> bool:
        """Whether the last thing painted under a word has its colour."""
        below = np.flatnonzero(under)
        if not below.size:
            return min(colour[:3]) >= SIGHT.white
        filling = self._patches[below[-1]][1]
        return filling is not None and _alike(colour, filling)

    def _is_cut(self, word: Word, place: int) -> bool:
        left, _, _, top = self._page.get_cropbox()
        width, height = self._text.width, self._text.height
        reading = (self._page.get_rotation() // 90 - self._text.turn) % 4
        if reading % 2:
            width, height = height, width
        for x0, y0, x1, y1 in _clips(place):
            clip = turned((x0 - left, top - y1, x1 - left, top - y0), reading, width, height)
            if not _lies_in(word, clip):
                return True
        return False


def _clips(place: int) -> Iterator[Box]:
    """The boxes that cut an object of the page off. Those of an object inside a form are in the form's own measure, and
    may raise a doubt that the drawing settles.
    """
    path, at = _clip_path(place), (ctypes.c_float * 2)()
    into = places(at)
    for n in range(_clip_count(path)):
        xs, ys = [], []
        for k in range(_clip_segments(path, n)):
            _point(_clip_segment(path, n, k), *into)
            xs.append(at[0])
            ys.append(at[1])
        if xs:
            yield min(xs), min(ys), max(xs), max(ys)


def _alike(a: Colour, b: Colour) -> bool:
    return all(abs(x - y) <= SIGHT.alike for x, y in zip(a[:3], b[:3], strict=True))


def _without_effect(page: pdfium.PdfPage, text: PageText, doubted: Iterable[Word]) -> list[Word]:
    """The words whose text objects make no difference to how the page is drawn, or none to a digit of a figure."""
    words = list(doubted)
    scale = _scale(text, words)
    objects = {word.style.place for word in words if word.style is not None}
    whole = _drawn(page, scale)
    for place in objects:
        _set_active(place, 0)
    try:
        without = _drawn(page, scale)
    finally:
        for place in objects:
            _set_active(place, 1)
    differs = (np.abs(whole - without) > SIGHT.changed).any(axis=2)
    return [word for word in words if not _is_seen(word, _cut(differs, word, text, scale), scale)]


def _is_seen(word: Word, differs: Any, scale: float) -> bool:
    """Whether enough of a word makes a difference, `differs` being the pixels of its box."""
    columns = differs.any(axis=0) if differs.shape[1] >= differs.shape[0] else differs.any(axis=1)
    if not columns.any() or columns.mean() < SIGHT.seen:
        return False
    if not is_numeric(word.text):
        return True
    marked = np.flatnonzero(np.concatenate(([True], columns, [True])))
    letter = SIGHT.lost * scale * min(word.size, word.x1 - word.x0)
    return bool(np.diff(marked).max() - 1 < letter)


def _is_layer(page: pdfium.PdfPage, text: PageText, painting: Painting, layer: list[Word]) -> bool:
    """Whether words without ink of their own are those of a scan: most of the page, and on something printed."""
    letters = sum(len(word.text) for word in text.words + text.sideways)
    if painting.rulings.image_share <= QUALITY.scan or sum(len(w.text) for w in layer) <= SIGHT.layer * letters:
        return False
    scale = _scale(text, layer)
    drawn = _drawn(page, scale).mean(axis=2)
    inked = [box.size > 0 and np.ptp(box) > SIGHT.contrast for box in (_cut(drawn, w, text, scale) for w in layer)]
    return bool(sum(inked) >= SIGHT.inked * len(layer))


def _scale(text: PageText, words: list[Word]) -> float:
    smallest = min(max(min(word.size, word.x1 - word.x0), SIGHT.least_height) for word in words)
    return min(SIGHT.pixels / smallest, SIGHT.most_pixels / max(text.width, text.height))


def _drawn(page: pdfium.PdfPage, scale: float) -> Any:
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    try:
        return bitmap.to_numpy()[:, :, :3].astype(np.int16)
    finally:
        bitmap.close()


def _cut(image: Any, word: Word, text: PageText, scale: float) -> Any:
    """The pixels of a word's box, which is in the reading direction, on the page as displayed."""
    x0, top, x1, bottom = turned(_box(word), text.turn, text.width, text.height)
    height, width = image.shape[:2]
    return image[
        max(0, round(top * scale)) : min(height, max(round(bottom * scale), round(top * scale) + 1)),
        max(0, round(x0 * scale)) : min(width, max(round(x1 * scale), round(x0 * scale) + 1)),
    ]


def _boxes(words: list[Word]) -> Any:
    """The boxes of words as an array of 4 × n."""
    edges = (
        [word.x0 for word in words],
        [word.top for word in words],
        [word.x1 for word in words],
        [word.bottom for word in words],
    )
    return np.array([np.array(edge) for edge in edges])  # numpy takes twice as long for pairs


def _box(word: Word) -> Box:
    return word.x0, word.top, word.x1, word.bottom


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _lies_in(word: Word, box: Box) -> bool:
    """Whether a word lies in a box: of a figure, each digit."""
    wide = min(word.x1, box[2]) - max(word.x0, box[0])
    high = min(word.bottom, box[3]) - max(word.top, box[1])
    needed = SIGHT.whole if is_numeric(word.text) else SIGHT.inside
    return wide >= needed * (word.x1 - word.x0) and high >= SIGHT.inside * word.size
