"""What is printed above a table: its title, and the context that tells its government, period and unit.

Which lines are the head of the table itself (header, headings) was decided in `sources.pdf.table`.
"""

import re
from collections.abc import Mapping, Sequence

from sources.pdf.load import Page
from sources.pdf.page.lines import Line
from sources.pdf.page.words import Word
from sources.pdf.settings import JOINING
from sources.pdf.table.block import TableBlock
from sources.pdf.table.joining import leaves_out

_ANNEX = re.compile(r"^(?:anexo|ap[ée]ndice|tomo)\b", re.IGNORECASE)


class Titles:
    """The titles of one document. `blocks` are those of each page; `furniture` the words that most pages repeat."""

    def __init__(
        self, pages: Mapping[int, Page], blocks: Mapping[int, Sequence[TableBlock]], furniture: set[Word]
    ) -> None:
        self._pages, self._blocks, self._furniture = pages, blocks, furniture
        self._annexes: dict[int, str | None] = {}  # the last heading of an annex on each page

    def above(self, block: TableBlock) -> tuple[str | None, str | None]:
        """Title: the lines directly over the table. Context: every line over it on its first page, and its annex."""
        lines = self._lines_above(block)
        annex = self._annex_of(block, lines)
        direct = self._title(block, lines, annex)
        return (
            " ".join([line.text for line in direct] or annex) or None,
            "\n".join([*annex, *(line.text for line in lines)]) or None,
        )

    def over(self, block: TableBlock) -> list[Line]:
        """The lines of its title that stand on its page."""
        lines = self._lines_above(block)
        return self._title(block, lines, self._annex_of(block, lines))

    def _title(self, block: TableBlock, lines: list[Line], annex: list[str]) -> list[Line]:
        lasting = [line for line in lines if not self._is_furniture(line)]
        return _direct(block, lasting or ([] if annex else lines))

    def _lines_above(self, block: TableBlock) -> list[Line]:
        """The lines over a block that are neither its head nor another table's, from the top."""
        page = self._pages[block.page]
        _, printed_number = page.numbered
        taken = {w for line in block.head.headings for w in line.words}
        taken |= {w for cell in block.head.cells + block.head.labels for w in cell.words}
        for other in self._blocks[block.page]:
            taken |= set(other.column_numbers)
            if other is not block:
                taken |= {w for w in other.words if other.box[1] < _top(block)}
        top = _top(block)
        lines = [
            line
            for line in page.lines
            if line.box[3] < top + 1
            and taken.isdisjoint(line.words)
            and not (printed_number and all(w in printed_number for w in line.words))
        ]
        lines += [line for line in block.head.title if not any(line.words[0] in other.words for other in lines)]
        return sorted(lines, key=lambda line: line.base)

    def _annex_of(self, block: TableBlock, lines: list[Line]) -> list[str]:
        """The heading of the annex that a table stands in, when it is on an earlier page and no page of the print is missing since."""
        if any(_ANNEX.match(line.text) for line in lines):
            return []
        printed = {number: page.numbered[0] for number, page in self._pages.items()}
        for number in range(block.page - 1, 0, -1):
            if leaves_out(printed, number, block.page):
                break
            if annex := self._annex_on(number):
                return [annex]
        return []

    def _annex_on(self, number: int) -> str | None:
        if number not in self._annexes:
            headings = [
                line.text
                for line in self._pages[number].lines
                if _ANNEX.match(line.text) and line.words[0].bold and self._furniture.isdisjoint(line.words)
            ]
            self._annexes[number] = headings[-1] if headings else None
        return self._annexes[number]

    def _is_furniture(self, line: Line) -> bool:
        return self._furniture.issuperset(line.words)


def _direct(block: TableBlock, title: list[Line]) -> list[Line]:
    """The lines that stand on the table, one close on the other."""
    edges = [line.box[1] for line in block.head.headings] + [cell.box[1] for cell in block.head.cells]
    below = min([*edges, _top(block)])
    direct: list[Line] = []
    for line in reversed(title):
        gap = (direct[-1].box[1] if direct else below) - line.box[3]
        if direct and (gap > JOINING.title_gap * line.size or len(direct) >= JOINING.title_lines):
            break
        direct.append(line)
    return direct[::-1]


def _top(block: TableBlock) -> float:
    return min((row.box[1] for row in block.rows), default=block.box[1])
