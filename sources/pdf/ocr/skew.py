"""By how much the lines of a page lean: where the feet of its letters stand on the fewest lines.

Boxes of texts tell it to half a degree only. Over the width of a page that is the height of a row, and labels are then
joined with the amounts of the row above.
"""

import cv2
import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.bands import Image
from sources.pdf.ocr.image import ink_of
from sources.pdf.ocr.settings import LEAN


def lean(grey: Image, about: float) -> float:
    """The degrees clockwise by which the text of an upright page leans, looked for near what the boxes of its texts say."""
    x, foot = _feet(grey)
    if len(x) < LEAN.letters:
        return about
    for reach, step in ((LEAN.reach, LEAN.coarse), (LEAN.coarse, LEAN.fine)):
        angles = np.arange(about - reach, about + reach + step / 2, step)
        about = float(max(angles, key=lambda angle: _gathered(x, foot, angle)))
    return about


def _feet(grey: Image) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The middles and the feet of what has the size of a letter."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink_of(grey), connectivity=8)
    left, top, width, height, _ = stats[1:].T.astype(np.float64)
    letter = (height >= LEAN.least) & (height <= LEAN.most) & (width <= LEAN.most)
    return (left + width / 2)[letter], (top + height)[letter]


def _gathered(x: npt.NDArray[np.float64], foot: npt.NDArray[np.float64], degrees: float) -> float:
    """How much the feet gather on few lines when the page is turned back by so many degrees."""
    level = np.round(foot - x * np.tan(np.radians(degrees))).astype(np.int64)
    counts = np.bincount(level - level.min()).astype(np.float64)
    return float((np.convolve(counts, (0.5, 1.0, 0.5)) ** 2).sum())
