"""Declared corrections: what a source prints wrong, what it should print, and the evidence; one YAML file each.

Loading and validating only; whether a correction still applies is decided in `transforms.core.repair.corrections`.
"""

from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, ValidationInfo

from warehouse.schema.core import CORRECTION
from warehouse.schema.declaration import Links, Problem, RuleError, Strict, load, takes


def _in_catalogue(document_id: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Links) and document_id not in info.context.documents:
        raise RuleError(
            f"expected a document of the catalogue; found «{document_id}»",
            f"se esperaba un documento del catálogo; se encontró «{document_id}»",
        )
    return document_id


class Correction(Strict):
    """One misprint of a source. It applies only while the source still prints `printed` at that line and column."""

    correction_id: str = takes(
        "letters a-z, digits and hyphens, such as guanajuato-2018-q0498",
        "letras a-z, cifras y guiones, como guanajuato-2018-q0498",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
    )
    document_id: Annotated[str, AfterValidator(_in_catalogue)] = takes(
        "a document of the catalogue", "un documento del catálogo"
    )
    page: str | None = None
    label: str = takes("the label of the line, as printed", "la etiqueta de la línea, como está impresa")
    header: str | None = None
    printed: str = takes("the text of the amount, as printed", "el texto del importe, como está impreso")
    corrected: str = takes("the text it should be", "el texto que debe ser", min_length=1)
    reason: str = takes(
        "why, with the evidence: the total that proves it, and its page (20 characters or more)",
        "por qué, con la evidencia: el total que lo prueba y su página (20 letras o más)",
        min_length=20,
    )


def load_corrections(folder: Path, links: Links | None = None) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """All corrections of a folder as a `core.correction` frame, none applied yet, and what is wrong with the other files.

    `links` are the documents there are; without them any may be named.
    """
    corrections, problems = load(Correction, [folder], "correction_id", links=links)
    rows = [{**correction.model_dump(), "outcome": "unused"} for correction in corrections]
    return CORRECTION.frame(rows), problems
