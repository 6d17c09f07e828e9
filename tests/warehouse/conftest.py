"""The made-up store, as fixtures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.made_store import fill, made_up
from warehouse.schema import TABLES
from warehouse.store.parquet import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Store(tmp_path / "store"), made_up())


@pytest.fixture
def refill(store: Store) -> Callable[[str, list[dict[str, Any]]], Path]:
    """Writes a table of the store again, with other rows."""
    return lambda name, records: store.write(name, TABLES[name].frame(records))
