"""The stage that the kind of a document says, and only where one stage can be meant."""

import pytest

from transforms.words.document_stage import TitledColumns, is_given_out, stage_by_document

MONTHS = ("Anual", "Enero", "Febrero", "Diciembre")


def stage(
    kind: str, title: str, header: str | None, *others: str | None, year: int | None = 2021, income: bool = False
) -> str | None:
    return stage_by_document(header, TitledColumns(kind, year, title, (header, *others), income))


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("ley", "ANEXO 1. GASTO NETO TOTAL (pesos)", "aprobado"),
        ("proyecto", "ANEXO 12. Aportaciones del Ramo General 33", "proyecto"),
        ("ley", "ANEXO 1. GASTO NETO TOTAL 2020 (pesos)", None),  # of another year: to compare
        ("ley", "ANEXO 5. COMPROMISOS PLURIANUALES (pesos)", None),
        ("ley", "ANEXO 23. LÍMITES MÁXIMOS DE PERCEPCIONES (pesos)", None),
        ("ley", "E. Gastos Asociados a la Implementación", None),  # a row's label
        ("informe", "ANEXO 1. GASTO NETO TOTAL (pesos)", None),
        (None, "ANEXO 1. GASTO NETO TOTAL (pesos)", None),
    ],
)
def test_the_one_column_of_an_annex_needs_no_header(kind: str, title: str, expected: str | None) -> None:
    assert stage(kind, title, None) == expected


def test_several_columns_without_a_header_are_not_guessed_between() -> None:
    assert stage("ley", "ANEXO 1. GASTO NETO TOTAL (pesos)", None, None) is None
    assert stage("ley", "ANEXO DE REORIENTACIÓN DE RECURSOS (pesos)", "REASIGNACIONES", "PROYECTO 2021", None) is None


def test_funds_beside_their_total_are_of_its_stage() -> None:
    title = "ANEXO 11. Participaciones federales"
    assert stage("proyecto", title, "Fondo General", "IEPS", "Total") == "proyecto"
    assert stage("proyecto", title, "Fondo General 2020", "Total") is None
    assert stage("proyecto", "Analítico de plazas del presupuesto", "Remuneración | De", "Remuneración | Hasta") is None


@pytest.mark.parametrize(
    "header", [*MONTHS, "Total", "RESUMEN POR CONCEPTO | Ene", "Importe anual", "Sept.", "Presupuestado 2021"]
)
def test_the_year_and_the_months_of_a_calendar_are_approved(header: str) -> None:
    assert stage("calendario", "CALENDARIO DE PRESUPUESTO DE EGRESOS · Ejercicio Fiscal 2021", header) == "aprobado"


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("Calendario de Ingresos del Ejercicio Fiscal 2021", MONTHS, "estimado"),
        ("Calendario del presupuesto de egresos modificado", MONTHS, None),
        ("Calendario de Presupuesto de Egresos", ("Anual", "Devengado"), None),
        ("Calendario de Presupuesto de Egresos", ("Variación", "Enero"), None),
        ("Calendario de Presupuesto de Egresos", ("Anual 2020", "Enero"), None),
    ],
)
def test_a_calendar_of_another_stage_is_not_approved(
    title: str, headers: tuple[str, ...], expected: str | None
) -> None:
    assert stage("calendario", title, *headers) == expected


def test_an_income_law_estimates_and_its_fees_are_no_income() -> None:
    assert stage("ley_ingresos", "Artículo 1. Los ingresos que percibirá el Estado", "Importe") == "estimado"
    assert stage("ley_ingresos", "Derechos por expedición de copias", "Cuota") is None


def test_tables_of_a_debt_or_of_posts_give_nothing_out() -> None:
    assert not is_given_out("Amortización", ("Saldo", "Intereses", "Total"))
    assert not is_given_out("Tabulador de remuneraciones", ("Importe",))
    assert is_given_out("Anexo 2. Gasto por ramo", ("Importe",))
