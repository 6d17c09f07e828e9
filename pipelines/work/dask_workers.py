"""Work on other machines: Dask workers, of which each task has a home of its own that is gone afterwards.

What is done there is said by whoever asks (`reading`, `normalizing`), as a function that can be imported; its results come back as
what it returns. What a task needs is in the bucket of `Home.objects`. A task whose worker dies is given to another.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pipelines.home import Home
from pipelines.work.parts import program
from warehouse.errors import WarehouseError

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")
# So many tasks for each thread of the workers are given out before the first is done: enough that none waits, and few enough that
# their answers fit in memory.
_AHEAD = 4


def on_workers(address: str, function: Callable[[Home, _Asked], _Answer], asked: Iterable[_Asked]) -> Iterator[_Answer]:
    """What the function gives for each, as it comes; raises what it raises. `address` is of the scheduler (`tcp://host:8786`)."""
    from distributed import Client, as_completed

    waiting = iter(asked)
    with Client(address, direct_to_workers=True, set_as_default=False) as client:
        client.wait_for_workers(1)

        def give(one: _Asked) -> object:
            return client.submit(_there, function, program(), one, pure=False)

        threads = sum(client.nthreads().values())
        running = as_completed([give(one) for one in islice(waiting, _AHEAD * threads)], loop=client.loop)
        for done in running:
            yield done.result()
            for one in islice(waiting, 1):
                running.add(give(one))


def _there(function: Callable[[Home, _Asked], _Answer], asked_by: str, asked: _Asked) -> _Answer:
    """On the worker. Raises WarehouseError where it would compute with other code or libraries than those that ask."""
    if _own_program() != asked_by:
        raise WarehouseError(
            f"This worker has another program than whoever gives it work: {_own_program()!r} in place of {asked_by!r}.",
            "Start workers and scheduler from the same image as the coordinator.",
        )
    with TemporaryDirectory(prefix="peso-task-") as folder:
        return function(Home(Path(folder)), asked)


_own_program = cache(program)
