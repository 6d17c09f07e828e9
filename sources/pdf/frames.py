"""The frames of a reading: tables, columns, rows, numbers and pages, and the accounting of every numeric word."""

import json
import re
from typing import TYPE_CHECKING, Any

from sources.pdf.account import explain_label, explain_line, explain_title, set_fate, table_reasons
from sources.pdf.page.figures import Figure, Kind, pieced
from sources.pdf.page.lines import Line, around, lines_of
from sources.pdf.page.witnessed import heard, seen
from sources.pdf.page.words import Word
from sources.pdf.table.block import Block
from sources.pdf.table.joining import Table, slot_headers
from sources.pdf.table.rows import TableRow, cell_text, label_words
from sources.personal import is_personal, kinds_in_row, personal_kinds
from sources.raw.numeric import is_numeric
from sources.raw.reading import Reading
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE

if TYPE_CHECKING:
    from sources.pdf.load import Page

_ANNEX = re.compile(r"^(?:anexo|ap[ée]ndice|tomo)\b", re.IGNORECASE)


class Frames:
    """Collects the raw rows of one document."""

    def __init__(self, document_id: str, pages: "list[Page]", furniture: set[int]) -> None:
        self._id = document_id
        self._pages = {page.number: page for page in pages}
        self._furniture = furniture
        self._annex: dict[int, list[Line]] = {}
        self._tables: list[dict[str, Any]] = []
        self._columns: list[dict[str, Any]] = []
        self._rows: list[dict[str, Any]] = []
        self._numbers: dict[int, list[tuple[list[Word], dict[str, Any]]]] = {}
        self._page_rows: list[dict[str, Any]] = []

    def add_table(self, table: Table) -> None:
        number = len(self._tables) + 1
        first = table.first
        title, context = self._above(table)
        self._tables.append(
            {
                "document_id": self._id,
                "table": number,
                "title": title,
                "context": context,
                "page_first": str(first.page),
                "page_last": str(table.blocks[-1].page),
                "method": "ocr" if self._pages[first.page].recognised else "ruled" if first.ruled else "aligned",
            }
        )
        reasons = self._column_reasons(table)
        numbers: dict[int, int] = {}
        for index, header in enumerate(table.headers):
            if reasons[index] is None:
                numbers[index] = len(numbers) + 1
                block, i = table.places[index]
                column = block.columns[i]
                box = (
                    around(column.header_words)
                    if column.header_words
                    else (column.x0, first.box[1], column.x1, first.box[3])
                )
                self._columns.append(
                    {
                        "document_id": self._id,
                        "table": number,
                        "column": numbers[index],
                        "header": header or None,
                        "place": self._pages[block.page].text.place(box),
                        "witness": heard(column.header_words),
                    }
                )
        count = 0
        for block, columns in zip(table.blocks, table.maps, strict=True):
            self._explain_head(block)
            headers = slot_headers(table, block)
            for row in block.rows:
                count += 1
                self._add_row(headers, block, row, number, count)
                for i, cell in sorted(row.figures.items()):
                    self._add_cell(block.page, cell, number, count, numbers.get(columns[i]), reasons[columns[i]])

    def _column_reasons(self, table: Table) -> list[str | None]:
        texts: list[list[str]] = [[] for _ in table.headers]
        for block, columns in zip(table.blocks, table.maps, strict=True):
            for i, column in enumerate(block.columns):
                texts[columns[i]] += [f.text for f in column.figures if f.kind is not Kind.DASH]
        return table_reasons(table.headers, texts)

    def _add_row(self, headers: list[str], block: Block, row: TableRow, number: int, count: int) -> None:
        cells = [cell_text(row, k) for k in range(len(row.slots))]
        own = [w for words in row.slots for w in words]
        self._rows.append(
            {
                "document_id": self._id,
                "table": number,
                "row": count,
                "page": str(block.page),
                "place": self._pages[block.page].text.place(row.box),
                "label": " ".join([cells[k] for k in block.naming if cells[k]]) or None,
                "label_cells": json.dumps(
                    [cell for cell in zip(headers, cells, strict=True) if cell[1]], ensure_ascii=False
                ),
                "indent": round(own[0].x0, 1) if own else None,
                "bold": _mostly_bold(own) if own else None,
                "witness": heard(label_words(row)) if self._pages[block.page].recognised else None,
            }
        )
        kinds = kinds_in_row(personal_kinds(headers), cells)
        for words, cell, kind in zip(row.slots, cells, kinds, strict=True):
            if cell and is_personal(cell, kind):
                set_fate(words, "personal_data")
        for words in [*row.slots, *row.before.values(), *row.after.values()]:
            explain_label(words)

    def _add_cell(
        self, page: int, cell: list[Figure], table: int, row: int, column: int | None, reason: str | None
    ) -> None:
        for figures in pieced(cell):
            words = [w for f in figures for w in f.words]
            text = "".join(f.text for f in figures)
            percent = figures[0].kind is Kind.PERCENT
            personal = any(w.fate == "personal_data" for w in words)
            fate = "personal_data" if personal else reason or ("percentage" if percent else None)
            set_fate(words, fate or "amount")
            entry: dict[str, Any] = {"source_text": text, "box": around(words)}
            if fate is None:
                entry |= {"table": table, "row": row, "column": column}
            else:
                entry |= {"exclusion": fate}
            self._numbers.setdefault(page, []).append((words, entry))

    def _explain_head(self, block: Block) -> None:
        head = block.head
        for word in self._pages[block.page].numbered[1]:
            word.fate = word.fate or "page_number"
        for line in head.title:
            if not all(id(w) in self._furniture for w in line.words):
                explain_title(line)
        for words in [cell.words for cell in head.cells + head.labels]:
            for line in lines_of(words):
                explain_title(line)

    def _above(self, table: Table) -> tuple[str | None, str | None]:
        """Title: the lines directly over the table. Context: every line over it on its first page, and its annex."""
        block = table.first
        taken = {id(w) for line in block.head.headings for w in line.words} | {
            id(w) for c in block.head.cells for w in c.words
        }
        taken |= {id(w) for c in block.head.labels for w in c.words}
        numbered = self._page_number_lines(block.page)
        top = min((row.box[1] for row in block.rows), default=block.box[1])
        others = {
            id(w)
            for other in self._pages[block.page].blocks
            if other is not block
            for w in other.words
            if other.box[1] < block.box[1]
        }
        lines = [
            line
            for line in self._pages[block.page].lines
            if line.box[3] < top + 1
            and line not in numbered
            and not any(id(w) in taken or id(w) in others or w.fate == "column_number" for w in line.words)
        ]
        lines += [line for line in block.head.title if not any(line.words[0] in other.words for other in lines)]
        lines.sort(key=lambda line: line.base)
        title = [line for line in lines if not all(id(w) in self._furniture for w in line.words)]
        direct: list[Line] = []
        below = min([line.box[1] for line in block.head.headings] + [c.box[1] for c in block.head.cells] + [top])
        annex = self._annex_of(block, lines)
        for line in reversed(title or ([] if annex else lines)):
            gap = (direct[-1].box[1] if direct else below) - line.box[3]
            if direct and (gap > 1.5 * line.size or len(direct) >= 6):
                break
            direct.append(line)
        direct.reverse()
        return (" ".join([line.text for line in direct] or annex) or None), (
            "\n".join([*annex, *(line.text for line in lines)]) or None
        )

    def _page_number_lines(self, number: int) -> list[Line]:
        page = self._pages[number]
        words = page.numbered[1]
        return [line for line in page.lines if words and all(w in words for w in line.words)]

    def _annex_of(self, block: Block, lines: list[Line]) -> list[str]:
        """The heading of the annex that a table stands in, when it is on an earlier page."""
        if any(_ANNEX.match(line.text) for line in lines):
            return []
        for number in range(block.page - 1, 0, -1):
            for line in reversed(self._annex_lines(number)):
                return [line.text]
        return []

    def _annex_lines(self, number: int) -> list[Line]:
        if number not in self._annex:
            self._annex[number] = [
                line
                for line in self._pages[number].lines
                if _ANNEX.match(line.text)
                and line.words[0].bold
                and not any(id(w) in self._furniture for w in line.words)
            ]
        return self._annex[number]

    def add_page(self, page: "Page") -> None:
        lines, (printed, words) = page.lines, page.numbered
        for word in words:
            if word.fate is None:
                word.fate = "page_number"
        if page.kind == "garbled":
            set_fate(page.text.words, "garbled")
        for line in lines:
            if all(id(w) in self._furniture for w in line.words):
                set_fate(line.words, "furniture")
            explain_line(line)
        set_fate(page.text.sideways, "furniture")
        set_fate(page.text.hidden, "hidden")
        entries = self._numbers.get(page.number, [])
        held = {id(w) for mine, _ in entries for w in mine}
        for word in [w for line in lines for w in line.words] + page.text.sideways + page.text.hidden:
            if id(word) not in held and is_numeric(word.text):
                entries.append(
                    (
                        [word],
                        {
                            "source_text": word.text,
                            "box": (word.x0, word.top, word.x1, word.bottom),
                            "exclusion": word.fate,
                        },
                    )
                )
        entries.sort(key=lambda entry: (round(entry[0][0].base / 3), entry[0][0].x0))
        for number, (words, entry) in enumerate(entries, 1):
            entry |= seen(words) | {
                "document_id": self._id,
                "page": str(page.number),
                "number": number,
                "place": page.text.place(entry.pop("box")),
            }
        self._numbers[page.number] = entries
        kind = page.kind or ("ocr" if page.recognised else "table" if page.blocks else "prose")
        self._page_rows.append(
            {
                "document_id": self._id,
                "page": str(page.number),
                "position": page.number,
                "printed_page": printed,
                "kind": kind,
                "width": round(page.text.width, 1),
                "height": round(page.text.height, 1),
                "words": len(page.text.words) + len(page.text.sideways) + len(page.text.hidden),
                "numeric_words": len(entries),
                "message": page.message,
            }
        )

    def reading(self, warnings: tuple[str, ...]) -> Reading:
        numbers = [entry for page in sorted(self._numbers) for _, entry in self._numbers[page]]
        return Reading(
            self._id,
            "pdf",
            RAW_PAGE.frame(self._page_rows),
            RAW_TABLE.frame(self._tables),
            RAW_COLUMN.frame(self._columns),
            RAW_ROW.frame(self._rows),
            RAW_NUMBER.frame(numbers),
            warnings,
        )


def _mostly_bold(words: list[Word]) -> bool:
    return sum(len(w.text) for w in words if w.bold) > 0.5 * sum(len(w.text) for w in words)
