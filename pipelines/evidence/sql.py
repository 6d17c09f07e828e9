"""The SQL that reproduces a subject's numbers from the release, and whether it does.

Plain DuckDB on the published file, in Spanish names, for a person to paste into any DuckDB.
"""

from decimal import Decimal
from typing import NamedTuple

from pipelines.evidence.subjects import Operand, Subject
from pipelines.verbs.answers import Ask, quoted


class Query(NamedTuple):
    """One query: the values its `column` must give (from what the release prints), and those it gave when it was run."""

    title: str
    sql: str
    column: str
    expected: tuple[Decimal, ...]
    found: tuple[Decimal, ...]

    @property
    def holds(self) -> bool:
        return self.expected == self.found


def queries(ask: Ask, subject: Subject) -> list[Query]:
    """One query for each side of the subject that has amounts; for a row of `out`, also that row."""
    found = []
    for side, operands in subject.sides.items():
        printed = subject.printed.get(side)
        summed = printed is not None
        sql = _amounts_sql(operands, summed)
        if sql:
            column = "suma" if summed else "importe"
            values = [row[column] for row in ask(sql) if row[column] is not None]
            given = tuple(dict.fromkeys(values)) if summed else tuple(sorted(values))
            expected = (printed,) if printed is not None else tuple(sorted(_amounts(operands)))
            found.append(Query(side, sql, column, expected, given))
    if subject.table is not None:
        sql = f"SELECT count(*) OVER () AS filas, *\nFROM es.{subject.table.es}\nWHERE {_key(subject)}"
        given = tuple(Decimal(row["filas"]) for row in ask(sql))
        found.append(Query(f"la fila de es.{subject.table.es}", sql, "filas", (Decimal(1),), given))
    return found


def _amounts(operands: list[Operand]) -> list[Decimal]:
    return [row["amount"] for operand in operands for row in operand.amounts if row["amount"] is not None]


def _amounts_sql(operands: list[Operand], summed: bool) -> str | None:
    keys = [(row["line_id"], row["column"]) for operand in operands for row in operand.amounts]
    if not keys:
        return None
    values = ",\n    ".join(f"({quoted(line_id)}, {column})" for line_id, column in keys)
    total = ", sum(importe) OVER () AS suma" if summed else ""
    return (
        f"SELECT linea_id, etiqueta, momento, importe{total}, verificado, pagina, lugar, texto_fuente\n"
        f"FROM es.linea_todo\nWHERE (linea_id, columna) IN (\n    {values}\n)\nORDER BY linea_id, columna"
    )


def _key(subject: Subject) -> str:
    parts = []
    for name in subject.table.key if subject.table else ():
        value, column = subject.row[name], f'"{subject.table.by_name[name].es}"'  # type: ignore[union-attr]
        parts.append(f"{column} IS NULL" if value is None else f"{column} = {quoted(str(value))}")
    return " AND ".join(parts)


def document(found: list[tuple[Subject, list[Query]]], release: int) -> str:
    """All queries as one file."""
    parts = [
        f"-- Peso a Peso, edición {release}. Abra peso_a_peso.duckdb de esa edición con DuckDB y ejecute:\n"
        "-- los importes son pesos, exactos (DECIMAL)."
    ]
    for subject, mine in found:
        parts.append("-- " + " ".join(f"{subject.title} ({subject.name})".split()))
        for query in mine:
            must = "; ".join(f"{value:,}" for value in query.expected)
            parts.append(f"-- {query.title}: «{query.column}» debe dar {must}\n{query.sql};")
    return "\n\n".join(parts) + "\n"
