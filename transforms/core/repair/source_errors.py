"""Which sums that fail may be said to fail at all: those that the document states and that survive every facet.

Most sums that fail are the reader's own: a table joined with another, codes taken for amounts, a balance that runs on, a
subtotal counted beside its parts, reductions printed without a sign. An accusation needs a sum that none of these explains.
"""

import re
from itertools import accumulate

import numpy as np
import pandas as pd

from transforms.core.book import Book
from transforms.words.labels import is_called
from warehouse.schema.lexicon import SUBTOTAL, TOTAL
from warehouse.schema.text import fold

_MONEY = re.compile(r"\$|\d[,.'’´`‘ ]\d{3}(?!\d)|\d[.,]\d\d$")
_NAME = re.compile(r"[^\W\d_]{3}")
_BALANCE = re.compile(r"\bsaldos?\b|\bacumulad|\bexistencia|\bdisponible\b|\bpor (?:ejercer|pagar)\b")
_ENOUGH = (
    100_000  # centavos: a column without one amount of a thousand is of rates, counts or codes as easily as of money
)
_TERMS = 2
_UNSEEN = ("ocr", "hidden", "not_visible", "struck_out", "formula_without_value", "formula_computed")


class Stated:
    """What the gate needs to know of the book, looked up once."""

    def __init__(self, book: Book, lines: pd.DataFrame) -> None:
        self.book = book
        self.names = lines["name"].astype(object).where(lines["name"].notna(), "").to_numpy()
        self.totals = np.array(
            [is_called(TOTAL, name) and not is_called(SUBTOTAL, name) for name in self.names], dtype=bool
        )
        self.codes = lines["object_code"].fillna(lines["function_code"]).fillna("").to_numpy(dtype=object)
        self.printed_codes = lines["code"].fillna("").to_numpy(dtype=object)
        self.row_stages = book.rows["stage"].to_numpy(dtype=object)
        self.stages = book.columns["stage"].astype(object).to_numpy()
        self.headers = [fold(header) if isinstance(header, str) else "" for header in book.columns["header"]]

    def may_be_the_sources(self, row: pd.Series, members: pd.DataFrame) -> bool:
        """Whether the document states this sum, all of it can be relied on, and no reading of it explains the difference."""
        return (
            row["kind"] in ("children", "total")
            and self._is_read(row, members)
            and self.has_stage(members)
            and self._is_stated(members)
            and (bool(row["unreadable"]) or not self._is_explained(row, members))
        )

    def has_stage(self, members: pd.DataFrame) -> bool:
        """Whether the amounts of the sum are of a budget stage, and no balance that runs on."""
        column, rows = int(members["c"].iloc[0]), members["r"].to_numpy(dtype=np.int64)
        staged = isinstance(self.stages[column], str) or all(isinstance(stage, str) for stage in self.row_stages[rows])
        return staged and not _BALANCE.search(self.headers[column])

    def _is_read(self, row: pd.Series, members: pd.DataFrame) -> bool:
        """Whether each term is money in words of its own, in sight, of a text layer, and none is missing."""
        cells = self.book.cells.iloc[members.index]
        texts = [str(text).strip() for text in members["source_text"]]
        readable = members["problem"] != "unreadable"
        rows = members["r"].to_numpy(dtype=np.int64)
        return bool(
            not cells["flag"].isin(_UNSEEN).any()
            and not cells["hidden"].any()
            and (cells["multiplier"] == cells["multiplier"].iloc[0]).all()
            and (members["c"] == members["c"].iloc[0]).all()
            and len(members) >= 1 + _TERMS
            and int((readable & (members["sign"] > 0)).sum()) == int(row["terms"])
            and members["centavos"].abs().max() >= _ENOUGH
            and all(_MONEY.search(text) for text, value in zip(texts, members["centavos"], strict=True) if value)
            and all(_NAME.search(name) for name in self.names[rows])
        )

    def _is_stated(self, members: pd.DataFrame) -> bool:
        """Whether the result is a total by its words, or an entry of a classifier; and its terms all of one level."""
        result = int(members.loc[members["sign"] < 0, "r"].iloc[0])
        terms = members.loc[members["sign"] > 0, "r"].to_numpy(dtype=np.int64)
        codes = [str(code) for code in self.codes[terms]]
        code_of_sum = str(self.codes[result])
        if self.totals[terms].any():
            return False
        if code_of_sum:
            inside = all(code.startswith(code_of_sum) and len(code) > len(code_of_sum) for code in codes)
            return inside and _one_level(codes)
        if not self.totals[result]:
            return False
        printed = [str(code) for code in self.printed_codes[terms]]
        return len({len(code) for code in printed}) == 1 and len(
            {*zip(printed, self.names[terms], strict=True)}
        ) == len(terms)

    def _is_explained(self, row: pd.Series, members: pd.DataFrame) -> bool:
        """Whether a sign, a zero for a blank, a part counted twice, or a row left out makes this difference."""
        printed, computed = int(row["printed"]), int(row["computed"])
        gap = computed - printed
        terms = members[members["sign"] > 0].sort_values("r")
        values = [int(value) for value in terms["centavos"]]
        if printed == 0 or computed == 0 or abs(printed) == abs(computed):
            return True
        if any(2 * value == gap for value in values) or gap in _runs(values):
            return True
        return -gap in self._beside(members) or gap in self._beside(members)

    def _beside(self, members: pd.DataFrame) -> set[int]:
        """The other amounts of the column and table, and what those that follow one another add up to."""
        cells, column = self.book.cells, int(members["c"].iloc[0])
        first, last = np.searchsorted(
            cells["t"].to_numpy(), [self.book.columns["t"].iloc[column] + shift for shift in (0, 1)]
        )
        near = cells.iloc[first:last]
        near = near[(near["c"] == column) & ~near.index.isin(members.index)]
        values = near["centavos"].to_numpy(dtype=np.int64)
        return {int(value) for value in values} | _runs([int(value) for value in values[:_LONGEST]])


_LONGEST = 200


def _one_level(codes: list[str]) -> bool:
    """Distinct codes of one length, as the parts of one sum have."""
    return all(codes) and len(set(codes)) == len(codes) and len({len(code) for code in codes}) == 1


def _runs(values: list[int]) -> set[int]:
    """What each run of neighbours adds up to: the single values too, zeros aside."""
    sums = [0, *accumulate(values)]
    return {later - earlier for at, earlier in enumerate(sums) for later in sums[at + 1 :]} - {0, sums[-1]}
