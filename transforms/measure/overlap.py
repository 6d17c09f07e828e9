"""`out.overlap`: how much of each discretionary basket lies inside health. It is published, never netted away.

Health answers what for or who, events answer on what: a line can be both wherever a table prints the body or the function
beside the object or the programme, in the row or above it. Where no table does, the overlap is unknown, which is not zero.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.measure.baskets import Basket
from transforms.measure.candidates import VIEW
from transforms.measure.facts import HEIGHT
from transforms.measure.joined_texts import join_texts
from transforms.measure.perimeter import BUDGET
from warehouse.schema.comparing import OVERLAP

_HEALTH_AXES = ("function", "administrative")
DISCRETIONARY = ("events", "advertising", "discretionary")


def health_axis(lines: pd.DataFrame, caught: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """HEALTH_AXIS: of each line (LOCATED_LINE), the rules of health that catch it or a line that contains it."""
    health = caught[caught["basket"].isin([basket.id for basket in baskets if basket.purpose == "health"])]
    of_line = join_texts(health["rule"], health["line"], ";").reindex(range(len(lines))).to_numpy(dtype=object)
    parent = lines["parent"].to_numpy()
    kind, names = pd.factorize(lines["classification"])
    of_health = np.append(np.isin(np.asarray(names, dtype="str"), _HEALTH_AXES), False)[kind]
    crossed = np.array(lines["administrative_name"].notna() & (lines["classification"] != "administrative"), dtype=bool)
    rules, above = of_line.copy(), parent.copy()
    for _ in range(HEIGHT):
        at = np.flatnonzero(above >= 0)
        if not len(at):
            break
        rules[at] = np.where(pd.isna(rules[at]), of_line[above[at]], rules[at])
        crossed[at] |= of_health[above[at]] & (kind[above[at]] != kind[at])
        above[at] = parent[above[at]]
    axis = pd.DataFrame({"line_id": lines["line_id"].to_numpy(), "health_rules": rules, "crossed": crossed})
    return axis.astype({"line_id": "str", "health_rules": "str"})


def overlap(
    spent: pd.DataFrame, caught: pd.DataFrame, axis: pd.DataFrame, baskets: Sequence[Basket], governments: pd.Series
) -> pd.DataFrame:
    """One row per budget and basket that it has lines of. `spent` are the amounts that may be operands, of caught lines
    at least; `axis` is HEALTH_AXIS.
    """
    purpose = {basket.id: basket.purpose for basket in baskets}
    ours = caught[caught["basket"].map(purpose).isin(DISCRETIONARY)][["line", "basket"]].drop_duplicates()
    lines = spent.merge(ours, on="line").merge(axis, on="line_id", how="left")
    measured = _measured(lines[(lines["row_kind"] == "detail") & lines["crossed"]])
    rows = lines[[*BUDGET, "basket"]].drop_duplicates().merge(measured, on=[*BUDGET, "basket"], how="left")
    rows["status"] = rows["amount_centavos"].notna().map({True: "measured", False: "not_crossed"})
    rows["government"] = rows["government_id"].map(governments)
    ordered = rows.sort_values([*BUDGET, "basket"], kind="stable")
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
