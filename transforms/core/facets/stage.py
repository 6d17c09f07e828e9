"""Stage: the header's, the row's, the one that a person declared, or that of what the document is."""

import numpy as np

from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, of_columns
from warehouse.schema.column_kind import AMOUNT


def stage(book: Book) -> Facet:
    """On what the stage of each amount rests. Nothing is wrong with an amount without one: it is not cited."""
    columns = book.columns
    c, r = (book.cells[name].to_numpy(dtype=np.int64) for name in ("c", "r"))
    in_rows = book.rows["stage"].notna().to_numpy(dtype=bool)[r]
    in_column = np.bincount(c[in_rows], minlength=len(columns)) > 0
    pages = book.tables["page_first"].array[columns["t"]]
    statements = [
        _said(book, n, by, str(pages[n]), in_rows=bool(in_column[n]))
        for n, by in enumerate(columns["stage_by"])
        if columns["kind"].iloc[n] == AMOUNT
    ]
    facet = of_columns("stage", statements, c, len(columns), "no_proof")
    basis: Codes = facet.basis.copy()
    basis[(basis == code_of("row")) & ~in_rows] = NONE
    return Facet("stage", basis, np.full(len(basis), NONE, dtype=np.int8), facet.statements)


def _said(book: Book, c: int, by: str | None, page: str, *, in_rows: bool) -> Said:
    if by is None:
        return Said(c, "row" if in_rows else None)
    if by == "document_kind":
        return Said(c, by, None, None, book.tables["document_kind"].iat[int(book.columns["t"].iat[c])])
    place, header = book.columns["place"].iat[c], book.columns["header"].iat[c]
    return Said(c, by, page, place if isinstance(place, str) else None, header if isinstance(header, str) else None)
