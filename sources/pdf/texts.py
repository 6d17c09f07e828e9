"""The lines of a page that stand in no table, with what they are beside: titles, notes, heads and feet, covers.

Which lines are the title of a table is decided in `titles`; what a line says of the numbers, in `transforms`.
"""

from collections.abc import Iterator, Mapping, Sequence

from sources.pdf.load import Page
from sources.pdf.page.lines import Line, around, text_of
from sources.pdf.page.words import Word
from sources.pdf.table.block import TableBlock
from sources.pdf.table.upright import strips_of
from sources.pdf.titles import Titles
from sources.raw.builder import PrintedText
from warehouse.schema.personal import without_personal

GAP = "  "  # between what a wide gap parts


def texts_of(
    page: Page, blocks: Mapping[int, TableBlock], titles: Titles, furniture: set[Word], withheld: set[Word]
) -> Iterator[PrintedText]:
    """The lines of a page outside its tables, from the top. `blocks` are its tables by their number in the document;
    `withheld` the words that are personal.
    """
    taken = _in_tables(list(blocks.values())) | withheld | set(page.numbered[1])
    headings = {number: {line.words[0] for line in titles.over(block)} for number, block in blocks.items()}
    for line in page.lines:
        words = [word for word in line.words if word not in taken]
        if not words:
            continue
        kind, table = _standing(line, page, blocks, headings, furniture)
        yield PrintedText(kind, page.text.place(line.box), GAP.join(map(text_of, Line(words).segments)), table)
    for strip in strips_of([word for word in page.text.sideways if word not in taken]):
        yield PrintedText("text_box", page.text.place(around(strip)), without_personal(text_of(strip)))


def _in_tables(blocks: Sequence[TableBlock]) -> set[Word]:
    """The words that tables hold, but for the titles that are set in them."""
    held: set[Word] = set()
    for block in blocks:
        held |= {word for row in block.rows for slot in row.slots for word in slot}
        held |= {
            word for row in block.rows for more in (row.before, row.after) for words in more.values() for word in words
        }
        held |= {word for row in block.rows for cell in row.figures.values() for f in cell for word in f.words}
        held |= {word for cell in block.head.cells + block.head.labels for word in cell.words}
        held |= {*block.column_numbers, *block.stamps}
    return held


def _standing(
    line: Line,
    page: Page,
    blocks: Mapping[int, TableBlock],
    headings: Mapping[int, set[Word]],
    furniture: set[Word],
) -> tuple[str, int | None]:
    """What a line is to the tables of its page, and the number of the table."""
    for number, first_words in headings.items():
        if line.words[0] in first_words:
            return "title", number
    tops = {number: _top(block) for number, block in blocks.items()}
    below = [number for number in blocks if tops[number] >= line.base]
    above = [number for number in blocks if tops[number] < line.base]
    if furniture.issuperset(line.words) and not (below and above):
        return ("page_head" if line.base < page.text.height / 2 else "page_foot"), None
    if not blocks:
        return "cover", None
    upper = max(above, key=lambda number: blocks[number].box[3], default=None)
    lower = min(below, key=lambda number: tops[number], default=None)
    if upper is None or (lower is not None and tops[lower] - line.base < line.base - blocks[upper].box[3]):
        return "above", lower
    return "below", upper


def _top(block: TableBlock) -> float:
    return min((row.box[1] for row in block.rows), default=block.box[1])
