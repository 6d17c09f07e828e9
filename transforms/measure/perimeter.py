"""Like with like: for each document, government, year and stage, the view each operand is taken from.

Operands are comparable when their views have one perimeter: the same printed total, or the same table. A document
that lacks an operand may borrow it from another of the same government, year, stage and period whose view has the
same total. What is then refused is decided in `transforms.compare.contract`.
"""

import re
from typing import Annotated, NamedTuple

import pandas as pd

from transforms.measure.coded_text import take
from transforms.measure.refusals import true
from transforms.measure.working_tables import BUDGET_VIEW, CHOSEN, KEY_OF_BUDGET
from warehouse.schema.text import fold

_NET = re.compile(r"\bconsolidad|\bneto de transferencias|\bsin transferencias internas|\bdescontando transferencias")
_TWICE = re.compile(r"\bgasto bruto\b|\bpresupuesto bruto\b|\bsin consolidar\b|\bno consolidad|\bantes de consolidar\b")
# INEGI's statistics of public finances are of the central administration: what it transfers leaves the perimeter.
CENTRAL = "estadistica"
BUDGET = list(KEY_OF_BUDGET)
SAME_PERIOD = ["government_id", "fiscal_year", "stage", "period_start", "period_end"]
OPERANDS = ("health", "events", "advertising")
_FIELDS = [name for name in CHOSEN.frame_columns if name not in (*BUDGET, "operand", "apart")]


class Chosen(NamedTuple):
    """The view that speaks for each budget, and the candidate that each of its operands is taken from."""

    budgets: Annotated[pd.DataFrame, BUDGET_VIEW]
    operands: Annotated[pd.DataFrame, CHOSEN]


def choose(candidates: pd.DataFrame, operands: tuple[str, ...] = OPERANDS) -> Chosen:
    """Of each budget (document × government × year × stage) its view, and of each operand that it has its candidate.

    The candidates carry `operand` beside CANDIDATE. The first two operands are the ones that must share a perimeter.
    """
    ranked = _rank(candidates[candidates["operand"].isin(operands)])
    budgets = _perimeters(ranked, operands[:2])
    chosen = [_operand(ranked, budgets, operand) for operand in operands]
    return Chosen(budgets, pd.concat(chosen, ignore_index=True)[CHOSEN.frame_columns])


def of_operand(budgets: pd.DataFrame, chosen: pd.DataFrame, operand: str) -> pd.DataFrame:
    """The rows of CHOSEN of one operand, one for each budget in their order; null where the budget has none."""
    rows = chosen[chosen["operand"] == operand].drop(columns="operand")
    return budgets[BUDGET].merge(rows, on=BUDGET, how="left").set_axis(budgets.index)


def pesos_of_total(centavos: pd.Series) -> pd.Series:
    """A printed total in whole pesos: views with the same one have one perimeter."""
    return (centavos + 50) // 100


def is_counted_twice(views: pd.DataFrame) -> pd.Series:
    """Whether the title of a view, or what is `described` of its document, says that transfers to bodies are in it gross."""
    texts = views["title"].fillna("") + " " + views["described"].fillna("")
    twice = texts.map({text: bool(_TWICE.search(fold(text))) for text in texts.unique()})
    return twice.astype("bool") & (views["kind"] != CENTRAL)


def _rank(candidates: pd.DataFrame) -> pd.DataFrame:
    """Best first: the whole budget before a cut of it, the most trusted rule, the largest proven perimeter."""
    # Views with the same total, to the peso, have one perimeter; without a total, only the same table has.
    perimeter = pesos_of_total(candidates["total_centavos"]).fillna(-candidates["table"])
    printed = "total de " + perimeter.astype("str") + " pesos"
    of_table = "tabla " + candidates["table"].astype("str") + " de " + candidates["document_id"]
    ranked = candidates.assign(
        whole=candidates["scope"] == "whole",
        perimeter=perimeter,
        within=printed.where(perimeter > 0, of_table),
        source_document=candidates["document_id"],
    )
    order = ["whole", "measure", "total_verified", "total_centavos", "verified", "table"]
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
    return ordered[BUDGET_VIEW.frame_columns].sort_values(BUDGET, ignore_index=True)


def _operand(ranked: pd.DataFrame, budgets: pd.DataFrame, operand: str) -> pd.DataFrame:
    """The best candidate of one operand per budget: of its perimeter, else borrowed, else of another perimeter."""
    of_operand = ranked[ranked["operand"] == operand]
    inside = of_operand.merge(budgets[[*BUDGET, "perimeter"]], on=[*BUDGET, "perimeter"]).drop_duplicates(BUDGET)
    missing = _without(budgets, inside)
    lent = of_operand[(of_operand["perimeter"] > 0) & (of_operand["kind"] != "secundaria")][
        [*SAME_PERIOD, "perimeter", *_FIELDS]
    ]
    borrowed = missing.merge(lent, on=[*SAME_PERIOD, "perimeter"]).drop_duplicates(BUDGET)
    apart = of_operand.merge(_without(missing, borrowed)[BUDGET], on=BUDGET).drop_duplicates(BUDGET)
    parts = [part[[*BUDGET, *_FIELDS]].assign(apart=part is apart) for part in (inside, borrowed, apart)]
    return pd.concat(parts, ignore_index=True).assign(operand=operand)


def netting(candidates: pd.DataFrame, spending: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Per candidate, a word of NETTINGS: net where the titles say so, leaving where the perimeter is the central
    administration, gross where the budget prints transfers to its own bodies (COG 4100, 4200), unknown otherwise.
    """
    described = documents["title"].fillna("") + " " + documents["perimeter"].fillna("")
    net = documents.loc[described.map(lambda text: bool(_NET.search(fold(text)))), "document_id"]
    titles = candidates["title"].fillna("")
    net_view = titles.map({text: bool(_NET.search(fold(text))) for text in titles.unique()})
    inside = true(spending["object_code"].str.startswith(("41", "42"))) & (spending["amount_centavos"] > 0)
    transfers = pd.MultiIndex.from_frame(take(spending, inside, BUDGET, once=True))
    gross = pd.MultiIndex.from_frame(candidates[BUDGET]).isin(transfers)
    words = pd.Series("unknown", index=candidates.index).mask(pd.Series(gross, index=candidates.index), "gross")
    words = words.mask(true(candidates["kind"] == CENTRAL), "leaving")
    return words.mask(candidates["document_id"].isin(net) | net_view.astype("bool"), "net")


def _without(rows: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    return rows[~pd.MultiIndex.from_frame(rows[BUDGET]).isin(pd.MultiIndex.from_frame(done[BUDGET]))]
