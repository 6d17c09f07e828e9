"""How the pictures look: fonts, the colour and the Spanish name of each role, and texts that fit."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import reportlab
from PIL import ImageFont

from warehouse.schema.vocabulary import EXCLUSIONS

Ink = tuple[int, int, int]

INK: Ink = (32, 33, 36)
GREY: Ink = (105, 108, 115)
PALE: Ink = (214, 214, 210)
PAPER: Ink = (255, 255, 255)
GROUND: Ink = (246, 245, 241)
ACCENT: Ink = (200, 50, 30)


class MarkLook(NamedTuple):
    """`line` outlines the place, `fill` tints it; either may be absent. `name` stands in the legend."""

    name: str
    line: Ink | None
    fill: Ink | None


_ROLES = {
    "row": MarkLook("Renglón", None, (255, 244, 184)),
    "column": MarkLook("Columna de importes", None, (226, 236, 250)),
    "title": MarkLook("Título de la tabla", (122, 92, 160), None),
    "column_header": MarkLook("Encabezado de la columna", (36, 97, 176), (226, 236, 250)),
    "amount": MarkLook("Importe", ACCENT, (255, 226, 150)),
    "table": MarkLook("Tabla", (36, 97, 176), None),
    "row_label": MarkLook("Etiqueta del renglón", None, (255, 244, 184)),
    "read": MarkLook("Importe", (24, 130, 70), (205, 240, 215)),
}
# One colour for each reason, far from its neighbours in the order of the vocabulary.
_EXCLUDED: tuple[Ink, ...] = (
    (214, 39, 40), (148, 103, 189), (23, 150, 180), (140, 86, 75), (227, 119, 194), (110, 110, 110), (190, 160, 20),
    (255, 127, 14), (31, 119, 180), (120, 60, 20), (200, 90, 60), (90, 150, 200), (150, 150, 60), (100, 60, 130),
    (220, 110, 120), (60, 130, 130), (170, 120, 200), (40, 40, 40), (160, 40, 90), (255, 0, 0),
)  # fmt: skip


@lru_cache(maxsize=64)
def look(role: str) -> MarkLook:
    """The look of a role, or of a reason of EXCLUSIONS."""
    if role in _ROLES:
        return _ROLES[role]
    line = _EXCLUDED[list(EXCLUSIONS).index(role) % len(_EXCLUDED)]
    return MarkLook(EXCLUSIONS[role].es, line, tuple(255 - (255 - part) // 6 for part in line))  # type: ignore[arg-type]


@lru_cache(maxsize=32)
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which comes with the library that typesets the sample: the same picture on every machine."""
    name = "VeraBd.ttf" if bold else "Vera.ttf"
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / name), size)


def fit(text: str, letters: ImageFont.FreeTypeFont, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is too long."""
    text = " ".join(text.split())
    if letters.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if letters.getlength(text[:middle] + "…") <= width else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float, most: int) -> list[str]:
    """The text on at most so many lines; what does not fit is cut with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and letters.getlength(" ".join(words[: count + 1])) <= width:
            count += 1
        lines.append(fit(" ".join(words[:count]), letters, width))
        words = words[count:]
    return [*lines, fit(" ".join(words), letters, width)] if words else lines
