"""Words printed over words: a copy that makes print bold or casts a shadow, and a figure set over another.

PDFium drops a copy that follows its text at once; one that follows when all was printed stays, and would be another column or row.
"""

import itertools
from collections import defaultdict

from sources.pdf.page.words import PageText, Word
from sources.pdf.settings import MARKS
from sources.raw.numeric import is_numeric


def settle_overprint(text: PageText) -> None:
    """Leaves one of the copies of each word; of two figures at one place the later, with a sign nobody can tell alone."""
    copies, under = _copies(text.words), set()
    words = [word for word in text.words if word not in copies]
    for word, later in _over_one_another([word for word in words if is_numeric(word.text)]):
        under.add(word)
        later.unclear = True
    if copies or under:
        text.struck += [word for word in words if word in under]
        text.words = [word for word in words if word not in under]


def _copies(words: list[Word]) -> set[Word]:
    """The words that are printed again in almost the same place: all but the last of each."""
    alike: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        alike[word.text].append(word)
    return {
        one
        for same in alike.values()
        if len(same) > 1
        for n, one in enumerate(same)
        for other in same[n + 1 :]
        if abs(one.x0 - other.x0) < min(MARKS.shadow * one.size, (one.x1 - one.x0) / 2)
        and abs(one.base - other.base) < MARKS.shadow * one.size
        and abs(one.size - other.size) < MARKS.shadow * one.size
    }


def _over_one_another(figures: list[Word]) -> list[tuple[Word, Word]]:
    """The figures of one line that share most of their width, each pair in the order of printing."""
    pairs = []
    ordered = sorted(figures, key=lambda word: (round(word.base), word.x0))
    for one, other in itertools.pairwise(ordered):
        shared = min(one.x1, other.x1) - max(one.x0, other.x0)
        level = abs(one.base - other.base) < MARKS.shadow * one.size
        if level and shared > MARKS.shared * min(one.x1 - one.x0, other.x1 - other.x0):
            first, later = sorted((one, other), key=lambda word: word.order)
            pairs.append((first, later))
    return pairs
