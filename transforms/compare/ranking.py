"""`out.ranking`: places of governments as intervals, or a list without places where their rows are not comparable.

Rows that are ranked must be comparable with one another. INEGI's health transfers are from 0.82 to 2.80 times what the health
accounts (SICUENTAS: FASSA and state spending) count for the same state and year: a place by the ratio to them would order
perimeters, not governments. A place is given as the interval of places under the alternatives, never as one number.
"""

import pandas as pd

from transforms import reference
from transforms.compare.cross_checks import is_whole_year
from transforms.measure.refusals import true
from warehouse.schema.out import RANKING

_GROUP = ["measure", "fiscal_year", "stage", "kind"]
FEWEST = 3  # governments that make a ranking
ALIKE = 1.25  # how many times the least of two perimeters the most may be
_SHOWN = ("events", "advertising")


def ranking(versus: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Every measure of every year, stage and kind of document. `versus` is `out.health_vs_events`, `documents` `core.document`."""
    rows = versus.merge(documents[["document_id", "kind"]], on="document_id", how="left")
    whole = is_whole_year(rows) & (rows["kind"] != "secundaria")
    rows = rows[whole].sort_values("document_id", kind="stable")
    rows = rows.drop_duplicates(["government_id", "fiscal_year", "stage", "kind"])
    accounts = reference.health_accounts().set_index(["government_id", "year"])["pesos"] * 100
    keys = pd.MultiIndex.from_frame(rows[["government_id", "fiscal_year"]].astype("object"))
    counted = pd.Series(accounts.reindex(keys).to_numpy(), index=rows.index).astype("Float64")
    rows["health_over_accounts"] = rows["health_centavos"].astype("Float64") / counted.where(counted > 0)
    parts = [_measure(rows, item, counted, over) for item in _SHOWN for over in (False, True)]
    every = pd.concat(parts, ignore_index=True)
    placed = pd.concat([_place(group) for _, group in every.groupby(_GROUP, sort=False)]) if len(every) else every
    ordered = placed.sort_values([*_GROUP, "government"], kind="stable") if len(every) else placed
    return RANKING.frame(ordered.reindex(columns=RANKING.frame_columns))


def _measure(rows: pd.DataFrame, item: str, counted: pd.Series, over_health: bool) -> pd.DataFrame:
    """The rows of one measure, with each reading of it: over inhabitants and net spending, or over health as two sources count it."""
    amount = rows[f"{item}_centavos"].astype("Float64")
    if over_health:
        value = rows[f"{item}_share_of_health"]
        other = (amount / counted.where(counted > 0)).where(value.notna())
    else:
        value = rows[f"{item}_per_inhabitant_centavos"].astype("Float64") / 100
        net = rows["net_total_centavos"].astype("Float64")
        other = (amount / net.where(net > 0)).where(value.notna())
    name = f"{item}_over_health" if over_health else f"{item}_per_inhabitant"
    there = true(value.notna())
    return rows.assign(measure=name, value=value, other=other, over_health=over_health)[there]


def _place(group: pd.DataFrame) -> pd.DataFrame:
    """The first and the last place of each government under the readings; null where the group is a list."""
    first = group["value"].rank(ascending=False, method="min")
    second = group["other"].rank(ascending=False, method="min")
    reason = pd.Series(None, index=group.index, dtype="object")
    if len(group) < FEWEST:
        reason[:] = "few_governments"
    elif group["over_health"].iloc[0] and not _is_alike(group["health_over_accounts"]):
        reason[:] = "different_perimeter"
    elif group["other"].isna().any():
        reason[:] = "total_contents_unknown"
    ranked = reason.isna()
    places = pd.concat([first, second], axis=1)
    return group.assign(
        governments=len(group),
        first_place=places.min(axis=1).where(ranked).astype("Int64"),
        last_place=places.max(axis=1).where(ranked).astype("Int64"),
        not_ranked=reason.astype("str"),
    )


def _is_alike(ratios: pd.Series) -> bool:
    """Whether the perimeters of health of all rows are known, and near one another."""
    return bool(ratios.notna().all() and ratios.min() > 0 and ratios.max() <= ALIKE * ratios.min())
