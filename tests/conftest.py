"""What every test has: a data home of its own, its tier and its limit.

The data home is set before anything is imported: the Dagster definitions find it when they are loaded.
"""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

from tests.tiers import TIERS, runs, tier_of, turn

os.environ["PESO_HOME"] = tempfile.mkdtemp(prefix="peso-test-home-")

pytest_plugins = ["tests.pipelines.world"]

# Of the processor, so that a busy machine fails no test; and of the clock, for what waits and does nothing. What is made
# for many tests (fixtures), and campaigns, have only the limit of pyproject, after which the process ends.
LIMIT, PATIENCE = 60, 600


def pytest_sessionfinish() -> None:
    """Removes this process's data home: one a run is left otherwise, with whatever a test put in it."""
    shutil.rmtree(os.environ["PESO_HOME"], ignore_errors=True)


# The first example loads what the others find loaded; a test has its time as a whole, below.
settings.register_profile("whole", deadline=None)
settings.load_profile("whole")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--tier", choices=TIERS, help="the tests of one tier alone (tests/tiers.py); `test` holds `check` too"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of other tiers are not even imported."""
    tier = config.getoption("--tier")
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if tier and is_test and not runs(collection_path, tier) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Ends a test that takes longer than tests may."""
    if tier_of(item.path) == "acceptance" or threading.current_thread() is not threading.main_thread():
        return (yield)

    def end(number: int, _: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        spent = f"{LIMIT} s of processor" if number == signal.SIGPROF else f"{PATIENCE} s"
        pytest.fail(f"It took longer than {spent}: make it shorter, or a campaign (tests/tiers.py).")

    before = {number: signal.signal(number, end) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    items.sort(key=lambda item: turn(item.path))
