"""`out.line_comparison`: every discretionary line by itself: real pesos, dollars, share of health.

One row per line and amount. Lines of several levels stand here side by side (a concept and its items): `row_kind` says
which, and a sum uses one level. What the money would buy is in `transforms.compare.purchases`.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.compare import caveats, engine
from transforms.compare.contract import NOMINAL, Side
from transforms.compare.exchange import dollars
from transforms.compare.headline import Headline
from transforms.compare.inhabitants import per_inhabitant
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.added_views import line_years
from transforms.measure.baskets import STRENGTHS, Basket, on_other_axis
from transforms.measure.contracts import contracted
from transforms.measure.joined_texts import join_texts
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET, SAME_PERIOD
from transforms.measure.refusals import true
from warehouse.schema.comparing import LINE_COMPARISON

# What makes the health amount of a budget useless as a base for a line, whatever the events of that budget.
_OF_HEALTH = ("health_near_zero", "different_unit", "perimeter_jump")
_NO_BASE = "|".join((*_OF_HEALTH, "not_citable"))


def line_comparison(
    measured: Measured, headline: Headline, documents: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex
) -> pd.DataFrame:
    """The amounts of discretionary lines that may be operands, and those of contracts; `documents` is `core.document`."""
    spent = pd.concat([measured.take_spent(), contracted(measured.facts)])
    lines = spent.merge(_label(measured.caught, baskets), on="line")
    lines["perimeter"] = lines["document_id"].map(documents.set_index("document_id")["perimeter"])
    lines["inside_health"] = lines["line_id"].map(measured.axis.set_index("line_id")["health_rules"]).notna()
    health = _find_health(lines, headline)
    quotient = engine.divide(
        _declare(lines, health),
        engine.side(lines, health, absent="no_health"),
        {"different_document": health["quarrel"], **_refused_of_health(health)},
    )
    lines = lines.assign(
        real_amount_centavos=deflate(lines["amount_centavos"], lines["fiscal_year"], index),
        price_base=index.base,
        # A contract stands in no view of a budget: nothing repeats it.
        adds_up=lines["stage"].isna() | line_years(lines["line"], lines["fiscal_year"]).isin(measured.added),
        per_inhabitant_centavos=per_inhabitant(
            lines["amount_centavos"].where(true(lines["verified"])), lines["government_id"], lines["fiscal_year"]
        ),
        health_centavos=health["amount_centavos"],
        health_basis=health["health_basis"],
        health_line_ids=health["line_ids"],
        share_of_health=quotient.value,
        refusals=quotient.refusals,
        caveats=_say(lines, health, _find_other_views(lines, headline, baskets), baskets, index),
        **dollars(lines["amount_centavos"], lines["line_date"], lines["fiscal_year"]),
    )
    ordered = lines.sort_values([*BUDGET, "table", "row", "column"], kind="stable")
    return LINE_COMPARISON.frame(ordered[LINE_COMPARISON.frame_columns])


def _label(caught: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
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


def _find_health(lines: pd.DataFrame, headline: Headline) -> pd.DataFrame:
    """For each line the health of its own document (CHOSEN, with its basis and what its budget was refused for).

    Where its document has none, that of the other documents of the same government, year, stage and period, if they
    agree (`borrowed`); `quarrel` marks the lines where they do not.
    """
    of_budget = headline.budgets[[*BUDGET, "period_start", "period_end", "health_basis", "refusals"]]
    operands = headline.operands
    printed = operands[(operands["operand"] == "health") & operands["amount_centavos"].notna()]
    every = printed.drop(columns="operand").merge(of_budget, on=BUDGET)
    fields = [name for name in every.columns if name not in (*BUDGET, *SAME_PERIOD)]
    sound = every[~every["refusals"].fillna("").str.contains(_NO_BASE) & true(every["verified"])]
    values = sound.groupby(SAME_PERIOD, dropna=False)["amount_centavos"].transform("nunique")
    agreed = sound[values == 1].drop_duplicates(SAME_PERIOD)[[*SAME_PERIOD, *fields]]
    quarrels = sound.loc[values > 1, SAME_PERIOD].drop_duplicates().assign(quarrel=True)
    health = lines[BUDGET].merge(every[[*BUDGET, *fields]], on=BUDGET, how="left").set_axis(lines.index)
    lent = lines[SAME_PERIOD].merge(agreed, on=SAME_PERIOD, how="left").set_axis(lines.index)
    quarrel = lines[SAME_PERIOD].merge(quarrels, on=SAME_PERIOD, how="left").set_axis(lines.index)["quarrel"]
    lacking = health["amount_centavos"].isna()
    for name in fields:
        health[name] = health[name].where(~lacking, lent[name])
    return health.assign(quarrel=true(quarrel) & lacking, borrowed=lacking & health["amount_centavos"].notna())


def _refused_of_health(health: pd.DataFrame) -> dict[str, pd.Series]:
    refusals = health["refusals"].fillna("")
    return {code: refusals.str.contains(code) for code in _OF_HEALTH}


def _find_other_views(lines: pd.DataFrame, headline: Headline, baskets: Sequence[Basket]) -> pd.Series:
    """A sentence for lines of a view that the comparison of the budget did not take; null for the others.

    A law prints the same concept for the whole budget and again for one power: the two are never added.
    """
    purpose = lines["basket"].map({basket.id: basket.purpose for basket in baskets})
    key = [*BUDGET, "operand"]
    taken = headline.operands[[*key, "source_document", "table", "page"]]
    taken = taken[taken["operand"].isin(("events", "advertising"))]
    chosen = lines[BUDGET].assign(operand=purpose).merge(taken, on=key, how="left").set_axis(lines.index)
    same = chosen["source_document"] == lines["document_id"]
    other = (lines["strength"] == "code") & same & (chosen["table"] != lines["table"])
    sentence = "Otra vista del mismo presupuesto: no se suma con la de la página " + chosen["page"]
    return sentence.where(true(other))


def _declare(lines: pd.DataFrame, health: pd.DataFrame) -> Side:
    """A line lies inside its budget, whatever the view: its perimeter is that of the health of the same budget."""
    return Side(
        amount=lines["amount_centavos"],
        verified=lines["verified"],
        missing=pd.Series(False, index=lines.index),
        stage=lines["stage"],
        fiscal_year=lines["fiscal_year"],
        period_start=lines["period_start"],
        period_end=lines["period_end"],
        period_status=lines["period_status"],
        perimeter=health["within"],
        price_basis=pd.Series(NOMINAL, index=lines.index),
        unit=engine.unit(lines["reason"] == "unit_doubtful"),
        netting=health["netting"],
        recurrence=pd.Series("unknown", index=lines.index),
        source_kind=lines["kind"],
    )


def _say(
    lines: pd.DataFrame, health: pd.DataFrame, other_view: pd.Series, baskets: Sequence[Basket], index: PriceIndex
) -> pd.Series:
    rules = [rule for basket in baskets for rule in basket.rules]
    caveat_of_rule = {rule.id: rule.caveat for rule in rules if rule.caveat}
    inside, dated = lines["inside_health"], lines["line_date"].notna()
    applies = {
        **caveats.of_document(lines, index),
        "two_axes": health["amount_centavos"].notna() & ~inside & health["rule"].isin(on_other_axis(rules)),
        "La línea está dentro de salud: una regla de salud la capta, o capta a la que la contiene": inside,
        "Salud viene de otro documento del mismo gobierno, año, momento y periodo": health["borrowed"],
        "Es la suma de otras líneas de esta tabla: no se suma con ellas": lines["row_kind"] == "subtotal",
        "Contrato, factura o asiento: no es un momento contable y no se suma con las líneas del presupuesto": lines[
            "stage"
        ].isna(),
        "Los dólares son al promedio anual del FIX: la línea no tiene fecha": ~dated,
        "La fecha de la línea no es del ejercicio del documento: confróntela con la página": dated
        & true(lines["line_date"].dt.year != lines["fiscal_year"]),
    }
    of_operands = (
        other_view,
        lines["rule_caveat"],
        health["rule"].map(caveat_of_rule),
        caveats.perimeter(lines["perimeter"]),
    )
    return caveats.join(applies, of_operands)
