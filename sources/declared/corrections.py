"""Declared corrections: what a source prints wrong, what it should print, and the evidence; one YAML file each.

Loading and validating only; whether a correction still applies is decided in `transforms.core.repair.corrections`.
"""

from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from sources.declared.catalogue import Problem
from sources.declared.yamlfile import FileError, parse, read_mapping
from warehouse.schema.core import CORRECTION


class Correction(BaseModel):
    """One misprint of a source. It applies only while the source still prints `printed` at that line and column."""

    model_config = ConfigDict(extra="forbid")

    correction_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    document_id: str
    page: str | None = None
    label: str
    header: str | None = None
    printed: str
    corrected: str
    reason: str = Field(min_length=20)


_EXPECTED = {
    "correction_id": "letters a-z, digits and hyphens, such as guanajuato-2018-q0498",
    "document_id": "a document of the catalogue",
    "label": "the label of the line, as printed",
    "printed": "the text of the amount, as printed",
    "corrected": "the text it should be",
    "reason": "why, with the evidence: the total that proves it, and its page (20 characters or more)",
}


def load_corrections(folder: Path) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """All corrections of a folder as a `core.correction` frame, none applied yet, and the files that cannot be used."""
    found: dict[str, Correction] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            correction = parse(Correction, read_mapping(path), _EXPECTED)
            if correction.correction_id in found:
                raise FileError(f'correction_id: "{correction.correction_id}" is used twice')
            found[correction.correction_id] = correction
        except FileError as error:
            problems += [Problem(f"corrections/{path.name}", message) for message in error.messages]
    rows = [{**correction.model_dump(), "outcome": "unused"} for correction in found.values()]
    return CORRECTION.frame(rows), tuple(problems)
