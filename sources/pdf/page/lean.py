"""Print that leans: the text layer of a scan laid askew, a page set at an angle. Its words are brought level.

Without that the rows of a wide table run into one another: at two degrees a figure stands a row above its label. Images of
text are measured and turned in `sources.pdf.ocr`.
"""

import math

import numpy as np

from sources.pdf.page.words import PageText, Word
from sources.pdf.settings import WORDS


def level(text: PageText) -> None:
    """Turns the words of a page about its middle by the angle that most of its letters lean at, which becomes its `skew`."""
    leans = np.array([word.style.lean if word.style is not None else 0.0 for word in text.words])
    if not len(leans) or not leans.any():
        return
    lean = float(np.median(np.repeat(leans, [len(word.text) for word in text.words])))
    if abs(lean) < WORDS.least_lean or np.mean(np.abs(leans - lean) < WORDS.same_lean) < WORDS.leaning:
        return
    sine, cosine = math.sin(math.radians(-lean)), math.cos(math.radians(-lean))
    for word in text.whole:
        _turn(word, text.width / 2, text.height / 2, sine, cosine)
    text.skew = lean


def _turn(word: Word, middle: float, centre: float, sine: float, cosine: float) -> None:
    """Moves a word to where the turned page has its left end, on its baseline."""
    x, y = word.x0 - middle, word.base - centre
    across, down = x * cosine - y * sine - x, x * sine + y * cosine - y
    word.x0 += across
    word.x1 += across
    for edge in ("top", "bottom", "base"):
        setattr(word, edge, getattr(word, edge) + down)
