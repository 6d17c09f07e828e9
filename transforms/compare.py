"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from transforms import classes, health_events, reference
from transforms.alerts import alerts
from transforms.baskets import Basket, catch, load_baskets
from transforms.changes import changes
from transforms.coverage import coverage
from transforms.cross_source import cross_source
from transforms.facts import facts
from transforms.line_comparison import line_comparison
from transforms.lines import line, line_all
from transforms.methodology import methodology
from transforms.operands import candidates, spending, unreadable, view_totals
from transforms.perimeter import BUDGET, choose
from transforms.prices import PriceIndex, inpc, price_index
from transforms.scorecard import cross_classification
from transforms.signature import perimeter, signature
from warehouse.schema.out import INSTITUTIONAL_CHANGE


@dataclass(frozen=True)
class Measured:
    """What the tables for people are made from: every amount, those that may be operands, what caught their lines,
    and the budgets with their shares or refusals.
    """

    joined: pd.DataFrame
    rows: pd.DataFrame
    caught: pd.DataFrame
    budgets: pd.DataFrame


def measure(core: Mapping[str, pd.DataFrame], baskets: Sequence[Basket], index: PriceIndex) -> Measured:
    """Health, events and advertising of every budget of `core`, compared or refused."""
    documents, lines = core["document"], core["line"]
    joined = facts(core)
    rows = spending(joined)
    caught = catch(lines, baskets)
    found = candidates(rows, view_totals(rows, core["table"]), caught, baskets, lines, unreadable(joined))
    found = found.merge(documents[["document_id", "period_start", "period_end", "kind"]], on="document_id", how="left")
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    budgets = health_events.compare_budgets(choose(found), found, documents, index, of_rule)
    names = joined.drop_duplicates("government_id").set_index("government_id")["government"]
    budgets["government"] = budgets["government_id"].map(names)
    return Measured(joined, rows, caught, budgets)


def compare(
    core: Mapping[str, pd.DataFrame],
    baskets: Sequence[Basket] | None = None,
    index: PriceIndex | None = None,
) -> dict[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Baskets and price index
    default to the shipped ones. Claims and cards, which stand on these frames, are added by `transforms.record`.
    """
    baskets = load_baskets() if baskets is None else baskets
    index = index or inpc()
    found = measure(core, baskets, index)
    versus = health_events.frame(found.budgets, index)
    costs = reference.unit_costs()
    rows = classes.budget_rows(found.joined, core["table"])
    of_class, of_whole = classes.classes(rows), classes.totals(rows)
    signatures = signature(rows, of_class, of_whole)
    crossed, sources = cross_classification(of_whole), cross_source(of_class, of_whole)
    return {
        "line": line(found.joined),
        "line_all": line_all(found.joined),
        "line_comparison": line_comparison(found.rows, found.caught, found.budgets, baskets, costs, index),
        "health_vs_events": versus,
        "coverage": coverage(found.joined, core["document"], core["government"], found.budgets),
        "alert": alerts(core, found.joined, found.rows, found.budgets, signatures, crossed, sources),
        "methodology": methodology(baskets, index),
        "change": changes(found.budgets, of_whole, signatures, _echoed(found.joined), index),
        "perimeter": perimeter(signatures),
        "institutional_change": INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
        "price_index": price_index(index),
        "cross_classification": crossed,
        "cross_source": sources,
    }


def _echoed(joined: pd.DataFrame) -> pd.DataFrame:
    return joined.loc[joined["echo"], BUDGET].drop_duplicates()
