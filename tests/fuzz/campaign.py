"""A campaign: mutations read apart, many at once, what became of them counted, and each held to the oracles."""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pipelines.apart.process import Done, Tell, Work, do_apart
from pipelines.apart.reader import ToRead, answered, read_in_process
from pipelines.apart.shut import Allowance, ProcessLimits
from pipelines.apart.wire import Answer
from sources.raw.reading import Document
from tests.fuzz.golden import MAKERS
from tests.fuzz.mutate import mutated
from tests.fuzz.oracles import Said, meant, peak, wrong_meaning, wrong_memory

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


def read_measured(to_read: ToRead, tell: Tell) -> Iterator[bytes]:
    """In the process: what the product does there, and what memory it took."""
    yield from read_in_process(to_read, False, tell)
    yield peak()


def run(seed: int, count: int, first: int = 0) -> Report:
    """Makes and reads the mutations `first` to `first + count` of a seed."""
    golden = {name: make() for name, make in MAKERS.items()}
    report = Report()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        said = _said_by(golden, folder)
        for start in range(first, first + count, _BATCH):
            _run_batch(seed, range(start, min(start + _BATCH, first + count)), golden, said, folder, report)
    finally:
        shutil.rmtree(folder)
    return report


def _said_by(golden: dict[str, bytes], folder: Path) -> dict[str, Said]:
    """What each document says before it is damaged. Raises ValueError where it is not read: nothing could be held to it."""
    whole = [_Mutation(name, -1, _written(folder / name, data)) for name, data in golden.items()]
    answers = {one.name: _answer(one, done)[0] for one, done in zip(whole, _read(whole), strict=True)}
    if unread := [name for name, answer in answers.items() if answer.reading is None]:
        raise ValueError(f"not read: {unread}")
    told = meant({one.document_id: answers[one.name] for one in whole})
    return {one.name: told[one.document_id] for one in whole}


def _run_batch(
    seed: int, numbers: range, golden: dict[str, bytes], said: dict[str, Said], folder: Path, report: Report
) -> None:
    here = folder / str(numbers.start)
    here.mkdir()
    canary = _written(here / "canary", _CANARY.encode())
    names = list(golden)
    mutations = []
    for number in numbers:
        name = names[number % len(names)]
        data = mutated(golden[name], Random(f"{seed} {number}"))
        mutations.append(_Mutation(name, number, _written(here / f"{number}-{name}", data)))
    before = _digest(here)
    readable = {}
    for mutation, done in zip(mutations, _read(mutations), strict=True):
        answer, memory = _answer(mutation, done)
        report.peak = max(report.peak, memory)
        report.broken += [f"{seed} {mutation.document_id}: {wrong}" for wrong in wrong_memory(memory, LIMITS, done)]
        outcome = answer.error.code if answer.error else "read"
        if answer.reading is not None and answer.error is None:
            readable[mutation.document_id] = answer
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
