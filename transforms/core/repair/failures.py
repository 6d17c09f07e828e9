"""Whose error a sum is that does not add up: the source's, with the evidence, or unexplained.

Nobody is accused on a reading. Before any evidence counts, the sum itself must be one that the document states and that
survives every facet:

* a total by its words, or an entry of a classifier with the entries of one level right below it,
* all of it money of one stage, in words that name each row, in sight, from a sound text layer, no balance that runs on,
* and no way of reading it explains the difference: a sign, a subtotal among its parts, a row left out, a zero for a blank.

Then the source errs where

* a figure is misprinted: it cannot be read and a proposal says what it should be, or its digits are grouped as no amount is,
* another table of the document prints what the parts add up to, in the same stage, and some sum proves it there,
* the same rows add up in every other column,
* or the rows follow one another, no figure among them was left aside, and the difference is one digit.

Figures read from an image are never the source's error by themselves. What is not shown stays unexplained.
"""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from transforms.core.book import Book
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, TRIVIAL, BookAttempts
from transforms.core.repair.source_errors import Stated
from transforms.words.money import pesos

_MARK = "['’´`‘,]"
_MISGROUPED = re.compile(rf"\d{_MARK}{_MARK}+\d|^\$\s*{_MARK}+\d|{_MARK}(?:\d{{1,2}}|\d{{4,}})(?:{_MARK}|\.\d)")
_OF_CELLS = ["document_id", "page", "r", "c", "column", "source_text", "flag", "problem", "centavos"]
_TELLING = 1_000_000  # centavos: a smaller amount may be printed elsewhere by chance
_FEW = 3  # more figures grouped otherwise are a habit of the document, not misprints


class _Evidence:
    """What is known of the whole book, looked up once per failing sum."""

    def __init__(self, book: Book, lines: pd.DataFrame, tried: BookAttempts, proposals: pd.DataFrame) -> None:
        self.book, self.cells, self.attempts, self.tried = book, book.cells[_OF_CELLS], tried.attempts, tried
        self.table_of_row = book.rows["t"].to_numpy()
        self.holds = np.isin(tried.attempts["outcome"].to_numpy(), (PASSED, ROUNDING))
        self.proven = np.zeros(len(book.cells), dtype=bool)
        self.proven[tried.reach_amount[self.holds[tried.reach_attempt]]] = True
        self.order = np.argsort(tried.reach_attempt, kind="stable")
        self.bounds = np.searchsorted(tried.reach_attempt[self.order], np.arange(len(tried.attempts) + 1))
        self.stated = Stated(book, lines)
        self.trivial = tried.attempts["outcome"].to_numpy() == TRIVIAL
        self.ids = lines["line_id"].to_numpy(dtype=object)
        self.proposed = {(p["line_id"], p["column"]): p["proposed_centavos"] for p in proposals.to_dict("records")}

    def members(self, attempt: int) -> pd.DataFrame:
        """The cells of a sum, each with its sign."""
        reach = self.order[self.bounds[attempt] : self.bounds[attempt + 1]]
        return self.cells.iloc[self.tried.reach_amount[reach]].assign(sign=self.tried.reach_sign[reach])


def explain(
    book: Book, lines: pd.DataFrame, tried: BookAttempts, proposals: pd.DataFrame
) -> tuple[list[str | None], list[str | None]]:
    """`explanation` and `evidence` of every attempt; both null where the sum holds."""
    evidence = _Evidence(book, lines, tried, proposals)
    explanations: list[str | None] = [None] * len(tried.attempts)
    sentences: list[str | None] = [None] * len(tried.attempts)
    for attempt in np.flatnonzero(tried.attempts["outcome"].to_numpy() == FAILED).tolist():
        sentence = _find_source_error(evidence, attempt)
        explanations[attempt], sentences[attempt] = ("source_error" if sentence else "unexplained"), sentence
    return explanations, sentences


def _find_source_error(evidence: _Evidence, attempt: int) -> str | None:
    """What shows that the source errs, as the first rule that applies says it."""
    members = evidence.members(attempt)
    row = evidence.attempts.iloc[attempt]
    if members.empty or not evidence.stated.may_be_the_sources(row, members):
        return None
    return (
        _misprinted(evidence, row, members)
        or _printed_elsewhere(evidence, row, members)
        or _others_hold(evidence, row)
        or _nothing_missing(evidence, row, members)
    )


def _misprinted(evidence: _Evidence, row: pd.Series, members: pd.DataFrame) -> str | None:
    """A figure that cannot be read and that the sum says, or digits that are grouped as those of no amount."""
    gap = int(row["computed"]) - (0 if row["unreadable"] else int(row["printed"]))
    lost = members[members["problem"] == "unreadable"]
    for cell in lost.to_dict("records"):
        proposed = evidence.proposed.get((evidence.ids[cell["r"]], cell["column"]))
        if proposed is not None and gap + cell["sign"] * proposed == 0:
            return f"p. {cell['page']}: dice «{cell['source_text']}»; cuadra con {pesos(proposed)}"
    wrong = [text for text in members.loc[~evidence.proven[members.index], "source_text"] if _MISGROUPED.search(text)]
    return f"cifras mal impresas: {', '.join(f'«{text}»' for text in wrong)}" if 0 < len(wrong) <= _FEW else None


def _printed_elsewhere(evidence: _Evidence, row: pd.Series, members: pd.DataFrame) -> str | None:
    """The parts add up to what another table of the document prints in the same stage, and some sum proves there."""
    if row["unreadable"] or abs(row["computed"]) < _TELLING:
        return None
    table, stages = evidence.table_of_row[int(row["r"])], evidence.stated.stages
    here = (evidence.cells["centavos"] == row["computed"]) & evidence.proven
    other = evidence.cells[here & (evidence.cells["document_id"] == members["document_id"].iloc[0])]
    other = other[evidence.table_of_row[other["r"].to_numpy(dtype=np.int64)] != table]
    other = other[stages[other["c"].to_numpy(dtype=np.int64)] == stages[int(members["c"].iloc[0])]]
    return (
        f"p. {other['page'].iloc[0]}: ahí se imprime {pesos(row['computed'])}, que es lo que suman"
        if len(other)
        else None
    )


def _others_hold(evidence: _Evidence, row: pd.Series) -> str | None:
    """The rows add up in every other column of the table, with as many figures."""
    if row["unreadable"]:
        return None
    attempts = evidence.attempts
    same = attempts[
        (attempts["r"] == row["r"]) & (attempts["kind"] == row["kind"]) & (attempts["terms"] == row["terms"])
    ]
    count = int(evidence.holds[same.index].sum())
    failing = len(same) - count - int(evidence.trivial[same.index].sum())
    return f"los mismos renglones cuadran en {count} columnas más" if count and failing == 1 else None


def _nothing_missing(evidence: _Evidence, row: pd.Series, members: pd.DataFrame) -> str | None:
    """The rows of a sum follow one another, no figure among them was left aside, and one digit is the difference."""
    if row["unreadable"] or (members["problem"] == "unreadable").any():
        return None
    result, rows = int(row["r"]), np.unique(members["r"].to_numpy())
    first, last, column = int(rows.min()), int(rows.max()), members["c"].iloc[0]
    cells = evidence.cells[(evidence.cells["r"] >= first) & (evidence.cells["r"] <= last)]
    inside = result in (first, last) and (cells["c"] == column).sum() == len(members) == last - first + 1
    gap = abs(int(row["printed"]) - int(row["computed"]))
    if not inside or not _one_digit(gap) or _left_aside(evidence, first, last):
        return None
    if first == _start(evidence, result) and _begun_before(evidence, result):
        return None
    pages = ", ".join(dict.fromkeys(evidence.book.rows["page"].iloc[first : last + 1]))
    return f"p. {pages}: sus renglones van seguidos, ninguna de sus cifras quedó fuera y ninguna es la diferencia"


def _one_digit(gap: int) -> bool:
    """Whether one digit read or set wrong makes this difference: 50,000,000.00."""
    return len(str(gap).rstrip("0")) == 1


def _left_aside(evidence: _Evidence, first: int, last: int) -> bool:
    """Whether a number that looks like money stands between these rows and was not taken as an amount."""
    rows = evidence.book.rows.iloc[first : last + 1]
    aside = evidence.book.set_aside
    aside = aside[(aside["document_id"] == rows["document_id"].iloc[0]) & aside["page"].isin(rows["page"])]
    ranges = {page: _height(places) for page, places in rows.groupby("page")["place"]}
    return any(
        _is_money(str(text)) and reason != "percentage" and _overlap(_height([place]), ranges[page])
        for text, reason, page, place in aside[["source_text", "exclusion", "page", "place"]].itertuples(index=False)
    )


def _height(places: Iterable[object]) -> tuple[float, float]:
    """Top and bottom of boxes; of cells of a sheet, everything."""
    boxes = [[float(x) for x in str(place).split(",")] for place in places if str(place).count(",") == 3]
    return (min(box[1] for box in boxes), max(box[3] for box in boxes)) if boxes else (0.0, float("inf"))


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _is_money(text: str) -> bool:
    return bool(re.search(r"\$\s*[\d'’,.]*\d|\d[,'’]\d{3}", text))


def _start(evidence: _Evidence, row: int) -> int:
    return int(np.searchsorted(evidence.table_of_row, evidence.table_of_row[row]))


def _begun_before(evidence: _Evidence, row: int) -> bool:
    """Whether the table before may be the begin of this one: on this page or the one before, and without a total."""
    table, tables = int(evidence.table_of_row[row]), evidence.book.tables
    if not table or tables["document_id"].iloc[table] != tables["document_id"].iloc[table - 1]:
        return False
    last, first = tables["page_last"].iloc[table - 1], tables["page_first"].iloc[table]
    near = not (last.isdigit() and first.isdigit()) or int(first) - int(last) <= 1
    start = _start(evidence, row)
    totals = evidence.attempts[evidence.attempts["kind"] == "total"]["r"]
    return near and last != first and not (totals == start - 1).any()
