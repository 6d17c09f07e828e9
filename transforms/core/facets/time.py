"""Time: the fiscal year of each amount, and the words that say so. Of several, the nearest to the amount speaks."""

from dataclasses import dataclass


import numpy as np
import pandas as pd

from transforms.core.arrays import Ints
from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, problems


@dataclass(frozen=True)
class Years:
    """`year` is by amount (`book.cells`) and `of_row` by row (`book.rows`); 0 where there is none."""

    year: Ints
    of_row: Ints
    facet: Facet


def find_years(book: Book, row_years: Ints) -> Years:
    """The year of every amount; `row_years` is what a cell of each row says (`book.rows`), 0 where none does."""
    columns, cells = book.columns, book.cells
    r, c = cells["r"].to_numpy(dtype=np.int64), cells["c"].to_numpy(dtype=np.int64)
    declared = _integers(book.tables["document_fiscal_year"])
    headers = np.array([meaning.fiscal_year or 0 for meaning in columns["meaning"]], dtype=np.int64)
    of_row = np.where(row_years > 0, row_years, declared[book.rows["t"].to_numpy(dtype=np.int64)])
    year = np.where(headers[c] > 0, headers[c], of_row[r])
    basis: Codes = np.where(
        headers[c] > 0,
        code_of("header"),
        np.where(row_years[r] > 0, code_of("row"), np.where(year > 0, code_of("catalogue"), NONE)),
    ).astype(np.int8)
    in_rows = np.bincount(c[basis == code_of("row")], minlength=len(columns)) > 0
    statements = tuple(
        _said(book, n, int(headers[n]), bool(in_rows[n]), int(declared[t])) for n, t in enumerate(columns["t"].tolist())
    )
    return Years(year, of_row, Facet("time", basis, problems(basis, "year_unclear"), statements))


def _said(book: Book, c: int, of_header: int, in_rows: bool, declared: int) -> Said:
    if of_header:
        page = book.tables["page_first"].iat[int(book.columns["t"].iat[c])]
        return Said(c, "header", page, book.columns["place"].iat[c], book.columns["header"].iat[c])
    if in_rows:
        return Said(c, "row")
    return Said(c, "catalogue", None, None, str(declared)) if declared else Said(c, None)


def _integers(values: pd.Series) -> Ints:
    return np.array(
        [0 if value is None or pd.isna(value) else int(str(value).split(".")[0]) for value in values], dtype=np.int64
    )
