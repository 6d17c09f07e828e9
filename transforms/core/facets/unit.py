"""Unit and currency: how many pesos a printed unit is, of each amount, and the words that say so.

The nearest words speak: those of the cell (its format, a column of units, what is glued to the figure), of the column, of the
table, of its page, of the document. Words of one nearness that disagree, or a declared unit that words or figures contradict,
refuse. Decided before any text is parsed: `book.cells` have their texts and no amounts yet.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, problems
from transforms.core.facets.unit_words import BookWords, DocumentWords, UnitWords
from transforms.words.units import (
    OTHER_CURRENCY,
    Unit,
    names_units,
    read_format,
    unit_glued,
    unit_of_cell,
    unit_of_header,
)
from warehouse.schema.column_kind import PATTERNS
from warehouse.schema.lexicon import GLUED_UNIT
from warehouse.schema.vocabulary import BASES

if TYPE_CHECKING:
    from transforms.core.book_record import Book

_THROUGHOUT = 0.95  # of the amounts printed with centavos, where a document is
_STORED = 0.5  # the same of amounts that a workbook stores: it drops the zeros of a whole peso
_CONTRADICTS = 0.5  # of the amounts with centavos: no unit of thousands is declared of them
_NAMES_UNITS = r"\[\"[^\"]*(?:unidad|moneda|divisa|escala|currency|multiplicador)"  # before a look at each cell
_STORED_CENTAVOS = r"\.\d\d?$"
_STORED_MORE = r"\.\d{3,7}$"  # more digits than that are the noise of a binary number


class _Decision(NamedTuple):
    """What one table or column is printed in; `basis` is null where nothing says so, `conflict` where words disagree."""

    multiplier: int
    basis: str | None
    words: UnitWords | None = None
    conflict: bool = False


@dataclass(frozen=True)
class Units:
    """`multiplier` is by amount (`book.cells`), 0 where the currency is another; `of_table` is by table (`book.tables`)."""

    multiplier: Ints
    of_table: list[Unit]
    facet: Facet

    @property
    def foreign(self) -> Bools:
        """The amounts in another currency."""
        return self.multiplier == OTHER_CURRENCY


def find_units(book: "Book") -> Units:
    """The unit of every amount."""
    words = BookWords(book)
    shares = _centavos(book)
    decided = [
        _of_table(words.tables[t].levels, words.of_document(document), hints.get("unit"), *shares[t])
        for t, (document, hints) in enumerate(zip(book.tables["document_id"], book.tables["hints"], strict=True))
    ]
    columns = [
        _of_column(book, c, decided[t], header)
        for c, (t, header) in enumerate(zip(book.columns["t"].tolist(), book.columns["header"], strict=True))
    ]
    c = book.cells["c"].to_numpy(dtype=np.int64)
    multiplier = np.array([one.multiplier for one in columns], dtype=np.int64)[c]
    basis: Codes = np.array([code_of(one.basis) for one in columns], dtype=np.int8)[c]
    conflict = np.array([one.conflict for one in columns], dtype=bool)[c]
    _of_cells(book, [one.words for one in columns], multiplier, basis, conflict)
    basis[conflict | (multiplier == OTHER_CURRENCY)] = NONE
    cases = {"other_currency": multiplier == OTHER_CURRENCY, "unit_conflict": conflict}
    usual = _usual(basis, c, len(columns))
    statements = tuple(_said(n, one, code) for n, (one, code) in enumerate(zip(columns, usual, strict=True)))
    of_table = [Unit(one.multiplier, one.words.unit.text if one.words else None) for one in decided]
    return Units(multiplier, of_table, Facet("unit", basis, problems(basis, "unit_not_stated", cases), statements))


def _usual(basis: Codes, c: Ints, columns: int) -> list[int]:
    """The basis that most amounts of each column have, NONE where they have none."""
    pairs = np.bincount(c * (len(BASES) + 1) + basis + 1, minlength=columns * (len(BASES) + 1))
    usual: list[int] = (pairs.reshape(columns, -1).argmax(axis=1) - 1).tolist()
    return usual


def _said(c: int, one: _Decision, usual: int) -> Said:
    """What is said of a column, where its cells do not say it themselves."""
    if usual not in (NONE, code_of(one.basis)):
        return Said(c, list(BASES)[usual])
    basis = None if one.conflict or one.multiplier == OTHER_CURRENCY else one.basis
    if one.words is not None:
        return Said(c, basis, one.words.page, one.words.place, one.words.unit.text)
    return Said(c, basis, None, None, str(one.multiplier) if one.basis == "catalogue" else None)


def _of_table(
    levels: Sequence[list[UnitWords]], document: DocumentWords, hint: int | None, centavos: bool, share: float
) -> _Decision:
    """The unit of a table, before its columns and cells are asked."""
    printed = _by_words(levels) or _by_document(document)
    if hint:
        if printed is None:
            contradicted = hint >= 1_000 and share >= _CONTRADICTS
            return _Decision(hint, "catalogue", None, contradicted)
        agrees = printed.multiplier == hint and not printed.conflict
        settled = printed.conflict and any(hint == said.unit.multiplier for level in levels for said in level)
        return printed if agrees else _Decision(hint, "catalogue", printed.words, conflict=not settled)
    if printed is not None:
        return printed
    return _Decision(1, "centavos" if centavos and not document.scaled else None)


def _by_words(levels: Sequence[list[UnitWords]]) -> _Decision | None:
    """The nearest words, those that say only the currency last."""
    for bare in (False, True):
        for level in levels:
            said = [words for words in level if words.unit.bare == bare]
            if said:
                units = {words.unit.multiplier for words in said}
                return _Decision(said[0].unit.multiplier, said[0].basis, said[0], conflict=len(units) > 1)
    return None


def _by_document(document: DocumentWords) -> _Decision | None:
    """Pesos, where a document says that of its other tables and nothing else of any; thousands elsewhere prove nothing here."""
    units = {words.unit.multiplier for words in document.said}
    if units == {1} and not document.scaled:
        words = next((words for words in document.said if words.page), document.said[0])
        return _Decision(1, "document", words)
    return None


def _of_column(book: "Book", c: int, of_table: _Decision, header: object) -> _Decision:
    unit = unit_of_header(header if isinstance(header, str) else None)
    if unit is None or (unit.bare and of_table.basis is not None):
        return of_table
    t = int(book.columns["t"].iat[c])
    hint = book.tables["hints"].iat[t].get("unit")
    words = UnitWords(unit, "header", book.tables["page_first"].iat[t], _text(book.columns["place"].iat[c]))
    return _Decision(unit.multiplier, "header", words, conflict=bool(hint) and hint != unit.multiplier)


def _of_cells(
    book: "Book", of_columns: Sequence[UnitWords | None], multiplier: Ints, basis: Codes, conflict: Bools
) -> None:
    """What cells say themselves, over what their columns do: the row's column of units, the format, the figure."""
    rows = _row_units(book)
    r = book.cells["r"].to_numpy(dtype=np.int64)
    told = rows[r]
    bare = np.array([unit is not None and unit.bare for unit in told], dtype=bool)
    own = np.array([unit is not None for unit in told], dtype=bool) & ~(bare & (basis != NONE))
    multiplier[own] = [unit.multiplier for unit in told[own] if unit is not None]
    basis[own], conflict[own] = code_of("row"), False
    glued = (
        book.cells["source_text"].str.contains(rf"\d\s*{GLUED_UNIT}\W*$", case=False, regex=True).to_numpy(dtype=bool)
    )
    for n in np.flatnonzero(glued):
        unit = unit_glued(str(book.cells["source_text"].iat[n]))
        if unit is not None:
            multiplier[n], basis[n], conflict[n] = unit.multiplier, code_of("row"), False
    if "format" in book.cells:
        formats = book.cells["format"].astype(object)
        for n in np.flatnonzero(formats.notna().to_numpy(dtype=bool)):
            _by_format(int(n), str(formats.iat[n]), multiplier, basis, conflict)


def _by_format(n: int, code: str, multiplier: Ints, basis: Codes, conflict: Bools) -> None:
    """A format that divides shows thousands of what is stored: under `Miles de pesos` pesos are stored."""
    read = read_format(code)
    said = read.unit is not None and not (read.unit.bare and basis[n] != NONE)
    if said and read.unit is not None:
        multiplier[n], basis[n], conflict[n] = read.unit.multiplier, code_of("cell_format"), False
    if read.divisor > 1 and multiplier[n] != OTHER_CURRENCY:
        if basis[n] == NONE and not conflict[n]:
            return  # stored in pesos, as far as anybody knows
        conflict[n] |= multiplier[n] % read.divisor != 0
        multiplier[n] = max(1, multiplier[n] // read.divisor)


def _row_units(book: "Book") -> np.ndarray:
    """The unit that a cell of each row says, in a column of units (`book.rows`)."""
    texts = book.rows["label_cells"]
    units = np.full(len(texts), None, dtype=object)
    named = texts.str.contains(_NAMES_UNITS, case=False, regex=True).fillna(False).to_numpy(dtype=bool)
    for r in np.flatnonzero(named):
        units[r] = _row_unit(str(texts.iat[r]))
    return units


@lru_cache(maxsize=10_000)
def _row_unit(label_cells: str) -> Unit | None:
    for header, text in json.loads(label_cells):
        if header and names_units(header) and (unit := unit_of_cell(text)):
            return unit
    return None


def _centavos(book: "Book") -> list[tuple[bool, float]]:
    """By table, whether the amounts of its document are printed with centavos, but for zeros, and the share that is."""
    texts = book.cells["source_text"].str.strip()
    telling = ~texts.str.contains(PATTERNS["zero"]).to_numpy(dtype=bool)
    stored = book.tables["method"].isin(["sheet", "csv"]).to_numpy(dtype=bool)[book.cells["t"].to_numpy(dtype=np.int64)]
    printed = texts.str.contains(r"[.,]\d\d\)?-?$").to_numpy(dtype=bool)
    kept = texts.str.contains(_STORED_CENTAVOS).to_numpy(dtype=bool)
    more = texts.str.contains(_STORED_MORE).to_numpy(dtype=bool)
    cells = pd.DataFrame({
        "document_id": book.cells["document_id"], "centavos": np.where(stored, kept, printed), "more": stored & more, "stored": stored,
    })[telling]  # fmt: skip
    share = cells.groupby("document_id")[["centavos", "more", "stored"]].mean()
    least = np.where(share["stored"] > 0.5, _STORED, _THROUGHOUT)
    throughout = (share["centavos"] >= least) & (share["more"] <= 1 - _THROUGHOUT)
    answers = dict(zip(share.index, zip(throughout.tolist(), share["centavos"].tolist(), strict=True), strict=True))
    return [answers.get(document, (False, 0.0)) for document in book.tables["document_id"]]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
