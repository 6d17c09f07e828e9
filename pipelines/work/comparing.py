"""`out` is made in parts, by government, from the parts of `core`: what did not change is read back (`pipelines.work.parts`).

A part holds what is said of some governments, and is made from all documents in which one of them stands: those of one government,
and those of many, such as a national statistic, of which only its own lines are looked at. What is said of a government is for
`transforms.by_government`; which governments are in one part, for `pipelines.work.parts`.
"""

import gc
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.apart.process import Tell, Work, do_apart
from pipelines.apart.walls import ProcessLimits
from pipelines.work.normalizing import ORDER, core_parts
from pipelines.work.parts import StageParts, key_of, number_parts, program, row_texts, rows_text
from transforms.by_government import TABLES_BY_GOVERNMENT, ByGovernment
from transforms.compare.declared import Declared
from transforms.compare.prices import inpc
from warehouse.errors import WarehouseError
from warehouse.schema import TABLES, Table
from warehouse.store.bundles import pack_named
from warehouse.store.parquet import Store, as_frame, checked
from warehouse.store.pieces import decoded, pack_piece, put_together, read_piece

Frames = dict[str, pd.DataFrame]
# So many amounts take some ten seconds and 0.7 GB, and a few take half of that time: less is not worth a process.
_AMOUNTS, _FEWEST_AMOUNTS = 160_000, 250_000
_PART_DOCUMENTS, _PART_AMOUNTS = 32, 30_000
_SECONDS, _AMOUNTS_A_SECOND = 300, 250
_MEMORY, _BYTES_AN_AMOUNT = 3 * 2**30, 2**15
_READ = ("line", "amount", "table", "reconciliation")


class _GovernmentPart(NamedTuple):
    """Governments with the documents they stand in, and the key of what the part is made from; about how many of the amounts are
    theirs, and how many there are in the documents.
    """

    key: str
    governments: Sequence[str | None]
    documents: Sequence[str]
    amounts: int
    beside: int


class _Made(NamedTuple):
    """What parts are made from beside the parts of `core`: which of these hold a document, by its id; documents and governments."""

    core: StageParts
    core_keys: Mapping[str, str]
    documents: pd.DataFrame
    governments: pd.DataFrame
    declared: Declared


def tables_by_government(
    store: Store, held: pd.DataFrame, documents: pd.DataFrame, governments: pd.DataFrame, declared: Declared
) -> Iterator[tuple[str, pa.Table]]:
    """Each table of TABLES_BY_GOVERNMENT, whole.

    `held` says which government has how many lines in which document (null where it is unknown); `documents` and `governments` are
    `core.document` and `core.government`. Raises WarehouseError where a part cannot be made within its limits.
    """
    core, kept = core_parts(store), StageParts(store.root / "parts" / "out")
    core_keys = {document_id: key for key, ids in core.standing().items() for document_id in ids}
    made_from = _Made(core, core_keys, documents, governments, declared)
    parts = _described(made_from, held)
    missing = [part for part in parts if not kept.has(part.key)]
    if sum(part.amounts for part in missing) > _FEWEST_AMOUNTS:
        _make_apart(kept, made_from, missing)
        missing = []
    standing = [kept.pieces(part.key) for part in parts if kept.has(part.key)]
    packed: dict[str, list[tuple[str, bytes]]] = {part.key: [] for part in missing}
    new = _made(made_from, missing) if missing else {}
    for name, (table, order) in TABLES_BY_GOVERNMENT.items():
        for part, rows in _parted(table, new[name], missing) if missing else ():
            packed[part.key].append((table.name, pack_piece(table, rows)))
        fresh = [read_piece(table, pa.py_buffer(files[-1][1])) for files in packed.values()]
        yield name, put_together(table, [*(one.read(table) for one in standing), *fresh], order)
    for key, files in packed.items():
        kept.write(key, pack_named(files))
    kept.keep_only([part.key for part in parts])


def _described(made_from: _Made, held: pd.DataFrame) -> list[_GovernmentPart]:
    """The parts, with the keys of all that they are made from."""
    documents = made_from.documents
    amounts = documents.set_index("document_id")["amounts"].fillna(0)
    each = (amounts / held.groupby("document_id")["lines"].sum()).reindex(held["document_id"]).fillna(0).to_numpy()
    owners = held["government_id"].astype(object).where(held["government_id"].notna(), None)
    numbers = number_parts(owners.fillna(""), max(len(documents) / _PART_DOCUMENTS, amounts.sum() / _PART_AMOUNTS))
    same, texts = _program_of(made_from), row_texts(documents)
    parts = []
    for _, of_part in held.assign(government_id=owners, amounts=held["lines"] * each).groupby(numbers):
        mine = sorted(of_part["government_id"].unique(), key=lambda one: (one is None, one))
        ids = sorted(of_part["document_id"].unique())
        described = "\n".join(texts[place] for place in np.flatnonzero(_with_copies(documents, ids)))
        named = rows_text(made_from.governments[made_from.governments["government_id"].isin(mine)])
        key = key_of(same, repr(mine), described, named, *(f"{one} {made_from.core_keys[one]}" for one in ids))
        whole = int(amounts.reindex(ids).sum())
        parts.append(_GovernmentPart(key, mine, ids, int(of_part["amounts"].sum()), whole))
    return parts


def _program_of(made_from: _Made) -> str:
    return key_of(program(), repr(made_from.declared.baskets), repr(made_from.declared.comparisons))


def _with_copies(documents: pd.DataFrame, ids: Collection[str]) -> pd.Series:
    """Which documents are these, or have their bytes: one of them speaks for all."""
    mine = documents["document_id"].isin(ids)
    return mine | documents["sha256"].isin(documents.loc[mine, "sha256"].dropna())


def _made(made_from: _Made, parts: Sequence[_GovernmentPart]) -> ByGovernment:
    ids = sorted({document_id for part in parts for document_id in part.documents})
    core = _core_of(made_from, ids)
    documents = made_from.documents
    core["document"] = documents[_with_copies(documents, ids)].reset_index(drop=True)
    core["government"] = made_from.governments
    return ByGovernment(core, made_from.declared, inpc(), {one for part in parts for one in part.governments})


def _core_of(made_from: _Made, ids: Sequence[str]) -> Frames:
    """The rows of these documents, as they would be taken from the whole tables."""
    pieces = [made_from.core.pieces(key) for key in sorted({made_from.core_keys[one] for one in ids})]
    frames = {}
    for name in _READ:
        table = TABLES[f"core.{name}"]
        rows = put_together(table, [one.read(table) for one in pieces], ORDER)
        wanted = pc.is_in(rows["document_id"].cast(pa.string()), pa.array(ids, pa.string()))
        frames[name] = as_frame(decoded(table, rows.filter(wanted)))
    return frames


def _parted(
    table: Table, frame: pd.DataFrame, parts: Sequence[_GovernmentPart]
) -> Iterator[tuple[_GovernmentPart, pa.Table]]:
    """The rows of each part."""
    number_of = {government: number for number, part in enumerate(parts) for government in part.governments}
    codes, distinct = pd.factorize(frame["government_id"])
    numbers = np.array([*(number_of[one] for one in distinct), number_of.get(None, -1)])[codes]
    rows = checked(table, frame)
    for number, part in enumerate(parts):
        yield part, rows.filter(pa.array(numbers == number))


def _make_apart(kept: StageParts, made_from: _Made, parts: Sequence[_GovernmentPart]) -> None:
    """Makes these parts, some at a time and on all cores."""
    works = [_work(kept, made_from, task) for task in _together(parts)]
    for done in do_apart(works):
        if done.error is not None:
            raise WarehouseError(
                f"What is said of some governments could not be made: {done.error.found.en}.",
                "Close other programs, for their memory, and run it again.",
            )


def _together(parts: Sequence[_GovernmentPart]) -> list[list[_GovernmentPart]]:
    """Parts to be made at once: each call takes seconds, whatever it is given, and reads the documents of many governments."""
    of_others = max(part.beside - part.amounts for part in parts)
    whole = sum(part.amounts for part in parts)
    share = whole / max(os.cpu_count() or 1, round(whole / max(_AMOUNTS, of_others)))
    tasks: list[list[_GovernmentPart]] = []
    size = 0
    for part in parts:
        if not tasks or size + part.amounts / 2 > share:
            tasks.append([])
            size = 0
        tasks[-1].append(part)
        size += part.amounts
    return tasks


def _work(kept: StageParts, made_from: _Made, parts: Sequence[_GovernmentPart]) -> Work:
    """The work of these parts, which is limited; no stranger's bytes are parsed any more."""
    ids = {document_id for part in parts for document_id in part.documents}
    governments = made_from.governments
    given = made_from._replace(
        core_keys={document_id: made_from.core_keys[document_id] for document_id in ids},
        documents=made_from.documents[_with_copies(made_from.documents, ids)],
        governments=governments,
    )
    amounts = int(given.documents["amounts"].sum())
    limits = ProcessLimits(_SECONDS + amounts // _AMOUNTS_A_SECOND, _MEMORY + amounts * _BYTES_AN_AMOUNT, 2**20)
    return Work(_apart, (kept.root, given, parts), limits)


def _apart(root: Path, made_from: _Made, parts: Sequence[_GovernmentPart], _: Tell) -> Iterator[bytes]:
    """In the process: the parts are made and kept."""
    gc.disable()
    made = _made(made_from, parts)
    packed: dict[str, list[tuple[str, bytes]]] = {part.key: [] for part in parts}
    for name, (table, _order) in TABLES_BY_GOVERNMENT.items():
        for part, rows in _parted(table, made[name], parts):
            packed[part.key].append((table.name, pack_piece(table, rows)))
    for key, files in packed.items():
        StageParts(root).write(key, pack_named(files))
    yield b""
