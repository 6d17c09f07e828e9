"""Figures of the same money set side by side, none preferred: by classification, and by source.

`out.cross_classification` asks whether the same spending adds up alike by object, by function and by body: the totals of
three tables, or of three files, and what their finest classes add up to. `out.cross_source` sets a class as a document of
the government prints it beside INEGI's statistics and the secondary dataset, two by two. What cannot be had stays missing.
"""

import pandas as pd

from transforms.measure.refusals import true
from transforms.measure.working_tables import CLASS
from warehouse.schema.out import CROSS_CLASSIFICATION, CROSS_SOURCE

ROUNDING = 1_000_00  # centavos: figures in thousands differ by up to a few of them
_ROUNDING_SHARE = 10_000  # and by no more than a ten-thousandth of the amount


_SAME_BUDGET = ["government_id", "fiscal_year", "stage", "kind", "period_start", "period_end"]
_BY = ("object", "function", "administrative")


# What a source is, in the order in which a pair names them.
SOURCES = {
    "ley": 1, "proyecto": 1, "cuenta_publica": 1, "informe": 1, "estadistica": 2, "secundaria": 3,
}  # fmt: skip
_LATE = {"ejercido": "devengado"}
_SAME_CLASS = ["government_id", "fiscal_year", "compared_stage", "by", "code"]
_SIDE = ["document_id", "kind", "stage", "amount_centavos", "verified", "line_id", "page"]
OTHER_STAGE = "Momentos distintos, ejercido y devengado: se cotejan porque son el final del mismo gasto"


def outcome(gap: pd.Series, size: pd.Series | None = None) -> pd.Series:
    """`gap` and `size` in centavos. A peso is rounding; so are up to a thousand, if a ten-thousandth of the size."""
    small = gap <= 100
    if size is not None:
        small |= (gap <= ROUNDING) & (gap * _ROUNDING_SHARE <= size)
    words = pd.Series("differs", index=gap.index, dtype="str").mask(small.fillna(False), "rounding")
    return words.mask((gap == 0).fillna(False), "equal").mask(gap.isna(), "missing")


def cross_classification(totals: pd.DataFrame) -> pd.DataFrame:
    """`totals` is TOTAL. One row per government, year, stage and kind of source."""
    current = totals[~totals["superseded"].astype("bool") & totals["amount_centavos"].notna()]
    current = current.sort_values(["verified", "document_id"], ascending=[False, True], kind="stable")
    current = current.drop_duplicates([*_SAME_BUDGET, "by"])
    rows = current[[*_SAME_BUDGET, "government", "citable"]].drop_duplicates(_SAME_BUDGET)
    for by in _BY:
        of_classification = current[current["by"] == by][
            [*_SAME_BUDGET, "amount_centavos", "detail_centavos", "verified", "line_ids", "document_id"]
        ]
        names = {
            "amount_centavos": f"{by}_total_centavos",
            "detail_centavos": f"{by}_detail_centavos",
            "verified": f"{by}_verified",
            "line_ids": f"{by}_line_ids",
            "document_id": f"{by}_document_id",
        }
        rows = rows.merge(of_classification.rename(columns=names), on=_SAME_BUDGET, how="left")
    wholes = [f"{by}_total_centavos" for by in _BY]
    details = [f"{by}_detail_centavos" for by in _BY]
    amounts = rows[[*wholes, *details]].astype("Int64")
    compared = rows[wholes].notna().sum(axis=1) > 1
    largest = amounts.max(axis=1)
    rows["gap_centavos"] = (largest - amounts.min(axis=1)).where(compared)
    rows["gap_share"] = (rows["gap_centavos"] / largest.where(largest > 0)).astype("Float64")
    rows["outcome"] = outcome(rows["gap_centavos"], largest)
    proven = pd.concat([true(rows[f"{by}_verified"]) | rows[f"{by}_total_centavos"].isna() for by in _BY], axis=1)
    rows["verified"] = proven.all(axis=1)
    ordered = rows.sort_values(_SAME_BUDGET, kind="stable")
    return CROSS_CLASSIFICATION.frame(ordered[CROSS_CLASSIFICATION.frame_columns])


def cross_source(classes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Pairs of sources of different kinds. `classes` and `totals` are CLASS and TOTAL.

    A pair of the last stages says so: INEGI prints what was exercised and the dataset what was accrued.
    """
    pairs = _pair_sources(_list_figures(classes, totals))
    gap = pairs["amount_centavos"] - pairs["amount_centavos_b"]
    larger = pairs[["amount_centavos", "amount_centavos_b"]].abs().max(axis=1)
    pairs = pairs.rename(columns={"amount_centavos_b": "amount_b_centavos"}).assign(
        gap_centavos=gap,
        gap_share=(gap / larger.where(larger > 0)).astype("Float64"),
        outcome=outcome(gap.abs(), larger),
        classification=pairs["by"],
        caveats=pairs["other_stage"].map({True: OTHER_STAGE}),
    )
    order = [*_SAME_CLASS, "source", "source_b", "document_id", "document_id_b", "stage"]
    ordered = pairs.sort_values(order, kind="stable")
    return CROSS_SOURCE.frame(ordered[CROSS_SOURCE.frame_columns])


def _list_figures(classes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Classes and wholes of whole years: a source that covers a part of the year says another thing."""
    whole = totals[totals["by"] == "object"].rename(columns={"line_ids": "line_id"})
    whole = whole.assign(by="total", code="", name="Total")
    columns = [name for name in CLASS.frame_columns if name not in ("table", "citable")]
    every = pd.concat([classes[columns], whole[columns]])
    every = every[~every["superseded"].astype("bool") & every["kind"].isin(SOURCES) & every["amount_centavos"].notna()]
    every = every[is_whole_year(every)]
    return every.assign(source=every["kind"].map(SOURCES), compared_stage=every["stage"].replace(_LATE))


def _pair_sources(figures: pd.DataFrame) -> pd.DataFrame:
    """A document with both late stages is compared by the one that the other source names too."""
    sides = figures[[*_SAME_CLASS, "government", "name", "source", *_SIDE]]
    pairs = sides.merge(sides.drop(columns=["government", "name"]), on=_SAME_CLASS, suffixes=("", "_b"))
    pairs = pairs[pairs["source"] < pairs["source_b"]]
    pairs = pairs.assign(other_stage=pairs["stage"] != pairs["stage_b"]).sort_values("other_stage", kind="stable")
    return pairs.drop_duplicates([*_SAME_CLASS, "document_id", "document_id_b", "stage_b"])


def is_whole_year(rows: pd.DataFrame) -> pd.Series:
    """Documents of a whole year, and those that name no period and so are of their fiscal year."""
    start, end = (pd.to_datetime(rows[name]) for name in ("period_start", "period_end"))
    whole = (start.dt.month == 1) & (start.dt.day == 1) & (end.dt.month == 12) & (end.dt.day == 31)
    return whole | (start.isna() & end.isna())
