"""Sign stability: in how many other readings the sign of a number holds.

A change is read again with other prices, at other stages, and as a share of net spending with and without transfers inside
the sector. Pesos of the day are no reading of a change between years: that they rose says that prices did. That X is more or less than Y in one year is read again at every stage, without what the two share, and
without those transfers; prices of one year are one and the same, and are no reading.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from transforms.compare.prices import PriceIndex, gdp_deflator, inpc_december
from transforms.measure.candidates import TOTAL
from transforms.measure.perimeter import BUDGET, CENTRAL
from transforms.measure.refusals import true

NOT_CONTRASTED = "no se pudo contrastar"
READINGS = ["nominal_change", "real_change", "deflator_change", "december_change", "share_change", "net_share_change"]
_GROUP = ["government_id", "kind", "period", "item", "comparison", "year_from", "year_to"]


def read_change(pairs: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """Each reading of each pair as a proportion (0.10 is ten percent more), null where it cannot be had.

    Within one year prices are one and the same, and only the nominal reading and the shares are there. Of the whole,
    the reading without transfers is its real change; it has no share of itself. A perimeter that transfers leave (INEGI's
    statistics) has no such reading: they are not in it twice.
    """
    now, then = pairs["amount_centavos_to"].astype("Float64"), pairs["amount_centavos_from"].astype("Float64")
    over_years = pairs["comparison"] == "years"
    ratio = now / then.where(then > 0)
    prices = {name: _inflation(pairs, of).where(over_years) for name, of in _indexes(index).items()}
    total = _ratio(pairs["net_total_centavos_to"], pairs["net_total_centavos_from"])
    net = _ratio(
        pairs["net_total_centavos_to"] - pairs["transfers_centavos_to"],
        pairs["net_total_centavos_from"] - pairs["transfers_centavos_from"],
    ).mask(pairs["kind"] == CENTRAL)
    whole = pairs["item"] == "total"
    of_net = (ratio / net).mask(whole, (net / prices["real_change"]).where(over_years, net))
    ratios = {
        "nominal_change": ratio,
        **{name: ratio / inflation for name, inflation in prices.items()},
        "share_change": (ratio / total).mask(whole),
        "net_share_change": of_net,
    }
    frame = pd.DataFrame({name: value.astype("Float64") - 1 for name, value in ratios.items()})
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
    signs["nominal_change"] = signs["nominal_change"].mask(pairs["comparison"] == "years")
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
    sure = sound & headline.notna()
    text = "se sostiene en " + held.astype("str") + " de " + readings.astype("str") + " lecturas"
    forecast = true(pairs["deflator_forecast"]) & pairs["deflator_change"].notna()
    return pd.DataFrame({
        "readings": readings.astype("Int64").where(sure),
        "readings_held": held.where(sure),
        "stable": (held == readings).astype("boolean").where(sure),
        "holds": text.where(sure),
        "price_status": forecast.map({True: "forecast", False: "final"}),
    })  # fmt: skip


_SIGNS = {1: "greater", -1: "less", 0: "equal"}
_MAYOR = {1: "X mayor que Y", -1: "X menor que Y", 0: "X igual a Y"}
_ONE_YEAR = ["comparison_id", "government_id", "fiscal_year", "kind", "period_start", "period_end"]
# Each way to read one stage, in words.
_WAYS = {
    "plain": "",
    "x_outside": ", X sin lo que está dentro de Y",
    "y_outside": ", Y sin lo que también es X",
    "net": ", sin transferencias dentro del sector",
}


def within_year(
    rows: pd.DataFrame, overlaps: pd.DataFrame, signatures: pd.DataFrame, purpose: Mapping[str, str]
) -> pd.DataFrame:
    """sign, readings, readings_held, stable, holds (a sentence) and readings_list of each row of `out.comparison`.

    `rows` has the `kind` of its document beside; `overlaps` is `out.overlap`, `signatures` what `signature.signature`
    returned, `purpose` that of each basket. Rows that are refused have no reading and are none.
    """
    ways = _differences(rows, overlaps, signatures, purpose)
    signs = pd.DataFrame({way: np.sign(difference) for way, difference in ways.items()}).astype("Int64")
    signs = signs.where(rows["refusals"].isna())
    of_result = signs["plain"]
    group = rows[_ONE_YEAR].astype("object").where(rows[_ONE_YEAR].notna(), "")
    # One document speaks for each stage.
    spoken = pd.concat([group, rows["stage"]], axis=1)[of_result.notna()].drop_duplicates().index
    spoken_signs = signs.loc[spoken]
    keys = [group.loc[spoken, name] for name in _ONE_YEAR]
    counts = {sign: (spoken_signs == sign).fillna(False).sum(axis=1).groupby(keys).sum() for sign in _SIGNS}
    texts = _list_readings(spoken_signs, rows.loc[spoken, "stage"]).groupby(keys).agg("; ".join)
    of_row = pd.MultiIndex.from_frame(group)
    number = {sign: _of(of_row, count, rows.index).astype("Int64") for sign, count in counts.items()}
    readings = number[1] + number[-1] + number[0]
    held = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    for sign, count in number.items():
        held = held.mask(true(of_result == sign), count)
    read = of_result.notna()
    several = "se sostiene en " + held.astype("str") + " de " + readings.astype("str") + " lecturas"
    holds = of_result.map(_MAYOR).astype("str") + ": " + several.where(true(readings > 1), NOT_CONTRASTED)
    return pd.DataFrame({
        "sign": of_result.map(_SIGNS).astype("str"),
        "readings": readings.where(read),
        "readings_held": held,
        "stable": (held == readings).astype("boolean").where(read & true(readings > 1)),
        "holds": holds.where(read),
        "readings_list": _of(of_row, texts, rows.index).where(read),
    })  # fmt: skip


def _of(of_row: pd.MultiIndex, values: pd.Series, index: pd.Index) -> pd.Series:
    return pd.Series(values.reindex(of_row).to_numpy(), index=index)


def _list_readings(signs: pd.DataFrame, stage: pd.Series) -> pd.Series:
    """devengado: X menor que Y; devengado, sin transferencias dentro del sector: X menor que Y."""
    parts = [
        (stage + words + ": " + signs[way].map(_MAYOR).astype("str")).where(signs[way].notna()).fillna("")
        for way, words in _WAYS.items()
    ]
    return pd.Series(["; ".join(filter(None, row)) for row in zip(*parts, strict=True)], index=stage.index, dtype="str")


def _differences(
    rows: pd.DataFrame, overlaps: pd.DataFrame, signatures: pd.DataFrame, purpose: Mapping[str, str]
) -> dict[str, pd.Series]:
    """X less Y as each way reads it, null where it cannot be had. What is shared comes out of one side at a time."""
    x, y = (rows[f"{side}_amount_centavos"].astype("Int64") for side in "xy")
    measured = overlaps[overlaps["status"] == "measured"].set_index([*BUDGET, "basket"])["inside_health_centavos"]
    shared = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    for side, other in (("x", "y"), ("y", "x")):
        beside_health = rows[f"{other}_basket"].map(purpose) == "health"
        of = rows[BUDGET].assign(document_id=rows[f"{side}_document_id"], basket=rows[f"{side}_basket"])
        inside = pd.Series(measured.reindex(pd.MultiIndex.from_frame(of)).to_numpy(), index=rows.index)
        shared = shared.mask(beside_health, inside.astype("Int64"))
    shared = shared.where(true(shared > 0))
    transfers = signatures.drop_duplicates(BUDGET).set_index(BUDGET)["transfers_centavos"]
    moved = pd.Series(transfers.reindex(pd.MultiIndex.from_frame(rows[BUDGET])).to_numpy(), index=rows.index)
    moved = moved.astype("Int64").where(true(moved.astype("Int64") > 0))
    moved = moved.mask(rows["kind"] == CENTRAL)
    of_total = rows["y_basket"] == TOTAL
    return {
        "plain": x - y,
        "x_outside": x - shared - y,
        "y_outside": x - (y - shared),
        "net": (x - (y - moved)).where(of_total, (x - moved - y).where(rows["x_basket"] == TOTAL)),
    }
