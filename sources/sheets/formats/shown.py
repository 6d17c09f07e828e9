"""What a number format lets a reader of the sheet see of a number: nothing, a count, or the number.

How the format scales or names a unit is told with the number itself; here is only what takes it out of the amounts.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from warehouse.schema.lexicon import COUNT, MONEY
from warehouse.schema.text import fold

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_PLACEHOLDER = re.compile(r"[0#?@ymdhsgeb]|general|est[aá]ndar", re.IGNORECASE)
_COUNTED = re.compile("|".join(COUNT))
_MONEY = re.compile("|".join(MONEY))
_REDDER = 90  # of 255: by which the red of an ink is more than its other colours
_NEAR = 8  # of 255: two colours that no eye tells apart
WHITE = "FFFFFF"


USUAL_SIZE = 11.0
_TINY = 2.5  # points: smaller digits are specks


class Look(NamedTuple):
    """How the cells of one style show a number: its format, the colours of figure and ground (null where unknown), whether
    a line is drawn through it, and its size in points.
    """

    code: str = "General"
    ink: str | None = "000000"
    paper: str | None = WHITE
    struck: bool = False
    size: float = USUAL_SIZE

    def hides(self, value: float | None) -> bool:
        """Whether nobody sees the number: its format has no place for digits, or they are of the colour of the ground.

        A zero that a format leaves blank is how sheets print zero.
        """
        if not _may_hide(self):
            return False
        return (
            self.size < _TINY
            or same_colour(self.ink, self.paper)
            or (value is not None and bool(value) and hides(self.code, value))
        )


@lru_cache(maxsize=4096)
def _may_hide(look: Look) -> bool:
    return (
        look.size < _TINY or same_colour(look.ink, look.paper) or any(hides(look.code, value) for value in (1.0, -1.0))
    )


def hides(code: str, value: float) -> bool:
    """Whether a format shows nothing of a number: `;;;`, or a section without a place for digits."""
    sections = _sections(code)
    if any(re.search(r"\[[<>=]", section) for section in sections):
        return False  # sections by conditions of their own
    if len(sections) == 1:
        chosen = sections[0]
    elif value < 0:
        chosen = sections[1]
    else:
        chosen = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    if not code.strip():
        return False
    return not _PLACEHOLDER.search(_ASIDE.sub("", chosen))


@lru_cache(maxsize=4096)
def is_count(code: str) -> bool:
    """Whether a format says that its numbers are counted things: `0" días"`, `#,##0 "plazas"`."""
    words = fold("".join(quoted or escaped or " " for quoted, escaped in _LITERAL.findall(_sections(code)[0])))
    return bool(_COUNTED.search(words)) and not _MONEY.search(words)


def same_colour(ink: str | None, paper: str | None) -> bool:
    """Whether two colours, as RRGGBB, are one to the eye."""
    if ink is None or paper is None:
        return False
    return all(abs(int(ink[at : at + 2], 16) - int(paper[at : at + 2], 16)) <= _NEAR for at in (0, 2, 4))


def is_red(ink: str | None) -> bool:
    """Whether a colour, as RRGGBB, is red."""
    return ink is not None and int(ink[:2], 16) - max(int(ink[2:4], 16), int(ink[4:], 16)) >= _REDDER


def _sections(code: str) -> list[str]:
    """The parts of a format: for positive, negative, zero and text. A semicolon in quotes parts nothing."""
    sections, quoted = [""], False
    for char in code:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            sections.append("")
        else:
            sections[-1] += char
    return sections
