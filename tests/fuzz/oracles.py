"""What must hold of a damaged document, whatever it became: memory is bounded, every number is accounted for, and nothing is
verified that the document does not say when it is whole. That nothing gets out is held by the campaign itself.
"""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa
from pydantic import TypeAdapter

from expectations.nothing_lost import PROMISE
from pipelines.apart.process import Done, Tell, Work, do_apart
from pipelines.apart.walls import ProcessLimits
from pipelines.apart.wire import ReadRows
from pipelines.work.normalizing import attempt
from warehouse.schema.core import EXCLUSION
from warehouse.store.parquet import as_frame

_ACCOUNTING = ("number_used_or_excluded", "page_words_accounted", "document_words_accounted")
_LIMITS = ProcessLimits(seconds=300, memory=2**32, answer=2**28)
_NO_STAGE = "-"
_PROGRAM = 2**29  # what a reader takes before it reads


@dataclass
class Said:
    """What one document says: its amounts (stage and centavos), those that are verified, the headers of each table, and what is not
    accounted for.

    `failed` is how its lines and amounts could not be made, which is told by name and is no fault of these oracles.
    """

    amounts: list[tuple[str, int]] = field(default_factory=list)
    verified: list[tuple[str, int]] = field(default_factory=list)
    headers: list[tuple[str, ...]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    failed: str | None = None


_SAID = TypeAdapter(dict[str, Said])


def wrong_memory(memory: int, limits: ProcessLimits, done: Done) -> Iterator[str]:
    """Where the memory of a reader was not bounded, or it was not ended in its time."""
    if memory > limits.memory + _PROGRAM:
        yield f"took {memory // 2**20} MiB"
    if done.seconds > 2 * limits.seconds + 30:
        yield f"took {done.seconds:.0f} s"


def wrong_meaning(found: Said, whole: Said) -> Iterator[str]:
    """What a damaged document is verified to say that the whole one does not, and what is lost of it."""
    yield from found.lost
    said = set(whole.amounts) | {(_NO_STAGE, centavos) for _, centavos in whole.amounts}  # a lost header says less
    # A sum proves figures, not headers: a column whose header became another one says what is printed.
    of_any_stage = not set(found.headers) <= set(whole.headers)
    figures = {centavos for _, centavos in whole.amounts}
    for stage, centavos in found.verified:
        # What lost its centavos is printed in whole pesos, and a sum holds it to a peso.
        less = range(centavos - 99, centavos + 100) if centavos % 100 == 0 else (centavos,)
        if not any((stage, near) in said or (of_any_stage and near in figures) for near in less):
            yield f"verified: {stage} {centavos / 100:,.2f}"


def meant(readings: Mapping[str, ReadRows]) -> dict[str, Said]:
    """What the readings mean, each alone, in a process of their own; one that ends it is sought by halves."""
    if not readings:
        return {}
    names = list(readings)
    raw = {
        table: pa.concat_tables([reading.rows[table] for reading in readings.values()])
        for table in readings[names[0]].rows
    }
    [done] = do_apart([Work(_mean, (raw, names), _LIMITS)])
    if done.error is None:
        return _SAID.validate_json(done.answer[0])
    if len(names) == 1:
        return {names[0]: Said(failed=str(done.error))}
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    return {name: said for half in halves for name, said in meant({one: readings[one] for one in half}).items()}


def _mean(rows: dict[str, pa.Table], names: list[str], _: Tell) -> Iterator[bytes]:
    gc.disable()  # as where the product does it: the process ends with its answer
    raw = {table: as_frame(of_all) for table, of_all in rows.items()}
    documents = pd.DataFrame({"document_id": names, "catalogued": False})
    core = attempt(raw, documents)
    if isinstance(core, Exception):
        raise core
    lost = _unaccounted(raw, core)
    amounts = core["amount"].assign(stage=core["amount"]["stage"].fillna(_NO_STAGE))
    told = {}
    for name in names:
        mine = amounts[(amounts["document_id"] == name) & amounts["amount_centavos"].notna()]
        pairs = [
            (str(stage), int(centavos)) for stage, centavos in zip(mine["stage"], mine["amount_centavos"], strict=True)
        ]
        verified = [pair for pair, holds in zip(pairs, mine["verified"].fillna(False), strict=True) if holds]
        columns = raw["column"][raw["column"]["document_id"] == name]
        headers = [tuple(of_table.fillna("")) for _, of_table in columns.groupby("table")["header"]]
        told[name] = Said(pairs, verified, headers, lost.get(name, []))
    yield _SAID.dump_json(told)


def _unaccounted(raw: dict[str, pd.DataFrame], core: dict[str, pd.DataFrame]) -> dict[str, list[str]]:
    """By document, the checks of promise P2 that do not hold."""
    words = raw["page"].groupby("document_id")["numeric_words"].sum()
    excluded = core["exclusion"].groupby("document_id")["words"].sum()
    document = pd.DataFrame({"numeric_words": words, "excluded": excluded.reindex(words.index).fillna(0)}).reset_index()
    frames = {f"raw.{name}": frame for name, frame in raw.items()} | {
        f"core.{name}": frame for name, frame in core.items()
    }
    frames |= {"core.document": document.assign(outcome="read"), EXCLUSION.name: core["exclusion"]}
    lost: dict[str, list[str]] = {}
    for spec in PROMISE.specs:
        if spec.check_id in _ACCOUNTING and spec.rule is not None:
            for document_id in spec.rule(frames)["document_id"].unique():
                lost.setdefault(document_id, []).append(f"not accounted for: {spec.check_id}")
    return lost
