"""What proves a figure that was read by OCR: more than what proves one that is printed as text.

A reader of images can mistake the same digit twice in the same way, and so make `aprobado + 0 = modificado` hold, or
`aprobado + ampliaciones = modificado` between two figures that begin alike; it can mistake the last digit within what a
sum of rounded figures may be off by. So a sum proves a recognised figure only if

* a second reader, that shares nothing with the first, saw the same figure; or
* two sums hold to the centavo that share no other amount, each between three amounts or more that are not zero, and no
  sum that reaches the figure fails; or another document prints it as text.

Without any sum nothing proves it: that two readers agree is not enough. Nor does anything prove a figure that ends in a
mark or in one decimal: the rest of it was lost, or is not of it. The words beside it are for `ocr_words`.
"""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.proof.attempts import FAILED, PASSED, BookAttempts
from transforms.words.money import parse

_OPEN = re.compile(r"[.,]\s*\d?[)\]\s-]*$")
_ENOUGH = 3  # amounts that are not zero


def is_recognised(cells: pd.DataFrame) -> Bools:
    """Which amounts were read by OCR."""
    by_ocr: Bools = (cells["flag"] == "ocr").fillna(False).to_numpy(dtype=bool)
    return by_ocr


def admitted(cells: pd.DataFrame, tried: Sequence[BookAttempts]) -> Bools:
    """The amounts for which a sum that holds is proof enough."""
    by_ocr = is_recognised(cells)
    if not by_ocr.any():
        return ~by_ocr
    proven: Bools = _agreed(cells, by_ocr) | _by_sums_alone(cells, tried, by_ocr)
    return ~by_ocr | (proven & ~_is_open(cells))


def _is_open(cells: pd.DataFrame) -> Bools:
    """Which figures end as no whole figure does: `46,155,518.` and `46,155,518.0`."""
    cut: Bools = cells["source_text"].astype("str").str.contains(_OPEN).fillna(False).to_numpy(dtype=bool)
    return cut


def _by_sums_alone(cells: pd.DataFrame, tried: Sequence[BookAttempts], by_ocr: Bools) -> Bools:
    """The recognised amounts that another document prints as text, or that two independent sums hold for."""
    worth = cells["centavos"].to_numpy(dtype=np.int64) != 0
    sums: dict[int, list[frozenset[int]]] = {}
    proven, contradicted = np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    for group in tried:
        outcome = group.attempts["outcome"].to_numpy(dtype=np.int64)[group.reach_attempt]
        contradicted[group.reach_amount[outcome == FAILED]] = True
        twin = (group.attempts["kind"] == "twin").to_numpy(dtype=bool)[group.reach_attempt]
        proven[group.reach_amount[(outcome == PASSED) & twin]] = True
        held = (outcome == PASSED) & ~twin & worth[group.reach_amount]
        reached = pd.Series(group.reach_amount[held]).groupby(group.reach_attempt[held])
        for members in (frozenset(amounts) for _, amounts in reached):
            if len(members) >= _ENOUGH:
                for amount in members:
                    sums.setdefault(amount, []).append(members)
    for amount in np.flatnonzero(by_ocr & ~contradicted).tolist():
        proven[amount] |= any(len(a & b) == 1 for a, b in combinations(sums.get(amount, []), 2))
    return by_ocr & proven & ~contradicted


def _agreed(cells: pd.DataFrame, by_ocr: Bools) -> Bools:
    """Which figures the second reader saw as the first did."""
    agreed = np.zeros(len(cells), dtype=bool)
    if "witness" not in cells:
        return agreed
    heard = np.flatnonzero(by_ocr & cells["witness"].notna().to_numpy(dtype=bool))
    beside = cells.iloc[heard]
    witnessed = zip(heard.tolist(), beside["witness"], beside["multiplier"], beside["centavos"], strict=True)
    for n, text, multiplier, centavos in witnessed:
        seen = parse(str(text), int(multiplier))
        agreed[n] = seen.problem != "unreadable" and seen.centavos == centavos
    return agreed
