"""The accounting of numeric words, the speed and memory of reading beside pdfplumber, and the versions of the tools."""

import multiprocessing
import os
import platform
import resource
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
import pdfplumber

from sources.reading import Reading
from tests.bench.reads import Counted, read_of

_MONEY = r"^[-(]*\$?\s?[-(]*\d{1,3}(?:[,'’´]\d{3})+\.\d{2}\)?$"

_TOOLS = ("peso-a-peso", "pypdfium2", "pdfplumber", "pdfminer.six", "camelot-py", "playa-pdf", "tabula-py", "openpyxl")


def accounting(reading: Reading, counted: Counted) -> dict[str, Any]:
    """Numeric words counted by pdfplumber against the rows of `raw.number`, and the share of each reason.

    Words can be cut otherwise; digits cannot: they are counted too. Three signs of a table read badly need no truth:
    figures printed as money but excluded, and amounts whose column has no header or whose row has no label.
    """
    numbers = reading.numbers
    digits = numbers["source_text"].str.contains(r"\d", regex=True)
    reasons = Counter(numbers["exclusion"].fillna("amount"))
    unexplained = int((numbers["exclusion"].isna() & numbers["table"].isna()).sum())
    total = max(len(numbers), 1)
    excluded = numbers[numbers["exclusion"].notna() & (numbers["exclusion"] != "hidden")]
    amounts = numbers[numbers["exclusion"].isna()]
    return {
        "words": counted.words,
        "accounted": int(digits.sum()),
        "word_difference": int(digits.sum()) - counted.words,
        "digit_difference": int(numbers["source_text"].str.count(r"\d").sum()) - counted.digits,
        "unexplained": unexplained,
        "money_excluded": int(excluded["source_text"].str.match(_MONEY).sum()),
        "no_header": _nameless(amounts, reading.columns, "column", "header"),
        "no_label": _nameless(amounts, reading.rows, "row", "label"),
        "reasons": dict(reasons.most_common()),
        "shares": {reason: round(count / total, 4) for reason, count in reasons.most_common()},
    }


def _nameless(amounts: pd.DataFrame, named: pd.DataFrame, key: str, name: str) -> int:
    """Amounts whose column or row has no name."""
    bare = named[named[name].fillna("").str.strip() == ""]
    keys = set(zip(bare["table"], bare[key], strict=True))
    return sum(pair in keys for pair in zip(amounts["table"], amounts[key], strict=True))


def processor_time() -> float:
    """Seconds of processor time so far, of this process and of those it has ended."""
    return sum(os.times()[:4])


def speed(paths: list[Path]) -> dict[str, float]:
    """Pages a second of processor time and the peak memory, ours and of pdfplumber's extract_tables on a tenth, in processes of their own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as process:
        own, other = (process.submit(_timed, read, paths).result() for read in (_pages_read, _pages_by_pdfplumber))
    return {
        "pages": own[0],
        "pages_per_second": round(own[0] / own[1], 1),
        "pdfplumber_pages_per_second": round(other[0] / other[1], 1),
        "ratio": round(other[1] / other[0] * own[0] / own[1], 1),
        "peak_memory_mb": round(own[2]),
    }


def _timed(read: Callable[[Path], int], paths: list[Path]) -> tuple[int, float, float]:
    """Pages, seconds of processor time, and the peak memory in MB, no less than that of the process that began this one."""
    start = processor_time()
    pages = sum(read(path) for path in paths)
    return pages, processor_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _pages_read(path: Path) -> int:
    return len(read_of(path).pages)


def _pages_by_pdfplumber(path: Path) -> int:
    """Every tenth page: at its pace all of them would take most of the run."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[::10]:
            page.extract_tables()
            page.close()
        return len(pdf.pages[::10])


def versions() -> dict[str, str]:
    """The version of each tool that is measured or measures, where it is installed."""
    found = {"python": platform.python_version()}
    for name in _TOOLS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
