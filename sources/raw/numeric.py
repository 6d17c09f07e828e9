"""Which words stand for a number: the lexical test that promise P2 counts with.

Only the shape of a word is looked at. Whether it is money, and how much, is for `transforms.words.money`.
"""

import re
from functools import lru_cache

# A dash, alone or after a currency sign, is how tables print zero or nothing: `-`, `$ -`, `$-`, `—`.
DASHES = "-–—−‐‑‒﹣－"  # hyphens, dashes and the minus of mathematics, narrow and wide: each is printed for a minus
_DASH = re.compile(rf"^\(?\$?\s*[{DASHES}]+\s*\)?$")
_DIGIT = re.compile(r"\d")
# What a printed amount may contain: digits, grouping and decimal marks (also the Mexican apostrophe for millions),
# signs, parentheses, currency. `$',000,000.00` and `0.Q0` are misprints that occur, and stay numeric by their digits.
CREDIT = r"\(?C(?:[Rr]|\.[Rr])\.?\)?"  # what a bank writes behind a negative amount
# `<1,234.00>`, `[1,234.00]` and `1,234.00 CR` are amounts with a sign.
AMOUNT_SHAPE = re.compile(
    rf"^[{DASHES}+]?[(<\[]?[{DASHES}+]?\$?\s*[{DASHES}+]?[(<\[]?['’´`‘.,]*\d[\d'’´`‘.,]*[)>\]]?[{DASHES}*]?(?:\s*{CREDIT})?$"
)


_UNPRINTED_ZEROS = re.compile(r"^\(?\$\s?000(?:,000)?(?:['’]?s)?\)?$")


@lru_cache(maxsize=2**14)
def is_numeric(word: str) -> bool:
    """Whether the word has a digit. A lone dash counts only inside a table's amount column: see `is_dash`."""
    return bool(_DIGIT.search(word))


def is_dash(word: str) -> bool:
    """Whether the word is a dash that a table prints in place of an amount."""
    return bool(_DASH.match(word.strip()))


def looks_like_amount(word: str) -> bool:
    """Whether the whole word has the shape of a printed amount. `$000` has not: it says the unit, thousands."""
    word = word.strip()
    return bool(AMOUNT_SHAPE.match(word)) and not _UNPRINTED_ZEROS.match(word)
