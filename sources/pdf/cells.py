"""Every cell that rules enclose on a page, with its words: what a register needs, of which a budget's tables take only labels and amounts.

Only geometry belongs here; what a header or a cell means is for `sources.ledgers`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from sources.pdf.load import Page
from sources.pdf.page.grid import RuledGrid, grids_of
from sources.pdf.page.lines import around
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import RULES
from sources.pdf.table.rows import label_text
from sources.raw.cells import PrintedCell, PrintedSheet

_CUT = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|\$?\d{1,3}(?:,\d{3})*\.\d\d")
_COMPLETE = re.compile(r"\S*\.\d\d\s")  # the first line is an amount by itself
WordsAt = dict[tuple[str, str], list[Word]]  # by page and place


def ruled_sheets(page: Page, words_at: WordsAt) -> Iterator[PrintedSheet]:
    """The tables that rules enclose on a page, from the top; the words of each cell are put into `words_at`."""
    taken: set[Word] = set()
    for grid in grids_of(page.rulings):
        inside = [w for w in page.text.words if w not in taken and grid.holds(w.middle, _height(w))]
        boxes: dict[Box, list[Word]] = {}
        for word in inside:
            box = grid.cell_at(word.middle, _height(word))
            if box is not None:
                boxes.setdefault(box, []).append(word)
                taken.add(word)
        if boxes:
            yield _sheet(page, grid, boxes, words_at)


def _sheet(page: Page, grid: RuledGrid, boxes: dict[Box, list[Word]], words_at: WordsAt) -> PrintedSheet:
    cells, merged = [], []
    for (left, top, right, bottom), words in boxes.items():
        first, last = (
            (_level(grid.ys, top) + 1, _level(grid.xs, left) + 1),
            (_level(grid.ys, bottom), _level(grid.xs, right)),
        )
        cells.append(add_cell(page, *first, words, words_at))
        if first != last:
            merged.append((*first, *last))
    beside = tuple(line.text for line in page.lines if not grid.box[1] < _height(line.words[0]) < grid.box[3])
    return PrintedSheet(str(page.number), tuple(sorted(cells)), tuple(merged), tuple(grid.xs), beside)


def add_cell(page: Page, row: int, col: int, words: list[Word], words_at: WordsAt) -> PrintedCell:
    """The cell that words of a page make; they are put into `words_at`."""
    place = page.text.place(around(words))
    words_at[str(page.number), place] = words
    return PrintedCell(row, col, cell_text(words), place)


def cell_text(words: list[Word]) -> str:
    """What a cell says, its lines unwrapped: a day or an amount that a narrow column cuts is whole again."""
    text = label_text(words)
    whole = "".join(text.split())
    return whole if " " in text and _CUT.fullmatch(whole) and not _COMPLETE.match(text) else text


def _height(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _level(levels: list[float], at: float) -> int:
    return bisect_left(levels, at - RULES.touch / 2)
