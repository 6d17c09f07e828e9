"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping

import pandas as pd

from transforms import reference
from transforms.compare import caveats, headline, purchases
from transforms.compare.changes import changes
from transforms.compare.cross_checks import cross_classification, cross_source
from transforms.compare.declared import Declared, comparisons, load
from transforms.compare.line_comparison import line_comparison
from transforms.compare.prices import PriceIndex, inpc, price_index
from transforms.compare.ranking import ranking
from transforms.compare.stability import within_year
from transforms.measure.baskets import Basket
from transforms.measure.measured import Measured, measure
from transforms.measure.signature import perimeter
from transforms.panel.deviation import deviations
from transforms.panel.panel import budget_classes, panel
from transforms.panel.series import series
from transforms.panel.successions import load_successions, succession
from transforms.tell.alerts import alerts
from transforms.tell.coverage import coverage
from transforms.tell.methodology import methodology
from transforms.tell.published_lines import line, line_all
from warehouse.schema.comparing import COMPARISON
from warehouse.schema.out import INSTITUTIONAL_CHANGE, INSURER


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
    main = headline.compare_budgets(measured, documents, baskets, index)
    versus = headline.frame(main, index)
    by_line = line_comparison(measured, main, documents, baskets, index)
    costs = purchases.costs(reference.unit_costs())
    crossed = cross_classification(measured.totals)
    sources = cross_source(measured.classes, measured.totals)
    return _panel(core, measured, baskets, index) | {
        "line": line(measured.facts, measured.lines, measured.added),
        "line_all": line_all(measured.facts, measured.lines, core["amount"]),
        "line_comparison": by_line,
        "would_buy": purchases.purchases(by_line, costs, index),
        "unit_cost": purchases.unit_cost(costs),
        "overlap": measured.overlaps,
        "comparison": declared_comparisons(declared, measured, documents, index),
        "health_vs_events": versus,
        "coverage": coverage(measured.facts, documents, core["government"], versus),
        "alert": alerts(core, measured, versus, crossed, sources),
        "methodology": methodology(declared, index),
        "change": changes(main, measured, index),
        "perimeter": perimeter(measured.signatures),
        "institutional_change": INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
        "ranking": ranking(versus, documents),
        "insurer": INSURER.frame(reference.insurers()),
        "price_index": price_index(index),
        "cross_classification": crossed,
        "cross_source": sources,
    }


def _panel(
    core: Mapping[str, pd.DataFrame], measured: Measured, baskets: tuple[Basket, ...], index: PriceIndex
) -> dict[str, pd.DataFrame]:
    """The panel and what stands on it."""
    rows = budget_classes(measured, core["document"], baskets)
    whole, declared = panel(rows, measured, core["amount"], index), succession(load_successions())
    health = {basket.id for basket in baskets if basket.purpose == "health"}
    return {
        "panel": whole,
        "deviation": deviations(rows, measured, index),
        "series": series(whole, declared, measured, health, index),
        "succession": declared,
    }


def declared_comparisons(
    declared: Declared, measured: Measured, documents: pd.DataFrame, index: PriceIndex
) -> pd.DataFrame:
    """`out.comparison` of what was measured."""
    made = comparisons(declared, measured, documents, index)
    made["government"] = made["government_id"].map(measured.governments)
    purpose = {basket.id: basket.purpose for basket in declared.baskets}
    firm = within_year(made, measured.overlaps, measured.signatures, purpose)
    unstable = firm["stable"].eq(False).fillna(False)
    whole = made.assign(**firm, caveats=caveats.add(made["caveats"], "unstable", unstable))
    return COMPARISON.frame(whole[COMPARISON.frame_columns])
