"""`core` as it is stored, for whoever looks at little of it: a table is read when it is asked for, and of the large ones only some rows.

What is made of it is for `transforms`; the parts that it was put together from, for `pipelines.work.normalizing`.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from transforms.ledgers.build import AMOUNT_COLUMNS, joinable
from warehouse.schema import CORE, TABLES
from warehouse.store.parquet import Store


class StoredCore(Mapping[str, pd.DataFrame]):
    """The stored frames, by the part of their name after the stage, as what joins them takes them; of amounts, AMOUNT_COLUMNS."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            columns = AMOUNT_COLUMNS if name == "amount" else None
            self._read[name] = joinable(name, self._store.read(f"core.{name}", columns=columns))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return (table.name.removeprefix("core.") for table in CORE)

    def __len__(self) -> int:
        return len(CORE)


def held_governments(store: Store, documents: pd.DataFrame) -> pd.DataFrame:
    """Which government has how many lines in which document: document_id, lines, and government_id, which is null where neither a line
    nor its document says it.
    """
    held = store.count("core.line", ["document_id", "government_id"]).rename(columns={"rows": "lines"})
    of_document = documents.drop_duplicates("document_id").set_index("document_id")["government_id"]
    government = held["government_id"].fillna(held["document_id"].map(of_document))
    key = ["document_id", "government_id"]
    named = held.assign(government_id=government.astype("str"))
    return named.groupby(key, dropna=False, as_index=False)["lines"].sum()


def failed_sums(store: Store) -> pd.DataFrame:
    """The reconciliations that failed."""
    rows = store.read("core.reconciliation", where={"outcome": ["failed"]})
    return rows if len(rows) else TABLES["core.reconciliation"].frame()
