"""Ink that nobody read: where it stands in the cell of a word, something is missing from that word's text.

A stamp over a label, a line of it that the first reader did not find, a digit cut off: both readers then agree on what is
left. The word is marked in place of what the second reader saw, and nothing confirms what it belongs to.
"""

import cv2
import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.image import UprightPage, ink_of
from sources.pdf.ocr.settings import POINT, UNREAD
from sources.pdf.page.rulings import Rulings
from sources.pdf.page.witnessed import UNREAD_INK
from sources.pdf.page.words import Word
from sources.raw.numeric import is_dash, is_numeric

_Sizes = npt.NDArray[np.int32]


def mark_unread(page: UprightPage, words: list[Word]) -> None:
    """Marks the words that stand in one cell with ink that is in no word."""
    height, longest = _unread(page, words)
    for word in words:
        if is_numeric(word.text) or is_dash(word.text):
            zone = _zone(word, page.lines, UNREAD.figure, 0.0)
            missing = longest[zone] >= UNREAD.sign * word.size * POINT
        else:
            zone = _zone(word, page.lines, UNREAD.word, UNREAD.line)
            missing = height[zone] >= UNREAD.letter * word.size * POINT
        if np.count_nonzero(missing) >= UNREAD.least:
            word.witness = UNREAD_INK


def _unread(page: UprightPage, words: list[Word]) -> tuple[_Sizes, _Sizes]:
    """The pixels of what is for the most part in no word, each with the height and the longer side of its piece."""
    ink = (ink_of(page.level) > 0) & ~_lines(page)
    free = np.ones(ink.shape, dtype=bool)
    for word in words:
        pad = UNREAD.pad * word.size
        free[_slice(word.x0 - pad, word.top - pad, word.x1 + pad, word.bottom + pad)] = False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    outside = np.bincount(labels[free & ink], minlength=count)
    kept = (outside > UNREAD.outside * stats[:, 4]) & (stats[:, 4] >= UNREAD.least)
    kept[0] = False
    height, width = np.where(kept, stats[:, 3], 0), np.where(kept, stats[:, 2], 0)
    lost = np.where(free, labels, 0)
    return height[lost].astype(np.int32), np.maximum(height, width)[lost].astype(np.int32)


def _lines(page: UprightPage) -> npt.NDArray[np.bool_]:
    """Where the page is ruled, with what is left of lines that are broken or thick."""
    lines = page.ruled.copy()
    for rule in page.lines.down:
        lines[_slice(rule.at - UNREAD.rule, rule.start, rule.at + UNREAD.rule, rule.end)] = True
    for rule in page.lines.across:
        lines[_slice(rule.start, rule.at - UNREAD.rule, rule.end, rule.at + UNREAD.rule)] = True
    return lines


def _zone(word: Word, lines: Rulings, aside: float, apart: float) -> tuple[slice, slice]:
    """Where ink belongs to a word: so many type sizes beside its letters, above and below them, up to the ruled lines."""
    top, bottom = word.base - UNREAD.body * word.size, word.base
    x0, x1 = word.x0 - aside * word.size, word.x1 + aside * word.size
    y0, y1 = top - apart * word.size, bottom + apart * word.size
    x, y = word.middle, (top + bottom) / 2
    down = [rule.at for rule in lines.down if rule.start <= y <= rule.end]
    across = [rule.at for rule in lines.across if rule.start <= x <= rule.end]
    x0, x1 = max([x0, *[at for at in down if at < x]]), min([x1, *[at for at in down if at > x]])
    y0, y1 = max([y0, *[at for at in across if at < y]]), min([y1, *[at for at in across if at > y]])
    return _slice(x0, y0, x1, y1)


def _slice(x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
    """The pixels of a box in points."""
    left, top, right, bottom = (max(round(v * POINT), 0) for v in (x0, y0, x1, y1))
    return slice(top, bottom + 1), slice(left, right + 1)
