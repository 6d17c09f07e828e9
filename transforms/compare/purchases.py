"""`out.would_buy` and `out.unit_cost`: what each discretionary amount would buy, at costs with source, year and region.

It is a scale to read an amount by, not a claim that the money could be moved. An amount is set beside the costs of
its own year and place, and beside the few recent ones that stand beside all, where `same_year` says that years differ.
"""

import pandas as pd

from transforms.compare.prices import PriceIndex, deflate, would_buy
from warehouse.schema.comparing import UNIT_COST, WOULD_BUY

NATION = "00"
_REFUSED = "unverified_operand|not_citable|different_unit"


def costs(reference_costs: pd.DataFrame) -> pd.DataFrame:
    """The unit costs as `out.unit_cost`, with `compared`; doubtful ones are listed, and used by nothing."""
    used = reference_costs
    level = (", nivel de atención " + used["level"].astype("str")).where(used["level"].notna(), "")
    return pd.DataFrame(
        {
            "unit_cost_id": used["unit_cost_id"],
            "unit_cost_name": used["service"] + " (" + used["provider"] + level + ")",
            "unit_cost_centavos": pd.array([int(pesos.scaleb(2)) for pesos in used["pesos"]], dtype="Int64"),
            "unit_cost_year": used["year"],
            "unit_cost_region": used["region"],
            "unit_cost_evidence": used["evidence"],
            "source": used["source"],
            "note": used["note"],
            "compared": used["compared"],
        }
    )


def unit_cost(unit_costs: pd.DataFrame) -> pd.DataFrame:
    """`out.unit_cost`."""
    return UNIT_COST.frame(unit_costs[UNIT_COST.frame_columns])


def purchases(lines: pd.DataFrame, unit_costs: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """`lines` is `out.line_comparison`, `unit_costs` what `costs` gave: verified positive amounts of years with an index."""
    citable = ~lines["refusals"].fillna("").str.contains(_REFUSED) | lines["refusals"].isna()
    usable = lines["verified"] & (lines["amount_centavos"] > 0) & index.has(lines["fiscal_year"])
    columns = ["line_id", "column", "fiscal_year", "government_id"]
    amounts = lines.loc[(citable & usable).astype("bool"), columns]
    amounts = amounts.assign(state=amounts["government_id"].str.extract(r"^(\d\d)", expand=False))
    pairs = _pairs(amounts, unit_costs[unit_costs["unit_cost_evidence"] != "doubtful"])
    rows = pairs.merge(lines[[c for c in lines.columns if c in _FROM_LINE]], on=["line_id", "column"])
    rows["same_year"] = rows["fiscal_year"] == rows["unit_cost_year"]
    rows["amount_at_cost_year_centavos"] = _at_cost_year(rows, index)
    rows["would_buy"] = would_buy(rows["amount_at_cost_year_centavos"], rows["unit_cost_centavos"])
    ordered = rows.sort_values(["line_id", "column", "same_year", "unit_cost_id"], ascending=[True, True, False, True])
    return WOULD_BUY.frame(ordered[WOULD_BUY.frame_columns])


_FROM_LINE = ("line_id", "column", "government_id", "government", "fiscal_year", "stage", "label", "amount_centavos", "adds_up", "citable")  # fmt: skip


def _pairs(amounts: pd.DataFrame, unit_costs: pd.DataFrame) -> pd.DataFrame:
    """line_id, column and the columns of each cost that stands beside it."""
    everywhere = amounts.merge(unit_costs[unit_costs["compared"] == "yes"], how="cross")
    of_region = amounts.merge(
        unit_costs[unit_costs["compared"] == "region"], left_on="state", right_on="unit_cost_region"
    )
    of_year = amounts.merge(unit_costs, left_on="fiscal_year", right_on="unit_cost_year")
    here = (of_year["unit_cost_region"] == NATION) | (of_year["unit_cost_region"] == of_year["state"])
    pairs = pd.concat([everywhere, of_region, of_year[here.fillna(False).astype("bool")]], ignore_index=True)
    pairs = pairs.drop_duplicates(["line_id", "column", "unit_cost_id"])
    return pairs.drop(columns=["fiscal_year", "government_id", "state"])


def _at_cost_year(rows: pd.DataFrame, index: PriceIndex) -> pd.Series:
    """Each amount at prices of the unit cost's year."""
    amounts = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    for year, part in rows.groupby("unit_cost_year"):
        amounts[part.index] = deflate(part["amount_centavos"], part["fiscal_year"], index, int(str(year)))
    return amounts
