"""Amounts of dated lines that no budget stage heads: contracts, invoices, entries of an expense ledger.

A contract is a commitment, not a stage of the budget that is reported here: such a line has pesos, real pesos and
dollars, and no share of a year's health spending. Which day a line is of is read in `transforms.words.dates`.
"""

import re

import pandas as pd

from transforms.measure.baskets import NOT_SPENDING
from transforms.measure.coded_text import take
from warehouse.schema.text import words

# The contract's own amount, or what an expense ledger charges: not quotations, guarantees, limits of open contracts.
_OF_THE_LINE = re.compile(r"\b(?:monto|importe|valor|precio)\b.*\bcontrat|^cargo$")
_OF_SOMETHING_ELSE = re.compile(r"\bcotizaci|\bgaranti|\bmaxim|\bminim|\banticip")
_WHOLE = re.compile(r"\bcon impuestos\b|\btotal\b")


def contracted(joined: pd.DataFrame) -> pd.DataFrame:
    """One amount per dated line without a stage; `fiscal_year` is the document's, else that of the line's day."""
    dated = joined["line_date"].notna() & joined["stage"].isna() & joined["amount_centavos"].notna()
    spent = ~joined["classification"].isin(NOT_SPENDING) & ~joined["row_kind"].isin(("memo", "total", "subtotal"))
    rows = take(joined, dated & spent & ~joined["superseded"])
    last = rows["header"].fillna("").str.rsplit("|", n=1).str[-1]
    means = {text: words(text) for text in last.unique()}
    ours = {text: bool(_OF_THE_LINE.search(m)) and not _OF_SOMETHING_ELSE.search(m) for text, m in means.items()}
    whole = {text: not _WHOLE.search(m) for text, m in means.items()}
    rows = rows.assign(rank=last.map(whole))[last.map(ours).astype("bool")]
    rows = rows.sort_values("rank", kind="stable").drop_duplicates("line_id").drop(columns="rank")
    rows["fiscal_year"] = rows["fiscal_year"].fillna(rows["line_date"].dt.year.astype("Int64"))
    return rows.sort_index()
