"""Reading documents into the `raw` tables, many at a time, on all cores.

A document that is refused, hangs or kills its worker costs only itself: its outcome and its message are stored, and
the rest goes on. A document whose bytes, hints and reading code are unchanged is not read again.
"""

import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as ReadingTimeout
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pebble import ProcessExpired, ProcessFuture, ProcessPool

import sources
from expectations.plausible import describe_findings
from pipelines.home import Home
from pipelines.work.fingerprint import fingerprint_reader
from pipelines.work.plausibility import keep_plausible
from sources.declared.entry import DocumentEntry
from sources.errors import SourceError
from sources.raw.reading import Document, Reading
from sources.read import read
from warehouse.schema import RAW
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.vocabulary import READABLE
from warehouse.store.parquet import Store

PART_TABLES = tuple(table.name for table in RAW if table is not RAW_DOCUMENT)
SECONDS_PER_DOCUMENT = 1800
SECONDS_WITH_OCR = 6 * 3600  # a scanned law of 300 pages on one busy core; what was read is kept when it is stopped


@dataclass(frozen=True)
class ReadingOutcome:
    """What became of one document: `fresh` is false where the last reading still stands."""

    document_id: str
    outcome: str
    message: str | None
    fresh: bool
    seconds: float

    @property
    def readable(self) -> bool:
        """Whether there are raw rows of it."""
        return self.outcome in READABLE


@dataclass(frozen=True)
class _Task:
    document_id: str
    path: Path | None
    name: str
    sha256: str
    entry: DocumentEntry
    store_root: Path
    reader: str
    ocr: Path | None


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


def keep(home: Home, entry: DocumentEntry, reading: Reading) -> ReadingOutcome:
    """Stores a reading that was made on the way, so that the document is not read again."""
    return _store(_task(entry, home), reading, 0.0)


def read_documents(entries: Iterable[DocumentEntry], home: Home) -> Iterator[ReadingOutcome]:
    """Reads the documents into the store, as many at once as there are cores; yields outcomes as they come."""
    waiting = []
    for entry in entries:
        task = _task(entry, home)
        last = _last(home.store, task)
        if last is not None:
            yield last
        else:
            waiting.append(task)
    yield from _read_in_pool(waiting)


def is_current(entry: DocumentEntry, home: Home) -> bool:
    """Whether the stored reading of a document still stands, so that it will not be read again."""
    return _last(home.store, _task(entry, home)) is not None


def _task(entry: DocumentEntry, home: Home) -> _Task:
    path = home.archive.path(entry.sha256) if entry.sha256 else None
    name = entry.file_name or entry.document_id
    return _Task(
        entry.document_id, path, name, entry.sha256 or "", entry, home.store.root, fingerprint_reader(entry), home.ocr
    )


def _last(store: Store, task: _Task) -> ReadingOutcome | None:
    """The stored outcome, where the same bytes were read by the same code with the same hints."""
    if not store.has("raw.document", task.document_id):
        return None
    row = store.read("raw.document", task.document_id).iloc[0]
    if row["sha256"] != task.sha256 or row["reader"] != task.reader or row["outcome"] in ("failed", "missing"):
        return None
    readable = row["outcome"] in READABLE
    if readable and not all(store.has(table, task.document_id) for table in PART_TABLES):
        return None
    message = None if pd.isna(row["message"]) else str(row["message"])
    return ReadingOutcome(task.document_id, row["outcome"], message, False, 0.0)


def seconds_for(ocr: Path | None) -> int:
    """How long one document may take."""
    return SECONDS_PER_DOCUMENT if ocr is None else SECONDS_WITH_OCR


def _after_timeout(task: _Task) -> str:
    if task.ocr is None:
        return "Split the document, or report it."
    return "The pages that OCR has read are kept: run again to go on with the others."


def say_progress() -> None:
    """Shows on standard error which page OCR is reading; Dagster keeps it with the log of the step.

    For a process that reads documents: the first call counts.
    """
    log = logging.getLogger(sources.__name__)
    if not log.handlers:
        log.addHandler(_ToStandardError())
        log.setLevel(logging.INFO)


class _ToStandardError(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        print(f"{time.strftime('%H:%M:%S')} {record.getMessage()}", file=sys.stderr, flush=True)


def _read_in_pool(tasks: list[_Task]) -> Iterator[ReadingOutcome]:
    if not tasks:
        return
    workers = min(len(tasks), os.cpu_count() or 1)
    # Workers are spawned, not forked: the caller may be a process with threads. One that grew is replaced after a while.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=workers, max_tasks=100, context=context)
    try:
        futures = [(task, pool.schedule(read_one, [task], timeout=seconds_for(task.ocr))) for task in tasks]
        for task, future in futures:
            yield _result(task, future)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # all is read by now, unless this was interrupted: then the rest must not be waited for
        pool.join()


def _result(task: _Task, future: ProcessFuture[ReadingOutcome]) -> ReadingOutcome:
    try:
        return future.result()
    except ReadingTimeout:
        return _refused(
            task,
            "failed",
            f"{task.name}: reading took longer than {seconds_for(task.ocr)} s and was stopped. {_after_timeout(task)}",
            seconds_for(task.ocr),
        )
    except ProcessExpired as error:
        return _refused(
            task,
            "failed",
            f"{task.name}: the reading process died (exit {error.exitcode}). Please report the document.",
            0.0,
        )


def read_one(task: _Task) -> ReadingOutcome:
    """Reads one document and stores its raw rows. Runs in a worker process; never raises for a bad document."""
    started = time.perf_counter()
    say_progress()
    if task.path is None or not task.path.exists():
        return _refused(
            task,
            "missing",
            f"{task.name}: the archived bytes are missing. Add the document again with `peso add`.",
            0.0,
        )
    try:
        reading = read(Document(task.path, task.document_id, task.name, task.entry.hints, task.ocr))
    except SourceError as error:
        return _refused(task, error.code, error.message(), time.perf_counter() - started)
    except Exception as error:  # noqa: BLE001 - a defect that one document meets must not stop the others
        message = f"{task.name}: the reader failed with {type(error).__name__}: {error}. Please report the document."
        return _refused(task, "failed", message, time.perf_counter() - started)
    return _store(task, reading, time.perf_counter() - started)


def _store(task: _Task, reading: Reading, seconds: float) -> ReadingOutcome:
    reading, lost = keep_plausible(reading)
    if len(lost):
        return _refused(task, "implausible", _implausible(task.name, lost).message(), seconds)
    store = Store(task.store_root)
    for name, frame in raw_frames(reading).items():
        store.write(f"raw.{name}", frame, task.document_id)
    bad = reading.pages[reading.pages["kind"].isin(["image", "garbled", "failed"])]
    outcome = "declared_empty" if reading.declared_empty else "partial" if len(bad) else "read"
    messages = [
        *reading.warnings,
        *(f"p. {page}: {text}" for page, text in zip(bad["page"], bad["message"].fillna(bad["kind"]), strict=True)),
    ]
    message = _first(messages)
    _write_outcome(store, task, outcome, message, reading)
    return ReadingOutcome(task.document_id, outcome, message, True, seconds)


def _implausible(name: str, lost: pd.DataFrame) -> SourceError:
    """A table that was not recognised must not pass for running text: the document fails, and says where."""
    page = lost["page"].iloc[0]
    return SourceError(
        "implausible",
        name,
        "every column of money in a table",
        describe_findings(lost),
        "Look at it with `peso read FILE --page N --picture out.png`. If it is no table, name the pages or sheets that have "
        "tables in the document's hints; if it is one, please report the document.",
        None if page is None else str(page),
    )


def _first(messages: list[str], most: int = 5) -> str | None:
    """The first few messages and how many more there are: a scan of 200 pages need not say it 200 times."""
    if not messages:
        return None
    rest = f" (+{len(messages) - most})" if len(messages) > most else ""
    return "; ".join(messages[:most]) + rest


def _refused(task: _Task, outcome: str, message: str, seconds: float) -> ReadingOutcome:
    store = Store(task.store_root)
    for table in PART_TABLES:  # rows of older bytes must not outlive the refusal of the newer ones
        store.remove(table, task.document_id)
    _write_outcome(store, task, outcome, message)
    return ReadingOutcome(task.document_id, outcome, message, True, seconds)


def _write_outcome(
    store: Store, task: _Task, outcome: str, message: str | None, reading: Reading | None = None
) -> None:
    row = {
        "document_id": task.document_id,
        "sha256": task.sha256,
        "format": reading.format if reading else None,
        "outcome": outcome,
        "message": message,
        "pages": len(reading.pages) if reading else None,
        "reader": task.reader,
    }
    store.write("raw.document", RAW_DOCUMENT.frame([row]), task.document_id)
