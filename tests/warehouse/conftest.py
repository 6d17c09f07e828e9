"""The made-up store, the database and the release made of it, as fixtures. What takes seconds is made once."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.made_store import Rows, fill, made_up
from warehouse.release import exports
from warehouse.release.build import build
from warehouse.release.folder import Release
from warehouse.release.publish import publish
from warehouse.schema import TABLES
from warehouse.store import ddl
from warehouse.store.parquet import Store

WHEN = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Store(tmp_path / "store"), made_up())


@pytest.fixture
def refill(store: Store) -> Callable[[str, list[dict[str, Any]]], Path]:
    """Writes a table of the store again, with other rows."""
    return lambda name, records: store.write(name, TABLES[name].frame(records))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of every table, without rows."""
    folder = tmp_path_factory.mktemp("empty")
    return build(Store(folder / "store"), folder / "x.duckdb").path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Callable[[Rows], Path]:
    """The made-up database, with these rows in place of some: a copy of the empty one that is filled."""

    def made(rows: Rows) -> Path:
        path = Path(shutil.copy(empty, tmp_path / "made.duckdb"))
        store = fill(Store(tmp_path / "made"), made_up() | rows)
        with duckdb.connect(str(path)) as con:
            con.execute("SET TimeZone = 'UTC'")
            for name in made_up() | rows:
                con.execute(ddl.insert(TABLES[name], store.current_files(name)))
        return path

    return made


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with every file, and one more; whoever changes it takes a copy."""
    folder = tmp_path_factory.mktemp("whole")
    report = folder / "validacion.html"
    report.write_text("<p>bien</p>")
    store = fill(Store(folder / "store"), made_up())
    return publish(store, folder / "releases", code_version="abc", created_at=WHEN, extra_files=[report])


@pytest.fixture
def one_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release with the CSV of the lines alone: all of them take as long as the rest of it."""
    monkeypatch.setattr(exports, "CSV", (TABLES["out.line"],))
