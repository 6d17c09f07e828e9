"""Tables of a document: the blocks of its pages put together where one table runs over several pages.

A block goes on with the table before it when its columns stand at the same places or bear the same headers and no new
title stands between. What a table looks like on one page is in `block`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sources.pdf.page.words import Word
from sources.pdf.settings import JOINING
from sources.pdf.table.block import TableBlock
from sources.pdf.table.rows import TableRow, cell_text, reads_on
from warehouse.schema.lexicon import SUM_FIRST
from warehouse.schema.text import fold

_CONTINUED = re.compile(r"\bcontin(?:uaci[óo]n|[úu]a)\b", re.IGNORECASE)


@dataclass(eq=False)
class JoinedTable:
    """A printed table: its blocks, and for each block which of the table's columns its own columns are."""

    blocks: list[TableBlock]
    maps: list[list[int]]
    headers: list[str]
    places: list[tuple[TableBlock, int]] = field(default_factory=list)

    @property
    def first(self) -> TableBlock:
        """The block it begins with."""
        return self.blocks[0]


def join(blocks: list[TableBlock], furniture: set[Word], printed: Mapping[int, str | None]) -> list[JoinedTable]:
    """Blocks in document order to tables. `printed` are the numbers that the pages bear."""
    tables: list[JoinedTable] = []
    recent: list[JoinedTable] = []  # the one printed last at the end
    for block in blocks:
        table, columns = _begun(recent, block, furniture, printed)
        if table is None:
            count = len(block.columns)
            tables.append(JoinedTable([block], [list(range(count))], block.header, [(block, i) for i in range(count)]))
            recent.append(tables[-1])
            continue
        recent.remove(table)
        recent.append(table)
        for i, column in enumerate(columns):
            if column >= len(table.headers):
                table.headers.append(block.columns[i].header)
                table.places.append((block, i))
            elif not table.headers[column]:
                table.headers[column] = block.columns[i].header
        _complete(table.blocks[-1], block)
        _carry(table.blocks[-1], block)
        _mend(table.blocks[-1], block)
        table.blocks.append(block)
        table.maps.append(columns)
    return tables


def _begun(
    tables: list[JoinedTable], block: TableBlock, furniture: set[Word], printed: Mapping[int, str | None]
) -> tuple[JoinedTable | None, list[int]]:
    """The table that a block goes on with, and which of its columns the block's are: the last one, or one before it
    that the pages set in turns with others, as the first and last columns of a wide table.
    """
    for resumed in (False, True):
        for table in reversed(tables[-JOINING.turns if resumed else -1 :]):
            if leaves_out(printed, table.blocks[-1].page, block.page):
                continue
            columns = _continues(table, block, furniture, resumed)
            if columns is not None:
                return table, columns
    return None, []


def leaves_out(printed: Mapping[int, str | None], page: int, next_page: int) -> bool:
    """Whether pages of the print are missing between two pages: an extract of 40 and 47 has no table on both."""
    first, second = printed.get(page) or "", printed.get(next_page) or ""
    return first.isdecimal() and second.isdecimal() and int(second) - int(first) > next_page - page


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"\d+", "", text.lower()))


def _title(block: TableBlock, furniture: set[Word]) -> str:
    # Several columns without a header of their own go on with a table, whatever logo or running head stands over them.
    over = block.over if block.head.cells or len(block.columns) < 3 else []
    words = [w.text for line in over + block.head.title for w in line.words if w not in furniture]
    return _plain(_CONTINUED.sub("", " ".join(words)))


def _continues(table: JoinedTable, block: TableBlock, furniture: set[Word], resumed: bool) -> list[int] | None:
    """Which of the table's columns the block's columns are, or None when the block is another table.

    A table is resumed after others only under the same header, of several columns, and where no total has closed it.
    """
    last = table.blocks[-1]
    if resumed and (len(block.columns) < 3 or not block.head.cells or _is_closed(last)):
        return None
    if block.page - last.page > (2 if resumed else 1) or (block.page == last.page and block.head.cells):
        return None
    title = _title(block, furniture)
    if title and title not in {_title(b, furniture) for b in table.blocks}:
        return None
    if _has_own_total(table.first, block):
        return None
    if block.head.cells:
        if not resumed and len(block.columns) > 2 and _whole_header(block) == _whole_header(table.first):
            return _by_name(table, block)
        if len({_label_header(block), _label_header(table.first)} - {""}) > 1:
            return None
        mine, theirs = [_plain(h) for h in block.header], [_plain(h) for h in table.headers]
        if mine == theirs:
            return list(range(len(mine)))
        columns = [theirs.index(h) if theirs.count(h) == 1 else -1 for h in mine]
        if -1 not in columns and len(set(columns)) == len(columns) and not resumed:
            return columns
        return None if resumed else _same_leaves(table, block)
    return _by_place(table, block)


def _same_leaves(table: JoinedTable, block: TableBlock) -> list[int] | None:
    """The columns where they stand, if the lowest texts of all their headers are the same: only what is printed over a
    group of columns was given to others.
    """
    leaves = [[_plain(h.split(" | ")[-1]) for h in headers] for headers in (block.header, table.headers)]
    same = leaves[0] == leaves[1] and all(leaves[0]) and len(set(leaves[0])) == len(leaves[0])
    columns = list(range(len(leaves[0])))
    return columns if same and _by_place(table, block) == columns else None


def _label_header(block: TableBlock) -> str:
    """The letters of the headers over the label columns, whatever slot each fell to."""
    return "".join(sorted(_plain("".join(w.text for cell in block.head.labels for w in cell.words))))


def _whole_header(block: TableBlock) -> str:
    """The letters of all headers: a column of rates or terms counts as label or amount as its cells on a page happen to be."""
    return "".join(sorted(_label_header(block) + "".join(map(_plain, block.header))))


def _by_name(table: JoinedTable, block: TableBlock) -> list[int]:
    """Columns found by their headers; those that the table has among its labels are new."""
    theirs = [_plain(header) for header in table.headers]
    places: list[int] = []
    for header in map(_plain, block.header):
        at = next((i for i, other in enumerate(theirs) if other == header and i not in places), -1)
        places.append(at if at >= 0 else len(theirs) + sum(1 for i in places if i >= len(theirs)))
    return places


def _has_own_total(first: TableBlock, block: TableBlock) -> bool:
    """Whether both begin with a total, and not with the same one: the first row of a table sums up what is below it."""
    totals = [mine.rows[0] for mine in (first, block) if mine.rows and mine.head.cells]
    return (
        len(totals) == 2
        and all(SUM_FIRST.match(fold(label_of(mine, mine.rows[0]))) for mine in (first, block))
        and _printed(totals[0]) != _printed(totals[1])
    )


def _printed(row: TableRow) -> list[str]:
    return [f.text for i in sorted(row.figures) for f in row.figures[i]]


def _is_closed(last: TableBlock) -> bool:
    return bool(last.rows) and bool(SUM_FIRST.match(fold(label_of(last, last.rows[-1]))))


def _by_place(table: JoinedTable, block: TableBlock) -> list[int] | None:
    """Columns found by where they stand; one that stands nowhere is new, if most are known."""
    places: list[int] = []
    fresh = 0
    for span, column in zip(block.spans, block.columns, strict=True):
        best, most = -1, 0.0
        for index, (other, i) in enumerate(table.places):
            theirs = other.spans[i]
            overlap = min(span[1], theirs[1]) - max(span[0], theirs[0])
            right = abs(column.x1 - other.columns[i].x1)
            if index not in places and (
                overlap > most
                and (
                    overlap >= JOINING.overlap * min(span[1] - span[0], theirs[1] - theirs[0])
                    or right < JOINING.right_edge
                )
            ):
                best, most = index, overlap
        if best < 0:
            best = len(table.headers) + fresh
            fresh += 1
        places.append(best)
    if fresh and _alike(table, block):
        return list(range(len(places)))
    return places if fresh <= JOINING.fresh * len(places) else None


def _alike(table: JoinedTable, block: TableBlock) -> bool:
    """Whether the columns stand as those of the table, but shifted and scaled together, as every page of a printout may be."""
    mine = [column.edges[2] for column in block.columns]
    theirs = [other.columns[i].edges[2] for other, i in table.places]
    if len(mine) != len(theirs) or len(mine) < 3:
        return False
    a, b = mine[-1] - mine[0], theirs[-1] - theirs[0]
    return all(
        abs((x - mine[0]) / a - (y - theirs[0]) / b) < JOINING.shifted for x, y in zip(mine, theirs, strict=True)
    )


def _carry(last: TableBlock, block: TableBlock) -> None:
    """Vertically merged label cells that began on the page before go on over the break."""
    if not (last.row_ruled and block.row_ruled and last.rows and len(last.slots) > 1):
        return
    merged = {k for row in last.rows for k in row.carried}
    for k in merged:
        text = last.rows[-1].slots[k] if k < len(last.rows[-1].slots) else []
        here = _same_slot(last, block, k)
        if not text or here is None:
            continue
        for row in block.rows:
            if row.slots[here] or not row.figures:
                break
            row.slots[here] = list(text)
            row.carried.add(here)


def _mend(last: TableBlock, block: TableBlock) -> None:
    """A ruled row cut by the end of the page: its first lines have no amount, and the next page goes on with it."""
    if block.page == last.page or not (last.row_ruled and block.row_ruled and last.rows and block.rows):
        return
    cut, rest = last.rows[-1], block.rows[0]
    begun = [k for k, words in enumerate(cut.slots) if words and k not in cut.carried]
    usual = [row for row in last.rows[:-1] if not row.figures and sum(1 for words in row.slots if words) > 1]
    targets = {k: _same_slot(last, block, k) for k in begun}
    gone_on = [t for t in targets.values() if t is not None and rest.slots[t] and t not in rest.carried]
    if cut.figures or not rest.figures or usual or len(begun) < 2 or len(gone_on) < JOINING.gone_on * len(begun):
        return
    for k, target in targets.items():
        rest.before[target if target is not None else 0] = cut.slots[k]
    last.rows.pop()


def _complete(last: TableBlock, block: TableBlock) -> None:
    """A label cut by the end of the page under its amounts: the next page begins with the rest of it, and nothing else."""
    if block.page == last.page or not last.rows or not block.rows:
        return
    cut, rest = last.rows[-1], block.rows[0]
    gone_on = {k: _same_slot(block, last, k) for k, words in enumerate(rest.slots) if words}
    begun = [k for k, words in enumerate(cut.slots) if words and k not in cut.carried]
    if rest.figures or rest.carried or not cut.figures:
        return
    after = {at: rest.slots[k] for k, at in gone_on.items() if at in begun}
    if (
        after
        and len(after) == len(gone_on)
        and all(reads_on(cut.slots[at], words, last.slots[at][1]) for at, words in after.items())
    ):
        cut.after = after
        del block.rows[0]


def _same_slot(last: TableBlock, block: TableBlock, k: int) -> int | None:
    """The slot of the next page that a slot goes on in: odd and even pages may stand apart by their margins."""
    return k if len(last.slots) == len(block.slots) else _slot_at(block, last.slots[k])


def _slot_at(block: TableBlock, span: tuple[float, float]) -> int | None:
    for k, (start, end) in enumerate(block.slots):
        if min(end, span[1]) - max(start, span[0]) > 0.5 * min(end - start, span[1] - span[0]):
            return k
    return None


def slot_headers(table: JoinedTable, block: TableBlock) -> list[str]:
    """The header of each label slot of a block, from the page where the table prints it."""
    printed = zip(block.slot_headers, block.slots, strict=True)
    return [header or _header_of(table, span) for header, span in printed]


def label_of(block: TableBlock, row: TableRow) -> str:
    """The label as printed, its cells joined by a space."""
    return " ".join(text for text in (cell_text(row, k) for k in block.naming) if text)


def _header_of(table: JoinedTable, span: tuple[float, float]) -> str:
    for block in table.blocks:
        k = _slot_at(block, span)
        if k is not None and block.slot_headers[k]:
            return block.slot_headers[k]
    return ""
