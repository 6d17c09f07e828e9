"""The ledgers of the small world in which every check passes, and what is wrong with one thing of them changed."""

import datetime as dt
from typing import Any

_END = dt.date(2024, 12, 31)
_DUE, _EXTENDED = dt.date(2025, 1, 28), dt.date(2025, 2, 11)
_AT: dict[str, Any] = {"document_id": "d2", "record": 1, "page": "Hoja", "place": "A8", "government_id": "26"}
_UNPROVEN = {"verified": False, "reason": "no_proof"}
_WITHHELD = {"withheld": True, "exclusion": "personal_data"}

ROWS: dict[str, list[dict[str, Any]]] = {
    "raw.record": [
        {"document_id": "d2", "record": 1, "field": "amount", "page": "Hoja", "place": "B8", "profile_id": "p", "ledger": "procedure",
         "source_text": "90", "type": "money", "withheld": False},
        {"document_id": "d2", "record": 1, "field": "winner_name", "page": "Hoja", "place": "C8", "profile_id": "p", "ledger": "procedure", **_WITHHELD},
    ],
    "core.procedure": [
        {"procedure_id": "d2:1", **_AT, "file_number": "LPN/1", "ocid": "ocds-1", "rows": 1, **_UNPROVEN},
        {"procedure_id": "d1:1", **_AT, "document_id": "d1", "file_number": "LPN/2", "ocid": "ocds-2", "rows": 1, **_UNPROVEN},
    ],
    "core.contract": [
        {"contract_id": "d2:1", "procedure_id": "d2:1", **_AT, "number": "C-1", "supplier_kind": "withheld", "amount_centavos": 90_00, "rows": 1,
         "period_end": _END, "work_key": "K10", **_UNPROVEN},
        {"contract_id": "d1:1", "procedure_id": "d2:1", **_AT, "document_id": "d1", "number": "C-1", "supplier_kind": "withheld",
         "amount_centavos": 90_00, "rows": 1, "period_end": _END, **_UNPROVEN},
    ],
    "core.payment": [{"payment_id": "d2:2", **_AT, "invoice": "F1", "amount_centavos": 10_00, "period_end": _END, **_UNPROVEN}],
    "core.charge": [
        {"charge_id": "d2:1:38", "record_kind": "contract", "record_id": "d2:1", **_AT, "object_code": "38", "basis": "row"},
        {"charge_id": "d2:2:39", "record_kind": "payment", "record_id": "d2:2", **_AT, "object_code": "39", "basis": "row"},
    ],
    "core.link": [
        {"link_id": "d2:1>d1:1:2", "from_kind": "contract", "from_id": "d2:1", "to_kind": "line", "to_id": "d1:1:2", "rule": "object_code",
         "strength": "key", "stage": "devengado", "period_end": _END, "from_amount_centavos": 80_00, "sum_amount_centavos": 80_00,
         "to_amount_centavos": 90_00, "difference_centavos": 10_00, "outcome": "part"}
    ],
    "core.work": [
        {"work_id": f"{document}:3", **_AT, "document_id": document, "fiscal_year": 2024, "key": "K10", "name": "Obra", "total_investment_centavos": 2_00, "year_kind": "annual", **_UNPROVEN}
        for document in ("d2", "d1")
    ],
    "core.indicator": [{"indicator_id": "d2:4", **_AT, "name": "Eficacia", "sense": "up", **_UNPROVEN}],
    "core.commitment": [{"commitment_id": "X1", "document_id": "d2", "record": 5, "page": "Hoja", "title": "Abrir datos", **_UNPROVEN}],
    "core.request": [
        {"request_id": "300564025000005", **_AT, "mentions": 1, "asked_on": _END, "due_on": _DUE, "extended_due_on": _EXTENDED,
         "state": "waiting_response", **_UNPROVEN}
    ],
    "core.publication": [{"publication_id": "d2:6", **_AT, "document_name": "Estado de actividades", **_UNPROVEN}],
    "core.observation": [{"observation_id": "o1", **_AT, "observers": 18, **_UNPROVEN}],
    "core.transfer": [
        {"transfer_id": "d2:7:fais", **_AT, "fiscal_year": 2024, "side": "received", "fund": "fais", "amount_centavos": 5_00, "derived": True, **_UNPROVEN}
    ],
    "out.procedure_rate": [
        {"rate_id": "d2:2024:open:by_method", "document_id": "d2", "government_id": "26", "fiscal_year": 2024, "method": "open", "measure": "by_method",
         "rows": 1, "counted": 1, "of_procedures": 1, "share": 1.0, "reported": 1, "citable": True}
    ],
    "out.money_route": [
        {"route_id": "26:2024:state_to_municipalities:fais", "government_id": "26", "fiscal_year": 2024, "leg": "state_to_municipalities", "fund": "fais",
         "giver_says_centavos": 5_00, "receivers_say_centavos": 5_00, "reported": 72, "expected": 72, "coverage": 1.0, "gap_centavos": 0,
         "caveats": "derived", "citable": False}
    ],
    "out.indicator_series": [{"indicator_id": "d2:4", "document_id": "d2", "name": "Eficacia", "sense": "up", "citable": False}],
    "out.item_check": [
        {"check_id": "26030:2024:1.1:renglones", "government_id": "26030", "fiscal_year": 2024, "item": "1.1", "part": "renglones", "block": "gastos",
         "wording": "Publica gastos", "outcome": "found", "found": 1, "asked": 1, "citable": True}
    ],
    "out.work_gap": [{"work_id": "d2:3", "document_id": "d2", "key": "K10", "name": "Obra", "required": 13, "present": 2, "complete": False}],
    "out.request_series": [
        {"series_id": "26:A:2024:waiting_response", "government_id": "26", "body": "A", "request_year": 2024, "state": "waiting_response", "requests": 1,
         "overdue": 1, "answered": 0, "citable": True}
    ],
    "out.document_calendar": [
        {"calendar_id": "26:A:notas:-:2024-12", "government_id": "26", "document_class": "notas", "fiscal_year": 2024, "period": "2024-12",
         "rule": "lgcg_58", "due_on": _DUE, "published_on": _EXTENDED, "days_late": 14, "state": "late", "citable": True}
    ],
    "out.commitment_status": [
        {"plan": "P", "commitment_id": "-", "commitments": 2, "assessed": 1, "refusals": "progress_missing", "citable": False}
    ],
    "out.beside": [
        {"government_id": "26", "fiscal_year": 2024, "period": "01-01/12-31", "stage": "devengado", "concept": "total", "amount_centavos": 90_00,
         "inhabitants": 3, "per_inhabitant_centavos": 30_00, "citable": True}
    ],
    "out.line_trace": [
        {"line_id": "d1:1:2", "document_id": "d1", "government_id": "26", "fiscal_year": 2024, "label": "3800 Servicios oficiales", "stage": "devengado",
         "amount_centavos": 90_00, "contracts": 1, "contracted_centavos": 80_00, "payments": 0, "traced_centavos": 80_00, "share": 0.88,
         "untraced_centavos": 10_00, "contradictions": 0, "citable": False}
    ],
}  # fmt: skip

_TELEPHONE = "Tel. 662 123 4567"
# Check, table, row and the cells that break it.
BAD: list[tuple[str, str, int, dict[str, Any]]] = [
    ("record_cell_accounted", "raw.record", 0, {"type": None}),
    ("record_cell_accounted", "raw.record", 1, {"source_text": "Un nombre"}),
    ("core_procedure_nothing_withheld", "core.procedure", 0, {"body": "a@ejemplo.org"}),
    ("core_contract_nothing_withheld", "core.contract", 0, {"object": f"Servicio, {_TELEPHONE}"}),
    ("core_payment_nothing_withheld", "core.payment", 0, {"invoice": "GOAM800101AB1"}),
    ("core_charge_nothing_withheld", "core.charge", 0, {"programme_code": "a@ejemplo.org"}),
    ("core_link_nothing_withheld", "core.link", 0, {"refusals": "a@ejemplo.org"}),
    ("out_line_trace_nothing_withheld", "out.line_trace", 0, {"object_code": "a@ejemplo.org"}),
    ("core_work_nothing_withheld", "core.work", 0, {"description": "a@ejemplo.org"}),
    ("core_indicator_nothing_withheld", "core.indicator", 0, {"formula": "a@ejemplo.org"}),
    ("core_commitment_nothing_withheld", "core.commitment", 0, {"title": "a@ejemplo.org"}),
    ("core_request_nothing_withheld", "core.request", 0, {"subject": _TELEPHONE}),
    ("core_publication_nothing_withheld", "core.publication", 0, {"body": "a@ejemplo.org"}),
    ("out_work_gap_nothing_withheld", "out.work_gap", 0, {"name": _TELEPHONE}),
    ("out_work_gap_accuses_nobody", "out.work_gap", 0, {"absent": "sospecha"}),
    ("core_observation_nothing_withheld", "core.observation", 0, {"as_of": "a@ejemplo.org"}),
    ("core_transfer_nothing_withheld", "core.transfer", 0, {"transfer_id": "a@ejemplo.org"}),
    ("out_procedure_rate_nothing_withheld", "out.procedure_rate", 0, {"refusals": "a@ejemplo.org"}),
    ("out_money_route_nothing_withheld", "out.money_route", 0, {"giver_document_ids": "a@ejemplo.org"}),
    ("out_indicator_series_nothing_withheld", "out.indicator_series", 0, {"name": _TELEPHONE}),
    ("out_item_check_nothing_withheld", "out.item_check", 0, {"wording": "a@ejemplo.org"}),
    ("out_procedure_rate_accuses_nobody", "out.procedure_rate", 0, {"refusals": "sospecha"}),
    ("out_money_route_accuses_nobody", "out.money_route", 0, {"caveats": "sospecha"}),
    ("out_indicator_series_accuses_nobody", "out.indicator_series", 0, {"refusals": "sospecha"}),
    ("out_item_check_accuses_nobody", "out.item_check", 0, {"wording": "sospecha"}),
    ("payment_counts_once", "core.charge", 1, {"record_id": "d2:1"}),
    ("view_cites_what_it_may", "out.money_route", 0, {"citable": True}),
    ("view_cites_what_it_may", "out.money_route", 0, {"refusals": "coverage_low"}),
    ("charge_leads_to_its_own_row", "core.charge", 0, {"basis": "order"}),
    ("work_key_leads_to_a_work", "core.contract", 0, {"work_key": "KI0"}),
    ("contract_within_its_line", "core.link", 0, {"stage": "modificado", "from_amount_centavos": 95_00}),
    ("programme_money_agrees", "core.link", 0, {"outcome": "contradicts"}),
    ("result_follows_from_its_numbers", "core.indicator", 0, {"agrees": False}),
    ("target_in_the_unit_of_its_result", "core.indicator", 0, {"unit_differs": True}),
    ("work_is_the_same_in_each_list", "core.work", 0, {"name": "Otra obra"}),
    ("work_is_the_same_in_each_list", "core.work", 0, {"total_investment_centavos": 1_00}),
    *(
        (f"core_{table}_days_exist", f"core.{table}", 0, {"date_text": "fecha: 31/06/2024 (impossible)"})
        for table in ("procedure", "contract", "payment", "work", "indicator", "request", "publication")
    ),
    ("payment_within_its_period", "core.payment", 0, {"paid_on": dt.date(2025, 1, 1)}),
    ("ocid_stands_once", "core.procedure", 1, {"ocid": "ocds-1"}),
    ("vintage_keeps_its_centavos", "core.contract", 1, {"amount_centavos": 90_40}),
    ("register_is_of_its_government", "core.procedure", 0, {"body": "Municipio de Ejemplo"}),
    ("receivers_cover_the_giver", "out.money_route", 0, {"refusals": "coverage_low"}),
    ("out_request_series_nothing_withheld", "out.request_series", 0, {"body": "a@ejemplo.org"}),
    ("out_document_calendar_nothing_withheld", "out.document_calendar", 0, {"document_name": "a@ejemplo.org"}),
    ("out_commitment_status_nothing_withheld", "out.commitment_status", 0, {"title": _TELEPHONE}),
    ("out_request_series_accuses_nobody", "out.request_series", 0, {"caveats": "sospecha"}),
    ("out_document_calendar_accuses_nobody", "out.document_calendar", 0, {"caveats": "sospecha"}),
    ("out_commitment_status_accuses_nobody", "out.commitment_status", 0, {"progress_source": "sospecha"}),
    ("out_beside_accuses_nobody", "out.beside", 0, {"caveats": "sospecha"}),
    ("request_due_by_its_rule", "core.request", 0, {"due_on": None}),
    ("request_series_counts_what_is_known", "out.request_series", 0, {"overdue": 2}),
    ("calendar_state_is_of_its_days", "out.document_calendar", 0, {"days_late": 0}),
    ("progress_over_all_commitments", "out.commitment_status", 0, {"progress": 90.0}),
    ("beside_only_what_compares", "out.beside", 0, {"refusals": "not_broken_down"}),
    ("link_leads_to_rows", "core.link", 0, {"to_kind": "work"}),
    ("withheld_supplier_is_nameless", "core.contract", 0, {"supplier": "Un nombre"}),
    ("link_leads_to_rows", "core.link", 0, {"to_id": "d1:1:77"}),
    ("link_leads_to_rows", "core.link", 0, {"from_id": "d2:77"}),
    ("link_sums_what_it_may", "core.link", 0, {"refusals": "shared_charge"}),
    ("link_sums_what_it_may", "core.link", 0, {"strength": "words"}),
    ("traced_within_the_line", "out.line_trace", 0, {"traced_centavos": 95_00}),
    ("traced_within_the_line", "out.line_trace", 0, {"refusals": "open_contract"}),
    ("line_not_exceeded", "core.link", 0, {"outcome": "exceeds"}),
    ("contract_states_one_total", "core.contract", 0, {"reason": "totals_differ"}),
    ("out_line_trace_accuses_nobody", "out.line_trace", 0, {"refusals": "sospecha"}),
    ("out_line_trace_no_personal_data", "out.line_trace", 0, {"label": "Apoyo GOAM800101AB1"}),
]
