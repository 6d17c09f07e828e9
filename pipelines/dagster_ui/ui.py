"""Starting and stopping the Dagster UI and its daemon as one."""

import contextlib
import os
import signal
import subprocess
import sys
import time

from pipelines.home import Home

_SECONDS_TO_STOP = 20
_SECONDS_BETWEEN_LOOKS = 0.2


def serve(home: Home, port: int) -> int:
    """Runs until interrupted or terminated; returns the exit code.

    Dagster starts several processes that outlive a terminated parent, so they get a session of their own, and the
    interrupt is sent to all of them.
    """
    # Before the start: a child inherits an ignored interrupt (as under nohup), but not a handled one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    command = [sys.executable, "-m", "pipelines.dagster_ui.services", str(port)]
    environment = os.environ | {"DAGSTER_HOME": str(home.dagster), "PESO_HOME": str(home.root)}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return process.wait()
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
