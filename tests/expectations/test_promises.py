"""Each check of a promise fails in a good world with one thing wrong in it. That all pass without it: `test_check_runner`."""

from collections.abc import Callable
from unittest.mock import patch

import pandas as pd
import pytest

from expectations import runner
from expectations.amounts import with_fiscal_year
from expectations.people import FORBIDDEN
from expectations.runner import promised_specs, run
from tests.expectations import ledger_world, worlds
from warehouse.schema import TABLES
from warehouse.schema.personal import PERSONAL
from warehouse.schema.vocabulary import FACETS

Frames = dict[str, pd.DataFrame]
Change = Callable[[Frames], None]

CURP, RFC = "GOAM800101HSRRRL09", "GOAM800101AB1"


def put(table: str, row: int, /, **values: object) -> Change:
    """Sets cells of one row."""

    def change(frames: Frames) -> None:
        for column, value in values.items():
            frames[table].loc[row, column] = value

    return change


def drop(table: str, row: int) -> Change:
    return lambda frames: frames.update({table: frames[table].drop(index=row).reset_index(drop=True)})


def empty(table: str) -> Change:
    return lambda frames: frames.update({table: TABLES[table].frame()})


def add(table: str, like: int, /, **values: object) -> Change:
    """Appends a copy of a row, with some values changed."""

    def change(frames: Frames) -> None:
        row = frames[table].iloc[[like]].assign(**values).astype(frames[table].dtypes)
        frames[table] = pd.concat([frames[table], row], ignore_index=True)

    return change


def both(*changes: Change) -> Change:
    def change(frames: Frames) -> None:
        for one in changes:
            one(frames)

    return change


def echo(frames: Frames) -> None:
    lines = [{"line_id": f"d1:1:{row}", "document_id": "d1", "column": c, "stage": s, "fiscal_year": 2024, "amount_centavos": row}
             for row in range(10, 40) for c, s in ((1, "aprobado"), (2, "devengado"))]  # fmt: skip
    frames["core.amount"] = TABLES["core.amount"].frame(lines)


def swallowed(frames: Frames) -> None:
    """A column of money on a page of running text."""
    texts = [f"{n},250,000.00" for n in range(1, 7)]
    rows = [{"document_id": "d1", "page": "9", "number": n, "source_text": text, "place": f"300,{n}0,380.{n},{n}8", "exclusion": "prose"}
            for n, text in enumerate(texts, 1)]  # fmt: skip
    frames["raw.number"] = pd.concat([frames["raw.number"], TABLES["raw.number"].frame(rows)], ignore_index=True)


def next_year(factor: int) -> Change:
    """The same total a year later, times a factor."""

    def change(frames: Frames) -> None:
        add("core.document", 0, document_id="d9", fiscal_year=2025)(frames)
        add("core.line", 2, line_id="d9:1:3", document_id="d9", fiscal_year=2025)(frames)
        add("core.amount", 4, line_id="d9:1:3", document_id="d9", fiscal_year=2025, amount_centavos=1000_00 * factor)(
            frames
        )

    return change


def forget_years(frames: Frames) -> None:
    """Only the document says its year."""
    for table in ("core.amount", "core.line"):
        frames[table]["fiscal_year"] = pd.array([None] * len(frames[table]), dtype="Int64")


_NET_OF_ONE_SIDE = {
    "from_printed_centavos": 100_00,
    "from_less_centavos": 0,
    "to_printed_centavos": 95_00,
    "to_less_centavos": 0,
}
BAD: list[tuple[str, Change]] = [
    ("watched_documents_are_there", put("out.watched_document", 0, status="vanished")),
    ("watched_documents_are_there", put("out.watched_document", 0, status="unlisted")),
    ("out_watched_document_no_personal_data", put("out.watched_document", 0, label=CURP)),
    ("what_waits_is_not_published", put("out.watched_document", 0, status="waiting")),
    ("panel_refusals_known", put("out.panel", 3, refusals="because")),
    ("deviation_refusals_known", put("out.deviation", 0, refusals="because")),
    ("series_refusals_known", put("out.series", 0, refusals="because")),
    ("panel_citations_exist", put("out.panel", 0, line_ids="d1:1:1;d1:1:77")),
    ("deviation_citations_exist", put("out.deviation", 0, to_line_ids="d1:1:77")),
    ("series_citations_exist", put("out.series", 0, line_ids="d1:1:77")),
    ("panel_unverified_is_refused", put("out.panel", 0, verified=False)),
    ("panel_unverified_is_refused", put("out.panel", 3, per_inhabitant_centavos=1)),
    ("panel_one_view_a_level", put("out.panel", 0, perimeter="total de 7 pesos")),
    ("panel_one_view_a_level", put("out.panel", 0, document_id="d2")),
    ("panel_parts_make_their_whole", put("out.panel", 0, amount_centavos=90_000_00)),
    ("panel_secondary_not_citable", put("out.panel", 0, standing="secondary")),
    ("panel_secondary_not_citable", put("out.panel", 0, citable=False)),
    ("deviation_has_outcome", put("out.deviation", 0, deviation_share=None)),
    ("deviation_has_outcome", put("out.deviation", 0, deviation_share=None, refusals="zero_base")),
    ("deviation_places_are_intervals", put("out.deviation", 0, place_first=3)),
    ("series_change_within_a_segment", put("out.series", 1, breaks="class_jump")),
    ("series_change_within_a_segment", put("out.series", 1, previous_year=None)),
    *(
        (f"verified_has_{facet}_basis", put("core.amount", 0, **{f"{facet}_basis": None}))
        for facet in FACETS
        if facet != "stage"
    ),
    ("value_basis_is_a_proof", put("core.amount", 0, value_basis="title")),
    ("stage_has_basis", put("core.amount", 0, stage_basis=None)),
    ("stage_has_basis", put("core.amount", 0, stage=None)),
    ("basis_is_told", drop("core.basis", 0)),
    ("number_used_or_excluded", put("raw.number", 0, exclusion=None)),
    ("number_used_or_excluded", put("raw.number", 1, row=None)),
    ("excluded_money_plausible", swallowed),
    ("document_hints_fit", put("core.document", 0, message="Hint sheets: there is no sheet 'Egresos'.")),
    ("unit_not_contradicted", put("core.amount", 0, verified=False, reason="unit_conflict")),
    ("page_words_accounted", put("raw.page", 0, numeric_words=8)),
    ("page_words_accounted", put("raw.page", 0, numeric_words=None)),
    ("page_words_accounted", put("raw.number", 0, page="2")),
    ("document_words_accounted", drop("core.exclusion", 0)),
    ("document_words_accounted", drop("core.amount", 3)),
    ("document_words_accounted", put("core.document", 0, numeric_words=6)),
    ("document_words_accounted", put("core.document", 0, excluded=None)),
    ("exclusion_reason_named", put("core.exclusion", 0, reason="because")),
    ("exclusion_share_possible", put("core.exclusion", 0, share=1.2)),
    ("page_readable", put("raw.page", 0, kind="garbled")),
    ("amount_printed", drop("raw.number", 1)),
    ("amount_printed", put("core.amount", 2, source_text="100.01")),
    ("amount_printed", put("core.amount", 2, source_text=None)),
    ("amount_printed", put("raw.number", 1, document_id="d9")),
    ("amount_printed", both(*(put("raw.number", n, row=None) for n in (1, 2)), put("core.line", 0, row=None))),
    ("amount_has_line", put("core.amount", 0, line_id="d1:1:99")),
    ("amount_has_line", put("core.amount", 0, document_id="d9")),
    ("amount_has_place", put("core.amount", 0, place=None)),
    ("line_has_document", put("core.line", 0, document_id="d9")),
    ("line_has_page", put("core.line", 0, page="77")),
    ("line_has_table", put("core.line", 0, table=7)),
    ("line_has_parent", put("core.line", 0, parent_line_id="d1:2:1")),
    ("line_has_parent", put("core.line", 0, parent_line_id="d1:1:1")),
    ("line_has_parent", put("core.line", 2, table=2)),
    ("reconciliation_has_line", put("core.reconciliation", 0, line_id="d1:1:9")),
    ("refused_has_message", put("core.document", 0, outcome="corrupt")),
    ("refused_has_message", put("core.document", 0, outcome="corrupt", message="  ")),
    ("refused_has_no_line", put("core.document", 0, outcome="corrupt")),
    ("document_counts_hold", put("core.document", 0, verified=7)),
    ("document_counts_hold", put("core.document", 0, lines=None)),
    ("document_read", put("core.document", 0, outcome="partial")),
    ("document_mostly_verified", put("core.document", 0, verified=2)),
    ("document_period_ordered", put("core.document", 0, period_end=worlds.DAY.replace(year=2023))),
    ("document_year_plausible", put("core.document", 0, fiscal_year=20240)),
    ("verified_known", put("core.amount", 0, verified=None)),
    ("verified_has_proof", put("core.amount", 0, reason="no_proof")),
    ("verified_has_amount", put("core.amount", 0, amount_centavos=None)),
    ("unverified_has_reason", put("core.amount", 0, verified=False)),
    ("proof_holds", put("core.amount", 0, reason="twin")),
    ("proof_holds", empty("core.reconciliation")),
    ("correction_declared", put("core.amount", 0, reason="correction")),
    ("correction_declared", put("core.amount", 0, correction_id="c9")),
    ("correction_in_force", lambda f: f.update({"core.correction": TABLES["core.correction"].frame([{"correction_id": "c", "document_id": "d1", "outcome": "expired"}])})),
    ("sum_holds", put("core.reconciliation", 0, outcome="failed")),
    ("sum_explained", put("core.reconciliation", 0, outcome="failed")),
    ("details_within_total", put("core.amount", 0, amount_centavos=2000_00)),
    ("unit_known", put("core.amount", 0, multiplier=100)),
    ("verified_has_unit", put("core.amount", 0, multiplier=None)),
    ("stage_named", put("core.amount", 0, stage=None)),
    ("approved_not_negative", put("core.amount", 0, amount_centavos=-1)),
    ("stage_not_echo", echo),
    ("unit_steady_between_years", next_year(21)),
    ("unit_steady_between_stages", put("core.amount", 5, amount_centavos=1_00)),
    ("cited_is_verified", put("core.amount", 0, verified=False)),
    ("cited_is_verified", put("out.line", 0, aprobado_centavos=900_01)),
    ("cited_is_verified", put("out.line", 0, pagado_centavos=900_00)),
    ("cited_is_verified", add("out.line", 0, fiscal_year=2025)),
    ("all_amounts_shown", drop("out.line_all", 2)),
    ("all_amounts_shown", put("out.line_all", 2, amount_centavos=None)),
    ("all_amounts_shown", put("out.line_all", 2, verified=False)),
    ("all_amounts_shown", add("out.line_all", 2, column=9)),
    ("paid_within_accrued", put("out.line", 0, pagado_centavos=800_01)),
    ("accrued_within_revised", put("out.line", 0, modificado_centavos=799_99)),
    ("coverage_adds_up", put("out.coverage", 0, documents=3)),
    ("coverage_share_possible", put("out.coverage", 0, verified_share=-0.1)),
    ("comparison_has_outcome", put("out.health_vs_events", 1, refusals=None)),
    ("comparison_has_outcome", put("out.health_vs_events", 0, health_centavos=None)),
    ("line_comparison_has_outcome", put("out.line_comparison", 0, share_of_health=None)),
    ("refused_not_computed", put("out.health_vs_events", 1, events_share_of_health=0.5)),
    ("comparison_refusals_known", put("out.health_vs_events", 1, refusals="no_health;whim")),
    ("line_comparison_refusals_known", put("out.line_comparison", 0, refusals="whim")),
    ("comparison_share_possible", put("out.health_vs_events", 0, events_share_of_health=-0.5)),
    ("declared_comparison_has_outcome", put("out.comparison", 0, refusals="zero_base")),
    ("declared_comparison_has_outcome", put("out.comparison", 0, result=None)),
    ("declared_comparison_refusals_known", put("out.comparison", 0, refusals="whim", result=None)),
    ("declared_comparison_like_with_like", put("out.comparison", 0, x_perimeter="total de 7 pesos")),
    ("declared_comparison_citations_exist", put("out.comparison", 0, x_line_ids="d1:1:9")),
    ("overlap_possible", put("out.overlap", 0, inside_health_centavos=200_00)),
    ("overlap_possible", put("out.overlap", 0, status="not_crossed")),
    ("only_verified_amounts_buy", put("out.line_comparison", 0, verified=False)),
    ("line_comparison_share_possible", put("out.line_comparison", 0, share_of_health=-0.5)),
    ("comparison_cites_lines", put("out.health_vs_events", 0, events_line_ids=None)),
    ("comparison_citations_exist", put("out.health_vs_events", 0, health_line_ids="d1:1:1;d1:1:9")),
    ("line_comparison_citations_exist", put("out.line_comparison", 0, line_id="d1:1:9")),
    ("line_comparison_citations_exist", put("out.line_comparison", 0, health_line_ids="d1:1:9")),
    ("comparison_sum_holds", put("out.health_vs_events", 0, health_line_ids="d1:1:1;d1:1:2")),
    ("comparison_sum_holds", put("out.health_vs_events", 0, events_centavos=100_01)),
    ("comparison_verified_on_proof", put("core.amount", 0, verified=False)),
    ("comparison_verified_on_proof", put("out.health_vs_events", 0, health_line_ids="d1:1:9")),
    ("comparison_verified_on_proof", put("out.health_vs_events", 1, verified=True)),
    ("headline_never_secondary", put("core.document", 0, kind="secundaria")),
    ("change_has_outcome", put("out.change", 0, nominal_change=None)),
    ("change_has_outcome", put("out.change", 0, refusals="echo")),
    ("change_refusals_known", put("out.change", 0, refusals="whim")),
    ("change_citations_exist", put("out.change", 0, to_line_ids="d1:1:2;d1:1:9")),
    ("change_secondary_not_citable", put("out.change", 0, kind="secundaria")),
    ("change_same_period", put("out.change", 0, period="01-01/03-31")),
    ("change_of_known_total", put("out.change", 0, item="total")),
    ("change_of_known_total", put("out.change", 0, item="total", **_NET_OF_ONE_SIDE)),
    ("health_never_near_zero", put("out.comparison", 0, x_basket="health", y_basket="total", x_amount_centavos=1)),
    ("refused_ratio_in_no_unit", put("out.affordability", 0, break_even_unit_cost_centavos=5_00)),
    ("change_never_over_echo", put("out.line_all", 3, flag="echo")),
    ("classifications_agree", put("out.cross_classification", 0, outcome="differs")),
    ("sources_agree", put("out.cross_source", 0, outcome="differs")),
    ("out_change_accuses_nobody", put("out.change", 0, caveats="una caída sospechosa")),
    ("out_perimeter_accuses_nobody", put("out.perimeter", 0, jumps="fraude")),
    ("out_cross_source_accuses_nobody", put("out.cross_source", 0, caveats="fraude")),
    ("out_institutional_change_accuses_nobody", put("out.institutional_change", 0, nombre="por corrupción")),
    ("out_insurer_accuses_nobody", put("out.insurer", 0, court="corrupción")),
    ("out_practice_accuses_nobody", put("out.practice", 0, oracion="Un fraude.")),
    ("out_price_index_accuses_nobody", put("out.price_index", 0, source="fraude")),
    ("out_line_comparison_accuses_nobody", put("out.line_comparison", 0, caveats="Parece un FRAUDE.")),
    ("out_health_vs_events_accuses_nobody", put("out.health_vs_events", 0, caveats="una sospechosa coincidencia")),
    ("out_comparison_accuses_nobody", put("out.comparison", 0, comparacion="indicios de fraude")),
    ("out_would_buy_accuses_nobody", put("out.would_buy", 0, unit_cost_name="fraude")),
    ("out_unit_cost_accuses_nobody", put("out.unit_cost", 0, source="corrupción")),
    ("out_overlap_accuses_nobody", put("out.overlap", 0, health_rules="sospecha")),
    ("out_alert_accuses_nobody", put("out.alert", 0, mensaje="hay corrupción")),
    ("out_claim_accuses_nobody", put("out.claim", 0, finding="evidence of corruption")),
    ("out_affordability_accuses_nobody", put("out.affordability", 0, oracion="Un fraude a los enfermos.")),
    ("out_panel_accuses_nobody", put("out.panel", 0, caveats="fraude")),
    ("out_deviation_accuses_nobody", put("out.deviation", 0, caveats="un desvío sospechoso")),
    ("out_series_accuses_nobody", put("out.series", 0, caveats="fraude")),
    ("out_succession_accuses_nobody", put("out.succession", 0, source="por corrupción")),
    ("out_practice_accuses_nobody", put("out.practice", 0, oracion="Gasto sospechoso.")),
    ("out_insurer_accuses_nobody", put("out.insurer", 0, court="por fraude")),
    ("out_release_difference_accuses_nobody", put("out.release_difference", 0, fields="sospecha")),
    ("out_release_difference_no_personal_data", put("out.release_difference", 0, label=f"Apoyo {CURP}")),
    ("out_seal_error_accuses_nobody", put("out.seal_error", 0, code_version="fraude")),
    ("out_methodology_accuses_nobody", put("out.methodology", 0, descripcion="para medir la corrupcion")),
    ("out_line_no_personal_data", put("out.line", 0, label=f"Apoyo {CURP}")),
    ("out_line_all_no_personal_data", put("out.line_all", 0, label=f"Apoyo {RFC}")),
    ("out_would_buy_no_personal_data", put("out.would_buy", 0, label=f"{RFC}, honorarios")),
    ("out_line_comparison_no_personal_data", put("out.line_comparison", 0, label=f"{RFC}, honorarios")),
    *((check_id, put(table, row, **cells)) for check_id, table, row, cells in ledger_world.BAD),
]  # fmt: skip

SPECS = {spec.check_id: spec for spec in promised_specs()}


def failing(frames: Frames, check_id: str):
    """The result of this check, run alone: the others of its table are not asked."""
    with patch.object(runner, "_specs", lambda: (SPECS[check_id],)):
        [result] = run(frames, [SPECS[check_id].table])
    return result


@pytest.mark.parametrize(("check_id", "change"), BAD, ids=[f"{i}-{check_id}" for i, (check_id, _) in enumerate(BAD)])
def test_check_notices(check_id: str, change: Change) -> None:
    frames = worlds.good()
    change(frames)
    result = failing(frames, check_id)
    assert not result.passed
    assert result.message is None, "it noticed nothing, it crashed"
    assert result.failing >= 1
    assert len(result.failing_rows) >= 1


def test_every_check_has_a_bad_example() -> None:
    # The tables whose text is not ours have a check too, but nothing in them to break: they have no such column.
    assert set(SPECS) - {check_id for check_id, _ in BAD} == {"out_coverage_accuses_nobody"} & set(SPECS)


@pytest.mark.parametrize(
    ("check_id", "change"),
    [
        ("unit_steady_between_years", next_year(20)),
        ("refused_not_computed", put("out.health_vs_events", 0, refusals="no_events", events_share_of_health=None, advertising_share_of_health=0.1)),
        ("page_words_accounted", add("raw.page", 0, page="2", kind="image", numeric_words=None)),
        ("refused_has_message", put("core.document", 0, outcome="corrupt", message="Cut short.")),
        ("approved_not_negative", put("core.amount", 1, amount_centavos=-1)),  # accrued, not approved
    ("out_alert_accuses_nobody", put("out.alert", 0, mensaje="No cuadra «Fondo contra la corrupción».")),
    ("out_alert_accuses_nobody", put("out.alert", 0, mensaje="No cuadra el Sistema Anticorrupción; the file is corrupt.")),
        (
            "out_alert_accuses_nobody",
            lambda f: (
                put("out.alert", 0, mensaje="Página 3: Combate a la corrupción no cuadra.")(f),
                put("core.line", 0, label="Combate a la corrupción")(f),
            ),
        ),
        ("cited_is_verified", forget_years),
        ("cited_is_verified", both(  # the same line in two years, and two columns of one stage
            add("out.line", 0, fiscal_year=2025, aprobado_centavos=5, devengado_centavos=None),
            add("core.amount", 0, column=3, fiscal_year=2025, amount_centavos=5),
            add("core.amount", 0, column=4, fiscal_year=2025, amount_centavos=6),
        )),
        ("amount_printed", put("core.amount", 0, line_id="d1:1:99")),  # what it lacks is a line
        ("amount_printed", add("core.amount", 0)),  # two amounts of one cell
        ("amount_printed", both(put("raw.number", 1, source_text="900"), add("raw.number", 1, source_text=".00"))),
        ("excluded_money_plausible", both(swallowed, put("core.document", 0, outcome="corrupt"))),
        ("out_line_no_personal_data", put("out.line", 0, label="Contrato LPNE200101001 de ABC010203AB1")),
        ("details_within_total", put("core.amount", 0, amount_centavos=900_50)),  # rounding
        ("document_words_accounted", add("raw.number", 1, number=99, exclusion=None)),  # two words in one cell
    ],
)  # fmt: skip
def test_check_lets_pass(check_id: str, change: Change) -> None:
    frames = worlds.good()
    change(frames)
    if check_id == "document_words_accounted":
        put("core.document", 0, numeric_words=8)(frames)
    assert failing(frames, check_id).passed


def test_year_is_the_amounts_own_else_its_lines_else_its_documents() -> None:
    frames = worlds.good()
    put("core.document", 0, fiscal_year=2021)(frames)
    both(*(put("core.line", row, fiscal_year=year) for row, year in enumerate((2022, None, None))))(frames)
    frames["core.amount"]["line_id"] = ["d1:1:1", "d1:1:1", "d1:1:2", "d1:1:9", "d1:1:9", None]
    frames["core.amount"]["fiscal_year"] = pd.array([2023, None, None, None, 2024, None], dtype="Int64")
    years = with_fiscal_year(frames["core.amount"], frames)["fiscal_year"]
    assert [None if pd.isna(year) else int(year) for year in years] == [2023, 2022, 2021, None, 2024, None]


def test_failing_rows_repeat_neither_personal_data_nor_accusations() -> None:
    frames = worlds.good()
    put("out.line", 0, label=f"Apoyo {CURP}")(frames)
    put("out.alert", 0, mensaje="hay corrupción")(frames)
    shown = [
        failing(frames, c).failing_rows.to_string() for c in ("out_line_no_personal_data", "out_alert_accuses_nobody")
    ]
    assert "d1:1:1" in shown[0]
    assert "mensaje" in shown[1]
    assert CURP not in shown[0]
    assert "corrupción" not in shown[1]


def test_our_own_texts_accuse_nobody() -> None:
    assert [
        spec.check_id for spec in promised_specs() if FORBIDDEN.search(spec.reason) or FORBIDDEN.search(spec.reason_es)
    ] == []


@pytest.mark.parametrize(
    "text", ["GOAM801301HSRRRL09", "GOAM800132AB1", "XGOAM800101AB1", "GOA800101AB1", "3600 Comunicación social"]
)
def test_what_is_no_personal_key(text: str) -> None:
    assert not pd.Series([text]).str.contains(PERSONAL).any()
