"""What cells say of their own unit: the cell of a column of units in their row, the words of their format, the end of the figure."""

import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Codes, code_of
from transforms.words.units import OTHER_CURRENCY, Unit, names_units, read_format, unit_glued, unit_of_cell, units_in
from warehouse.schema.lexicon import GLUED_UNIT

# A label that ends in brackets with a word of a unit, before a look at each: `Deuda directa (mdp)`.
_IN_LABEL = r"[(\[][^()]*(?:pesos|mdp|mil|d[oóÓ]l|dlls|usd|eur|000|\$|m\.? ?n)[^()]*[)\]]\W*$"
_NAMES_UNITS = r"\[\"[^\"]*(?:unidad|moneda|divisa|escala|currency|multiplicador)"  # before a look at each cell


class CellUnits(NamedTuple):
    """Of each amount (`book.cells`): its multiplier, on what that rests, and whether what is said of it disagrees."""

    multiplier: Ints
    basis: Codes
    conflict: Bools


def ask_cells(book: Book, units: CellUnits) -> None:
    """Sets what cells say themselves over what their columns do."""
    _by_rows(book, units)
    _by_factors(book, units)
    texts = book.cells["source_text"]
    glued = texts.str.contains(rf"\d\s*{GLUED_UNIT}\W*$", case=False, regex=True).fillna(False).to_numpy(dtype=bool)
    for n, text in zip(np.flatnonzero(glued).tolist(), texts[glued], strict=True):
        if unit := unit_glued(str(text)):
            units.multiplier[n], units.basis[n], units.conflict[n] = unit.multiplier, code_of("row"), False
    formatted = book.cells["format"].notna().to_numpy(dtype=bool)
    for n, code in zip(np.flatnonzero(formatted).tolist(), book.cells.loc[formatted, "format"], strict=True):
        _by_format(n, str(code), units)


def _by_rows(book: Book, units: CellUnits) -> None:
    label_cells = book.rows["label_cells"]
    of_row = np.full(len(label_cells), None, dtype=object)
    named = label_cells.str.contains(_NAMES_UNITS, case=False, regex=True).fillna(False).to_numpy(dtype=bool)
    for r, text in zip(np.flatnonzero(named).tolist(), label_cells[named], strict=True):
        of_row[r] = _row_unit(str(text))
    labels = book.rows["label"]
    ends = labels.str.contains(_IN_LABEL, case=False, regex=True).fillna(False).to_numpy(dtype=bool)
    for r, text in zip(np.flatnonzero(ends).tolist(), labels[ends], strict=True):
        of_row[r] = of_row[r] or next(iter(units_in(str(text)[str(text).rfind("(") :], title=False)), None)
    of_cell = of_row[book.cells["r"].to_numpy(dtype=np.int64)]
    for n in np.flatnonzero(of_cell != np.array(None)).tolist():
        unit: Unit = of_cell[n]
        if not unit.bare or units.basis[n] == NONE:
            units.multiplier[n], units.basis[n], units.conflict[n] = unit.multiplier, code_of("row"), False


def _by_factors(book: Book, units: CellUnits) -> None:
    """Under `Multiplicador` stands a number and no word: what it multiplies, and whether it is done already, nobody says."""
    factors = np.array([names_units(_text(header)) for header in book.columns["header"]], dtype=bool)
    if not factors.any():
        return
    r = book.cells["r"].to_numpy(dtype=np.int64)
    multiplied = factors[book.cells["c"].to_numpy(dtype=np.int64)]
    multiplied &= ~book.cells["source_text"].str.fullmatch(r"\s*1(?:\.0*)?\s*").fillna(False).to_numpy(dtype=bool)
    rows = np.zeros(len(book.rows), dtype=bool)
    rows[r[multiplied]] = True
    units.conflict[rows[r]] = True


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


@lru_cache(maxsize=10_000)
def _row_unit(label_cells: str) -> Unit | None:
    for header, text in json.loads(label_cells):
        if header and names_units(header) and (unit := unit_of_cell(text)):
            return unit
    return None


def _by_format(n: int, code: str, units: CellUnits) -> None:
    """A format that divides shows thousands of what is stored: under `Miles de pesos` pesos are stored."""
    read = read_format(code)
    if read.unit is not None and not (read.unit.bare and units.basis[n] != NONE):
        units.multiplier[n], units.basis[n], units.conflict[n] = read.unit.multiplier, code_of("cell_format"), False
    if read.divisor > 1 and units.multiplier[n] != OTHER_CURRENCY and units.basis[n] != NONE:
        units.conflict[n] |= units.multiplier[n] % read.divisor != 0
        units.multiplier[n] = max(1, units.multiplier[n] // read.divisor)
