"""What a facet says of every amount: on what it rests, or why on nothing; and where the words stand.

The record alone, as arrays of small numbers in the order of `book.cells`: a million amounts pass through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.core.arrays import Bools, Ints
from warehouse.schema.vocabulary import BASES, UNVERIFIED

Codes = npt.NDArray[np.int8]  # positions in BASES or UNVERIFIED; NONE where there is none
NONE = -1
_BASIS = {name: code for code, name in enumerate(BASES)}
_PROBLEM = {name: code for code, name in enumerate(UNVERIFIED)}


class Said(NamedTuple):
    """On what a facet of a whole column rests; `c` is its position in `book.columns`. `page`, `place` and `text` are null
    where it is not words that are printed; of what is declared, `text` alone.
    """

    c: int
    basis: str | None
    page: str | None = None
    place: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Facet:
    """`basis` is what each amount rests on, and `problem` why on nothing, as codes of `basis_codes` and `problem_codes`.

    `statements` has the columns that the facet is decided for, if it is one that columns decide.
    """

    name: str
    basis: Codes
    problem: Codes
    statements: tuple[Said, ...] = ()


def code_of(basis: str | None) -> int:
    """The code of a basis; NONE for null."""
    return NONE if basis is None else _BASIS[basis]


def problem_code(problem: str) -> int:
    """The code of a problem."""
    return _PROBLEM[problem]


def chosen(count: int, cases: Mapping[str, Bools]) -> Codes:
    """The basis of each amount: the first whose mask holds, NONE where none does."""
    return _first(count, cases, _BASIS)


def problems(basis: Codes, otherwise: str, cases: Mapping[str, Bools] | None = None) -> Codes:
    """The problem of each amount that rests on nothing: the first whose mask holds, or else `otherwise`."""
    codes = _first(len(basis), cases or {}, _PROBLEM)
    codes[codes == NONE] = _PROBLEM[otherwise]
    codes[basis != NONE] = NONE
    return codes


def _first(count: int, cases: Mapping[str, Bools], numbers: Mapping[str, int]) -> Codes:
    codes = np.full(count, NONE, dtype=np.int8)
    for name, mask in reversed(list(cases.items())):
        codes[mask] = numbers[name]
    return codes


def of_columns(name: str, statements: list[Said], c: Ints, columns: int, otherwise: str) -> Facet:
    """A facet that columns decide: the amounts of column `c` rest on what is said of it."""
    by_column = np.full(columns, NONE, dtype=np.int8)
    by_column[[one.c for one in statements]] = [code_of(one.basis) for one in statements]
    basis: Codes = by_column[c]
    return Facet(name, basis, problems(basis, otherwise), tuple(statements))


def bases(codes: Codes) -> pd.Categorical:
    """The names of the bases."""
    return pd.Categorical.from_codes(codes, categories=list(BASES))
