"""A small store with made-up rows, enough to publish; no figure in it is real."""

from datetime import UTC, date, datetime
from typing import Any

from warehouse.schema import TABLES
from warehouse.store.parquet import Store, partitioned

Rows = dict[str, list[dict[str, Any]]]


def line(row: int, label: str | None = "3800 Servicios oficiales", **values: Any) -> dict[str, Any]:
    """A row of out.line."""
    return {
        "line_id": f"made-up:1:{row}",
        "document_id": "made-up",
        "government": "Estado inventado",
        "fiscal_year": 2021,
        "period_start": date(2021, 1, 1),
        "label": label,
        "row_kind": "detail",
        "object_code": "0381",
        "adds_up": True,
        "page": "2",
        "citable": False,
        "aprobado_centavos": 1_234_56 * row,
        **values,
    }


def made_up() -> Rows:
    return {
        "raw.document": [{"document_id": "made-up", "sha256": "0" * 64, "outcome": "read", "reader": "1"}],
        "raw.number": [
            {"document_id": "made-up", "page": page, "number": number, "source_text": "1"}
            for page in ("10", "9", "2")
            for number in (2, 1)
        ],
        "core.document": [
            {
                "document_id": "made-up",
                "sha256": "0" * 64,
                "title": "=Documento inventado",
                "outcome": "read",
                "citable": False,
                "obtained_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            },
            {"document_id": "scan", "outcome": "no_text", "message": "Instale un OCR"},
        ],
        "core.amount": [
            {
                "line_id": f"made-up:1:{row}",
                "document_id": "made-up",
                "column": 1,
                "page": "2",
                "source_text": "1",
                "amount_centavos": centavos,
                "verified": True,
                "reason": "total",
            }
            for row, centavos in ((10, 10**18 - 1), (2, -(10**18) + 1), (1, -1), (3, None))
        ],
        "out.line": [line(10), line(2), line(1)],
        "out.alert": [
            {"alert_id": "a1", "code": "echo", "severity": "WARN", "message": "An echo", "mensaje": "Un eco"}
        ],
        "out.health_vs_events": [
            {
                "document_id": "made-up",
                "government": "Estado inventado",
                "fiscal_year": 2021,
                "stage": "aprobado",
                "verified": False,
                "refusals": "no_health;no_events",
            }
        ],
    }


def fill(store: Store, rows: Rows) -> Store:
    for name, records in rows.items():
        table = TABLES[name]
        store.write(name, table.frame(records), records[0]["document_id"] if partitioned(table) else None)
    return store
