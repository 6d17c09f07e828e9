"""Sign: printed, or absent and so positive; where a reader is in doubt of it, a sum has to decide."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.book_record import Book
from transforms.core.facets.facet import Facet, chosen, problems
from transforms.core.proof.attempts import PASSED, BookAttempts

_SIGN_CELL = (
    r'", "\s*\(?(?:C\.?[Rr]\.?|D\.?[BRbr]\.?|\([-−–])\)?\s*"\]'  # of label cells, as JSON: pairs of header and text
)


# The side of the ledger that a column of signs puts a row on: the one that takes away, for all that the page says.
_SIGN_COLUMN = (
    r'(?i)\["(?:signo|naturaleza|nat\.?|(?:tipo de )?movimiento|cargo ?/ ?abono|debe ?/ ?haber|d ?/ ?h|c ?/ ?a)", '
    r'"\s*(?:[-−–]|\(-\)|menos|negativ[oa]s?|abonos?|haber|acreedora?|[ahc])\s*"\]'
)


def sign(book: Book, tried: Sequence[BookAttempts]) -> Facet:
    """On what the sign of each amount rests. `sign_unclear` is the flag of a reader that saw a mark it cannot take for one."""
    cells = book.cells
    unclear = (cells["flag"] == "sign_unclear").fillna(False).to_numpy(dtype=bool)
    unclear = unclear | _marked(book.rows)[cells["r"].to_numpy(dtype=np.int64)]
    cases = {"unsigned": ~unclear, "printed_sign": ~unclear & (cells["centavos"].to_numpy() < 0)}
    if unclear.any():
        cases["identity"] = unclear & _decided(cells, unclear, tried)
    # The later of two cases that hold is asked first: a printed sign is no lack of one.
    basis = chosen(len(cells), dict(reversed(cases.items())))
    return Facet("sign", basis, problems(basis, "sign_unclear"))


def _marked(rows: pd.DataFrame) -> Bools:
    """The rows with a cell that says nothing but a sign: `CR` in a column of its own. Nobody knows of which figure."""
    said = rows["label_cells"]
    of_cell, of_column = (said.str.contains(words, regex=True) for words in (_SIGN_CELL, _SIGN_COLUMN))
    marked: Bools = (of_cell | of_column).fillna(False).to_numpy(dtype=bool)
    return marked


def _decided(cells: pd.DataFrame, unclear: Bools, tried: Sequence[BookAttempts]) -> Bools:
    """The amounts of sums that hold as read and would not with the other sign: beside one at least whose sign is clear."""
    decided = np.zeros(len(cells), dtype=bool)
    not_zero = cells["centavos"].to_numpy() != 0
    for group in tried:
        exact = (group.attempts["outcome"].to_numpy() == PASSED) & (group.attempts["kind"].to_numpy() != "twin")
        anchors = group.reach_attempt[(not_zero & ~unclear)[group.reach_amount]]
        exact &= np.bincount(anchors, minlength=len(exact)).astype(bool)
        reached = group.reach_amount[exact[group.reach_attempt]]
        decided[reached[not_zero[reached]]] = True
    return decided
