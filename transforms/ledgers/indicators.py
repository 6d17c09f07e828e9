"""Indicators, commitments and publications from their ledgers. Access requests are in `requests`.

Nothing is computed over what is missing: a progress that nobody assessed is null.
"""

import re

import numpy as np
import pandas as pd

from transforms.ledgers.rows import dated, plain, row_id, rows_of
from transforms.ledgers.typed import money
from warehouse.schema.oversight import COMMITMENT, INDICATOR, OBSERVATION, PUBLICATION

_HALF = 0.5  # what rounding may differ by, in the unit of the result (LEDGERS, B2)
_PER_HUNDRED = re.compile(r"[*x×]\s*100\b|\b100\s*[*x×]", re.IGNORECASE)
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_COUNT = r"^\s*(\d[\d,]*)(?:\s|$)"  # people write of what: `26 personas`
_FROM_TO = re.compile(r"\bde (\d+) a (\d+)\b")
_PROGRAMME_MONEY = ("approved", "revised", "accrued", "paid")
_AVAILABILITY = {
    "pw": "published",
    "pl": "late",
    "h": "hard_copy",
    "hc": "hard_copy",
    "iu": "internal",
    "np": "not_produced",
}
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
        *_PROGRAMME_MONEY,
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
    of_programme = {f"programme_{name}_centavos": money(rows[name])[0] for name in _PROGRAMME_MONEY}
    whole = rows.drop(columns=[*read, "period_end"]).join(dated(rows, {"period_end": "period_end"})).assign(
        **read, **of_programme, indicator_id=row_id(rows), recomputed=recomputed, agrees=agrees, **_UNPROVEN,
        unit_differs=_unit_differs(rows, read, hundred),
        sense=np.select([sense.str.startswith("asc").fillna(False), sense.str.startswith("desc").fillna(False)], ["up", "down"], "unknown"),
    )  # fmt: skip
    return INDICATOR.frame(whole.reindex(columns=INDICATOR.frame_columns))


def _unit_differs(texts: pd.DataFrame, read: dict[str, pd.Series], hundred: pd.Series) -> pd.Series:
    """Whether a percentage stands beside a target that is none: the very count that its formula divides by, or one without the sign."""
    target = read["target_revised"].where(read["target_revised"].gt(0).fillna(False)).fillna(read["target"])
    is_count = (
        (target.eq(read["denominator"]) | target.eq(read["numerator"])) & target.ne(100) & target.ne(read["result"])
    )
    signs = [texts[name].str.contains("%", regex=False) for name in ("target", "result")]
    signed = signs[0].ne(signs[1]) & read["target"].notna() & read["result"].notna() & ~hundred
    return ((hundred & is_count.fillna(False)) | signed.fillna(False)).astype("boolean")


def observations(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.observation` frame; a published growth is held against the numbers of its own text, else the government's first fact."""
    fields = (
        "fact_id",
        "government_id",
        "as_of",
        "observers",
        "procedures_observed",
        "text",
        "published_growth",
        "url",
    )
    rows = rows_of(records, "observation", documents, fields)
    declared = rows.pop("government_id_y") if "government_id_y" in rows else rows["government_id"]
    rows["government_id"] = rows.pop("government_id_x") if "government_id_x" in rows else declared
    rows["government_id"] = rows["government_id"].fillna(declared)
    rows = rows[rows["fact_id"].notna()].sort_values(["document_id", "as_of", "record"], ignore_index=True)
    if rows.empty:
        return OBSERVATION.frame()
    counts = {name: rows[name].str.extract(_COUNT, expand=False) for name in ("observers", "procedures_observed")}
    counted = {name: numbers(texts).astype("Int64") for name, texts in counts.items()}
    first = counted["observers"].groupby(rows["government_id"]).transform("first")
    ends = rows["text"].str.extract(_FROM_TO).apply(pd.to_numeric)
    base = ends[0].astype("Int64").fillna(first)
    last = ends[1].astype("Int64").fillna(counted["observers"])
    published = numbers(rows["published_growth"])
    growth = ((last - base).astype("Float64") / base.astype("Float64") * 100).where(published.notna() & base.gt(0))
    whole = rows.drop(columns=[*counted, "published_growth"]).assign(
        **counted, observation_id=rows["fact_id"], base_observers=base.where(published.notna()), published_growth=published,
        recomputed_growth=growth, agrees=(growth - published).abs().le(_HALF).astype("boolean"), **_UNPROVEN,
    )  # fmt: skip
    return OBSERVATION.frame(whole.drop_duplicates("observation_id").reindex(columns=OBSERVATION.frame_columns))


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
        (
            "document_name",
            "url",
            "responsible_area",
            "period_start",
            "period_end",
            "updated_on",
            "country",
            "edition",
            "availability",
        ),
    )
    rows = rows[rows["document_name"].notna()].reset_index(drop=True)
    elsewhere = rows["country"].notna() & plain(rows["country"]).ne("mexico")
    rows["government_id"] = rows["government_id"].mask(
        elsewhere
    )  # a survey of many countries: whose document it is, each row says
    if rows.empty:
        return PUBLICATION.frame()
    days = dated(rows, {"period_start": "period_start", "period_end": "period_end", "updated_on": "published_on"})
    lags = pd.to_datetime(days["published_on"]) - pd.to_datetime(days["period_end"])
    whole = (
        rows.drop(columns=["period_start", "period_end"])
        .join(days)
        .assign(
            publication_id=row_id(rows),
            body=rows["responsible_area"].fillna(rows["country"]),
            edition=numbers(rows["edition"]).astype("Int64"),
            availability=plain(rows["availability"]).map(_AVAILABILITY),
            days_after=lags.dt.days.astype("Int64"),
            **_UNPROVEN,
        )
    )
    return PUBLICATION.frame(whole.reindex(columns=PUBLICATION.frame_columns))
