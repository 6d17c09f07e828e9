"""What the notes at the foot of a table say of its columns: `¹ Los importes corresponden a los egresos devengados`.

The LDF formats of results and projections name the stage of a year only there. A note that names two stages names none.
"""

import re
from collections.abc import Iterable

from transforms.words.headers import read_header
from warehouse.schema.text import fold

_RAISED = {"¹": "1", "²": "2", "³": "3", "⁴": "4"}
_MARK = re.compile(r"(?<![\d.,])(\d)\s*/?\s*(?:\([a-z]\)\s*)?$")
_NOTE = re.compile(r"^\W*(?P<mark>\d)\s*[/).\-]?\s+(?P<text>\D.*)$")
_SAYS_STAGE = re.compile(
    r"\b(?:importes?|cifras|montos?|datos|columnas?)\b.{0,60}\b(?:corresponde|son|se refiere|presenta)|\bmomento contable\b"
)
_STAGES = (
    "aprobad", "modificad", "comprometid", "devengad", "ejercid", "pagad", "estimad", "recaudad", "proyectad", "presupuestad",
)  # fmt: skip


def stages_of_notes(lines: Iterable[str]) -> dict[str, str | None]:
    """The stage that each note says, by its mark; null where it says two, or none that is known."""
    notes: dict[str, str | None] = {}
    for line in lines:
        match = _NOTE.match(fold(_plain(line)))
        if match and _SAYS_STAGE.search(match["text"]):
            named = {stem for stem in _STAGES if stem in match["text"]}
            stage = read_header(f"{next(iter(named))}o").stage if len(named) == 1 else None
            notes[match["mark"]] = stage if notes.get(match["mark"], stage) == stage else None
    return notes


def stage_by_note(header: str | None, notes: dict[str, str | None]) -> str | None:
    """The stage of a column whose header bears the mark of a note."""
    lowest = _plain((header or "").split(" | ")[-1]).strip()
    match = _MARK.search(fold(lowest))
    return notes.get(match[1]) if match else None


def _plain(text: str) -> str:
    return "".join(f" {_RAISED[c]} " if c in _RAISED else c for c in text)
