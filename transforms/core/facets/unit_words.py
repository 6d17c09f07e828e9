"""Which words speak of the unit of which table: those of its header and title first, then of its page, then of its document.

What one text says is in `transforms.words.units`; what follows of several, in `unit`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.core.book_record import Book
from transforms.core.facets.year_words import lines_of
from transforms.words.labels import headers_of
from transforms.words.units import (
    Unit,
    begins_with_scale,
    ends_in_number,
    hints_at_scale,
    read_format,
    unit_of_header,
    units_in,
)

# Lines that may close with the unit, as titles do; what stands under a table or on a page of text are sentences.
_TITLES = frozenset({"title", "above", "page_head", "sheet_name", "text_box"})
_NOTE = re.compile(r"^\W*(?:notas?\b|fuente|\*|[¹²³]|\(|\d{1,2}[/)])", re.IGNORECASE)
_OF_TABLE = frozenset({"title", "above", "below"})
_OF_PAGE = frozenset({"page_head", "page_foot", "sheet_name", "text_box", "comment"})
_HEADED_ROWS = 50  # of a table, where the headers of its label cells stand with them


class UnitWords(NamedTuple):
    """A unit that words say, and where they stand."""

    unit: Unit
    basis: str
    page: str | None
    place: str | None


@dataclass
class TableWords:
    """What is said of one table, the nearest first. `levels` are: the table's own words, its page's, its document's."""

    levels: tuple[list[UnitWords], list[UnitWords], list[UnitWords]] = field(default_factory=lambda: ([], [], []))


class DocumentWords(NamedTuple):
    """Of a document: all units that its words say, and whether any word hints at a scale, understood or not."""

    words: list[UnitWords]
    scaled: bool


class BookWords:
    """The words of units of all tables of a book: by table (`book.tables`) and by document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._documents: list[str] = book.tables["document_id"].tolist()
        self._number = {
            pair: t for t, pair in enumerate(zip(self._documents, book.tables["table"].tolist(), strict=True))
        }
        self.tables = [TableWords() for _ in self._documents]
        self._pages = self._pages_of_tables()
        self._said: dict[str, list[UnitWords]] = defaultdict(list)
        self._scaled: set[str] = set()
        self._texts()
        self._rows()
        self._contexts()
        self._headers()

    def of_document(self, document_id: str) -> DocumentWords:
        """What a document says anywhere."""
        return DocumentWords(self._said[document_id], document_id in self._scaled)

    def _pages_of_tables(self) -> dict[tuple[str, str], list[int]]:
        pages: dict[tuple[str, str], list[int]] = defaultdict(list)
        rows = self._book.rows[["t", "page"]].drop_duplicates()
        for t, page in zip(rows["t"].tolist(), rows["page"].tolist(), strict=True):
            pages[self._documents[t], page].append(t)
        return pages

    def _texts(self) -> None:
        """The lines that stand in no table."""
        by_document: dict[str, list[int]] = defaultdict(list)
        for t, document in enumerate(self._documents):
            by_document[document].append(t)
        last: tuple[str, str, str] = ("", "", "")
        for document, page, kind, number, place, text in lines_of(self._book.texts):
            self._look(document, text)
            goes_on = last[:2] == (document, page) and ends_in_number(last[2])
            last = document, page, text
            for unit in _units(kind, text):
                if goes_on and begins_with_scale(unit):
                    continue
                words = UnitWords(unit, kind, page, place)
                self._said[document].append(words)
                if kind in _OF_TABLE:
                    tables, level = [self._number[document, number]] if number is not None else [], 0
                elif kind in _OF_PAGE:
                    tables, level = self._pages.get((document, page), []), 1
                else:  # a cover, a sheet of notes
                    tables, level = by_document[document], 2
                for t in tables:
                    self.tables[t].levels[level].append(words)

    def _rows(self) -> None:
        """Rows of a table without figures that say the unit, and the headers of its labels: `Concepto (miles de pesos)`."""
        rows = self._book.rows
        empty = np.ones(len(rows), dtype=bool)
        empty[self._book.cells["r"].to_numpy(dtype=np.int64)] = False
        alone = rows.loc[empty & rows["label"].notna(), ["t", "label", "page", "place"]]
        for t, label, page, place in alone.itertuples(index=False, name=None):
            self._look(self._documents[t], label)
            self._add(t, 0, units_in(label, title=False), "row", page, place)
        pages = self._book.tables["page_first"].tolist()
        for t, cells in zip(*_by_table(rows), strict=True):
            for header in headers_of(cells[:_HEADED_ROWS]):
                unit = unit_of_header(header)
                self._look(self._documents[t], header)
                self._add(t, 0, [unit] if unit else [], "header", pages[t], None)

    def _contexts(self) -> None:
        """What is over a table on its first page, or over an earlier table of it, where its own words say nothing."""
        tables = self._book.tables
        for t, (title, context, page) in enumerate(
            zip(tables["title"], tables["context"], tables["page_first"], strict=True)
        ):
            levels = self.tables[t].levels
            if isinstance(title, str) and not levels[0]:
                self._add(t, 0, units_in(title, title=True), "title", page, None)
            if isinstance(context, str) and not levels[0]:
                over = [unit for line in context.splitlines() for unit in units_in(line, title=True)]
                around = {words.unit.text for words in levels[1]}
                self._add(t, 1, [unit for unit in over if unit.text not in around], "document", page, None)
            for text in (title, context):
                for line in text.splitlines() if isinstance(text, str) else ():
                    self._look(self._documents[t], line)

    def _headers(self) -> None:
        for t, header in zip(self._book.columns["t"].tolist(), self._book.columns["header"], strict=True):
            if isinstance(header, str):
                self._look(self._documents[t], header)
                unit = unit_of_header(header)
                if unit:
                    self._said[self._documents[t]].append(UnitWords(unit, "header", None, None))
        for document, code in _formats(self._book.cells):
            read = read_format(code)
            if read.unit or read.divisor > 1:
                self._scaled.add(document)

    def _add(self, t: int, level: int, units: Iterable[Unit], basis: str, page: str, place: object) -> None:
        for unit in units:
            words = UnitWords(unit, basis, page, place if isinstance(place, str) else None)
            self.tables[t].levels[level].append(words)
            self._said[self._documents[t]].append(words)

    def _look(self, document: str, text: object) -> None:
        if isinstance(text, str) and hints_at_scale(text):
            self._scaled.add(document)


def _by_table(rows: pd.DataFrame) -> tuple[list[int], list[list[str]]]:
    """The tables that have rows, and the label cells of theirs."""
    grouped = rows.groupby("t", sort=False)["label_cells"]
    return [int(str(t)) for t, _ in grouped], [cells.tolist() for _, cells in grouped]


def _units(kind: str, text: str) -> tuple[Unit, ...]:
    """What a line says by where it stands. What is under a table says it in a note of its own: a heading there with `(pesos)`
    begins something else. A sheet named `Egresos miles` says it without the form of a phrase.
    """
    if kind == "below":
        return units_in(text, title=False, brackets=bool(_NOTE.match(text)))
    units = units_in(text, title=kind in _TITLES)
    if kind == "sheet_name" and not units and (unit := unit_of_header(text)):
        return (unit,)
    return units


def _formats(cells: pd.DataFrame) -> Iterator[tuple[str, str]]:
    telling = cells.loc[cells["format"].notna(), ["document_id", "format"]].drop_duplicates()
    yield from telling.itertuples(index=False, name=None)
