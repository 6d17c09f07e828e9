"""`out.coverage`: what there is and what is missing, per government and year.

Absence is reported: a document that was refused counts where its catalogue entry says it belongs, and one whose
government nobody could tell stands under its own heading.
"""

import pandas as pd

from transforms.measure.coded_text import take
from transforms.measure.facts import UNKNOWN_GOVERNMENT
from transforms.tell.working_tables import HOLDING
from warehouse.schema.out import COVERAGE
from warehouse.schema.vocabulary import READABLE

_KEY = ["government_id", "fiscal_year"]


def holdings(facts: pd.DataFrame) -> pd.DataFrame:
    """HOLDING: what each document holds of each government and year, from FACT."""
    key = ["document_id", *_KEY]
    groups = facts.groupby(key, dropna=False)
    counted = groups.agg(lines=("line", "nunique"), amounts=("line", "size"), verified=("verified", "sum"))
    stages = take(facts, columns=[*key, "stage"], once=True).groupby(key, dropna=False)["stage"].agg(_joined)
    return HOLDING.frame(take(counted.reset_index()).merge(stages.rename("stages").reset_index(), on=key, how="left"))


def coverage(
    held: pd.DataFrame, documents: pd.DataFrame, governments: pd.DataFrame, versus: pd.DataFrame
) -> pd.DataFrame:
    """One row per government and year that a document or an amount belongs to.

    `held` is HOLDING, `versus` `out.health_vs_events`.
    """
    held = held.assign(government_id=held["government_id"].fillna(UNKNOWN_GOVERNMENT))
    groups = held.groupby(_KEY, dropna=False)
    counted = groups[["lines", "amounts", "verified"]].sum()
    counted = counted.assign(stages=groups["stages"].agg(_together)).reset_index()
    comparable = versus[versus["refusals"].isna()].groupby(_KEY)["stage"].agg(_joined).rename("comparable_stages")
    inside = _documents(held[["document_id", *_KEY]], documents)
    rows = inside.merge(counted, on=_KEY, how="outer").merge(comparable.reset_index(), on=_KEY, how="left")
    names = governments.drop_duplicates("government_id").set_index("government_id")["name"]
    rows["government"] = (
        rows["government_id"]
        .map(names)
        .fillna(rows["government_id"].replace(UNKNOWN_GOVERNMENT, "Gobierno sin identificar"))
    )
    rows["verified_share"] = (rows["verified"] / rows["amounts"]).astype("Float64")
    for column in ("documents", "documents_read", "documents_refused", "lines", "amounts"):
        rows[column] = rows[column].fillna(0)
    return COVERAGE.frame(rows[COVERAGE.frame_columns].sort_values(_KEY, kind="stable"))


def _documents(inside: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Documents per government and year: by their catalogue entry, and by what their amounts say (`inside`)."""
    entries = documents[["document_id", *_KEY]].assign(
        government_id=documents["government_id"].fillna(UNKNOWN_GOVERNMENT)
    )
    # A national file says nothing of one government in its entry, and everything in its lines.
    vague = (entries["government_id"] == UNKNOWN_GOVERNMENT) & entries["document_id"].isin(inside["document_id"])
    every = pd.concat([entries[~vague], inside]).drop_duplicates()
    every["read"] = every["document_id"].isin(documents.loc[documents["outcome"].isin(READABLE), "document_id"])
    counted = every.groupby(_KEY, dropna=False).agg(documents=("document_id", "size"), documents_read=("read", "sum"))
    counted["documents_refused"] = counted["documents"] - counted["documents_read"]
    return counted.reset_index()


def _joined(stages: pd.Series) -> str | None:
    return ";".join(sorted(stages.dropna().unique())) or None


def _together(stages: pd.Series) -> str | None:
    return _joined(stages.str.split(";").explode())
