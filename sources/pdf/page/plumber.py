"""The second word source: pdfplumber, slower, for pages whose text PDFium cannot load or reads as garbage.

It is also the oracle that tests hold `words.page_text` against.
"""

import re
from io import BytesIO

import pdfplumber

from sources.pdf.page.words import PageText, Word
from sources.pdf.settings import WORDS

_UNMAPPED = re.compile(r"\(cid:\d+\)")  # how pdfplumber prints a glyph without a character


def plumber_text(data: bytes, index: int) -> PageText:
    """The words of a page (counted from 0) by pdfplumber, in the page's displayed direction."""
    with pdfplumber.open(BytesIO(data), pages=[index + 1]) as pdf:
        page = pdf.pages[0]
        try:
            printed = page.dedupe_chars().extract_words(
                x_tolerance_ratio=WORDS.gap, y_tolerance=1, keep_blank_chars=False, return_chars=True
            )
            left, top = float(page.bbox[0]), float(page.bbox[1])
            words = [
                Word(
                    _UNMAPPED.sub("\ufffd", word["text"]),
                    word["x0"] - left,
                    word["top"] - top,
                    word["x1"] - left,
                    word["bottom"] - top,
                    word["bottom"] - top - WORDS.drop * (word["bottom"] - word["top"]),
                    "bold" in word["chars"][0]["fontname"].lower(),
                    order=order,
                )
                for order, word in enumerate(printed)
                if word["upright"]
            ]
            return PageText(float(page.width), float(page.height), words)
        finally:
            page.close()
