"""Words and figures as the scorer compares them: folded text, and amounts as exact centavos.

Written apart from `transforms`, so that one mistake cannot hide in both. What belongs to a workbook or to a reading is in
`truth` and `reads`.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(r"[^\W\d_]+|\d+")  # a note mark glued to a word is no part of it
_YEAR = re.compile(r"^(19|20)\d\d$")
_DASH = re.compile(r"^\(?\$?[-–—−]+\)?$")
_FIGURE = re.compile(r"^\(?[-–—−+]?\$?[-–—−]?\(?(\d{1,3}(?:[,'’´`‘]\d{3})+|\d+)?(\.\d+)?\)?[-–—−]?%?\*?$")


def tokens(text: object) -> tuple[str, ...]:
    """Words without accents, case, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", str(text or "")).casefold()
    return tuple(_TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c))))


def spoken(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that say something: codes, column numbers and single letters of an enumeration left out."""
    return tuple(word for word in words if len(word) > 1 and not word.isdigit())


def heading(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that name a column: those that say something, and years."""
    return tuple(word for word in words if (len(word) > 1 and not word.isdigit()) or _YEAR.match(word))


def centavos(text: str) -> int | None:
    """The centavos that a printed word says; None where it is no figure. A dash is zero."""
    body = re.sub(r"[\s\u00a0]+", "", text)
    if _DASH.match(body):
        return 0
    figure = _FIGURE.match(body)
    if not figure or not (figure[1] or figure[2]):
        return None
    digits = re.sub(r"\D", "", figure[1] or "0")
    if len(digits) > 15:
        return None  # figures of several columns run together
    whole = rounded(Decimal(digits + (figure[2] or "")), 2)
    return -whole if re.search(r"[-–—−(]", body) else whole


def rounded(value: Decimal, decimals: int) -> int:
    """The centavos of a value as printed with so many decimals."""
    shown = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return int((shown * 100).quantize(Decimal(1), ROUND_HALF_UP))
