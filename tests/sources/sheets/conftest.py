"""Small workbooks made in the test, read, and held to the accounting of promise P2."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from sources.raw.reading import Document, Hints, Reading
from sources.read import read as read_document


@dataclass
class Read:
    """A reading, with what tests ask of it."""

    reading: Reading

    def __post_init__(self) -> None:
        numbers = self.reading.numbers
        assert not numbers.duplicated(["page", "place"]).any(), "a cell was counted twice"
        placed = numbers["table"].notna()
        assert (placed == numbers["row"].notna()).all() and (placed == numbers["column"].notna()).all()
        assert (placed == numbers["exclusion"].isna()).all(), "a number is either placed or excluded"
        rows = set(zip(self.reading.rows["table"], self.reading.rows["row"], strict=True))
        columns = set(zip(self.reading.columns["table"], self.reading.columns["column"], strict=True))
        for number in numbers[placed].itertuples():
            assert (number.table, number.row) in rows and (number.table, number.column) in columns

    def amounts(self) -> dict[str, tuple[str | None, str | None, str]]:
        """Label, header and text of each amount, by its cell."""
        merged = (
            self.reading.numbers.dropna(subset=["table"])
            .merge(self.reading.rows[["table", "row", "label"]], on=["table", "row"])
            .merge(self.reading.columns[["table", "column", "header"]], on=["table", "column"])
        )
        merged = merged.astype(object).where(merged.notna(), None)
        return {r.place: (r.label, r.header, r.source_text) for r in merged.itertuples()}

    def reasons(self) -> dict[str, str]:
        numbers = self.reading.numbers.dropna(subset=["exclusion"])
        return dict(zip(numbers["place"], numbers["exclusion"], strict=True))

    def flags(self) -> dict[str, str]:
        numbers = self.reading.numbers.dropna(subset=["flag"])
        return dict(zip(numbers["place"], numbers["flag"], strict=True))

    def labels(self, table: int = 1) -> list[str | None]:
        rows = self.reading.rows[self.reading.rows["table"] == table]
        return [None if value != value else value for value in rows["label"]]

    def headers(self, table: int = 1) -> list[str | None]:
        columns = self.reading.columns[self.reading.columns["table"] == table]
        return [None if value != value else value for value in columns["header"]]


def counted(value: object) -> bool:
    """What promise P2 counts in a cell, told independently of the reader."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float | datetime.date | datetime.time):
        return True
    return any(char.isdigit() for char in str(value))


@pytest.fixture
def read_book(tmp_path: Path) -> Callable[..., Read]:
    """Save a workbook, read it, and check that every numeric cell was counted exactly once."""

    def read(book: openpyxl.Workbook, hints: Hints | None = None, name: str = "libro.xlsx") -> Read:
        path = tmp_path / name
        book.save(path)
        result = Read(read_document(Document(path, "d1", hints=hints or Hints())))
        places = set(zip(result.reading.numbers["page"], result.reading.numbers["place"], strict=True))
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if counted(cell.value):
                        assert (sheet.title, cell.coordinate) in places, (
                            f"{sheet.title}!{cell.coordinate} was not counted"
                        )
        return result

    return read


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Read]:
    """Write bytes or text as a .csv and read it."""

    def read(content: str | bytes, encoding: str = "utf-8") -> Read:
        path = tmp_path / "datos.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return Read(read_document(Document(path, "d1")))

    return read


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Read]:
    """Write bytes or text under a name, .xls unless another is given, and read it."""

    def read(content: str | bytes, name: str = "doc.xls") -> Read:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Read(read_document(Document(path, "d1")))

    return read


@pytest.fixture
def sheet_of() -> Callable[..., openpyxl.Workbook]:
    """A workbook of one sheet with the given rows."""

    def make(rows: list[list[object]], merged: tuple[str, ...] = (), title: str = "Hoja1") -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        return book

    return make
