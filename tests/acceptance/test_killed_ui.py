"""A `peso ui` that finds its port or its home taken, and one that is killed."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.pipelines.dagster_ui.test_ui import (
    SECONDS_TO_START,
    SECONDS_TO_STOP,
    children_of,
    is_alive,
    wait_until_it_answers,
)


def test_a_taken_port_or_home_is_told_and_a_killed_ui_leaves_no_process(tmp_path):
    """In one home after another: nothing is started that is not there to stay."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start(tmp_path, port)
        assert "El puerto" in refused.communicate(timeout=SECONDS_TO_START)[1]
        assert refused.returncode == 1
    process = start(tmp_path, port)
    try:
        wait_until_it_answers(process, port)
        second = start(tmp_path, port + 1)
        assert f"proceso {process.pid}, puerto {port}" in second.communicate(timeout=SECONDS_TO_START)[1]
        session = children_of(process.pid)
        assert len(session) >= 4
    finally:
        process.kill()
        process.communicate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(map(is_alive, session)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not [pid for pid in session if is_alive(pid)]


def start(home: Path, port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port)]
    return subprocess.Popen(command, env=os.environ | {"PESO_HOME": str(home)}, stderr=subprocess.PIPE, text=True)
