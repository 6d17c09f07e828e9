"""Which document speaks: of each government, year, period, stage and level one view, so that nothing is in the panel twice.

A figure that may be cited comes before one the project composed, and that before a secondary dataset; of each, verified ones first.
"""

import pandas as pd

from transforms.measure.coded_text import number_rows
from warehouse.schema.panel_vocabulary import STANDINGS

SLOT = ["government_id", "fiscal_year", "period", "stage", "by", "level"]
_STANDING = {name: place for place, name in enumerate(STANDINGS)}
_RANK = ["usable", "place", "late_kind", "preliminary", "size", "document_id", "view_id"]
_LATER_KINDS = {"estadistica": 1, "secundaria": 2}  # what the government itself publishes comes first


def speaks(rows: pd.DataFrame, slot: pd.Series) -> pd.Series:
    """Whether each row is of the view that speaks for its slot: the best `document_id` and `view_id` that it has.

    `slot` numbers the rows; one of -1 is in none. Views are told apart by `view_id`, and have all they have of one document.
    """
    view = number_rows(
        pd.DataFrame({"slot": slot.where(slot >= 0), "document_id": rows["document_id"], "view": rows["view_id"]})
    )
    first = ~view.duplicated() & (view >= 0)
    of_view = rows.loc[first, ["standing", "kind", "period_status", "document_id", "view_id"]]
    verified, size = rows["verified"].groupby(view).any(), view.groupby(view).size()
    at = view[first]
    ranked = pd.DataFrame({
        "slot": slot[first], "view": at,
        "usable": verified.reindex(at).to_numpy(), "place": of_view["standing"].map(_STANDING),
        "late_kind": of_view["kind"].map(_LATER_KINDS).fillna(0), "preliminary": of_view["period_status"] == "preliminary",
        "size": size.reindex(at).to_numpy(), "document_id": of_view["document_id"], "view_id": of_view["view_id"],
    }).sort_values(_RANK, ascending=[name not in ("usable", "size") for name in _RANK], kind="stable")  # fmt: skip
    return view.isin(ranked.drop_duplicates("slot")["view"])


def choose_views(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the view that speaks for each slot; of a basket, each basket is a slot of its own."""
    alone = rows["class_id"].where(rows["by"] == "basket", "")
    slot = number_rows(rows[SLOT].assign(alone=alone))
    return rows[speaks(rows, slot)].reset_index(drop=True)
