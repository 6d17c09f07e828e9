"""Headers: the words above the amount columns, put together cell by cell and level by level.

Cells come from rules where they are drawn, from wide gaps otherwise. A cell over several columns belongs to each of
them. The row of column numbers and formulas under a header is recognised here too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

from sources.pdf.page.lines import Line, around, lines_of, segments, text_of
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import HEADERS, LINES
from sources.pdf.table.columns import FigureColumn
from sources.pdf.table.rows import label_text
from warehouse.schema.lexicon import MONTH_NAME
from warehouse.schema.text import letters

_NUMBERED = re.compile(r"^[(\[]?(?:\d{1,2}|[a-h])[)\]]?$")
_WORDY = re.compile(r"[^\W\d_][^\W\d_x]")  # no number or formula begins like this, but most lines do
_FORMULA = re.compile(r"^(?=.*[=+\-–/])[(\[]?(?:\d{1,2}|[a-hA-H])[)\]]?(?:[=+\-–/*x(\[]+(?:\d{1,2}|[a-hA-H])[)\]]*)+$")
_MONTH_ALONE = re.compile(rf"^{MONTH_NAME}$")
# Words that CONAC's formats print once over a whole group of columns.
GROUP_WORDS = re.compile(
    r"^(?:e\s*g\s*r\s*e\s*s\s*o\s*s?|i\s*n\s*g\s*r\s*e\s*s\s*o\s*s?|presupuesto(?: de egresos)?|momentos? contables?)$",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class HeaderCell:
    """Words of a header and the box they answer for: a ruled cell, or the words' own."""

    box: Box
    words: list[Word]
    ruled: bool


def is_column_numbers(line: Line) -> bool:
    """Whether a line only numbers the columns: `1  2  3 = (1 + 2)  4`."""
    if _WORDY.match(line.words[0].text):
        return False
    pieces = ["".join(w.text for w in piece) for piece in segments(line.words, HEADERS.numbers_gap)]
    if _count_on(pieces) or _is_left_of_numbers(line, pieces):
        return True
    if len(pieces) < 2 or not all(_NUMBERED.match(piece) or _FORMULA.match(piece) for piece in pieces):
        return False
    leads = [number[0] for piece in pieces if (number := re.search(r"\d+|[a-h]", piece))]
    order = [int(lead) if lead.isdigit() else ord(lead) for lead in leads]
    counted = order == list(range(order[0], order[0] + len(order)))
    return leads[0] in ("1", "2", "a", "b") and (counted or any(_FORMULA.match(piece) for piece in pieces))


def _is_left_of_numbers(line: Line, pieces: list[str]) -> bool:
    """Whether a recognised line is the one sum of column numbers that was read, `3=(1+2)`: digits alone are passed over."""
    recognised = all(word.confidence is not None for word in line.words)
    return recognised and len(pieces) == 1 and "=" in pieces[0] and bool(_FORMULA.match(pieces[0]))


def _count_on(pieces: list[str]) -> bool:
    """Whether most pieces are the number of their place, `(1) (2) … (4) (5)`: a sum between them may be misread."""
    placed = sum(piece == f"({n})" for n, piece in enumerate(pieces, 1))
    return placed >= 3 and 2 * placed > len(pieces)


def name_columns(columns: list[FigureColumn], spans: list[tuple[float, float]], cells: list[HeaderCell]) -> None:
    """Give each column its header from the cells above it, from the top."""
    pieces = []
    for cell in cells:
        covered = _under(cell, spans, columns)
        if cell.ruled and (len(covered) < 2 or not _several(cell.words, spans)):
            pieces.append((cell, covered))
        else:
            pieces += [(piece, []) for piece in _loose(cell.words, columns)]
    loose = [piece for piece, covered in pieces if not covered]
    headed = [(piece, covered or _columns_of(piece, loose, spans, columns)) for piece, covered in pieces]
    for index, column in enumerate(columns):
        mine = [(piece, len(covered)) for piece, covered in headed if index in covered]
        column.header_words += [word for piece, _ in mine for word in piece.words]
        column.header = _stacked(mine)


def _under(cell: HeaderCell, spans: list[tuple[float, float]], columns: list[FigureColumn]) -> list[int]:
    """The columns a cell covers; of a ruled one that covers one at most, the one whose figures it holds."""
    covered = _covered(cell.box, spans)
    if cell.ruled and len(covered) == 1 and not cell.box[0] - 2 < columns[covered[0]].edges[1] < cell.box[2] + 2:
        return []
    return covered


def _covered(box: Box, spans: list[tuple[float, float]]) -> list[int]:
    return [
        i
        for i, (start, end) in enumerate(spans)
        if min(box[2], end) - max(box[0], start) >= 0.5 * min(end - start, box[2] - box[0])
    ]


def _several(words: list[Word], spans: list[tuple[float, float]]) -> bool:
    """Whether one ruled cell holds the headers of several columns, apart by gaps only."""
    return any(
        len({i for piece in line.segments for i in _covered(around(piece), spans)}) > 1 and len(line.segments) > 1
        for line in lines_of(words)
    )


def _loose(words: list[Word], columns: list[FigureColumn]) -> list[HeaderCell]:
    return [
        HeaderCell(around(piece), piece, False) for line in lines_of(words) for piece in parted(line.words, columns)
    ]


def parted(words: list[Word], columns: list[FigureColumn]) -> list[list[Word]]:
    """The texts of a header line: cut at wide gaps, and at the right edges of the columns where texts nearly touch."""
    return [part for piece in segments(words, LINES.header_gap) for part in _by_edges(piece, columns)]


def _by_edges(piece: list[Word], columns: list[FigureColumn]) -> list[list[Word]]:
    x0, x1 = piece[0].x0, piece[-1].x1
    over = [c for c in columns if min(c.x1, x1) - max(c.x0, x0) > HEADERS.in_span * (c.x1 - c.x0)]
    if len(over) < 2 or len(piece) < 2:
        return [piece]
    cuts = [
        i
        for i in range(1, len(piece))
        if any(abs(piece[i - 1].x1 - column.edges[2]) < HEADERS.column_edge * piece[i].size for column in over[:-1])
    ]
    if len(cuts) != len(over) - 1:
        return [piece]
    return [piece[a:b] for a, b in pairwise([0, *cuts, len(piece)])]


def _columns_of(
    piece: HeaderCell, loose: list[HeaderCell], spans: list[tuple[float, float]], columns: list[FigureColumn]
) -> list[int]:
    """The columns an unruled header text stands over: its own, or the group it is centred on."""
    if piece.ruled:
        return []
    covered = _covered(piece.box, spans)
    size = piece.box[3] - piece.box[1]
    if not covered:
        return []
    peers = [
        p
        for p in loose
        if p is not piece
        and abs(p.words[0].base - piece.words[0].base) < HEADERS.level * size
        and _covered(p.box, spans)
    ]
    below = [
        p for p in loose if p.words[0].base > piece.words[0].base + HEADERS.level * size and _covered(p.box, spans)
    ]
    named = {i for p in below for i in _covered(p.box, spans)}
    if peers and below and (group := _shared_out(piece, peers, below, spans, columns)):
        return group
    if len(named) < 3 or len(peers) > 1 or not set(covered) <= named:
        return covered
    if len(covered) == 1 and _is_aligned(piece, below, spans) and not GROUP_WORDS.match(text_of(piece.words)):
        return covered
    return _centred_on(piece, covered, columns)


def _is_aligned(piece: HeaderCell, below: list[HeaderCell], spans: list[tuple[float, float]]) -> bool:
    """Whether the text that stands nearest under a header text has its middle or its right edge."""
    covered, size = set(_covered(piece.box, spans)), piece.box[3] - piece.box[1]
    nearest = min((p for p in below if set(_covered(p.box, spans)) & covered), key=lambda p: p.words[0].base)
    middles = (piece.box[0] + piece.box[2]) / 2, (nearest.box[0] + nearest.box[2]) / 2
    return (
        abs(middles[1] - middles[0]) < HEADERS.aligned * size
        or abs(nearest.box[2] - piece.box[2]) < HEADERS.aligned * size
    )


def _centred_on(piece: HeaderCell, covered: list[int], columns: list[FigureColumn]) -> list[int]:
    """The widest run of columns, of those it covers and more, that a header text is centred on."""
    middle, size = (piece.box[0] + piece.box[2]) / 2, piece.box[3] - piece.box[1]
    centre = {
        (a, b): abs((columns[a].x0 + columns[b].x1) / 2 - middle)
        for a in range(len(columns))
        for b in range(a + 1, len(columns))
        if a <= covered[0] and b >= covered[-1]
    }
    if not centre:
        return covered
    a, b = min(centre, key=lambda pair: (round(centre[pair] / (HEADERS.shared * size)), pair[0] - pair[1]))
    return list(range(a, b + 1))


def _shared_out(
    piece: HeaderCell,
    peers: list[HeaderCell],
    below: list[HeaderCell],
    spans: list[tuple[float, float]],
    columns: list[FigureColumn],
) -> list[int]:
    """The columns of a group header beside others, when the texts of the line below share out among them."""
    size = piece.box[3] - piece.box[1]
    upper = sorted([piece, *peers], key=lambda p: p.box[0])
    lower = _first_under(below, size, spans)
    if len(lower) <= len(upper):
        return []
    best = min(
        combinations(range(1, len(lower)), len(upper) - 1),
        key=lambda cuts: sum(_off(u, run, spans, columns) for u, run in zip(upper, _runs(lower, cuts), strict=True)),
    )
    runs = _runs(lower, best)
    if any(_off(u, run, spans, columns) > HEADERS.shared * size for u, run in zip(upper, runs, strict=True)):
        return []
    wrapped = all(
        min(abs(_centre(u) - _centre(p)) for p in run) < HEADERS.aligned * size
        for u, run in zip(upper, runs, strict=True)
    )
    if wrapped and len({tuple(text_of(p.words) for p in run) for run in runs}) > 1:
        return []  # the first lines of headers that go on below, not groups
    return sorted({i for p in runs[upper.index(piece)] for i in _covered(p.box, spans)})


def _first_under(below: list[HeaderCell], size: float, spans: list[tuple[float, float]]) -> list[HeaderCell]:
    """The first text under the groups over each column: a header of two lines begins above its neighbours of one."""
    lower: list[HeaderCell] = []
    for piece in sorted(below, key=lambda p: (p.words[0].base, p.box[0])):
        columns = set(_covered(piece.box, spans))
        if not any(columns & set(_covered(p.box, spans)) for p in lower):
            lower.append(piece)
    first = min(p.words[0].base for p in lower)
    return sorted((p for p in lower if p.words[0].base < first + HEADERS.first_under * size), key=lambda p: p.box[0])


def _runs(lower: list[HeaderCell], cuts: Iterable[int]) -> list[list[HeaderCell]]:
    return [lower[a:b] for a, b in pairwise([0, *cuts, len(lower)])]


def _centre(cell: HeaderCell) -> float:
    return (cell.box[0] + cell.box[2]) / 2


def _off(
    group: HeaderCell, run: list[HeaderCell], spans: list[tuple[float, float]], columns: list[FigureColumn]
) -> float:
    """How far a text stands from the middle of the texts under it, or of their columns."""
    covered = sorted({i for p in run for i in _covered(p.box, spans)})
    middles = [(run[0].box[0] + run[-1].box[2]) / 2]
    if covered:
        middles.append((columns[covered[0]].x0 + columns[covered[-1]].x1) / 2)
    return min(abs(_centre(group) - middle) for middle in middles)


def _stacked(pieces: list[tuple[HeaderCell, int]]) -> str:
    """The texts over one column, each with how many columns it heads: wrapped lines of one cell joined by a space, levels
    by ' | '.
    """
    levels: list[tuple[int, list[Word]]] = []
    for piece, spanned in sorted(pieces, key=lambda pair: (pair[0].words[0].base, pair[0].box[0])):
        if levels and not piece.ruled and levels[-1][0] == spanned:
            levels[-1][1].extend(piece.words)
        else:
            levels.append((spanned if not piece.ruled else -len(levels) - 1, list(piece.words)))
    return " | ".join(_whole_month(label_text(words)) for _, words in levels)


def _whole_month(text: str) -> str:
    """A text without the space at which a narrow cell broke the name of a month: `Septiembr e`."""
    return text.replace(" ", "") if _MONTH_ALONE.match(letters(text)) else text
