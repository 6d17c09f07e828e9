"""Label: words that say what an amount is of.

Its row's own, or those of a heading that stands over it; or the official classifier's name for its code. A code, one letter,
a stage or `Porcentaje` says nothing. Words that OCR read count only where something confirms them (`proof.ocr_words`).
"""

import re

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from transforms.core.facets.facet import Facet, chosen, problems
from transforms.core.proof.ocr_words import confirmed
from transforms.words.headers import stage_in_label
from warehouse.schema.text import fold

_WORD = re.compile(r"[a-z]{2,}")
_ROMAN = re.compile(r"[ivxlc]+")
_RATE = re.compile(
    r"^\W*(?:porcentaje|por ?ciento|porcentual|tasa|avance|variacion|ejer/aprob|pag/aprob)?[\W\d]*(?:ejer|eje|dev|pag|rec|aprob|apr|mod|est)?[\W\d/]*(?:ejer|eje|dev|pag|rec|aprob|apr|mod|est)?\W*$"
)


def label(book: Book, lines: pd.DataFrame, headings: Ints) -> Facet:
    """On what the label of each amount rests. `lines` are in the order of `book.rows`; `headings` the row that stands over
    each as its heading, -1 where none does.
    """
    r = book.cells["r"].to_numpy(dtype=np.int64)
    worded = _with_words(lines["name"])
    under = np.zeros(len(worded), dtype=bool)
    under[headings >= 0] = worded[headings[headings >= 0]]
    named = (lines["object_code"].notna() | lines["function_code"].notna()).to_numpy(dtype=bool)
    sure = confirmed(book)
    cases = {"row": worded[r] & sure, "heading": under[r] & sure, "classifier": named[r] & sure}
    basis = chosen(len(r), cases)
    named = worded | under | named
    return Facet("label", basis, problems(basis, "label_missing", {"label_unconfirmed": named[r]}))


def _with_words(names: pd.Series) -> Bools:
    """Which names say something; each distinct one is asked once."""
    number, distinct = pd.factorize(names)
    says = np.array([*(says_something(str(name)) for name in distinct), False], dtype=bool)  # the last for null
    answers: Bools = says[number]
    return answers


def says_something(name: str) -> bool:
    """Whether a label has words that say what its row is of."""
    folded = fold(name)
    words = [word for word in _WORD.findall(folded) if not _ROMAN.fullmatch(word)]
    return bool(words) and stage_in_label(name) is None and not _RATE.match(folded)
