"""Typesetting a sample document as an OpenDocument sheet, the format of the offices that left Excel.

The bytes are the same on every machine: odfdo writes the parts, and `zips` stores them with one fixed time.
"""

import io
import re

from odfdo import Cell, Column, Document, Element, Row, Table

from sources.sample import content as contents
from sources.sample.looks import cents
from sources.sample.zips import parts, stored

_INDENT = 4  # millimetres a level
_DEPTHS = range(5)

# Columns: label, second label or amount, amount. Labels are indented by their depth and wrap; totals are bold.
_STYLES = [
    '<number:number-style style:name="importe"><number:number number:decimal-places="2" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    '<style:style style:name="etiqueta" style:family="table-column">'
    '<style:table-column-properties style:column-width="9.5cm"/></style:style>',
    '<style:style style:name="dato" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style>',
    *(
        f'<style:style style:name="{"negrita" if bold else "fina"}{depth}" style:family="table-cell" '
        'style:data-style-name="importe"><style:table-cell-properties fo:wrap-option="wrap"/>'
        + (f'<style:paragraph-properties fo:text-align="start" fo:margin-left="{_INDENT * depth}mm"/>' if depth else "")
        + f'<style:text-properties fo:font-weight="{"bold" if bold else "normal"}"/></style:style>'
        for bold in (True, False)
        for depth in _DEPTHS
    ),
]


def typeset(content: contents.Content) -> bytes:
    """The document as the bytes of an .ods: one sheet, codes before the labels, amounts as numbers."""
    document = Document("spreadsheet")
    document.body.clear()
    for style in _STYLES:
        document.content.get_elements("//office:automatic-styles")[0].append(Element.from_tag(style))
    sheet = Table("Egresos")
    for style in ("etiqueta", "dato", "dato"):
        sheet.append(Column(style=style))
    for line in (*content.letterhead, *content.titles, content.period, content.unit):
        sheet.append(_row([line], bold=True))
    for table in content.tables:
        sheet.append(_row([]))
        _append(sheet, table)
    for line in ("", *content.notes, content.notice):
        sheet.append(_row([line]))
    document.body.append(sheet)
    buffer = io.BytesIO()
    document.save(buffer)
    return stored({name: _dateless(name, data) for name, data in _ordered(parts(buffer.getvalue())).items()})


def _append(sheet: Table, table: contents.SampleTable) -> None:
    if table.title:
        sheet.append(_row([table.title], bold=True))
    within = [table.within_heading] if table.within_heading else []
    sheet.append(_row([table.label_heading, *within, *table.headings], bold=True))
    for line in table.rows:
        label = f"{line.code} {line.label}" if line.code else line.label
        texts = [label, *([line.within] if within else [])]
        sheet.append(_row([*texts, *line.amounts], bold=line.bold, depth=line.depth))


def _row(values: list[str | int], bold: bool = False, depth: int = 0) -> Row:
    """A row of cells, the first of them indented; amounts carry the text that the sheet shows."""
    row = Row()
    kind = "negrita" if bold else "fina"
    for column, value in enumerate(values):
        style = f"{kind}{0 if column else depth}"
        text = None if isinstance(value, str) else cents(value)
        row.append_cell(Cell(value, text=text, style=style) if value != "" else Cell())
    return row


def _ordered(contents: dict[str, bytes]) -> dict[str, bytes]:
    """`mimetype` comes first in an OpenDocument file; the rest by name, and no preview picture."""
    names = sorted(name for name in contents if name != "mimetype" and not name.startswith("Thumbnails"))
    return {name: contents[name] for name in ("mimetype", *names)}


def _dateless(name: str, data: bytes) -> bytes:
    if name != "meta.xml":
        return data
    data = re.sub(rb"(<(?:dc:date|meta:creation-date)>)[^<]*", rb"\g<1>2024-01-01T00:00:00", data)
    return re.sub(rb"<meta:generator>[^<]*", b"<meta:generator>Peso a Peso", data)
