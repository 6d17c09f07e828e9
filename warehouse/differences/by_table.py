"""What changed between two releases: rows added, removed and changed in each `out` table, by key.

Why a line changed is in `out.release_difference`, made by `warehouse.differences.by_line`.
"""

from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import OUT, Column, Table
from warehouse.store import ddl
from warehouse.store.content import lasting_columns
from warehouse.store.session import attached, columns_of

EXAMPLES = 20
_KINDS = {"added": "o.k IS NULL", "removed": "n.k IS NULL", "changed": "o.h <> n.h"}
_SPANISH = {"added": "nuevos", "removed": "retirados", "changed": "cambiados"}


def compare_tables(con: duckdb.DuckDBPyConnection, old: Path, new: Path) -> dict[str, dict[str, Any]]:
    """Per table: how many rows were added, removed and changed, with the keys of some of each."""
    with attached(con, old, "old"), attached(con, new, "new"):
        before = columns_of(con, "old")
        tables = (table for table in OUT if lasting_columns(table))
        return {table.name: _compare(con, table, before.get(table.name, set())) for table in tables}


def markdown(tables: dict[str, dict[str, Any]], *, previous: str, current: str) -> str:
    """The same for people, in Spanish."""
    lines = [
        f"# Diferencias de la edición {current} respecto de la {previous}",
        "",
        "| Tabla | Nuevos | Retirados | Cambiados | Nota |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for name, counts in tables.items():
        cells = " | ".join(str(counts.get(kind, "")) for kind in _KINDS)
        lines.append(f"| `{name}` | {cells} | {counts.get('note', '')} |")
    for name, counts in tables.items():
        for kind, keys in counts.get("examples", {}).items():
            lines += ["", f"## `{name}`: renglones {_SPANISH[kind]}", ""]
            lines += [f"* {' · '.join(key)}" for key in keys]
            if counts[kind] > len(keys):
                lines.append(f"* … y {counts[kind] - len(keys)} más")
    return "\n".join([*lines, ""])


def _compare(con: duckdb.DuckDBPyConnection, table: Table, before: set[str]) -> dict[str, Any]:
    """One table; `before` are the columns that it had in the old file."""
    if not before.issuperset(table.key):
        return {"note": "la edición anterior no tiene esta tabla con la misma llave"}
    columns = [column for column in lasting_columns(table) if column.name in before]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS SELECT coalesce(o.k, n.k) AS k, "
        + ", ".join(f"coalesce({condition}, false) AS {kind}" for kind, condition in _KINDS.items())
        + f" FROM {_rows(table, columns, 'old')} o FULL JOIN {_rows(table, columns, 'new')} n ON o.k = n.k "
        f"WHERE {' OR '.join(_KINDS.values())}"
    )
    counts: dict[str, Any] = {}
    examples = {}
    for kind in _KINDS:
        [(counts[kind],)] = con.execute(f"SELECT count(*) FROM temp.joined WHERE {kind}").fetchall()
        keys = con.execute(f"SELECT k FROM temp.joined WHERE {kind} ORDER BY k LIMIT {EXAMPLES}").fetchall()
        if keys:
            examples[kind] = [key.replace("\x1e", "—").split("\x1f") for (key,) in keys]
    if examples:
        counts["examples"] = examples
    if new_columns := [column.name for column in table.columns if column.name not in before]:
        counts["note"] = f"columnas nuevas, no comparadas: {', '.join(new_columns)}"
    return counts


def _rows(table: Table, columns: list[Column], database: str) -> str:
    key = ddl.row_text([table.by_name[name] for name in table.key])
    return f"(SELECT {key} AS k, md5({ddl.row_text(columns)}) AS h FROM {database}.{ddl.table_name(table)})"
