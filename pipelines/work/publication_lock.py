"""Whose turn it is: one publication of a home at a time, and which runs are still alive.

Both are locks of the operating system, which end with the process that holds them, however it ends: nothing is left
behind by a kill. What a run does in its turn belongs to `pipelines.work.steps`; Dagster's side of it, to
`pipelines.dagster_ui.resources`.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import IO

from pydantic import BaseModel, ValidationError

from pipelines.home import Home

_PAUSE = 0.2  # seconds between two tries
_marks: list[IO[str]] = []  # open for as long as this process lives


class Holder(BaseModel, frozen=True):
    """Who publishes: written into the lock's own file while the lock is held."""

    what: str
    pid: int
    run_id: str
    started_at: datetime

    def sentence(self) -> str:
        """What whoever waits is told."""
        return (
            f"Espera a la publicación de {self.what} (proceso {self.pid}, corrida {self.run_id[:8]}), "
            f"desde hace {_duration(datetime.now(UTC) - self.started_at)}."
        )


@contextmanager
def publishing(home: Home, what: str, run_id: str, say: Callable[[str], None]) -> Iterator[Holder]:
    """Holds the only turn to publish, from the first step to the last; says once whom it waits for."""
    with home.publication_lock.open("a+", encoding="utf-8") as file:
        announced = None
        while not _take(file):
            holder = publisher(home)
            if holder and holder != announced:
                say(holder.sentence())
                announced = holder
            time.sleep(_PAUSE)
        holder = Holder(what=what, pid=os.getpid(), run_id=run_id, started_at=datetime.now(UTC))
        file.truncate(0)
        file.write(holder.model_dump_json())
        file.flush()
        try:
            yield holder
        finally:
            file.truncate(0)


def publisher(home: Home) -> Holder | None:
    """Who wrote its name into the lock last; None where the last one ended in order, or is writing it now."""
    try:
        return Holder.model_validate_json(home.publication_lock.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError):
        return None


def mark_alive(home: Home, run_id: str) -> None:
    """Shows that this process executes the run, until the process ends."""
    unlocked = home.running / f".{run_id}"
    file = unlocked.open("w", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    unlocked.rename(home.running / run_id)  # a mark appears locked, or not at all
    _marks.append(file)


def is_alive(home: Home, run_id: str) -> bool | None:
    """Whether the process that executes the run lives; None where the run left no mark."""
    try:
        with (home.running / run_id).open(encoding="utf-8") as file:
            return not _take(file)
    except FileNotFoundError:
        return None


def forget_ended(home: Home) -> None:
    """Removes the marks of processes that have ended."""
    for path in home.running.glob("[!.]*"):
        if is_alive(home, path.name) is False:
            path.unlink(missing_ok=True)


def _take(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _duration(passed: timedelta) -> str:
    seconds = max(0, round(passed.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
