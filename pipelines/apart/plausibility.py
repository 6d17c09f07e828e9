"""A page on which money was not recognised as a table is refused, and the rest of its document is not."""

import pandas as pd

from expectations.plausible import describe_findings, find_implausible
from sources.raw.reading import Reading
from sources.raw.refusal import without_pages

_ADVICE = "Se rechazó la página: tiene dinero en columna que no se reconoció como tabla"


def keep_plausible(reading: Reading) -> tuple[Reading, pd.DataFrame]:
    """The reading without its implausible pages, and the findings that are still against it: where they are of the whole
    document, or no amount is left.
    """
    findings = find_implausible(reading.numbers)
    of_pages = findings[findings["page"].notna()]
    if of_pages.empty:
        return reading, findings
    messages = {
        str(page): f"{_ADVICE}: {describe_findings(mine).es}." for page, mine in of_pages.groupby("page", sort=False)
    }
    kept = without_pages(reading, messages)
    if kept.numbers["table"].notna().any():
        return kept, find_implausible(kept.numbers)
    return reading, findings
