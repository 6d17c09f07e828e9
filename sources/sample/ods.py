"""Typesetting a sample document as an OpenDocument sheet, the format of the offices that left Excel.

The bytes are the same on every machine: odfdo writes the parts, and `zips` stores them with one fixed time.
"""

import io
import re

from odfdo import Cell, Document, Row, Table

from sources.sample import content as contents
from sources.sample.zips import parts, stored


def typeset(content: contents.Content) -> bytes:
    """The document as the bytes of an .ods: one sheet, codes before the labels, amounts as currency values."""
    document = Document("spreadsheet")
    document.body.clear()
    sheet = Table("Egresos")
    for line in (*content.letterhead, *content.titles, content.period, content.unit):
        sheet.append(_row([line]))
    for table in content.tables:
        sheet.append(_row([]))
        _append(sheet, table)
    for line in ("", *content.notes, content.notice):
        sheet.append(_row([line]))
    document.body.append(sheet)
    buffer = io.BytesIO()
    document.save(buffer)
    return stored({name: _dateless(name, data) for name, data in _ordered(parts(buffer.getvalue())).items()})


def _append(sheet: Table, table: contents.Table) -> None:
    if table.title:
        sheet.append(_row([table.title]))
    within = [table.within_heading] if table.within_heading else []
    sheet.append(_row([table.label_heading, *within, *table.headings]))
    for line in table.rows:
        label = f"{line.code} {line.label}" if line.code else line.label
        sheet.append(_row([label, *([line.within] if within else []), *line.amounts]))


def _row(values: list[str | int]) -> Row:
    row = Row()
    for value in values:
        row.append_cell(Cell(value) if value != "" else Cell())
    return row


def _ordered(found: dict[str, bytes]) -> dict[str, bytes]:
    """`mimetype` comes first in an OpenDocument file; the rest by name, and no preview picture."""
    names = sorted(name for name in found if name != "mimetype" and not name.startswith("Thumbnails"))
    return {name: found[name] for name in ("mimetype", *names)}


def _dateless(name: str, data: bytes) -> bytes:
    if name != "meta.xml":
        return data
    data = re.sub(rb"(<(?:dc:date|meta:creation-date)>)[^<]*", rb"\g<1>2024-01-01T00:00:00", data)
    return re.sub(rb"<meta:generator>[^<]*", b"<meta:generator>Peso a Peso", data)
