"""A campaign: mutations read apart, many at once, what became of them counted, and each held to the oracles."""

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from pipelines.apart.process import Done, Work, do_apart
from pipelines.apart.reader import ToRead, answered
from pipelines.apart.walls import Allowance, ProcessLimits
from pipelines.apart.wire import Answer
from sources.raw.reading import Document
from tests.fuzz.golden import MAKERS
from tests.fuzz.measured import read_measured
from tests.fuzz.mutate import mutated
from tests.fuzz.oracles import Said, meant, wrong_meaning, wrong_memory

LIMITS = ProcessLimits(seconds=20, memory=2**29, answer=2**26)
_BATCH = 100
_CANARY = "what another document says"


@dataclass
class Report:
    """What became of a campaign: outcomes by format, how many lost words and said so, and what broke an oracle."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    peak: int = 0
    verified: int = 0

    def add(self, other: "Report") -> None:
        """What became of more mutations."""
        self.outcomes += other.outcomes
        self.broken += other.broken
        self.peak = max(self.peak, other.peak)
        self.verified += other.verified

    def lines(self) -> Iterator[str]:
        """The report for people."""
        for (name, outcome), count in sorted(self.outcomes.items()):
            yield f"{name:<20} {outcome:<16} {count:>6}"
        yield f"{sum(self.outcomes.values())} mutations, {self.verified} amounts verified, at most {self.peak // 2**20} MiB."
        yield from self.broken or ["Every oracle holds."]


@dataclass(frozen=True)
class _Mutation:
    name: str
    number: int
    path: Path

    @property
    def document_id(self) -> str:
        return f"{self.number}-{self.name}"


def run(seed: int, count: int, first: int = 0) -> Report:
    """Makes and reads the mutations `first` to `first + count` of a seed: what one batch means is found while others are read."""
    golden = {name: make() for name, make in MAKERS.items()}
    report = Report()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        said = _said_by(golden, folder)
        batches = [range(start, min(start + _BATCH, first + count)) for start in range(first, first + count, _BATCH)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as beside:
            for part in beside.map(partial(_run_batch, seed, golden, said, folder), batches):
                report.add(part)
    finally:
        shutil.rmtree(folder)
    return report


def _said_by(golden: dict[str, bytes], folder: Path) -> dict[str, Said]:
    """What each document says before it is damaged. Raises ValueError where it is not read: nothing could be held to it."""
    whole = [_Mutation(name, -1, _written(folder / name, data)) for name, data in golden.items()]
    answers = {one.name: _answer(one, done)[0] for one, done in zip(whole, _read(whole), strict=True)}
    if unread := [name for name, answer in answers.items() if answer.reading is None]:
        raise ValueError(f"not read: {unread}")
    told = meant({one.document_id: reading for one in whole if (reading := answers[one.name].reading)})
    return {one.name: told[one.document_id] for one in whole}


def _run_batch(seed: int, golden: dict[str, bytes], said: dict[str, Said], folder: Path, numbers: range) -> Report:
    report = Report()
    here = folder / str(numbers.start)
    here.mkdir()
    canary = _written(here / "canary", _CANARY.encode())
    mutations = [_mutation(seed, golden, here, number) for number in numbers]
    before = _digest(here)
    readable = {}
    for mutation, done in zip(mutations, _read(mutations), strict=True):
        answer, memory = _answer(mutation, done)
        report.peak = max(report.peak, memory)
        report.broken += [f"{seed} {mutation.document_id}: {wrong}" for wrong in wrong_memory(memory, LIMITS, done)]
        outcome = answer.error.code if answer.error else "read"
        if answer.reading is not None and answer.error is None:
            readable[mutation.document_id] = answer.reading
            outcome = "read" if not answer.reading.warnings else "read, warned"
        report.outcomes[mutation.name, outcome] += 1
    if _digest(here) != before or canary.read_text() != _CANARY:
        report.broken.append(f"{seed} {numbers}: a file was written or changed")
    told = meant(readable)
    for mutation in mutations:
        if mutation.document_id in told:
            found = told[mutation.document_id]
            report.verified += len(found.verified)
            report.broken += [
                f"{seed} {mutation.document_id}: {wrong}" for wrong in wrong_meaning(found, said[mutation.name])
            ]
    shutil.rmtree(here)
    return report


def _mutation(seed: int, golden: dict[str, bytes], folder: Path, number: int) -> _Mutation:
    name = list(golden)[number % len(golden)]
    data = mutated(golden[name], Random(f"{seed} {number}"))
    return _Mutation(name, number, _written(folder / f"{number}-{name}", data))


def _read(mutations: list[_Mutation]) -> Iterator[Done]:
    works = [
        Work(read_measured, (ToRead(Document(one.path, one.document_id, one.name)),), LIMITS, Allowance((one.path,)))
        for one in mutations
    ]
    return do_apart(works)


def _answer(mutation: _Mutation, done: Done) -> tuple[Answer, int]:
    """The answer and the memory it took."""
    memory = int(done.answer.pop()) if done.answer else 0
    return answered(Document(mutation.path, mutation.document_id, mutation.name), done), memory


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _digest(folder: Path) -> str:
    """Of the names and bytes of all files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
