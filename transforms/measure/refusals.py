"""When a number may not be shown: METHOD's percent and unit rules, and refusals as a column of codes.

Which refusals a comparison can have is decided where it is computed; the words are in `warehouse.schema.vocabulary`, the
thresholds in `warehouse.schema.method`.
"""

import numpy as np
import pandas as pd

from warehouse.schema.method import FLOOR, SMALL, UNIT_JUMP
from warehouse.schema.vocabulary import REFUSALS


def has_no_base(part: pd.Series, base: pd.Series) -> pd.Series:
    """Whether the base is zero, under the floor, or under one hundredth of what would be divided by it."""
    return (base < FLOOR) | (base * SMALL < part)


def is_near_zero(health: pd.Series, total: pd.Series) -> pd.Series:
    """Whether health is under one hundredth of the total: then it runs through bodies outside the perimeter."""
    return health * SMALL < total


def is_far(now: pd.Series, then: pd.Series) -> pd.Series:
    """Whether one amount is so many times the other that their units may differ."""
    return (now > UNIT_JUMP * then) | (then > UNIT_JUMP * now)


def true(column: pd.Series) -> pd.Series:
    """Plain booleans, with null as false."""
    return column.astype("boolean").fillna(False).astype("bool")


def reasons(columns: dict[str, pd.Series], index: pd.Index) -> pd.DataFrame:
    """One column per code of the vocabulary, true where it applies. Raises KeyError for a code it does not have."""
    unknown = set(columns) - set(REFUSALS)
    if unknown:
        raise KeyError(f"not in the vocabulary of refusals: {', '.join(sorted(unknown))}")
    return pd.DataFrame({code: true(columns[code]) if code in columns else False for code in REFUSALS}, index=index)


def join_codes(applies: pd.DataFrame) -> pd.Series:
    """The codes that apply to each row, joined by ';'; null where none does."""
    names, rows = applies.columns.to_numpy(), applies.to_numpy(dtype=bool)
    # Few of the many combinations occur: each is joined once.
    packed = rows @ (1 << np.arange(len(names), dtype=np.int64))
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    texts = np.array([";".join(names[rows[row]]) or None for row in first] or [None], dtype=object)
    return pd.Series(texts[which], index=applies.index, dtype="str")


def sentences(applies: pd.DataFrame, language: str) -> pd.Series:
    """The sentences of the codes that apply to each row, joined by '; '; null where none does."""
    words = {code: getattr(REFUSALS[code], language) for code in applies.columns}
    codes = join_codes(applies)
    texts = {joined: "; ".join(words[code] for code in joined.split(";")) for joined in codes.dropna().unique()}
    return codes.map(texts).astype("str")
