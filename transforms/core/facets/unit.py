"""Unit and currency: how many pesos a printed unit is, of each amount, and the words that say so.

Decided before any text is parsed: `book.cells` have their texts and no amounts yet.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from transforms.core.arrays import Ints
from transforms.core.book_record import Book
from transforms.core.facets.facet import Facet, Said, of_columns
from transforms.words.units import Unit, unit_of
from warehouse.schema.column_kind import PATTERNS


_THROUGHOUT = 0.95


@dataclass(frozen=True)
class Units:
    """`multiplier` is by amount (`book.cells`), `of_table` by table (`book.tables`)."""

    multiplier: Ints
    of_table: list[Unit]
    facet: Facet


def find_units(book: Book) -> Units:
    """The unit of every amount."""
    tables, columns, cells = book.tables, book.columns, book.cells
    of_table = [_of_table(*row) for row in zip(tables["title"], tables["context"], tables["hints"], strict=True)]
    printed = [unit_of(_text(title), _text(context)) for title, context in zip(tables["title"], tables["context"], strict=True)]
    centavos = _centavos_throughout(book)
    statements, multipliers = [], np.ones(len(columns), dtype=np.int64)
    for c, (t, header) in enumerate(zip(columns["t"].tolist(), columns["header"], strict=True)):
        in_header = unit_of(_text(header))
        page = tables["page_first"].iat[t]
        if in_header.text:
            multipliers[c] = in_header.multiplier
            statements.append(Said(c, "header", page, columns["place"].iat[c], in_header.text))
            continue
        multipliers[c] = of_table[t].multiplier
        if tables["hints"].iat[t].get("unit"):
            statements.append(Said(c, "catalogue", None, None, str(tables["hints"].iat[t]["unit"])))
        elif printed[t].text:
            statements.append(Said(c, "title", page, None, printed[t].text))
        else:
            statements.append(Said(c, "centavos" if centavos[t] else None))
    c = cells["c"].to_numpy(dtype=np.int64)
    return Units(multipliers[c], of_table, of_columns("unit", statements, c, len(columns), "unit_not_stated"))


def _of_table(title: Any, context: Any, hints: dict[str, Any]) -> Unit:
    printed = unit_of(_text(title), _text(context))
    return Unit(hints["unit"], printed.text) if hints.get("unit") else printed


def _centavos_throughout(book: Book) -> list[bool]:
    """By table, whether the amounts of its document are printed with centavos, but for zeros."""
    texts = book.cells["source_text"].str.strip()
    telling = ~texts.str.contains(PATTERNS["zero"]).to_numpy(dtype=bool)
    with_centavos = texts.str.contains(PATTERNS["centavos"]).to_numpy(dtype=bool)[telling]
    share = book.cells.loc[telling, ["document_id"]].assign(c=with_centavos).groupby("document_id")["c"].mean()
    return (book.tables["document_id"].map(share).fillna(0.0) >= _THROUGHOUT).tolist()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
