"""Dagster's history on disk: how its SQLite files are kept while many small events are written.

For each of the two thousand events of a publication Dagster makes an engine, which knows no statement and opens the file, and throws
both away: composing the statement anew costs more than all else, and the last connection to be closed writes the file anew and waits
for the disk. Here each file has one engine and its connection stays open: the third of the time.
What is in the events belongs to `assets` and `checks`.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sql
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from sqlalchemy.pool import QueuePool

# The modules in which Dagster makes an engine for each connection, by this name.
_STORAGES = (sqlite_event_log, sqlite_run_storage)
# Each run has a file of its own, and the daemon goes on for months.
_MOST_OPEN = 8


class _LastingPool(QueuePool):
    """Connections that outlive the engine's being disposed of, which Dagster does after each of them."""

    def dispose(self) -> None:
        pass

    def recreate(self) -> "_LastingPool":
        return self


@contextmanager
def history_kept_open() -> Iterator[None]:
    """Until the end, each of the last files has one engine, its connection stays open, and an event is not waited for until it is on
    the disk.

    The files are whole whatever happens (`NORMAL` with a write-ahead log): a power cut loses the last events at most.
    """
    engines: dict[str, sql.Engine] = {}
    one_thread = threading.Lock()

    def engine_of(url: str, *, connect_args: dict[str, Any] | None = None, **_: Any) -> sql.Engine:
        with one_thread:
            engine = engines.pop(url, None)
            if engine is None:
                engine = sql.create_engine(url, poolclass=_LastingPool, connect_args=connect_args or {})
                sql.event.listen(engine, "connect", _hurry)
            engines[url] = engine  # the last one: who waits longest is closed first
            for old in list(engines)[:-_MOST_OPEN]:
                _close(engines.pop(old))
            return engine

    usual = [vars(storage)["create_engine"] for storage in _STORAGES]
    for storage in _STORAGES:
        vars(storage)["create_engine"] = engine_of
    try:
        yield
    finally:
        for storage, create_engine in zip(_STORAGES, usual, strict=True):
            vars(storage)["create_engine"] = create_engine
        for engine in engines.values():
            _close(engine)


def _close(engine: sql.Engine) -> None:
    QueuePool.dispose(engine.pool)  # type: ignore[arg-type]


def _hurry(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
