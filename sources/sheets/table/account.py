"""The account of a sheet: each cell that counts goes to the builder with its cell in a table, or with its reason.

Which cells stand in tables, and what the reasons are, is decided in `sources.sheets.table.tables`.
"""

from collections.abc import Iterable, Mapping

from sources.raw.builder import PageAccount, Placement, PrintedNumber, PrintedPage, RawBuilder
from sources.raw.numeric import is_dash
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from warehouse.schema.personal import WITHHELD

Position = tuple[int, int]  # row and column of a cell in its sheet


def add_sheet(
    builder: RawBuilder,
    grid: SheetGrid,
    placements: Mapping[Position, Placement],
    reasons: Mapping[Position, str],
    text_is_odd: bool = True,
) -> None:
    """One sheet: its numbers, each placed or excluded. `text_is_odd` where the format can store a number as one."""
    cells = list(grid.cells())
    counted = [cell for cell in cells if (cell.row, cell.col) in placements or cell.counts]
    account = PageAccount(grid.name, counted)
    for cell in counted:
        at = cell.row, cell.col
        placement = placements.get(at)
        if placement is not None:
            account.place([cell], _printed(cell, _flag(grid, cell, text_is_odd), None), placement)
        else:
            reason = reasons.get(at, "label")
            account.exclude([cell], _printed(cell, _flag(grid, cell, False), reason), reason)
    builder.add_page(account, _page(grid, "sheet" if cells else "blank", len(cells)))


def add_left_out_sheet(builder: RawBuilder, grid: SheetGrid, personal: Iterable[Position]) -> None:
    """A sheet that is not read: all its numbers are excluded, those of personal cells without their text."""
    reasons = dict.fromkeys(((cell.row, cell.col) for cell in grid.cells()), "left_out")
    add_sheet(builder, grid, {}, reasons | dict.fromkeys(personal, "personal_data"))


def add_failed_sheet(builder: RawBuilder, grid: SheetGrid, message: str) -> None:
    """A sheet whose cells could not be read: nobody knows how many numbers it has."""
    builder.add_page(PageAccount(grid.name, []), _page(grid, "failed", None, message))


def _page(grid: SheetGrid, kind: str, words: int | None, message: str | None = None) -> PrintedPage:
    return PrintedPage(
        position=grid.position,
        kind=kind,
        width=float(grid.width),
        height=float(grid.height),
        hidden=grid.hidden,
        words=words,
        message=message,
    )


def _printed(cell: SheetCell, flag: str | None, reason: str | None) -> PrintedNumber:
    text = WITHHELD if reason == "personal_data" else cell.text
    return PrintedNumber(text, cell.place, (cell.row, cell.col), flag, format=cell.format)


def _flag(grid: SheetGrid, cell: SheetCell, text_is_odd: bool) -> str | None:
    """The strongest reason to distrust a number."""
    if cell.flag == "formula_without_value":
        return cell.flag
    if cell.shape is Shape.ERROR:
        return "error_cell"
    if grid.hidden or cell.row in grid.hidden_rows or cell.col in grid.hidden_columns:
        return "hidden"
    if cell.unseen:
        return "not_visible"
    if cell.flag:
        return cell.flag
    if text_is_odd and cell.shape in (Shape.AMOUNT_TEXT, Shape.TEXT) and not is_dash(cell.text):
        return "text_number"
    return None
