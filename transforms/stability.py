"""Sign stability: a change read again with other prices, at other stages, and as a share of the total with and without
transfers inside the sector; in how many of those readings its sign holds.
"""

import numpy as np
import pandas as pd

from transforms.prices import PriceIndex, gdp_deflator, inpc_december
from transforms.refusals import true

READINGS = ["nominal_change", "real_change", "deflator_change", "december_change", "share_change", "net_share_change"]
_GROUP = ["government_id", "kind", "period", "item", "comparison", "year_from", "year_to"]


def measured(pairs: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """Each reading of each pair as a proportion (0.10 is ten percent more), null where it cannot be had.

    Within one year prices are one and the same, and only the nominal reading and the shares are there. Of the whole,
    the reading without transfers is its real change; it has no share of itself.
    """
    now, then = pairs["amount_to"].astype("Float64"), pairs["amount_from"].astype("Float64")
    over_years = pairs["comparison"] == "years"
    ratio = now / then.where(then > 0)
    prices = {name: _inflation(pairs, of).where(over_years) for name, of in _indexes(index).items()}
    total = _ratio(pairs["total_to"], pairs["total_from"])
    net = _ratio(pairs["total_to"] - pairs["transfers_to"], pairs["total_from"] - pairs["transfers_from"])
    whole = pairs["item"] == "total"
    of_net = (ratio / net).mask(whole, (net / prices["real_change"]).where(over_years, net))
    found = {
        "nominal_change": ratio,
        **{name: ratio / inflation for name, inflation in prices.items()},
        "share_change": (ratio / total).mask(whole),
        "net_share_change": of_net,
    }
    frame = pd.DataFrame({name: value.astype("Float64") - 1 for name, value in found.items()})
    return frame.assign(deflator_forecast=gdp_deflator().is_partial(pairs["year_to"]) & over_years)


def _indexes(index: PriceIndex) -> dict[str, PriceIndex]:
    return {"real_change": index, "deflator_change": gdp_deflator(), "december_change": inpc_december()}


def _inflation(pairs: pd.DataFrame, index: PriceIndex) -> pd.Series:
    later, earlier = (pairs[name].map(index.values).astype("Float64") for name in ("year_to", "year_from"))
    return later / earlier


def _ratio(now: pd.Series, then: pd.Series) -> pd.Series:
    now, then = now.astype("Float64"), then.astype("Float64")
    return now.where(now > 0) / then.where(then > 0)


def stability(pairs: pd.DataFrame, sound: pd.Series) -> pd.DataFrame:
    """readings, readings_held, stable, holds (a sentence), price_status. `sound` are the pairs that are not refused.

    The readings of a change over years are those of all stages in which it can be had. The sign that must hold is the
    real one; over stages, the nominal one.
    """
    signs = np.sign(pairs[READINGS].where(sound))
    group = [pairs[name] for name in _GROUP]
    # Over stages each pair is another question, and is read by itself.
    group.append((pairs["stage_from"] + pairs["stage_to"]).where(pairs["comparison"] == "stages", ""))
    counts = {
        sign: (signs == sign).fillna(False).sum(axis=1).groupby(group, dropna=False).transform("sum")
        for sign in (-1, 0, 1)
    }
    readings = counts[-1] + counts[0] + counts[1]
    headline = np.sign(pairs["real_change"].where(pairs["comparison"] == "years", pairs["nominal_change"]))
    held = pd.Series(0, index=pairs.index).astype("Int64")
    for sign, count in counts.items():
        held = held.mask(true(headline == sign), count)
    known = sound & headline.notna()
    text = "se sostiene en " + held.astype("str") + " de " + readings.astype("str") + " lecturas"
    forecast = true(pairs["deflator_forecast"]) & pairs["deflator_change"].notna()
    return pd.DataFrame({
        "readings": readings.astype("Int64").where(known),
        "readings_held": held.where(known),
        "stable": (held == readings).astype("boolean").where(known),
        "holds": text.where(known),
        "price_status": forecast.map({True: "forecast", False: "final"}),
    })  # fmt: skip
