"""What a worksheet of an .xlsx says beside its cells: print header and footer, text boxes, comments.

The parts are found over the relations of the sheet. One that is damaged says nothing: the cells are read all the same.
"""

import posixpath
import re
from collections.abc import Iterator
from xml.parsers import expat

from openpyxl.utils import get_column_letter

from sources.errors import SourceError
from sources.sheets.formats.container import Package, local, xml_parser
from sources.sheets.formats.grid import BesideText

# `&C` begins the middle of a print header, `&"Arial,Bold"`, `&12` and `&K000000` are looks, `&P` and the like are fields.
_SECTION = re.compile(r"&[LCR]")
_LOOK = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Za-z]')
# The sheet's own part is large: only this of it is parsed, its prefixes forgotten.
_HEADER_FOOTER = re.compile(rb"<(?:\w+:)?headerFooter\b.*</(?:\w+:)?headerFooter>", re.DOTALL)
_HEADINGS = {
    f"{pages}{part}": kind
    for pages in ("odd", "even", "first")
    for part, kind in (("Header", "page_head"), ("Footer", "page_foot"))
}


def texts_beside(package: Package, sheet: str) -> list[BesideText]:
    """The texts beside the cells of one sheet, by the name of its part."""
    heading = _HEADER_FOOTER.search(package.read(sheet))
    texts = _read(heading[0], _Headings()) if heading else []
    for kind, target in _relations(package, sheet):
        reader = _Boxes() if kind == "drawing" else _Comments() if kind == "comments" else None
        if reader is not None and target in package.names:
            texts += _read(package.read(target), reader)
    return texts


class _Texts:
    """The texts of one part, gathered by the parser. `kind` is that of all of them."""

    kind = ""

    def __init__(self) -> None:
        self.found: list[BesideText] = []
        self.place: str | None = None
        self.parts: list[str] = []
        self.open = False

    def start(self, name: str, _: dict[str, str], /) -> None:
        """The beginning of an element."""

    def end(self, name: str) -> None:
        """The end of an element."""

    def text(self, data: str) -> None:
        """Characters of an element."""
        if self.open:
            self.parts.append(data)

    def close(self, kind: str, text: str) -> None:
        """One text is complete; each of its lines is one of the sheet's."""
        self.found += [
            BesideText(kind, self.place, " ".join(line.split())) for line in text.splitlines() if line.strip()
        ]
        self.parts, self.open = [], False


class _Headings(_Texts):
    """Print headers and footers, in the sheet's own part."""

    def start(self, name: str, _: dict[str, str], /) -> None:
        self.open = name in _HEADINGS

    def end(self, name: str) -> None:
        if self.open:
            sections = _SECTION.sub("\n", "".join(self.parts).replace("&&", "\0"))
            self.close(_HEADINGS[name], _LOOK.sub("", sections).replace("\0", "&"))


class _Boxes(_Texts):
    """Text boxes and shapes, each at the cell of its upper left corner."""

    def __init__(self) -> None:
        super().__init__()
        self.anchor: dict[str, int] = {}
        self.field = ""

    def start(self, name: str, _: dict[str, str], /) -> None:
        if name == "from":
            self.anchor = {}
        elif name in ("row", "col") and name not in self.anchor:
            self.field, self.open = name, True
        elif name == "t":
            self.open = True

    def end(self, name: str) -> None:
        if self.field and name == self.field:
            self.anchor[name] = int("".join(self.parts) or 0)
            self.field, self.parts, self.open = "", [], False
            if len(self.anchor) == 2:
                self.place = f"{get_column_letter(self.anchor['col'] + 1)}{self.anchor['row'] + 1}"
        elif name == "t":
            self.open = False
        elif name == "p":
            self.close("text_box", "".join(self.parts))


class _Comments(_Texts):
    """Comments of cells."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        if name == "comment":
            self.place = attributes.get("ref")
        self.open = name == "t"

    def end(self, name: str) -> None:
        self.open = False
        if name == "comment":
            self.close("comment", "".join(self.parts))


def _read(data: bytes, reader: _Texts) -> list[BesideText]:
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: reader.start(local(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(local(name))
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return []
    return reader.found


def _relations(package: Package, sheet: str) -> Iterator[tuple[str, str]]:
    """The kind and the target of each part that a sheet names."""
    folder, name = posixpath.split(sheet)
    part = f"{folder}/_rels/{name}.rels"
    if part not in package.names:
        return
    parts: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            parts.append((posixpath.basename(attributes.get("Type", "")), path))

    parser = xml_parser()
    parser.StartElementHandler = start
    try:
        parser.Parse(package.read(part), True)
    except (expat.ExpatError, SourceError):
        return
    yield from parts
