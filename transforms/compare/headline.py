"""`out.health_vs_events`: health against events and advertising, or the reasons why there is no comparison.

The pair of events over health, as `transforms.compare.engine` compares any two, with advertising shown beside it.
"""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import pandas as pd

from transforms.compare import caveats, contract, engine
from transforms.compare.inhabitants import inhabitants, per_inhabitant
from transforms.compare.prices import PriceIndex, deflate
from transforms.compare.working_tables import HEADLINE
from transforms.measure.baskets import Basket, on_other_axis
from transforms.measure.contents import find_net
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET, OPERANDS, Chosen, choose, of_operand
from transforms.measure.refusals import true
from transforms.measure.working_tables import CHOSEN
from warehouse.schema.out import HEALTH_VS_EVENTS

# An amount that only a view of another perimeter prints is not shown; where it is printed, is kept.
_NOT_SHOWN = ["amount_centavos", "line_ids", "verified"]


class Headline(NamedTuple):
    """Each budget with its shares or refusals, and the operands that they are of."""

    budgets: Annotated[pd.DataFrame, HEADLINE]
    operands: Annotated[pd.DataFrame, CHOSEN]


def compare_budgets(
    measured: Measured, documents: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex
) -> Headline:
    """Each budget with its shares or its refusals; `documents` is `core.document`.

    A share within one year needs no price index, so a missing one is a caveat here, and leaves real amounts null.
    """
    of_purpose = measured.candidates.assign(operand=measured.candidates["purpose"])
    chosen = choose(of_purpose, OPERANDS)
    chosen = Chosen(chosen.budgets, _hide_apart(chosen.operands, "advertising"))
    paired = engine.pair(chosen, documents, "events", "health")
    advertising = of_operand(paired.budgets, chosen.operands, "advertising")
    x = engine.side(paired.budgets, paired.x, absent="no_events")
    y = engine.side(paired.budgets, paired.y, absent="no_health")
    events = engine.divide(x, y, engine.look_around(paired, of_purpose, measured.list_jumped(), (paired.y,)))
    # Advertising stands over the same health: what refuses it is all but the want of events.
    refused = events.refused.drop(columns="no_events").any(axis=1) | ~true(advertising["verified"])
    proven = [operand["verified"].astype("boolean") for operand in (paired.y, paired.x, advertising)]
    net = find_net(paired.budgets, paired.budgets["total_centavos"], measured.nets)
    rows = paired.budgets.assign(
        net_centavos=net["net_centavos"],
        total_contents=net["contents"],
        government=paired.budgets["government_id"].map(measured.governments),
        verified=pd.concat(proven, axis=1).all(axis=1),
        events_share=events.value,
        advertising_share=contract.quotient(engine.side(paired.budgets, advertising), y, refused),
        refusals=events.refusals,
        caveats=_say(paired, advertising, baskets, index),
        health_basis=_describe_basis(paired),
    )
    return Headline(rows[HEADLINE.frame_columns], chosen.operands)


def _hide_apart(operands: pd.DataFrame, name: str) -> pd.DataFrame:
    apart = (operands["operand"] == name) & operands["apart"]
    operands = operands.astype({"verified": "boolean"})
    return operands.assign(**{field: operands[field].mask(apart) for field in _NOT_SHOWN})


def _say(paired: engine.Pair, advertising: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex) -> pd.Series:
    rules = [rule for basket in baskets for rule in basket.rules]
    caveat_of_rule = {rule.id: rule.caveat for rule in rules if rule.caveat}
    codes = {
        "two_axes": paired.both & paired.y["rule"].isin(on_other_axis(rules)),
        "events_added": paired.x["added"] > 1,
        "advertising_apart": true(advertising["apart"]),
        "advertising_unverified": ~advertising["verified"].astype("boolean").fillna(True),
    }
    return engine.say(paired, index, codes, (paired.y["rule"].map(caveat_of_rule),), (advertising,))


def _describe_basis(paired: engine.Pair) -> pd.Series:
    """health.function; tabla 41, página 167 (and the document, where it is another one)."""
    health, other = paired.y, paired.y["source_document"]
    place = health["rule"] + "; tabla " + health["table"].astype("str") + ", página " + health["page"]
    return place.where(other == paired.budgets["document_id"], place + ", documento " + other)


def frame(headline: Headline, index: PriceIndex) -> pd.DataFrame:
    """As `out.health_vs_events`."""
    budgets = headline.budgets
    governments, years = budgets["government_id"], budgets["fiscal_year"]
    columns: dict[str, Any] = {"price_base": index.base, "inhabitants": inhabitants(governments, years)}
    for name in OPERANDS:
        operand = of_operand(budgets, headline.operands, name)
        columns[f"{name}_centavos"] = operand["amount_centavos"]
        columns[f"{name}_line_ids"] = operand["line_ids"]
        columns[f"real_{name}_centavos"] = deflate(operand["amount_centavos"], years, index)
        sound = operand["amount_centavos"].where(true(operand["verified"]) & ~true(operand["doubtful_unit"]))
        columns[f"{name}_per_inhabitant_centavos"] = per_inhabitant(sound, governments, years)
    for name in ("events", "advertising"):
        columns[f"{name}_share_of_health"] = budgets[f"{name}_share"]
    columns["net_total_centavos"] = budgets["net_centavos"]
    rows = budgets.assign(**columns).sort_values(BUDGET, kind="stable")
    return HEALTH_VS_EVENTS.frame(caveats.with_limits(rows, HEALTH_VS_EVENTS.name)[HEALTH_VS_EVENTS.frame_columns])
