"""What is cleared away, and what is kept."""

import json
import os
import time
from pathlib import Path

import dagster as dg
import pytest

from pipelines.dagster_ui import night
from pipelines.home import Home
from pipelines.work import retention
from pipelines.work.published_inputs import begin_publication, end_publication, is_published
from pipelines.work.retention import prune
from sources.declared.catalogue import save_entry
from sources.declared.entry import DocumentEntry


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def test_the_last_editions_and_the_last_of_each_month_are_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "EDITIONS", 2)
    for number, month in enumerate(("01", "01", "02", "03", "03", "03"), 1):
        folder = home.releases / f"{number:04d}"
        folder.mkdir()
        (folder / "manifest.json").write_text(json.dumps({"created_at": f"2026-{month}-05T00:00:00+00:00"}))
    (home.releases / "0007").mkdir()
    assert len(list(prune(home))) == 3
    kept = ["0002", "0003", "0006", "0007"]
    assert sorted(path.name for path in home.releases.iterdir()) == [*kept, "ediciones.json", "index.html"]


def test_what_killed_writers_left_goes_after_a_day(home: Home) -> None:
    left = [home.root / "watched" / ".writing-a.tmp", home.archive.root / ".adding-b", home.alerts / "old.json"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
        os.utime(path, (0, 0))
    (home.archive.root / ".adding-c").write_text("x")
    list(prune(home))
    assert [path.exists() for path in left] == [False] * 3
    assert (home.archive.root / ".adding-c").exists()


@dg.job
def any_job() -> None:
    """Of no step: making a run of the whole pipeline takes seconds."""


def test_runs_that_ended_long_ago_are_forgotten(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        ended, going = (instance.create_run_for_job(any_job) for _ in range(2))
        instance.report_run_failed(ended, "x")
        assert night.prune_runs(instance) == 0
        monkeypatch.setattr(night, "RUN_DAYS", -1)
        assert night.prune_runs(instance) == 1
        assert [run.run_id for run in instance.get_runs()] == [going.run_id]


def test_settings_of_an_earlier_version_are_replaced_and_those_of_a_person_are_not(home: Home) -> None:
    settings = home.dagster / "dagster.yaml"
    ours = settings.read_text()
    settings.write_text(ours.partition("retention:")[0])
    assert home.create().dagster.joinpath("dagster.yaml").read_text() == ours
    settings.write_text("telemetry: {enabled: false}\n")
    assert home.create().dagster.joinpath("dagster.yaml").read_text() == "telemetry: {enabled: false}\n"


def test_nothing_is_published_again_until_something_changed(home: Home) -> None:
    assert is_published(home), "there is nothing to publish"
    save_entry(DocumentEntry(document_id="uno"), home.catalogue_folder)
    assert not is_published(home)
    home.store.root.mkdir(exist_ok=True)
    begin_publication(home)
    assert not is_published(home), "a publication that was cut short is none"
    end_publication(home)
    assert is_published(home)
    time.sleep(0.01)
    (home.claims_folder / "una.yaml").write_text("id: una\n")
    assert not is_published(home)
