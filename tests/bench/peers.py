"""The table finders of other libraries, scored like the program: first text cells are the label, first rows the header.

None is a dependency of the project beside pdfplumber: camelot and tabula are measured where they are installed.
"""

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber

from tests.bench.amounts import Read
from tests.bench.words import centavos, tokens

Grid = list[list[str]]
_FIGURES = re.compile(r"[-(]?\$?\s?\(?[\d,'.]*\d\)?-?%?|[-–—]")


def peers() -> dict[str, Callable[[Path], Iterator[Grid]]]:
    """Each peer that is installed, by name."""
    found: dict[str, Callable[[Path], Iterator[Grid]]] = {
        "pdfplumber lines": lambda path: _pdfplumber(path, {}),
        "pdfplumber text": lambda path: _pdfplumber(path, {"vertical_strategy": "text", "horizontal_strategy": "text"}),
    }
    if importlib.util.find_spec("camelot"):
        for flavor in ("lattice", "stream", "network", "hybrid"):
            found[f"camelot {flavor}"] = lambda path, flavor=flavor: _camelot(path, flavor)  # type: ignore[misc]
    if importlib.util.find_spec("tabula"):
        found["tabula lattice"] = lambda path: _tabula(path, lattice=True)
        found["tabula stream"] = lambda path: _tabula(path, lattice=False)
    return found


def _pdfplumber(path: Path, settings: dict[str, str]) -> Iterator[Grid]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables(settings):
                yield [[cell or "" for cell in row] for row in table]
            page.close()


def _camelot(path: Path, flavor: str) -> Iterator[Grid]:
    import camelot

    for table in camelot.read_pdf(str(path), pages="all", flavor=flavor):
        yield table.df.astype(str).to_numpy().tolist()


def _tabula(path: Path, lattice: bool) -> Iterator[Grid]:
    import tabula

    tables = tabula.read_pdf(
        str(path), pages="all", lattice=lattice, stream=not lattice, pandas_options={"header": None, "dtype": str}
    )
    for table in tables:
        yield table.fillna("").astype(str).to_numpy().tolist()


def reads_of(grids: Iterator[Grid]) -> list[Read]:
    """The amounts of a peer's tables. A cell that holds several figures gives none: they are not told apart."""
    reads: list[Read] = []
    row_number = 0
    for t, grid in enumerate(grids):
        first = next((i for i, row in enumerate(grid) if _amounts(row)), len(grid))
        headers = _headers(grid[:first])
        for row in grid[first:]:
            row_number += 1
            amounts = _amounts(row)
            if not amounts:
                continue
            label = tokens(" ".join(cell for cell in row[: min(amounts)] if cell))
            for column, value in amounts.items():
                header = headers[column] if column < len(headers) else ""
                reads.append(Read(value, label, tokens(header), row_number, column, f"table {t}", row[column]))
    return reads


def _amounts(row: list[str]) -> dict[int, int]:
    """The figures of a row by column: those after its first text, which stands for the label."""
    start = next((i for i, cell in enumerate(row) if any(c.isalpha() for c in cell)), -1) + 1
    found: dict[int, int] = {}
    for column in range(start, len(row)):
        text = row[column].strip()
        value = centavos(text) if text and _FIGURES.fullmatch(text.replace("\n", "")) else None
        if value is not None:
            found[column] = value
    return found


def _headers(rows: Grid) -> list[str]:
    """The text over each column, spread to the right over the cells that a merged header leaves empty."""
    width = max((len(row) for row in rows), default=0)
    out = [""] * width
    for i, row in enumerate(rows):
        carried = ""
        for column in range(len(row)):
            if row[column].strip():
                carried = row[column]
            own = row[column] or (carried if i < len(rows) - 1 else "")
            out[column] = f"{out[column]} {own}".strip()
    return out
