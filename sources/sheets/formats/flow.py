"""A page that flows, paragraphs and tables one after the other, as one sheet.

A paragraph is a row of its own. A table keeps its rows; an empty row parts it from what stands above and below, unless the
table above is only the header of it, as pages do whose headers stay in place.
"""

import re
from dataclasses import dataclass, field

from sources.errors import SAVE_APART, SourceError
from sources.raw.numeric import CREDIT, DASHES, looks_like_amount
from sources.sheets.formats.grid import SheetGrid, text_cell
from warehouse.schema.vocabulary import Term

_SIGNED = re.compile(rf"[{DASHES}(<\[]|{CREDIT}\s*$")
MAX_CELLS = 3_000_000
MAX_SPAN = 1_000
_MAX_DEPTH = 65_534


@dataclass
class FlowCell:
    """A cell of a table that flows: its text, how many rows and columns it covers, and how it looks."""

    text: str = ""
    across: int = 1
    down: int = 1
    bold: bool = False
    sign_unclear: bool = False
    unseen: bool = False
    red: bool = False


@dataclass
class FlowRow:
    """A row of a table that flows."""

    cells: list[FlowCell] = field(default_factory=list)
    hidden: bool = False


class Flow:
    """Fills one sheet from the top."""

    def __init__(self, name: str, position: int, title: str) -> None:
        self.grid = SheetGrid(name, position)
        self.title = title
        self.row = 0
        self.tables = 0
        self._cells = 0
        self._header_width = 0  # of the table just above, where it is only a header
        self._after_table = False

    def add_text(self, text: str) -> None:
        """A paragraph, each of its lines a row."""
        for line in text.splitlines():
            if not line.strip():
                continue
            self.row += 2 if self._after_table else 1
            self._after_table, self._header_width = False, 0
            self.grid.add(text_cell(self.row, 1, " ".join(line.split())))

    def add_table(self, rows: list[FlowRow]) -> None:
        """A table, its cells at the columns that the spans above and before them leave free."""
        rows = [row for row in rows if row.cells]
        if not rows:
            return
        _doubt_red(rows)
        first = self.row + 1
        width = self._place(rows, first)
        numbers = any(char.isdigit() for row in rows for cell in row.cells for char in cell.text)
        if self.row >= first and first > 1 and self._header_width != width:
            self._move_down(first)
        self.tables += 1
        self._after_table = True
        self._header_width = 0 if numbers or len(rows) > 3 else width

    def _place(self, rows: list[FlowRow], first: int) -> int:
        taken: set[tuple[int, int]] = set()
        width = 0
        last = first + len(rows) - 1
        for at, row in enumerate(rows, first):
            col = 1
            if row.hidden:
                self.grid.hidden_rows.add(at)
            for cell in row.cells:
                while (at, col) in taken:
                    col += 1
                right = col + min(max(cell.across, 1), MAX_SPAN) - 1
                bottom = min(last, at + min(cell.down or _MAX_DEPTH, _MAX_DEPTH) - 1)
                if bottom > at:
                    taken.update((r, c) for r in range(at + 1, bottom + 1) for c in range(col, right + 1))
                    self._count(len(taken))
                if bottom > at or right > col:
                    self.grid.merged.append((at, col, bottom, right))
                self._add(at, col, cell)
                width, col = max(width, right), right + 1
        self.row = last
        return width

    def _add(self, row: int, col: int, cell: FlowCell) -> None:
        self._cells += 1
        self._count(self._cells)
        filled = text_cell(row, col, cell.text.strip())
        if filled is not None:
            filled.bold, filled.unseen = cell.bold, cell.unseen
            filled.flag = "sign_unclear" if cell.sign_unclear else None
            self.grid.add(filled)

    def _move_down(self, first: int) -> None:
        """An empty row above the table that begins at `first`."""
        grid = self.grid
        for row in sorted((row for row in grid.rows if row >= first), reverse=True):
            across = grid.rows.pop(row)
            for cell in across.values():
                cell.row = row + 1
            grid.rows[row + 1] = across
        grid.hidden_rows = {row + (row >= first) for row in grid.hidden_rows}
        grid.merged = [
            (top + (top >= first), left, bottom + (bottom >= first), right) for top, left, bottom, right in grid.merged
        ]
        self.row += 1

    def _count(self, cells: int) -> None:
        if cells > MAX_CELLS:
            raise SourceError(
                "too_large", self.title, Term(f"at most {MAX_CELLS:,} cells", f"cuando más {MAX_CELLS:,} celdas"),
                Term("a table that spans more", "un cuadro que abarca más"), SAVE_APART,
            )  # fmt: skip


def _doubt_red(rows: list[FlowRow]) -> None:
    """Marks the figures in red without a sign among others: red may be a minus. Where its whole row is red, it is a look."""
    figures = [cell for row in rows for cell in row.cells if looks_like_amount(cell.text)]
    if all(cell.red for cell in figures):
        return
    for row in rows:
        if not all(cell.red for cell in row.cells if cell.text.strip()):
            for cell in row.cells:
                cell.sign_unclear = cell.red and looks_like_amount(cell.text) and not _SIGNED.search(cell.text)
