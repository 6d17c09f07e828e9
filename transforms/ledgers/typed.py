"""The texts of a ledger's cells as money and days, each with the reason where it cannot be one.

How an amount is printed is known in `transforms.words.money`; days come in more forms here than in budgets, and those that do not exist are
kept as printed.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from transforms.words.dates import parse_day
from transforms.words.money import parse_all
from transforms.words.periods import month_number
from warehouse.schema.text import fold

DAY = pd.ArrowDtype(pa.date32())
_FORMED = re.compile(
    r"^\d{1,4}\s*[/.-]+\s*\d{1,2}\s*[/.-]+\s*\d{1,4}\b|^\d{8}$|^\d{1,2} (?:de )?[a-z]{3,10} (?:de |del )?\d{4}\b"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_SHORT_YEAR = re.compile(r"^(\d\d?)[/.-](\d\d?)[/.-](\d\d)$")
_FAR = re.compile(r"^(\d\d?)[/.-](\d\d?)[/.-]((?:19|20)\d\d)$")  # the last day of a work may be decades away
_NAMED = re.compile(r"^(\d\d?)[/ .-]+([a-z]{3,10})[/ .-]+(\d{4}|\d\d)$")  # 31-ene-2025
_MONTH = re.compile(r"^([a-z]{3,10})[ /.-]+(?:de |del )?\d{4}$")
_CLOCK = re.compile(r"(?<=\d\d-\d\d)t\d\d:?\d\d.*$")  # of ISO 8601, as OCDS writes its days
_SPELLED = re.compile(r"\s*(?:\([^()]*[a-záéíóú]{3}.*\)|pesos(?: mexicanos)?(?: m\.?\s?n\.?)?)\s*$", re.IGNORECASE)
_SERIAL = re.compile(r"^[34]\d{4}(?:\.0)?$")
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of spreadsheets


class Day(NamedTuple):
    """A day, or why the text is none: `impossible` where it has the form of one, `month` where it says only that, or `unreadable`."""

    day: date | None
    reason: str | None


def read_day(text: str) -> Day:
    """2025-01-31, 31/01/2025, 31 de enero de 2025, 31/01/25, 20250131, or the number of a spreadsheet's day."""
    plain = _CLOCK.sub("", fold(text))
    if day := parse_day(plain):
        return Day(day, None)
    for pattern, order in ((_COMPACT, (1, 2, 3)), (_SHORT_YEAR, (3, 2, 1)), (_FAR, (3, 2, 1))):
        if match := pattern.match(plain):
            year, month, day_of = (int(match[group]) for group in order)
            try:
                return Day(date(year + 2000 if year < 100 else year, month, day_of), None)
            except ValueError:
                return Day(None, "impossible")
    if (match := _NAMED.match(plain)) and (number := month_number(match[2])):
        try:
            return Day(date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), number, int(match[1])), None)
        except ValueError:
            return Day(None, "impossible")
    if _SERIAL.match(plain):
        return Day(_FIRST_SERIAL + timedelta(days=int(float(plain))), None)
    if _FORMED.match(plain):
        return Day(None, "impossible")
    named = _MONTH.match(plain)
    return Day(None, "month" if named and month_number(named[1]) else "unreadable")


def days(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The day of each text, and the reason where it is none; each text is read once."""
    codes, unique = pd.factorize(texts)
    read = [read_day(str(text)) for text in unique] + [Day(None, None)]
    day, reason = (
        pd.array([getattr(one, name) for one in read], dtype=kind) for name, kind in (("day", DAY), ("reason", "str"))
    )
    return pd.Series(day.take(codes), texts.index), pd.Series(reason.take(codes), texts.index)


def money(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Centavos of each text, and `unreadable` or `rounded` where that must be said."""
    there = texts.notna()
    parsed = parse_all(texts[there].astype("str").reset_index(drop=True))
    in_words = (parsed["problem"] == "unreadable").to_numpy(dtype=bool)
    if in_words.any():  # `$1,160.00 (mil ciento sesenta pesos 00/100 M.N.)`
        bare = texts[there][in_words].astype("str").str.replace(_SPELLED, "", regex=True)
        parsed.loc[in_words, ["centavos", "problem"]] = parse_all(bare.reset_index(drop=True))[
            ["centavos", "problem"]
        ].to_numpy()
    centavos = pd.Series(pd.array([pd.NA] * len(texts), dtype="Int64"), texts.index)
    problem = pd.Series(np.array([None] * len(texts), dtype=object), texts.index)
    centavos[there] = pd.array(parsed["centavos"].where(parsed["problem"] != "unreadable"), dtype="Int64")
    problem[there] = parsed["problem"].to_numpy(dtype=object)
    return centavos, problem
