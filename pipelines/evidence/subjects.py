"""What a person names (a line, a comparison, a claim) and the amounts that it rests on, from the published release.

A comparison or claim is any row of `out` whose columns `*line_ids` name its operands (or `line_id` and `column`, its only
one); how they were chosen and computed is for `transforms`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from pipelines.verbs.answers import Ask, quoted
from warehouse.schema import TABLES, Table
from warehouse.schema.vocabulary import SUBJECTS

Row = dict[str, Any]
_LINE = re.compile(r"^.+:\d+:\d+$")
_OF_DOCUMENT = r"(?::(?P<stage>\w+)(?::(?P<document>[^:]+))?)?$"
_COMPARISON = re.compile(r"^(?P<government>[^:]+):(?P<year>\d{4})" + _OF_DOCUMENT)
_CHANGE = re.compile(r"^(?P<government>[^:]+):(?P<first>\d{4})-(?P<last>\d{4}):(?P<item>\w+)(?::(?P<stage>\w+))?$")
_DECLARED = re.compile(r"^(?P<id>[a-z0-9_]+):(?P<government>[^:]+):(?P<year>\d{4})" + _OF_DOCUMENT)
_BOUGHT = re.compile(r"^(?P<line>.+:\d+:\d+):(?P<column>\d+):(?P<cost>[\w.-]+)$")
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
    """One line, comparison or claim of the release. `row` is of `table`; a line has none.

    `printed` is what the row says that each side adds up to, where it does.
    """

    kind: Literal["line", "comparison", "claim"]
    name: str
    title: str
    table: Table | None
    row: Row
    operands: tuple[Operand, ...]
    printed: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def sides(self) -> dict[str, list[Operand]]:
        sides: dict[str, list[Operand]] = {}
        for operand in self.operands:
            sides.setdefault(operand.side, []).append(operand)
        return sides


def subjects(ask: Ask, names: tuple[str, ...]) -> list[Subject]:
    """What the names name, in their order. Raises EvidenceError; WarehouseError when nothing is published."""
    return [subject for name in names for subject in _named(ask, name.strip())]


def _named(ask: Ask, name: str) -> Iterator[Subject]:
    claims = ask(f"SELECT * FROM out.claim WHERE claim_id = {quoted(name)}")
    if claims:
        yield _subject(ask, "claim", name, claims[0]["text"], TABLES["out.claim"], claims[0])
    elif _LINE.match(name) and (amounts := _amounts(ask, [name])):
        label = amounts[0]["label"] or name
        title = f"{label} · {amounts[0]['government'] or ''} {amounts[0]['fiscal_year'] or ''}".strip()
        yield Subject("line", name, title, None, {}, (Operand("línea", name, tuple(amounts)),))
    elif comparison := _COMPARISON.match(name):
        yield from _comparisons(ask, name, comparison)
    elif change := _CHANGE.match(name):
        yield from _changes(ask, name, change)
    elif bought := _BOUGHT.match(name):
        yield _bought(ask, name, bought)
    elif declared := _DECLARED.match(name):
        yield from _declared(ask, name, declared)
    else:
        raise EvidenceError(_unknown(ask, name))


def _unknown(ask: Ask, name: str) -> str:
    known = ", ".join(row["claim_id"] for row in ask("SELECT claim_id FROM out.claim ORDER BY claim_id"))
    found = ask("SELECT DISTINCT comparison_id FROM out.comparison ORDER BY comparison_id")
    declared = ", ".join(row["comparison_id"] for row in found)
    return (
        f"«{name}» no está en la edición publicada. Se nombra una línea (documento:tabla:renglón, como linea_id en "
        "es.linea), una comparación (gobierno:año o gobierno:año:momento, como 26:2021:ejercido), una comparación "
        f"declarada (como events_over_total:26:2021; hay: {declared or 'ninguna'}), un cambio entre años (como "
        "26:2018-2022:publicidad), lo que una línea alcanzaría a pagar (línea:columna:costo, como en "
        f"es.alcanzaria_para) o una afirmación ({known})."
    )


def _declared(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.comparison` of a declared comparison, a government and a year."""
    table = TABLES["out.comparison"]
    for row in _of_budget(ask, name, asked, table, f"comparison_id = {quoted(asked['id'])} AND "):
        title = f"{row['comparacion']} · {row['government']} {row['fiscal_year']}, {row['stage']}"
        yield _subject(ask, "comparison", ":".join(str(row[key]) for key in _DECLARED_KEY), title, table, row)


_DECLARED_KEY = ("comparison_id", "government_id", "fiscal_year", "stage", "document_id")


def _bought(ask: Ask, name: str, asked: re.Match[str]) -> Subject:
    """The row of `out.would_buy` of an amount and a unit cost, with the source of the cost."""
    table = TABLES["out.would_buy"]
    found = ask(
        f"SELECT b.*, c.source FROM {table.name} b LEFT JOIN out.unit_cost c USING (unit_cost_id) "
        f'WHERE line_id = {quoted(asked["line"])} AND "column" = {asked["column"]} AND unit_cost_id = {quoted(asked["cost"])}'
    )
    if not found:
        raise EvidenceError(_unknown(ask, name))
    (row,) = found
    amounts = [amount for amount in _amounts(ask, [row["line_id"]]) if amount["column"] == row["column"]]
    title = f"{row['label']} · {row['government']} {row['fiscal_year']}: para cuánto alcanzaría ({row['unit_cost_name']}, {row['unit_cost_year']})"
    operand = Operand("importe", row["line_id"], tuple(amounts))
    return Subject("comparison", name, title, table, row, (operand,), {"importe": row["amount"]})


def _comparisons(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.health_vs_events` of a government, year and stage."""
    table = TABLES["out.health_vs_events"]
    for row in _of_budget(ask, name, asked, table):
        title = f"Salud frente a eventos y publicidad · {row['government']} {row['fiscal_year']}, {row['stage']}"
        identity = ":".join(str(row[key]) for key in ("government_id", "fiscal_year", "stage", "document_id"))
        yield _subject(ask, "comparison", identity, title, table, row)


def _of_budget(ask: Ask, name: str, asked: re.Match[str], table: Table, where: str = "") -> list[Row]:
    """The rows that a name means. Beside documents that may be cited, secondary ones are meant only by their name."""
    where += f"{_government(asked)} AND fiscal_year = {asked['year']}"
    for column, value in (("stage", asked["stage"]), ("document_id", asked["document"])):
        where += f" AND {column} = {quoted(value)}" if value else ""
    found = ask(f"SELECT * FROM {table.name} WHERE {where} ORDER BY refusals IS NOT NULL, document_id, stage")
    if not found:
        raise EvidenceError(_unknown(ask, name))
    own = [row for row in found if "not_citable" not in (row["refusals"] or "").split(";")]
    return own or found


def _changes(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.change` of a government and item between two years."""
    table = TABLES["out.change"]
    item = next((key for key, word in SUBJECTS.items() if asked["item"].lower() in (key, word.es)), asked["item"])
    where = (
        f"{_government(asked)} AND from_year = {asked['first']} AND to_year = {asked['last']} AND item = {quoted(item)}"
    )
    if asked["stage"]:
        where += f" AND to_stage = {quoted(asked['stage'])}"
    found = ask(f"SELECT * FROM {table.name} WHERE {where} ORDER BY refusals IS NOT NULL, kind, from_stage, to_stage")
    if not found:
        raise EvidenceError(_unknown(ask, name))
    for row in found:
        what = SUBJECTS[row["item"]].es.capitalize()
        title = f"{what}, de {row['from_year']} a {row['to_year']} · {row['government']}, {row['to_stage']}"
        keys = ("government_id", "kind", "item", "from_year", "from_stage", "to_year", "to_stage")
        yield _subject(ask, "comparison", ":".join(str(row[key]) for key in keys), title, table, row)


def _government(asked: re.Match[str]) -> str:
    government = quoted(asked["government"])
    return f"(government_id = {government} OR lower(government) = lower({government}))"


def _subject(ask: Ask, kind: Literal["comparison", "claim"], name: str, title: str, table: Table, row: Row) -> Subject:
    """A row of `out` with the lines that its `*line_ids` columns name.

    Each side's amount, stage and year are the columns with its prefix, or else those of the whole row.
    """
    operands: list[Operand] = []
    printed: dict[str, Decimal | None] = {}
    for column in table.columns:
        if column.name.endswith(_LINE_IDS) and row[column.name]:
            prefix = column.name.removesuffix(_LINE_IDS).strip("_")
            side = _side(table, row, prefix)
            printed[side] = row.get(f"{prefix}_amount", row.get(prefix))
            by_line: dict[str, list[Row]] = {line_id: [] for line_id in row[column.name].split(";") if line_id}
            stage = row.get(f"{prefix}_stage", row.get("stage"))
            year = row.get(f"{prefix}_year", row.get("fiscal_year"))
            for amount in _amounts(ask, list(by_line), stage, year if stage else None):
                by_line[amount["line_id"]].append(amount)
            operands += [Operand(side, line_id, tuple(amounts)) for line_id, amounts in by_line.items()]
    return Subject(kind, name, title, table, row, tuple(operands), printed)


def _side(table: Table, row: Row, prefix: str) -> str:
    """What a side is called: its own column in Spanish (salud), its basket (X, events), or its year and stage."""
    if prefix in table.by_name:
        return table.by_name[prefix].es.replace("_", " ")
    if f"{prefix}_basket" in row:
        return f"{prefix.upper()}, canasta {row[f'{prefix}_basket']}"
    if f"{prefix}_year" in row:
        return f"{row[f'{prefix}_year']}, {row[f'{prefix}_stage']}"
    return "operandos"


def _amounts(ask: Ask, line_ids: list[str], stage: str | None = None, year: int | None = None) -> list[Row]:
    where = f"line_id IN ({', '.join(map(quoted, line_ids))})"
    where += f" AND stage = {quoted(stage)}" if stage else ""
    where += f" AND fiscal_year = {year}" if year else ""
    return ask(f'SELECT * FROM out.line_all WHERE {where} ORDER BY line_id, "column"')
