"""Reading .ods into grids, in one pass over its content.

Repetition is how this format says empty, so only filled cells are unfolded, and no more than a workbook can honestly
hold. calamine reads values of this format, but neither merged cells, nor hidden rows, nor error cells.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from sources.errors import OBTAIN_AGAIN, SAVE_APART, WORKBOOK_XML, SourceError
from sources.sheets.formats.container import Package, local, xml_parser
from sources.sheets.formats.grid import (
    BesideText,
    Shape,
    SheetCell,
    SheetGrid,
    column_letter,
    number_cell,
    telling_format,
    text_cell,
)
from sources.sheets.formats.ods_styles import OdsStyles
from sources.sheets.formats.runs import standing
from sources.sheets.formats.shown import show
from warehouse.schema.vocabulary import Term

MAX_CELLS = 3_000_000
_ERROR_TEXT = re.compile(r"^(?:#\w+[!?/\w]*|Err:\d+)$")
_CELL_REFERENCE = re.compile(r"\[([^\]]*)\]")


@dataclass
class _Cell:
    """The cell being read: its attributes, its paragraphs."""

    attributes: dict[str, str]
    covered: bool
    paragraphs: list[list[tuple[str, bool]]] = field(default_factory=list)  # of texts, and whether each is struck out

    @property
    def text(self) -> str:
        """What is not struck out of its paragraphs, each on a line."""
        return standing(
            [run for n, parts in enumerate(self.paragraphs) for run in ([("\n", False)] if n else []) + parts]
        )


def read_grids(package: Package, title: str) -> list[SheetGrid]:
    """The sheets of the workbook in order. Raises SourceError where the content is damaged or larger than honest."""
    reader = _Reader(title)
    try:
        if "styles.xml" in package:
            reader.parse(package.read("styles.xml"))
        reader.parse(package.read("content.xml"))
    except (expat.ExpatError, ValueError) as error:
        raise SourceError("corrupt", title, WORKBOOK_XML, str(error), OBTAIN_AGAIN) from error
    return reader.grids


class _Reader:
    """The state of one pass over content.xml."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.grids: list[SheetGrid] = []
        self.styles = OdsStyles()
        self.struck: list[bool] = []  # of the runs that the text stands in
        self.row = self.column = self.row_repeat = self.cells = 0
        self.row_cells: list[SheetCell] = []
        self.row_hidden = False
        self.column_styles: list[tuple[int, int, str]] = []
        self.cell: _Cell | None = None
        self.in_comment = False
        self.said: list[str] = []
        self.aside = 0  # inside a comment or a picture, whose words are not the cell's

    def parse(self, data: bytes) -> None:
        parser = xml_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = local(qualified)
        values = {local(key): value for key, value in attributes.items()}
        if _is_aside(qualified):
            self.aside += 1
            self.in_comment = qualified == "office:annotation"
        elif self.cell is not None:
            self._start_in_cell(name, values)
        elif name == "table" and qualified.startswith("table:"):
            self._start_table(values)
        elif not self.grids:
            self.styles.start(qualified, values)
        elif name == "table-column":
            self._start_columns(values)
        elif name == "table-row":
            self._start_row(values)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell = _Cell(values, name.startswith("covered"))

    def _end(self, qualified: str) -> None:
        name = local(qualified)
        if self.aside and self.grids and name in ("p", "creator", "date"):
            self._end_aside(name)
        elif _is_aside(qualified):
            self.aside -= 1
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif name == "table-row" and self.grids:
            self._end_row()
        elif name == "span" and self.struck:
            self.struck.pop()
        elif not self.grids:
            self.styles.end(qualified)

    def _text(self, data: str) -> None:
        if self.aside:
            self.said.append(data)
        elif self.cell is not None and self.cell.paragraphs:
            self.cell.paragraphs[-1].append((data, any(self.struck)))
        elif not self.grids:
            self.styles.text(data)

    def _end_aside(self, name: str) -> None:
        """A paragraph of a comment or a text box; who wrote it, and when, is no part of it."""
        if name == "p" and (text := "".join(self.said).strip()):
            kind, col = "comment" if self.in_comment else "text_box", self.column + (self.cell is not None)
            place = f"{column_letter(col)}{self.row}" if col and self.row else None
            self.grids[-1].beside.append(BesideText(kind, place, " ".join(text.split())))
        self.said.clear()

    def _start_in_cell(self, name: str, values: dict[str, str]) -> None:
        cell = self.cell
        if cell is None or self.aside:
            return
        if name == "p":
            cell.paragraphs.append([])
        elif name == "span":
            self.struck.append(bool(self.styles.of(values.get("style-name", "")).struck))
        elif name in ("s", "tab", "line-break") and cell.paragraphs:
            blank = {"s": " " * min(int(values.get("c", "1")), 1000), "tab": "\t", "line-break": "\n"}[name]
            cell.paragraphs[-1].append((blank, any(self.struck)))

    def _start_table(self, values: dict[str, str]) -> None:
        style = self.styles.of(values.get("style-name", ""))
        self.grids.append(
            SheetGrid(values.get("name", f"Hoja{len(self.grids) + 1}"), len(self.grids) + 1, style.hidden)
        )
        self.row = self.column = 0
        self.column_styles = []

    def _start_columns(self, values: dict[str, str]) -> None:
        repeat = int(values.get("number-columns-repeated", "1"))
        first = self.column + 1
        self.column += repeat
        if values.get("visibility", "visible") != "visible":
            self.grids[-1].hide_columns(first, self.column)
        self.column_styles.append((first, self.column, values.get("default-cell-style-name", "")))

    def _start_row(self, values: dict[str, str]) -> None:
        self.row += 1
        self.column = 0
        self.row_repeat = int(values.get("number-rows-repeated", "1"))
        self.row_hidden = values.get("visibility", "visible") != "visible"
        self.row_cells = []

    def _end_row(self) -> None:
        """Write the row's filled cells, as often as the row is repeated."""
        grid = self.grids[-1]
        if self.row_cells:
            self._count(len(self.row_cells) * self.row_repeat)
            for offset in range(self.row_repeat):
                for cell in self.row_cells:
                    grid.add(_moved(cell, cell.row + offset, cell.col))
                if self.row_hidden:
                    grid.hidden_rows.add(self.row + offset)
        self.row += self.row_repeat - 1

    def _end_cell(self, read: _Cell) -> None:
        repeat = int(read.attributes.get("number-columns-repeated", "1"))
        first = self.column + 1
        self.column += repeat
        cell = None if read.covered and not read.text else self._value(read, self.row, first)
        if cell is None:
            return
        style = self.styles.of(read.attributes.get("style-name") or self._column_style(first))
        look = self.styles.look(style)
        cell.bold, cell.indent, cell.format = bool(style.bold), style.indent, telling_format(look.code) or cell.format
        show(cell, look)
        self._count(repeat)
        self.row_cells += [_moved(cell, self.row, first + offset) for offset in range(repeat)]
        across, down = (
            int(read.attributes.get("number-columns-spanned", "1")),
            int(read.attributes.get("number-rows-spanned", "1")),
        )
        if across > 1 or down > 1:
            self.grids[-1].merge(self.row, first, self.row + down - 1, first + across - 1)

    def _column_style(self, col: int) -> str:
        return next((style for first, last, style in self.column_styles if first <= col <= last), "")

    def _value(self, read: _Cell, row: int, col: int) -> SheetCell | None:
        kind = read.attributes.get("value-type", "")
        text = read.text
        if _ERROR_TEXT.match(text.strip()):
            return SheetCell(row, col, text.strip(), Shape.ERROR)
        if kind in ("float", "currency", "percentage") and "value" in read.attributes:
            cell = number_cell(row, col, float(read.attributes["value"]), kind == "percentage")
            cell.format = _shown_format(text, read.attributes.get("currency"))
            return cell
        if kind in ("date", "time"):
            return SheetCell(row, col, read.attributes.get(f"{kind}-value", text), Shape.DATE)
        if kind == "boolean":
            return SheetCell(
                row, col, "VERDADERO" if read.attributes.get("boolean-value") == "true" else "FALSO", Shape.BOOL
            )
        if not text and read.attributes.get("formula"):
            return SheetCell(row, col, _plain_formula(read.attributes["formula"]), Shape.FORMULA)
        return text_cell(row, col, text)

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise SourceError(
                "too_large", self.title, Term(f"at most {MAX_CELLS:,} filled cells", f"cuando más {MAX_CELLS:,} celdas con contenido"),
                Term("cells repeated beyond that", "celdas repetidas más allá de eso"), SAVE_APART,
            )  # fmt: skip


def _is_aside(qualified: str) -> bool:
    return qualified == "office:annotation" or qualified.startswith("draw:")


def _moved(cell: SheetCell, row: int, col: int) -> SheetCell:
    """A copy of a cell at its own place."""
    copy = SheetCell(row, col, cell.text, cell.shape, cell.value)
    for trait in ("bold", "indent", "format", "unseen", "counted", "flag"):
        setattr(copy, trait, getattr(cell, trait))
    return copy


def _shown_format(shown: str, currency: str | None) -> str | None:
    """The words and the currency that a number is shown with, as number formats of other programs write them."""
    words = re.sub(r"[\d.,$()+-]", "", shown).strip()
    symbol = f"[${currency}]" if currency and currency != "MXN" else ""
    return telling_format(f'{symbol}0"{words}"')


def _plain_formula(formula: str) -> str:
    """`of:=SUM([.B2:.B9])` as other programs write it: `=SUM(B2:B9)`."""
    text = formula.partition("=")[2]
    return "=" + _CELL_REFERENCE.sub(
        lambda match: re.sub(
            r"(^|:)\$?'?([^.:']*)'?\.",
            lambda part: part[1] + (f"'{part[2]}'!" if part[2] and not part[1] else ""),
            match[1],
        ),
        text,
    ).replace(";", ",")
