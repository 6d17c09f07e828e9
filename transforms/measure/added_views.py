"""The one view of each budget whose lines are to be added up: a budget is printed in many tables, and each peso counts once.

Per government, year and classification one table speaks for each stage: the whole budget before a cut of it, the government's own
document before a statistic, the longest period before a shorter one. A user who adds the lines of that table up has the budget,
not four times the same concept (Guanajuato's law of 2021 prints its official services, 94,717,124.06 pesos, in four views).
"""

import pandas as pd

from transforms.measure.coded_text import take

# The government's last word first; other kinds stand between its own documents and the statistics about it.
_KINDS = {"cuenta_publica": 0, "informe": 1, "ley": 2, "proyecto": 3, "estadistica": 8, "secundaria": 9}
_OTHER_KIND = 5
_BUDGET = ["government_id", "fiscal_year", "view_by"]
_YEARS = 10_000


def line_years(lines: pd.Series, years: pd.Series) -> pd.Series:
    """One number for each line and year: a line may have amounts of several years."""
    return lines.astype("int64") * _YEARS + years.fillna(0).astype("int64")


def added_lines(spent: pd.DataFrame, documents: pd.DataFrame) -> pd.Index:
    """The `line_years` of the lines that stand in the view to be added up. `spent` is SPENT, `documents` `core.document`."""
    copies = documents.loc[documents["sha256"].notna() & documents.duplicated("sha256"), "document_id"]
    usable = ~spent["superseded"].astype("bool") & ~spent["part"].astype("bool") & spent["view_by"].notna()
    columns = ["view_id", "document_id", "table", *_BUDGET, "stage", "rank", "kind", "period_end"]
    views = take(spent[usable].drop_duplicates("view_id"), columns=columns)
    views = views[~views["document_id"].isin(copies)]
    views = views.assign(
        kind_rank=views["kind"].map(_KINDS).fillna(_OTHER_KIND),
        stages=views.groupby(["document_id", "table", *_BUDGET], dropna=False)["stage"].transform("nunique"),
    )
    best = ["kind_rank", "period_end", "stages", "rank"]
    views = views.sort_values(best, ascending=[True, False, False, True], kind="stable")
    chosen = spent[spent["view_id"].isin(_choose(views))]
    return pd.Index(line_years(chosen["line"], chosen["fiscal_year"]).unique())


def _choose(views: pd.DataFrame) -> list[int]:
    """The views of the tables that repeat no stage of a better table of the same budget and classification."""
    spoken: dict[tuple[object, ...], set[str]] = {}
    chosen: list[int] = []
    for key, table in views.groupby(["document_id", "table", *_BUDGET], dropna=False, sort=False):
        stages = spoken.setdefault(tuple(map(str, key[2:])), set())
        if stages.isdisjoint(table["stage"]):
            stages.update(table["stage"])
            chosen += table["view_id"].tolist()
    return chosen
