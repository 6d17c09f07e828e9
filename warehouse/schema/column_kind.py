"""What a column is: money, a count, a rate, a key, a year, a date, text. One answer for all who ask.

The words of the header say it, and the figures below them are asked whether they can be that. Readers use it to tell
amounts from other numbers, `transforms.core` to decide what each column means. The words are in `lexicon`; which of the
columns around a silent one names it, only the reader of the format knows.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from warehouse.schema import lexicon
from warehouse.schema.text import fold

AMOUNT, QUANTITY, PERCENTAGE, CODE, LIST_NUMBER = "amount", "quantity", "percentage", "code", "list_number"
IDENTIFIER, YEAR, DATE, LABEL = "identifier", "year", "date", "label"


class ColumnKind(NamedTuple):
    """`kind` is 'amount' or one of the reasons why a number is none (`vocabulary.EXCLUSIONS`); null where neither the
    header nor the figures say. `words` are those of the folded header that it rests on, empty where the figures say it.
    `sure` where the words say so of any text: `importe`, and not `federal`, which is money only over figures.
    """

    kind: str | None
    words: str = ""
    sure: bool = False


class Figures(NamedTuple):
    """What the figures of a column look like: the share of them, 0 to 1, of each shape in `SHAPES`."""

    percent: float = 0.0
    money: float = 0.0
    grouped: float = 0.0
    large: float = 0.0
    centavos: float = 0.0
    plain: float = 0.0
    year: float = 0.0
    day: float = 0.0
    zero: float = 0.0


_GROUP = r"\d[,'’´`‘]\d{3}"
_THOUSANDS = rf"(?:{_GROUP}|(?:^|[^.\d])\d{{4,}})"
# Without lookarounds, so that Arrow can look for them in a million texts.
SHAPES = Figures._fields
PATTERNS: dict[str, str] = {
    "percent": r"%",
    "money": rf"\$|{_THOUSANDS}(?:[,'’´`‘]\d{{3}})*\.\d",  # a peso sign, or thousands with decimals, which no count has
    "grouped": rf"\$|{_GROUP}",
    "large": _THOUSANDS,
    "centavos": r"\.\d\d\)?-?$|\$",
    "plain": r"^\d+$",
    "year": r"^(?:19[5-9]\d|20\d\d)(?:\.0)?$",
    # a year, a day as spreadsheets count them, 20210331, 31/03/2021 or 2021-03-31
    "day": r"^(?:(?:19|20)\d\d|[345]\d{4}|(?:19|20)\d{6}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/-]\d{1,2}[/-]\d{1,2})$",
    "zero": r"^[^1-9]*$",
}
_COMPILED = tuple(re.compile(PATTERNS[name]) for name in SHAPES)
_HALF, _NEARLY_ALL, _MOST = 0.5, 0.95, 0.8


def figures_of(texts: Iterable[str]) -> Figures:
    """The shapes of a column's figures, as they are printed or stored."""
    figures = [text.strip() for text in texts]
    if not figures:
        return Figures()
    return Figures(*(sum(bool(shape.search(text)) for text in figures) / len(figures) for shape in _COMPILED))


def column_kind(header: str | None, figures: Figures | None = None) -> ColumnKind:
    """What the column under a header is. `header` has its levels joined by ' | ' from the top.

    Without `figures` the words alone decide. With them, what they cannot be is not said: a column called `Capítulo`
    that holds `1,234.50` is no column of keys.
    """
    by_words = kind_by_words(header)
    if figures is None:
        return by_words
    if figures.percent > _HALF:
        return by_words if by_words.kind == PERCENTAGE else ColumnKind(PERCENTAGE)
    if by_words.kind is None:
        return ColumnKind(YEAR) if figures.year == 1.0 else by_words
    if _can_be(by_words, figures):
        return by_words
    return ColumnKind(AMOUNT) if by_words.kind in (QUANTITY, PERCENTAGE) else ColumnKind(None)


def names_no_money(header: str | None) -> bool:
    """Whether a header calls its column a count or a rate in so many words, whatever its figures look like."""
    by_words = kind_by_words(header)
    return by_words.sure and by_words.kind in (QUANTITY, PERCENTAGE)


def _can_be(by_words: ColumnKind, figures: Figures) -> bool:
    """Whether the figures can be what the words say."""
    if by_words.kind == AMOUNT:
        return True
    if by_words.kind == PERCENTAGE:
        if by_words.sure:
            return figures.money <= _HALF and figures.large <= _HALF
        return not figures.large and not figures.grouped and figures.zero < 1.0
    if by_words.kind == QUANTITY:
        return figures.money < _HALF and not (figures.money and figures.centavos == 1.0)
    if by_words.kind == YEAR:
        return figures.year >= _MOST
    if by_words.kind == DATE:
        return figures.day == 1.0
    if by_words.kind in (CODE, LABEL):
        return figures.plain >= _NEARLY_ALL
    return figures.grouped <= _HALF and figures.money <= _HALF


# The earliest of these words decides: `Clave del presupuesto` is a key, `Presupuesto por clave` money. Of two that begin
# at one place, the first here.
_CLASSES: tuple[tuple[str, bool, Sequence[str]], ...] = (
    (IDENTIFIER, True, lexicon.NUMBERED),
    (QUANTITY, True, lexicon.COUNT),
    (LIST_NUMBER, True, lexicon.LIST_NUMBER),
    (CODE, True, lexicon.CODE),
    (YEAR, True, lexicon.YEAR_NAMED),
    (DATE, True, lexicon.DATE_NAMED),
    (IDENTIFIER, True, lexicon.IDENTIFIER),
    (PERCENTAGE, True, lexicon.RATE),
    (PERCENTAGE, False, lexicon.RATE_OR_MONEY),
    (LABEL, True, lexicon.TEXT),
    (AMOUNT, True, lexicon.MONEY),
    (AMOUNT, False, lexicon.MONEY_OF_FIGURES),
)
_PATTERNS = tuple((kind, sure, re.compile("|".join(parts))) for kind, sure, parts in _CLASSES)
_COUNTED = re.compile("|".join(lexicon.COUNT))
_RATE_ANYWHERE = re.compile(lexicon.RATE_ANYWHERE)
_PER_HEAD = re.compile(lexicon.PER_HEAD)
# `IVA 16%` is money: a sign after digits is the rate of what the header names.
_PERCENT_SIGN = re.compile(r"(?<!\d)(?<!\d )%")
_PERFORMANCE = re.compile(r"(?:^|\| )(?:metas?|indicador(?:es)?)\b.* \| ")
_CAMEL = re.compile(r"([a-záéíóúñ])([A-ZÁÉÍÓÚÑ])")
# A month, a chapter (`1000`), a year or a quarter at the foot of a header: its columns hold amounts, whatever stands above it.
_HEADS_AMOUNTS = re.compile(
    rf"^{lexicon.MONTH}\.?$|^\d{{3,6}}$|\b[1-6] ?(?:er|o|do|to|a|°)?\.? ?(?:trim|bim|sem|cuatr)"
    r"|^(?:primer|segundo|tercer|cuarto|quinto|sexto)o? (?:trim|bim|sem|cuatr)"
)


@lru_cache(maxsize=65_536)
def kind_by_words(header: str | None) -> ColumnKind:
    """What the words of a header say, whatever stands below it.

    The lowest level speaks first; the levels above it are asked where it says nothing. A percent sign anywhere decides.
    """
    if not header:
        return ColumnKind(None)
    whole = fold(_CAMEL.sub(r"\1 \2", header).replace("_", " "))
    for kind, pattern in (
        (PERCENTAGE, _PERCENT_SIGN), (IDENTIFIER, lexicon.SUBTABLE), (PERCENTAGE, _RATE_ANYWHERE), (QUANTITY, _PER_HEAD),
        (QUANTITY, _PERFORMANCE),
    ):  # fmt: skip
        if match := pattern.search(whole):
            return ColumnKind(kind, match[0], sure=True)
    levels = [of_level for level in reversed(whole.split(" | ")) if (of_level := _of_level(level)).kind]
    if levels and levels[0].kind == AMOUNT and not levels[0].sure:
        return next((level for level in levels if level.kind in (QUANTITY, PERCENTAGE)), levels[0])  # `Plazas | 2024`
    return levels[0] if levels else ColumnKind(None)


def _of_level(level: str) -> ColumnKind:
    if match := _HEADS_AMOUNTS.match(level):
        return ColumnKind(AMOUNT, match[0])
    matches = [
        (match.start(), order, match[0]) for order, (*_, pattern) in enumerate(_PATTERNS) if (match := pattern.search(level))
    ]
    if not matches:
        return ColumnKind(None)
    _, order, words = min(matches)
    kind, sure, _ = _PATTERNS[order]
    if kind == AMOUNT and level.startswith("total") and (counted := _COUNTED.search(level)):
        return ColumnKind(QUANTITY, counted[0], sure=True)  # `Total de plazas`
    return ColumnKind(kind, words, sure)
