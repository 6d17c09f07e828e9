"""How long a national corpus takes from raw rows to a release: `python -m tests.bench.scale --amounts 100000 1000000`.

The corpus (`tests.bench.corpus`) is stored as if it had been read; from there on everything is the product's own steps, in the
order of the Dagster assets: core, its checks, out, its checks, release. Then a new version of one document prints another
figure, the same steps make the next release, which is compared with the first, and questions of the README are asked.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from expectations.runner import Result
from pipelines.apart.wire import packed, unpacked
from pipelines.evidence.pictures import printed_places
from pipelines.home import Home
from pipelines.work import checking, reading, steps, validating
from sources.declared.catalogue import save_entry
from tests.bench.corpus import EDITIONS, LAST_YEAR, Edition, documents, make
from warehouse.ask.query import asking

STEPS = ("core", "checks of core", "out", "checks of out", "release")
QUESTIONS = {
    "headline": "SELECT gobierno, ejercicio, salud, eventos, publicidad FROM es.salud_vs_eventos WHERE rechazos IS NULL "
    "ORDER BY eventos_sobre_salud DESC LIMIT 10",
    "lines": "SELECT government, fiscal_year, label, devengado, page FROM out.line WHERE object_code = '38' ORDER BY devengado DESC LIMIT 10",
}  # fmt: skip
_TOOLS = ("duckdb", "great-expectations", "numpy", "pandas", "pyarrow")
_ASKED = 7  # times that each question is asked; the median counts


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processor time with those of child processes, and the peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: int


class Peak:
    """The largest memory of this process and its children together while the block runs, looked at ten times a second."""

    def __enter__(self) -> "Peak":
        self.mb, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.mb = max(self.mb, sum(_resident_mb(pid) for pid in _tree(os.getpid())))

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _tree(pid: int) -> Iterable[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _resident_mb(pid: int) -> int:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024
    return 0


def _processor_seconds() -> float:
    """Of this process, of those below it and of those that they have ended: the server of processes has children of its own."""
    ticks = 0
    for pid in _tree(os.getpid()):
        with suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(work: Callable[[], Any]) -> tuple[Any, Cost]:
    """What the work gives, and its cost."""
    wall, cpu = time.perf_counter(), _processor_seconds()
    with Peak() as peak:
        result = work()
    return result, Cost(round(time.perf_counter() - wall, 2), round(_processor_seconds() - cpu, 2), peak.mb)


def fill(home: Home, amounts: int) -> int:
    """Stores the readings and entries of the first documents of the corpus with that many amounts; returns how many."""
    stored = 0
    for state, year, edition in documents():
        if stored >= amounts:
            break
        stored += keep(home, state, year, edition)
    return stored


def keep(home: Home, state: int, year: int, edition: Edition, version: int = 1) -> int:
    """Stores one document; returns its amounts."""
    entry, printed = make(state, year, edition, version)
    save_entry(entry, home.catalogue_folder)
    outcome = reading.keep(home, entry, unpacked(list(packed(printed, None, None)), entry.document_id))
    if not outcome.readable:
        raise RuntimeError(f"the corpus is wrong: {outcome.document_id} is {outcome.outcome}: {outcome.sentence}")
    return int(printed.numbers["exclusion"].isna().sum())


def release(home: Home) -> dict[str, Cost]:
    """From raw to a release, as the assets `core`, `out` and `release/extract` do it; raises where a check blocks it.

    A table is checked while others are made: what that costs is counted where it falls, and what is waited for, with the checks.
    """
    checking.prepare()
    costs = {}

    def step(name: str, work: Callable[[], Any]) -> None:
        _, costs[name] = measured(work)
        print(f"{home.root.name}: {name}: {costs[name]}", flush=True)

    with validating.Checks(home, "raw", "core") as checks:
        step("core", lambda: steps.build_core(home, checks.stored))
        step("checks of core", lambda: _unblocked(checks.results()))
    with validating.Checks(home, "out") as checks:
        step("out", lambda: steps.build_out(home, checks.stored))
        step("checks of out", lambda: (_unblocked(checks.results()), validating.keep_validation(home)))
    step("release", lambda: steps.publish_release(home, partial(printed_places, home)))
    return costs


def _unblocked(results: list[Result]) -> list[Result]:
    """The results, where none of them blocks what comes after."""
    blocking = [
        f"{result.check_id}: {result.failing} rows {result.message or ''}" for result in results if result.blocks
    ]
    if blocking:
        raise RuntimeError(f"the corpus or the program is wrong: {'; '.join(blocking)}")
    return results


def milliseconds(database: Path, sql: str) -> float:
    """From opening the published file to the answer, the median of several."""
    times = []
    for _ in range(_ASKED):
        started = time.perf_counter()
        with asking(database) as ask:
            rows = ask(sql)
        times.append(1000 * (time.perf_counter() - started))
        if not rows:
            raise RuntimeError(f"no rows: {sql}")
    return round(statistics.median(times), 1)


def run(amounts: int, root: Path) -> dict[str, Any]:
    """Everything at one size, in an empty home."""
    home = Home(root).create()
    # In a process of its own, as documents are read: what it leaves in memory must not weigh on the steps.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        stored, cost = measured(process.submit(fill, home, amounts).result)
    steps_of_first = release(home)
    keep(home, 26, LAST_YEAR, EDITIONS[0], version=2)
    steps_of_next = release(home)
    checking.end()
    database = home.releases / "latest" / "peso_a_peso.duckdb"
    with asking(database) as ask:
        (comparisons,) = ask(
            "SELECT count(*) FILTER (refusals IS NULL) AS compared, count(*) AS rows FROM out.health_vs_events"
        )
        (differences,) = ask("SELECT count(*) AS rows FROM out.release_difference")
    return {
        "amounts": stored,
        "documents": len(home.store.partitions("raw.document")),
        "stored_as_read": cost._asdict(),
        "steps": {name: one._asdict() for name, one in steps_of_first.items()},
        "next_release": {name: one._asdict() for name, one in steps_of_next.items()},
        "query_ms": {name: milliseconds(database, sql) for name, sql in QUESTIONS.items()},
        "comparisons": comparisons,
        "differences": differences["rows"],
        "database_mb": database.stat().st_size // 2**20,
    }


def table(sizes: list[dict[str, Any]]) -> str:
    """The costs by step and size: seconds by the clock (seconds of processor time), and per million amounts."""
    lines = ["| step | " + " | ".join(f"{one['amounts']:,} amounts" for one in sizes) + " |"]
    lines.append("| --- |" + " ---: |" * len(sizes))

    def row(name: str, texts: Iterable[str]) -> None:
        lines.append(f"| {name} | " + " | ".join(texts) + " |")

    for part, whose in (("steps", ""), ("next_release", ", one document changed")):
        for step in STEPS:
            row(step + whose, (_seconds(one[part][step]) for one in sizes))
    for name, part in (("all steps", "steps"), ("the next release, all steps", "next_release")):
        sums = [{key: sum(cost[key] for cost in one[part].values()) for key in ("wall", "cpu")} for one in sizes]
        row(name, (_seconds(total) for total in sums))
        each = zip(sums, sizes, strict=True)
        row("per million", (_seconds({key: 1e6 * total[key] / one["amounts"] for key in total}) for total, one in each))
    peaks = ([*one["steps"].values(), *one["next_release"].values()] for one in sizes)
    row("peak memory, MB", (f"{max(cost['peak_mb'] for cost in costs):,}" for costs in peaks))
    for name in QUESTIONS:
        row(f"query: {name}, ms", (str(one["query_ms"][name]) for one in sizes))
    row(
        "comparisons of rows",
        (f"{one['comparisons']['compared']:,} of {one['comparisons']['rows']:,}" for one in sizes),
    )
    row("database, MB", (f"{one['database_mb']:,}" for one in sizes))
    return "\n".join(lines)


def _seconds(cost: dict[str, float]) -> str:
    return f"{cost['wall']:.1f} ({cost['cpu']:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--amounts", type=int, nargs="+", default=[1_000_000], help="sizes of the corpus")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--home", type=Path, help="keep the data there, one folder per size")
    arguments = parser.parse_args()
    sizes = []
    with tempfile.TemporaryDirectory(prefix="peso-scale-") as folder:
        for amounts in arguments.amounts:
            # A process of its own for each size: memory and caches of one must not show in the next.
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                root = (arguments.home or Path(folder)) / str(amounts)
                sizes.append(process.submit(run, amounts, root.resolve()).result())
            print(f"{amounts:,}: {sizes[-1]}", flush=True)
    versions = {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}}
    print(f"{os.cpu_count()} cores; " + ", ".join(f"{name} {number}" for name, number in versions.items()))
    print("Seconds by the clock (of processor time)\n\n" + table(sizes))
    if arguments.json:
        arguments.json.write_text(json.dumps({"versions": versions, "sizes": sizes}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
