"""The runner gives one result per check, whatever the frames or the checks are like."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations import gx, runner
from expectations.runner import run, specs, to_frame
from expectations.spec import Expect, Spec
from tests.expectations import worlds
from warehouse.schema import TABLES
from warehouse.store.parquet import Store

CHECKED = [name for name in TABLES if name != "out.check"]


def test_specs_are_unique_named_for_dagster_and_explained_twice() -> None:
    ids = [spec.check_id for spec in specs()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", check_id) for check_id in ids)
    assert all(
        spec.reason.endswith(".") and spec.reason_es.endswith(".") and spec.reason != spec.reason_es for spec in specs()
    )


def test_everything_holds_in_the_good_world_in_the_order_of_the_specs_and_leaves_it_as_it_was() -> None:
    """Once for all three: it takes as long as all other tests of the runner."""
    frames = worlds.good()
    results = run(frames, CHECKED)
    assert [(r.check_id, r.message, r.failing_rows) for r in results if not r.passed] == []
    assert [r.check_id for r in results] == [spec.check_id for spec in specs()]
    assert [r.reason_es for r in results] == [spec.reason_es for spec in specs()]
    for name, frame in worlds.good().items():
        pd.testing.assert_frame_equal(frames[name], frame)


def test_only_the_tables_asked_for_are_checked() -> None:
    assert {r.table for r in run(worlds.good(), ["core.table"])} == {"core.table"}


def test_empty_tables_pass(tmp_path: Path) -> None:
    """As the store gives them, of which a row less leaves Arrow no type: a home of registers alone has no amounts."""
    store = Store(tmp_path)
    for name in CHECKED:
        store.write(name, TABLES[name].frame(), "d1" if TABLES[name].stage == "raw" else None)
    results = run({name: store.read(name) for name in CHECKED})
    assert len(results) == len(specs())
    assert [r.check_id for r in results if not r.passed] == []


def test_absent_table_fails_every_check_that_needs_it() -> None:
    frames = worlds.good()
    del frames["raw.number"]
    tables = {spec.table for spec in specs() if "raw.number" in spec.needs}
    results = {r.check_id: r for r in run(frames, tables)}
    failed = {check_id for check_id, r in results.items() if not r.passed}
    assert failed == {spec.check_id for spec in specs() if "raw.number" in spec.needs}
    assert all("raw.number" in (results[check_id].message or "") and results[check_id].blocks for check_id in failed)


def test_rows_that_fail_under_a_condition_are_named_by_their_place_in_the_table() -> None:
    frames = worlds.good()
    frames["core.amount"].loc[[1, 4], "amount_centavos"] = -1  # accrued, and the approved total
    result = {r.check_id: r for r in run(frames, ["core.amount"])}["approved_not_negative"]
    assert result.failing_rows[["line_id", "column"]].to_numpy().tolist() == [["d1:1:3", 1]]


def test_condition_on_an_absent_column_fails_its_checks_alone() -> None:
    frames = worlds.good()
    results = {r.check_id: r for r in run({"core.amount": frames["core.amount"].drop(columns="stage")})}
    assert results["approved_not_negative"].blocks
    assert "stage" in (results["approved_not_negative"].message or "")
    assert results["verified_has_proof"].passed


def boom(frames: object) -> pd.DataFrame:
    raise KeyError("what is not there")


BROKEN: dict[str, dict[str, Any]] = {
    "a rule that raises": {"rule": boom},
    "an expectation that does not exist": {"expectations": (Expect("ExpectMiracles"),)},
    "an expectation that cannot be": {
        "expectations": (Expect("ExpectCompoundColumnsToBeUnique", {"column_list": ["line_id"]}),)
    },
    "a column that does not exist": {"expectations": (Expect("ExpectColumnValuesToNotBeNull", {"column": "nothing"}),)},
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_check_that_crashes_fails_alone_and_says_why(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Spec("broken", "core.line", "WARN", "It must.", "Debe.", **BROKEN[how])
    original = specs(["core.line"])
    monkeypatch.setattr(runner, "_specs", lambda: (broken, *original))
    results = {r.check_id: r for r in run(worlds.good(), ["core.line"])}
    assert len(results) == len(original) + 1
    assert [check_id for check_id, r in results.items() if not r.passed] == ["broken"]
    assert results["broken"].severity == "ERROR"
    assert results["broken"].message
    assert results["broken"].message in to_frame(results.values())["reason"].iloc[0]


def test_a_suite_that_crashes_fails_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise MemoryError("too much")

    monkeypatch.setattr(gx, "validate", crash)
    results = run(worlds.good(), ["core.line"])
    assert len(results) == len(specs(["core.line"]))
    assert all(r.blocks and r.message == "MemoryError: too much" for r in results)


def test_failing_rows_are_the_first_twenty_and_the_count_is_whole() -> None:
    frames = worlds.good()
    many = pd.concat([frames["core.amount"].head(1).assign(line_id=f"d1:1:{n}", place=None) for n in range(100, 150)])
    frames["core.amount"] = pd.concat([frames["core.amount"], many])  # with an index that repeats
    results = {r.check_id: r for r in run(frames, ["core.amount"])}
    place, line = results["amount_has_place"], results["amount_has_line"]
    assert (place.failing, len(place.failing_rows), line.failing, len(line.failing_rows)) == (50, 20, 50, 20)
    assert list(place.failing_rows.columns) == ["line_id", "column", "page", "source_text", "place"]
    assert place.failing_rows["line_id"].iloc[0] == "d1:1:100"


def test_results_become_the_check_table() -> None:
    results = run(worlds.good(), ["core.line", "out.line"])
    frame = to_frame(results)
    assert list(frame.columns) == TABLES["out.check"].frame_columns
    assert len(frame) == len(results)
    assert frame["check_id"].is_unique


SCRIPT = """
import sys
from pathlib import Path
from typing import Any
from expectations.runner import run, specs
specs()
assert not any(name.startswith("great_expectations") for name in sys.modules), "the list of checks imports the library"
from warehouse.schema import TABLES
from warehouse.store.parquet import Store
assert run({"core.code": TABLES["core.code"].frame()})
"""


def test_nothing_is_written_to_the_home_or_the_working_directory(tmp_path) -> None:
    home, cwd = tmp_path / "home", tmp_path / "cwd"
    home.mkdir()
    cwd.mkdir()
    environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Calculating Metrics" not in done.stderr
    assert [*home.rglob("*"), *cwd.rglob("*")] == []
