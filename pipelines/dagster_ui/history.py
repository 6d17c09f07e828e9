"""Dagster's history on disk: how its SQLite files are kept while many small events are written.

Dagster opens, commits and closes a file for each event, two thousand times in a publication. As the last connection to be
closed, each writes its file anew and waits for the disk: 33 ms on a busy one, 1 ms where another stays open.
What is in the events belongs to `assets` and `checks`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def history_kept_open() -> Iterator[None]:
    """One connection to each file stays open until the end, and an event is not waited for until it is on the disk.

    The files are whole whatever happens (`NORMAL` with a write-ahead log): a power cut loses the last events at most.
    """
    kept: dict[str, sqlite3.Connection] = {}

    def keep(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        if not path:
            return  # in memory
        if path not in kept:
            kept[path] = sqlite3.connect(path, check_same_thread=False)
        kept[path].execute("PRAGMA schema_version").fetchone()  # only who has read it holds a write-ahead log open

    event.listen(Engine, "connect", keep)
    try:
        yield
    finally:
        event.remove(Engine, "connect", keep)
        for connection in kept.values():
            connection.close()
