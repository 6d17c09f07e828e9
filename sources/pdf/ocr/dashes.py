"""Dashes that stand for zero, by their ink: a stroke so small is passed over by readers that look for letters.

A dash is one where its row prints other words at its height, it is alone under the figures of a column, and a stroke of the same
size stands at the same place of a column too: a speck, a sign before a figure and a piece of a line have no such company. The
ink is then what witnesses it, whether a reader saw a dash there or not.
"""

from typing import NamedTuple

import cv2
import numpy as np

from sources.pdf.ocr.bands import Mask
from sources.pdf.ocr.image import UprightPage
from sources.pdf.ocr.settings import DASHES, POINT
from sources.pdf.page.words import Word
from sources.raw.numeric import is_dash, looks_like_amount

_MARKS = (",", ".")  # without any, a figure may be a count or a year


class _Stroke(NamedTuple):
    """A small flat piece of ink, in points, and how much of its box it fills."""

    x0: float
    top: float
    x1: float
    bottom: float
    filled: float


class _Placed(NamedTuple):
    """A stroke in a column: the word whose row it is of, and how far it ends before the column's figures."""

    stroke: _Stroke
    beside: Word
    before_edge: float


def add_dashes(page: UprightPage, words: list[Word]) -> None:
    """Adds the dashes that no reader saw, and witnesses those that one did."""
    money = [word for word in words if looks_like_amount(word.text) and any(mark in word.text for mark in _MARKS)]
    if not money:
        return
    size = float(np.median([word.size for word in money]))
    others = [word for word in words if not is_dash(word.text)]
    strokes = _strokes(page, size)
    placed = [at for stroke in strokes if (at := _placed(stroke, money, others, strokes, page)) is not None]
    for at in placed:
        if any(_is_company(at, other, size) for other in placed):
            _settle(at, words)


def _strokes(page: UprightPage, size: float) -> list[_Stroke]:
    """The pieces of ink that have the shape of a dash of this type size."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(page.ink.astype(np.uint8), connectivity=8)
    least, most, thick = (share * size * POINT for share in (DASHES.least, DASHES.most, DASHES.thick))
    strokes = []
    for n in np.flatnonzero((stats[:, 2] >= least) & (stats[:, 2] <= most + 2) & (stats[:, 3] <= thick + 2)).tolist():
        left, upper, width, height, _ = stats[n].tolist()
        piece = labels[upper : upper + height, left : left + width] == n
        x0, y0, x1, y1 = _core(piece)
        filled = float(piece[y0:y1, x0:x1].mean())
        flat = x1 - x0 >= DASHES.flat * (y1 - y0) and least <= x1 - x0 <= most and y1 - y0 <= thick
        if flat and filled >= DASHES.filled:
            box = ((left + x0) / POINT, (upper + y0) / POINT, (left + x1) / POINT, (upper + y1) / POINT)
            strokes.append(_Stroke(*box, filled))
    return strokes


def _core(piece: Mask) -> tuple[int, int, int, int]:
    """The box of a piece of ink without the grain that hangs over or under it: of its rows half as full as the fullest."""
    inked = piece.sum(axis=1)
    rows = np.flatnonzero(2 * inked >= inked.max())
    columns = np.flatnonzero(piece[rows].any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _placed(
    stroke: _Stroke, money: list[Word], others: list[Word], strokes: list[_Stroke], page: UprightPage
) -> _Placed | None:
    """A stroke under the figures of a column, alone in its row there."""
    column = [word for word in money if word.x0 <= stroke.x0 and stroke.x1 <= word.x1 + DASHES.same * word.size]
    y = (stroke.top + stroke.bottom) / 2
    row = [word for word in others if DASHES.low <= (word.base - y) / word.size <= DASHES.high]
    if len(column) < DASHES.figures or not row:
        return None
    left, right = min(word.x0 for word in column), max(word.x1 for word in column)
    beside = min(row, key=lambda word: max(word.x0 - stroke.x1, stroke.x0 - word.x1))
    in_cell = (word for word in row if word.x1 > left and word.x0 < right and word.text != "$")
    level = (s for s in strokes if s is not stroke and s.top < stroke.bottom and stroke.top < s.bottom)
    if any(in_cell) or any(s.x1 > left and s.x0 < right for s in level) or not _is_alone(stroke, beside, others, page):
        return None
    edge = float(np.median([word.x1 for word in column]))
    return _Placed(stroke, beside, edge - stroke.x1)


def _is_alone(stroke: _Stroke, beside: Word, others: list[Word], page: UprightPage) -> bool:
    """Whether no more than specks and a currency sign is printed near a stroke, as high as letters are."""
    reach, top = DASHES.apart * beside.size, beside.base - DASHES.tall * beside.size
    x0, y0, x1, y1 = _pixels(stroke.x0 - reach, top, stroke.x1 + reach, beside.base)
    near = page.ink[y0:y1, x0:x1].copy()
    signs = [_pixels(word.x0, word.top, word.x1, word.bottom) for word in others if word.text == "$"]
    for left, upper, right, lower in [_pixels(*stroke[:4]), *signs]:
        near[max(upper - y0, 0) : max(lower - y0, 0), max(left - x0, 0) : max(right - x0, 0)] = False
    _, _, stats, _ = cv2.connectedComponentsWithStats(near.astype(np.uint8), connectivity=8)
    return not (stats[1:, 4] >= DASHES.speck).any()


def _is_company(one: _Placed, other: _Placed, size: float) -> bool:
    """Whether two strokes are of one size and stand at the same place: of the page, or of their columns."""
    if one is other:
        return False
    a, b = one.stroke, other.stroke
    alike = max(abs(a.x1 - a.x0 - b.x1 + b.x0), abs(a.bottom - a.top - b.bottom + b.top)) <= DASHES.alike * size
    apart = min(abs(a.x1 - b.x1), abs(one.before_edge - other.before_edge))
    return alike and apart <= DASHES.same * size


def _settle(at: _Placed, words: list[Word]) -> None:
    """The dash that a reader saw is witnessed; else it is a word of the row."""
    stroke, beside = at.stroke, at.beside
    middle = (stroke.x0 + stroke.x1) / 2
    seen = (w for w in words if w.x0 <= middle <= w.x1 and w.top <= stroke.top and stroke.bottom <= w.bottom)
    word = next(seen, None)
    if word is None:
        word = Word("-", stroke.x0, beside.top, stroke.x1, beside.bottom, beside.base, order=len(words))
        word.confidence = round(stroke.filled, 3)
        words.append(word)
    if is_dash(word.text):
        word.witness = "-"


def _pixels(x0: float, top: float, x1: float, bottom: float) -> tuple[int, int, int, int]:
    left, upper, right, lower = (max(round(value * POINT), 0) for value in (x0, top, x1, bottom))
    return left, upper, right, lower
