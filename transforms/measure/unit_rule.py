"""The unit rule on single amounts: a stage printed in thousands beside another printed in pesos.

An amount is doubted when times one thousand it is near the approved amount of its own line, and near the same line's
amount of the year before or after: nothing else explains both. Jumps of whole budgets are refused in the comparisons.
"""

import pandas as pd

from transforms.measure.coded_text import take

THOUSAND = 1_000
NEAR, NEAR_YEARS = 1.5, 3.0  # how far apart, once multiplied
FLOOR = 100_000_000_00  # centavos: smaller lines jump for good reasons
_SERIES = ["government_id", "classification", "name", "stage"]


def in_thousands(joined: pd.DataFrame) -> pd.Series:
    """Whether each amount looks printed in thousands where its line and its neighbouring years are in pesos."""
    key = ["line", "fiscal_year"]
    usable = joined["principal"] & (joined["amount_centavos"] > 0).fillna(False)
    is_approved = (joined["stage"] == "aprobado").fillna(False)
    doubted = pd.Series(False, index=joined.index)
    approved = joined.loc[usable & is_approved, [*key, "amount_centavos"]].drop_duplicates(key)
    approved = approved[approved["amount_centavos"] > FLOOR]
    # Figures first: words are compared only of the few amounts that they leave.
    later = joined.loc[usable & ~is_approved & joined["line"].isin(approved["line"]), [*key, "amount_centavos"]]
    of_line = later[key].merge(approved, on=key, how="left")["amount_centavos"].set_axis(later.index)
    near = _near(later["amount_centavos"], of_line, NEAR).fillna(False)
    odd = take(joined, near.index[near], [*_SERIES, "fiscal_year", "amount_centavos"])
    if odd.empty:
        return doubted
    of_name = usable & joined["name"].isin(odd["name"].unique())
    named = take(joined, of_name, odd.columns).drop_duplicates([*_SERIES, "fiscal_year"])
    named = named.rename(columns={"amount_centavos": "neighbour"})
    for step in (1, -1):
        other = named.assign(fiscal_year=named["fiscal_year"] + step)
        beside = odd.merge(other, on=[*_SERIES, "fiscal_year"], how="left")["neighbour"].set_axis(odd.index)
        hit = _near(odd["amount_centavos"], beside, NEAR_YEARS).fillna(False)
        doubted.loc[odd.index[hit]] = True
    return doubted


def _near(amount: pd.Series, other: pd.Series, factor: float) -> pd.Series:
    """Whether a thousand times the amount is within the factor of the other."""
    ratio = amount.astype("Float64") * THOUSAND / other.astype("Float64")
    return (ratio < factor) & (ratio > 1 / factor)
