"""Every attempt at every table, end to end, in the positions of the book.

What an outcome is worth for an amount is decided in `transforms.core.facets.value`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.core.proof.attempts import BookAttempts
from transforms.core.tables import UnderstoodTable


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
