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


@lru_cache(maxsize=200_000)
def fold(text: str | None) -> str:
    """Lower case, without accents, spaces collapsed, words that were hyphenated at a line's end joined."""
    if not text:
        return ""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(filterfalse(unicodedata.combining, plain)).lower()
    return _HYPHENATED.sub("", _SPACES.sub(" ", plain).strip())


@lru_cache(maxsize=200_000)
def words(text: str | None) -> str:
    """Folded, and only letters and digits separated by single spaces: for comparing names."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def letters(text: str | None) -> str:
    """Folded, and only letters and digits: for texts whose words may be parted in other places."""
    return words(text).replace(" ", "")


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter inserted, dropped, changed or swapped with its neighbour makes `a` into `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        return rest_a[1:] == rest_b or rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
