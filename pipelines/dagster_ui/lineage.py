"""From which tables each table is made, and its columns from which columns, as the UI draws it.

It says what the functions of `transforms` read; a test computes the tables and holds the two alike. What a table is belongs to
`warehouse.schema`.
"""

from collections.abc import Iterable, Iterator

import dagster as dg

from warehouse.schema import MONEY, RAW, TABLES, Column, Table

RAW_KEY = dg.AssetKey(["raw", "document"])
_MEASURED = "core.amount core.line core.document core.government core.table core.reconciliation"
# The table that most of a row comes from stands first: a column is traced to the first that has it.
_READ: dict[str, str] = {
    "out.line": _MEASURED,
    "out.line_all": _MEASURED,
    "out.line_comparison": _MEASURED,
    "out.would_buy": "out.line_comparison",
    "out.unit_cost": "",
    "out.overlap": _MEASURED,
    "out.comparison": _MEASURED,
    "out.health_vs_events": _MEASURED,
    "out.coverage": f"{_MEASURED} out.health_vs_events",
    "out.alert": f"{_MEASURED} out.health_vs_events out.cross_classification out.cross_source",
    "out.claim": "out.health_vs_events out.line_all core.document core.government core.line",
    "out.affordability": "out.health_vs_events core.document core.line",
    "out.practice": "out.change core.government",
    "out.release_difference": "out.line_all out.health_vs_events core.document core.government core.line",
    "out.check": "",
    "out.methodology": "",
    "out.seal_error": "",
    "out.change": _MEASURED,
    "out.perimeter": _MEASURED,
    "out.institutional_change": "",
    "out.insurer": "",
    "out.ranking": "out.health_vs_events core.document",
    "out.price_index": "",
    "out.cross_classification": _MEASURED,
    "out.cross_source": _MEASURED,
    "out.panel": _MEASURED,
    "out.deviation": _MEASURED,
    "out.series": f"out.panel out.succession {_MEASURED}",
    "out.succession": "",
    "out.line_trace": "core.link core.contract core.payment core.amount core.line core.document",
    "out.work_gap": "core.work",
    "out.procedure_rate": "core.procedure core.document",
    "out.money_route": "core.transfer core.work core.amount core.line core.document core.government",
    "out.indicator_series": "core.indicator core.document",
    "out.item_check": "core.payment core.procedure core.work core.charge core.line core.document core.government",
    "out.request_series": "core.request core.document",
    "out.document_calendar": "core.publication core.document",
    "out.commitment_status": "core.commitment core.document",
    "out.beside": "out.panel core.document",
    "out.watched_document": "",
}
_UNREAD = ("core.government", "core.code")  # from the catalogue and the codebooks, whatever was read
_PRINTED = {"core.line": "row", "core.amount": "number", "core.table": "table", "core.exclusion": "number"}


def read_tables(table: Table) -> tuple[Table, ...]:
    """The tables that a table of `out` is made from, the one that most of it comes from first."""
    return tuple(TABLES[name] for name in _READ[table.name].split())


def upstream(table: Table) -> list[dg.AssetKey]:
    """The assets that a table of `core` or `out` is made from."""
    if table.stage == "core":
        return [] if table.name in _UNREAD else [RAW_KEY]
    return [dg.AssetKey(read.path.split("/")) for read in read_tables(table)]


def in_order(tables: Iterable[Table]) -> list[Table]:
    """The tables, each after those that it is made from, as Dagster wants to be told of them."""
    return sorted(tables, key=_depth)


def _depth(table: Table) -> int:
    return 0 if table.stage == "core" else 1 + max((_depth(read) for read in read_tables(table)), default=0)


def raw_name(table: Table, column: Column) -> str:
    """A column of a raw table as a column of the asset that all raw tables are: `number.source_text`."""
    return f"{table.name.split('.')[1]}.{column.name}"


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Each column with the one that it is made from: of the same name; of lists of lines, the line; of sums, the amount."""
    traced = _printed(table) if table.stage == "core" else _computed(table)
    return dg.TableColumnLineage(dict(traced))


def _printed(table: Table) -> Iterator[tuple[str, list[dg.TableColumnDep]]]:
    if table.name not in _PRINTED:
        return
    raw = next(one for one in RAW if one.name == f"raw.{_PRINTED[table.name]}")
    for column in table.columns:
        # An amount is what its text says.
        source = raw.by_name.get("source_text" if column.type is MONEY else column.name)
        if source:
            yield column.name, [dg.TableColumnDep(RAW_KEY, raw_name(raw, source))]


def _computed(table: Table) -> Iterator[tuple[str, list[dg.TableColumnDep]]]:
    reads = read_tables(table)
    for column in table.columns:
        names = (column.name, *(["line_id"] if column.name.endswith("line_ids") else []), *_amount(column))
        having = ((read, name) for name in names for read in reads if name in read.by_name)
        if source := next(having, None):
            yield column.name, [dg.TableColumnDep(dg.AssetKey(source[0].path.split("/")), source[1])]


def _amount(column: Column) -> list[str]:
    return ["amount"] if column.type is MONEY else []
