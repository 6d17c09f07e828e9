"""The one runner: every check over the frames, one result each.

A check that cannot be run has failed: nothing that was not looked at is reported as in order (P1).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from expectations import (
    addresses,
    answering,
    comparisons,
    facets,
    gx,
    ledger_sources,
    ledgers,
    nothing_lost,
    panel,
    people,
    proofs,
    series,
    units_and_stages,
    watched,
)
from expectations.spec import Spec, TableFrames, key_columns
from expectations.structural import structural_specs
from warehouse.schema import TABLES

SHOWN = 20

_PROMISES = (
    answering,
    nothing_lost,
    addresses,
    proofs,
    facets,
    units_and_stages,
    comparisons,
    series,
    panel,
    people,
    ledgers,
    ledger_sources,
    watched,
)


@dataclass(frozen=True)
class Result:
    """How one check ended. `failing_rows` are the first rows that break it, `message` why it could not be run."""

    check_id: str
    table: str
    severity: str
    passed: bool
    rows: int
    failing: int
    reason: str
    reason_es: str
    message: str | None = None
    failing_rows: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)

    @property
    def blocks(self) -> bool:
        """Whether it stops the release."""
        return not self.passed and self.severity == "ERROR"


@cache
def _specs() -> tuple[Spec, ...]:
    return (*structural_specs(), *promised_specs())


def promised_specs() -> list[Spec]:
    """Every check of the numbers themselves, promise by promise; what the schema alone says is in `structural`."""
    return [spec for module in _PROMISES for spec in module.PROMISE.specs]


def specs(tables: Collection[str] | None = None) -> list[Spec]:
    """Every check, or those of some tables, in the order of the schema. Does not import Great Expectations."""
    order = list(TABLES)
    wanted = [spec for spec in _specs() if tables is None or spec.table in tables]
    return sorted(wanted, key=lambda spec: order.index(spec.table))


def load() -> None:
    """Loads Great Expectations, which takes seconds: a caller can do it while it reads the frames."""
    gx.load()


def run(frames: TableFrames, tables: Collection[str] | None = None) -> list[Result]:
    """Runs the checks of `tables` (by default, of the tables in `frames`), one result per check of `specs(tables)`.

    `frames` are the tables by name, in the types of the schema. A table that was asked for and is absent, or that a
    rule needs and is absent, fails the check with a message. Never raises for what it finds in the data.
    """
    wanted = list(frames) if tables is None else list(tables)
    clean = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    return [result for name in TABLES if name in wanted for result in _run_table(name, clean)]


def to_frame(results: Collection[Result]) -> pd.DataFrame:
    """The results as `out.check`. What could not be run says so in its reason."""
    return TABLES["out.check"].frame(
        {
            "check_id": r.check_id,
            "table": r.table,
            "severity": r.severity,
            "passed": r.passed,
            "rows": r.rows,
            "failing": r.failing,
            "reason": f"{r.reason} [{r.message}]" if r.message else r.reason,
        }
        for r in results
    )


def _run_table(name: str, frames: TableFrames) -> list[Result]:
    results: dict[str, Result] = {}
    runnable = []
    wanted = specs([name])
    for spec in wanted:
        absent = [needed for needed in spec.needs if needed not in frames]
        if absent:
            results[spec.check_id] = _not_run(spec, frames, f"falta la tabla / table absent: {', '.join(absent)}")
        else:
            runnable.append(spec)
    if runnable:
        results |= _validate(name, runnable, frames)
    return [results[spec.check_id] for spec in wanted]


def _validate(name: str, runnable: list[Spec], frames: TableFrames) -> dict[str, Result]:
    outcomes: dict[str, list[gx.ExpectationOutcome]] = {spec.check_id: [] for spec in runnable}
    try:
        for check_id, outcome in gx.validate(name, runnable, frames):
            outcomes[check_id].append(outcome)
    # A suite that breaks refuses what it guards, and the other tables are still validated: a check never vanishes.
    except Exception as error:  # noqa: BLE001
        message = f"{type(error).__name__}: {error}"
        return {spec.check_id: _not_run(spec, frames, message) for spec in runnable}
    return {spec.check_id: _result(spec, outcomes[spec.check_id], frames) for spec in runnable}


def _not_run(spec: Spec, frames: TableFrames, message: str) -> Result:
    """A check that could not be run is a failed ERROR, whatever its severity would have been."""
    rows = len(frames[spec.table]) if spec.table in frames else 0
    return Result(spec.check_id, spec.table, "ERROR", False, rows, 0, spec.reason, spec.reason_es, message)


def _result(spec: Spec, outcomes: list[gx.ExpectationOutcome], frames: TableFrames) -> Result:
    raised = list(dict.fromkeys(outcome.raised for outcome in outcomes if outcome.raised))
    if not outcomes:
        raised = ["the suite returned no result for it"]
    failed = [outcome for outcome in outcomes if not outcome.passed and not outcome.raised]
    failing, failing_rows = sum(outcome.failing for outcome in failed), _failing_rows(spec, failed, frames[spec.table])
    if spec.expectations and len(failing_rows) < SHOWN:
        failing = len(failing_rows)  # the list is whole, and a row that fails twice is one failing row
    return Result(
        spec.check_id,
        spec.table,
        "ERROR" if raised else spec.severity,
        not failed and not raised,
        len(frames[spec.table]),
        failing,
        spec.reason,
        spec.reason_es,
        "; ".join(raised) or None,
        failing_rows,
    )


def _failing_rows(spec: Spec, failed: list[gx.ExpectationOutcome], frame: pd.DataFrame) -> pd.DataFrame:
    """The first failing rows: as the rule returned them, or the key and the columns concerned."""
    if not failed:
        return pd.DataFrame()
    for outcome in failed:
        if outcome.rows is not None:
            return outcome.rows.head(SHOWN).reset_index(drop=True)
    places = sorted({place for outcome in failed for place in outcome.places})[:SHOWN]
    concerned = [column for expect in spec.expectations for column in expect.columns]
    columns = [c for c in dict.fromkeys([*key_columns(spec.table), *spec.show, *concerned]) if c in frame]
    return frame.loc[places, columns].reset_index(drop=True)
