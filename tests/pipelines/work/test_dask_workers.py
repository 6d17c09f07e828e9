"""What other machines make is what this one makes; whoever would make it with another program refuses.

The workers are threads of this process here, and the bucket a folder; `make cluster-test` has processes that share nothing.
"""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from pipelines.apart.process import Done, Work
from pipelines.home import Home
from pipelines.work import dask_workers, normalizing
from pipelines.work.dask_workers import on_workers
from tests.pipelines.work.made_core_parts import frames_of
from tests.transforms.made_raw import made_documents, made_raw
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.schema.core import CORRECTION
from warehouse.store.parquet import Store

distributed = pytest.importorskip("distributed")
pytest.importorskip("obstore")


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("archive", "store"):
        (tmp_path / "bucket" / name).mkdir(parents=True)
    monkeypatch.setenv("PESO_OBJECTS", (tmp_path / "bucket").as_uri())
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


def doubled(home: Home, number: int) -> tuple[int, bool]:
    home.root.joinpath("mine").write_text("")
    if number < 0:
        raise ValueError(f"{number} is below zero")
    return 2 * number, home.archive.root.parent == home.root


def test_every_task_is_answered_from_a_home_of_its_own(workers: str) -> None:
    assert sorted(on_workers(workers, doubled, range(30))) == [(2 * number, True) for number in range(30)]


def test_what_a_task_raises_is_raised_here(workers: str) -> None:
    with pytest.raises(ValueError, match="-1 is below zero"):
        list(on_workers(workers, doubled, [1, -1, 2]))


def test_a_worker_of_another_program_refuses(workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "program", lambda: "the one of tomorrow")
    with pytest.raises(WarehouseError, match="another program"):
        list(on_workers(workers, doubled, [1]))


def do_here(works: list[Work]) -> list[Done]:
    try:
        return [Done([*work.function(*work.given, None)], None, 0.0) for work in works]
    finally:
        gc.enable()


def test_parts_made_elsewhere_are_those_made_here(
    workers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(normalizing, "do_apart", do_here)
    names = ["a", "b", "c"]
    made: dict[str, dict[str, pd.DataFrame]] = {}
    home = Home(tmp_path / "home")
    makes: dict[str, Callable[..., pd.DataFrame]] = {
        "here": normalizing.make_here,
        "there": partial(normalizing.make_elsewhere, home, workers),
    }
    for place, make in makes.items():
        store = Store(tmp_path / place)
        for name in names:
            raw = made_raw(
                ["Aprobado"], [("Materiales", "1.00"), ("Servicios", "2.00"), ("Total", "3.00")], document_id=name
            )
            for table in RAW[1:]:
                store.write(table, raw.get(table.name.split(".")[1], table.frame()), name)
        documents = made_documents(*names, government_id="26", fiscal_year=2022)
        words = pd.Series(3, index=names)
        made[place] = frames_of(normalizing.normalized(store, documents, words, CORRECTION.frame(), make))
    assert len(made["here"]["amount"]) == 9
    assert made["here"].keys() == made["there"].keys()
    for name, frame in made["here"].items():
        assert_frame_equal(frame, made["there"][name], obj=name)
