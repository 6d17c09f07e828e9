"""Whole tables of a published file as frames of today's schema, for `transforms` to go on with."""

from pathlib import Path

import pandas as pd

from warehouse.ask.query import Ask, asking
from warehouse.schema import MONEY, TABLES, Table
from warehouse.store import ddl
from warehouse.store.parquet import as_frame


def published_tables(database: Path, *names: str) -> list[pd.DataFrame]:
    """These tables (`out.claim`) of the file, opened once; columns that it lacks are null, and without a file all are empty."""
    if not database.is_file():
        return [TABLES[name].frame() for name in names]
    with asking(database) as ask:
        return [_frame(ask, TABLES[name]) for name in names]


def _frame(ask: Ask, table: Table) -> pd.DataFrame:
    stored = ask(
        "SELECT column_name FROM duckdb_columns() WHERE schema_name || '.' || table_name = $name", name=table.name
    )
    names = {row["column_name"] for row in stored}
    columns = [column for column in table.columns if column.name in names]
    if not columns:
        return table.frame()
    values = ", ".join(
        f"{ddl.centavos(ddl.name(c.name)) if c.type is MONEY else ddl.name(c.name)} AS {ddl.name(c.frame_name)}"
        for c in columns
    )
    return table.frame(as_frame(ask.table(f"SELECT {values} FROM {ddl.table_name(table)}")))
