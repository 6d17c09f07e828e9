"""`core` is normalized in parts, beside one another: the budgets of one government together, everything else apart.

A part whose inputs are those it was made from is not made again (`pipelines.work.parts`). It is small enough that a few of them fit in
memory at once, whatever the size of the whole. What normalizing is belongs to `transforms.core.normalize`; which documents can prove
one another, to `transforms.core.proof.twins`: they are of one government.
"""

import gc
import multiprocessing
import os
import zlib
from collections.abc import Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from pebble import ProcessExpired, ProcessPool

from pipelines.work.parts import StageParts, files_text, key_of, program, rows_text
from transforms.core.normalize import normalize
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.store.parquet import Store

# So many numeric words take about a second and less than half a gigabyte; so does the start of a process.
WORDS = 125_000
# A part is made anew when one of its documents changes, and each is read back when any does: a second for either.
_PART_DOCUMENTS, _PART_WORDS, _MOST_PARTS = 8, 15_000, 256
_READ = tuple(table for table in RAW if table.name != "raw.document")

Frames = dict[str, pd.DataFrame]


class _Part(NamedTuple):
    """The documents of a part with their corrections, as `normalize` takes both, and the key of what it is made from."""

    key: str
    documents: pd.DataFrame
    corrections: pd.DataFrame


def normalized(store: Store, documents: pd.DataFrame, words: pd.Series, corrections: pd.DataFrame) -> Frames:
    """What `normalize` makes of all stored documents, in the order of their ids, and `failure`: `document_id` and
    `message` of those it cannot take, which are in no other frame.

    `documents` and `corrections` as `normalize` takes them; `words` how many numeric words each document has, by its id.
    Raises WarehouseError when a process dies.
    """
    kept = StageParts(store.root / "parts" / "core", "core")
    parts = _described(store, documents, words, corrections)
    failures = _make(store, kept, [part for part in parts if not kept.has(part.key)], words)
    keys = [part.key for part in parts]
    frames = {name: _in_order(kept.read(keys, name)) for name in kept.names(keys[0])}
    failing = set(failures["document_id"])
    # What failed is tried again each time: it may have been the machine.
    kept.keep_only([part.key for part in parts if not failing & set(part.documents["document_id"])])
    return frames | {"failure": failures}


def split(documents: pd.DataFrame, words: pd.Series) -> list[list[str]]:
    """The documents in parts, those of a government together; of no documents, one empty part.

    Which part a document is in depends on its government and on how many parts there are, which doubles as the corpus does: a
    document that comes or goes changes its own part alone.
    """
    ids = documents["document_id"]
    least = max(len(ids) / _PART_DOCUMENTS, words.reindex(ids).fillna(0).sum() / _PART_WORDS)
    parts = min(_MOST_PARTS, 1 << max(0, int(np.ceil(np.log2(max(1.0, least))))))
    owners = documents["government_id"].where(documents["government_id"].notna(), ids)
    numbers = [zlib.crc32(str(owner).encode()) % parts for owner in owners]
    return [sorted(part) for _, part in ids.groupby(numbers)] or [[]]


def attempt(raw: Frames, documents: pd.DataFrame, corrections: pd.DataFrame | None = None) -> Frames | Exception:
    """What `normalize` makes of these documents, or what it fails with. Raises only MemoryError: no document's fault."""
    try:
        return normalize(raw, documents, corrections)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect that one document meets must not stop the others
        return error


def failure(document_id: str, error: Exception) -> str:
    """What to tell of a document that `normalize` fails on."""
    return (
        f"{document_id}: it could be read, but its lines and amounts could not be made: {type(error).__name__}: {error}. "
        "Please report the document."
    )


def _normalized(root: Path, documents: pd.DataFrame, corrections: pd.DataFrame) -> Frames:
    """The frames of these documents, and of those that must be left out for it their `failure`."""
    ids = documents["document_id"].tolist()
    store = Store(root)
    raw = {table.name.split(".")[1]: store.read(table.name, ids, missing_ok=True) for table in _READ}
    frames = attempt(raw, documents, corrections)
    failures: dict[str, str] = {}
    while isinstance(frames, Exception):
        document_id, error = _first_failing(raw, documents, corrections, frames)
        failures[document_id] = failure(document_id, error)
        documents = documents[documents["document_id"] != document_id]
        raw = _of(documents, raw)
        frames = attempt(raw, documents, corrections)
    return frames | {"failure": _failures(failures)}


def _failures(messages: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(messages.items(), columns=["document_id", "message"], dtype="str")


def _first_failing(
    raw: Frames, documents: pd.DataFrame, corrections: pd.DataFrame, error: Exception
) -> tuple[str, Exception]:
    """The document with which normalizing fails while it does not with those before it, and how it fails.

    All of them together fail with `error`, which is raised where there is none to leave out.
    """
    if documents.empty:
        raise error
    passing, failing = 0, len(documents)
    while failing - passing > 1:
        middle = (passing + failing) // 2
        first = documents.head(middle)
        tried = attempt(_of(first, raw), first, corrections)
        if isinstance(tried, Exception):
            failing, error = middle, tried
        else:
            passing = middle
    return str(documents["document_id"].iloc[failing - 1]), error


def _of(documents: pd.DataFrame, raw: Frames) -> Frames:
    """The raw frames of these documents only."""
    ids = documents["document_id"]
    return {name: frame[frame["document_id"].isin(ids)].reset_index(drop=True) for name, frame in raw.items()}


def _described(store: Store, documents: pd.DataFrame, words: pd.Series, corrections: pd.DataFrame) -> list[_Part]:
    """The parts, with the keys of all that they are made from."""
    parts = split(documents, words)
    by_program = program()
    # What is declared for a document that is not there belongs to none of the parts, and is reported with the first.
    nowhere = ~corrections["document_id"].isin(documents["document_id"])
    described = []
    for number, ids in enumerate(parts):
        of_part = documents[documents["document_id"].isin(ids)].sort_values("document_id", ignore_index=True)
        corrected = corrections[corrections["document_id"].isin(ids) | (nowhere & (number == 0))]
        read = files_text([store.file(table, one) for one in of_part["document_id"] for table in _READ])
        key = key_of(by_program, rows_text(of_part), rows_text(corrected), read)
        described.append(_Part(key, of_part, corrected))
    return described


def _make(store: Store, kept: StageParts, parts: Sequence[_Part], words: pd.Series) -> pd.DataFrame:
    """Makes these parts, some at a time and on all cores; returns the failures."""
    if not parts:
        return _failures({})
    tasks = _together(parts, words)
    if len(tasks) == 1:
        return _made(store.root, kept, tasks[0])
    # Spawned, not forked: this may be a process with threads.
    context = multiprocessing.get_context("spawn")
    workers = min(len(tasks), os.cpu_count() or 1)
    # What a part leaves behind is free without the collector, which walks over all that was read, again and again.
    pool = ProcessPool(workers, context=context, initializer=gc.disable)
    futures = [pool.schedule(_made, task) for task in zip(repeat(store.root), repeat(kept), tasks, strict=False)]
    try:
        return pd.concat([future.result() for future in futures], ignore_index=True)
    except ProcessExpired as error:
        raise WarehouseError(
            f"A process that normalizes documents died (exit {error.exitcode}), most likely for want of memory.",
            "Close other programs and run it again.",
        ) from error
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # what another part has begun is of no use any more
        pool.join()


def _together(parts: Sequence[_Part], words: pd.Series) -> list[list[_Part]]:
    """Parts to be normalized at once: each call costs a tenth of a second, whatever it is given."""
    tasks: list[list[_Part]] = []
    size = 0
    for part in parts:
        more = int(words.reindex(part.documents["document_id"]).fillna(0).sum())
        if not tasks or size + more > WORDS:
            tasks.append([])
            size = 0
        tasks[-1].append(part)
        size += more
    return tasks


def _made(root: Path, kept: StageParts, parts: Sequence[_Part]) -> pd.DataFrame:
    """Normalizes these parts at once, and keeps each; returns the failures."""
    documents = pd.concat([part.documents for part in parts]).sort_values("document_id", ignore_index=True)
    frames = _normalized(root, documents, pd.concat([part.corrections for part in parts], ignore_index=True))
    failures = frames.pop("failure")
    for part in parts:
        ids = pd.concat([part.documents["document_id"], part.corrections["document_id"]])
        kept.write(part.key, {name: frame[frame["document_id"].isin(ids)] for name, frame in frames.items()})
    return failures


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """By document; within a document the order is that of `normalize`."""
    places, _ = pd.factorize(frame["document_id"], sort=True)
    return (
        frame if (np.diff(places) >= 0).all() else frame.take(np.argsort(places, kind="stable")).reset_index(drop=True)
    )
