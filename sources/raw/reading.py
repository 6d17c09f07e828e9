"""What a reader returns: the raw rows of one document, and the hints a reader may be given.

Only the shape belongs here; how a format is read is in `sources.pdf` and `sources.sheets`, and the one door is
`sources.read`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, PositiveInt

from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_RECORD, RAW_ROW, RAW_TABLE, RAW_TEXT
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import STAGES, Term

UNITS = (1, 1_000, 1_000_000)


def _ascending(pages: str) -> str:
    """Pages from 1, each range from its first to its last."""
    for part in pages.split(","):
        first, _, last = part.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first)):
            raise RuleError(
                f"expected pages such as 12-40,55; found «{part}»",
                f"se esperaban páginas como 12-40,55; se encontró «{part}»",
            )
    return pages


def _known_stages(stages: dict[str, str]) -> dict[str, str]:
    for header, stage in stages.items():
        if stage not in STAGES:
            names = ", ".join(STAGES)
            raise RuleError(
                f"expected one of {names} for the header «{header}»; found «{stage}»",
                f"se esperaba una de {names} para el encabezado «{header}»; se encontró «{stage}»",
            )
    return stages


def _power(unit: int) -> int:
    if unit not in UNITS:
        raise RuleError(
            f"expected 1, 1000 or 1000000; found «{unit}»", f"se esperaba 1, 1000 o 1000000; se encontró «{unit}»"
        )
    return unit


class Hints(Strict):
    """What one document needs beside the general reader, written in its catalogue entry.

    A hint that no longer fits the document is reported: see `sources.hints`. What stands on pages and sheets that are not
    named is excluded as left_out; `headers` are those of the amount columns, from the left, in tables that have as many.
    """

    pages: Annotated[str, AfterValidator(_ascending)] | None = takes(
        "pages with tables, such as 12-40,55", "páginas con tablas, como 12-40,55", None
    )
    sheets: list[str] | None = takes("a list of sheet names", "una lista de nombres de hojas", None, min_length=1)
    header_rows: dict[str, PositiveInt] | None = takes(
        "the last row of the header, for each sheet", "el último renglón del encabezado, por hoja", None
    )
    headers: list[str] | None = takes(
        "a list of headers, from the left", "una lista de encabezados, desde la izquierda", None, min_length=1
    )
    profile: str | None = takes(
        "the id of a ledger's profile, such as sipot_procedures", "la clave de un perfil, como sipot_procedures", None
    )
    unit: Annotated[int, AfterValidator(_power)] | None = takes("1, 1000 or 1000000", "1, 1000 o 1000000", None)
    stages: Annotated[dict[str, str], AfterValidator(_known_stages)] | None = takes(
        "a budget stage for each header", "un momento contable por encabezado", None
    )


@dataclass(frozen=True)
class Document:
    """A file to read: where it lies, what people call it, and its hints.

    `ocr` is the folder where pages read by OCR are kept; without one, pages that need it are reported and not read. Whoever
    may write nothing there hands such a page out (its number, and its JSON).
    """

    path: Path
    document_id: str
    name: str = ""
    hints: Hints = field(default_factory=Hints)
    ocr: Path | None = None
    hand_out: Callable[[int, bytes], None] | None = None

    @property
    def title(self) -> str:
        """What error messages call it."""
        return self.name or legible(self.path.name)


@dataclass(frozen=True)
class Reading:
    """The raw rows of one document, in the frames of `warehouse.schema.raw`.

    `format` is what the bytes are; `warnings` are sentences about what was odd but not fatal. `records` are the cells of a
    ledger; `declared_empty` is one that has no rows and says so.
    """

    document_id: str
    format: str
    pages: pd.DataFrame
    tables: pd.DataFrame
    columns: pd.DataFrame
    rows: pd.DataFrame
    numbers: pd.DataFrame
    warnings: tuple[Term, ...] = ()
    texts: pd.DataFrame = field(default_factory=RAW_TEXT.frame)
    records: pd.DataFrame = field(default_factory=RAW_RECORD.frame)
    declared_empty: bool = False

    def __post_init__(self) -> None:
        for frame, table in (
            (self.pages, RAW_PAGE),
            (self.tables, RAW_TABLE),
            (self.columns, RAW_COLUMN),
            (self.rows, RAW_ROW),
            (self.numbers, RAW_NUMBER),
            (self.texts, RAW_TEXT),
            (self.records, RAW_RECORD),
        ):
            if list(frame.columns) != table.frame_columns:
                raise ValueError(f"{self.document_id}: the reader returned a {table.name} frame of another shape")
