"""Real pesos and what money would buy: exact arithmetic on centavos, with a price index that can be replaced.

Which amounts are deflated, and what is refused for want of an index, is in the comparisons. Forecast or partial
years are marked here and never used as a base.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms import reference
from warehouse.schema.out import PRICE_INDEX

SCALE = 6  # decimals of an index kept; INEGI publishes three


@dataclass(frozen=True)
class PriceIndex:
    """An annual index in millionths: `values` by year, and the years that are partial or forecast."""

    name: str
    source: str
    values: dict[int, int]
    partial: frozenset[int] = frozenset()

    @property
    def base(self) -> int:
        """The latest full year: what real pesos are expressed in."""
        return max(year for year in self.values if year not in self.partial)

    def has(self, years: pd.Series) -> pd.Series:
        """Whether it has each year."""
        return years.isin(self.values)

    def is_partial(self, years: pd.Series) -> pd.Series:
        """Whether each year is partial or a forecast."""
        return years.isin(self.partial)


@cache
def inpc() -> PriceIndex:
    """Consumer prices, annual averages (INEGI)."""
    return _index("INPC", reference.INPC_SOURCE, reference.inpc(), "inpc")


@cache
def inpc_december() -> PriceIndex:
    """Consumer prices of December (INEGI), only for reading a change as those who use them print it."""
    return _index("INPC de diciembre", reference.DECEMBER_SOURCE, reference.inpc_december(), "inpc")


@cache
def gdp_deflator() -> PriceIndex:
    """The implicit deflator of GDP (INEGI), for reading a comparison under another index."""
    return _index("deflactor del PIB", reference.DEFLATOR_SOURCE, reference.gdp_deflator(), "deflator")


def _index(name: str, source: str, frame: pd.DataFrame, column: str) -> PriceIndex:
    values = {int(year): int(value.scaleb(SCALE)) for year, value in zip(frame["year"], frame[column], strict=True)}
    open_years = frame.loc[frame["status"] != "final", "year"] if "status" in frame else ()
    return PriceIndex(name, source, values, frozenset(map(int, open_years)))


def price_index(index: PriceIndex) -> pd.DataFrame:
    """As `out.price_index`: the index in use and the two that changes are read again with."""
    rows = [
        {
            "name": of.name,
            "year": year,
            "value": value / 10**SCALE,
            "status": "partial_or_forecast" if year in of.partial else "final",
            "source": of.source,
        }
        for of in (index, gdp_deflator(), inpc_december())
        for year, value in sorted(of.values.items())
    ]
    return PRICE_INDEX.frame(rows)


def deflate(centavos: pd.Series, years: pd.Series, index: PriceIndex, to: int | None = None) -> pd.Series:
    """Centavos of each year in centavos of year `to` (the base year of the index), rounded half to even.

    Null where the amount is null or the index lacks the year. Exact: integers only. The amount is split by the
    divisor first, so that no product leaves 64 bits for any amount below ten million million pesos.
    """
    target = index.values[to if to is not None else index.base]
    computable = (centavos.notna() & index.has(years)).to_numpy(dtype=bool)
    divisor = years[computable].map(index.values).to_numpy(dtype="int64")
    result = pd.Series(pd.NA, index=centavos.index, dtype="Int64")
    result[computable] = rescale(centavos[computable].to_numpy(dtype="int64"), target, divisor)
    return result


def rescale(amount: npt.NDArray[np.int64], times: int, divisor: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Gives amount × times / divisor, rounded half to even, in integers."""
    whole, rest = np.divmod(amount, divisor)
    part, left = np.divmod(rest * times, divisor)
    floor = whole * times + part
    up = (2 * left > divisor) | ((2 * left == divisor) & (floor % 2 != 0))
    nearest: npt.NDArray[np.int64] = floor + up
    return nearest


def would_buy(centavos: pd.Series, unit_cost_centavos: pd.Series) -> pd.Series:
    """Units an amount buys, both at prices of one year; two decimals. A count for reading, not money."""
    return (centavos / unit_cost_centavos).astype("Float64").round(2)


def round_half_even(numerator: int, denominator: int) -> int:
    """A quotient of integers, rounded half to even."""
    floor, left = divmod(numerator, denominator)
    return floor + int(2 * left > denominator or (2 * left == denominator and floor % 2 == 1))
