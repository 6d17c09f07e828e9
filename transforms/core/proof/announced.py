"""A total that the text above a table states: "importan la cantidad de $3,238,701,725.37 … y se distribuyen de la
siguiente manera:".

Laws print such tables without a total of their own. A text may name other amounts too (of the year before, of a part), so
a sum that none of them equals says nothing, and is not recorded.
"""

import re

import numpy as np

from transforms.core.grid import PrintedGrid
from transforms.core.proof.attempts import PASSED, TableAttempts
from transforms.core.tree.build import Tree
from transforms.words.money import parse
from warehouse.schema.text import fold

_AMOUNT = re.compile(r"\$\s?\d{1,3}(?:[,'’´]\d{3})+(?:\.\d{2})?")
_LEADS_TO = re.compile(
    r"\b(?:distribu\w+|integra\w*|conforma\w*|desglosa\w*|compone\w*|siguiente\w*|continuacion)\b[^.]*$"
)
_FEWEST = 2  # amounts that are not zero


def announced(grid: PrintedGrid, tree: Tree, title: str | None) -> TableAttempts | None:
    """The sum of the rows that stand in no other, where the title states it to the centavo."""
    if title is None or len(grid.columns) != 1 or not _LEADS_TO.search(fold(title)):
        return None
    top_rows = (np.array(tree.holders) < 0) & ~grid.hidden & grid.printed[:, 0]
    top_rows &= np.array([kind not in ("total", "memo") for kind in tree.kinds], dtype=bool)
    rows = np.flatnonzero(top_rows)
    values = grid.values[rows, 0]
    stated = {parse(text, 1).centavos for text in _AMOUNT.findall(title)}
    if (values != 0).sum() < _FEWEST or not grid.readable[rows, 0].all() or int(values.sum()) not in stated:
        return None
    zero, total, one_each = np.zeros(1, dtype=np.int64), np.array([values.sum()], dtype=np.int64), np.ones_like(rows)
    return TableAttempts(
        row=rows[-1:],
        column=zero,
        kind=np.array(["total"], dtype=object),
        printed=total,
        unreadable=np.zeros(1, dtype=bool),
        computed=total,
        terms=np.array([len(rows)], dtype=np.int64),
        formula=np.array(["suma de sus renglones, que el texto sobre la tabla anuncia"], dtype=object),
        outcome=np.array([PASSED], dtype=np.int64),
        reach_attempt=np.zeros_like(rows),
        reach_amount=grid.amount_index[rows, 0],
        reach_sign=one_each,
    )
