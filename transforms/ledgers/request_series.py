"""`out.request_series`: how many requests of each body and year are in each state, how many overdue, and which years are missing.

What a request is and when it is due is decided in `requests` and `due`. A year of which nothing is known is a row without numbers.
"""

import numpy as np
import pandas as pd

from transforms.ledgers.typed import DAY
from warehouse.schema.answering import REQUEST_SERIES

_BODY = ["government_id", "body"]
_GROUP = [*_BODY, "request_year", "state"]


def request_series(requests: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `out.request_series` frame. `requests` as `core.request`, `documents` as `core.document`; superseded registers are left out."""
    of = documents.set_index("document_id")
    current = of.index[of["superseded_by"].isna()]
    rows = (
        requests[requests["document_id"].isin(current)].drop_duplicates(["request_id", *_BODY]).reset_index(drop=True)
    )
    if rows.empty:
        return REQUEST_SERIES.frame()
    as_of = last_day(documents)
    counts = _told(_measured(rows, as_of).assign(source_citable=rows["document_id"].map(of["citable"]).eq(True)))
    whole = pd.concat([counts, _missing(counts, as_of)], ignore_index=True)
    texts = whole[_GROUP].astype("str").fillna("-")
    whole["series_id"] = texts[_GROUP[0]].str.cat([texts[name] for name in _GROUP[1:]], ":")
    whole = whole.assign(rule="lgtaip", as_of=pd.array([as_of] * len(whole), dtype=DAY))
    whole = whole.sort_values(_GROUP, na_position="first", ignore_index=True)
    return REQUEST_SERIES.frame(whole.reindex(columns=REQUEST_SERIES.frame_columns))


def last_day(documents: pd.DataFrame) -> object:
    """The last day on which any document was obtained; None where none says so."""
    if "obtained_at" not in documents or documents["obtained_at"].notna().sum() == 0:
        return None
    return documents["obtained_at"].dropna().max().date()


def _measured(rows: pd.DataFrame, as_of: object) -> pd.DataFrame:
    """Each request with its year, the days to its answer, and whether its term had passed without one."""
    asked, answered = pd.to_datetime(rows["asked_on"]), pd.to_datetime(rows["answered_on"])
    due = pd.to_datetime(rows["extended_due_on"].where(rows["extended"].eq(True).fillna(False), rows["due_on"]))
    is_answered = answered.notna() | ~rows["state"].isin(["waiting_response"]) & rows["state"].notna()
    seen = answered.where(is_answered, pd.Timestamp(as_of) if as_of is not None else pd.NaT)
    late = (seen > due).astype("boolean").where(seen.notna() & due.notna())
    return rows.assign(
        request_year=asked.dt.year.astype("Int64"),
        days=(answered - asked).dt.days.astype("Float64"),
        late=late,
        is_answered=is_answered,
        has_document=is_answered & rows["answer_document_id"].notna(),
    )


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    grouped = rows.groupby(_GROUP, dropna=False, sort=False)
    counts = grouped.agg(
        requests=("request_id", "size"),
        extended=("extended", "sum"),
        answered=("is_answered", "sum"),
        answer_documents=("has_document", "sum"),
        median_days=("days", "median"),
        document_ids=("document_id", lambda ids: ";".join(dict.fromkeys(ids))),
        source_citable=("source_citable", "all"),
    ).reset_index()
    counts["overdue"] = grouped["late"].sum(min_count=1).to_numpy()
    undated = counts["request_year"].isna()
    unkept = counts["answered"].gt(counts["answer_documents"])
    codes = np.select(
        [undated & unkept, undated, unkept],
        ["date_unknown;no_answer_document", "date_unknown", "no_answer_document"],
        "",
    )
    counts["refusals"] = pd.Series(codes, counts.index, dtype="str").where(codes != "")
    counts["caveats"] = pd.Series("weekends_only", counts.index, dtype="str").where(counts["overdue"].notna())
    return counts.assign(citable=counts["source_citable"] & counts["refusals"].isna())


def _missing(counts: pd.DataFrame, as_of: object) -> pd.DataFrame:
    """A row for each year between a body's first and last (or the edition's day) of which no request is known."""
    rows = []
    last = as_of.year if as_of is not None else None  # type: ignore[attr-defined]
    for key, years in counts.dropna(subset=["request_year"]).groupby(_BODY, dropna=False)["request_year"]:
        years_there = set(years.astype(int))
        span = range(min(years_there), max(*years_there, last or 0, min(years_there)) + 1)
        rows += [
            {**dict(zip(_BODY, key, strict=True)), "request_year": year, "refusals": "year_missing", "citable": False}
            for year in span
            if year not in years_there
        ]
    return pd.DataFrame(rows, columns=[*_BODY, "request_year", "refusals", "citable"])
