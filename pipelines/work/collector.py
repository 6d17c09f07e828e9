"""When Python's collector of cycles runs in a process that publishes or checks. What readers do about it is `sources.raw.collector`."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Without the collector while libraries are loaded: a fifth of that time. What is loaded stays, and is never walked over again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """The libraries loaded are some millions of objects, and Python walks over them for every few it makes: a tenth of a run."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
