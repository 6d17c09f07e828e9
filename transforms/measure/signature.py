"""`out.perimeter`: the signature of what each document covers, and whether it jumped.

Money moved inside the sector (concepts 4100 and 4200), transfers between governments (function 4.2), health and the list of
bodies tell whether two years, or two versions of one year, speak of the same perimeter. A jump refuses comparisons
across it, in `transforms.compare.changes` and `transforms.compare.headline`.
"""

import pandas as pd

from transforms.measure.classes import OF_BUDGET
from transforms.measure.coded_text import take
from transforms.measure.joined_texts import join_texts
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import is_near_zero, join_codes
from transforms.measure.working_tables import SIGNATURE
from warehouse.schema.out import PERIMETER
from warehouse.schema.text import words

JUMP = 0.10  # of the total: what moved has to be a tenth of all spending
SERIES = ["government_id", "kind", "stage", "period"]
_SHARES = ("transfers_share", "transfers_share_without_debt", "function_42_share")


def signature(spent: pd.DataFrame, classes: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """SIGNATURE, one row per budget, from SPENT, CLASS and TOTAL.

    Replaced documents are there: a newer version is compared with them.
    """
    rows = totals[[*OF_BUDGET, "government", "superseded", "citable"]].drop_duplicates(BUDGET)
    rows = pd.concat([rows, classes[rows.columns]]).drop_duplicates(BUDGET)
    for name, amounts in _amounts(classes, totals).items():
        rows = rows.merge(amounts.rename(f"{name}_centavos").reset_index(), on=BUDGET, how="left")
    rows = rows.merge(_bodies(spent), on=BUDGET, how="left")
    rows["period"] = period(rows)
    total, transfers = rows["total_centavos"], rows["transfers_centavos"]
    rows["transfers_share"] = _share(transfers, total)
    rows["transfers_share_without_debt"] = _share(transfers, total - rows["debt_centavos"].fillna(0))
    rows["function_42_share"] = _share(rows["function_42_centavos"], total)
    rows["health_share"] = _share(rows["health_centavos"], total)
    return _jumps(rows)[SIGNATURE.frame_columns]


def period(rows: pd.DataFrame) -> pd.Series:
    """The days of the year a budget covers, as 01-01/12-31, so that years compare; the whole year where none is named."""
    start, end = (pd.to_datetime(rows[name]).dt.strftime("%m-%d") for name in ("period_start", "period_end"))
    return (start.fillna("01-01") + "/" + end.fillna("12-31")).astype("str")


def _amounts(classes: pd.DataFrame, totals: pd.DataFrame) -> dict[str, pd.Series]:
    order = totals.sort_values("by", key=lambda by: by.map({"object": 0, "function": 1}).fillna(2), kind="stable")
    order = order[order["amount_centavos"].notna()].drop_duplicates(BUDGET)

    def of(by: str, *codes: str) -> pd.Series:
        of_codes = classes[(classes["by"] == by) & classes["code"].isin(codes)]
        groups = of_codes.groupby(BUDGET, dropna=False)["amount_centavos"]
        # A class that could not be read is missing, and so is the sum with it.
        return groups.sum(min_count=1).where(groups.count() == groups.size())

    return {
        "total": order.set_index(BUDGET)["amount_centavos"],
        "transfers": of("object", "41", "42"),
        "debt": of("object", "9"),
        "function_42": of("function", "42"),
        "health": of("function", "23"),
    }


def _bodies(rows: pd.DataFrame) -> pd.DataFrame:
    """The bodies that spend, by the names printed in the best table by body."""
    of_body = (rows["view_by"] == "administrative") & (rows["classification"] == "administrative")
    spends = (rows["row_kind"] != "total") & (rows["amount_centavos"] != 0).fillna(False)
    bodies = take(rows, of_body & spends, [*BUDGET, "budget", "rank", "administrative_name", "name"])
    bodies = bodies[bodies["rank"] == bodies.groupby("budget")["rank"].transform("min")]
    bodies = bodies.assign(body=bodies["administrative_name"].fillna(bodies["name"]))
    bodies = bodies[bodies["body"].notna()].drop_duplicates(["budget", "body"])
    budgets = bodies.drop_duplicates("budget").set_index("budget")[BUDGET]
    return budgets.assign(
        bodies=bodies["budget"].value_counts().astype("Int64"),
        bodies_list=join_texts(bodies["body"], bodies["budget"], "; "),
    )


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole.where(whole > 0)).astype("Float64")


def yearly(signatures: pd.DataFrame) -> pd.DataFrame:
    """One row per series and year: SERIES, fiscal_year, the shares, `total_centavos`, `transfers_centavos`, of all its documents together."""
    columns = [*_SHARES, "total_centavos", "transfers_centavos", "health_share", "bodies_list"]
    current = signatures[~signatures["superseded"].astype("bool")]
    return current.groupby([*SERIES, "fiscal_year"], dropna=False)[columns].first().reset_index()


def moved(now: pd.DataFrame, then: pd.DataFrame) -> pd.Series:
    """Whether the perimeter jumped between two rows of `yearly` set side by side.

    A refinanced debt swells the total of a year: the transfers must have moved with and without it.
    """
    by = {name: (now[name] - then[name]).abs() >= JUMP for name in _SHARES}
    transfers = by["transfers_share"].fillna(False) & by["transfers_share_without_debt"].fillna(False)
    return (transfers | by["function_42_share"].fillna(False)).astype("bool")


def _jumps(signatures: pd.DataFrame) -> pd.DataFrame:
    of_year = yearly(signatures)
    key = [*SERIES, "fiscal_year"]
    before = of_year.assign(fiscal_year=of_year["fiscal_year"] + 1)
    then = signatures[key].merge(before, on=key, how="left").set_axis(signatures.index)
    for name in ("transfers_share", "function_42_share"):
        signatures[f"{name}_before"] = then[name]
    signatures["bodies_kept"] = _kept(signatures["bodies_list"], then["bodies_list"])
    versions = signatures.groupby(key, dropna=False)[list(_SHARES)]
    apart = (versions.transform("max") - versions.transform("min")).ge(JUMP).fillna(False).any(axis=1)
    codes = pd.DataFrame({
        "year": moved(signatures, then),
        "version": apart.astype("bool"),
        "health_near_zero": is_near_zero(signatures["health_centavos"], signatures["total_centavos"]).fillna(False).astype("bool"),
    })  # fmt: skip
    return signatures.assign(jumps=join_codes(codes))


def _kept(now: pd.Series, then: pd.Series) -> pd.Series:
    """The share of the bodies of the year before that are found by name; the name of a body may change and it go on."""
    sets = {text: {words(name) for name in text.split("; ")} for text in pd.concat([now, then]).dropna().unique()}
    shares = [
        len(sets[a] & sets[b]) / len(sets[b]) if isinstance(a, str) and isinstance(b, str) else None
        for a, b in zip(now, then, strict=True)
    ]
    return pd.Series(shares, index=now.index, dtype="Float64")


def between_versions(signatures: pd.DataFrame) -> pd.MultiIndex:
    """The budgets whose year has versions that cover different money: which of them is right, nothing here says."""
    return pd.MultiIndex.from_frame(signatures.loc[signatures["jumps"].fillna("").str.contains("version"), BUDGET])


def perimeter(signatures: pd.DataFrame) -> pd.DataFrame:
    """As `out.perimeter`."""
    ordered = signatures.sort_values([*BUDGET, "period_end"], kind="stable")
    return PERIMETER.frame(ordered[PERIMETER.frame_columns])
