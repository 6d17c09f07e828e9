"""Small PDFs typeset for a test, and what was read from them in a form that is easy to compare."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from sources import hints as hints_of
from sources.pdf import read_pdf
from sources.pdf.load import load_pages
from sources.raw.numeric import is_numeric
from sources.raw.reading import Document, Hints, Reading

WIDTH, HEIGHT = letter


class Sheet:
    """A page to write on, measured from its top left."""

    def __init__(self, canvas: Canvas, size: float = 8, height: float = HEIGHT) -> None:
        self.canvas, self.size, self.height = canvas, size, height

    def text(self, x: float, y: float, text: str, bold: bool = False, size: float | None = None) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size or self.size)
        self.canvas.drawString(x, self.height - y, text)

    def right(self, x: float, y: float, text: str, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", self.size)
        self.canvas.drawRightString(x, self.height - y, text)

    def centre(self, x: float, y: float, text: str, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", self.size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def across(self, x0: float, x1: float, *ys: float) -> None:
        self.canvas.setLineWidth(0.5)
        for y in ys:
            self.canvas.line(x0, self.height - y, x1, self.height - y)

    def down(self, y0: float, y1: float, *xs: float) -> None:
        self.canvas.setLineWidth(0.5)
        for x in xs:
            self.canvas.line(x, self.height - y0, x, self.height - y1)


def typeset(folder: Path, *pages: Callable[[Sheet], None], size: float = 8, page: tuple[float, float] = letter) -> Path:
    """A PDF of these pages."""
    path = folder / "typeset.pdf"
    canvas = Canvas(str(path), pagesize=page)
    for draw in pages:
        draw(Sheet(canvas, size, page[1]))
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path, **hints: Any) -> Reading:
    """Read a PDF, and hold the reading to the accounting of promise P2."""
    document = Document(path, "test", hints=Hints(**hints))
    reading = hints_of.apply(read_pdf(document), document.hints)
    assert_accounted(reading, document)
    return reading


def assert_accounted(reading: Reading, document: Document) -> None:
    """Every word with a digit stands in the numbers exactly once, in a cell or with a reason."""
    for page in load_pages(document):
        words = page.text.whole
        printed = Counter(c for word in words if is_numeric(word.text) for c in word.text if c.isdigit())
        numbers = reading.numbers[reading.numbers["page"] == str(page.number)]
        counted = Counter(c for text in numbers["source_text"] for c in text if c.isdigit())
        assert counted == printed
        assert len(set(numbers["number"])) == len(numbers)
    in_cell = reading.numbers[["table", "row", "column"]].notna().all(axis=1)
    assert (in_cell ^ reading.numbers["exclusion"].notna()).all()


def cells(reading: Reading, table: int | None = None) -> list[tuple[str, str, str]]:
    """Every amount as (label, header, text), in reading order."""
    numbers = reading.numbers[reading.numbers["exclusion"].isna()]
    merged = numbers.merge(reading.rows, on=["document_id", "table", "row"]).merge(
        reading.columns, on=["document_id", "table", "column"]
    )
    if table is not None:
        merged = merged[merged["table"] == table]
    merged = merged.sort_values(["table", "row", "column"]).fillna({"label": "", "header": ""})
    return list(zip(merged["label"], merged["header"], merged["source_text"], strict=True))


def by_row(reading: Reading, table: int | None = None) -> list[tuple[str, list[str]]]:
    """Every row as (label, its amounts from the left), rows without amounts too."""
    labelled = []
    for row in reading.rows.itertuples():
        if table is None or row.table == table:
            mine = reading.numbers[
                (reading.numbers["table"] == row.table) & (reading.numbers["row"] == row.row)
            ].sort_values("column")
            labelled.append(("" if pd.isna(row.label) else row.label, list(mine["source_text"])))
    return labelled


def headers(reading: Reading, table: int = 1) -> list[str]:
    return list(reading.columns.loc[reading.columns["table"] == table, "header"].fillna(""))


def reasons(reading: Reading) -> dict[str, list[str]]:
    """The excluded words by reason."""
    excluded = reading.numbers[reading.numbers["exclusion"].notna()]
    return {reason: list(group["source_text"]) for reason, group in excluded.groupby("exclusion")}


def label_cells(reading: Reading, row: int = 1) -> list[list[str]]:
    return json.loads(reading.rows.loc[reading.rows["row"] == row, "label_cells"].iloc[0])
