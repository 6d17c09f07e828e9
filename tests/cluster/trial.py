"""The trial: the same documents here and past one machine, with a worker and the committer killed in the middle."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.cluster.servers import ROOT, Cluster, ask_postgres, started, until
from warehouse.lake.commit import snapshot_of
from warehouse.lake.connect import Lake, opened
from warehouse.release.build import PUBLISHED
from warehouse.release.folder import DATABASE
from warehouse.store import ddl

_READINGS_BEFORE_THE_KILL = 4
_MINUTES = 60.0
_PLACES = ROOT / "docs" / "cluster"


def run(folder: Path, documents: Path | None, most: int) -> int:
    """Runs it and says what it sees; returns how many tables differ."""
    here, there = folder / "here", folder / "there"
    if documents and documents.is_dir():
        _add(here, documents, most)
        shutil.copytree(here, there, ignore=shutil.ignore_patterns("archive", "dagster", "warehouse"))
    _peso(here, {}, "run", "--sample")
    with started(folder) as cluster:
        (there / "dagster").mkdir(parents=True, exist_ok=True)
        shutil.copy(_PLACES / "dagster.yaml", there / "dagster")
        if documents:
            _say(f"{_upload(here / 'archive', cluster)} archived files put into the bucket")
        _killed(there, cluster)
        _peso(there, cluster.settings, "run", "--sample")
        ask_postgres(cluster, "peso", (_PLACES / "roles.sql").read_text(encoding="utf-8"))
        with _as(cluster.reader):
            _refused(cluster, folder)
            differing = _differences(cluster, here, there, folder)
        _queued(there, cluster)
        return differing


def _add(home: Path, documents: Path, most: int) -> None:
    files = sorted(
        path for path in documents.rglob("*") if path.suffix.lower() in (".pdf", ".xlsx", ".xls", ".ods", ".csv")
    )
    chosen = files[:: max(1, -(-len(files) // most))]
    _say(f"{len(chosen)} of {len(files)} documents of {documents.name}")
    _peso(home, {}, "add", *map(str, chosen))


def _killed(home: Path, cluster: Cluster) -> None:
    """A publication whose first worker is killed among its readings, and which is killed itself in the middle of its commit."""
    process = _start(home, cluster.settings, "run", "--sample")
    try:
        until(
            "readings are in the bucket", lambda: _objects(cluster, "store") >= _READINGS_BEFORE_THE_KILL, _MINUTES * 60
        )
        cluster.workers[0].kill()
        _say(f"killed a worker after {_objects(cluster, 'store')} readings")
        until(
            "rows of the lake are in the bucket",
            lambda: _objects(cluster, "lake") > 0 or process.poll() is not None,
            _MINUTES * 60,
        )
        assert process.poll() is None, "the run ended before it could be killed in its commit"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    _say(f"killed the committer with {_objects(cluster, 'lake')} files of the lake written")
    with _as(cluster.settings), opened(_lake(cluster.settings["PESO_LAKE"]), home) as con:
        assert snapshot_of(con, 1) is None, "half a commit is to be seen"


def _queued(home: Path, cluster: Cluster) -> None:
    """A run that waits in the queue in PostgreSQL, until Dagster's daemon starts it in a process of its own."""
    settings = (
        os.environ
        | {"PYTHONPATH": str(ROOT)}
        | cluster.settings
        | {"PESO_HOME": str(home), "DAGSTER_HOME": str(home / "dagster")}
    )
    dagster, definitions = [sys.executable, "-m"], ["-m", "pipelines.definitions"]
    [document] = (home / "warehouse" / "raw" / "document").glob("sample-08-2015.parquet")
    tags = json.dumps({"dagster/partition": document.stem})
    before = _ended_well(cluster)
    with (home / "daemon.log").open("wb") as log:
        daemon = subprocess.Popen(
            [*dagster, "dagster._daemon", "run", *definitions],
            env=settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            launch = [*dagster, "dagster", "job", "launch", *definitions, "-j", "read_documents", "--tags", tags]
            subprocess.run(launch, env=settings, stdout=log, stderr=log, check=True)
            until("a queued run ends well", lambda: _ended_well(cluster) > before, 10 * _MINUTES)
        finally:
            os.killpg(daemon.pid, signal.SIGTERM)  # with the runs that its sensors started meanwhile
            daemon.wait()
    _say(f"a run was queued and done; PostgreSQL has {_ended_well(cluster)} runs that ended well")


def _ended_well(cluster: Cluster) -> int:
    [(runs,)] = ask_postgres(cluster, "dagster", "SELECT count(*) FROM runs WHERE status = 'SUCCESS'")
    return int(str(runs))


def _refused(cluster: Cluster, folder: Path) -> None:
    """A reader may not write: neither rows, nor the catalogue, nor objects."""
    import obstore

    with opened(_lake(cluster.reader_lake), folder) as con:  # as if it were a committer
        try:
            con.execute("CREATE TABLE lake.out.mine (x INTEGER)")
        except duckdb.Error as error:
            _say(f"a reader is refused by PostgreSQL: {str(error).splitlines()[0][:90]}")
        else:
            raise AssertionError("a reader may change the catalogue")
    try:
        obstore.put(obstore.store.from_url("s3://peso/archive"), "mine", b"")
    except obstore.exceptions.PermissionDeniedError:
        _say("a reader is refused by the bucket")
    else:
        raise AssertionError("a reader may write into the bucket")


def _differences(cluster: Cluster, here: Path, there: Path, folder: Path) -> int:
    """How many tables of the release, of the lake and of its edition are not those of the local run, every column counted."""
    import obstore

    edition = folder / "edition.duckdb"
    edition.write_bytes(bytes(obstore.get(obstore.store.from_url("s3://peso/editions"), f"0001/{DATABASE}").bytes()))
    unlike = rows = 0
    with opened(_lake(cluster.reader_lake), folder, read_only=True) as con:
        files = {
            "here": here / "releases" / "0001" / DATABASE,
            "there": there / "releases" / "0001" / DATABASE,
            "edition": edition,
        }
        for name, path in files.items():
            con.execute(f"ATTACH {ddl.text(str(path))} AS {name} (READ_ONLY)")
        for table in PUBLISHED:
            [(count,)] = con.execute(f"SELECT count(*) FROM here.{ddl.table_name(table)}").fetchall()
            rows += count
            for other in ("there", "lake", "edition"):
                differing = _unlike(con, f"here.{ddl.table_name(table)}", f"{other}.{ddl.table_name(table)}")
                if differing:
                    _say(f"{table.name}: {differing} rows differ in {other}")
                unlike += bool(differing)
    _say(
        f"{len(PUBLISHED)} tables, {rows:,} rows, in the release, the lake and its edition: {unlike} differ from the local run"
    )
    return unlike


def _unlike(con: duckdb.DuckDBPyConnection, one: str, other: str) -> int:
    sides = [f"(FROM {a} EXCEPT ALL FROM {b})" for a, b in ((one, other), (other, one))]
    [(count,)] = con.execute(f"SELECT count(*) FROM (FROM {sides[0]} UNION ALL FROM {sides[1]})").fetchall()
    return int(count)


def _upload(archive: Path, cluster: Cluster) -> int:
    """An archive has the same names in a folder and in a bucket."""
    import obstore

    with _as(cluster.settings):
        bucket = obstore.store.from_url("s3://peso/archive")
    files = [path for path in archive.rglob("*") if path.is_file()]
    for path in files:
        obstore.put(bucket, path.relative_to(archive).as_posix(), path)
    return len(files)


def _objects(cluster: Cluster, name: str) -> int:
    import obstore

    with _as(cluster.settings):
        bucket = obstore.store.from_url(f"s3://peso/{name}")
    return sum(len(some) for some in obstore.list(bucket))


def _lake(catalogue: str) -> Lake:
    return Lake(catalogue, "s3://peso/lake")


@contextmanager
def _as(settings: dict[str, str]) -> Iterator[None]:
    """With these variables."""
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _start(home: Path, settings: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """`peso` with these arguments, for this home."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings | {"PESO_HOME": str(home)}
    command = [sys.executable, "-P", "-m", "pipelines.cli", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _peso(home: Path, settings: dict[str, str], *arguments: str) -> None:
    started_at = time.monotonic()
    if code := _start(home, settings, *arguments).wait():
        raise RuntimeError(f"peso {arguments[0]} of {home.name} ended with {code}")
    _say(f"peso {arguments[0]} of {home.name}: {time.monotonic() - started_at:.0f} s by the clock")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
