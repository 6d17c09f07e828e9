"""What headers say."""

import pytest

from transforms.words.headers import read_header, stage_in_label, stage_of

STAGES = {
    "Egresos | Aprobado": "aprobado", "Presupuesto autorizado": "aprobado", "Presupuesto Original": "aprobado", "Original": "aprobado",
    "Ampliaciones/ (Reduccio- nes)": "ampliaciones_reducciones", "Egresos | Ampliaciones/ (Reducciones) | 2": "ampliaciones_reducciones",
    "Ampl/Reduc": "ampliaciones_reducciones", "Adecuaciones": "ampliaciones_reducciones", "Modificado | 3 = (1 + 2 )": "modificado",
    "Presupuesto modificado autorizado": "modificado", "Vigente": "modificado", "Presupuesto vigente": "modificado", "2024 | Año del Ejercicio Vigente 2 (d)": None, "Compro metido": "comprometido", "Devegado": "devengado",
    "Ejercido 2021": "ejercido", "Pagado": "pagado", "Subejercicio (Modificado - Devengado)": "subejercicio",
    "Ingreso | Recaudado": "recaudado", "Proyecto": "proyecto",
    "Estimado/ Aprobado (d)": None, "Recaudado/ Pagado": None, "Por ejercer": None, "Avance Devengado/Modificado": None, "Diferencia": None, "Importe": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize(("header", "stage"), STAGES.items())
def test_stage_of_a_header(header: str, stage: str | None) -> None:
    assert read_header(header).stage == stage


def test_year_of_a_column() -> None:
    assert read_header("31 de diciembre de 2017").fiscal_year == 2017
    assert read_header("2016-2017").fiscal_year is None
    assert read_header("2000 Materiales y suministros").fiscal_year is None  # the chapter


def test_a_law_approves_what_it_calls_amount_but_not_a_debt_balance() -> None:
    assert stage_of("Importe", {}, "ley", budget=False) == "aprobado"
    assert stage_of("Importe", {}, "proyecto", budget=False) == "proyecto"
    assert stage_of("Importe", {}, "informe", budget=False) is None
    assert stage_of("Saldo total", {}, "ley", budget=True) is None
    assert stage_of("Estimado/ Aprobado (d)", {}, "ley", budget=False) is None
    assert stage_of("Fondo I", {}, "ley", budget=True) == "aprobado"


def test_what_a_bill_prints_of_another_year_it_does_not_propose() -> None:
    assert stage_of("2025", {}, "proyecto", budget=True, year=2025) == "proyecto"
    assert stage_of("2024", {}, "proyecto", budget=True, year=2025) is None
    assert stage_of("2024 | Cierre estimado", {}, "proyecto", budget=True) is None


@pytest.mark.parametrize(
    ("label", "stage"),
    [("Aprobado", "aprobado"), ("Presupuesto modificado", "modificado"), ("Egresos Devengado", "devengado"),
     ("Presupuesto", None), ("Gasto pagado de nómina", None), (None, None)],
)  # fmt: skip
def test_a_row_that_is_named_after_a_stage_and_nothing_else(label: str | None, stage: str | None) -> None:
    assert stage_in_label(label) == stage


def test_a_hint_overrides_the_words() -> None:
    assert stage_of("VALOR", {"VALOR": "ejercido"}, None, budget=False) == "ejercido"


def test_the_state_statistics_are_exercised_spending_because_inegi_asks_for_it():
    assert stage_of("VALOR", {}, "estadistica", budget=False) == "ejercido"
    assert stage_of("VALOR", {}, "informe", budget=False) is None


def test_a_header_of_both_sides_is_of_spending_where_the_table_is() -> None:
    for header, stage in (("Estimado / Aprobado", "aprobado"), ("Recaudado/Pagado", "pagado")):
        assert stage_of(header, {}, None, True) == stage
        assert stage_of(header, {}, None, False) is None
    assert stage_of("Diferencia Estimado/Aprobado", {}, None, True) is None
