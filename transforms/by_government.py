"""What of `out` is said of each government by itself, and the rows in which the others are told what they need of it.

All documents in which a government stands are looked at together, for some governments at once; what sets governments side by side
is for `transforms.out`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

import pandas as pd

from transforms import reference
from transforms.compare import caveats, headline, purchases
from transforms.compare.changes import changes
from transforms.compare.cross_checks import cross_classification, cross_source
from transforms.compare.declared import Declared, comparisons
from transforms.compare.line_comparison import line_comparison
from transforms.compare.prices import PriceIndex
from transforms.compare.stability import within_year
from transforms.measure.facts import of_these
from transforms.measure.measured import Measured, measure
from transforms.measure.perimeter import BUDGET
from transforms.measure.signature import perimeter
from transforms.panel import series as of_years
from transforms.panel.deviation import deviations
from transforms.panel.panel import budget_classes, panel
from transforms.panel.successions import load_successions, succession
from transforms.tell.alerts import failing_lines, findings
from transforms.tell.coverage import holdings
from transforms.tell.published_lines import line, line_all
from transforms.tell.working_tables import FAILING_LINE, FINDING, HOLDING
from warehouse.schema import TABLES, Table
from warehouse.schema.comparing import COMPARISON


class ByGovernment(Mapping[str, pd.DataFrame]):
    """The frames of TABLES_BY_GOVERNMENT, each computed when it is asked for; what nothing else stands on is not kept.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation': of all documents in which one of the
    governments `of` stands, and whatever documents have the same bytes. What these say of other governments is left out. None
    among them stands for amounts whose government is unknown; without `of`, all are told of.
    """

    def __init__(
        self,
        core: Mapping[str, pd.DataFrame],
        declared: Declared,
        index: PriceIndex,
        of: Collection[str | None] | None = None,
    ) -> None:
        self.core, self.declared, self.index, self.of = core, declared, index, of
        self.documents, self.baskets = core["document"], declared.baskets
        self._made: dict[str, pd.DataFrame] = {}

    @cached_property
    def measured(self) -> Measured:
        """What all of them start from."""
        return measure(self.core, self.baskets, self.of)

    @cached_property
    def main(self) -> headline.Headline:
        """Health against events."""
        return headline.compare_budgets(self.measured, self.documents, self.baskets, self.index)

    @cached_property
    def classes(self) -> pd.DataFrame:
        """What the panel is chosen from."""
        return budget_classes(self.measured, self.documents, self.baskets)

    @property
    def health(self) -> set[str]:
        """The baskets of health."""
        return {basket.id for basket in self.baskets if basket.purpose == "health"}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            made = _MADE_BY[name](self)
            if self.of is not None:
                made = made[of_these(made["government_id"], self.of)].reset_index(drop=True)
            if name not in _LOOKED_AT_AGAIN:
                return made
            self._made[name] = made
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_MADE_BY)

    def __len__(self) -> int:
        return len(_MADE_BY)


_MADE_BY: dict[str, Callable[[ByGovernment], pd.DataFrame]] = {
    "line_all": lambda of: line_all(of.measured.facts, of.measured.lines, of.core["amount"]),
    "line": lambda of: line(of.measured.facts, of.measured.lines, of.measured.added),
    "holding": lambda of: holdings(of.measured.facts),
    "finding": lambda of: findings(of.measured),
    "failing_line": lambda of: failing_lines(of.measured.facts, of.core["reconciliation"]),
    "line_comparison": lambda of: line_comparison(of.measured, of.main, of.documents, of.baskets, of.index),
    "would_buy": lambda of: purchases.purchases(
        of["line_comparison"], purchases.costs(reference.unit_costs()), of.index
    ),
    "overlap": lambda of: of.measured.overlaps,
    "comparison": lambda of: declared_comparisons(of.declared, of.measured, of.documents, of.index),
    "health_vs_events": lambda of: headline.frame(of.main, of.index),
    "change": lambda of: changes(of.main, of.measured, of.index),
    "perimeter": lambda of: perimeter(of.measured.signatures),
    "cross_classification": lambda of: cross_classification(of.measured.totals),
    "cross_source": lambda of: cross_source(of.measured.classes, of.measured.totals),
    "deviation": lambda of: deviations(of.classes, of.measured, of.index),
    "panel": lambda of: panel(of.classes, of.measured, of.core["amount"], of.index),
    "series": lambda of: of_years.series(of["panel"], succession(load_successions()), of.measured, of.health, of.index),
}
_LOOKED_AT_AGAIN = frozenset({"line_comparison", "panel"})
_WORKING = {"holding": HOLDING, "finding": FINDING, "failing_line": FAILING_LINE}
# Each with the columns by which its rows are in order, however governments were taken together. Those of one government are in the
# order of whoever makes them.
_OF_GOVERNMENT = ("government_id",)
TABLES_BY_GOVERNMENT: dict[str, tuple[Table, tuple[str, ...]]] = {
    name: (_WORKING.get(name) or TABLES[f"out.{name}"], order)
    for name, order in {
        "line_all": ("document_id", "line_id", "column"),
        "line": ("document_id", "line_id", "fiscal_year"),
        "holding": ("document_id", "government_id", "fiscal_year"),
        "finding": _OF_GOVERNMENT,
        "failing_line": ("document_id", "line_id"),
        "line_comparison": (*BUDGET, "line_id", "column"),
        "would_buy": ("line_id", "column", "same_year", "unit_cost_id"),
        "overlap": (*BUDGET, "basket"),
        "comparison": ("comparison_id", *BUDGET),
        "health_vs_events": tuple(BUDGET),
        "change": _OF_GOVERNMENT,
        "perimeter": tuple(BUDGET),
        "cross_classification": _OF_GOVERNMENT,
        "cross_source": _OF_GOVERNMENT,
        "deviation": _OF_GOVERNMENT,
        "panel": _OF_GOVERNMENT,
        "series": _OF_GOVERNMENT,
    }.items()
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
    ordered = caveats.with_limits(whole, COMPARISON.name).sort_values(["comparison_id", *BUDGET], kind="stable")
    return COMPARISON.frame(ordered[COMPARISON.frame_columns])
