"""Parquet and CSV files from a built DuckDB file, for those who do not use DuckDB.

Parquet keeps the English names and exact decimals. CSV is for spreadsheets: Spanish names, UTF-8 with the mark that
Excel needs to read accents, and no cell that a spreadsheet would run as a formula.
"""

from pathlib import Path

import duckdb

from warehouse.release.unchanged import Unchanged
from warehouse.schema import CORE, OUT, TABLES
from warehouse.store import ddl

PARQUET = (*CORE, *OUT)
CSV = (TABLES["core.document"], *OUT)
BYTE_ORDER_MARK = "\ufeff"


def write_parquet(con: duckdb.DuckDBPyConnection, folder: Path, unchanged: Unchanged | None = None) -> dict[str, Path]:
    """`core/line.parquet` and so on, under `folder`, by table; those that are `unchanged` as they were."""
    paths = {}
    for table in PARQUET:
        path = folder / f"{table.path}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        paths[table.name] = path
        if unchanged and unchanged.link(table.name, path):
            continue
        con.execute(f"COPY {ddl.table_name(table)} TO {ddl.text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    return paths


def write_csv(con: duckdb.DuckDBPyConnection, folder: Path, unchanged: Unchanged | None = None) -> dict[str, Path]:
    """`linea.csv` and so on, under `folder`, by table; those that are `unchanged` as they were."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for table in CSV:
        path = folder / f"{table.es}.csv"
        paths[table.name] = path
        if unchanged and unchanged.link(table.name, path):
            continue
        # The mark must be the first bytes of the file, and the first name of the header is just that.
        headers = [BYTE_ORDER_MARK + table.columns[0].es, *(column.es for column in table.columns[1:])]
        columns = ", ".join(
            f"{ddl.safe_text(column, ddl.name(column.es))} AS {ddl.name(header)}"
            for column, header in zip(table.columns, headers, strict=True)
        )
        con.execute(
            f"COPY (SELECT {columns} FROM {ddl.name(ddl.SPANISH, table.es)}) TO {ddl.text(str(path))} (FORMAT csv, HEADER)"
        )
    return paths
