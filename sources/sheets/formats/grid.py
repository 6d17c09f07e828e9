"""The cells of a sheet, sparse, with what a reader of the sheet sees of each: text, kind, format, place.

Every format is read into this shape, so that tables are found by one code. What a cell means for a table (header, label,
amount) is decided in `sources.sheets.table.segments` and after; only the shape of its own content is judged here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from sources.raw.numeric import is_dash, is_numeric, looks_like_amount
from warehouse.schema.lexicon import GLUED_UNIT, NOTE_BEHIND
from warehouse.schema.vocabulary import Term

_YEAR_TEXT = re.compile(r"^(?:19[5-9]|20\d)\d(?:\s?(?:\(?[a-z]{1,2}\)?|[*¹²³]|p/|e/))?$", re.IGNORECASE)
_PERCENT_TEXT = re.compile(r"^[-(]?\s*[\d.,]+\s*%\)?$")
_DATE_TEXT = re.compile(
    r"^\d{1,2}\s?[/.-]{1,2}\s?(?:\d{1,2}|[a-z]{3,10})\s?[/.-]{1,2}\s?\d{2,4}$|^\d{4}[/-]\d{1,2}[/-]\d{1,2}(?:[ T]\d.*)?$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    rf"^(?:mxn|mx\$)\s*|\s*(?:m\.\s?n\.?|mxn|pesos)$|(?<=\d)\s*{GLUED_UNIT}$|(?<=\d)e\+?\d{{1,2}}$", re.IGNORECASE
)
# Thousands set apart by spaces; `12 345` alone may be two numbers. Which of them is an amount, `transforms.words.money` says too.
_SPACED = re.compile(r"^[-(]?\$?\s?\(?-?\d{1,3}(?:\s\d{3})+(?:[.,]\d{1,2})?\)?-?$")
_SPACED_SURELY = re.compile(r"\$|[.,]\d|\d\s\d{3}\s\d|[\u00a0\u2007\u2009\u202f]")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet of Excel; LibreOffice has as many
_LONGEST_FIGURE = 200  # characters; patterns of figures take the square of the time on what is none
_INVISIBLE = "\u200b\u2060\ufeff\0"  # left over from web pages, and from files that were put together
# A plain decimal as programs write it; a leading zero makes it a code and not a number.
_PLAIN = re.compile(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$")
# Figures in short, whose other digits are lost: `5.01E+05`, `501.4 M`. An exponent alone may be of a key: `1E10`.
_SHORT = re.compile(
    r"^[-(]?\$?\s?-?(?:\d\.\d+E[+-]?\d{1,2}|\dE[+-]\d{1,2}|\d{1,3}(?:[.,]\d+)+\s?(?:mm?|mm?dp|k|mil(?:es|l\.?|lones)?))\)?$",
    re.IGNORECASE,
)
_NOTE_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_INTEGER = re.compile(r"^\d+$")


class Shape(IntEnum):
    """What the content of a cell looks like, before anything is known of its column."""

    TEXT = auto()
    NUMBER = auto()  # stored as a number
    AMOUNT_TEXT = auto()  # text that has the shape of a printed amount
    DASH = auto()
    PERCENT = auto()
    DATE = auto()
    ERROR = auto()
    FORMULA = auto()  # a formula whose value is not stored and could not be computed
    BOOL = auto()


ZEROS = ("0", "0.0")
VALUES = frozenset({Shape.NUMBER, Shape.AMOUNT_TEXT, Shape.DASH, Shape.FORMULA, Shape.ERROR})


class SheetCell:
    """One filled cell. `text` is what is stored, with the minus that its format writes; `value` is its number where it is stored as
    one, dates too.

    `unseen`: the sheet shows nothing of it, or other digits, by its format or its colours. `counted`: it is shown as a count, `12 días`.
    """

    __slots__ = ("bold", "col", "counted", "flag", "format", "indent", "row", "shape", "text", "unseen", "value")

    def __init__(self, row: int, col: int, text: str, shape: Shape, value: float | None = None) -> None:
        self.row, self.col, self.text, self.shape, self.value = row, col, text, shape, value
        self.flag: str | None = None
        self.format: str | None = None  # where it says more than digits
        self.bold = self.unseen = self.counted = False
        self.indent = 0

    @property
    def place(self) -> str:
        """The cell as spreadsheets call it, such as B12."""
        return f"{column_letter(self.col)}{self.row}"

    @property
    def is_value(self) -> bool:
        """Whether it could stand in an amount column (a year could too, but is rather a header)."""
        return self.shape in VALUES

    @property
    def is_year(self) -> bool:
        """Whether it is, alone, a year with or without the mark of a note."""
        if self.shape is Shape.NUMBER:
            return self.value is not None and 1950 <= self.value <= 2099 and self.text.isdigit()
        return self.shape in (Shape.TEXT, Shape.AMOUNT_TEXT) and bool(_YEAR_TEXT.match(self.text.strip()))

    @property
    def is_integer(self) -> bool:
        """A count or a code: digits only, neither cents nor grouping marks nor sign."""
        if self.shape is Shape.NUMBER:
            return self.value is not None and self.value.is_integer() and self.value >= 0
        return self.shape is Shape.AMOUNT_TEXT and bool(_PLAIN_INTEGER.match(self.text.strip()))

    @property
    def counts(self) -> bool:
        """Whether promise P2 counts it wherever it stands: a stored number, or text with a digit."""
        if self.shape in (Shape.NUMBER, Shape.PERCENT, Shape.DATE, Shape.FORMULA):
            return True
        return self.shape is not Shape.BOOL and is_numeric(self.text)


@lru_cache(maxsize=16384)
def column_letter(col: int) -> str:
    """The letters of a column that counts from 1."""
    letters: str = get_column_letter(col)
    return letters


def plain_number(value: float) -> str:
    """The shortest exact decimal of a stored float, without exponent; whole numbers without `.0`."""
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def text_cell(row: int, col: int, text: str) -> SheetCell | None:
    """The cell of a stored text, with the shape of that text; nothing for blank text."""
    stripped = text.strip().strip(_INVISIBLE).strip()
    if not stripped:
        return None
    if len(stripped) > _LONGEST_FIGURE or not is_numeric(stripped):  # most cells are words: nothing else to try
        shape = Shape.DASH if is_dash(stripped) else Shape.TEXT
    elif _PERCENT_TEXT.match(stripped):
        shape = Shape.PERCENT
    elif _DATE_TEXT.match(stripped):
        shape = Shape.DATE
    elif (
        looks_like_amount(_CURRENCY.sub("", _without_marks(stripped)))
        or (_SPACED.match(stripped) and _SPACED_SURELY.search(stripped))
        or is_short(stripped)
    ):
        shape = Shape.AMOUNT_TEXT
    else:
        shape = Shape.TEXT
    return SheetCell(row, col, text, shape)


def is_short(text: str) -> bool:
    """Whether a figure is written in short, without all of its digits."""
    return bool(_SHORT.match(text.strip()))


def written_cell(row: int, col: int, text: str) -> SheetCell | None:
    """The cell of a format that knows only text: a plain decimal is a number as programs write it, with its own digits."""
    if _PLAIN.match(text):
        cell = number_cell(row, col, float(text))
        cell.text = text  # the file's own digits, which a float may not hold
        return cell
    return text_cell(row, col, text)


def _without_marks(text: str) -> str:
    """A figure without the marks of its notes; a year with one is a header, and stays what it is."""
    return text if _YEAR_TEXT.match(text) else NOTE_BEHIND.sub("", text).rstrip(_NOTE_MARKS)


def number_cell(row: int, col: int, value: float, percent: bool = False) -> SheetCell:
    """The cell of a stored number."""
    return SheetCell(row, col, plain_number(value), Shape.PERCENT if percent else Shape.NUMBER, value)


class BesideText(NamedTuple):
    """A text that a sheet shows or prints beside its cells: one of TEXT_KINDS, the cell it is at, if any, and its words."""

    kind: str
    place: str | None
    text: str


# Words, a currency or a scale in a number format; what it does with a minus or with colours is no word.
_TELLING = re.compile(
    r"""\"[^"]*[^\W\d_][^"]*\"|\[\$[^\]-]*[^\W\d_€£¥$]|\[\$[^\]-]*[€£¥]|[€£¥]|\\[^\W\d_]|[0#?],+(?=[^0#?,]|$)|E[+-]"""
)


@lru_cache(maxsize=1024)
def telling_format(code: str | None) -> str | None:
    """A number format, where it says more than how many digits are shown."""
    return code if code and _TELLING.search(code) else None


@dataclass
class SheetGrid:
    """One sheet. Rows and columns count from 1; `merged` are (first row, first column, last row, last column).

    `name` is its address in the workbook, and no other sheet's: see `sources.sheets.read_grids`.
    """

    name: str
    position: int
    hidden: bool = False
    is_text: bool = False  # of a format that has no numbers, only texts
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    failure: Term | None = None
    # Formulas whose stored value is zero, or nothing, and whether any other formula of the sheet has a value.
    zero_formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    is_calculated: bool = False
    notes: list[Term] = field(default_factory=list)  # what was odd about the text of it, as sentences
    same_name: str | None = None  # what the workbook calls it, where it calls another sheet so too
    beside: list[BesideText] = field(default_factory=list)

    def add(self, cell: SheetCell | None) -> None:
        """Puts a cell at its place; nothing where there is none. Raises ValueError for a column that no sheet has."""
        if cell is not None:
            if cell.col > MOST_COLUMNS:
                raise ValueError(f"column {cell.col}: no such column")
            self.rows.setdefault(cell.row, {})[cell.col] = cell

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Takes these cells for one. Raises ValueError where no sheet has such cells."""
        if not (1 <= top <= bottom <= MOST_ROWS and 1 <= left <= right <= MOST_COLUMNS):
            raise ValueError(
                f"merged cells from row {top}, column {left} to row {bottom}, column {right}: no such cells"
            )
        self.merged.append((top, left, bottom, right))

    def hide_columns(self, first: int, last: int) -> None:
        """Hides these columns, as far as a sheet goes. Raises ValueError where no sheet has such columns."""
        if not 1 <= first <= last:
            raise ValueError(f"columns {first} to {last}: no such columns")
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def get(self, row: int, col: int) -> SheetCell | None:
        """The cell at a place, if it is filled."""
        return self.rows.get(row, {}).get(col)

    def cells(self) -> Iterator[SheetCell]:
        """All filled cells, row by row from the left: the order in which they are counted."""
        for row in sorted(self.rows):
            across = self.rows[row]
            for col in sorted(across):
                yield across[col]

    @property
    def width(self) -> int:
        """The last filled column."""
        return max((max(across) for across in self.rows.values() if across), default=0)

    @property
    def height(self) -> int:
        """The last filled row."""
        return max(self.rows, default=0)
