"""Reading XML Spreadsheet 2003 into grids: one plain XML file, which many systems export and call .xls."""

from dataclasses import dataclass, replace
from xml.parsers import expat

from sources.errors import OBTAIN_AGAIN, SAVE_APART, WORKBOOK_XML, SourceError
from sources.sheets.formats.container import local, xml_parser
from sources.sheets.formats.flow import MAX_CELLS
from sources.sheets.formats.grid import (
    MOST_COLUMNS,
    Shape,
    SheetCell,
    SheetGrid,
    number_cell,
    telling_format,
    text_cell,
)
from sources.sheets.formats.runs import raised, standing
from sources.sheets.formats.shown import USUAL_SIZE, Look, show
from warehouse.schema.vocabulary import Term

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_NAMED = {"Percent": "0%", "Standard": "#,##0.00", "Fixed": "0.00", "Currency": "$#,##0.00"}


_PLAIN = Look()


@dataclass(frozen=True)
class _NamedStyle:
    look: Look = _PLAIN
    bold: bool = False
    indent: int = 0


def read_grids(data: bytes, title: str) -> list[SheetGrid]:
    """The sheets of the workbook in order. Raises SourceError where the XML is damaged or larger than honest."""
    reader = _WorkbookReader(title)
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: reader.start(
        local(name), {local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: reader.end(local(name))
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise SourceError("corrupt", title, WORKBOOK_XML, str(error), OBTAIN_AGAIN) from error
    return reader.grids


class _WorkbookReader:
    """The state of one pass over the file."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.grids: list[SheetGrid] = []
        self.styles: dict[str, _NamedStyle] = {}
        self.style = ""
        self.row = self.col = self.cells = 0
        self.cell: dict[str, str] = {}
        self.kind: str | None = None
        self.parts: list[tuple[str, bool]] = []  # of the cell's text, each with whether it is struck out
        self.struck = 0  # elements that strike out
        self.is_raised = False
        self.row_style = ""
        self.column_styles: dict[int, str] = {}
        self.in_comment = self.in_data = False
        self.visible: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Style":
            self.style = attributes.get("ID", "")
            parent = attributes.get("Parent", "Default")
            self.styles[self.style] = self.styles.get(parent, self.styles.get("Default", _NamedStyle()))
        elif name in ("NumberFormat", "Font", "Interior", "Alignment") and not self.grids:
            self._declare(name, attributes)
        elif name == "Worksheet":
            self.grids.append(SheetGrid(attributes.get("Name", f"Hoja{len(self.grids) + 1}"), len(self.grids) + 1))
            self.row = self.col = 0
            self.column_styles = {}
        elif name == "Column":
            self._column(attributes)
        elif name == "Row":
            self._start_row(attributes)
        elif name == "Cell":
            self.col = int(attributes.get("Index", self.col + 1))
            self.cell, self.kind, self.parts, self.struck = attributes, None, [], 0
        elif name == "Visible":
            self.visible = []
        else:
            self._start_in_cell(name, attributes)

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Comment":
            self.in_comment = True
        elif name == "Data" and not self.in_comment:
            self.kind, self.in_data = attributes.get("Type", "String"), True
        elif name == "S" and self.in_data:
            self.struck += 1
        elif name == "Sup":
            self.is_raised = True

    def end(self, name: str) -> None:
        if name == "Data":
            self.in_data = False
        elif name == "S" and self.in_data:
            self.struck -= 1
        elif name == "Sup":
            self.is_raised = False
        elif name == "Comment":
            self.in_comment = False
        elif name == "Cell" and self.grids:
            self._end_cell()
        elif name == "Table":
            self.row = 0
        elif name == "Visible" and self.visible is not None:
            if self.grids and "".join(self.visible).strip() in ("SheetHidden", "SheetVeryHidden"):
                self.grids[-1].hidden = True
            self.visible = None

    def text(self, data: str) -> None:
        if self.visible is not None:
            self.visible.append(data)
        elif self.in_data and not self.in_comment:
            text = raised(data, "".join(part for part, _ in self.parts).rstrip()) if self.is_raised else data
            self.parts.append((text, self.struck > 0))

    def _declare(self, name: str, attributes: dict[str, str]) -> None:
        style = self.styles.get(self.style, _NamedStyle())
        colour = attributes.get("Color", "").lstrip("#").upper()
        if name == "NumberFormat":
            code = attributes.get("Format", "General")
            style = replace(style, look=style.look._replace(code=_NAMED.get(code, code)))
        elif name == "Font":
            size = float(attributes.get("Size", USUAL_SIZE))
            look = style.look._replace(struck=attributes.get("StrikeThrough") == "1", size=size)
            style = replace(style, bold=attributes.get("Bold") == "1", look=look)
            if len(colour) == 6:
                style = replace(style, look=style.look._replace(ink=colour))
        elif name == "Interior" and len(colour) == 6:
            style = replace(style, look=style.look._replace(paper=colour))
        elif name == "Alignment":
            style = replace(style, indent=int(attributes.get("Indent", "0")))
        self.styles[self.style] = style

    def _column(self, attributes: dict[str, str]) -> None:
        first = int(attributes.get("Index", self.col + 1))
        self.col = first + min(int(attributes.get("Span", "0")), MOST_COLUMNS)
        if "StyleID" in attributes:
            self.column_styles.update(dict.fromkeys(range(first, self.col + 1), attributes["StyleID"]))
        if attributes.get("Hidden") == "1" or attributes.get("Width") == "0":
            self.grids[-1].hide_columns(first, self.col)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row, self.col, self.row_style = (
            int(attributes.get("Index", self.row + 1)),
            0,
            attributes.get("StyleID", ""),
        )
        if attributes.get("Hidden") == "1" or attributes.get("Height") == "0":
            self.grids[-1].hidden_rows.add(self.row)

    def _end_cell(self) -> None:
        grid, across = self.grids[-1], int(self.cell.get("MergeAcross", "0"))
        down = int(self.cell.get("MergeDown", "0"))
        if across or down:
            grid.merge(self.row, self.col, self.row + down, self.col + across)
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise SourceError(
                "too_large", self.title, Term(f"at most {MAX_CELLS:,} filled cells", f"cuando más {MAX_CELLS:,} celdas con contenido"),
                Term("more of them", "más"), SAVE_APART,
            )  # fmt: skip
        named = self.cell.get("StyleID") or self.row_style or self.column_styles.get(self.col, "Default")
        style = self.styles.get(named, _NamedStyle())
        cell = self._cell(standing(self.parts), style.look)
        if cell is not None:
            cell.bold, cell.indent, cell.format = style.bold, style.indent, telling_format(style.look.code)
            show(cell, style.look)
            grid.add(cell)
        self.col += across
        self.cell = {}

    def _cell(self, text: str, look: Look) -> SheetCell | None:
        if self.kind == "Number" and text.strip():
            return number_cell(self.row, self.col, float(text), "%" in look.code)
        if self.kind == "DateTime":
            return SheetCell(self.row, self.col, text.removesuffix("T00:00:00.000"), Shape.DATE)
        if self.kind == "Boolean":
            return SheetCell(self.row, self.col, "VERDADERO" if text.strip() == "1" else "FALSO", Shape.BOOL)
        if self.kind == "Error":
            return SheetCell(self.row, self.col, text, Shape.ERROR)
        if not text and self.cell.get("Formula"):
            return SheetCell(self.row, self.col, self.cell["Formula"], Shape.FORMULA)
        return text_cell(self.row, self.col, text)
