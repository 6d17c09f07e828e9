"""A DuckDB to work in: in memory, modest, in UTC; and a file of ours attached to it, read-only.

What is asked of it belongs to whoever asks: `release` builds with it, `differences` compares in it, `ask` looks at the store.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.store import ddl

# A row of an answer, by column; money is Decimal.
Row = dict[str, Any]


@contextmanager
def session(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory, in UTC, modest in memory, with a folder of its own for what does not fit.

    `folder` is where the result goes: it is the place known to have room.
    """
    with tempfile.TemporaryDirectory(prefix=".duckdb-", dir=folder) as spill:
        con = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": spill})
        try:
            con.execute("SET GLOBAL TimeZone = 'UTC'")
            con.execute("SET enable_progress_bar = false")  # it would draw over the run's own lines
            yield con
        finally:
            con.close()


@contextmanager
def attached(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> Iterator[None]:
    """The file at `path` as the database `name` of the connection, read-only, for as long as the block lasts."""
    con.execute(f"ATTACH {ddl.text(str(path))} AS {ddl.name(name)} (READ_ONLY)")
    yield
    con.execute(f"DETACH {ddl.name(name)}")  # after an error, the session closes and lets go of it


def columns_of(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, set[str]]:
    """The names of the columns of each table (`out.line`) of an attached database, whatever its schema was."""
    columns: dict[str, set[str]] = {}
    for table, column in con.execute(
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [database]
    ).fetchall():
        columns.setdefault(table, set()).add(column)
    return columns
