"""Promise P7 in sheets: the cells that are refused, by the header over them or by their own text.

What a header or a text says of persons is decided in `sources.personal`; here is only where it applies.
"""

from collections.abc import Sequence

from sources.personal import is_personal, kinds_in_row, personal_kinds
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid, column_letter
from warehouse.schema.personal import has_personal

_MIN_HEADERS = 3
_TOP_ROWS = 20
DeclaredColumns = dict[int, tuple[str, str]]


def refused(grid: SheetGrid, headers: Sequence[tuple[int, ...]]) -> dict[tuple[int, int], str]:
    """The places of cells that are refused, each with what names it: its column's header, or its column.

    `headers` are the header rows of each table of the sheet. In a sheet without tables the first row that reads like a
    header is one.
    """
    places = {
        (cell.row, cell.col): f"column {column_letter(cell.col)}"
        for across in grid.rows.values()
        for cell in across.values()
        if cell.shape is Shape.TEXT and has_personal(cell.text)
    }
    blocks = [block for block in headers if block] or _first_declaring(grid)
    spans = {(top, left): right for top, left, _, right in grid.merged}
    ends = [*[block[0] for block in blocks[1:]], grid.height + 1][: len(blocks)]
    for block, end in zip(blocks, ends, strict=True):
        declared = {col: entry for row in block for col, entry in _declared(row, grid.rows[row], spans).items()}
        if declared:
            for row in [row for row in grid.rows if block[-1] < row < end]:
                places.update(_refused_in_row(grid.rows[row], declared))
    return places


def _refused_in_row(cells: dict[int, SheetCell], declared: DeclaredColumns) -> dict[tuple[int, int], str]:
    under = [(cell, *declared[col]) for col, cell in cells.items() if col in declared]
    kinds = kinds_in_row([kind for _, kind, _ in under], [cell.text for cell, _, _ in under])
    return {
        (cell.row, cell.col): header
        for (cell, _, header), kind in zip(under, kinds, strict=True)
        if kind and _is_refused(cell, kind)
    }


def _first_declaring(grid: SheetGrid) -> list[tuple[int, ...]]:
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        cells = grid.rows[row].values()
        if (
            len(cells) >= _MIN_HEADERS
            and all(cell.shape is Shape.TEXT for cell in cells)
            and _declared(row, grid.rows[row], {})
        ):
            return [(row,)]
    return []


def _declared(row: int, cells: dict[int, SheetCell], spans: dict[tuple[int, int], int]) -> DeclaredColumns:
    declared: DeclaredColumns = {}
    kinds = personal_kinds([cell.text for cell in cells.values()])
    for cell, kind in zip(cells.values(), kinds, strict=True):
        if kind is not None:
            header = " ".join(cell.text.split())
            for col in range(cell.col, spans.get((row, cell.col), cell.col) + 1):
                declared[col] = (kind, header)
    return declared


def _is_refused(cell: SheetCell, kind: str) -> bool:
    return is_personal(cell.text, kind) or (kind == "data" and cell.shape is not Shape.TEXT)
