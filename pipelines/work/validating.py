"""Checking a stage, and keeping how its checks ended until the release takes them.

What must hold is said in `expectations`. Results wait in the store as tables (`warehouse.schema.validation`), so that a
release can be made by another process, or by a newer program, than the one that checked.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas as pd

from expectations.report import write_html
from expectations.runner import Result, load, run, specs, to_frame
from pipelines.home import Home
from pipelines.work.stages import finish, rebuilding_of
from warehouse.errors import MissingTableError, StaleTableError
from warehouse.schema import CORE, OUT, RAW
from warehouse.schema.out import CHECK
from warehouse.schema.validation import FAILING_CELL, RESULT

_DTYPES = {"int": "Int64", "float": "Float64", "bool": "boolean", "text": "str"}


def validate(home: Home, *stages: str) -> list[Result]:
    """Checks the tables of these stages and keeps the results under the last; an absent table fails its checks."""
    checked = [table.name for table in (*RAW, *CORE, *OUT) if table is not CHECK]
    tables = [name for name in checked if name.split(".")[0] in stages]
    needed = {name for spec in specs(tables) for name in spec.needs}
    with ThreadPoolExecutor(1) as beside:
        beside.submit(load)
        frames = {name: frame for name in checked if name in needed and (frame := _stored(home, name)) is not None}
    results = run(frames, tables=tables)
    _keep(home, stages[-1], results)
    if stages[-1] == "core":
        finish(home, "core")
    return results


def keep_validation(home: Home) -> pd.DataFrame:
    """Writes `out.check` and the HTML report that every release carries, of both stages; returns the former.

    Raises MissingTableError where a stage was never checked, StaleTableError where an older program kept the results.
    """
    results = [result for stage in ("core", "out") for result in _kept(home, stage)]
    frame = to_frame(results)
    home.store.write(CHECK.name, frame)
    write_html(results, home.validation_report, amounts=_stored(home, "core.amount"))
    finish(home, "out", rebuilding_of(home, "core"))
    return frame


def _stored(home: Home, name: str) -> pd.DataFrame | None:
    """The table as it is stored; none where it was never written, or with the columns of another version."""
    try:
        return home.store.read(name)
    except (MissingTableError, StaleTableError):
        return None


def _keep(home: Home, stage: str, results: list[Result]) -> None:
    names = [column.name for column in RESULT.columns]
    home.store.write(RESULT, RESULT.frame({name: getattr(r, name) for name in names} for r in results), stage)
    home.store.write(FAILING_CELL, FAILING_CELL.frame(cell for result in results for cell in _cells(result)), stage)


def _kept(home: Home, stage: str) -> list[Result]:
    results, cells = (home.store.read(table, stage) for table in (RESULT, FAILING_CELL))
    failing_rows = {check_id: _rows(group) for check_id, group in cells.groupby("check_id", sort=False)}
    return [
        Result(**row, failing_rows=failing_rows.get(row["check_id"], pd.DataFrame()))
        for row in results.astype(object).where(results.notna(), None).to_dict("records")
    ]


def _cells(result: Result) -> Iterable[dict[str, Any]]:
    """The failing rows of a result, column by column."""
    for name, values in result.failing_rows.items():
        kind = _kind(values)
        for row, value in enumerate(values):
            text = None if pd.isna(value) else str(value)
            yield {"check_id": result.check_id, "column": str(name), "row": row, "kind": kind, "value": text}


def _kind(values: pd.Series) -> str:
    held = pd.api.types.infer_dtype(values, skipna=True) if values.dtype == object else ""
    if pd.api.types.is_bool_dtype(values.dtype) or held == "boolean":
        return "bool"
    if pd.api.types.is_integer_dtype(values.dtype) or held == "integer":
        return "int"
    return "float" if pd.api.types.is_float_dtype(values.dtype) or held == "floating" else "text"


def _rows(cells: pd.DataFrame) -> pd.DataFrame:
    """The failing rows of one check again."""
    columns = cells.groupby("column", sort=False)
    return pd.DataFrame({name: _column(group["value"], group["kind"].iloc[0]) for name, group in columns})


def _column(texts: pd.Series, kind: str) -> pd.api.extensions.ExtensionArray:
    values = [None if pd.isna(text) else _value(text, kind) for text in texts]
    return pd.array(values, dtype=_DTYPES[kind])


def _value(text: str, kind: str) -> Any:
    if kind == "bool":
        return text == "True"
    return {"int": int, "float": float, "text": str}[kind](text)
