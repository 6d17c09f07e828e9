"""The texts of a sheet that stand in no table, with what they are beside: titles, notes, the sheet's name, print headers.

Where tables lie was decided in `segments`; what a text says of the numbers is for `transforms`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sources.raw.builder import PrintedText
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from sources.sheets.table.segments import Segment
from warehouse.schema.personal import without_personal

GAP = "  "  # between the cells of a row
TITLE_ROWS = 6


@dataclass(frozen=True)
class PlacedTable:
    """A table of a sheet: its number in the document, the segment it lies in, and its columns."""

    number: int
    segment: Segment
    columns: tuple[int, ...]


def texts_of(
    grid: SheetGrid, tables: Sequence[PlacedTable], is_personal: Callable[[SheetCell], bool]
) -> Iterator[PrintedText]:
    """The name of the sheet, its rows outside the tables from the top, and what it shows or prints beside its cells."""
    yield PrintedText("sheet_name", None, grid.same_name or grid.name)
    inside = {row for table in tables for row in (*table.segment.header, *table.segment.numbering, *table.segment.body)}
    for row in sorted(set(grid.rows) - inside):
        across = grid.rows[row]
        cells = [across[col] for col in sorted(across)]
        kept = [cell for cell in cells if cell.shape is not Shape.ERROR and not is_personal(cell)]
        if kept:
            yield from _row_texts(row, kept, tables)
    for text in grid.beside:
        yield PrintedText(text.kind, text.place, without_personal(text.text))


def _row_texts(row: int, cells: list[SheetCell], tables: Sequence[PlacedTable]) -> Iterator[PrintedText]:
    if not tables:
        yield _text("other_sheet", cells, None)
        return
    kind, segment = _standing(row, tables)
    beside = [table for table in tables if table.segment is segment]
    apart = [[cell for cell in cells if table.columns[0] <= cell.col <= table.columns[-1]] for table in beside]
    # A title over one of two tables side by side is not the other's; one that stands at the left is of all of them.
    each = sum(map(bool, apart)) > 1
    for table, cut in zip(beside, apart, strict=True):
        if cut or not each:
            yield _text(kind, cut if each else cells, table.number)


def _standing(row: int, tables: Sequence[PlacedTable]) -> tuple[str, Segment]:
    """What a row outside the tables is to the one below it, or else to the one above."""
    over = [table.segment for table in tables if _last(table.segment) < row]
    under = [table.segment for table in tables if _first(table.segment) > row]
    if not under or (over and _closes(row, over[-1], under[0])):
        return "below", over[-1]
    near = under[0].above[-TITLE_ROWS:]
    return ("title" if row in near else "above"), under[0]


def _closes(row: int, over: Segment, under: Segment) -> bool:
    """Whether a row between two tables goes on under the upper one: no empty row parts them, and one is above the lower."""
    between = [*range(_last(over) + 1, row + 1)]
    rest = range(row + 1, _first(under))
    filled = set(under.above) | {row}
    return all(other in filled for other in between) and any(other not in filled for other in rest)


def _first(segment: Segment) -> int:
    return min((*segment.header, *segment.body))


def _last(segment: Segment) -> int:
    return max((*segment.header, *segment.body))


def _text(kind: str, cells: list[SheetCell], table: int | None) -> PrintedText:
    place = cells[0].place if len(cells) == 1 else f"{cells[0].place}:{cells[-1].place}"
    return PrintedText(kind, place, GAP.join(" ".join(cell.text.split()) for cell in cells), table)
