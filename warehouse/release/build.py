"""The DuckDB file: assembled fresh from the Parquet store, and published when it is finished.

Never changed in place: a writer would lock readers out. What is published beside it is in `warehouse.release.publish`.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from warehouse.schema import CORE, OUT, TABLES, Table
from warehouse.store import ddl
from warehouse.store.content import content_hash, table_hash
from warehouse.store.files import replacing
from warehouse.store.parquet import Store
from warehouse.store.session import session

_T = TypeVar("_T")
# Every DuckDB since 1.0 opens it, and so does the one for browsers.
STORAGE_VERSION = "v1.0.0"
# Of raw: the accounting of pages and numeric words (promise P2). Rows, columns and tables stand in core.
PUBLISHED: tuple[Table, ...] = (
    *(TABLES[name] for name in ("raw.document", "raw.page", "raw.number")),
    *CORE,
    *OUT,
)


@dataclass(frozen=True)
class BuiltTable:
    """A table of the file. `bytes` is the space it takes there; `missing` says that the store has never held it."""

    name: str
    rows: int
    bytes: int
    content: str
    missing: bool


@dataclass(frozen=True)
class Built:
    """The file, and what is in it. `content` is the same for the same rows."""

    path: Path
    bytes: int
    content: str
    tables: tuple[BuiltTable, ...]
    seconds: float

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {table.name: table.rows for table in self.tables}

    @property
    def missing(self) -> list[str]:
        """Tables that are empty because nothing was ever written, not because there is nothing."""
        return [table.name for table in self.tables if table.missing]


def build(store: Store, path: Path | str) -> Built:
    """Assembles the store's tables into a new DuckDB file at `path`, replacing what was there in one step.

    Readers of the old file keep it. Raises StaleTableError when a stored table is of an older schema.
    """
    started, path = time.monotonic(), Path(path)
    files = {table.name: store.current_files(table.name) for table in PUBLISHED}
    with replacing(path) as temporary, session(path.parent) as con:
        con.execute(f"ATTACH {ddl.text(str(temporary))} AS build (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE build")
        _declare(con)
        _each(con, lambda cursor, table: _fill(cursor, table, files[table.name]))
        con.execute("CHECKPOINT build")
        tables = tuple(_each(con, lambda cursor, table: _measured(cursor, table, missing=not files[table.name])))
        con.execute("USE memory")
        con.execute("DETACH build")
    content = content_hash({table.name: table.content for table in tables})
    return Built(path, path.stat().st_size, content, tables, time.monotonic() - started)


def _declare(con: duckdb.DuckDBPyConnection) -> None:
    """Schemas, tables, views and comments, in one transaction: each of a thousand would wait for the disk."""
    con.execute("BEGIN TRANSACTION")
    for schema in dict.fromkeys([*(table.stage for table in PUBLISHED), ddl.SPANISH]):
        con.execute(f"CREATE SCHEMA {ddl.name(schema)}")
    for table in PUBLISHED:
        con.execute("; ".join([ddl.create(table), ddl.create_view(table), *ddl.comments(table)]))
    con.execute("COMMIT")


def _each(con: duckdb.DuckDBPyConnection, work: Callable[[duckdb.DuckDBPyConnection, Table], _T]) -> list[_T]:
    """The work on every table, two at a time: a part of it keeps one core busy and the others waiting."""

    def on_its_own(table: Table) -> _T:
        with con.cursor() as cursor:
            cursor.execute("USE build")
            return work(cursor, table)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(on_its_own, PUBLISHED))


def _fill(con: duckdb.DuckDBPyConnection, table: Table, files: list[Path]) -> None:
    if files:
        # Most are written in their order, and looking is cheap; sorting needs room for all their columns.
        [(misplaced,)] = con.execute(ddl.misplaced(table, files)).fetchall()
        con.execute(ddl.insert(table, files, ordered=misplaced == 0))


def _measured(con: duckdb.DuckDBPyConnection, table: Table, *, missing: bool) -> BuiltTable:
    content = table_hash(con, table)
    [(size,)] = con.execute(
        "SELECT count(DISTINCT block_id) * (SELECT any_value(block_size) FROM pragma_database_size() "
        "WHERE database_name = 'build') "
        f"FROM pragma_storage_info({ddl.text(table.name)}) WHERE persistent AND block_id >= 0"
    ).fetchall()
    return BuiltTable(table.name, int(content.split(":")[0]), int(size or 0), content, missing)
