"""Answers from the published release: SQL in, a table (or records), CSV or JSON out. What SQL may do is for `warehouse.ask`."""

import csv
import io
import json
import shutil
from decimal import Decimal
from itertools import chain, count
from typing import Any, Literal

import pyarrow as pa
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from pipelines.home import Home
from pipelines.verbs.language import say
from warehouse.ask.cite import cite_answer
from warehouse.ask.query import LIST_TABLES, asking
from warehouse.errors import QueryError
from warehouse.schema.text import without_formulas

LISTING = ".tables"
_WIDTH = 160  # where there is no terminal
_GAP = 2  # between two columns
_NARROWEST = 12  # that a column of text may become before the table is shown as records


def answer(home: Home, sql: str, format_: str, limit: int) -> str:
    """The rows of each statement, rendered: every column of them, and every number whole. `.tables` lists the tables."""
    with asking(home.published().database) as ask:
        statements = [LIST_TABLES] if sql.strip() == LISTING else ask.statements(sql)
        answers = [_named_apart(ask.table(statement, limit)) for statement in statements]
    return "\n".join(_rendered(result, format_, limit) for result in answers)


def citation(home: Home, sql: str, limit: int) -> str:
    """One line to cite the rows of SQL by. Raises QueryError where there are more than `limit`, or several statements."""
    release = home.published()
    with asking(release.database) as ask:
        if len(ask.statements(sql)) != 1:
            raise QueryError(
                "A citation is of one statement.",
                "Ask for each on its own.",
                es="Una cita es de una sola sentencia. Pida cada una por su cuenta.",
            )
        result = _named_apart(ask.table(sql, limit + 1))
    if result.num_rows > limit:
        raise QueryError(
            f"There are more than {limit} rows.",
            "Raise --limit: a citation is of all the rows.",
            es=f"Hay más de {limit} renglones. Suba --limit: una cita es de todos.",
        )
    return cite_answer(release.cited, sql, f"{_as_csv(result)}\n", result.to_pylist())


def _rendered(result: pa.Table, format_: str, limit: int) -> str:
    if format_ == "csv":
        return _as_csv(result)
    if format_ == "json":
        return json.dumps(result.to_pylist(), ensure_ascii=False, indent=1, default=str)
    cut = say(", lo más que deja --limit", ", the most that --limit allows") if result.num_rows == limit else ""
    rows = say("renglón", "row") if result.num_rows == 1 else say("renglones", "rows")
    counted = f"({result.num_rows:,} {rows}{cut})"
    return f"{_as_table(result, shutil.get_terminal_size((_WIDTH, 0)).columns)}\n{counted}"


def _as_csv(result: pa.Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.column_names)
    rows = zip(*(column.to_pylist() for column in result.columns), strict=True)
    writer.writerows([without_formulas(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue().rstrip("\n")


def _named_apart(result: pa.Table) -> pa.Table:
    """Columns of one name as DuckDB tells them apart: `a`, `a_1`."""
    names: list[str] = []
    for name in result.column_names:
        numbered = chain([name], (f"{name}_{number}" for number in count(1)))
        names.append(next(apart for apart in numbered if apart not in names))
    return result.rename_columns(names)


def _as_table(result: pa.Table, width: int) -> str:
    """The rows below their headers; where that is wider than `width`, one record below another."""
    texts = {name: [_text(value) for value in result[name].to_pylist()] for name in result.column_names}
    widths = _widths(result, texts, width)
    if widths is None:
        return _as_records(texts, result.num_rows)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for field in result.schema:
        justify: Literal["right", "left"] = "right" if _is_number(field.type) else "left"
        table.add_column(field.name, justify=justify, overflow="fold", width=widths[field.name])
    for row in zip(*texts.values(), strict=True):
        table.add_row(*row)
    out = io.StringIO()
    console = Console(width=width, file=out, highlight=False, markup=False, emoji=False)
    console.print(table)
    return out.getvalue().rstrip()


def _widths(result: pa.Table, texts: dict[str, list[str]], width: int) -> dict[str, int] | None:
    """How wide each column is shown, only long text narrower than it is; None where the table does not fit so."""
    whole = {
        name: max(cell_len(line) for text in (name, *shown) for line in text.split("\n"))
        for name, shown in texts.items()
    }
    wrapping = {
        field.name for field in result.schema if pa.types.is_string(field.type) or pa.types.is_nested(field.type)
    }
    longest = max((whole[name] for name in wrapping), default=0)
    for most in range(max(longest, _NARROWEST), _NARROWEST - 1, -1):
        widths = {name: min(wide, most) if name in wrapping else wide for name, wide in whole.items()}
        if sum(widths.values()) + _GAP * (len(widths) - 1) <= width:
            return widths
    return None


def _as_records(texts: dict[str, list[str]], rows: int) -> str:
    margin = max(map(len, texts)) + 2
    lines = []
    for row in range(rows):
        lines.append(f"-- {row + 1} --")
        for name, shown in texts.items():
            value = shown[row].replace("\n", "\n" + " " * margin)
            lines.append(f"{name + ':':<{margin}}{value}".rstrip())
    return "\n".join(lines)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)
