"""Time: the fiscal year of each amount, and the words that say so. Of several, the nearest to the amount speaks: the header of
its column, its row, the heading over its row, the title of its table, its page, its document, and last the catalogue.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, problems
from transforms.core.facets.year_words import Levels, YearWords, words_of_years
from transforms.words.years import year_of_heading
from warehouse.schema.lexicon import MONTH_NAME
from warehouse.schema.text import fold

_PART_OF_YEAR = re.compile(
    rf"\b(?:[1-4](?:er|do|to|o)?[ .-]*t(?:rim\w*)?|t[1-4]|(?:primer|segundo|tercer|cuarto|i{{1,3}}|iv)[ .-]*trim\w*|{MONTH_NAME})\b"
)
_TELLING = 4  # amounts other than zero that two tables must have alike, to be the same table twice


@dataclass(frozen=True)
class Years:
    """`year` is by amount (`book.cells`) and `of_row` by row (`book.rows`); 0 where there is none."""

    year: Ints
    of_row: Ints
    facet: Facet


class _DecidedYear(NamedTuple):
    """The year of a table, 0 where none is known; `basis` is null where nothing says it, or words disagree."""

    year: int
    basis: str | None
    words: YearWords | None = None


def find_years(book: Book, row_years: Ints) -> Years:
    """The year of every amount; `row_years` is what a cell of each row says (`book.rows`), 0 where none does."""
    r, c = (book.cells[name].to_numpy(dtype=np.int64) for name in ("r", "c"))
    declared = _integers(book.tables["document_fiscal_year"])
    words = words_of_years(book)
    elsewhere = _elsewhere(book, words)
    decided = [_of_table(*one) for one in zip(words, declared.tolist(), elsewhere, strict=True)]
    headers = np.array([meaning.fiscal_year or 0 for meaning in book.columns["meaning"]], dtype=np.int64)
    headings = _headings(book)
    t = book.rows["t"].to_numpy(dtype=np.int64)
    of_table = np.array([one.year for one in decided], dtype=np.int64)
    of_row = _first(row_years, headings, of_table[t])
    year = np.where(headers[c] > 0, headers[c], of_row[r])
    table_basis = np.array([code_of(one.basis) for one in decided], dtype=np.int8)
    row_basis = np.where(
        row_years > 0, code_of("row"), np.where(headings > 0, code_of("heading"), table_basis[t])
    ).astype(np.int8)
    basis: Codes = np.where(headers[c] > 0, np.int8(code_of("header")), row_basis[r]).astype(np.int8)
    twice = _twice(book)[book.cells["t"].to_numpy(dtype=np.int64)]
    basis[twice] = NONE
    statements = _statements(book, decided, headers, basis)
    return Years(
        year, of_row, Facet("time", basis, problems(basis, "year_unclear", {"year_conflict": twice}), statements)
    )


def _elsewhere(book: Book, words: Sequence[Levels]) -> list[YearWords | None]:
    """By table, the words of a year over the other tables of its document, where all say the same one."""
    of_document: dict[str, list[YearWords]] = defaultdict(list)
    documents = book.tables["document_id"].tolist()
    for document, levels in zip(documents, words, strict=True):
        of_document[document] += [one for level in levels for one in level if one.fiscal]
    only = {
        document: lines[0]._replace(basis="document")
        for document, lines in of_document.items()
        if len({year for one in lines for year in one.years}) == 1
    }
    return [only.get(document) for document in documents]


def _of_table(levels: Levels, declared: int, elsewhere: YearWords | None) -> _DecidedYear:
    """The year of a table by the nearest words. Its own title may say another than the catalogue; a page or a document that
    does, or words of one nearness that disagree, leave it unclear unless the last of them, right over the table, has the catalogue's.
    """
    for of_title, level in ((True, levels[0]), (False, levels[1]), (False, levels[2])):
        fiscal = [words for words in level if words.fiscal]
        words = fiscal or (level if of_title else [])
        years = {year for one in words for year in one.years}
        if not years:
            continue
        if len(years) > 1 or (declared and declared not in years and not (of_title and fiscal)):
            if declared in words[-1].years and not words[-1].ranged:
                return _DecidedYear(declared, "catalogue")
            return _DecidedYear(declared or (years.pop() if len(years) == 1 else 0), None, words[-1])
        return _DecidedYear(years.pop(), words[0].basis, words[0])
    if not declared and elsewhere is not None:
        return _DecidedYear(next(iter(elsewhere.years)), elsewhere.basis, elsewhere)
    return _DecidedYear(declared, "catalogue" if declared else None)


def _headings(book: Book) -> Ints:
    """By row, the year of the last row above it in its table that only heads a year; 0 where there is none."""
    years = np.array([year_of_heading(label) or 0 for label in _texts(book.rows["label"])], dtype=np.int64)
    figures = np.zeros(len(years), dtype=bool)
    figures[book.cells["r"].to_numpy(dtype=np.int64)] = True
    years[figures] = 0
    if not years.any():
        return years
    filled: Ints = (
        pd.Series(years).where(years > 0).groupby(book.rows["t"].to_numpy()).ffill().fillna(0).to_numpy(dtype=np.int64)
    )
    return filled


def _twice(book: Book) -> Bools:
    """The tables of a sheet named after a part of the year that print the same amounts as another table of their document,
    of the whole year or of another part: one of the two is not what its sheet says.
    """
    parts = [
        match[0] if (match := _PART_OF_YEAR.search(fold(page))) else ""
        for page in book.tables["page_first"].astype(str)
    ]
    twice = np.zeros(len(parts), dtype=bool)
    if not any(parts):
        return twice
    alike: dict[tuple[str, bytes], list[int]] = defaultdict(list)
    amounts = book.cells.groupby("t", sort=False)["centavos"]
    for t, centavos in amounts:
        values = centavos.to_numpy(dtype=np.int64)
        if np.count_nonzero(values) >= _TELLING:
            number = int(str(t))
            alike[book.tables["document_id"].array[number], values.tobytes()].append(number)
    for tables in alike.values():
        if len({parts[t] for t in tables}) > 1:
            twice[[t for t in tables if parts[t]]] = True
    return twice


def _statements(book: Book, decided: Sequence[_DecidedYear], headers: Ints, basis: Codes) -> tuple[Said, ...]:
    c = book.cells["c"].to_numpy(dtype=np.int64)
    by_row = {name: np.bincount(c[basis == code_of(name)], minlength=len(headers)) > 0 for name in ("row", "heading")}
    pages = book.tables["page_first"].tolist()
    statements = []
    for n, (t, place, header) in enumerate(
        zip(book.columns["t"].tolist(), _texts(book.columns["place"]), _texts(book.columns["header"]), strict=True)
    ):
        if headers[n]:
            statements.append(Said(n, "header", pages[t], place, header))
        elif name := next((name for name, columns in by_row.items() if columns[n]), None):
            statements.append(Said(n, name))
        else:
            statements.append(_said(n, decided[t]))
    return tuple(statements)


def _said(c: int, one: _DecidedYear) -> Said:
    if one.words is not None:
        return Said(c, one.basis, one.words.page, one.words.place, one.words.text)
    return Said(c, one.basis, None, None, str(one.year) if one.basis == "catalogue" else None)


def _first(*years: Ints) -> Ints:
    """The first that is not 0."""
    chosen = years[-1]
    for one in years[-2::-1]:
        chosen = np.where(one > 0, one, chosen)
    return chosen


def _texts(values: pd.Series) -> list[str | None]:
    return [value if isinstance(value, str) else None for value in values]


def _integers(values: pd.Series) -> Ints:
    return np.array(
        [0 if value is None or pd.isna(value) else int(str(value).split(".")[0]) for value in values], dtype=np.int64
    )
