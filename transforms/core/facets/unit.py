"""Unit and currency: how many pesos a printed unit is, of each amount, and the words that say so.

The nearest words speak: those of the cell (`unit_cells`), of its column, of its table, of its page, of its document. Words of
one nearness that disagree, or a declared unit that words or figures contradict, refuse. Decided before any text is parsed:
`book.cells` have their texts and no amounts yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from transforms.core.facets.centavos import centavos_of
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, problems
from transforms.core.facets.unit_cells import CellUnits, ask_cells
from transforms.core.facets.unit_words import BookWords, DocumentWords, UnitWords
from transforms.words.units import OTHER_CURRENCY, Unit, unit_of_header
from warehouse.schema.vocabulary import BASES

_CONTRADICTS = 0.5  # of the amounts with centavos: no unit of thousands is declared of them


class _DecidedUnit(NamedTuple):
    """What one table or column is printed in; `basis` is null where nothing says so, `conflict` where words disagree."""

    multiplier: int
    basis: str | None
    words: UnitWords | None = None
    conflict: bool = False


class _HeaderPlace(NamedTuple):
    text: str | None
    page: str
    place: str | None


@dataclass(frozen=True)
class Units:
    """`multiplier` is by amount (`book.cells`), 0 where the currency is another; `of_table` is by table (`book.tables`)."""

    multiplier: Ints
    of_table: list[Unit]
    facet: Facet

    @property
    def foreign(self) -> Bools:
        """The amounts in another currency."""
        foreign: Bools = self.multiplier == OTHER_CURRENCY
        return foreign


def find_units(book: Book) -> Units:
    """The unit of every amount."""
    words, centavos = BookWords(book), centavos_of(book)
    hints = [hints.get("unit") for hints in book.tables["hints"]]
    decided = [
        _of_table(words.tables[t].levels, words.of_document(document), hints[t], centavos.share[t])
        for t, document in enumerate(book.tables["document_id"])
    ]
    columns = [
        _of_column(header, decided[t], hints[t], centavos=throughout)
        for header, t, throughout in zip(
            _headers(book), book.columns["t"].tolist(), centavos.throughout.tolist(), strict=True
        )
    ]
    c = book.cells["c"].to_numpy(dtype=np.int64)
    cells = CellUnits(
        np.array([one.multiplier for one in columns], dtype=np.int64)[c],
        np.array([code_of(one.basis) for one in columns], dtype=np.int8)[c],
        np.array([one.conflict for one in columns], dtype=bool)[c],
    )
    ask_cells(book, cells)
    foreign = cells.multiplier == OTHER_CURRENCY
    cells.basis[cells.conflict | foreign] = NONE
    facet = Facet(
        "unit",
        cells.basis,
        problems(cells.basis, "unit_not_stated", {"other_currency": foreign, "unit_conflict": cells.conflict}),
        _statements(book, columns, cells.basis),
    )
    of_table = [Unit(one.multiplier, one.words.unit.text if one.words else None) for one in decided]
    return Units(cells.multiplier, of_table, facet)


def _of_table(
    levels: Sequence[list[UnitWords]], document: DocumentWords, hint: int | None, share: float
) -> _DecidedUnit:
    """The unit of a table, before its columns and cells are asked; `share` of its amounts have centavos."""
    printed = _by_words(levels) or _by_document(document)
    if hint:
        if printed is None:
            return _DecidedUnit(hint, "catalogue", None, conflict=hint >= 1_000 and share >= _CONTRADICTS)
        agrees = printed.multiplier == hint and not printed.conflict
        settled = printed.conflict and any(hint == words.unit.multiplier for level in levels for words in level)
        return printed if agrees else _DecidedUnit(hint, "catalogue", printed.words, conflict=not settled)
    return printed or _DecidedUnit(1, None if document.scaled else "centavos")


def _by_words(levels: Sequence[list[UnitWords]]) -> _DecidedUnit | None:
    """The nearest words, those that say only the currency last."""
    for bare in (False, True):
        for level in levels:
            spoken = [words for words in level if words.unit.bare == bare]
            if spoken:
                units = {words.unit.multiplier for words in spoken}
                return _DecidedUnit(spoken[0].unit.multiplier, spoken[0].basis, spoken[0], conflict=len(units) > 1)
    return None


def _by_document(document: DocumentWords) -> _DecidedUnit | None:
    """Pesos, where a document says that of its other tables and nothing else of any; thousands elsewhere prove nothing here."""
    if document.scaled or {words.unit.multiplier for words in document.words} != {1}:
        return None
    words = next((words for words in document.words if words.page), document.words[0])
    return _DecidedUnit(1, "document", words)


def _of_column(header: _HeaderPlace, of_table: _DecidedUnit, hint: int | None, *, centavos: bool) -> _DecidedUnit:
    """The unit of a column: what its header says, or its table; `centavos` where all its amounts have them."""
    if of_table.basis == "centavos" and not centavos:
        of_table = of_table._replace(basis=None)
    unit = unit_of_header(header.text)
    if unit is None or (unit.bare and of_table.basis is not None):
        return of_table
    words = UnitWords(unit, "header", header.page, header.place)
    return _DecidedUnit(unit.multiplier, "header", words, conflict=bool(hint) and hint != unit.multiplier)


def _headers(book: Book) -> list[_HeaderPlace]:
    texts, places = (_nullable(book.columns[name]) for name in ("header", "place"))
    pages = book.tables["page_first"].to_numpy(dtype=object)[book.columns["t"].to_numpy(dtype=np.int64)]
    return [_HeaderPlace(*one) for one in zip(texts, pages, places, strict=True)]


def _nullable(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), None)


def _statements(book: Book, columns: Sequence[_DecidedUnit], basis: Codes) -> tuple[Said, ...]:
    """What is said of each column: by what most of its amounts rest on."""
    c = book.cells["c"].to_numpy(dtype=np.int64)
    pairs = np.bincount(c * (len(BASES) + 1) + basis + 1, minlength=len(columns) * (len(BASES) + 1))
    usual = (pairs.reshape(len(columns), -1).argmax(axis=1) - 1).tolist() if len(columns) else []
    telling = book.cells.loc[book.cells["format"].notna(), ["c", "format"]].drop_duplicates("c")
    formats = dict(telling.itertuples(index=False, name=None))
    return tuple(_said(n, *one, formats.get(n)) for n, one in enumerate(zip(columns, usual, strict=True)))


def _said(c: int, one: _DecidedUnit, usual: int, shown: str | None) -> Said:
    if usual not in (NONE, code_of(one.basis)):
        basis = list(BASES)[usual]
        return Said(c, basis, None, None, shown if basis == "cell_format" else None)
    rests = None if one.conflict or one.multiplier == OTHER_CURRENCY else one.basis
    if one.words is not None:
        return Said(c, rests, one.words.page, one.words.place, one.words.unit.text)
    return Said(c, rests, None, None, str(one.multiplier) if one.basis == "catalogue" else None)
