"""What a figure that breaks sums should be: a proposal with its evidence, never applied by itself.

Every failing sum says what each of its members would have to be for it to hold. One member is singled out where

* two sums or more fail, and one amount of it makes all of them hold (a misread cell breaks its row and its column), or
* one sum fails, and the member is the only one that cannot be read, or the only one that nothing else proves; then the
  digits that are printed must also be found in the proposed amount, or nearly.

A figure that some sum proves is never proposed to be another. Where two figures would explain the same sum equally well,
nothing is proposed. The text and the amount as read stay, unverified; whoever agrees declares a correction.

For a reader of images (OCR) nothing more is needed: give the misread figure the flag `ocr` and its text as read, and
let `normalize` find the sums. An alternative reading that equals `proposed_centavos` of its line and column is proven.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.core.book import Book
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, BookAttempts
from transforms.words.money import pesos
from warehouse.schema.core import PROPOSAL
from warehouse.schema.text import one_edit_apart

_NEAR = 2  # digits that a misprint or a misreading may change or lose
_KEY = ["amount", "needed"]


def propose(book: Book, lines: pd.DataFrame, tried: Sequence[BookAttempts]) -> pd.DataFrame:
    """`core.proposal`, one row per figure at most."""
    needed = pd.concat([_needed(book, one) for one in tried], ignore_index=True)
    proven = np.zeros(len(book.cells), dtype=bool)
    for one in tried:
        outcome = one.attempts["outcome"].to_numpy()[one.reach_attempt]
        proven[one.reach_amount[np.isin(outcome, (PASSED, ROUNDING))]] = True
    chosen = _singled_out(needed, proven)
    return PROPOSAL.frame([_record(book, lines, amount, value, group) for (amount, value), group in chosen])


def _needed(book: Book, tried: BookAttempts) -> pd.DataFrame:
    """Every member of every failing sum, with the amount it would need to be for the sum to hold."""
    attempts = tried.attempts
    here = (attempts["outcome"].to_numpy() == FAILED)[tried.reach_attempt]
    reached = pd.DataFrame({
        "attempt": tried.reach_attempt[here], "amount": tried.reach_amount[here], "sign": tried.reach_sign[here],
    })  # fmt: skip
    of = attempts.iloc[reached["attempt"].to_numpy()].reset_index(drop=True)
    printed = of["printed"].where(~of["unreadable"].astype(bool), 0).to_numpy(dtype=np.int64)
    cells = book.cells.iloc[reached["amount"].to_numpy()].reset_index(drop=True)
    reached["unreadable"] = (cells["problem"] == "unreadable").to_numpy(dtype=bool)
    value = np.where(reached["unreadable"], 0, cells["centavos"].to_numpy(dtype=np.int64))
    reached["needed"] = value - reached["sign"].to_numpy() * (of["computed"].to_numpy(dtype=np.int64) - printed)
    unread = reached.groupby("attempt")["unreadable"].transform("sum")
    texts = zip(cells["source_text"], reached["needed"], cells["multiplier"], reached["unreadable"], strict=True)
    reached["near"] = [_near(text, needed, unit, lost) for text, needed, unit, lost in texts]
    reached["text"] = _words(book, of)
    # A sum of two unreadable figures says nothing of either; beside one, nothing of the others.
    return reached[(unread == 0) | ((unread == 1) & reached["unreadable"])]


def _near(text: str, needed: int, unit: int, lost: bool) -> bool:
    """Whether the printed text may stand for the amount: a few digits differ, or, where it is unreadable, are missing."""
    whole, rest = divmod(abs(needed), 100 * unit)
    if needed < 0 and not any(sign in text for sign in "-–—−("):
        return False
    digits = "".join(c for c in text if c.isdigit())
    for wanted in (str(whole), f"{whole}{rest // unit:02d}"):
        if lost and _kept(digits, wanted):
            return True
        if not lost and (one_edit_apart(digits, wanted) or _changed(digits, wanted) <= _NEAR):
            return True
    return False


def _changed(digits: str, wanted: str) -> int:
    return sum(a != b for a, b in zip(digits, wanted, strict=True)) if len(digits) == len(wanted) else _NEAR + 1


def _kept(digits: str, wanted: str) -> bool:
    """Whether the legible digits stand in the amount in this order, with at most a few missing or too many."""
    short, long = sorted((digits, wanted), key=len)
    rest = iter(long)
    return len(long) - len(short) <= _NEAR and all(digit in rest for digit in short)


def _words(book: Book, of: pd.DataFrame) -> list[str]:
    """What each failing sum compares, in words."""
    results = book.rows.iloc[of["r"].to_numpy(dtype=np.int64)]
    columns = (
        results["page"],
        results["label"].fillna(""),
        of["formula"],
        of["printed"],
        of["unreadable"],
        of["computed"],
    )
    return [
        f"p. {page}, «{label}»: {formula}; impreso {'ilegible' if lost else pesos(printed)}, calculado {pesos(computed)}"
        for page, label, formula, printed, lost, computed in zip(*columns, strict=True)
    ]


def _singled_out(needed: pd.DataFrame, proven: np.ndarray) -> list[tuple[tuple[int, int], pd.DataFrame]]:
    """The figures that alone explain their failing sums, with those sums."""
    if needed.empty:
        return []
    open_ = needed[~proven[needed["amount"].to_numpy()]].copy()
    open_["sums"] = open_.groupby(_KEY)["attempt"].transform("nunique")
    alone = open_.groupby("attempt")["amount"].transform("nunique") == 1
    open_ = open_[(open_["sums"] > 1) | ((open_["unreadable"] | alone) & open_["near"])]
    most = open_.groupby("attempt")["sums"].transform("max")
    rivals = open_[open_["sums"] == most].groupby("attempt")["amount"].transform("nunique")
    best = open_[(open_["sums"] == most) & (rivals.reindex(open_.index) == 1)]
    # A figure that the best explanation of each sum gives two amounts to is not understood.
    best = best[best.groupby("amount")["needed"].transform("nunique") == 1]
    return [((int(amount), int(value)), group) for (amount, value), group in best.groupby(_KEY, sort=True)]


def _record(book: Book, lines: pd.DataFrame, amount: int, proposed: int, sums: pd.DataFrame) -> dict[str, object]:
    cell = book.cells.iloc[amount]
    line = lines.iloc[int(cell["r"])]
    return {
        "line_id": line["line_id"], "document_id": cell["document_id"], "table": line["table"], "page": cell["page"],
        "column": cell["column"], "stage": book.columns["stage"].iloc[int(cell["c"])], "source_text": cell["source_text"],
        "printed_centavos": None if cell["problem"] == "unreadable" else int(cell["centavos"]),
        "proposed_centavos": proposed, "sums": sums["attempt"].nunique(), "evidence": "; ".join(sums["text"]),
    }  # fmt: skip
