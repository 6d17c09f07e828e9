"""From `core` to `out`: what is said of each government (`transforms.by_government`), and then what looks at all of them.

`out.check` is not made here: it comes from the expectations. Claims and cards are added by `transforms.claims.record`.
"""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from transforms import reference
from transforms.by_government import TABLES_BY_GOVERNMENT, ByGovernment
from transforms.compare import purchases
from transforms.compare.declared import Declared, load
from transforms.compare.prices import PriceIndex, inpc, price_index
from transforms.compare.ranking import ranking
from transforms.panel.beside import beside
from transforms.panel.places import places
from transforms.panel.successions import load_successions, succession
from transforms.tell.alerts import alerts
from transforms.tell.coverage import coverage
from transforms.tell.methodology import methodology
from transforms.tell.seal import seal_error
from warehouse.schema import TABLES
from warehouse.schema.out import INSTITUTIONAL_CHANGE, INSURER


def compare(
    core: Mapping[str, pd.DataFrame],
    declared: Declared | None = None,
    index: PriceIndex | None = None,
) -> "Out":
    """The `out` frames, by the part of their name after the stage; each is computed when it is asked for.

    `core` as `ByGovernment` takes it, of all documents. Definitions and price index default to the shipped ones. The text of
    the two tables of lines stays coded.
    """
    declared, index = declared or load(), index or inpc()
    return Out(ByGovernment(core, declared, index), core, declared, index)


class Out(Mapping[str, pd.DataFrame]):
    """Every frame, from those of `by_government`, whole; of `core` it looks at governments, documents and the sums that failed."""

    def __init__(
        self,
        by_government: Mapping[str, pd.DataFrame],
        core: Mapping[str, pd.DataFrame],
        declared: Declared,
        index: PriceIndex,
    ) -> None:
        self.by_government, self.core, self.declared, self.index = by_government, core, declared, index
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._made:
            return self._made[name]
        made = OF_ALL[name](self) if name in OF_ALL else self.by_government[name]
        if name in _LOOKED_AT_AGAIN:
            self._made[name] = made
        return made

    def __iter__(self) -> Iterator[str]:
        yield from (name for name, (table, _) in TABLES_BY_GOVERNMENT.items() if table.name in TABLES)
        yield from (name for name in OF_ALL if name not in TABLES_BY_GOVERNMENT)

    def __len__(self) -> int:
        return len(list(iter(self)))


OF_ALL: dict[str, Callable[[Out], pd.DataFrame]] = {
    "deviation": lambda out: _with_places(out.by_government["deviation"], out.core["document"]),
    "unit_cost": lambda _: purchases.unit_cost(purchases.costs(reference.unit_costs())),
    "coverage": lambda out: coverage(
        out.by_government["holding"], out.core["document"], out.core["government"], out["health_vs_events"]
    ),
    "alert": lambda out: alerts(
        out.core, out.by_government["finding"], out.by_government["failing_line"], out["health_vs_events"],
        out["cross_classification"], out["cross_source"],
    ),
    "methodology": lambda out: methodology(out.declared, out.index),
    "seal_error": lambda _: seal_error(),
    "institutional_change": lambda _: INSTITUTIONAL_CHANGE.frame(reference.institutional_changes()),
    "ranking": lambda out: ranking(out["health_vs_events"], out.core["document"]),
    "insurer": lambda _: INSURER.frame(reference.insurers()),
    "price_index": lambda out: price_index(out.index),
    "beside": lambda out: beside(out["panel"], out.core["document"], out.index),
    "succession": lambda _: succession(load_successions()),
}  # fmt: skip

# What others, or the claims, stand on.
_LOOKED_AT_AGAIN = frozenset(
    {"line_all", "health_vs_events", "cross_classification", "cross_source", "change", "panel"}
)


def _with_places(deviations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    return deviations.assign(**places(deviations, documents))
