"""The text of bytes: their encoding, told from marks, from zero bytes, or from the letters that come out.

Spanish tells encodings apart: read in the wrong one, `administración` has no Spanish letters where Spanish has some.
"""

import codecs
import re
from typing import NamedTuple

from warehouse.schema.text import count_twice_encoded
from warehouse.schema.vocabulary import Term

# Those of UTF-32 first: the one of its small end begins as that of UTF-16 does.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), *_WIDE_MARKS)
# Windows, DOS (what old accounting systems write), and Macintosh.
_WESTERN = ("cp1252", "cp850", "mac_roman")
_SAMPLE = 2**16
# A Spanish letter in its place: small after a letter, or a capital where no small letter stands before it.
_IN_PLACE = re.compile(
    r"(?<=[A-Za-záéíóúüñÁÉÍÓÚÜÑ])[áéíóúüñ]|\b[áéíóúñ](?=[a-z])|(?<![a-záéíóúüñ])[ÁÉÍÓÚÜÑ](?=[A-ZÁÉÍÓÚÜÑa-z\s])"
)
_OUT_OF_PLACE = re.compile(r"(?<=[A-Za-z])[^\x00-\x7fáéíóúüñÁÉÍÓÚÜÑºª°²³¹’”“»«–—\xa0](?=[A-Za-z])|[\x80-\x9f\ufffd]")


class DecodedText(NamedTuple):
    """The text, its encoding, and a sentence where something is odd about it."""

    text: str
    encoding: str
    note: Term | None = None


def decode(data: bytes) -> DecodedText:
    """The text of the bytes: by their byte order mark, by the zero bytes of UTF-16, as UTF-8, or in the encoding whose letters
    are Spanish. Text that was encoded twice is said to be.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _told(data.decode(encoding, errors="replace"), encoding)
    wide = _wide(data)
    if wide:
        return _told(data.decode(wide, errors="replace"), wide)
    try:
        return _told(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3 and error.start:
            return _told(data[: error.start].decode("utf-8"), "utf-8")  # a sample that ends within a letter
    encoding = max(_WESTERN, key=lambda name: (_spanish(data[:_SAMPLE], name), -_WESTERN.index(name)))
    return DecodedText(_western(data, encoding), encoding)


def is_wide(data: bytes) -> bool:
    """Whether the bytes are text in UTF-16, with or without its mark, or in UTF-32 with it."""
    return data.startswith(tuple(mark for mark, _ in _WIDE_MARKS)) or _wide(data) is not None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is zero, on one side only."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd * 20 < half else None


def _western(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _spanish(data: bytes, encoding: str) -> int:
    text = _western(data, encoding)
    return len(_IN_PLACE.findall(text)) - len(_OUT_OF_PLACE.findall(text))


def _told(text: str, encoding: str) -> DecodedText:
    """The text as it is; a sentence where it was encoded twice. Its words are compared as what they were: `text.fold`."""
    letters = count_twice_encoded(text)
    if not letters:
        return DecodedText(text, encoding)
    note = Term(
        f"The text was encoded twice: {letters:,} letters read like `Ã³` for `ó`. Labels are kept as they stand in the file: "
        "ask for it in UTF-8.",
        f"El texto se codificó dos veces: {letters:,} letras se leen como `Ã³` por `ó`. Las etiquetas quedan como están en el "
        "archivo: pídalo en UTF-8.",
    )
    return DecodedText(text, encoding, note)
