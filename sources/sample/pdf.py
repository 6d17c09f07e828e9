"""Typesetting a sample document as PDF: rows are measured, then dealt to pages, then drawn.

Only the base fonts are used and nothing is compressed or dated, so the bytes are the same on every machine.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from sources.sample.content import Content, SampleRow, SampleTable
from sources.sample.looks import SampleLook

MARGIN = 42
FOOT = 52
GAP = 14


@dataclass(frozen=True)
class SampleCell:
    """Text in a column: its lines, where they begin, and on which line of the cell they stand.

    `down` and `height` place the cell inside its block; a height of 0 is the whole block.
    """

    lines: list[str]
    left: float
    width: float
    align: str = "left"
    indents: tuple[float, ...] = ()
    valign: str = "first"
    down: float = 0
    height: float = 0


@dataclass(frozen=True)
class SampleBlock:
    """Something that cannot be split over two pages. `table` is the number of the table it is part of."""

    cells: tuple[SampleCell, ...]
    height: float
    table: int
    bold: bool = False
    shade: float = 0
    ruled: bool = False
    heading: bool = False


def typeset(content: Content, look: SampleLook) -> bytes:
    """The document as the bytes of a PDF."""
    buffer = io.BytesIO()
    size = landscape(letter) if look.landscape else letter
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=0)
    canvas.setTitle(f"{content.titles[0]} ({content.notice})")
    canvas.setAuthor("Peso a Peso (muestra)")
    pages = _deal(content, look, size)
    for number, blocks in enumerate(pages, 1):
        top = _letterhead(canvas, content, look, size)
        for block in blocks:
            _draw(canvas, block, look, top)
            top -= block.height
        _foot(canvas, content, look, size, f"Página {number} de {len(pages)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _deal(content: Content, look: SampleLook, size: tuple[float, float]) -> list[list[SampleBlock]]:
    """The blocks of each page; a table that goes on repeats its header."""
    room = size[1] - _letterhead_height(content, look) - FOOT - MARGIN / 2
    headers = {n: _header(table, n, look, size[0]) for n, table in enumerate(content.tables)}
    pages: list[list[SampleBlock]] = [[]]
    left = room
    for blocks in _units(content, look, size[0], headers):
        height = sum(block.height for block in blocks)
        if height > left:
            first = blocks[0]
            repeat = [] if first.heading or first.table < 0 else [headers[first.table]]
            pages.append(repeat)
            left = room - sum(block.height for block in pages[-1])
        pages[-1] += blocks
        left -= height
    return pages


def _units(
    content: Content, look: SampleLook, width: float, headers: dict[int, SampleBlock]
) -> Iterator[list[SampleBlock]]:
    """Blocks that stay together: a title and header with two rows, each other row alone, the notes with the last row."""
    left = _left(content.tables[0], look, width)
    notes = [_note(note, left, width - 2 * left) for note in content.notes]
    notes[0] = replace(notes[0], height=notes[0].height + GAP / 2)
    for number, table in enumerate(content.tables):
        rows = [_row(row, table, number, look, width) for row in _ordered(table, look)]
        title = [_title(table, number, look, width)] if table.title else []
        yield [*title, headers[number], *rows[:2]]
        for row in rows[2:-1]:
            yield [row]
        last = rows[-1:] if len(rows) > 2 else []
        yield [*last, *(notes if number == len(content.tables) - 1 else [])]


def _ordered(table: SampleTable, look: SampleLook) -> list[SampleRow]:
    """The rows with the total on top, or at the end, as the look has it."""
    totals = [row for row in table.rows if row.depth == 0]
    others = [row for row in table.rows if row.depth > 0]
    return totals + others if look.total_first else others + totals


def _columns(table: SampleTable, look: SampleLook, page_width: float) -> list[tuple[float, float]]:
    """Left edge and width of each column: code, label, second label, amounts."""
    label = [look.label_width * 0.5, look.label_width * 0.5] if table.within_heading else [look.label_width]
    code = [look.code_width] if look.codes == "column" else []
    widths = [*code, *label, *[look.amount_width] * len(table.headings)]
    edge = (page_width - sum(widths)) / 2
    columns = []
    for width in widths:
        columns.append((edge, width))
        edge += width
    return columns


def _left(table: SampleTable, look: SampleLook, page_width: float) -> float:
    return _columns(table, look, page_width)[0][0]


def _row(row: SampleRow, table: SampleTable, number: int, look: SampleLook, page_width: float) -> SampleBlock:
    columns = _columns(table, look, page_width)
    font = look.fonts[row.bold]
    cells = []
    if look.codes == "column":
        edge, width = columns.pop(0)
        cells.append(SampleCell([row.code] if row.code else [], edge + 3, width - 6))
    label = row.label.upper() if look.upper and row.bold else row.label
    if look.codes == "prefix" and row.code:
        label = f"{row.code} {label}"
    edge, width = columns.pop(0)
    indent = look.indent * max(row.depth - 1, 0)
    cells.append(_label(label, edge + 3, width - 6, indent, look, font))
    if table.within_heading:
        edge, width = columns.pop(0)
        cells.append(_label(row.within, edge + 3, width - 6, 0, look, font))
    for (edge, width), pesos in zip(columns, row.amounts, strict=True):
        cells.append(SampleCell([look.money(pesos)], edge + 3, width - 6, "right", valign=look.valign))
    lines = max(len(cell.lines) for cell in cells)
    height = lines * look.leading + 2 * look.padding
    return SampleBlock(tuple(cells), height, number, bold=row.bold, ruled=_ruled(table, look))


def _ruled(table: SampleTable, look: SampleLook) -> bool:
    """Two columns of wrapped labels side by side are ruled even where the rest is not: they could not be told apart."""
    return look.grid or bool(table.within_heading)


def _label(text: str, left: float, width: float, indent: float, look: SampleLook, font: str) -> SampleCell:
    """A label, wrapped to its cell."""
    if look.hanging:
        lines = simpleSplit(text, font, look.size, width - indent)
        return SampleCell(lines, left, width, indents=(indent,) * len(lines))
    # Only the first line is indented: what it leaves over is wrapped to the whole width.
    first = simpleSplit(text, font, look.size, width - indent)[0]
    rest = simpleSplit(text[len(first) :].strip(), font, look.size, width)
    return SampleCell([first, *rest], left, width, indents=(indent,) + (0,) * len(rest))


def _header(table: SampleTable, number: int, look: SampleLook, page_width: float) -> SampleBlock:
    """The header: the group over the amount columns, the headings, and the column numbers where there are some."""
    columns = _columns(table, look, page_width)
    labels = [table.label_heading] + ([table.within_heading] if table.within_heading else [])
    if look.codes == "column":
        labels.insert(0, look.code_heading)
    amounts = columns[len(labels) :]
    span = (amounts[0][0], amounts[-1][0] + amounts[-1][1] - amounts[0][0])
    stack: list[list[SampleCell]] = [[_centered(table.group, span, look)]] if look.group_row else []
    stack.append([_centered(text, column, look) for text, column in zip(table.headings, amounts, strict=True)])
    if table.column_numbers:
        stack.append(
            [_centered(text, column, look) for text, column in zip(table.column_numbers, amounts, strict=True)]
        )
    cells, down = [_centered(text, column, look) for text, column in zip(labels, columns, strict=False)], 0.0
    for row in stack:
        height = max(len(cell.lines) for cell in row) * look.leading + 2 * look.padding
        cells += [replace(cell, down=down, height=height) for cell in row]
        down += height
    return SampleBlock(tuple(cells), down, number, bold=True, shade=look.shade, ruled=_ruled(table, look), heading=True)


def _centered(text: str, column: tuple[float, float], look: SampleLook) -> SampleCell:
    lines = simpleSplit(text, look.fonts[1], look.size, column[1] - 6)
    return SampleCell(lines, column[0] + 3, column[1] - 6, "center", valign="middle")


def _title(table: SampleTable, number: int, look: SampleLook, page_width: float) -> SampleBlock:
    cell = SampleCell([table.title], _left(table, look, page_width), page_width, valign="last")
    return SampleBlock((cell,), look.leading + GAP, number, bold=True, heading=True)


def _note(text: str, left: float, width: float) -> SampleBlock:
    lines = simpleSplit(text, "Helvetica", 7, width)
    return SampleBlock((SampleCell(lines, left, width, valign="last"),), len(lines) * 9 + 4, -1)


def _draw(canvas: Canvas, block: SampleBlock, look: SampleLook, top: float) -> None:
    """A block with its upper edge at `top`."""
    if block.shade or block.ruled:
        _boxes(canvas, block, top)
    note = block.table < 0
    font, size, leading = ("Helvetica", 7.0, 9.0) if note else (look.fonts[block.bold], look.size, look.leading)
    padding = 0 if note else look.padding
    canvas.setFont(font, size)
    canvas.setFillGray(0)
    for cell in block.cells:
        slots = ((cell.height or block.height) - 2 * padding) / leading - len(cell.lines)
        skipped = {"first": 0.0, "middle": slots / 2, "last": slots}[cell.valign]
        base = top - cell.down - padding - skipped * leading - size * 0.95
        for number, line in enumerate(cell.lines):
            indent = cell.indents[number] if cell.indents else 0
            _text(canvas, cell, line, indent, base - number * leading)
    if block.shade or block.ruled or not block.heading or len(block.cells) == 1:
        return
    canvas.setLineWidth(0.8)
    canvas.line(block.cells[0].left, top - block.height, _right(block), top - block.height)


def _text(canvas: Canvas, cell: SampleCell, line: str, indent: float, base: float) -> None:
    if cell.align == "right":
        canvas.drawRightString(cell.left + cell.width, base, line)
    elif cell.align == "center":
        canvas.drawCentredString(cell.left + cell.width / 2, base, line)
    else:
        canvas.drawString(cell.left + indent, base, line)


def _right(block: SampleBlock) -> float:
    return block.cells[-1].left + block.cells[-1].width


def _boxes(canvas: Canvas, block: SampleBlock, top: float) -> None:
    canvas.setLineWidth(0.4)
    canvas.setFillGray(block.shade)
    for cell in block.cells:
        height = cell.height or block.height
        box = (cell.left - 3, top - cell.down - height, cell.width + 6, height)
        canvas.rect(*box, stroke=int(block.ruled), fill=int(bool(block.shade)))


def _letterhead_lines(content: Content) -> list[str]:
    return [*content.letterhead, *content.titles, content.period, content.unit]


def _letterhead_height(content: Content, look: SampleLook) -> float:
    return MARGIN + (64 if look.letterhead == "law" else 11 * len(_letterhead_lines(content)) + 14)


def _letterhead(canvas: Canvas, content: Content, look: SampleLook, size: tuple[float, float]) -> float:
    """The lines above the table, on every page; returns where the table begins."""
    width, height = size
    canvas.setFillGray(0)
    bottom = height - _letterhead_height(content, look)
    if look.letterhead == "law":
        _law_letterhead(canvas, content, look, size)
        return bottom
    lines = _letterhead_lines(content)
    if look.letterhead == "banner":
        left = _left(content.tables[0], look, width)
        canvas.setFillGray(look.shade)
        canvas.rect(left, bottom + 6, width - 2 * left, 11 * len(lines) + 6, stroke=0, fill=1)
        canvas.setFillGray(0)
    base = bottom + 11 * len(lines) + 1
    for number, line in enumerate(lines):
        big = number == 0 and look.letterhead == "centered"
        canvas.setFont(look.fonts[number < len(lines) - 2], 11 if big else 8.5)
        canvas.drawCentredString(width / 2, base - 11 * number, line)
    return bottom


def _law_letterhead(canvas: Canvas, content: Content, look: SampleLook, size: tuple[float, float]) -> None:
    """Two lines at the right and the body at the left over a rule, as in the compilations of state laws."""
    width, height = size
    canvas.setFont(look.fonts[1], 9.5)
    for number, line in enumerate(content.titles):
        canvas.drawRightString(width - MARGIN, height - MARGIN - 6 - 11 * number, line)
    canvas.setFont(look.fonts[0], 7.5)
    for number, line in enumerate(content.letterhead):
        canvas.drawString(MARGIN, height - MARGIN - 32 - 9 * number, line)
    for number, line in enumerate((content.period, content.unit)):
        canvas.drawRightString(width - MARGIN, height - MARGIN - 32 - 9 * number, line)
    canvas.setLineWidth(0.8)
    canvas.line(MARGIN, height - MARGIN - 47, width - MARGIN, height - MARGIN - 47)


def _foot(canvas: Canvas, content: Content, look: SampleLook, size: tuple[float, float], page: str) -> None:
    """The notice that this is not the original, and the page number."""
    canvas.setFillGray(0)
    canvas.setFont("Helvetica-Oblique", 6.8)
    lines = simpleSplit(content.notice, "Helvetica-Oblique", 6.8, size[0] - 2 * MARGIN)
    for number, line in enumerate(lines):
        canvas.drawString(MARGIN, FOOT - 16 - 8 * number, line)
    canvas.setFont(look.fonts[0], 8)
    if look.letterhead == "law":
        canvas.drawCentredString(size[0] / 2, FOOT - 4, page)
    else:
        canvas.drawRightString(size[0] - MARGIN, FOOT - 4, page)
