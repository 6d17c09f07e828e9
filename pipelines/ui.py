"""Starting and stopping the Dagster UI and its daemon as one."""

import os
import signal
import subprocess
import sys

from pipelines.home import Home


def serve(home: Home, port: int) -> int:
    """Runs until interrupted; returns the exit code.

    Dagster starts several processes that outlive a terminated parent, so they get a session of their own and the
    interrupt is sent to all of them.
    """
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-m",
        "pipelines.definitions",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    environment = os.environ | {"DAGSTER_HOME": str(home.dagster), "PESO_HOME": str(home.root)}
    process = subprocess.Popen(command, env=environment, start_new_session=True)

    def interrupt(*_: object) -> None:
        os.killpg(process.pid, signal.SIGINT)

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    return process.wait()
