"""`out.indicator_series`: what was promised, what is said to be reached, what its own numbers give, and the money of its programme.

Whether a target is reached is said only where the source says which way is better, both are in one unit, and the result follows from
its own numerator and denominator.
"""

import numpy as np
import pandas as pd

from warehouse.schema.ledger_views import INDICATOR_SERIES

_MONEY = ("approved", "revised", "accrued", "paid")


def indicator_series(indicators: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `out.indicator_series` frame, of `core.indicator` and `core.document`; superseded documents are left out."""
    current = documents[documents["superseded_by"].isna()].set_index("document_id")
    mine = indicators[indicators["document_id"].isin(current.index)].reset_index(drop=True)
    if mine.empty:
        return INDICATOR_SERIES.frame()
    # A revised target of 0 is how registers say that it was not revised.
    revised = mine["target_revised"].where(mine["target_revised"].gt(0).fillna(False))
    target = revised.fillna(mine["target"])
    refusals = _refusals(mine, target)
    reached = pd.Series(
        np.where(mine["sense"].eq("up"), mine["result"].ge(target), mine["result"].le(target)), mine.index
    )
    years = mine["period_end"].map(lambda day: day.year, na_action="ignore").astype("Int64")
    no_money = mine[[f"programme_{name}_centavos" for name in _MONEY]].isna().all(axis=1)
    citable = mine["document_id"].map(current["citable"]).fillna(False).astype(bool)
    whole = mine.assign(
        fiscal_year=years.fillna(mine["document_id"].map(current["fiscal_year"]).astype("Int64")), target=target,
        reached=reached.astype("boolean").where(refusals.isna()), refusals=refusals, citable=citable & refusals.isna(),
        caveats=np.where(no_money, "ledger_only;no_programme_money", "ledger_only"),
    )  # fmt: skip
    return INDICATOR_SERIES.frame(whole.reindex(columns=INDICATOR_SERIES.frame_columns))


def _refusals(indicators: pd.DataFrame, target: pd.Series) -> pd.Series:
    """Why it is not said whether the target is reached: every reason that there is."""
    reasons = {
        "contradicts_itself": indicators["agrees"].eq(False),
        "no_formula": indicators["recomputed"].isna(),
        "no_result": indicators["result"].isna(),
        "no_target": target.isna(),
        "sense_unknown": indicators["sense"].eq("unknown"),
        "unit_mismatch": indicators["unit_differs"].eq(True),
    }
    codes = pd.Series("", indicators.index, dtype="str")
    for code, holds in reasons.items():
        codes[holds.fillna(False).astype(bool)] += f";{code}"
    return codes.str.removeprefix(";").replace("", None).astype("str")
