"""Comparable forms of printed words: without accents, case, hyphenated line ends or double spaces.

Only the shape of words. Which words the field has is in `lexicon`, what a header says of its column in `column_kind`.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_SPACES = re.compile(r"\s+")
_HYPHENATED = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# UTF-8 that was taken for Windows' western encoding and written as UTF-8 again: `Ã³` for `ó`, `Â¿` for `¿`.
_TWICE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013"
    "\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)

# What begins a formula, at the beginning of a cell or behind what separates cells in another locale: a reader that parts a line at
# semicolons does not see the quotes around a cell that commas part.
FORMULA_MARKS = "=+\\-@＝＋－＠"
FORMULA_BEGINS = rf"(^\s*|[;|\t\r\n]\s*)([{FORMULA_MARKS}])"
_FORMULA = re.compile(FORMULA_BEGINS)


@lru_cache(maxsize=200_000)
def fold(text: str | None) -> str:
    """Lower case, without accents, spaces collapsed, words that were hyphenated at a line's end joined.

    A letter that was encoded twice (`administraciÃ³n`) is the letter it was.
    """
    if not text:
        return ""
    if "\u00c3" in text or "\u00c2" in text:
        text = _TWICE.sub(_encoded_once, text)
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(filterfalse(unicodedata.combining, plain)).lower()
    return _HYPHENATED.sub("", _SPACES.sub(" ", plain).strip())


def count_twice_encoded(text: str) -> int:
    """How many letters of a text were encoded twice."""
    return sum(_encoded_once(match) != match[0] for match in _TWICE.finditer(text))


def _encoded_once(match: re.Match[str]) -> str:
    try:
        # What Windows' encoding leaves free stays as it is: `Ã\x8d` for `Í`.
        return bytes(ord(char) if ord(char) < 256 else char.encode("cp1252")[0] for char in match[0]).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]


@lru_cache(maxsize=200_000)
def words(text: str | None) -> str:
    """Folded, and only letters and digits separated by single spaces: for comparing names."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def letters(text: str | None) -> str:
    """Folded, and only letters and digits: for texts whose words may be parted in other places."""
    return words(text).replace(" ", "")


def without_formulas(text: str) -> str:
    """The text as a cell of a CSV that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    safe = _FORMULA.sub(r"\1'\2", text)
    return f"'{safe}" if safe[:1] in ("\t", "\r", "\n") else safe


def legible(name: str) -> str:
    """The name of a file as one line of text: bytes that are no UTF-8, as old archives and disks leave them, in Windows' western
    letters; a space for what is not printed (a break that would begin a line of its own, what turns the order of letters).
    """
    raw = name.encode("utf-8", errors="surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return "".join(letter if letter.isprintable() else " " for letter in text)


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter inserted, dropped, changed or swapped with its neighbour makes `a` into `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        return rest_a[1:] == rest_b or rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
