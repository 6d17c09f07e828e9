"""Every basket that measures something as rows of the panel, shipped or a user's own: one amount per budget and basket."""

from collections.abc import Sequence

import pandas as pd

from transforms.measure.baskets import Basket
from transforms.measure.candidates import TOTAL
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.panel.classes_of_views import word_perimeter

# Best first: the whole budget before a cut of it, the most trusted rule, the largest proven perimeter.
_BEST = {
    "whole_budget": False,
    "measure": True,
    "total_verified": False,
    "total_centavos": False,
    "verified": False,
    "table": True,
}


def basket_rows(measured: Measured, baskets: Sequence[Basket]) -> pd.DataFrame:
    """One row per budget and basket in the columns of `class_rows`, with `missing`; without a position in core.amount.

    Each amount is of one view, whose total is its perimeter. Cuts of a budget are left out, as they are of the classes.
    """
    names = {basket.id: basket.name.es for basket in baskets if basket.measures}
    ways = measured.candidates[(measured.candidates["basket"] != TOTAL) & (measured.candidates["scope"] != "part")]
    ways = ways.assign(whole_budget=ways["scope"] == "whole")
    ordered = ways.sort_values(list(_BEST), ascending=list(_BEST.values()), na_position="last", kind="stable")
    rows = ordered.drop_duplicates([*BUDGET, "basket"])
    echoed = pd.MultiIndex.from_frame(rows[BUDGET]).isin(pd.MultiIndex.from_frame(measured.list_echoed()))
    return rows.assign(
        by="basket", level="basket", class_id=rows["basket"], name=rows["basket"].map(names).astype("str"),
        government=rows["government_id"].map(measured.governments), perimeter=word_perimeter(rows["total_centavos"], rows),
        view_total_centavos=rows["total_centavos"], echo=echoed, best=True, view_id=-1,
    )  # fmt: skip
