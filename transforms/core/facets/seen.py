"""Seen: that whoever opens the page or the sheet sees the amount. The readers say what cannot be seen."""

import numpy as np
import pandas as pd

from transforms.core.facets.facet import Facet, chosen, problems


def seen(cells: pd.DataFrame) -> Facet:
    """Which amounts are in sight."""
    flag = (cells["flag"] == "not_visible").fillna(False).to_numpy(dtype=bool)
    hidden = cells["hidden"].to_numpy(dtype=bool)
    basis = chosen(len(cells), {"in_sight": ~(flag | hidden)})
    return Facet("seen", basis, problems(basis, "hidden", {"not_visible": np.asarray(flag)}))
