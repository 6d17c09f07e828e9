"""`core` is normalized in parts, beside one another: the budgets of one government together, everything else apart.

A part whose inputs are those it was made from is not made again (`pipelines.work.parts`). It is small enough that a few of them fit in
memory at once, whatever the size of the whole. What normalizing is belongs to `transforms.core.normalize`; which documents can prove
one another, to `transforms.core.proof.twins`: they are of one government.
"""

import gc
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from pipelines.apart.process import Done, EndedError, Tell, Work, do_apart
from pipelines.apart.reader import REPORT, SPLIT
from pipelines.apart.walls import ProcessLimits
from pipelines.home import Home
from pipelines.work.dask_workers import on_workers
from pipelines.work.parts import StageParts, files_text, key_of, number_parts, program, rows_text
from pipelines.work.reading import files_of
from sources.errors import Words, pair
from transforms.core.normalize import normalize
from warehouse.errors import WarehouseError
from warehouse.schema import CORE, RAW, TABLES
from warehouse.schema.vocabulary import Term
from warehouse.store.bundles import pack, unpack
from warehouse.store.files import AT_ONCE
from warehouse.store.parquet import Store
from warehouse.store.pieces import pack_pieces, put_together

# So many numeric words take about a second and less than half a gigabyte; so does the start of a process.
WORDS = 125_000
_FEWEST_WORDS = 10_000  # for which a process of their own is worth it
# Far more than the largest budgets take: what needs more is made to be large.
SECONDS, WORDS_A_SECOND = 300, 250
MEMORY, BYTES_A_WORD = 2 * 2**30, 2**15
FAILURE = ["document_id", "outcome", "message", "mensaje"]
# A part is made anew when one of its documents changes, and each is read back when any does: a second for either.
_PART_DOCUMENTS, _PART_WORDS = 8, 15_000
_READ = tuple(table for table in RAW if table.name != "raw.document")

Frames = dict[str, pd.DataFrame]


class _Part(NamedTuple):
    """The documents of a part with their corrections, as `normalize` takes both, and the key of what it is made from."""

    key: str
    documents: pd.DataFrame
    corrections: pd.DataFrame


class Normalized(NamedTuple):
    """The parts of `core` with the documents of each, and the documents that are in none, with FAILURE as columns."""

    kept: StageParts
    documents: Mapping[str, Sequence[str]]
    failures: pd.DataFrame

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Each table that was made, whole, by the part of its name after the stage; its rows in the order of the ids of documents."""
        pieces = [self.kept.pieces(key) for key in self.documents]
        for table in CORE:
            if pieces[0].has(table):
                yield (
                    table.name.removeprefix("core."),
                    put_together(table, [one.read(table) for one in pieces], ORDER),
                )


ORDER = ("document_id",)  # within a document the order is that of `normalize`
Make = Callable[[Store, StageParts, Sequence[_Part], pd.Series], pd.DataFrame]


def make_here(store: Store, kept: StageParts, parts: Sequence[_Part], words: pd.Series) -> pd.DataFrame:
    """Makes these parts, some at a time and on all cores; returns the failures."""
    if not parts:
        return _failures([])
    tasks = _together(parts, words)
    done = do_apart([_work(store.root, kept, task, words) for task in tasks])
    failures = [_told(store.root, kept, task, words, one) for task, one in zip(tasks, done, strict=True)]
    return pd.concat(failures, ignore_index=True)


def normalized(
    store: Store, documents: pd.DataFrame, words: pd.Series, corrections: pd.DataFrame, make: Make = make_here
) -> Normalized:
    """What `normalize` makes of all stored documents but those it cannot take, or not within the limits.

    `documents` and `corrections` as `normalize` takes them; `words` how many numeric words each document has, by its id.
    `make` is how parts are made: `make_here`, or `make_elsewhere`. Raises WarehouseError where no document alone, but
    some together, end their process.
    """
    kept = core_parts(store)
    parts = _described(store, documents, words, corrections)
    failures = make(store, kept, [part for part in parts if not kept.has(part.key)], words)
    failing = set(failures["document_id"])
    of_keys = {}
    for part in parts:
        ids = [document_id for document_id in part.documents["document_id"] if document_id not in failing]
        key = part.key
        if len(ids) < len(part.documents):
            # Of what failed the reading is taken back: the part without it will have another key.
            key = key_of(key, *ids)
            kept.write(key, kept.packed(part.key))
        of_keys[key] = ids
    kept.keep_only(of_keys)
    return Normalized(kept, of_keys, failures)


def with_proofs(made: Normalized, before: Frames, core: Frames) -> dict[str, list[str]]:
    """The parts with what ledgers proved: those of which `core` says something else than what was normalized (`before`) under keys of
    their own, and the others as they are.
    """
    amounts, proven = before["amount"], core["amount"]
    changed = (amounts.astype(object).ne(proven.astype(object)) & (amounts.notna() | proven.notna())).any(axis=1)
    attempts = core["reconciliation"]["document_id"].iloc[len(before["reconciliation"]) :]
    touched = set(amounts.loc[changed, "document_id"]) | set(attempts)
    parts: dict[str, list[str]] = {}
    for key, ids in made.documents.items():
        if not touched.intersection(ids):
            parts[key] = list(ids)
            continue
        of_part = [
            (TABLES[f"core.{name}"], frame[frame["document_id"].isin(ids)])
            for name, frame in core.items()
            if name in ("line", "amount", "table", "reconciliation")
        ]
        packed = pack_pieces(of_part)
        proven_key = key_of(key, hashlib.sha256(packed).hexdigest())
        made.kept.write(proven_key, packed)
        parts[proven_key] = list(ids)
    return parts


def split(documents: pd.DataFrame, words: pd.Series) -> list[list[str]]:
    """The documents in parts, those of a government together; of no documents, one empty part."""
    ids = documents["document_id"]
    owners = documents["government_id"].where(documents["government_id"].notna(), ids)
    wanted = max(len(ids) / _PART_DOCUMENTS, words.reindex(ids).fillna(0).sum() / _PART_WORDS)
    numbers = number_parts(owners, wanted)
    return [sorted(part) for _, part in ids.groupby(numbers)] or [[]]


def attempt(raw: Frames, documents: pd.DataFrame, corrections: pd.DataFrame | None = None) -> Frames | Exception:
    """What `normalize` makes of these documents, or what it fails with. Raises only MemoryError: no document's fault."""
    try:
        return normalize(raw, documents, corrections)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect that one document meets must not stop the others
        return error


def failure(document_id: str, error: Exception) -> Term:
    """What to tell of a document that `normalize` fails on."""
    return _not_made(document_id, f"{type(error).__name__}: {error}", REPORT)


def _end(document_id: str, ended: EndedError) -> tuple[str, Term]:
    """The outcome of a document that ends the process that normalizes it, and what to tell of it."""
    if ended.reason == "died":
        why = Term(f"the process ended ({ended.found.en})", f"el proceso terminó ({ended.found.es})")
        return "failed", _not_made(document_id, why, REPORT)
    if ended.reason == "killed":
        why = Term(f"the process was ended ({ended.found.en})", f"alguien terminó el proceso ({ended.found.es})")
        return "unfinished", _not_made(document_id, why, Term("Run again.", "Vuelva a ejecutar."))
    return "too_large", _not_made(document_id, ended.found, SPLIT)


def _not_made(document_id: str, words: Words, advice: Term) -> Term:
    why = pair(words)
    return Term(
        f"{document_id}: it could be read, but its lines and amounts could not be made: {why.en}. {advice.en}",
        f"{document_id}: se pudo leer, pero no se pudieron hacer sus líneas e importes: {why.es}. {advice.es}",
    )


def _normalized(root: Path, documents: pd.DataFrame, corrections: pd.DataFrame) -> Frames:
    """The frames of these documents, and of those that must be left out for it their `failure`."""
    ids = documents["document_id"].tolist()
    store = Store(root)
    raw = {table.name.split(".")[1]: store.read(table.name, ids, missing_ok=True) for table in _READ}
    frames = attempt(raw, documents, corrections)
    failures: dict[str, Term] = {}
    while isinstance(frames, Exception):
        document_id, error = _first_failing(raw, documents, corrections, frames)
        failures[document_id] = failure(document_id, error)
        documents = documents[documents["document_id"] != document_id]
        raw = _of(documents, raw)
        frames = attempt(raw, documents, corrections)
    return frames | {"failure": _failures([(name, "failed", *sentence) for name, sentence in failures.items()])}


def _failures(of_documents: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame(of_documents, columns=FAILURE, dtype="str")


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


def make_elsewhere(
    home: Home, workers: str, store: Store, kept: StageParts, parts: Sequence[_Part], words: pd.Series
) -> pd.DataFrame:
    """`make_here` on other machines, to which the bucket carries what was read."""
    failures = [_failures([])]
    tasks = (_ask(home, store, task, words) for task in _together(parts, words))
    for failed, made in on_workers(workers, make_there, tasks):
        for key, packed in made.items():
            kept.write(key, packed)
        failures.append(failed)
    return pd.concat(failures, ignore_index=True)


class _Elsewhere(NamedTuple):
    """What a worker is asked: the parts to make, the words of their documents, and the bundles of what was read of them."""

    parts: Sequence[_Part]
    words: pd.Series
    bundles: Sequence[str]


def _ask(home: Home, store: Store, parts: Sequence[_Part], words: pd.Series) -> _Elsewhere:
    ids = [document_id for part in parts for document_id in part.documents["document_id"]]
    with ThreadPoolExecutor(AT_ONCE) as beside:
        bundles = list(beside.map(lambda one: home.bundles.put(pack(store.root, files_of(store, one))), ids))
    return _Elsewhere(parts, words[words.index.isin(ids)], bundles)


def make_there(home: Home, asked: _Elsewhere) -> tuple[pd.DataFrame, dict[str, bytes]]:
    """On a worker: the failures of the parts, and each part that was made, packed, by its key."""
    for name in asked.bundles:
        unpack(home.store.root, home.bundles.get(name))
    kept = core_parts(home.store)
    failures = make_here(home.store, kept, asked.parts, asked.words)
    return failures, {part.key: kept.packed(part.key) for part in asked.parts}


def core_parts(store: Store) -> StageParts:
    """Where the parts of `core` are kept."""
    return StageParts(store.root / "parts" / "core")


def _work(root: Path, kept: StageParts | None, parts: Sequence[_Part], words: pd.Series) -> Work:
    """The work of these parts. No stranger's bytes are parsed any more, so it is limited and not shut in."""
    count = int(sum(words.reindex(part.documents["document_id"]).fillna(0).sum() for part in parts))
    limits = ProcessLimits(SECONDS + count // WORDS_A_SECOND, MEMORY + count * BYTES_A_WORD, 2**28)
    return Work(_apart, (root, kept, parts), limits)


def _apart(root: Path, kept: StageParts | None, parts: Sequence[_Part], _: Tell) -> Iterator[bytes]:
    """In the process: the parts are made, and their failures told; without `kept` they are only tried."""
    gc.disable()  # it would walk over all that was read, again and again, and what is left is free when the process ends
    yield json.dumps(_made(root, kept, parts).values.tolist()).encode()


def _told(root: Path, kept: StageParts, parts: Sequence[_Part], words: pd.Series, done: Done) -> pd.DataFrame:
    """The failures of these parts; with the documents that end their process alone, without which they are made again."""
    refused: list[tuple[str, str, str, str]] = []
    while done.error is not None:
        if done.error.reason == "failed":  # not of a document: the process itself names those
            raise WarehouseError(f"{done.error.found.en}.")
        ending = _first_ending(root, parts, words)
        if ending is None:
            raise WarehouseError(
                f"{parts[0].documents['document_id'].iloc[0]} and others cannot be normalized together: {done.error.found.en}.",
                "Close other programs and run it again.",
            )
        outcome, sentence = _end(ending, done.error)
        refused.append((ending, outcome, *sentence))
        parts = [_only(part, part.documents["document_id"] != ending) for part in parts]
        [done] = do_apart([_work(root, kept, parts, words)])
    return _failures([*refused, *json.loads(done.answer[0])])


def _first_ending(root: Path, parts: Sequence[_Part], words: pd.Series) -> str | None:
    """The first document that ends its process alone, sought by halves; None where only some together do."""
    ids = [document_id for part in parts for document_id in part.documents["document_id"]]
    while len(ids) > 1:
        for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
            [done] = do_apart(
                [_work(root, None, [_only(part, part.documents["document_id"].isin(half)) for part in parts], words)]
            )
            if done.error is not None:
                ids = half
                break
        else:
            return None
    return str(ids[0]) if ids else None


def _only(part: _Part, of_documents: pd.Series) -> _Part:
    documents = part.documents[of_documents]
    return part._replace(
        documents=documents,
        corrections=part.corrections[
            ~part.corrections["document_id"].isin(part.documents.loc[~of_documents, "document_id"])
        ],
    )


def _together(parts: Sequence[_Part], words: pd.Series) -> list[list[_Part]]:
    """Parts to be normalized at once: each call costs a tenth of a second, whatever it is given; as many calls as there are cores, or more."""
    sizes = [int(words.reindex(part.documents["document_id"]).fillna(0).sum()) for part in parts]
    share = min(WORDS, max(_FEWEST_WORDS, sum(sizes) / (os.cpu_count() or 1)))
    tasks: list[list[_Part]] = []
    size = 0
    for part, more in zip(parts, sizes, strict=True):
        if not tasks or size + more / 2 > share:
            tasks.append([])
            size = 0
        tasks[-1].append(part)
        size += more
    return tasks


def _made(root: Path, kept: StageParts | None, parts: Sequence[_Part]) -> pd.DataFrame:
    """Normalizes these parts at once, and keeps each where it is said in what; returns the failures."""
    documents = pd.concat([part.documents for part in parts]).sort_values("document_id", ignore_index=True)
    frames = _normalized(root, documents, pd.concat([part.corrections for part in parts], ignore_index=True))
    failures = frames.pop("failure")
    if kept is None:
        return failures
    for part in parts:
        ids = pd.concat([part.documents["document_id"], part.corrections["document_id"]])
        of_part = {TABLES[f"core.{name}"]: frame[frame["document_id"].isin(ids)] for name, frame in frames.items()}
        kept.write(part.key, pack_pieces(of_part.items()))
    return failures
