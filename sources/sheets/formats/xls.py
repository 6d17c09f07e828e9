"""Reading .xls into grids: values, merged ranges and hidden sheets with calamine, the rest from `sources.sheets.formats.biff`."""

import datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from sources.errors import SourceError
from sources.sheets.formats.biff import SheetStructure, read_structure
from sources.sheets.formats.container import encrypted
from sources.sheets.formats.grid import Cell, Grid, Shape, number_cell, text_cell


def read_grids(data: bytes, title: str) -> list[Grid]:
    """The sheets of the workbook in order. A sheet that cannot be parsed says so in `failure`; the others go on."""
    structure = read_structure(data)
    if structure.encrypted:
        raise encrypted(title)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise encrypted(title) from error
    except CalamineError as error:
        raise SourceError("corrupt", title, "a whole workbook", str(error), "Obtain the file again.") from error
    grids = []
    for position, sheet in enumerate(book.sheets_metadata, 1):
        grid = Grid(sheet.name, position, sheet.visible != SheetVisibleEnum.Visible)
        try:
            _fill(grid, book.get_sheet_by_index(position - 1))
            if position <= len(structure.sheets):
                _apply(grid, structure.sheets[position - 1])
        except CalamineError as error:
            grid.failure = f"The sheet could not be read: {error}"
        grids.append(grid)
    return grids


def _fill(grid: Grid, sheet: CalamineSheet) -> None:
    if sheet.start is None:
        return
    for merged in sheet.merged_cell_ranges or []:
        (top, left), (bottom, right) = merged
        grid.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    left = sheet.start[1] + 1
    for row, values in enumerate(
        sheet.iter_rows(), 1
    ):  # calamine begins with the sheet's first row, but with its first filled column
        for col, value in enumerate(values, left):
            if value != "":
                grid.add(_cell(row, col, value))


def _apply(grid: Grid, structure: SheetStructure) -> None:
    """Add to the values of a sheet what calamine leaves out."""
    grid.hidden_rows, grid.hidden_columns = structure.hidden_rows, structure.hidden_columns
    for (row, col), text in structure.errors.items():
        if grid.get(row, col) is None:
            grid.add(Cell(row, col, text, Shape.ERROR))
    for (row, col), look in structure.looks.items():
        cell = grid.get(row, col)
        if cell is not None:
            cell.bold, cell.indent = look.bold, look.indent
            if look.percent and cell.shape is Shape.NUMBER:
                cell.shape = Shape.PERCENT


def _cell(row: int, col: int, value: object) -> Cell | None:
    if isinstance(value, bool):
        return Cell(row, col, "VERDADERO" if value else "FALSO", Shape.BOOL)
    if isinstance(value, int | float):
        return number_cell(row, col, float(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return Cell(row, col, value.isoformat(), Shape.DATE)
    if isinstance(value, datetime.timedelta):
        return Cell(row, col, str(value), Shape.DATE)
    return text_cell(row, col, str(value))
