"""The one builder of raw tables: readers hand it what is printed and where, and it gives the frames of a Reading.

Promise P2 holds here by construction: a number enters with its cell or with the reason why it is no amount, and a page
is closed only when each of its numeric parts (words of a PDF, cells of a sheet) was handed over, once. What is a table,
and what the reasons are, the readers decide.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from sources.raw.reading import Reading
from warehouse.schema import Table
from warehouse.schema.lexicon import BEARS_ON_NUMBERS
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE, RAW_TEXT
from warehouse.schema.text import fold
from warehouse.schema.vocabulary import Term

LONGEST_TEXT = 400  # characters: what is longer is a paragraph in a cell or box, and says nothing of one table

_PANDAS: dict[pa.DataType, Any] = {
    pa.string(): pd.StringDtype(na_value=np.nan),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class AccountError(RuntimeError):
    """A number of a page handed over twice, or never: a defect of a reader, never of a document."""


class Placement(NamedTuple):
    """The cell of a table that an amount stands in: table of the document, row and amount column of the table, from 1."""

    table: int
    row: int
    column: int


class PrintedNumber(NamedTuple):
    """A number as it is printed or stored: its text, its place on the page, and what is to be known of its reading.

    `order` sorts the numbers of a page as they are read.
    """

    source_text: str
    place: str
    order: tuple[float, float]
    flag: str | None = None
    confidence: float | None = None
    recognised: str | None = None
    witness: str | None = None
    format: str | None = None


class PrintedRow(NamedTuple):
    """A row as it is printed: the page and place it stands at, and its label whole and by label column.

    `label_cells` is a JSON list of [header, text]; `indent` is in points, or in levels plus columns of a sheet.
    """

    page: str
    place: str
    label: str | None
    label_cells: str
    indent: float | None
    bold: bool | None
    hidden: bool | None = None
    witness: str | None = None


class PrintedPage(NamedTuple):
    """A page or sheet as a whole: its order in the document from 1, what it is, and its size in points or in columns
    and rows. `words` is None where it could not be read.
    """

    position: int
    kind: str
    width: float
    height: float
    words: int | None
    printed_page: str | None = None
    hidden: bool | None = None
    message: str | None = None


class PrintedText(NamedTuple):
    """A line of text that stands in no table: one of TEXT_KINDS, its place and words, and the table it is beside."""

    kind: str
    place: str | None
    text: str
    table: int | None = None


class PageAccount:
    """The numbers of one page or sheet, each with its cell or its reason.

    `numeric` are the parts of the page that have to be accounted for. A number may be made of other parts too (a sign,
    a currency symbol that stands apart, a dash in place of an amount).
    """

    def __init__(self, page: str, numeric: Iterable[Hashable]) -> None:
        self.page = page
        self._due = dict.fromkeys(numeric)  # in order
        self._taken: set[Hashable] = set()
        self._numbers: list[tuple[PrintedNumber, Placement | None, str | None]] = []

    @property
    def due(self) -> list[Any]:
        """The numeric parts that were not handed over yet, in the order of the page."""
        return [part for part in self._due if part not in self._taken]

    def place(self, parts: Sequence[Hashable], number: PrintedNumber, placement: Placement) -> None:
        """An amount of a table. Raises AccountError where one of its parts was handed over before."""
        self._take(parts, number)
        self._numbers.append((number, placement, None))

    def exclude(self, parts: Sequence[Hashable], number: PrintedNumber, reason: str) -> None:
        """A number that is no amount, by one of EXCLUSIONS. Raises AccountError where it was handed over before."""
        self._take(parts, number)
        self._numbers.append((number, None, reason))

    def _take(self, parts: Sequence[Hashable], number: PrintedNumber) -> None:
        if not self._taken.isdisjoint(parts):
            raise AccountError(f"page {self.page}: {number.source_text!r} at {number.place} was handed over twice")
        self._taken.update(parts)

    def closed(self) -> list[tuple[PrintedNumber, Placement | None, str | None]]:
        """The numbers in reading order. Raises AccountError where a numeric part was never handed over."""
        if due := self.due:
            first = getattr(due[0], "text", due[0])
            raise AccountError(f"page {self.page}: {len(due)} numbers were never handed over, the first is {first!r}")
        return sorted(self._numbers, key=lambda entry: entry[0].order)


class RawBuilder:
    """The raw frames of one document, growing table by table and page by page."""

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._pages, self._tables, self._columns = _Rows(RAW_PAGE), _Rows(RAW_TABLE), _Rows(RAW_COLUMN)
        self._rows, self._numbers, self._texts = _Rows(RAW_ROW), _Rows(RAW_NUMBER), _Rows(RAW_TEXT)
        self._lines: Counter[str] = Counter()  # of text, by page
        self._counted: list[tuple[int, int]] = []  # columns and rows of each table so far

    @property
    def tables(self) -> int:
        """How many tables there are so far."""
        return len(self._counted)

    def add_table(self, *, title: str | None, context: str | None, page_first: str, page_last: str, method: str) -> int:
        """A table; gives its number in the document."""
        self._counted.append((0, 0))
        self._tables.add(
            table=self.tables,
            title=title,
            context=context,
            page_first=page_first,
            page_last=page_last,
            method=method,
        )
        return self.tables

    def add_column(
        self, table: int, *, header: str | None, place: str, hidden: bool | None = None, witness: str | None = None
    ) -> int:
        """An amount column of a table; gives its number in the table."""
        columns, rows = self._counted[table - 1]
        self._counted[table - 1] = columns + 1, rows
        self._columns.add(table=table, column=columns + 1, header=header, place=place, hidden=hidden, witness=witness)
        return columns + 1

    def add_row(self, table: int, row: PrintedRow) -> int:
        """A row of a table; gives its number in the table."""
        columns, rows = self._counted[table - 1]
        self._counted[table - 1] = columns, rows + 1
        self._rows.add(table=table, row=rows + 1, **row._asdict())
        return rows + 1

    def add_page(self, account: PageAccount, page: PrintedPage) -> None:
        """A page with all its numbers. Raises AccountError where one of them was not handed over."""
        entries = account.closed()
        if entries:
            printed, placements, reasons = zip(*entries, strict=True)
            cells = zip(*(placement or (None, None, None) for placement in placements), strict=True)
            self._numbers.extend(
                page=[account.page] * len(entries),
                number=range(1, len(entries) + 1),
                exclusion=reasons,
                **dict(zip(PrintedNumber._fields, zip(*printed, strict=True), strict=True)),
                **dict(zip(Placement._fields, cells, strict=True)),
            )
        counted = None if page.words is None else len(entries)
        self._pages.add(page=account.page, numeric_words=counted, **page._asdict())

    def add_text(self, page: str, text: PrintedText) -> None:
        """A line of text of a page, from the top. It is kept only where its words may bear on numbers, by one cheap look:
        a law of three hundred pages would be copied otherwise. A page's name is always kept.
        """
        if len(text.text) <= LONGEST_TEXT and (text.kind == "sheet_name" or BEARS_ON_NUMBERS.search(fold(text.text))):
            self._lines[page] += 1
            self._texts.add(page=page, line=self._lines[page], **text._asdict())

    def reading(self, format: str, warnings: tuple[Term, ...]) -> Reading:
        """All that was handed over, in the frames of `warehouse.schema.raw`."""
        return Reading(
            self._document_id,
            format,
            self._pages.frame(self._document_id),
            self._tables.frame(self._document_id),
            self._columns.frame(self._document_id),
            self._rows.frame(self._document_id),
            self._numbers.frame(self._document_id),
            warnings,
            self._texts.frame(self._document_id),
        )


class _Rows:
    """The rows of one table of the schema, column by column; typed once, when they are all there."""

    def __init__(self, table: Table) -> None:
        self._schema = table.arrow_schema()
        self._values: dict[str, list[Any]] = {name: [] for name in self._schema.names}

    def add(self, **values: Any) -> None:
        for name, column in self._values.items():
            column.append(values.get(name))

    def extend(self, **columns: Sequence[Any]) -> None:
        """Many rows at once, column by column: a document may have a million."""
        count = len(next(iter(columns.values())))
        for name, column in self._values.items():
            column.extend(columns.get(name) or repeat(None, count))

    def frame(self, document_id: str) -> pd.DataFrame:
        values = self._values | {"document_id": [document_id] * len(self._values["document_id"])}
        arrays = [pa.array(values[field.name], field.type) for field in self._schema]
        return pa.Table.from_arrays(arrays, schema=self._schema).to_pandas(types_mapper=_PANDAS.get)
