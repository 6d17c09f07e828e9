"""One printed table as arrays: its rows, its amount columns, and the amounts in a matrix.

The working shape of `tree` and `proof`; nothing is decided here.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from transforms.core.arrays import Bools, Ints
from transforms.words.headers import Header
from transforms.words.labels import Cells


@dataclass
class GridColumn:
    """One column of the table that holds amounts."""

    number: int
    header: str | None
    meaning: Header
    stage: str | None
    hidden: bool


@dataclass
class PrintedGrid:
    """`values` are centavos, 0 where a cell is empty; `printed` where a cell has a text; `readable` where it is one
    amount that may be summed (not hidden). `amount_index` points to the amount frame, -1 where there is none;
    `slack` is twice what each amount may be off by rounding: 100 centavos for one printed in whole pesos, 0 for an exact one;
    `scanned` where it was read from an image.
    """

    cells: list[Cells]
    indent: npt.NDArray[np.float64]
    bold: Bools
    hidden: Bools
    columns: list[GridColumn]
    values: Ints
    printed: Bools
    readable: Bools
    amount_index: Ints
    slack: Ints
    scanned: Bools
    codes: list[str | None] = field(default_factory=list)
    classification: str = "unknown"

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.cells)

    @cached_property
    def unreadable(self) -> Bools:
        """Where a text is printed that is no amount to be summed."""
        return self.printed & ~self.readable

    @cached_property
    def summed(self) -> Ints:
        """What each cell brings to a sum: nothing where no amount can be read."""
        return np.where(self.readable, self.values, 0)

    @cached_property
    def blocks(self) -> list[tuple[int, int]]:
        """Runs of rows that belong to one government, year and topic: each is a budget of its own."""
        keys = [(c.government, c.year, c.topic) for c in self.cells]
        starts = [0, *(i for i in range(1, len(keys)) if keys[i] != keys[i - 1])]
        return list(zip(starts, [*starts[1:], len(keys)], strict=True)) if keys else []


def sums_by(holder: Ints, values: Ints, rows: int) -> Ints:
    """What the rows of a matrix add up to by the row that holds each, for so many rows; zeros where it holds none.

    `numpy.add.at` does the same, ten times as slowly.
    """
    added = np.zeros((rows, values.shape[1]), dtype=np.int64)
    if len(holder):
        order = np.argsort(holder, kind="stable")
        held = holder[order]
        starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
        added[held[starts]] = np.add.reduceat(values[order], starts, axis=0)
    return added
