"""Tables that print the budget stages below one another: the name of a line, and under it Aprobado, Modificado, Devengado.

A row of a stage is of the line above it, whose name it takes. Rows of rates (`Porcentaje Ejer/Aprob`) are no money.
"""

import re
from collections import Counter

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.words.headers import stage_in_label
from warehouse.schema.column_kind import PATTERNS
from warehouse.schema.text import fold

_RATE = re.compile(r"^(?:porcentajes?\b|por ?ciento\b|%)")
# What the account of the federation calls the stage that others call Ejercido, among rows of stages only.
_ALONE = {"ejercicio": "ejercido"}


def name_stage_rows(rows: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """The rows with their `stage`, where a table has two stages at least in its rows and none over its columns; those rows
    with the label of the nearest one above that is neither a stage nor a rate.
    """
    labels = [label if isinstance(label, str) else None for label in rows["label"].tolist()]
    of_table = rows["t"].tolist()
    stages = [stage_in_label(label) for label in labels]
    named = {(t, stage) for t, stage in zip(of_table, stages, strict=True) if stage}
    several = {t for t, count in Counter(t for t, _ in named).items() if count > 1}
    downward = several - set(columns.loc[columns["stage"].notna(), "t"])
    taken: list[str | None] = []
    read: list[str | None] = []
    above: tuple[int, str] | None = None
    for t, label, stage in zip(of_table, labels, stages, strict=True):
        of_row = (stage or _ALONE.get(fold(label))) if t in downward else None
        read.append(of_row)
        if of_row is None and label and not is_rate(label):
            above = (t, label)
        taken.append(above[1] if of_row and above is not None and above[0] == t else label)
    return rows.assign(stage=read, label=pd.array(taken, dtype=rows["label"].dtype))


def is_rate(label: str | None) -> bool:
    """Whether a row's label says that its figures are rates."""
    return bool(_RATE.search(fold(label)))


def in_rate_rows(rows: pd.DataFrame, cells: pd.DataFrame) -> Bools:
    """The figures of rows of rates; not those of a row that holds what no rate is, large amounts."""
    rates = np.array([isinstance(label, str) and is_rate(label) for label in rows["label"].tolist()], dtype=bool)
    inside: Bools = rates[cells["r"]]
    large = cells["source_text"].str.contains(f"{PATTERNS['money']}|{PATTERNS['large']}").to_numpy(dtype=bool)
    return inside & ~np.isin(cells["r"], cells["r"].to_numpy()[large & inside])
