"""Cells of a printed table as a reader found them on a page: text and place, no meaning.

For tables whose every cell counts (registers); how they are found on a page is in `sources.pdf`.
"""

from dataclasses import dataclass
from typing import NamedTuple


class PrintedCell(NamedTuple):
    """A cell that has words: row and column from 1, what is printed in it, and its place on the page."""

    row: int
    col: int
    text: str
    place: str


@dataclass(frozen=True)
class PrintedSheet:
    """One table on one page. `merged` are (first row, first column, last row, last column); `edges` where its columns begin and end, in
    points; `beside` the lines of the page that stand in none of its cells.
    """

    page: str
    cells: tuple[PrintedCell, ...]
    merged: tuple[tuple[int, int, int, int], ...]
    edges: tuple[float, ...]
    beside: tuple[str, ...] = ()
