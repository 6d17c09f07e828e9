"""One image read: made upright and straight, its words by the first reader, its figures heard again by the second.

The order of the work; each step is in its own module.
"""

import math
from dataclasses import dataclass
from statistics import mean

import cv2
import numpy as np
import numpy.typing as npt

from sources.pdf.ocr import engine, witness
from sources.pdf.ocr.bands import Image
from sources.pdf.ocr.dashes import add_dashes
from sources.pdf.ocr.image import UprightPage, sheet, straightened
from sources.pdf.ocr.second_reader import hear
from sources.pdf.ocr.settings import POINT, READER
from sources.pdf.ocr.skew import lean
from sources.pdf.ocr.unread import mark_unread
from sources.pdf.ocr.words import Pixels, words_of
from sources.pdf.page.rulings import Rulings
from sources.pdf.page.words import PageText, Word

Quads = npt.NDArray[np.float64]  # corners, sides or lengths, in pixels


@dataclass
class RecognisedPage:
    """A page read from its image: words and lines in points, upright and level."""

    text: PageText
    rulings: Rulings
    readers: str


def recognise(grey: Image) -> RecognisedPage:
    """The words and ruled lines of the image of a page as displayed."""
    upright, turn, skew = _straight(grey)
    page = sheet(upright)
    quads = engine.find(page.grey)
    leaning = _leaning(quads)
    boxes = _boxes(quads[~leaning], page)
    usual = float(np.median([box[3] - box[1] for box in boxes])) if boxes else 0.0
    standing = [
        box
        for box in boxes
        if box[3] - box[1] > max(READER.standing * (box[2] - box[0]), READER.standing_height * usual)
    ]
    across = [box for box in boxes if box not in standing]
    reads = engine.read([page.grey[y0:y1, x0:x1] for x0, y0, x1, y1 in across])
    lines = [(box, words_of(read, box, page.ink)) for read, box in zip(reads, across, strict=True)]
    words = [word for _, line in lines for word in line]
    for order, word in enumerate(words):
        word.order = order
    hear(page, lines)
    add_dashes(page, words)
    mark_unread(page, words)
    readers = f"{engine.name()}; testigo: {witness.name() or 'ninguno'}"
    height, width = (side / POINT for side in page.grey.shape)
    return RecognisedPage(
        PageText(width, height, words, _sideways(page, standing + _boxes(quads[leaning], page)), turn, skew=skew),
        page.lines,
        readers,
    )


def _straight(grey: Image) -> tuple[Image, int, float]:
    """The image upright and level, and the clockwise quarter turns and degrees that bring it back."""
    # Half the size shows where lines are and how they lean, in a quarter of the time.
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8)
    quads, turn = 2 * engine.find(small), 0
    if _lies(quads):
        # Which side is up is not seen from the boxes: the lines are read both ways.
        turn = max((1, 3), key=lambda quarters: _sense(np.rot90(grey, quarters)))
    elif len(quads) and _sense(grey, quads) < READER.sure and _sense(np.rot90(grey, 2)) > READER.sure:
        turn = 2
    if turn:
        grey = np.ascontiguousarray(np.rot90(grey, turn))
        quads = 2 * engine.find(np.ascontiguousarray(np.rot90(small, turn)))
    skew = lean(grey, _skew(quads))
    if abs(skew) < READER.straight:
        return grey, turn, 0.0
    return straightened(grey, skew), turn, round(skew, 3)


def _sides(quads: Quads) -> tuple[Quads, Quads]:
    """The lengths of the upper and of the left side of each quadrangle."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return across, down


def _lies(quads: Quads) -> bool:
    """Whether most of the text runs up or down."""
    if not len(quads):
        return False
    across, down = _sides(quads)
    return float(down[down > 2 * across].sum()) > float(across[across > 2 * down].sum())


def _sense(grey: Image, quads: Quads | None = None) -> float:
    """The mean confidence of the widest lines."""
    grey = np.ascontiguousarray(grey)
    quads = engine.find(grey) if quads is None else quads
    boxes = sorted((_box(quad, grey.shape) for quad in quads), key=lambda box: box[0] - box[2])[: READER.sample]
    reads = engine.read([grey[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes])
    return mean(read.confidence for read in reads) if reads else 0.0


def _skew(quads: Quads) -> float:
    """Degrees clockwise by which the lines lean: the middle of those of long lines."""
    if not len(quads):
        return 0.0
    across, down = _sides(quads)
    long = quads[across > 5 * down]
    if len(long) < 3:
        return 0.0
    slopes = [math.degrees(math.atan2(q[1][1] - q[0][1], q[1][0] - q[0][0])) for q in long]
    weights = across[across > 5 * down]
    order = np.argsort(slopes)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(slopes[order[middle]])


def _leaning(quads: Quads) -> npt.NDArray[np.bool_]:
    """Which texts of a level page lean: those of a stamp, which are of no table."""
    if not len(quads):
        return np.zeros(0, dtype=bool)
    across, down = _sides(quads)
    x, y = (quads[:, 1] - quads[:, 0]).T
    far: npt.NDArray[np.bool_] = np.abs(np.degrees(np.arctan2(y, x))) > READER.leaning
    return far & (across > READER.long * down)


def _box(quad: Quads, shape: tuple[int, ...]) -> Pixels:
    x0, y0 = np.floor(quad.min(axis=0)).astype(int).tolist()
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int).tolist()
    return max(x0, 0), max(y0, 0), min(x1, shape[1]), min(y1, shape[0])


def _boxes(quads: Quads, page: UprightPage) -> list[Pixels]:
    """The boxes of the lines, from the top, cut where a ruled line parts two cells that were taken for one."""
    boxes = []
    for x0, y0, x1, y1 in (_box(quad, page.grey.shape) for quad in quads):
        height, middle = y1 - y0, (y0 + y1) / 2 / POINT
        cuts = sorted(
            round(rule.at * POINT)
            for rule in page.lines.down
            if rule.start < middle < rule.end and x0 + 0.5 * height < rule.at * POINT < x1 - 0.5 * height
        )
        boxes += [(a, y0, b, y1) for a, b in zip([x0, *cuts], [*cuts, x1], strict=True) if b - a > 2 and y1 - y0 > 2]
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def _sideways(page: UprightPage, boxes: list[Pixels]) -> list[Word]:
    """Text that runs upwards beside the rest, one word a box."""
    crops = [np.ascontiguousarray(np.rot90(page.grey[y0:y1, x0:x1], -1)) for x0, y0, x1, y1 in boxes]
    return [
        Word(
            read.text, x0 / POINT, y0 / POINT, x1 / POINT, y1 / POINT, y1 / POINT, confidence=round(read.confidence, 3)
        )
        for read, (x0, y0, x1, y1) in zip(engine.read(crops), boxes, strict=True)
        if read.text.strip()
    ]
