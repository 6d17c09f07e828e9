"""One committer takes a release into the lake: in one transaction, and only the parts that changed.

A part of a table is the rows of a document, or of a government where there is no document; a table without either is one part. What
a part holds is told by the hash of its rows, which add up to those of `warehouse.store.content`.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.errors import WarehouseError
from warehouse.lake.connect import NAME, Lake, opened
from warehouse.release.build import PUBLISHED
from warehouse.release.folder import Release
from warehouse.schema import TABLES, Table
from warehouse.store import ddl
from warehouse.store.content import content_hash, lasting_columns
from warehouse.store.session import attached

# The rows of every part, beside the tables: what was committed is known without reading it again.
PARTS = f"{NAME}.committed.part"
_OF_PART = "table_name VARCHAR, part VARCHAR, row_count BIGINT, whole VARCHAR, low VARCHAR, high VARCHAR"
_RELEASE = "release"


def commit(lake: Lake, release: Release) -> int:
    """Makes the lake say what the release says, as an edition of the same number; returns the snapshot.

    Its rows are those of the release's database, not of the store: a store that says the same may say it with other words about the
    release before. An edition that the lake has already stays as it is. Killed anywhere, it leaves the snapshot of before.
    Raises WarehouseError where what the lake would hold is not the content of the release; nothing is committed then.
    """
    with TemporaryDirectory(prefix=".new-", dir=release.folder.parent) as folder, opened(lake, Path(folder)) as con:
        if (committed := snapshot_of(con, release.number)) is not None:
            return committed
        with attached(con, release.database, _RELEASE):
            con.execute("BEGIN TRANSACTION")
            con.execute(f"USE {NAME}")
            _declare(con)
            _take(con)
            _hold_against(con, release)
            extra, cited = ddl.text(json.dumps({"edition": release.number})), ddl.text(release.cited)
            con.execute(f"CALL {NAME}.set_commit_message('peso', {cited}, extra_info => {extra})")
            con.execute("COMMIT")
            con.execute("USE memory")
        [(snapshot,)] = con.execute(f"SELECT max(snapshot_id) FROM ducklake_snapshots('{NAME}')").fetchall()
        return int(snapshot)


def snapshot_of(con: duckdb.DuckDBPyConnection, edition: int) -> int | None:
    """The snapshot of an edition; None where it was never committed."""
    rows = con.execute(f"SELECT snapshot_id, commit_extra_info FROM ducklake_snapshots('{NAME}')").fetchall()
    return next((int(number) for number, extra in rows if extra and json.loads(extra).get("edition") == edition), None)


def _declare(con: duckdb.DuckDBPyConnection) -> None:
    """All published tables, which exist from now on with the columns of today's schema; one of other columns is filled anew."""
    for schema in dict.fromkeys(["committed", *(table.stage for table in PUBLISHED)]):
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {ddl.name(schema)}")
    con.execute(f"CREATE TABLE IF NOT EXISTS {PARTS} ({_OF_PART})")
    there, wanted = _columns(con, NAME), _columns(con, _RELEASE)
    for table in PUBLISHED:
        if there.get(table.name) != wanted[table.name]:
            con.execute(f"DROP TABLE IF EXISTS {ddl.table_name(table)}")
            con.execute(f"DELETE FROM {PARTS} WHERE table_name = {ddl.text(table.name)}")
            con.execute(
                "; ".join([ddl.create(table), *(text for text in ddl.comments(table) if ddl.table_name(table) in text)])
            )


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[tuple[str, str]]]:
    """The columns of each table or view of a database, with their types, in the order of their names."""
    of_tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = ? ORDER BY ALL",
        [database],
    ).fetchall():
        of_tables.setdefault(table, []).append((column, kind))
    return of_tables


def _part_of(table: Table) -> str:
    """The part of a row, as SQL."""
    named = next((column for column in ("document_id", "government_id") if column in table.by_name), None)
    return f"coalesce({ddl.name(named)}, '')" if named else "''"


def _take(con: duckdb.DuckDBPyConnection) -> None:
    """Takes in the parts that are not as they were."""
    con.execute(f"CREATE TEMP TABLE new_part AS {' UNION ALL '.join(map(_parts, PUBLISHED))}")
    con.execute(f"CREATE TEMP TABLE gone AS SELECT table_name, part FROM (FROM {PARTS} EXCEPT FROM new_part)")
    con.execute(f"CREATE TEMP TABLE come AS SELECT table_name, part FROM (FROM new_part EXCEPT FROM {PARTS})")
    for name, gone in con.execute(
        "SELECT table_name, bool_or(gone) FROM (SELECT *, true AS gone FROM gone UNION ALL SELECT *, false FROM come) "
        "GROUP BY table_name ORDER BY table_name"
    ).fetchall():
        table, of_table = TABLES[name], f"WHERE table_name = {ddl.text(name)}"
        if gone:
            con.execute(
                f"DELETE FROM {ddl.table_name(table)} WHERE {_part_of(table)} IN (SELECT part FROM gone {of_table})"
            )
        source = f"{_RELEASE}.{ddl.table_name(table)}"
        con.execute(
            f"INSERT INTO {ddl.table_name(table)} FROM {source} WHERE {_part_of(table)} IN (SELECT part FROM come {of_table})"
        )
    con.execute(f"DELETE FROM {PARTS} WHERE (table_name, part) IN (FROM gone)")
    con.execute(f"INSERT INTO {PARTS} FROM new_part WHERE (table_name, part) IN (FROM come)")


def _parts(table: Table) -> str:
    """The parts of a table of the release, with their hashes: a row of PARTS for each."""
    lasting = lasting_columns(table) or list(table.columns)
    whole, halves = (f"md5_number({ddl.row_text(list(columns))})" for columns in (table.columns, lasting))
    sums = {
        "whole": "sum(CAST(w & 18446744073709551615 AS HUGEINT)) || ':' || sum(CAST(w >> 64 AS HUGEINT))",
        "low": "CAST(sum(CAST(r & 18446744073709551615 AS HUGEINT)) AS VARCHAR)",
        "high": "CAST(sum(CAST(r >> 64 AS HUGEINT)) AS VARCHAR)",
    }
    return (
        f"SELECT {ddl.text(table.name)} AS table_name, part, count(*) AS row_count, {', '.join(f'{value} AS {name}' for name, value in sums.items())} "
        f"FROM (SELECT {_part_of(table)} AS part, {whole} AS w, {halves} AS r FROM {_RELEASE}.{ddl.table_name(table)}) GROUP BY part"
    )


def table_hashes(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Of each published table, what `warehouse.store.content.table_hash` says of its rows: the sum of its parts."""
    rows = con.execute(
        f"SELECT table_name, sum(row_count), sum(CAST(low AS HUGEINT)), sum(CAST(high AS HUGEINT)) FROM {PARTS} GROUP BY ALL"
    ).fetchall()
    added = {name: f"{int(count)}:{int(low)}:{int(high)}" for name, count, low, high in rows}
    return {table.name: added.get(table.name, "0:0:0") for table in PUBLISHED}


def _hold_against(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    content = content_hash(table_hashes(con))
    if content != release.manifest["content"]:
        raise WarehouseError(
            f"The lake would hold other rows ({content[:16]}) than the edition {release.number:04d} ({release.manifest['content'][:16]}).",
            "Its database is not what its manifest says: restore it, or remove the edition and publish again.",
        )
