"""One amount per budget and class: what each document says of each chapter, concept and function, and of the whole.

Where a document prints a class in several tables, the table of the whole budget speaks, the proven one first; tables
are never added. Comparing what different tables or documents say is for `scorecard`, `cross_source` and `signature`.
"""

import pandas as pd

from transforms.measure.baskets import NOT_SPENDING
from transforms.measure.coded import coded, holds, plain
from transforms.measure.joined import join_texts
from transforms.measure.operands import AMOUNT_STAGES, VIEW, view_totals
from transforms.measure.perimeter import BUDGET

DETAIL_NEAR = 10  # a tenth
CODES = {"object": "object_code", "function": "function_code"}
OF_BUDGET = [*BUDGET, "kind", "period_start", "period_end"]
_NEEDED = [
    *OF_BUDGET, "government", "superseded", "citable", "table", "row", "page", "line", "line_id", "parent", "name", "verified", "echo",
    "unit_jump", "reason", "amount_centavos", "classification", "row_kind", "multiplier", "object_code", "function_code", "administrative_name",
]  # fmt: skip
_SAYS_TOTAL = r"\btotal(?:es)?\b"
_KEPT = [*OF_BUDGET, "government", "superseded", "citable", "table", "page", "line_id", "name", "verified"]


def budget_rows(joined: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """The spending amounts that speak for a stage, of documents replaced or not, with the number of their view.

    `view` counts the views of each budget from the best: the whole budget, proven, the largest. Unreadable amounts
    stay, null: what is missing must be seen to be missing.
    """
    usable = joined["principal"] & joined["stage"].isin(AMOUNT_STAGES) & (joined["row_kind"] != "memo")
    known = joined[["government_id", "fiscal_year"]].notna().all(axis=1)
    rows = joined.loc[usable & known & ~joined["classification"].isin(NOT_SPENDING), _NEEDED]
    rows = rows.assign(verified=rows["verified"].astype("bool") & ~rows["echo"] & ~rows["unit_jump"])
    rows["view_id"] = rows.groupby(VIEW, dropna=False, sort=False).ngroup()
    views = view_totals(rows[rows["amount_centavos"].notna()], tables)
    views = plain(rows.drop_duplicates("view_id")[["view_id", *VIEW]]).merge(views, on=VIEW, how="left")
    views["part"] = views["scope"] == "part"
    views = views.sort_values(
        ["part", "total_verified", "total", "table"], ascending=[True, False, False, True], kind="stable"
    )
    views["rank"] = range(len(views))
    views["budget"] = views.groupby(BUDGET, dropna=False, sort=False).ngroup()
    of_view = coded(views.set_index("view_id")[["rank", "budget", "part", "view_by"]])
    return pd.concat([rows, of_view.loc[rows["view_id"]].set_axis(rows.index)], axis=1)


def classes(rows: pd.DataFrame) -> pd.DataFrame:
    """Chapters and concepts, finalidades and functions: OF_BUDGET, `by`, `code`, `amount`, and the line it is from.

    `rows` is what `budget_rows` returned. A class that a table prints more than once, for several bodies and not for
    all together, is not taken from it.
    """
    parts = []
    for by, column in CODES.items():
        part = plain(rows[(rows["classification"] == by) & holds(rows[column], lambda code: len(code) <= 2)])
        parts.append(part.assign(by=by, code=part[column]))
    found = pd.concat(parts, ignore_index=True)
    found["whole"] = found["administrative_name"].isna()
    group = found.groupby(["view_id", "by", "code"], sort=False)
    alone = (group["line_id"].transform("size") == 1) | (found["whole"] & (group["whole"].transform("sum") == 1))
    best = found[alone].sort_values("rank", kind="stable").drop_duplicates(["budget", "by", "code"])
    return best[[*_KEPT, "by", "code", "amount_centavos"]].rename(columns={"amount_centavos": "amount"})


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """The whole of each budget by each classification, from its best table: OF_BUDGET, `by`, `amount`, `line_ids`, and
    `detail`, what its lines that contain no others add up to, if that is within a tenth of the whole.

    The whole is the printed total, proven or not; where none is printed, the sum of the chapters or finalidades. A sum
    with an unreadable amount is missing.
    """
    whole = rows["view_by"].isin([*CODES, "administrative"]) & ~rows["part"].fillna(False).astype("bool")
    rank = rows["rank"].where(whole)
    own = rows[rank == rank.groupby([rows["budget"], rows["view_by"]]).transform("min")]
    codes = plain(own[["object_code", "function_code"]])
    code = codes["object_code"].where(own["view_by"] == "object", codes["function_code"])
    code = code.where(own["view_by"] != "administrative")
    # A total that does not add up is not recognised as one by its place, and still says what it is.
    largest = own["amount_centavos"] == own.groupby("view_id")["amount_centavos"].transform("max")
    unproven = (own["row_kind"] == "detail") & code.isna() & largest.fillna(False)
    unproven[unproven] = own.loc[unproven, "name"].astype("str").str.contains(_SAYS_TOTAL, case=False).fillna(False)
    printed = own[(own["row_kind"] == "total") | unproven]
    printed = printed.sort_values(["verified", "amount_centavos"], ascending=False, kind="stable")
    whole = _sum(printed.drop_duplicates("view_id"))
    chapters = _sum(own[(code.str.len() == 1).fillna(False)], once=code)
    firsts = [*OF_BUDGET, "government", "superseded", "citable", "view_by"]
    found = plain(own.drop_duplicates("view_id")[["view_id", "page", *firsts]]).set_index("view_id")
    for column in ("amount", "verified", "line_ids"):
        found[column] = whole[column].reindex(found.index)
        found[column] = found[column].where(found[column].notna(), chapters[column].reindex(found.index))
    finest = ~own["line"].isin(own["parent"]) & (own["row_kind"] != "total") & ~unproven
    leaves = own.loc[finest, ["view_id", "amount_centavos"]].groupby("view_id", sort=False)["amount_centavos"]
    found["detail"] = leaves.sum().where(leaves.count() == leaves.size()).reindex(found.index)
    # Further than that from the whole, the tree of the table was not understood, and says nothing of the money.
    near = (found["detail"] - found["amount"]).abs() * DETAIL_NEAR <= found["amount"].abs()
    found["detail"] = found["detail"].where(near.fillna(False))
    return found.reset_index(drop=True).rename(columns={"view_by": "by"})


def _sum(rows: pd.DataFrame, once: pd.Series | None = None) -> pd.DataFrame:
    """Sums by view, null where an amount is unreadable; with `once`, only views with several classes, each once."""
    if once is not None:
        rows = rows.assign(once=once.reindex(rows.index))  # a frame without rows would take those of the series
        twice = rows[rows.duplicated(["view_id", "once"])]["view_id"]
        rows = rows[~rows["view_id"].isin(twice) & rows.duplicated("view_id", keep=False)]
    sums = rows.groupby("view_id", sort=False).agg(
        amount=("amount_centavos", "sum"),
        read=("amount_centavos", "count"),
        size=("line_id", "size"),
        verified=("verified", "all"),
    )
    line_ids = join_texts(rows["line_id"], rows["view_id"], ";")
    return sums.assign(amount=sums["amount"].where(sums["read"] == sums["size"]), line_ids=line_ids)
