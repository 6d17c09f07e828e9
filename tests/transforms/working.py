"""Holds the frames that the steps hand on to the tables that describe them (`transforms.measure.working_tables`)."""

from collections.abc import Mapping
from typing import Any, get_type_hints

import pandas as pd

from transforms.compare.changes import list_points
from transforms.compare.declared import load
from transforms.compare.headline import compare_budgets
from transforms.compare.prices import inpc
from transforms.compare.working_tables import POINT
from transforms.measure.candidates import view_totals
from transforms.measure.classes import budget_rows
from transforms.measure.measured import measure
from transforms.measure.perimeter import choose
from transforms.measure.working_tables import SPENT, VIEW_TOTAL, WORD
from warehouse.schema import Table
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Type

_TEST_OF_TYPE = {
    BOOL: pd.api.types.is_bool_dtype,
    DATE: lambda dtype: dtype == pd.ArrowDtype(DATE.arrow),
    INT: pd.api.types.is_integer_dtype,
    MONEY: pd.api.types.is_integer_dtype,
    RATIO: pd.api.types.is_float_dtype,
    TEXT: lambda dtype: isinstance(dtype, pd.StringDtype),
    WORD: lambda dtype: isinstance(dtype, pd.CategoricalDtype),
}


def assert_fits(frame: pd.DataFrame, table: Table) -> None:
    """The frame has the columns of the table, in its types; its key names one row, and nothing required is null."""
    assert set(frame.columns) == set(table.frame_columns), table.name
    for column in table.columns:
        values = frame[column.frame_name]
        assert _is_of(values, column.type), f"{table.name}.{column.name}: {values.dtype} is no {column.type.name}"
        assert not column.required or values.notna().all(), f"{table.name}.{column.name} is required, and null"
    key = [table.by_name[name].frame_name for name in table.key]
    assert not frame.duplicated(key).any(), f"{table.name}: the key does not name one row"


def _is_of(values: pd.Series, type_: Type) -> bool:
    return bool(_TEST_OF_TYPE[type_](values.dtype))


def assert_all_fit(step: Any) -> None:
    """Every frame that a step hands on, by the working table that its annotation names."""
    for name, hint in get_type_hints(type(step), include_extras=True).items():
        for table in getattr(hint, "__metadata__", ()):
            assert_fits(getattr(step, name), table)


def assert_steps_fit(core: Mapping[str, pd.DataFrame]) -> None:
    """Every working table between these `core` frames and `out`."""
    baskets = load().baskets
    measured = measure(core, baskets)
    headline = compare_budgets(measured, core["document"], baskets, inpc())
    chosen = choose(measured.candidates.assign(operand=measured.candidates["purpose"]))
    for step in (measured, headline, chosen):
        assert_all_fit(step)
    assert_fits(view_totals(measured.spending, core["table"]), VIEW_TOTAL)
    assert_fits(budget_rows(measured.facts, core["table"]), SPENT)
    assert_fits(list_points(headline, measured), POINT)
