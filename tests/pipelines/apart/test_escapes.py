"""Whoever reads a stranger's bytes is shut in: each way out is tried, and none works."""

import importlib
import os
import platform
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.apart import reader, walls
from pipelines.apart.process import Done, Work, do_apart
from pipelines.apart.walls import RIGHTS, Allowance, ProcessLimits, missing_rights
from sources.raw.reading import Document
from tests.pipelines.apart.escapes import ATTEMPTS, attempt

LIMITS = ProcessLimits(seconds=2, memory=2**28, answer=2**20)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    listening.accept()[0].close()
                    came.append("somebody")
                except TimeoutError:
                    continue

        serving = threading.Thread(target=serve)
        serving.start()
        yield listening.getsockname()[1], came
        done.set()
        serving.join()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server: tuple[int, list[str]]) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "own.pdf").write_text(str(server[0]))
    (folder / "other.pdf").write_text("another document")
    return folder


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "with its libraries"])
def ended(home: Path, request: pytest.FixtureRequest) -> dict[str, Done]:
    allowance = Allowance((home / "own.pdf",), libraries=request.param)
    works = [Work(attempt, (name, home), LIMITS, allowance) for name in ATTEMPTS]
    return dict(zip(ATTEMPTS, do_apart(works), strict=True))


@pytest.mark.parametrize("name", ATTEMPTS)
def test_nothing_gets_out(name: str, ended: dict[str, Done]) -> None:
    tried, done = ATTEMPTS[name], ended[name]
    if tried.right in missing_rights():
        pytest.skip(f"this machine lacks {RIGHTS[tried.right]}")
    if tried.right == "seccomp" and platform.machine() != "x86_64":
        pytest.skip("the numbers of the calls are those of x86-64")
    assert done.answer == []
    assert done.error is not None
    assert done.error.reason in tried.ends.split(), done.error.found
    if done.error.reason == "failed" and tried.right in ("seccomp", "landlock"):
        assert any(f"[Errno {number}]" in done.error.found.en for number in (1, 13, 38)), done.error.found
    assert len(done.error.found.en) <= 2_000


def test_everything_is_as_it_was(ended: dict[str, Done], home: Path, server: tuple[int, list[str]]) -> None:
    assert sorted(path.name for path in home.iterdir()) == ["other.pdf", "own.pdf"]
    assert (home / "other.pdf").read_text() == "another document"
    assert (home / "own.pdf").read_text() == str(server[0])
    assert (home / "own.pdf").stat().st_mtime > 0
    assert server[1] == []


def test_what_is_not_shut_in_can_do_it(home: Path, server: tuple[int, list[str]]) -> None:
    names = ["tcp", "a program", "another document", "a signal"]
    done = do_apart([Work(attempt, (name, home), LIMITS) for name in names])
    assert [one.answer for one in done] == [[b"escaped"]] * len(names)


def load_a_library(tell):
    importlib.import_module("_testbuffer")  # of Python itself; nobody has loaded it
    worker = threading.Thread(target=tell, args=(b"s", b"from a thread"))
    worker.start()
    worker.join()
    yield b"loaded"


def test_libraries_are_loaded_by_whoever_needs_them_and_by_no_other() -> None:
    pytest.importorskip("_testbuffer")
    with_libraries, alone = do_apart(
        [Work(load_a_library, (), LIMITS, Allowance(libraries=libraries)) for libraries in (True, False)]
    )
    assert with_libraries.answer == [b"loaded"]
    if "seccomp" not in missing_rights():
        assert alone.error is not None
        assert "failed to map" in alone.error.found.en


def say_much(tell):
    while True:
        yield bytes(2**18)


def say_to_the_terminal(tell):
    os.write(1, b"\x1b[2J")
    os.write(2, b"\x1b[2J")
    yield b"done"


def test_more_than_may_be_answered_is_not_taken() -> None:
    [done] = do_apart([Work(say_much, (), LIMITS, Allowance())])
    assert done.answer == []
    assert done.error is not None
    assert done.error.reason == "answer"


def test_the_terminal_hears_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    [done] = do_apart([Work(say_to_the_terminal, (), LIMITS, Allowance())])
    assert done.answer == [b"done"]
    assert capfd.readouterr() == ("", "")


def test_a_copy_does_not_run_the_program_that_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = ModuleType("__main__")
    program.__file__ = str(tmp_path / "program.py")
    Path(program.__file__).write_text("raise SystemExit('run again')")
    monkeypatch.setitem(sys.modules, "__main__", program)
    [done] = do_apart([Work(say_to_the_terminal, (), LIMITS, Allowance())])
    assert (done.answer, done.error) == ([b"done"], None)
    assert sys.modules["__main__"] is program


def test_a_right_that_is_missing_is_named_and_the_document_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(walls, "missing_rights", lambda: ("landlock",))
    path = tmp_path / "a.csv"
    path.write_text("Concepto,Pagado\nMateriales,1.00\nServicios,2.00\nTotal,3.00\n")
    [(answer, _)] = reader.read_apart([reader.ToRead(Document(path, "a"))])
    assert answer.reading is not None
    [record] = caplog.records
    assert RIGHTS["landlock"] in record.getMessage()
    assert RIGHTS["seccomp"] not in record.getMessage()
