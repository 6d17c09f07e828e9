"""The built file says what the schema says, holds what the store holds, and replaces the old one in one step."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse.made_store import fill, line, made_up
from warehouse.errors import StaleTableError
from warehouse.release import build as module
from warehouse.release.build import PUBLISHED, Built, build
from warehouse.schema import TABLES, Table
from warehouse.store import ddl
from warehouse.store.content import VOLATILE, content_hash, table_hash
from warehouse.store.parquet import Store

Refill = Callable[[str, list[dict[str, Any]]], Path]


Described = dict[tuple[str, str], list[tuple[Any, ...]]]


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(path), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("base")
    return build(fill(Store(folder / "store"), made_up()), folder / "x.duckdb")


@pytest.fixture(scope="module")
def columns(empty: Path) -> Described:
    """Name, type, whether required, and comment of the columns of every table and view of the file."""
    sql = "SELECT column_name, data_type, NOT is_nullable, comment, schema_name, table_name FROM duckdb_columns() ORDER BY column_index"
    described: Described = {}
    for *column, schema, table in ask(empty, sql):
        described.setdefault((schema, table), []).append(tuple(column))
    return described


@pytest.fixture(scope="module")
def comments(empty: Path) -> dict[tuple[str, str], str]:
    """The comment of every table and view of the file."""
    sql = "SELECT schema_name, {0}_name, comment FROM duckdb_{0}s()"
    return {(schema, name): said for kind in ("table", "view") for schema, name, said in ask(empty, sql.format(kind))}


@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_a_table_of_the_file_is_that_of_the_schema(columns: Described, comments: dict, table: Table) -> None:
    schema, name = table.name.split(".")
    expected = [
        (c.name, c.type.duckdb.replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"), c.required, c.description)
        for c in table.columns
    ]
    assert columns[schema, name] == expected
    assert comments[schema, name] == table.description


@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_its_spanish_view_is_that_of_the_schema(columns: Described, comments: dict, table: Table) -> None:
    expected = [
        (c.es, c.type.duckdb.replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"), c.descripcion) for c in table.columns
    ]
    assert [(name, kind, comment) for name, kind, _, comment in columns["es", table.es]] == expected
    assert comments["es", table.es] == table.descripcion


def test_the_file_has_nothing_else(empty: Path) -> None:
    tables = ask(empty, "SELECT schema_name || '.' || table_name FROM duckdb_tables()")
    assert sorted(name for (name,) in tables) == sorted(table.name for table in PUBLISHED)
    views = ask(empty, "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal")
    assert sorted(name for (name,) in views) == sorted(f"es.{table.es}" for table in PUBLISHED)


def test_core_and_out_are_published_whole() -> None:
    unpublished = set(TABLES) - {table.name for table in PUBLISHED}
    assert all(name.startswith("raw.") for name in unpublished)


def test_money_becomes_exact_pesos(base: Built) -> None:
    amounts = ask(base.path, "SELECT line_id, amount, typeof(amount) FROM core.amount")
    assert amounts == [
        ("made-up:1:1", Decimal("-0.01"), "DECIMAL(18,2)"),
        ("made-up:1:2", Decimal("-9999999999999999.99"), "DECIMAL(18,2)"),
        ("made-up:1:3", None, "DECIMAL(18,2)"),
        ("made-up:1:10", Decimal("9999999999999999.99"), "DECIMAL(18,2)"),
    ]
    assert ask(base.path, "SELECT sum(importe) FROM es.importes") == [(Decimal("-0.01"),)]


def test_rows_come_in_the_order_of_the_document(base: Built) -> None:
    assert ask(base.path, "SELECT line_id FROM out.line") == [("made-up:1:1",), ("made-up:1:2",), ("made-up:1:10",)]
    assert ask(base.path, 'SELECT page, "number" FROM raw.number') == [(p, n) for p in ("2", "9", "10") for n in (1, 2)]


def test_the_report_counts_rows_and_tells_missing_from_empty(store: Store, tmp_path: Path) -> None:
    store.write("core.line", TABLES["core.line"].frame())
    built = build(store, tmp_path / "x.duckdb")
    assert built.rows["core.amount"] == 4
    assert built.rows["core.line"] == 0
    assert "out.claim" in built.missing
    assert "core.line" not in built.missing
    assert built.bytes == built.path.stat().st_size
    assert {t.name: t.bytes for t in built.tables}["core.amount"] > 0


def test_two_builds_say_the_same_whatever_the_order_of_the_rows(base: Built, tmp_path: Path) -> None:
    backwards = {name: records[::-1] for name, records in made_up().items()}
    second = build(fill(Store(tmp_path / "store"), backwards), tmp_path / "x.duckdb")
    assert base.content == second.content
    for table in (table for table in PUBLISHED if table.name in backwards):
        everything = f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {ddl.table_name(table)}"
        assert ask(base.path, everything) == ask(second.path, everything)


def hashed(tmp_path: Path, name: str, records: list[dict[str, Any]]) -> str:
    """The hash of one table with these rows."""
    files = fill(Store(tmp_path / "hashed"), {name: records}).files(name)
    con = duckdb.connect()
    con.execute(f"CREATE SCHEMA {TABLES[name].stage}; {ddl.create(TABLES[name])}; {ddl.insert(TABLES[name], files)}")
    digest = table_hash(con, TABLES[name])
    con.close()
    return digest


@pytest.mark.parametrize(
    ("rows", "misplaced"), [([1, 2, 10], 0), ([10, 2, 1], 2), ([1, 10, 2], 1), ([1, 2, 2], 1), ([1], 0), ([], 0)]
)
def test_rows_out_of_order_or_of_one_key_are_noticed(tmp_path: Path, rows: list[int], misplaced: int) -> None:
    files = fill(Store(tmp_path), {"out.line": [line(row) for row in rows]}).files("out.line")
    assert duckdb.sql(ddl.misplaced(TABLES["out.line"], files)).fetchall() == [(misplaced,)]


CHANGES = [{"label": "otra"}, {"label": ""}, {"label": None}, {"aprobado_centavos": 1_234_57}, {"citable": None}]


@pytest.mark.parametrize("change", [*CHANGES, {"printed_page": ""}], ids=str)
def test_any_change_of_a_value_changes_the_hash(tmp_path: Path, change: dict[str, Any]) -> None:
    before = hashed(tmp_path, "out.line", [line(2), line(1)])
    assert hashed(tmp_path, "out.line", [line(1), line(2)]) == before
    assert hashed(tmp_path, "out.line", [line(2), line(1, **change)]) != before


def test_values_that_run_together_are_not_the_same(tmp_path: Path) -> None:
    together = hashed(tmp_path, "out.line", [line(1, label="ab", path="")])
    assert hashed(tmp_path, "out.line", [line(1, label="a", path="b")]) != together


def test_a_row_twice_is_not_the_row_once(tmp_path: Path) -> None:
    assert len({hashed(tmp_path, "out.line", [line(2)] + [line(1)] * times) for times in range(5)}) == 5


def test_the_fingerprint_of_the_reader_is_not_content(tmp_path: Path) -> None:
    assert all(name in TABLES and set(columns) <= set(TABLES[name].by_name) for name, columns in VOLATILE.items())
    [document] = made_up()["raw.document"]
    before = hashed(tmp_path, "raw.document", [document])
    assert hashed(tmp_path, "raw.document", [{**document, "reader": "2"}]) == before
    assert hashed(tmp_path, "raw.document", [{**document, "message": "x"}]) != before


def test_the_content_is_that_of_every_table_in_any_order() -> None:
    tables = {"out.line": "1:2:3", "core.line": "0:0:0"}
    same = dict(reversed(tables.items()))
    assert content_hash(same) == content_hash(tables)
    assert content_hash({**tables, "core.line": "1:0:0"}) != content_hash(tables)


def test_a_reader_keeps_the_old_file_and_the_next_one_sees_the_new(
    base: Built, store: Store, tmp_path: Path, refill: Refill
) -> None:
    path = Path(shutil.copy(base.path, tmp_path))
    reader = duckdb.connect(str(path), read_only=True)
    refill("out.line", [line(1)])
    build(store, path)
    assert reader.execute("SELECT count(*) FROM out.line").fetchall() == [(3,)]
    program = f"import duckdb; print(duckdb.connect({str(path)!r}, read_only=True).execute('SELECT count(*) FROM out.line').fetchall())"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[(1,)]"
    assert reader.execute("SELECT count(*) FROM es.linea").fetchall() == [(3,)]
    reader.close()


def test_a_build_that_fails_leaves_the_old_file_and_nothing_else(
    base: Built, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "target").mkdir()
    path = Path(shutil.copy(base.path, tmp_path / "target"))
    before = path.read_bytes()

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_measured", crash)
    with pytest.raises(KeyboardInterrupt):
        build(store, path)
    assert path.read_bytes() == before
    assert [tables.name for tables in path.parent.iterdir()] == ["x.duckdb"]


def test_a_stale_table_stops_the_build_before_it_starts(store: Store, tmp_path: Path) -> None:
    [stored] = store.files("out.line")
    pq.write_table(pq.read_table(stored).drop_columns(["path"]), stored)
    with pytest.raises(StaleTableError, match=r"out\.line.*missing: path"):
        build(store, tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


def test_the_file_is_of_the_oldest_storage_version(empty: Path) -> None:
    # Bytes 12 to 19 of the header are the storage version; 64 is that of DuckDB 0.9 to 1.1.
    assert int.from_bytes(empty.read_bytes()[12:20], "little") == 64


def test_the_views_work_when_the_file_is_attached_under_another_name(base: Built) -> None:
    con = duckdb.connect()
    con.execute(f"ATTACH '{base.path}' AS otro (READ_ONLY)")
    assert con.execute("SELECT count(*) FROM otro.es.linea").fetchall() == [(3,)]
    con.close()


def test_odd_paths_are_only_paths_and_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "it's [odd] *"
    built = build(fill(Store(folder / "store"), made_up()), folder / "target" / "x.duckdb")
    assert built.rows["out.line"] == 3
    assert [path.name for path in built.path.parent.iterdir()] == ["x.duckdb"]
