"""A piece of a sheet drawn as a small grid: column letters, row numbers, cells as stored, marks on them.

Hidden rows and columns stay out unless they are the ones asked for; where rows or columns are left out, the numbers
and letters jump, as they do in a spreadsheet with hidden ones.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from openpyxl.utils import column_index_from_string
from PIL import Image, ImageDraw, ImageFont

from sources.picture.strip import Mark, PictureBox, Strip
from sources.picture.style import GREY, GROUND, INK, PALE, PAPER, fit, font, wrapped
from sources.sheets import read_grids
from sources.sheets.formats.formulas import compute
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid, column_letter
from sources.sheets.table.personal import refused
from warehouse.schema.personal import WITHHELD
from warehouse.schema.text import letters

Range = tuple[int, int, int, int]  # first row, first column, last row, last column

_CELL = re.compile(r"^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$")
_HEAD = 30  # pixels of the row of letters
_GUTTER = 64
_LEAST, _OVER_NUMBERS, _WIDEST, _WIDEST_LABEL = 84, 190, 300, 470
_LINE = 21
_LINES = 4
_DEEPEST = 112  # pixels of indent
_TAGS = 96  # pixels beside the sheet for the names of tables
_NEIGHBOURS = 2
_LABELS = 4
_TITLE_ROWS = 6
_RIGHT = frozenset({Shape.NUMBER, Shape.AMOUNT_TEXT, Shape.DASH, Shape.PERCENT})


def cells_of(place: str) -> Range:
    """A place of raw (`B7` or `A42:C42`) as a range. Raises ValueError for another text."""
    match = _CELL.match(place)
    if not match:
        raise ValueError(f"{place!r} is not a cell")
    col, row = column_index_from_string(match[1]), int(match[2])
    return row, col, int(match[4] or row), column_index_from_string(match[3]) if match[3] else col


def sheet_view(path: Path, format: str, name: str) -> "SheetView":
    """One sheet of a file. Raises SourceError when the file cannot be read, LookupError for a sheet it lacks."""
    view = _views(path, format, path.stat().st_mtime_ns).get(name)
    if view is None:
        raise LookupError(f"{path.name} has no sheet {name!r}")
    return view


@lru_cache(maxsize=1)
def _views(path: Path, format: str, changed: int) -> dict[str, "SheetView"]:  # noqa: ARG001 - part of the key of what is kept
    """The sheets of the file as it is now: several lines of one document are shown one after the other."""
    grids = read_grids(path, path.name, format)
    compute(grids)
    return {grid.name: SheetView(grid) for grid in reversed(grids)}  # of two of one name, the first


class SheetView:
    """One sheet, without the cells that hold data of persons."""

    def __init__(self, grid: SheetGrid) -> None:
        self.grid = grid
        self._refused = refused(grid, [])

    def text(self, place: str) -> str | None:
        """What is stored in the cell at a place such as B12; None where it is empty."""
        row, col, _, _ = cells_of(place)
        cell = self.grid.get(row, col)
        return cell.text if cell else None

    def excerpt(self, row_place: str, headers: Mapping[str, str | None], title: str | None, withheld: bool) -> Strip:
        """The row with its neighbours, the header cells of each amount (place to header text), and the title."""
        row, first, _, _ = cells_of(row_place)
        amounts = [cells_of(place)[:2] for place in headers]
        heads = [cell for place, text in headers.items() for cell in self._header_cells(cells_of(place), text or "")]
        top = min([cell.row for cell in heads], default=row)
        titles = self._title_cells(title, top)
        rows = self._visible_rows(row, {cell.row for cell in [*heads, *titles]})
        cols = self._visible_cols(row, first, [col for _, col in amounts])
        marks = [("row", (row, cols[0], row, cols[-1]), "")]
        for _, col in amounts:
            under = max((cell.row for cell in heads if cell.col <= col), default=row) + 1
            marks += [("column", (at, col, at, col), "") for at in rows if under <= at < row]
        marks += [("column_header", self.merged(cell.row, cell.col), "") for cell in heads]
        marks += [("title", self.merged(cell.row, cell.col), "") for cell in titles]
        marks += [("amount", self.merged(at, col), "") for at, col in amounts]
        of_line = {(cell.row, cell.col) for cell in [*heads, *titles]} | {(row, col) for col in cols}
        return self.draw(rows, cols, marks, of_line if withheld else None)

    def cells(self, headers: Mapping[str, str | None]) -> Strip:
        """These cells of a row (place to header text) and their headers, and no other cell."""
        places = [cells_of(place)[:2] for place in headers]
        heads = [cell for place, text in headers.items() for cell in self._header_cells(cells_of(place), text or "")]
        rows = sorted({row for row, _ in places} | {cell.row for cell in heads})
        cols = sorted({col for _, col in places})
        only = {*places, *((cell.row, cell.col) for cell in heads)}
        marks = [("column_header", self.merged(cell.row, cell.col), "") for cell in heads]
        marks += [("amount", self.merged(row, col), "") for row, col in places]
        return self.draw(rows, cols, marks, only)

    def draw(
        self,
        rows: Sequence[int],
        cols: Sequence[int],
        marks: Iterable[tuple[str, Range, str]],
        only: set[tuple[int, int]] | None = None,
    ) -> Strip:
        """These rows and columns as a picture. With `only`, the texts of other cells are withheld."""
        texts = {
            (r, c): self._shown(cell, only) for r in rows for c in cols if (cell := self.grid.get(r, c)) is not None
        }
        shown = {self.merged(r, c): text for (r, c), text in texts.items()}
        for area in self.grid.merged:  # those that begin in a row or column left out
            cell = self.grid.get(area[0], area[1])
            if cell and any(area[0] <= r <= area[2] for r in rows) and any(area[1] <= c <= area[3] for c in cols):
                shown.setdefault(area, self._shown(cell, only))
        return _Drawing(self.grid, rows, cols, shown).strip(marks)

    def _shown(self, cell: SheetCell, only: set[tuple[int, int]] | None) -> str:
        at = (cell.row, cell.col)
        if at in self._refused or (only is not None and at not in only and cell.shape is Shape.TEXT):
            return WITHHELD
        return " ".join(cell.text.split())

    def _header_cells(self, amount: Range, header: str) -> list[SheetCell]:
        """The cells over an amount whose texts make its header: nearest row first, then nearest column."""
        row, col = amount[:2]
        heads: list[SheetCell] = []
        for level in reversed(header.split(" | ")):
            wanted = letters(level)
            below = heads[-1].row + 1 if heads else row
            over = [
                cell
                for at in sorted((r for r in self.grid.rows if r < below), reverse=True)
                for cell in self.grid.rows[at].values()
                if cell.col <= col
                and wanted
                and (
                    letters(cell.text) == wanted
                    or (cell.col == col and letters(cell.text) and letters(cell.text) in wanted)
                )
            ]
            if over:
                heads.append(max(over, key=lambda cell: (cell.row, cell.col)))
        return heads

    def _title_cells(self, title: str | None, top: int) -> list[SheetCell]:
        wanted = letters(title or "")
        return [
            cell
            for at in range(max(1, top - _TITLE_ROWS), top)
            for cell in self.grid.rows.get(at, {}).values()
            if letters(cell.text) and letters(cell.text) in wanted and (at, cell.col) not in self._refused
        ]

    def _visible_rows(self, row: int, also: set[int]) -> list[int]:
        last = max(self.grid.height, row)
        near = set(range(max(1, row - _NEIGHBOURS), min(last, row + _NEIGHBOURS) + 1))
        wanted = near | (set(range(min(also), max(also) + 1)) if also else set())
        return sorted(at for at in wanted if at not in self.grid.hidden_rows or at == row)

    def _visible_cols(self, row: int, first: int, amounts: list[int]) -> list[int]:
        filled = [col for col in sorted(self.grid.rows.get(row, {})) if first <= col < min(amounts, default=10**6)]
        beside = {at for col in amounts for at in (col - 1, col, col + 1) if first <= at <= self.grid.width}
        wanted = {first, *filled[:_LABELS], *beside}
        return sorted(col for col in wanted if col not in self.grid.hidden_columns or col in amounts)

    def merged(self, row: int, col: int) -> Range:
        """The merged range that covers a cell, or the cell alone."""
        for top, left, bottom, right in self.grid.merged:
            if top <= row <= bottom and left <= col <= right:
                return top, left, bottom, right
        return row, col, row, col


class _Drawing:
    """The geometry of some rows and columns: where each begins, and what stands in it.

    `texts` are by the whole range of their cell; `spans` by the part of it that is drawn, with the cell it begins in.
    """

    def __init__(self, grid: SheetGrid, rows: Sequence[int], cols: Sequence[int], texts: Mapping[Range, str]) -> None:
        self.grid, self.rows, self.cols = grid, list(rows), list(cols)
        self.spans = {self._clipped(area): (text, grid.get(area[0], area[1])) for area, text in texts.items()}
        self.lefts = self._edges(_GUTTER, [self._width(col) for col in self.cols])
        self.tops = self._edges(_HEAD, [self._height(row) for row in self.rows])

    def _edges(self, start: int, sizes: list[int]) -> list[int]:
        edges = [start]
        for size in sizes:
            edges.append(edges[-1] + size)
        return edges

    def _clipped(self, area: Range) -> Range:
        rows = [r for r in self.rows if area[0] <= r <= area[2]] or [area[0]]
        cols = [c for c in self.cols if area[1] <= c <= area[3]] or [area[1]]
        return rows[0], cols[0], rows[-1], cols[-1]

    def _width(self, col: int) -> int:
        """As wide as its numbers need; headers wrap over numbers, and labels take what many of them leave."""
        numbers, texts = [_LEAST], [_LEAST]
        for (_, left, _, right), (text, cell) in self.spans.items():
            if left == right == col:
                needed = int(_letters(cell).getlength(text)) + 22 + _indent(cell)
                (numbers if cell and cell.shape in _RIGHT else texts).append(needed)
        if len(numbers) > 1:
            return max(min(max(numbers), _WIDEST), min(max(texts), _OVER_NUMBERS))
        return min(max(texts), _WIDEST_LABEL if len(self.cols) <= 6 else _WIDEST)

    def _height(self, row: int) -> int:
        lines = [1]
        for (top, left, bottom, right), (text, cell) in self.spans.items():
            if top == bottom == row:
                room = self._across(left, right) - 14 - _indent(cell)
                lines.append(len(wrapped(text, _letters(cell), room, _LINES)))
        return 11 + _LINE * max(lines)

    def _across(self, left: int, right: int) -> int:
        return self.lefts[self.cols.index(right) + 1] - self.lefts[self.cols.index(left)]

    def pixels(self, area: Range) -> PictureBox:
        top, left, bottom, right = self._clipped(area)
        x0, x1 = self.lefts[self.cols.index(left)], self.lefts[self.cols.index(right) + 1]
        return x0, self.tops[self.rows.index(top)], x1, self.tops[self.rows.index(bottom) + 1]

    def strip(self, marks: Iterable[tuple[str, Range, str]]) -> Strip:
        marks = list(marks)
        beside = _TAGS if any(note for _, _, note in marks) else 12
        image = Image.new("RGB", (self.lefts[-1] + beside, self.tops[-1] + 44), PAPER)
        draw = ImageDraw.Draw(image)
        self._frame(draw)
        for area, (text, cell) in self.spans.items():
            self._cell(draw, area, text, cell)
        self._tab(draw, image.height)
        shown = [mark for mark in marks if self._is_shown(mark[1])]
        boxes = [Mark(role, _inside(self.pixels(area), role), note) for role, area, note in shown]
        return Strip(image, boxes)

    def _is_shown(self, area: Range) -> bool:
        rows = any(area[0] <= row <= area[2] for row in self.rows)
        return rows and any(area[1] <= col <= area[3] for col in self.cols)

    def _frame(self, draw: ImageDraw.ImageDraw) -> None:
        right, bottom = self.lefts[-1], self.tops[-1]
        draw.rectangle((0, 0, right, _HEAD), fill=GROUND)
        draw.rectangle((0, 0, _GUTTER, bottom), fill=GROUND)
        for x in self.lefts:
            draw.line((x, 0, x, bottom), fill=PALE)
        for y in self.tops:
            draw.line((0, y, right, y), fill=PALE)
        for col, x0, x1 in zip(self.cols, self.lefts, self.lefts[1:], strict=False):
            draw.text(((x0 + x1) / 2, _HEAD / 2), column_letter(col), font=font(14), fill=GREY, anchor="mm")
        for row, y0, y1 in zip(self.rows, self.tops, self.tops[1:], strict=False):
            draw.text((_GUTTER / 2, (y0 + y1) / 2), str(row), font=font(14), fill=GREY, anchor="mm")
        # A double rule where rows or columns are left out, as between the frozen parts of a sheet.
        for at, x in zip(range(1, len(self.cols)), self.lefts[1:], strict=False):
            if self.cols[at] != self.cols[at - 1] + 1:
                draw.line((x, 0, x, bottom), fill=GREY, width=3)
        for at, y in zip(range(1, len(self.rows)), self.tops[1:], strict=False):
            if self.rows[at] != self.rows[at - 1] + 1:
                draw.line((0, y, right, y), fill=GREY, width=3)

    def _cell(self, draw: ImageDraw.ImageDraw, area: Range, text: str, cell: SheetCell | None) -> None:
        x0, y0, x1, y1 = self.pixels(area)
        if area[0] != area[2] or area[1] != area[3]:
            draw.rectangle((x0, y0, x1, y1), fill=PAPER, outline=PALE)
        letters, indent = _letters(cell), _indent(cell)
        room = x1 - x0 - 14 - indent
        lines = wrapped(text, letters, room, max(1, int((y1 - y0 - 8) / _LINE)))
        y = (y0 + y1) / 2 - _LINE * len(lines) / 2 + 1
        for line in lines:
            spare = room - letters.getlength(line)
            aside = spare if cell and cell.shape in _RIGHT else spare / 2 if area[1] != area[3] else 0
            draw.text((x0 + 7 + indent + aside, y), line, font=letters, fill=INK)
            y += _LINE

    def _tab(self, draw: ImageDraw.ImageDraw, height: int) -> None:
        name = self.grid.name + (" (hoja oculta)" if self.grid.hidden else "")
        text = fit(name, font(15, bold=True), max(120, self.lefts[-1] - 60))
        wide = font(15, bold=True).getlength(text)
        top = height - 34
        draw.rounded_rectangle((10, top, 34 + wide, height - 6), radius=6, fill=GROUND, outline=PALE)
        draw.text((22, top + 5), text, font=font(15, bold=True), fill=GREY)


def _letters(cell: SheetCell | None) -> ImageFont.FreeTypeFont:
    return font(16, bold=bool(cell and cell.bold))


def _indent(cell: SheetCell | None) -> int:
    return min(14 * cell.indent, _DEEPEST) if cell and cell.shape not in _RIGHT else 0


def _inside(box: PictureBox, role: str) -> PictureBox:
    """Outlines of cells are drawn inside of them, or they would cover the neighbours' edges."""
    x0, y0, x1, y1 = box
    return (
        (x0 + 1, y0 + 1, x1 - 1, y1 - 1) if role in ("row", "column", "row_label") else (x0 + 4, y0 + 4, x1 - 4, y1 - 4)
    )
