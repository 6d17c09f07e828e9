"""Amounts that a sheet shows as dates: numbers under a header of money whose cells have a date format by mistake.

A reader of the sheet sees `28/08/3272`. The number is kept as an amount that nobody sees, and the sheet is told of. Where the
dates could be dates (`Pagado`, and the day), they stay what they are, and are told of too.
"""

from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid, column_letter, plain_number
from warehouse.schema.column_kind import AMOUNT, kind_by_words
from warehouse.schema.vocabulary import Term

_EARLY, _LATE = 32_874, 54_789  # the days of 1990 to 2049, as sheets count them
_LEAST = 3


def undate(grid: SheetGrid) -> list[Term]:
    """Makes amounts of such dates. Returns a sentence for each column that has some."""
    sentences = []
    for col in sorted({col for across in grid.rows.values() for col in across}):
        header, cells = _under_money(grid, col)
        dates = [cell for cell in cells if cell.shape is Shape.DATE and cell.value is not None]
        numbers = sum(cell.is_value for cell in cells)
        if header is None or not dates or len(dates) <= numbers:
            continue
        place = f"{column_letter(col)}{dates[0].row}:{column_letter(col)}{dates[-1].row}"
        count = len(dates)
        en = f"Sheet {grid.name}: {count} numbers under «{header}» ({place}) have the format of a date"
        es = f"Hoja {grid.name}: {count} números bajo «{header}» ({place}) tienen formato de fecha"
        if sum(_is_no_day(cell) for cell in dates) * 2 >= len(dates):
            for cell in dates:
                cell.text, cell.shape, cell.unseen = plain_number(cell.value or 0.0), Shape.NUMBER, True
            kept = f"{es}: se conservan como importes que la hoja no muestra. Vea las celdas."
            sentences.append(Term(f"{en}: kept as amounts that the sheet does not show. Look at the cells.", kept))
        elif len(dates) >= _LEAST:
            left_out = f"{es}: se dejaron fuera como fechas. Si son importes, dé a las celdas formato de número."
            sentences.append(
                Term(f"{en}: left out as dates. If they are amounts, give the cells a number format.", left_out)
            )
    return sentences


def _under_money(grid: SheetGrid, col: int) -> tuple[str | None, list[SheetCell]]:
    """The first header of money in a column, and the cells below it."""
    header, cells = None, []
    for row in sorted(grid.rows):
        cell = grid.rows[row].get(col)
        if cell is None:
            continue
        if header is not None:
            cells.append(cell)
        elif cell.shape is Shape.TEXT:
            kind = kind_by_words(" ".join(cell.text.split())) if len(cell.text) < 100 else None
            header = " ".join(cell.text.split()) if kind and kind.kind == AMOUNT and kind.sure else None
    return header, cells


def _is_no_day(cell: SheetCell) -> bool:
    """Whether a stored number is no day of our times: an amount, then."""
    value = cell.value or 0.0
    return not _EARLY <= value <= _LATE
