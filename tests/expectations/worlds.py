"""A small world in which every check passes: a document, a table of three lines, a comparison.

Made up by us, in round numbers. Tests change one thing in it and see which check notices.
"""

import datetime as dt
from functools import cache
from typing import Any

import pandas as pd

from tests.expectations import ledger_world
from warehouse.schema import TABLES
from warehouse.schema.core import FACETS_OF_COLUMNS

# On what the facets of its amounts rest.
BASES = {
    "value_basis": "total", "sign_basis": "unsigned", "label_basis": "row", "kind_basis": "header", "unit_basis": "title",
    "time_basis": "title", "body_basis": "title", "stage_basis": "header", "seen_basis": "in_sight",
}  # fmt: skip
DAY = dt.date(2024, 1, 1)
BOX = "10,20,30,40"

# Health, events, total: approved and accrued, in centavos.
_LINES = (
    (1, "2000 Salud", "detail", 1, (900_00, 800_00)),
    (2, "3800 Servicios oficiales", "detail", 1, (100_00, 90_00)),
    (3, "Total", "total", 0, (1000_00, 890_00)),
)
_STAGES = ("aprobado", "devengado")
_IDENTITY = {"document_id": "d1", "government_id": "26", "fiscal_year": 2024}


def good() -> dict[str, pd.DataFrame]:
    """Frames of every table, typed by the schema, in which nothing is wrong; the caller may change them."""
    return {name: frame.copy() for name, frame in _good().items()}


@cache
def _good() -> dict[str, pd.DataFrame]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES if name != "out.check"}
    rows["raw.document"] = [{"document_id": "d1", "sha256": "a", "outcome": "read"}]
    rows["raw.page"] = [
        {"document_id": "d1", "page": "1", "position": 1, "kind": "table", "words": 20, "numeric_words": 7}
    ]
    rows["raw.table"] = [{"document_id": "d1", "table": 1}]
    rows["core.government"] = [{"government_id": "26", "name": "Sonora", "level": "state"}]
    rows["core.document"] = [
        {**_IDENTITY, "title": "Ley", "kind": "ley", "outcome": "read", "period_start": DAY, "period_end": dt.date(2024, 12, 31),
         "lines": 3, "amounts": 6, "verified": 6, "numeric_words": 7, "excluded": 1},
    ]  # fmt: skip
    rows["core.table"] = [
        {
            "document_id": "d1",
            "table": 1,
            "classification": "object",
            "multiplier": 1,
            "lines": 3,
            "total_centavos": 1000_00,
        }
    ]
    rows["core.exclusion"] = [
        {"document_id": "d1", "reason": "page_number", "words": 1, "share": 0.14, "example": "12"}
    ]
    rows["raw.number"].append(
        {"document_id": "d1", "page": "1", "number": 7, "source_text": "12", "exclusion": "page_number"}
    )
    for column, stage in enumerate(_STAGES, 1):
        rows["core.basis"] += [
            {"document_id": "d1", "table": 1, "column": column, "facet": facet, "basis": BASES[f"{facet}_basis"]}
            for facet in FACETS_OF_COLUMNS
        ]
        rows["raw.column"].append({"document_id": "d1", "table": 1, "column": column, "header": stage})
        rows["core.reconciliation"].append(
            {"reconciliation_id": f"d1:1:3:{column}:total", "document_id": "d1", "table": 1, "line_id": "d1:1:3", "page": "1", "kind": "total",
             "column": column, "stage": stage, "printed_centavos": _LINES[2][4][column - 1], "computed_centavos": _LINES[2][4][column - 1],
             "difference_centavos": 0, "terms": 2, "outcome": "passed"}
        )  # fmt: skip
    for row, label, kind, depth, centavos in _LINES:
        _add_line(rows, row, label, kind, depth, centavos)
    _add_comparisons(rows)
    rows |= ledger_world.ROWS
    return {name: TABLES[name].frame(records) for name, records in rows.items()}


def _add_line(
    rows: dict[str, list[dict[str, Any]]], row: int, label: str, kind: str, depth: int, centavos: tuple[int, ...]
) -> None:
    line_id = f"d1:1:{row}"
    rows["raw.row"].append({"document_id": "d1", "table": 1, "row": row, "page": "1", "label": label})
    line = {
        **_IDENTITY,
        "line_id": line_id,
        "table": 1,
        "page": "1",
        "label": label,
        "row_kind": kind,
        "depth": depth,
        "classification": "object",
    }
    parent = None if kind == "total" else "d1:1:3"
    rows["core.line"].append({**line, "row": row, "place": BOX, "parent_line_id": parent})
    rows["out.line"].append(
        {**line, "adds_up": True, **{f"{s}_centavos": c for s, c in zip(_STAGES, centavos, strict=True)}}
    )
    for column, (stage, amount) in enumerate(zip(_STAGES, centavos, strict=True), 1):
        text = f"{amount / 100:,.2f}"
        cell = {"document_id": "d1", "page": "1", "source_text": text, "place": BOX, "column": column}
        proof = {
            "stage": stage,
            "multiplier": 1,
            "amount_centavos": amount,
            "verified": True,
            "reason": "total",
            **BASES,
        }
        rows["raw.number"].append({**cell, "number": 2 * row + column - 2, "table": 1, "row": row})
        rows["core.amount"].append({**cell, **proof, "line_id": line_id, "fiscal_year": 2024})
        rows["out.line_all"].append({**line, **cell, **proof})


def _add_comparisons(rows: dict[str, list[dict[str, Any]]]) -> None:
    compared = {
        **_IDENTITY,
        "stage": "aprobado",
        "period_end": dt.date(2024, 12, 31),
        "verified": True,
        "health_centavos": 900_00,
        "health_line_ids": "d1:1:1",
    }
    rows["out.health_vs_events"] = [
        {**compared, "events_centavos": 100_00, "events_line_ids": "d1:1:2", "events_share_of_health": 0.11},
        {**_IDENTITY, "stage": "devengado", "verified": False, "refusals": "no_health;zero_base"},
    ]
    rows["out.line_comparison"] = [
        {**compared, "line_id": "d1:1:2", "label": "3800 Servicios oficiales", "row_kind": "detail", "basket": "events", "rules": "cog-3800", "adds_up": True,
         "column": 1, "amount_centavos": 100_00, "share_of_health": 0.11, "inside_health": False, "page": "1"}
    ]  # fmt: skip
    cost = {"unit_cost_id": "c1", "unit_cost_name": "Consulta", "unit_cost_centavos": 10_00, "unit_cost_year": 2024}
    rows["out.unit_cost"] = [{**cost, "source": "DOF"}]
    rows["out.would_buy"] = [
        {**cost, "line_id": "d1:1:2", "column": 1, "adds_up": True, "same_year": True, "would_buy": 10.0}
    ]
    rows["out.overlap"] = [
        {**_IDENTITY, "stage": "aprobado", "basket": "events", "status": "measured", "amount_centavos": 100_00,
         "inside_health_centavos": 0, "table": 1, "verified": True}
    ]  # fmt: skip
    sides = {
        f"{side}_{name}": value
        for side in "xy"
        for name, value in (("basket", side), ("perimeter", "total de 1000 pesos"), ("unit", "pesos"))
    }
    rows["out.comparison"] = [
        {**_IDENTITY, **sides, "comparison_id": "c", "comparison": "C", "comparacion": "C", "stage": "aprobado", "x_amount_centavos": 100_00,
         "x_line_ids": "d1:1:2", "y_amount_centavos": 900_00, "y_line_ids": "d1:1:1", "result": 0.11}
    ]  # fmt: skip
    _add_series(rows)
    _add_panel(rows)
    rows["out.coverage"] = [
        {
            "government_id": "26",
            "fiscal_year": 2024,
            "documents": 1,
            "documents_read": 1,
            "documents_refused": 0,
            "verified_share": 1.0,
        }
    ]
    rows["out.alert"] = [
        {
            "alert_id": "a1",
            "code": "document_refused",
            "severity": "WARN",
            "message": "A document was refused.",
            "mensaje": "Se rechazó un documento.",
        }
    ]
    rows["out.claim"] = [
        {
            "claim_id": "c1",
            "text": "A sentence.",
            "texto": "Una frase.",
            "status": "claimed",
            "outcome": "first",
            "verified": False,
            "finding": "Document not seen.",
            "hallazgo": "Documento no visto.",
        }
    ]
    rows["out.affordability"] = [
        {"card_id": "c1", "card": "Una ficha", "government_id": "26", "money_id": "m1", "money": "Publicidad",
         "nature": "one_off", "reading": "mid", "sentence": "Not computed.", "oracion": "No se calcula.",
         "assumptions": "personas: 1", "counter_evidence": "Es poco.", "refusals": "missing_operand"}
    ]  # fmt: skip
    rows["out.release_difference"] = [
        {"difference_id": "changed:d1:1:1:1", "previous_release": 1, "change": "changed", "cause": "late_accrual",
         "fields": "amount", "document_id": "d1", "line_id": "d1:1:1", "label": "2.3 Salud"}
    ]  # fmt: skip
    rows["out.insurer"] = [
        {"insurer_id": "i1", "government_id": "26", "insurer": "Un instituto", "gives": "medical", "evidence": "primary", "source": "DOF"}
    ]  # fmt: skip
    rows["out.practice"] = [
        {"government_id": "26", "indicator": "underspending", "measured": False, "sentence": "No data.", "oracion": "No hay datos."}
    ]  # fmt: skip
    rows["out.methodology"] = [
        {"item": "cog-3800", "description": "Official services.", "descripcion": "Servicios oficiales."}
    ]


def _add_series(rows: dict[str, list[dict[str, Any]]]) -> None:
    whole = {**_IDENTITY, "stage": "aprobado", "kind": "ley", "period_end": dt.date(2024, 12, 31)}
    sides = {
        f"{side}_{name}": value
        for side, stage, amount in (("from", "aprobado", 100_00), ("to", "devengado", 90_00))
        for name, value in (
            ("year", 2024), ("stage", stage), ("document_id", "d1"), ("line_ids", "d1:1:2"), ("amount_centavos", amount),
        )
    }  # fmt: skip
    rows["out.change"] = [
        {"government_id": "26", "kind": "ley", "item": "events", "comparison": "stages", "period": "01-01/12-31", **sides,
         "nominal_change": -0.1, "readings": 1, "readings_held": 1, "stable": True, "verified": True, "citable": True}
    ]  # fmt: skip
    rows["out.perimeter"] = [{**whole, "total_centavos": 1000_00}]
    rows["out.cross_classification"] = [
        {**{k: v for k, v in whole.items() if k != "document_id"}, "object_total_centavos": 1000_00, "function_total_centavos": 1000_00,
         "gap_centavos": 0, "outcome": "equal", "verified": True}
    ]  # fmt: skip
    rows["out.cross_source"] = [
        {**{k: v for k, v in whole.items() if k != "period_end"}, "document_id_b": "d2", "kind_b": "secundaria", "stage_b": "aprobado", "classification": "object",
         "code": "38", "amount_centavos": 100_00, "amount_b_centavos": 100_00, "gap_centavos": 0, "outcome": "equal",
         "verified": True, "verified_b": True}
    ]  # fmt: skip
    rows["out.institutional_change"] = [
        {"change_id": "c1", "first_year": 2020, "last_year": 2020, "affects": "health", "name": "One body ends.",
         "nombre": "Termina un ente.", "evidence": "single", "source": "DOF"}
    ]  # fmt: skip
    rows["out.seal_error"] = [
        {"sample": "by_eye", "facet": "all", "held": True, "documents": 9, "documents_wrong": 0, "documents_bound": 0.28, "verified": 400,
         "wrong": 0, "bound": 0.0075, "measured_on": dt.date(2026, 11, 30), "code_version": "abc"}
    ]  # fmt: skip
    rows["out.watched_document"] = [
        {"portal_id": "sonora", "address": "https://portal.example/a.pdf", "government_id": "26", "document_id": "d1", "status": "present",
         "first_seen_on": dt.date(2026, 11, 30)}
    ]  # fmt: skip
    rows["out.price_index"] = [{"name": "INPC", "year": 2024, "value": 100.0, "status": "final", "source": "INEGI"}]


def _add_panel(rows: dict[str, list[dict[str, Any]]]) -> None:
    of = {"government_id": "26", "fiscal_year": 2024, "period": "01-01/12-31", "by": "object", "standing": "citable", "document_id": "d1",
          "perimeter": "total de 1000 pesos", "verified": True, "citable": True, "page": "1"}  # fmt: skip
    chapters = (("2", 900_00, 800_00, "d1:1:1"), ("38", 100_00, 90_00, "d1:1:2"))
    rows["out.panel"] = [
        {**of, "stage": "aprobado", "level": "chapter", "class_id": code, "amount_centavos": before, "line_ids": line}
        for code, before, _, line in chapters
    ]
    rows["out.panel"] += [
        {**of, "stage": "aprobado", "level": "total", "class_id": "-", "amount_centavos": 1000_00, "line_ids": "d1:1:3"},
        {**of, "stage": "devengado", "level": "concept", "class_id": "38", "amount_centavos": 90_00, "line_ids": "d1:1:2",
         "verified": False, "refusals": "unverified_operand"},
    ]  # fmt: skip
    unpaged = {name: value for name, value in of.items() if name != "page"}
    rows["out.deviation"] = [
        {**unpaged, "from_stage": "aprobado", "to_stage": "devengado", "level": "chapter", "class_id": code, "from_amount_centavos": before,
         "to_amount_centavos": after, "deviation_centavos": after - before, "deviation_share": after / before - 1, "from_line_ids": line,
         "to_line_ids": line, "compared": 3, "place_first": 1, "place_last": 2}
        for code, before, after, line in chapters
    ]  # fmt: skip
    rows["out.series"] = [
        {**unpaged, "fiscal_year": year, "stage": "aprobado", "level": "chapter", "series_class": "2", "class_id": "2", "segment": segment,
         "amount_centavos": 900_00, "line_ids": "d1:1:1", **more}
        for year, segment, more in (
            (2022, 1, {}), (2023, 1, {"previous_year": 2022, "real_change": 0.1}), (2024, 2, {"breaks": "perimeter_jump"}),
        )
    ]  # fmt: skip
    rows["out.succession"] = [
        {"succession_id": "s1", "by": "administrative", "kind": "spelling", "from_class": "ag salud", "to_class": "salud",
         "evidence": "single", "source": "Los propios documentos"}
    ]  # fmt: skip
