"""Answers from the published release: SQL in, a table, CSV or JSON out. The release is opened read-only."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from pipelines.home import Home
from warehouse.ask import query
from warehouse.ask.query import query_arrow
from warehouse.errors import WarehouseError
from warehouse.release.publish import latest

Ask = Callable[[str], list[dict[str, Any]]]


def published_file(home: Home) -> Path:
    """The DuckDB file of the latest release. Raises WarehouseError when nothing was published."""
    release = latest(home.releases)
    if release is None:
        raise WarehouseError("Nothing was published yet.", "Run `peso run`, or materialize release/extract.")
    return release.database


def rows(home: Home, sql: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries; money stays Decimal."""
    return query_arrow(published_file(home), sql, limit).to_pylist()


@contextmanager
def asking(home: Home) -> Iterator[Ask]:
    """The release opened once for many questions: `rows`, without opening the file each time."""
    with query.asking(published_file(home)) as ask:
        yield lambda sql: ask(sql).to_pylist()


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def answer(home: Home, sql: str, format_: str, limit: int) -> str:
    """The rows of a query, rendered."""
    found = query_arrow(published_file(home), sql, limit)
    if format_ == "csv":
        return (
            pd.DataFrame(found.to_pylist(), columns=found.column_names, dtype=object)
            .to_csv(index=False, lineterminator="\n")
            .rstrip("\n")
        )
    if format_ == "json":
        return json.dumps(found.to_pylist(), ensure_ascii=False, indent=1, default=str)
    return _as_table(found.column_names, found.to_pylist())


def _as_table(columns: list[str], found: list[dict[str, Any]]) -> str:
    numeric = {name for name in columns if found and isinstance(found[0][name], int | float | Decimal)}
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in numeric else "left", overflow="fold", no_wrap=name in numeric)
    for row in found:
        table.add_row(*(_text(row[name]) for name in columns))
    console = Console(width=160, file=io.StringIO(), highlight=False)
    console.print(table)
    return console.file.getvalue().rstrip()  # type: ignore[attr-defined]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
