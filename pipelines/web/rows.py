"""Rows as they go over the wire: what a query string asks of a view, and the JSON and CSV of its answer.

Which rows there are is for `warehouse.ask.views`.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from starlette.datastructures import QueryParams

from warehouse.schema import BOOL, DATE, INT, TEXT, Column, Table
from warehouse.schema.spanish_values import spanish_value
from warehouse.store.session import Row

SKIP, MOST = "desde", "cuantos"
MOST_ROWS, USUAL_ROWS = 1000, 100
LARGEST = 2**63 - 1
# Amounts and shares are not asked for by their exact value, nor moments.
_ASKED_TYPES = (TEXT, INT, BOOL, DATE)
BYTE_ORDER_MARK = "\ufeff"


class BadQueryError(Exception):
    """What a query string asks cannot be answered; the message, in Spanish, says why and what may be asked."""


class AskedRows(NamedTuple):
    """The rows that a query string asks for: those with these values, after `skip`, at most `most`."""

    where: dict[str, object]
    skip: int
    most: int


def filters(view: Table) -> list[Column]:
    """The columns of a view that a query string may give a value for."""
    return [column for column in view.columns if column.type in _ASKED_TYPES]


def asked_rows(view: Table, query: QueryParams) -> AskedRows:
    """Reads a query string. Raises BadQueryError for an unknown name, a name given twice, and a value of another type."""
    columns = {column.es: column for column in filters(view)}
    given = query.multi_items()
    for name, _ in given:
        if name not in columns and name not in (SKIP, MOST):
            raise BadQueryError(f"«{name}» no es columna de {view.es}. Pueden pedirse: {', '.join(columns)}.")
    if len(dict(given)) < len(given):
        raise BadQueryError("Una columna se pide una sola vez.")
    where = {name: _value(columns[name], text) for name, text in given if name in columns}
    return AskedRows(where, _number(query, SKIP, 0, 0, LARGEST), _number(query, MOST, USUAL_ROWS, 1, MOST_ROWS))


def _number(query: QueryParams, name: str, usual: int, least: int, most: int) -> int:
    text = query.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or not least <= (number := int(text[:20])) <= most:
        raise BadQueryError(f"«{name}» es un número de {least} a {most}.")
    return number


def _value(column: Column, text: str) -> object:
    try:
        if column.type is BOOL:
            return {"true": True, "false": False}[text]
        if column.type is DATE:
            return date.fromisoformat(text)
        if column.type is INT:
            if abs(number := int(text)) > LARGEST:
                raise ValueError(text)
            return number
    except (KeyError, ValueError) as error:
        kind = {BOOL: "true o false", DATE: "una fecha (2022-12-31)", INT: "un número entero"}[column.type]
        raise BadQueryError(f"«{column.es}» es {kind}; se pidió «{text[:40]}».") from error
    return text


def spanish(table: Table, row: Row) -> dict[str, Any]:
    """A row under the Spanish names of its table, as JSON takes it."""
    columns = {name: table.by_name[name] for name in row if name in table.by_name}
    return {column.es: plain(spanish_value(column, row[name])) for name, column in columns.items()}


def plain(value: Any) -> Any:
    """A value as JSON takes it. Money is a text with its two decimals: a number of JSON is a binary fraction to many readers."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | datetime) else value


def json_text(content: Mapping[str, Any]) -> str:
    """JSON for people and programs, letters as they are."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)


def csv_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """CSV as the release writes it: the mark by which Excel knows UTF-8, nothing where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else plain(value)
