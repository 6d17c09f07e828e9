"""Work that may hang, swell or die, in a process of its own: it is watched from here, and whatever it does ends only itself.

Each process is a copy of one that has imported all (`warm`), as Python's fork server makes them: that one has no threads,
and the caller may. What comes back is bytes, counted: nothing of what such a process says is unpickled.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Literal, Protocol

from pipelines.apart.walls import Allowance, ProcessLimits, limit, shut_in
from sources.errors import Words, pair
from warehouse.schema.vocabulary import Term

_DONE, _ANSWER, _FAILED, _NO_MEMORY = b"z", b"a", b"e", b"m"
_PATIENCE = 5.0  # seconds that a process which has answered may take to end
_EXCEPTION = 2_000  # of what an exception says

# Elsewhere a copy of a process may crash in the system's own libraries: a new one imports all again.
if sys.platform == "linux":
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.apart.clean", "pipelines.apart.warm"])
else:
    context = multiprocessing.get_context("spawn")
_starting = threading.Lock()

# `killed` is by somebody outside, a person or a machine without memory: the work itself ends by its own signals.
Reason = Literal["time", "memory", "answer", "died", "killed", "failed"]


class EndedError(Exception):
    """The process did not finish: why, and what is known of it."""

    def __init__(self, reason: Reason, found: Words) -> None:
        self.reason, self.found = reason, pair(found)
        super().__init__(self.found.en)


class Tell(Protocol):
    """How work says something while it is done: of what kind (one byte), and what."""

    def __call__(self, kind: bytes, said: bytes) -> None:
        """Say it."""


@dataclass(frozen=True)
class Work:
    """A function that can be imported, and what it is given beside `tell`; it yields the parts of its answer.

    It is shut in to what `allowance` says; without one it is only limited. `hear` is called with what the work tells, and
    `then` gives the work that is to be done in place of one that is done.
    """

    function: Callable[..., Iterator[bytes]]
    given: tuple[Any, ...]
    limits: ProcessLimits
    allowance: Allowance | None = None
    hear: Callable[[bytes, bytes], None] = field(default=lambda _kind, _said: None)
    then: "Callable[[Done], Work | None] | None" = None


@dataclass
class Done:
    """What became of a work: its answer or why there is none, and how long it took by the clock."""

    answer: list[bytes]
    error: EndedError | None
    seconds: float


def begin() -> None:
    """Has the server of processes load what it needs meanwhile; for whoever loads as much itself and asks it then."""
    if sys.platform == "linux":
        from multiprocessing.forkserver import ensure_running  # not there elsewhere

        ensure_running()


def do_apart(works: Sequence[Work]) -> Iterator[Done]:
    """Does all works, as many at once as there are cores; yields what became of each, in order."""
    alive: set[BaseProcess] = set()
    with ThreadPoolExecutor(max(1, min(len(works), os.cpu_count() or 1))) as threads:
        futures = [threads.submit(_do, work, alive) for work in works]
        try:
            for future in futures:
                yield future.result()
        finally:  # all is done by now, unless this was interrupted: then the rest must not be waited for
            threads.shutdown(wait=False, cancel_futures=True)
            for process in list(alive):
                process.kill()


def _do(work: Work, alive: set[BaseProcess]) -> Done:
    """A work and what follows from it."""
    started = time.perf_counter()
    answer, error = _do_one(work, alive)
    done = Done(answer, error, time.perf_counter() - started)
    following = work.then(done) if work.then else None
    if following is None:
        return done
    rest = _do(following, alive)
    return Done(rest.answer, rest.error, done.seconds + rest.seconds)


def _do_one(work: Work, alive: set[BaseProcess]) -> tuple[list[bytes], EndedError | None]:
    receive, send = context.Pipe(duplex=False)
    with _starting, _without_main(), send:  # the fork server is asked by one at a time
        process = context.Process(
            target=_be_apart, args=(send, work.function, work.given, work.limits, work.allowance), daemon=True
        )
        process.start()
        alive.add(process)
    overdue = threading.Event()
    clock = threading.Timer(2 * work.limits.seconds, _end, (process, overdue))
    clock.start()
    answer: list[bytes] = []
    error: EndedError | None = None
    try:
        with receive:
            answer = _listen(receive, work)
        wait([process.sentinel], _PATIENCE)
    except EndedError as ended:
        error = ended
    except EOFError:
        wait([process.sentinel], _PATIENCE)
    finally:
        clock.cancel()
        code = _exit_of(process)
        alive.discard(process)
    if error is None and not answer:
        error = _why(code, overdue.is_set(), work.limits)
    return answer, error


@contextmanager
def _without_main() -> Iterator[None]:
    """The library has each copy import the program that asks for it, which for `peso` doubles what a page of a PDF costs. No work
    is of that module, so it is told of none.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _end(process: BaseProcess, overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _exit_of(process: BaseProcess) -> int | None:
    if not wait([process.sentinel], 0):
        process.kill()
    wait([process.sentinel])
    with _starting:  # starting another looks after those that ended, this one too
        process.join()
    return process.exitcode


def _listen(receive: Connection, work: Work) -> list[bytes]:
    """The answer. Raises EndedError where the work says that it failed or says too much, EOFError where it died."""
    answer: list[bytes] = []
    left = work.limits.answer
    while True:
        try:
            message = receive.recv_bytes(left)
        except EOFError:
            raise
        except OSError as error:  # the pipe says so of a message that is too long
            raise EndedError(
                "answer",
                _more(f"{work.limits.answer // 2**20} MiB of rows", f"{work.limits.answer // 2**20} MiB de renglones"),
            ) from error
        left -= len(message)
        kind, content = message[:1], message[1:]
        if kind == _DONE:
            return answer
        if kind == _ANSWER:
            answer.append(content)
        elif kind == _NO_MEMORY:
            raise EndedError(
                "memory",
                _more(f"{work.limits.memory // 2**20} MiB of memory", f"{work.limits.memory // 2**20} MiB de memoria"),
            )
        elif kind == _FAILED:
            raise EndedError("failed", content.decode("utf-8", "replace"))
        else:
            work.hear(kind, content)


def _more(en: str, es: str) -> Term:
    return Term(f"more than {en}", f"más de {es}")


def _why(code: int | None, overdue: bool, limits: ProcessLimits) -> EndedError:
    if overdue or code == -signal.SIGXCPU:
        return EndedError("time", _more(f"{limits.seconds} s of the processor", f"{limits.seconds} s de procesador"))
    how = f"exit {code}"
    if code is not None and code < 0:
        with suppress(ValueError):
            how = signal.Signals(-code).name
    return EndedError("killed" if code == -signal.SIGKILL else "died", how)


def _be_apart(
    send: Connection,
    function: Callable[..., Iterator[bytes]],
    given: tuple[Any, ...],
    limits: ProcessLimits,
    allowance: Allowance | None,
) -> None:
    """In the process itself. It never returns: what Python does at its end is not for whoever read a stranger's bytes."""
    code = 1
    try:
        _let_go(send.fileno(), quiet=allowance is not None)
        limit(limits)
        if allowance is not None:
            shut_in(allowance)
        for part in function(*given, lambda kind, said: send.send_bytes(kind + said)):
            send.send_bytes(_ANSWER + part)
        send.send_bytes(_DONE)
        code = 0
    except MemoryError:
        send.send_bytes(_NO_MEMORY)
    except BaseException as error:  # noqa: BLE001 - a panic of a library is none of Exception
        send.send_bytes(_FAILED + f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:_EXCEPTION])
    finally:
        os._exit(code)


def _let_go(pipe: int, quiet: bool) -> None:
    """Everything that is open but the pipe; `quiet`: the terminal too, which obeys to what is written on it."""
    os.closerange(3, pipe)
    os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))
    if quiet:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        os.close(nothing)
