"""`out.cross_classification`: whether the same spending adds up alike by object, by function and by body.

One row per government, year, stage and kind of source. The totals of three tables, or of three files, and what their
finest classes add up to, are set side by side and none is preferred; a total that cannot be had stays missing.
"""

import pandas as pd

from transforms.compare.gaps import outcome
from transforms.measure.refusals import true
from warehouse.schema.out import CROSS_CLASSIFICATION

SAME = ["government_id", "fiscal_year", "stage", "kind", "period_start", "period_end"]
BY = ("object", "function", "administrative")


def cross_classification(totals: pd.DataFrame) -> pd.DataFrame:
    """`totals` is what `classes.totals` returned."""
    known = totals[~totals["superseded"].astype("bool") & totals["amount"].notna()]
    known = known.sort_values(["verified", "document_id"], ascending=[False, True], kind="stable")
    known = known.drop_duplicates([*SAME, "by"])
    rows = known[[*SAME, "government", "citable"]].drop_duplicates(SAME)
    for by in BY:
        own = known[known["by"] == by][[*SAME, "amount", "detail", "verified", "line_ids", "document_id"]]
        names = {
            "amount": f"{by}_total_centavos",
            "detail": f"{by}_detail_centavos",
            "verified": f"{by}_verified",
            "line_ids": f"{by}_line_ids",
            "document_id": f"{by}_document_id",
        }
        rows = rows.merge(own.rename(columns=names), on=SAME, how="left")
    wholes = [f"{by}_total_centavos" for by in BY]
    details = [f"{by}_detail_centavos" for by in BY]
    amounts = rows[[*wholes, *details]].astype("Int64")
    compared = rows[wholes].notna().sum(axis=1) > 1
    largest = amounts.max(axis=1)
    rows["gap_centavos"] = (largest - amounts.min(axis=1)).where(compared)
    rows["gap_share"] = (rows["gap_centavos"] / largest.where(largest > 0)).astype("Float64")
    rows["outcome"] = outcome(rows["gap_centavos"], largest)
    proven = pd.concat([true(rows[f"{by}_verified"]) | rows[f"{by}_total_centavos"].isna() for by in BY], axis=1)
    rows["verified"] = proven.all(axis=1)
    ordered = rows.sort_values(SAME, kind="stable")
    return CROSS_CLASSIFICATION.frame(ordered[CROSS_CLASSIFICATION.frame_columns])
