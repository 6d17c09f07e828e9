"""A published file opened for questions, read-only and shut in: it reaches no other file and no network.

How an answer is shown (table, CSV, JSON) belongs to the command line; the questions that have a name, to the other
modules of this room.
"""

import difflib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import QueryError
from warehouse.schema import TABLES
from warehouse.store import ddl
from warehouse.store.session import Row, session

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.store.parquet import Store

# What `.tables` answers: each table and view, with what it is.
LIST_TABLES = """
    SELECT table_schema || '.' || table_name AS tabla, TABLE_COMMENT AS contenido FROM information_schema.tables
    WHERE table_catalog = current_catalog() ORDER BY table_schema <> 'es', table_schema, table_name
"""


class Ask:
    """A database open for questions: SQL with `$named` values, which are bound and never written into it.

    Raises QueryError, with what to do, for what the database cannot answer.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con

    def __call__(self, sql: str, **values: Any) -> list[Row]:
        """The rows of the answer; money stays Decimal."""
        try:
            rows: list[Row] = self._con.execute(sql, values or None).to_arrow_table().to_pylist()
        except duckdb.Error as error:
            raise _explained(self._con, error) from error
        return rows

    @contextmanager
    def apart(self) -> Iterator["Ask"]:
        """The same file for questions from another thread: DuckDB does not open a file twice with a folder of its own for each."""
        with self._con.cursor() as con:
            yield Ask(con)

    def table(self, sql: str, limit: int | None = None) -> "pa.Table":
        """The answer to SQL that a person wrote, as an Arrow table, at most `limit` rows."""
        import pyarrow as pa

        try:
            answer = self._con.sql(sql)
            if answer is None:
                return pa.table({})
            return (answer if limit is None else answer.limit(limit)).to_arrow_table()
        except duckdb.Error as error:
            raise _explained(self._con, error) from error

    def statements(self, sql: str) -> list[str]:
        """The statements of SQL that a person wrote, each as text; none where there is only a comment."""
        try:
            return [statement.query.strip().rstrip(";") for statement in self._con.extract_statements(sql)]
        except duckdb.Error as error:
            raise _explained(self._con, error) from error


def is_one_of(column: str, name: str) -> str:
    """SQL for: the column is one of the texts of the list `$name`, which may be long, or empty."""
    return f"{column} IN (SELECT unnest(CAST(${name} AS VARCHAR[])))"


@contextmanager
def asking(path: Path | str) -> Iterator[Ask]:
    """The published file, opened once for many questions. Raises QueryError where it cannot be opened."""
    path = Path(path)
    if not path.is_file():
        raise QueryError(
            f"There is no published file at {path}.",
            "Publish a release first.",
            es=f"No hay archivo publicado en {path}. Publique antes una edición.",
        )
    with tempfile.TemporaryDirectory(prefix="peso-query-") as spill:
        con = _open(path, spill)
        try:
            yield Ask(con)
        finally:
            con.close()


@contextmanager
def asking_store(store: "Store", *names: str) -> Iterator[Ask]:
    """The same questions to tables (`core.line`) of the store, as they stand before they are published.

    Raises StaleTableError when a stored table is of an older schema.
    """
    with session(store.root) as con:
        for schema in dict.fromkeys(TABLES[name].stage for name in names):
            con.execute(f"CREATE SCHEMA {ddl.name(schema)}")
        for name in names:
            con.execute(ddl.create_stored_view(TABLES[name], store.current_files(name)))
        yield Ask(con)


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
        raise QueryError(
            f"{path} is not a file that DuckDB can open: {_first_line(error)}.",
            es=f"DuckDB no puede abrir {path}: {_first_line(error)}.",
        ) from error


def _explained(con: duckdb.DuckDBPyConnection, error: duckdb.Error) -> QueryError:
    message = _first_line(error)
    if isinstance(error, duckdb.CatalogException) and "Table with name" in message:
        wanted = message.split("Table with name ", 1)[1].split(" does not exist")[0]
        names = _tables(con)
        return QueryError(
            f"No such table {wanted}: {_nearest(wanted, names)}.",
            es=f"No hay tabla {wanted}: {_nearest(wanted, names, spanish=True)}.",
        )
    if isinstance(error, duckdb.PermissionException):
        return QueryError(
            "SQL on a published file reaches no other file and no network.",
            "Query its tables only.",
            es="El SQL de un archivo publicado no llega a otro archivo ni a la red. Pregunte solo a sus tablas.",
        )
    if "read-only mode" in message:
        return QueryError(
            "A published file is never changed.",
            "Copy it and open the copy to make tables of your own.",
            es="Un archivo publicado no se cambia. Cópielo y haga sus tablas en la copia.",
        )
    if "configuration has been locked" in message:
        return QueryError(
            "Settings cannot be changed on a published file.", es="En un archivo publicado no se cambian ajustes."
        )
    if isinstance(error, duckdb.BinderException):
        advice = _advice(error)
        return QueryError(
            f"{message}.",
            advice or "DESCRIBE a table to see its columns.",
            es=f"{message}. {advice or 'DESCRIBE TABLA muestra sus columnas.'}",
        )
    return QueryError(f"{message}.", "The SQL is DuckDB's.", es=f"{message}. El SQL es el de DuckDB.")


def _advice(error: duckdb.Error) -> str:
    """DuckDB's own hint (candidate names), where it gives one."""
    hints = [line.strip() for line in str(error).splitlines()[1:] if line.strip().startswith("Candidate")]
    return f"{hints[0]}." if hints else ""


def _nearest(wanted: str, names: list[str], spanish: bool = False) -> str:
    """The names like the one that is wanted, whatever its schema; where there is none, all of them."""
    bare = {name.split(".")[1]: name for name in reversed(names)}
    alike = difflib.get_close_matches(wanted.lower().split(".")[-1], bare, cutoff=0.7)
    if alike and spanish:
        return f"¿quiso decir {' o '.join(bare[name] for name in alike)}? `.tables` las lista todas"
    if alike:
        return f"did you mean {' or '.join(bare[name] for name in alike)}? `.tables` lists them all"
    return f"{'las tablas son' if spanish else 'tables are'} {', '.join(names)}"


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_catalog = current_catalog() "
        "ORDER BY table_schema = 'raw', table_schema, table_name"
    ).fetchall()
    return [name for (name,) in rows]


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0].rstrip("!. ")
