"""`core` is normalized in parts, beside one another: the documents of one budget together, everything else apart.

A part is small enough that a few of them fit in memory at once, whatever the size of the whole. What normalizing is
belongs to `transforms.core.normalize`; which documents must stay together, to `transforms.core.proof.twins`.
"""

import gc
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from pipelines.apart.process import EndedError, Tell, Work, do_apart
from pipelines.apart.shut import ProcessLimits
from transforms.core.normalize import normalize
from transforms.core.proof import twins
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.store.parquet import Store

# A part of so many numeric words takes about a second and less than half a gigabyte; so does the start of a process.
WORDS = 125_000
# Far more than the largest budgets take: what needs more is made to be large.
SECONDS, WORDS_A_SECOND = 300, 250
MEMORY, BYTES_A_WORD = 2 * 2**30, 2**15
FAILURE = ["document_id", "outcome", "message"]
_READ = tuple(table for table in RAW if table.name != "raw.document")

Frames = dict[str, pd.DataFrame]


def normalized(store: Store, documents: pd.DataFrame, words: pd.Series, corrections: pd.DataFrame) -> Frames:
    """What `normalize` makes of all stored documents, in the order of their ids, and `failure`: those it cannot take, or not
    within the limits, which are in no other frame; FAILURE are its columns.

    `documents` and `corrections` as `normalize` takes them; `words` how many numeric words each document has, by its id.
    Raises WarehouseError where no document alone, but some together, end their process.
    """
    parts = split(documents, words, WORDS)
    # What is declared for a document that is not there belongs to none of the parts, and is reported with the first.
    first = documents["document_id"].isin(parts[0])
    elsewhere = corrections["document_id"].isin(documents.loc[~first, "document_id"])
    corrected = [corrections[~elsewhere], *(corrections[corrections["document_id"].isin(part)] for part in parts[1:])]
    described = [documents[documents["document_id"].isin(part)] for part in parts]
    with TemporaryDirectory(prefix=".core-", dir=store.root) as folder:
        files = [Path(folder) / str(number) for number in range(len(parts))]
        works = [_work(store.root, *given, words) for given in zip(described, corrected, files, strict=True)]
        frames = []
        for done, work in zip(do_apart(works), works, strict=True):
            frames.append(
                _taken(work.given[3]) if done.error is None else _without_those_that_end_it(work, words, done.error)
            )
        return _joined(frames)


def _work(root: Path, documents: pd.DataFrame, corrections: pd.DataFrame, file: Path, words: pd.Series) -> Work:
    """The work of one part. It is no stranger's bytes any more, so it is limited and not shut in."""
    count = int(words.reindex(documents["document_id"]).fillna(0).sum())
    limits = ProcessLimits(SECONDS + count // WORDS_A_SECOND, MEMORY + count * BYTES_A_WORD, 2**20)
    return Work(_written, (root, documents, corrections, file), limits)


def _without_those_that_end_it(work: Work, words: pd.Series, ended: EndedError | None) -> Frames:
    """The frames of a part whose process ended, without the documents that end it alone, which are named in `failure`."""
    root, documents, corrections, file = work.given
    left, failures = documents, dict[str, tuple[str, str]]()
    while ended is not None:
        if ended.reason == "failed":  # not of a document: those are named by the process itself
            raise WarehouseError(f"{ended.found}.")
        ending = _first_ending(_work(root, left, corrections, file, words), words)
        if ending is None:
            raise WarehouseError(
                f"The documents of {left['document_id'].iloc[0]} and its budget cannot be normalized together: {ended.found}.",
                "Close other programs and run it again.",
            ) from ended
        failures[ending] = _end(ending, ended)
        left = left[left["document_id"] != ending]
        [done] = do_apart([_work(root, left, corrections, file, words)])
        ended = done.error
    frames = _taken(file)
    refused = pd.DataFrame([(name, *why) for name, why in failures.items()], columns=FAILURE, dtype="str")
    return frames | {"failure": pd.concat([frames["failure"], refused], ignore_index=True)}


def _first_ending(work: Work, words: pd.Series) -> str | None:
    """The first document that ends its process alone, sought by halves; None where only some together do."""
    root, documents, corrections, file = work.given
    if len(documents) == 1:
        return str(documents["document_id"].iloc[0])
    middle = len(documents) // 2
    for half in (documents.head(middle), documents.tail(len(documents) - middle)):
        half_work = _work(root, half, corrections, file, words)
        [done] = do_apart([half_work])
        if done.error is not None:
            return _first_ending(half_work, words)
    return None


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
    return _not_made(document_id, f"{type(error).__name__}: {error}", "Please report the document.")


def _end(document_id: str, ended: EndedError) -> tuple[str, str]:
    """The outcome of a document that ends the process that normalizes it, and what to tell of it."""
    if ended.reason in ("died", "failed"):
        return "failed", _not_made(document_id, f"the process ended ({ended.found})", "Please report the document.")
    advice = "If it is honest, split it, or name the pages or sheets that have tables in its hints."
    return "too_large", _not_made(document_id, ended.found, advice)


def _not_made(document_id: str, why: str, advice: str) -> str:
    return f"{document_id}: it could be read, but its lines and amounts could not be made: {why}. {advice}"


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
    messages = [(document_id, "failed", message) for document_id, message in failures.items()]
    return frames | {"failure": pd.DataFrame(messages, columns=FAILURE, dtype="str")}


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


def _written(root: Path, documents: pd.DataFrame, corrections: pd.DataFrame, file: Path, _: Tell) -> Iterator[bytes]:
    """The frames by way of a file: the pipe between two processes makes the whole an eighth slower."""
    gc.disable()  # it would walk over all that was read, again and again, and what is left is free when the process ends
    with file.open("wb") as out:  # not by way of bytes: that copies every frame once more
        pickle.dump(_normalized(root, documents, corrections), out, pickle.HIGHEST_PROTOCOL)
    yield b"written"


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
