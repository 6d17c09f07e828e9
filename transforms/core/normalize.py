"""Raw rows to core: lines with their hierarchy and codes, exact amounts with their proof, and every sum that was tried.

The order of the work; each step is in its own module. Nothing here reads or writes files, and every numeric word of
the raw frames ends as an amount or in the count of exclusions.
"""

from collections.abc import Mapping

import pandas as pd

from transforms.core import frames as core_frames
from transforms.core.amounts_table import amounts_table
from transforms.core.book import open_book
from transforms.core.facets.time import find_years
from transforms.core.facets.weigh import weigh
from transforms.core.proof import twins
from transforms.core.proof.gather import gather
from transforms.core.repair import failures, proposals
from transforms.core.tables import read_tables

__all__ = ["amounts_table", "normalize"]


def normalize(
    raw: Mapping[str, pd.DataFrame], documents: pd.DataFrame, corrections: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """The core frames table, line, amount, basis, reconciliation, proposal, correction and exclusion.

    `raw` has the raw frames page, table, column, row, number and text of one or many documents; `documents` one row per
    document with document_id and, where known, government_id, government_names (the names it is printed under, one a line) and
    superior_names (those of the governments it belongs to),
    fiscal_year, kind, hints (JSON), period and sha256; `catalogued` is False where no catalogue has the document.
    """
    book = open_book(raw, documents, corrections)
    readings = list(read_tables(book))
    years = find_years(book, core_frames.row_years(book, readings))
    lines = core_frames.lines(book, readings, raw["page"], years.of_row)
    tried = gather(readings)
    twin = twins.find(book, documents)
    proposed = proposals.propose(book, lines, [tried, twin])
    explained = failures.explain(book, lines, tried, proposed)
    weighed = weigh(book, readings, lines, years.facet, [tried, twin])
    return {
        "table": core_frames.tables(book, readings),
        "line": lines,
        "amount": core_frames.amounts(book, lines, years.year, weighed.judged),
        "basis": core_frames.bases(book, weighed.facets),
        "reconciliation": core_frames.reconciliations(lines, [tried, twin], explained),
        "proposal": proposed,
        "correction": book.corrections,
        "exclusion": core_frames.exclusions(raw["number"], book),
    }
