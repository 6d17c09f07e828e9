"""The unit rule on single amounts: a stage printed in thousands beside another printed in pesos.

An amount is doubted when times one thousand it is near the approved amount of its own line, and near the same line's
amount of the year before or after: nothing else explains both. Jumps of whole budgets are refused in the comparisons.
"""

import pandas as pd

THOUSAND = 1_000
NEAR, NEAR_YEARS = 1.5, 3.0  # how far apart, once multiplied
FLOOR = 100_000_000_00  # centavos: smaller lines jump for good reasons
_SERIES = ["government_id", "classification", "name", "stage"]


def in_thousands(joined: pd.DataFrame) -> pd.Series:
    """Whether each amount looks printed in thousands where its line and its neighbouring years are in pesos."""
    key = ["line_id", "fiscal_year"]
    usable = joined["principal"] & (joined["amount_centavos"] > 0).fillna(False)
    rows = joined.loc[usable, [*key, *_SERIES, "amount_centavos"]]
    doubted = pd.Series(False, index=joined.index)
    approved = rows.loc[rows["stage"] == "aprobado", [*key, "amount_centavos"]].drop_duplicates(key)
    approved = approved[approved["amount_centavos"] > FLOOR]
    later = rows[(rows["stage"] != "aprobado") & rows["line_id"].isin(approved["line_id"])]
    beside = later[key].merge(approved, on=key, how="left")["amount_centavos"].set_axis(later.index)
    odd = later[_near(later["amount_centavos"], beside, NEAR).fillna(False)]
    if odd.empty:
        return doubted
    known = rows[rows["name"].isin(odd["name"])].drop_duplicates([*_SERIES, "fiscal_year"])
    known = known[[*_SERIES, "fiscal_year", "amount_centavos"]].rename(columns={"amount_centavos": "neighbour"})
    for step in (1, -1):
        other = known.assign(fiscal_year=known["fiscal_year"] + step)
        found = odd.merge(other, on=[*_SERIES, "fiscal_year"], how="left")["neighbour"].set_axis(odd.index)
        hit = _near(odd["amount_centavos"], found, NEAR_YEARS).fillna(False)
        doubted.loc[odd.index[hit]] = True
    return doubted


def _near(amount: pd.Series, other: pd.Series, factor: float) -> pd.Series:
    """Whether a thousand times the amount is within the factor of the other."""
    ratio = amount.astype("Float64") * THOUSAND / other.astype("Float64")
    return (ratio < factor) & (ratio > 1 / factor)
