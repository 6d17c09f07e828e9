"""Seen: that whoever opens the page or the sheet sees the amount. The readers say what cannot be seen."""

import numpy as np
import pandas as pd

from transforms.core.facets.facet import Facet, chosen, problems


def seen(cells: pd.DataFrame) -> Facet:
    """Which amounts are in sight."""
    flags = {name: np.asarray(cells["flag"].fillna("") == name, dtype=bool) for name in ("not_visible", "struck_out")}
    hidden = cells["hidden"].to_numpy(dtype=bool)
    basis = chosen(len(cells), {"in_sight": ~np.logical_or.reduce([hidden, *flags.values()])})
    return Facet("seen", basis, problems(basis, "hidden", flags))
