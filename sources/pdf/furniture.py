"""Page furniture: lines that repeat at the same height on most pages, and printed page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from sources.pdf.lines import Line, lines_of
from sources.pdf.words import Word

_PAGE_WORDS = re.compile(
    r"p[áa]g(?:ina)?s?\b\.?\s*:?\s*(?:n[úu]m\w*\.?\s*)?(\d{1,4})(?:\s*(?:de|/|-)\s*\d{1,4})?", re.IGNORECASE
)
_LONE = re.compile(r"^[-–—\s]*(\d{1,4})[-–—\s]*$")
_OF = re.compile(r"^(\d{1,4})\s*(?:de|/)\s*(\d{1,4})$")


def pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def repeated(pages: Sequence[tuple[float, list[Word]]]) -> list[set[int]]:
    """For each page (its height and words), the ids of the words on lines that most pages repeat."""
    lines = [lines_of(words) for _, words in pages]
    counted: Counter[tuple[str, int]] = Counter()
    for (height, _), page in zip(pages, lines, strict=True):
        for key in {key for line in page for key in _keys(line, height)}:
            counted[key] += 1
    full = sum(1 for page in lines if page)
    needed = max(2, 0.5 * full) if full > 3 else full
    found = []
    for (height, _), page in zip(pages, lines, strict=True):
        mine: set[int] = set()
        if full > 1:
            for line in page:
                if any(counted[key] >= needed for key in _keys(line, height)):
                    mine |= {id(w) for w in line.words}
        found.append(mine)
    return found


def _keys(line: Line, height: float) -> list[tuple[str, int]]:
    """The line's text with its height, in two overlapping steps so that a small shift does not part it."""
    if 0.2 * height < line.base < 0.85 * height:
        return []
    text = pattern(line)
    return [(text, int(line.base // 8)), (text, -int((line.base + 4) // 8) - 1)]


def page_number(lines: list[Line], height: float) -> tuple[str | None, list[Word]]:
    """The printed page number and the words it is made of."""
    for line in lines:
        found = _PAGE_WORDS.search(line.text)
        if found and (line.base < 0.25 * height or line.base > 0.75 * height):
            words = [w for w in line.words if any(c.isdigit() for c in w.text)]
            number = [w for w in words if w.text.strip(".,:-") in set(re.findall(r"\d+", found[0]))]
            return found[1], number or words
    for line in [*lines[:2], *lines[-2:]]:
        lone = _LONE.match(line.text) or _OF.match(line.text)
        if lone and (line.base < 0.12 * height or line.base > 0.88 * height):
            return lone[1], line.words
    return None, []
