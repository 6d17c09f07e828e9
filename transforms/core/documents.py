"""`core.document`: what the catalogue says of each document, and what became of it.

Every document of the catalogue is here, read or refused or still waiting: none vanishes. Its lines are elsewhere.
"""

from collections.abc import Mapping

import pandas as pd

from warehouse.schema.core import DOCUMENT
from warehouse.schema.vocabulary import READABLE

# What of each table documents are counted by.
COUNTED = {"line": ["document_id"], "amount": ["document_id", "verified"], "exclusion": ["document_id", "words"]}


def documents(
    catalogue: pd.DataFrame, raw_document: pd.DataFrame, raw_page: pd.DataFrame, core: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """The `core.document` frame.

    `catalogue`: one row per entry, with the columns of `core.document` that a catalogue knows. `raw_document`,
    `raw_page`: the raw frames. `core`: the frames of COUNTED.
    """
    frame = catalogue[[name for name in DOCUMENT.frame_columns if name in catalogue]].reset_index(drop=True)
    frame = frame.merge(
        raw_document[["document_id", "outcome", "message", "mensaje", "pages"]], on="document_id", how="left"
    )
    frame["outcome"] = frame["outcome"].fillna("pending")
    for name, counts in _counts(raw_page, core).items():
        frame[name] = frame["document_id"].map(counts).astype("Int64")
    read = frame["outcome"].isin(READABLE)
    for name in ("lines", "amounts", "verified", "excluded"):  # a document that was read has a count, even if zero
        frame[name] = frame[name].mask(read & frame[name].isna(), 0)
    newer = frame["document_id"].map(_successors(frame)).astype("str")
    frame["superseded_by"] = newer.fillna(frame["superseded_by"]) if "superseded_by" in frame else newer
    return DOCUMENT.frame(frame)


def _counts(raw_page: pd.DataFrame, core: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series]:
    amount = core["amount"]
    return {
        "lines": core["line"].groupby("document_id").size(),
        "amounts": amount.groupby("document_id").size(),
        "verified": amount.loc[amount["verified"].fillna(False), ["document_id"]].groupby("document_id").size(),
        "excluded": core["exclusion"].groupby("document_id")["words"].sum(),
        "numeric_words": raw_page.groupby("document_id")["numeric_words"].sum(),
    }


def _successors(frame: pd.DataFrame) -> dict[str, str]:
    if "supersedes" not in frame:
        return {}
    replacing = frame[frame["supersedes"].notna()]
    return dict(zip(replacing["supersedes"], replacing["document_id"], strict=True))
