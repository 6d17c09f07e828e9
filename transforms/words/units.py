"""The unit a table prints its amounts in: pesos, thousands or millions, and the words that say so."""

import re
from typing import NamedTuple

from transforms.words.text import fold

_SAID = (
    r"(?:(?:las |los )?(?:cifras|importes|montos|cantidades|valores)?\s*(?:expresad[oa]s|presentad[oa]s)?\s*(?:en )?)"
)
_UNIT = r"(?:(?P<scale>miles|millones)\s*(?:de )?)?pesos(?:\s*(?:mexicanos|corrientes|m\.? ?n\.?))?"
# The whole line, or what stands in brackets, or 'cifras en …': never 'hasta 30 millones de pesos' inside an article.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[^a-z0-9]*{_SAID}{_UNIT}[^a-z0-9]*$",
        rf"[(\[]\s*{_SAID}{_UNIT}\s*[)\]]",
        rf"\b(?:cifras|importes|montos|cantidades|expresad[oa]s|presentad[oa]s)\s*(?:expresad[oa]s\s*)?en {_UNIT}",
        r"[-–,]\s*(?:en )?(?P<scale>miles|millones) de pesos[^a-z0-9]*$",
    )
)
_SCALES = {"miles": 1_000, "millones": 1_000_000}


class Unit(NamedTuple):
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
                return Unit(_SCALES.get(match["scale"] or "", 1), line.strip())
    return Unit(1, None)
