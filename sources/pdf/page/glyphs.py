"""The printed characters of a PDF page as PDFium has them: their text, where they stand, and how they are set.

PDFium answers for one character at a time, so the questions are asked by `map`, by the cheap calls of `pdfium`. What words
the characters make is for `words`.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sources.pdf.page.pdfium import ADDRESS, address, asks, make, places
from sources.pdf.settings import WORDS

_NO_GAP = -1.0  # a space is printed: nothing is near enough
DIAGONAL = -1
_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_BOLD = re.compile(r"bold|black|heavy|negr|demi", re.IGNORECASE)
_NO_CHARACTER = (0, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
_HYPHENS = (0x02, 0xFFFE)  # how PDFium marks a hyphen that ends a line, by character and in the text of a page
_SOFT_HYPHEN = 0xAD
_CODES = 2**16 + 1  # characters beyond the basic plane are all printed: they share the last place of the tables below
_IS_SPACE = np.array([chr(code).isspace() or chr(code) in "\u200b\ufeff\u00ad" for code in range(_CODES)])
_IS_NONE = np.isin(np.arange(_CODES), _NO_CHARACTER)

Sign = tuple[bytes, str]  # the name of a font, and a character as it maps it
GlyphKey = Callable[[Sign], str]  # the letters that a sign stands for

_unicode = asks(raw.FPDFText_GetUnicode, ctypes.c_uint, ADDRESS, ctypes.c_int)
_is_generated = asks(raw.FPDFText_IsGenerated, ctypes.c_int, ADDRESS, ctypes.c_int)
_loose_box = asks(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ADDRESS, ctypes.c_int, ADDRESS)
_origin = asks(raw.FPDFText_GetCharOrigin, ctypes.c_int, ADDRESS, ctypes.c_int, ADDRESS, ADDRESS)
_angle = asks(raw.FPDFText_GetCharAngle, ctypes.c_float, ADDRESS, ctypes.c_int)
_weight = asks(raw.FPDFText_GetFontWeight, ctypes.c_int, ADDRESS, ctypes.c_int)
_font = asks(raw.FPDFText_GetFontInfo, ctypes.c_ulong, ADDRESS, ctypes.c_int, ADDRESS, ctypes.c_ulong, ADDRESS)
_colour = asks(raw.FPDFText_GetFillColor, ctypes.c_int, ADDRESS, ctypes.c_int, *4 * [ADDRESS])
_font_of = asks(raw.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
_is_unmapped = asks(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, ADDRESS, ctypes.c_int)
_text_object = asks(raw.FPDFText_GetTextObject, ADDRESS, ADDRESS, ctypes.c_int)
_render_mode = asks(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ADDRESS)
_clip_path = asks(raw.FPDFPageObj_GetClipPath, ADDRESS, ADDRESS)
_clip_count = asks(raw.FPDFClipPath_CountPaths, ctypes.c_int, ADDRESS)


@dataclass(slots=True)
class Glyphs:
    """The characters of a page that are printed, in the order of the content: all but its spaces."""

    text: str
    indices: list[int]  # where PDFium has them
    boxes: Any  # array of n × 4: left, top, right, bottom; x to the right and y up from the origin of the file
    widest: Any  # array of n: the gap before each that does not end a word, as a share of the type size


def glyphs_of(textpage: pdfium.PdfTextPage, key: GlyphKey | None = None) -> Glyphs:
    """The printed characters of a page; with a key, the letters that they stand for."""
    handle, codes = address(textpage.raw), _codes(textpage)
    origins = np.arange(len(codes))
    if key is not None:
        codes, origins = _deciphered(textpage, codes, key)
    spaces = _IS_SPACE.take(codes, mode="clip")
    printed = np.flatnonzero(~spaces)
    indices = origins[printed].tolist()
    boxes = np.zeros((len(indices), 4), np.float32)
    make(map(_loose_box, repeat(handle), indices, _addresses(boxes)))
    return Glyphs(_text(codes[printed]), indices, boxes.astype(float), _widest(handle, spaces, printed, origins))


def signs_of(textpage: pdfium.PdfTextPage) -> tuple[list[Sign], Any]:
    """The characters of a page as their fonts map them, spaces too, without those that PDFium adds; and their boxes."""
    handle, codes, settings = address(textpage.raw), _codes(textpage), TypeStyles(textpage)
    indices = [n for n, added in enumerate(map(_is_generated, repeat(handle), range(len(codes)))) if not added]
    boxes = np.zeros((len(indices), 4), np.float32)
    make(map(_loose_box, repeat(handle), indices, _addresses(boxes)))
    text = _text(codes[indices])
    return [settings.sign(n, character) for n, character in zip(indices, text, strict=True)], boxes.astype(float)


def _deciphered(textpage: pdfium.PdfTextPage, codes: Any, key: GlyphKey) -> tuple[Any, Any]:
    """The letters that characters stand for, and of each the character, as PDFium counts it: a ligature has several."""
    handle, settings = address(textpage.raw), TypeStyles(textpage)
    letters = [
        character if _is_generated(handle, n) else key(settings.sign(n, character))
        for n, character in enumerate(_text(codes))
    ]
    origins = np.repeat(np.arange(len(codes)), [len(some) for some in letters])
    return np.array([ord(letter) for some in letters for letter in some], np.uint32), origins


def _text(codes: Any) -> str:
    codes = np.where(_IS_NONE.take(codes, mode="clip"), 0xFFFD, codes)
    return str(codes.astype("<u4").tobytes(), "utf-32-le")


def _widest(handle: int, spaces: Any, printed: Any, origins: Any) -> Any:
    """Where PDFium guesses a space the distance decides; where one is printed the word ends."""
    real = np.zeros(len(spaces), bool)
    at = np.flatnonzero(spaces)
    real[at] = [not generated for generated in map(_is_generated, repeat(handle), origins[at].tolist())]
    before = np.concatenate(([0], np.cumsum(real)[printed]))
    apart = np.diff(printed, prepend=-1) > 1
    return np.where(np.diff(before) > 0, _NO_GAP, np.where(apart, WORDS.guessed_gap, WORDS.gap))


def _codes(textpage: pdfium.PdfTextPage) -> Any:
    """The code points of all characters, hyphens at line ends as printed."""
    codes = _mapped(textpage)
    for index in np.flatnonzero(np.isin(codes, _HYPHENS)).tolist():
        if raw.FPDFText_IsHyphen(textpage, index) == 1:
            codes[index] = ord("-")
    # The hyphen that a font maps to a soft one is printed, at a figure as its minus.
    for index in np.flatnonzero(codes == _SOFT_HYPHEN).tolist():
        before, after = chr(codes[index - 1]) if index else "", chr(codes[index + 1]) if index + 1 < len(codes) else ""
        if before.isdigit() or after.isdigit() or after in ("$", "("):
            codes[index] = ord("-")
    return codes


def _mapped(textpage: pdfium.PdfTextPage) -> Any:
    """The code points that PDFium gives: at one call, unless characters that PDFium leaves out of its text part the two
    ways of counting.
    """
    size = textpage.count_chars()
    buffer = np.zeros(size + 1, np.uint16)
    written = raw.FPDFText_GetText(textpage, 0, size, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes = buffer[:size].astype(np.uint32)
    if written == size + 1 and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.array(list(map(_unicode, repeat(address(textpage.raw)), range(size))), np.uint32)


def _addresses(rows: Any) -> Iterator[int]:
    """Where each row of an array begins."""
    return count(rows.ctypes.data, rows.strides[0])


class Colour(NamedTuple):
    """How much of each a filling has, 0 to 255: `alpha` is how opaque it is."""

    red: int
    green: int
    blue: int
    alpha: int


class TypeStyle(NamedTuple):
    """How a text object is set. `quarter` is the clockwise quarter turns that make its characters upright, or DIAGONAL."""

    quarter: int
    bold: bool
    ghost: bool  # in a render mode that prints nothing: how OCR is laid over a scan
    clipped: bool  # something may cut it off
    colour: Colour | None
    place: int  # the text object, as PDFium has it
    lean: float = 0.0  # degrees clockwise beyond those quarter turns


class TypeStyles:
    """How the characters of a page are set: asked of PDFium once for every text object, and of its font once."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._address = address(textpage.raw)
        self._known: dict[int, TypeStyle] = {}
        self._bold: dict[int, bool] = {}  # by font
        self._fonts: dict[int, bytes] = {}
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._into = ctypes.addressof(self._name), len(self._name), ctypes.addressof(self._flags)
        self._colour = (ctypes.c_uint * 4)()  # red, green, blue, alpha
        self._channels = places(self._colour)

    def of(self, index: int) -> TypeStyle:
        """How the text object of a character is set."""
        place = _text_object(self._address, index)
        style = self._known.get(place) if place else None
        if style is None:
            style = self._known[place or 0] = self._style(place or 0, index)
        return style

    def _style(self, place: int, index: int) -> TypeStyle:
        quarter, lean = self._direction(index)
        return TypeStyle(
            quarter,
            self._is_bold(_font_of(place) if place else None, index),
            bool(place) and _render_mode(place) in _NO_INK,
            bool(place) and _clip_count(_clip_path(place)) > 0,
            self._colour_of(index),
            place,
            lean,
        )

    def baselines(self, indices: list[int]) -> Any:
        """The y of the origin of each character, up from the origin of the file."""
        origins = np.zeros((len(indices), 2))
        make(map(_origin, repeat(self._address), indices, _addresses(origins), _addresses(origins[:, 1:])))
        return origins[:, 1]

    def sign(self, index: int, character: str) -> Sign:
        """A character with its font, apart where PDFium has no map and gives the number of the glyph for a letter."""
        place = _text_object(self._address, index)
        if place not in self._fonts or not place:
            self._fonts[place or 0] = self._font(index)
        return self._fonts[place or 0] + (b"?" if _is_unmapped(self._address, index) == 1 else b""), character

    def _font(self, index: int) -> bytes:
        self._name[0] = b"\0"  # PDFium leaves the buffer alone where it does not know the font
        _font(self._address, index, *self._into)
        return self._name.value

    def _direction(self, index: int) -> tuple[int, float]:
        angle = _angle(self._address, index)
        if not angle:
            return 0, 0.0
        angle = math.degrees(angle)  # PDFium measures it clockwise
        nearest = round(angle / 90)
        lean = angle - 90 * nearest
        return (DIAGONAL, 0.0) if abs(lean) > 10 else (-nearest % 4, lean)

    def _is_bold(self, font: int | None, index: int) -> bool:
        if font in self._bold:
            return self._bold[font]
        bold = bool(_BOLD.search(self._font(index).decode("utf-8", "replace"))) or _weight(self._address, index) >= 600
        if font:
            self._bold[font] = bold
        return bold

    def _colour_of(self, index: int) -> Colour | None:
        return Colour(*self._colour) if _colour(self._address, index, *self._channels) else None
