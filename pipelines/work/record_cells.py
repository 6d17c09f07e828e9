"""The cells of one record of a ledger, from the store: a release holds what records mean, not every cell of them.

The rows of linked sheets that the record refers to are its own too. A cell that was withheld has no text there either.
"""

from typing import Any

import pandas as pd

from pipelines.home import Home
from transforms.ledgers.rows import linked
from warehouse.ask.ledgers import LedgerRecord


def record_cells(home: Home, record: LedgerRecord) -> list[dict[str, Any]]:
    """Rows of `raw.record` of a record of the release, its own first, in the order of the sheet; none where its document is read no more."""
    frame = home.store.read("raw.record", record.row["document_id"], missing_ok=True)
    main = frame[frame["record"].eq(record.row["record"])]
    parts = frame[frame["record"].isin(_parts(frame, main))]
    cells = pd.concat([main, parts[~parts["field"].eq("id")]]).astype(object)
    return [
        {str(name): value for name, value in row.items()} for row in cells.where(cells.notna(), None).to_dict("records")
    ]


def _parts(frame: pd.DataFrame, main: pd.DataFrame) -> set[int]:
    """The numbers of the records in linked sheets that these cells refer to."""
    numbers: set[int] = set()
    for part in main.loc[main["type"].eq("reference"), "field"].unique():
        pairs = linked(frame, part)
        numbers |= set(pairs.loc[pairs["record"].isin(main["record"]), "part_record"].astype(int))
    return numbers
