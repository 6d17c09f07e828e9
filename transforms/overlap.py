"""`out.overlap`: how much of each discretionary basket lies inside health. It is published, never netted away.

Health answers what for or who, events answer on what: a line can be both wherever a table prints the body beside the
object or the programme. Where no table does, the overlap is unknown, which is not zero.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.baskets import Basket
from transforms.operands import VIEW
from transforms.perimeter import BUDGET
from warehouse.schema.comparing import OVERLAP

DISCRETIONARY = ("events", "advertising", "discretionary")


def overlap(
    rows: pd.DataFrame, caught: pd.DataFrame, baskets: Sequence[Basket], governments: pd.Series
) -> pd.DataFrame:
    """One row per budget and basket that it has lines of. `rows` are the amounts that may be operands."""
    purpose = {basket.id: basket.purpose for basket in baskets}
    ours = caught[caught["basket"].map(purpose).isin(DISCRETIONARY)][["line_id", "basket"]].drop_duplicates()
    health = caught[caught["basket"].map(purpose) == "health"].groupby("line_id")["rule"].agg(";".join)
    lines = rows.merge(ours, on="line_id")
    lines["health_rules"] = lines["line_id"].map(health).astype("str")
    lines["crossed"] = lines["administrative_name"].notna() & (lines["classification"] != "administrative")
    measured = _measured(lines[(lines["row_kind"] == "detail") & lines["crossed"]])
    found = lines[[*BUDGET, "basket"]].drop_duplicates().merge(measured, on=[*BUDGET, "basket"], how="left")
    found["status"] = found["amount_centavos"].notna().map({True: "measured", False: "not_crossed"})
    found["government"] = found["government_id"].map(governments)
    ordered = found.sort_values([*BUDGET, "basket"], kind="stable")
    return OVERLAP.frame(ordered[OVERLAP.frame_columns])


def _measured(details: pd.DataFrame) -> pd.DataFrame:
    """Per budget and basket, the table that prints most of the basket beside its bodies, and what is inside health."""
    inside = details["health_rules"].notna()
    parts = details.assign(
        inside=details["amount_centavos"].where(inside, 0),
        lines=details["line_id"].where(inside),
        health_rules=details["health_rules"].where(inside),
    )
    views = parts.groupby([*VIEW, "basket"], dropna=False).agg(
        amount_centavos=("amount_centavos", "sum"),
        inside_health_centavos=("inside", "sum"),
        line_ids=("lines", _joined),
        health_rules=("health_rules", _joined),
        verified=("verified", "all"),
    )
    best = views.reset_index().sort_values("amount_centavos", ascending=False, kind="stable")
    return best.drop_duplicates([*BUDGET, "basket"])


def _joined(texts: pd.Series) -> str | None:
    return ";".join(dict.fromkeys(part for text in texts.dropna() for part in text.split(";"))) or None
