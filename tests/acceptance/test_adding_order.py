"""The order in which documents are added changes nothing that is said of them."""

from itertools import permutations
from pathlib import Path

import pandas as pd

from pipelines.home import Home
from pipelines.work.adding import add_sources
from pipelines.work.steps import build_core, build_out
from tests.pipelines.work.test_watching import LAW, statement
from warehouse.schema import CORE, OUT

_WHEN = ["obtained_at"]


def test_the_order_of_adding_does_not_change_the_tables(tmp_path: Path) -> None:
    files = []
    for number, lines in enumerate(
        (LAW, (*LAW[:3], "Del 1 de enero al 31 de diciembre de 2022"), ("Secretaría de Salud", *LAW[1:]))
    ):
        path = tmp_path / f"documento-{number}.pdf"
        statement(path, lines, factor=number + 1)
        files.append(str(path))
    orders = list(permutations(files))
    seen = [tables(tmp_path / str(number), order) for number, order in enumerate((orders[0], orders[-1]))]
    for name, frame in seen[0].items():
        pd.testing.assert_frame_equal(frame, seen[1][name], obj=name)


def tables(root: Path, files: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """All that is said, after adding the files one by one."""
    home = Home(root).create()
    for file in files:
        assert [added.outcome for added in add_sources(home, [file])] == ["added"]
    build_core(home)
    home.finished("core").write_text("one")
    build_out(home)
    names = [table.name for table in (*CORE, *OUT)]
    frames = {name: home.store.read(name, missing_ok=True) for name in names}
    return {name: frame.drop(columns=_WHEN, errors="ignore") for name, frame in frames.items()}
