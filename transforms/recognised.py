"""What proves a figure that was read by OCR: more than what proves one that is printed as text.

A reader of images can mistake the same digit twice in the same way, and so make `aprobado + 0 = modificado` hold; it can
mistake the last digit within what a sum of rounded figures may be off by. So a sum proves a recognised figure only if

* it holds to the centavo between three amounts or more that are not zero, and no other sum that reaches the figure
  fails; or
* a second reader, that shares nothing with the first, saw the same figure.

Without any sum nothing proves it: that two readers agree is not enough.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.money import parse
from transforms.reconcile import FAILED, PASSED

if TYPE_CHECKING:
    from transforms.proof import Tried

Bools = npt.NDArray[np.bool_]

_ENOUGH = 3  # amounts that are not zero


def is_recognised(cells: pd.DataFrame) -> Bools:
    """Which amounts were read by OCR."""
    return (cells["flag"] == "ocr").fillna(False).to_numpy(dtype=bool)


def admitted(cells: pd.DataFrame, tried: Sequence["Tried"]) -> list[Bools]:
    """For each amount that an attempt reaches, whether the attempt, if it holds, is proof enough for it."""
    by_ocr = is_recognised(cells)
    if not by_ocr.any():
        return [np.ones(len(found.reach_amount), dtype=bool) for found in tried]
    agreed = _agreed(cells, by_ocr)
    contradicted = np.zeros(len(cells), dtype=bool)
    for found in tried:
        contradicted[found.reach_amount[_outcome(found) == FAILED]] = True
    worth = cells["centavos"].to_numpy(dtype=np.int64) != 0
    answers = []
    for found in tried:
        told = np.bincount(found.reach_attempt[worth[found.reach_amount]], minlength=len(found.attempts))
        twin = (found.attempts["kind"] == "twin").to_numpy(dtype=bool)
        telling = (_outcome(found) == PASSED) & ((told >= _ENOUGH) | twin)[found.reach_attempt]
        alone = telling & ~contradicted[found.reach_amount]
        answers.append(~by_ocr[found.reach_amount] | agreed[found.reach_amount] | alone)
    return answers


def _outcome(found: "Tried") -> npt.NDArray[np.int64]:
    return found.attempts["outcome"].to_numpy(dtype=np.int64)[found.reach_attempt]


def _agreed(cells: pd.DataFrame, by_ocr: Bools) -> Bools:
    """Which figures the second reader saw as the first did."""
    agreed = np.zeros(len(cells), dtype=bool)
    if "witness" not in cells:
        return agreed
    for n in np.flatnonzero(by_ocr & cells["witness"].notna().to_numpy(dtype=bool)).tolist():
        seen = parse(str(cells["witness"].iat[n]), int(cells["multiplier"].iat[n]))
        agreed[n] = seen.problem != "unreadable" and seen.centavos == cells["centavos"].iat[n]
    return agreed
