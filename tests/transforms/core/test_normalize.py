"""From raw rows to lines, proofs and reasons, on small tables made by hand."""

import pandas as pd
import pytest

from tests.transforms.made_raw import by_cell, core_of, joined, made_documents, made_raw, parents
from transforms.core.normalize import amounts_table, normalize
from warehouse.schema import core as schema
from warehouse.schema.core import CORRECTION
from warehouse.schema.raw import RAW_TEXT

EAEPE = ["Aprobado", "Ampliaciones/ (Reducciones)", "Modificado", "Devengado", "Subejercicio"]
ROWS = [
    ("Servicios Personales", "300.00", "(20.00)", "280.00", "250.00", "30.00"),
    ("Remuneraciones al personal de carácter permanente", "200.00", "-", "200.00", "190.00", "10.00"),
    ("Remuneraciones al personal de carácter transitorio", "100.00", "(20.00)", "80.00", "60.00", "20.00"),
    ("Servicios Generales", "1,000.00", "0.00", "1,000.00", "900.00", "100.00"),
    ("Servicios de Comunicación Social y Publicidad", "600.00", "0.00", "600.00", "550.00", "50.00"),
    ("Servicios Oficiales", "400.00", "0.00", "400.00", "350.00", "50.00"),
    ("Total del Gasto", "1,300.00", "(20.00)", "1,280.00", "1,150.00", "130.00"),
]


def test_every_frame_is_in_schema() -> None:
    core = core_of(made_raw(EAEPE, ROWS))
    tables = {
        "table": schema.CORE_TABLE,
        "line": schema.LINE,
        "amount": schema.AMOUNT,
        "basis": schema.BASIS,
        "reconciliation": schema.RECONCILIATION,
        "proposal": schema.PROPOSAL,
        "correction": schema.CORRECTION,
        "exclusion": schema.EXCLUSION,
    }
    assert set(core) == set(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(core[name], table.frame(core[name]))
        assert not core[name].duplicated(list(table.key)).any()


def test_identities_and_sums_verify_a_whole_statement() -> None:
    core = core_of(made_raw(EAEPE, ROWS, title="Clasificación por Objeto del Gasto"))
    assert core["amount"]["verified"].all()
    assert parents(core) == {1: 7, 2: 1, 3: 1, 4: 7, 5: 4, 6: 4, 7: None}
    assert core["line"]["object_code"].tolist()[:6] == ["1", "11", "12", "3", "36", "38"]
    assert core["line"]["row_kind"].tolist() == [
        "subtotal",
        "detail",
        "detail",
        "subtotal",
        "detail",
        "detail",
        "total",
    ]
    assert core["line"]["depth"].tolist() == [1, 2, 2, 1, 2, 2, 0]
    assert core["table"]["total_centavos"].tolist() == [130_000]
    assert set(core["reconciliation"]["outcome"]) == {
        "passed",
        "trivial",
    }  # general services change nothing in the year


def test_a_wrong_figure_is_never_verified_and_every_sum_it_spoils_is_recorded() -> None:
    rows = [
        *ROWS[:4],
        ("Servicios de Comunicación Social y Publicidad", "600.00", "0.00", "600.00", "551.00", "50.00"),
        *ROWS[5:],
    ]
    core = core_of(made_raw(EAEPE, rows))
    wrong = by_cell(core)[(5, 4)]
    assert (wrong["verified"], wrong["reason"]) == (False, "does_not_add_up")
    failed = core["reconciliation"].query("outcome == 'failed'")
    assert set(failed["kind"]) == {"row_identity", "children"}
    assert failed.query("kind == 'children'")["difference_centavos"].tolist() == [-100]


def test_a_specific_item_beside_its_generic_one_moves_up() -> None:
    rows = [
        ("3000 Servicios Generales", "136,984,057.59"), ("3600 Servicios de comunicación social y publicidad", "136,984,057.59"),
        ("3610 Difusión por radio, televisión y otros medios de mensajes sobre programas y actividades gubernamentales", "$0.00"),
        ("3611 Difusión por radio, televisión y prensa", "$81’353,117.31"), ("3612 Difusión por medio alternativos", "$42’938,127.96"),
        ("3630 Servicios de creatividad", "$1’965,000.00"), ("3640 Servicios de revelado de fotografías", "$1,172.49"),
        ("3650 Servicios de la industria fílmica, del sonido y del video", "$100,000.00"),
        ("3660 Servicio de creación y difusión de contenido", "$9’232,169.83"), ("3690 Otros servicios de información", "$1’394,470.00"),
    ]  # fmt: skip
    core = core_of(made_raw(["Importe"], rows, label_headers=["Capítulo/Concepto/Partida"]), kind="ley")
    assert parents(core)[4] == parents(core)[3] == 2
    assert core["line"]["object_code"].tolist()[:4] == ["3", "36", "361", "3611"]
    assert core["amount"]["verified"].all()
    assert (core["amount"]["stage"] == "aprobado").all()


def test_sums_place_what_nothing_else_says() -> None:
    rows = [
        ("Poniente", "9,000.00"),
        ("Norte", "4,000.00"),
        ("Sur", "5,000.00"),
        ("Oriente", "7,500.00"),
        (None, "16,500.00"),
    ]
    core = core_of(made_raw(["Aprobado"], rows))
    assert parents(core) == {1: 5, 2: 1, 3: 1, 4: 5, 5: None}
    assert core["line"]["row_kind"].tolist()[-1] == "total"
    assert core["amount"]["reason"].tolist() == [
        "children",
        "children",
        "children",
        "total",
        "label_missing",
    ]  # nothing says what it is the total of


def test_equal_amounts_are_not_a_hierarchy() -> None:
    """A salary table: categories in bold among others, with columns that repeat. Nothing there is a sum."""
    rows = [
        ("Gobernador", "59,804.33", "1,913.10"),
        ("Secretario", "49,025.95", "1,913.10"),
        ("Director", "40,685.95", "1,913.10"),
    ]
    core = core_of(made_raw(["Sueldo base", "Previsión social"], rows, bold=[True, False, True], indents=[10, 20, 30]))
    assert not core["amount"]["verified"].any()
    assert set(core["amount"]["reason"]) == {"no_proof"}


def test_a_row_that_repeats_its_parent_is_its_only_part_when_the_total_then_holds() -> None:
    rows = [
        ("Fondo A", "700.00"),
        ("Administración", "700.00"),
        ("11 Secretaría", "300.00"),
        ("12 Instituto", "400.00"),
        ("Fondo B", "50.00"),
        ("Total", "750.00"),
    ]
    core = core_of(made_raw(["Aprobado"], [(label, text.replace(".00", ",000.00")) for label, text in rows]))
    assert parents(core) == {1: 6, 2: 1, 3: 2, 4: 2, 5: 6, 6: None}


def test_zeros_prove_nothing_and_hidden_rows_are_not_counted() -> None:
    rows = [("Impuestos", "0.00"), ("Derechos", "0.00"), ("Total", "0.00")]
    core = core_of(made_raw(["Estimado"], rows))
    assert set(core["amount"]["reason"]) == {"zero_only"}
    hidden = core_of(
        made_raw(
            ["Aprobado"],
            [("Impuestos", "1.00"), ("Derechos", "2.00"), ("oculto", "9.00"), ("Total", "3.00")],
            hidden_rows=(3,),
        )
    )
    assert [by_cell(hidden)[(n, 1)]["reason"] for n in (1, 3, 4)] == ["total", "hidden", "total"]


def test_unreadable_amounts_stay_as_text_without_value() -> None:
    core = core_of(made_raw(["Aprobado"], [("A", "$',000,000.00"), ("B", "2.00"), ("Total", "3.00")]))
    first = by_cell(core)[(1, 1)]
    assert (first["source_text"], first["reason"], first["verified"]) == ("$',000,000.00", "unreadable", False)
    assert pd.isna(first["amount_centavos"])
    assert by_cell(core)[(2, 1)]["reason"] == "does_not_add_up"


def test_a_dash_is_zero_on_paper_and_no_amount_in_a_data_file() -> None:
    rows = [("A", "-"), ("B", "2.00"), ("Total", "2.00")]
    assert by_cell(core_of(made_raw(["Aprobado"], rows)))[(1, 1)]["amount_centavos"] == 0
    assert by_cell(core_of(made_raw(["Aprobado"], rows, method="csv")))[(1, 1)]["reason"] == "unreadable"


@pytest.mark.parametrize(
    ("printed", "document_id", "outcome", "reason"),
    [
        ("$',000,000.00", "doc", "applied", "correction"),
        ("$1,000,000.00", "doc", "expired", "unreadable"),
        ("$',000,000.00", "other", "unused", "unreadable"),
    ],
)
def test_corrections_apply_only_while_the_source_prints_that(
    printed: str, document_id: str, outcome: str, reason: str
) -> None:
    raw = made_raw(["Aprobado"], [("Q0498 Obra", "$',000,000.00"), ("Q0499 Otra", "2.00"), ("Total", "5,000,002.00")])
    declared = CORRECTION.frame([{
        "correction_id": "q0498", "document_id": document_id, "label": "Q0498 Obra", "header": "Aprobado", "printed": printed,
        "corrected": "5,000,000.00", "reason": "El total de la tabla lo prueba", "outcome": "unused",
    }])  # fmt: skip
    core = core_of(raw, declared)
    assert core["correction"]["outcome"].tolist() == [outcome]
    assert by_cell(core)[(1, 1)]["reason"] == reason
    assert by_cell(core)[(1, 1)]["source_text"] == "$',000,000.00"


def test_a_correction_that_no_sum_supports_is_not_verified() -> None:
    raw = made_raw(["Aprobado"], [("Obra", "0.Q0"), ("Otra", "2.00"), ("Total", "9.00")])
    declared = CORRECTION.frame(
        [
            {
                "correction_id": "x",
                "document_id": "doc",
                "label": "Obra",
                "printed": "0.Q0",
                "corrected": "0.50",
                "outcome": "unused",
            }
        ]
    )
    amount = by_cell(core_of(raw, declared))[(1, 1)]
    assert (amount["amount_centavos"], amount["verified"], amount["correction_id"]) == (50, False, "x")


def test_a_long_table_is_one_budget_per_government_and_year() -> None:
    headers = ["ANIO", "ID_ENTIDAD", "TEMA", "CATEGORIA", "DESCRIPCION_CATEGORIA"]
    rows = [
        (["2021", state, topic, level, name], amount)
        for state, factor in (("01", 1), ("26", 3))
        for topic, level, name, amount in (
            ("Egresos", "Tema", "Total de egresos", f"{1000 * factor}"), ("Egresos", "Capítulo", "Servicios generales", f"{1000 * factor}"),
            ("Egresos", "Concepto", "Servicios oficiales", f"{400 * factor}"), ("Egresos", "Concepto", "Servicios básicos", f"{600 * factor}"),
            ("Ingresos", "Tema", "Total de ingresos", f"{50 * factor}"), ("Ingresos", "Capítulo", "Impuestos", f"{50 * factor}"),
        )
    ]  # fmt: skip
    raw = made_raw(["VALOR"], rows, label_headers=headers, method="csv")
    core = core_of(raw, government_id=None, hints='{"stages": {"VALOR": "ejercido"}}')
    assert core["amount"]["verified"].all()
    assert set(core["amount"]["stage"]) == {"ejercido"}
    assert core["line"]["government_id"].tolist() == ["01"] * 6 + ["26"] * 6
    one_state = ["", "3", "38", "31", "", ""]  # the total and the income have no code of the object of spending
    assert core["line"]["object_code"].fillna("").tolist() == one_state * 2
    assert core["line"]["classification"].tolist()[3:5] == ["object", "income"]
    assert parents(core)[8] == 7


def test_columns_that_are_no_money_are_excluded_and_every_number_is_accounted_for() -> None:
    raw = made_raw(
        ["Aprobado", "% Avance", "Número de plazas"],
        [("A", "1.00", "50%", "3"), ("B", "2.00", "40 %", "4"), ("Total", "3.00", "45%", "7")],
    )
    core = core_of(raw)
    excluded = dict(zip(core["exclusion"]["reason"], core["exclusion"]["words"], strict=True))
    assert excluded == {"page_number": 1, "percentage": 3, "quantity": 3}
    assert len(core["amount"]) + sum(excluded.values()) == len(raw["number"])


def test_pay_in_a_table_of_posts_is_money_in_whole_pesos_too() -> None:
    raw = made_raw(
        ["Plazas", "Remuneraciones | De"],
        [("Chofer", "3", "9000"), ("Jefe", "1", "20000")],
        title="Analítico de plazas",
    )
    core = core_of(raw)
    assert core["amount"]["source_text"].tolist() == ["9000", "20000"]


def test_centavos_after_a_comma_where_the_whole_table_writes_so() -> None:
    rows = [("Agua", "221.888.505,50"), ("Bacheo", "617,97"), ("Total", "221.889.123,47")]
    assert core_of(made_raw(["Aprobado"], rows))["amount"]["verified"].all()
    rows[0] = ("Agua", "221,888,505,50")
    assert core_of(made_raw(["Aprobado"], rows))["amount"]["verified"].all()
    mixed = core_of(made_raw(["Aprobado"], [rows[0], ("Bacheo", "617,97"), ("Total", "221,889,123.47")]))
    assert [by_cell(mixed)[(row, 1)]["reason"] for row in (1, 2)] == ["unreadable"] * 2


def test_unit_of_the_table() -> None:
    core = core_of(
        made_raw(["Aprobado"], [("A", "1.5"), ("B", "2"), ("Total", "3.5")], context="Gobierno\n(miles de pesos)")
    )
    assert by_cell(core)[(1, 1)]["amount_centavos"] == 150_000
    assert core["table"][["multiplier", "unit_text"]].values.tolist() == [[1000, "(miles de pesos)"]]


def test_whole_pesos_may_differ_by_rounding_and_centavos_may_not() -> None:
    whole = core_of(made_raw(["Aprobado"], [("Agua", "1,000"), ("Bacheo", "2,000"), ("Total", "3,001")]))
    assert whole["reconciliation"]["outcome"].tolist() == ["rounding"]
    assert whole["amount"]["verified"].all()
    exact = core_of(made_raw(["Aprobado"], [("Agua", "1,000.10"), ("Bacheo", "2,000.20"), ("Total", "3,000.31")]))
    assert exact["reconciliation"]["outcome"].tolist() == ["failed"]
    assert not exact["amount"]["verified"].any()


def test_a_total_column_is_the_sum_of_its_row() -> None:
    rows = [
        ("Agua", "1.00", "2.00", "3.00"),
        ("Bacheo", "10.00", "20.00", "30.00"),
        ("Caminos", "5.00", "5.00", "10.00"),
    ]
    core = core_of(made_raw(["Fondo I", "Fondo II", "Total"], rows))
    assert set(core["reconciliation"]["kind"]) == {"columns"}
    assert core["amount"]["verified"].all()


def test_the_same_amount_in_another_document_of_the_same_budget() -> None:
    paper, book = (
        made_raw(["Pagado"], [("Gastos de ceremonial", text)], document_id=name)
        for name, text in (("pdf", "8,125.40"), ("xlsx", "8125.4"))
    )
    core = core_of(joined(paper, book), period_start="2021-01-01", period_end="2021-03-31")
    assert core["amount"]["reason"].tolist() == ["twin", "twin"]
    alone = core_of(paper)
    assert alone["amount"]["reason"].tolist() == ["no_proof"]


def test_copies_of_one_file_are_not_twins() -> None:
    paper, copy = (
        made_raw(["Pagado"], [("Gastos de ceremonial", "8,125.40")], document_id=name) for name in ("a", "b")
    )
    assert not core_of(joined(paper, copy), sha256="same")["amount"]["verified"].any()


def test_two_numbers_in_one_cell_are_kept_and_not_read() -> None:
    raw = made_raw(["Aprobado"], [("A", "1.00"), ("B", "2.00")])
    extra = raw["number"].iloc[[0]].assign(number=99, source_text="7.00")
    raw["number"] = pd.concat([raw["number"], extra], ignore_index=True)
    core = core_of(raw)
    assert by_cell(core)[(1, 1)]["reason"] == "unreadable"
    assert len(core["amount"]) + core["exclusion"]["words"].sum() == len(raw["number"])


def test_amounts_table_is_in_printed_order_and_exact() -> None:
    raw = made_raw(EAEPE, ROWS)
    shown = amounts_table(raw, core_of(raw))
    assert shown["amount"].tolist()[:3] == ["300.00", "-20.00", "280.00"]
    assert shown.columns.tolist()[:4] == ["page", "table", "row", "column"]


def test_a_document_without_tables() -> None:
    raw = {name: frame.iloc[:0] for name, frame in made_raw(["Aprobado"], [("A", "1.00")]).items()}
    core = normalize(raw, made_documents())
    assert all(len(frame) == 0 for frame in core.values())


def test_a_table_is_whole_or_part_by_its_total() -> None:
    everything = made_raw(
        ["Aprobado"], [("Norte", "10.00"), ("Sur", "20.00"), ("Total", "30.00")], title="Clasificación Administrativa"
    )
    part = made_raw(
        ["Aprobado"],
        [("Este", "4.00"), ("Oeste", "5.00"), ("Total", "9.00")],
        title="Clasificación Administrativa",
        table=2,
    )
    part["number"]["number"] += 100
    raw = joined(everything, part) | {"page": everything["page"]}
    assert core_of(raw)["table"]["scope"].tolist() == ["whole", "part"]


def test_a_document_of_one_unit_is_never_the_whole_budget() -> None:
    rows = [("Servicios personales", "7,000.00"), ("Materiales y suministros", "3,000.00"), ("Total", "10,000.00")]
    title = "PRESUPUESTO DE EGRESOS POR OBJETO DEL GASTO 2019"
    whole = normalize(made_raw(["Importe"], rows, title=title), made_documents("doc", kind="ley"))
    part = normalize(made_raw(["Importe"], rows, title=f"{title} DE LA UR: DIF"), made_documents("doc", kind="ley"))
    assert (whole["table"]["scope"].item(), part["table"]["scope"].item()) == ("whole", "part")


def test_the_calendar_of_the_approved_budget_is_approved_in_its_year_and_months() -> None:
    raw = made_raw(
        ["Anual", "Enero", "Febrero"],
        [("3600 Comunicación social", "3,000.00", "1,000.00", "2,000.00")],
        title="Calendario de Presupuesto de Egresos del Ejercicio Fiscal 2016",
    )
    for kind, stages in (("calendario", {"aprobado"}), ("otro", {None})):
        core = normalize(raw, made_documents("doc", kind=kind, fiscal_year=2016))
        assert {None if pd.isna(stage) else stage for stage in core["amount"]["stage"]} == stages


def test_a_note_under_the_table_gives_its_columns_their_stage() -> None:
    headers = ["2019 | Año 1 ¹ (c)", "2020 | Año del Ejercicio Vigente 2 (d)"]
    raw = made_raw(headers, [("Servicios personales", "3,000.00", "1,000.00")], title="Resultados de Egresos - LDF")
    notes = [
        "1 Los importes corresponden al momento contable de los Egresos devengados.",
        "2 Los importes corresponden a los Egresos devengados al cierre y estimados para el resto del ejercicio.",
    ]
    raw["text"] = RAW_TEXT.frame(
        [
            {"document_id": "doc", "page": "1", "line": n, "kind": "below", "table": 1, "text": text}
            for n, text in enumerate(notes, start=1)
        ]
    )
    amounts = by_cell(normalize(raw, made_documents("doc", kind="informe", fiscal_year=2020)))
    first, second = amounts[1, 1], amounts[1, 2]
    assert (first["stage"], first["stage_basis"]) == ("devengado", "below")
    assert pd.isna(second["stage"])
