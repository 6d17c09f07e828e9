"""What the columns and rows of a table say of its document, beside its titles."""

from datetime import date

import pandas as pd
import pytest

from tests.transforms.describe.made_titles import NAMES, of, raw
from transforms.describe.draft import describe, document_id
from transforms.describe.governments import NewBody


def efipem(states: list[str], years: list[str]) -> dict[str, pd.DataFrame]:
    product = ("PROD_EST", "Estadística de Finanzas Públicas Estatales y Municipales. Anual")
    cells = [
        [product, ("ANIO", year), ("ID_ENTIDAD", state), ("ESTATUS", "Cifras Definitivas.")]
        for state in states
        for year in years
    ]
    return raw("", ["VALOR"], cells)


def test_a_long_table_of_states_has_no_government_of_its_own() -> None:
    description = describe(efipem(["01", "26"], ["2021"]), "efipem_2021.csv", NAMES)
    assert (description.kind, description.government_id, description.several_governments, description.fiscal_year) == (
        "estadistica",
        None,
        True,
        2021,
    )
    assert description.evidence["government_id"].en == "several governments: one per row (2 of them)"
    assert (description.period_end, description.period_status) == (date(2021, 12, 31), "final")
    assert description.title == "Estadística de Finanzas Públicas Estatales y Municipales. Anual"
    assert document_id(description, "efipem_estatal_2021", ()) == "varios-estadistica-2021-efipem-estatal"


def test_a_long_table_of_one_state_is_that_states() -> None:
    assert describe(efipem(["26"], ["2021"]), "x.csv", NAMES).government_id == "26"


@pytest.mark.parametrize(
    ("context", "year"),
    [
        ("TABULADOR DE SUELDOS 2025", 2025),
        ("Presupuesto ciudadano\nMunicipio de Colima 2022", 2022),
        ("Comparativo 2024 y 2025", None),  # two years: nobody knows which
        ("Publicado el 30 de diciembre de 2020", None),  # a day is no fiscal year
        ("Gaceta 14/12/2020\nEgresos 2021", 2021),
    ],
)
def test_the_only_year_of_the_titles_is_taken_and_said_to_be_weak(context: str, year: int | None) -> None:
    description = of(context)
    assert description.fiscal_year == year
    assert year is None or "check it" in description.evidence["fiscal_year"].en


def test_a_table_of_works_is_of_the_municipality_it_names_and_not_of_the_state_in_its_rows() -> None:
    row = [("Obra", "Red de agua"), ("Entidad", "Michoacán"), ("Localidad", "Centro")]
    description = describe(raw("Municipio de Tanhuato, Michoacán\nObras 2023", ["Costo"], [row, row]), "x.pdf", NAMES)
    assert description.government_id == "16086"


def test_an_income_law_is_no_budget_law() -> None:
    description = of("LEY DE INGRESOS DEL MUNICIPIO DE HERMOSILLO, SONORA, PARA EL EJERCICIO FISCAL 2022")
    assert (description.kind, description.government_id, description.period_end) == (
        "ley_ingresos",
        "26030",
        date(2022, 12, 31),
    )


def test_several_years_are_none() -> None:
    description = describe(efipem(["26"], ["2020", "2021"]), "x_2021.csv", NAMES)
    assert description.fiscal_year is None
    assert description.evidence["fiscal_year"].en == "several years: one per row (2020 to 2021)"


def test_a_table_of_many_governments_without_a_publisher_is_secondary() -> None:
    cells = [[("Estado", name), ("Código", "COG38")] for name in ("Aguascalientes", "Sonora")]
    assert describe(raw("", ["Año", "Aprobado"], cells), "cog.csv", NAMES).kind == "secundaria"


def test_a_column_that_few_rows_have_says_nothing_of_the_document() -> None:
    cells = [[("Ente público", "Instituto de Cultura")], *[[("Concepto", "x")]] * 9]
    description = describe(raw("Gobierno del Estado de Sonora", [], cells), "x.pdf", NAMES)
    assert description.government_id == "26"


def test_a_format_names_its_publisher_in_a_column() -> None:
    cells = [[("Sujeto Obligado", "Instituto de Cultura del Estado de Sonora"), ("Fecha de inicio del periodo que se informa", "2025-01-01"),
              ("Fecha de término del periodo que se informa", end)] for end in ("2025-03-31", "2025-06-30")]  # fmt: skip
    description = describe(raw("Gasto por capítulo LTAIPVIL15XXXIa Cada sujeto obligado", [], cells), "x.xlsx", NAMES)
    assert description.new_body == NewBody("26-ic", "Instituto de Cultura", "26")
    assert (description.period_start, description.period_end, description.title) == (
        date(2025, 1, 1),
        date(2025, 6, 30),
        "Gasto por capítulo",
    )
