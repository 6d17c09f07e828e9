"""`out.commitment_status`: the progress of each commitment and of each plan.

A plan has a mean only where every commitment of it was assessed; one of which only the number of commitments is known has none.
"""

import pandas as pd

from warehouse.schema.answering import COMMITMENT_STATUS

PLAN = "-"  # in place of the commitment, for the plan as a whole


def commitment_status(commitments: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `out.commitment_status` frame. `commitments` as `core.commitment`, `documents` as `core.document`."""
    of = documents.set_index("document_id")
    rows = commitments[commitments["document_id"].map(of["superseded_by"]).isna()]
    rows = rows.assign(source_citable=rows["document_id"].map(of["citable"]).eq(True), plan=rows["plan"].fillna("?"))
    if rows.empty:
        return COMMITMENT_STATUS.frame()
    named = rows[rows["commitments"].isna()]
    whole = pd.concat([_each(named), _plans(rows)], ignore_index=True)
    whole = whole.sort_values(["plan", "commitment_id"], ignore_index=True)
    return COMMITMENT_STATUS.frame(whole.reindex(columns=COMMITMENT_STATUS.frame_columns))


def _each(rows: pd.DataFrame) -> pd.DataFrame:
    missing = rows["progress"].isna()
    shared = rows["plan"].str.contains(";", regex=False)
    return rows.assign(
        commitments=1,
        assessed=(~missing).astype("Int64"),
        document_ids=rows["document_id"],
        refusals=pd.Series("progress_missing", rows.index, dtype="str").where(missing),
        caveats=pd.Series("several_plans", rows.index, dtype="str").where(shared),
        citable=rows["source_citable"] & ~missing,
    )


def _plans(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per plan; a commitment of several plans is in each of them once."""
    each = rows.assign(plan=rows["plan"].str.split(";"), governments=rows["government_ids"].str.split(";")).explode(
        "plan"
    )
    return pd.DataFrame([_plan(str(plan), of_plan) for plan, of_plan in each.groupby("plan", sort=True)])


def _plan(plan: str, rows: pd.DataFrame) -> dict[str, object]:
    named = rows[rows["commitments"].isna()]
    counted = rows["commitments"].max()
    listed, assessed = len(named), int(named["progress"].notna().sum())
    count_only = listed == 0
    whole = not count_only and assessed == listed and (pd.isna(counted) or int(counted) == listed)
    governments = dict.fromkeys(key for keys in rows["governments"].dropna() for key in keys)
    refusal = "count_only" if count_only else None if whole else "progress_missing"
    return {
        "plan": plan,
        "commitment_id": PLAN,
        "government_ids": ";".join(governments) or None,
        "commitments": max(listed, 0 if pd.isna(counted) else int(counted)),
        "assessed": assessed,
        "progress": float(named["progress"].mean()) if whole else None,
        "document_ids": ";".join(dict.fromkeys(rows["document_id"])),
        "refusals": refusal,
        "citable": bool(rows["source_citable"].all()) and refusal is None,
    }
