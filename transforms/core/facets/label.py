"""Label: words that say what an amount is of.

Its row's own, or those of a heading that stands over it; or the official classifier's name for its code. A code, one letter,
a stage or `Porcentaje` says nothing. Words that OCR read count only where something confirms them (`proof.ocr_words`).
"""

import numpy as np
import pandas as pd

from transforms.core.book_record import Book
from transforms.core.facets.facet import Facet, chosen, problems
from transforms.core.headings import have_words
from transforms.core.proof.ocr_words import confirmed


def label(book: Book, lines: pd.DataFrame) -> Facet:
    """On what the label of each amount rests. `lines` are in the order of `book.rows`, rows of a stage under the name of
    their heading.
    """
    r = book.cells["r"].to_numpy(dtype=np.int64)
    worded = have_words(lines["name"])
    headed = (book.rows["heading"] >= 0).to_numpy(dtype=bool)
    in_classifier = (lines["object_code"].notna() | lines["function_code"].notna()).to_numpy(dtype=bool)
    sure = confirmed(book)
    cases = {"heading": (worded & headed)[r] & sure, "row": worded[r] & sure, "classifier": in_classifier[r] & sure}
    basis = chosen(len(r), cases)
    return Facet("label", basis, problems(basis, "label_missing", {"label_unconfirmed": (worded | in_classifier)[r]}))
