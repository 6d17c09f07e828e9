"""Like with like: for each document, government, year and stage, the view each operand is taken from.

Operands are comparable when their views have one perimeter: the same printed total, or the same table. A document
that lacks an operand may borrow it from another of the same government, year, stage and period whose view has the
same total. What is then refused is decided in `transforms.compare.contract`.
"""

import re

import pandas as pd

from transforms.measure.coded import holds, plain
from warehouse.schema.text import fold

_NET = re.compile(r"\bconsolidad|\bneto de transferencias|\bsin transferencias internas|\bdescontando transferencias")
BUDGET = ["document_id", "government_id", "fiscal_year", "stage"]
SAME_PERIOD = ["government_id", "fiscal_year", "stage", "period_start", "period_end"]
OPERANDS = ("health", "events", "advertising")
_FIELDS = [
    "amount", "verified", "line_ids", "rule", "measure", "added", "page", "table", "doubtful_unit", "missing",
    "source_document", "period_status", "netting", "kind", "within", "classes", "classes_of",
]  # fmt: skip


def choose(candidates: pd.DataFrame, operands: tuple[str, ...] = OPERANDS) -> pd.DataFrame:
    """One row per budget (document × government × year × stage), with the chosen candidate of each operand.

    Columns: BUDGET, period, `total`, `scope`, and per operand `<operand>_<field>` and `<operand>_apart` (true where
    only a view of another perimeter has it). The candidates carry `operand` and the period, status and kind of their
    documents; the first two operands are the ones that must share a perimeter.
    """
    ranked = _rank(candidates[candidates["operand"].isin(operands)])
    budgets = _perimeters(ranked, operands[:2])
    for operand in operands:
        budgets = budgets.merge(_operand(ranked, budgets, operand), on=BUDGET, how="left")
    return budgets


def _rank(found: pd.DataFrame) -> pd.DataFrame:
    """Best first: the whole budget before a cut of it, the most trusted rule, the largest proven perimeter."""
    # Views with the same total, to the peso, have one perimeter; without a total, only the same table has.
    perimeter = ((found["total"] + 50) // 100).fillna(-found["table"])
    printed = "total de " + perimeter.astype("str") + " pesos"
    ranked = found.assign(
        whole=found["scope"] == "whole",
        perimeter=perimeter,
        within=printed.where(perimeter > 0, "tabla " + found["table"].astype("str") + " de " + found["document_id"]),
        source_document=found["document_id"],
    )
    order = ["whole", "measure", "total_verified", "total", "verified", "table"]
    return ranked.sort_values(
        order, ascending=[False, True, False, False, False, True], na_position="last", kind="stable"
    )


def _perimeters(ranked: pd.DataFrame, together: tuple[str, ...]) -> pd.DataFrame:
    """The perimeter of each budget: one that has both operands if there is any, the best of them."""
    both = ranked[ranked["operand"].isin(together)]
    kinds = both.groupby([*BUDGET, "perimeter"], dropna=False)["operand"].nunique().rename("operands")
    ordered = ranked.merge(kinds.reset_index(), on=[*BUDGET, "perimeter"], how="left")
    ordered["operands"] = ordered["operands"].fillna(0)
    ordered = ordered.sort_values("operands", ascending=False, kind="stable").drop_duplicates(BUDGET)
    return ordered[[*BUDGET, "period_start", "period_end", "perimeter", "total", "scope"]].sort_values(
        BUDGET, ignore_index=True
    )


def _operand(ranked: pd.DataFrame, budgets: pd.DataFrame, operand: str) -> pd.DataFrame:
    """The best candidate of one operand per budget: of its perimeter, else borrowed, else of another perimeter."""
    own = ranked[ranked["operand"] == operand]
    inside = own.merge(budgets[[*BUDGET, "perimeter"]], on=[*BUDGET, "perimeter"]).drop_duplicates(BUDGET)
    missing = _without(budgets, inside)
    lent = own[(own["perimeter"] > 0) & (own["kind"] != "secundaria")][[*SAME_PERIOD, "perimeter", *_FIELDS]]
    borrowed = missing.merge(lent, on=[*SAME_PERIOD, "perimeter"]).drop_duplicates(BUDGET)
    apart = own.merge(_without(missing, borrowed)[BUDGET], on=BUDGET).drop_duplicates(BUDGET)
    parts = [part[[*BUDGET, *_FIELDS]].assign(apart=part is apart) for part in (inside, borrowed, apart)]
    return pd.concat(parts, ignore_index=True).rename(
        columns={name: f"{operand}_{name}" for name in (*_FIELDS, "apart")}
    )


def netting(candidates: pd.DataFrame, rows: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Per candidate, a word of NETTINGS: net where the titles say so, gross where the budget prints transfers to its
    own bodies (COG 4100, 4200), unknown otherwise.
    """
    said = documents["title"].fillna("") + " " + documents["perimeter"].fillna("")
    net = documents.loc[said.map(lambda text: bool(_NET.search(fold(text)))), "document_id"]
    titles = candidates["title"].fillna("")
    net_view = titles.map({text: bool(_NET.search(fold(text))) for text in titles.unique()})
    inside = holds(rows["object_code"], lambda code: code.startswith(("41", "42"))) & (rows["amount_centavos"] > 0)
    transfers = pd.MultiIndex.from_frame(plain(rows.loc[inside, BUDGET].drop_duplicates()))
    gross = pd.MultiIndex.from_frame(candidates[BUDGET]).isin(transfers)
    found = pd.Series("unknown", index=candidates.index).mask(pd.Series(gross, index=candidates.index), "gross")
    return found.mask(candidates["document_id"].isin(net) | net_view.astype("bool"), "net")


def _without(rows: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    return rows[~pd.MultiIndex.from_frame(rows[BUDGET]).isin(pd.MultiIndex.from_frame(done[BUDGET]))]
