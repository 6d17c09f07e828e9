"""An edition of the lake, for whoever has no access to its catalogue: a manifest, and a DuckDB file of views over its files.

Both are written once. The views are of the Parquet files of one snapshot, which are never changed or removed: the file says the same
for ever, and needs a key that may read the bucket and nothing else.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.lake.commit import snapshot_of, table_hashes
from warehouse.lake.connect import NAME, Lake, opened
from warehouse.release.build import PUBLISHED, STORAGE_VERSION
from warehouse.release.folder import DATABASE, MANIFEST, Release
from warehouse.schema import Table
from warehouse.store import ddl

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_Files = list[tuple[str, str | None]]


def write_edition(lake: Lake, release: Release, objects: "ObjectStore") -> str:
    """Writes the edition of a committed release, unless it is there; returns its folder in `objects`."""
    import obstore

    name = f"{release.number:04d}"
    try:
        obstore.head(objects, f"{name}/{MANIFEST}")
    except FileNotFoundError:
        with TemporaryDirectory() as folder, opened(lake, Path(folder), read_only=True) as con:
            snapshot = snapshot_of(con, release.number)
            files = {table.name: _files(con, table, snapshot) for table in PUBLISHED}
            database = Path(folder) / DATABASE
            _write_views(con, database, files)
            manifest = _manifest(con, release, snapshot, files)
            obstore.put(objects, f"{name}/{DATABASE}", database)
        # Last, and once: where it is, the edition is whole.
        obstore.put(
            objects, f"{name}/{MANIFEST}", json.dumps(manifest, ensure_ascii=False, indent=1).encode(), mode="create"
        )
    return name


def _files(con: duckdb.DuckDBPyConnection, table: Table, snapshot: int | None) -> _Files:
    """The files of a table with, beside each, the file of those of its rows that do not count any more."""
    schema, name = table.name.split(".", 1)
    return con.execute(
        f"SELECT data_file, delete_file FROM ducklake_list_files('{NAME}', ?, schema => ?, snapshot_version => ?) ORDER BY ALL",
        [name, schema, snapshot],
    ).fetchall()


def _write_views(con: duckdb.DuckDBPyConnection, database: Path, files: dict[str, _Files]) -> None:
    con.execute(f"ATTACH {ddl.text(str(database))} AS edition (STORAGE_VERSION '{STORAGE_VERSION}')")
    con.execute("USE edition")
    for schema in dict.fromkeys([*(table.stage for table in PUBLISHED), ddl.SPANISH]):
        con.execute(f"CREATE SCHEMA {ddl.name(schema)}")
    for table in PUBLISHED:
        con.execute(f"CREATE VIEW {ddl.table_name(table)} AS {_rows(table, files[table.name])}")
        con.execute(ddl.create_view(table))
        for comment in ddl.comments(table):
            con.execute(comment.replace("COMMENT ON TABLE", "COMMENT ON VIEW", 1))
    con.execute("USE memory")
    con.execute("DETACH edition")


def _rows(table: Table, files: _Files) -> str:
    columns = ", ".join(ddl.name(column.name) for column in table.columns)
    whole = [file for file, without in files if without is None]
    selects = [f"SELECT {columns} FROM read_parquet([{', '.join(map(ddl.text, whole))}])"] if whole else []
    selects += [
        f"SELECT {columns} FROM read_parquet({ddl.text(file)}, file_row_number = true) "
        f"WHERE file_row_number NOT IN (SELECT pos FROM read_parquet({ddl.text(without)}))"
        for file, without in files
        if without is not None
    ]
    return " UNION ALL ".join(selects) or f"SELECT {ddl.nulls(table)} LIMIT 0"


def _manifest(
    con: duckdb.DuckDBPyConnection, release: Release, snapshot: int | None, files: dict[str, _Files]
) -> dict[str, Any]:
    hashes = table_hashes(con)
    kept = ("release", "created_at", "code_version", "content", "previous")
    return {key: release.manifest[key] for key in kept} | {
        "snapshot": snapshot,
        "tables": {
            name: {
                "rows": int(hashes[name].split(":")[0]),
                "content": hashes[name],
                "files": [path for pair in of for path in pair if path],
            }
            for name, of in files.items()
        },
    }
