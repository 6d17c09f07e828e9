"""What a reader returns: the raw rows of one document, and the hints a reader may be given.

Only the shape belongs here; how a format is read is in `sources.pdf` and `sources.sheets`, and the one door is
`sources.read`.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE


class Hints(BaseModel):
    """What one document needs beside the general reader, written in its catalogue entry.

    A hint that no longer fits the document is reported, not obeyed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: str | None = Field(
        default=None, description="Pages with tables, as '12-40,55'", pattern=r"^\d+(-\d+)?(,\d+(-\d+)?)*$"
    )
    sheets: list[str] | None = Field(default=None, description="Sheets to read; the others are excluded as hidden")
    header_rows: dict[str, int] | None = Field(default=None, description="Last row of the header, per sheet")
    headers: list[str] | None = Field(default=None, description="Header of each amount column, from the left")
    unit: int | None = Field(default=None, description="Pesos per printed unit: 1, 1000 or 1000000")
    stages: dict[str, str] | None = Field(default=None, description="Budget stage of a header, by the header's words")


@dataclass(frozen=True)
class Document:
    """A file to read: where it lies, what people call it, and its hints."""

    path: Path
    document_id: str
    name: str = ""
    hints: Hints = field(default_factory=Hints)

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
