"""When a number may not be shown: thresholds of METHOD's percent rule, and refusals as a column of codes.

Which refusals a comparison can have is decided where it is computed; the words are in `warehouse.schema.vocabulary`.
"""

import pandas as pd

from warehouse.schema.vocabulary import REFUSALS

# A share needs a base that is a base, in centavos and in relation to what is divided by it.
FLOOR = 100_000_00
SMALL = 100  # under one hundredth
UNIT_JUMP = 20


def zero_base(part: pd.Series, base: pd.Series) -> pd.Series:
    """Whether the base is zero, under the floor, or under one hundredth of what would be divided by it."""
    return (base < FLOOR) | (base * SMALL < part)


def near_zero(health: pd.Series, total: pd.Series) -> pd.Series:
    """Whether health is under one hundredth of the total: then it runs through bodies outside the perimeter."""
    return health * SMALL < total


def true(column: pd.Series) -> pd.Series:
    """Plain booleans, with null as false."""
    return column.astype("boolean").fillna(False).astype("bool")


def reasons(columns: dict[str, pd.Series], index: pd.Index) -> pd.DataFrame:
    """One column per code of the vocabulary, true where it applies. Raises KeyError for a code it does not have."""
    unknown = set(columns) - set(REFUSALS)
    if unknown:
        raise KeyError(f"not in the vocabulary of refusals: {', '.join(sorted(unknown))}")
    return pd.DataFrame({code: true(columns[code]) if code in columns else False for code in REFUSALS}, index=index)


def join_codes(found: pd.DataFrame) -> pd.Series:
    """The codes that apply to each row, joined by ';'; null where none does."""
    names = found.columns.to_numpy()
    return pd.Series(
        [";".join(names[row]) or None for row in found.to_numpy(dtype=bool)], index=found.index, dtype="str"
    )


def sentences(found: pd.DataFrame, language: str) -> pd.Series:
    """The sentences of the codes that apply to each row, joined by '; '; null where none does."""
    words = {code: getattr(REFUSALS[code], language) for code in found.columns}
    codes = join_codes(found)
    said = {text: "; ".join(words[code] for code in text.split(";")) for text in codes.dropna().unique()}
    return codes.map(said).astype("str")
