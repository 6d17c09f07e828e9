"""The real `peso ui`: it serves its own page, refuses what other pages send, and leaves no process behind. Killed: `tests/acceptance`."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

SECONDS_TO_START = 180  # ten on an idle machine; tests share it with others
SECONDS_TO_STOP = 60


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def running(port: int, tmp_path_factory) -> Iterator[subprocess.Popen]:
    environment = os.environ | {"PESO_HOME": str(tmp_path_factory.mktemp("home"))}
    command = [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port)]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_until_it_answers(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS_TO_STOP)


def wait_until_it_answers(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ask(port, "GET", "/server_info")
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the UI does not answer (exit code {process.poll()})")


def ask(port: int, method: str, target: str, body: str | None = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, target, body, {name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, "" if answer.status == 101 else answer.read().decode()
    finally:
        connection.close()


def open_websocket(port: int, origin: str) -> int:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": origin, "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Protocol": "graphql-ws"}
    return ask(port, "GET", "/graphql", **upgrade, **key)[0]


def test_the_real_ui_serves_its_own_page_and_refuses_others(running, port):
    page, evil = f"http://127.0.0.1:{port}", "http://evil.example"
    status, html = ask(port, "GET", "/jobs")
    assert (status, "dagster" in html.lower()) == (200, True)

    query = json.dumps({"query": "{repositoriesOrError{... on RepositoryConnection{nodes{jobs{name}}}}}"})
    status, answer = ask(port, "POST", "/graphql", query, Content_Type="application/json", Origin=page)
    assert (status, '"add_documents"' in answer) == (200, True)

    launch = "/graphql?" + urlencode({"query": "mutation { launchRun(executionParams: {}) { __typename } }"})
    assert ask(port, "POST", launch, "", Content_Type="text/plain", Origin=evil, Host="evil.example")[0] == 421
    assert ask(port, "POST", launch, "", Content_Type="text/plain", Origin=evil)[0] == 403
    assert ask(port, "POST", launch, "", Content_Type="text/plain")[0] == 415
    assert ask(port, "GET", launch)[0] == 405

    assert open_websocket(port, page) == 101
    assert open_websocket(port, evil) == 403

    session = children_of(running.pid)
    assert len(session) >= 4  # services, code server and what it loads, daemon
    running.terminate()
    assert running.wait(SECONDS_TO_STOP) == 0
    assert not [pid for pid in session if is_alive(pid)]


def children_of(pid: int) -> list[int]:
    """The processes below one, all the way down."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return children + [below for child in children for below in children_of(child)]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
