"""Figures: the words of a line put together into printed numbers, and what kind of number each one looks like.

A `$`, a sign or a parenthesis standing apart belongs to its number; so do the pieces of a number set with wide
spaces. Whether a figure is an amount of a table is decided in `columns`.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sources.pdf.page.lines import Line, around, text_of
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import FIGURES
from sources.raw.numeric import CREDIT, DASHES, is_dash, is_numeric, looks_like_amount
from warehouse.schema.lexicon import WORTH_BEHIND


class FigureKind(Enum):
    """What the shape of a printed number says."""

    MONEY = "money"  # the shape alone says an amount: grouping, decimals or a currency sign
    PLAIN = "plain"  # digits only: an amount, a code, a year, a count…
    DASH = "dash"
    PERCENT = "percent"


_GROUP = r"[,'’´`‘.]"
_OPEN = rf"[{DASHES}(<\[+]"
_CLOSE = rf"[)>\]]?[{DASHES}*]?(?:{CREDIT})?"
_CREDIT = re.compile(rf"^{CREDIT}$")
_MONEY = re.compile(
    rf"^{_OPEN}*\$?{_OPEN}*(?:\d{{1,3}}(?:{_GROUP}+\d{{3}})+(?:[.,]\d{{1,4}})?|(?:0|[1-9]\d*)[.,]\d{{2}}|[1-9]\d*\.\d{{3,6}}){_CLOSE}$"
)
_PESOS = re.compile(rf"^{_OPEN}*\${_OPEN}*(?=[,'’´`‘.]*\d)[\d,'’´`‘.]+{_CLOSE}$|^[(<]\d+\.\d+[)>]$")
_MISPLACED = re.compile(r"^\d{1,3}\$\d[\d,'’´`‘]*\.\d\d$")  # `0$200,619.00`: a misprint, kept as it is
_DOTTED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){2,}\.?$")  # a code of several levels
_PERCENT = re.compile(rf"^{_OPEN}*\d+(?:[.,]\d+)?\s*%\)?$")
_OPENER = re.compile(rf"^{_OPEN}*\$?{_OPEN}*$")
_WHOLE = re.compile(rf"^{_OPEN}*\$?(?:[1-9]\d{{0,2}}(?:[,'’´]\d{{3}})*|[1-9]\d*|0)(?:\.\d\d)?[)>]?$")
_SIGNS = tuple(DASHES)
_DIGITS = re.compile(r"^[\d,'’´`‘.]+\)?$")


@dataclass(slots=True, eq=False)
class PrintedFigure:
    """One printed number or dash, of one or several words."""

    words: list[Word]
    text: str
    kind: FigureKind
    x0: float
    top: float
    x1: float
    bottom: float
    base: float

    @property
    def middle(self) -> float:
        """The x halfway between its edges, in points."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """Its height, in points."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """Its place, in points from the top left."""
        return self.x0, self.top, self.x1, self.bottom


@lru_cache(maxsize=2**14)
def kind_of(text: str) -> FigureKind | None:
    """What a text looks like; None when it is not a number."""
    whole = text.replace(" ", "")
    text = WORTH_BEHIND.sub("", whole)
    if is_dash(text):
        return FigureKind.DASH
    if _PERCENT.match(text):
        return FigureKind.PERCENT
    if _MISPLACED.match(text):
        return FigureKind.MONEY
    if not is_numeric(text) or not looks_like_amount(text) or _DOTTED.match(text):
        return None
    worth = text != whole  # `87.0 mil` is money as `87.00` is
    return FigureKind.MONEY if worth or _MONEY.match(text) or _PESOS.match(text) else FigureKind.PLAIN


def figure_of(words: list[Word], text: str | None = None) -> PrintedFigure | None:
    """The words as one figure, or None when they are not a number together."""
    text = text or (text_of(words) if len(words) > 1 else words[0].text)
    kind = kind_of(text)
    if kind is None:
        return None
    box = around(words)
    return PrintedFigure(words, text, kind, *box, max(words, key=lambda w: len(w.text)).base)


def figures_of(line: Line, apart: list[float]) -> list[PrintedFigure]:
    """The figures of a line from the left; nothing is put together across the separators `apart`."""
    figures: list[PrintedFigure] = []
    words = line.words
    start = 0
    while start < len(words):
        end = _end(words, start, apart)
        together = figure_of(words[start:end])
        if together is None and end > start + 1:
            end = start + 1
            together = figure_of(words[start:end])
        if together is not None:
            figures.append(together)
        start = end
    return figures


def _end(words: list[Word], start: int, apart: list[float]) -> int:
    """Where the number that begins at `start` ends."""
    end = start + 1
    if not _begins(words[start].text):
        return end
    if spaced := _spaced(words, start, apart):
        return spaced
    while end < len(words) and _belongs(words[start:end], words[end], apart):
        end += 1
    return end


@lru_cache(maxsize=2**14)
def _begins(text: str) -> bool:
    """Whether a number may begin with this word."""
    return is_numeric(text) or bool(_OPENER.match(text))


def _belongs(words: list[Word], word: Word, apart: list[float]) -> bool:
    last = words[-1]
    gap = word.x0 - last.x1
    if any(last.middle < x < word.middle for x in apart):
        return False
    before, after = "".join(w.text for w in words), word.text
    if "$" in before and not is_numeric(before) and not is_dash(before):
        return is_dash(after) or bool(_DIGITS.match(after) or kind_of(after) or after in "(<")
    if (
        before.replace("$", "") in _SIGNS
        and apart
        and kind_of(after) is FigureKind.MONEY
        and _same_cell(last, word, apart)
    ):
        return True  # accounting formats put the sign at the other side of the cell
    if gap > FIGURES.sign_gap * word.size:
        return False
    if before.strip("(<") in ("", "+", *_SIGNS):
        shape = after == "$" or kind_of(after) in (FigureKind.MONEY, FigureKind.PLAIN)
        return gap <= FIGURES.opener_gap * word.size and shape
    if _closes(before, after, gap <= FIGURES.trailing_gap * word.size):
        return True
    if gap > FIGURES.piece_gap * word.size or not _DIGITS.match(after):
        return False
    if (
        gap < FIGURES.touching * word.size
        and _WHOLE.match(before + after)
        and not (_WHOLE.match(before) and _WHOLE.match(after))
    ):
        return True  # a number in pieces that touch
    if before[-1] in ",.'’´" and before[0] not in ",." and len(before) > 1 and is_numeric(before):
        return True
    return after[0] in ",.'’´" and kind_of(before) is not None


def _closes(before: str, after: str, near: bool) -> bool:
    """Whether a number ends in this sign: a parenthesis, a percentage, `CR`, or a minus or a unit no farther than a space."""
    if after in (")", ">", "%"):
        return is_numeric(before)
    if kind_of(before) is not FigureKind.MONEY:
        return near and kind_of(before) is not None and bool(WORTH_BEHIND.search(before + after))
    return bool(_CREDIT.match(after)) or (
        near and ((is_dash(after) and before[0] not in _SIGNS) or bool(WORTH_BEHIND.search(before + after)))
    )


def _spaced(words: list[Word], start: int, apart: list[float]) -> int | None:
    """Where a number ends whose thousands are set apart by spaces. A `$` or decimals prove it: codes run alike."""
    if not re.match(r"^[-–(]*\$?[-–(]*\d{1,3}$", words[start].text):
        return None
    end = start + 1
    while end < len(words):
        last, word = words[end - 1], words[end]
        if word.x0 - last.x1 >= FIGURES.group_gap * word.size or any(last.middle < x < word.middle for x in apart):
            break
        if re.match(r"^\d{3}[.,]\d{2}\)?-?$", word.text):
            return end + 1
        if not re.match(r"^\d{3}$", word.text):
            break
        end += 1
    return end if "$" in words[start].text and end > start + 1 else None


def _same_cell(a: Word, b: Word, apart: list[float]) -> bool:
    return bool(apart) and apart[0] < a.middle and b.middle < apart[-1] and b.x0 - a.x1 < FIGURES.cell * b.size


def pieced(cell: list[PrintedFigure]) -> list[list[PrintedFigure]]:
    """The figures of one cell: pieces of one number (a sign apart, digits wrapped to a second line) together."""
    ordered = sorted(cell, key=lambda f: (round(f.base), f.x0))
    if len(ordered) == 2:
        first, second = ordered
        text = first.text + second.text
        wrapped = (
            re.search(r"[.,'’]\d{0,2}$", first.text)
            and not re.search(r"\.\d\d$", first.text)
            and second.text[0].isdigit()
        )
        if (first.kind is FigureKind.DASH and second.kind is not FigureKind.DASH and kind_of(text)) or wrapped:
            return [ordered]
    return [[f] for f in ordered]
