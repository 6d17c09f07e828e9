"""Kind: that a figure is money. By the header of its column, by a peso sign in it, or by the unit of its table.

What is a count, a rate, a code or a date never gets here: `book` sets it aside with its reason.
"""

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Facet, Said, code_of, of_columns
from warehouse.schema.column_kind import AMOUNT, Figures, names_no_money

_MOSTLY = 0.5
_HUNDRED, _ROUNDED = 10_000, 10  # hundredths: a hundred per cent, and what its roundings may miss it by


def kind(book: Book, unit: Facet) -> Facet:
    """What says of each column of amounts that it is money."""
    columns, cells = book.columns, book.cells
    c = cells["c"].to_numpy(dtype=np.int64)
    count = len(columns)
    texts = cells["source_text"]
    signed = _any(c, texts.str.contains("$", regex=False), count)
    in_unit = np.zeros(count, dtype=bool)
    in_unit[c[unit.basis != NONE]] = True
    # Two decimals make no money of rates: where they are all that says the unit, the table must print thousands too.
    in_words = np.zeros(count, dtype=bool)
    in_words[c[(unit.basis != NONE) & (unit.basis != code_of("centavos"))]] = True
    in_unit &= ~_like_counts(book) & (in_words | _beside_thousands(book))
    denied = np.array([names_no_money(_text(header)) for header in columns["header"]], dtype=bool)
    signed &= ~denied
    in_unit &= ~denied & ~_like_shares(book)
    statements = [
        _said(book, n, by, page, signed=bool(signed[n]), in_unit=bool(in_unit[n]))
        for n, (by, page) in enumerate(
            zip(columns["money_by"], book.tables["page_first"].array[columns["t"]], strict=True)
        )
        if columns["kind"].iloc[n] == AMOUNT
    ]
    return of_columns("kind", statements, c, count, "kind_unclear")


def _said(book: Book, c: int, by: str | None, page: str, *, signed: bool, in_unit: bool) -> Said:
    if by:
        column = book.columns.iloc[c]
        return Said(c, by, page, _text(column["place"]), _text(column["header"]))
    return Said(c, "currency_sign" if signed else "unit" if in_unit else None)


def _like_counts(book: Book) -> Bools:
    """Columns of small whole numbers beside others that are plainly money: the unit of the table is not theirs."""
    figures: list[Figures] = book.columns["figures"].tolist()
    small = np.array([f.zero < 1.0 and not f.large and not f.centavos for f in figures], dtype=bool)
    money = np.array([max(f.large, f.centavos) > _MOSTLY for f in figures], dtype=bool)
    t = book.columns["t"].to_numpy(dtype=np.int64)
    beside = np.zeros(len(book.tables), dtype=bool)
    beside[t[money]] = True
    counts: Bools = small & beside[t]
    return counts


def _like_shares(book: Book) -> Bools:
    """Columns whose largest figure is a hundred, its total, and that print parts of one of them: hundredths of another column."""
    cells = book.cells
    read = cells["problem"].isna().to_numpy(dtype=bool)
    c = cells["c"].to_numpy(dtype=np.int64)[read]
    printed = np.abs(
        cells["centavos"].to_numpy(dtype=np.int64) / np.maximum(cells["multiplier"].to_numpy(dtype=np.int64), 1)
    )[read]
    count = len(book.columns)
    largest, parts = np.zeros(count), np.zeros(count)
    np.maximum.at(largest, c, printed)
    np.add.at(parts, c, printed % 100 != 0)
    money = np.array([max(f.large, f.money) > _MOSTLY for f in book.columns["figures"]], dtype=bool)
    t = book.columns["t"].to_numpy(dtype=np.int64)
    beside = np.bincount(t[money], minlength=len(book.tables)) > 0
    shares: Bools = (np.abs(largest - _HUNDRED) <= _ROUNDED) & (parts > 1) & beside[t]
    return shares


def _beside_thousands(book: Book) -> Bools:
    """Columns of tables in which some figure is printed as money alone is: thousands with decimals."""
    t = book.columns["t"].to_numpy(dtype=np.int64)
    printed = np.array([f.money > 0 for f in book.columns["figures"]], dtype=bool)
    beside: Bools = (np.bincount(t[printed], minlength=len(book.tables)) > 0)[t]
    return beside


def _any(c: np.ndarray, mask: pd.Series, count: int) -> Bools:
    return np.bincount(c[mask.to_numpy(dtype=bool)], minlength=count) > 0


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
