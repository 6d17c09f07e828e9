"""That long work goes on: a line a minute on standard error, also where that is a file. What the work is belongs to who calls."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipelines.verbs.language import say

MINUTE = 60.0


@contextmanager
def beating(verb: str, told: Callable[[], str], every: float = MINUTE) -> Iterator[None]:
    """Says `told()` every so many seconds while the body runs; nothing with `--quiet`, and nothing of work that is short."""
    if getattr(sys.stdout, "silent", False):
        yield
        return
    started, ended, out = time.monotonic(), threading.Event(), sys.stderr

    def beat() -> None:
        while not ended.wait(every):
            minutes = (time.monotonic() - started) / MINUTE
            print(
                say(f"{verb}: van {minutes:.0f} min; {told()}", f"{verb}: {minutes:.0f} min; {told()}"),
                file=out,
                flush=True,
            )

    thread = threading.Thread(target=beat, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
