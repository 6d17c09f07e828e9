"""What the program reads from a document, one row per amount, for the eye: the columns of `peso read`."""

from collections.abc import Mapping

import pandas as pd

from transforms.words.money import pesos

COLUMNS = [
    "page", "table", "row", "column", "label", "header", "stage", "source_text", "amount", "verified", "reason", "place",
]  # fmt: skip


def amounts_table(raw: Mapping[str, pd.DataFrame], core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Amounts in the order in which they are printed, as exact decimal pesos. `raw` gives the order of the pages."""
    lines = core["line"].set_index("line_id")[["table", "row", "label"]]
    amounts = core["amount"].join(lines, on="line_id")
    amounts["amount"] = pd.array([pesos(None if pd.isna(c) else c) for c in amounts["amount_centavos"]], dtype="str")
    positions = raw["page"].set_index(["document_id", "page"])["position"]
    amounts["position"] = positions.reindex(pd.MultiIndex.from_frame(amounts[["document_id", "page"]])).to_numpy()
    order = ["document_id", "position", "table", "row", "column"]
    return amounts.sort_values(order, kind="stable", ignore_index=True)[COLUMNS]
