"""Whoever reads has no secret of whoever runs the program, and ends when it is told to."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pipelines.apart.process import Tell, Work, do_apart
from pipelines.apart.walls import ProcessLimits

_SECRET = "AWS_SECRET_ACCESS_KEY"


def surroundings(_: Tell) -> Iterator[bytes]:
    """In the process: its environment, as it has it and as the kernel shows it, and whether it heeds TERM."""
    shown = Path("/proc/self/environ").read_text() if Path("/proc/self/environ").exists() else ""
    yield json.dumps([dict(os.environ), shown, signal.getsignal(signal.SIGTERM) is signal.SIG_DFL]).encode()


def main() -> None:
    """As a program that ignores TERM and knows a secret."""
    [done] = do_apart([Work(surroundings, (), ProcessLimits(seconds=60, memory=2**30, answer=2**20))])
    print(done.answer[0].decode())


def test_a_reader_has_a_clean_environment_and_heeds_term() -> None:
    command = [sys.executable, "-c", f"from {__name__} import main; main()"]
    quiet = "import os, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    environment = os.environ | {_SECRET: "hush"}
    ran = subprocess.run(
        [sys.executable, "-c", quiet, *command], env=environment, capture_output=True, text=True, check=True
    )
    names, shown, heeds = json.loads(ran.stdout)
    assert _SECRET not in names
    assert "hush" not in shown
    assert heeds
    assert names["PATH"] == os.environ["PATH"]
