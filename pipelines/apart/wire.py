"""Readings as bytes: how one leaves a process that is shut in. Arrow and JSON, which are checked as they are taken.

Whoever sends may have been taken over by what it read: a name of another document, a column that is not there, an outcome
that nobody knows are refused. What the rows say, nothing here can know.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from sources.errors import SourceError
from sources.raw.reading import Reading
from transforms.describe.draft import Description
from warehouse.errors import WarehouseError
from warehouse.schema import RAW, Table
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.vocabulary import Term
from warehouse.store.parquet import as_frame, checked

_TABLES = {table.name.split(".")[1]: table for table in RAW if table is not RAW_DOCUMENT}


@dataclass(frozen=True)
class ReadRows:
    """A reading as it leaves its process: the rows of each `raw` table, by the part of its name after the stage."""

    format: str
    rows: dict[str, pa.Table]
    warnings: tuple[Term, ...] = ()
    declared_empty: bool = False

    def frames(self) -> dict[str, pd.DataFrame]:
        """The rows as frames."""
        return {name: as_frame(rows) for name, rows in self.rows.items()}

    def of(self, document_id: str) -> "ReadRows":
        """The same rows, of the document under its own id."""
        return replace(self, rows={name: _renamed(rows, document_id) for name, rows in self.rows.items()})


class Answer(NamedTuple):
    """What a reader says of one document: what it read, or the error in its place, or both where it is implausible; and what
    it seems to be, where that was asked.
    """

    reading: ReadRows | None
    error: SourceError | None
    description: Description | None


@dataclass(frozen=True)
class _Head:
    """All of an answer but the rows."""

    format: str | None
    warnings: tuple[Term, ...]
    declared_empty: bool
    error: tuple[str, str, Term, Term, Term, str | None] | None
    description: Description | None


_HEAD = TypeAdapter(_Head)


class ForgedError(Exception):
    """An answer that no reader of ours gives."""


def raw_frames(reading: Reading) -> dict[str, pd.DataFrame]:
    """The tables of a reading, by the part of their name after the stage."""
    return {
        "page": reading.pages,
        "table": reading.tables,
        "column": reading.columns,
        "row": reading.rows,
        "number": reading.numbers,
        "text": reading.texts,
        "record": reading.records,
    }


def packed(reading: Reading | None, error: SourceError | None, description: Description | None) -> Iterator[bytes]:
    """The parts of an answer: its head, and the rows of each table."""
    yield _HEAD.dump_json(
        _Head(
            reading.format if reading else None,
            reading.warnings if reading else (),
            reading is not None and reading.declared_empty,
            (error.code, error.document, error.expected, error.found, error.advice, error.place) if error else None,
            description,
        )
    )
    for name, frame in raw_frames(reading).items() if reading else ():
        rows = checked(_TABLES[name], frame)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        yield memoryview(sink.getvalue()).tobytes()


def unpacked(parts: list[bytes], document_id: str) -> Answer:
    """The answer about this document. Raises ForgedError where it is none."""
    try:
        head = _HEAD.validate_json(parts[0])
        error = SourceError(*head.error) if head.error else None
        if head.format is None and error is not None:
            return Answer(None, error, head.description)
        named = zip(_TABLES.items(), parts[1:], strict=True)
        rows = {name: _rows(table, part, document_id) for (name, table), part in named}
    except (ValidationError, ValueError, IndexError, WarehouseError, pa.ArrowException) as wrong:
        raise ForgedError(f"an answer of another shape ({type(wrong).__name__})") from wrong
    return Answer(ReadRows(head.format or "", rows, head.warnings, head.declared_empty), error, head.description)


def _rows(table: Table, part: bytes, document_id: str) -> pa.Table:
    with pa.ipc.open_stream(part) as stream:
        rows = stream.read_all()
    rows.validate(full=True)
    rows = checked(table, rows)
    if not pc.all(pc.equal(rows["document_id"], document_id)).as_py() and len(rows):
        raise ForgedError("rows of another document")
    return rows


def _renamed(rows: pa.Table, document_id: str) -> pa.Table:
    place = rows.schema.get_field_index("document_id")
    return rows.set_column(
        place, rows.schema.field(place), pa.array([document_id] * len(rows), rows.schema.field(place).type)
    )
