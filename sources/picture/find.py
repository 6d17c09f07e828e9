"""Where the header of a column and the title of a table stand on a page, by their words.

A release holds the text of headers and titles, not their places; and a table that runs over pages may repeat them.
"""

from collections.abc import Iterable, Sequence

from sources.pdf.page.lines import around, lines_of
from sources.pdf.page.words import Box, Word
from warehouse.schema.text import letters

_LINE = 16.0  # points: the words of a header cell may stand one a line
_FARTHEST = 90.0  # from the middle of the figures to the middle of the header cell above them
_NEAR_TITLE = 130.0


def header_box(words: Sequence[Word], header: str, column: Box) -> Box | None:
    """The box of the header's words, above the column's figures; None where it is not printed there.

    `header` has its levels joined by ' | ' from the top; each level stands over the one below it.
    """
    below, parts = column, []
    for level in reversed(header.split(" | ")):
        above = [w for w in words if w.bottom <= below[1] + 2]
        found = _phrase(above, level, below)
        if found is None:
            break
        parts.append(found)
        below = around(found)
    return around([word for part in parts for word in part]) if parts else None


def _phrase(words: Sequence[Word], text: str, below: Box) -> list[Word] | None:
    """The words of a text that stand together, nearest over a box."""
    wanted = [letters(part) for part in text.split() if letters(part)]
    by_text: dict[str, list[Word]] = {}
    for word in words:
        by_text.setdefault(letters(word.text), []).append(word)
    known = [part for part in wanted if part in by_text]
    if not known or 2 * len(known) < len(wanted):
        return None
    best: tuple[float, list[Word]] | None = None
    for first in by_text[known[0]]:
        chosen = [first]
        for part in known[1:]:
            left = [word for word in by_text[part] if word not in chosen]
            if left:
                last = chosen[-1]
                chosen.append(
                    min(left, key=lambda word: abs(word.middle - last.middle) + 2 * abs(word.base - last.base))
                )
        box = around(chosen)
        aside = abs((box[0] + box[2]) / 2 - (below[0] + below[2]) / 2)
        if box[3] - box[1] > _LINE * (1 + len(chosen)) or aside > max(_FARTHEST, box[2] - box[0], below[2] - below[0]):
            continue
        cost = aside + (below[1] - box[3]) / 2 + 3 * (box[3] - box[1])
        if best is None or cost < best[0]:
            best = cost, chosen
    return best[1] if best else None


def title_box(words: Sequence[Word], title: str | None, below: float) -> Box | None:
    """The box of the lines of the title directly over a height; None where they are not printed near it."""
    wanted = letters(title or "")
    lines = [line for line in lines_of(list(words)) if line.box[3] <= below + 2 and letters(line.text)]
    mine = [line for line in lines if letters(line.text) in wanted and below - line.box[1] <= _NEAR_TITLE]
    return around([word for line in mine for word in line.words]) if mine else None


def joined(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes."""
    all_boxes = list(boxes)
    return (
        min(b[0] for b in all_boxes), min(b[1] for b in all_boxes),
        max(b[2] for b in all_boxes), max(b[3] for b in all_boxes),
    )  # fmt: skip
