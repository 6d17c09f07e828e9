"""Which amounts are printed with centavos: figures in thousands hardly are, and no unit of thousands is declared of them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from warehouse.schema.column_kind import PATTERNS

_THROUGHOUT = 0.95  # of the amounts of a column printed with centavos
_STORED = 0.05  # of the amounts that a workbook stores: it drops the zeros of a whole peso
_CENTAVOS = r"[.,]\d\d\s*(?:[)>-]|\(?[Cc][Rr]\.?\)?|[*⁰¹²³⁴-⁹]+|MXN|M\.? ?N\.?)?$"
_MORE = r"\.\d{3,7}$"  # more digits than that are the noise of a binary number

Shares = npt.NDArray[np.float64]


class Centavos(NamedTuple):
    """How many amounts are printed with centavos, zeros apart: the share by table, and by column whether all of them."""

    share: Shares
    throughout: Bools


def centavos_of(book: Book) -> Centavos:
    """A column of a workbook is printed so where some amounts of the workbook have two decimals and none has more: it stores
    no zeros after a point. A column of zeros is printed as its table is.
    """
    texts = book.cells["source_text"].str.strip()
    telling = ~texts.str.contains(PATTERNS["zero"]).to_numpy(dtype=bool)
    c = book.cells["c"].to_numpy(dtype=np.int64)[telling]
    with_two, more = (texts.str.contains(pattern).to_numpy(dtype=bool)[telling] for pattern in (_CENTAVOS, _MORE))
    of_column = book.columns["t"].to_numpy(dtype=np.int64)
    stored = book.tables["method"].isin(["sheet", "csv"]).to_numpy(dtype=bool)
    document, names = pd.factorize(book.tables["document_id"])
    two, beyond = (_share(which, document[of_column[c]], len(names))[document] for which in (with_two, more))
    share = np.where(stored, two, _share(with_two, of_column[c], len(stored)))
    filled = np.bincount(c, minlength=len(of_column)) > 0
    printed = np.where(filled, _share(with_two, c, len(of_column)), share[of_column]) >= _THROUGHOUT
    of_workbook = (two >= _STORED) & (beyond <= 1 - _THROUGHOUT)
    return Centavos(share, np.where(stored[of_column], of_workbook[of_column], printed))


def _share(which: Bools, group: Ints, groups: int) -> Shares:
    """The share of amounts in each group; 0 where it has none."""
    counted: Shares = np.bincount(group[which], minlength=groups) / np.maximum(np.bincount(group, minlength=groups), 1)
    return counted
