"""The services behind `peso ui`, as `dagster dev` starts them, but with the guard before the web server.

One code server, which the web server and the daemon (schedules, sensors, queue) share: `python -m pipelines.dagster_ui.services
PORT`. What may pass is for `pipelines.dagster_ui.guard`; stopping everything together is for `pipelines.dagster_ui.ui`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
import yaml
from dagster import DagsterInstance, __version__
from dagster._cli.proxy_server_manager import ProxyServerManager
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget, WorkspaceFileTarget
from dagster_webserver.app import create_app_from_workspace_process_context

from pipelines.dagster_ui.guard import Guard, served_hosts

ADDRESS = "127.0.0.1"
_POLL_MILLISECONDS = 2000  # how often the page asks for news of assets, as in `dagster dev`
_SECONDS_AFTER_PARENT = 15
_parent_is_gone = threading.Event()
_SECONDS_TO_CLOSE = 5  # an open page holds its websocket for as long as it likes


def run(port: int) -> None:
    """Serves the instance of `$DAGSTER_HOME` on this machine until interrupted, or until the daemon or the parent ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with DagsterInstance.get() as instance, _code_server(instance) as workspace, _daemon(workspace) as daemon:
        target = WorkspaceFileTarget(paths=[str(workspace)])
        with WorkspaceProcessContext(instance, target, __version__) as context:
            app = create_app_from_workspace_process_context(context, live_data_poll_rate=_POLL_MILLISECONDS)
            config = uvicorn.Config(
                Guard(app, served_hosts(port)),
                host=ADDRESS,
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
            )
            server = uvicorn.Server(config)
            threading.Thread(target=_end_with, args=(daemon, server), daemon=True).start()
            print(f"The Dagster UI is served on http://{ADDRESS}:{port}", flush=True)
            server.run()


@contextlib.contextmanager
def _code_server(instance: DagsterInstance) -> Iterator[Path]:
    """Loads the definitions in a process of their own; yields the workspace file that says where it listens."""
    definitions = ModuleTarget(
        "pipelines.definitions", attribute=None, working_directory=str(Path.cwd()), location_name=None
    )
    with (
        ProxyServerManager(instance, definitions, code_server_log_level="WARNING") as manager,
        tempfile.TemporaryDirectory() as folder,
    ):
        workspace = Path(folder, "workspace.yaml")
        workspace.write_text(yaml.safe_dump({"load_from": manager.get_code_server_specs()}), encoding="utf-8")
        yield workspace


@contextlib.contextmanager
def _daemon(workspace: Path) -> Iterator[subprocess.Popen[bytes]]:
    daemon = subprocess.Popen([sys.executable, "-m", "pipelines.dagster_ui.daemon", "run", "-w", str(workspace)])
    try:
        yield daemon
    finally:
        daemon.terminate()
        daemon.wait()


def _end_with(daemon: subprocess.Popen[bytes], server: uvicorn.Server) -> None:
    """Schedules and sensors that no longer run must not look as if they did."""
    daemon.wait()
    server.should_exit = True


def _end_with_parent() -> None:
    """Ends the whole session when `peso ui` is gone: a killed parent closes the pipe that it never writes to."""
    os.read(0, 1)
    _parent_is_gone.set()
    os.killpg(os.getpgid(0), signal.SIGINT)
    time.sleep(_SECONDS_AFTER_PARENT)
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        run(int(sys.argv[1]))
    if _parent_is_gone.is_set():
        time.sleep(
            2 * _SECONDS_AFTER_PARENT
        )  # until all of the session is killed: a run that hangs would be left to nobody
