"""The time a document's own words say its amounts cover: days, quarter, fiscal year.

Only words and dates. Whether a statement accumulates since 1 January, and what a law covers, is for `describe`, which
knows the kind of document.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from warehouse.schema.lexicon import MONTH, MONTH_NUMBERS, YEAR
from warehouse.schema.text import fold
from warehouse.schema.vocabulary import Term


class PrintedLine(NamedTuple):
    """A printed line and where it stands, in words; nowhere, where nobody is told."""

    text: str
    where: Term = Term("", "")

    @property
    def quoted(self) -> Term:
        """Its words and its place, for a sentence."""
        text = " ".join(self.text.split())
        short = text if len(text) <= 120 else text[:119] + "…"
        return Term(f"“{short}” ({self.where.en})", f"«{short}» ({self.where.es})")


class Period(NamedTuple):
    """`start` is null where only the end is said; `quarter` where the words name one."""

    start: date | None
    end: date
    quarter: int | None
    line: PrintedLine


class Year(NamedTuple):
    """A year, and the line that says it."""

    year: int
    line: PrintedLine


_M = rf"{MONTH}\b\.?"
_Y = YEAR
_D = r"\d{1,2}(?:o|ro|er)?\.?"
_OF = r"\s*(?:de|del)?\s*(?:ano\s*)?"
_ORDINALS = {"primer": 1, "1er": 1, "1o": 1, "i": 1, "segundo": 2, "2do": 2, "2o": 2, "ii": 2, "tercer": 3, "3er": 3, "3o": 3, "iii": 3,
             "cuarto": 4, "cuartro": 4, "4to": 4, "4o": 4, "iv": 4}  # fmt: skip

_RANGE = re.compile(
    rf"\b(?P<d1>{_D})\s*(?:de\s*)?(?P<m1>{_M})(?:{_OF}(?P<y1>{_Y}))?,?\s*(?:al?|hasta el)\s+(?P<d2>{_D})\s*(?:de\s*)?(?P<m2>{_M}){_OF}(?P<y2>{_Y})\b"
)
_DIGITS_RANGE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})[/-](?P<m1>\d{{1,2}})[/-](?P<y1>{_Y})\s*(?:al?|-|–|hasta el)\s*(?P<d2>\d{{1,2}})[/-](?P<m2>\d{{1,2}})[/-](?P<y2>{_Y})\b"
)
_ISO_RANGE = re.compile(rf"\b(?P<s>{_Y}-\d\d-\d\d)\b.{{1,12}}\b(?P<e>{_Y}-\d\d-\d\d)\b")
_AT = re.compile(rf"\bal?\s+(?P<d2>{_D})\s*(?:de\s*)?(?P<m2>{_M}){_OF}(?P<y2>{_Y})\b")
_MONTH_RANGE = re.compile(rf"\b(?P<m1>{_M})\s*(?:-|–|/|al?\b)\s*(?P<m2>{_M})")
_QUARTER = re.compile(
    rf"\b(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})[\s_-]*trim(?:estre)?\b"
    rf"|\b(?P<digit>[1-4])[\s_-]*(?:t|trim(?:estre)?)(?![a-z])|(?<![a-z0-9])t(?P<after>[1-4])(?!\d)"
)
_DATE = re.compile(rf"\b{_D}\s*(?:de\s*)?{_M}{_OF}{_Y}\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]{_Y}\b|\b{_Y}-\d\d-\d\d\b")
_ANY_YEAR = re.compile(rf"(?<!\d){_Y}(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(?:[1-4]t|t[1-4])[\s_-]*(?P<short>\d\d)(?!\d)")
_FISCAL = re.compile(
    rf"\b(?:ejercicio fiscal|ejercicio|cuenta publica|ano fiscal|presupuesto (?:general )?de egresos|finanzas publicas)\b"
    rf"[\s:.,()]*(?:(?:del?|para|el|ano|fiscal|estado)\b[\s:]*)*(?P<y>{_Y})\b"
)


def find_period(lines: Sequence[PrintedLine]) -> Period | None:
    """The first period the lines say; whole dates count before quarters and months."""
    for find in (_dates, _end_date, _named_quarter, _months):
        for line in _with_next(lines):
            period = find(line)
            if period:
                return period
    return None


def find_fiscal_year(lines: Sequence[PrintedLine]) -> Year | None:
    """The first year the lines call a fiscal year, account or budget."""
    for line in _with_next(lines):
        match = _FISCAL.search(fold(line.text))
        if match:
            return Year(int(match["y"]), line)
    return None


def find_any_year(lines: Iterable[PrintedLine]) -> Year | None:
    """The only year a line mentions, in the first line that mentions one: weak evidence, for file and folder names."""
    for line in lines:
        years = set(_ANY_YEAR.findall(line.text)) or {f"20{short}" for short in _SHORT_YEAR.findall(fold(line.text))}
        if len(years) == 1:
            return Year(int(years.pop()), line)
    return None


def find_only_year(lines: Sequence[PrintedLine]) -> Year | None:
    """The only year that all the lines mention, dates apart: a title may say 2024 and no more."""
    years = [(year, line) for line in lines for year in _ANY_YEAR.findall(_DATE.sub(" ", fold(line.text)))]
    return Year(int(years[0][0]), years[0][1]) if len({year for year, _ in years}) == 1 else None


def month_number(name: str) -> int | None:
    """Of a month's folded name or its abbreviation."""
    return MONTH_NUMBERS.get(name[:3])


def quarter_dates(year: int, quarter: int) -> tuple[date, date]:
    """Its first and last day."""
    return date(year, quarter * 3 - 2, 1), _month_end(year, quarter * 3)


def quarter_of(end: date | None) -> int | None:
    """The quarter that ends on this day, if one does."""
    return end.month // 3 if end and end.month % 3 == 0 and end == _month_end(end.year, end.month) else None


def _with_next(lines: Sequence[PrintedLine]) -> Iterable[PrintedLine]:
    """Each line, then each with the one after it, where a phrase may run over the line's end."""
    yield from lines
    for line, after in pairwise(lines):
        if line.where == after.where:
            yield PrintedLine(f"{line.text} {after.text}", line.where)


def _dates(line: PrintedLine) -> Period | None:
    text = fold(line.text)
    iso = _ISO_RANGE.search(text)
    if iso:
        start, end = _iso(iso["s"]), _iso(iso["e"])
        return Period(start, end, None, line) if start and end and start <= end else None
    digits = _DIGITS_RANGE.search(text)
    if digits:
        start, end = (_iso(f"{digits[f'y{n}']}-{digits[f'm{n}']:0>2}-{digits[f'd{n}']:0>2}") for n in (1, 2))
        return Period(start, end, None, line) if start and end and start <= end else None
    match = _RANGE.search(text)
    if not match:
        return None
    end_year = int(match["y2"])
    start = _day(int(match["y1"] or end_year), match["m1"], match["d1"])
    end = _day(end_year, match["m2"], match["d2"])
    return Period(start, end, None, line) if start and end and start <= end else None


def _end_date(line: PrintedLine) -> Period | None:
    text = fold(line.text)
    # A range that was not taken for one runs backwards: a misprint, and which day is wrong nobody knows.
    match = None if _RANGE.search(text) else _AT.search(text)
    end = _day(int(match["y2"]), match["m2"], match["d2"]) if match else None
    return Period(None, end, None, line) if end else None


def _named_quarter(line: PrintedLine) -> Period | None:
    match = _QUARTER.search(fold(line.text))
    year = find_any_year([line])
    if not match or not year:
        return None
    quarter = _ORDINALS.get(match["word"] or "") or int(match["digit"] or match["after"])
    return Period(None, quarter_dates(year.year, quarter)[1], quarter, line)


def _months(line: PrintedLine) -> Period | None:
    match = _MONTH_RANGE.search(fold(line.text))
    year = find_any_year([line])
    if not match or not year:
        return None
    first, last = MONTH_NUMBERS[match["m1"][:3]], MONTH_NUMBERS[match["m2"][:3]]
    return Period(date(year.year, first, 1), _month_end(year.year, last), None, line) if first <= last else None


def _day(year: int, month: str, day: str) -> date | None:
    number = MONTH_NUMBERS[month[:3]]
    digits = int(re.sub(r"\D", "", day))
    # '31 de junio' is printed now and then: the month's end is meant.
    return date(year, number, min(digits, monthrange(year, number)[1])) if 1 <= digits <= 31 else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
