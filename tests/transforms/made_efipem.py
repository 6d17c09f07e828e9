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
_KIND = {"total": "total", "chapter": "subtotal", "concept": "detail", "health": "memo"}


def figures(government: str, year: int) -> Iterator[tuple[str, str, int]]:
    """Level, label and pesos of each row, in the order of INEGI."""
    with GOLDEN.open(encoding="utf-8") as book:
        for row in csv.DictReader(book):
            if (row["government_id"], int(row["year"])) == (government, year):
                yield row["level"], row["label"], int(row["pesos"])


def efipem(*years: tuple[str, int], table_of_health: bool = True) -> MadeCore:
    """One document per government and year, as they are read: a table by object, and selected items in another."""
    core = MadeCore()
    core.rows["government"] = [{"government_id": key, "name": name, "level": "state"} for key, name in NAMES.items()]
    for government, year in years:
        document = f"efipem-{government}-{year}"
        status = "preliminary" if year == 2022 else "final"
        core.document(document, year=year, government=government, kind="estadistica", period_status=status)
        core.table(1, "object", document_id=document)
        for level, label, pesos in figures(government, year):
            if level == "health" and not table_of_health:
                continue
            kind = "detail" if level == "health" else _KIND[level]
            if level == "concept" and label.startswith("Transferencias internas"):
                kind = "subtotal"
            core.line(label, pesos, document_id=document, row_kind=kind, stage="ejercido")
    return core
