"""Declared corrections applied to the printed texts, each only while the source still prints what it declares.

The text as printed stays; the amount comes from the corrected text. Proof is still needed for it to be verified.
"""

from typing import Any

import pandas as pd

from warehouse.schema.core import CORRECTION
from warehouse.schema.text import words


def apply(cells: pd.DataFrame, corrections: pd.DataFrame | None) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    """The text to read of every cell, the correction applied to it, and the corrections with their outcome.

    `cells` has document_id, page, label, header and source_text, one row per amount.
    """
    text = cells["source_text"].copy()
    applied = pd.Series(pd.NA, index=cells.index, dtype="str")
    declared = CORRECTION.frame(corrections if corrections is not None else [])
    outcomes = []
    for correction in declared.to_dict("records"):
        place = _place(cells, correction)
        hits = place & (cells["source_text"].str.strip() == str(correction["printed"]).strip())
        text[hits], applied[hits] = correction["corrected"], correction["correction_id"]
        outcomes.append("applied" if hits.any() else "expired" if place.any() else "unused")
    return text, applied, CORRECTION.frame(declared.assign(outcome=pd.array(outcomes, dtype="str")))


def _place(cells: pd.DataFrame, correction: dict[str, Any]) -> pd.Series:
    """The cells of the line and column that the correction names."""
    here = cells["document_id"] == correction["document_id"]
    if not here.any():
        return here
    if pd.notna(correction["page"]):
        here &= cells["page"] == correction["page"]
    for column in ("label", "header"):
        if pd.notna(correction[column]):
            wanted = words(correction[column])
            here &= cells[column].map(
                lambda text, wanted=wanted: words(text if isinstance(text, str) else None) == wanted, na_action=None
            )
    return here
