"""The inputs of an affordability card: a number with its source and evidence, a fact of the reference, or a quotient.

What is computed from them is in `transforms.claims.cards`.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, Self

import pandas as pd
from pydantic import model_validator

from transforms import reference
from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.vocabulary import EVIDENCE


class Resolved(NamedTuple):
    """A number with where it comes from and how well it is known."""

    value: Fraction
    source: str
    evidence: str


class Input(Strict):
    """Exactly one of `value` (with source and evidence), `fact` (health_facts.csv) or `cost` (a unit cost); `over` divides."""

    value: Decimal | None = takes("a number from zero up", "un número, de cero en adelante", None, ge=0)
    fact: str | None = None
    cost: str | None = None
    over: "Input | None" = None
    source: str | None = None
    evidence: str | None = None

    @model_validator(mode="after")
    def _resolves(self) -> Self:
        if sum(part is not None for part in (self.value, self.fact, self.cost)) != 1:
            raise RuleError(
                "give one of value (a number), fact (of health_facts.csv) or cost (a unit cost)",
                "dé una de value (número), fact (dato de health_facts.csv) o cost (costo unitario)",
            )
        if self.value is not None and (not self.source or self.evidence not in EVIDENCE):
            raise RuleError(
                f"a value has source (where it comes from) and evidence, one of {', '.join(EVIDENCE)}",
                f"un value lleva source (de dónde sale) y evidence, una de {', '.join(EVIDENCE)}",
            )
        if self.over is not None and self.over.resolved.value == 0:
            raise RuleError("over cannot be zero", "over no puede ser cero")
        _ = self.resolved
        return self

    @property
    def resolved(self) -> Resolved:
        """The number with where it comes from. Raises ValueError for a fact or cost that the reference does not have."""
        alone = self._resolve_alone()
        if self.over is None:
            return alone
        by = self.over.resolved
        weakest = max((alone.evidence, by.evidence), key=list(EVIDENCE).index)
        return Resolved(alone.value / by.value, f"{alone.source}, entre {by.source}", weakest)

    def _resolve_alone(self) -> Resolved:
        if self.value is not None:
            return Resolved(Fraction(self.value), str(self.source), str(self.evidence))
        if self.fact is not None:
            facts = reference.health_facts().set_index("fact_id")
            row = facts.loc[_require(self.fact, facts.index, "fact")]
            note = "" if row["note"] != row["note"] else f". {row['note']}"
            name = f"{row['institution']} {row['year']}, {row['item']}: {row['value']:,} ({row['source']}{note})"
            return Resolved(Fraction(row["value"]), name, row["evidence"])
        costs = reference.unit_costs().set_index("unit_cost_id")
        row = costs.loc[_require(str(self.cost), costs.index, "cost")]
        level = "" if row["level"] != row["level"] else f", nivel {row['level']}"
        return Resolved(Fraction(str(row["pesos"])), f"{row['service']}{level}: {row['source']}", row["evidence"])


def _require(name: str, names: pd.Index, field: str) -> str:
    """The name, if the reference has it. Raises RuleError, with some of the names that it has."""
    if name not in names:
        raise RuleError(
            f"{field}: «{name}» is not in the reference; there are such as {', '.join(list(names)[:3])}",
            f"{field}: «{name}» no está en la referencia; las hay como {', '.join(list(names)[:3])}",
        )
    return name


class Interval(Strict):
    """Low, mid and high, from the smallest need to the largest; or `all` for the three."""

    all: Input | None = None
    low: Input | None = None
    mid: Input | None = None
    high: Input | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        three = (self.low, self.mid, self.high)
        if (self.all is None) == any(part is None for part in three) or (self.all and any(three)):
            raise RuleError("give low, mid and high, or all alone", "dé low, mid y high, o solo all")
        low, mid, high = (self.of(reading).value for reading in ("low", "mid", "high"))
        if not low <= mid <= high:
            raise RuleError("low, mid and high go from least to most", "low, mid y high van de menor a mayor")
        return self

    def of(self, reading: str) -> Resolved:
        """The number of a reading: low, mid or high."""
        chosen = self.all or getattr(self, reading)
        return chosen.resolved


class UnitCost(Interval):
    """Pesos per person and year, of one `year`; `pensions` says whether health stands apart from them."""

    year: int = takes("the year of the pesos of the cost", "el año de los pesos del costo", ge=1980, le=2100)
    pensions: Literal["separated", "included", "unknown"]
    pensions_source: str = takes(
        "how it is known whether pensions stand apart", "cómo se sabe si las pensiones están aparte", min_length=10
    )


class Contributions(Interval):
    """Pesos per person and year, with the family, of one `year`; the reading with the least need takes the most."""

    year: int = takes("the year of the pesos", "el año de los pesos", ge=1980, le=2100)
