"""Headers set on their side: texts that run upwards over the columns of a table whose other words run across.

Which way words run is for `words`; headers that run with the page are for `head` and `headers`.
"""

from collections.abc import Sequence

from sources.pdf.page.lines import text_of
from sources.pdf.page.words import Word
from sources.pdf.settings import HEADERS
from sources.pdf.table.block import TableBlock


def name_by_sideways(blocks: Sequence[TableBlock], sideways: Sequence[Word]) -> None:
    """Give the columns without a header the texts that stand upright over them."""
    for block in blocks:
        bare = [i for i, name in enumerate(block.header) if not name]
        if not sideways or not block.rows or len(bare) < HEADERS.upright_named * len(block.columns):
            continue
        first = block.rows[0].box
        strips = [
            strip
            for strip in strips_of(sideways)
            if -1
            < first[1] - max(w.bottom for w in strip) + (first[3] - first[1])
            < HEADERS.upright_far * (first[3] - first[1])
        ]
        named = {i: _over(strips, *block.spans[i]) for i in bare}
        if sum(bool(words) for words in named.values()) < HEADERS.upright_named * len(block.columns):
            continue
        for i, words in named.items():
            block.columns[i].header = text_of(words)
            block.columns[i].header_words = words
            block.upright += words


def strips_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each upright line of text, in the order they are printed, from the left."""
    strips: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.order)):
        if strips and abs(strips[-1][0].middle - word.middle) < 0.5 * (word.x1 - word.x0):
            strips[-1].append(word)
        else:
            strips.append([word])
    return [sorted(strip, key=lambda w: w.order) for strip in strips]


def _over(strips: list[list[Word]], start: float, end: float) -> list[Word]:
    return [word for strip in strips if start < strip[0].middle < end for word in strip]
