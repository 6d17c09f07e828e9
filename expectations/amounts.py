"""What several promises ask of amounts: which cell of a table they stand in, and of which fiscal year they are.

Looking up one reference in another table is for `positions`; the checks themselves are in the files of the promises.
"""

import pandas as pd

from expectations.positions import Numbers, at, numbered, positions
from expectations.spec import TableFrames

CELL = ["document_id", "table", "row", "column"]


def number_cells(frames: TableFrames) -> tuple[Numbers, Numbers]:
    """A number for the cell of each numeric word, and for that of each amount: document, table, row and column.

    An amount without a line has -1. Of lines with one id, which their key check refuses, the first counts.
    """
    lines, amounts = frames["core.line"], frames["core.amount"]
    of_line = positions(amounts["line_id"], lines["line_id"])
    named = amounts[["column"]].assign(**{name: at(lines[name], of_line) for name in ("document_id", "table", "row")})
    words, cells = numbered(frames["raw.number"][CELL], named[CELL])
    cells[of_line < 0] = -1
    return words, cells


def with_fiscal_year(amounts: pd.DataFrame, frames: TableFrames) -> pd.DataFrame:
    """The amounts with their fiscal year: their own, else their line's, else their document's."""
    undated = amounts["fiscal_year"].isna()
    if not undated.any():
        return amounts
    lines, documents = frames["core.line"], frames["core.document"]
    of_document = at(documents["fiscal_year"], positions(lines["document_id"], documents["document_id"]))
    of_line = lines["fiscal_year"].fillna(pd.Series(of_document, index=lines.index))
    years = amounts["fiscal_year"].copy()
    years[undated] = at(of_line, positions(amounts.loc[undated, "line_id"], lines["line_id"]))
    return amounts.assign(fiscal_year=years)
