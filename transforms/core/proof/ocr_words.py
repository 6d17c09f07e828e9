"""Recognised labels and headers: which of them something confirms.

A sum proves a figure and says nothing of the words beside it. A label that was read by OCR is confirmed where

* a second reader saw the same letters and digits, there or at another place of the document that prints it; or
* the classifiers know it: its whole name (or all of it that a narrow cell leaves), with the code that is printed beside.

Two readers take `rn` for `m` alike, and `la` for `ta`. So a label that has the shape of an entry of a classifier or of
another label of the document, or all but two letters of an entry, but not its letters, is not confirmed by their agreement.
Nor is one that begins with `11)` among codes such as `h1)`: it may be `l1)`.

A label with a letter that nothing could read is not confirmed, whatever layer it comes from; nor is one beside which
stands ink that nobody read, for a stamp or a lost line leaves the same rest of it to both readers.

Neither is a label or a header that the reader of a layout was not sure of: it may be a neighbour's, or a part.

A header is confirmed where the second reader saw it, or it names a stage and has no word that only the first saw; not where
it is but the group that others of the table stand under, or that of another, and has lost its own words, nor where it has the number of its column
for a level, or a word that is that of a stage but for one letter. What has no header has no word to doubt; what has no label may have lost it.
"""

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.book import Book
from transforms.core.proof.ocr_figures import is_recognised
from transforms.core.tables import CODEBOOKS
from transforms.words.codes import codebook, function_digits, object_digits, plain_name
from transforms.words.labels import NO_LABEL, Label, read_cells
from warehouse.schema.lexicon import MONTH, STAGE_SPELLED, STAGE_WORD
from warehouse.schema.text import letters, one_edit_apart, words

_UNSURE = ("header_unsure", "label_unsure")  # flags of `raw.number`
_LOST = "\ufffd"  # a letter that neither the font's map nor OCR gives
_CUT = 24  # letters that a name cut off by its cell still has
# Letters that look alike in small print, each with those that it is taken for.
_SHAPES = (
    (re.compile("[1ltjf]"), "i"),
    (re.compile("[0e]"), "o"),
    (re.compile("rn"), "m"),
    (re.compile("ci"), "d"),
    (re.compile("vv"), "w"),
)
# Where codes are a letter with or without a digit, `1)` may be `l)`, and `11)` `l1)` or `i1)`.
_LETTER_CODE = re.compile(r"^\s*[a-z]\d{0,2}\)")
_LETTER_OR_ONE = re.compile(r"^\s*[1lI|][\dlI|]{0,2}\)")
_GLUED_NUMBER = re.compile(r"^[1lLI|]+[A-ZÁÉÍÓÚÑ][a-záéíóúñ]")  # `LTotal de Ingresos` for `I. Total de Ingresos`
_LETTER_SUM = re.compile(r"=(?=[^=]*[A-Za-z])[^=]*(?<![^\W_])[l1|](?![^\W_])")  # `(I=A+B+l)` for `(I=A+B+I)`
_LETTERED = re.compile(r"^([a-iA-I])(\d?)$")
_SUM = re.compile(r"\(([^()=]*)=([^()]*)\)?\s*$")
_HEADER_WORD = re.compile(
    rf"{STAGE_WORD}|{MONTH}|(?:egreso|ingreso|presupuesto|gasto|monto|importe|total|diferencia|concepto|cuenta|anual)s?"
)
_COLUMN_NUMBER = re.compile(r"[\d\s()=+\-–/*]+")
_SPELLED = 6  # letters of the name of a stage
_WORD = 4  # letters of a word that tells something
_LONG = 12  # letters of a name that is told from others by more than two of them
_DIGITS = {"object": object_digits, "function": function_digits}


def confirmed(book: Book) -> Bools:
    """For each amount, whether its label and its header are those of a whole text layer, or confirmed."""
    lost = book.rows["label"].astype("str").str.contains(_LOST, regex=False).fillna(False).to_numpy(dtype=bool)
    whole: Bools = ~lost[book.cells["r"]] & ~book.cells["flag"].isin(_UNSURE).to_numpy(dtype=bool)
    fine = ~is_recognised(book.cells)
    if fine.all():
        return whole
    rows = np.unique(book.cells["r"].to_numpy()[~fine])
    columns = np.unique(book.cells["c"].to_numpy()[~fine])
    label, header = np.ones(len(book.rows), dtype=bool), np.ones(len(book.columns), dtype=bool)
    label[rows] = _labels(book.rows.iloc[rows])
    header[columns] = _headers(book.columns.iloc[columns])
    whole &= fine | (label[book.cells["r"]] & header[book.cells["c"]])
    return whole


def _labels(rows: pd.DataFrame) -> Bools:
    documents = rows["document_id"].tolist()
    printed = [_letters(" ".join(text for _, text in json.loads(cells))) for cells in rows["label_cells"]]
    labels = [
        read_cells(label, cells).label if isinstance(label, str) else NO_LABEL
        for label, cells in zip(rows["label"], rows["label_cells"], strict=True)
    ]
    agreed, spellings = set(), defaultdict(set)
    for document, text, witness in zip(documents, printed, rows["witness"], strict=True):
        spellings[document, _shape(text)].add(text)
        if text and text == _letters(witness):
            agreed.add((document, text))
    sure = []
    doubtful = _letters_or_ones(documents, rows["label"])
    for document, text, label, witness, doubt in zip(
        documents, printed, labels, rows["witness"], doubtful, strict=True
    ):
        name = plain_name(label.name)
        alike = doubt or len(spellings[document, _shape(text)]) > 1
        alike |= not _is_name(name) and _is_nearly_known(_shape(_letters(name)))
        whole = not (isinstance(witness, str) and _LOST in witness)
        sure.append(whole and (_known(label) or ((document, text) in agreed and not alike)))
    return np.array(sure, dtype=bool)


def _letters_or_ones(documents: list[str], labels: Iterable[object]) -> list[bool]:
    """Which labels have a code whose letter may have been taken for a digit: in documents whose codes have letters the first
    of the label, and in any a roman number glued to its name, and a sum of letters.
    """
    texts = [
        (document, text if isinstance(text, str) else "") for document, text in zip(documents, labels, strict=True)
    ]
    lettered = {document for document, text in texts if _LETTER_CODE.match(text)}
    return [
        bool(document in lettered and _LETTER_OR_ONE.match(text))
        or bool(_GLUED_NUMBER.match(text) or _LETTER_SUM.search(text))
        for document, text in texts
    ]


def _headers(columns: pd.DataFrame) -> Bools:
    texts = [header if isinstance(header, str) else "" for header in columns["header"]]
    tables = list(zip(columns["document_id"], columns["table"], strict=True))
    groups = {(table, " | ".join(text.split(" | ")[:-1])) for table, text in zip(tables, texts, strict=True)}
    twice = {at for at, count in Counter(zip(tables, texts, strict=True)).items() if count > 1}
    seen = zip(tables, columns["header"], columns["witness"], columns["stage"].notna(), strict=True)
    sure: Bools = np.array(
        [
            not ((table, header) in groups | twice or _is_numbered(header) or _is_nearly_staged(header))
            and _is_header(header, witness, staged)
            for table, header, witness, staged in seen
        ],
        dtype=bool,
    )
    return sure


def _is_numbered(header: object) -> bool:
    """Whether the number or the sum of its column was taken into a header, `Devengado | 4`."""
    levels = header.split(" | ") if isinstance(header, str) else []
    return len(levels) > 1 and any(_COLUMN_NUMBER.fullmatch(level) for level in levels)


def _is_nearly_staged(header: object) -> bool:
    """Whether a word of a header is that of a stage but for one letter: both readers took it for another."""
    spelled = words(header).split() if isinstance(header, str) else []
    return any(
        len(word) >= _SPELLED
        and not _HEADER_WORD.fullmatch(word)
        and any(one_edit_apart(word, stage) for stage in STAGE_SPELLED)
        for word in spelled
    )


def _is_header(header: object, witness: object, staged: bool) -> bool:
    """Whether the second reader saw the header, or it names a stage and each other word of it is one that it saw, or one
    that headers have.
    """
    if not isinstance(header, str):
        return True
    seen = _letters(witness)
    if seen and _letters(header).endswith(seen):
        return True
    return staged and all(
        _HEADER_WORD.fullmatch(word) or word in seen for word in words(header).split() if len(word) >= _WORD
    )


def _letters(text: object) -> str:
    return letters(text) if isinstance(text, str) else ""


def _shape(letters: str) -> str:
    for pattern, shape in _SHAPES:
        letters = pattern.sub(shape, letters)
    return letters


@cache
def _known_shapes() -> frozenset[str]:
    return frozenset(_shape(_letters(name)) for book in CODEBOOKS for name in codebook(book).by_name)


@cache
def _is_nearly_known(shape: str) -> bool:
    """Whether a shape is that of an entry, but for two letters."""
    if shape in _known_shapes():
        return True
    near = _lacking(shape) | {less for one in _lacking(shape) for less in _lacking(one)}
    return len(shape) >= _LONG and not near.isdisjoint(_known_shapes() | _known_but_for_one())


@cache
def _known_but_for_one() -> frozenset[str]:
    return frozenset(less for shape in _known_shapes() if len(shape) >= _LONG for less in _lacking(shape))


def _lacking(shape: str) -> set[str]:
    return {shape[:n] + shape[n + 1 :] for n in range(len(shape))}


def _known(label: Label) -> bool:
    """Whether the label is an entry of a classifier, by its name and, where they are printed, by its code and the sum of
    its parts.
    """
    return _is_summed(label) and any(_is_entry(name, label) for name in CODEBOOKS)


def _is_name(name: str) -> bool:
    return any(name in codebook(classification).by_name for classification in CODEBOOKS)


def _is_summed(label: Label) -> bool:
    """Whether the sum that an LDF format prints behind a name is that of its code: `(A=a1+a2+a3)`."""
    formula = _SUM.search(label.name or "")
    if formula is None:
        return True
    parts = [letters(part) for part in formula[2].split("+")]
    code = letters(label.code)
    return letters(formula[1]) == code and parts == [f"{code}{n}" for n in range(1, len(parts) + 1)]


def _is_entry(classification: str, label: Label) -> bool:
    book, name = codebook(classification), plain_name(label.name)
    codes = book.by_name.get(name) or _cut(classification, name)
    return bool(codes) and (label.code is None or _digits(classification, label.code) in codes)


def _digits(classification: str, code: str) -> str | None:
    """A printed code as the classifier has it; the letters of the LDF formats count from A."""
    lettered = _LETTERED.match(code)
    if lettered is None:
        return _DIGITS[classification](code)
    return f"{ord(lettered[1].lower()) - ord('a') + 1}{lettered[2]}"


def _cut(classification: str, name: str) -> list[str]:
    """The codes of the one name that begins so."""
    names, codes = _sorted_names(classification), codebook(classification).by_name
    at = bisect_left(names, name)
    begins = [full for full in names[at : at + 2] if full.startswith(name)]
    return codes[begins[0]] if len(name) >= _CUT and len(begins) == 1 else []


@cache
def _sorted_names(classification: str) -> list[str]:
    return sorted(codebook(classification).by_name)
