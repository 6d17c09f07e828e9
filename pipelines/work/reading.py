"""Reading documents into the `raw` tables, many at a time, on all cores.

A document that is refused, hangs or kills its process (`pipelines.apart`) costs only itself: its outcome and its message are
stored, and the rest goes on. A document whose bytes, hints and reading code are unchanged is not read again.
"""

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

import sources
from pipelines.apart.reader import ToRead, read_apart
from pipelines.apart.wire import Answer, ReadRows
from pipelines.home import Home
from pipelines.work.dask_workers import on_workers
from pipelines.work.fingerprint import fingerprint_reader, with_program
from sources.declared.entry import DocumentEntry
from sources.raw.reading import Document
from warehouse.schema import RAW
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.vocabulary import PAGE_KINDS, READABLE, Term
from warehouse.store.bundles import pack, unpack
from warehouse.store.files import AT_ONCE
from warehouse.store.parquet import Store, as_frame

UNSETTLED = ("missing", "unfinished")  # outcomes that do not stand
_GONE = Term(
    "the archived bytes are missing. Add the document again with `peso add`.",
    "faltan los bytes archivados. Agregue otra vez el documento con `peso add`.",
)
FAILED = ("failed", "too_large")  # outcomes of a reader that did not end as it should, or of `core`
PART_TABLES = tuple(table.name for table in RAW if table is not RAW_DOCUMENT)


@dataclass(frozen=True)
class ReadingOutcome:
    """What became of one document: `fresh` is false where the last reading still stands."""

    document_id: str
    outcome: str
    sentence: Term | None
    fresh: bool
    seconds: float

    @property
    def readable(self) -> bool:
        """Whether there are raw rows of it."""
        return self.outcome in READABLE


@dataclass(frozen=True)
class _Task:
    document_id: str
    name: str
    sha256: str
    entry: DocumentEntry
    reader: str


def keep(home: Home, entry: DocumentEntry, answer: Answer) -> ReadingOutcome:
    """Stores what a reader said on the way, so that the document is not read again."""
    return _store(home.store, _task(entry), answer, 0.0)


def read_documents(entries: Iterable[DocumentEntry], home: Home) -> Iterator[ReadingOutcome]:
    """Reads the documents into the store, as many at once as there are cores, or threads of `home.workers`; yields outcomes as
    they come.
    """
    waiting = []
    for entry in entries:
        task = _task(entry)
        last = _last(home.store, task)
        if last is not None:
            yield last
        else:
            waiting.append(task)
    yield from _read_elsewhere(home, home.workers, waiting) if home.workers else _read(home, waiting)


def is_current(entry: DocumentEntry, home: Home) -> bool:
    """Whether the stored reading of a document still stands, so that it will not be read again."""
    return _last(home.store, _task(entry)) is not None


def _task(entry: DocumentEntry) -> _Task:
    name = entry.file_name or entry.document_id
    return _Task(entry.document_id, name, entry.sha256 or "", entry, fingerprint_reader(entry))


def _last(store: Store, task: _Task) -> ReadingOutcome | None:
    """The stored outcome, where the same bytes were read by the same code with the same hints."""
    if not store.has("raw.document", task.document_id):
        return None
    row = store.read("raw.document", task.document_id).iloc[0]
    if row["sha256"] != task.sha256 or row["outcome"] in UNSETTLED or row["reader"] != _reader(task, row["outcome"]):
        return None
    readable = row["outcome"] in READABLE
    if readable and not all(store.has(table, task.document_id) for table in PART_TABLES):
        return None
    sentence = None if pd.isna(row["message"]) else Term(str(row["message"]), str(row["mensaje"]))
    return ReadingOutcome(task.document_id, row["outcome"], sentence, False, 0.0)


def _reader(task: _Task, outcome: str) -> str:
    """What an outcome is of: the code that read; where it failed, the whole program, and each night it would fail again."""
    return with_program(task.reader) if outcome in FAILED else task.reader


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


def files_of(store: Store, document_id: str) -> list[Path]:
    """Where the tables of a document lie or would lie; last the one that says that the others are complete."""
    return [store.file(table, document_id) for table in (*PART_TABLES, RAW_DOCUMENT.name)]


def _read_elsewhere(home: Home, workers: str, tasks: list[_Task]) -> Iterator[ReadingOutcome]:
    for outcome, packed in on_workers(workers, read_there, [task.entry for task in tasks]):
        for path in files_of(home.store, outcome.document_id):  # rows of older bytes must not outlive the newer reading
            path.unlink(missing_ok=True)
        unpack(home.store.root, packed)
        yield outcome


def read_there(home: Home, entry: DocumentEntry) -> tuple[ReadingOutcome, bytes]:
    """On a worker: the document is read as it would be here; what became of it, and its tables as `pack` packs them."""
    [outcome] = _read(home, [_task(entry)])
    packed = pack(home.store.root, files_of(home.store, entry.document_id))
    home.bundles.put(packed)  # whoever normalizes it will ask for it
    return outcome, packed


def _read(home: Home, tasks: list[_Task]) -> Iterator[ReadingOutcome]:
    say_progress()
    there = []
    for task in tasks:
        path = home.archive.local(task.sha256) if task.sha256 else None
        if path is not None and path.exists():
            there.append((task, Document(path, task.document_id, task.name, task.entry.hints, home.ocr)))
        else:
            yield _refused(
                home.store, task, "missing", Term(f"{task.name}: {_GONE.en}", f"{task.name}: {_GONE.es}"), 0.0
            )
    answers = read_apart(ToRead(document) for _, document in there)
    for (task, _), (answer, seconds) in zip(there, answers, strict=True):
        yield _store(home.store, task, answer, seconds)


def _store(store: Store, task: _Task, answer: Answer, seconds: float) -> ReadingOutcome:
    reading = answer.reading
    if answer.error is not None or reading is None:
        error = answer.error
        return _refused(
            store, task, error.code if error else "failed", error.told() if error else Term("", ""), seconds
        )
    with ThreadPoolExecutor(AT_ONCE) as beside:
        tables = {f"raw.{name}": rows for name, rows in reading.rows.items()}
        list(beside.map(partial(store.write, partition=task.document_id), tables.keys(), tables.values()))
    pages = as_frame(reading.rows["page"])
    bad = pages[pages["kind"].isin(["image", "garbled", "failed"])]
    outcome = "declared_empty" if reading.declared_empty else "partial" if len(bad) else "read"
    sentence = _first([*reading.warnings, *_of_pages(bad)])
    _write_outcome(store, task, outcome, sentence, reading)
    return ReadingOutcome(task.document_id, outcome, sentence, True, seconds)


def _of_pages(bad: pd.DataFrame) -> Iterator[Term]:
    """What cannot be read of each page: in Spanish as the reader says it, in English as the vocabulary names it."""
    for page, kind, message in bad[["page", "kind", "message"]].itertuples(index=False):
        word = PAGE_KINDS[kind]
        yield Term(f"p. {page}: {word.en}.", f"p. {page}: {word.es if pd.isna(message) else message}")


def _first(messages: list[Term], most: int = 5) -> Term | None:
    """The first few messages and how many more there are: a scan of 200 pages need not say it 200 times."""
    if not messages:
        return None
    rest = f" (+{len(messages) - most})" if len(messages) > most else ""
    return Term(*("; ".join(one_language) + rest for one_language in zip(*messages[:most], strict=True)))


def _refused(store: Store, task: _Task, outcome: str, sentence: Term, seconds: float) -> ReadingOutcome:
    for table in PART_TABLES:  # rows of older bytes must not outlive the refusal of the newer ones
        store.remove(table, task.document_id)
    _write_outcome(store, task, outcome, sentence)
    return ReadingOutcome(task.document_id, outcome, sentence, True, seconds)


def _write_outcome(
    store: Store, task: _Task, outcome: str, sentence: Term | None, reading: ReadRows | None = None
) -> None:
    row = {
        "document_id": task.document_id,
        "sha256": task.sha256,
        "format": reading.format if reading else None,
        "outcome": outcome,
        "message": sentence and sentence.en,
        "mensaje": sentence and sentence.es,
        "pages": len(reading.rows["page"]) if reading else None,
        "reader": _reader(task, outcome),
    }
    store.write("raw.document", RAW_DOCUMENT.frame([row]), task.document_id)
