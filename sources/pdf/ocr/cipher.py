"""Text layers whose fonts map their glyphs wrongly: what each sign stands for, learnt from pages read by OCR.

A broken font map writes one letter for another, and always the same one, as a cipher does. Where OCR reads a word, the
signs that are printed there vote for its letters. A sign is settled by many votes that agree; whoever reads other pages
by this key must see that it makes sense there: fonts of one name need not share their map.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

from sources.pdf.ocr.images import read_images
from sources.pdf.ocr.kept import KeptPages
from sources.pdf.ocr.reader import RecognisedPage
from sources.pdf.ocr.settings import CIPHER
from sources.pdf.page.glyphs import Sign, signs_of
from sources.pdf.page.witnessed import UNREAD_INK
from sources.pdf.page.words import Word

UNKNOWN = "\ufffd"
_FIGURES = frozenset("0123456789,.$")


class PrintedSign(NamedTuple):
    """A sign and its middle, in points from the top left of an unrotated page."""

    sign: Sign
    x: float
    y: float


def printed_signs(page: pdfium.PdfPage) -> list[PrintedSign]:
    """All signs of a page, spaces too, in the order of the content."""
    left, _, _, top = page.get_cropbox()
    textpage = page.get_textpage()
    try:
        signs, boxes = signs_of(textpage)
    finally:
        textpage.close()
    xs, ys = (boxes[:, 0] + boxes[:, 2]) / 2 - left, top - (boxes[:, 1] + boxes[:, 3]) / 2
    return [PrintedSign(sign, x, y) for sign, x, y in zip(signs, xs.tolist(), ys.tolist(), strict=True)]


class Votes:
    """What was read in the places of signs."""

    def __init__(self) -> None:
        self._votes: dict[Sign, Counter[str]] = defaultdict(Counter)

    def add(self, printed: list[PrintedSign], words: Iterable[Word]) -> None:
        """The votes of one page, by both readers."""
        key = self.key()
        x = np.array([sign.x for sign in printed])
        y = np.array([sign.y for sign in printed])
        free = np.ones(len(printed), dtype=bool)
        between = np.zeros(len(printed), dtype=bool)
        for word in words:
            level = (y > word.top) & (y < word.bottom)
            inside = level & (x > word.x0) & (x < word.x1)
            free &= ~inside
            between |= level & (x > word.x0 - word.size) & (x < word.x1 + word.size)
            signs = [printed[n].sign for n in np.flatnonzero(inside)[np.argsort(x[inside])].tolist()]
            for text in (word.recognised or word.text, word.witness):
                if text and text != UNREAD_INK:
                    self._vote(signs, text.replace(" ", ""), key)
        for n in np.flatnonzero(free & between).tolist():
            self._votes[printed[n].sign][" "] += 1

    def _vote(self, signs: list[Sign], text: str, key: "Cipher") -> None:
        signs = [sign for sign in signs if key(sign) != " "]  # readers drop spaces between letters that stand close
        if len(signs) == len(text):
            for sign, letter in zip(signs, text, strict=True):
                self._votes[sign][letter] += 1
            return
        unknown = [n for n, sign in enumerate(signs) if key(sign) == UNKNOWN]
        if len(unknown) == 1 and len(signs) < len(text):  # a ligature
            before = "".join(key(sign) for sign in signs[: unknown[0]])
            after = "".join(key(sign) for sign in signs[unknown[0] + 1 :])
            middle = text[len(before) : len(text) - len(after)]
            if text == before + middle + after and len(middle) in (2, 3):
                self._votes[signs[unknown[0]]][middle] += 1

    def key(self) -> "Cipher":
        """What the votes settle so far."""
        fonts: dict[bytes, Counter[bool]] = defaultdict(Counter)
        for (font, character), votes in self._votes.items():
            for letter, count in votes.items():
                fonts[font][letter == character] += count
        right = frozenset(font for font, count in fonts.items() if count[True] >= CIPHER.whole * count.total())
        letters: dict[Sign, str] = {}
        taken: set[tuple[bytes, str]] = set()
        for sign, votes in sorted(self._votes.items(), key=lambda item: -item[1].total()):
            if sign[0] not in right:
                letter = _settled(votes)
                # Of V, O or S the case is seen by the size only, which readers take from what stands beside it.
                if (sign[0], letter) in taken and votes[letter.swapcase()]:
                    letter = letter.swapcase()
                letters[sign] = letter
                taken.add((sign[0], letter))
        return Cipher(right, letters)

    def count(self, sign: Sign) -> int:
        """How many votes a sign has."""
        return self._votes[sign].total() if sign in self._votes else 0


class Cipher:
    """The letters that signs stand for: their own in fonts whose map is right, UNKNOWN where no votes settle it."""

    def __init__(self, right: frozenset[bytes], letters: dict[Sign, str]) -> None:
        self._right, self._letters = right, letters

    def __call__(self, sign: Sign) -> str:
        """The letters of a sign."""
        return sign[1] if sign[0] in self._right else self._letters.get(sign, UNKNOWN)


def _settled(votes: Counter[str]) -> str:
    letter = votes.most_common(1)[0][0]
    count = sum(times for other, times in votes.items() if other.lower() == letter.lower())
    is_figure = letter in _FIGURES
    few, most = (CIPHER.figure_few, CIPHER.figure_most) if is_figure else (CIPHER.few, CIPHER.most)
    return letter if count >= few and count >= most * votes.total() else UNKNOWN


def learnt(pdf: pdfium.PdfDocument, numbers: list[int], kept: KeptPages, title: str) -> tuple[Cipher, list[int]]:
    """The key to the given pages (numbered from 1), and the pages that were read to find it."""
    counts = {number: Counter(printed.sign for printed in printed_signs(pdf[number - 1])) for number in numbers}
    votes, read = Votes(), list[int]()
    most = min(len(numbers), CIPHER.pages + len(numbers) // CIPHER.rest)
    while len(read) < most:
        batch = list(_telling(votes, counts, read, min(os.cpu_count() or 1, most - len(read))))
        if not batch:
            break
        for number, page in read_images(pdf, batch, kept, f"{title}, capa de texto dañada"):
            read.append(number)
            if isinstance(page, RecognisedPage) and not (page.text.turn or page.text.skew):
                votes.add(printed_signs(pdf[number - 1]), page.text.words)
    return votes.key(), read


def _telling(votes: Votes, counts: dict[int, Counter[Sign]], read: list[int], most: int) -> Iterator[int]:
    """The pages that print most of what too few votes were given for."""
    enough, key = CIPHER.figure_few, votes.key()
    signs = {sign for count in counts.values() for sign in count}
    counted = {sign: votes.count(sign) if key(sign) == UNKNOWN else enough for sign in signs}
    left = {number: count for number, count in counts.items() if number not in read}
    for _ in range(most):
        gains = {
            number: sum(min(times, enough - counted[sign]) for sign, times in count.items() if counted[sign] < enough)
            for number, count in left.items()
        }
        number = max(gains, key=lambda number: gains[number], default=None)
        if number is None or gains[number] < CIPHER.few:
            return
        yield number
        counted = {sign: times + left[number][sign] for sign, times in counted.items()}  # at least so many votes
        del left[number]
