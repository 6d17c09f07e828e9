"""The day a row is of: its contract, its invoice or its entry in a ledger, where a column of the row says so.

Only days of the spending itself. When services begin or end, when a format was updated or a person hired are other
days. What a document as a whole covers is in `transforms.words.periods`.
"""

import json
import re
from datetime import date

import pandas as pd

from transforms.words.periods import month_number
from warehouse.schema.text import fold, words

FIRST_YEAR, LAST_YEAR = 1980, 2049

# Best first: the day money was committed by contract, then the day it was invoiced or entered.
_HEADERS = (
    re.compile(r"^fecha (?:de (?:firma|celebracion|suscripcion) )?del? contrato\b"),
    re.compile(r"^fecha de (?:la )?factura\b|^fecha de (?:la )?(?:poliza|pago|expedicion)\b|^fecha$"),
)
_DAYS = (
    (re.compile(r"^(\d{4})-(\d\d)-(\d\d)\b"), (1, 2, 3)),
    (re.compile(r"^(\d\d?)[/.-](\d\d?)[/.-](\d{4})\b"), (3, 2, 1)),
    (re.compile(r"^(\d\d?) (?:de )?([a-z]{3,10}) (?:de |del )?(\d{4})\b"), (3, 2, 1)),
)


def line_dates(label_cells: pd.Series) -> pd.Series:
    """Per row, the day its cells say, or null. `label_cells` is the JSON list of [header, text] of each row."""
    speaks = label_cells.str.contains("fecha", case=False, regex=False).fillna(False).astype("bool")
    dates = pd.Series(None, index=label_cells.index, dtype="object")
    dates[speaks] = [_of_row(json.loads(cells)) for cells in label_cells[speaks]]
    return dates


def _of_row(cells: list[list[str | None]]) -> date | None:
    days: dict[int, date] = {}
    for header, text in cells:
        last = words((header or "").rsplit("|", 1)[-1])
        rank = next((n for n, pattern in enumerate(_HEADERS) if pattern.search(last)), None)
        day = parse_day(text) if rank is not None else None
        if rank is not None and day and rank not in days:
            days[rank] = day
    return days[min(days)] if days else None


def parse_day(text: str | None) -> date | None:
    """2025-01-31, 31/01/2025 or 31 de enero de 2025; null for anything else, and for a day that does not exist."""
    plain = fold(text)
    for pattern, (year, month, day) in _DAYS:
        if match := pattern.match(plain):
            number = match[month] if match[month].isdigit() else month_number(match[month])
            return _day(int(match[year]), int(number or 0), int(match[day]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
