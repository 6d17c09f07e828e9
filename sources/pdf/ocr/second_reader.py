"""What the second reader says of the words of the first: heard on the page as it was scanned, and on its texts set apart.

It never decides what a text is. A figure or a text is witnessed where one of the hearings sees the same, and none sees
more: a digit or a sign that the first reader lost.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from sources.pdf.ocr import witness
from sources.pdf.ocr.figures import figure
from sources.pdf.ocr.image import UprightPage
from sources.pdf.ocr.settings import POINT, STRIPS
from sources.pdf.ocr.strips import cut, laid_out
from sources.pdf.ocr.witness import WitnessWord
from sources.pdf.ocr.words import Pixels
from sources.pdf.page.words import Word
from sources.raw.numeric import is_numeric
from warehouse.schema.text import letters

_DIGITS = re.compile(r"\D+")
_FIRM = re.compile(r"^\(?-?\d{1,3}(?:,\d{3})*\.\d{2}\)?-?$")  # its marks tell the place of its point


def hear(page: UprightPage, lines: Sequence[tuple[Pixels, list[Word]]]) -> None:
    """Sets what the second reader saw in the place of each word of each line."""
    if witness.name() is None:
        for _, words in lines:
            for word in words:
                _settle(word, [])
        return
    on_page = witness.words(page.scanned)
    apart = _apart(page, [box for box, _ in lines])
    by_line = _by_line([words for _, words in lines], on_page)
    for (_, words), whole, alone in zip(lines, by_line, apart, strict=True):
        hearings = [_beside(words, seen) for seen in (alone, whole)]
        for word, others in zip(words, zip(*hearings, strict=True), strict=True):
            _settle(word, [other for other in others if other], _is_bordered(word, page))


def _apart(page: UprightPage, boxes: list[Pixels]) -> list[list[WitnessWord]]:
    """What is seen in each box when its text is set apart, in pixels of the page."""
    strips = cut(page, boxes)
    heard: list[list[WitnessWord]] = []
    for sheet in laid_out(strips):
        strips_words: list[list[WitnessWord]] = [[] for _ in sheet.tops]
        for word in witness.words(sheet.image, witness.BLOCK):
            n = max(bisect_right([top for top, _ in sheet.tops], (word.top + word.bottom) / 2) - 1, 0)
            top, factor = sheet.tops[n]
            x0, y0, _, _ = strips[len(heard) + n].box
            strips_words[n].append(
                WitnessWord(
                    word.text,
                    x0 + (word.x0 - STRIPS.margin) / factor,
                    y0 + (word.top - top) / factor,
                    x0 + (word.x1 - STRIPS.margin) / factor,
                    y0 + (word.bottom - top) / factor,
                )
            )
        heard += strips_words
    return heard


def _by_line(lines: list[list[Word]], seen: list[WitnessWord]) -> list[list[WitnessWord]]:
    """The words of the second reader by the line of the first that they stand in."""
    words = [word for line in lines for word in line]
    of_line = [n for n, line in enumerate(lines) for _ in line]
    by_line: list[list[WitnessWord]] = [[] for _ in lines]
    x0, top, x1, bottom = (np.array([getattr(word, side) for word in words]) for side in ("x0", "top", "x1", "bottom"))
    for other in seen:
        y = (other.top + other.bottom) / 2 / POINT
        shared = np.minimum(x1, other.x1 / POINT) - np.maximum(x0, other.x0 / POINT)
        shared[(y <= top) | (y >= bottom)] = 0
        if len(words) and shared.max() > 0:
            by_line[of_line[int(shared.argmax())]].append(other)
    return by_line


def _beside(words: list[Word], seen: list[WitnessWord]) -> list[str]:
    """For each word of a line what the second reader saw there.

    Where both saw the same letters in the whole line, where it parts them does not count; else each of its words belongs
    to the one that it covers most of.
    """
    seen = sorted(seen, key=lambda other: other.x0)
    both = [letters("".join(each.text for each in line)) for line in (words, seen)]
    if both[0] == both[1] and not any(figure(word.text) for word in words):
        return [word.text for word in words]
    if len(words) == 1:
        return ["".join(other.text for other in seen)]
    texts = [""] * len(words)
    for other in seen:
        shared = [min(word.x1, other.x1 / POINT) - max(word.x0, other.x0 / POINT) for word in words]
        if shared and max(shared) > 0:
            texts[int(np.argmax(shared))] += other.text
    return texts


def _is_bordered(word: Word, page: UprightPage) -> bool:
    """Whether a ruled line runs right beside a word."""
    y = word.base - word.size / 2
    near = (
        min(abs(rule.at - word.x0), abs(rule.at - word.x1)) for rule in page.lines.down if rule.start < y < rule.end
    )
    return any(gap < word.size for gap in near)


def _settle(word: Word, others: list[str], bordered: bool = False) -> None:
    """A figure of the first reader is set right where that leaves no doubt, and the second's is taken where only that is
    a figure, which proves nothing of it.
    """
    if not is_numeric(word.text):
        same = [other for other in others if letters(other) == letters(word.text)]
        word.witness = next(iter([*same, *others]), None)
        return
    first = figure(word.text)
    seconds = [second for other in others if (second := figure(other)) is not None]
    if first is None:
        taken = next((second for second in seconds if _nearly(word.text, second)), None)
        if taken is not None:
            word.recognised, word.text = word.text, taken
        else:
            word.witness = next(iter(others), None)
        return
    word.witness = _witness(first, seconds, bordered)
    if first != word.text:
        word.recognised, word.text = word.text, first


def _witness(first: str, seconds: list[str], bordered: bool) -> str | None:
    """The figure that agrees with the first, if none has more digits or another sign; else one that does not.

    Beside a ruled line, one more 1 on the page as scanned is that line.
    """
    lines = [f"1{first}", f"{first}1"] if bordered else []
    more = [second for second in seconds if _digits(second) > _digits(first) or _signed(second) != _signed(first)]
    more = [second for second in more if _bare(second) not in map(_bare, lines)]
    same = [second for second in seconds if _same(first, second)]
    if same and not more:
        return first
    return next(iter([*more, *seconds]), None)


def _bare(figure: str) -> str:
    return _DIGITS.sub("", figure)


def _digits(figure: str) -> int:
    return len(_bare(figure))


def _signed(figure: str) -> bool:
    return any(sign in figure for sign in "-–(")


def _same(first: str, second: str) -> bool:
    """Whether two figures are one, be it that the second reader saw no marks in one whose marks leave no doubt."""
    a, b = (text.replace("$", "").replace("–", "-") for text in (first, second))
    return a == b or (b.isdigit() and bool(_FIRM.match(a)) and _bare(a) == b)


def _nearly(text: str, figure: str) -> bool:
    """Whether a text without sense is about as long as a figure, most of it digits."""
    digits = sum(c.isdigit() for c in text)
    return digits >= 3 and abs(digits - sum(c.isdigit() for c in figure)) <= 2
