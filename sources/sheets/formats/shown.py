"""What a number format lets a reader of the sheet see of a number: nothing, other digits, a minus, a count, or the number.

How the format scales or names a unit is told with the number itself; here is what takes it out of the amounts, and its sign.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from sources.sheets.formats.grid import Shape, SheetCell
from warehouse.schema.lexicon import COUNT, MONEY
from warehouse.schema.text import fold

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_PLACEHOLDER = re.compile(r"[0#?@ymdhsgeb]|general|est[aá]ndar", re.IGNORECASE)
_COUNTED = re.compile("|".join(COUNT))
_MONEY = re.compile("|".join(MONEY))
_PIECE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|general|est[aá]ndar|.', re.IGNORECASE | re.DOTALL)
_MINUS_BEFORE = re.compile(r"^[\s$]*[-−–][\s$]*$")
_MINUS_BEHIND = re.compile(r"^\s*[-−–]\s*$")
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
        """Whether nobody sees the number: its format has no place for digits or adds some, or they are of the colour of the ground.

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


def show(cell: SheetCell, look: Look) -> None:
    """Marks a cell with what its look makes of it; a minus that only the format writes is in its text from here on."""
    cell.unseen, cell.counted = look.hides(cell.value), is_count(look.code)
    if look.struck and cell.flag is None:
        cell.flag = "struck_out"
    if cell.shape is Shape.NUMBER and cell.value is not None and cell.value > 0 and _writes_minus(look.code):
        cell.text = f"-{cell.text}"


def hides(code: str, value: float) -> bool:
    """Whether a format shows another thing than a number: nothing (`;;;`, no place for digits), or digits of its own (`0"000"`)."""
    chosen = _section(code, value)
    return chosen is not None and (not _PLACEHOLDER.search(_ASIDE.sub("", chosen)) or _adds_digits(chosen))


def _section(code: str, value: float) -> str | None:
    """The part of a format that shows a value; None where that depends on conditions of its own, or there is none."""
    sections = _sections(code)
    if not code.strip() or any(re.search(r"\[[<>=]", section) for section in sections):
        return None
    if len(sections) == 1 or value > 0:
        return sections[0]
    return sections[1] if value < 0 else sections[2] if len(sections) > 2 else sections[0]


@lru_cache(maxsize=4096)
def _writes_minus(code: str) -> bool:
    """Whether a format writes a minus, or brackets, at positive numbers: `"-"#,##0.00`, `(#,##0.00)`."""
    before, _, behind = _around(_section(code, 1.0) or "")
    return bool(
        _MINUS_BEFORE.match(before)
        or _MINUS_BEHIND.match(behind)
        or (before.rstrip().endswith("(") and behind.lstrip().startswith(")"))
    )


def _adds_digits(section: str) -> bool:
    r"""Whether what a format writes of its own would be read as digits, or as the point, of the number: `0"000"`, `0\.00`."""
    before, within, behind = _around(section)
    return bool(re.search(r"[\d.]$", before) or re.match(r"[.,]?\d", behind) or re.search(r"[\d.]", within))


def _around(section: str) -> tuple[str, str, str]:
    """What a section of a format writes of its own before, between and behind the places of its digits."""
    pieces = [(piece, piece in "0#?" or (len(piece) > 1 and piece[0].isalpha())) for piece in _PIECE.findall(section)]
    places = [n for n, (_, is_place) in enumerate(pieces) if is_place]
    if not places:
        return "", "", ""
    written = [_written(piece) for piece, _ in pieces]
    literal = [text if piece[0] in '\\"' else "" for text, (piece, _) in zip(written, pieces, strict=True)]
    first, last = places[0], places[-1]
    return "".join(written[:first]), "".join(literal[first:last]), "".join(written[last + 1 :])


def _written(piece: str) -> str:
    """What a piece of a format writes; a width or a colour nothing."""
    if piece[0] == '"':
        return piece[1:-1] if len(piece) > 1 else ""
    if piece[0] == "\\":
        return piece[1:]
    return "" if piece[0] == "[" and len(piece) > 1 else " " if piece[0] in "_*" and len(piece) > 1 else piece


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
