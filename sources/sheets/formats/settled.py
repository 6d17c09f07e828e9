"""What the cells of a sheet say together, before its tables are looked for: figures under merged cells, and centavos set apart.

A program shows the first cell of a merged area and keeps the others. Centavos may be raised (`1,234⁵⁰`) or stand in a column of their
own; a raised pair of digits is the mark of a note where only one or two figures of a sheet have one.
"""

import re

from sources.sheets.formats.grid import SheetCell, SheetGrid, number_cell, text_cell
from warehouse.schema.lexicon import CENTAVOS
from warehouse.schema.text import fold

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_PAIR = re.compile(rf"^([-(]?\$?\s?\d[\d,'’]*)([{_RAISED}]{{2}})(\)?)$")
_DIGITS = str.maketrans(_RAISED, "0123456789")
_FEWEST_RAISED = 3
_CENTAVOS = re.compile(CENTAVOS)
_LONGEST_HEADER = len("centavos.")
_HUNDRED = 100


def settle(grid: SheetGrid) -> None:
    """Marks what merged cells cover, and gives figures the centavos that are set apart from them."""
    _cover(grid)
    _lower_centavos(grid)
    for header in [
        cell for cell in grid.cells() if len(cell.text) <= _LONGEST_HEADER and _CENTAVOS.match(fold(cell.text))
    ]:
        _join_centavos(grid, header)


def _cover(grid: SheetGrid) -> None:
    for top, left, bottom, right in grid.merged:
        rows = range(top, bottom + 1) if bottom - top < len(grid.rows) else grid.rows
        for row in rows:
            for cell in grid.rows.get(row, {}).values() if top <= row <= bottom else ():
                if left <= cell.col <= right and (cell.row, cell.col) != (top, left) and cell.is_value:
                    cell.unseen = True


def _lower_centavos(grid: SheetGrid) -> None:
    raised_digits = set(_RAISED)
    raised = [
        (cell, match)
        for cell in grid.cells()
        if cell.text.rstrip(" )")[-1:] in raised_digits and (match := _RAISED_PAIR.match(cell.text.strip()))
    ]
    for cell, match in raised if len(raised) >= _FEWEST_RAISED else ():
        _replace(grid, cell, text_cell(cell.row, cell.col, f"{match[1]}.{match[2].translate(_DIGITS)}{match[3]}"))


def _join_centavos(grid: SheetGrid, header: SheetCell) -> None:
    """Below the header of a column of centavos: pairs of whole figures, as far down as there are such.

    The centavos stay in their cells, where tables count them as no amounts.
    """
    for row in range(header.row + 1, grid.height + 1):
        pesos, centavos = grid.get(row, header.col - 1), grid.get(row, header.col)
        if pesos is None or centavos is None:
            continue
        if not (
            pesos.is_integer
            and centavos.is_integer
            and centavos.text.strip().isdigit()
            and int(centavos.text) < _HUNDRED
        ):
            break
        _replace(grid, pesos, number_cell(row, pesos.col, float(f"{pesos.text.strip()}.{int(centavos.text):02d}")))


def _replace(grid: SheetGrid, cell: SheetCell, by: SheetCell | None) -> None:
    if by is not None:
        for said in ("bold", "indent", "flag", "unseen"):
            setattr(by, said, getattr(cell, said))
        grid.add(by)
