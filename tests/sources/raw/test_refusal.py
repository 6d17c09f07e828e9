"""A page is refused, never the document: its numbers count for nothing, the others as before."""

from pathlib import Path

from sources.raw.refusal import without_pages
from tests.sources.pdf.typeset import Sheet, read, typeset

ROWS = ("Servicios personales", "Materiales y suministros", "Servicios generales")


def table(sheet: Sheet) -> None:
    sheet.text(60, 100, "Concepto")
    sheet.right(500, 100, "Aprobado")
    for i, row in enumerate(ROWS):
        sheet.text(60, 115 + 12 * i, row)
        sheet.right(500, 115 + 12 * i, f"{i + 1},234,500.00")


def test_the_numbers_of_a_refused_page_are_kept_and_count_for_nothing(tmp_path: Path) -> None:
    reading = read(typeset(tmp_path, table, table))
    kept = without_pages(reading, {"2": "se rechazó"})
    assert kept.numbers.groupby("page")["exclusion"].agg(lambda reasons: set(reasons.dropna())).to_dict() == {
        "1": set(), "2": {"refused"},
    }  # fmt: skip
    assert kept.numbers.loc[kept.numbers["page"] == "2", ["table", "row", "column"]].isna().all(axis=None)
    assert kept.pages["kind"].tolist() == ["table", "failed"]
    assert kept.pages["message"].tolist()[1] == "se rechazó"
    assert len(kept.numbers) == len(reading.numbers)
