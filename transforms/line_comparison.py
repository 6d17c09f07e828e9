"""`out.line_comparison`: every discretionary line by itself: real pesos, share of health, what it would buy.

One row per line × year × stage × unit cost. Lines of several levels stand here side by side (a concept and its
items): `row_kind` says which, and a sum uses one level.
"""

from collections.abc import Sequence

import pandas as pd

from transforms import caveats
from transforms.baskets import STRENGTHS, Basket
from transforms.health_events import share
from transforms.perimeter import BUDGET, SAME_PERIOD
from transforms.prices import PriceIndex, deflate, would_buy
from transforms.refusals import join_codes, reasons, true, zero_base
from warehouse.schema.out import LINE_COMPARISON

_HEALTH = ["health_amount", "health_verified", "health_basis", "health_line_ids", "health_rule", "refusals"]
# What makes the health amount of a budget useless as a base for a line, whatever the events of that budget.
_OF_HEALTH = "health_near_zero|different_unit|not_citable"
_OF_SHARE = ["no_price_index"]
_OF_PURCHASE = ["unverified_operand", "no_price_index", "not_citable", "different_unit"]


def line_comparison(
    rows: pd.DataFrame,
    caught: pd.DataFrame,
    compared: pd.DataFrame,
    baskets: Sequence[Basket],
    costs: pd.DataFrame,
    index: PriceIndex,
) -> pd.DataFrame:
    """`rows` are the amounts that may be operands; `compared` is what `health_events.compare_budgets` returned."""
    lines = _with_health(rows.merge(_labels(caught, baskets), on="line_id"), compared)
    lines["other_view"] = _other_view(lines, compared, baskets)
    found = _reasons(lines, index)
    lines = lines.assign(
        real_amount_centavos=deflate(lines["amount_centavos"], lines["fiscal_year"], index),
        price_base=index.base,
        health_centavos=lines["health_amount"],
        share_of_health=share(
            lines["amount_centavos"], lines["health_amount"], ~found.drop(columns=_OF_SHARE).any(axis=1)
        ),
        buys=~found[_OF_PURCHASE].any(axis=1),
        refusals=join_codes(found),
        caveats=_caveats(lines, baskets, index),
    )
    crossed = lines.merge(_costs(costs), how="cross")
    crossed["would_buy"] = _purchases(crossed, index)
    ordered = crossed.sort_values([*BUDGET, "table", "row", "unit_cost_id"], kind="stable")
    return LINE_COMPARISON.frame(ordered[LINE_COMPARISON.frame_columns])


def _labels(caught: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """One row per discretionary line: its basket (by the strongest rule), all rules of all baskets, words, caveats.

    The rules of the health basket stay on the line: that is how an overlap shows.
    """
    purpose = {basket.id: basket.purpose for basket in baskets}
    caveat = {rule.id: rule.caveat for basket in baskets for rule in basket.rules}
    caught = caught.assign(rank=caught["strength"].map(STRENGTHS.index), rule_caveat=caught["rule"].map(caveat))
    discretionary = caught[caught["basket"].map(purpose) != "health"]
    ours = caught[caught["line_id"].isin(discretionary["line_id"])]
    best = discretionary.sort_values(["rank", "basket"], kind="stable").drop_duplicates("line_id")
    labels = best[["line_id", "basket", "strength"]].set_index("line_id")
    for column, separator in (("rule", ";"), ("words", "; "), ("rule_caveat", "; ")):
        texts = ours[["line_id", column]].dropna().drop_duplicates()
        labels[column] = texts.groupby("line_id")[column].agg(separator.join)
    return labels.rename(columns={"rule": "rules"}).astype("str").reset_index()


def _with_health(lines: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Adds the health amount of the same document; where it has none, that of the other documents of the same
    government, year, stage and period, if they agree. `quarrel` marks the lines where they do not.
    """
    own = compared.loc[compared["health_amount"].notna(), [*BUDGET, *_HEALTH]]
    others = own.merge(compared[[*BUDGET, "period_start", "period_end"]], on=BUDGET)
    others = others[~others["refusals"].fillna("").str.contains(_OF_HEALTH) & true(others["health_verified"])]
    values = others.groupby(SAME_PERIOD, dropna=False)["health_amount"].transform("nunique")
    agreed = others[values == 1].drop_duplicates(SAME_PERIOD)[[*SAME_PERIOD, *_HEALTH]]
    quarrel = others.loc[values > 1, SAME_PERIOD].drop_duplicates().assign(quarrel=True)
    lines = lines.merge(own, on=BUDGET, how="left").merge(quarrel, on=SAME_PERIOD, how="left")
    lacking = lines["health_amount"].isna()
    lent = lines[SAME_PERIOD].merge(agreed, on=SAME_PERIOD, how="left").set_axis(lines.index)
    for column in _HEALTH:
        lines[column] = lines[column].where(~lacking, lent[column])
    lines["quarrel"] = true(lines["quarrel"]) & lacking
    lines["borrowed"] = lacking & lines["health_amount"].notna()
    return lines


def _other_view(lines: pd.DataFrame, compared: pd.DataFrame, baskets: Sequence[Basket]) -> pd.Series:
    """A sentence for lines of a view that the comparison of the budget did not take; null for the others.

    A law prints the same concept for the whole budget and again for one power: the two are never added.
    """
    purpose = lines["basket"].map({basket.id: basket.purpose for basket in baskets})
    said = pd.Series(None, index=lines.index, dtype="str")
    for operand in ("events", "advertising"):
        taken = [f"{operand}_source_document", f"{operand}_table", f"{operand}_page"]
        chosen = lines[BUDGET].merge(compared[[*BUDGET, *taken]], on=BUDGET, how="left").set_axis(lines.index)
        same = chosen[taken[0]] == lines["document_id"]
        other = (purpose == operand) & (lines["strength"] == "code") & same & (chosen[taken[1]] != lines["table"])
        sentence = "Otra vista del mismo presupuesto: no se suma con la de la página " + chosen[taken[2]]
        said = said.mask(true(other), sentence)
    return said


def _reasons(lines: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    health, of_budget = lines["health_amount"], lines["refusals"].fillna("")
    columns = {
        "no_health": health.isna(),
        "different_document": lines["quarrel"],
        "unverified_operand": ~true(lines["verified"]) | (health.notna() & ~true(lines["health_verified"])),
        "no_price_index": ~index.has(lines["fiscal_year"]),
        "zero_base": zero_base(lines["amount_centavos"], health),
        "not_citable": lines["kind"] == "secundaria",
        "health_near_zero": of_budget.str.contains("health_near_zero"),
        "different_unit": of_budget.str.contains("different_unit") | (lines["reason"] == "unit_doubtful"),
    }
    return reasons(columns, lines.index)


def _caveats(lines: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex) -> pd.Series:
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    sentences = {
        **caveats.of_document(lines, index),
        caveats.TWO_AXES: lines["health_amount"].notna(),
        "Salud viene de otro documento del mismo gobierno, año, momento y periodo": lines["borrowed"],
        "Es la suma de otras líneas de esta tabla: no se suma con ellas": lines["row_kind"] == "subtotal",
    }
    return caveats.join(
        sentences,
        (
            lines["other_view"],
            lines["rule_caveat"],
            lines["health_rule"].map(of_rule),
            caveats.perimeter(lines["perimeter"]),
        ),
    )


def _costs(costs: pd.DataFrame) -> pd.DataFrame:
    used = costs[costs["compared"] == "yes"]
    return pd.DataFrame(
        {
            "unit_cost_id": used["unit_cost_id"],
            "unit_cost_name": used["service"] + " (IMSS, nivel de atención " + used["level"].astype("str") + ")",
            "unit_cost_centavos": used["pesos"] * 100,
            "unit_cost_year": used["year"],
            "unit_cost_source": used["source"] + " (evidencia: " + used["evidence"] + ")",
        }
    )


def _purchases(crossed: pd.DataFrame, index: PriceIndex) -> pd.Series:
    """Units that each amount buys, the amount taken to prices of the unit cost's year."""
    amounts = pd.Series(pd.NA, index=crossed.index, dtype="Int64")
    for year, part in crossed.groupby("unit_cost_year"):
        amounts[part.index] = deflate(part["amount_centavos"], part["fiscal_year"], index, int(str(year)))
    return would_buy(amounts, crossed["unit_cost_centavos"]).where(crossed["buys"])
