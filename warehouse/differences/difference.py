"""What changed between two releases: rows added, removed and changed in each `out` table, by key.

Why a line changed is in `out.release_difference`, made by `warehouse.differences.changes`.
"""

from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import OUT, Column, Table
from warehouse.store import ddl
from warehouse.store.content import lasting_columns

EXAMPLES = 20
_KINDS = {"added": "o.k IS NULL", "removed": "n.k IS NULL", "changed": "o.h <> n.h"}
_SPANISH = {"added": "nuevos", "removed": "retirados", "changed": "cambiados"}


def difference(con: duckdb.DuckDBPyConnection, old: Path, new: Path) -> dict[str, dict[str, Any]]:
    """Per table: how many rows were added, removed and changed, with the keys of some of each."""
    con.execute(f"ATTACH {ddl.text(str(old))} AS old (READ_ONLY)")
    con.execute(f"ATTACH {ddl.text(str(new))} AS new (READ_ONLY)")
    try:
        return {table.name: _compared(con, table) for table in OUT if lasting_columns(table)}
    finally:
        con.execute("DETACH old")
        con.execute("DETACH new")


def markdown(tables: dict[str, dict[str, Any]], *, previous: str, current: str) -> str:
    """The same for people, in Spanish."""
    lines = [
        f"# Diferencias de la edición {current} respecto de la {previous}",
        "",
        "| Tabla | Nuevos | Retirados | Cambiados | Nota |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for name, found in tables.items():
        counts = " | ".join(str(found.get(kind, "")) for kind in _KINDS)
        lines.append(f"| `{name}` | {counts} | {found.get('note', '')} |")
    for name, found in tables.items():
        for kind, keys in found.get("examples", {}).items():
            lines += ["", f"## `{name}`: renglones {_SPANISH[kind]}", ""]
            lines += [f"* {' · '.join(key)}" for key in keys]
            if found[kind] > len(keys):
                lines.append(f"* … y {found[kind] - len(keys)} más")
    return "\n".join([*lines, ""])


def _compared(con: duckdb.DuckDBPyConnection, table: Table) -> dict[str, Any]:
    before = {
        name
        for (name,) in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = 'old' AND schema_name || '.' || table_name = ?",
            [table.name],
        ).fetchall()
    }
    if not before.issuperset(table.key):
        return {"note": "la edición anterior no tiene esta tabla con la misma llave"}
    columns = [column for column in lasting_columns(table) if column.name in before]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS SELECT coalesce(o.k, n.k) AS k, "
        + ", ".join(f"coalesce({condition}, false) AS {kind}" for kind, condition in _KINDS.items())
        + f" FROM {_rows(table, columns, 'old')} o FULL JOIN {_rows(table, columns, 'new')} n ON o.k = n.k "
        f"WHERE {' OR '.join(_KINDS.values())}"
    )
    found: dict[str, Any] = {}
    examples = {}
    for kind in _KINDS:
        [(found[kind],)] = con.execute(f"SELECT count(*) FROM temp.joined WHERE {kind}").fetchall()
        keys = con.execute(f"SELECT k FROM temp.joined WHERE {kind} ORDER BY k LIMIT {EXAMPLES}").fetchall()
        if keys:
            examples[kind] = [key.replace("\x1e", "—").split("\x1f") for (key,) in keys]
    if examples:
        found["examples"] = examples
    if new_columns := [column.name for column in table.columns if column.name not in before]:
        found["note"] = f"columnas nuevas, no comparadas: {', '.join(new_columns)}"
    return found


def _rows(table: Table, columns: list[Column], database: str) -> str:
    key = ddl.row_text([table.by_name[name] for name in table.key])
    return f"(SELECT {key} AS k, md5({ddl.row_text(columns)}) AS h FROM {database}.{ddl.table_name(table)})"
