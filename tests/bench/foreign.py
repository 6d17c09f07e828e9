"""Sums on tables of others: `python -m tests.bench.foreign [TABLES.jl.gz] [--part tuning|final|all] [--json out.json] [--cases]`.

Tables of statistics offices and companies, in which people of another project (AggreCol) marked what adds up. Each is written as a
workbook, read through the product's own door and normalized by its own steps; the sums that it holds proven are put beside the
marks. By default `shared/benchmarks/aggrecol-dataset.jl.gz` beside the project; without that file it says so and ends.
"""

import argparse
import gzip
import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from sources.errors import SourceError
from sources.raw.reading import Document
from sources.read import read
from tests.bench.measure import versions
from transforms.core.book import open_book
from transforms.core.proof.attempts import FAILED, TRIVIAL
from transforms.core.tables import read_tables

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "benchmarks" / "aggrecol-dataset.jl.gz"
_GROUPS = {"Comma": ",", "Space": "[ \xa0\u202f]", "None": ""}
_MARKS = {"Point": ".", "Comma": ","}
_ALONG = {"columns": "row", "row_identity": "row", "children": "column", "total": "column"}
_TUNING = 4  # of five tables
_TERMS, _PLACES = 2, 3


class Marked(NamedTuple):
    """One sum that people marked: along a row or a column, its addends and how far it may be off."""

    along: str
    addends: frozenset[str]
    error_bound: float


class Proven(NamedTuple):
    """One sum that the program holds proven, along a row or a column, or `trivial` (of zeros)."""

    along: str
    total: str
    addends: frozenset[str]
    trivial: bool
    formula: str


@dataclass
class Tally:
    """Counts by axis, marked totals by error bound (found, all), why marked ones are missed, why unmarked ones are
    sums all the same, and the cases.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bounds: Counter[tuple[float, bool]] = field(default_factory=Counter)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    unmarked: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)


def tables(path: Path) -> list[dict[str, Any]]:
    """The tables of the file, each as it stands there."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_for_tuning(table: dict[str, Any]) -> bool:
    """Whether a table may be looked at; by what it holds, so that two copies of a table are on one side."""
    text = "\n".join("\t".join(row) for row in table["table_array"])
    return hashlib.sha256(text.encode()).digest()[0] % 5 < _TUNING


def number(text: str, number_format: str) -> tuple[float, int, bool] | None:
    """Value, decimals and whether its thousands are set apart, of a text that is a number and nothing else.

    The format names both marks: `Comma Point`. A text with a unit, a note or a percent sign stays a text, as it would be pasted.
    """
    group, mark = number_format.split()
    between = _GROUPS[group]
    whole = rf"\d{{1,3}}(?:{between}\d{{3}})+|\d+" if between else r"\d+"
    match = re.fullmatch(rf"\s*([-−–]?)\$?({whole})(?:{re.escape(_MARKS[mark])}(\d+))?\s*", text)
    if not match:
        return None
    digits, decimals = re.sub(r"\D", "", match[2]), match[3] or ""
    value = float(f"{digits}.{decimals or 0}")
    return (-value if match[1] else value), len(decimals), len(digits) != len(match[2])


def write(table: dict[str, Any], path: Path) -> None:
    """The table as a workbook of one sheet: numbers as numbers, shown with the decimals and thousands they were printed with."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, texts in enumerate(table["table_array"], 1):
        for column, text in enumerate(texts, 1):
            if not text.strip():
                continue
            cell, parsed = sheet.cell(row, column), number(text, table["number_format"])
            if parsed is None:
                cell.value, cell.data_type = text, "s"
                continue
            value, decimals, grouped = parsed
            cell.value = value if decimals else int(value)
            cell.number_format = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    book.save(path)


def marked(table: dict[str, Any]) -> dict[tuple[str, str], list[Marked]]:
    """The marked sums by axis and total: along one row, or down one column."""
    sums: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for one in table["aggregation_annotations"]:
        if one["operator"] != "Sum":
            continue
        row, column = one["aggregator_index"]
        along = "row" if all(r == row for r, _ in one["aggregatee_indices"]) else "column"
        addends = frozenset(_place(r, c) for r, c in one["aggregatee_indices"])
        sums[along, _place(row, column)].append(Marked(along, addends, float(one["error_bound"])))
    return sums


def _place(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"


def proven(path: Path) -> tuple[list[Proven], dict[str, int], dict[str, str]]:
    """What the program proves of a workbook: its sums, the amounts by cell, and the other numbers with their reason.

    Raises SourceError where it reads no table.
    """
    reading = read(Document(path, "foreign"))
    raw = {
        "page": reading.pages, "table": reading.tables, "column": reading.columns, "row": reading.rows,
        "number": reading.numbers, "text": reading.texts,
    }  # fmt: skip
    book = open_book(raw, pd.DataFrame([{"document_id": "foreign", "hints": None, "catalogued": False}]), None)
    places, centavos = book.cells["place"].tolist(), book.cells["centavos"].tolist()
    sums = []
    for understood in read_tables(book):
        for group in understood.attempts:
            added: dict[int, list[int]] = defaultdict(list)
            for attempt, amount, sign in zip(group.reach_attempt, group.reach_amount, group.reach_sign, strict=True):
                if sign > 0 and amount >= 0:
                    added[int(attempt)].append(int(amount))
            for n in range(len(group.row)):
                at = understood.grid.amount_index[group.row[n], group.column[n]]
                if group.outcome[n] != FAILED and at >= 0 and group.kind[n] in _ALONG:
                    sums.append(Proven(
                        _ALONG[group.kind[n]], places[at], frozenset(places[a] for a in added[n]),
                        bool(group.outcome[n] == TRIVIAL), str(group.formula[n]),
                    ))  # fmt: skip
    return (
        sums,
        dict(zip(places, centavos, strict=True)),
        dict(zip(book.set_aside["place"], book.set_aside["exclusion"], strict=True)),
    )


def score(tally: Tally, name: str, marks: dict[tuple[str, str], list[Marked]], path: Path) -> None:
    """Puts what is proven of one workbook beside what is marked."""
    try:
        sums, amounts, aside = proven(path)
    except SourceError:
        sums, amounts, aside = [], {}, {}
    by_total: dict[tuple[str, str], list[Proven]] = defaultdict(list)
    for one in sums:
        by_total[one.along, one.total].append(one)
    anywhere = {total for _, total in marks}
    for key, of_total in by_total.items():
        along, total = key
        if all(one.trivial for one in of_total):
            continue
        tally.counts[along, "proven"] += 1
        tally.counts[along, "same total"] += key in marks
        tally.counts[along, "marked along the other axis"] += key not in marks and total in anywhere
        tally.counts[along, "same addends"] += any(
            _same(one, mark, amounts) for one in of_total for mark in marks.get(key, ())
        )
        if key not in marks:
            reason = next((told for one in of_total if (told := _evident(one, marks, amounts))), "")
            tally.unmarked[along, reason or "not decided"] += 1
            tally.cases.append(
                f"not marked: {name} {along} {total}: {of_total[0].formula[:100]}: {reason or 'not decided'}"
            )
    for key, of_marks in marks.items():
        along, total = key
        of_sum = by_total.get(key, [])
        holds = any(not one.trivial for one in of_sum)
        tally.counts[along, "marked"] += 1
        tally.counts[along, "found"] += holds
        tally.counts[along, "found, of zeros"] += bool(of_sum) and not holds
        tally.bounds[of_marks[0].error_bound, holds] += 1
        if not holds:
            reason = aside.get(total, "not read") if total not in amounts else _lacking(of_marks[0], amounts, aside)
            tally.missed[along, reason] += 1
            tally.cases.append(f"missed: {name} {along} {total} = {sorted(of_marks[0].addends)[:8]}: {reason}")


def _evident(one: Proven, marks: dict[tuple[str, str], list[Marked]], amounts: dict[str, int]) -> str | None:
    """Why a sum that nobody marked is one all the same, by marks and printed figures alone; None where neither shows it.

    The same columns (or rows) are asked in every other row (or column): whether people marked their sum there, or whether it holds to
    the last digit in every place where two of the addends are not zero. One place alone, or one that misses, shows nothing.
    """
    crossing = [place for place in amounts if _across(place, one.along) == _across(one.total, one.along)]
    exact = 0
    for total in crossing:
        addends = frozenset(_moved(addend, total, one.along) for addend in one.addends)
        if any(mark.addends == addends for mark in marks.get((one.along, total), ())):
            return "its columns or rows are marked in another place"
        if addends <= amounts.keys() and sum(amounts[addend] != 0 for addend in addends) >= _TERMS:
            if sum(amounts[addend] for addend in addends) != amounts[total]:
                return None
            exact += 1
    return "exact in all of its places" if exact >= _PLACES else None


def _across(place: str, along: str) -> str:
    """What all places of a line share: the column of totals along rows, the row of totals along columns."""
    letters, row = coordinate_from_string(place)
    return letters if along == "row" else str(row)


def _moved(addend: str, total: str, along: str) -> str:
    """The place of an addend beside another total of the same line."""
    (letters, row), (of_total, at) = coordinate_from_string(addend), coordinate_from_string(total)
    return f"{letters}{at}" if along == "row" else f"{of_total}{row}"


def _same(one: Proven, mark: Marked, amounts: dict[str, int]) -> bool:
    """Whether both add the same amounts; zeros and empty cells may stand in one of them only."""
    return {place for place in one.addends if amounts[place]} == {place for place in mark.addends if amounts.get(place)}


def _lacking(mark: Marked, amounts: dict[str, int], aside: dict[str, str]) -> str:
    reasons = {aside[place] for place in mark.addends if place in aside}
    if reasons:
        return f"an addend is no amount: {', '.join(sorted(reasons))}"
    there = [amounts[place] for place in mark.addends if place in amounts]
    return "one addend" if len(there) < 2 else "only zeros" if not any(there) else "no rule"


def _rows(tally: Tally) -> Iterator[str]:
    """The table of figures, by axis and together."""
    yield "| along | marked | found | of zeros only | recall | with zeros | proven | marked too | precision | same addends |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, axes in (("rows", ("row",)), ("columns", ("column",)), ("both", ("row", "column"))):
        count = {what: sum(tally.counts[axis, what] for axis in axes) for what in {w for _, w in tally.counts}}
        all_marked, all_proven = count.get("marked", 0), count.get("proven", 0)
        of_marks, of_zeros, same = (count.get(what, 0) for what in ("found", "found, of zeros", "same total"))
        yield (
            f"| {name} | {all_marked:,} | {of_marks:,} | {of_zeros:,} | {_share(of_marks, all_marked)} | {_share(of_marks + of_zeros, all_marked)} "
            f"| {all_proven:,} | {same:,} | {_share(same, all_proven)} | {_share(count.get('same addends', 0), all_proven)} |"
        )
    yield ""
    yield "| error bound | marked | found |"
    yield "|---|--:|--:|"
    for bound in sorted({bound for bound, _ in tally.bounds}):
        of_bound = tally.bounds[bound, True]
        yield f"| {bound:g} | {of_bound + tally.bounds[bound, False]:,} | {of_bound:,} |"
    yield ""
    for (along, reason), cases in tally.unmarked.most_common():
        yield f"proven along a {along} and not marked: {cases:,}: {reason}"
    yield ""
    for (along, reason), cases in tally.missed.most_common(20):
        yield f"missed along a {along}: {cases:,}: {reason}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "tables", type=Path, nargs="?", default=_BESIDE, help="the tables with their marks, gzipped JSON lines"
    )
    parser.add_argument(
        "--part", choices=("tuning", "final", "all"), default="all", help="tables that may be looked at, or not"
    )
    parser.add_argument("--json", type=Path, help="write the counts there too")
    parser.add_argument(
        "--cases", action="store_true", help="list what is not marked and what is missed (of the tuning part)"
    )
    arguments = parser.parse_args()
    if not arguments.tables.is_file():
        print(f"{arguments.tables}: no such file; nothing was measured.")
        return
    tally, count = Tally(), 0
    with tempfile.TemporaryDirectory(prefix="peso-foreign-") as folder:
        for n, table in enumerate(tables(arguments.tables)):
            tuning = is_for_tuning(table)
            if arguments.part != "all" and tuning != (arguments.part == "tuning"):
                continue
            path, count = Path(folder) / f"{n}.xlsx", count + 1
            write(table, path)
            score(tally, f"table {n}", marked(table), path)
            path.unlink()
    print("\n".join([f"{count} tables; " + ", ".join(f"{k} {v}" for k, v in versions().items()), "", *_rows(tally)]))
    if arguments.cases and arguments.part == "tuning":
        print("\n".join(tally.cases))
    if arguments.json:
        figures = {f"{axis}: {what}": number_of for (axis, what), number_of in sorted(tally.counts.items())}
        arguments.json.write_text(json.dumps({"tables": count, **figures}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
