"""The inbox takes its own files, all in one run, and nothing that a link leads to or that is no document."""

import json
import os
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import inbox
from pipelines.work.inbox import look, take_all
from tests.pipelines.dagster_ui.test_automation import asked_for

TABLE = "Concepto,Aprobado\n1000 Servicios personales,1234.00\n2000 Materiales,500.00\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Home:
    monkeypatch.setattr(inbox, "_SETTLED_SECONDS", -1)
    return Home(tmp_path / "home").create()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A document that is nobody's business."""
    file = tmp_path / "private" / "diario.csv"
    file.parent.mkdir()
    file.write_text(TABLE)
    return file


def write(path: Path, text: str = TABLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def link_everything(home: Home, outside: Path) -> list[str]:
    """Every kind of link into the inbox; returns their places in it, in order."""
    (home.inbox / "archivo.csv").symlink_to(outside)
    (home.inbox / "carpeta").symlink_to(outside.parent)
    (home.inbox / "corto.csv").symlink_to(os.path.relpath(outside, home.inbox))
    (home.inbox / "roto.csv").symlink_to("/nowhere")
    (home.inbox / "sub").mkdir()
    (home.inbox / "sub" / "hondo").symlink_to(outside.parent, target_is_directory=True)
    (home.inbox / "vuelta").symlink_to(home.inbox)
    return ["archivo.csv", "carpeta", "corto.csv", "roto.csv", "sub/hondo", "vuelta"]


def test_links_are_refused_by_name_and_the_rest_is_taken(home, outside):
    links = link_everything(home, outside)
    good = [write(home.inbox / "bueno.csv"), write(home.inbox / "sub" / "otro.csv")]
    write(home.inbox / ".added" / "viejo.csv")
    (home.inbox / ".#bueno.csv").symlink_to("someone@somewhere")  # the lock of an editor
    dropped = look(home)
    assert dropped.files == good
    assert [sentence.partition(":")[0] for sentence in dropped.refused] == links


def test_the_sensor_asks_once_for_all_and_names_each_link_once(home, outside, monkeypatch):
    links = link_everything(home, outside)
    write(home.inbox / "bueno.csv")
    write(home.inbox / "otro.csv", TABLE + "x")
    with dg.instance_for_test() as instance:

        def tick(cursor: str | None) -> tuple[list[dg.RunRequest], str | None, list[str]]:
            context = dg.build_sensor_context(instance=instance, resources={"home": home}, cursor=cursor)
            warnings: list[str] = []
            monkeypatch.setattr(context.log, "warning", warnings.append)
            return asked_for(context), context.cursor, warnings

        requests, cursor, warnings = tick(None)
        assert [request.run_config for request in requests] == [{}], "no job takes a path"
        assert len(warnings) == len(links)
        assert tick(cursor)[1:] == (cursor, [])
        assert tick(cursor)[0][0].run_key == requests[0].run_key
        (home.inbox / "nuevo.csv").symlink_to(outside)
        assert len(tick(cursor)[2]) == len(links) + 1


def test_all_files_are_taken_in_one_run_and_junk_is_refused_with_a_note(home, outside):
    link_everything(home, outside)
    for name in ("uno.csv", "sub/uno.csv"):
        write(home.inbox / name, TABLE + f"3000 Servicios {name},1.00\n")
    write(home.inbox / "zigual.csv", (home.inbox / "uno.csv").read_text())
    contracts = [
        {"ocid": f"o-{n}", "tag": ["contract"], "contracts": [{"id": "1", "value": {"amount": n}}]} for n in (1, 2)
    ]
    write(home.inbox / "contratos.jsonl", "\n".join(map(json.dumps, contracts)))
    for name, text in {
        "README": "Lea esto antes de empezar.",
        "notas.txt": "uno, dos y tres, 1,234.00",
        "cinco.pdf": "12345",
        "vacio.csv": "",
    }.items():
        write(home.inbox / name, text)
    (home.inbox / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    with dg.instance_for_test() as instance:
        job = defs.resolve_job_def("add_documents")
        result = job.execute_in_process(resources={"home": home}, instance=instance)
        assert result.success
        outputs = [event for event in result.events_for_node("add_inbox") if event.is_successful_output]
    metadata = {name: entry.value for name, entry in outputs[0].step_output_data.metadata.items()}
    assert (metadata["added"], metadata["refused"], metadata["duplicate"]) == (3, 5, 1)
    assert len(home.catalogue().documents) == 3
    folders = {
        name: sorted(path.name for path in (home.inbox / name).iterdir())
        for name in (".added", ".refused", ".not-added")
    }
    assert folders[".added"] == ["contratos.jsonl", "uno-2.csv", "uno.csv"]
    assert len(folders[".not-added"]) == 1
    junk = ["README", "cinco.pdf", "foto.png", "notas.txt", "vacio.csv"]
    assert folders[".refused"] == sorted([*junk, *(f"{name}.nota.txt" for name in junk)])
    assert "5 bytes" in (home.inbox / ".refused" / "cinco.pdf.nota.txt").read_text()
    assert (look(home).files, outside.is_file()) == ([], True)


def test_a_file_of_the_inbox_is_moved_aside_also_where_the_inbox_itself_is_a_link(home, tmp_path):
    disk = tmp_path / "disk"
    home.inbox.rename(disk)
    home.inbox.symlink_to(disk)
    write(disk / "sub" / "bueno.csv")
    assert look(home) == ([home.inbox / "sub" / "bueno.csv"], [])
    assert [added.outcome for added in take_all(home)] == ["added"]
    assert (disk / ".added" / "bueno.csv").is_file()
