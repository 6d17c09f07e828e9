"""All facets of the amounts of a book, and the verdict on each amount."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from transforms.core.arrays import Texts
from transforms.core.book_record import Book
from transforms.core.facets.body import body
from transforms.core.facets.facet import Facet
from transforms.core.facets.kind import kind
from transforms.core.facets.label import label
from transforms.core.facets.sign import sign
from transforms.core.facets.stage import stage
from transforms.core.facets.value import value
from transforms.core.facets.verdict import judge
from transforms.core.facets.visibility import seen
from transforms.core.proof.attempts import BookAttempts
from transforms.core.tables import UnderstoodTable
from transforms.words.states import government_key


class Weighed(NamedTuple):
    """`facets` by name, and what follows of them: `verified`, `reason` and the bases of each amount."""

    facets: dict[str, Facet]
    judged: pd.DataFrame


def weigh(
    book: Book, readings: Sequence[UnderstoodTable], lines: pd.DataFrame, time: Facet, tried: Sequence[BookAttempts]
) -> Weighed:
    """What each amount rests on. `lines` are in the order of `book.rows`."""
    assert book.unit is not None, "a book is opened with its units"
    catalogued = book.tables["document_catalogued"].map(lambda known: known is not False).to_numpy(dtype=bool)
    facets = [
        value(book.cells, tried), sign(book, tried), label(book, lines), kind(book, book.unit),
        book.unit, time, body(book, _governments(book, readings), catalogued), stage(book), seen(book.cells),
    ]  # fmt: skip
    by_name = {facet.name: facet for facet in facets}
    return Weighed(by_name, judge(by_name, catalogued[book.cells["t"].to_numpy(dtype=np.int64)]))


def _governments(book: Book, readings: Sequence[UnderstoodTable]) -> Texts:
    """The government that a cell of each row names, by its key."""
    keys = np.full(len(book.rows), None, dtype=object)
    for reading in readings:
        keys[reading.start : reading.start + reading.grid.rows] = [
            government_key(c.government) for c in reading.grid.cells
        ]
    return keys
