"""`core` is normalized in parts, beside one another: the documents of one budget together, everything else apart.

A part is small enough that a few of them fit in memory at once, whatever the size of the whole. What normalizing is
belongs to `transforms.core.normalize`; which documents must stay together, to `transforms.core.proof.twins`.
"""

import gc
import multiprocessing
import os
import pickle
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from pebble import ProcessExpired, ProcessPool

from transforms.core.normalize import normalize
from transforms.core.proof import twins
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.store.parquet import Store

# A part of so many numeric words takes about a second and less than half a gigabyte; so does the start of a process.
WORDS = 125_000
_READ = tuple(table for table in RAW if table.name != "raw.document")

Frames = dict[str, pd.DataFrame]


def normalized(store: Store, documents: pd.DataFrame, words: pd.Series, corrections: pd.DataFrame) -> Frames:
    """What `normalize` makes of all stored documents, in the order of their ids, and `failure`: `document_id` and
    `message` of those it cannot take, which are in no other frame.

    `documents` and `corrections` as `normalize` takes them; `words` how many numeric words each document has, by its id.
    Raises WarehouseError when a process dies.
    """
    parts = split(documents, words, WORDS)
    # What is declared for a document that is not there belongs to none of the parts, and is reported with the first.
    first = documents["document_id"].isin(parts[0])
    elsewhere = corrections["document_id"].isin(documents.loc[~first, "document_id"])
    corrected = [corrections[~elsewhere], *(corrections[corrections["document_id"].isin(part)] for part in parts[1:])]
    described = [documents[documents["document_id"].isin(part)] for part in parts]
    if len(parts) == 1:
        return _joined([_normalized(store.root, described[0], corrected[0])])
    # Spawned, not forked: this may be a process with threads.
    context = multiprocessing.get_context("spawn")
    workers = min(len(parts), os.cpu_count() or 1)
    # What a part leaves behind is free without the collector, which walks over all that was read, again and again.
    pool = ProcessPool(workers, context=context, initializer=gc.disable)
    with TemporaryDirectory(prefix=".core-", dir=store.root) as folder:
        files = [Path(folder) / str(number) for number in range(len(parts))]
        tasks = zip(repeat(store.root), described, corrected, files, strict=False)
        futures = [pool.schedule(_written, task) for task in tasks]
        try:
            return _joined([_taken(future.result()) for future in futures])
        except ProcessExpired as error:
            raise WarehouseError(
                f"A process that normalizes documents died (exit {error.exitcode}), most likely for want of memory.",
                "Close other programs and run it again.",
            ) from error
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # what another part has begun is of no use any more
            pool.join()


def split(documents: pd.DataFrame, words: pd.Series, most: int) -> list[list[str]]:
    """The documents in parts of `most` words, more only where one budget has more; of no documents, one empty part."""
    ids = documents["document_id"].sort_values()
    parts: list[list[str]] = [[]]
    size = 0
    for _, budget in ids.groupby(ids.map(twins.budgets(documents)), sort=False):
        budget_words = int(words.reindex(budget).fillna(0).sum())
        if parts[-1] and size + budget_words > most:
            parts.append([])
            size = 0
        parts[-1] += budget.tolist()
        size += budget_words
    return parts


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
    return frames | {"failure": pd.DataFrame(failures.items(), columns=["document_id", "message"], dtype="str")}


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


def _written(root: Path, documents: pd.DataFrame, corrections: pd.DataFrame, file: Path) -> Path:
    """The frames by way of a file: the pipe between two processes makes the whole an eighth slower."""
    with file.open("wb") as out:  # not by way of bytes: that copies every frame once more
        pickle.dump(_normalized(root, documents, corrections), out, pickle.HIGHEST_PROTOCOL)
    return file


def _taken(file: Path) -> Frames:
    with file.open("rb") as written:
        frames: Frames = pickle.load(written)
    file.unlink()
    return frames


def _joined(parts: Sequence[Frames]) -> Frames:
    """The parts as one, documents in order; within a document the order is that of `normalize`."""
    # Each table leaves the parts as it is joined, or all of them would be in memory twice.
    names = list(parts[0])
    return {name: _in_order(pd.concat([part.pop(name) for part in parts], ignore_index=True)) for name in names}


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    ids = frame["document_id"].array
    # `is_monotonic_increasing` makes an object of each text: twenty times the time.
    in_order = bool((ids[1:] >= ids[:-1]).all())
    return frame if in_order else frame.sort_values("document_id", kind="stable", ignore_index=True)
