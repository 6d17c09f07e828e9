"""The image of a page: rendered, turned upright, straightened, and parted into ink and ruled lines.

Grey images are numpy arrays of bytes, black 0. What the ink says is for `reader`.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from sources.pdf.ocr.bands import Image, Mask, bands_of, levelled, relit, without_bands
from sources.pdf.ocr.settings import IMAGE, POINT
from sources.pdf.page.rulings import Ruling, Rulings, joined
from sources.pdf.settings import RULES


@dataclass
class UprightPage:
    """An upright page: `grey` without its ruled lines, `ink` where it is printed, the lines apart in points.

    `scanned` is the page with all that was cleaned off it, for a second reader; `level` is the same with its grey bands as
    light as paper; `ruled` is where its lines are.
    """

    grey: Image
    ink: Mask
    lines: Rulings
    scanned: Image
    level: Image
    ruled: Mask


def render(page: pdfium.PdfPage) -> Image:
    """The page as displayed."""
    bitmap = page.render(scale=POINT, grayscale=True)
    return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)


def straightened(grey: Image, degrees: float) -> Image:
    """The image turned counterclockwise by so many degrees about its middle."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.uint8)


def sheet(grey: Image) -> UprightPage:
    """Parts the ruled lines of a straight image from its letters: they would be read as `|`, `]` and `1`."""
    bands = bands_of(grey)
    ink = ink_of(without_bands(grey, bands))
    across, over = _lines(ink)
    down, along = _lines(np.ascontiguousarray(ink.T))
    ruled = cv2.dilate(over | np.ascontiguousarray(along.T), np.ones((3, 3), np.uint8)) > 0
    mask = ruled | _hung(ink, ruled)
    scanned = relit(grey, bands)
    level = levelled(scanned, bands)
    lines = _framed(joined(across), joined(down))
    mended = Rulings(_mended(_framed(lines, joined(across)), lines, ink > 0), lines, 1.0)
    inked = (ink_of(_without(mask, level)) > 0) & ~mask
    return UprightPage(_without(mask, scanned), inked, mended, scanned, level, ruled)


def _without(mask: Mask, grey: Image) -> Image:
    """An image with the lightest of what is near in place of what the mask takes off it."""
    paper = cv2.dilate(grey, np.ones((9, 9), np.uint8))
    return np.where(mask, paper, grey).astype(np.uint8)


def _mended(across: list[Ruling], down: list[Ruling], ink: Mask) -> list[Ruling]:
    """The horizontal lines without the gaps of a pale copy: from one vertical line to the next where a piece of it was
    mended, or the ink is that of a thin line. Nothing is added where cells are merged.
    """
    mended = list(across)
    heights: list[list[Ruling]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        if heights and rule.at - heights[-1][0].at <= RULES.same:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    for pieces in heights:
        at = float(np.mean([rule.at for rule in pieces]))
        sides = sorted(rule.at for rule in down if rule.start - RULES.touch <= at <= rule.end + RULES.touch)
        for left, right in pairwise(sides):
            held = sum(max(0.0, min(rule.end, right) - max(rule.start, left)) for rule in pieces)
            if held < right - left - RULES.touch and (
                held > IMAGE.held * (right - left) or _thin(ink, at, left, right) > IMAGE.inked
            ):
                mended.append(Ruling(at, left, right))
    return joined(mended)


def _thin(ink: Mask, at: float, left: float, right: float) -> float:
    """The share of the way that is inked at a height, and neither above it nor below."""
    y, x0, x1 = round(at * POINT), round(left * POINT) + 4, round(right * POINT) - 4
    if x1 <= x0 or y < 8 or y + 8 > len(ink):
        return 0.0
    near, above, below = ink[y - 2 : y + 3, x0:x1], ink[y - 7 : y - 4, x0:x1], ink[y + 5 : y + 8, x0:x1]
    return float((near.any(axis=0) & ~above.any(axis=0) & ~below.any(axis=0)).mean())


def _framed(across: list[Ruling], down: list[Ruling]) -> list[Ruling]:
    """The vertical lines, with the side of a frame that a copy lost: where several horizontal ones begin, or end."""
    framed = list(down)
    for ends in ([(rule.start, rule.at) for rule in across], [(rule.end, rule.at) for rule in across]):
        groups: list[list[tuple[float, float]]] = []
        for end in sorted(ends):
            if groups and end[0] - groups[-1][0][0] <= RULES.touch:
                groups[-1].append(end)
            else:
                groups.append([end])
        for group in groups:
            x, top, bottom = group[0][0], min(y for _, y in group), max(y for _, y in group)
            drawn = any(abs(rule.at - x) <= RULES.touch and rule.start < bottom and rule.end > top for rule in down)
            # Lines that are printed broken end inside the table too; a frame has nothing outside it.
            outside = any(top <= rule.at <= bottom and rule.start < x - RULES.touch for rule in across) and any(
                top <= rule.at <= bottom and rule.end > x + 2 * RULES.touch for rule in across
            )
            if len(group) >= IMAGE.sides and not drawn and not outside:
                framed.append(Ruling(x, top, bottom))
    return framed


def _hung(ink: Image, lines: Mask) -> Mask:
    """Small filled marks that hang on a ruled line, such as the corners by which a spreadsheet shows its notes.

    Digits of small print are as small, and touch the lines of a narrow row: what stands in line with others is text.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(((ink > 0) & ~lines).astype(np.uint8), connectivity=8)
    near = np.unique(labels[cv2.dilate(lines.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0])
    marks = np.zeros(count, dtype=bool)
    for n in near[near > 0].tolist():
        left, top, width, height, area = stats[n].tolist()
        if min(width, height) < 4 or max(width, height) > IMAGE.corner or area < IMAGE.filled * width * height:
            continue
        shape = labels[top : top + height, left : left + width] == n
        marks[n] = (max(width, height) <= IMAGE.mark or _is_triangle(shape)) and not _in_line(n, stats.astype(np.int32))
    hung: Mask = marks[labels]
    return hung


def _in_line(n: int, stats: npt.NDArray[np.int32]) -> bool:
    """Whether another sign about as high stands right before or after it."""
    left, top, width, height, _ = stats[n].tolist()
    beside = np.abs(stats[:, 0] + stats[:, 2] / 2 - left - width / 2) - (stats[:, 2] + width) / 2
    shared = np.minimum(stats[:, 1] + stats[:, 3], top + height) - np.maximum(stats[:, 1], top)
    alike = (stats[:, 3] > IMAGE.as_high * height) & (stats[:, 3] < height / IMAGE.as_high)
    near = alike & (beside <= IMAGE.near * height) & (shared > IMAGE.level * height)
    near[[0, n]] = False
    return bool(near.any())


def _is_triangle(shape: Mask) -> bool:
    """Whether the rows of a shape grow evenly from a point to a side, which may be ragged."""
    widths = shape.sum(axis=1)[1:-1]
    if len(widths) < 4:
        return False
    even = np.linspace(widths[0], widths[-1], len(widths))
    return bool(min(widths[0], widths[-1]) <= 3 and np.abs(widths - even).max() <= 2 and widths.max() >= 6)


def ink_of(grey: Image) -> Image:
    """Where a grey image is darker than what is around: 255 there, else 0."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15).astype(np.uint8)


def _lines(ink: Image) -> tuple[list[Ruling], Image]:
    """The horizontal lines of an image in points, and their pixels."""
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, IMAGE.run), np.uint8))
    together = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((3, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(together, connectivity=8)
    rules, other = [], np.zeros(count, dtype=bool)
    for n in range(1, count):
        left, top, width, height, area = stats[n].tolist()
        leans = height <= RULES.thin * POINT + IMAGE.slope * width and area <= RULES.thin * POINT * width
        if width < IMAGE.shortest or not leans:
            other[n] = True  # a dash, a band of colour, a stamp, a signature
        else:
            rules.append(Ruling((top + height / 2) / POINT, left / POINT, (left + width) / POINT))
    runs[other[labels]] = 0
    return rules, runs.astype(np.uint8)
