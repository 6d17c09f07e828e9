"""Each table of the book as a grid that is understood: what it classifies, its codes, its tree, its sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.core.arrays import Ints
from transforms.core.book import Book
from transforms.core.grid import GridColumn, PrintedGrid
from transforms.core.proof.announced import announced
from transforms.core.proof.attempts import TableAttempts
from transforms.core.proof.shown import with_shown
from transforms.core.proof.sums import try_sums
from transforms.core.tree import build
from transforms.core.tree.build import Tree
from transforms.words.classification import by_rows, by_words
from transforms.words.codes import code_rows, codebook
from transforms.words.headers import Header
from transforms.words.labels import Cells, headers_of, read_cells
from warehouse.schema.column_kind import AMOUNT
from warehouse.schema.text import fold

_CENTAVOS = r"\d[.,]\d\d\)?-?$"
WHOLE = 100  # centavos that the last digit is worth where no decimals are printed
CODEBOOKS = ("object", "function")


@dataclass
class UnderstoodTable:
    """One table as understood. `table` and `start` are positions in the book: of the table, and of its first row."""

    table: int
    start: int
    grid: PrintedGrid
    tree: Tree
    attempts: list[TableAttempts]


def read_tables(book: Book) -> Iterator[UnderstoodTable]:
    """Every table that has rows, in order."""
    shelf = _Shelf(book)
    for table in range(len(book.tables)):
        grid = shelf.grid(table)
        if not grid.rows:
            continue
        _classify(grid, shelf.titles[table], shelf.contexts[table], shelf.label_headers(table))
        tree = build.build(grid)
        stated = announced(grid, tree, shelf.titles[table])
        yield UnderstoodTable(
            table,
            shelf.rows[table],
            grid,
            tree,
            [*with_shown(grid, tree, try_sums(grid, tree)), *([stated] if stated else [])],
        )


class _PrintedColumn(NamedTuple):
    number: int
    header: str | None
    meaning: Header
    stage: str | None
    hidden: bool
    kind: str


class _Shelf:
    """The book's frames as arrays, so that a table is taken out without touching pandas."""

    def __init__(self, book: Book) -> None:
        count = len(book.tables)
        self.rows, self.columns, self.cells = (_bounds(frame, count) for frame in (book.rows, book.columns, book.cells))
        self.titles = [_text(x) for x in book.tables["title"]]
        self.contexts = [_text(x) for x in book.tables["context"]]
        rows, columns, cells = book.rows, book.columns, book.cells
        self.label = rows["label"].astype(object).where(rows["label"].notna(), None).to_numpy()
        self.label_cells = rows["label_cells"].astype(object).where(rows["label_cells"].notna(), None).to_numpy()
        self.indent = rows["indent"].to_numpy(dtype=np.float64, na_value=np.nan)
        self.bold = rows["bold"].fillna(False).to_numpy(dtype=bool)
        self.row_hidden = rows["hidden"].fillna(False).to_numpy(dtype=bool)
        self.printed_columns = [_PrintedColumn(*column) for column in zip(
            columns["column"].tolist(), columns["header"].astype(object).where(columns["header"].notna(), None),
            columns["meaning"], columns["stage"].astype(object).where(columns["stage"].notna(), None),
            columns["hidden"].fillna(False).astype(bool).tolist(), columns["kind"], strict=True,
        )]  # fmt: skip
        self.r, self.c = cells["r"].to_numpy(), cells["c"].to_numpy()
        self.centavos = cells["centavos"].to_numpy()
        self.slack = _slack(cells)
        self.unreadable = (cells["problem"] == "unreadable").to_numpy(dtype=bool)
        self.hidden = cells["hidden"].to_numpy(dtype=bool)
        self.scanned = (cells["flag"] == "ocr").to_numpy(dtype=bool)

    def grid(self, table: int) -> PrintedGrid:
        """The table's amounts in a matrix of its rows and its amount columns."""
        rows = slice(self.rows[table], self.rows[table + 1])
        first = self.columns[table]
        columns = self.printed_columns[first : self.columns[table + 1]]
        kept = [n for n, column in enumerate(columns) if column.kind == AMOUNT]
        place = np.full(len(columns) + 1, -1, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        shape = (rows.stop - rows.start, len(kept))
        index = np.arange(self.cells[table], self.cells[table + 1])
        at = (self.r[index] - rows.start, place[self.c[index] - first])
        values, amount_index = np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
        printed, readable = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        values[at], amount_index[at] = self.centavos[index], index
        slack = np.zeros(shape, dtype=np.int64)
        slack[at] = self.slack[index]
        scanned = np.zeros(shape, dtype=bool)
        scanned[at] = self.scanned[index]
        printed[at] = ~self.hidden[index]
        readable[at] = ~self.hidden[index] & ~self.unreadable[index]
        return PrintedGrid(
            cells=[read_cells(label, cells) for label, cells in zip(self.label[rows], self.label_cells[rows], strict=True)],
            indent=self.indent[rows], bold=self.bold[rows], hidden=self.row_hidden[rows],
            columns=[GridColumn(*columns[n][:5]) for n in kept],
            values=values, printed=printed, readable=readable, amount_index=amount_index, slack=slack, scanned=scanned,
        )  # fmt: skip

    def label_headers(self, table: int) -> list[str]:
        return headers_of(self.label_cells[self.rows[table] : self.rows[table + 1]])


def _slack(cells: pd.DataFrame) -> Ints:
    """Whole pesos (or thousands) may be rounded figures; centavos are not, unless the cell had more decimals.

    Of figures read from an image that hold for no table that prints centavos: one without them has lost them.
    """
    precision: Ints = cells["precision"].to_numpy(dtype=np.int64)
    whole = (precision >= WHOLE) & (cells["centavos"].to_numpy() != 0)
    exact = (cells["flag"] == "ocr").fillna(False) & cells["source_text"].astype("str").str.contains(_CENTAVOS)
    whole &= ~exact.groupby(cells["t"]).transform("any").to_numpy(dtype=bool)
    rounded: Ints = (cells["problem"] == "rounded").to_numpy(dtype=np.int64)
    return np.where(whole, precision, rounded)


def _bounds(frame: pd.DataFrame, tables: int) -> list[int]:
    bounds: list[int] = np.searchsorted(frame["t"].to_numpy(), np.arange(tables + 1)).tolist()
    return bounds


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _classify(grid: PrintedGrid, title: str | None, context: str | None, label_headers: list[str]) -> None:
    """Sets the table's classification and the codes of its rows."""
    classification = by_words("\n".join(reversed(label_headers)), title, context)
    codes: dict[str, list[str | None]] = {}
    if classification not in ("contract", "accounting"):
        codes = {name: _codes(grid, name) for name in CODEBOOKS}
        named = sum(1 for c in grid.cells if c.label.name or c.label.code)
        classification = by_rows(codes, named) or classification
    grid.classification = classification
    grid.codes = codes[classification] if classification in codes else [None] * grid.rows


def _codes(grid: PrintedGrid, classification: str) -> list[str | None]:
    book = codebook(classification)
    codes: list[str | None] = []
    for start, stop in grid.blocks:
        rows = grid.cells[start:stop]
        codes += [None] * len(rows) if _income(rows[0]) else code_rows(book, rows)
    return codes


def _income(cells: Cells) -> bool:
    return fold(cells.topic).startswith("ingreso")


def line_classification(grid: PrintedGrid) -> list[str]:
    """The table's, but for the rows that a topic column calls income."""
    classifications: list[str] = []
    for start, stop in grid.blocks:
        classifications += ["income" if _income(grid.cells[start]) else grid.classification] * (stop - start)
    return classifications
