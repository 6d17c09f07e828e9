"""The lineage that the UI draws is the one that the functions have: each table is computed, and what it reads is noted."""

from collections.abc import Iterator, Mapping

import dagster as dg
import pandas as pd
import pytest

from pipelines.dagster_ui.lineage import RAW_KEY, column_lineage, in_order, read_tables
from pipelines.definitions import defs
from tests.transforms.made_core import budget
from transforms.claims.record import record
from transforms.compare.declared import Declared, load
from transforms.out import compare
from warehouse.schema import CORE, OUT, TABLES, Table


class Noting(Mapping[str, pd.DataFrame]):
    """Frames of a stage that note which of them were asked for."""

    def __init__(self, stage: str, frames: Mapping[str, pd.DataFrame]) -> None:
        self.stage, self.frames, self.asked = stage, frames, set[str]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.add(f"{self.stage}.{name}")
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)


@pytest.fixture(scope="module")
def core() -> dict[str, pd.DataFrame]:
    return budget().frames()


@pytest.fixture(scope="module")
def declared() -> Declared:
    return load()


def of_core(table: Table) -> set[str]:
    """The tables of `core` that a table is made from in the end, but for the documents, which every comparison holds."""
    reads = read_tables(table)
    names = {read.name for read in reads if read.stage == "core"}
    return names.union(*(of_core(read) for read in reads if read.stage == "out")) - {"core.document"}


def test_every_comparison_reads_what_is_drawn(core, declared):
    """First what reads nothing; then the measurement, which is made once; then what the others read beside it."""
    noting = Noting("core", core)
    out = compare(noting, declared)
    drawn = {name: of_core(TABLES[f"out.{name}"]) for name in out}
    for name in sorted(out, key=lambda name: len(drawn[name])):
        before = noting.asked - {"core.document"}
        assert out[name] is not None
        asked = noting.asked - {"core.document"}
        assert asked - before <= drawn[name], name
        assert drawn[name] <= asked, name


def test_what_stands_on_the_comparisons_reads_what_is_drawn(core, declared):
    cores, outs = Noting("core", core), Noting("out", compare(core, declared))
    made = record(cores, outs, (), ())
    drawn = {read.name for name in made for read in read_tables(TABLES[f"out.{name}"])}
    assert cores.asked | outs.asked == drawn


def test_a_table_is_told_of_after_those_that_it_is_made_from():
    told = in_order(OUT)
    assert set(told) == set(OUT)
    assert all(told.index(read) < told.index(table) for table in OUT for read in read_tables(table) if read in OUT)


def test_columns_come_from_columns_that_are_there():
    """Of assets that the table is made from; an amount comes from a text on a page."""
    columns = {
        node.key: {column.name for column in node.metadata["dagster/column_schema"].columns}
        for node in defs.resolve_asset_graph().asset_nodes
        if "dagster/column_schema" in node.metadata
    }
    graph = defs.resolve_asset_graph()
    for table in (*CORE, *OUT):
        key = dg.AssetKey(table.path.split("/"))
        for column, sources in column_lineage(table).deps_by_column.items():
            assert column in columns[key]
            for source in sources:
                assert source.asset_key in graph.get(key).parent_keys, (table.name, column)
                assert source.column_name in columns[source.asset_key], (table.name, column)
    traced = column_lineage(TABLES["core.amount"]).deps_by_column
    assert traced["amount"] == traced["source_text"] == [dg.TableColumnDep(RAW_KEY, "number.source_text")]
    assert column_lineage(TABLES["out.health_vs_events"]).deps_by_column["events_line_ids"] == [
        dg.TableColumnDep(dg.AssetKey(["core", "amount"]), "line_id")
    ]
