"""What a register says of itself: which ledger it is, of which profile, whose, and of which period. For the draft of its entry.

A register has no title and no table: its records speak, in the columns that its profile recognised.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from transforms.words.dates import parse_day
from warehouse.schema.ledger_terms import LEDGERS

# Kinds of document by ledger; every other register is `otro`.
_KINDS = dict.fromkeys(("procedure", "contract", "payment", "supplier"), "contratos") | {"transfer": "secundaria"}
_PARTS = ("bidder", "charge", "amendment", "award", "person")  # rows that another table refers to


@dataclass(frozen=True)
class RegisterFacts:
    """The main ledger of a register with its profile, the one body that all its rows name, and the days they cover."""

    profile_id: str
    ledger: str
    body: str | None
    years: frozenset[int]
    first_day: date | None
    last_day: date | None

    @classmethod
    def of(cls, records: pd.DataFrame | None) -> "RegisterFacts | None":
        """Of `raw.record` of one document; None where it has no record of a ledger of its own."""
        if records is None or records.empty:
            return None
        main = records[~records["ledger"].isin(_PARTS)]
        if main.empty:
            return None
        first = main.sort_values("record", kind="stable").iloc[0]
        texts = main[main["type"].notna()].groupby("field")["source_text"].unique().to_dict()
        bodies = list(texts.get("body", []))
        first_days, last_days = (
            [day for text in texts.get(field, []) if (day := parse_day(str(text)))] for field in ("period_start", "period_end")
        )
        years = {int(str(text)[:4]) for text in texts.get("year", []) if str(text)[:4].isdecimal() and len(str(text)) >= len("2025")}
        return cls(
            str(first["profile_id"]), str(first["ledger"]), str(bodies[0]) if len(bodies) == 1 else None,
            frozenset(years | {day.year for day in last_days}), min(first_days, default=None), max(last_days, default=None),
        )  # fmt: skip

    @property
    def title(self) -> str:
        """What it is, whose and of when, in Spanish: as the entry's title."""
        of_body = f", {self.body}" if self.body else ""
        span = f", {self.first_day} a {self.last_day}" if self.first_day and self.last_day else ""
        return f"{LEDGERS[self.ledger].es}{of_body}{span} (registro {self.profile_id})"

    @property
    def kind(self) -> str:
        """The kind of document that its ledger makes it."""
        return _KINDS.get(self.ledger, "otro")

    @property
    def fiscal_year(self) -> int | None:
        """The year of all its rows, where they are of one."""
        return next(iter(self.years)) if len(self.years) == 1 else None
