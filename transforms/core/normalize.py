"""Raw rows to core: lines with their hierarchy and codes, exact amounts with their proof, and every sum that was tried.

The order of the work; each step is in its own module. Nothing here reads or writes files, and every numeric word of
the raw frames ends as an amount or in the count of exclusions.
"""

from collections.abc import Mapping

import pandas as pd

from transforms.core import frames as core_frames
from transforms.core.book import open_book
from transforms.core.proof import ocr_words, twins, verdict
from transforms.core.repair import failures, proposals
from transforms.core.tables import read_tables
from transforms.core.view import amounts_table

__all__ = ["amounts_table", "normalize"]


def normalize(
    raw: Mapping[str, pd.DataFrame], documents: pd.DataFrame, corrections: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """The core frames table, line, amount, reconciliation, proposal, correction and exclusion.

    `raw` has the raw frames page, table, column, row and number of one or many documents; `documents` one row per
    document with document_id and, where known, government_id, fiscal_year, kind, hints (JSON), period and sha256.
    """
    book = open_book(raw, documents, corrections)
    readings = list(read_tables(book))
    lines = core_frames.lines(book, readings, raw["page"])
    tried = verdict.gather(readings)
    twin = twins.find(book, documents)
    proposed = proposals.propose(book, lines, [tried, twin])
    explained = failures.explain(book, lines, tried, proposed)
    proven = verdict.judge(book.cells, [tried, twin], ocr_words.confirmed(book))
    return {
        "table": core_frames.tables(book, readings),
        "line": lines,
        "amount": core_frames.amounts(book, lines, proven),
        "reconciliation": core_frames.reconciliations(lines, [tried, twin], explained),
        "proposal": proposed,
        "correction": book.corrections,
        "exclusion": core_frames.exclusions(raw["number"], book),
    }
