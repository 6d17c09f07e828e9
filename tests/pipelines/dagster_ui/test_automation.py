"""What runs by itself: the inbox, new documents, the night, what follows a reading, and the alert on failure."""

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

from pipelines.dagster_ui import automation
from pipelines.dagster_ui.assets import DOCUMENTS, RAW_KEY
from pipelines.dagster_ui.jobs import range_tags
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import inbox
from pipelines.work.adding import add_sources, refetch
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


def test_new_documents_get_partitions_and_one_run(home, instance):
    for name in ("uno", "dos"):
        save_entry(DocumentEntry(document_id=name), home.catalogue_folder)
    context = dg.build_sensor_context(instance=instance, resources={"home": home})
    result = automation.new_documents(context)
    assert isinstance(result, dg.SensorResult)
    assert len(result.run_requests or []) == 1
    assert set(instance.get_dynamic_partitions(DOCUMENTS.name)) == {"uno", "dos"}
    assert isinstance(automation.new_documents(context), dg.SkipReason)


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


def test_while_the_night_is_at_work_it_reads_what_it_finds_itself(home, instance):
    save_entry(DocumentEntry(document_id="uno"), home.catalogue_folder)
    run = instance.create_run_for_job(defs.resolve_job_def("night"))
    instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", "night"), run.run_id)
    context = dg.build_sensor_context(instance=instance, resources={"home": home})
    assert isinstance(automation.new_documents(context), dg.SkipReason)


def test_one_refused_document_does_not_stop_the_others_and_fails_alone(home, instance, tmp_path):
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.4 nothing")
    added = list(add_sources(home, [str(budget(tmp_path / "bueno.pdf")), str(tmp_path / "roto.pdf")]))
    keys = [result.document_id or "" for result in added]
    instance.add_dynamic_partitions(DOCUMENTS.name, keys)
    job = defs.resolve_job_def("read_documents")
    both = job.execute_in_process(tags=range_tags(keys), instance=instance, resources={"home": home})
    assert both.success
    assert instance.get_materialized_partitions(RAW_KEY) == {keys[0]}
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
