"""`out.line_comparison`: every discretionary line by itself: real pesos, dollars, share of health.

One row per line and amount. Lines of several levels stand here side by side (a concept and its items): `row_kind` says
which, and a sum uses one level. What the money would buy is in `transforms.compare.purchases`.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.compare import caveats, contract
from transforms.compare.contract import DOUBTFUL, NOMINAL, PESOS, Side
from transforms.compare.exchange import dollars
from transforms.compare.headline import operand
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.baskets import STRENGTHS, Basket
from transforms.measure.joined import join_texts
from transforms.measure.perimeter import BUDGET, SAME_PERIOD
from transforms.measure.refusals import join_codes, true
from warehouse.schema.comparing import LINE_COMPARISON

_HEALTH = [
    "health_amount", "health_verified", "health_basis", "health_line_ids", "health_rule", "health_period_status",
    "health_netting", "health_doubtful_unit", "health_missing", "health_within", "refusals",
]  # fmt: skip
# What makes the health amount of a budget useless as a base for a line, whatever the events of that budget.
_OF_HEALTH = "health_near_zero|different_unit|not_citable|perimeter_jump"


def line_comparison(
    rows: pd.DataFrame,
    caught: pd.DataFrame,
    axis: pd.DataFrame,
    compared: pd.DataFrame,
    documents: pd.DataFrame,
    baskets: Sequence[Basket],
    index: PriceIndex,
) -> pd.DataFrame:
    """`rows` are the amounts that may be operands and those of contracts; `axis` is what `overlap.health_axis` returned,
    `compared` what `health_events.compare_budgets` did.
    """
    lines = rows.merge(_labels(caught, baskets), on="line")
    lines["perimeter"] = lines["document_id"].map(documents.set_index("document_id")["perimeter"])
    lines["inside_health"] = lines["line_id"].map(axis["health_rules"]).notna()
    lines = _with_health(lines, compared)
    lines["other_view"] = _other_view(lines, compared, baskets)
    line, health = _line_operand(lines), operand(lines, "health")
    refused = _reasons(lines, contract.refuse(line, health))
    lines = lines.assign(
        real_amount_centavos=deflate(lines["amount_centavos"], lines["fiscal_year"], index),
        price_base=index.base,
        health_centavos=lines["health_amount"],
        share_of_health=contract.quotient(line, health, refused),
        refusals=join_codes(refused),
        caveats=_caveats(lines, baskets, index),
        **dollars(lines["amount_centavos"], lines["line_date"], lines["fiscal_year"]),
    )
    ordered = lines.sort_values([*BUDGET, "table", "row", "column"], kind="stable")
    return LINE_COMPARISON.frame(ordered[LINE_COMPARISON.frame_columns])


def _labels(caught: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """One row per discretionary line: its basket (by the strongest rule), all rules of all baskets, words, caveats.

    The rules of the health basket stay on the line: that is how an overlap shows.
    """
    purpose = {basket.id: basket.purpose for basket in baskets}
    caveat = {rule.id: rule.caveat for basket in baskets for rule in basket.rules}
    caught = caught.assign(
        rank=caught["strength"].map(STRENGTHS.index),
        rule_caveat=caught["rule"].map(caveat),
        purpose=caught["basket"].map(purpose),
    )
    discretionary = caught[~caught["purpose"].isin(("health", "other"))]
    ours = caught[caught["line"].isin(discretionary["line"]) & (caught["purpose"] != "other")]
    best = discretionary.sort_values(["rank", "basket"], kind="stable").drop_duplicates("line")
    labels = best[["line", "basket", "strength"]].set_index("line")
    for column, separator in (("rule", ";"), ("words", "; "), ("rule_caveat", "; ")):
        texts = ours[["line", column]].dropna().drop_duplicates()
        labels[column] = join_texts(texts[column], texts["line"], separator)
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
    for name in ("events", "advertising"):
        taken = [f"{name}_source_document", f"{name}_table", f"{name}_page"]
        chosen = lines[BUDGET].merge(compared[[*BUDGET, *taken]], on=BUDGET, how="left").set_axis(lines.index)
        same = chosen[taken[0]] == lines["document_id"]
        other = (purpose == name) & (lines["strength"] == "code") & same & (chosen[taken[1]] != lines["table"])
        sentence = "Otra vista del mismo presupuesto: no se suma con la de la página " + chosen[taken[2]]
        said = said.mask(true(other), sentence)
    return said


def _line_operand(lines: pd.DataFrame) -> Side:
    """A line lies inside its budget, whatever the view: its perimeter is that of the health of the same budget."""
    plain = pd.Series(PESOS, index=lines.index)
    return Side(
        amount=lines["amount_centavos"],
        verified=lines["verified"],
        missing=pd.Series(False, index=lines.index),
        stage=lines["stage"],
        fiscal_year=lines["fiscal_year"],
        period_start=lines["period_start"],
        period_end=lines["period_end"],
        period_status=lines["period_status"],
        perimeter=lines["health_within"],
        price_basis=pd.Series(NOMINAL, index=lines.index),
        unit=plain.mask(lines["reason"] == "unit_doubtful", DOUBTFUL),
        netting=lines["health_netting"],
        recurrence=pd.Series("unknown", index=lines.index),
        source_kind=lines["kind"],
    )


def _reasons(lines: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    health, of_budget = lines["health_amount"], lines["refusals"].fillna("")
    return refused.assign(
        no_operand=False,  # which one, is said instead
        no_stage=lines["stage"].isna(),
        no_health=health.isna() & lines["stage"].notna(),
        different_document=lines["quarrel"],
        health_near_zero=of_budget.str.contains("health_near_zero").astype("bool"),
        perimeter_jump=of_budget.str.contains("perimeter_jump").astype("bool"),
        different_unit=refused["different_unit"] | of_budget.str.contains("different_unit").astype("bool"),
    )


def _caveats(lines: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex) -> pd.Series:
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    no_stage, dated = lines["stage"].isna(), lines["line_date"].notna()
    sentences = {
        **caveats.of_document(lines, index),
        "two_axes": lines["health_amount"].notna() & ~lines["inside_health"],
        "La línea está dentro de salud: una regla de salud la capta, o capta a la que la contiene": lines[
            "inside_health"
        ],
        "Salud viene de otro documento del mismo gobierno, año, momento y periodo": lines["borrowed"],
        "Es la suma de otras líneas de esta tabla: no se suma con ellas": lines["row_kind"] == "subtotal",
        "Contrato, factura o asiento: no es un momento contable y no se suma con las líneas del presupuesto": no_stage,
        "Los dólares son al promedio anual del FIX: la línea no tiene fecha": ~dated,
        "La fecha de la línea no es del ejercicio del documento: confróntela con la página": dated
        & true(lines["line_date"].dt.year != lines["fiscal_year"]),
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
