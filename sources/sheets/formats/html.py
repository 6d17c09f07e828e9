"""Reading tables of HTML into a grid: what portals export and call .xls, and the parts of a page saved as one file (MHTML).

The page is one sheet, from its top: see `flow`. Of tables within tables only the innermost hold figures; the others only lay
out the page. What a page does not show (`display: none`, ink of the colour of its ground) or strikes out is read as not seen.
"""

import email
import re
from email import policy
from html.parser import HTMLParser

from sources.errors import SourceError
from sources.sheets.formats.encoding import decode
from sources.sheets.formats.flow import MAX_SPAN, Flow, FlowCell, FlowRow
from sources.sheets.formats.grid import BesideText, SheetGrid
from sources.sheets.formats.html_style import StyleSheet, is_hidden
from sources.sheets.formats.runs import raised
from sources.sheets.formats.shown import WHITE, is_red, same_colour
from warehouse.schema.vocabulary import Term

PAGE = "html"
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SHEET_NAMES = re.compile(r"<x:Name>([^<]*)</x:Name>", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "ul",
        "title",
    ]
)
_CELLS = ("td", "th")
_TYPED = frozenset({"text", "number", "tel", "search", ""})  # kinds of fields that show what was typed into them
_STRUCK = frozenset({"s", "strike", "del"})
_SILENT = frozenset({"script", "style", "title", "template", "noscript", "select", "textarea"})
_NAMED = {"white": WHITE, "black": "000000", "red": "FF0000", "transparent": ""}


def has_table(data: bytes) -> bool:
    """Whether the bytes hold a table of HTML with figures in it: two rows, two columns and a digit."""
    page = _read(data, None)
    return any(
        sum(len(row.cells) > 1 for row in table) > 1
        and any(char.isdigit() for row in table for cell in row.cells for char in cell.text)
        for kind, table in page.blocks
        if kind == "table" and not isinstance(table, str)
    )


def read_grids(data: bytes, title: str) -> list[SheetGrid]:
    """The page as one sheet."""
    return [_grid(data, None, PAGE, 1, title)]


def read_mhtml(data: bytes, title: str) -> list[SheetGrid]:
    """The pages of a file that holds a whole web page, each a sheet. Raises SourceError where there is none."""
    message = email.message_from_bytes(data, policy=policy.default)
    parts: list[tuple[bytes, str | None]] = []
    names: list[str] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                names += _SHEET_NAMES.findall(content.decode("latin-1"))
                parts.append((content, part.get_content_charset()))
    with_tables = [part for part in parts if has_table(part[0])] or parts
    if not with_tables:
        raise SourceError(
            "no_table", title, Term("a web page with a table", "una página web con un cuadro"),
            Term("a web page in one file without one", "una página web en un archivo, sin ninguno"),
            Term("Open it in a browser, and download the document that it shows.", "Ábrala en un navegador y descargue el documento que muestra."),
        )  # fmt: skip
    if len(names) != len(with_tables):
        names = [f"{PAGE}{number}" if len(with_tables) > 1 else PAGE for number in range(1, len(with_tables) + 1)]
    return [
        _grid(content, charset, name, position, title)
        for position, ((content, charset), name) in enumerate(zip(with_tables, names, strict=True), 1)
    ]


def _grid(data: bytes, charset: str | None, name: str, position: int, title: str) -> SheetGrid:
    flow = Flow(name, position, title)
    page = _read(data, charset)
    for _, block in page.blocks:
        if isinstance(block, str):
            flow.add_text(block)
        else:
            flow.add_table(block)
    if title_of_page := " ".join("".join(page.title).split()):
        flow.grid.beside.append(BesideText("page_head", None, title_of_page))
    return flow.grid


def _read(data: bytes, charset: str | None) -> "_WebPage":
    page = _WebPage()
    page.feed(_text(data, charset))
    page.close()
    page.finish()
    return page


def _text(data: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared[1].decode("ascii", errors="replace") if declared else None):
        if name and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data).text


class _OpenTable:
    """A table that is open. `is_layout` once another begins within it."""

    def __init__(self, paper: str | None) -> None:
        self.rows: list[FlowRow] = []
        self.cell: FlowCell | None = None
        self.hidden_text: list[str] = []  # of the cell
        self.written: dict[str, str] = {}  # by style sheets, before and after the cell's text
        self.columns = 0  # that were declared
        self.hidden_columns: set[int] = set()
        self.is_layout = False
        self.paper = self.row_paper = paper

    @property
    def next_cell(self) -> int:
        """Which of its row a cell that begins now is."""
        return (len(self.rows[-1].cells) if self.rows else 0) + (self.cell is not None) + 1

    def hide_columns(self) -> None:
        """Marks the cells of the columns that are declared hidden; spans of rows above are not asked for."""
        for row in self.rows if self.hidden_columns else ():
            col = 1
            for cell in row.cells:
                cell.unseen |= col in self.hidden_columns
                col += max(cell.across, 1)


class _WebPage(HTMLParser):
    """The texts and the innermost tables of a page, in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str | list[FlowRow]]] = []
        self.tables: list[_OpenTable] = []
        self.text: list[str] = []
        self.sheet = StyleSheet()
        self.silent: list[str] = []
        self.hidden: list[str] = []  # the elements within the first one that is not shown
        self.raised = False
        self.title: list[str] = []  # which browsers show, and print, over the page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent.append(tag)
        nth = self.tables[-1].next_cell if self.tables and tag in _CELLS else None
        style = self.sheet.of(tag, attributes, nth)
        if (self.hidden or tag in _STRUCK or is_hidden(style, attributes)) and tag not in _UNCLOSED:
            self.hidden.append(tag)
        if tag == "table":
            self._start_table(attributes, style)
        elif tag == "tr" and self.tables:
            self._start_row(attributes, style)
        elif tag in _CELLS and self.tables:
            self._start_cell(tag, attributes, style)
            self.tables[-1].written = self.sheet.written(tag, attributes, nth)
        elif tag == "col" and self.tables:
            self._column(attributes, style)
        else:
            self._start_within(tag, attributes, style)

    def _start_within(self, tag: str, attributes: dict[str, str], style: str) -> None:
        """What stands in a paragraph or a cell."""
        if tag == "input" and attributes.get("type", "text") in _TYPED:
            self.text.append(attributes.get("value", ""))
        elif tag == "br":
            self.text.append("\n")
        elif tag == "sup":
            self.raised = True
        elif tag in ("font", "span"):
            self._ink(tag, attributes, style)
        elif tag in _BLOCKS:
            self._break()

    def _ink(self, tag: str, attributes: dict[str, str], style: str) -> None:
        """The colour that a stretch of a cell is set in, said of the whole cell."""
        cell = self.tables[-1].cell if self.tables else None
        if cell is None:
            return
        if tag == "span":
            cell.red |= is_red(_declared(style, "color"))
        elif attributes.get("color"):
            ink = _colour(attributes["color"])
            cell.unseen = cell.unseen or same_colour(ink, self.tables[-1].row_paper)
            cell.red = cell.red or is_red(ink)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            self.silent.remove(tag)
        if tag in self.hidden:
            del self.hidden[len(self.hidden) - 1 - self.hidden[::-1].index(tag) :]
        if tag == "table" and self.tables:
            self._end_table()
        elif tag in ("td", "th", "tr") and self.tables:
            self._end_cell()
        elif tag == "sup":
            self.raised = False
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.silent:
            if self.silent[-1] == "style":
                self.sheet.add(data)
            elif self.silent[-1] == "title":
                self.title.append(data)
            return
        if self.hidden:
            if self.tables:
                self.tables[-1].hidden_text.append(data)
            return
        spaced = re.sub(r"\s+", " ", data)
        self.text.append(raised(spaced, "".join(self.text).rstrip()) if self.raised else spaced)

    def finish(self) -> None:
        """What is still open at the end of the page."""
        while self.tables:
            self._end_table()
        self._flush()

    def _start_table(self, attributes: dict[str, str], style: str) -> None:
        if self.tables:
            outer = self.tables[-1]
            if not outer.is_layout:
                outer.is_layout = True
                for row in outer.rows:
                    for cell in row.cells:
                        self._add_text(cell.text)
            self._flush()
            outer.cell = None
        else:
            self._flush()
        self.tables.append(_OpenTable(_paper(attributes, style) or WHITE))

    def _column(self, attributes: dict[str, str], style: str) -> None:
        table, span = self.tables[-1], _span(attributes.get("span"))
        if is_hidden(style, attributes) or attributes.get("width") == "0":
            table.hidden_columns.update(range(table.columns + 1, table.columns + min(span, MAX_SPAN) + 1))
        table.columns += span

    def _end_table(self) -> None:
        self._end_cell()
        table = self.tables.pop()
        table.hide_columns()
        if not table.is_layout:
            self.blocks.append(("table", table.rows))

    def _start_row(self, attributes: dict[str, str], style: str) -> None:
        self._end_cell()
        table = self.tables[-1]
        table.row_paper = _paper(attributes, style) or table.paper
        table.rows.append(FlowRow(hidden=bool(self.hidden) or is_hidden(style, attributes)))

    def _start_cell(self, tag: str, attributes: dict[str, str], style: str) -> None:
        self._end_cell()
        table = self.tables[-1]
        if not table.rows:
            table.rows.append(FlowRow())
        paper = _paper(attributes, style) or table.row_paper
        ink = _declared(style, "color")
        unseen = is_hidden(style, attributes) or same_colour(ink, paper)
        table.cell = FlowCell(
            across=_span(attributes.get("colspan")), down=_span(attributes.get("rowspan"), endless=True),
            bold=tag == "th" or "bold" in style, unseen=unseen, red=is_red(ink),
        )  # fmt: skip

    def _end_cell(self) -> None:
        table = self.tables[-1]
        if table.is_layout:
            self._flush()
        elif table.cell is not None:
            shown = _trimmed(self.text)
            table.cell.text = shown or _trimmed(table.hidden_text)
            table.cell.unseen |= bool(table.cell.text and not shown)
            if shown and table.written:
                table.cell.text = table.written.get("before", "") + shown + table.written.get("after", "")
            self.text.clear()
            table.hidden_text.clear()
            table.rows[-1].cells.append(table.cell)
        else:  # a caption, which stands over its table
            self._flush()
        table.cell = None

    def _break(self) -> None:
        """The end of a paragraph: of the page, or within a cell."""
        if self.tables and not self.tables[-1].is_layout:
            if any(text.strip() for text in self.text):
                self.text.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        self._add_text("".join(self.text))
        self.text.clear()

    def _add_text(self, text: str) -> None:
        if text.strip():
            self.blocks.append(("text", text))


# What has no end of its own, or may leave it out.
_UNCLOSED = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "wbr", "tr", "td", "th", "p", "li", "dd", "dt", "option"]
)


def _trimmed(texts: list[str]) -> str:
    """A cell's text, each of its lines without the blanks around it."""
    return "\n".join(line.strip() for line in "".join(texts).splitlines()).strip()


def _declared(style: str, name: str) -> str | None:
    values = re.findall(rf"(?:^|[;\s]){name}\s*:\s*([^;]+)", style)
    return _colour(values[-1]) if values else None


def _paper(attributes: dict[str, str], style: str) -> str | None:
    return _declared(style, "background(?:-color)?") or _colour(attributes.get("bgcolor", ""))


def _colour(text: str) -> str | None:
    """A colour of a page as RRGGBB; None where it is written in another way."""
    name = text.strip().split("!")[0].strip().lower()
    if name in _NAMED:
        return _NAMED[name] or None
    if match := re.match(r"rgba?\((\d+)\D+(\d+)\D+(\d+)", name):
        return "".join(f"{min(int(part), 255):02X}" for part in match.groups())
    digits = name.lstrip("#").upper()
    if not re.match(r"^(?:[0-9A-F]{3}|[0-9A-F]{6})$", digits):
        return None
    return digits if len(digits) == 6 else "".join(char * 2 for char in digits)


def _span(text: str | None, endless: bool = False) -> int:
    number = int(text) if text and text.strip().isdecimal() else 1
    return number if number or endless else 1
