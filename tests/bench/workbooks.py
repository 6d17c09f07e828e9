"""Workbooks: the accounting of numeric cells, and the time, beside plain openpyxl and pandas `read_excel` in the same run.

What openpyxl counts as numeric cells (numbers, dates, texts with a digit) is the truth of the accounting. A peer gives a
cell as a number where openpyxl stores one, and where pandas finds its column to be of numbers: with its default header
that is what an analyst could add up without further work. Neither says which of these are money.
"""

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from sources.errors import SourceError
from sources.raw.reading import Document
from sources.read import read

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
SUMMED = ("cells", "accounted", "numbers", "amounts", "pandas_numbers")
TIMED = ("seconds", "openpyxl_seconds", "pandas_seconds")


def measure(folder: Path, only: str = "") -> dict[str, Any]:
    """One row for each workbook, and their sum. Times are of the processor."""
    rows: dict[str, Any] = {}
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and only in str(path)):
        rows[str(path.relative_to(folder))] = _row(path)
    total = {head: round(sum(row.get(head) or 0 for row in rows.values()), 2) for head in (*SUMMED, *TIMED)}
    return {"workbooks": rows, "total": {"workbooks": len(rows), **total}}


def _row(path: Path) -> dict[str, Any]:
    row: dict[str, Any] = {}
    started = time.process_time()
    try:
        numbers = read(Document(path, path.stem)).numbers
        row |= {"accounted": len(numbers), "amounts": int(numbers["exclusion"].isna().sum())}
    except SourceError as error:
        row["refused"] = error.code
    row["seconds"] = round(time.process_time() - started, 2)
    started = time.process_time()
    if path.suffix.lower() in (".xlsx", ".xlsm"):  # openpyxl reads no others
        cells = list(_cells(path))
        row |= {"cells": sum(map(_counted, cells)), "numbers": sum(_is_number(value) for value in cells)}
        row["openpyxl_seconds"] = round(time.process_time() - started, 2)
    started = time.process_time()
    sheets = pd.read_excel(path, sheet_name=None, engine="calamine")
    numeric = (sheet.select_dtypes("number") for sheet in sheets.values())
    row["pandas_numbers"] = int(sum(frame.notna().sum().sum() for frame in numeric))
    row["pandas_seconds"] = round(time.process_time() - started, 2)
    return row


def _cells(path: Path) -> Iterator[Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for values in sheet.iter_rows(values_only=True):
            yield from (value for value in values if value is not None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _counted(value: Any) -> bool:
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return True
    return _is_number(value) or (isinstance(value, str) and any(char.isdecimal() for char in value))


def show(measured: dict[str, Any]) -> None:
    """The sum, and the workbooks that are refused, lack a cell, or take longest."""
    total = measured["total"]
    print("\nWorkbooks: " + ", ".join(f"{key} {value}" for key, value in total.items()))
    slowest = sorted(measured["workbooks"].items(), key=lambda item: -item[1]["seconds"])[:3]
    for name, row in measured["workbooks"].items():
        if row.get("refused") or row.get("cells", 0) > row.get("accounted", 0) or (name, row) in slowest:
            print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items()))
