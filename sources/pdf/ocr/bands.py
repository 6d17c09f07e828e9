"""Dark bands of a page, solid or of the dots that a binary copy makes of grey: their letters, and the lines in them.

White letters on a dark header are turned dark on light, for both readers. The lines of a table are looked for on the page
without its bands: between two lines of white letters a band is as thin as a line, and at its edge a line is part of it.
"""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.settings import BANDS

Image = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


class Band(NamedTuple):
    """Where a band is, its pixels (smoothed, if they are dots), how dark it and its letters are, whether these are lighter,
    and whether its ground is one grey: else it is of dots, or a row of bold print.
    """

    at: tuple[slice, slice]
    where: Mask
    inside: npt.NDArray[np.float32]
    middle: float
    letters: float
    light: bool
    even: bool


def bands_of(grey: Image) -> list[Band]:
    """The bands of a grey page."""
    small = cv2.resize(grey, None, fx=1 / BANDS.step, fy=1 / BANDS.step, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, BANDS.letters)  # what most of the surroundings are: without letters, dark or light
    paper = float(np.percentile(ground, 80))
    dark = cv2.morphologyEx(
        (ground < paper - BANDS.darker).astype(np.uint8), cv2.MORPH_OPEN, np.ones((BANDS.height, BANDS.width), np.uint8)
    )
    if not dark.any():
        return []
    band = cv2.resize(dark, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    around = cv2.dilate(band, np.ones((4 * BANDS.step + 1,) * 2, np.uint8))
    smooth = cv2.GaussianBlur(grey, (0, 0), BANDS.smooth).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(around, connectivity=8)
    bands = []
    for n, (left, top, width, height, _) in enumerate(stats[1:].tolist(), 1):
        at = slice(top, top + height), slice(left, left + width)
        bands.append(_band(at, grey[at], smooth[at], labels[at] == n, band[at] > 0, paper))
    return bands


def _band(at: tuple[slice, slice], grey: Image, smooth: Image, around: Mask, band: Mask, paper: float) -> Band:
    """The band that is found around a place, to the pixel: the letters of the row below are no part of it."""
    middle = float(np.median(smooth[around & band]))
    even = bool(np.mean(np.abs(grey[around & band] - middle) < BANDS.darker) > BANDS.even)
    drawn = grey if even else smooth
    ground = around & (np.abs(drawn - middle) < (paper - middle) / 2)  # letters and lines are darker, or lighter
    solid = cv2.blur(ground.astype(np.float32), (BANDS.run, 1)) > BANDS.solid  # no line of letters is
    bare = cv2.morphologyEx(solid.astype(np.uint8), cv2.MORPH_OPEN, np.ones((BANDS.bare, 1), np.uint8)).astype(np.uint8)
    whole = _closed(bare, BANDS.letter_height, BANDS.word_width)  # over the letters
    where = (cv2.dilate(whole, np.ones((1, BANDS.run), np.uint8)) > 0) & around
    where &= ~_paper(drawn > middle + BANDS.darker, around)
    light, ink = where & (drawn > middle + BANDS.darker), where & (drawn < middle - BANDS.darker)
    ink &= ~_long(ink)
    depth = np.abs(drawn.astype(np.float32) - middle) ** 2  # the grain of a copy is both, and near the middle
    is_light = middle < paper - BANDS.set_off and float(depth[light].sum()) > float(depth[ink].sum())
    letters = drawn[light if is_light else ink]
    usual = float(np.median(letters)) if letters.size else middle
    return Band(at, where, drawn[where].astype(np.float32), middle, usual, is_light, even)


def _paper(light: Mask, around: Mask) -> Mask:
    """What is light and goes on outside: white letters are islands in their band."""
    outside = np.pad((light | ~around).astype(np.uint8), 1, constant_values=1)
    _, labels = cv2.connectedComponents(outside, connectivity=4)
    paper: Mask = (labels == labels[0, 0])[1:-1, 1:-1] & light
    return paper


def _closed(mask: Image, height: int, width: int) -> Image:
    """A mask with its gaps closed, up to so many pixels.

    OpenCV takes what is outside an image for full: without a margin all that is near its edge would be closed.
    """
    wide = cv2.copyMakeBorder(mask, height, height, width, width, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
    return closed[height:-height, width:-width].astype(np.uint8)


def _long(ink: Mask) -> Mask:
    """The ruled lines of a band."""
    across, down = (
        cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones(size, np.uint8)) > 0
        for size in ((1, 40), (40, 1))
    )
    lines: Mask = cv2.dilate((across | down).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return lines


def relit(grey: Image, bands: list[Band]) -> Image:
    """The page with its bands light: turned where their letters are white."""
    out = grey.copy()
    for band in bands:
        if _is_turned(band):
            depth = (band.inside - band.letters) / ((band.middle - band.letters) or 1.0)
            out[band.at][band.where] = np.clip(235 * depth, 0, 255).astype(np.uint8)
    return out


def levelled(relit: Image, bands: list[Band]) -> Image:
    """The page as `relit` leaves it, with the grey bands that it leaves as light as paper: the edge of a band is no ink.

    So is what lies between letters at the edge of a band, where it was not told from them.
    """
    left = [band for band in bands if band.even and not _is_turned(band)]
    out = without_bands(relit, left)
    for band in left:
        around = _closed(band.where.astype(np.uint8), 2 * BANDS.letter_height, 2 * BANDS.word_width) > 0
        out[band.at][around & ~band.where & (relit[band.at] > band.middle - BANDS.darker)] = 255
    return out


def _is_turned(band: Band) -> bool:
    return band.light or band.middle < BANDS.dark


def without_bands(grey: Image, bands: list[Band]) -> Image:
    """The page with its bands as light as paper: what is left is darker than they are."""
    out = grey.copy()
    for band in bands:
        out[band.at][band.where] = np.clip(band.inside + 255 - band.middle, 0, 255).astype(np.uint8)
    return out
