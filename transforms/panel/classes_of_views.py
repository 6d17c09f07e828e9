"""What each document says of each class: one amount per budget, classification and class, from the best view that prints its level.

Nothing is chosen between documents here (`transforms.panel.choose`), and nothing is added.
"""

import numpy as np
import pandas as pd

from transforms.measure.coded_text import by_distinct, number_rows, take
from transforms.measure.facts import HEIGHT
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET, pesos_of_total
from transforms.measure.refusals import true
from transforms.measure.signature import period
from warehouse.schema.text import words

CODES = {"object": "object_code", "function": "function_code", "administrative": None}
LEVELS = {
    "object": {1: "chapter", 2: "concept", 3: "partida"},
    "function": {1: "finalidad", 2: "function", 3: "subfunction"},
}
FIRST_LEVEL = {"object": "chapter", "function": "finalidad", "administrative": "body"}
WHOLE = "-"  # class_id of the total
_OF_VIEW = ("view_id", "rank", "budget", "table", "page", "line", "line_id", "row_kind", "administrative_name", "name")
_OF_AMOUNT = (
    "amount_centavos",
    "verified",
    "echo",
    "unit_jump",
    "reason",
    "kind",
    "period_start",
    "period_end",
    "government",
)


def class_rows(measured: Measured) -> pd.DataFrame:
    """One row per budget, `by` and class: BUDGET, government, kind, by, level, class_id, name, amount_centavos, verified, echo,
    doubtful_unit, table, page, line_id (as `line_ids`), view_id, view_total_centavos, perimeter; the index is the amount's position in `core.amount`.

    Totals are rows of level `total`. Replaced documents and cuts of a budget are left out. A class that a view prints more than
    once, for several bodies and not for all together, is not taken from it.
    """
    spent = measured.spent
    usable = ~spent["superseded"].astype("bool") & ~spent["part"].fillna(False).astype("bool")
    parts = [_of_classification(spent[usable & (spent["view_by"] == by)], by, measured.lines) for by in CODES]
    rows = pd.concat([part[~_is_contained(part, measured.lines)] for part in parts])
    whole = rows["administrative_name"].isna() | (rows["by"] == "administrative")
    group = whole.groupby(number_rows(rows[["view_id", "by", "level", "class_id"]]), sort=False)
    rows = rows[(group.transform("size") == 1) | (whole & (group.transform("sum") == 1))]
    rows["view_total_centavos"] = _totals_of_views(rows)
    rows["perimeter"] = word_perimeter(rows["view_total_centavos"], rows)
    best = rows["rank"] == rows.groupby(["budget", "by", "level"], sort=False)["rank"].transform("min")
    doubtful = rows["unit_jump"] | (rows["reason"] == "unit_doubtful")
    kept = rows.assign(doubtful_unit=doubtful, best=best)
    return kept.rename(columns={"line_id": "line_ids"}).drop(
        columns=["unit_jump", "reason", "rank", "row_kind", "line"]
    )


def _of_classification(spent: pd.DataFrame, by: str, lines: pd.DataFrame) -> pd.DataFrame:
    """The rows of one classification with `level` and `class_id`, as text; what is no class of the panel is left out."""
    total = (spent["row_kind"] == "total").to_numpy()
    in_class = (spent["classification"] == by).to_numpy()
    depth = pd.Series(lines["depth"].to_numpy()[spent["line"].to_numpy()], index=spent.index)
    code = CODES[by]
    if code is None:
        level = _level_of_bodies(spent, in_class)
    else:
        level = _level_of_codes(spent[code], by).where(in_class)
        uncoded = spent[code].isna() & in_class & ~total
        level = level.where(~uncoded, _level_of_uncoded(spent["view_id"], depth, level, by, uncoded))
    level = level.mask(pd.Series(total, index=spent.index), "total")
    rows = take(spent, level.notna(), [*BUDGET, *_OF_VIEW, *_OF_AMOUNT, *([code] if code else [])])
    rows = rows.assign(by=by, level=level[level.notna()].astype("str"))
    names = rows["administrative_name"].fillna(rows["name"]) if code is None else rows["name"]
    plain = names.map({text: words(text) for text in names.dropna().unique()})
    identity = plain if code is None else rows[code].fillna(plain)
    rows["class_id"] = identity.mask(rows["level"] == "total", WHOLE).astype("str")
    rows["name"] = names
    if code:
        rows = rows.drop(columns=code)
    totals = rows["level"] == "total"
    printed = rows[totals].sort_values(["verified", "amount_centavos"], ascending=False, kind="stable")
    return pd.concat([rows[~totals & rows["class_id"].notna()], printed.drop_duplicates("view_id")])


def _is_contained(rows: pd.DataFrame, lines: pd.DataFrame) -> np.ndarray:
    """Whether a line that contains it is of the same level: INEGI prints 2500 inside a concept that joins 2300 and 2500."""
    codes, _ = pd.factorize(rows["level"])
    parent = lines["parent"].to_numpy()
    level_of_line = np.full(len(parent), -1)
    level_of_line[rows["line"]] = codes
    above = parent[rows["line"]]
    contained = np.zeros(len(rows), dtype=bool)
    for _ in range(HEIGHT):
        contained |= (above >= 0) & (level_of_line[above] == codes)
        above = np.where(above >= 0, parent[above], -1)
    contained &= (rows["level"] != "total").to_numpy()
    return contained


def _level_of_codes(codes: pd.Series, by: str) -> pd.Series:
    """By how many figures the code has: each of the few distinct ones is looked at once."""
    coded = codes.astype("category").cat
    levels = [LEVELS[by].get(len(code)) for code in coded.categories]
    return pd.Series(np.array([*levels, None], dtype=object)[coded.codes], index=codes.index)


def _level_of_bodies(spent: pd.DataFrame, in_class: pd.Series) -> pd.Series:
    """body, or unit where a line that contains it is a body of the same view."""
    bodies = spent.loc[in_class & (spent["row_kind"] != "total").to_numpy(), "line"]
    inside = spent["parent"].isin(set(bodies))
    return pd.Series("body", index=spent.index).mask(inside, "unit").where(pd.Series(in_class, index=spent.index))


def _level_of_uncoded(views: pd.Series, depth: pd.Series, level: pd.Series, by: str, uncoded: pd.Series) -> pd.Series:
    """Level of lines without a code, by how deep they stand beside those that have one: whole chapters of INEGI have none."""
    first = depth.where(level == FIRST_LEVEL[by]).groupby(views, sort=False).transform("min")
    below = dict(enumerate(list(LEVELS[by].values())[:2]))
    return (depth - first).where(uncoded).map(below)


def _totals_of_views(rows: pd.DataFrame) -> pd.Series:
    totals = rows[rows["level"] == "total"].drop_duplicates("view_id").set_index("view_id")["amount_centavos"]
    return rows["view_id"].map(totals).astype("Int64")


def word_perimeter(total: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """The printed total of a view as words, or its table where none is printed: equal only for one perimeter."""
    views = pd.DataFrame({"total": total.astype("Int64"), "table": rows["table"], "document_id": rows["document_id"]})
    return by_distinct(views, _word)


def _word(views: pd.DataFrame) -> pd.Series:
    pesos = pesos_of_total(views["total"])
    of_table = "tabla " + views["table"].astype("str") + " de " + views["document_id"].astype("str")
    return ("total de " + pesos.astype("str") + " pesos").where(true(pesos > 0), of_table).astype("str")


def describe(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows with what is said of their document: period, period_status, declared_perimeter, standing."""
    of = documents.drop_duplicates("document_id").set_index("document_id")
    citable, typeset = true(of["citable"]), true(of["obtained_how"].str.startswith("typeset"))
    standing = pd.Series("doubtful", index=of.index, dtype="str").mask(citable, "citable").mask(typeset, "composed")
    of_document = pd.DataFrame({
        "period": period(of), "period_status": of["period_status"], "declared_perimeter": of["perimeter"],
        "standing": standing.mask(of["kind"] == "secundaria", "secondary"),
    })  # fmt: skip
    at = of_document.index.get_indexer(rows["document_id"])
    return rows.assign(**{name: of_document[name].array.take(at) for name in of_document})
