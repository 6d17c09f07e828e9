"""Recognised figures and letters: which of their slips leave no doubt.

A point read as a comma, a space beside a mark, the rest of a ruled line at the end, O for 0 and l for 1: the digits and
their places are the same. Anything else stays as it was recognised, and is no amount.
"""

import re
import unicodedata

from sources.pdf.ocr.settings import READER

_RUBBISH = r"[|\[\]!¡'’‘`´\"“”«»:;_·•.,~*°]+"
_EDGE = re.compile(rf"^{_RUBBISH}|{_RUBBISH}$")
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_BODY = re.compile(r"^([-–(]*\$?[-–(]*)(\d[\d.,'’´`‘ ]*\d|\d)(\)?-?)$")
_MARK = re.compile(r"[.,'’´`‘ ]+")
# A mark behind the last digit of a figure without decimals: they were lost. One before the first digit may be a speck.
_OPEN = re.compile(r"^(?!.*[.,' ]\d\d[.,]\W*$).*\d\s*[.,]\W*$")
_PERCENT = re.compile(r"^-?\d{1,3}(?:[.,]\d{1,4})?\s?%$")


_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_ROMAN = re.compile(r"(?<![^\W_])[lI|]{1,3}(?=\s?=\s?[A-I]\b)|^[lI|]{1,3}(?=\s?\.)")


def roman(text: str) -> str:
    """A text with its roman numbers as such: `ll. Gasto Etiquetado (ll=A+B)` has two of them."""
    return _ROMAN.sub(lambda found: "I" * len(found[0]), text)


def spanish(text: str) -> str:
    """A text without marks that Spanish does not write: a speck over `o` or under `c` makes `ô` or `ç` of it.

    As long as it was: a letter stands for a letter.
    """
    return "".join(letter if letter in _SPANISH else unicodedata.normalize("NFD", letter)[0] for letter in text)


def figure(text: str) -> str | None:
    """A recognised text as the amount it can only be, written 1,234.56; None where it is none or leaves a doubt."""
    if _OPEN.search(text.strip()):
        return None
    body = _EDGE.sub("", text.strip()).strip()
    if sum(c.isdigit() for c in body) < 0.5 * len(re.sub(r"\W", "", body)) or not any(c.isdigit() for c in body):
        return None
    body = body.replace("S/", "$").translate(_LOOKALIKE) if not body.isdigit() else body
    if _PERCENT.match(body):
        return body
    body = re.sub(r"([-–($])\s+", r"\1", body)
    parts = _BODY.match(body)
    if not parts:
        return None
    number = _number(parts[2])
    return f"{parts[1]}{number}{parts[3]}" if number else None


def _number(body: str) -> str | None:
    """Groups of three digits and two decimals, whatever marks stand between them."""
    groups, marks = _MARK.split(body), _MARK.findall(body)
    if len(groups) == 1:
        return body
    decimals = groups.pop() if len(groups[-1]) == 2 else ""
    if len(groups[0]) > 3 and len(groups) == 1 and decimals:
        return body if "." in marks[-1] and " " not in body else None
    if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    if not decimals and (any("." in mark for mark in marks) or all(mark == " " for mark in marks)):
        return None  # 5.670 may be five, and 1 234 may be two numbers
    if decimals and len(groups) > 1 and all(mark == " " for mark in marks):
        return None
    return ",".join(groups) + (f".{decimals}" if decimals else "")


def garbled_figure(text: str) -> bool:
    """Whether a text is a figure of which a few characters were taken for letters."""
    body = re.sub(r"[^\w]", "", text)
    digits = sum(c.isdigit() for c in body)
    return (
        digits >= 3
        and digits >= READER.garbled * len(body)
        and bool(_MARK.search(text.strip()))
        and not re.search(r"[^\W\d]{3}", text)
    )
