"""The words of a PDF page, in reading direction.

A word source is any function from a page to a `PageText`; the table code sees nothing else, so that OCR can be one
more source. The characters are in `glyphs`, rulings in `rulings`; what a word means belongs to the other modules.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium

from sources.pdf.page.glyphs import DIAGONAL, GlyphKey, Glyphs, TypeStyle, TypeStyles, glyphs_of
from sources.pdf.settings import WORDS
from sources.raw.numeric import is_numeric

Box = tuple[float, float, float, float]

_AMOUNT = r"\(?-?\$?-?\d{1,3}(?:[,'’´]\d{3})*\.\d{2}\)?"
_AMOUNT_ALONE = re.compile(_AMOUNT)  # most of the words with digits: none of the rules below parts one
# Columns set without any space between them: an amount glued to the next, to the text after it, to the label before.
_GLUED = (
    re.compile(rf"^({_AMOUNT})((?:{_AMOUNT})+)$"),
    re.compile(rf"^({_AMOUNT})([^\W\d_].*)$"),
    re.compile(
        rf"^({_AMOUNT}|\(?-?\$?-?\d{{1,3}}(?:[,'’´]\d{{3}})+\)?)"
        r"((?:\d{1,2}|[a-z]{1,2})/|/\d{1,2}|\*{1,3}|\((?:\d{1,2}|[a-z])\)|\[(?:\d{1,2}|[a-z])\]|[⁰¹²³⁴-⁹]{1,2})$"
    ),  # a note
    re.compile(rf"^(\*{{1,3}})({_AMOUNT})$"),
    re.compile(r"^([^\W\d_]{3,}[.:)]?)(\$?\d{1,3}(?:[,'’´]\d{3})+\.\d{2})$"),
    re.compile(r"^([^\W\d_]{3,}[.:)]?)(\$[\d,'’´]+\.\d{2})$"),
)


# Dots that lead the eye from a label to its amount: no words, glued to either or not.
_LETTERS = frozenset("0123456789,.$()-")
_LEADER = re.compile(r"\.{4,}|…{2,}")


@dataclass(slots=True, eq=False)
class Word:
    """A word with its box and baseline, in points from the top left of the page as it is read.

    A word is itself only: two that are printed alike are two, in sets and as keys too.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    bold: bool = False
    order: int = 0  # in the content of the page
    unclear: bool = False  # a sign is seen at it, and nobody can tell which
    style: TypeStyle | None = None  # how PDFium has it, where the word came from there
    # Of a word read by OCR: how sure the reader is, its text where it was set right, and what a second reader saw.
    confidence: float | None = None
    recognised: str | None = None
    witness: str | None = None

    @property
    def size(self) -> float:
        """The height of its box, in points: about the type size."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The x halfway between its edges, in points."""
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
    hidden: list[Word] = field(default_factory=list)  # nobody sees them
    struck: list[Word] = field(default_factory=list)  # a line is drawn through them
    notes: list[Word] = field(default_factory=list)  # marks of notes, and arrows, at amounts
    skew: float = 0.0

    @property
    def whole(self) -> list[Word]:
        """All words of the page, those too that take part in no table."""
        return [*self.words, *self.sideways, *self.hidden, *self.struck, *self.notes]

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


def page_text(page: pdfium.PdfPage, key: GlyphKey | None = None) -> PageText:
    """The words of a page by PDFium, its characters read by a key where their font maps them wrongly.

    Raises pypdfium2.PdfiumError where the page's text cannot be loaded.
    """
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    runs: dict[int, list[Word]] = {}
    textpage = page.get_textpage()
    try:
        for quarter, word in _words(textpage, left, top, width, height, key):
            runs.setdefault(quarter, []).append(word)
    finally:
        textpage.close()
    runs = {quarter: _together(words) for quarter, words in runs.items()}
    shown = page.get_rotation() // 90
    letters = {quarter: sum(len(w.text) for w in words) for quarter, words in runs.items() if quarter != DIAGONAL}
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


def _moved(word: Word, quarters: int, width: float, height: float, direction: int) -> Word:
    """A word that runs another way, boxed in the page's reading frame."""
    if direction % 2:
        width, height = height, width
    word.x0, word.top, word.x1, word.bottom = turned((word.x0, word.top, word.x1, word.bottom), quarters, width, height)
    word.base = word.bottom
    return word


def _words(
    textpage: pdfium.PdfTextPage, left: float, top: float, width: float, height: float, key: GlyphKey | None
) -> Iterator[tuple[int, Word]]:
    """Words in the order of the content, each with its direction; a word's box is upright in its own direction."""
    glyphs, settings = glyphs_of(textpage, key), TypeStyles(textpage)
    frames: dict[int, _TurnedBoxes] = {}
    set_as, firsts, starts, texts = [], [], [], []
    start = 0
    size = len(glyphs.text)
    while start < size:
        setting = settings.of(glyphs.indices[start])
        turns = max(setting.quarter, 0)
        if turns not in frames:
            frames[turns] = _frame(glyphs, left, top, width, height, turns)
        ends = frames[turns].ends
        end = ends[bisect_right(ends, start)]
        first = start
        for piece in _pieces(glyphs.text[start:end]):
            set_as.append(setting)
            firsts.append(first)
            starts.append(start)
            texts.append(piece)
            start += len(piece)
    if texts:
        boxes = _boxes(frames, [max(setting.quarter, 0) for setting in set_as], starts)
        bases = boxes[3] - _drops(glyphs, settings, firsts, set_as)
        values = zip(texts, *boxes.tolist(), bases.tolist(), set_as, strict=True)
        for order, (text, x0, upper, x1, bottom, base, style) in enumerate(values):
            if not _LEADER.fullmatch(text):
                yield style.quarter, Word(text, x0, upper, x1, bottom, base, style.bold, order, style=style)


def _together(words: list[Word]) -> list[Word]:
    """The words of one direction, with figures set letter by letter, a space behind each, put together."""
    joined: list[Word] = []
    start = 0
    while start < len(words):
        end = start + 1
        if words[start].text in _LETTERS:
            while end < len(words) and words[end].text in _LETTERS and _follows(words[end - 1], words[end]):
                end += 1
        pieces = _pieces("".join(word.text for word in words[start:end]))
        if end - start >= WORDS.lettered and all(map(_AMOUNT_ALONE.fullmatch, pieces)):
            for piece in pieces:
                letters = words[start : start + len(piece)]
                joined.append(replace(letters[0], text=piece, x1=letters[-1].x1, top=min(w.top for w in letters)))
                start += len(piece)
        joined += words[start:end]
        start = end
    return joined


def _follows(word: Word, following: Word) -> bool:
    size = word.size
    return (
        0 <= following.x0 - word.x1 < WORDS.letter_gap * size
        and abs(following.base - word.base) < WORDS.same_base * size
    )


class _TurnedBoxes(NamedTuple):
    """The boxes of all characters with the page turned until a direction is upright, and where words end in it."""

    x0: Any
    top: Any
    x1: Any
    bottom: Any
    ends: list[int]


def _frame(glyphs: Glyphs, left: float, top: float, width: float, height: float, turns: int) -> _TurnedBoxes:
    edges: Any = glyphs.boxes.T
    edges = turned((edges[0] - left, top - edges[1], edges[2] - left, top - edges[3]), turns, width, height)
    x0, upper, x1, bottom = edges
    size = np.maximum(bottom - upper, WORDS.least_size)
    smaller = np.minimum(size[:-1], size[1:])
    size = np.maximum(size[:-1], size[1:])
    gap = x0[1:] - x1[:-1]
    goes_on = (-WORDS.backwards * size < gap) & (gap < glyphs.widest[1:] * size)
    goes_on &= np.abs(bottom[1:] - bottom[:-1]) < WORDS.same_base * size
    goes_on &= size < WORDS.other_size * smaller  # a watermark may begin where a word of the table ends
    # A smaller digit behind another is the mark of a note, raised or not: `59,367,550.98` and `2/`.
    codes = np.frombuffer(glyphs.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    tall = bottom - upper
    mark = tall[1:] < WORDS.mark_size * tall[:-1]
    goes_on &= ~(mark & digit[:-1] & digit[1:])
    # The letters of a ligature share the box of its one glyph: the fi of `Modificado`.
    goes_on |= (x0[1:] == x0[:-1]) & (x1[1:] == x1[:-1]) & (upper[1:] == upper[:-1])
    return _TurnedBoxes(x0, upper, x1, bottom, [*(np.flatnonzero(~goes_on) + 1).tolist(), len(x0)])


def _boxes(frames: dict[int, _TurnedBoxes], turns: list[int], starts: list[int]) -> Any:
    """The box around the characters from each start to the next, in the frame of its own direction, as an array of 4 × n."""
    whole = {
        key: np.stack(
            [
                np.minimum.reduceat(frame.x0, starts),
                np.minimum.reduceat(frame.top, starts),
                np.maximum.reduceat(frame.x1, starts),
                np.maximum.reduceat(frame.bottom, starts),
            ]
        )
        for key, frame in frames.items()
    }
    boxes = whole[turns[0]]
    for key, others in whole.items():
        boxes = np.where(np.array(turns) == key, others, boxes)
    return boxes


def _drops(glyphs: Glyphs, settings: TypeStyles, firsts: list[int], set_as: list[TypeStyle]) -> Any:
    """How far the boxes of these characters hang below their baselines; estimated where they are turned."""
    _, upper, _, bottom = glyphs.boxes[firsts].T
    upright = np.array([setting.quarter for setting in set_as]) == 0
    baselines = settings.baselines([glyphs.indices[first] for first in firsts])
    return np.where(upright, baselines - bottom, WORDS.drop * (upper - bottom))


def _pieces(text: str) -> list[str]:
    if leader := _LEADER.search(text):
        parted = text[: leader.start()], leader[0], text[leader.end() :]
        return [piece for part in parted if part for piece in ([part] if part is leader[0] else _pieces(part))]
    if len(text) < 6 or not is_numeric(text) or _AMOUNT_ALONE.fullmatch(text):
        return [text]
    for pattern in _GLUED:
        parts = pattern.match(text)
        if parts:
            return [parts[1], *_pieces(parts[2])]
    return [text]
