"""The lake holds what the store holds, changes only where that changed, and each of its editions says the same for ever.

The catalogue is a file here in place of PostgreSQL, and the bucket a folder; `make cluster-test` has the servers.
"""

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.made_store import fill, line, made_up
from warehouse.errors import WarehouseError
from warehouse.lake import commit as module
from warehouse.lake.commit import commit
from warehouse.lake.connect import Lake, opened
from warehouse.lake.edition import write_edition
from warehouse.release.build import PUBLISHED, build
from warehouse.release.folder import DATABASE, MANIFEST, Release
from warehouse.schema import TABLES
from warehouse.store import ddl
from warehouse.store.content import table_hash
from warehouse.store.parquet import Store

pytest.importorskip("duckdb_extension_ducklake")
obstore = pytest.importorskip("obstore")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(Store(tmp_path / "store"), made_up())


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    return Lake(f"{tmp_path / 'catalogue.ducklake'}", f"{tmp_path / 'files'}")


def released(store: Store, number: int) -> Release:
    """What a release says of the store, without its other files."""
    folder = store.root.parent / f"{number:04d}"
    folder.mkdir()
    manifest = {
        "release": number,
        "content": build(store, folder / DATABASE).content,
        "created_at": "2026-11-30T00:00:00+00:00",
    }
    return Release(folder, manifest | {"code_version": "1", "previous": number - 1 or None})


def differing(con: duckdb.DuckDBPyConnection, one: str, other: str) -> list[str]:
    """The tables in which two databases do not hold the same rows."""
    names = {name: ddl.table_name(TABLES[name]) for name in made_up()}
    rows = {
        side: [con.execute(f"FROM {side}.{table} ORDER BY ALL").fetchall() for table in names.values()]
        for side in (one, other)
    }
    return [name for name, *sides in zip(names, rows[one], rows[other], strict=True) if sides[0] != sides[1]]


def other_lines(store: Store) -> None:
    lines = [line(1), line(2, "Otro rótulo"), line(7) | {"document_id": "scan", "line_id": "scan:1:7"}]
    store.write("out.line", TABLES["out.line"].frame(lines))


def test_an_edition_is_the_release_and_the_next_one_leaves_it(store: Store, lake: Lake, tmp_path: Path) -> None:
    editions = obstore.store.LocalStore(str(tmp_path / "editions"), mkdir=True)
    first = released(store, 1)
    store.write(
        "raw.document", TABLES["raw.document"].frame([made_up()["raw.document"][0] | {"reader": "2"}]), "made-up"
    )
    snapshot = commit(lake, first)  # of the release, whatever became of the store
    write_edition(lake, first, editions)
    other_lines(store)
    second = released(store, 2)
    assert commit(lake, second) > snapshot
    write_edition(lake, second, editions)
    with opened(lake, tmp_path, read_only=True) as con:
        for release in (first, second):
            con.execute(f"ATTACH '{release.database}' AS r{release.number} (READ_ONLY)")
            con.execute(
                f"ATTACH '{tmp_path / 'editions' / release.folder.name / DATABASE}' AS e{release.number} (READ_ONLY)"
            )
            assert differing(con, f"r{release.number}", f"e{release.number}") == []
        assert differing(con, "r2", "lake") == []
        assert differing(con, "r1", "lake") == ["raw.document", "out.line"]
        assert con.execute("SELECT count(*) FROM e1.es.linea").fetchall() == [(3,)]
        con.execute("USE lake")
        hashes = module.table_hashes(con)
        assert hashes == {table.name: table_hash(con, table) for table in PUBLISHED}
    assert (tmp_path / "editions" / "0002" / MANIFEST).is_file()


def test_a_part_that_did_not_change_is_not_written_again(store: Store, lake: Lake, tmp_path: Path) -> None:
    commit(lake, released(store, 1))
    written = set((tmp_path / "files").rglob("*.parquet"))
    other_lines(store)
    commit(lake, released(store, 2))
    new = set((tmp_path / "files").rglob("*.parquet")) - written
    assert {path.relative_to(tmp_path / "files").parts[:2] for path in new} == {("out", "line"), ("committed", "part")}


def test_what_is_cut_short_leaves_the_snapshot_of_before(
    store: Store, lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = released(store, 1)
    snapshot = commit(lake, first)
    assert commit(lake, first) == snapshot  # and again is nothing new
    other_lines(store)
    with pytest.raises(WarehouseError, match="would hold other rows"):
        commit(lake, Release(first.folder, first.manifest | {"release": 2, "content": "0"}))
    monkeypatch.setattr(module, "_hold_against", interrupted)
    second = released(store, 2)
    with pytest.raises(KeyboardInterrupt):
        commit(lake, second)
    with opened(lake, tmp_path, read_only=True) as con:
        con.execute(f"ATTACH '{first.database}' AS r1 (READ_ONLY)")
        assert differing(con, "r1", "lake") == []


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt
