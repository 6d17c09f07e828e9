"""The accounting of numeric words, the processor time, and the versions of the tools."""

import os
import platform
from collections import Counter
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from sources.raw.reading import Reading
from tests.bench.reads import Counted

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


def versions() -> dict[str, str]:
    """The version of each tool that is measured or measures, where it is installed."""
    numbers = {"python": platform.python_version()}
    for name in _TOOLS:
        with suppress(PackageNotFoundError):
            numbers[name] = version(name)
    return numbers
