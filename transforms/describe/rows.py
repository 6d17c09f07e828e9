"""What the columns of a long table say of its rows: which governments, years and periods, who published it.

Statistics and transparency formats name these in columns instead of titles. Used for describing a document only.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from transforms.words.dates import parse_day
from transforms.words.labels import names_government
from transforms.words.states import government_key
from warehouse.schema.text import fold, words

_GOVERNMENT_COLUMNS = frozenset(
    {"estado", "entidad", "entidad federativa", "id entidad", "cve ent", "clave entidad", "nom ent"}
)
_PUBLISHER_COLUMNS = frozenset({"sujeto obligado", "ente publico", "nombre del sujeto obligado"})
_YEAR_COLUMNS = frozenset({"ano", "anio", "ejercicio", "ejercicio fiscal", "ciclo"})
_STATUS = {"definitiva": "final", "definitivo": "final", "preliminar": "preliminary"}


_MOST_ROWS = 0.8


@dataclass(frozen=True)
class RowFacts:
    """What the columns say of every row; `publisher`, `status` and `product` only where all rows agree."""

    headers: frozenset[str]
    governments: frozenset[str]
    publisher: str | None
    years: frozenset[int]
    status: str | None
    product: str | None
    first_day: date | None
    last_day: date | None

    @classmethod
    def of(cls, raw: Mapping[str, pd.DataFrame]) -> "RowFacts":
        """Of the frames of one reading: row, column and number, any of which may be absent."""
        values = _values_by_header(raw)
        years = {
            int(v[:4]) for h in values if _says_year(h) for v in values[h] if re.match(r"(19[89]|20[0-4])\d(\.0)?$", v)
        }
        governments = {
            key
            for h in values
            if h in _GOVERNMENT_COLUMNS
            for v in values[h]
            if names_government(h, v) and (key := government_key(v))
        }
        publishers = {v for h in values if h in _PUBLISHER_COLUMNS for v in values[h]}
        statuses = {
            s for h in values if h == "estatus" for v in values[h] for stem, s in _STATUS.items() if stem in fold(v)
        }
        return cls(
            headers=frozenset(values),
            governments=frozenset(governments),
            publisher=_only(publishers),
            years=frozenset(years),
            status=_only(statuses),
            product=_only(values.get("prod est", set())),
            first_day=min(_days(values, "fecha de inicio del periodo"), default=None),
            last_day=max(_days(values, "fecha de termino del periodo"), default=None),
        )


def _days(values: Mapping[str, set[str]], start: str) -> set[date]:
    """The days under the headers that begin so."""
    return {day for h in values if h.startswith(start) for v in values[h] if (day := parse_day(v))}


def _says_year(header: str) -> bool:
    return header in _YEAR_COLUMNS or header.startswith("ejercicio anterior")


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def _values_by_header(raw: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Distinct cells of the first table's label columns, and of its numeric ones that name a year or a government.

    Only the headers are kept of other tables, which list details of the first, and of columns that few rows have.
    """
    cells: dict[str, list[str]] = {}
    rows, columns, numbers = raw.get("row"), raw.get("column"), raw.get("number")
    main = None if rows is None or rows.empty else rows[rows["table"] == rows["table"].min()]
    for pairs in () if main is None else main["label_cells"].dropna():
        for header, text in json.loads(pairs):
            cells.setdefault(words(header), []).append(text)
    if columns is not None and len(columns):
        columns = columns.dropna(subset=["header"])
        for header in columns["header"]:
            cells.setdefault(words(header), [])
        named = columns["header"].map(words)
        wanted = columns[named.map(lambda header: _says_year(header) or header in _GOVERNMENT_COLUMNS)]
        if main is not None and numbers is not None and len(wanted):
            joined = numbers[numbers["table"] == main["table"].iloc[0]].merge(
                wanted[["table", "column", "header"]], on=["table", "column"]
            )
            for header, text in zip(joined["header"], joined["source_text"], strict=True):
                cells[words(header)].append(text)
    enough = _MOST_ROWS * (0 if main is None else len(main))
    return {header: set(texts) if len(texts) >= enough else set() for header, texts in cells.items()}
