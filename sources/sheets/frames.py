"""Collecting what the sheets of one document hold, column by column, and giving it as a Reading.

Only the shape of the raw frames is known here. Numbers are written once for each cell, by walking the sheet: that makes
the accounting of promise P2 true by construction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from sources.raw.numeric import is_dash
from sources.raw.reading import Reading
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from warehouse.schema import Table
from warehouse.schema.personal import WITHHELD
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE


class Placement(NamedTuple):
    """Where a number stands in a table."""

    table: int
    row: int
    column: int


class Frames:
    """The raw frames of one document, growing sheet by sheet."""

    def __init__(self, document_id: str, method: str) -> None:
        self.document_id, self.method = document_id, method
        self.tables = 0
        self.stored_as_text_is_odd = method != "csv"
        self._data: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))

    def add_table(self, page: str, title: str | None, context: str) -> int:
        self.tables += 1
        self._add(
            RAW_TABLE,
            table=self.tables,
            title=title,
            context=context or None,
            page_first=page,
            page_last=page,
            method=self.method,
        )
        return self.tables

    def add_column(self, table: int, column: int, header: str, place: str, hidden: bool) -> None:
        self._add(RAW_COLUMN, table=table, column=column, header=header or None, place=place, hidden=hidden)

    def add_row(
        self,
        table: int,
        row: int,
        page: str,
        place: str,
        label: str | None,
        label_cells: str,
        indent: float | None,
        bold: bool | None,
        hidden: bool,
    ) -> None:
        self._add(
            RAW_ROW,
            table=table,
            row=row,
            page=page,
            place=place,
            label=label,
            label_cells=label_cells,
            indent=indent,
            bold=bold,
            hidden=hidden,
        )

    def add_page(
        self, grid: SheetGrid, placements: Mapping[tuple[int, int], Placement], reasons: Mapping[tuple[int, int], str]
    ) -> None:
        """One sheet: its numbers, each placed or excluded, and its counts."""
        words = numeric = 0
        for cell in grid.cells():
            words += 1
            placement = placements.get((cell.row, cell.col))
            if placement is None and not cell.counts:
                continue
            numeric += 1
            reason = None if placement else reasons.get((cell.row, cell.col), "label")
            self._number(grid, cell, numeric, placement, reason)
        self._page(grid, "sheet" if words else "blank", words, numeric)

    def add_left_out_page(self, grid: SheetGrid, personal: Iterable[tuple[int, int]]) -> None:
        """A sheet that is not read: all its numbers are excluded, those of personal cells without their text."""
        reasons = dict.fromkeys(((cell.row, cell.col) for cell in grid.cells()), "left_out")
        self.add_page(grid, {}, reasons | dict.fromkeys(personal, "personal_data"))

    def add_failed_page(self, grid: SheetGrid, message: str) -> None:
        self._page(grid, "failed", None, None, message)

    def reading(self, format: str, warnings: tuple[str, ...]) -> Reading:
        return Reading(
            self.document_id,
            format,
            self._frame(RAW_PAGE),
            self._frame(RAW_TABLE),
            self._frame(RAW_COLUMN),
            self._frame(RAW_ROW),
            self._frame(RAW_NUMBER),
            warnings,
        )

    def _page(
        self, grid: SheetGrid, kind: str, words: int | None, numeric: int | None, message: str | None = None
    ) -> None:
        self._add(
            RAW_PAGE,
            page=grid.name,
            position=grid.position,
            kind=kind,
            width=float(grid.width),
            height=float(grid.height),
            hidden=grid.hidden,
            words=words,
            numeric_words=numeric,
            message=message,
        )

    def _number(
        self, grid: SheetGrid, cell: SheetCell, number: int, placement: Placement | None, reason: str | None
    ) -> None:
        table, row, column = placement or (None, None, None)
        self._add(
            RAW_NUMBER,
            page=grid.name,
            number=number,
            source_text=WITHHELD if reason == "personal_data" else cell.text,
            place=cell.place,
            table=table,
            row=row,
            column=column,
            exclusion=reason,
            flag=self._flag(grid, cell, placement is not None),
        )

    def _flag(self, grid: SheetGrid, cell: SheetCell, placed: bool) -> str | None:
        """The strongest reason to distrust the number."""
        if cell.flag == "formula_without_value":
            return cell.flag
        if cell.shape is Shape.ERROR:
            return "error_cell"
        if grid.hidden or cell.row in grid.hidden_rows or cell.col in grid.hidden_columns:
            return "hidden"
        if cell.flag:
            return cell.flag
        if (
            placed
            and self.stored_as_text_is_odd
            and cell.shape in (Shape.AMOUNT_TEXT, Shape.TEXT)
            and not is_dash(cell.text)
        ):
            return "text_number"
        return None

    def _add(self, into: Table, /, **values: Any) -> None:
        columns = self._data[into.name]
        for name, value in values.items():
            columns[name].append(value)

    def _frame(self, table: Table) -> pd.DataFrame:
        data = pd.DataFrame(dict(self._data[table.name]))
        data["document_id"] = self.document_id
        return table.frame(data)
