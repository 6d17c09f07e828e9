"""The panel of small figures made for a test."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.transforms.made_core import MadeCore
from transforms.compare.declared import Declared, load
from transforms.measure.baskets import Basket, load_baskets
from transforms.out import compare


def panel_of(core: MadeCore, *own: Basket) -> Mapping[str, pd.DataFrame]:
    """The frames of `out` with these baskets beside the shipped ones."""
    declared = load()
    return compare(core.frames(), Declared((*load_baskets(), *own), declared.comparisons) if own else declared)


def by_object(core: MadeCore, document_id: str = "doc", year: int = 2021, factor: float = 1, **fields: Any) -> MadeCore:
    """A document by object with total, chapters, a concept and a partida, at `aprobado` and `devengado`."""
    core.document(document_id, year, **fields).table(document_id=document_id)
    whole = core.line("Total", amounts(1_000_000_000, factor), document_id=document_id, row_kind="total")
    for code, name, pesos in (("1", "Servicios personales", 600_000_000), ("3", "Servicios generales", 300_000_000)):
        chapter = core.line(
            name, amounts(pesos, factor), document_id=document_id, object_code=code, row_kind="subtotal", depth=1, parent_line_id=whole
        )  # fmt: skip
    concept = core.line(
        "Servicios oficiales", amounts(50_000_000, factor), document_id=document_id, object_code="38", depth=2, parent_line_id=chapter
    )  # fmt: skip
    core.line(
        "Gastos de ceremonial", amounts(20_000_000, factor), document_id=document_id, object_code="381", depth=3, parent_line_id=concept
    )  # fmt: skip
    debt = core.line(
        "Deuda pública", amounts(100_000_000, 1), document_id=document_id, object_code="9", row_kind="subtotal", depth=1, parent_line_id=whole
    )  # fmt: skip
    core.line(
        "Amortización de la deuda pública", amounts(100_000_000, 1), document_id=document_id, object_code="91", depth=2, parent_line_id=debt
    )  # fmt: skip
    return core


def amounts(pesos: float, factor: float) -> dict[str, float]:
    """The amount at both stages: the later one is `factor` times the earlier."""
    return {"aprobado": pesos, "devengado": pesos * factor}


def row(frame: pd.DataFrame, **where: object) -> pd.Series:
    """The one row of the frame with these values."""
    for name, value in where.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, frame.T
    return frame.iloc[0]
