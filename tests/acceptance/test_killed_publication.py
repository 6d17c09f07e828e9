"""One publication at a time, in real processes: one killed, one told to stop while it waits, and two at once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import pytest

from pipelines.dagster_ui.jobs import publish
from pipelines.home import Home
from pipelines.work.adding import add_sources
from pipelines.work.publication_lock import publisher
from tests.pipelines.dagster_ui.test_automation import budget
from warehouse.release.folder import changed_files, latest

_PATIENCE = 240  # seconds; on an idle machine each step takes a few

# `peso run` that says when a publication begins and ends, and begins only when it may.
_WATCHED = """
import os, sys, time
from pathlib import Path
from pipelines.work import steps
from pipelines.cli import main

log, gate, build_core, publish_release = Path(sys.argv[1]), Path(sys.argv[2]), steps.build_core, steps.publish_release

def note(what):
    with log.open("a") as file:
        file.write(f"{os.getpid()} {what}\\n")

def watched_core(home, stored):
    note("begins")
    while not gate.exists():
        time.sleep(0.05)
    return build_core(home, stored)

def watched_release(home, pictures):
    release = publish_release(home, pictures)
    note("ends")
    return release

steps.build_core, steps.publish_release = watched_core, watched_release
main(["run"])
"""


class Watch(NamedTuple):
    home: Home
    log: Path
    gate: Path
    started: list[subprocess.Popen[str]]

    def start(self) -> subprocess.Popen[str]:
        with (self.log.parent / f"stderr-{len(self.started)}").open("w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-c", _WATCHED, str(self.log), str(self.gate)],
                env=os.environ | {"PESO_HOME": str(self.home.root)},
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                text=True,
            )
        self.started.append(process)
        return process

    def notes(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def stderr(self, process: subprocess.Popen[str]) -> str:
        return (self.log.parent / f"stderr-{self.started.index(process)}").read_text()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """A home of one small document, and the processes started on it."""
    home = Home(tmp_path / "home").create()
    assert len(list(add_sources(home, [str(budget(tmp_path / "presupuesto.pdf"))]))) == 1
    made = Watch(home, tmp_path / "log", tmp_path / "gate", [])
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(happened: Callable[[], object], seconds: float = _PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_after_a_killed_publication_one_of_two_goes_on_and_the_other_waits_and_says_for_whom(watch: Watch) -> None:
    killed = watch.start()
    until(watch.notes)
    killed.kill()
    killed.wait()
    first = watch.start()
    until(lambda: len(watch.notes()) == 2)
    stopped, second = watch.start(), watch.start()
    waiting = f"Espera a la publicación de peso run (proceso {first.pid}"
    until(lambda: all(waiting in watch.stderr(process) for process in (stopped, second)))
    stopped.terminate()
    until(lambda: "La corrida se interrumpió." in watch.stderr(stopped), seconds=5)
    assert stopped.wait(_PATIENCE) == 130  # Python takes seconds to leave, with all it has loaded
    watch.gate.touch()
    assert (first.wait(_PATIENCE), second.wait(_PATIENCE)) == (0, 0)
    assert watch.stderr(second).count("Espera a") == 1
    both = [f"{process.pid} {what}" for process in (first, second) for what in ("begins", "ends")]
    assert watch.notes() == [f"{killed.pid} begins", *both]
    release = latest(watch.home.releases)
    assert release is not None
    assert release.number == 1, "the second had nothing new to say"
    assert changed_files(release) == []
    with dg.DagsterInstance.from_config(str(watch.home.dagster)) as instance:
        statuses = [run.status for run in instance.get_runs(dg.RunsFilter(job_name=publish.name))]
    assert statuses == [dg.DagsterRunStatus.SUCCESS] * 2 + [dg.DagsterRunStatus.FAILURE]
    assert publisher(watch.home) is None
