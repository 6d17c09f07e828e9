"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from transforms import classes, health_events, purchases, reference
from transforms.alerts import alerts
from transforms.baskets import Basket, catch
from transforms.changes import changes
from transforms.comparisons import Declared, comparisons, load
from transforms.coverage import coverage
from transforms.cross_source import cross_source
from transforms.dated import contracted
from transforms.facts import facts
from transforms.line_comparison import line_comparison
from transforms.lines import line, line_all
from transforms.methodology import methodology
from transforms.operands import candidates, spending, unreadable, view_totals
from transforms.overlap import overlap
from transforms.perimeter import BUDGET, choose, netting
from transforms.prices import PriceIndex, inpc, price_index
from transforms.scorecard import cross_classification
from transforms.signature import perimeter, signature
from warehouse.schema.out import INSTITUTIONAL_CHANGE

_DECLARED = ["period_start", "period_end", "period_status", "kind"]


@dataclass(frozen=True)
class Measured:
    """What the tables for people are made from: every amount, those that may be operands, what caught their lines,
    every way to measure every basket, and the budgets with their shares or refusals.
    """

    joined: pd.DataFrame
    rows: pd.DataFrame
    caught: pd.DataFrame
    candidates: pd.DataFrame
    budgets: pd.DataFrame


def measure(core: Mapping[str, pd.DataFrame], baskets: Sequence[Basket], index: PriceIndex) -> Measured:
    """Health, events and advertising of every budget of `core`, compared or refused."""
    documents, lines = core["document"], core["line"]
    joined = facts(core)
    rows = spending(joined)
    caught = catch(lines, baskets)
    found = candidates(rows, view_totals(rows, core["table"]), caught, baskets, lines, unreadable(joined))
    found = found.merge(documents[["document_id", *_DECLARED]], on="document_id", how="left")
    found["netting"] = netting(found, rows, documents)
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    of_health = found.assign(operand=found["purpose"])
    budgets = health_events.compare_budgets(choose(of_health), of_health, documents, index, of_rule)
    budgets["government"] = budgets["government_id"].map(government_names(joined))
    return Measured(joined, rows, caught, found, budgets)


def government_names(joined: pd.DataFrame) -> pd.Series:
    return joined.drop_duplicates("government_id").set_index("government_id")["government"]


def compare(
    core: Mapping[str, pd.DataFrame],
    declared: Declared | None = None,
    index: PriceIndex | None = None,
) -> dict[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Definitions and price index
    default to the shipped ones. Claims and cards, which stand on these frames, are added by `transforms.record`.
    """
    declared = declared or load()
    index = index or inpc()
    baskets = declared.baskets
    found = measure(core, baskets, index)
    names = government_names(found.joined)
    versus = health_events.frame(found.budgets, index)
    alone = pd.concat([found.rows, contracted(found.joined)])
    by_line = line_comparison(alone, found.caught, found.budgets, baskets, index)
    costs = purchases.costs(reference.unit_costs())
    rows = classes.budget_rows(found.joined, core["table"])
    of_class, of_whole = classes.classes(rows), classes.totals(rows)
    signatures = signature(rows, of_class, of_whole)
    crossed, sources = cross_classification(of_whole), cross_source(of_class, of_whole)
    return {
        "line": line(found.joined),
        "line_all": line_all(found.joined),
        "line_comparison": by_line,
        "would_buy": purchases.purchases(by_line, costs, index),
        "unit_cost": purchases.unit_cost(costs),
        "overlap": overlap(found.rows, found.caught, baskets, names),
        "comparison": comparisons(declared, found.candidates, core["document"], names, index),
        "health_vs_events": versus,
        "coverage": coverage(found.joined, core["document"], core["government"], found.budgets),
        "alert": alerts(core, found.joined, found.rows, found.budgets, signatures, crossed, sources),
        "methodology": methodology(declared, index),
        "change": changes(found.budgets, of_whole, signatures, _echoed(found.joined), index),
        "perimeter": perimeter(signatures),
        "institutional_change": INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
        "price_index": price_index(index),
        "cross_classification": crossed,
        "cross_source": sources,
    }


def _echoed(joined: pd.DataFrame) -> pd.DataFrame:
    return joined.loc[joined["echo"], BUDGET].drop_duplicates()
