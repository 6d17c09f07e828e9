"""Reading spreadsheets: .xlsx, .xlsm, .xls, .ods, delimited text, Parquet and what portals export in their place (tables of HTML, MHTML,
XML Spreadsheet 2003) into raw tables, rows and numbers.

One grid for all formats (`grid`, filled by a module for each format), then tables (`segments`, `columns`, `tables`),
handed to the builder of raw tables. No meaning: stages, units, codes and sums are for `transforms`.
In: the bytes of a workbook. Out: a `Reading` of `sources.raw`.
"""

from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sources.errors import OBTAIN_AGAIN, SourceError
from sources.raw.builder import RawBuilder
from sources.raw.collector import collector_paused
from sources.raw.reading import Document, Hints, Reading
from sources.sheets.formats import delimited, html, ods, parquet, xls, xlsx, xml2003
from sources.sheets.formats.container import Package, encrypted, is_ole, ole_streams
from sources.sheets.formats.formulas import compute, not_computed
from sources.sheets.formats.grid import SheetGrid, column_letter
from sources.sheets.formats.settled import settle
from sources.sheets.table.account import add_failed_sheet, add_left_out_sheet
from sources.sheets.table.personal import refused
from sources.sheets.table.tables import read_sheet
from warehouse.schema.vocabulary import Term

FORMATS = ("xlsx", "xlsm", "xls", "ods", "csv", "html", "mhtml", "xml", "parquet")
_FIGURES_OF_A_COPY = 5
_LONGEST_CELL = 100_000  # three times what Excel writes; each pattern and comparison walks over all of it


@collector_paused()
def read_sheets(document: Document, format: str, grids: list[SheetGrid] | None = None) -> Reading:
    """The raw rows of a workbook or delimited file, of its grids where these were read already.

    Raises SourceError with the outcome that says why there are none: empty_file, corrupt, encrypted, too_large, no_table.
    """
    if format not in FORMATS:
        raise ValueError(f"{format!r} is not a spreadsheet format")
    if grids is None:
        grids = read_grids(document.path, document.title, format)
    warnings = [
        Term(
            f"Several sheets are named {grid.same_name!r}: number {grid.position} of the workbook is read as {grid.name!r}.",
            f"Varias hojas se llaman {grid.same_name!r}: la número {grid.position} del libro se lee como {grid.name!r}.",
        )
        for grid in grids
        if grid.same_name is not None
    ]
    warnings += [note for grid in grids for note in grid.notes]
    without = compute(grids)
    if without:
        warnings.append(not_computed(without))
    builder = RawBuilder(document.document_id)
    named = document.hints.sheets
    copies = _copies([grid for grid in grids if not named or grid.name in named])
    for grid in grids:
        if grid.name in copies:
            other = copies[grid.name]
            warnings.append(
                Term(f"Sheet {grid.name} is sheet {other} again, cell by cell: read once. If it is of another period or another body, ask which of the two is right.",
                     f"La hoja {grid.name} es otra vez la hoja {other}, celda por celda: se leyó una. Si es de otro periodo o de otro ente, pregunte cuál de las dos es la correcta.")
            )  # fmt: skip
            add_left_out_sheet(builder, grid, refused(grid, []))
            continue
        _read_grid(grid, builder, "csv" if format == "csv" else "sheet", document.hints, warnings)
    warnings += _unfit_hints(document.hints, grids)
    if not builder.tables:
        raise _without_table(document.title, format, grids, warnings)
    return builder.reading(format, tuple(warnings))


def _copies(grids: list[SheetGrid]) -> dict[str, str]:
    """The sheets that say the same as another in every cell, each with the name of that other; of two, the visible one is read.

    Under another name (`1T`) it would be the same money twice. Forms without figures are alike, and no copies.
    """
    originals: dict[int, SheetGrid] = {}
    copies: dict[str, str] = {}
    for grid in sorted(grids, key=lambda grid: grid.hidden):
        cells = tuple((cell.row, cell.col, cell.shape, cell.text) for cell in grid.cells())
        figures = sum(cell.is_value and bool(cell.value or cell.value is None) and cell.counts for cell in grid.cells())
        if figures < _FIGURES_OF_A_COPY:
            continue
        original = originals.setdefault(hash(cells), grid)
        if original is not grid:
            copies[grid.name] = original.name
    return copies


def _without_table(title: str, format: str, grids: list[SheetGrid], warnings: list[Term]) -> SourceError:
    failures = [grid.failure for grid in grids if grid.failure]
    if format in ("html", "mhtml"):
        advice = Term(
            "The portal may have answered with another page: open the address in a browser and download the document.",
            "El portal pudo responder con otra página: abra la dirección en un navegador y descargue el documento.",
        )
    else:
        advice = Term(
            "If there is one, name its sheet and the last row of its header in the document's hints.",
            "Si la hay, nombre su hoja y el último renglón de su encabezado en las pistas del documento.",
        )
    without = Term(f"{len(grids)} sheets without one", f"{len(grids)} hojas sin ella")
    why = failures[0] if failures else without
    whole = (
        " ".join([first, *(f"({warning})" for warning in others)])
        for first, *others in zip(why, *warnings, strict=True)
    )
    expected = Term("a sheet with a table of amounts", "una hoja con una tabla de importes")
    return SourceError("no_table" if not failures else "corrupt", title, expected, Term(*whole), advice)


def _read_grid(grid: SheetGrid, builder: RawBuilder, method: str, hints: Hints, warnings: list[Term]) -> None:
    if grid.failure:
        add_failed_sheet(builder, grid, grid.failure.es)
        warnings.append(Term(f"Sheet {grid.name}: {grid.failure.en}", f"Hoja {grid.name}: {grid.failure.es}"))
    elif hints.sheets and grid.name not in hints.sheets:
        add_left_out_sheet(builder, grid, refused(grid, []))
    else:
        warnings += read_sheet(grid, builder, method, hints).warnings


def read_grids(path: Path, title: str, format: str) -> list[SheetGrid]:
    """The sheets of a file as grids, before anything is known of their tables, each with a name of its own.

    Raises SourceError.
    """
    grids = _read_grids(path, title, format)
    _tell_apart(grids)
    for grid in grids:
        _refuse_endless(grid)
        settle(grid)
    return grids


def _refuse_endless(grid: SheetGrid) -> None:
    """A sheet with a cell that no program writes says so, and is not read."""
    for cell in grid.cells():
        if len(cell.text) > _LONGEST_CELL:
            place = f"{column_letter(cell.col)}{cell.row}"
            length = f"{len(cell.text):,}"
            grid.failure = Term(
                f"Cell {place} has {length} characters, which is no text of a table.",
                f"La celda {place} tiene {length} caracteres, lo que no es texto de una tabla.",
            )
            cell.text = cell.text[:_LONGEST_CELL]  # what is told of a failed sheet looks at its cells too


def _tell_apart(grids: list[SheetGrid]) -> None:
    """Numbers the sheets of one name, in their order: the name alone, in a hint or a formula, then means none of them."""
    times = Counter(grid.name for grid in grids)
    taken = set(times)
    for grid in grids:
        if times[grid.name] > 1:
            grid.same_name = grid.name
            numbered = (f"{grid.same_name} ({number})" for number in count(1))
            grid.name = next(name for name in numbered if name not in taken)
            taken.add(grid.name)


def _read_grids(path: Path, title: str, format: str) -> list[SheetGrid]:
    if not path.stat().st_size:
        raise SourceError("empty_file", title, Term("a workbook", "un libro de Excel"), "0 bytes", OBTAIN_AGAIN)
    if format in _PACKAGES and not is_ole(_head(path)):
        with Package(path, title) as package:
            return _PACKAGES[format](package, title)
    data = path.read_bytes()
    if is_ole(data) and "EncryptedPackage" in ole_streams(data):
        raise encrypted(title)
    return _PLAIN.get(format, xls.read_grids)(data, title)


_PACKAGES: dict[str, Callable[[Package, str], list[SheetGrid]]] = {
    "xlsx": xlsx.read_grids,
    "xlsm": xlsx.read_grids,
    "ods": ods.read_grids,
}
_PLAIN: dict[str, Callable[[bytes, str], list[SheetGrid]]] = {
    "csv": lambda data, title: [delimited.read_grid(data, title)],
    "html": html.read_grids,
    "mhtml": html.read_mhtml,
    "xml": xml2003.read_grids,
    "parquet": lambda data, title: [parquet.read_grid(data, title)],
}


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _unfit_hints(hints: Hints, grids: list[SheetGrid]) -> list[Term]:
    """Hints that no longer fit the document, as sentences."""
    names = {grid.name for grid in grids}
    unfit = [_no_sheet("sheets", name) for name in hints.sheets or [] if name not in names]
    for name, row in (hints.header_rows or {}).items():
        grid = next((grid for grid in grids if grid.name == name), None)
        if grid is None:
            unfit.append(_no_sheet("header_rows", name))
        elif row not in grid.rows:
            unfit.append(
                Term(
                    f"Hint header_rows: row {row} of sheet {name!r} is empty.",
                    f"Pista header_rows: el renglón {row} de la hoja {name!r} está vacío.",
                )
            )
    return unfit


def _no_sheet(hint: str, name: str) -> Term:
    return Term(f"Hint {hint}: there is no sheet {name!r}.", f"Pista {hint}: no hay hoja {name!r}.")


__all__ = ["FORMATS", "read_grids", "read_sheets"]
