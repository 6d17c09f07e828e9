"""The table finders of other libraries, scored like the program: first text cells are the label, first rows the header.

None is a dependency of the project beside pdfplumber: camelot and tabula are measured where they are installed. Every peer
runs with its defaults. What is right or wrong is decided in `score`, as for the program.
"""

import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber

from tests.bench.amounts import Read
from tests.bench.measure import processor_time
from tests.bench.words import centavos, tokens

Grid = list[list[str]]
_FIGURES = re.compile(r"[-(]?\$?\s*\(?[\d,'.]*\d\)?-?%?|\$?\s*[-–—]")
_PLAIN = re.compile(r"\(?[1-9]\d{0,3}\)?")  # a year, or the number of a column


@dataclass
class Tally:
    """What a peer did on all documents: counts by kind, seconds of processor time, and where it raised an error."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    failed: dict[str, str] = field(default_factory=dict)

    def read(self, grids: Callable[[Path], Iterator[Grid]], pdf: Path, name: str) -> list[Grid]:
        """The tables of a document; none where the peer fails, so that all of its amounts are missing."""
        start = processor_time()
        try:
            return list(grids(pdf))
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is its result on this document
            self.failed[name] = f"{type(error).__name__}: {error}"[:300]
            return []
        finally:
            self.seconds += processor_time() - start


def peers() -> dict[str, Callable[[Path], Iterator[Grid]]]:
    """Each peer that is installed, by name."""
    installed: dict[str, Callable[[Path], Iterator[Grid]]] = {
        "pdfplumber lines": lambda path: _pdfplumber(path, {}),
        "pdfplumber text": lambda path: _pdfplumber(path, {"vertical_strategy": "text", "horizontal_strategy": "text"}),
    }
    if importlib.util.find_spec("camelot"):
        for flavor in ("lattice", "stream", "network", "hybrid", "auto"):
            installed[f"camelot {flavor}"] = lambda path, flavor=flavor: _camelot(path, flavor)  # type: ignore[misc]
    if importlib.util.find_spec("tabula"):
        installed["tabula lattice"] = lambda path: _tabula(path, lattice=True)
        installed["tabula stream"] = lambda path: _tabula(path, lattice=False)
    return installed


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


def reads_of(grids: Iterable[Grid], spread: bool) -> list[Read]:
    """The amounts of a peer's tables. A cell that holds several figures gives none: they are not told apart.

    Peers do not say what a header is. Rows of one cell on top are taken for titles; `spread` gives a header to the empty
    cells to its right, as a merged cell needs it, and a cut one does not.
    """
    reads: list[Read] = []
    row_number = 0
    for t, grid in enumerate(grids):
        first = next((i for i, row in enumerate(grid) if not _heads(row)), len(grid))
        headers = _headers(grid[:first], spread)
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


def _heads(row: list[str]) -> bool:
    """Whether a row can be of the header: its figures, if any, are years and column numbers."""
    return all(_PLAIN.fullmatch(row[column].strip()) for column in _amounts(row))


def _amounts(row: list[str]) -> dict[int, int]:
    """The figures of a row by column: those after its first text, which stands for the label."""
    start = next((i for i, cell in enumerate(row) if any(c.isalpha() for c in cell)), -1) + 1
    amounts: dict[int, int] = {}
    for column in range(start, len(row)):
        text = row[column].strip()
        value = centavos(text) if text and _FIGURES.fullmatch(text.replace("\n", "")) else None
        if value is not None:
            amounts[column] = value
    return amounts


def _headers(rows: Grid, spread: bool) -> list[str]:
    """The text over each column, below the titles."""
    begin = next((i for i, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    out = [""] * max((len(row) for row in rows), default=0)
    for i, row in enumerate(rows[begin:], begin):
        carried = ""
        for column, cell in enumerate(row):
            carried = cell if cell.strip() else carried
            text = cell or (carried if spread and i < len(rows) - 1 else "")
            out[column] = f"{out[column]} {text}".strip()
    return out
