"""What a person names (a line, a comparison, a claim) and the amounts that it rests on, from the published release.

A comparison or claim is any row of `out` whose columns `*line_ids` name its operands; how they were chosen and computed
is for `transforms`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.answers import quoted, rows
from pipelines.home import Home
from warehouse.schema import TABLES, Table

Row = dict[str, Any]
_LINE = re.compile(r"^.+:\d+:\d+$")
_COMPARISON = re.compile(r"^(?P<government>[^:]+):(?P<year>\d{4})(?::(?P<stage>\w+))?$")
_COMPARED = "out.health_vs_events"
_LINE_IDS = "line_ids"


class EvidenceError(Exception):
    """What was named cannot be packed; the message, in Spanish, says why and what to do."""


@dataclass(frozen=True)
class Operand:
    """One line of a side (health, events…) of the subject, with its amounts there: rows of `out.line_all`."""

    side: str
    line_id: str
    amounts: tuple[Row, ...]


@dataclass(frozen=True)
class Subject:
    """One line, comparison or claim of the release. `row` is of `table`; a line has none."""

    kind: Literal["line", "comparison", "claim"]
    name: str
    title: str
    table: Table | None
    row: Row
    operands: tuple[Operand, ...]

    @property
    def sides(self) -> dict[str, list[Operand]]:
        sides: dict[str, list[Operand]] = {}
        for operand in self.operands:
            sides.setdefault(operand.side, []).append(operand)
        return sides


def subjects(home: Home, names: tuple[str, ...]) -> list[Subject]:
    """What the names name, in their order. Raises EvidenceError; WarehouseError when nothing is published."""
    return [subject for name in names for subject in _named(home, name.strip())]


def _named(home: Home, name: str) -> Iterator[Subject]:
    claims = rows(home, f"SELECT * FROM out.claim WHERE claim_id = {quoted(name)}")
    comparison = _COMPARISON.match(name)
    if claims:
        yield _claim(home, claims[0])
    elif _LINE.match(name) and (amounts := _amounts(home, [name])):
        label = amounts[0]["label"] or name
        title = f"{label} · {amounts[0]['government'] or ''} {amounts[0]['fiscal_year'] or ''}".strip()
        yield Subject("line", name, title, None, {}, (Operand("línea", name, tuple(amounts)),))
    elif comparison:
        yield from _comparisons(home, name, comparison)
    else:
        raise EvidenceError(_unknown(home, name))


def _unknown(home: Home, name: str) -> str:
    known = ", ".join(row["claim_id"] for row in rows(home, "SELECT claim_id FROM out.claim ORDER BY claim_id"))
    return (
        f"«{name}» no está en la edición publicada. Se nombra una línea (documento:tabla:renglón, como linea_id en "
        f"es.linea), una comparación (gobierno:año o gobierno:año:momento, como 26:2021:ejercido) o una afirmación ({known})."
    )


def _comparisons(home: Home, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    government = quoted(asked["government"])
    where = (
        f"(government_id = {government} OR lower(government) = lower({government})) AND fiscal_year = {asked['year']}"
    )
    if asked["stage"]:
        where += f" AND stage = {quoted(asked['stage'])}"
    found = rows(home, f"SELECT * FROM {_COMPARED} WHERE {where} ORDER BY refusals IS NOT NULL, document_id, stage")
    if not found:
        raise EvidenceError(_unknown(home, name))
    for row in found:
        title = f"Salud frente a eventos y publicidad · {row['government']} {row['fiscal_year']}, {row['stage']}"
        identity = ":".join(str(row[key]) for key in ("government_id", "fiscal_year", "stage", "document_id"))
        yield Subject("comparison", identity, title, TABLES[_COMPARED], row, _operands(home, TABLES[_COMPARED], row))


def _claim(home: Home, row: Row) -> Subject:
    table = TABLES["out.claim"]
    return Subject("claim", row["claim_id"], row["text"], table, row, _operands(home, table, row))


def _operands(home: Home, table: Table, row: Row) -> tuple[Operand, ...]:
    """The lines that the row's `*line_ids` columns name, with their amounts of the row's stage and year."""
    found = []
    for column in table.columns:
        if column.name.endswith(_LINE_IDS) and row[column.name]:
            side = column.name.removesuffix(_LINE_IDS).strip("_")
            named = next((c.es for c in table.columns if c.name == side), "operando").replace("_", " ")
            ids = [line_id for line_id in row[column.name].split(";") if line_id]
            by_line: dict[str, list[Row]] = {line_id: [] for line_id in ids}
            for amount in _amounts(home, ids, row.get("stage"), row.get("fiscal_year") if row.get("stage") else None):
                by_line[amount["line_id"]].append(amount)
            found += [Operand(named, line_id, tuple(amounts)) for line_id, amounts in by_line.items()]
    return tuple(found)


def _amounts(home: Home, line_ids: list[str], stage: str | None = None, year: int | None = None) -> list[Row]:
    where = f"line_id IN ({', '.join(map(quoted, line_ids))})"
    where += f" AND stage = {quoted(stage)}" if stage else ""
    where += f" AND fiscal_year = {year}" if year else ""
    return rows(home, f'SELECT * FROM out.line_all WHERE {where} ORDER BY line_id, "column"')
