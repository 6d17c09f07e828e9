"""How far apart two figures of the same money are, as a word: equal, rounding, differs; missing where one is not there."""

import pandas as pd

ROUNDING = 1_000_00  # centavos: figures in thousands differ by up to a few of them
_SHARE = 10_000  # and by no more than a ten-thousandth of the amount


def outcome(gap: pd.Series, size: pd.Series | None = None) -> pd.Series:
    """`gap` and `size` in centavos. A peso is rounding; so are up to a thousand, if a ten-thousandth of the size."""
    small = gap <= 100
    if size is not None:
        small |= (gap <= ROUNDING) & (gap * _SHARE <= size)
    words = pd.Series("differs", index=gap.index, dtype="str").mask(small.fillna(False), "rounding")
    return words.mask((gap == 0).fillna(False), "equal").mask(gap.isna(), "missing")
