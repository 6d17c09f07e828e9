"""Pages of a document that are refused, when the rest of it is good: their numbers are no amounts, and the page says why.

What makes a page bad is judged elsewhere; here nothing of it is lost, and nothing of it counts.
"""

from collections.abc import Mapping
from dataclasses import replace

from sources.raw.reading import Reading


def without_pages(reading: Reading, refused: Mapping[str, str]) -> Reading:
    """The reading with these pages refused, each with the message that says why; the others stay as they are."""
    numbers, pages = reading.numbers.copy(), reading.pages.copy()
    mine = numbers["page"].isin(refused.keys())
    numbers.loc[mine, ["table", "row", "column"]] = None
    numbers.loc[mine, "exclusion"] = "refused"
    bad = pages["page"].isin(refused.keys())
    pages.loc[bad, "kind"] = "failed"
    pages.loc[bad, "message"] = pages.loc[bad, "page"].map(dict(refused)).astype(pages["message"].dtype)
    return replace(reading, numbers=numbers, pages=pages)
