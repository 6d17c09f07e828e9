"""Like with like: for each document, government, year and stage, the view each operand is taken from.

Operands are comparable when their views have one perimeter: the same printed total, or the same table. A document
that lacks an operand may borrow it from another of the same government, year, stage and period whose view has the
same total. What is then refused is decided in `transforms.health_events`.
"""

import pandas as pd

BUDGET = ["document_id", "government_id", "fiscal_year", "stage"]
SAME_PERIOD = ["government_id", "fiscal_year", "stage", "period_start", "period_end"]
OPERANDS = ("health", "events", "advertising")
_FIELDS = [
    "amount",
    "verified",
    "line_ids",
    "rule",
    "measure",
    "added",
    "page",
    "table",
    "doubtful_unit",
    "missing",
    "source_document",
]


def choose(candidates: pd.DataFrame) -> pd.DataFrame:
    """One row per budget (document × government × year × stage), with the chosen candidate of each operand.

    Columns: BUDGET, period, `total`, `scope`, and per operand `<operand>_<field>` and `<operand>_apart` (true where
    only a view of another perimeter has it). The candidates
    carry the period and kind of their documents.
    """
    ranked = _rank(candidates)
    budgets = _perimeters(ranked)
    for operand in OPERANDS:
        budgets = budgets.merge(_operand(ranked, budgets, operand), on=BUDGET, how="left")
    return budgets


def _rank(found: pd.DataFrame) -> pd.DataFrame:
    """Best first: the whole budget before a cut of it, the most trusted rule, the largest proven perimeter."""
    ranked = found.assign(
        whole=found["scope"] == "whole",
        # Views with the same total, to the peso, have one perimeter; without a total, only the same table has.
        perimeter=((found["total"] + 50) // 100).fillna(-found["table"]),
        source_document=found["document_id"],
    )
    order = ["whole", "measure", "total_verified", "total", "verified", "table"]
    return ranked.sort_values(
        order, ascending=[False, True, False, False, False, True], na_position="last", kind="stable"
    )


def _perimeters(ranked: pd.DataFrame) -> pd.DataFrame:
    """The perimeter of each budget: one that has both health and events if there is any, the best of them."""
    both = ranked[ranked["purpose"].isin(("health", "events"))]
    kinds = both.groupby([*BUDGET, "perimeter"], dropna=False)["purpose"].nunique().rename("operands")
    ordered = ranked.merge(kinds.reset_index(), on=[*BUDGET, "perimeter"], how="left")
    ordered["operands"] = ordered["operands"].fillna(0)
    ordered = ordered.sort_values("operands", ascending=False, kind="stable").drop_duplicates(BUDGET)
    return ordered[[*BUDGET, "period_start", "period_end", "perimeter", "total", "scope"]].sort_values(
        BUDGET, ignore_index=True
    )


def _operand(ranked: pd.DataFrame, budgets: pd.DataFrame, operand: str) -> pd.DataFrame:
    """The best candidate of one operand per budget: of its perimeter, else borrowed, else of another perimeter."""
    own = ranked[ranked["purpose"] == operand]
    inside = own.merge(budgets[[*BUDGET, "perimeter"]], on=[*BUDGET, "perimeter"]).drop_duplicates(BUDGET)
    missing = _without(budgets, inside)
    lent = own[(own["perimeter"] > 0) & (own["kind"] != "secundaria")][[*SAME_PERIOD, "perimeter", *_FIELDS]]
    borrowed = missing.merge(lent, on=[*SAME_PERIOD, "perimeter"]).drop_duplicates(BUDGET)
    apart = own.merge(_without(missing, borrowed)[BUDGET], on=BUDGET).drop_duplicates(BUDGET)
    parts = [part[[*BUDGET, *_FIELDS]].assign(apart=part is apart) for part in (inside, borrowed, apart)]
    return pd.concat(parts, ignore_index=True).rename(
        columns={name: f"{operand}_{name}" for name in (*_FIELDS, "apart")}
    )


def _without(rows: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    return rows[~pd.MultiIndex.from_frame(rows[BUDGET]).isin(pd.MultiIndex.from_frame(done[BUDGET]))]
