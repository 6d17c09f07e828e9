"""Printed amounts to exact centavos, and the reason where that cannot be done.

Integers only: no amount passes through a binary float. Which columns are money is for `headers`; this module
takes the text of one cell.
"""

import re
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.schema.lexicon import GLUED_UNIT, NOTE_BEHIND

# A hundred million million pesos, ten times what the federation spends in a year: beyond it a figure is a code, or two
# figures glued together. A hundred amounts below it add up to what DECIMAL(18,2) holds, and 900 to what 64 bits hold.
MAX_CENTAVOS = 10**16

_DASHES = "-–—−‐‑‒﹣－"
_CREDIT = re.compile(r"\(?C(?:[Rr]|\.[Rr])\.?\)?$")  # what a bank writes behind a negative amount
# A doubled mark ($7,’965,782.17) is a slip that leaves the digits whole; the sums say whether it is right.
_GROUPS = "[,'’´`‘]{1,2}"
_AMOUNT = re.compile(rf"(\d{{1,3}}(?:{_GROUPS}\d{{3}})+|\d+)?(?:\.(\d+))?$")
_EUROPEAN = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})$|(\d{1,3}(?:\.\d{3}){2,})$")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]-\d+$")
_EXPONENT = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})$")
_DASH_ONLY = re.compile(rf"\(?\$?[{_DASHES}]+(?:0[{_DASHES}]+)?\$?\)?$")  # `-0-` too
_NOISE = re.compile(r"[\s\u00a0\u2007\u202f\u200b\u2060\ufeff]+|MXN|M\.N\.|[*⁰¹²³⁴-⁹]+$")
_GLUED = re.compile(rf"(?<=\d)\s*{GLUED_UNIT}\s*$", re.IGNORECASE)  # its worth is the multiplier's
_NOT_DIGIT = re.compile(r"\D")
# Two numbers that fell into one cell are not one amount.
_TWO_NUMBERS = re.compile(r"[\d.]\s+\d|\d\$\d")
# Thousands set apart by spaces: a sign, decimals, two groups or a space that does not break prove them.
_SPACED = re.compile(r"^\D*\d{1,3}(?:\s\d{3})+(?:[.,]\d{1,2})?\D*$")
_SPACED_SURELY = re.compile(r"\$|[.,]\d|\d\s\d{3}\s\d|[\u00a0\u2007\u2009\u202f]")
_DECIMAL_COMMA = re.compile(r"(\d{1,3}(?:[.,]\d{3})*|\d+)(?:,(\d{2}))?$")
# What nearly all amounts of a budget look like: read as arrays, in any unit up to thousands without overflow.
_USUAL = r"^\$?(?:\d{1,2}(?:,\d{3}){1,3}|\d{3}(?:,\d{3}){1,2}|\d{1,11})(?:\.\d\d)?$"
_USUAL_UNIT = 1_000


class ParsedAmount(NamedTuple):
    """`centavos` is null where `problem` is 'unreadable'. `precision` is the centavos that one unit of the last
    printed digit is worth: 100 where whole pesos are printed, 0 for a dash, which says nothing about it.
    """

    centavos: int | None
    problem: str | None
    precision: int
    dash: bool


UNREADABLE = ParsedAmount(None, "unreadable", 0, False)


def decimal_marks(texts: pd.Series) -> np.ndarray:
    """Of each text the mark before the last two digits, `,` or `.`, or ""; a single digit after a point counts too."""
    values = pa.array(texts, pa.string())
    point, comma = (pc.match_substring_regex(values, rf"{mark}\D*$") for mark in (r"\.\d\d?", r",\d\d"))
    return np.where(point, ".", np.where(comma, ",", ""))


def points_before_three(texts: pd.Series) -> np.ndarray:
    """Of each text what its points are like: `three` where one stands before exactly three digits, `groups` where they surely
    group thousands, `decimal` where one parts decimals, or a figure without points has more than three digits; or "".
    """
    values = pa.array(texts, pa.string())
    three, groups, decimal = (
        np.asarray(pc.match_substring_regex(values, pattern))
        for pattern in (
            r"^\D*[1-9]\d{0,2}\.\d{3}\D*$",
            r"^\D*\d{1,3}(?:\.\d{3}){2,}\D*$|^\D*\d{1,3}(?:\.\d{3})+,\d{1,2}\D*$",
            r"\.(?:\d{1,2}|\d{4,})\D*$|\d{4}|,\d{3}|^\D*0\.\d",
        )
    )
    return np.where(groups, "groups", np.where(three, "three", np.where(decimal, "decimal", "")))


def parse_all(texts: pd.Series, multiplier: int = 1, decimal_comma: bool = False) -> pd.DataFrame:
    """What `parse` says of each text, in its columns; a null amount is 0 centavos. Each unusual text is parsed once."""
    values = pa.array(texts, pa.string())
    usual = np.asarray(pc.match_substring_regex(values, _USUAL)) & (multiplier <= _USUAL_UNIT) & (not decimal_comma)
    read = pd.DataFrame({
        "centavos": np.zeros(len(texts), dtype=np.int64), "problem": None,
        "precision": np.zeros(len(texts), dtype=np.int64), "dash": False,
    })  # fmt: skip
    plain = values.filter(pa.array(usual))
    shown = np.where(np.asarray(pc.match_substring(plain, ".")), multiplier, 100 * multiplier)
    for mark in "$,.":  # a pattern of the three takes four times as long
        plain = pc.replace_substring(plain, mark, "")
    digits = pc.cast(plain, pa.int64()).to_numpy()
    read.loc[usual, "centavos"], read.loc[usual, "precision"] = digits * shown, shown
    codes, unusual = pd.factorize(texts[~usual])
    parsed = [parse(str(text), multiplier, decimal_comma) for text in unusual]
    for name in read:
        column = np.array(
            [getattr(one, name) or 0 if name == "centavos" else getattr(one, name) for one in parsed],
            dtype=read[name].dtype,
        )
        read.loc[~usual, name] = column[codes]
    return read


def parse(text: str, multiplier: int = 1, decimal_comma: bool = False) -> ParsedAmount:
    """The amount that a cell prints, times the unit of its table.

    `decimal_comma`: the table writes centavos after a comma. One `221,888,505,50` among points is a misprint that
    nobody may guess; a table of them is how it is written.
    """
    text = NOTE_BEHIND.sub("", text)
    spaced = _SPACED.match(text.strip()) and _SPACED_SURELY.search(text)
    if not spaced and _TWO_NUMBERS.search(text):
        return UNREADABLE
    body = _NOISE.sub("", _GLUED.sub("", text))
    if _DASH_ONLY.match(body):
        return ParsedAmount(0, None, 0, True)
    negative, unsigned = _sign(body)
    digits = _digits(unsigned, decimal_comma) if unsigned is not None else None
    if digits is None:
        return UNREADABLE
    return _scaled(*digits, negative, multiplier)


def _sign(body: str) -> tuple[bool, str | None]:
    """Whether the amount is negative, and its unsigned text; None where two signs contradict each other."""
    signs = 0
    body = body.replace("$", "", 1)
    if credit := _CREDIT.search(body):
        signs, body = 1, body[: credit.start()]
    if (body[:1], body[-1:]) in (("(", ")"), ("<", ">"), ("[", "]")):
        signs, body = signs + 1, body[1:-1].replace("$", "", 1)
    if body and body[0] in _DASHES:
        signs, body = signs + 1, body[1:]
    elif body.startswith("+"):
        body = body[1:]
    if body and body[-1] in _DASHES:
        signs, body = signs + 1, body[:-1]
    return signs == 1, body if signs < 2 else None


def _digits(body: str, decimal_comma: bool) -> tuple[int, int] | None:
    """The amount as an integer and its number of decimals."""
    match = _DECIMAL_COMMA.match(body) if decimal_comma else None
    if match:
        return _join(match[1], match[2] or "")
    match = _AMOUNT.match(body)
    if match and (match[1] or match[2]):
        return _join(match[1] or "", match[2] or "")
    match = _EUROPEAN.match(body)
    if match:
        return _join(match[1] or match[3], match[2] or "")
    if _SCIENTIFIC.match(body):
        # What spreadsheets store for the difference of two equal sums: 5.82e-11.
        number = Decimal(body)
        return int(number.scaleb(40)), 40
    match = _EXPONENT.match(body)
    if match and len(match[2] or "") >= int(match[3]) + 2:  # with fewer digits, those after them are lost
        power = int(match[3])
        return _join(match[1] + match[2][:power], match[2][power:])
    return None


def _join(whole: str, decimals: str) -> tuple[int, int] | None:
    digits = _NOT_DIGIT.sub("", whole) + decimals
    # Python refuses to convert thousands of digits; no amount has forty.
    return (int(digits), len(decimals)) if len(digits) < 40 else None


def _scaled(number: int, decimals: int, negative: bool, multiplier: int) -> ParsedAmount:
    scale = 10**decimals
    centavos, rest = divmod(number * 100 * multiplier, scale)
    problem = None
    if rest:
        up = 2 * rest > scale or (2 * rest == scale and centavos % 2 == 1)
        distance = scale - rest if up else rest
        centavos += up
        problem = None if _is_binary_residue(distance, scale, centavos) else "rounded"
        decimals = 2
    if centavos >= MAX_CENTAVOS:
        return UNREADABLE
    # `1234.0` is how a spreadsheet stores 1234: it does not print tenths.
    shown = 0 if decimals == 1 and number % 10 == 0 else decimals
    return ParsedAmount(-centavos if negative else centavos, problem, max(1, multiplier * 100 // 10**shown), False)


def _is_binary_residue(distance: int, scale: int, centavos: int) -> bool:
    """Whether what is left after the centavos is the noise of a binary float: 18979615.250000004.

    Under a millionth of a peso, or within a few units of the last place of a double, and never a tenth of a centavo.
    """
    return distance * 10_000 < scale or (distance * 10 < scale and distance * 2**49 <= centavos * scale)


def pesos(centavos: int | None) -> str | None:
    """Exact decimal pesos, for people: -1234.50."""
    if centavos is None:
        return None
    whole, cents = divmod(abs(int(centavos)), 100)
    return f"{'-' if centavos < 0 else ''}{whole}.{cents:02d}"
