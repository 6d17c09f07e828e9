"""Rows of a block: which label lines and which figures were printed as one row.

Ruled rows settle it. Elsewhere each line of figures is matched with the label line beside it, and label lines that are
left over are joined to the line above or below, or stand as a heading row, by what wrapped text looks like.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.pdf.page.lines import Line, around, lines_of
from sources.pdf.page.printed_figures import PrintedFigure
from sources.pdf.page.words import Box, Word
from sources.pdf.settings import ROWS
from warehouse.schema.lexicon import COMPOUND_FIRSTS

_STARTS = re.compile(r"^(?:\d+[.\d]*\b|[A-Z]{1,2}\.?\d+\b|[A-Za-z]\d*\)|[IVX]+\.|[A-Z]\.|[-•*◦·]|\([a-z\d]\))")
_LEADS_ON = re.compile(
    r"(?:\b(?:de|del|la|las|los|el|y|e|o|u|en|para|por|con|a|al|que|sin|su|sus|entre|como|se)|[,/(:–])$", re.IGNORECASE
)
_COMPOUND = re.compile(rf"\b(?:{'|'.join(COMPOUND_FIRSTS)})-$", re.IGNORECASE)
_CUT = re.compile(r"[^\W\d_][-‐\u00ad]$")


@dataclass(eq=False)
class TableRow:
    """One printed row: its label words by label slot, and its figures by amount column."""

    slots: list[list[Word]]
    figures: dict[int, list[PrintedFigure]] = field(default_factory=dict)
    carried: set[int] = field(default_factory=set)  # label slots filled from a vertically merged cell
    before: dict[int, list[Word]] = field(default_factory=dict)  # what the page before prints of the same row
    after: dict[int, list[Word]] = field(default_factory=dict)  # what the next page prints of it

    @property
    def words(self) -> list[Word]:
        """Its own words: not those of a merged cell that stands in another row."""
        labels = [w for i, words in enumerate(self.slots) if i not in self.carried for w in words]
        return labels + [w for cell in self.figures.values() for f in cell for w in f.words]

    @property
    def box(self) -> Box:
        """The box around its words, in points."""
        return around(self.words or [w for words in self.slots for w in words])


@dataclass(eq=False)
class _Level:
    """Figures that stand side by side: the amounts of one row."""

    figures: dict[int, list[PrintedFigure]]

    @property
    def base(self) -> float:
        return median(f.base for cell in self.figures.values() for f in cell)

    @property
    def size(self) -> float:
        return max(f.size for cell in self.figures.values() for f in cell)


def levels_of(figures: Sequence[tuple[int, PrintedFigure]]) -> list[_Level]:
    """Figures (with their column) gathered into levels from the top."""
    levels: list[_Level] = []
    for column, figure in sorted(figures, key=lambda pair: pair[1].base):
        level = levels[-1] if levels else None
        if level is None or figure.base - level.base > ROWS.level * figure.size or column in level.figures:
            levels.append(_Level({column: [figure]}))
        else:
            level.figures[column] = [figure]
    return levels


def split_rows(labels: list[list[Word]], main: int, figures: Sequence[tuple[int, PrintedFigure]]) -> list[TableRow]:
    """The rows of a stretch that no rules divide. `labels` are its label words by slot; `main` is the text slot."""
    lines = lines_of(labels[main]) if labels else []
    levels = levels_of(figures)
    match = _matched(lines, levels)
    levels, match = _completed(lines, levels, match)
    groups = _groups(lines, levels, match)
    rows = []
    for members, mine in groups:
        row = TableRow([[] for _ in labels])
        if labels:
            row.slots[main] = [w for line in members for w in line.words]
        for level in mine:
            for column, cell in level.figures.items():
                row.figures.setdefault(column, []).extend(cell)
        rows.append(row)
    _attach(rows, labels, main)
    _complement([row for row in rows if row.words], main)
    return [row for row in rows if row.words]


def _complement(rows: list[TableRow], main: int) -> None:
    """A text without key and amounts, over a key and amounts without a text: one tall row, its text set at its top."""
    for row, below in pairwise(rows):
        others = [k for k in range(len(row.slots)) if k != main]
        if (
            not row.figures
            and not any(row.slots[k] for k in others)
            and below.figures
            and not below.slots[main]
            and any(below.slots[k] for k in others)
            and below.box[1] - row.box[3] < ROWS.complement * max(w.size for w in below.words)
        ):
            below.slots[main], row.slots[main] = row.slots[main], []


def _matched(lines: list[Line], levels: list[_Level]) -> dict[int, int]:
    """Label line beside each level: nearest first, one to one."""
    heights = [(level.base, level.size) for level in levels]
    pairs = sorted(
        (abs(line.base - base), i, j)
        for j, (base, size) in enumerate(heights)
        for i, line in enumerate(lines)
        if abs(line.base - base) <= ROWS.beside * max(line.size, size)
    )
    match: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in pairs:
        if j not in match and i not in used:
            match[j] = i
            used.add(i)
    return match


def _completed(lines: list[Line], levels: list[_Level], match: dict[int, int]) -> tuple[list[_Level], dict[int, int]]:
    """Levels that no label line stands beside and that fill the gaps of a neighbour belong to the neighbour's row, as
    do those next to them: the cells of a tall row are set at its top, its middle and its foot.
    """
    joined: dict[int, int] = {}
    reach = {k: (levels[k].base, levels[k].base) for k in match}
    filled = {k: set(levels[k].figures) for k in match}
    growing = bool(lines)
    while growing:
        growing = False
        for j, level in enumerate(levels):
            if j in match or j in joined:
                continue
            near = [
                (gap, k)
                for k in _neighbours(j, levels, match, joined)
                if (gap := max(reach[k][0] - level.base, level.base - reach[k][1])) <= ROWS.completed * level.size
                and filled[k].isdisjoint(level.figures)
            ]
            if near:
                _, k = min(near)
                for column, cell in level.figures.items():
                    levels[k].figures.setdefault(column, []).extend(cell)
                filled[k] |= set(level.figures)
                reach[k] = min(reach[k][0], level.base), max(reach[k][1], level.base)
                joined[j], growing = k, True
    kept = [j for j in range(len(levels)) if j not in joined]
    return [levels[j] for j in kept], {kept.index(j): i for j, i in match.items() if j in kept}


def _neighbours(j: int, levels: list[_Level], match: dict[int, int], joined: dict[int, int]) -> set[int]:
    """The rows right above and below a level: a level beside a label, or the one that the next level was joined to."""
    return {joined.get(k, k) for k in (j - 1, j + 1) if 0 <= k < len(levels) and (k in match or k in joined)}


def _groups(lines: list[Line], levels: list[_Level], match: dict[int, int]) -> list[tuple[list[Line], list[_Level]]]:
    """Label lines cut into rows, each with its level; from the top."""
    beside = {i: j for j, i in match.items()}
    pitch = _pitch(lines, beside)
    right = _right(lines)
    links = [link_of(a, b, pitch, right) for a, b in pairwise(lines)]
    for j, level in enumerate(levels):
        if j not in match:
            _straddle(j, level, lines, beside, links)
    cuts = {i for i, link in enumerate(links) if link <= 0}
    held = [i for i in range(len(lines)) if i in beside]
    for a, b in pairwise(held):
        if beside[a] != beside[b] and not any(a <= i < b for i in cuts):
            # Of two that look alike, the cut is not before a small letter.
            cuts.add(min(range(a, b), key=lambda i: (links[i], lines[i + 1].text[0].islower())))
    groups: list[tuple[list[Line], list[_Level]]] = []
    start = 0
    for end in [*sorted(cuts), len(lines) - 1]:
        members = lines[start : end + 1]
        mine = sorted({beside[i] for i in range(start, end + 1) if i in beside})
        if members:
            groups.append((members, [levels[j] for j in mine]))
        start = end + 1
    placed = {level for _, mine in groups for level in mine}
    groups += [([], [level]) for level in levels if level not in placed]
    return sorted(groups, key=lambda g: min([line.base for line in g[0]] + [level.base for level in g[1]]))


def _right(lines: list[Line]) -> float:
    """Where the label column ends: a lone text far beyond all others runs over into the next cell."""
    ends = sorted(line.box[2] for line in lines)
    if len(ends) >= ROWS.ends and ends[-1] - ends[-2] > ROWS.beyond * lines[0].size:
        return ends[-2]
    return ends[-1] if ends else 0.0


def _straddle(j: int, level: _Level, lines: list[Line], beside: dict[int, int], links: list[float]) -> None:
    """A level between two lines of its label: both are its own."""
    above = [i for i, line in enumerate(lines) if line.base <= level.base]
    i = above[-1] if above else -1
    near = [
        k
        for k in (i, i + 1)
        if 0 <= k < len(lines)
        and k not in beside
        and abs(lines[k].base - level.base) <= ROWS.straddled * max(lines[k].size, level.size)
    ]
    for k in near:
        beside[k] = j
    if len(near) == 2:
        links[i] = max(links[i], 1.0)


def _pitch(lines: list[Line], beside: dict[int, int]) -> float:
    """The usual distance between label lines that have amounts of their own."""
    steps = [b.base - a.base for i, (a, b) in enumerate(pairwise(lines)) if i in beside and i + 1 in beside]
    return median(steps) if steps else 0.0


def begins_row(line: Line) -> bool:
    """Whether a line begins with a code or a bullet."""
    return bool(_STARTS.match(line.text))


def link_of(a: Line, b: Line, pitch: float, right: float) -> float:
    """How much line `b` looks like the continuation of line `a`: above zero, it is."""
    if _stand_beside(a, b):
        return ROWS.one_line
    return _link_by_text(a, b) + _link_by_place(a, b, pitch, right) - ROWS.doubt


def _stand_beside(a: Line, b: Line) -> bool:
    """Whether two texts stand side by side, a little higher the one than the other: a key set at the middle of a tall row,
    and its text set at the top.
    """
    apart = a.box[2] < b.box[0] or b.box[2] < a.box[0]
    return apart and b.base - a.base < ROWS.beside * max(a.size, b.size)


def _link_by_text(a: Line, b: Line) -> float:
    """What the letters say of it: how `b` begins, how `a` ends, whether both are of one weight and case."""
    text = b.text
    score = 0.0
    if _STARTS.match(text):
        score -= ROWS.starts
    elif text[0].islower() or text[0] in "(,;":
        score += ROWS.starts
    if _LEADS_ON.search(a.text) or a.text.count("(") > a.text.count(")"):
        score += ROWS.leads_on
    if a.words[0].bold != b.words[0].bold:
        score -= ROWS.other_weight
    if a.text.isupper() != text.isupper() and any(c.isalpha() for c in text) and len(text) > 4:
        score -= ROWS.other_case
    return score


def _link_by_place(a: Line, b: Line, pitch: float, right: float) -> float:
    """What the places say of it: the room that `a` had left for the first word of `b`, their distance, their indent."""
    size = max(a.size, b.size)
    step = b.base - a.base
    first = b.words[0]
    score = 0.0
    room = right - a.box[2] - (first.x1 - first.x0) - ROWS.room_gap * size
    if room < 0:
        score += ROWS.no_room
    elif room > ROWS.room_share * (right - a.box[0]):
        score -= ROWS.room
    if pitch > ROWS.spaced * size:
        score += ROWS.near_score if step < ROWS.near * pitch else -ROWS.not_near
    if step > ROWS.far * size and step > ROWS.far_pitch * pitch:
        score -= ROWS.far_score
    if abs(b.box[0] - a.box[0]) > ROWS.indent * size:
        score -= ROWS.indent_score
    return score


def reads_on(above: list[Word], below: list[Word], right: float) -> bool:
    """Whether words that begin a page are the rest of a label cell that ends the page before, and whose column's texts
    reach to `right`: the next word has no room there, and the texts themselves lead on.
    """
    a, b = lines_of(above)[-1], lines_of(below)[0]
    return b.words[0].x1 - b.words[0].x0 > right - a.box[2] - a.size and link_of(a, b, 0.0, right) > 1


def _attach(rows: list[TableRow], labels: list[list[Word]], main: int) -> None:
    """Words of the other label slots go to the row whose lines they stand beside."""
    ranges = [(row, around(row.words)) for row in rows if row.words]
    for slot, words in enumerate(labels):
        if slot == main:
            continue
        for line in lines_of(words):
            middle = (line.box[1] + line.box[3]) / 2
            if not ranges:
                rows.append(TableRow([[] for _ in labels]))
                ranges = [(rows[-1], line.box)]
            row, _ = min(
                ranges, key=lambda pair: (max(pair[1][1] - middle, middle - pair[1][3], 0.0), not pair[0].figures)
            )
            row.slots[slot].extend(line.words)


def cell_text(row: TableRow, slot: int) -> str:
    """The text of one label cell of a row, over two pages where the row was cut by the page's end."""
    return unhyphenated([label_text(words) for words in _pieces(row, slot) if words])


def _pieces(row: TableRow, slot: int) -> tuple[list[Word], list[Word], list[Word]]:
    return row.before.get(slot, []), row.slots[slot], row.after.get(slot, [])


def label_text(words: list[Word]) -> str:
    """The words of one label cell, lines unwrapped, and words whole that a hyphen cuts at the line's end."""
    if not words:
        return ""
    lines: list[Line] = []
    for line in lines_of(words):
        if lines and _stand_beside(lines[-1], line):
            lines[-1] = Line(sorted(lines[-1].words + line.words, key=lambda w: w.x0))
        else:
            lines.append(line)
    return unhyphenated([line.text for line in lines])


def unhyphenated(lines: Iterable[str]) -> str:
    """Lines of one text put together: a hyphen at a line's end before a small letter cuts a word, or joins two."""
    text = ""
    for line in lines:
        if text and _CUT.search(text) and line[:1].islower():
            text = (text if _COMPOUND.search(text) else text[:-1]) + line
        else:
            text = f"{text} {line}" if text else line
    return text


def label_words(row: TableRow) -> list[Word]:
    """The words of all label cells of a row, in the order of their texts."""
    cells = [words for k in range(len(row.slots)) for words in _pieces(row, k)]
    return [word for words in cells if words for line in lines_of(words) for word in line.words]
