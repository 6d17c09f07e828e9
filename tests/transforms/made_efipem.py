"""Small `core` frames with figures that INEGI published (EFIPEM, egresos): a state and a year, by chapter and concept.

The figures are those of `golden/efipem_spending.csv`, carried over from the project's reference table of EFIPEM by concept, whole
pesos, with the line «Instituciones y programas de salud» inside its concept. They are the real cases of the method.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.transforms.made_core import MadeCore

GOLDEN = Path(__file__).parent / "golden" / "efipem_spending.csv"
NAMES = {"03": "Baja California Sur", "08": "Chihuahua", "11": "Guanajuato", "19": "Nuevo León", "26": "Sonora"}
_KIND = {"total": "total", "chapter": "subtotal", "concept": "detail", "health": "detail"}
_UNDER = {"chapter": "total", "concept": "chapter", "health": "concept"}


def figures(government: str, year: int) -> Iterator[tuple[str, str, int]]:
    """Level, label and pesos of each row, in the order of INEGI."""
    with GOLDEN.open(encoding="utf-8") as book:
        for row in csv.DictReader(book):
            if (row["government_id"], int(row["year"])) == (government, year):
                yield row["level"], row["label"], int(row["pesos"])


def efipem(*years: tuple[str, int]) -> MadeCore:
    """One document per government and year, as they are read: a table by object, without codes."""
    core = MadeCore()
    core.rows["government"] = [{"government_id": key, "name": name, "level": "state"} for key, name in NAMES.items()]
    for government, year in years:
        document = f"efipem-{government}-{year}"
        status = "preliminary" if year == 2022 else "final"
        core.document(document, year=year, government=government, kind="estadistica", period_status=status)
        core.table(1, "object", document_id=document)
        above: dict[str, str | None] = {"total": None}
        for level, label, pesos in figures(government, year):
            kind = "subtotal" if label.startswith("Transferencias internas") else _KIND[level]
            parent = above[_UNDER[level]] if level in _UNDER else None
            above[level] = core.line(
                label, pesos, document_id=document, row_kind=kind, stage="ejercido", parent_line_id=parent
            )
    return core
