"""The structural suites say what the schema says, and notice a frame that says otherwise."""

import pandas as pd
import pytest

from expectations.runner import Result, run
from expectations.structural import UNCHECKED, structural_specs
from tests.expectations import worlds
from warehouse.schema import MONEY, TABLES

CHECKED = [name for name in TABLES if name not in UNCHECKED]


def result(frames: dict[str, pd.DataFrame], check_id: str, table: str) -> Result:
    return next(r for r in run(frames, [table]) if r.check_id == check_id)


def test_every_table_of_the_schema_has_its_columns_and_key_checked() -> None:
    ids = {spec.check_id for spec in structural_specs()}
    assert {f"{name.replace('.', '_')}_{what}" for name in CHECKED for what in ("columns", "key")} <= ids


@pytest.mark.parametrize("name", CHECKED)
def test_expectations_follow_the_schema(name: str) -> None:
    table = TABLES[name]
    expected = [e for spec in structural_specs() if spec.table == name for e in spec.expectations]
    by_class = {kind: [e.arguments for e in expected if e.name == kind] for kind in {e.name for e in expected}}
    assert [a["column"] for a in by_class.get("ExpectColumnValuesToNotBeNull", [])] == [
        c.frame_name for c in table.columns if c.required
    ]
    assert {a["column"]: tuple(a["value_set"]) for a in by_class.get("ExpectColumnValuesToBeInSet", [])} == {
        c.frame_name: c.values for c in table.columns if c.values
    }


@pytest.mark.parametrize("name", CHECKED)
def test_an_empty_frame_of_the_schema_has_its_columns_and_types(name: str) -> None:
    (spec,) = (spec for spec in structural_specs() if spec.check_id == f"{name.replace('.', '_')}_columns")
    assert spec.rule is not None
    assert spec.rule({name: TABLES[name].frame()}).empty


def test_missing_column_is_noticed() -> None:
    frames = worlds.good()
    frames["core.line"] = frames["core.line"].drop(columns="label")
    checked = result(frames, "core_line_columns", "core.line")
    assert not checked.passed
    assert checked.severity == "ERROR"
    assert "missing: label" in checked.failing_rows.to_string()


def test_unknown_column_is_noticed() -> None:
    frames = worlds.good()
    frames["core.line"]["guess"] = 1
    assert "not in the schema: guess" in result(frames, "core_line_columns", "core.line").failing_rows.to_string()


def test_other_order_is_noticed() -> None:
    frames = worlds.good()
    frames["core.line"] = frames["core.line"][list(reversed(frames["core.line"].columns))]
    assert not result(frames, "core_line_columns", "core.line").passed


@pytest.mark.parametrize("name", [n for n in CHECKED if any(c.type is MONEY for c in TABLES[n].columns)])
def test_money_in_floats_is_noticed(name: str) -> None:
    column = next(c.frame_name for c in TABLES[name].columns if c.type is MONEY)
    (spec,) = (spec for spec in structural_specs() if spec.check_id == f"{name.replace('.', '_')}_columns")
    assert spec.rule is not None
    noticed = spec.rule({name: TABLES[name].frame().astype({column: "float64"})})
    assert f"{column}: expected Int64, found float64" in noticed.to_string()


def test_null_in_a_required_column_and_a_word_of_its_own_are_one_row_each() -> None:
    frames = worlds.good()
    frames["core.line"].loc[0, "page"] = None
    frames["core.line"].loc[1, ["row_kind", "classification"]] = "whim"
    checked = result(frames, "core_line_values", "core.line")
    assert (checked.passed, checked.failing, checked.rows) == (False, 2, 3)
    assert checked.failing_rows["line_id"].tolist() == ["d1:1:1", "d1:1:2"]


@pytest.mark.parametrize("name", ["core.line", "core.amount", "out.coverage"])
def test_repeated_key_is_noticed(name: str) -> None:
    frames = worlds.good()
    if name == "out.coverage":
        frames[name]["fiscal_year"] = pd.array([None], dtype="Int64")
    frames[name] = pd.concat([frames[name], frames[name].head(1)])
    checked = result(frames, f"{name.replace('.', '_')}_key", name)
    assert (checked.passed, checked.failing) == (False, 2)
