"""Which document speaks: of each government, year, period, stage and level one view, so that nothing is in the panel twice.

A figure that may be cited comes before one the project composed, and that before a secondary dataset; of each, verified ones first.
"""

import pandas as pd

from warehouse.schema.panel_vocabulary import STANDINGS

SLOT = ["government_id", "fiscal_year", "period", "stage", "by", "level"]
_STANDING = {name: place for place, name in enumerate(STANDINGS)}
_LATER_KINDS = {"estadistica": 1, "secundaria": 2}  # what the government itself publishes comes first


def rank_views(rows: pd.DataFrame, slot: list[str]) -> pd.DataFrame:
    """slot, document_id, view_id of every view, best first."""
    return (
        rows.assign(
            place=rows["standing"].map(_STANDING),
            late_kind=rows["kind"].map(_LATER_KINDS).fillna(0),
            preliminary=rows["period_status"] == "preliminary",
        )
        .groupby([*slot, "document_id", "view_id"], sort=False)
        .agg(
            place=("place", "first"),
            late_kind=("late_kind", "first"),
            preliminary=("preliminary", "first"),
            usable=("verified", "any"),
            size=("verified", "size"),
        )
        .reset_index()
        .sort_values(
            ["usable", "place", "late_kind", "preliminary", "size", "document_id", "view_id"],
            ascending=[False, True, True, True, False, True, True],
            kind="stable",
        )
    )


def choose_views(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the view that speaks for each slot; of a basket, each basket is a slot of its own."""
    alone = rows["class_id"].where(rows["by"] == "basket", "")
    slot = [*SLOT, "alone"]
    rows = rows.assign(alone=alone)
    best = rank_views(rows, slot).drop_duplicates(slot)[[*slot, "document_id", "view_id"]]
    return rows.merge(best, on=list(best.columns)).drop(columns="alone")
