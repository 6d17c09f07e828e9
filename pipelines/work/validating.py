"""Checking a stage, and keeping how its checks ended until the release takes them.

What must hold is said in `expectations`. Results wait in the store as tables (`warehouse.schema.validation`), so that a
release can be made by another process, or by a newer program, than the one that checked.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Self

import pandas as pd

from expectations.report import write_html
from expectations.runner import Result, to_frame
from pipelines.home import Home
from pipelines.work import checking
from pipelines.work.stages import finish, rebuilding_of
from warehouse.errors import MissingTableError, StaleTableError, WarehouseError
from warehouse.schema import CORE, OUT, RAW
from warehouse.schema.out import CHECK
from warehouse.schema.validation import FAILING_CELL, RESULT

_DTYPES = {"int": "Int64", "float": "Float64", "bool": "boolean", "text": "str"}


class Checks:
    """The checks of some stages, each table's begun as soon as what they look at is stored: others may still be made.

    Tables of other stages are looked at as they are. What was not begun is dropped at the end of the block.
    """

    def __init__(self, home: Home, *stages: str) -> None:
        self._home, self._stages = home, stages
        mine = [table.name for table in (*RAW, *CORE, *OUT) if table is not CHECK and table.stage in stages]
        self._tables = {name: checking.needed(name) for name in mine}
        self._awaited = set(mine)
        self._begun: dict[str, Future[list[Result]]] = {}
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        checking.prepare()
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._begun.values():
            future.cancel()

    def stored(self, table: str) -> None:
        """Told of each table of the stages once it is stored, by any thread."""
        with self._turn:
            self._awaited.discard(table)
            self._begin({name for name, needed in self._tables.items() if not needed & self._awaited})

    def results(self) -> list[Result]:
        """Waits for all of them, also of what nobody stored, and keeps them under the last stage; an absent table fails its checks.

        Raises WarehouseError where the process that checks ended.
        """
        self._begin(set(self._tables))
        try:
            results = [result for name in self._tables for result in self._begun[name].result()]
        except BrokenProcessPool as error:
            checking.forget()
            raise WarehouseError(
                "The process that checks the tables ended / Terminó el proceso que revisa las tablas.",
                "Close other programs, for their memory, and run it again / Cierre otros programas, por su memoria, y repita.",
            ) from error
        _keep(self._home, self._stages[-1], results)
        if self._stages[-1] == "core":
            finish(self._home, "core")
        return results

    def _begin(self, ready: set[str]) -> None:
        for name in [name for name in self._tables if name in ready and name not in self._begun]:
            later = [needed for other, needed in self._tables.items() if other != name and other not in self._begun]
            self._begun[name] = checking.check(self._home.store.root, name, set().union(*later))


def validate(home: Home, *stages: str) -> list[Result]:
    """Checks the tables of these stages as they are stored, and keeps the results under the last."""
    with Checks(home, *stages) as checks:
        return checks.results()


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
