"""What stands at a figure and is no digit of it: the line that strikes it out, a minus drawn as a line, a note, an arrow.

What is set apart here takes part in no table; what is drawn for a sign becomes one. Whether a sign makes an amount negative is
for `transforms.words.money`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from sources.pdf.page.printed_figures import FigureKind, PrintedFigure, kind_of
from sources.pdf.page.rulings import Painting, Ruling, Rulings
from sources.pdf.page.words import Box, PageText, Word
from sources.pdf.settings import MARKS
from sources.raw.numeric import CREDIT, DASHES, is_numeric

_NOTE = re.compile(
    r"^(?:(?:\d{1,2}|[a-z]{1,2})/|/\d{1,2}|\*{1,3}|\((?:\d{1,2}|[a-z])\)|\[(?:\d{1,2}|[a-z])\]|[⁰¹²³⁴-⁹]{1,2})$"
)
_RAISED = re.compile(r"^(?:\d{1,2}|[a-z])$")  # smaller than its figure
_CENTAVOS = re.compile(r"^\d\d$")
_PESOS = re.compile(r"^[-(]?\$?\d{1,3}(?:[,'’´]\d{3})*$")
_ARROWS = "▲▼△▽▴▾↑↓⇧⇩⬆⬇↗↘"
_ARROW = re.compile(rf"^[{_ARROWS}]+$")
_SIGNED = re.compile(rf"[{DASHES}(<\[]|{CREDIT}$")
_UNSIGNED = re.compile(r"^\$?\d|^\$$")


def settle_marks(text: PageText, painting: Painting) -> None:
    """Set apart the struck-out figures, the notes and the arrows of a page, and put a sign where one is drawn."""
    figures = [word for word in text.words if is_numeric(word.text)]
    if figures and painting.rulings.across:
        _strike(text, figures, painting.rulings)
    if figures and painting.dashes:
        text.words += _drawn_signs(text.words, figures, painting.dashes)
    _take_centavos(text, figures)
    small = MARKS.note_size * max((word.size for word in figures), default=0.0)
    notes = [w for w in text.words if _NOTE.match(w.text) or (w.size < small and _RAISED.match(w.text))]
    arrows = [word for word in text.words if word.text[0] in _ARROWS and _ARROW.match(word.text)]
    if notes or arrows:
        _take_notes(text, notes, arrows)


def _strike(text: PageText, figures: list[Word], rulings: Rulings) -> None:
    x0, x1, size = _edges(figures)
    at = np.array([rule.at for rule in rulings.across])
    start, end = np.array([rule.start for rule in rulings.across]), np.array([rule.end for rule in rulings.across])
    slack = MARKS.end * size
    through = _level(at, figures) & (start <= x0 + slack) & (end >= x1 - slack)
    gone = set()
    for n, k in zip(*np.nonzero(through), strict=True):
        if not _is_of_grid(rulings.across[k], figures[n], text, rulings):
            gone.add(figures[n])
    if gone:
        text.struck += [word for word in figures if word in gone]
        text.words = [word for word in text.words if word not in gone]


def _edges(words: list[Word]) -> Any:
    """The left and right edges of words, and their sizes, each as an array of n × 1."""
    left, right = np.array([word.x0 for word in words]), np.array([word.x1 for word in words])
    size = np.array([word.bottom - word.top for word in words])
    return left[:, None], right[:, None], size[:, None]


def _level(at: Any, words: list[Word]) -> Any:
    """Which lines run at the height of the middle of whose digits: not under them, and not over them."""
    base, size = np.array([word.base for word in words])[:, None], _edges(words)[2]
    return (base - at > MARKS.low * size) & (base - at < MARKS.high * size)


def _is_of_grid(rule: Ruling, word: Word, text: PageText, rulings: Rulings) -> bool:
    """Whether a line belongs to the rules of a table: it runs on beyond what is written at its height, or ends at rules."""
    level = [w for w in text.words if abs(w.base - word.base) < MARKS.level * word.size]
    if rule.start < min(w.x0 for w in level) - word.size or rule.end > max(w.x1 for w in level) + word.size:
        return True
    return any(
        down.start <= rule.at <= down.end
        and min(abs(down.at - rule.start), abs(down.at - rule.end)) < MARKS.end * word.size
        for down in rulings.down
    )


def _drawn_signs(words: list[Word], figures: list[Word], dashes: list[Box]) -> list[Word]:
    """Minus signs where a short line is drawn right before or behind a figure, at the height of its middle."""
    beside = [word for word in words if word.text == "$"] + figures
    x0, x1, size = _edges(beside)
    start, top, end, bottom = np.array(dashes).T[:, None, :]
    slack = MARKS.end * size
    before, behind = x0 - end, start - x1
    near = (before > -slack) & (before < MARKS.sign_gap * size) | (behind > -slack) & (behind < MARKS.note_gap * size)
    far = (before >= MARKS.sign_gap * size) & (before < MARKS.cell * size)
    long = (end - start > MARKS.least_sign * size) & (end - start < MARKS.most_sign * size)
    signs: dict[Box, Word] = {}
    for n, k in zip(*np.nonzero((near | far) & long & _level((top + bottom) / 2, beside)), strict=True):
        word, dash = beside[n], dashes[k]
        if not (
            _UNSIGNED.match(word.text)
            and (word.text == "$" or _is_money(word))
            and _is_alone(dash, word, words, dashes)
        ):
            continue
        if far[n, k]:  # at the other side of its cell, or in a cell of its own: the sums may tell
            word.unclear |= not _is_anything_between(dash, word, words)
        else:
            signs[dash] = Word("-", dash[0], word.top, dash[2], word.bottom, word.base, word.bold, word.order)
    return list(signs.values())


def _is_alone(dash: Box, word: Word, words: list[Word], dashes: list[Box]) -> bool:
    """Whether a short line crosses no other word, and is no part of a dotted one."""
    x0, top, x1, bottom = dash
    at = (top + bottom) / 2
    if any(w is not word and w.x0 < x1 and x0 < w.x1 and w.top < at < w.bottom for w in words):
        return False
    return not any(
        abs((d[1] + d[3]) / 2 - at) < 1 and d is not dash and -1 < x0 - d[2] < MARKS.leader * word.size for d in dashes
    )


def _is_anything_between(dash: Box, word: Word, words: list[Word]) -> bool:
    return any(dash[2] <= w.middle <= word.x0 and w.top < word.base <= w.bottom + MARKS.level * w.size for w in words)


def _is_money(word: Word) -> bool:
    return kind_of(word.text) is FigureKind.MONEY


def _take_centavos(text: PageText, figures: list[Word]) -> None:
    """Two small digits set high behind whole pesos are centavos where many figures of the page have them: `1,234` and `50`."""
    behind = {
        word: mark
        for mark in figures
        if _CENTAVOS.match(mark.text)
        for word in figures
        if _PESOS.match(word.text)
        and mark.size < MARKS.note_size * word.size
        and -MARKS.end * word.size < mark.x0 - word.x1 < MARKS.end * word.size
        and word.top - MARKS.level * word.size < mark.base < word.bottom
    }
    whole = sum(bool(_PESOS.match(word.text)) and _is_money(word) for word in figures)
    if len(behind) < MARKS.centavos or 2 * len(behind) < whole:
        return
    for word, mark in behind.items():
        word.text, word.x1 = f"{word.text}.{mark.text}", mark.x1
    gone = set(behind.values())
    text.words = [word for word in text.words if word not in gone]


def _take_notes(text: PageText, notes: list[Word], arrows: list[Word]) -> None:
    """Notes right behind an amount, and arrows beside one: an arrow says a direction, and nobody knows the sign by it."""
    amounts = [word for word in text.words if _is_money(word)]

    def beside(mark: Word, gap: Callable[[Word, Word], float]) -> Word | None:
        near = (
            word
            for word in amounts
            if -MARKS.end * word.size < gap(mark, word) < MARKS.note_gap * word.size
            and word.top - MARKS.level * word.size < mark.base < word.bottom
        )
        return next(near, None)

    for note in notes:
        behind = beside(note, lambda mark, word: mark.x0 - word.x1)
        if behind is not None and _RAISED.match(note.text) and note.size > MARKS.note_size * behind.size:
            continue
        if (behind is not None and (note.text[-1] != ")" or note.x0 - behind.x1 < MARKS.end * behind.size)) or (
            note.text[0] == "*" and beside(note, lambda mark, word: word.x0 - mark.x1)
        ):
            text.notes.append(note)
    for arrow in arrows:
        word = beside(arrow, lambda mark, word: mark.x0 - word.x1) or beside(
            arrow, lambda mark, word: word.x0 - mark.x1
        )
        if word is not None:
            word.unclear = True
            text.notes.append(arrow)
    gone = set(text.notes)
    text.words = [word for word in text.words if word not in gone]


def doubt_red(
    columns: Iterable[Sequence[tuple[PrintedFigure, Sequence[Word]]]], headers: Iterable[Sequence[Word]]
) -> None:
    """Of the figures of a table, by column and each with the words of its label, those in red without a sign where others are
    not red: red may be a minus. Where the label is red too, or the header of a red column, it is the look of the row or column.
    """
    amounts = [[(f, label) for f, label in column if f.kind is FigureKind.MONEY] for column in columns]
    red = [[f for f, label in column if _in_red(f.words) and not _in_red(label)] for column in amounts]
    if sum(map(len, red)) == sum(map(len, amounts)):
        return
    for mine, all_of, header in zip(red, amounts, headers, strict=True):
        if len(mine) == len(all_of) and _in_red(header):
            continue
        for figure in mine:
            if not _SIGNED.search(figure.text):
                for word in figure.words:
                    word.unclear = True


def _in_red(words: Sequence[Word]) -> bool:
    return bool(words) and all(map(_is_red, words))


def _is_red(word: Word) -> bool:
    colour = word.style.colour if word.style is not None else None
    return colour is not None and colour.red - max(colour.green, colour.blue) >= MARKS.red
