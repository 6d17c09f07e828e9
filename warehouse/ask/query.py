"""SQL on a published file, read-only and shut in: it reaches no other file and no network.

How an answer is shown (table, CSV, JSON) belongs to the command line.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import QueryError


def query(path: Path | str, sql: str, limit: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names and rows that SQL gives on the published file, at most `limit` rows. Money comes as Decimal.

    Raises QueryError, with what to do, when the file or the SQL cannot answer.
    """
    table = query_arrow(path, sql, limit)
    columns = [column.to_pylist() for column in table.columns]
    return table.column_names, list(zip(*columns, strict=True))


def query_arrow(path: Path | str, sql: str, limit: int | None = None) -> pa.Table:
    """The same as an Arrow table, with exact decimals."""
    with asking(path) as ask:
        return ask(sql, limit)


@contextmanager
def asking(path: Path | str) -> Iterator[Callable[..., pa.Table]]:
    """The file opened once for many questions: a function of SQL and, if wanted, the most rows. Raises as `query`."""
    path = Path(path)
    if not path.is_file():
        raise QueryError(f"There is no published file at {path}.", "Publish a release first.")
    with tempfile.TemporaryDirectory(prefix="peso-query-") as spill:
        con = _open(path, spill)
        try:
            yield partial(_answer, con)
        finally:
            con.close()


def _answer(con: duckdb.DuckDBPyConnection, sql: str, limit: int | None = None) -> pa.Table:
    try:
        answer = con.sql(sql)
        if answer is None:
            return pa.table({})
        return (answer if limit is None else answer.limit(limit)).to_arrow_table()
    except duckdb.Error as error:
        raise _explained(con, error) from error


def _open(path: Path, spill: str) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        # Names in SQL are tables, never variables of the program.
        "python_enable_replacements": "false",
        "temp_directory": spill,
        "memory_limit": "2GB",
    }
    try:
        con = duckdb.connect(str(path), read_only=True, config=settings)
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET lock_configuration = true")
        return con
    except duckdb.Error as error:
        raise QueryError(f"{path} is not a file that DuckDB can open: {_first_line(error)}.") from error


def _explained(con: duckdb.DuckDBPyConnection, error: duckdb.Error) -> QueryError:
    message = _first_line(error)
    if isinstance(error, duckdb.CatalogException) and "Table with name" in message:
        wanted = message.split("Table with name ", 1)[1].split(" does not exist")[0]
        return QueryError(f"No such table {wanted}: tables are {', '.join(_tables(con))}.")
    if isinstance(error, duckdb.PermissionException):
        return QueryError("SQL on a published file reaches no other file and no network.", "Query its tables only.")
    if "read-only mode" in message:
        return QueryError("A published file is never changed.", "Copy it and open the copy to make tables of your own.")
    if "configuration has been locked" in message:
        return QueryError("Settings cannot be changed on a published file.")
    if isinstance(error, duckdb.BinderException):
        return QueryError(f"{message}.", _advice(error))
    return QueryError(f"{message}.", "The SQL is DuckDB's.")


def _advice(error: duckdb.Error) -> str:
    """DuckDB's own hint (candidate names), where it gives one."""
    hints = [line.strip() for line in str(error).splitlines()[1:] if line.strip().startswith("Candidate")]
    return f"{hints[0]}." if hints else "DESCRIBE a table to see its columns."


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_catalog = current_catalog() "
        "ORDER BY table_schema = 'raw', table_schema, table_name"
    ).fetchall()
    return [name for (name,) in rows]


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0].rstrip("!. ")
