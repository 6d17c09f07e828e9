"""Small `core` frames for tests of comparisons: figures made for the test, in pesos, in the shape that normalize gives."""

from datetime import date
from typing import Any

import pandas as pd

from warehouse.schema.core import AMOUNT, CORE_TABLE, DOCUMENT, GOVERNMENT, LINE, RECONCILIATION


class MadeCore:
    """Adds documents, tables and lines one by one; `frames()` gives what `compare` takes."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("government", "document", "table", "line", "amount", "reconciliation")
        }
        self.rows["government"] = [
            {"government_id": "26", "name": "Sonora", "level": "state"},
            {"government_id": "11", "name": "Guanajuato", "level": "state"},
        ]

    def document(
        self, document_id: str = "doc", year: int | None = 2021, government: str | None = "26", **fields: Any
    ) -> "MadeCore":
        whole = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)} if year else {}
        row = {
            "document_id": document_id,
            "sha256": f"hash-{document_id}",
            "government_id": government,
            "title": document_id,
            "kind": "ley",
            "fiscal_year": year,
            **whole,
            "citable": True,
            "obtained_how": "file",
            "outcome": "read",
            **fields,
        }
        self.rows["document"].append(row)
        return self

    def table(
        self, table: int = 1, classification: str = "object", scope: str | None = "whole", document_id: str = "doc"
    ) -> "MadeCore":
        self.rows["table"].append(
            {"document_id": document_id, "table": table, "classification": classification, "scope": scope}
        )
        return self

    def line(
        self,
        label: str,
        pesos: Any,
        *,
        table: int = 1,
        document_id: str = "doc",
        row_kind: str = "detail",
        verified: bool = True,
        reason: str | None = None,
        stage: str | None = "aprobado",
        header: str = "Importe",
        **fields: Any,
    ) -> str:
        """One line; `pesos` is an amount, or a dict of stage to amount, or a list of (header, stage, amount)."""
        document = next(d for d in self.rows["document"] if d["document_id"] == document_id)
        kind = next(
            t["classification"] for t in self.rows["table"] if (t["document_id"], t["table"]) == (document_id, table)
        )
        row = 1 + sum(1 for line in self.rows["line"] if (line["document_id"], line["table"]) == (document_id, table))
        line_id = f"{document_id}:{table}:{row}"
        page = fields.pop("page", str(table))
        year = fields.pop("year", document["fiscal_year"])
        self.rows["line"].append(
            {
                "line_id": line_id,
                "document_id": document_id,
                "table": table,
                "row": row,
                "page": page,
                "label": label,
                "name": label,
                "row_kind": row_kind,
                "classification": kind,
                "government_id": document["government_id"],
                "fiscal_year": year,
                "depth": 0,
                **fields,
            }
        )
        cells = (
            pesos
            if isinstance(pesos, list)
            else [(name, name, n) for name, n in pesos.items()]
            if isinstance(pesos, dict)
            else [(header, stage, pesos)]
        )
        for column, (name, of_stage, amount) in enumerate(cells, start=1):
            self.rows["amount"].append(
                {
                    "line_id": line_id,
                    "document_id": document_id,
                    "column": column,
                    "header": name,
                    "stage": of_stage,
                    "fiscal_year": year,
                    "page": page,
                    "source_text": str(amount),
                    "multiplier": 1,
                    "amount_centavos": None if amount is None else round(amount * 100),
                    "verified": verified,
                    "reason": reason or ("total" if verified else "no_proof"),
                }
            )
        return line_id

    def reconciliation(self, **fields: Any) -> None:
        number = len(self.rows["reconciliation"])
        self.rows["reconciliation"].append(
            {
                "reconciliation_id": f"r{number}",
                "document_id": "doc",
                "table": 1,
                "outcome": "failed",
                "kind": "children",
                "page": "1",
                **fields,
            }
        )

    def frames(self) -> dict[str, pd.DataFrame]:
        schemas = {
            "government": GOVERNMENT,
            "document": DOCUMENT,
            "table": CORE_TABLE,
            "line": LINE,
            "amount": AMOUNT,
            "reconciliation": RECONCILIATION,
        }
        return {name: schema.frame(self.rows[name]) for name, schema in schemas.items()}


def budget(
    health: float = 500_000_000,
    events: float = 5_000_000,
    advertising: float = 9_000_000,
    total: float = 2_000_000_000,
    **document: Any,
) -> MadeCore:
    """One document with an object table and a function table of the same total."""
    core = MadeCore().document(**document)
    name = document.get("document_id", "doc")
    core.table(1, "object", document_id=name).table(2, "function", document_id=name)
    add = {"document_id": name}
    core.line(
        "3600 Servicios de comunicación social y publicidad", advertising, row_kind="subtotal", object_code="36", **add
    )
    core.line("3800 Servicios oficiales", events, row_kind="subtotal", object_code="38", **add)
    core.line("3810 Gastos de ceremonial", events * 0.25, object_code="381", **add)
    core.line("3820 Gastos de orden social y cultural", events * 0.75, object_code="382", **add)
    core.line("Total", total, row_kind="total", **add)
    core.line("2.3 Salud", health, table=2, row_kind="subtotal", function_code="23", **add)
    core.line("2.3.1 Prestación de servicios de salud a la comunidad", health, table=2, function_code="231", **add)
    core.line("Total", total, table=2, row_kind="total", **add)
    return core
