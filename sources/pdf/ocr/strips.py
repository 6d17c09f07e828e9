"""The texts of a page cut out and set below one another, larger: small print as the second reader reads it best.

Each strip reaches as far as the page is empty around its text, so that a letter that the first reader did not look at is
seen, and ends at the ruled lines, which would be read as `1`.
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.bands import Image
from sources.pdf.ocr.image import UprightPage
from sources.pdf.ocr.settings import STRIPS
from sources.pdf.ocr.words import Pixels


class CutText(NamedTuple):
    """What was cut out, and from where on the page."""

    image: Image
    box: Pixels


class Sheet(NamedTuple):
    """Strips below one another: the image, and the upper edge of each on it with the factor that it was made larger by."""

    image: Image
    tops: list[tuple[int, float]]


def cut(page: UprightPage, boxes: list[Pixels]) -> list[CutText]:
    """A strip for each box of a text."""
    return [
        CutText(page.scanned[y0:y1, x0:x1], (x0, y0, x1, y1)) for x0, y0, x1, y1 in (_widened(page, b) for b in boxes)
    ]


def _widened(page: UprightPage, box: Pixels) -> Pixels:
    x0, y0, x1, y1 = box
    wide, tall = round(STRIPS.wide * (y1 - y0)), round(STRIPS.tall * (y1 - y0))
    height, width = page.ruled.shape
    left, right = max(x0 - wide, 0), min(x1 + wide, width)
    upper, lower = max(y0 - tall, 0), min(y1 + tall, height)
    left, right = _between(page.ruled[y0:y1, left:right].mean(axis=0), left, x0 + wide, x1 - wide, right)
    upper, lower = _between(
        page.ruled[upper:lower, left:right].mean(axis=1), upper, y0 + 2 * tall, y1 - 2 * tall, lower
    )
    return (left, upper, right, lower) if right - left > 2 and lower - upper > 2 else box


def _between(ruled: npt.NDArray[np.float64], start: int, first: int, last: int, stop: int) -> tuple[int, int]:
    """A way without the ruled lines near its ends: up to `first`, and from `last` on."""
    lines = start + np.flatnonzero(ruled > STRIPS.ruled)
    before, after = lines[lines < first], lines[lines > max(last, first)]
    return (int(before[-1]) + 1 if before.size else start), (int(after[0]) if after.size else stop)


def laid_out(strips: list[CutText]) -> list[Sheet]:
    """The strips on as many images as they need."""
    return [_sheet(strips[n : n + STRIPS.most]) for n in range(0, len(strips), STRIPS.most)]


def _sheet(strips: list[CutText]) -> Sheet:
    larger = [min(STRIPS.height / len(strip.image), STRIPS.factor) for strip in strips]
    images = [
        cv2.resize(strip.image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        for strip, factor in zip(strips, larger, strict=True)
    ]
    width = max(image.shape[1] for image in images) + 2 * STRIPS.margin
    height = sum(len(image) for image in images) + STRIPS.margin * (len(images) + 1)
    whole, tops, top = np.full((height, width), 255, np.uint8), [], STRIPS.margin
    for image, factor in zip(images, larger, strict=True):
        whole[top : top + len(image), STRIPS.margin : STRIPS.margin + image.shape[1]] = image
        tops.append((top, factor))
        top += len(image) + STRIPS.margin
    return Sheet(whole, tops)
