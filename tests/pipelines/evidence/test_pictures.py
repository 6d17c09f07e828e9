"""`peso show` and `peso read --picture` on the sample: from a line of the release to its place, or a clear refusal."""

import io

import pytest
from PIL import Image

from pipelines.evidence.pictures import (
    PictureError,
    Reference,
    Sourced,
    printed_places,
    references,
    save_pictures,
    sourced,
    stored_places,
)
from pipelines.home import Home
from tests.pipelines.world import peso_here, rows
from warehouse.ask.places import find_places
from warehouse.ask.query import asking

EVENTS = "SELECT line_id FROM out.line WHERE object_code = '38' AND document_id LIKE '{}' LIMIT 1"


def line_of(world, like: str) -> str:
    return rows(world.home, EVENTS.format(like))[0]["line_id"]


def find(world, reference: Reference, home: Home | None = None) -> Sourced:
    with asking(world.home.published().database) as ask:
        return sourced(home or world.home, reference, find_places(ask, [reference.line_id]))


@pytest.mark.parametrize("document", ["sample-26-2021", "sample-08-2018", "sample-11-2019"])  # PDF, xlsx, ods
def test_a_line_of_the_release_is_shown_with_its_figure(world, document):
    places = find(world, Reference(line_of(world, document)))
    picture = places.picture()
    assert picture.shows(places.evidence)
    assert places.evidence.figures
    marked = [mark for strip in picture.strips for mark in strip.marks]
    assert {"row", "amount", "column_header"} <= {mark.role for mark in marked}
    assert "No se cita" in places.evidence.note


def test_several_lines_are_written_into_a_folder(world, tmp_path):
    one, other = line_of(world, "sample-26-2021"), line_of(world, "sample-26-2016")
    command = peso_here(world.home, "show", f"{one};{other}:1", "--out", str(tmp_path / "fotos"))
    assert command.returncode == 0, command.stderr
    written = sorted((tmp_path / "fotos").iterdir())
    assert [str(path) for path in written] == sorted(command.stdout.split())
    for path in written:
        with Image.open(path) as drawn:
            assert drawn.width >= 1000


def test_references_are_taken_as_the_extract_writes_them():
    assert references(["a:1:2; a:1:3:4", "a:1:2"]) == [Reference("a:1:2"), Reference("a:1:3", 4)]
    assert references(["a:1:3:4:total"]) == [Reference("a:1:3", 4)], "the id of a conciliation"
    with pytest.raises(PictureError, match="documento:tabla:renglón"):
        references(["Salud"])


def test_what_cannot_be_shown_is_refused_in_spanish(world, tmp_path):
    line = line_of(world, "sample-26-2021")
    unknown = peso_here(world.home, "show", "nada:1:1", "--out", str(tmp_path))
    assert unknown.returncode == 1
    assert "No hay ninguna línea «nada:1:1»" in unknown.stderr
    assert "Traceback" not in unknown.stderr
    with pytest.raises(PictureError, match="no tiene importe en la columna 9; tiene: 1"):
        find(world, Reference(line, 9))
    with pytest.raises(PictureError, match="un solo archivo"):
        list(save_pictures(world.home, [line, "a:1:1"], tmp_path / "x.png"))


def test_a_file_that_is_not_in_the_archive_is_named_with_its_origin(world, tmp_path):
    elsewhere = Home(tmp_path)
    with pytest.raises(PictureError, match=r"no está en .*peso add.*se obtuvo de") as refused:
        find(world, Reference(line_of(world, "sample-26-2021")), elsewhere)
    assert "Sonora 2021" in str(refused.value)


def test_read_draws_the_page_it_is_asked_for(world, tmp_path):
    path, picture = world.home.samples / "egresos-sonora-2021.pdf", tmp_path / "pagina.png"
    command = peso_here(world.home, "read", str(path), "--page", "2", "--picture", str(picture), "--format", "csv")
    assert command.returncode == 0, command.stderr
    assert {line.split(",")[0] for line in command.stdout.splitlines()[1:]} == {"2"}
    with Image.open(picture) as drawn:
        assert drawn.width > 1500
    absent = peso_here(world.home, "read", str(path), "--sheet", "Egresos")
    assert absent.returncode == 1
    assert "«Egresos»" in absent.stderr


def test_a_place_is_the_same_in_the_store_and_in_the_release(world):
    line = line_of(world, "sample-26-2021")
    with asking(world.home.published().database) as ask:
        published = find_places(ask, [line])
    stored = stored_places(world.home, [line, "nada:1:1"])
    assert stored == published
    assert stored[line].amounts
    assert stored[line].format == "pdf"
    assert not stored[line].withheld


def test_the_page_of_a_release_shows_one_stage_and_leaves_out_what_is_not_there(world):
    line = line_of(world, "sample-26-2021")
    (stage,) = {amount["stage"] for amount in stored_places(world.home, [line])[line].amounts}
    pictures = printed_places(world.home, [(line, stage), ("nada:1:1", stage)])
    assert set(pictures) == {line}
    with Image.open(io.BytesIO(pictures[line])) as drawn:
        assert drawn.format == "PNG"
    assert not sourced(world.home, Reference(line, None, "pagado"), stored_places(world.home, [line])).columns
