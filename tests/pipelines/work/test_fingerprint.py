"""What fingerprints cover: every module that reading imports, and every file that the packages ship."""

import subprocess

import pytest

from pipelines.work import fingerprint
from pipelines.work.fingerprint import _ROOT, code_version, reading_files, shipped_files


def names(paths) -> set[str]:
    return {path.relative_to(_ROOT).as_posix() for path in paths}


def test_reading_is_what_the_reader_imports_and_no_more():
    files = names(reading_files())
    rooms = ("pdf", "sheets", "raw")
    whole = {path for room in rooms for path in names((_ROOT / "sources" / room).rglob("*.py"))}
    assert whole <= files, "a module of a reader that no reading imports is of no use"
    judges = {"expectations/plausible.py", "pipelines/apart/plausibility.py"}
    assert {"sources/read.py", "sources/hints.py", "warehouse/schema/personal.py"} | judges <= files
    apart = ("sources/picture/", "sources/sample/", "sources/bytes/", "sources/declared/", "transforms/", "pipelines/")
    assert not [name for name in files - judges if name.startswith(apart)]


def test_the_program_is_every_file_that_is_kept_of_it():
    tracked = subprocess.run(
        ["git", "ls-files", *fingerprint._PACKAGES], cwd=_ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {name for name in tracked if (_ROOT / name).exists()} <= names(shipped_files())


@pytest.mark.parametrize("name", ["transforms/definitions", "transforms/reference", "warehouse/page"])
def test_a_changed_codebook_basket_or_template_is_another_program(name, monkeypatch):
    before, files = code_version(), shipped_files()
    (data, *_) = (path for path in files if path.is_relative_to(_ROOT / name) and path.suffix != ".py")
    whole = type(data).read_bytes
    monkeypatch.setattr(type(data), "read_bytes", lambda path: whole(path) + (b" " if path == data else b""))
    assert code_version() != before
    monkeypatch.undo()
    assert code_version() == before


def test_a_changed_reader_is_another_reading(monkeypatch):
    before = fingerprint.hash_files(reading_files())
    (changed,) = (path for path in reading_files() if path.name == "hints.py")
    whole = type(changed).read_bytes
    monkeypatch.setattr(type(changed), "read_bytes", lambda path: whole(path) + (b" " if path == changed else b""))
    assert fingerprint.hash_files(reading_files()) != before
