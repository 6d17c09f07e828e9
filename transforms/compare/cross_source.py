"""`out.cross_source`: the same class of the same government, year and stage, as two sources print it.

A document of the government, INEGI's statistics and the secondary dataset are set side by side, two by two; the gap is
shown and none is preferred. INEGI prints what was exercised and the dataset what was accrued: both are the last stages
of the same money, and a pair of them says so.
"""

import pandas as pd

from transforms.compare.gaps import outcome
from transforms.measure.classes import OF_BUDGET
from warehouse.schema.out import CROSS_SOURCE

# What a source is, in the order in which a pair names them.
SOURCES = {
    "ley": 1, "proyecto": 1, "cuenta_publica": 1, "informe": 1, "estadistica": 2, "secundaria": 3,
}  # fmt: skip
_LATE = {"ejercido": "devengado"}
_SAME = ["government_id", "fiscal_year", "compared_stage", "by", "code"]
_SIDE = ["document_id", "kind", "stage", "amount_centavos", "verified", "line_id", "page"]
OTHER_STAGE = "Momentos distintos, ejercido y devengado: se cotejan porque son el final del mismo gasto"


def cross_source(classes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Pairs of sources of different kinds. `classes` and `totals` come from `transforms.measure.classes`.

    Only whole years are paired: a source that covers a part of the year says another thing.
    """
    whole = totals[totals["by"] == "object"].rename(columns={"line_ids": "line_id"})
    whole = whole.assign(by="total", code="", name="Total")
    columns = [*OF_BUDGET, "government", "superseded", "by", "code", "name", "amount", "verified", "line_id", "page"]
    every = pd.concat([classes[columns], whole[columns]])
    every = every[~every["superseded"].astype("bool") & every["kind"].isin(SOURCES) & every["amount"].notna()]
    every = every[_whole_year(every)].rename(columns={"amount": "amount_centavos"})
    every["source"] = every["kind"].map(SOURCES)
    every["compared_stage"] = every["stage"].replace(_LATE)
    # A document with both late stages is compared by the one that the other source names too.
    sides = every[[*_SAME, "government", "name", "source", *_SIDE]]
    pairs = sides.merge(sides.drop(columns=["government", "name"]), on=_SAME, suffixes=("", "_b"))
    pairs = pairs[pairs["source"] < pairs["source_b"]]
    pairs["other_stage"] = pairs["stage"] != pairs["stage_b"]
    pairs = pairs.sort_values("other_stage", kind="stable")
    pairs = pairs.drop_duplicates([*_SAME, "document_id", "document_id_b", "stage_b"])
    gap = pairs["amount_centavos"] - pairs["amount_centavos_b"]
    larger = pairs[["amount_centavos", "amount_centavos_b"]].abs().max(axis=1)
    pairs = pairs.rename(columns={"amount_centavos_b": "amount_b_centavos"}).assign(
        gap_centavos=gap,
        gap_share=(gap / larger.where(larger > 0)).astype("Float64"),
        outcome=outcome(gap.abs(), larger),
        classification=pairs["by"],
        caveats=pairs["other_stage"].map({True: OTHER_STAGE}),
    )
    order = [*_SAME, "source", "source_b", "document_id", "document_id_b", "stage"]
    ordered = pairs.sort_values(order, kind="stable")
    return CROSS_SOURCE.frame(ordered[CROSS_SOURCE.frame_columns])


def _whole_year(rows: pd.DataFrame) -> pd.Series:
    """Documents of a whole year, and those that name no period and so are of their fiscal year."""
    start, end = (pd.to_datetime(rows[name]) for name in ("period_start", "period_end"))
    whole = (start.dt.month == 1) & (start.dt.day == 1) & (end.dt.month == 12) & (end.dt.day == 31)
    return whole | (start.isna() & end.isna())
