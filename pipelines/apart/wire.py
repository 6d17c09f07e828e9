"""Readings as bytes: how one leaves a process that is shut in. Arrow and JSON, which are checked as they are taken.

Whoever sends may have been taken over by what it read: a name of another document, a column that is not there, an outcome
that nobody knows are refused. What the rows say, nothing here can know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from sources.errors import SourceError
from sources.raw.reading import Reading
from transforms.describe.draft import Description
from warehouse.schema import RAW
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.store.parquet import as_frame, checked

_TABLES = {table.name.split(".")[1]: table for table in RAW if table is not RAW_DOCUMENT}


class Answer(NamedTuple):
    """What a reader says of one document: its reading, or the error in its place, or both where it is implausible; and what
    it seems to be, where that was asked.
    """

    reading: Reading | None
    error: SourceError | None
    description: Description | None


@dataclass(frozen=True)
class _Head:
    """All of an answer but the frames."""

    format: str | None
    warnings: tuple[str, ...]
    declared_empty: bool
    error: tuple[str, str, str, str, str, str | None] | None
    description: Description | None


_HEAD = TypeAdapter(_Head)


class ForgedError(ValueError):
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


def packed(answer: Answer) -> Iterator[bytes]:
    """The parts of an answer: its head, and each frame."""
    reading, error = answer.reading, answer.error
    yield _HEAD.dump_json(
        _Head(
            reading.format if reading else None,
            reading.warnings if reading else (),
            reading is not None and reading.declared_empty,
            (error.code, error.document, error.expected, error.found, error.advice, error.place) if error else None,
            answer.description,
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
        if head.format is None:
            return Answer(None, error, head.description)
        named = dict(zip(_TABLES, parts[1:], strict=True))
        frames = {name: _frame(name, part, document_id) for name, part in named.items()}
    except (ValidationError, ValueError, IndexError, pa.ArrowException) as wrong:
        raise ForgedError(f"an answer of another shape ({type(wrong).__name__})") from wrong
    return Answer(_reading(document_id, head, frames), error, head.description)


def _frame(name: str, part: bytes, document_id: str) -> pd.DataFrame:
    with pa.ipc.open_stream(part) as stream:
        rows = stream.read_all()
    rows.validate(full=True)
    frame = as_frame(rows)
    if not frame["document_id"].eq(document_id).all():
        raise ForgedError("rows of another document")
    return _TABLES[name].frame(frame)


def _reading(document_id: str, head: _Head, frames: Mapping[str, pd.DataFrame]) -> Reading:
    return Reading(
        document_id,
        head.format or "",
        frames["page"],
        frames["table"],
        frames["column"],
        frames["row"],
        frames["number"],
        head.warnings,
        frames["text"],
        frames["record"],
        head.declared_empty,
    )
