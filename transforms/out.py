"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from transforms import reference
from transforms.compare import caveats, headline, purchases
from transforms.compare.changes import changes
from transforms.compare.cross_source import cross_source
from transforms.compare.engine import Declared, comparisons, load
from transforms.compare.lines import line_comparison
from transforms.compare.prices import PriceIndex, inpc, price_index
from transforms.compare.scorecard import cross_classification
from transforms.compare.stability import within_year
from transforms.measure import classes
from transforms.measure.baskets import Basket, catch
from transforms.measure.coded import plain
from transforms.measure.contracts import contracted
from transforms.measure.facts import facts, located
from transforms.measure.operands import candidates, spending, unreadable, view_totals
from transforms.measure.overlap import health_axis, overlap
from transforms.measure.perimeter import BUDGET, choose, netting
from transforms.measure.signature import between_versions, perimeter, signature
from transforms.tell.alerts import alerts
from transforms.tell.coverage import coverage
from transforms.tell.lines import line, line_all
from transforms.tell.methodology import methodology
from warehouse.schema.comparing import COMPARISON
from warehouse.schema.out import INSTITUTIONAL_CHANGE

_DECLARED = ["period_start", "period_end", "period_status", "kind"]


@dataclass(frozen=True)
class Measured:
    """What the tables for people are made from: where every line stands, every amount, those that may be operands, what
    caught their lines and whether they are health, every way to measure every basket, the classes, totals and signatures
    of every budget, and the budgets with their shares or refusals.
    """

    lines: pd.DataFrame
    joined: pd.DataFrame
    rows: pd.DataFrame
    caught: pd.DataFrame
    axis: pd.DataFrame
    overlaps: pd.DataFrame
    candidates: pd.DataFrame
    classes: pd.DataFrame
    totals: pd.DataFrame
    signatures: pd.DataFrame
    budgets: pd.DataFrame


def measure(core: Mapping[str, pd.DataFrame], baskets: Sequence[Basket], index: PriceIndex) -> Measured:
    """Health, events and advertising of every budget of `core`, compared or refused."""
    documents, lines = core["document"], located(core["line"])
    joined = facts({**core, "line": lines})
    rows = spending(joined)
    caught = catch(lines, baskets)
    found = candidates(rows, view_totals(rows, core["table"]), caught, baskets, lines, unreadable(joined))
    found = found.merge(documents[["document_id", *_DECLARED]], on="document_id", how="left")
    found["netting"] = netting(found, rows, documents)
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    spent = classes.budget_rows(joined, core["table"])
    of_class, of_whole = classes.classes(spent), classes.totals(spent)
    signatures = signature(spent, of_class, of_whole)
    of_health = found.assign(operand=found["purpose"])
    jumped = between_versions(signatures)
    budgets = headline.compare_budgets(choose(of_health), of_health, documents, index, of_rule, jumped)
    names = government_names(joined)
    budgets["government"] = budgets["government_id"].map(names)
    axis = health_axis(lines, caught, baskets)
    overlaps = overlap(rows, caught, axis, baskets, names)
    return Measured(lines, joined, rows, caught, axis, overlaps, found, of_class, of_whole, signatures, budgets)


def government_names(joined: pd.DataFrame) -> pd.Series:
    known = plain(joined[["government_id", "government"]].drop_duplicates("government_id"))
    return known.set_index("government_id")["government"]


def compare(
    core: Mapping[str, pd.DataFrame],
    declared: Declared | None = None,
    index: PriceIndex | None = None,
) -> dict[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Definitions and price index
    default to the shipped ones. Claims and cards, which stand on these frames, are added by `transforms.claims.record`. The text
    of the two tables of lines may be `coded`.
    """
    declared = declared or load()
    index = index or inpc()
    baskets = declared.baskets
    found = measure(core, baskets, index)
    versus = headline.frame(found.budgets, index)
    alone = pd.concat([plain(found.rows[found.rows["line"].isin(found.caught["line"])]), contracted(found.joined)])
    by_line = line_comparison(alone, found.caught, found.axis, found.budgets, core["document"], baskets, index)
    costs = purchases.costs(reference.unit_costs())
    crossed, sources = cross_classification(found.totals), cross_source(found.classes, found.totals)
    return {
        "line": line(found.joined, found.lines),
        "line_all": line_all(found.joined, found.lines, core["amount"]),
        "line_comparison": by_line,
        "would_buy": purchases.purchases(by_line, costs, index),
        "unit_cost": purchases.unit_cost(costs),
        "overlap": found.overlaps,
        "comparison": declared_comparisons(declared, found, core["document"], index),
        "health_vs_events": versus,
        "coverage": coverage(found.joined, core["document"], core["government"], found.budgets),
        "alert": alerts(core, found.joined, found.rows, found.budgets, found.signatures, crossed, sources),
        "methodology": methodology(declared, index),
        "change": changes(found.budgets, found.totals, found.signatures, _echoed(found.joined), index),
        "perimeter": perimeter(found.signatures),
        "institutional_change": INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
        "price_index": price_index(index),
        "cross_classification": crossed,
        "cross_source": sources,
    }


def declared_comparisons(
    declared: Declared, found: Measured, documents: pd.DataFrame, index: PriceIndex
) -> pd.DataFrame:
    """`out.comparison` of what was measured."""
    made = comparisons(declared, found.candidates, documents, between_versions(found.signatures), index)
    made["government"] = made["government_id"].map(government_names(found.joined))
    purpose = {basket.id: basket.purpose for basket in declared.baskets}
    firm = within_year(made, found.overlaps, found.signatures, purpose)
    unstable = firm["stable"].eq(False).fillna(False)
    whole = made.assign(**firm, caveats=caveats.also(made["caveats"], "unstable", unstable))
    return COMPARISON.frame(whole[COMPARISON.frame_columns])


def _echoed(joined: pd.DataFrame) -> pd.DataFrame:
    return plain(joined.loc[joined["echo"], BUDGET].drop_duplicates())
