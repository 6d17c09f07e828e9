"""How a row of `out.alert` is written: its sentences in both languages, its place, amounts as pesos. Which alerts there are is in
`transforms.tell.alerts` and `transforms.tell.alerts_of_gaps`.
"""

import pandas as pd

from warehouse.schema import money
from warehouse.schema.vocabulary import ALERTS

Rows = list[dict[str, object]]


def alert(code: str, en: str, es: str, **where: object) -> dict[str, object]:
    """A row without its name. Raises KeyError for a code without words: readers are shown the words."""
    if code not in ALERTS:
        raise KeyError(f"not in the vocabulary of alerts: {code}")
    return {
        "code": code,
        "message": en.strip(),
        "mensaje": es.strip(),
        **{key: or_none(value) for key, value in where.items()},
    }


def or_none(value: object) -> object:
    """The value, or None where it is a null of pandas."""
    return None if value is None or value is pd.NA or value != value else value


def pesos_or_dash(centavos: object) -> str:
    """1,234.50, or a dash where there is no amount."""
    if or_none(centavos) is None:
        return "-"
    return money.pesos(int(str(centavos)))
