"""Where each amount stands: `python -m tests.bench.grounding [--documents PATH] [--only TEXT]`.

The box of every amount in `raw.number` against the words of its page by pdfplumber, which the program does not use to place
them. What is read there is in `fidelity`.
"""

import argparse
import logging
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

from sources.errors import SourceError
from tests.bench.fidelity import BESIDE, pairs
from tests.bench.reads import printed, read_of
from tests.bench.truth import truth_of
from tests.bench.words import centavos

OVERLAP = 0.5  # of the union of two boxes: what makes them one place
_RUN = 4  # words that one figure may be cut into: `$`, `1,234`, `.`, `00`
_EDGE = 3.0  # points within which figures set to the right end together
_BELOW = 2.0  # heights of a line that a figure cut by a narrow cell may go down


class Box(NamedTuple):
    """Points from the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def join(self, other: "Box") -> "Box":
        return Box(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))

    def overlap(self, other: "Box") -> float:
        """The share of the union of both that both cover, from 0 to 1."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        both = max(wide, 0.0) * max(high, 0.0)
        whole = self._area() + other._area() - both
        return both / whole if whole else 0.0

    def _area(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)


@dataclass
class Grounded:
    """Counts of one document: amounts, those on the page that prints them, in the box that does, of the truth and found."""

    amounts: int = 0
    page: int = 0
    box: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: "Grounded") -> "Grounded":
        return Grounded(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def f1(self) -> float | None:
        """Of precision and recall of boxes; None where no workbook says what is to be found."""
        if not (self.wanted and self.amounts):
            return None
        precision, recall = self.box / self.amounts, self.found / self.wanted
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grounded(pdf: Path, workbook: Path | None = None) -> Grounded:
    """How many amounts of a document stand in the box that an independent reader gives the same text.

    With a workbook, also how many of its figures that the PDF prints are found so.
    """
    numbers = read_of(pdf).numbers
    amounts = numbers[numbers["exclusion"].isna() & numbers["table"].notna()]
    out, found = Grounded(amounts=len(amounts)), Counter[int]()
    with pdfplumber.open(pdf) as opened:
        for page, here in amounts.groupby("page", sort=False):
            places = figures(_words(opened.pages[int(page) - 1]))
            read = [(_letters(n.source_text), Box(*map(float, n.place.split(",")))) for n in here.itertuples()]
            out.page += sum(
                (Counter(text for text, _ in read) & Counter({k: len(v) for k, v in places.items()})).values()
            )
            matched = list(_matched(read, places))
            out.box += len(matched)
            found.update(abs(value) for text in matched if (value := centavos(text)) is not None)
    if workbook is not None:
        shown, words, _ = printed(pdf)
        wanted = Counter(abs(fact.value) for fact in truth_of(workbook, words).amounts) & shown
        out.wanted, out.found = wanted.total(), (wanted & found).total()
    return out


def figures(words: list[tuple[str, Box]]) -> dict[str, list[Box]]:
    """Every text that words of a page say, alone or with those that follow in their line or in the line below, and where."""
    places: defaultdict[str, list[Box]] = defaultdict(list)
    ends: defaultdict[int, list[tuple[str, Box]]] = defaultdict(list)  # by their right edge
    for text, box in words:
        ends[round(box.x1 / _EDGE)].append((text, box))
    for start, (text, box) in enumerate(words):
        places[text].append(box)
        joined, around = text, box
        for more, beside in words[start + 1 : start + _RUN]:
            if beside.x0 < around.x0 or abs(beside.bottom - box.bottom) > (box.bottom - box.top) / 2:
                break
            joined, around = joined + more, around.join(beside)
            places[joined].append(around)
        for more, beneath in ends[round(box.x1 / _EDGE)]:
            if 0 < beneath.top - box.top < _BELOW * (box.bottom - box.top):
                places[text + more].append(box.join(beneath))
    return places


def _matched(read: list[tuple[str, Box]], places: dict[str, list[Box]]) -> Iterator[str]:
    """The texts whose box is that of a figure with the same text, each figure once, those that fit best first."""
    fits = [
        (box.overlap(place), i, text, p)
        for i, (text, box) in enumerate(read)
        for p, place in enumerate(places.get(text, ()))
    ]
    amounts: set[int] = set()
    taken: set[tuple[str, int]] = set()
    for overlap, i, text, p in sorted(fits, reverse=True):
        if overlap >= OVERLAP and i not in amounts and (text, p) not in taken:
            amounts.add(i)
            taken.add((text, p))
            yield text


def _words(page: Any) -> list[tuple[str, Box]]:
    words = [
        (_letters(word["text"]), Box(word["x0"], word["top"], word["x1"], word["bottom"]))
        for word in page.extract_words()
    ]
    page.close()
    return words


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def measure(folder: Path, only: str = "") -> dict[str, Grounded]:
    """Every PDF with a text layer, by its path in the folder."""
    out: dict[str, Grounded] = {}
    beside = dict(pairs(folder))
    for pdf in sorted(folder.rglob("*.pdf")):
        name = str(pdf.relative_to(folder))
        if only in name:
            try:
                out[name] = grounded(pdf, beside.get(pdf))
            except SourceError as error:
                print(f"not read: {name}: {error.code}", file=sys.stderr)
    return out


def show(measured: dict[str, Grounded]) -> None:
    """The table, by document and in all; F1 where a workbook says what is to be found."""
    heads = [f.name for f in fields(Grounded)]
    width = max(map(len, measured), default=10)
    print(f"{'document':{width}} " + " ".join(f"{head:>8}" for head in (*heads, "F1")))
    beside = [row for row in measured.values() if row.f1 is not None]
    for name, row in [
        *measured.items(),
        ("all", sum(measured.values(), Grounded())),
        ("all with a workbook", sum(beside, Grounded())),
    ]:
        share = f"{row.f1:8.4f}" if row.f1 is not None and name != "all" else " " * 8
        print(f"{name:{width}} " + " ".join(f"{getattr(row, head):>8}" for head in heads) + " " + share)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compare the box of every amount with the words of its page.")
    parser.add_argument("--documents", type=Path, default=BESIDE)
    parser.add_argument("--only", default="", help="documents whose path holds this")
    options = parser.parse_args(arguments)
    if not options.documents.is_dir():
        print(f"{options.documents} is absent: nothing to compare. Give --documents a folder of PDFs.")
        return 0
    warnings.filterwarnings("ignore", module="openpyxl")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    show(measure(options.documents, options.only))
    return 0


if __name__ == "__main__":
    sys.exit(main())
