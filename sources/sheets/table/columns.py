"""What each column of a segment is: amounts, labels, or numbers that are no amounts, and which labels name which amounts.

A column is judged by the words of its header, and the words by the values below them: a column called `Capítulo` that
holds cents holds amounts. Rows are built in `sources.sheets.table.tables`.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from sources.sheets.table.segments import Outline, Segment, is_column_number
from sources.sheets.words import is_header_word, is_link, names_lines
from warehouse.schema.column_kind import (
    AMOUNT,
    CODE,
    LABEL,
    PERCENTAGE,
    QUANTITY,
    column_kind,
    figures_of,
    kind_by_words,
)
from warehouse.schema.personal import without_personal
from warehouse.schema.text import fold

_MISPRINT = re.compile(r"^[-(]?\$?\s*[-(]?[\d.,'’´`‘\s]*(?:[A-Za-z][\d.,'’´`‘\s]*)?\)?-?$")
_DOTTED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?$")
_MAX_MIDDLE_LABELS = 3
_MAX_FIRST_LABELS = 8  # a list with more columns before its first amount is no statement with two sides
_MANY = 100
_SHARES = 3
_UNREAD = 3
# Text that begins or ends as a printed amount does: `US$ 1,234.50`, `1,234.50 dls`.
_STARTS_OR_ENDS = re.compile(r"^\S{0,5}\s?[\d,.'’]*\d[.,]\d\d\b.{0,12}$")


@dataclass
class SegmentColumn:
    """One column of a segment: its header, the class of its numbers, and its cells in the body."""

    col: int
    header: str
    cells: list[SheetCell] = field(default_factory=list)
    reason: str | None = None  # why its numbers are no amounts; None for an amount column or one without numbers
    is_amount: bool = False

    @property
    def has_text(self) -> bool:
        """Whether any of its cells is words."""
        return any(cell.shape is Shape.TEXT for cell in self.cells)

    @property
    def names(self) -> bool:
        """Whether its words name rows: a column of codes may hold the word `Total` too."""
        return sum(cell.shape is Shape.TEXT for cell in self.cells) * 2 > len(self.cells)


@dataclass(frozen=True)
class Group:
    """Amount columns with the label columns that name them: one table."""

    amounts: tuple[SegmentColumn, ...]
    labels: tuple[SegmentColumn, ...]
    others: tuple[SegmentColumn, ...]


def is_amount_like(cell: SheetCell) -> bool:
    """Whether the cell, standing in an amount column, is an amount: also a misprinted one (`0.Q0`), never a word."""
    if cell.is_value:
        return True
    text = cell.text.strip()
    digits = sum(char.isdigit() for char in text)
    return (
        cell.shape is Shape.TEXT
        and digits > 0
        and digits * 2 >= sum(char.isalnum() for char in text)
        and bool(_MISPRINT.match(text))
    )


def is_unread_money(column: SegmentColumn) -> bool:
    """Whether a column that its header calls money holds figures written with words that were not understood."""
    figures = [cell for cell in column.cells if cell.shape is Shape.TEXT and _STARTS_OR_ENDS.search(cell.text.strip())]
    by_words = kind_by_words(column.header)
    money = by_words.kind == AMOUNT and by_words.sure
    return not column.is_amount and money and len(figures) >= _UNREAD and 2 * len(figures) > len(column.cells)


def columns(
    grid: SheetGrid, outline: Outline, segment: Segment, refused: Container[tuple[int, int]]
) -> list[SegmentColumn]:
    """Every column of the segment with what it is, from the left. Refused cells are not there."""
    by_position: dict[int, SegmentColumn] = {}
    headers = _headers(grid, outline, segment)
    for row in segment.body:
        for col, cell in grid.rows[row].items():
            if (row, col) in refused:
                continue
            if col not in by_position:
                by_position[col] = SegmentColumn(col, headers.get(col, ""))
            by_position[col].cells.append(cell)
    result = [by_position[col] for col in sorted(by_position)]
    for column in result:
        column.header = column.header or _own_header(column)
    for index, column in enumerate(result):
        _judge(column, result[:index], result[index + 1 :])
    return result


def _own_header(column: SegmentColumn) -> str:
    """The words over the first number of a column whose header stands lower than that of its neighbours."""
    first = next((index for index, cell in enumerate(column.cells) if cell.is_value), 0)
    above = column.cells[first - 1] if first else None
    if above is None or above.shape is not Shape.TEXT or not is_header_word(above.text):
        return ""
    return " ".join(above.text.split())


def _headers(grid: SheetGrid, outline: Outline, segment: Segment) -> dict[int, str]:
    """The header of each column: the texts that stand over it, from the top, merged ones over all columns they span."""
    levels: dict[int, list[str]] = {}
    merges = any(top in segment.header and right > left for top, left, _, right in grid.merged)
    for order, row in enumerate(segment.header):
        cells = sorted(grid.rows[row].values(), key=lambda cell: cell.col)
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            right = outline.span.get((row, cell.col), (0, cell.col))[1]
            reach = range(cell.col, right + 1)
            if not merges and order + 1 < len(segment.header):
                reach = _spread(grid, segment.header[order + 1 :], cell, following)
            if row in segment.numbering and is_column_number(cell):
                continue
            text = without_personal(" ".join(cell.text.split()))
            for col in reach:
                above = levels.setdefault(col, [])
                if not above or above[-1] != text:
                    above.append(text)
    return {col: " | ".join(texts) for col, texts in levels.items()}


def _spread(grid: SheetGrid, lower: Sequence[int], cell: SheetCell, following: SheetCell | None) -> range:
    """Where nothing is merged, a group header reaches over the headers below it up to the next header of its row."""
    under = {col for row in lower for col in grid.rows[row]}
    end = cell.col + 1
    limit = following.col if following is not None else max(under, default=cell.col) + 1
    if cell.col in under:
        while end < limit and end in under:
            end += 1
    return range(cell.col, end)


def _judge(column: SegmentColumn, left: Sequence[SegmentColumn], right: Sequence[SegmentColumn]) -> None:
    numbers = [cell for cell in column.cells if cell.is_value and cell.shape not in (Shape.DASH, Shape.ERROR)]
    if not numbers:
        if any(cell.shape is Shape.PERCENT for cell in column.cells):
            column.reason = PERCENTAGE
        elif any(cell.shape is Shape.DASH for cell in column.cells):
            by_words = kind_by_words(column.header)
            column.is_amount = by_words.kind == AMOUNT or (by_words.kind == PERCENTAGE and not by_words.sure)
        return
    column.reason = _reason(column, numbers, left, right)
    column.is_amount = column.reason is None


def _reason(
    column: SegmentColumn, numbers: list[SheetCell], left: Sequence[SegmentColumn], right: Sequence[SegmentColumn]
) -> str | None:
    """Why the numbers of the column are no amounts; None where they are."""
    percents = [cell for cell in column.cells if cell.shape is Shape.PERCENT]
    if len(percents) > len(numbers):
        return PERCENTAGE
    kind = column_kind(column.header, figures_of(cell.text for cell in numbers)).kind
    if kind is None and sum(cell.counted for cell in numbers) * 2 > len(numbers):
        return QUANTITY
    if kind == AMOUNT:
        return None
    if kind is None and kind_by_words(column.header).kind == CODE and _are_dotted(numbers, left, right):
        return CODE
    texts = sum(cell.shape in (Shape.TEXT, Shape.DATE) and not is_amount_like(cell) for cell in column.cells)
    if kind is not None:
        return CODE if kind == LABEL and texts <= len(numbers) else kind
    return LABEL if texts > len(numbers) else _by_values(column, numbers, left, right)


def _are_dotted(numbers: list[SheetCell], left: Sequence[SegmentColumn], right: Sequence[SegmentColumn]) -> bool:
    """Whether the numbers are keys by levels, `1`, `1.1`, `2.3.1`, that stand before the names they are of."""
    first = not any(other.names or other.is_amount for other in left) and any(other.names for other in right)
    return first and all(_DOTTED.match(cell.text.strip()) for cell in numbers)


def _by_values(
    column: SegmentColumn, numbers: list[SheetCell], left: Sequence[SegmentColumn], right: Sequence[SegmentColumn]
) -> str | None:
    """A column whose header says nothing: codes and row numbers stand before the labels, years are years."""
    headed = [other for other in left if other.is_amount and other.header]
    if not column.header and headed and _are_noted(numbers, headed):
        return "footnote"
    if _are_shares(numbers):
        return PERCENTAGE
    if not all(cell.is_integer for cell in numbers):
        return None
    if sum(cell.is_year for cell in numbers) == len(numbers) and not column.header:
        return "year"
    values = [_number(cell) for cell in numbers]
    if not any(other.names or other.is_amount for other in left) and _stands_before_names(left, right):
        if len(values) > 2 and values[0] <= 1 and all(two == one + 1 for one, two in pairwise(values)):
            return "list_number"
        return (
            "identifier" if len(values) >= _MANY and len(set(values)) == len(values) and not column.header else "code"
        )
    if not column.header and headed and _are_object_codes(values):
        return "code"
    if (
        column.header
        and right
        and _is_words(right[0])
        and any(kind_by_words(other.header).kind == AMOUNT for other in right)
    ):
        return "code"  # a key and, beside it, what it stands for
    if (
        headed
        and all(cell.shape is Shape.AMOUNT_TEXT for cell in numbers)
        and all(_are_stored(other) for other in headed)
    ):
        return "code"  # integers kept as text beside amounts kept as numbers
    return None


def _stands_before_names(left: Sequence[SegmentColumn], right: Sequence[SegmentColumn]) -> bool:
    """Whether a column of words stands on the right, and figures behind it. Where no figures do, those before it are no keys, but
    for the first column: a list whose last column is a remark. One word among figures names nothing.
    """
    worded = [n for n, other in enumerate(right) if other.names]
    if not worded:
        return False
    behind = any(cell.is_value for other in right[worded[0] + 1 :] for cell in other.cells)
    return behind or worded[0] == 0 or not any(other.reason for other in left)


def _are_noted(numbers: list[SheetCell], headed: list[SegmentColumn]) -> bool:
    """Whether numbers without a header are a figure noted beside the table, or the zeros of a check."""
    few = len(numbers) * 10 <= max(len(other.cells) for other in headed)
    return few or not any(cell.value or cell.shape is not Shape.NUMBER for cell in numbers)


def _are_shares(numbers: list[SheetCell]) -> bool:
    """Whether the numbers are parts of one, as no pesos are: `0.2479`, to more than centavos."""
    fine = sum(cell.value is not None and not (cell.value * 100).is_integer() for cell in numbers)
    return (
        len(numbers) >= _SHARES
        and all(cell.value is not None and abs(cell.value) <= 1 for cell in numbers)
        and fine * 2 > len(numbers)
    )


def _is_words(column: SegmentColumn) -> bool:
    return sum(cell.shape is Shape.TEXT for cell in column.cells) * 10 >= len(column.cells) * 9


def _are_stored(column: SegmentColumn) -> bool:
    return sum(cell.shape is Shape.NUMBER for cell in column.cells) * 2 > len(column.cells)


def _are_object_codes(values: list[float]) -> bool:
    """Codes noted beside a table: of three to five digits, mostly different, ending in zeros."""
    codes = [value for value in values if value]
    return (
        bool(codes)
        and all(100 <= value <= 99_999 for value in codes)
        and len(set(codes)) * 3 >= len(codes) * 2
        and sum(value % 100 == 0 for value in codes) * 2 > len(codes)
    )


def _number(cell: SheetCell) -> float:
    return cell.value if cell.value is not None else float("".join(char for char in cell.text if char.isdecimal()) or 0)


def groups(columns: Sequence[SegmentColumn]) -> list[Group]:
    """The tables that stand side by side: amount columns with the nearest label columns to their left."""
    amounts = [column for column in columns if column.is_amount]
    if not amounts:
        return []
    first_labels = [column for column in columns if column.col < amounts[0].col]
    parts: list[tuple[list[SegmentColumn], list[SegmentColumn]]] = [([], first_labels)]
    for column, following in zip(amounts, [*amounts[1:], None], strict=True):
        parts[-1][0].append(column)
        if following is not None:
            between = [other for other in columns if column.col < other.col < following.col]
            if _names_amounts(between, following, first_labels, apart=_stands_apart(columns, column, between)):
                parts.append(([], between))
    if not first_labels:  # amounts stand left of what names them
        parts[0] = (parts[0][0], [column for column in columns if column.col > amounts[-1].col and column.has_text][:1])
    taken = {column.col for named, labels in parts for column in (*named, *labels)}
    two_sided = any(_same_headers(labels, first_labels) for _, labels in parts[1:])
    rest = [] if two_sided else [column for column in columns if column.col not in taken]
    shared = [] if two_sided else [column for _, labels in parts for column in labels]
    return [
        Group(
            tuple(named), tuple(_inherit(labels)), tuple(column for column in [*shared, *rest] if column not in labels)
        )
        for named, labels in parts
    ]


def _same_headers(labels: Sequence[SegmentColumn], first_labels: Sequence[SegmentColumn]) -> bool:
    """Whether a second label block repeats the first one, or has no header: two sides of a statement, with rows of their own."""
    first_headers = {fold(column.header) for column in first_labels}
    return any(column.has_text and fold(column.header) in {*first_headers, ""} for column in labels)


def _inherit(labels: Sequence[SegmentColumn]) -> list[SegmentColumn]:
    """A label column without a header belongs to the one on its left: `COG` over three columns, one for each level."""
    result: list[SegmentColumn] = []
    for column in labels:
        before = result[-1] if result else None
        if not column.header and before is not None and before.header and column.col == before.col + 1:
            column = replace(column, header=before.header)
        result.append(column)
    return result


def _stands_apart(columns: Sequence[SegmentColumn], before: SegmentColumn, between: Sequence[SegmentColumn]) -> bool:
    """Whether columns begin another table: behind an empty column, where the table before them has none inside."""
    if not between or between[0].col == before.col + 1:
        return False
    mine = [column.col for column in columns if column.col <= before.col]
    return all(two == one + 1 for one, two in pairwise(mine))


def _names_amounts(
    between: Sequence[SegmentColumn],
    amount: SegmentColumn,
    first_labels: Sequence[SegmentColumn],
    *,
    apart: bool,
) -> bool:
    """Whether columns between two amount columns name the second: a label column like the first or apart from it, in most of
    its rows.
    """
    texts = [column for column in between if column.has_text]
    if not texts or len(between) > _MAX_MIDDLE_LABELS or len(first_labels) > _MAX_FIRST_LABELS:
        return False
    first_headers = {fold(column.header) for column in first_labels if column.header}
    naming = [
        column
        for column in texts
        if not column.header
        or apart
        or fold(column.header) in first_headers
        or (names_lines(column.header) and not is_link(column.header))
    ]
    rows = {cell.row for cell in amount.cells if cell.is_value}
    named = {cell.row for column in naming for cell in column.cells if cell.shape is Shape.TEXT}
    return bool(rows) and len(rows & named) * 2 >= len(rows)
