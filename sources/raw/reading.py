"""What a reader returns: the raw rows of one document, and the hints a reader may be given.

Only the shape belongs here; how a format is read is in `sources.pdf` and `sources.sheets`, and the one door is
`sources.read`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt

from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE
from warehouse.schema.vocabulary import STAGES

UNITS = (1, 1_000, 1_000_000)


def _ascending(pages: str) -> str:
    """Pages from 1, each range from its first to its last. The message ends the sentence `hints.pages: …`."""
    for part in pages.split(","):
        first, _, last = part.partition("-")
        if not (first.isdigit() and (last or first).isdigit() and 1 <= int(first) <= int(last or first)):
            raise ValueError(f'expected pages such as 12-40,55, found "{part}"')
    return pages


def _known_stages(stages: dict[str, str]) -> dict[str, str]:
    for header, stage in stages.items():
        if stage not in STAGES:
            raise ValueError(f'expected one of {", ".join(STAGES)} for the header "{header}", found "{stage}"')
    return stages


def _power(unit: int) -> int:
    if unit not in UNITS:
        raise ValueError(f'expected 1, 1000 or 1000000, found "{unit}"')
    return unit


class Hints(BaseModel):
    """What one document needs beside the general reader, written in its catalogue entry.

    A hint that no longer fits the document is reported: see `sources.hints`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: Annotated[str, AfterValidator(_ascending)] | None = Field(
        default=None, description="Pages with tables, as '12-40,55'; what stands on the others is excluded as left_out"
    )
    sheets: list[str] | None = Field(
        default=None, min_length=1, description="Sheets to read; the others are excluded as left_out"
    )
    header_rows: dict[str, PositiveInt] | None = Field(default=None, description="Last row of the header, per sheet")
    headers: list[str] | None = Field(
        default=None,
        min_length=1,
        description="Header of each amount column, from the left, in tables that have as many",
    )
    unit: Annotated[int, AfterValidator(_power)] | None = Field(
        default=None, description="Pesos per printed unit: 1, 1000 or 1000000"
    )
    stages: Annotated[dict[str, str], AfterValidator(_known_stages)] | None = Field(
        default=None, description="Budget stage of a header, by the header's words"
    )


@dataclass(frozen=True)
class Document:
    """A file to read: where it lies, what people call it, and its hints.

    `ocr` is the folder where pages read by OCR are kept; without one, pages that need it are reported and not read.
    """

    path: Path
    document_id: str
    name: str = ""
    hints: Hints = field(default_factory=Hints)
    ocr: Path | None = None

    @property
    def title(self) -> str:
        """What error messages call it."""
        return self.name or self.path.name


@dataclass(frozen=True)
class Reading:
    """The raw rows of one document, in the frames of `warehouse.schema.raw`.

    `format` is what the bytes are; `warnings` are sentences about what was odd but not fatal.
    """

    document_id: str
    format: str
    pages: pd.DataFrame
    tables: pd.DataFrame
    columns: pd.DataFrame
    rows: pd.DataFrame
    numbers: pd.DataFrame
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for frame, table in (
            (self.pages, RAW_PAGE),
            (self.tables, RAW_TABLE),
            (self.columns, RAW_COLUMN),
            (self.rows, RAW_ROW),
            (self.numbers, RAW_NUMBER),
        ):
            if list(frame.columns) != table.frame_columns:
                raise ValueError(f"{self.document_id}: the reader returned a {table.name} frame of another shape")
