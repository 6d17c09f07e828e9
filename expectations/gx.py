"""The adaptor to Great Expectations: checks become suites, rules become expectations of the same suites.

The only module that knows that library. It is imported inside functions, because the import takes seconds, and its
context lives in memory: nothing is written to the working directory or the home of the user.
"""

import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from expectations.spec import Expect, Spec, TableFrames, Where

# The frames and checks of the suite that is running: a rule reads tables that its batch does not carry, and Great
# Expectations passes only plain values to a metric.
_running: ContextVar[tuple[TableFrames, dict[str, Spec]]] = ContextVar("running")

# The columns and rows of a table that an expectation looks at.
Extract = tuple[tuple[str, ...], Where | None]

_SEVERITY = {"ERROR": "critical", "WARN": "warning"}


@dataclass(frozen=True)
class ExpectationOutcome:
    """How one expectation of a check ended: the rows it refused, or the exception it raised.

    `failing` counts them; `places` are positions of the first in the table; `rows` is what a rule returned.
    """

    passed: bool
    failing: int = 0
    places: tuple[int, ...] = ()
    rows: pd.DataFrame | None = None
    raised: str | None = None


def validate(table: str, specs: list[Spec], frames: TableFrames) -> Iterator[tuple[str, ExpectationOutcome]]:
    """Runs the checks of one table. Yields (check id, outcome) for each of their expectations.

    Each expectation gets only the rows and columns it looks at: a metric copies every column of its batch, under a row
    condition once more, and a batch that comes by way of a data source is hashed twice. What is said of each row holds
    where there is none: the library, which takes a fiftieth of a second for each expectation, is not asked.
    """
    asked: dict[Extract, list[Any]] = {}
    for spec in specs:
        try:
            for extract, expectation in _expectations(spec, list(frames[table].columns)):
                asked.setdefault(extract, []).append(expectation)
        # Whatever the library cannot make of one check must not take the others of the table with it.
        except Exception as error:  # noqa: BLE001
            yield spec.check_id, ExpectationOutcome(False, raised=f"{type(error).__name__}: {error}")
    token = _running.set((frames, {spec.check_id: spec for spec in specs}))
    try:
        for extract, expectations in asked.items():
            frame = _taken(frames[table], extract)
            for expectation in [one for one in expectations if _is_vacuous(one, frame)]:
                yield expectation.meta["check_id"], ExpectationOutcome(True)
            for result in _validated(frame, [one for one in expectations if not _is_vacuous(one, frame)]):
                yield result.expectation_config.meta["check_id"], _outcome(result)
    finally:
        _running.reset(token)


def load() -> None:
    """Imports the library, and registers the expectation of this project with it."""
    _rule_expectation()


def _taken(frame: pd.DataFrame, extract: Extract) -> pd.DataFrame:
    """Those columns and rows of the frame, under the frame's own index: failing rows are named by it."""
    columns, where = extract
    if where is None:
        return frame[list(columns)]
    name, value = where
    kept = frame[name].isin(value) if isinstance(value, tuple) else frame[name].eq(value).fillna(False)
    return frame.loc[kept, list(columns)]


def _is_vacuous(expectation: Any, frame: pd.DataFrame) -> bool:
    """Whether it speaks of each row, and there is no row; that its columns are there must be so all the same."""
    from great_expectations.expectations import expectation as library

    of_rows = (library.ColumnMapExpectation, library.ColumnPairMapExpectation, library.MulticolumnMapExpectation)
    if len(frame) or not isinstance(expectation, of_rows):
        return False
    named = [getattr(expectation, name, None) for name in ("column", "column_A", "column_B")]
    return {*filter(None, named), *getattr(expectation, "column_list", ())} <= set(frame.columns)


def _validated(frame: pd.DataFrame, expectations: list[Any]) -> list[Any]:
    """The result of each expectation on the frame; failing rows are looked for only where there are some."""
    if not expectations:
        return []
    _library()
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.validator.validator import Validator

    validator = Validator(PandasExecutionEngine(batch_data_dict={"frame": frame}), data_context=_context())

    def results(asked: list[Any], result_format: str) -> list[Any]:
        return validator.graph_validate(asked, {"result_format": {"result_format": result_format}})

    answered = results([expectation.configuration for expectation in expectations], "BOOLEAN_ONLY")
    # SUMMARY names the first twenty failing rows; more would cost seconds for every ten thousand of them.
    failed = [result.expectation_config for result in answered if not result.success]
    held = [result for result in answered if result.success]
    return [*held, *results(failed, "SUMMARY")] if failed else held


def _outcome(result: Any) -> ExpectationOutcome:
    if raised := _raised(result.exception_info or {}):
        return ExpectationOutcome(False, raised=raised)
    if result.success:
        return ExpectationOutcome(True)
    return ExpectationOutcome(
        False,
        int(result.result["unexpected_count"]),
        tuple(result.result.get("partial_unexpected_index_list") or ()),
        result.result.get("rows"),
    )


def _raised(info: dict[str, Any]) -> str | None:
    # One flat record, or one record per metric that failed.
    records = [info] if "raised_exception" in info else list(info.values())
    messages = [str(record["exception_message"]) for record in records if record["raised_exception"]]
    return "; ".join(dict.fromkeys(messages)) or None


@cache
def _library() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    import great_expectations as gx

    return gx


@cache
def _context() -> Any:
    """Only says that no progress is shown; no frame is known to it."""
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        # By default it prepares a documentation site in a temporary folder; no site is wanted.
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
    )
    return _library().get_context(mode="ephemeral", project_config=config)


def _expectations(spec: Spec, columns: list[str]) -> Iterator[tuple[Extract, Any]]:
    """The expectations of a check, each with the columns and rows that it has to be given."""
    common = {"meta": {"check_id": spec.check_id}, "severity": _SEVERITY[spec.severity]}
    if spec.rule:
        yield ((), None), _rule_expectation()(check_id=spec.check_id, **common)
    for expect in spec.expectations:
        if expect.where and expect.where[0] not in columns:
            raise KeyError(f"column {expect.where[0]} is absent")
        yield (tuple(name for name in columns if name in expect.columns), expect.where), _built_in(expect, common)


def _built_in(expect: Expect, common: dict[str, Any]) -> Any:
    import great_expectations.expectations as expectations

    return getattr(expectations, expect.name)(**expect.arguments, **common)


@cache
def _rule_expectation() -> Any:
    """The expectation that a rule returns no rows. Made once: its definition registers it and its metric by name."""
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

    class PesoFailingRows(TableMetricProvider):
        metric_name = "peso.failing_rows"
        value_keys = ("check_id",)

        # The library passes the class by the name `cls`.
        @metric_value(engine=PandasExecutionEngine)
        def _pandas(cls, metric_value_kwargs: dict[str, Any], **_: Any) -> pd.DataFrame:  # noqa: N805
            frames, specs = _running.get()
            spec = specs[metric_value_kwargs["check_id"]]
            return spec.rule(frames) if spec.rule else pd.DataFrame()

    class ExpectRuleToHold(BatchExpectation):
        check_id: str
        metric_dependencies = ("peso.failing_rows",)
        success_keys = ("check_id",)

        def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
            failing = metrics["peso.failing_rows"]
            return {"success": failing.empty, "result": {"unexpected_count": len(failing), "rows": failing}}

    return ExpectRuleToHold
