"""One publication at a time, in real processes: killed, told to stop while it waits, and two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import pytest

from pipelines.dagster_ui import automation, dead_runs
from pipelines.dagster_ui.jobs import publish
from pipelines.dagster_ui.resources import publication, run_home
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import steps
from pipelines.work.adding import add_sources
from pipelines.work.publication_lock import Holder, publisher, publishing
from tests.pipelines.dagster_ui.test_automation import budget
from warehouse.errors import WarehouseError
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


@pytest.mark.slow
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


def test_what_dagster_runs_waits_for_the_same_turn_and_can_be_stopped(watch: Watch, monkeypatch) -> None:
    """As a run that the UI or the night started: the turn is a resource of the run."""

    def stop(_: float) -> None:
        signal.raise_signal(signal.SIGINT)  # what cancelling a run does
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(time, "sleep", stop)
    job = defs.resolve_job_def(publish.name)
    resources = {"home": run_home(watch.home), "publication": publication}
    with (
        dg.DagsterInstance.from_config(str(watch.home.dagster)) as instance,
        publishing(watch.home, "peso run", "una-corrida", pytest.fail) as holder,
    ):
        result = job.execute_in_process(instance=instance, resources=resources, raise_on_error=False)
        messages = [entry.user_message for entry in instance.all_logs(result.run_id)]
        assert not result.success
        assert not result.get_step_success_events()
        assert publisher(watch.home) == holder
    assert any(f"Espera a la publicación de peso run (proceso {os.getpid()}" in message for message in messages)


def test_whoever_holds_the_turn_is_named_until_it_ends(watch: Watch) -> None:
    with publishing(watch.home, "el sensor after_reading", "0123456789", pytest.fail) as holder:
        assert publisher(watch.home) == holder
        assert "el sensor after_reading" in holder.sentence()
        assert "desde hace 0 s" in holder.sentence()
    assert publisher(watch.home) is None


@pytest.mark.parametrize(("ago", "text"), [(61, "1 min"), (3 * 3600 + 65, "3 h 1 min")])
def test_the_wait_is_told_in_words(ago: int, text: str) -> None:
    started = datetime.fromtimestamp(time.time() - ago, UTC)
    assert Holder(what="peso run", pid=1, run_id="x", started_at=started).sentence().endswith(f"desde hace {text}.")


def skipped(context: dg.SensorEvaluationContext) -> str:
    """What the sensor of dead runs says it did."""
    reason = automation.dead_runs(context)
    assert isinstance(reason, dg.SkipReason)
    return reason.skip_message or ""


def test_a_run_without_a_mark_is_dead_after_a_minute(watch: Watch, monkeypatch) -> None:
    with dg.DagsterInstance.from_config(str(watch.home.dagster)) as instance:
        run = instance.create_run_for_job(defs.resolve_job_def(publish.name))
        instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", publish.name), run.run_id)
        context = dg.build_sensor_context(instance=instance, resources={"home": run_home(watch.home)})
        assert skipped(context) == "Every run is alive."
        monkeypatch.setattr(dead_runs, "_SECONDS_TO_MARK", -1)
        assert run.run_id in skipped(context)
        assert skipped(context) == "Every run is alive."


def test_a_release_is_not_made_of_two_publications(watch: Watch) -> None:
    """Where single assets are materialized one by one."""
    home = watch.home
    (home.releases / ".new-left").mkdir()
    steps.build_core(home)
    assert list(home.releases.iterdir()) == [], "what a killed one left is gone"
    with pytest.raises(WarehouseError, match="core was cut short"):
        steps.build_out(home)
    home.finished("core").write_text("one")
    with pytest.raises(WarehouseError, match="out was cut short"):
        steps.publish_release(home, lambda _: {})
    home.finished("out").write_text("another")
    with pytest.raises(WarehouseError, match="rebuilt after out"):
        steps.publish_release(home, lambda _: {})
    assert latest(home.releases) is None
