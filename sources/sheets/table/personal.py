"""Promise P7 at the door: columns with data of persons are refused; names of companies and public bodies stay.

Only what a header declares is looked at. A column that may hold both (suppliers are companies and persons) keeps the
cells that carry a company's legal form or a body's name.
"""

import re
from collections.abc import Sequence

from sources.sheets.formats.grid import Cell, Grid, Shape
from sources.sheets.words import personal_kind
from warehouse.schema.text import fold

_BODY = re.compile(
    r"\bs\.? ?a\.?(?: ?p\.? ?i\.?)?(?: ?b\.?)?\b(?: de c\.? ?v)?|\bs\.? (?:de|en) (?:r\.? ?l|c)|\bs\.? ?c\.?$|\ba\.? ?c\.?$|\bs\.? ?c\.? |\ba\.? ?c\.? |\bi\.? ?a\.? ?p\b|\bs\.? ?n\.? ?c\b|sociedad|asociacion|compania|grupo|empresa|banco|seguros|comercializadora"
    r"|instituto|comision|secretaria|universidad|municipio|ayuntamiento|gobierno|direccion|organismo|fondo|sistema|consejo|servicios|tecnolog|\bcia\b|\binc\b|\bllc\b|no aplica|^n/?a$"
)
_PERSON_RFC = re.compile(r"\b[A-ZÑ&]{4}\d{6}[A-Z0-9]{2,3}\b", re.IGNORECASE)
_MIN_HEADERS = 3
_TOP_ROWS = 20


def refused(grid: Grid, headers: Sequence[tuple[int, ...]]) -> tuple[dict[tuple[int, int], str], list[str]]:
    """The places of cells that are refused, each with its column's header, and the headers found.

    `headers` are the header rows of each table of the sheet. In a sheet without tables the first row that reads like a
    header is one.
    """
    blocks = [block for block in headers if block] or _first_declaring(grid)
    spans = {(top, left): right for top, left, _, right in grid.merged}
    places: dict[tuple[int, int], str] = {}
    ends = [*[block[0] for block in blocks[1:]], grid.height + 1][: len(blocks)]
    for block, end in zip(blocks, ends, strict=True):
        declared = {col: entry for row in block for col, entry in _declared(row, grid.rows[row], spans).items()}
        if declared:
            for row in [row for row in grid.rows if block[-1] < row < end]:
                places.update(_refused_in_row(grid.rows[row], declared))
    return places, list(dict.fromkeys(places.values()))


def _refused_in_row(cells: dict[int, Cell], declared: dict[int, tuple[str, str]]) -> dict[tuple[int, int], str]:
    """The refused cells of a row. A person's tax number says that the supplier named beside it is a person."""
    own = [(cell, *declared[col]) for col, cell in cells.items() if col in declared]
    person = any(kind == "rfc" and _is_refused(cell, kind) for cell, kind, _ in own)
    return {
        (cell.row, cell.col): header
        for cell, kind, header in own
        if (_is_refused(cell, "name") and person if kind == "holder" else _is_refused(cell, kind))
    }


def _first_declaring(grid: Grid) -> list[tuple[int, ...]]:
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        cells = grid.rows[row].values()
        if (
            len(cells) >= _MIN_HEADERS
            and all(cell.shape is Shape.TEXT for cell in cells)
            and _declared(row, grid.rows[row], {})
        ):
            return [(row,)]
    return []


def _declared(row: int, cells: dict[int, Cell], spans: dict[tuple[int, int], int]) -> dict[int, tuple[str, str]]:
    declared: dict[int, tuple[str, str]] = {}
    for cell in cells.values():
        kind = personal_kind(cell.text)
        if kind is not None:
            header = " ".join(cell.text.split())
            for col in range(cell.col, spans.get((row, cell.col), cell.col) + 1):
                declared[col] = (kind, header)
    return declared


def _is_refused(cell: Cell, kind: str) -> bool:
    return is_personal(cell.text, kind) or (kind == "data" and cell.shape is not Shape.TEXT)


def is_personal(text: str, kind: str) -> bool:
    """Whether the text of a cell under a header of this kind (`personal_kind`) is data of a person."""
    if kind == "rfc":
        return bool(_PERSON_RFC.search(text))
    if kind == "name":
        return not _BODY.search(fold(text))
    return not (_BODY.search(fold(text)) and _is_company_name(text))


def _is_company_name(text: str) -> bool:
    """Companies are sometimes typed into the columns of surnames."""
    return bool(
        re.search(r"\bde c\.? ?v\b|\bs\.? ?a\.?\b|\bs\.? ?c\.?$|\ba\.? ?c\.?$|\br\.? ?l\b", fold(text))
    ) and not any(char.isdigit() for char in text)
