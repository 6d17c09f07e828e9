"""Whether new bytes at a known address look like another statement: by subject, title, classification and totals.

Portals use one address for one statement after another. A version that was restated keeps what it is of; what does not is
for a person to look at. Pure: two readings in, doubts out.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from transforms.words.classification import BUDGET, by_words
from transforms.words.money import parse
from warehouse.schema.text import words

SUBJECT = ("government_id", "kind", "fiscal_year", "period_end")
_LIKE = 0.5  # of the words of both titles together
_FACTOR = 2  # restatements of a whole year stay far below


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    old: Mapping[str, pd.DataFrame],
    new: Mapping[str, pd.DataFrame],
) -> list[str]:
    """Codes of DOUBTS with what was seen, for each way in which the new bytes are not of what the old were.

    `before` and `after` are the fields of both entries; `old` and `new` the frames of both readings (keys table, number; any
    may be absent). What either does not say is no difference.
    """
    return [
        *_subject(before, after),
        *_title(before.get("title"), after.get("title")),
        *_classes(old.get("table"), new.get("table")),
        *_totals(old.get("number"), new.get("number")),
    ]


def _subject(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    pairs = [(name, before.get(name), after.get(name)) for name in SUBJECT]
    changed = [
        f"{name} {old} → {new}" for name, old, new in pairs if old is not None and new is not None and old != new
    ]
    return [f"other_subject: {', '.join(changed)}"] if changed else []


def _title(before: str | None, after: str | None) -> list[str]:
    one, other = ({word for word in words(title).split() if word.isalpha()} for title in (before, after))
    if not one or not other or len(one & other) / len(one | other) >= _LIKE:
        return []
    return [f"other_title: «{before}» → «{after}»"]


def _classes(before: pd.DataFrame | None, after: pd.DataFrame | None) -> list[str]:
    one, other = _classes_of(before), _classes_of(after)
    if not one or not other or one & other:
        return []
    return [f"other_class: {', '.join(sorted(one))} → {', '.join(sorted(other))}"]


def _classes_of(tables: pd.DataFrame | None) -> set[str]:
    """By what the tables split the money, as their titles say."""
    if tables is None:
        return set()
    texts = tables[["title", "context"]].astype(object).where(tables[["title", "context"]].notna(), None)
    return {by_words(*pair) for pair in texts.itertuples(index=False)} & BUDGET


def _totals(before: pd.DataFrame | None, after: pd.DataFrame | None) -> list[str]:
    one, other = _largest(before), _largest(after)
    if not one or not other or 1 / _FACTOR <= other / one <= _FACTOR:
        return []
    return [f"other_total: {one / 100:,.2f} → {other / 100:,.2f}"]


def _largest(numbers: pd.DataFrame | None) -> int:
    """The largest amount of the tables as printed, in hundredths of its unit; 0 where there is none."""
    if numbers is None:
        return 0
    texts = numbers.loc[numbers["exclusion"].isna(), "source_text"].dropna().unique()
    return max((abs(parse(text).centavos or 0) for text in texts), default=0)
