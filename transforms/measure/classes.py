"""One amount per budget and class: what each document says of each chapter, concept and function, and of the whole.

Where a document prints a class in several tables, the table of the whole budget speaks, the proven one first; tables
are never added. Comparing what different tables or documents say is for `transforms.compare.cross_checks` and `signature`.
"""

import pandas as pd

from transforms.measure.baskets import NOT_SPENDING
from transforms.measure.candidates import AMOUNT_STAGES, VIEW, view_totals
from transforms.measure.coded_text import coded, take
from transforms.measure.joined_texts import join_texts
from transforms.measure.perimeter import BUDGET
from transforms.measure.working_tables import CLASS, SPENT
from transforms.measure.working_tables import TOTAL as TOTAL_OF_BUDGET

DETAIL_NEAR = 10  # a tenth
CODES = {"object": "object_code", "function": "function_code"}
OF_BUDGET = [*BUDGET, "kind", "period_start", "period_end"]
_OF_VIEWS = ("view_id", "rank", "budget", "part", "view_by")
_NEEDED = [name for name in SPENT.frame_columns if name not in _OF_VIEWS]
_SAYS_TOTAL = r"\btotal(?:es)?\b"


def budget_rows(joined: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """SPENT: the spending amounts that speak for a stage, of documents replaced or not, with their view.

    `rank` counts the views of all budgets from the best: the whole budget, proven, the largest. Unreadable amounts stay,
    null: what is missing must be seen to be missing.
    """
    usable = joined["principal"] & joined["stage"].isin(AMOUNT_STAGES) & (joined["row_kind"] != "memo")
    placed = joined[["government_id", "fiscal_year"]].notna().all(axis=1)
    rows = joined.loc[usable & placed & ~joined["classification"].isin(NOT_SPENDING), _NEEDED]
    rows = rows.assign(verified=rows["verified"].astype("bool") & ~rows["echo"] & ~rows["unit_jump"])
    rows["view_id"] = rows.groupby(VIEW, dropna=False, sort=False).ngroup()
    views = view_totals(rows[rows["amount_centavos"].notna()], tables)
    views = take(rows.drop_duplicates("view_id"), columns=["view_id", *VIEW]).merge(views, on=VIEW, how="left")
    views["part"] = views["scope"] == "part"
    views = views.sort_values(
        ["part", "total_verified", "total_centavos", "table"], ascending=[True, False, False, True], kind="stable"
    )
    views["rank"] = range(len(views))
    views["budget"] = views.groupby(BUDGET, dropna=False, sort=False).ngroup()
    of_view = coded(views.set_index("view_id")[["rank", "budget", "part", "view_by"]])
    return pd.concat([rows, of_view.loc[rows["view_id"]].set_axis(rows.index)], axis=1)[SPENT.frame_columns]


def classes(rows: pd.DataFrame) -> pd.DataFrame:
    """CLASS: chapters and concepts, finalidades and functions, from SPENT.

    A class that a table prints more than once, for several bodies and not for
    all together, is not taken from it.
    """
    parts = []
    for by, column in CODES.items():
        part = take(rows, (rows["classification"] == by) & (rows[column].str.len() <= 2))
        parts.append(part.assign(by=by, code=part[column]))
    printed = pd.concat(parts, ignore_index=True)
    printed["whole"] = printed["administrative_name"].isna()
    group = printed.groupby(["view_id", "by", "code"], sort=False)
    alone = (group["line_id"].transform("size") == 1) | (printed["whole"] & (group["whole"].transform("sum") == 1))
    best = printed[alone].sort_values("rank", kind="stable").drop_duplicates(["budget", "by", "code"])
    return best[CLASS.frame_columns]


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """TOTAL: the whole of each budget by each classification, from its best table of SPENT.

    The whole is the printed total, proven or not; where none is printed, the sum of the chapters or finalidades. A sum
    with an unreadable amount is missing.
    """
    whole = rows["view_by"].isin([*CODES, "administrative"]) & ~rows["part"].fillna(False).astype("bool")
    rank = rows["rank"].where(whole)
    best = rows[rank == rank.groupby([rows["budget"], rows["view_by"]]).transform("min")]
    codes = take(best, columns=["object_code", "function_code"])
    code = codes["object_code"].where(best["view_by"] == "object", codes["function_code"])
    code = code.where(best["view_by"] != "administrative")
    # A total that does not add up is not recognised as one by its place, and still says what it is.
    largest = best["amount_centavos"] == best.groupby("view_id")["amount_centavos"].transform("max")
    unproven = (best["row_kind"] == "detail") & code.isna() & largest.fillna(False)
    unproven[unproven] = best.loc[unproven, "name"].astype("str").str.contains(_SAYS_TOTAL, case=False).fillna(False)
    printed = best[(best["row_kind"] == "total") | unproven]
    printed = printed.sort_values(["verified", "amount_centavos"], ascending=False, kind="stable")
    whole = _sum(printed.drop_duplicates("view_id"))
    chapters = _sum(best[(code.str.len() == 1).fillna(False)], once=code)
    firsts = [*OF_BUDGET, "government", "superseded", "citable", "view_by"]
    views = take(best.drop_duplicates("view_id"), columns=["view_id", "page", *firsts]).set_index("view_id")
    for column in ("amount_centavos", "verified", "line_ids"):
        views[column] = whole[column].reindex(views.index)
        views[column] = views[column].where(views[column].notna(), chapters[column].reindex(views.index))
    finest = ~best["line"].isin(best["parent"]) & (best["row_kind"] != "total") & ~unproven
    leaves = best.loc[finest, ["view_id", "amount_centavos"]].groupby("view_id", sort=False)["amount_centavos"]
    detail = leaves.sum().where(leaves.count() == leaves.size()).reindex(views.index)
    # Further than that from the whole, the tree of the table was not understood, and says nothing of the money.
    near = (detail - views["amount_centavos"]).abs() * DETAIL_NEAR <= views["amount_centavos"].abs()
    views["detail_centavos"] = detail.where(near.fillna(False))
    return views.reset_index(drop=True).rename(columns={"view_by": "by"})[TOTAL_OF_BUDGET.frame_columns]


def _sum(rows: pd.DataFrame, once: pd.Series | None = None) -> pd.DataFrame:
    """Sums by view, null where an amount is unreadable; with `once`, only views with several classes, each once."""
    if once is not None:
        rows = rows.assign(once=once.reindex(rows.index))  # a frame without rows would take those of the series
        twice = rows[rows.duplicated(["view_id", "once"])]["view_id"]
        rows = rows[~rows["view_id"].isin(twice) & rows.duplicated("view_id", keep=False)]
    sums = rows.groupby("view_id", sort=False).agg(
        amount_centavos=("amount_centavos", "sum"),
        read=("amount_centavos", "count"),
        size=("line_id", "size"),
        verified=("verified", "all"),
    )
    line_ids = join_texts(rows["line_id"], rows["view_id"], ";")
    whole = sums["amount_centavos"].where(sums["read"] == sums["size"])
    return sums.assign(amount_centavos=whole, line_ids=line_ids)
