"""Every basket that measures something as rows of the panel, shipped or a user's own: one amount per budget and basket."""

from collections.abc import Sequence

import pandas as pd

from transforms.measure.baskets import Basket
from transforms.measure.candidates import TOTAL
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET, choose
from transforms.measure.signature import period


def basket_rows(measured: Measured, baskets: Sequence[Basket]) -> pd.DataFrame:
    """One row per budget and basket in the columns of `class_rows`, with `rule` and `missing`; without a position in core.amount."""
    names = {basket.id: basket.name.es for basket in baskets if basket.measures}
    ways = measured.candidates.assign(operand=measured.candidates["basket"])
    chosen = choose(ways, (TOTAL, *names))
    rows = chosen.operands[chosen.operands["operand"] != TOTAL]
    rows = rows.merge(chosen.budgets[[*BUDGET, "period_start", "period_end"]], on=BUDGET)
    kinds = ways.drop_duplicates("document_id").set_index("document_id")["kind"]
    made = rows.assign(
        by="basket", level="basket", class_id=rows["operand"], name=rows["operand"].map(names).astype("str"),
        government=rows["government_id"].map(measured.governments), period=period(rows), perimeter=rows["within"],
        kind=rows["source_document"].map(kinds), document_id=rows["source_document"], echo=False, best=True,
        table=rows["table"].where(rows["added"] == 1), view_id=-1,
    )  # fmt: skip
    # An amount that one document lends to another is of the document that prints it, once.
    return made.drop_duplicates([*BUDGET, "class_id"])
