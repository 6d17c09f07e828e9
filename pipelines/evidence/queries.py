"""The queries that reproduce a subject's numbers from the release, and whether they do.

How they are written is for `warehouse.ask.reproduce`; here they are run, and told to a person.
"""

from decimal import Decimal
from typing import NamedTuple

from pipelines.evidence.packed_subjects import CitedLine, Subject
from warehouse.ask.query import Ask
from warehouse.ask.reproduce import AMOUNT, ROWS, SUM, amounts_sql, row_sql


class Query(NamedTuple):
    """One query: the values its `column` must give (from what the release prints), and those it gave when it was run."""

    title: str
    sql: str
    column: str
    expected: tuple[Decimal, ...]
    given: tuple[Decimal, ...]

    @property
    def holds(self) -> bool:
        """Whether it gives what the release prints."""
        return self.expected == self.given


def queries(ask: Ask, subject: Subject) -> list[Query]:
    """One query for each side of the subject that has amounts; for a row of `out`, also that row."""
    sides = (_of_side(ask, side, operands, subject.printed.get(side)) for side, operands in subject.sides.items())
    made = [query for query in sides if query is not None]
    if subject.table is not None:
        sql = row_sql(subject.table, subject.row)
        given = tuple(Decimal(row[ROWS]) for row in ask(sql))
        made.append(Query(f"la fila de es.{subject.table.es}", sql, ROWS, (Decimal(1),), given))
    return made


def _of_side(ask: Ask, side: str, operands: list[CitedLine], printed: Decimal | None) -> Query | None:
    """What a side adds up to, where the release prints that, or else each of its amounts; None without amounts."""
    places = [(row["line_id"], row["column"]) for operand in operands for row in operand.amounts]
    if not places:
        return None
    sql = amounts_sql(places, summed=printed is not None)
    column = AMOUNT if printed is None else SUM
    values = [row[column] for row in ask(sql) if row[column] is not None]
    if printed is None:
        return Query(side, sql, column, tuple(sorted(_amounts(operands))), tuple(sorted(values)))
    return Query(side, sql, column, (printed,), tuple(dict.fromkeys(values)))


def _amounts(operands: list[CitedLine]) -> list[Decimal]:
    return [row["amount"] for operand in operands for row in operand.amounts if row["amount"] is not None]


def write_sql(subjects: list[tuple[Subject, list[Query]]], release: int) -> str:
    """All queries as one file."""
    parts = [
        f"-- Peso a Peso, edición {release}. Abra peso_a_peso.duckdb de esa edición con DuckDB y ejecute:\n"
        "-- los importes son pesos, exactos (DECIMAL)."
    ]
    for subject, made in subjects:
        parts.append("-- " + " ".join(f"{subject.title} ({subject.name})".split()))
        for query in made:
            must = "; ".join(f"{value:,}" for value in query.expected)
            parts.append(f"-- {query.title}: «{query.column}» debe dar {must}\n{query.sql};")
    return "\n\n".join(parts) + "\n"
