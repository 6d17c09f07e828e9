"""Registers printed as tables of a PDF: the tables of its pages as sheets, of which one without headers goes on with the one before.

Which profile a sheet is of is for `recognise`, what is kept of a cell for `records`; how tables are ledgers on a page is in `sources.pdf`.
"""

import dataclasses
from collections.abc import Iterable, Sequence

from sources.errors import SourceError
from sources.ledgers.recognise import LedgerColumn, LedgerSheet, recognise
from sources.ledgers.records import RecordBuilder
from sources.raw.cells import PrintedSheet
from sources.raw.reading import Document
from sources.sheets.formats.grid import BesideText, SheetCell, SheetGrid, text_cell

_SAME_EDGE = 6.0  # points


class _PlacedCell(SheetCell):
    """A cell whose place is a box on its page."""

    __slots__ = ("box",)

    def __init__(self, cell: SheetCell, box: str) -> None:
        super().__init__(cell.row, cell.col, cell.text, cell.shape, cell.value)
        self.box = box

    @property
    def place(self) -> str:
        return self.box


def recognise_printed(document: Document, sheets: Iterable[PrintedSheet]) -> list[LedgerSheet]:
    """The tables that are ledgers, in their order; none where the document is none.

    Raises SourceError as `recognise`, where no table is of a profile.
    """
    ledgers: list[LedgerSheet] = []
    edges: tuple[float, ...] = ()
    refusal: SourceError | None = None
    for printed in sheets:
        grid = _grid(printed)
        try:
            mine = recognise([grid], document.hints.profile, document.title)
        except SourceError as error:
            refusal, mine = refusal or error, []
        if mine:
            ledgers += mine
            edges = printed.edges
        elif ledgers and (columns := _going_on(ledgers[-1], edges, printed.edges)):
            ledgers.append(dataclasses.replace(ledgers[-1], grid=grid, header_row=0, columns=columns))
            edges = printed.edges
    if refusal and not ledgers:
        raise refusal
    return ledgers


def reasons(sheets: Sequence[LedgerSheet], records: RecordBuilder) -> dict[tuple[str, str], str]:
    """Why each cell of these tables is no amount, by page and place."""
    return {
        (sheet.grid.name, cell.place): "personal_data"
        if (sheet.grid.name, cell.place) in records.private
        else ("record" if cell.row > sheet.header_row else "header")
        for sheet in sheets
        for cell in sheet.grid.cells()
    }


def _grid(printed: PrintedSheet) -> SheetGrid:
    grid = SheetGrid(printed.page, int(printed.page), is_text=True, merged=[*printed.merged])
    grid.beside = [BesideText("line", None, text) for text in printed.beside]
    for cell in printed.cells:
        if text := text_cell(cell.row, cell.col, cell.text):
            grid.add(_PlacedCell(text, cell.place))
    return grid


def _going_on(last: LedgerSheet, edges: Sequence[float], own: Sequence[float]) -> dict[int, LedgerColumn] | None:
    """The columns of the table before, where they stand on this page; None where one of them does not."""
    columns: dict[int, LedgerColumn] = {}
    for col, column in last.columns.items():
        near = [at for at, edge in enumerate(own, 1) if abs(edge - edges[col - 1]) < _SAME_EDGE]
        if len(near) != 1:
            return None
        columns[near[0]] = column
    return columns
