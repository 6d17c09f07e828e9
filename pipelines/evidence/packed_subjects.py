"""What a person names (a line, a comparison, a claim) and the amounts that it rests on, from the published release.

A comparison or claim is any row of `out` whose columns `*line_ids` name its operands (or `line_id` and `column`, its only
one); how they were chosen and computed is for `transforms`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from warehouse.ask import comparisons, ledgers, lines, records
from warehouse.ask.comparisons import Budget
from warehouse.ask.ledgers import LedgerRecord
from warehouse.ask.query import Ask
from warehouse.schema import TABLES, Table
from warehouse.schema.period import name_of
from warehouse.schema.spanish_values import spanish_value
from warehouse.schema.vocabulary import ITEMS
from warehouse.store.session import Row

_LINE = re.compile(r"^.+:\d+:\d+$")
_OF_DOCUMENT = r"(?::(?P<stage>\w+)(?::(?P<document>[^:]+))?)?$"
_COMPARISON = re.compile(r"^(?P<government>[^:]+):(?P<year>\d{4})" + _OF_DOCUMENT)
_CHANGE = re.compile(r"^(?P<government>[^:]+):(?P<first>\d{4})-(?P<last>\d{4}):(?P<item>\w+)(?::(?P<stage>\w+))?$")
_DECLARED = re.compile(r"^(?P<id>[a-z0-9_]+):(?P<government>[^:]+):(?P<year>\d{4})" + _OF_DOCUMENT)
_BOUGHT = re.compile(r"^(?P<line>.+:\d+:\d+):(?P<column>\d+):(?P<cost>[\w.-]+)$")
_LINE_IDS = "line_ids"
_LESS = "_less"
_OF_BUDGET = ("government_id", "fiscal_year", "stage", "document_id")


class EvidenceError(Exception):
    """What was named cannot be packed; the message, in Spanish, says why and what to do."""


@dataclass(frozen=True)
class CitedLine:
    """One line of a side (health, events…) of the subject, with its amounts there: rows of `out.line_all`."""

    side: str
    line_id: str
    amounts: tuple[Row, ...]


@dataclass(frozen=True)
class Subject:
    """One line, comparison or claim of the release. `row` is of `table`; a line has none.

    `printed` is what the row says that each side adds up to, where it does; `records`, what ledgers join to it.
    """

    kind: Literal["line", "comparison", "claim"]
    name: str
    title: str
    table: Table | None
    row: Row
    operands: tuple[CitedLine, ...]
    printed: dict[str, Decimal | None] = field(default_factory=dict)
    records: tuple[LedgerRecord, ...] = ()

    @property
    def sides(self) -> dict[str, list[CitedLine]]:
        """The operands by their side, in the order of the row."""
        sides: dict[str, list[CitedLine]] = {}
        for operand in self.operands:
            sides.setdefault(operand.side, []).append(operand)
        return sides


def subjects(ask: Ask, names: tuple[str, ...]) -> list[Subject]:
    """What the names name, in their order. Raises EvidenceError; WarehouseError when nothing is published."""
    return [subject for name in names for subject in _named(ask, name.strip())]


def _named(ask: Ask, name: str) -> Iterator[Subject]:
    if claim := records.claim(ask, name):
        yield _subject(ask, name, claim["texto"], TABLES["out.claim"], claim)
    elif _LINE.match(name) and (amounts := lines.told_amounts(ask, [name])):
        label = amounts[0]["label"] or name
        title = f"{label} · {amounts[0]['government'] or ''} {amounts[0]['fiscal_year'] or ''}".strip()
        records_of = tuple(ledgers.linked_records(ask, [name]))
        yield Subject("line", name, title, None, {}, (CitedLine("línea", name, tuple(amounts)),), records=records_of)
    elif recorded := _recorded(ask, name):
        yield recorded
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


def _recorded(ask: Ask, name: str) -> Subject | None:
    """A record of a ledger, or a link, with the lines and records that are joined to it."""
    joined = ledgers.link(ask, name)
    names = [joined["from_id"], joined["to_id"]] if joined else [name]
    joined_records = tuple(ledgers.linked_records(ask, names))
    if not joined_records:
        return None
    keys = [*names, *(record.key for record in joined_records if joined or record.kind != "procedure")]
    line_ids = dict.fromkeys([*(key for key in names if _LINE.match(key)), *ledgers.linked_lines(ask, keys)])
    by_line: dict[str, list[Row]] = {line_id: [] for line_id in line_ids}
    for amount in lines.told_amounts(ask, list(by_line)):
        by_line[amount["line_id"]].append(amount)
    operands = tuple(CitedLine("línea a que se carga", key, tuple(amounts)) for key, amounts in by_line.items())
    first = joined_records[0].row
    title = (
        f"{first.get('number') or first.get('file_number') or name} · {first['body']}" if first.get("body") else name
    )
    return Subject("line", name, f"Del registro a la línea: {title}", None, {}, operands, records=joined_records)


def _unknown(ask: Ask, name: str) -> str:
    claims = ", ".join(row["claim_id"] for row in records.claims(ask))
    declared = ", ".join(comparisons.declared_ids(ask))
    return (
        f"«{name}» no está en la edición publicada. Se nombra una línea (documento:tabla:renglón, como linea_id en "
        "es.linea), una comparación (gobierno:año o gobierno:año:momento, como 26:2021:ejercido), una comparación "
        f"declarada (como events_over_total:26:2021; hay: {declared or 'ninguna'}), un cambio entre años (como "
        "26:2018-2022:publicidad), lo que una línea alcanzaría a pagar (línea:columna:costo, como en "
        f"es.alcanzaria_para), una afirmación ({claims}), o un contrato, pago, procedimiento, obra, solicitud o enlace de un registro."
    )


def _declared(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.comparison` of a declared comparison, a government and a year."""
    table = TABLES["out.comparison"]
    for row in _meant(ask, name, comparisons.declared(ask, asked["id"], _budget(asked))):
        title = f"{row['comparacion']} · {_name(row)}, {row['stage']}"
        yield _subject(ask, _identity(row, "comparison_id", *_OF_BUDGET), title, table, row)


def _bought(ask: Ask, name: str, asked: re.Match[str]) -> Subject:
    """The row of `out.would_buy` of an amount and a unit cost, with the source of the cost."""
    rows = lines.purchases(ask, asked["line"], int(asked["column"]), asked["cost"])
    if not rows:
        raise EvidenceError(_unknown(ask, name))
    (row,) = rows
    amounts = [amount for amount in lines.told_amounts(ask, [row["line_id"]]) if amount["column"] == row["column"]]
    title = f"{row['label']} · {row['government']} {row['fiscal_year']}: para cuánto alcanzaría ({row['unit_cost_name']}, {row['unit_cost_year']})"
    operand = CitedLine("importe", row["line_id"], tuple(amounts))
    return Subject("comparison", name, title, TABLES["out.would_buy"], row, (operand,), {"importe": row["amount"]})


def _comparisons(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.health_vs_events` of a government, year and stage."""
    table = TABLES["out.health_vs_events"]
    for row in _meant(ask, name, comparisons.headlines(ask, _budget(asked))):
        title = f"Salud frente a eventos y publicidad · {_name(row)}, {row['stage']}"
        yield _subject(ask, _identity(row, *_OF_BUDGET), title, table, row)


def _budget(asked: re.Match[str]) -> Budget:
    return Budget(asked["government"], int(asked["year"]), asked["stage"], asked["document"])


def _meant(ask: Ask, name: str, rows: list[Row]) -> list[Row]:
    """The rows that a name means. Beside documents that may be cited, secondary ones are meant only by their name."""
    if not rows:
        raise EvidenceError(_unknown(ask, name))
    citable = [row for row in rows if "not_citable" not in (row["refusals"] or "").split(";")]
    return citable or rows


def _changes(ask: Ask, name: str, asked: re.Match[str]) -> Iterator[Subject]:
    """The rows of `out.change` of a government and item between two years."""
    item = next((key for key, word in ITEMS.items() if asked["item"].lower() in (key, word.es.lower())), asked["item"])
    years = int(asked["first"]), int(asked["last"])
    rows = comparisons.changes(ask, asked["government"], years, item, asked["stage"])
    if not rows:
        raise EvidenceError(_unknown(ask, name))
    for row in rows:
        what = ITEMS[row["item"]].es
        title = f"{what}, de {row['from_year']} a {row['to_year']} · {row['government']}, {row['to_stage']}"
        keys = ("government_id", "kind", "item", "from_year", "from_stage", "to_year", "to_stage")
        yield _subject(ask, _identity(row, *keys), title, TABLES["out.change"], row)


def _name(row: Row) -> str:
    """Tanhuato 2019, enero a marzo."""
    return name_of(row["government"], row["fiscal_year"], row["period_start"], row["period_end"])


def _identity(row: Row, *keys: str) -> str:
    """The name by which a row can be asked for."""
    return ":".join(str(row[key]) for key in keys)


def _subject(ask: Ask, name: str, title: str, table: Table, row: Row) -> Subject:
    """A row of `out` with the lines that its `*line_ids` columns name.

    Each side's amount, stage and year are the columns with its prefix, or else those of the whole row.
    """
    operands: list[CitedLine] = []
    printed: dict[str, Decimal | None] = {}
    for column in table.columns:
        if column.name.endswith(_LINE_IDS) and row[column.name]:
            prefix = column.name.removesuffix(_LINE_IDS).strip("_")
            side = _side(table, row, prefix)
            printed[side] = _printed(row, prefix)
            by_line: dict[str, list[Row]] = {line_id: [] for line_id in row[column.name].split(";") if line_id}
            of_side = prefix.removesuffix(_LESS)
            stage = row.get(f"{of_side}_stage", row.get("stage"))
            year = row.get(f"{of_side}_year", row.get("fiscal_year"))
            for amount in lines.told_amounts(ask, list(by_line), stage, year if stage else None):
                by_line[amount["line_id"]].append(amount)
            operands += [CitedLine(side, line_id, tuple(amounts)) for line_id, amounts in by_line.items()]
    kind: Literal["comparison", "claim"] = "claim" if table.name == "out.claim" else "comparison"
    return Subject(kind, name, title, table, row, tuple(operands), printed)


def _printed(row: Row, prefix: str) -> Decimal | None:
    """What the lines of a side add up to: of a net total, the printed total; what was taken out of it is a side of its own."""
    whole: Decimal | None = row.get(f"{prefix}_printed")
    amount: Decimal | None = row.get(f"{prefix}_amount", row.get(prefix))
    return amount if whole is None else whole


def _side(table: Table, row: Row, prefix: str) -> str:
    """What a side is called: its own column in Spanish (salud), its basket (X, events), or its year and stage."""
    if prefix.endswith(_LESS):
        return f"{_side(table, row, prefix.removesuffix(_LESS))}: lo que se descuenta del total"
    if prefix in table.by_name:
        return table.by_name[prefix].es.replace("_", " ")
    if f"{prefix}_basket" in row:
        basket = spanish_value(table.by_name[f"{prefix}_basket"], row[f"{prefix}_basket"])
        return f"{prefix.upper()}, canasta {basket}"
    if f"{prefix}_year" in row:
        return f"{row[f'{prefix}_year']}, {row[f'{prefix}_stage']}"
    return "operandos"
