"""Successions: which class or body of one year is which of another, declared as YAML with its source, and `out.succession`.

A code or a name that changes without a declaration begins another series: the program joins nothing by likeness.
"""

from pathlib import Path
from typing import Literal, Self

import pandas as pd
from pydantic import model_validator

from transforms import definitions
from transforms.definitions import Definition, GovernmentKey
from warehouse.schema.declaration import RuleError, takes
from warehouse.schema.panel import SUCCESSION
from warehouse.schema.text import words

FOLDER = definitions.FOLDER / "successions"


class Succession(Definition):
    """One class that goes on under another code or name. Names may be written as printed; codes without final zeros."""

    government_id: GovernmentKey | None = takes("the key of a government", "la clave de un gobierno", None)
    by: Literal["object", "function", "administrative"]
    kind: Literal["renamed", "spelling"]
    from_classes: tuple[str, ...] = takes("codes or names", "claves o nombres", min_length=1)
    to_class: str = takes("a code or name", "una clave o nombre", min_length=1)
    first_year: int | None = takes(
        "the first year of the later class", "el primer ejercicio de la clase posterior", None
    )
    evidence: Literal["checked", "single", "secondary"]
    source: str = takes(
        "the norm or data that say so (10 letters or more)", "la norma o los datos que lo dicen", min_length=10
    )

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.kind == "renamed") != (self.first_year is not None):
            raise RuleError(
                "a succession that is «renamed» has first_year, and one of «spelling» has none",
                "una sucesión «renamed» tiene first_year, y una de «spelling» no lo tiene",
            )
        return self


def load_successions(*folders: Path) -> tuple[Succession, ...]:
    """The shipped successions and those of the folders given. Raises DeclarationError naming file and key."""
    return definitions.load(Succession, (FOLDER, *folders))


def succession(declared: tuple[Succession, ...]) -> pd.DataFrame:
    """As `out.succession`, one row per class that is continued."""
    return SUCCESSION.frame([
        {
            "succession_id": one.id, "government_id": one.government_id, "by": one.by, "kind": one.kind,
            "from_class": words(name), "to_class": words(one.to_class), "first_year": one.first_year,
            "evidence": one.evidence, "source": one.source,
        }
        for one in declared
        for name in one.from_classes
    ])  # fmt: skip


def with_series(rows: pd.DataFrame, declared: pd.DataFrame) -> pd.DataFrame:
    """The rows of the panel with `series_class` and `succession_id`; `declared` is `out.succession`.

    A renamed class belongs to its successor only in the years before `first_year`: a code may be given anew. Chains are followed.
    """
    named = rows.assign(series_class=rows["class_id"], succession_id=pd.Series(None, index=rows.index, dtype="str"))
    for _ in range(len(declared)):
        before = named["series_class"].copy()
        for one in declared.to_dict("records"):
            here = (named["by"] == one["by"]) & (named["series_class"] == one["from_class"])
            if isinstance(one["government_id"], str):
                here &= named["government_id"] == one["government_id"]
            if pd.notna(one["first_year"]):
                here &= named["fiscal_year"] < one["first_year"]
            named["series_class"] = named["series_class"].mask(here, one["to_class"])
            named["succession_id"] = named["succession_id"].mask(here, one["succession_id"])
        if named["series_class"].equals(before):
            break
    return named
