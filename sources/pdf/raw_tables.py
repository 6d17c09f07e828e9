"""What the tables of a PDF print, handed to the builder of raw tables: columns, rows, amounts, and the rest of each page.

What is a table, a row or a column was decided before, in `sources.pdf.table`; why a number is no amount, in `account`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sources.pdf.load import Page
from sources.pdf.page.lines import around
from sources.pdf.page.marks import doubt_red
from sources.pdf.page.printed_figures import FigureKind, PrintedFigure, pieced
from sources.pdf.page.witnessed import heard, seen
from sources.pdf.page.words import Word
from sources.pdf.personal import personal_label_reasons
from sources.pdf.table.block import TableBlock
from sources.pdf.table.doubt import doubt_of
from sources.pdf.table.joining import JoinedTable, slot_headers
from sources.pdf.table.left_over import settled
from sources.pdf.table.rows import TableRow, cell_text, label_words
from sources.pdf.texts import texts_of
from sources.pdf.titles import Titles
from sources.pdf.word_reasons import (
    Reason,
    block_reasons,
    given_reasons,
    head_reasons,
    label_reasons,
    page_reasons,
    table_reasons,
)
from sources.raw.builder import PageAccount, Placement, PrintedNumber, PrintedPage, PrintedRow, RawBuilder
from sources.raw.numeric import is_numeric
from sources.raw.reading import Reading
from warehouse.schema.vocabulary import Term


class Handover:
    """The tables and pages of one document on their way to the builder.

    `blocks` are those of each page; `furniture` the words that most pages repeat.
    """

    def __init__(
        self,
        document_id: str,
        pages: Sequence[Page],
        blocks: Mapping[int, Sequence[TableBlock]],
        furniture: set[Word],
    ) -> None:
        self._builder = RawBuilder(document_id)
        self._pages = {page.number: page for page in pages}
        self._blocks, self._furniture = blocks, furniture
        self._titles = Titles(self._pages, blocks, furniture)
        self._accounts = {page.number: PageAccount(str(page.number), _numeric(page)) for page in pages}
        self._reasons: dict[Word, str] = {}
        self._tables: dict[int, dict[int, TableBlock]] = {}  # of each page, by their number in the document
        for mine in blocks.values():
            for block in mine:
                self.explain(block_reasons(block))

    def explain(self, reasons: Iterable[Reason]) -> None:
        """Why words are no amounts; a word that has a reason keeps it."""
        for word, reason in reasons:
            self._reasons.setdefault(word, reason)

    def add_table(self, table: JoinedTable) -> None:
        """A table with its columns and rows, over all its pages."""
        first = table.first
        page = self._pages[first.page]
        title, context = self._titles.above(first)
        number = self._builder.add_table(
            title=title,
            context=context,
            page_first=str(first.page),
            page_last=str(table.blocks[-1].page),
            method="ocr" if page.recognised else "ruled" if first.ruled else "aligned",
        )
        figures = _column_figures(table)
        doubt_red(_beside_labels(table), [block.columns[i].header_words for block, i in table.places])
        reasons = table_reasons(table.headers, [_texts(mine) for mine in figures])
        columns = [
            self._add_column(table, number, index) if reason is None else None for index, reason in enumerate(reasons)
        ]
        for block, places in zip(table.blocks, table.maps, strict=True):
            self.explain(given_reasons(self._pages[block.page].numbered[1], "page_number"))
            self._tables.setdefault(block.page, {})[number] = block
            self.explain(head_reasons(block, self._furniture))
            headers = slot_headers(table, block)
            rows, doubted = settled(block.rows) if self._pages[block.page].recognised else (block.rows, set())
            for n, row in enumerate(rows):
                cells = [cell_text(row, k) for k in range(len(row.slots))]
                printed = self._builder.add_row(number, self._printed_row(headers, cells, block, row, n in doubted))
                self.explain(personal_label_reasons(headers, cells, row.slots))
                for words in [*row.slots, *row.before.values(), *row.after.values()]:
                    self.explain(label_reasons(words))
                for i, cell in sorted(row.figures.items()):
                    column = columns[places[i]]
                    placement = Placement(number, printed, column) if column is not None else None
                    flag = doubt_of(block, row, i)
                    self._add_cell(block.page, cell, placement, reasons[places[i]], flag)

    def _add_column(self, table: JoinedTable, number: int, index: int) -> int:
        block, i = table.places[index]
        column, first = block.columns[i], table.first
        words = column.header_words
        box = around(words) if words else (column.x0, first.box[1], column.x1, first.box[3])
        return self._builder.add_column(
            number,
            header=table.headers[index] or None,
            place=self._pages[block.page].text.place(box),
            witness=heard(words),
        )

    def _printed_row(
        self, headers: list[str], cells: list[str], block: TableBlock, row: TableRow, doubted: bool
    ) -> PrintedRow:
        page = self._pages[block.page]
        words = [w for slot in row.slots for w in slot]
        return PrintedRow(
            page=str(block.page),
            place=page.text.place(row.box),
            label=" ".join([cells[k] for k in block.naming if cells[k]]) or None,
            label_cells=json.dumps([cell for cell in zip(headers, cells, strict=True) if cell[1]], ensure_ascii=False),
            indent=round(words[0].x0, 1) if words else None,
            bold=_is_mostly_bold(words) if words else None,
            witness=heard(label_words(row), doubted) if page.recognised else None,
        )

    def _add_cell(
        self,
        page: int,
        cell: list[PrintedFigure],
        placement: Placement | None,
        reason: str | None,
        flag: str | None,
    ) -> None:
        """The figures of one cell of a column: amounts, unless they are personal, the column has a reason, or one is a percentage."""
        for figures in pieced(cell):
            words = [w for f in figures for w in f.words]
            printed = self._printed(page, words, "".join(f.text for f in figures))
            if any(self._reasons.get(word) == "personal_data" for word in words):
                self._accounts[page].exclude(words, printed, "personal_data")
            elif placement is not None and figures[0].kind is not FigureKind.PERCENT:
                printed = printed if printed.flag or flag is None else printed._replace(flag=flag)
                self._accounts[page].place(words, printed, placement)
            else:
                self._accounts[page].exclude(words, printed, reason or "percentage")

    def _printed(self, page: int, words: list[Word], text: str) -> PrintedNumber:
        place = self._pages[page].text.place(around(words))
        weakness: dict[str, Any] = {"flag": "sign_unclear"} if any(word.unclear for word in words) else {}
        weakness |= seen(words)
        return PrintedNumber(text, place, (round(words[0].base / 3), words[0].x0), **weakness)

    def add_page(self, page: Page) -> None:
        """The rest of a page, when all tables were handed over: each number that is no amount, with its reason."""
        account = self._accounts[page.number]
        due = [word for word in account.due if word not in self._reasons]
        self.explain(page_reasons(page, self._furniture, set(due)))
        for word in account.due:
            account.exclude([word], self._printed(page.number, [word], word.text), self._reasons[word])
        recorded = {word for word in page.text.words if self._reasons.get(word) == "record"}
        self._builder.add_page(
            account,
            PrintedPage(
                position=page.number,
                printed_page=page.numbered[0],
                kind=page.kind
                or ("ocr" if page.recognised else "table" if self._blocks.get(page.number) or recorded else "prose"),
                width=round(page.text.width, 1),
                height=round(page.text.height, 1),
                words=len(page.text.whole),
                message=page.message,
            ),
        )

        if page.kind is None:
            personal = (
                word for line in page.lines for word in line.words if self._reasons.get(word) == "personal_data"
            )
            tables, withheld = self._tables.get(page.number, {}), {*personal, *recorded}
            for text in texts_of(page, tables, self._titles, self._furniture, withheld):
                self._builder.add_text(str(page.number), text)

    def reading(self, warnings: tuple[Term, ...]) -> Reading:
        """All that was handed over."""
        return self._builder.reading("pdf", warnings)


def _numeric(page: Page) -> list[Word]:
    """The words of a page that have to be accounted for, in the order they are printed."""
    words = [word for line in page.lines for word in line.words]
    text = page.text
    return [w for w in [*words, *text.sideways, *text.hidden, *text.struck, *text.notes] if is_numeric(w.text)]


def _column_figures(table: JoinedTable) -> list[list[PrintedFigure]]:
    """The figures of each column, over all pages."""
    figures: list[list[PrintedFigure]] = [[] for _ in table.headers]
    for block, places in zip(table.blocks, table.maps, strict=True):
        for i, column in enumerate(block.columns):
            figures[places[i]] += column.figures
    return figures


def _beside_labels(table: JoinedTable) -> list[list[tuple[PrintedFigure, list[Word]]]]:
    """The figures of each column, over all pages, each with the words of its row's label."""
    figures: list[list[tuple[PrintedFigure, list[Word]]]] = [[] for _ in table.headers]
    for block, places in zip(table.blocks, table.maps, strict=True):
        for row in block.rows:
            label = label_words(row)
            for i, cell in row.figures.items():
                figures[places[i]] += [(figure, label) for figure in cell]
    return figures


def _texts(figures: list[PrintedFigure]) -> list[str]:
    return [f.text for f in figures if f.kind is not FigureKind.DASH]


def _is_mostly_bold(words: list[Word]) -> bool:
    return sum(len(w.text) for w in words if w.bold) > 0.5 * sum(len(w.text) for w in words)
