"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from transforms import reference
from transforms.compare import caveats, headline, purchases
from transforms.compare.changes import changes
from transforms.compare.cross_checks import cross_classification, cross_source
from transforms.compare.declared import Declared, comparisons, load
from transforms.compare.lines import line_comparison
from transforms.compare.prices import PriceIndex, inpc, price_index
from transforms.compare.stability import within_year
from transforms.measure import classes, operands
from transforms.measure.baskets import Basket, catch
from transforms.measure.coded import take
from transforms.measure.contracts import contracted
from transforms.measure.facts import facts, locate
from transforms.measure.overlap import health_axis, overlap
from transforms.measure.perimeter import BUDGET, netting
from transforms.measure.signature import between_versions, perimeter, signature
from transforms.measure.working import (
    CANDIDATE,
    CAUGHT,
    CLASS,
    FACT,
    HEALTH_AXIS,
    LOCATED_LINE,
    SIGNATURE,
    TOTAL,
)
from transforms.tell.alerts import alerts
from transforms.tell.coverage import coverage
from transforms.tell.lines import line, line_all
from transforms.tell.methodology import methodology
from warehouse.schema.comparing import COMPARISON, OVERLAP
from warehouse.schema.out import INSTITUTIONAL_CHANGE

_DECLARED = ["period_start", "period_end", "period_status", "kind"]


@dataclass(frozen=True)
class Measured:
    """What the tables for people are made from, each as its working table; `spending` are the facts that may be operands."""

    lines: Annotated[pd.DataFrame, LOCATED_LINE]
    facts: Annotated[pd.DataFrame, FACT]
    spending: Annotated[pd.DataFrame, FACT]
    caught: Annotated[pd.DataFrame, CAUGHT]
    axis: Annotated[pd.DataFrame, HEALTH_AXIS]
    overlaps: Annotated[pd.DataFrame, OVERLAP]
    candidates: Annotated[pd.DataFrame, CANDIDATE]
    classes: Annotated[pd.DataFrame, CLASS]
    totals: Annotated[pd.DataFrame, TOTAL]
    signatures: Annotated[pd.DataFrame, SIGNATURE]
    governments: pd.Series

    def spent(self) -> pd.DataFrame:
        """The spending of the lines that a rule caught, as text."""
        return take(self.spending, self.spending["line"].isin(self.caught["line"]))


def measure(core: Mapping[str, pd.DataFrame], baskets: Sequence[Basket]) -> Measured:
    """Where every line stands, every amount, what caught it, every way to measure every basket, the classes, totals and
    signatures of every budget of `core`, and the names of its governments by key.
    """
    lines = locate(core["line"])
    joined = facts({**core, "line": lines})
    spending = operands.spending(joined)
    caught = catch(lines, baskets)
    spent = take(spending, spending["line"].isin(caught["line"]))
    views = operands.view_totals(spending, core["table"])
    ways = operands.candidates(spent, views, caught, baskets, lines, operands.unreadable(joined))
    ways = ways.merge(core["document"][["document_id", *_DECLARED]], on="document_id", how="left")
    ways["netting"] = netting(ways, spending, core["document"])
    of_views = classes.budget_rows(joined, core["table"])
    of_class, of_whole = classes.classes(of_views), classes.totals(of_views)
    names = take(joined.drop_duplicates("government_id"), columns=["government_id", "government"])
    governments = names.set_index("government_id")["government"]
    axis = health_axis(lines, caught, baskets)
    return Measured(
        lines=lines,
        facts=joined,
        spending=spending,
        caught=caught,
        axis=axis,
        overlaps=overlap(spent, caught, axis, baskets, governments),
        candidates=ways[CANDIDATE.frame_columns],
        classes=of_class,
        totals=of_whole,
        signatures=signature(of_views, of_class, of_whole),
        governments=governments,
    )


def compare_headline(
    measured: Measured, documents: pd.DataFrame, baskets: Sequence[Basket], index: PriceIndex
) -> headline.Headline:
    """Health, events and advertising of every budget, compared or refused."""
    caveat_of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    jumped = between_versions(measured.signatures)
    return headline.compare_budgets(measured.candidates, documents, index, caveat_of_rule, jumped, measured.governments)


def compare(
    core: Mapping[str, pd.DataFrame],
    declared: Declared | None = None,
    index: PriceIndex | None = None,
) -> dict[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Definitions and price index
    default to the shipped ones. Claims and cards, which stand on these frames, are added by `transforms.claims.record`.
    The text of the two tables of lines stays coded.
    """
    declared = declared or load()
    index = index or inpc()
    baskets, documents = declared.baskets, core["document"]
    measured = measure(core, baskets)
    main = compare_headline(measured, documents, baskets, index)
    versus = headline.frame(main, index)
    alone = pd.concat([measured.spent(), contracted(measured.facts)])
    by_line = line_comparison(alone, measured.caught, measured.axis, main, documents, baskets, index)
    costs = purchases.costs(reference.unit_costs())
    crossed = cross_classification(measured.totals)
    sources = cross_source(measured.classes, measured.totals)
    echoed = take(measured.facts, measured.facts["echo"], BUDGET, once=True)
    return {
        "line": line(measured.facts, measured.lines),
        "line_all": line_all(measured.facts, measured.lines, core["amount"]),
        "line_comparison": by_line,
        "would_buy": purchases.purchases(by_line, costs, index),
        "unit_cost": purchases.unit_cost(costs),
        "overlap": measured.overlaps,
        "comparison": declared_comparisons(declared, measured, documents, index),
        "health_vs_events": versus,
        "coverage": coverage(measured.facts, documents, core["government"], versus),
        "alert": alerts(core, measured.facts, measured.spending, versus, measured.signatures, crossed, sources),
        "methodology": methodology(declared, index),
        "change": changes(main, measured.totals, measured.signatures, echoed, index),
        "perimeter": perimeter(measured.signatures),
        "institutional_change": INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
        "price_index": price_index(index),
        "cross_classification": crossed,
        "cross_source": sources,
    }


def declared_comparisons(
    declared: Declared, measured: Measured, documents: pd.DataFrame, index: PriceIndex
) -> pd.DataFrame:
    """`out.comparison` of what was measured."""
    made = comparisons(declared, measured.candidates, documents, between_versions(measured.signatures), index)
    made["government"] = made["government_id"].map(measured.governments)
    purpose = {basket.id: basket.purpose for basket in declared.baskets}
    firm = within_year(made, measured.overlaps, measured.signatures, purpose)
    unstable = firm["stable"].eq(False).fillna(False)
    whole = made.assign(**firm, caveats=caveats.add(made["caveats"], "unstable", unstable))
    return COMPARISON.frame(whole[COMPARISON.frame_columns])
