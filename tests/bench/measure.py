"""The accounting of numeric words and the speed of reading, beside pdfplumber in the same run."""

import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pdfplumber

from sources.reading import Reading
from tests.bench.reads import Counted, read_of

_MONEY = r"^[-(]*\$?\s?[-(]*\d{1,3}(?:[,'’´]\d{3})+\.\d{2}\)?$"


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


def speed(paths: list[Path]) -> dict[str, float]:
    """Pages a second of processor time, ours and of pdfplumber's extract_tables on the same files, and the peak memory."""
    pages = 0
    start = time.process_time()
    for path in paths:
        pages += len(read_of(path).pages)
    own = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()
    other = time.process_time() - start
    return {
        "pages": pages,
        "pages_per_second": round(pages / own, 1),
        "pdfplumber_pages_per_second": round(pages / other, 1),
        "ratio": round(other / own, 1),
        "peak_memory_mb": round(peak),
    }
