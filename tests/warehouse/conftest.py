"""The made-up store, the database and the release made of it, as fixtures. What takes seconds is made once."""

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from warehouse.store.session import attached, session

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
    return lambda rows: filled(empty, tmp_path, made_up() | rows)


def filled(empty: Path, folder: Path, rows: Rows) -> Path:
    """A copy of the empty database in the folder, with these rows."""
    path = Path(shutil.copy(empty, folder / "made.duckdb"))
    store = fill(Store(folder / "made"), rows)
    with duckdb.connect(str(path)) as con:
        con.execute("SET TimeZone = 'UTC'")
        for name in rows:
            con.execute(ddl.insert(TABLES[name], store.current_files(name)))
    return path


@contextmanager
def in_use(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has the database in use, as writing an edition has it."""
    with session(path.parent) as con, attached(con, path, "release"):
        con.execute("USE release")
        yield con
        con.execute("USE memory")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with every file, and one more; whoever changes it takes a copy."""
    folder = tmp_path_factory.mktemp("whole")
    report = folder / "validacion.html"
    report.write_text("<p>bien</p>")
    store = fill(Store(folder / "store"), made_up())
    return publish(store, folder / "releases", code_version="abc", created_at=WHEN, extra_files=[report])


@pytest.fixture
def released(whole: Release, tmp_path: Path) -> Release:
    """A copy of it, first of its folder, for what changes it or publishes after it."""
    return moved(whole, tmp_path)


def moved(release: Release, folder: Path) -> Release:
    """A copy of a release with all that lies beside it."""
    root = shutil.copytree(release.folder.parent, folder / "releases", symlinks=True)
    return dataclasses.replace(release, folder=root / release.folder.name)


@pytest.fixture
def one_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release with the CSV of the lines alone: all of them take as long as the rest of it."""
    monkeypatch.setattr(exports, "CSV", (TABLES["out.line"],))
