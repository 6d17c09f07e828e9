"""Which marks of a table's figures part decimals and which group thousands, where one figure alone could be read both ways.

`145.678` is a hundred and forty-five thousand where a whole table writes its pesos so, and nobody knows what where one cell
does. A sum cannot tell: it holds in both readings. What is left in doubt is unreadable.
"""

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.words.money import decimal_marks, points_before_three

_HABIT = 3  # figures of three digits after the point: fewer are no way of writing


def decimal_commas(text: pd.Series, t: Ints, tables: int) -> Bools:
    """By table, whether it writes centavos after a comma: several of its texts do, and none after a point."""
    marks = decimal_marks(text)
    commas, points = (np.bincount(t[marks == mark], minlength=tables) for mark in (",", "."))
    after_commas: Bools = (commas > 1) & (points == 0)
    return after_commas


def doubtful_commas(text: pd.Series, t: Ints, commas: Bools) -> Bools:
    """Figures such as `145,678` in a table that writes centavos after a comma and groups no thousands: of thousands, or three
    decimals.
    """
    single = text.str.contains(r"^\D*\d{1,3},\d{3}\D*$").to_numpy(dtype=bool) & commas
    grouped = text.str.contains(r"\d[.,]\d{3}[.,]").to_numpy(dtype=bool)
    doubtful: Bools = single & ~np.isin(t, t[grouped])
    return doubtful


def grouping_points(text: pd.Series, cells: pd.DataFrame, multiplier: Ints, stored: Bools) -> tuple[pd.Series, Bools]:
    """The texts without the points that group thousands, and which of them could be of either kind.

    `stored` are the tables whose numbers are stored as numbers, unless flagged as text: there a point is a decimal mark. In
    thousands or millions of pesos three decimals are usual.
    """
    t = cells["t"].to_numpy()
    printed = ~stored[t] | (cells["flag"] == "text_number").to_numpy(dtype=bool)
    of_stored = np.where(text.str.contains(".", regex=False), "decimal", "")
    kinds = np.where(printed, points_before_three(text), of_stored)
    three, groups, decimal = (
        np.bincount(t[kinds == kind], minlength=len(stored)) for kind in ("three", "groups", "decimal")
    )
    scaled = np.bincount(t[multiplier > 1], minlength=len(stored)) > 0
    grouping = (decimal == 0) & ((groups > 0) | ((three >= _HABIT) & ~scaled))
    open_ = (three > 0) & (decimal == 0) & ~grouping & ~scaled
    of_three = kinds == "three"
    pointless = of_three & grouping[t]
    if not pointless.any():
        return text, of_three & open_[t]
    return text.where(~pointless, text.str.replace(".", "", regex=False)), of_three & open_[t]
