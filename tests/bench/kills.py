"""Kills `peso run` at random moments, while others read what is published, and counts how each time ended.

    python -m tests.bench.kills --home FOLDER [--ui] [--times 200] [--minutes M] [--readers 20] [--seed 1]

FOLDER is made anew with a few small documents. With `--ui` it is `peso ui` that is killed, while its daemon takes a file from the inbox
to an edition. After each kill, which is of the command alone: what it started has gone, every edition is what its manifest says, `latest`
leads to the newest, and nobody who read found half an edition. At the end one undisturbed run must publish, and leave nothing half-written.
Counts go to standard output as JSON. Not a test: two hundred kills take hours on a small machine.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event as EventType
from pathlib import Path

from pipelines.home import Home
from tests.pipelines.dagster_ui.test_automation import budget
from warehouse.ask.query import asking
from warehouse.errors import WarehouseError
from warehouse.release.folder import changed_files, latest

_DOCUMENTS = 3
_PATIENCE = 30  # seconds
_PUBLISHED_WITHIN = 900  # seconds, on a busy machine


def main() -> None:
    """Runs the campaign and prints its counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--ui", action="store_true", help="kill the UI with its daemon in place of a run")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="no kill after so many; the counts say how many there were"
    )
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    shutil.rmtree(given.home, ignore_errors=True)
    home = Home(given.home.resolve()).create()
    drawn = random.Random(given.seed)
    add(home, drawn)
    whole = undisturbed(home)
    verb = served(home) if given.ui else ["run"]
    if given.ui:
        whole = until_published(home, verb, drawn)
    counts: Counter[str] = Counter()
    with reading(home, given.readers, counts):
        until = time.monotonic() + 60 * given.minutes
        for number in range(given.times):
            if time.monotonic() > until:
                break
            drop(home, drawn) if given.ui else add(home, drawn)
            counts[kill_once(home, verb, drawn.uniform(0, 1.1 * whole))] += 1
            counts.update(f"damage: {what}" for what in (*damages(home), *left_processes(home)))
            print(f"{number + 1}/{given.times} {dict(counts)}", file=sys.stderr, flush=True)
        seconds = undisturbed(home)
    left = [path.name for path in home.releases.glob(".*")]
    print(json.dumps({"undisturbed_seconds": [round(whole), round(seconds)], "left_over": left, **counts}, indent=1))


def draw(folder: Path, drawn: random.Random) -> Path:
    """One more document, and no more than a few in all, so that a run stays short."""
    folder.mkdir(exist_ok=True)
    return budget(folder / f"{drawn.randrange(_DOCUMENTS)}.pdf", f"{drawn.randrange(1, 9999):,}.00")


def drop(home: Home, drawn: random.Random) -> None:
    """One more document in the inbox."""
    draw(home.inbox, drawn)


def add(home: Home, drawn: random.Random) -> None:
    """One more document for the next run."""
    name = draw(home.root / "documents", drawn)
    subprocess.run(command("add", str(name)), env=environment(home), capture_output=True, check=False)


def undisturbed(home: Home) -> float:
    """Seconds that a whole run takes. Raises CalledProcessError where it fails: then nothing goes on after a kill."""
    started = time.monotonic()
    subprocess.run(command("run"), env=environment(home), capture_output=True, check=True)
    return time.monotonic() - started


def served(home: Home) -> list[str]:
    """The verb that serves the home where nothing else is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return ["ui", "--port", str(free.getsockname()[1])]


def until_published(home: Home, verb: Sequence[str], drawn: random.Random) -> float:
    """Seconds from the start of the UI until a file of the inbox stands in an edition. Raises TimeoutError where none comes."""
    before, started = home.published().number, time.monotonic()
    drop(home, drawn)
    process = subprocess.Popen(
        command(*verb), env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while home.published().number == before:
            if time.monotonic() - started > _PUBLISHED_WITHIN:
                raise TimeoutError("the UI published nothing")
            time.sleep(1)
        return time.monotonic() - started
    finally:
        process.terminate()
        process.wait()


def kill_once(home: Home, verb: Sequence[str], after: float) -> str:
    """Starts the command and kills it after so many seconds; how it ended."""
    process = subprocess.Popen(
        command(*verb),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return "ended first" if process.wait(after) == 0 else "failed"
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "killed"


def left_processes(home: Home) -> Iterator[str]:
    """What a killed run left running, after the time that its processes have to see that it has gone."""
    mine = f"PESO_HOME={home.root}\0".encode()
    for _ in range(_PATIENCE):
        running = [path for path in Path("/proc").glob("[0-9]*/environ") if mine in _bytes(path)]
        if not running:
            return
        time.sleep(1)
    yield "a process is left"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended, or is somebody else's
        return b""


def damages(home: Home) -> Iterator[str]:
    """What a kill did to what was published or archived; nothing where all is as promised."""
    for folder in home.releases.glob("[0-9]*"):
        if not (folder / "manifest.json").is_file():
            yield f"edition {folder.name} has no manifest"
    release = latest(home.releases)
    if release is None:
        yield "no edition"
        return
    if changed_files(release):
        yield f"edition {release.number} is not what its manifest says"
    if not (home.releases / "latest").resolve().is_dir():
        yield "latest leads nowhere"
    # Half of an addition may lie beside the archive until it is pruned; what is in it is whole.
    yield from (damage.message for damage in home.archive.verify() if "interrupted" not in damage.message)


@contextmanager
def reading(home: Home, readers: int, counts: Counter[str]) -> Iterator[None]:
    """So many readers, each a process as a journalist's is, ask the latest edition again and again; what they got is counted."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.SimpleQueue()
    processes = [context.Process(target=read_on, args=(home.root, stop, results), daemon=True) for _ in range(readers)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        stop.set()
        for _ in processes:
            counts.update(results.get())
        for process in processes:
            process.join()


def read_on(root: Path, stop: EventType, results: "SimpleQueue[Counter[str]]") -> None:
    """Asks once a second until it is told to stop, then says what it got."""
    counts: Counter[str] = Counter()
    while not stop.wait(1):
        try:
            with asking(Home(root).published().database) as ask:
                rows = ask.table("SELECT count(*) FROM core.document", 1)
            counts["read" if rows.num_rows == 1 else "read nothing"] += 1
        except (OSError, WarehouseError) as error:
            counts[f"reader: {error}"[:200]] += 1
    results.put(counts)


def command(*verb: str) -> list[str]:
    """The command in this Python."""
    return [sys.executable, "-m", "pipelines.cli", *verb]


def environment(home: Home) -> dict[str, str]:
    """That of this process, with the home."""
    return os.environ | {"PESO_HOME": str(home.root)}


if __name__ == "__main__":
    main()
