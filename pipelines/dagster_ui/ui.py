"""Starting and stopping the Dagster UI and its daemon as one: nothing starts where another holds the port or the home, and
nothing outlives this process, however it ends.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from pipelines.home import Home

_SECONDS_TO_STOP = 20
_SECONDS_BETWEEN_LOOKS = 0.2


def serve(home: Home, port: int) -> int:
    """Runs until interrupted or terminated; returns the exit code.

    Dagster starts several processes that outlive a terminated parent, so they get a session of their own, and the
    interrupt is sent to all of them. They hold the other end of a pipe to this process: when it is killed, they see it.
    Raises UiHeldError, before anything is started, where the port or the home is taken.
    """
    with _only_one(home, port):
        _require_free(port)
        return _serve(home, port)


class UiHeldError(Exception):
    """The port or the home is taken; the message says by whom, and what to do."""


@contextlib.contextmanager
def _only_one(home: Home, port: int) -> Iterator[None]:
    """Holds the home for this interface; the lock ends with the process."""
    with (home.dagster / "ui.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise UiHeldError(
                f"Otra interfaz usa ya {home.root} ({file.read().strip() or 'está arrancando'}): ábrala, o deténgala antes."
            ) from error
        file.truncate(0)
        file.write(f"proceso {os.getpid()}, puerto {port}")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UiHeldError(f"El puerto {port} no se puede usar ({reason}): dé otro con --port.") from error


def _serve(home: Home, port: int) -> int:
    # Before the start: a child inherits an ignored interrupt (as under nohup), but not a handled one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    command = [sys.executable, "-m", "pipelines.dagster_ui.services", str(port)]
    environment = os.environ | {"DAGSTER_HOME": str(home.dagster), "PESO_HOME": str(home.root)}
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.PIPE)
    try:
        code = process.wait()
        _end(process)  # what it started, where it was killed itself
        return code
    except _StoppedError:
        return _end(process)


class _StoppedError(Exception):
    """The person, or the system, asked to stop."""


def _stop(*_: object) -> None:
    raise _StoppedError


def _end(process: subprocess.Popen[bytes]) -> int:
    """Ends the whole session: those it started may end after it, or never."""
    deadline = time.monotonic() + _SECONDS_TO_STOP
    with contextlib.suppress(ProcessLookupError):  # raised once nobody of the session is left
        os.killpg(process.pid, signal.SIGINT)
        while time.monotonic() < deadline:
            process.poll()  # an ended child is there until it is asked
            os.killpg(process.pid, 0)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os.killpg(process.pid, signal.SIGKILL)
    return 0
