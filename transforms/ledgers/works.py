"""Works and investment projects from their lists, the contracts that name their key, and which fields each lacks.

A list is a snapshot; amounts of all years together are never added to those of one.
"""

import numpy as np
import pandas as pd

from transforms.ledgers.rows import dated, row_id, rows_of
from transforms.ledgers.typed import money
from warehouse.schema.ledger_terms import WORK_FIELDS
from warehouse.schema.ledgers import LINK
from warehouse.schema.oversight import WORK, WORK_GAP
from warehouse.schema.text import words

_MONEY = ("total_investment", "approved", "revised", "exercised")
_FIELDS = (
    "key", "name", "body", "description", "location", "state", "object_code", "latitude", "longitude", "starts_on", "ends_on",
    "physical_target", "physical_progress", "status", "year", "fund", *_MONEY,
)  # fmt: skip
_MEXICO = {"latitude": (14.0, 33.0), "longitude": (-119.0, -86.0)}  # with its islands
_PESO = 100


def works(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.work` frame. A row with neither key nor name is a total or a note, and none."""
    rows = rows_of(records, "work", documents, _FIELDS)
    rows = rows[rows["key"].notna() | rows["name"].notna()].reset_index(drop=True)
    if rows.empty:
        return WORK.frame()
    read = {name: money(rows[name]) for name in _MONEY}
    days = dated(rows, {"starts_on": "starts_on", "ends_on": "ends_on"})
    unreadable = np.logical_or.reduce([problem.eq("unreadable").to_numpy(dtype=bool) for _, problem in read.values()])
    cumulative = rows["year"].map(words, na_action="ignore").eq("total")
    whole = rows.drop(columns=[*_MONEY, *(name for name in days if name in rows)]).join(days).assign(
        work_id=row_id(rows), key=rows["key"].map(work_key, na_action="ignore").astype("str"), year_text=rows["year"],
        year_kind=np.where(cumulative, "cumulative", "annual"), physical_progress=_numbers(rows["physical_progress"]),
        **{name: _within(rows[name], *bounds) for name, bounds in _MEXICO.items()},
        **{f"{name}_centavos": centavos for name, (centavos, _) in read.items()},
        verified=False, reason=np.where(unreadable, "unreadable", "no_proof"),
    )  # fmt: skip
    return WORK.frame(whole.reindex(columns=WORK.frame_columns))


def work_key(text: str) -> str | None:
    """A key without blanks and apostrophes; None for words such as MANTENIMIENTO or N/A."""
    key = "".join(char for char in text.upper() if char.isalnum())
    return key if any(char.isdigit() for char in key) else None


def link_works(contracts: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """`core.link` of contracts to the works whose key they name; a key that a list has twice names none of them."""
    annual = every[
        every["year_kind"].eq("annual")
        & every["key"].notna()
        & ~every.duplicated(["document_id", "key", "year_text"], keep=False)
    ]
    named = contracts[contracts["work_key"].notna()].assign(
        key=lambda frame: frame["work_key"].map(work_key).astype("str")
    )
    pairs = named[["contract_id", "key", "amount_centavos", "period_end"]].merge(
        annual[["work_id", "key", "exercised_centavos"]], on="key"
    )
    if pairs.empty:
        return LINK.frame()
    total = pairs.groupby("work_id")["amount_centavos"].transform("sum")
    difference = pairs["exercised_centavos"] - total
    outcome = np.select(
        [
            pairs["amount_centavos"].isna() | pairs["exercised_centavos"].isna(),
            difference.abs().le(_PESO).fillna(False),
            difference.lt(0).fillna(False),
        ],
        ["no_amount", "explains", "exceeds"],
        "part",
    )
    counted = outcome != "no_amount"
    return LINK.frame(pd.DataFrame({
        "link_id": pairs["contract_id"].astype("str") + ">" + pairs["work_id"].astype("str"), "from_kind": "contract", "from_id": pairs["contract_id"],
        "to_kind": "work", "to_id": pairs["work_id"], "rule": "work_key", "strength": "key", "stage": "ejercido", "period_end": pairs["period_end"],
        "from_amount_centavos": pairs["amount_centavos"], "sum_amount_centavos": total.where(counted),
        "to_amount_centavos": pairs["exercised_centavos"].where(counted), "difference_centavos": difference.where(counted), "outcome": outcome,
    }))  # fmt: skip


def work_gap(every: pd.DataFrame) -> pd.DataFrame:
    """The `out.work_gap` frame: what each work lacks of the fields that are asked for."""
    there = pd.DataFrame(index=every.index)
    for name in WORK_FIELDS:
        columns = (
            ["latitude", "longitude"]
            if name == "coordinates"
            else [f"{name}_centavos" if f"{name}_centavos" in every else name]
        )
        there[name] = every[columns].notna().all(axis=1)
        if name in ("starts_on", "ends_on"):  # a month is an answer
            there[name] |= (
                every["date_text"].str.contains(rf"{name}: [^;]*\(month\)", regex=True).fillna(False).astype(bool)
            )
    absent = [
        ";".join(name for name, is_there in zip(there, row, strict=True) if not is_there) or None
        for row in there.to_numpy(dtype=bool)
    ]
    present = there.sum(axis=1).astype("Int64")
    return WORK_GAP.frame(pd.DataFrame({
        **{name: every[name] for name in ("work_id", "document_id", "key", "name", "state")}, "required": len(WORK_FIELDS), "present": present,
        "absent": pd.array(absent, dtype="str"), "complete": present.eq(len(WORK_FIELDS)),
        "caveats": pd.Series("cumulative_year", every.index, dtype="str").where(every["year_kind"].eq("cumulative")),
    }))  # fmt: skip


def _numbers(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts.str.rstrip("% ").str.replace(",", "", regex=False), errors="coerce").astype("Float64")


def _within(texts: pd.Series, least: float, most: float) -> pd.Series:
    values = _numbers(texts)
    return values.where(values.between(least, most).fillna(False))
