"""What can stand for health, events or advertising in a document: one candidate per view and rule, none preferred yet.

A view is one printed table, for one government, year and stage. The same money is printed in many views, so lines of
two views are never added. Which candidate is used is decided in `transforms.measure.perimeter`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from transforms.measure.baskets import NOT_SPENDING, Basket
from transforms.measure.coded_text import take
from transforms.measure.facts import HEIGHT
from transforms.measure.working_tables import KEY_OF_VIEW, VIEW_TOTAL

VIEW = list(KEY_OF_VIEW)
OPERAND = [*VIEW, "rule"]
TOTAL = "total"  # a basket that every comparison may name: the printed total of the view
PRINTED_RULE = "total.printed"
# A change within the year and what was left unspent are differences: nothing is a share of them.
AMOUNT_STAGES = ("proyecto", "aprobado", "modificado", "comprometido", "devengado", "ejercido", "pagado")


def spending(joined: pd.DataFrame) -> pd.DataFrame:
    """The amounts that may be operands: spending, of a known government and year, in the column that speaks for its
    stage, in a document that nothing newer replaces. An echo proves nothing of its stage, nor does an amount in
    another unit.
    """
    usable = (
        joined["principal"]
        & joined["stage"].isin(AMOUNT_STAGES)
        & ~joined["superseded"].astype("bool")
        & (joined["row_kind"] != "memo")
    )
    complete = joined[["amount_centavos", "government_id", "fiscal_year"]].notna().all(axis=1)
    rows = joined[usable & complete & ~joined["classification"].isin(NOT_SPENDING)]
    return rows.assign(verified=rows["verified"].astype("bool") & ~rows["echo"] & ~rows["unit_jump"])


def unreadable(joined: pd.DataFrame) -> pd.DataFrame:
    """The amounts that `spending` leaves out because they could not be read: a sum that needs one is missing it."""
    lost = joined["amount_centavos"].isna() & joined["principal"] & joined["stage"].isin(AMOUNT_STAGES)
    return take(joined, lost, ["line", *VIEW])


def view_totals(rows: pd.DataFrame, tables: pd.DataFrame) -> pd.DataFrame:
    """VIEW_TOTAL: each view with its printed total, whether it is proven, and whether its details add up to it."""
    shown = [*VIEW, "amount_centavos", "verified", "multiplier", "line_id", "page", "reason"]
    totals = rows.loc[rows["row_kind"] == "total", shown].sort_values(
        ["verified", "amount_centavos"], ascending=False, kind="stable"
    )
    totals = take(totals.drop_duplicates(VIEW)).rename(
        columns={"amount_centavos": "total_centavos", "verified": "total_verified", "line_id": "total_line_id"}
        | {"page": "total_page", "reason": "total_reason"}
    )
    details = rows.loc[rows["row_kind"] == "detail", [*VIEW, "amount_centavos"]].groupby(VIEW, dropna=False)
    details = details["amount_centavos"].sum().rename("details")
    views = (
        take(rows, columns=VIEW, once=True)
        .merge(totals, on=VIEW, how="left")
        .merge(take(details.reset_index()), on=VIEW, how="left")
    )
    described = tables[["document_id", "table", "classification", "scope", "title"]]
    views = views.merge(
        described.rename(columns={"classification": "view_by"}), on=["document_id", "table"], how="left"
    )
    unit = views["multiplier"].fillna(1) * 100
    # Rows that together are the whole table, each peso once: the printed total says so.
    views["partition"] = ((views["details"] - views["total_centavos"]).abs() <= unit).fillna(False).astype("bool")
    views["total_verified"] = views["total_verified"].fillna(False).astype("bool")
    return views[VIEW_TOTAL.frame_columns]


def candidates(
    spent: pd.DataFrame,
    views: pd.DataFrame,
    caught: pd.DataFrame,
    baskets: Sequence[Basket],
    parent: pd.Series,
) -> pd.DataFrame:
    """CANDIDATE, without what documents say and `missing`, but with `whole`: every way to measure each basket.

    `spent` are the amounts of `spending` whose lines a rule caught, as text; `parent` has the position of each line's
    parent. `whole` says that every class of the rule is printed. The printed total of each view is a candidate of the
    basket TOTAL.
    """
    rules = [(rule, basket) for basket in baskets for rule in basket.rules if rule.measure]
    measured = pd.DataFrame(
        [(r.id, b.id, b.purpose, r.measure, r.match, max(1, len(r.codes))) for r, b in rules],
        columns=["rule", "basket", "purpose", "measure", "match", "classes_of"],
    )
    hits = spent.merge(caught[["line", "rule"]].merge(measured, on="rule"), on="line")
    hits = hits.merge(views, on=VIEW, how="left")
    hits = hits.assign(head=hits["match"] == "names", class_=pd.Series("", index=hits.index, dtype="str"))
    for rule, _ in rules:
        # A shorter code first: the class of a line is the longest of the rule's codes that it is in.
        for code in sorted(rule.codes, key=len):
            of_class = (hits["rule"] == rule.id) & hits[rule.code_column].fillna("").str.startswith(code)
            hits["class_"] = hits["class_"].mask(of_class, code)
            hits["head"] |= of_class & (hits[rule.code_column] == code)
    of_bodies = hits["match"] == "bodies"
    chosen = pd.concat([_heads(hits[~of_bodies]), _bodies(hits[of_bodies], parent.to_numpy())])
    sums = _sum(chosen).merge(measured.drop(columns="match"), on="rule").merge(views, on=VIEW, how="left")
    sums["whole"] = sums["printed"] & (sums["classes"] == sums["classes_of"])
    return pd.concat([sums.drop(columns="printed"), _totals(views)], ignore_index=True)


def find_missing(ways: pd.DataFrame, caught: pd.DataFrame, lost: pd.DataFrame) -> pd.Series:
    """Whether a sum of lines lacks one: where a line of its view that its rule caught is `lost` (see `unreadable`)."""
    gone = lost.merge(caught[["line", "rule"]], on="line")[OPERAND].drop_duplicates().assign(missing=True)
    there = ways[OPERAND].merge(gone, on=OPERAND, how="left")["missing"].notna().set_axis(ways.index)
    return there & ~ways["whole"]


def _totals(views: pd.DataFrame) -> pd.DataFrame:
    """The printed total of each view, as an operand."""
    with_total = views[views["total_centavos"].notna()]
    columns = {
        "rule": PRINTED_RULE, "basket": TOTAL, "purpose": TOTAL, "measure": 1, "amount_centavos": with_total["total_centavos"],
        "verified": with_total["total_verified"], "line_ids": with_total["total_line_id"], "added": 1, "page": with_total["total_page"],
        "doubtful_unit": with_total["total_reason"] == "unit_doubtful", "classes": 1, "classes_of": 1, "whole": True,
    }  # fmt: skip
    return with_total.assign(**columns)


def _heads(hits: pd.DataFrame) -> pd.DataFrame:
    """The printed line of each whole class where the view has one; else its details, if they are safe to add.

    Several printed lines of one class are a cross with another classification: the one without a body is the
    government's; failing that, the details are added only where the view's details add up to its total.
    """
    key = [*OPERAND, "class_"]
    heads = hits[hits["head"]].assign(bodiless=hits.loc[hits["head"], "administrative_name"].isna())
    groups = heads.groupby(key, dropna=False)
    alone = groups["line_id"].transform("size") == 1
    whole = heads["bodiless"] & (groups["bodiless"].transform("sum") == 1)
    printed = heads[alone | whole]
    rest = _without(hits[hits["row_kind"] == "detail"], printed, key)
    crossed = pd.MultiIndex.from_frame(rest[key]).isin(pd.MultiIndex.from_frame(heads[key]))
    return pd.concat([printed, rest[rest["partition"] | ~crossed]])


def _bodies(hits: pd.DataFrame, parent: np.ndarray) -> pd.DataFrame:
    """The bodies themselves, in views by body: not the classes printed under them, and no body inside another."""
    bodies = hits[(hits["view_by"] == "administrative") & (hits["classification"] == "administrative")]
    top = bodies[~_inside(bodies, parent)]
    twice = top.assign(twice=top.duplicated([*OPERAND, "name"], keep=False))
    return top[~twice.groupby(OPERAND, dropna=False)["twice"].transform("any")]


def _inside(bodies: pd.DataFrame, parent: np.ndarray) -> np.ndarray:
    """Whether a line is contained, at any height, in another line of the same frame."""
    caught = np.zeros(len(parent), dtype=bool)
    caught[bodies["line"]] = True
    above = parent[bodies["line"]]
    inside = np.zeros(len(bodies), dtype=bool)
    for _ in range(HEIGHT):
        inside |= (above >= 0) & caught[above]
        above = np.where(above >= 0, parent[above], -1)
    return inside


def _without(rows: pd.DataFrame, done: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The rows of the classes that `done` has nothing of."""
    return rows[~pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(done[key]))]


def _sum(chosen: pd.DataFrame) -> pd.DataFrame:
    ordered = chosen.assign(doubtful_unit=(chosen["reason"] == "unit_doubtful") | chosen["unit_jump"]).sort_values(
        [*OPERAND, "row"], kind="stable"
    )
    return (
        ordered.groupby(OPERAND, dropna=False)
        .agg(
            amount_centavos=("amount_centavos", "sum"),
            verified=("verified", "all"),
            line_ids=("line_id", ";".join),
            added=("line_id", "size"),
            page=("page", "first"),
            doubtful_unit=("doubtful_unit", "any"),
            printed=("head", "all"),
            classes=("class_", "nunique"),
        )
        .reset_index()
    )
