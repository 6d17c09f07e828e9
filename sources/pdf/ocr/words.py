"""Recognised lines as words: cut at their spaces, and boxed by their ink rather than by where the reader looked.

Tables are put together by the right edges of figures and by baselines, which the boxes of a reader only approach.
"""

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.bands import Mask
from sources.pdf.ocr.engine import RecognisedLine
from sources.pdf.ocr.figures import figure, garbled_figure
from sources.pdf.ocr.settings import INK, POINT
from sources.pdf.page.words import Word
from sources.raw.numeric import is_numeric

Pixels = tuple[int, int, int, int]

_LOW = re.compile(r"^[acemnorsuvwxzgpqy.,;:]+$")


@dataclass
class _Piece:
    text: str
    first: int  # of its characters, in the line
    last: int


def words_of(read: RecognisedLine, box: Pixels, ink: Mask) -> list[Word]:
    """The words of a line that was looked for in a box."""
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    columns = np.asarray(part.any(axis=0))
    if not columns.any() or not read.text.strip():
        return []
    size, base = _size(part, read.text)
    gaps = _gaps(columns)
    words = []
    pieces = _pieces(read, gaps, x1 - x0, size)
    edges = _edges(pieces, read, gaps, columns, size)
    for piece, (start, stop) in zip(pieces, edges, strict=True):
        word = Word(
            piece.text,
            (x0 + start) / POINT,
            (y0 + base - INK.above * size) / POINT,
            (x0 + stop) / POINT,
            (y0 + base + INK.below * size) / POINT,
            (y0 + base) / POINT,
            confidence=round(read.confidence, 3),
        )
        words.append(word)
    return words


def _size(part: Mask, text: str) -> tuple[float, float]:
    """The type size and the baseline, in pixels from the top of the box."""
    width = part.shape[1]
    rows = part.sum(axis=1)
    letters = np.where(rows < INK.ruled * width, rows, 0)  # without what is left of a ruled line
    rows = letters if letters.any() else rows
    start, stop = _of_one_line(rows)
    rows, height = rows[start:stop], stop - start
    inked = np.flatnonzero(rows >= INK.inked * rows.max())
    body = np.flatnonzero(rows >= INK.body * rows.max())
    top, base = int(inked[0]), int(body[-1]) + 1
    share = INK.small if _LOW.match(text.replace(" ", "")) else INK.capital
    return min(max((base - top) / share, INK.least * height), float(height)), float(start + base)


def _of_one_line(rows: npt.NDArray[np.int64]) -> tuple[int, int]:
    """The rows of pixels of the line that is read, without the line above or below, of which a box may hold a part."""
    inked = np.flatnonzero(rows >= INK.inked * rows.max())
    parts = np.split(inked, np.flatnonzero(np.diff(inked) > INK.apart * len(rows)) + 1)
    n = max(range(len(parts)), key=lambda n: int(rows[parts[n][0] : parts[n][-1] + 1].sum()))
    start = int(parts[n - 1][-1]) + 1 if n else 0
    return start, int(parts[n + 1][0]) if n + 1 < len(parts) else len(rows)


def _gaps(columns: Mask) -> list[tuple[int, int]]:
    """Runs of columns without ink between the first and the last with ink."""
    inked = np.flatnonzero(columns)
    steps = np.flatnonzero(np.diff(inked) > 1)
    return [(int(inked[n]) + 1, int(inked[n + 1])) for n in steps]


def _pieces(read: RecognisedLine, gaps: list[tuple[int, int]], width: int, size: float) -> list[_Piece]:
    """The words of the text, cut also where the ink leaves room for a column although no space was read."""
    whole = figure(read.text) is not None or garbled_figure(read.text)
    characters = read.text.replace(" ", "")
    wide = [(a + b) / 2 for a, b in gaps if b - a > INK.column_gap * size]
    if whole and not wide:
        return [_Piece(read.text.strip(), 0, len(characters) - 1)]
    tokens = read.text.split()
    starts = list(accumulate((len(token) for token in tokens), initial=0))
    wide_at = {_boundary(read.middles, (a + b) / 2, width): b - a for a, b in gaps}
    spaces = [wide_at[start] for start in starts[1:-1] if start in wide_at]
    # Readers drop spaces around thin letters (`Materiales ysuministros`): what is as wide as the others is one too.
    space = max(INK.space * size, INK.alike * median(spaces)) if spaces else INK.column_gap * size
    pieces = []
    for token, at in zip(tokens, starts, strict=False):
        least = INK.column_gap * size if is_numeric(token) else space
        cuts = sorted(n for n, gap in wide_at.items() if at < n < at + len(token) and gap > least)
        for start, stop in zip([at, *cuts], [*cuts, at + len(token)], strict=True):
            pieces.append(_Piece(token[start - at : stop - at], start, stop - 1))
    return pieces


def _boundary(middles: tuple[float, ...], x: float, width: int) -> int:
    """The character that the gap at `x` is before."""
    between = [(a + b) / 2 * width for a, b in pairwise(middles)]
    return 1 + min(range(len(between)), key=lambda n: abs(between[n] - x)) if between else 0


def _edges(
    pieces: list[_Piece], read: RecognisedLine, gaps: list[tuple[int, int]], columns: Mask, size: float
) -> list[tuple[int, int]]:
    """Where each piece begins and ends, in pixels from the left of the box."""
    inked = np.flatnonzero(columns)
    starts, stops = [int(inked[0])], []
    for before, after in pairwise(pieces):
        if after.first < len(read.middles):
            x = (read.middles[before.last] + read.middles[after.first]) / 2 * len(columns)
        else:
            x = len(columns) * after.first / max(pieces[-1].last + 1, 1)
        near = [gap for gap in gaps if gap[0] - INK.near * size < x < gap[1] + INK.near * size and gap[0] > starts[-1]]
        gap = max(near, key=lambda gap: gap[1] - gap[0]) if near else (int(x), int(x) + 1)
        stops.append(max(gap[0], starts[-1] + 1))
        starts.append(max(gap[1], stops[-1]))
    stops.append(max(int(inked[-1]) + 1, starts[-1] + 1))
    return list(zip(starts, stops, strict=True))
