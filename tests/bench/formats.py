"""How a number format prints a cell: as money, as another number, or not at all."""

import re
from decimal import Decimal
from typing import NamedTuple

from tests.bench.words import rounded

_QUOTED = re.compile(r'"([^"]*)"')
_SPACING = re.compile(r"\[[^\]]*\]|_.|\*.")
_ESCAPED = re.compile(r"\\(.)")


class Shown(NamedTuple):
    """`kind` is money, plain (a number without grouping or decimals), percent, date or blank."""

    kind: str
    centavos: int


def shown(value: float | int, number_format: str) -> Shown:
    """What a format shows of a value. Excel keeps fifteen digits and rounds halves away from zero."""
    exact = Decimal(f"{value:.15g}")
    sections = _sections(number_format or "General")
    positive = _placeholders(sections[0])
    if "%" in positive:
        return Shown("percent", rounded(exact * 100, _decimals(positive)))
    if re.search(r"[ymdhs]", positive.replace("General", ""), re.IGNORECASE):
        return Shown("date", 0)
    if "General" in positive or "@" in positive:
        return Shown("plain", rounded(exact, 2))
    section = sections[0]
    if exact < 0 and len(sections) > 1:
        section = sections[1]
    decimals = _decimals(_placeholders(section))
    if rounded(exact, decimals) == 0 and len(sections) > 2 and exact == 0:
        section = sections[2]
    if not re.search(r"[0#]", _placeholders(section)):
        return Shown("money" if "-" in _literal(section) else "blank", 0)
    scale = len(re.search(r",*$", re.split(r"\.|[^0#,?]*$", _placeholders(section))[0]).group())  # type: ignore[union-attr]
    value_shown = rounded(exact.scaleb(-3 * scale), decimals)
    kind = "money" if re.search(r"[#0],[#0]|\.[0#]", _placeholders(section)) else "plain"
    return Shown(kind, value_shown)


def _sections(number_format: str) -> list[str]:
    parts, quoted, part = [], False, ""
    for i, c in enumerate(number_format):
        if c == '"':
            quoted = not quoted
        if c == ";" and not quoted and (i == 0 or number_format[i - 1] != "\\"):
            parts.append(part)
            part = ""
        else:
            part += c
    return [*parts, part]


def _placeholders(section: str) -> str:
    return _ESCAPED.sub("", _QUOTED.sub("", _SPACING.sub("", section)))


def _literal(section: str) -> str:
    return _ESCAPED.sub(r"\1", _QUOTED.sub(r"\1", _SPACING.sub("", section)))


def _decimals(section: str) -> int:
    decimals = re.search(r"\.([0#?]+)", section)
    return len(decimals[1]) if decimals else 0
