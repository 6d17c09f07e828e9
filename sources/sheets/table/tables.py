"""From the grid of one sheet to its raw tables: rows with labels, numbers in their columns, and a reason for every other.

Where tables lie and what columns are was decided in `segments` and `columns`; how the cells of the sheet are counted is
in `account`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sources.raw.builder import Placement, PrintedRow, RawBuilder
from sources.raw.reading import Hints
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid, column_letter, is_short
from sources.sheets.table.account import add_sheet
from sources.sheets.table.columns import Group, SegmentColumn, columns, groups, is_amount_like, is_unread_money
from sources.sheets.table.dated import undate
from sources.sheets.table.personal import refused
from sources.sheets.table.segments import Outline, Segment, is_column_number
from sources.sheets.table.texts import PlacedTable, texts_of
from sources.sheets.words import is_link, is_title, is_total, is_unit, names_lines
from warehouse.schema.column_kind import AMOUNT, PERCENTAGE, kind_by_words
from warehouse.schema.vocabulary import Term

_FOOTNOTE = re.compile(r"^\s*(?:[¹²³⁴⁵*]|\d{1,2}[.)/]\s|nota)", re.IGNORECASE)
_PROSE = 100
_CONTEXT_LINES = 40
# In a list, these tell of a row without naming it.
_NOT_NAMES = frozenset({"year", "date", "identifier", "list_number", "percentage", "quantity"})
_LIST_COLUMNS = 3
_DATE_WORDS = 5  # `31 de marzo de 2018`


@dataclass
class SheetReading:
    """What was found on one sheet, beside the frames."""

    tables: int = 0
    warnings: list[Term] = field(default_factory=list)


def read_sheet(grid: SheetGrid, builder: RawBuilder, method: str, hints: Hints) -> SheetReading:
    """Hand every table of the sheet to the builder, and each of its numeric cells with its place or its reason.

    `method` is how tables are found: sheet or csv.
    """
    result = SheetReading(warnings=undate(grid))
    outline = Outline(grid, (hints.header_rows or {}).get(grid.name))
    segments = outline.segments()
    places = refused(grid, [segment.header for segment in segments])
    if places:
        named, cells = "; ".join(dict.fromkeys(places.values())), len(places)
        result.warnings.append(
            Term(f"Sheet {grid.name}: personal data was withheld in {cells} cells, under: {named}.",
                 f"Hoja {grid.name}: se reservaron datos personales en {cells} celdas, bajo: {named}.")
        )  # fmt: skip
    _Sheet(grid, outline, builder, method, places).read(segments, result)
    short = [cell for cell in grid.cells() if cell.shape is Shape.AMOUNT_TEXT and is_short(cell.text)]
    if short:
        result.warnings.append(
            Term(f"Sheet {grid.name}: {len(short)} figures are written in short, such as {short[0].text.strip()} in {short[0].place}: what digits they lost is not known. Ask for a copy with whole figures.",
                 f"Hoja {grid.name}: {len(short)} cifras están abreviadas, como {short[0].text.strip()} en {short[0].place}: no se sabe qué dígitos perdieron. Pida una copia con las cifras completas.")
        )  # fmt: skip
    return result


class _Sheet:
    """The tables of one sheet, one segment after the other."""

    def __init__(
        self, grid: SheetGrid, outline: Outline, builder: RawBuilder, method: str, personal: dict[tuple[int, int], str]
    ) -> None:
        self.grid, self.outline, self.builder, self.method, self.personal = grid, outline, builder, method, personal
        self.placements: dict[tuple[int, int], Placement] = {}
        self.reasons: dict[tuple[int, int], str] = dict.fromkeys(personal, "personal_data")
        self.carried = _carried(grid)
        self.tables: list[PlacedTable] = []
        # Tables that may go on below the same titles and header, as printed pages repeat them: their number.
        self.open: dict[tuple[tuple[int, str], ...], int | None] = {}

    def read(self, segments: Sequence[Segment], result: SheetReading) -> None:
        head: list[str] = []
        for segment in segments:
            lines = self._lines(segment.above)
            head = head or lines
            of_segment = columns(self.grid, self.outline, segment, self.personal)
            self._exclude_columns(segment, of_segment)
            result.warnings += [self._unread(column) for column in of_segment if is_unread_money(column)]
            for group in groups(of_segment):
                result.tables += 1
                self._table(segment, group, lines, head)
        self._exclude_rest(segments)
        for text in texts_of(self.grid, self.tables, lambda cell: (cell.row, cell.col) in self.personal):
            self.builder.add_text(self.grid.name, text)
        add_sheet(self.builder, self.grid, self.placements, self.reasons, text_is_odd=not self.grid.is_text)

    def _lines(self, rows: Sequence[int]) -> list[str]:
        """The texts of rows above a table, one line for each row and each unit, without refused cells."""
        lines = []
        for row in rows[-_CONTEXT_LINES:]:
            across = self.grid.rows[row]
            texts = [
                " ".join(across[col].text.split())
                for col in sorted(across)
                if (row, col) not in self.personal and across[col].shape is not Shape.ERROR
            ]
            lines.append(" ".join(text for text in texts if not is_unit(text)))
            lines += [text for text in texts if is_unit(text)]
        return [line for line in lines if line]

    def _table(self, segment: Segment, group: Group, lines: list[str], head: list[str]) -> None:
        naming = _naming(group)
        continued = self.open.get(_signature(group)) if lines == head else None
        number = continued or self._new_table(segment, group, lines, head)
        placed = sorted(column.col for column in (*group.labels, *group.amounts))
        self.tables.append(PlacedTable(number, segment, tuple(placed)))
        for row in segment.body:
            if self._has_content(row, group):
                self._row(row, number, group, naming)
        self.open[_signature(group)] = None if self._ends_in_total(segment, group) else number

    def _ends_in_total(self, segment: Segment, group: Group) -> bool:
        labels = [cell for column in group.labels for cell in column.cells if cell.shape is Shape.TEXT]
        last = max((cell.row for cell in labels if cell.row <= segment.body[-1]), default=0)
        return any(is_total(cell.text) for cell in labels if cell.row == last)

    def _new_table(self, segment: Segment, group: Group, lines: list[str], head: list[str]) -> int:
        context = lines if lines == head else [*head, *lines]
        number = self.builder.add_table(
            title=_title(lines or head),
            context="\n".join(context) or None,
            page_first=self.grid.name,
            page_last=self.grid.name,
            method=self.method,
        )
        for column in group.amounts:
            self.builder.add_column(
                number,
                header=column.header or None,
                place=f"{column_letter(column.col)}{segment.header[-1] if segment.header else segment.body[0]}",
                hidden=self.grid.hidden or column.col in self.grid.hidden_columns,
            )
        return number

    def _has_content(self, row: int, group: Group) -> bool:
        across = self.grid.rows[row]
        if any(column.col in across for column in group.labels):
            return True
        return any(column.col in across and is_amount_like(across[column.col]) for column in group.amounts)

    def _row(self, row: int, table: int, group: Group, naming: set[int]) -> None:
        across = self.grid.rows[row]
        position = self.builder.add_row(table, self._printed_row(row, group, naming))
        for index, column in enumerate(group.amounts, 1):
            cell = across.get(column.col)
            if cell is not None and (row, column.col) not in self.reasons and is_amount_like(cell):
                self.placements[row, column.col] = Placement(table, position, index)

    def _printed_row(self, row: int, group: Group, naming: set[int]) -> PrintedRow:
        across = self.grid.rows[row]
        labels = [(column, self._label(row, column.col)) for column in group.labels]
        kept = [(column, cell) for column, cell in labels if cell is not None]
        if not any(column.col in naming for column, _ in kept):
            kept += self._stray_label(row, group, kept)
        rest = [(column, self._label(row, column.col)) for column in group.others]
        pairs = sorted(
            [*kept, *[(column, cell) for column, cell in rest if cell is not None]], key=lambda pair: pair[0].col
        )
        kept = [(column, cell) for column, cell in kept if cell.value != 0]  # the zeros of a total row name nothing
        named = [cell for column, cell in kept if column.col in naming] or [cell for _, cell in kept]
        first = named[0] if named else None
        return PrintedRow(
            self.grid.name,
            self._place(across),
            " ".join(" ".join(cell.text.split()) for cell in named) or None,
            json.dumps([[column.header, " ".join(cell.text.split())] for column, cell in pairs], ensure_ascii=False),
            float(first.indent + first.col) if first else None,
            first.bold if first else None,
            self.grid.hidden or row in self.grid.hidden_rows,
        )

    def _place(self, across: dict[int, SheetCell]) -> str:
        first, last = across[min(across)], across[max(across)]
        return first.place if first is last else f"{first.place}:{last.place}"

    def _label(self, row: int, col: int) -> SheetCell | None:
        """The label cell of a column in a row, or the one merged over it from above; never a refused one."""
        cell = self.grid.get(row, col)
        if cell is None and (row, col) in self.carried:
            row, col = self.carried[row, col]
            cell = self.grid.get(row, col)
        return None if cell is None or (row, col) in self.personal else cell

    def _stray_label(
        self, row: int, group: Group, kept: list[tuple[SegmentColumn, SheetCell]]
    ) -> list[tuple[SegmentColumn, SheetCell]]:
        """Words that stand in an amount column left of the row's amounts, such as `Total`, name it where nothing else does."""
        across = self.grid.rows[row]
        amounts = [
            column.col for column in group.amounts if column.col in across and is_amount_like(across[column.col])
        ]
        if not amounts or kept:
            return []
        words = [
            (column, across[column.col])
            for column in group.amounts
            if column.col in across and column.col < amounts[0] and (row, column.col) not in self.personal
        ]
        return [(SegmentColumn(column.col, ""), cell) for column, cell in words if cell.shape is Shape.TEXT][-1:]

    def _unread(self, column: SegmentColumn) -> Term:
        first = next(cell for cell in column.cells if cell.counts)
        name, text = self.grid.name, first.text.strip()
        return Term(
            f"Sheet {name}: column «{column.header}» is called as money is, and none of its texts was read as an amount, "
            f"such as «{text}» in {first.place}. Look at the cells, or ask for a copy with figures alone.",
            f"Hoja {name}: la columna «{column.header}» se llama como el dinero, y ninguno de sus textos se leyó como importe, "
            f"como «{text}» en {first.place}. Vea las celdas, o pida una copia solo con cifras.",
        )

    def _exclude_columns(self, segment: Segment, of_segment: Sequence[SegmentColumn]) -> None:
        """Reasons for the numbers of columns that are no amount columns, and for header rows."""
        for column in of_segment:
            for cell in column.cells:
                if not column.is_amount or not is_amount_like(cell):
                    self.reasons.setdefault((cell.row, cell.col), _cell_reason(cell, column))
        for row in segment.header:
            for cell in self.grid.rows[row].values():
                self.reasons.setdefault((row, cell.col), "header")
        for row in segment.numbering:
            for cell in self.grid.rows[row].values():
                if is_column_number(cell):
                    self.reasons[row, cell.col] = "column_number"

    def _exclude_rest(self, segments: Sequence[Segment]) -> None:
        """Reasons for what lies outside the tables: titles above them, notes and signatures after."""
        body = [row for segment in segments for row in segment.body]
        last = max(body, default=0)
        for cell in self.grid.cells():
            key = (cell.row, cell.col)
            if key not in self.placements and key not in self.reasons:
                self.reasons[key] = _outside_reason(cell, cell.row < last, cell.row in self.outline.identifiers)


def _carried(grid: SheetGrid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each row that a vertically merged cell covers, where its text stands."""
    return {
        (row, left): (top, left)
        for top, left, bottom, _ in grid.merged
        if bottom > top and grid.get(top, left) is not None
        for row in range(top + 1, min(bottom, top + 5000) + 1)
    }


def _title(lines: list[str]) -> str | None:
    return " · ".join(lines[-6:]) or None


def _signature(group: Group) -> tuple[tuple[int, str], ...]:
    return tuple((column.col, column.header) for column in (*group.labels, *group.amounts))


def _naming(group: Group) -> set[int]:
    """The label columns that make a row's label. In a list, dates, links and identifiers only accompany it, and so do
    columns that say the same in every row, unless their header is that of a classification.
    """
    labels = [column for column in group.labels if column.cells and column.reason != PERCENTAGE] or [
        column for column in group.labels if column.cells
    ]
    if len(labels) < _LIST_COLUMNS:
        return {column.col for column in labels}
    naming = {
        column.col
        for column in labels
        if not (kind_by_words(column.header).kind in _NOT_NAMES and _has_digits(column))
        and not is_link(column.header)
        and column.reason not in _NOT_NAMES
        and (names_lines(column.header) or not _is_constant(column))
    }
    return naming or {column.col for column in labels}


def _has_digits(column: SegmentColumn) -> bool:
    """Whether most cells have digits, as years, dates and identifiers do: a header alone does not tell `Año` over names.

    A sentence is none of these, whatever figure is in it: `Porcentaje de personas de 15 años y más`.
    """
    figures = [cell for cell in column.cells if cell.counts and len(cell.text.split()) <= _DATE_WORDS]
    return len(figures) * 2 > len(column.cells)


def _is_constant(column: SegmentColumn) -> bool:
    return len(column.cells) > _LIST_COLUMNS and len({cell.text for cell in column.cells}) == 1


def _cell_reason(cell: SheetCell, column: SegmentColumn) -> str:
    """Why a number in the body of a table is no amount, by its own shape first and then by its column."""
    if cell.shape is Shape.PERCENT:
        return "percentage"
    if cell.counted and not column.is_amount:
        return "quantity"
    if cell.shape is Shape.DATE:
        return "date"
    if cell.shape is Shape.ERROR:
        return column.reason or "unreadable"
    if cell.shape is Shape.TEXT:
        return "identifier" if is_link(cell.text) else "label"
    if column.reason == "label" and cell.is_integer:
        return "code"  # a whole number among words
    if column.reason:
        return column.reason
    kind = kind_by_words(column.header).kind
    return kind if kind and kind != AMOUNT else "label"


def _outside_reason(cell: SheetCell, above: bool, identifies: bool) -> str:
    if identifies:
        return "code"
    if cell.shape is Shape.PERCENT:
        return "percentage"
    if cell.counted:
        return "quantity"
    if cell.shape is Shape.DATE:
        return "date"
    if cell.is_year:
        return "year"
    if cell.shape is not Shape.TEXT:
        return "identifier" if cell.is_integer and above else "footnote"
    if is_link(cell.text):
        return "identifier"
    if above or is_title(cell.text):
        return "header"
    if _FOOTNOTE.match(cell.text):
        return "footnote"
    return "prose" if len(cell.text) > _PROSE else "label"
