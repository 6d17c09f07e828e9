"""Reading .xlsx and .xlsm into grids, in one pass over each part of the package.

calamine loses error cells, formulas and formats, and spreads a stray cell over a dense rectangle of the whole sheet;
openpyxl builds an object for each of the thousands of styled empty cells that such sheets carry. Budgets need what
both leave out, so the parts are parsed here, sparsely: empty cells are dropped before they cost anything. Macros are
parts that are never opened. What formulas compute is in `sources.sheets.formats.formulas`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from xml.parsers import expat

from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from sources.errors import OBTAIN_AGAIN, WORKBOOK_XML, SourceError
from sources.sheets.formats.beside import texts_beside
from sources.sheets.formats.conditional import LookChange, hide_by_condition
from sources.sheets.formats.container import Package, local, xml_parser
from sources.sheets.formats.grid import (
    MOST_ROWS,
    ZEROS,
    Shape,
    SheetCell,
    SheetGrid,
    number_cell,
    telling_format,
    text_cell,
)
from sources.sheets.formats.parts import Parts, workbook_parts
from sources.sheets.formats.runs import Runs
from sources.sheets.formats.shown import Look, show
from sources.sheets.formats.unseen import unseen_styles
from warehouse.schema.vocabulary import Term

_EMPTY_CELL = re.compile(rb"<c [^<>]*(?:/>|></c>)")
_EMPTY_ROW = re.compile(rb"<row [^<>]*(?:/>|>\s*</row>)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d+)$")
_LEAST = 0.3  # of a character wide, or a point high
_PERCENT_FORMAT = re.compile(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)|"\s*%\s*"')


@dataclass(frozen=True)
class Style:
    """How a cell is shown, and whether its number is a date."""

    percent: bool = False
    date: bool = False
    bold: bool = False
    indent: int = 0
    format: str | None = None  # where it says more than digits


@dataclass(frozen=True)
class Shared:
    """What all sheets of a workbook share."""

    strings: Sequence[str]
    styles: Sequence[Style]
    epoch: datetime
    looks: Sequence[Look] = ()
    changes: Sequence[LookChange] = ()  # of looks, by conditional formats

    def look(self, index: str | None) -> Look:
        """How the cells of the style of that number show a number."""
        number = int(index or 0)
        return self.looks[number] if number < len(self.looks) else Look()

    def style(self, index: str | None) -> Style:
        """The style of that number; the plain one where the workbook has none such."""
        number = int(index or 0)
        return self.styles[number] if number < len(self.styles) else Style()


def read_grids(package: Package, title: str) -> list[SheetGrid]:
    """The sheets of the workbook in order. A sheet that cannot be parsed says so in `failure`; the others go on."""
    try:
        parts = workbook_parts(package)
        sheets, epoch = _workbook(package.read(parts.workbook))
        shared = Shared(_strings(package, parts), _styles(package, parts), epoch, *unseen_styles(package, parts))
    except (expat.ExpatError, ValueError, LookupError) as error:
        wrong = f"{type(error).__name__}: {error}"
        raise SourceError("corrupt", title, WORKBOOK_XML, wrong, OBTAIN_AGAIN) from error
    grids = []
    for position, (name, relation, hidden) in enumerate(sheets, 1):
        grid = SheetGrid(name, position, hidden)
        target = parts.sheets.get(relation, "")
        if target:
            try:
                _SheetParser(grid, shared).parse(package.read(target))
                grid.beside = texts_beside(package, target)
            except (expat.ExpatError, SourceError, ValueError, LookupError) as error:
                grid.failure = Term(f"The sheet could not be read: {error}", f"La hoja no se pudo leer: {error}")
        grids.append(grid)
    return grids


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)


def _workbook(data: bytes) -> tuple[list[tuple[str, str, bool]], datetime]:
    sheets: list[tuple[str, str, bool]] = []
    epoch = CALENDAR_WINDOWS_1900

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal epoch
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = CALENDAR_MAC_1904

    _parse(data, start)
    return sheets, epoch


class _SharedStrings:
    """The texts that cells share, gathered by the parser."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs = Runs()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._runs = Runs()
        self._runs.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "si":
            self.strings.append(unescape(self._runs.joined()))
        self._runs.end(name)

    def text(self, data: str) -> None:
        self._runs.text(data)


def _strings(package: Package, parts: Parts) -> list[str]:
    shared = _SharedStrings()
    if parts.strings:
        _parse(package.read(parts.strings), shared.start, shared.end, shared.text)
    return shared.strings


def _styles(package: Package, parts: Parts) -> list[Style]:
    if parts.styles is None:
        return []
    formats = dict(BUILTIN_FORMATS)
    fonts: list[bool] = []
    styles: list[Style] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        parent = inside[-2] if len(inside) > 1 else ""
        if name == "numFmt" and parent == "numFmts" and "numFmtId" in attributes:  # or nothing can ask for it
            formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "font" and parent == "fonts":
            fonts.append(False)
        elif name == "b" and parent == "font" and "fonts" in inside:
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and parent == "cellXfs":
            code = formats.get(int(attributes.get("numFmtId", "0")), "General")
            font = int(attributes.get("fontId", "0"))
            percent = bool(_PERCENT_FORMAT.search(code))
            bold = font < len(fonts) and fonts[font]
            styles.append(Style(percent, is_date_format(code), bold, format=telling_format(code)))
        elif name == "alignment" and parent == "xf" and "cellXfs" in inside and styles:
            last = styles[-1]
            styles[-1] = replace(last, indent=int(attributes.get("indent", "0")))

    def end(_: str) -> None:
        inside.pop()

    _parse(package.read(parts.styles), start, end)
    return styles


def unescape(text: str) -> str:
    """Characters that XML cannot hold are written `_x000D_`."""
    if "_x" not in text:
        return text
    # Half a character is none: a writer that means one escapes both halves.
    escaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return escaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _are_referenced(data: bytes) -> bool:
    """Whether each row and each cell says where it is: then, and only then, empty ones may be dropped unread."""
    return all(
        data.count(b"<%s " % name) + data.count(b"<%s>" % name) + data.count(b"<%s/>" % name)
        == data.count(b'<%s r="' % name)
        for name in (b"c", b"row")
    )


def _is_nothing(length: str | None) -> bool:
    """Whether a width or a height leaves nothing to be seen."""
    return length is not None and float(length) < _LEAST


class _SheetParser:
    """One worksheet part into its grid."""

    def __init__(self, grid: SheetGrid, shared: Shared) -> None:
        self.grid, self.shared = grid, shared
        self.row = self.col = 0
        self.attributes: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {"v": [], "f": []}
        self.runs: Runs | None = None  # while a text is read that stands in the cell itself
        self.inline = ""
        self.current: list[str] | None = None
        self.formula: dict[str, str] | None = None
        self.masters: dict[str, tuple[str, str]] = {}
        self.columns: dict[str, int] = {}
        self.no_height = False  # of the rows that say nothing of their own
        self.looks: dict[tuple[int, int], Look] = {}  # of the cells, where a conditional format may change them
        self.is_conditional = False

    def parse(self, data: bytes) -> None:
        if b"<![CDATA[" not in data and _are_referenced(data):
            data = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", data))
        self.is_conditional = bool(self.shared.changes) and b"conditionalFormatting" in data
        _parse(data, self._start, self._end, self._text)
        if self.is_conditional:
            hide_by_condition(data, self.grid, self.looks, self.shared.changes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._locate(attributes.get("r"))
            self.attributes, self.formula, self.inline = attributes, None, ""
            for parts in self.parts.values():
                parts.clear()
        elif name in self.parts:
            self.current = self.parts[name]
            if name == "f":
                self.formula = attributes
        elif name == "is":
            self.runs = Runs()
        elif self.runs is not None:
            self.runs.start(name, attributes)
        elif name == "row":
            self.row, self.col = int(attributes.get("r", self.row + 1)), 0
            if self._is_hidden_row(attributes):
                self.grid.hidden_rows.add(self.row)
        else:
            self._start_around(name, attributes)

    def _start_around(self, name: str, attributes: dict[str, str]) -> None:
        """What a sheet says of its columns, of the height of its rows and of its merged cells."""
        if name == "sheetFormatPr":
            self.no_height = attributes.get("zeroHeight") in ("1", "true")
        elif name == "col" and (attributes.get("hidden") in ("1", "true") or _is_nothing(attributes.get("width"))):
            self.grid.hide_columns(int(attributes["min"]), int(attributes["max"]))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.grid.merge(top, left, bottom, right)

    def _end(self, name: str) -> None:
        if name in self.parts:
            self.current = None
        elif name == "c":
            cell = self._cell()
            if cell is not None:
                style = self.shared.style(self.attributes.get("s"))
                cell.bold, cell.indent, cell.format = style.bold, style.indent, style.format
                look = self.shared.look(self.attributes.get("s"))
                show(cell, look)
                if self.is_conditional:
                    self.looks[self.row, self.col] = look
                self.grid.add(cell)
        elif name == "is" and self.runs is not None:
            self.inline, self.runs = self.runs.joined(), None
        elif self.runs is not None:
            self.runs.end(name)

    def _text(self, data: str) -> None:
        if self.current is not None:
            self.current.append(data)
        elif self.runs is not None:
            self.runs.text(data)

    def _is_hidden_row(self, attributes: dict[str, str]) -> bool:
        height = attributes.get("ht")
        if attributes.get("hidden") in ("1", "true") or _is_nothing(height):
            return True
        return self.no_height and height is None and attributes.get("hidden") is None

    def _locate(self, reference: str | None) -> None:
        match = _REFERENCE.match(reference or "")
        if match is None:  # writers may leave the reference out: the next cell of the row
            self.col += 1
            return
        letters = match[1]
        if letters not in self.columns:
            self.columns[letters] = column_index_from_string(letters)
        self.row, self.col = int(match[2]), self.columns[letters]
        if not 1 <= self.row <= MOST_ROWS:
            raise ValueError(f"cell {reference}: no such cell")

    def _cell(self) -> SheetCell | None:
        kind = self.attributes.get("t", "n")
        stored = "".join(self.parts["v"])
        formula = self._formula()
        if formula and kind in ("n", "str") and stored:
            self._note_formula(formula, stored)
        if kind == "inlineStr":
            return text_cell(self.row, self.col, unescape(self.inline))
        if not stored:
            return SheetCell(self.row, self.col, formula, Shape.FORMULA) if formula else None
        if kind == "s":
            if not 0 <= int(stored) < len(self.shared.strings):
                return SheetCell(self.row, self.col, "#REF!", Shape.ERROR)  # a text that the workbook does not have
            return text_cell(self.row, self.col, self.shared.strings[int(stored)])
        if kind == "n":
            return self._number(float(stored))
        if kind == "b":
            return SheetCell(self.row, self.col, "VERDADERO" if stored == "1" else "FALSO", Shape.BOOL)
        if kind == "e":
            return SheetCell(self.row, self.col, stored, Shape.ERROR)
        if kind == "d":
            return SheetCell(self.row, self.col, stored, Shape.DATE)
        return text_cell(self.row, self.col, unescape(stored))

    def _number(self, value: float) -> SheetCell:
        style = self.shared.style(self.attributes.get("s"))
        if style.date:
            return SheetCell(self.row, self.col, _date_text(value, self.shared.epoch), Shape.DATE, value)
        return number_cell(self.row, self.col, value, style.percent)

    def _note_formula(self, formula: str, stored: str) -> None:
        """A zero may be what a writer puts that computes nothing: see `formulas.compute`."""
        if stored in ZEROS:
            self.grid.zero_formulas[self.row, self.col] = formula
        else:
            self.grid.is_calculated = True

    def _formula(self) -> str:
        """The formula's text; a shared one is moved from the cell that holds it."""
        text = "".join(self.parts["f"])
        if self.formula is None:
            return ""
        here = f"{get_column_letter(self.col)}{self.row}"
        shared = self.formula.get("si") if self.formula.get("t") == "shared" else None
        if text and shared is not None:
            self.masters[shared] = (f"={text}", here)
        elif not text and shared in self.masters and "".join(self.parts["v"]) in ("", *ZEROS):
            master, origin = self.masters[shared]
            return str(Translator(master, origin).translate_formula(here))
        return f"={text}" if text else ""


def _date_text(value: float, epoch: datetime) -> str:
    """A stored date in ISO form; a serial no calendar has stays the number it is."""
    try:
        moment = from_excel(value, epoch)
    except (ValueError, OverflowError):
        return repr(value)
    if isinstance(moment, timedelta):
        return str(moment)
    if isinstance(moment, datetime) and moment.time() == datetime.min.time():
        return moment.date().isoformat()
    return str(moment.isoformat())
