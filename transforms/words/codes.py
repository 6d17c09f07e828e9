"""Codes and names of rows to the codes of the object (COG) and function (CFG) classifiers.

A name is matched whole, or, inside a chapter that is already known, when it is that chapter's only entry that it can
be (cut short, or with a letter or two wrong). What is not sure stays without a code.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

import pandas as pd

from transforms import reference
from transforms.words.labels import Cells, Label
from warehouse.schema.text import fold, words

_FORMULA = re.compile(r"\s*\([^()]*=[^()]*\)\s*$|\s*\([a-z]\)\s*$")
_ENOUGH_NUMBERED, _MOST_NUMBERED = 3, 0.8
_PAIRS = re.compile(r"0[1-9](?: 0[1-9]){1,2}(?: (?!00)\d\d)?")
# Words that CONAC's own formats and INEGI write differently for the same entry.
_SAME_WORDS = {
    "de la": "de", "de los": "de", "y de": "y", "vestuarios": "vestuario", "al sector": "del sector", "traslados": "traslado",
}  # fmt: skip
# Length of the code that a level column names.
_DEPTHS = {
    "capitulo": 1, "concepto": 2, "partida generica": 3, "finalidad": 1, "funcion": 2, "subfuncion": 3,
}  # fmt: skip
# LDF formats number within the chapter in their own way where they leave entries of the COG out.
_LDF_OTHERWISE = {"h2", "h3", "g7", "i7"}


@lru_cache(maxsize=100_000)
def plain_name(name: str | None) -> str:
    """A name for comparing: words only, without the sum that LDF formats print after it."""
    text = f" {words(_FORMULA.sub('', name or ''))} "
    for variant, common in _SAME_WORDS.items():
        text = text.replace(f" {variant} ", f" {common} ")
    return text.strip()


class Codebook:
    """One classifier: its codes, and its codes by name."""

    def __init__(self, classification: str, frame: pd.DataFrame) -> None:
        self.classification = classification
        self.names = {str(code): plain_name(str(name)) for code, name in zip(frame["code"], frame["name"], strict=True)}
        self.by_name: dict[str, list[str]] = {}
        for code, name in self.names.items():
            self.by_name.setdefault(name, []).append(code)
        self._within_cache: dict[tuple[str, str, int], str | None] = {}

    def by_exact_name(self, name: str | None, inside: str | None = None, length: int | None = None) -> str | None:
        """The one code with this name, among those inside a code and of a length, if given; None if several."""
        codes = [
            code for code in self.by_name.get(plain_name(name), ())
            if (inside is None or code.startswith(inside)) and (length is None or len(code) == length)
        ]  # fmt: skip
        return codes[0] if len(codes) == 1 else None

    def within(self, name: str | None, parent: str, length: int) -> str | None:
        """The entry directly inside `parent` that a cut or misspelt name can only be."""
        key = (plain_name(name), parent, length)
        if key not in self._within_cache:
            self._within_cache[key] = self._closest(*key)
        return self._within_cache[key]

    def _closest(self, name: str, parent: str, length: int) -> str | None:
        entries = {code: full for code, full in self.names.items() if code.startswith(parent) and len(code) == length}
        same = [code for code, full in entries.items() if full == name]
        if same:
            return same[0]
        cut = [code for code, full in entries.items() if len(name) >= 15 and full.startswith(name)]
        if len(cut) == 1:
            return cut[0]
        ranked = sorted(((_likeness(name, full), code) for code, full in entries.items()), reverse=True)
        clear = ranked and ranked[0][0] >= 0.9 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 0.08)
        return ranked[0][1] if clear and not cut else None


def _likeness(name: str, full: str) -> float:
    """How alike two names are, from 0 to 1; exactly only where the cheap upper bounds leave it possible to matter."""
    matcher = SequenceMatcher(None, full, name)
    if matcher.real_quick_ratio() < 0.8 or matcher.quick_ratio() < 0.8:
        return 0.0
    return matcher.ratio()


@cache
def codebook(classification: str) -> Codebook:
    """The codebook that ships with the project."""
    codes = reference.codes()
    return Codebook(classification, codes[codes["classification"] == classification])


@lru_cache(maxsize=100_000)
def object_digits(code: str | None) -> str | None:
    """A printed COG code without its filling zeros: 3600 is 36, 36000 is 36, COG361 is 361, COG01 is 1, 3611 stays.

    `03 08 02` prints chapter, concept and item in a pair of digits each: it is 382.
    """
    digits = re.sub(r"^COG\s?", "", code or "")
    if _PAIRS.fullmatch(digits):
        levels = digits.split()
        return "".join(pair[1] for pair in levels[:3]) + "".join(levels[3:])
    if " " in digits:
        digits = digits.split()[-1]
    if not digits.isdigit():
        return None
    digits = digits.lstrip("0") if len(digits) <= 2 else digits
    generic, specific = digits[:3], digits[3:]
    code = digits if specific.strip("0") else generic.rstrip("0")
    return code if 1 <= len(code) <= 5 and code[0] in "123456789" else None


@lru_cache(maxsize=100_000)
def function_digits(code: str | None) -> str | None:
    """A printed CFG code as digits: 2.3 and CFG23 are 23."""
    digits = re.sub(r"^CFG\s?", "", code or "").replace(".", "")
    return digits if digits.isdigit() and 1 <= len(digits) <= 3 else None


def code_rows(book: Codebook, rows: Sequence[Cells]) -> list[str | None]:
    """The classifier's code of each row of a block, in order: by printed code, by level column, or by name."""
    labels = [row.label for row in rows]
    if any(row.level for row in rows):
        return _by_level(book, rows)
    return _by_printed_code(book, labels) or _by_name(book, labels)


def _by_printed_code(book: Codebook, labels: Sequence[Label]) -> list[str | None] | None:
    """Codes as printed, if they are codes of this book: most are known, and where rows have its names, they agree."""
    read = object_digits if book.classification == "object" else function_digits
    depth = 3 if book.classification == "object" else 2
    pairs = book.classification == "object"
    codes = [read(x.code) if x.scheme in ("digits", "prefixed") or (pairs and _is_pairs(x)) else None for x in labels]
    printed = [(code, x) for code, x in zip(codes, labels, strict=True) if code]
    if not printed:
        return None
    in_book = sum(1 for code, _ in printed if code[:depth] in book.names)
    named = [(code, x) for code, x in printed if code in book.names and x.name]
    agree = sum(1 for code, x in named if _same_entry(book.names[code], plain_name(x.name)))
    if in_book < 0.7 * len(printed) or agree < max(1, 0.4 * len(named)):
        return None
    return [
        (code if code[:2] in book.names else None) if code else book.by_exact_name(x.name, length=1)
        for code, x in zip(codes, labels, strict=True)
    ]


def _is_pairs(label: Label) -> bool:
    return label.scheme == "path" and bool(_PAIRS.fullmatch(label.code or ""))


@lru_cache(maxsize=100_000)
def _same_entry(full: str, name: str) -> bool:
    return full == name or full.startswith(name[:12]) or SequenceMatcher(None, full, name).ratio() > 0.8


def _by_level(book: Codebook, rows: Sequence[Cells]) -> list[str | None]:
    """By name at the level that a column states; what stands under an unknown entry stays unknown."""
    codes: list[str | None] = []
    path = [""]
    for row in rows:
        depth = _DEPTHS.get(fold(row.level))
        if not depth:
            codes.append(None)
            path = [""] if fold(row.level) == "tema" else path
            continue
        above = path[depth - 1] if depth <= len(path) else None
        code = None if above is None else book.within(row.label.name, above, depth)
        path = [*path[:depth], code] if code else path[:depth]
        codes.append(code)
    return codes


def _by_name(book: Codebook, labels: Sequence[Label]) -> list[str | None]:
    """Chapters (finalidades) by their names, and below each its own entries, in the order of the rows."""
    if not any(plain_name(label.name) in book.by_name for label in labels):
        return [None] * len(labels)
    codes: list[str | None] = []
    top = inner = None
    seen: set[str] = set()
    for label in labels:
        code = book.by_exact_name(label.name, length=1) if label.scheme != "lower" else None
        if code:
            top, inner, seen = code, None, set()
        elif top:
            code = book.within(label.name, top, 2) or _by_tag(book, label, top)
            if inner and (code is None or code in seen):
                # Below the concept, only its own whole names: 'Estímulos' inside 'Pago de estímulos…'.
                code = book.by_exact_name(label.name, inside=inner, length=3)
            if code and codes and code == codes[-1]:
                code = None  # a group and its only part of one name: the part is a partida of the group
            inner = code if code and len(code) == 2 else inner
            seen |= {code} if code else set()
        else:
            code = book.by_exact_name(label.name, length=2)
        codes.append(code)
    return _as_numbered(codes, labels)


def _as_numbered(codes: Sequence[str | None], labels: Sequence[Label]) -> list[str | None]:
    """The codes, without those that the rows' own numbers refuse where rows are numbered within their group.

    `02 Material de limpieza` under `01 Materiales de oficina` is its second item, and not the classifier's 216.
    """
    numbers = [int(x.code) if x.code and x.code.isdigit() and len(x.code) <= 2 else None for x in labels]
    fits = [
        code is None or number is None or int(code[-1]) == number for code, number in zip(codes, numbers, strict=True)
    ]
    numbered = [fit for fit, code, number in zip(fits, codes, numbers, strict=True) if code and number is not None]
    if sum(numbered) < max(_ENOUGH_NUMBERED, _MOST_NUMBERED * len(numbered)):
        return list(codes)
    return [code if fit else None for code, fit in zip(codes, fits, strict=True)]


def _by_tag(book: Codebook, label: Label, top: str) -> str | None:
    """LDF numbering: c6) under chapter C is 36, where the format numbers as the classifier does."""
    tag = label.code or ""
    if label.scheme != "lower" or tag in _LDF_OTHERWISE or not tag[1:].isdigit():
        return None
    code = f"{ord(tag[0]) - ord('a') + 1}{tag[1:]}"
    return code if code[0] == top and code in book.names else None
