"""Checks beside the making of tables: when each begins, what it looks at, and what a process that ends costs."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from expectations.runner import specs
from pipelines.home import Home
from pipelines.work import checking
from pipelines.work.validating import Checks, validate
from tests.expectations import worlds
from warehouse.errors import WarehouseError
from warehouse.schema import CORE, OUT

_SECONDS_TO_END = 60  # on a busy machine
OUT_TABLES = [table.name for table in OUT if table.name != "out.check"]


@pytest.fixture
def begun(monkeypatch):
    """The tables whose checks began, in order, with what was to be kept for later; nothing is checked."""
    tables = []

    def begin(_, table, needed_later):
        tables.append((table, needed_later))
        future: Future[list[object]] = Future()
        future.set_result([])
        return future

    monkeypatch.setattr(checking, "check", begin)
    monkeypatch.setattr(checking, "prepare", lambda: None)
    return tables


def test_a_table_is_checked_as_soon_as_all_that_its_checks_look_at_is_stored(begun, tmp_path):
    with Checks(Home(tmp_path).create(), "out") as checks:
        stored = set()
        for table in OUT_TABLES:
            checks.stored(table)
            stored.add(table)
            there = {name for name in OUT_TABLES if checking.needed(name) & {*OUT_TABLES} <= stored}
            assert {name for name, _ in begun} == there
    assert sorted(name for name, _ in begun) == sorted(OUT_TABLES)
    for place, (_, kept) in enumerate(begun):
        assert kept == {name for later, _ in begun[place + 1 :] for name in checking.needed(later)}


def test_what_nobody_stored_is_checked_all_the_same_in_the_order_of_the_schema(begun, tmp_path):
    home = Home(tmp_path).create()
    with Checks(home, "raw", "core") as checks:
        assert (checks.results(), begun[-1][1]) == ([], set())
    assert [name for name, _ in begun][-len(CORE) :] == [table.name for table in CORE]


def test_checks_that_were_not_begun_end_with_the_block(monkeypatch, begun, tmp_path):
    waiting: Future[list[object]] = Future()
    monkeypatch.setattr(checking, "check", lambda *_: waiting)

    def fail_after_storing() -> None:
        with Checks(Home(tmp_path).create(), "core") as checks:
            for name in ("core.line", *(table.name for table in CORE)):
                checks.stored(name)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_storing()
    assert waiting.cancelled()


def test_a_process_that_ends_is_told_and_another_is_started(monkeypatch, begun, tmp_path):
    forgotten: list[object] = []
    dead: Future[list[object]] = Future()
    dead.set_exception(BrokenProcessPool("killed"))
    monkeypatch.setattr(checking, "check", lambda *_: dead)
    monkeypatch.setattr(checking, "forget", lambda: forgotten.append(True))
    with pytest.raises(WarehouseError, match="memoria"):
        validate(Home(tmp_path).create(), "core")
    assert forgotten == [True]


def test_the_process_checks_what_is_stored_now_whoever_is_interrupted(tmp_path):
    home, world = Home(tmp_path).create(), worlds.good()
    for table in ("core.line", "core.reconciliation"):
        home.store.write(table, world[table])
    os.kill(checking._beside().submit(os.getpid).result(), signal.SIGINT)  # as Ctrl-C in a terminal, to all of them
    expected = [spec.check_id for spec in specs(["core.reconciliation"])]
    found = check(home)
    assert ([result.check_id for result in found], {result.passed for result in found}) == (expected, {True})
    home.store.write("core.line", world["core.line"].head(0))
    assert not all(result.passed for result in check(home))
    home.store.remove("core.reconciliation")
    assert all(not result.passed and "core.reconciliation" in (result.message or "") for result in check(home))


def check(home):
    kept = checking.needed("core.reconciliation")
    return checking.check(home.store.root, "core.reconciliation", kept).result()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_it_ends_with_who_asked_also_where_that_is_killed():
    asks = (
        "import os, time; from pipelines.work import checking; "
        "print(checking._beside().submit(os.getpid).result(), flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", asks], stdout=subprocess.PIPE, text=True) as who_asked:
        assert who_asked.stdout is not None
        beside = Path(f"/proc/{int(who_asked.stdout.readline())}")
        assert _works(beside)
        who_asked.kill()
    end = time.monotonic() + 30
    while _works(beside):
        assert time.monotonic() < end, "it is left behind"
        time.sleep(0.05)


def _works(process: Path) -> bool:
    """Whether it is there, and is more than an entry that nobody has taken away yet."""
    try:
        return "State:\tZ" not in (process / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def be_interrupted() -> None:
    """A run of the interface that has its checks, and is interrupted before it ends them."""
    checking.check(Path("nowhere"), "core.code", ()).result()
    signal.raise_signal(signal.SIGINT)


def test_a_process_of_others_that_is_interrupted_does_not_wait_for_its_checks() -> None:
    process = multiprocessing.get_context("spawn").Process(target=be_interrupted)
    process.start()
    try:
        process.join(_SECONDS_TO_END)
        assert process.exitcode == 1
    finally:
        process.kill()
        process.join()
