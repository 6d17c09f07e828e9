"""One publication at a time: whose turn it is, who waits, and what a dead one leaves. Real processes: `tests/acceptance`."""

import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.dagster_ui import automation, dead_runs
from pipelines.dagster_ui.jobs import publish
from pipelines.dagster_ui.resources import publication, run_home
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import steps
from pipelines.work.publication_lock import Holder, publisher, publishing
from warehouse.errors import WarehouseError
from warehouse.release.folder import latest


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def test_what_dagster_runs_waits_for_the_same_turn_and_can_be_stopped(home: Home, monkeypatch) -> None:
    """As a run that the UI or the night started: the turn is a resource of the run."""

    def stop(_: float) -> None:
        signal.raise_signal(signal.SIGINT)  # what cancelling a run does
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(time, "sleep", stop)
    job = defs.resolve_job_def(publish.name)
    resources = {"home": run_home(home), "publication": publication}
    with (
        dg.DagsterInstance.from_config(str(home.dagster)) as instance,
        publishing(home, "peso run", "una-corrida", pytest.fail) as holder,
    ):
        result = job.execute_in_process(instance=instance, resources=resources, raise_on_error=False)
        messages = [entry.user_message for entry in instance.all_logs(result.run_id)]
        assert not result.success
        assert not result.get_step_success_events()
        assert publisher(home) == holder
    assert any(f"Espera a la publicación de peso run (proceso {os.getpid()}" in message for message in messages)


def test_whoever_holds_the_turn_is_named_until_it_ends(home: Home) -> None:
    with publishing(home, "el sensor up_to_date", "0123456789", pytest.fail) as holder:
        assert publisher(home) == holder
        assert "el sensor up_to_date" in holder.sentence()
        assert "desde hace 0 s" in holder.sentence()
    assert publisher(home) is None


@pytest.mark.parametrize(("ago", "text"), [(61, "1 min"), (3 * 3600 + 65, "3 h 1 min")])
def test_the_wait_is_told_in_words(ago: int, text: str) -> None:
    started = datetime.fromtimestamp(time.time() - ago, UTC)
    assert Holder(what="peso run", pid=1, run_id="x", started_at=started).sentence().endswith(f"desde hace {text}.")


def skipped(context: dg.SensorEvaluationContext) -> str:
    """What the sensor of dead runs says it did."""
    reason = automation.dead_runs(context)
    assert isinstance(reason, dg.SkipReason)
    return reason.skip_message or ""


@dg.job
def any_job() -> None:
    """Of no step: making a run of the whole pipeline takes seconds."""


def test_a_run_without_a_mark_is_dead_after_a_minute(home: Home, monkeypatch) -> None:
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        run = instance.create_run_for_job(any_job)
        instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", any_job.name), run.run_id)
        context = dg.build_sensor_context(instance=instance, resources={"home": run_home(home)})
        assert skipped(context) == "Every run is alive."
        monkeypatch.setattr(dead_runs, "_SECONDS_TO_MARK", -1)
        assert run.run_id in skipped(context)
        assert skipped(context) == "Every run is alive."


def test_a_release_is_not_made_of_two_publications(home: Home) -> None:
    """Where single assets are materialized one by one."""
    home.store.root.mkdir()
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
