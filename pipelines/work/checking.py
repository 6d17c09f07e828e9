"""The process that checks: one beside the one that makes the tables, so that both cores work.

Great Expectations takes seconds to load; here that is done while documents are read, and one table is checked while the next is
made. It reads what is stored, parses no stranger's bytes, and lasts as long as the process that asked for it. What must hold is
said in `expectations`; when a table can be checked is for `validating`. Nothing heavy is imported by whoever starts it.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Collection
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.apart.process import context
from pipelines.work.collector import loading

if TYPE_CHECKING:
    import pandas as pd

    from expectations.runner import Result
    from warehouse.store.parquet import Store

_FIRST = 100  # at the end of a process: before the queues close by which this one is told to end
_Stamp = list[tuple[str, int, int]]
# In the process: the tables that were read, each with the state of its files.
_read: "dict[str, tuple[_Stamp, pd.DataFrame | None]]" = {}


def prepare() -> None:
    """Starts the process, which loads what it needs; does not wait for it."""
    _beside().submit(_load)


def check(root: Path, table: str, needed_later: Collection[str]) -> "Future[list[Result]]":
    """Begins the checks of a table of the store at `root`, after those begun before; keeps the tables `needed_later` in memory."""
    return _beside().submit(_check, root, table, frozenset(needed_later))


def end() -> None:
    """Ends the process: whoever is itself a process of others waits for it at its end."""
    _beside().shutdown()
    forget()


def forget() -> None:
    """Makes nothing of the process any more, where it has ended by itself: the next check starts another."""
    _beside.cache_clear()


def needed(table: str) -> set[str]:
    """The tables that the checks of a table look at."""
    from expectations.runner import specs

    return {name for spec in specs([table]) for name in spec.needs}


@cache
def _beside() -> ProcessPoolExecutor:
    beside = ProcessPoolExecutor(1, context, initializer=_begin)
    # A process of others that is interrupted would wait for this one at its end, and this one for it.
    Finalize(None, beside.shutdown, kwargs={"cancel_futures": True}, exitpriority=_FIRST)
    return beside


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked is interrupted, and ends this
    threading.Thread(target=_end_with_who_asked, daemon=True).start()


def _end_with_who_asked() -> None:
    """The fork server lives as long as what it made, and would not notice that who asked was killed."""
    who_asked = multiprocessing.parent_process()
    assert who_asked is not None
    who_asked.join()
    os._exit(1)


def _load() -> None:
    """In the process, as all below."""
    from expectations.runner import load

    with loading():
        load()


def _check(root: Path, table: str, needed_later: frozenset[str]) -> "list[Result]":
    from expectations.runner import run
    from warehouse.store.parquet import Store

    store = Store(root)
    frames = {name: frame for name in needed(table) if (frame := _stored(store, name)) is not None}
    for name in _read.keys() - needed_later:
        del _read[name]
    return run(frames, tables=[table])


def _stored(store: "Store", name: str) -> "pd.DataFrame | None":
    """The table as it is stored now; none where it was never written, or with the columns of another version."""
    from warehouse.errors import MissingTableError, StaleTableError

    files = [(path, path.stat()) for path in store.files(name)]
    stamp = [(str(path), state.st_ino, state.st_mtime_ns) for path, state in files]
    if name not in _read or _read[name][0] != stamp:
        try:
            _read[name] = stamp, store.read(name)
        except (MissingTableError, StaleTableError):
            _read[name] = stamp, None
    return _read[name][1]
