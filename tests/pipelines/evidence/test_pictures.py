"""`peso show` and `peso read --picture` on the sample: from a line of the release to its place, or a clear refusal."""

import pytest
from PIL import Image

from pipelines.evidence.pictures import PictureError, Reference, references, save_pictures, sourced
from pipelines.home import Home
from pipelines.verbs.answers import rows
from tests.pipelines.world import peso

EVENTS = "SELECT line_id FROM out.line WHERE object_code = '38' AND document_id LIKE '{}' LIMIT 1"


def line_of(world, like: str) -> str:
    return rows(world.home, EVENTS.format(like))[0]["line_id"]


@pytest.mark.parametrize("document", ["sample-26-2021", "sample-08-2018", "sample-11-2019"])  # PDF, xlsx, ods
def test_a_line_of_the_release_is_shown_with_its_figure(world, document):
    found = sourced(world.home, Reference(line_of(world, document), None))
    picture = found.picture()
    assert picture.shows(found.evidence)
    assert found.evidence.figures
    marked = [mark for strip in picture.strips for mark in strip.marks]
    assert {"row", "amount", "column_header"} <= {mark.role for mark in marked}
    assert "No se cita" in found.evidence.note


def test_several_lines_are_written_into_a_folder(world, tmp_path):
    one, other = line_of(world, "sample-26-2021"), line_of(world, "sample-26-2016")
    found = peso(world.home, "show", f"{one};{other}:1", "--out", str(tmp_path / "fotos"))
    assert found.returncode == 0, found.stderr
    written = sorted((tmp_path / "fotos").iterdir())
    assert [str(path) for path in written] == sorted(found.stdout.split())
    assert all(Image.open(path).width >= 1000 for path in written)


def test_references_are_taken_as_the_extract_writes_them():
    assert references(["a:1:2; a:1:3:4", "a:1:2"]) == [Reference("a:1:2", None), Reference("a:1:3", 4)]
    assert references(["a:1:3:4:total"]) == [Reference("a:1:3", 4)], "the id of a conciliation"
    with pytest.raises(PictureError, match="documento:tabla:renglón"):
        references(["Salud"])


def test_what_cannot_be_shown_is_refused_in_spanish(world, tmp_path):
    line = line_of(world, "sample-26-2021")
    unknown = peso(world.home, "show", "nada:1:1", "--out", str(tmp_path))
    assert unknown.returncode == 1
    assert "No hay ninguna línea «nada:1:1»" in unknown.stderr
    assert "Traceback" not in unknown.stderr
    with pytest.raises(PictureError, match="no tiene importe en la columna 9; tiene: 1"):
        sourced(world.home, Reference(line, 9))
    with pytest.raises(PictureError, match="un solo archivo"):
        list(save_pictures(world.home, [line, "a:1:1"], tmp_path / "x.png"))


def test_a_file_that_is_not_in_the_archive_is_named_with_its_origin(world, tmp_path):
    elsewhere = Home(tmp_path)
    (tmp_path / "releases").symlink_to(world.home.releases, target_is_directory=True)
    with pytest.raises(PictureError, match=r"no está en .*peso add.*se obtuvo de") as refused:
        sourced(elsewhere, Reference(line_of(world, "sample-26-2021"), None))
    assert "Sonora 2021" in str(refused.value)


def test_read_draws_the_page_it_is_asked_for(world, tmp_path):
    path, picture = world.home.samples / "egresos-sonora-2021.pdf", tmp_path / "pagina.png"
    found = peso(world.home, "read", str(path), "--page", "2", "--picture", str(picture), "--format", "csv")
    assert found.returncode == 0, found.stderr
    assert {line.split(",")[0] for line in found.stdout.splitlines()[1:]} == {"2"}
    assert Image.open(picture).width > 1500
    absent = peso(world.home, "read", str(path), "--sheet", "Egresos")
    assert absent.returncode == 1
    assert "'Egresos'" in absent.stderr
