"""What runs by itself: the inbox, what is not in the edition yet, the night, and the alert on failure."""

import http.server
import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dagster as dg
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.dagster_ui import automation, night
from pipelines.dagster_ui.assets import RELEASE_KEY
from pipelines.dagster_ui.jobs import range_tags
from pipelines.dagster_ui.lineage import RAW_KEY
from pipelines.dagster_ui.partitions import DOCUMENTS
from pipelines.dagster_ui.refused import SHOWS_REFUSAL
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import inbox, unpublished
from pipelines.work.adding import add_sources, refetch
from pipelines.work.published_inputs import begin_publication, end_publication
from sources.declared.catalogue import save_entry
from sources.declared.entry import DocumentEntry


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def instance(home: Home):
    with dg.DagsterInstance.from_config(str(home.dagster)) as made:
        yield made


def budget(path: Path, amount: str = "1,234.00") -> Path:
    """A page with one small table."""
    canvas = Canvas(str(path), invariant=1)
    for height, (label, text) in zip(
        (700, 680, 660, 640),
        [
            ("Concepto", "Aprobado"),
            ("1000 Servicios personales", amount),
            ("2000 Materiales", "500.00"),
            ("3000 Servicios generales", "20.00"),
        ],
        strict=True,
    ):
        canvas.drawString(72, height, label)
        canvas.drawRightString(400, height, text)
    canvas.save()
    return path


def drop(home: Home, monkeypatch, **files: str) -> None:
    for stem, amount in files.items():
        budget(home.inbox / f"{stem}.pdf", amount)
    monkeypatch.setattr(inbox, "_SETTLED_SECONDS", -1)


def asked_for(context: dg.SensorEvaluationContext) -> list[dg.RunRequest]:
    """The runs that the inbox asks for."""
    answers = automation.inbox(context)
    assert isinstance(answers, Iterator)
    requests = []
    for answer in answers:
        assert isinstance(answer, dg.RunRequest)
        requests.append(answer)
    return requests


def test_while_files_are_added_the_inbox_asks_for_no_other_run(home, instance, monkeypatch):
    drop(home, monkeypatch, presupuesto="1,000.00")
    context = dg.build_sensor_context(instance=instance, resources={"home": home})
    run = instance.create_run_for_job(automation.add_documents, status=dg.DagsterRunStatus.STARTED)
    assert asked_for(context) == []
    instance.report_run_canceled(run)
    assert len(asked_for(context)) == 1


def test_a_dropped_file_is_asked_for_once_and_added(home, instance, monkeypatch):
    drop(home, monkeypatch, presupuesto="1,000.00")
    (home.inbox / ".oculto.pdf").write_bytes(b"x")
    context = dg.build_sensor_context(instance=instance, resources={"home": home})
    assert len(asked_for(context)) == 1
    result = defs.resolve_job_def("add_documents").execute_in_process(resources={"home": home}, instance=instance)
    assert result.success
    assert len(home.catalogue().documents) == 1
    assert (home.inbox / ".added" / "presupuesto.pdf").is_file()
    assert asked_for(dg.build_sensor_context(instance=instance, resources={"home": home})) == []


def tick(home: Home, instance: dg.DagsterInstance, cursor: str | None) -> tuple[dg.RunRequest | None, str | None]:
    """What the sensor asks for, and its cursor afterwards."""
    context = dg.build_sensor_context(instance=instance, resources={"home": home}, cursor=cursor)
    result = automation.up_to_date(context)
    if isinstance(result, dg.SensorResult):
        (request,) = result.run_requests or []
        assert isinstance(request, dg.RunRequest)
        return request, result.cursor
    assert isinstance(result, dg.SkipReason)
    return None, context.cursor


def test_what_was_added_is_read_in_one_run_and_then_published_and_what_is_saved_later_too(home, instance, monkeypatch):
    monkeypatch.setattr(unpublished, "_SETTLED_SECONDS", 0)
    for name in ("uno", "dos"):
        save_entry(DocumentEntry(document_id=name), home.catalogue_folder)
    request, cursor = tick(home, instance, None)
    assert request and request.job_name == "read_documents"
    assert request.tags["documento"].endswith("(2)")
    assert set(instance.get_dynamic_partitions(DOCUMENTS.name)) == {"uno", "dos"}
    request, cursor = tick(home, instance, cursor)  # that they cannot be read is not asked again
    assert request and request.job_name == "publish"
    assert tick(home, instance, cursor) == (None, cursor), "a publication that fails is asked for once"
    (home.corrections_folder / "una.yaml").write_text("corrections: []\n", encoding="utf-8")
    home.store.root.mkdir()
    begin_publication(home)
    end_publication(home)
    request, cursor = tick(home, instance, cursor)
    assert request and request.job_name == "read_documents", "the bytes that were missing may be there now"
    request, cursor = tick(home, instance, cursor)
    assert request is None, "the edition is made from what is there"
    (home.corrections_folder / "una.yaml").write_text("corrections: [] \n", encoding="utf-8")
    jobs = []
    while request := (step := tick(home, instance, cursor))[0]:
        jobs.append(request.job_name)
        cursor = step[1]
    assert jobs == ["read_documents", "publish"]


def test_a_document_that_was_read_when_it_was_added_is_published_at_once_and_shown(
    home, instance, tmp_path, monkeypatch
):
    monkeypatch.setattr(unpublished, "_SETTLED_SECONDS", 0)
    list(add_sources(home, [str(budget(tmp_path / "bueno.pdf"))]))
    context = dg.build_sensor_context(instance=instance, resources={"home": home})
    result = automation.up_to_date(context)
    assert isinstance(result, dg.SensorResult)
    assert [request.job_name for request in result.run_requests or []] == ["publish", "read_documents"]
    assert tick(home, instance, result.cursor) == (None, result.cursor)


def test_nothing_is_asked_for_while_somebody_saves(home, instance):
    save_entry(DocumentEntry(document_id="uno"), home.catalogue_folder)
    assert tick(home, instance, None) == (None, None)


def test_one_schedule_does_the_whole_night(home, instance, monkeypatch):
    """As the daemon runs it: what fails of it is in its log, and fails the run after the rest was done."""
    assert [automation.nightly] == automation.SCHEDULES
    assert (automation.nightly.execution_timezone, automation.nightly.job_name) == ("America/Mexico_City", "night")
    said: list[str] = []

    def note(of, say, well):
        said.append(str(of.root))
        return well

    for well in (True, False):
        monkeypatch.setattr(automation, "run_night", partial(note, well=well))
        job = defs.resolve_job_def("night")
        result = job.execute_in_process(resources={"home": home}, instance=instance, raise_on_error=False)
        assert result.success == well
    assert said == [str(home.root)] * 2


@pytest.mark.parametrize("job", ["night", "read_documents"])
def test_while_a_run_is_going_on_nothing_else_is_asked_for(home, instance, monkeypatch, job):
    monkeypatch.setattr(unpublished, "_SETTLED_SECONDS", 0)
    save_entry(DocumentEntry(document_id="uno"), home.catalogue_folder)
    instance.add_dynamic_partitions(DOCUMENTS.name, ["uno"])
    tags = {"dagster/partition": "uno"} if job == "read_documents" else {}
    run = instance.create_run_for_job(defs.resolve_job_def(job), tags=tags)
    instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", job), run.run_id)
    assert tick(home, instance, None) == (None, None)


def test_a_night_without_news_says_that_the_edition_is_current(home, instance, monkeypatch):
    (home.releases / "0007").mkdir()
    (home.releases / "0007" / "manifest.json").write_text('{"release": 7}', encoding="utf-8")
    monkeypatch.setattr(night, "is_published", lambda _: True)
    monkeypatch.setattr(night, "watched_addresses", lambda _: [])
    assert night.run_night(home, print)
    seen = instance.get_latest_materialization_event(RELEASE_KEY)
    assert seen and seen.asset_materialization.metadata["release"].value == 7


def states(instance: dg.DagsterInstance, keys: list[str]) -> list[str | None]:
    """What the UI shows of partitions."""
    status = instance.get_status_by_partition(RAW_KEY, keys, DOCUMENTS)
    return [found.value if (found := (status or {}).get(key)) else None for key in keys]


def test_one_refused_document_does_not_stop_the_others_and_fails_alone(home, instance, tmp_path):
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.4 nothing")
    added = list(add_sources(home, [str(budget(tmp_path / "bueno.pdf")), str(tmp_path / "roto.pdf")]))
    keys = [result.document_id or "" for result in added]
    instance.add_dynamic_partitions(DOCUMENTS.name, keys)
    job = defs.resolve_job_def("read_documents")
    both = job.execute_in_process(tags=range_tags(keys), instance=instance, resources={"home": home})
    assert both.success
    assert instance.get_materialized_partitions(RAW_KEY) == {keys[0]}
    assert states(instance, keys) == ["MATERIALIZED", "FAILED"]
    (failed,) = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))
    assert failed.tags["documento"] == keys[1]
    again = job.execute_in_process(tags=range_tags(keys), instance=instance, resources={"home": home})
    assert again.success
    assert states(instance, keys) == ["MATERIALIZED", "FAILED"]
    last, *_ = instance.get_runs()
    assert last.status is dg.DagsterRunStatus.FAILURE and SHOWS_REFUSAL in last.tags, (
        "the last to try it, in the history too"
    )
    alone = job.execute_in_process(
        partition_key=keys[1], instance=instance, resources={"home": home}, raise_on_error=False
    )
    assert not alone.success
    context = dg.build_run_status_sensor_context(
        sensor_name="alert_on_failure", dagster_instance=instance, dagster_run=alone.dagster_run,
        dagster_event=alone.get_run_failure_event(), resources={"home": home},
    ).for_run_failure()  # fmt: skip
    automation.alert_on_failure(context)
    alert = json.loads((home.alerts / f"{alone.run_id}.json").read_text(encoding="utf-8"))
    assert "roto.pdf" in " ".join(alert["errors"])


def test_an_address_is_fetched_again_and_new_bytes_supersede(home, tmp_path, monkeypatch):
    monkeypatch.setenv("PESO_ALLOWED_NETWORKS", "127.0.0.0/8")
    folder = tmp_path / "portal"
    folder.mkdir()
    budget(folder / "egresos.pdf", "1,000.00")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *a: http.server.SimpleHTTPRequestHandler(*a, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/egresos.pdf"
        assert [result.outcome for result in add_sources(home, [url])] == ["added"]
        assert [result.outcome for result in refetch(home)] == ["duplicate"]
        budget(folder / "egresos.pdf", "2,000.00")
        os.utime(folder / "egresos.pdf", (2_000_000_000, 2_000_000_000))
        assert [result.outcome for result in refetch(home)] == ["new_version"]
    finally:
        server.shutdown()
        server.server_close()
    newest = next(entry for entry in home.catalogue().documents.values() if entry.supersedes)
    assert newest.supersedes in home.catalogue().documents


def test_an_address_of_this_machine_is_refused_unless_configured(home):
    assert [result.outcome for result in add_sources(home, ["http://127.0.0.1:9/x.pdf"])] == ["refused"]
