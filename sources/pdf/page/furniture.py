"""Page furniture: lines that repeat at the same height on most pages, and printed page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from sources.pdf.page.lines import Line
from sources.pdf.page.words import Word
from sources.pdf.settings import FURNITURE

_PAGE_WORDS = re.compile(
    r"p[áa]g(?:ina)?s?\b\.?\s*:?\s*(?:n[úu]m\w*\.?\s*)?(\d{1,4})(?:\s*(?:de|/|-)\s*\d{1,4})?", re.IGNORECASE
)
_LONE = re.compile(r"^[-–—\s]*(\d{1,4})[-–—\s]*$")
_OF = re.compile(r"^(\d{1,4})\s*(?:de|/)\s*(\d{1,4})$")


def pattern(line: Line) -> str:
    """What the lines of different pages have in common: the spaces between wide-set letters are read as they come."""
    return re.sub(r"\s+", "", re.sub(r"\d+", "#", line.text.lower()))


def repeated(pages: Sequence[tuple[float, list[Line]]]) -> set[Word]:
    """The words on lines that most pages repeat; of each page, its height and lines."""
    keyed = [[(line, _keys(line, height)) for line in lines] for height, lines in pages]
    counted = Counter(key for page in keyed for key in {key for _, keys in page for key in keys})
    full = sum(1 for page in keyed if page)
    needed = max(2, FURNITURE.pages * full) if full > 3 else full
    if full < 2:
        return set()
    return {
        w for page in keyed for line, keys in page if any(counted[key] >= needed for key in keys) for w in line.words
    }


def _keys(line: Line, height: float) -> list[tuple[str, int]]:
    """The line's text with its height, in two overlapping steps so that a small shift does not part it.

    Sheets lie in a copier as they come.
    """
    if FURNITURE.head * height < line.base < FURNITURE.foot * height:
        return []
    text, step = pattern(line), FURNITURE.step if line.words[0].confidence is None else FURNITURE.scanned_step
    return [(text, int(line.base // step)), (text, -int((line.base + step / 2) // step) - 1)]


def page_number(lines: list[Line], height: float) -> tuple[str | None, list[Word]]:
    """The printed page number and the words it is made of."""
    for line in lines:
        outer = not FURNITURE.numbered_head * height <= line.base <= FURNITURE.numbered_foot * height
        if outer and (found := _PAGE_WORDS.search(line.text)):
            words = [w for w in line.words if any(c.isdigit() for c in w.text)]
            number = [w for w in words if w.text.strip(".,:-") in set(re.findall(r"\d+", found[0]))]
            return found[1], number or words
    for line in [*lines[:2], *lines[-2:]]:
        lone = _LONE.match(line.text) or _OF.match(line.text)
        if lone and not FURNITURE.lone_head * height <= line.base <= FURNITURE.lone_foot * height:
            return lone[1], line.words
    return None, []
