"""What the program reads from a document, one row per amount, for the eye: the columns of `peso read`."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from transforms.words.money import pesos
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.vocabulary import FACETS

COLUMNS = [
    "page", "table", "row", "column", "label", "header", "stage", "source_text", "amount", "verified", "reason", "lacks", "place",
]  # fmt: skip


def amounts_table(raw: Mapping[str, pd.DataFrame], core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Amounts in the order in which they are printed, as exact decimal pesos. `raw` gives the order of the pages."""
    lines = core["line"].set_index("line_id")[["table", "row", "label"]]
    amounts = core["amount"].join(lines, on="line_id")
    amounts["amount"] = pd.array([pesos(None if pd.isna(c) else c) for c in amounts["amount_centavos"]], dtype="str")
    amounts["lacks"] = _lacking(amounts)
    positions = raw["page"].set_index(["document_id", "page"])["position"]
    amounts["position"] = positions.reindex(pd.MultiIndex.from_frame(amounts[["document_id", "page"]])).to_numpy()
    order = ["document_id", "position", "table", "row", "column"]
    return amounts.sort_values(order, kind="stable", ignore_index=True)[COLUMNS]


def _lacking(amounts: pd.DataFrame) -> pd.Series:
    """The facets that rest on nothing, joined by a comma; null where each rests on something."""
    lacks = np.array([amounts[column.name].isna().to_numpy(dtype=bool) for column in BASIS_COLUMNS]).T
    which, number = np.unique(lacks @ (1 << np.arange(len(FACETS))), return_inverse=True)
    names = [", ".join(name for bit, name in enumerate(FACETS) if code >> bit & 1) or None for code in which.tolist()]
    return pd.Series(np.array([*names, None], dtype=object)[number], amounts.index, dtype="str")
