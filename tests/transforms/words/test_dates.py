"""The day a row is of: which column says it, and how days are written."""

import json
from datetime import date

import pandas as pd
import pytest

from transforms.words.dates import line_dates, parse_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("31/01/2025", date(2025, 1, 31)),
        ("03 DE MARZO DE 2014", date(2014, 3, 3)),
        ("13 de enero del 2014", date(2014, 1, 13)),
        ("2015-01-02 00:00:00", date(2015, 1, 2)),
        ("31/12//2015", None),
        ("31/02/2015", None),
        ("NO SE REALIZO", None),
        (None, None),
    ],
)
def test_days(text: str | None, day: date | None) -> None:
    assert parse_day(text) == day


def of(*cells: tuple[str, str]) -> date | None:
    line_date = line_dates(pd.Series([json.dumps(cells)])).iloc[0]
    return None if pd.isna(line_date) else line_date


def test_the_day_of_the_spending_not_of_the_format() -> None:
    assert of(("Fecha de actualización", "2025-03-31"), ("Fecha", "02/01/2018")) == date(2018, 1, 2)
    assert of(("Plazo | Fecha de inicio", "2025-03-31"), ("Fecha de ingreso", "2015-09-01")) is None
    assert of(("Fecha", "2025-03-31"), ("Fecha de firma del contrato", "2025-02-01")) == date(2025, 2, 1)
    assert of(("Fecha del contrato expresada con el formato día/mes/año", "2025-02-21")) == date(2025, 2, 21)
    assert of(("Concepto", "Sueldos")) is None
