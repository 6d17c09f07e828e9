"""When something is due, by which rule: the terms of laws and of the Open Budget Survey, as days.

The rules with their articles are in `warehouse.schema.answering_terms`. Business days leave out weekends only: no calendar of holidays, of the
law, of a state or of a body is known here (none is among the sources of reference), so a due day in business days is the earliest that it can be.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.ledgers.typed import DAY

ANSWER, EXTENSION = 20, 10  # business days: the LGTAIP of 2015, as the rules say
PUBLISHED_WITHIN = 30  # calendar days after the period closes: LGCG, art. 58


class StopDate(NamedTuple):
    """When the survey takes a document for unpublished: `months` after a day of the fiscal year; none where that day is not in the year."""

    month: int
    months: int


# International Budget Partnership, OBS Tracker guide, annex 4. The other documents' clocks start when the proposal is introduced or approved.
OBS_STOP_DATES: dict[str, StopDate] = {
    "in_year_reports": StopDate(12, 3),
    "mid_year_review": StopDate(6, 3),
    "year_end_report": StopDate(12, 12),
    "audit_report": StopDate(12, 18),
}


def business_days_after(days: pd.Series, count: int) -> pd.Series:
    """The last of so many business days that begin on the day after; what comes in on a weekend is taken as of the Monday."""
    there = days.notna().to_numpy(dtype=bool)
    last = np.full(len(days), None, dtype=object)
    moments = pd.to_datetime(days[there]).to_numpy(dtype="datetime64[D]")
    last[there] = np.busday_offset(moments, count, roll="forward").astype(object)
    return pd.Series(pd.array(last, dtype=DAY), days.index)


def days_after(days: pd.Series, count: int) -> pd.Series:
    """So many calendar days after each."""
    return (pd.to_datetime(days) + pd.Timedelta(days=count)).dt.date.astype(DAY)


def obs_due(document_class: str, year: int) -> date | None:
    """The stop date of a document of the survey; None where no document here gives the day that its term begins on."""
    stop = OBS_STOP_DATES.get(document_class)
    if stop is None:
        return None
    closes = pd.Period(year=year, month=stop.month, freq="M")
    last: date = (closes + stop.months).end_time.date()
    return last
