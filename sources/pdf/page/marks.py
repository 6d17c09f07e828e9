"""What stands at a figure and is no digit of it: the line that strikes it out, a minus drawn as a line, a note, an arrow.

What is set apart here takes part in no table; what is drawn for a sign becomes one. Whether a sign makes an amount negative is
for `transforms.words.money`.
"""

import re
from collections.abc import Callable

from sources.pdf.page.figures import FigureKind, kind_of
from sources.pdf.page.rulings import Painting, Rulings
from sources.pdf.page.words import Box, PageText, Word
from sources.pdf.settings import MARKS
from sources.raw.numeric import is_numeric

_NOTE = re.compile(r"^(?:\d{1,2}|[a-z]{1,2})/$")
_ARROWS = "▲▼△▽▴▾↑↓⇧⇩⬆⬇↗↘"
_ARROW = re.compile(rf"^[{_ARROWS}]+$")
_UNSIGNED = re.compile(r"^\$?\d|^\$$")


def settle_marks(text: PageText, painting: Painting) -> None:
    """Set apart the struck-out figures, the notes and the arrows of a page, and put a sign where one is drawn."""
    figures = [word for word in text.words if is_numeric(word.text)]
    _strike(text, figures, painting.rulings)
    if painting.dashes:
        text.words += _drawn_signs(text.words, painting.dashes)
    notes = [word for word in text.words if _NOTE.match(word.text)]
    arrows = [word for word in text.words if word.text[0] in _ARROWS and _ARROW.match(word.text)]
    if notes or arrows:
        _take_notes(text, notes, arrows)


def _strike(text: PageText, figures: list[Word], rulings: Rulings) -> None:
    struck = {
        word for word in figures if any(_is_through(rule.at, rule.start, rule.end, word) for rule in rulings.across)
    }
    if not struck:
        return
    text.struck = [
        word
        for word in struck
        if any(
            _is_through(rule.at, rule.start, rule.end, word)
            and not _is_of_grid(rule.at, rule.start, rule.end, word, text, rulings)
            for rule in rulings.across
        )
    ]
    gone = set(text.struck)
    text.words = [word for word in text.words if word not in gone]


def _is_through(at: float, start: float, end: float, word: Word) -> bool:
    slack = MARKS.end * word.size
    return _is_level(at, word) and start <= word.x0 + slack and end >= word.x1 - slack


def _is_level(at: float, word: Word) -> bool:
    """Whether a line runs at the height of the middle of a word's digits: not under them, and not over them."""
    return MARKS.low * word.size < word.base - at < MARKS.high * word.size


def _is_of_grid(at: float, start: float, end: float, word: Word, text: PageText, rulings: Rulings) -> bool:
    """Whether a line belongs to the rules of a table: it runs on beyond what is written at its height, or ends at rules."""
    level = [w for w in text.words if abs(w.base - word.base) < MARKS.level * word.size]
    if start < min(w.x0 for w in level) - word.size or end > max(w.x1 for w in level) + word.size:
        return True
    return any(
        rule.start <= at <= rule.end and (rule.at - start) * (rule.at - end) <= word.size for rule in rulings.down
    )


def _drawn_signs(words: list[Word], dashes: list[Box]) -> list[Word]:
    """Minus signs where a short line is drawn right before or behind a figure, at the height of its middle."""
    signs: list[Word] = []
    unsigned = [word for word in words if _UNSIGNED.match(word.text) and (word.text == "$" or _is_money(word))]
    for x0, top, x1, bottom in dashes:
        at = (top + bottom) / 2
        beside = [w for w in unsigned if _is_level(at, w) and _is_sign_of(x0, x1, w)]
        if not beside:
            continue
        word = min(beside, key=lambda w: max(w.x0 - x1, x0 - w.x1))
        others = [w for w in words if w is not word and w.x0 < x1 and x0 < w.x1 and w.top < at < w.bottom]
        line = [d for d in dashes if abs((d[1] + d[3]) / 2 - at) < 1 and 0 < x0 - d[2] < MARKS.leader * word.size]
        if not others and not line:
            signs.append(Word("-", x0, word.top, x1, word.bottom, word.base, word.bold, word.order))
    return signs


def _is_money(word: Word) -> bool:
    return kind_of(word.text) is FigureKind.MONEY


def _is_sign_of(x0: float, x1: float, word: Word) -> bool:
    size = word.size
    if not MARKS.least_sign * size < x1 - x0 < MARKS.most_sign * size:
        return False
    before, behind = word.x0 - x1, x0 - word.x1
    slack = MARKS.end * size
    return -slack < before < MARKS.sign_gap * size or -slack < behind < MARKS.note_gap * size


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
        if beside(note, lambda mark, word: mark.x0 - word.x1):
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
