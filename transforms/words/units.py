"""The unit a table prints its amounts in: pesos, thousands or millions, and the words that say so."""

import re
from typing import NamedTuple

from warehouse.schema.lexicon import SCALE, SCALES, UNIT, UNIT_INTRODUCED, UNIT_SAID
from warehouse.schema.text import fold

# The whole line, or what stands in brackets, or 'cifras en …': never 'hasta 30 millones de pesos' inside an article.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[^a-z0-9]*{UNIT_SAID}{UNIT}[^a-z0-9]*$",
        rf"[(\[]\s*{UNIT_SAID}{UNIT}\s*[)\]]",
        rf"\b{UNIT_INTRODUCED} {UNIT}",
        rf"[-–,]\s*(?:en )?(?P<scale>{SCALE}) de pesos[^a-z0-9]*$",
    )
)


class Unit(NamedTuple):
    """Pesos per printed unit, and the line that says so: null where nothing does, and pesos are taken."""

    multiplier: int
    text: str | None


def unit_of(*texts: str | None) -> Unit:
    """The unit named nearest the table: texts are given nearest first, several lines each."""
    for text in texts:
        lines = (text or "").splitlines()
        for line in reversed(lines):
            folded = fold(line)
            match = next((m for pattern in _PATTERNS if (m := pattern.search(folded))), None)
            if match:
                return Unit(SCALES.get(match["scale"] or "", 1), line.strip())
    return Unit(1, None)
