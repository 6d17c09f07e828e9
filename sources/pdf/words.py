"""Characters of a PDF page, and the words they make, in reading direction.

A word source is any function from a page to a `PageText`; the table code sees nothing else, so that OCR can be one
more source. What a word means belongs to the other modules; rulings are in `rulings`.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Box = tuple[float, float, float, float]

# A gap wider than this share of the type size ends a word, even where no space is printed. Real spaces are 0.25 and
# more; kerning and wide-set capitals stay below.
WORD_GAP = 0.22
GUESSED_GAP = 0.15  # where PDFium guesses a space from the widths of the glyphs
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
_Glyph = tuple[str, float, float, float, float]


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
        for quarter, word in _words(textpage, left, top, width, height):
            word.order = sum(len(words) for words in runs.values())
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
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    unicode, loose = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    run: list[_Glyph] = []
    first, quarter, drop, spaced = 0, 0, 0.0, False
    for index in range(textpage.count_chars()):
        code = unicode(textpage, index)
        character = chr(code) if code not in (0, 0xFFFE, 0xFFFF) else "\ufffd"
        if character.isspace() or character in "\u200b\ufeff\u00ad":
            if run and raw.FPDFText_IsGenerated(textpage, index):
                spaced = True  # PDFium guesses a space here: the distance to what follows decides
            elif run:
                yield from ((quarter, w) for w in _split(textpage, first, run, drop))
                run = []
            continue
        loose(textpage, index, reference)
        glyph = (character, box.left - left, top - box.top, box.right - left, top - box.bottom)
        if run and quarter > 0:
            glyph = (character, *turned(glyph[1:], quarter, width, height))
        if not run or not _continues(run[-1], glyph, GUESSED_GAP if spaced else WORD_GAP):
            if run:
                yield from ((quarter, w) for w in _split(textpage, first, run, drop))
            glyph = (character, box.left - left, top - box.top, box.right - left, top - box.bottom)
            first, quarter, run = index, _quarter(textpage, index), []
            raw.FPDFText_GetCharOrigin(textpage, index, origin_x, origin_y)
            # How far the box hangs below the baseline; estimated where the character is turned.
            drop = origin_y.value - box.bottom if quarter == 0 else 0.2 * (glyph[4] - glyph[2])
            if quarter > 0:
                glyph = (character, *turned(glyph[1:], quarter, width, height))
        run.append(glyph)
        spaced = False
    if run:
        yield from ((quarter, w) for w in _split(textpage, first, run, drop))


def _quarter(textpage: pdfium.PdfTextPage, index: int) -> int:
    """The clockwise quarter turns that make a character upright, or _DIAGONAL."""
    angle = math.degrees(raw.FPDFText_GetCharAngle(textpage, index))
    nearest = round(angle / 90)
    return _DIAGONAL if abs(angle - 90 * nearest) > 10 else -nearest % 4  # PDFium measures it clockwise


def _continues(last: _Glyph, glyph: _Glyph, widest: float) -> bool:
    size = max(last[4] - last[2], glyph[4] - glyph[2], 0.1)
    gap = glyph[1] - last[3]
    return -0.6 * size < gap < widest * size and abs(glyph[4] - last[4]) < 0.5 * size


def _split(textpage: pdfium.PdfTextPage, first: int, run: list[_Glyph], drop: float) -> Iterator[Word]:
    text = "".join(glyph[0] for glyph in run)
    bold, faint = _is_bold(textpage, first), _is_faint(textpage, first)
    start = 0
    for piece in _pieces(text):
        part = run[start : start + len(piece)]
        start += len(piece)
        bottom = max(g[4] for g in part)
        yield Word(
            piece,
            min(g[1] for g in part),
            min(g[2] for g in part),
            max(g[3] for g in part),
            bottom,
            bottom - drop,
            bold,
            faint,
        )


def _pieces(text: str) -> list[str]:
    if len(text) < 6 or not any(c.isdigit() for c in text):
        return [text]
    for pattern in _GLUED:
        found = pattern.match(text)
        if found:
            return [found[1], *_pieces(found[2])]
    return [text]


def _is_bold(textpage: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    return (
        bool(_BOLD.search(name.value.decode("utf-8", "replace"))) or raw.FPDFText_GetFontWeight(textpage, index) >= 600
    )


def _is_faint(textpage: pdfium.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value < 5
