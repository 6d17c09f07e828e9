"""Matching what was read with the truth, one to one, and naming each kind of error.

An amount is right when its value, its row label and its column are. What remains is compared again: with the right label
and column its value is wrong, with the right value and column its label, and so on. What the workbook says but the PDF
does not print, or prints otherwise, is told apart by counting the figures of the PDF, and called `source differs`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.bench.amounts import Fact, Read, Truth, Words
from tests.bench.meaning import wrong_facets
from tests.bench.words import heading, spoken

KINDS = (
    "right",
    "wrong_value",
    "wrong_label",
    "wrong_column",
    "wrong_place",
    "missing",
    "invented",
    "source_differs",
)


class _Agree(NamedTuple):
    """What a pair of a kind agrees in, and whether it may be a zero: zeros are everywhere."""

    value: bool
    label: bool
    column: bool
    zeros: bool


WHOLE = "all"

_PASSES = (
    ("right", _Agree(True, True, True, True)),
    ("wrong_label", _Agree(True, False, True, False)),
    ("wrong_column", _Agree(True, True, False, False)),
    ("wrong_value", _Agree(False, True, True, True)),
    ("wrong_label", _Agree(True, False, True, True)),
    ("wrong_column", _Agree(True, True, False, True)),
    ("wrong_place", _Agree(True, False, False, False)),
)


# What of a verified amount is wrong: the facets of DESIGN, as the schema names them. A header says the stage.
_FACETS = {
    "wrong_value": {"value"},
    "wrong_label": {"label"},
    "wrong_column": {"stage"},
    "wrong_place": {"label", "stage"},
    "invented": {"kind"},
}


@dataclass
class Score:
    """The count of each kind, and every case that is not right.

    `judged` are the verified amounts that the truth speaks of, `facets` how many of these are wrong in each, `meant` the
    cases that are right in value, label and column, and wrong in what they mean.
    """

    truth: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cases: list[dict[str, str]] = field(default_factory=list)
    wrong_and_verified: int = 0
    verified: int = 0
    judged: int = 0
    facets: Counter[str] = field(default_factory=Counter)
    meant: list[str] = field(default_factory=list)

    def add(self, kind: str, fact: Fact | None, read: Read | None) -> None:
        self.counts[kind] += 1
        if read is not None and read.verified and kind != "source_differs":
            self._judge(kind, fact, read)
        if kind == "right":
            return
        if read is not None and read.verified and kind != "source_differs":
            self.wrong_and_verified += 1
        case = {"kind": kind}
        if fact is not None:
            case["truth"] = f"{fact.place} {fact.value / 100:,.2f} [{_joined(fact.label)}] [{_joined(fact.headers)}]"
        if read is not None:
            case["read"] = f"{read.place} {read.text} [{' '.join(read.label)}] [{' '.join(read.header)}]"
            case["verified"] = str(read.verified)
        self.cases.append(case)

    def _judge(self, kind: str, fact: Fact | None, read: Read) -> None:
        meaning = wrong_facets(fact, read) if fact is not None else set()
        wrong = _FACETS.get(kind, set()) | meaning
        self.judged += 1
        self.facets.update(wrong)
        self.facets[WHOLE] += bool(wrong)
        if meaning:
            self.meant.append(f"{read.place} {read.text} [{' '.join(read.label)}] {sorted(meaning)}: {read} / {fact}")


def score(truth: Truth, reads: list[Read], figures: Counter[int], printed: Counter[str]) -> Score:
    """`figures` and `printed` count the figures (in centavos, without sign) and folded words of the PDF itself."""
    out = Score(truth=len(truth.amounts), verified=sum(bool(r.verified) for r in reads))
    lost = Counter(truth.words)
    lost.subtract(printed)
    unprinted = {word for word, count in lost.items() if count > 0}
    facts, left = list(truth.amounts), list(reads)
    tests = _Tests(unprinted)
    for kind, agree in _PASSES:
        for fact, read in _pairs(facts, left, agree, tests):
            facts.remove(fact)
            left.remove(read)
            differs = kind == "wrong_value" and _differs(fact, read, truth, figures)
            out.add("source_differs" if differs else kind, fact, read)
    _rest(out, truth, facts, left, figures)
    return out


def score_by_place(truth: Truth, reads: list[Read]) -> Score:
    """Of what has an address in both (a cell, a record), by the address. Cells that the truth does not call money are not judged."""
    out = Score(truth=len(truth.amounts), verified=sum(bool(r.verified) for r in reads))
    here, tests = {read.place: read for read in reads}, _Tests(set())
    for fact in truth.amounts:
        read = here.get(fact.place)
        out.add("missing" if read is None else _kind(fact, read, tests), fact, read)
    return out


def _kind(fact: Fact, read: Read, tests: "_Tests") -> str:
    shown_whole = fact.value % 100 == 0 and abs(fact.value - read.value) <= 50  # what is stored rounds to it
    if fact.value != read.value and not shown_whole:
        return "wrong_value"
    label, column = tests.label(fact, read), tests.column(fact, read)
    if label:
        return "right" if column else "wrong_column"
    return "wrong_label" if column else "wrong_place"


def _rest(out: Score, truth: Truth, facts: list[Fact], reads: list[Read], figures: Counter[int]) -> None:
    lacking = Counter(abs(t.value) for t in truth.amounts)
    lacking.subtract(figures)
    for fact in facts:
        differs = lacking[abs(fact.value)] > 0
        lacking[abs(fact.value)] -= differs
        out.add("source_differs" if differs else "missing", fact, None)
    others = Counter(abs(value) for value in truth.others)
    surplus = Counter(figures)
    surplus.subtract(Counter(abs(t.value) for t in truth.amounts))
    for read in reads:
        value = abs(read.value)
        if others[value] > 0:
            others[value] -= 1  # a count or percentage of the workbook: no amount, and no error either
        elif surplus[value] > 0 and any(c in read.text for c in ",.-'"):
            surplus[value] -= 1
            out.add("source_differs", None, read)
        else:
            out.add("invented", None, read)


def _differs(fact: Fact, read: Read, truth: Truth, figures: Counter[int]) -> bool:
    """Whether the PDF itself prints this figure, and the workbook's figure less often than the workbook has it."""
    in_workbook = Counter(abs(t.value) for t in truth.amounts)
    return (
        figures[abs(read.value)] > in_workbook[abs(read.value)]
        and figures[abs(fact.value)] < in_workbook[abs(fact.value)]
    )


def _pairs(facts: list[Fact], reads: list[Read], agree: _Agree, tests: "_Tests") -> list[tuple[Fact, Read]]:
    """Pairs that agree, each amount in one: those that stand at the same share of the way down first."""
    deep = max((f.row for f in facts), default=1) or 1
    far = max((r.row for r in reads), default=1) or 1
    pools: dict[int | None, list[Read]] = defaultdict(list)
    for read in reads:
        pools[read.value if agree.value else None].append(read)
    candidates = [
        (abs(fact.row / deep - read.row / far), t, fact, read)
        for t, fact in enumerate(facts)
        if agree.zeros or fact.value
        for read in pools[fact.value if agree.value else None]
        if (not agree.label or tests.label(fact, read)) and (not agree.column or tests.column(fact, read))
    ]
    candidates.sort(key=lambda c: c[:2])
    taken_facts: set[int] = set()
    taken_reads: set[int] = set()
    out = []
    for _, t, fact, read in candidates:
        if t not in taken_facts and id(read) not in taken_reads:
            taken_facts.add(t)
            taken_reads.add(id(read))
            out.append((fact, read))
    return out


class _Tests:
    """Whether a label or a header that was read is the one of the workbook, given the words that the PDF lacks."""

    def __init__(self, unprinted: set[str]) -> None:
        self._unprinted = unprinted
        self._known: dict[object, bool] = {}

    def label(self, fact: Fact, read: Read) -> bool:
        key = (fact.label, fact.around, read.label)
        if key not in self._known:
            self._known[key] = self._label(fact.label, fact.around, read.label)
        return self._known[key]

    def column(self, fact: Fact, read: Read) -> bool:
        key = (fact.headers, fact.titles, fact.twin_header, read.header)
        if key not in self._known:
            self._known[key] = self._column(fact, read.header)
        return self._known[key]

    def _label(self, cells: tuple[Words, ...], around: frozenset[str], read: Words) -> bool:
        wanted = [spoken(cell) for cell in cells if spoken(cell)]
        got = Counter(spoken(_mended(cells, read)))
        if _same_letters(wanted, read):
            return True
        if not wanted:
            # Nothing but a code, or nothing at all, stands to the left.
            codes = [word for cell in cells for word in cell]
            return set(codes) <= set(read) and not set(got) - around
        longest = max(wanted, key=lambda cell: len("".join(cell)))
        spare = Counter(word for cell in wanted for word in cell)
        if any(word not in around for word in got - spare):
            return False
        for cell in wanted:
            lacking = Counter(cell) - got
            whole = lacking.total() == len(cell)
            if lacking and not self._cut_off(lacking) and (cell is longest or not whole):
                return False
        return (spare - got).total() != spare.total() or all(w in self._unprinted for w in spare)

    def _cut_off(self, words: Iterable[str]) -> bool:
        """Whether the PDF lacks these words too; particles stand everywhere, so that no count tells of one."""
        return all(len(w) < 3 or w in self._unprinted for w in words) and any(w in self._unprinted for w in words)

    def _column(self, fact: Fact, read: Words) -> bool:
        wanted = [heading(cell) for cell in fact.headers]
        if not wanted:
            return True
        if any(_same_letters(part, read) for part in (wanted[::-1], wanted[:1], wanted)):
            return True
        printed = {word for cell in wanted for word in cell} | fact.titles
        got = set(heading(read))
        needed = [wanted[0], *(wanted[1:2] if fact.twin_header else [])]
        return (
            got <= printed
            and all(word in got or word in self._unprinted for cell in needed for word in cell)
            and bool(got)
        )


def _mended(cells: tuple[Words, ...], read: Words) -> Words:
    """The words read, with those that a narrow cell cuts in pieces put together: `guan ajuato` is `guanajuato`."""
    for cell in cells:
        letters = "".join(cell)
        for start in range(len(read)):
            run = ""
            for end in range(start, len(read)):
                run += read[end]
                if not letters.startswith(run):
                    break
                if run == letters:
                    return _mended(tuple(c for c in cells if c is not cell), read[:start] + read[end + 1 :]) + cell
    return read


def _same_letters(cells: list[Words], read: Words) -> bool:
    """Whether the letters agree where words were split or joined otherwise."""
    letters = "".join(word for cell in cells for word in cell)
    return bool(letters) and letters == "".join(word for word in read if not word.isdigit())


def _joined(cells: tuple[Words, ...]) -> str:
    return " | ".join(" ".join(cell) for cell in cells)
