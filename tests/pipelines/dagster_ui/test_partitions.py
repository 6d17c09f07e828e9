"""Partitions of documents: those of the catalogue, however many."""

import sqlite3
from collections.abc import Iterator

import dagster as dg
import pytest
import sqlalchemy

from pipelines.dagster_ui.partitions import sync_partitions


@pytest.fixture
def _few_values() -> Iterator[None]:
    """SQLite as older versions have it: 999 values in a statement."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)

    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", limit)
    yield
    sqlalchemy.event.remove(sqlalchemy.Engine, "connect", limit)


@pytest.mark.usefixtures("_few_values")
def test_there_may_be_more_documents_than_a_statement_takes() -> None:
    documents = [f"d{number:05}" for number in range(1700)]
    with dg.DagsterInstance.local_temp() as instance:
        assert sync_partitions(instance, documents) == documents
        assert sync_partitions(instance, [*documents[5:], "new"]) == [*documents[5:], "new"]
