"""Where the tables of a sheet begin and end: which rows are headers, and which rows each header governs.

A header is known by what stands below it: its words stand over the columns that hold numbers. Columns and labels inside
a segment are for `sources.sheets.table.columns`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from sources.sheets.words import is_footer, is_header_word, is_title
from warehouse.schema.column_kind import AMOUNT, CODE, LIST_NUMBER, PERCENTAGE, QUANTITY, kind_by_words
from warehouse.schema.text import fold

_COLUMN_NUMBER = re.compile(
    r"^\(?\d{1,2}[a-z]?\)?$|^\(?\d{1,2}\s*=\s*[\d(].*$|^\d{1,2}\s*/\s*\d{1,2}$|^\(?[a-z]\)?$|^\(?[a-z]\s*=\s*[\w(].{0,40}$",
    re.IGNORECASE,
)
_WINDOW = 8  # rows with numbers that are looked at below a header candidate
_LONG = 300  # characters beyond which a text is prose, not a header
_PROSE = 150


def _are_chapters(numbers: list[SheetCell]) -> bool:
    """Whether the numbers of a row are the chapters that head its columns: `1000  2000  3000`."""
    values = [cell.value for cell in numbers if cell.value is not None]
    return (
        len(values) == len(numbers) >= 3
        and all(value % 1000 == 0 and 1000 <= value <= 99_000 for value in values)
        and all(one < two for one, two in pairwise(values))
    )


def is_column_number(cell: SheetCell) -> bool:
    """Whether a cell only numbers its column: `(3)`, `3 = 1 + 2`."""
    return len(cell.text) < 60 and bool(_COLUMN_NUMBER.match(cell.text.strip()))


def _heads_numbers(text: str) -> bool:
    """Whether a short text says what the numbers below it are: `Plazas`, `Sueldo mensual`, `% avance`."""
    short = len(text) < 60 and not any(char.isdigit() for char in text)
    return short and kind_by_words(text).kind in (AMOUNT, QUANTITY, PERCENTAGE)


@dataclass(frozen=True)
class Segment:
    """Rows that one header governs. `header` may be empty: a table without one."""

    header: tuple[int, ...]
    numbering: frozenset[int]
    body: tuple[int, ...]
    above: tuple[int, ...]


class Outline:
    """The rows of a sheet by what they hold."""

    def __init__(self, grid: SheetGrid, last_header_row: int | None = None) -> None:
        self.grid = grid
        self.order = sorted(grid.rows)
        self._position = {row: index for index, row in enumerate(self.order)}
        self.span = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
        self.numbering = {
            row for row, above in zip(self.order, [0, *self.order], strict=False) if self._is_numbering(row, above)
        }
        self.identifiers = self._identifier_rows()
        self._data_set = {row for row in self.order if self._is_data(row)}
        for above, row in pairwise(self.order):
            if row == above + 1 and above in self._data_set and row not in self._data_set and self._continues(row):
                self._data_set.add(row)
        self.data = sorted(self._data_set)
        self._last_header_row = last_header_row
        self._first_headers: set[str] = set()

    def segments(self) -> list[Segment]:
        """The tables of the sheet from the top, each with the rows above it that belong to no other."""
        blocks = self._header_blocks()
        starts = [block[0] for block in blocks]
        segments: list[Segment] = []
        leading = [row for row in self.order if not starts or row < starts[0]]
        if any(row in self._data_set for row in leading):
            segments.append(self._segment((), leading))
        for index, block in enumerate(blocks):
            end = starts[index + 1] if index + 1 < len(starts) else None
            rows = [row for row in self.order if row > block[-1] and (end is None or row < end)]
            segments.append(self._segment(tuple(block), rows, last=end is None))
        return self._with_rows_above(segments)

    def covered(self, row: int) -> set[int]:
        """The columns that the texts of a row stand over, merged cells over all that they span."""
        columns: set[int] = set()
        for cell in self.grid.rows[row].values():
            columns.update(range(cell.col, self._right(cell) + 1))
        return columns

    def _right(self, cell: SheetCell) -> int:
        return self.span.get((cell.row, cell.col), (0, cell.col))[1]

    def _is_numbering(self, row: int, above: int) -> bool:
        """A row of column numbers or formulas below a header: `1  2  3 = (1 + 2)`, `A  B  C = A - B`; words may stand beside."""
        header = self.grid.rows.get(above, {})
        if not set(header) & set(self.grid.rows[row]) or any(
            cell.is_value and not cell.is_year for cell in header.values()
        ):
            return False
        cells = sorted(self.grid.rows[row].values(), key=lambda cell: cell.col)
        numbering = [cell.text.strip() for cell in cells if is_column_number(cell)]
        if len(numbering) < 2:
            return False
        if len(numbering) < len(cells) and not (
            len(numbering) * 2 > len(cells) and any(not text.isdecimal() for text in numbering)
        ):
            return False
        numbers = [int(plain) for plain in (text.strip("() \n") for text in numbering) if plain.isdecimal()]
        if not numbers:
            return len(numbering) == len(cells)
        return numbers[0] == 1 and all(one < two for one, two in pairwise(numbers))

    def _identifier_rows(self) -> set[int]:
        """Rows of machine identifiers above the header, as transparency platforms print them: only integers as text."""
        identifiers: set[int] = set()
        below: int | None = None
        for row in reversed(self.order):
            cells = self.grid.rows[row].values()
            if all(cell.shape is Shape.AMOUNT_TEXT and cell.is_integer for cell in cells):
                if below is not None and self._over(row, below):
                    identifiers.add(row)
                    continue
            elif (
                len(cells) == 1 and below is not None and row == below - 1 and not any(cell.is_value for cell in cells)
            ):
                continue  # a title between the identifiers and the header
            all_text = all(cell.shape is Shape.TEXT for cell in cells)
            below = row if all_text else None
        return identifiers

    def _over(self, row: int, below: int) -> bool:
        return below - row <= 3 and set(self.grid.rows[row]) <= self.covered(below)

    def _is_data(self, row: int) -> bool:
        """Whether the row has a number that is neither a year, nor a column number, nor an identifier above a header."""
        if row in self.numbering or row in self.identifiers:
            return False
        numbers = [cell for cell in self.grid.rows[row].values() if cell.is_value and cell.shape is not Shape.ERROR]
        return any(not cell.is_year for cell in numbers) and not _are_chapters(numbers)

    def _continues(self, row: int) -> bool:
        """Whether a row right below one with numbers is another: an amount may look like a year (`Papel  2000`)."""
        cells = self.grid.rows[row].values()
        words = [cell.text for cell in cells if cell.shape is Shape.TEXT]
        return any(cell.is_year and cell.is_value for cell in cells) and not any(
            is_header_word(text) or is_footer(text) for text in words
        )

    def _next_data(self, row: int) -> list[int]:
        index = bisect_right(self.data, row)
        return self.data[index : index + _WINDOW]

    def _numeric_columns(self, rows: list[int]) -> set[int]:
        return {cell.col for row in rows for cell in self.grid.rows[row].values() if cell.is_value}

    def _label_columns(self, rows: list[int]) -> set[int]:
        return {cell.col for row in rows for cell in self.grid.rows[row].values() if cell.shape is Shape.TEXT}

    def _header_blocks(self) -> list[list[int]]:
        blocks: list[list[int]] = []
        index = 0
        while index < len(self.order):
            row = self.order[index]
            if not self._starts_header(row, first=not blocks):
                index += 1
                continue
            index = self._lowest(index, first=not blocks)
            block = [*self._rows_above(index, blocks), self.order[index]]
            index = self._absorb_below(index, block)
            if not blocks:
                self._first_headers = {fold(cell.text) for member in block for cell in self.grid.rows[member].values()}
            blocks.append(block)
        return blocks

    def _lowest(self, index: int, first: bool) -> int:
        """Of several rows above the same numbers that read like a header, the last: those before are its upper levels, or titles."""
        lowest = index
        for later in range(index + 1, len(self.order)):
            row = self.order[later]
            if row in self._data_set:
                break
            if self._starts_header(row, first):
                lowest = later
        return lowest

    def _starts_header(self, row: int, first: bool) -> bool:
        if self._last_header_row is not None and first:
            return row == self._last_header_row
        if row in self._data_set or row in self.numbering or row in self.identifiers:
            return False
        cells = list(self.grid.rows[row].values())
        if any(cell.shape in (Shape.PERCENT, Shape.BOOL) or len(cell.text) > _LONG for cell in cells):
            return False
        below = self._next_data(row)
        numeric = self._numeric_columns(below)
        over = self.covered(row) & numeric
        if not over or (len(over) * 2 < len(numeric) and len(over) < 3):
            return False
        if any(cell.shape is Shape.DATE and cell.col not in numeric for cell in cells):
            return False
        if len(cells) == 1 and self._is_title(cells[0], numeric):
            return False
        return first or self._looks_repeated(row, cells, over, numeric)

    def _looks_repeated(self, row: int, cells: list[SheetCell], over: set[int], numeric: set[int]) -> bool:
        """Below a first table a header must say so: it repeats the first, or says a header's words, or stands apart."""
        repeated = sum(fold(cell.text) in self._first_headers for cell in cells)
        if repeated * 2 >= len(cells):
            return True
        if any(cell.shape is Shape.DATE for cell in cells):
            return False
        standing = [cell for cell in cells if over & set(range(cell.col, self._right(cell) + 1))]
        years = [cell.text for cell in standing if cell.is_year]
        words = sum(is_header_word(cell.text) or _heads_numbers(cell.text) for cell in standing) + (
            len(years) if len(set(years)) == len(years) else 0
        )
        previous = self.order[max(0, self._position[row] - 1)]
        apart = previous < row - 1 or previous not in self._data_set
        if words * 2 >= len(standing) and (apart or words == len(standing)):
            return True
        return previous < row - 1 and not years and len(over) >= 2 and len(over) * 5 >= len(numeric) * 3

    def _rows_above(self, index: int, blocks: list[list[int]]) -> list[int]:
        """The upper levels of a header: the rows right above it that stand over numbers too, and are no titles."""
        row = self.order[index]
        below = self._next_data(row)
        numeric, labels = self._numeric_columns(below), self._label_columns(below)
        taken = blocks[-1][-1] if blocks else 0
        above: list[int] = []
        for previous in reversed(self.order[:index]):
            if previous <= taken or previous != (above[0] if above else row) - 1:
                break
            cells = list(self.grid.rows[previous].values())
            over = self.covered(previous) & numeric
            if previous in self._data_set or previous in self.identifiers or not over:
                break
            if (
                min(over) != min(numeric)
                and len(over) * 2 < len(numeric)
                and not any(self._right(cell) > cell.col for cell in cells)
            ):
                break  # a note above some column
            if any(len(cell.text) > _LONG for cell in cells) or (
                len(cells) == 1 and not self._is_group_header(cells[0], numeric, labels, self.order[index])
            ):
                break
            above.insert(0, previous)
        return above

    def _is_title(self, cell: SheetCell, numeric: set[int]) -> bool:
        """Whether a text alone in its row is a title: wider than the numbers, beside them, or worded like one."""
        width = self._right(cell) - cell.col + 1
        return width > len(numeric) or cell.col not in numeric or is_title(cell.text)

    def _is_group_header(self, cell: SheetCell, numeric: set[int], labels: set[int], header: int) -> bool:
        """Whether a text alone in its row heads the columns below: it begins where the numbers begin, and says so.

        Over a column of keys it is a title: `Enero - Junio 2021` above `Clave`.
        """
        if self._is_title(cell, numeric) or cell.col != min(numeric - labels or numeric):
            return False
        if self._right(cell) > cell.col:
            return True
        below = self.grid.get(header, cell.col)
        if below is not None and kind_by_words(below.text).kind in (CODE, LIST_NUMBER):
            return False
        return cell.is_year or is_header_word(cell.text)

    def _absorb_below(self, index: int, block: list[int]) -> int:
        """Add the lower levels of the header, down to the first row of the body. Returns the index after them."""
        below = self._next_data(block[-1])
        first_data = below[0] if below else None
        numeric, labels = self._numeric_columns(below), self._label_columns(below) - self._numeric_columns(below)
        index += 1
        bottom = max(self.span.get((row, col), (row, 0))[0] for row in block for col in self.grid.rows[row])
        while index < len(self.order):
            row = self.order[index]
            if first_data is None or row >= first_data or row > max(block[-1] + 2, bottom):
                break
            if row <= bottom and self._last_header_row is None:
                block.append(row)
                index += 1
                continue
            cells = self.grid.rows[row].values()
            filled = set(self.grid.rows[row])
            is_level = row in self.numbering or (
                bool(filled & numeric)
                and (not filled & labels or len(filled & numeric) * 2 > len(filled))
                and not any(cell.shape is Shape.DATE for cell in cells)
                and not self._is_section(row, block)
            )
            if not is_level or self._last_header_row is not None:
                break
            block.append(row)
            index += 1
        return index

    def _is_section(self, row: int, block: list[int]) -> bool:
        """Whether a text alone below a header heads the rows that follow, over their codes: `Gasto no etiquetado` under `Clave`."""
        cells = list(self.grid.rows[row].values())
        if len(cells) != 1 or is_column_number(cells[0]):
            return False
        above = self.grid.get(block[-1], cells[0].col)
        return above is not None and kind_by_words(above.text).kind in (CODE, LIST_NUMBER)

    def _segment(self, header: tuple[int, ...], rows: list[int], last: bool = True) -> Segment:
        """A segment's body: to its last row with numbers, and the labels that follow without a gap."""
        numbering = frozenset(row for row in (*header, *rows) if row in self.numbering)
        body = [row for row in rows if row not in numbering and row not in self.identifiers]
        body = self._without_checks(body)
        ends = [position for position, row in enumerate(body) if row in self._data_set]
        stop = ends[-1] + 1 if ends else 0
        while last and 0 < stop < len(body) and body[stop] == body[stop - 1] + 1 and self._is_label_row(body[stop]):
            stop += 1
        start = 0
        if not header and ends:
            start = ends[0]
        with_words = tuple(
            row for row in header if not all(is_column_number(cell) for cell in self.grid.rows[row].values())
        )
        return Segment(with_words, numbering, tuple(body[start:stop]), ())

    def _without_checks(self, body: list[int]) -> list[int]:
        """The body without what stands under its closing words and has no words of its own: figures of a check."""
        closed = next((position for position, row in enumerate(body) if self._closes(row)), None)
        if closed is None or any(
            cell.shape is Shape.TEXT
            for row in body[closed + 1 :]
            if row in self._data_set
            for cell in self.grid.rows[row].values()
        ):
            return body
        return body[:closed]

    def _closes(self, row: int) -> bool:
        return row not in self._data_set and any(is_footer(cell.text) for cell in self.grid.rows[row].values())

    def _is_label_row(self, row: int) -> bool:
        texts = [cell.text for cell in self.grid.rows[row].values()]
        return all(len(text) <= _PROSE and not is_title(text) and not is_footer(text) for text in texts)

    def _with_rows_above(self, segments: list[Segment]) -> list[Segment]:
        """Give each segment the rows between the one before and its own first row."""
        result: list[Segment] = []
        previous = 0
        for segment in segments:
            rows = [*segment.header, *segment.body]
            if not rows:
                continue
            first = min(rows)
            above = tuple(row for row in self.order if previous < row < first and row not in self.identifiers)
            result.append(Segment(segment.header, segment.numbering, segment.body, above))
            previous = max(rows)
        return result
