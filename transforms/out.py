"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

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
from transforms.measure.measured import Measured, measure
from transforms.measure.signature import perimeter
from transforms.panel.beside import beside
from transforms.panel.deviation import deviations
from transforms.panel.panel import budget_classes, panel
from transforms.panel.series import series
from transforms.panel.successions import load_successions, succession
from transforms.tell.alerts import alerts
from transforms.tell.coverage import coverage
from transforms.tell.methodology import methodology
from transforms.tell.published_lines import line, line_all
from transforms.tell.seal import seal_error
from warehouse.schema.comparing import COMPARISON
from warehouse.schema.out import INSTITUTIONAL_CHANGE, INSURER


def compare(
    core: Mapping[str, pd.DataFrame],
    declared: Declared | None = None,
    index: PriceIndex | None = None,
) -> Mapping[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage; each is computed when it is asked for.

    What nothing else stands on is not kept. `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Definitions and price index
    default to the shipped ones. Claims and cards, which stand on these frames, are added by `transforms.claims.record`.
    The text of the two tables of lines stays coded.
    """
    return _Out(core, declared or load(), index or inpc())


class _Out(Mapping[str, pd.DataFrame]):
    """What stands on the same measurement and the same main comparison, computed once each."""

    def __init__(self, core: Mapping[str, pd.DataFrame], declared: Declared, index: PriceIndex) -> None:
        self.core, self.declared, self.index = core, declared, index
        self.documents, self.baskets = core["document"], declared.baskets
        self._made: dict[str, pd.DataFrame] = {}

    @cached_property
    def measured(self) -> Measured:
        return measure(self.core, self.baskets)

    @cached_property
    def main(self) -> headline.Headline:
        return headline.compare_budgets(self.measured, self.documents, self.baskets, self.index)

    @cached_property
    def classes(self) -> pd.DataFrame:
        return budget_classes(self.measured, self.documents, self.baskets)

    @cached_property
    def costs(self) -> pd.DataFrame:
        return purchases.costs(reference.unit_costs())

    @property
    def health(self) -> set[str]:
        return {basket.id for basket in self.baskets if basket.purpose == "health"}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._made:
            return self._made[name]
        made = _PARTS[name](self)
        if name in _LOOKED_AT_AGAIN:
            self._made[name] = made
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(_PARTS)

    def __len__(self) -> int:
        return len(_PARTS)


_PARTS: dict[str, Callable[[_Out], pd.DataFrame]] = {
    "line": lambda out: line(out.measured.facts, out.measured.lines, out.measured.added),
    "line_all": lambda out: line_all(out.measured.facts, out.measured.lines, out.core["amount"]),
    "line_comparison": lambda out: line_comparison(out.measured, out.main, out.documents, out.baskets, out.index),
    "would_buy": lambda out: purchases.purchases(out["line_comparison"], out.costs, out.index),
    "unit_cost": lambda out: purchases.unit_cost(out.costs),
    "overlap": lambda out: out.measured.overlaps,
    "comparison": lambda out: declared_comparisons(out.declared, out.measured, out.documents, out.index),
    "health_vs_events": lambda out: headline.frame(out.main, out.index),
    "coverage": lambda out: coverage(
        out.measured.facts, out.documents, out.core["government"], out["health_vs_events"]
    ),
    "alert": lambda out: alerts(
        out.core, out.measured, out["health_vs_events"], out["cross_classification"], out["cross_source"]
    ),
    "methodology": lambda out: methodology(out.declared, out.index),
    "seal_error": lambda _: seal_error(),
    "change": lambda out: changes(out.main, out.measured, out.index),
    "perimeter": lambda out: perimeter(out.measured.signatures),
    "institutional_change": lambda _: INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
    "ranking": lambda out: ranking(out["health_vs_events"], out.documents),
    "insurer": lambda _: INSURER.frame(reference.insurers()),
    "price_index": lambda out: price_index(out.index),
    "cross_classification": lambda out: cross_classification(out.measured.totals),
    "cross_source": lambda out: cross_source(out.measured.classes, out.measured.totals),
    "deviation": lambda out: deviations(out.classes, out.measured, out.index),
    "panel": lambda out: panel(out.classes, out.measured, out.core["amount"], out.index),
    "beside": lambda out: beside(out["panel"], out.documents, out.index),
    "series": lambda out: series(out["panel"], out["succession"], out.measured, out.health, out.index),
    "succession": lambda _: succession(load_successions()),
}

# What other tables, or the claims, stand on.
_LOOKED_AT_AGAIN = frozenset(
    {
        "line_all", "line_comparison", "health_vs_events", "cross_classification", "cross_source", "change", "panel",
        "succession",
    }
)  # fmt: skip


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
    return COMPARISON.frame(caveats.with_limits(whole, COMPARISON.name)[COMPARISON.frame_columns])
