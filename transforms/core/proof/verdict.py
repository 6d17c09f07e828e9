"""Whether an amount is verified, and by what, or the reason why nothing proves it.

Fails closed: an amount is verified only when an attempt that is not of zeros holds and reaches it. What an amount read by
OCR needs beyond that is in `ocr_figures`, and its label in `ocr_words`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.core.arrays import Bools, Texts
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, TRIVIAL, BookAttempts
from transforms.core.proof.ocr_figures import admitted
from transforms.core.tables import UnderstoodTable
from warehouse.schema.vocabulary import PROOFS

_RANK = {reason: rank for rank, reason in enumerate(PROOFS)}
_NONE = len(PROOFS)


def gather(readings: Sequence[UnderstoodTable]) -> BookAttempts:
    """The attempts of every table, end to end, in the book's positions."""
    frames, reach_attempt, reach_amount, reach_sign, offset = [], [], [], [], 0
    for reading in readings:
        numbers = np.array([column.number for column in reading.grid.columns], dtype=np.int64)
        stages = np.array([column.stage for column in reading.grid.columns], dtype=object)
        for group in reading.attempts:
            frames.append({
                "r": group.row + reading.start, "column": numbers[group.column], "stage": stages[group.column],
                "kind": group.kind, "printed": group.printed, "unreadable": group.unreadable,
                "computed": group.computed, "terms": group.terms, "formula": group.formula, "outcome": group.outcome,
            })  # fmt: skip
            reach_attempt.append(group.reach_attempt + offset)
            reach_amount.append(group.reach_amount)
            reach_sign.append(group.reach_sign)
            offset += len(group.row)
    columns = ("r", "column", "stage", "kind", "printed", "unreadable", "computed", "terms", "formula", "outcome")
    joined = {name: _joined([frame[name] for frame in frames], name) for name in columns}
    reach = (_joined(parts, "r") for parts in (reach_attempt, reach_amount, reach_sign))
    return BookAttempts(pd.DataFrame(joined), *reach)


def _joined(parts: list[npt.NDArray[Any]], name: str) -> npt.NDArray[Any]:
    if parts:
        return np.concatenate(parts)
    text = name in ("stage", "kind", "formula")
    return np.array([], dtype=object if text else bool if name == "unreadable" else np.int64)


def judge(cells: pd.DataFrame, tried: Sequence[BookAttempts], named: Bools) -> pd.DataFrame:
    """`verified` and `reason` of every amount, from the attempts that reach it; `named` are those whose label and header
    are beyond doubt.
    """
    count = len(cells)
    best = np.full(count, _NONE, dtype=np.int64)
    failed, trivial = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    admits = admitted(cells, tried)
    for group in tried:
        ranks = np.array([_RANK[kind] for kind in group.attempts["kind"].tolist()], dtype=np.int64)[group.reach_attempt]
        outcome = group.attempts["outcome"].to_numpy()[group.reach_attempt]
        holds = ((outcome == PASSED) | (outcome == ROUNDING)) & admits[group.reach_amount]
        np.minimum.at(best, group.reach_amount[holds], ranks[holds])
        failed[group.reach_amount[outcome == FAILED]] = True
        trivial[group.reach_amount[outcome == TRIVIAL]] = True
    problem = cells["problem"].to_numpy()
    hidden = cells["hidden"].to_numpy(dtype=bool)
    holds = (best < _NONE) & (problem != "unreadable") & ~hidden
    verified = holds & named
    proofs = np.array([*PROOFS, "no_proof"], dtype=object)
    proofs = np.where(cells["correction_id"].notna(), "correction", proofs[best])
    reason = np.where(
        verified, proofs, np.where(holds, "label_unconfirmed", _unproven(cells, problem, hidden, failed, trivial))
    )
    return pd.DataFrame({"verified": verified, "reason": reason}, index=cells.index)


def _unproven(cells: pd.DataFrame, problem: Texts, hidden: Bools, failed: Bools, trivial: Bools) -> Texts:
    """The reason, the most telling first."""
    flag = cells["flag"].astype(object).where(cells["flag"].notna(), "").to_numpy()
    shows = {
        "formula_without_value": flag == "formula_without_value",
        "error_cell": flag == "error_cell",
        "hidden": hidden,
        "unreadable": problem == "unreadable",
        "does_not_add_up": failed,
        "ocr": flag == "ocr",
        "rounded": problem == "rounded",
        "zero_only": trivial & (cells["centavos"].to_numpy() == 0),
    }
    first = np.select(list(shows.values()), list(range(len(shows))), default=len(shows))
    reasons: Texts = np.array([*shows, "no_proof"], dtype=object)[first]
    return reasons
