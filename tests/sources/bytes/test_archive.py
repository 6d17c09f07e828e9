"""What the archive keeps, it keeps unchanged, and it says when that stops being true."""

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.bytes.archive import Archive, write_atomic
from sources.errors import SourceError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def add(archive: Archive, data: bytes = b"%PDF-1.4", origin: str = "https://a.mx/x.PDF", **more: str) -> str:
    return archive.add(data, origin=origin, how="portal", name="x.PDF", **more)  # type: ignore[arg-type]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.binary(max_size=3000))
def test_bytes_come_back_as_they_went_in(archive: Archive, data: bytes) -> None:
    sha256 = add(archive, data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert archive.path(sha256).read_bytes() == data
    assert archive.verify() == []


def test_where_and_how_a_file_lies(archive: Archive, tmp_path: Path) -> None:
    document = tmp_path / "Informe.PDF"
    document.write_bytes(b"abc")
    sha256 = archive.add(document, origin="Informe.PDF", how="request", folio="260476500012326")
    path = archive.path(sha256)
    assert path == archive.root / sha256[:2] / sha256[2:4] / sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    sidecar = archive.sidecar(sha256)
    assert sidecar is not None
    assert (sidecar.bytes, sidecar.extension) == (3, ".pdf")
    first = sidecar.origins[0]
    assert (first.origin, first.how, first.folio, first.name) == (
        "Informe.PDF",
        "request",
        "260476500012326",
        "Informe.PDF",
    )
    assert first.obtained_at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]
    assert sorted(p.name for p in archive.root.rglob("*") if p.is_file()) == [sha256, sha256 + ".json"]


def test_the_same_bytes_again_keep_the_first_and_append_the_origin(archive: Archive) -> None:
    sha256 = add(archive, headers={"etag": '"1"'})  # type: ignore[arg-type]
    written = archive.path(sha256).stat().st_mtime_ns
    assert add(archive, origin="https://b.mx/y.pdf") == sha256
    add(archive, headers={"etag": '"2"'})  # type: ignore[arg-type]
    sidecar = archive.sidecar(sha256)
    assert sidecar is not None
    assert [record.origin for record in sidecar.origins] == ["https://a.mx/x.PDF", "https://b.mx/y.pdf"]
    assert sidecar.origins[0].headers == {"etag": '"2"'}
    assert archive.path(sha256).stat().st_mtime_ns == written
    assert sidecar.origin("https://b.mx/y.pdf") is sidecar.origins[1]


def test_damage_is_found_and_named_and_healed_by_adding_again(archive: Archive) -> None:
    changed, lost, mute = add(archive, b"1"), add(archive, b"2"), add(archive, b"3")
    archive.path(changed).chmod(0o644)
    archive.path(changed).write_bytes(b"one")
    archive.path(lost).unlink()
    archive.path(mute).with_name(mute + ".json").write_text("{")
    (archive.root / ".adding-abc").write_bytes(b"half")
    damaged = {damage.sha256: damage.message.split(";")[0] for damage in archive.verify()}
    assert damaged == {
        changed: "the bytes changed since they were archived",
        lost: "the bytes of this sidecar are missing",
        mute: "its sidecar is missing or not legible",
        ".adding-abc": "left over from an interrupted addition",
    }
    for data in (b"1", b"2", b"3"):
        add(archive, data)
    (archive.root / ".adding-abc").unlink()
    assert archive.verify() == []
    assert archive.path(changed).read_bytes() == b"1"


def test_what_is_too_large_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", max_bytes=10)
    with pytest.raises(SourceError) as caught:
        add(archive, b"x" * 11)
    assert caught.value.code == "too_large"
    assert [p for p in archive.root.rglob("*") if p.is_file()] == []
    assert add(archive, b"x" * 10) in archive


def test_an_empty_file_is_kept_for_the_reader_to_refuse(archive: Archive) -> None:
    assert add(archive, b"") in archive


def test_unknown_bytes_are_not_there(archive: Archive) -> None:
    assert "0" * 64 not in archive
    assert archive.sidecar("0" * 64) is None
    assert archive.verify() == []


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    write_atomic(path, b"old")
    with pytest.raises(TypeError):
        write_atomic(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]
