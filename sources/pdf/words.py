"""Characters of a PDF page, and the words they make, in reading direction.

A word source is any function from a page to a `PageText`; the table code sees nothing else, so that OCR can be one
more source. What a word means belongs to the other modules; rulings are in `rulings`.
"""

import ctypes
import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sources.numeric import is_numeric

Box = tuple[float, float, float, float]

# A gap wider than this share of the type size ends a word, even where no space is printed. Real spaces are 0.25 and
# more; kerning and wide-set capitals stay below.
WORD_GAP = 0.22
GUESSED_GAP = 0.15  # where PDFium guesses a space from the widths of the glyphs
_NO_GAP = -1.0  # a space is printed: nothing is near enough
_AMOUNT = r"\(?-?\$?-?\d{1,3}(?:[,'’´]\d{3})*\.\d{2}\)?"
# Columns set without any space between them: an amount glued to the next, to the text after it, to the label before.
_GLUED = (
    re.compile(rf"^({_AMOUNT})((?:{_AMOUNT})+)$"),
    re.compile(rf"^({_AMOUNT})([^\W\d_].*)$"),
    re.compile(r"^([^\W\d_]{3,}[.:)]?)(\$?\d{1,3}(?:[,'’´]\d{3})+\.\d{2})$"),
    re.compile(r"^([^\W\d_]{3,}[.:)]?)(\$[\d,'’´]+\.\d{2})$"),
)
_BOLD = re.compile(r"bold|black|heavy|negr|demi", re.IGNORECASE)
_DIAGONAL = -1
_NO_CHARACTER = (0, 0xFFFE, 0xFFFF)


@dataclass(slots=True, eq=False)
class Word:
    """A word with its box and baseline, in points from the top left of the page as it is read.

    `fate` is what became of it in the accounting: a reason of EXCLUSIONS, or "amount"; None while undecided.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    bold: bool = False
    faint: bool = False  # printed in white
    order: int = 0  # in the content of the page
    fate: str | None = None
    # Of a word read by OCR: how sure the reader is, its text where it was set right, and what a second reader saw.
    confidence: float | None = None
    recognised: str | None = None
    witness: str | None = None

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class PageText:
    """The words of one page in its reading direction, and apart from them those that run another way.

    `turn` is how many clockwise quarter turns bring the reading direction to the page as displayed, after `skew`
    degrees clockwise about the middle of the page, by which the text of an image leans.
    """

    width: float
    height: float
    words: list[Word]
    sideways: list[Word] = field(default_factory=list)
    turn: int = 0
    hidden: list[Word] = field(default_factory=list)  # in white on white: nobody sees them
    skew: float = 0.0

    def place(self, box: Box) -> str:
        """The box on the page as displayed, as text."""
        if self.skew:
            box = leaning(box, self.skew, self.width, self.height)
        return "{:.1f},{:.1f},{:.1f},{:.1f}".format(*turned(box, self.turn, self.width, self.height))


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box of a page of that size, after that many clockwise quarter turns of the page."""
    x0, top, x1, bottom = box
    for _ in range(quarters % 4):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return x0, top, x1, bottom


def leaning(box: Box, degrees: float, width: float, height: float) -> Box:
    """The box around a box of a page of that size, after that many degrees clockwise about the middle of the page."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = [(x - width / 2, y - height / 2) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [width / 2 + x * cosine - y * sine for x, y in corners]
    ys = [height / 2 + x * sine + y * cosine for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def page_text(page: pdfium.PdfPage) -> PageText:
    """The words of a page by PDFium. Raises pypdfium2.PdfiumError where the page's text cannot be loaded."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    runs: dict[int, list[Word]] = {}
    textpage = page.get_textpage()
    try:
        for order, (quarter, word) in enumerate(_words(textpage, left, top, width, height)):
            word.order = order
            runs.setdefault(quarter, []).append(word)
    finally:
        textpage.close()
    shown = page.get_rotation() // 90
    letters = {quarter: sum(len(w.text) for w in words) for quarter, words in runs.items() if quarter != _DIAGONAL}
    reading = max(letters, key=lambda quarter: (letters[quarter], quarter == shown)) if letters else shown
    sideways = [
        _moved(word, reading - max(quarter, 0), width, height, max(quarter, 0))
        for quarter, words in runs.items()
        if quarter != reading
        for word in words
    ]
    if reading % 2:
        width, height = height, width
    return PageText(width, height, runs.get(reading, []), sideways, (shown - reading) % 4)


def _moved(word: Word, quarters: int, width: float, height: float, own: int) -> Word:
    """A word that runs another way, boxed in the page's reading frame."""
    if own % 2:
        width, height = height, width
    word.x0, word.top, word.x1, word.bottom = turned((word.x0, word.top, word.x1, word.bottom), quarters, width, height)
    word.base = word.bottom
    return word


def _words(
    textpage: pdfium.PdfTextPage, left: float, top: float, width: float, height: float
) -> Iterator[tuple[int, Word]]:
    """Words in the order of the content, each with its direction; a word's box is upright in its own direction."""
    glyphs, style = _glyphs(textpage), _Style(textpage)
    frames: dict[int, _Frame] = {}
    start = 0
    while start < len(glyphs.text):
        first = glyphs.indices[start]
        quarter = style.quarter(first)
        turns = max(quarter, 0)
        if turns not in frames:
            frames[turns] = _frame(glyphs, left, top, width, height, turns)
        frame = frames[turns]
        end = frame.ends[bisect_right(frame.ends, start)]
        # How far the box hangs below the baseline; estimated where the character is turned.
        box = glyphs.boxes[start]
        drop = style.baseline(first) - box.bottom if quarter == 0 else 0.2 * ((top - box.bottom) - (top - box.top))
        bold, faint = style.is_bold(first), style.is_faint(first)
        for piece in _pieces(glyphs.text[start:end]):
            part = slice(start, start + len(piece))
            bottom = max(frame.bottom[part])
            x0, upper, x1 = min(frame.x0[part]), min(frame.top[part]), max(frame.x1[part])
            yield quarter, Word(piece, x0, upper, x1, bottom, bottom - drop, bold, faint)
            start += len(piece)


@dataclass(slots=True)
class _Glyphs:
    """The characters of a page that are printed, in the order of the content: all but its spaces."""

    text: str
    indices: list[int]  # where PDFium has them
    boxes: Any  # an array of FS_RECTF: x to the right and y up from the origin of the file
    widest: list[float]  # the gap before each that does not end a word, as a share of the type size


def _glyphs(textpage: pdfium.PdfTextPage) -> _Glyphs:
    handle, unicode, loose = textpage.raw, raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    text, indices, widest = [], [], []
    gap = WORD_GAP
    for index in range(textpage.count_chars()):
        code = unicode(handle, index)
        character = chr(code) if code not in _NO_CHARACTER else "\ufffd"
        if character.isspace() or character in "\u200b\ufeff\u00ad":
            if gap != _NO_GAP:  # where PDFium guesses a space, the distance to what follows decides
                gap = GUESSED_GAP if raw.FPDFText_IsGenerated(handle, index) else _NO_GAP
            continue
        text.append(character)
        indices.append(index)
        widest.append(gap)
        gap = WORD_GAP
    boxes = (raw.FS_RECTF * len(indices))()
    for index, box in zip(indices, boxes, strict=True):
        loose(handle, index, box)
    return _Glyphs("".join(text), indices, boxes, widest)


class _Frame(NamedTuple):
    """The boxes of all characters with the page turned until a direction is upright, and where words end in it."""

    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    ends: list[int]


def _frame(glyphs: _Glyphs, left: float, top: float, width: float, height: float, turns: int) -> _Frame:
    edges: Any = np.frombuffer(glyphs.boxes, np.float32).reshape(-1, 4).T.astype(float)  # left, top, right, bottom
    edges = turned((edges[0] - left, top - edges[1], edges[2] - left, top - edges[3]), turns, width, height)
    x0, upper, x1, bottom = edges
    size = np.maximum(bottom - upper, 0.1)
    size = np.maximum(size[:-1], size[1:])
    gap = x0[1:] - x1[:-1]
    goes_on = (-0.6 * size < gap) & (gap < np.array(glyphs.widest[1:]) * size)
    goes_on &= np.abs(bottom[1:] - bottom[:-1]) < 0.5 * size
    ends = [*(np.flatnonzero(~goes_on) + 1).tolist(), len(x0)]
    return _Frame(x0.tolist(), upper.tolist(), x1.tolist(), bottom.tolist(), ends)


def _pieces(text: str) -> list[str]:
    if len(text) < 6 or not is_numeric(text):
        return [text]
    for pattern in _GLUED:
        found = pattern.match(text)
        if found:
            return [found[1], *_pieces(found[2])]
    return [text]


class _Style:
    """How the characters of a page are set: asked of PDFium for the first of every word."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._handle = textpage.raw
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def quarter(self, index: int) -> int:
        """The clockwise quarter turns that make a character upright, or _DIAGONAL."""
        angle = math.degrees(raw.FPDFText_GetCharAngle(self._handle, index))
        nearest = round(angle / 90)
        return _DIAGONAL if abs(angle - 90 * nearest) > 10 else -nearest % 4  # PDFium measures it clockwise

    def baseline(self, index: int) -> float:
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._y.value

    def is_bold(self, index: int) -> bool:
        self._name[0] = b"\0"  # PDFium leaves the buffer alone where it does not know the font
        raw.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        return _names_bold(self._name.value) or raw.FPDFText_GetFontWeight(self._handle, index) >= 600

    def is_faint(self, index: int) -> bool:
        if not raw.FPDFText_GetFillColor(self._handle, index, *self._colour):
            return False
        red, green, blue, alpha = (channel.value for channel in self._colour)
        return min(red, green, blue) >= 250 or alpha < 5


@lru_cache(maxsize=1024)
def _names_bold(font: bytes) -> bool:
    return bool(_BOLD.search(font.decode("utf-8", "replace")))
