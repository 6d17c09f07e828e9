"""How often is *verified* wrong? `python -m tests.bench.seal HOME [--documents PATH] [--csv out.csv]`.

The amounts of a home, as its users have them (drafted, read and understood by the product's own steps, without OCR), against
what plain readers see in the workbook beside a PDF, in a workbook, in a table of open data. Counted by facet. The bounds that
follow are computed by the product (`transforms.tell.seal`), from the counts in `transforms/reference/seal.csv`.
"""

import argparse
import csv
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.bench.amounts import Read
from tests.bench.fidelity import BESIDE
from tests.bench.reads import printed
from tests.bench.records import records_of
from tests.bench.score import WHOLE, Score, score, score_by_place
from tests.bench.truth import truth_of
from tests.bench.words import tokens
from transforms.tell.seal import seal_error
from warehouse.schema.seal import SEAL_SAMPLES
from warehouse.store.parquet import Store

FACETS = (WHOLE, "value", "label", "kind", "unit", "time", "body", "stage")
_HELD = "no"  # all of these answers have been compared before; of the first time, what was found stays in the file of counts
_MISREAD = "layouts"  # the folder of documents that had been misread
_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass
class Sealed:
    """What was found of one sample: verified amounts that the truth speaks of, and the wrong ones by facet."""

    documents: int = 0
    amounts: int = 0
    verified: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    documents_wrong: Counter[str] = field(default_factory=Counter)

    def add(self, scored: Score) -> None:
        self.amounts += scored.truth
        if scored.judged:
            self.documents += 1
            self.verified += scored.judged
            self.wrong.update(scored.facets)
            self.documents_wrong.update(facet for facet, count in scored.facets.items() if count)

    def rows(self, sample: str, date: str, version: str) -> Iterator[dict[str, Any]]:
        for facet in FACETS:
            yield {
                "sample": sample,
                "facet": facet,
                "held": _HELD,
                "documents": self.documents,
                "documents_wrong": self.documents_wrong[facet],
                "amounts": self.amounts,
                "verified": self.verified,
                "wrong": self.wrong[facet],
                "measured_on": date,
                "code_version": version,
            }


def measure(home: Path, documents: Path, only: str = "") -> tuple[dict[str, Sealed], dict[str, Score]]:
    """The samples, and the score of each document by its path."""
    store = Store(home / "warehouse")
    reads = _reads(store)
    samples: defaultdict[str, Sealed] = defaultdict(Sealed)
    scores: dict[str, Score] = {}
    for name, document_id in _named(store, documents):
        if only in name and document_id in reads and (found := _scored(documents / name, reads[document_id])):
            sample, scores[name] = found
            samples[sample].add(scores[name])
    return dict(samples), scores


def _scored(path: Path, reads: list[Read]) -> tuple[str, Score] | None:
    """The sample that a document is of, and how it compares with its answers; None where there are none."""
    if path.suffix == ".csv":
        truth = records_of(path)
        return ("datasets_again", score_by_place(truth, reads)) if truth.amounts else None
    if path.suffix in _WORKBOOKS:
        truth = truth_of(path)
        return ("workbooks_again", score_by_place(truth, reads)) if truth.amounts else None
    for suffix in _WORKBOOKS:
        if path.suffix == ".pdf" and (workbook := path.with_suffix(suffix)).exists():
            figures, words, _ = printed(path)
            sample = "layouts" if path.parent.name == _MISREAD else "pairs"
            return sample, score(truth_of(workbook, words), reads, figures, words)
    return None


def _named(store: Store, documents: Path) -> Iterator[tuple[str, str]]:
    """The documents of the home that were added from the folder: path in it, and id."""
    for document in store.read("core.document").itertuples():
        folder, _, name = str(document.origin).partition("/")
        if folder == documents.name and (documents / name).is_file():
            yield name, str(document.document_id)


def _reads(store: Store) -> dict[str, list[Read]]:
    """The amounts of every document as the transforms understand them."""
    line = store.read("core.line")[["line_id", "table", "row", "label", "government_id"]]
    government = store.read("core.government").set_index("government_id")["name"]
    amount = store.read("core.amount").merge(line, on="line_id").sort_values(["document_id", "table", "row", "column"])
    reads: defaultdict[str, list[Read]] = defaultdict(list)
    for a in amount.itertuples():
        if pd.isna(a.amount_centavos):
            continue
        multiplier = None if pd.isna(a.multiplier) else int(a.multiplier)
        of_document = reads[str(a.document_id)]
        of_document.append(
            Read(
                int(a.amount_centavos) // (multiplier or 1),
                tokens(_text(a.label)),
                tokens(_text(a.header)),
                len(of_document),
                int(a.column),
                f"{a.page}!{a.place}",
                str(a.source_text),
                bool(a.verified),
                stage=_text(a.stage) or None,
                year=None if pd.isna(a.fiscal_year) else int(a.fiscal_year),
                multiplier=multiplier,
                body=tokens(government.get(a.government_id)),
            )
        )
    return reads


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def show(samples: dict[str, Sealed], scores: dict[str, Score]) -> None:
    """The counts, and every verified amount that is wrong."""
    for name, sealed in samples.items():
        print(
            f"{name}: {sealed.verified} of {sealed.amounts} verified in {sealed.documents} documents; wrong:",
            dict(sealed.wrong),
            dict(sealed.documents_wrong),
        )
    for name, scored in scores.items():
        for case in scored.cases:
            if case.get("verified") == "True" and case["kind"] != "source_differs":
                print(name, case)
        for meant in scored.meant:
            print(name, meant)


def table() -> list[str]:
    """The rows of docs/fidelity.md, from what the product publishes: by sample, all facets together, then what each facet lacks."""
    published = seal_error()
    lines = [
        "| sample | held | amounts | verified | wrong | at most | documents | with one | at most |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in published[published["facet"] == WHOLE].itertuples():
        covered = "drawn among verified" if pd.isna(row.amounts) else f"{row.amounts:,}"
        share = "" if pd.isna(row.coverage) else f" ({row.coverage:.1%})"
        lines.append(
            f"| {SEAL_SAMPLES[row.sample].en} | {'yes' if row.held else 'no'} | {covered} | {row.verified:,}{share} | {row.wrong:,} "
            f"| {row.bound:.3%} | {row.documents:,} | {row.documents_wrong:,} | {row.documents_bound:.1%} |"
        )
    lines += ["", "| wrong, at most, by facet | " + " | ".join(FACETS[1:]) + " |", "|---|" + "--:|" * len(FACETS[1:])]
    for sample, rows in published.groupby("sample", sort=False):
        by_facet = rows.set_index("facet")
        cells = [
            f"{by_facet.loc[f, 'wrong']}, {by_facet.loc[f, 'bound']:.3%}" if f in by_facet.index else ""
            for f in FACETS[1:]
        ]
        lines.append(f"| {sample} | " + " | ".join(cells) + " |")
    return lines


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Count what is verified and wrong in a home, by facet.")
    parser.add_argument("home", type=Path, nargs="?", help="without one, the table of docs/fidelity.md is printed")
    parser.add_argument("--documents", type=Path, default=BESIDE)
    parser.add_argument("--only", default="", help="documents whose path holds this")
    parser.add_argument("--version", default="", help="the version of the program that was measured")
    parser.add_argument("--csv", type=Path)
    options = parser.parse_args(arguments)
    if options.home is None:
        print("\n".join(table()))
        return 0
    warnings.filterwarnings("ignore", module="openpyxl")
    samples, scores = measure(options.home, options.documents.resolve(), options.only)
    show(samples, scores)
    if options.csv:
        date = str(datetime.now().astimezone().date())
        rows = [row for name, sealed in samples.items() for row in sealed.rows(name, date, options.version)]
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
