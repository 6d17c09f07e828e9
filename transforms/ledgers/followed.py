"""Indicators, commitments and publications from their ledgers. Access requests are in `requests`.

Nothing is computed over what is missing: a progress that nobody assessed is null.
"""

import re

import numpy as np
import pandas as pd

from transforms.ledgers.rows import dated, plain, row_id, rows_of
from warehouse.schema.followed import COMMITMENT, INDICATOR, PUBLICATION

_HALF = 0.5  # what rounding may differ by, in the unit of the result (LEDGERS, B2)
_PER_HUNDRED = re.compile(r"[*x×]\s*100\b|\b100\s*[*x×]", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_UNPROVEN = {"verified": False, "reason": "no_proof"}


def numbers(texts: pd.Series) -> pd.Series:
    """Numbers as indicators print them: 92.7%, 1,528; null for N/A and for words."""
    bare = texts.map(lambda text: str(text).strip().rstrip("%").replace(",", "").strip(), na_action="ignore")
    is_number = bare.map(lambda text: bool(_NUMBER.match(text)), na_action="ignore").eq(True)
    return pd.to_numeric(bare.where(is_number), errors="coerce").astype("Float64")


def indicators(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.indicator` frame; what numerator and denominator give is held against the printed result."""
    fields = (
        "name",
        "formula",
        "numerator",
        "denominator",
        "unit",
        "sense",
        "baseline",
        "target",
        "target_revised",
        "result",
        "programme_code",
        "body",
        "period_end",
    )
    rows = rows_of(records, "indicator", documents, fields)
    rows = rows[rows["name"].notna()].reset_index(drop=True)
    if rows.empty:
        return INDICATOR.frame()
    read = {name: numbers(rows[name]) for name in ("numerator", "denominator", "target", "target_revised", "result")}
    hundred = rows["formula"].map(lambda text: bool(_PER_HUNDRED.search(text)), na_action="ignore").eq(True)
    given = read["denominator"].ne(0).fillna(False) & rows["formula"].notna()
    recomputed = (read["numerator"] / read["denominator"] * np.where(hundred, 100, 1)).where(given)
    agrees = (recomputed - read["result"]).abs().le(_HALF).astype("boolean")
    sense = plain(rows["sense"])
    whole = rows.drop(columns=[*read, "period_end"]).join(dated(rows, {"period_end": "period_end"})).assign(
        **read, indicator_id=row_id(rows), recomputed=recomputed, agrees=agrees, **_UNPROVEN,
        sense=np.select([sense.str.startswith("asc").fillna(False), sense.str.startswith("desc").fillna(False)], ["up", "down"], "unknown"),
    )  # fmt: skip
    return INDICATOR.frame(whole.reindex(columns=INDICATOR.frame_columns))


def commitments(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.commitment` frame: each once, with all its plans and governments; a plan that only says how many it has is a row."""
    fields = (
        "commitment_id",
        "plan",
        "government_id",
        "title",
        "starts_on",
        "ends_on",
        "progress",
        "progress_source",
        "indicator",
        "target",
        "url",
        "commitments",
    )
    rows = rows_of(records, "commitment", documents, fields).rename(columns={"government_id_x": "government_id"})
    rows["commitments"] = numbers(rows["commitments"]).where(rows["commitment_id"].isna())
    counted = rows["commitments"].notna() & rows["plan"].notna()  # a plan of which only their number is known
    rows["commitment_id"] = rows["commitment_id"].fillna(row_id(rows).where(counted))
    rows = rows[rows["commitment_id"].notna()].reset_index(drop=True)
    if rows.empty:
        return COMMITMENT.frame()
    grouped = rows.groupby("commitment_id", sort=False)
    first = rows.drop_duplicates("commitment_id").set_index("commitment_id")
    for name, many in (("plan", "plan"), ("government_id", "government_ids")):
        first[many] = grouped[name].agg(lambda texts: ";".join(dict.fromkeys(texts.dropna())) or None)
    first["progress"] = numbers(first["progress"])
    return COMMITMENT.frame(first.assign(**_UNPROVEN).reset_index().reindex(columns=COMMITMENT.frame_columns))


def publications(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.publication` frame; the lag is measured only between two days that exist."""
    rows = rows_of(
        records,
        "publication",
        documents,
        ("document_name", "url", "responsible_area", "period_start", "period_end", "updated_on"),
    )
    rows = rows[rows["document_name"].notna()].reset_index(drop=True)
    if rows.empty:
        return PUBLICATION.frame()
    days = dated(rows, {"period_start": "period_start", "period_end": "period_end", "updated_on": "published_on"})
    lags = pd.to_datetime(days["published_on"]) - pd.to_datetime(days["period_end"])
    whole = (
        rows.drop(columns=["period_start", "period_end"])
        .join(days)
        .assign(
            publication_id=row_id(rows),
            body=rows["responsible_area"],
            days_after=lags.dt.days.astype("Int64"),
            **_UNPROVEN,
        )
    )
    return PUBLICATION.frame(whole.reindex(columns=PUBLICATION.frame_columns))
