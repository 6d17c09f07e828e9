"""The inbox takes its own files, and nothing that a link or a path leads to."""

import os
from pathlib import Path

import dagster as dg
import pytest

from pipelines.dagster_ui import automation
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.work import inbox
from pipelines.work.inbox import add_file, look
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


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TABLE)
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


def test_the_sensor_names_each_link_once_and_goes_on(home, outside, monkeypatch):
    links = link_everything(home, outside)
    write(home.inbox / "bueno.csv")
    with dg.instance_for_test() as instance:

        def tick(cursor: str | None) -> tuple[list[dg.RunRequest], str | None, list[str]]:
            context = dg.build_sensor_context(instance=instance, resources={"home": home}, cursor=cursor)
            warnings: list[str] = []
            monkeypatch.setattr(context.log, "warning", warnings.append)
            return asked_for(context), context.cursor, warnings

        requests, cursor, warnings = tick(None)
        assert [Path(request.run_config["ops"]["add_document"]["config"]["path"]).name for request in requests] == [
            "bueno.csv"
        ]
        assert len(warnings) == len(links)
        assert tick(cursor)[1:] == (cursor, [])
        (home.inbox / "nuevo.csv").symlink_to(outside)
        assert len(tick(cursor)[2]) == len(links) + 1


@pytest.mark.parametrize(
    "place",
    [
        "{outside}",
        "../../private/diario.csv",
        "sub/../../../private/diario.csv",
        "{inbox}/../../private/diario.csv",
        "{inbox}/archivo.csv",
        "{inbox}/carpeta/diario.csv",
        "{inbox}/sub/hondo/diario.csv",
        "sub/hondo/diario.csv",
        "{inbox}/vuelta/bueno.csv",
        "{inbox}",
        "",
        "sub",
        "no-such.csv",
        "{inbox}-old/diario.csv",
        "/dev/null",
        "bueno.csv\0",
    ],
)
def test_the_job_touches_nothing_but_a_file_of_the_inbox(home, outside, place):
    link_everything(home, outside)
    good = write(home.inbox / "bueno.csv")
    write(home.root / "inbox-old" / "diario.csv")
    path = Path(place.format(outside=outside, inbox=home.inbox))
    result = add_file(home, path)
    assert result.outcome == "refused"
    assert path.name in result.text
    assert outside.is_file()
    assert good.is_file()
    assert not home.catalogue_folder.joinpath("documents").exists()
    assert not home.archive.root.exists()


def test_a_refused_path_is_named_in_the_run_which_ends_well(home, outside):
    with dg.instance_for_test() as instance:
        result = defs.resolve_job_def("add_documents").execute_in_process(
            run_config=dg.RunConfig(ops={"add_document": automation.InboxFile(path=str(outside))}),
            resources={"home": home},
            instance=instance,
        )
        assert result.success
        outputs = [event for event in result.events_for_node("add_document") if event.is_successful_output]
        metadata = outputs[0].step_output_data.metadata
    assert metadata["outcome"].value == "refused"
    assert str(outside) in str(metadata["message"].value)
    assert outside.is_file()


def test_a_file_of_the_inbox_is_moved_aside_also_where_the_inbox_itself_is_a_link(home, tmp_path):
    disk = tmp_path / "disk"
    home.inbox.rename(disk)
    home.inbox.symlink_to(disk)
    write(disk / "sub" / "bueno.csv")
    assert look(home) == ([home.inbox / "sub" / "bueno.csv"], [])
    assert add_file(home, Path("sub/bueno.csv")).outcome == "added"
    assert (disk / ".added" / "bueno.csv").is_file()
