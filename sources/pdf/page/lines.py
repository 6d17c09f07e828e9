"""Lines of words, and the segments into which wide gaps cut a line.

What a line is for (title, header, row, prose) is decided elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from sources.pdf.page.words import Box, Word
from sources.pdf.settings import LINES

_READING = attrgetter("base", "x0")
_LEFT = attrgetter("x0")
_BOX = attrgetter("x0", "top", "x1", "bottom")


@dataclass(eq=False)
class Line:
    """Words that stand on one baseline, from left to right."""

    words: list[Word]

    @cached_property
    def box(self) -> Box:
        """The box around its words, in points."""
        return around(self.words)

    @cached_property
    def base(self) -> float:
        """Its baseline: y in points from the top."""
        return sum([w.base for w in self.words]) / len(self.words)

    @cached_property
    def size(self) -> float:
        """The height of its tallest word, in points."""
        return max([w.size for w in self.words])

    @cached_property
    def text(self) -> str:
        """Its words as text."""
        return text_of(self.words)

    @cached_property
    def segments(self) -> list[list[Word]]:
        """Its words, cut at wide gaps."""
        return segments(self.words)


def around(words: Iterable[Word]) -> Box:
    """The box around some words."""
    boxes = list(map(_BOX, words))
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def text_of(words: Iterable[Word]) -> str:
    """The words joined by spaces, but by nothing where they touch (a `$` set apart, a word of several fonts).

    The words of an image were parted where the reader saw a space, however narrow it is.
    """
    text, last = "", None
    for word in words:
        touching = (
            last is not None
            and word.confidence is None
            and abs(word.base - last.base) < LINES.touching_base * word.size
            and -1 < word.x0 - last.x1 < LINES.touching * word.size
        )
        text += word.text if not text or touching else f" {word.text}"
        last = word
    return text


def segments(words: list[Word], gap: float = LINES.segment_gap) -> list[list[Word]]:
    """The words of one line, cut at its wide gaps."""
    pieces: list[list[Word]] = []
    end = before = 0.0
    for word in words:
        size = word.bottom - word.top
        if pieces and word.x0 - end < gap * min(size, before):
            pieces[-1].append(word)
        else:
            pieces.append([word])
        end, before = word.x1, size
    return pieces


def lie_over(a: Word, b: Word) -> bool:
    """Whether two words that follow each other on a line are printed over one another."""
    return b.x0 < a.x1 - LINES.overlap * a.size


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines from the top, each from left to right."""
    lines: list[list[Word]] = []
    line: list[Word] = []
    base = size = 0.0
    for word in sorted(words, key=_READING):
        gap = word.base - base
        if line and (not gap or gap <= LINES.same_base * min(word.size, size)):
            line.append(word)
            base += gap / len(line)
        else:
            line, base, size = [word], word.base, word.size
            lines.append(line)
    return [Line(sorted(line, key=_LEFT)) for line in (_raised(lines) if len(lines) > 1 else lines)]


def _raised(lines: list[list[Word]]) -> list[list[Word]]:
    """Note marks set small and high at the end of a word go back to that word's line."""
    kept: list[list[Word]] = []
    sizes = [[w.bottom - w.top for w in line] for line in lines]
    for i, line in enumerate(lines[:-1]):
        below = lines[i + 1]
        if min(sizes[i]) < LINES.mark_size * max(sizes[i + 1]):
            marks = [
                w
                for w in line
                if len(w.text) <= 2 and not _is_read_on(w, line) and any(_is_mark_on(w, word) for word in below)
            ]
            if marks:
                below += marks
                sizes[i + 1] += [w.size for w in marks]
                line = [w for w in line if w not in marks]
        if line:
            kept.append(line)
    return [*kept, *lines[-1:]]


def _is_read_on(word: Word, line: list[Word]) -> bool:
    """Whether a word has others of its line at both sides, a space away."""
    near = LINES.space * word.size
    return any(0 < word.x0 - w.x1 < near for w in line) and any(0 < w.x0 - word.x1 < near for w in line)


def _is_mark_on(mark: Word, word: Word) -> bool:
    return (
        mark.size < LINES.mark_size * word.size
        and word.top - LINES.mark_rise * word.size < mark.base < word.base
        and -1 <= mark.x0 - word.x1 < LINES.mark_gap * word.size
    )


def is_mark(word: Word, line: list[Word]) -> bool:
    """Whether a word of a line is a raised note mark."""
    return any(other is not word and _is_mark_on(word, other) for other in line)
