"""A page whose table passed for running text is refused; the pages beside it are read."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipelines.apart.plausibility import keep_plausible
from tests.sources.pdf.typeset import Sheet, read, typeset


def table(sheet: Sheet) -> None:
    sheet.text(60, 100, "Concepto")
    sheet.right(500, 100, "Aprobado")
    for i in range(6):
        sheet.text(60, 115 + 12 * i, f"Servicios de la clase {'abcdef'[i]}")
        sheet.right(500, 115 + 12 * i, f"{i + 1},234,500.00")


def swallowed(numbers: pd.DataFrame, *pages: str) -> pd.DataFrame:
    numbers = numbers.copy()
    lost = numbers["page"].isin(pages)
    numbers.loc[lost, ["table", "row", "column"]] = None
    numbers.loc[lost, "exclusion"] = "prose"
    return numbers


def test_one_bad_page_leaves_the_others(tmp_path: Path) -> None:
    reading = read(typeset(tmp_path, *[table] * 3))
    kept, findings = keep_plausible(replace(reading, numbers=swallowed(reading.numbers, "2")))
    assert findings.empty
    assert kept.pages["kind"].tolist() == ["table", "failed", "table"]
    assert "1,234,500.00" in kept.pages["message"].tolist()[1]
    assert kept.numbers.loc[kept.numbers["exclusion"].isna(), "page"].unique().tolist() == ["1", "3"]


def test_a_document_of_bad_pages_only_stays_refused(tmp_path: Path) -> None:
    reading = read(typeset(tmp_path, table))
    _, findings = keep_plausible(replace(reading, numbers=swallowed(reading.numbers, "1")))
    assert len(findings)
