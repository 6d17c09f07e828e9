"""Value: which sum, identity or twin proves the digits of an amount, or why none does.

Fails closed: an attempt that holds must reach it, and one of zeros says nothing by itself (`proof.zeros`). What an amount read
by OCR needs beyond that is in `proof.ocr_figures`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.facets.facet import NONE, Codes, Facet, code_of, problems
from transforms.core.proof.attempts import FAILED, PASSED, ROUNDING, TRIVIAL, BookAttempts
from transforms.core.proof.ocr_figures import admitted
from transforms.core.proof.zeros import with_zeros
from warehouse.schema.vocabulary import PROOFS

# Proofs are the first of BASES, the strongest first: what reaches an amount twice is told by the stronger.
_WORST = len(PROOFS)


def value(cells: pd.DataFrame, tried: Sequence[BookAttempts]) -> Facet:
    """What proves each amount, of all attempts that reach it."""
    count = len(cells)
    best = np.full(count, _WORST, dtype=np.int64)
    failed, trivial = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    admits = admitted(cells, tried)
    ranked = [(group, _ranks(group)) for group in tried]
    for group, of_attempts in ranked:
        ranks = of_attempts[group.reach_attempt]
        outcome = group.attempts["outcome"].to_numpy()[group.reach_attempt]
        holds = ((outcome == PASSED) | (outcome == ROUNDING)) & admits[group.reach_amount]
        np.minimum.at(best, group.reach_amount[holds], ranks[holds])
        failed[group.reach_amount[outcome == FAILED]] = True
        trivial[group.reach_amount[outcome == TRIVIAL]] = True
    usable = (cells["problem"] != "unreadable").to_numpy(dtype=bool) & ~cells["hidden"].to_numpy(dtype=bool)
    best = with_zeros(best, usable & admits, ranked, _WORST)
    proven = (best < _WORST) & usable
    best[proven & cells["correction_id"].notna().to_numpy(dtype=bool)] = code_of("correction")
    basis: Codes = np.where(proven, best, NONE).astype(np.int8)
    return Facet("value", basis, problems(basis, "no_proof", _unproven(cells, failed, trivial)))


def _ranks(group: BookAttempts) -> Ints:
    kinds, names = pd.factorize(group.attempts["kind"])
    ranks: Ints = np.array([code_of(str(name)) for name in names], dtype=np.int64)[kinds]
    return ranks


def _unproven(cells: pd.DataFrame, failed: Bools, trivial: Bools) -> dict[str, Bools]:
    """The reasons, the most telling first."""
    flag = cells["flag"].fillna("")
    masks = {
        "formula_without_value": flag == "formula_without_value",
        "error_cell": flag == "error_cell",
        "not_visible": flag == "not_visible",
        "struck_out": flag == "struck_out",
        "hidden": cells["hidden"],
        "other_currency": cells["foreign"],
        "unreadable": cells["problem"] == "unreadable",
        "does_not_add_up": failed,
        "ocr": flag == "ocr",
        "rounded": cells["problem"] == "rounded",
        "zero_only": trivial & (cells["centavos"].to_numpy() == 0),
    }
    return {name: np.asarray(mask, dtype=bool) for name, mask in masks.items()}
