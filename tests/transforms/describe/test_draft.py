"""What a document's own words say of it, and nothing more."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.describe.made_titles import NAMES, of, raw
from transforms.describe.draft import Description, describe, document_id
from transforms.describe.governments import NewBody
from transforms.describe.grounds import of_page
from transforms.words.periods import PrintedLine, find_fiscal_year, find_period

EAEPE = """INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN BASICA PARA ADULTOS DEL ESTADO DE GTO.
Estado Analítico del Ejercicio del Presupuesto de Egresos
Clasificación por Objeto del Gasto (Capítulo y Concepto)
Del 1 de Enero al 31 de Marzo de 2018
(Pesos)"""


def test_a_quarterly_statement_says_all_of_it() -> None:
    headers = ["Egresos | Aprobado", "Egresos | Ampliaciones/ (Reducciones)", "Egresos | Devengado", "% Avance"]
    description = describe(raw(EAEPE, headers), "inaeba-guanajuato/2018-1T/6/6.6.pdf", NAMES)
    assert (
        description.title
        == "Estado Analítico del Ejercicio del Presupuesto de Egresos Clasificación por Objeto del Gasto (Capítulo y Concepto)"
    )
    assert (description.kind, description.government_id, description.new_body, description.fiscal_year) == (
        "informe",
        "11-inaeba",
        None,
        2018,
    )
    assert (description.period_start, description.period_end, description.unit) == (
        date(2018, 1, 1),
        date(2018, 3, 31),
        1,
    )
    assert list(description.stages.values()) == ["aprobado", "ampliaciones_reducciones", "devengado"]
    assert "“Del 1 de Enero al 31 de Marzo de 2018” (above table 1, 1)" in description.evidence["period_end"].en
    assert set(description.evidence) == {
        "title",
        "kind",
        "government_id",
        "fiscal_year",
        "period_start",
        "period_end",
        "unit",
        "stages",
    }
    assert document_id(description, "6.6", ()) == "inaeba-informe-2018-t1-6-6"


def test_one_cell_that_holds_the_whole_heading_is_cut_where_its_parts_begin() -> None:
    description = of(" ".join(EAEPE.splitlines()))
    assert description == of(EAEPE) or (
        description.government_id,
        description.kind,
        description.period_end,
        description.unit,
    ) == (
        "11-inaeba",
        "informe",
        date(2018, 3, 31),
        1,
    )


def test_a_law_is_named_by_the_title_on_its_first_page() -> None:
    opening = (
        "H. CONGRESO DEL ESTADO DE GUANAJUATO\nInstituto de Investigaciones Legislativas\n"
        "LEY DEL PRESUPUESTO GENERAL DE EGRESOS DEL ESTADO\nDE GUANAJUATO PARA EL EJERCICIO FISCAL DE 2021\nArtículo 1. Del 1 de enero al 5 de mayo de 2020"
    )
    description = describe(raw("Anexo 14\nEnte público: Secretaría de Educación"), "ley.pdf", NAMES, opening)
    assert (
        description.title
        == "LEY DEL PRESUPUESTO GENERAL DE EGRESOS DEL ESTADO DE GUANAJUATO PARA EL EJERCICIO FISCAL DE 2021"
    )
    assert (description.kind, description.government_id, description.fiscal_year) == ("ley", "11", 2021)
    assert (description.period_start, description.period_end) == (date(2021, 1, 1), date(2021, 12, 31))
    assert document_id(description, "ley-presupuesto", ()) == "guanajuato-ley-2021"


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        ("Iniciativa de Ley\ndel Presupuesto General de Egresos\nEjercicio Fiscal 2024", "proyecto"),
        ("Proyecto de Presupuesto de Egresos 2024", "proyecto"),
        ("Presupuesto de Ingresos y Egresos para el Ejercicio Fiscal 2018", "ley"),
        ("Cuenta Pública 2021\nEstado Analítico de Ingresos\nDel 1 de enero al 31 de diciembre de 2021", "cuenta_publica"),
        ("Estado Analítico del Ejercicio del Presupuesto de Egresos\nAl 31 de diciembre de 2021", "cuenta_publica"),
        ("Estado Analítico del Ejercicio del Presupuesto de Egresos\nAl 30 de septiembre de 2021", "informe"),
        ("Análisis de movimientos contables\nEjercicio: 2018, Ene - Dic", "informe"),
        ("Adquisiciones por adjudicación directa\nCuarto trimestre 2014", "contratos"),
        ("Clasificación funcional del gasto\nACUERDO POR EL QUE SE EMITE LA CLASIFICACIÓN FUNCIONAL DEL GASTO", "norma"),
        ("Estadística de Finanzas Públicas Estatales y Municipales 2021", "estadistica"),
        ("Presupuesto ciudadano", "otro"),
        ("Lista de asistencia", None),
    ],
)  # fmt: skip
def test_kinds_by_their_words(context: str, kind: str | None) -> None:
    assert of(context).kind == kind


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Del 1 de enero al 31 de marzo de 2018", date(2018, 1, 1), date(2018, 3, 31)),
        ("DEL 01 DE ENERO DE 2017 AL 30 DE JUNIO DEL 2018", date(2017, 1, 1), date(2018, 6, 30)),
        ("del 1o. de abril al 30 de junio de 2018 (b)", date(2018, 4, 1), date(2018, 6, 30)),
        ("AL 31 DE DICIEMBRE DE 2021", None, date(2021, 12, 31)),
        ("al 30 de Junio de 2019 y al 31 de Diciembre de 2018", None, date(2019, 6, 30)),
        ("Al 31 de junio de 2019", None, date(2019, 6, 30)),
        ("Primer Trimestre 2019", None, date(2019, 3, 31)),
        ("PRIMER-TRIM-2019", None, date(2019, 3, 31)),
        ("EAEPEC-GTO-ITESG-2T-23", None, date(2023, 6, 30)),
        ("2021-4T", None, date(2021, 12, 31)),
        ("Ejercicio: 2018, Ene - Mar", date(2018, 1, 1), date(2018, 3, 31)),
        ("enero - diciembre 2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("Del 01/01/2011 al 31/03/2011", date(2011, 1, 1), date(2011, 3, 31)),
        ("2025-01-01 a 2025-03-31", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_periods_as_they_are_printed(text: str, start: date | None, end: date) -> None:
    period = find_period([PrintedLine(text)])
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Publicada el 30-12-2020",
        "Artículo 31 de marzo",
        "Informe 2021",
        "del 5 de mayo al 1 de enero de 2021",
        "al 45 de enero de 2021",
    ],
)
def test_what_is_not_a_period(text: str) -> None:
    assert find_period([PrintedLine(text)]) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("Ejercicio Fiscal de 2021", 2021), ("ejercicio fiscal del año 2019", 2019), ("Cuenta Pública 2022", 2022), ("Ejercicio: 2018", 2018),
     ("Presupuesto de Egresos para el 2020", 2020), ("Ley 2021", None), ("Fundado en 1867", None)],
)  # fmt: skip
def test_fiscal_years_as_they_are_printed(text: str, year: int | None) -> None:
    description = find_fiscal_year([PrintedLine(text)])
    assert (description.year if description else None) == year


def test_a_phrase_may_run_over_the_lines_end() -> None:
    lines = [
        PrintedLine("PARA EL EJERCICIO FISCAL DE", of_page(1)),
        PrintedLine("2018", of_page(1)),
        PrintedLine("2019", of_page(2)),
    ]
    year = find_fiscal_year(lines)
    assert year is not None
    assert year.year == 2018


@pytest.mark.parametrize(
    ("context", "government"),
    [
        ("MUNICIPIO DE TANHUATO MICHOACAN", "16086"),
        ("H. AYUNTAMIENTO CONSTITUCIONALDE TANHUATO, MICHOACÁN", "16086"),
        ("Municipio de Abasolo, Gto.", "11001"),
        ("Municipio de Abasolo", None),
        ("Gobierno del Estado de Sonora", "26"),
        ("Gobierno de la Ciudad de México", "09"),
        ("GOBIERNO DEL ESTADO DE BAJA CALIFORNIA SUR\nSecretaría de Finanzas", "03"),
        ("Poder Ejecutivo del Estado Libre y Soberano de Sonora", "26"),
        ("SONORA", "26"),
        ("H. CONGRESO DEL ESTADO DE SONORA", "26"),
        ("Gobierno del Estado de México\nSecretaría de Finanzas", "15"),
        ("Ente Público: Gobierno del Estado de Guanajuato", "11"),
        ("Ente Público:\nInstituto de Alfabetización y Educación Básica para Adultos", "11-inaeba"),
        ("Contiene la autorización que da el Poder Legislativo del Estado de Sonora", None),
        ("Plaza Sonora", None),
        ("Director: Lic. Hidalgo", None),
    ],
)
def test_governments_as_they_are_printed(context: str, government: str | None) -> None:
    description = of(f"{context}\nEstado Analítico de Ingresos")
    assert description.government_id == government
    assert description.new_body is None


def test_two_municipalities_of_one_name_are_not_guessed_between() -> None:
    assert "fits several municipalities (11001, 28001)" in of("Municipio de Abasolo").evidence["government_id"].en


@pytest.mark.parametrize(
    ("context", "path", "body"),
    [
        ("COM DE AGUA POT DRENAJE Y ALC DE MANZANILLO", "capdam/x.pdf", NewBody("06007-capdam", "Com de Agua Pot Drenaje y Alc de Manzanillo", "06007")),
        ("Ente Público: Instituto Estatal de la Cultura del Estado de Guanajuato", "x.pdf", NewBody("11-iec", "Instituto Estatal de la Cultura", "11")),
        ("PROCURADURIA GENERAL DE JUSTICIA DEL DISTRITO FEDERAL", "x.pdf", NewBody("09-pgjdf", "Procuraduria General de Justicia del Distrito Federal", "09")),
        ("INSTITUTO TECNOLOGICO SUPERIOR DE GUANAJUATO", "EAEPEC-GTO-ITESG-1T-23.xlsx", NewBody("11-itesg", "Instituto Tecnologico Superior de Guanajuato", "11")),
        ("Instituto de Cultura", "x.pdf", NewBody("ic", "Instituto de Cultura", None)),
        ("", "ople-veracruz-2025/F29.xlsx", NewBody("30-ople", "OPLE (Veracruz)", "30")),
    ],
)  # fmt: skip
def test_a_body_that_is_not_in_the_list_is_proposed(context: str, path: str, body: NewBody) -> None:
    description = of(context, path)
    assert (description.new_body, description.government_id) == (body, None)
    assert document_id(description, "x", ()).startswith(body.government_id.split("-")[-1])


def test_the_acronym_of_the_folder_joins_the_spellings_of_one_body() -> None:
    path = "inaeba-guanajuato/2015-1T/2.5.xlsx"
    assert (
        of("INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN BÁSICA PARA EL ESTADO DE GTO.", path).government_id == "11-inaeba"
    )


@pytest.mark.parametrize(
    ("path", "government"),
    [("guanajuato-state/x.pdf", "11"), ("tanhuato-michoacan/x.pdf", "16086"), ("manzanillo/x.pdf", "06007"), ("inaeba-guanajuato/2021/x.pdf", "11-inaeba"),
     ("cdmx procurement of Sonora things/x.pdf", None), ("abasolo/x.pdf", None), ("x.pdf", None)],
)  # fmt: skip
def test_folders_count_only_where_the_document_is_silent(path: str, government: str | None) -> None:
    silent = of("", path)
    assert silent.government_id == government
    assert "Gobierno del Estado de Sonora" in of("Gobierno del Estado de Sonora", path).evidence["government_id"].en
    if government:
        assert "check it" in silent.evidence["government_id"].en


def test_the_documents_year_wins_over_the_folders() -> None:
    description = of(
        "INFORMACION ADICIONAL AL PROYECTO DE PRESUPUESTO DE EGRESOS\nInformación Anual del Ejercicio Fiscal 2014",
        "2015-1T/2.2.xlsx",
    )
    assert (description.fiscal_year, description.period_end) == (2014, date(2014, 12, 31))
    weak = of("Estado Analítico de Ingresos", "2015-1T/2.2.xlsx")
    assert (weak.fiscal_year, weak.period_start, weak.period_end) == (2015, date(2015, 1, 1), date(2015, 3, 31))
    assert "only the folder says it" in weak.evidence["fiscal_year"].en


def test_a_quarter_of_contracts_is_that_quarter_alone() -> None:
    description = of("Adquisiciones por adjudicación directa\nCuarto trimestre 2014")
    assert (description.period_start, description.period_end) == (date(2014, 10, 1), date(2014, 12, 31))


@pytest.mark.parametrize(
    ("context", "unit"),
    [
        ("(Miles de pesos)", 1000),
        ("Cifras en millones de pesos", 1_000_000),
        ("(Pesos)", 1),
        ("hasta 30 millones de pesos por obra pública", None),
        ("", None),
    ],
)
def test_units_as_they_are_printed(context: str, unit: int | None) -> None:
    assert of(f"Estado Analítico de Ingresos\n{context}").unit == unit


def test_rows_of_a_table_are_not_its_title() -> None:
    description = of(
        "", opening="Estado Analítico de Ingresos\nConcepto\n1,234.00\nInstituto de Cultura\nIntereses de la deuda"
    )
    assert (description.title, description.new_body) == ("Estado Analítico de Ingresos", None)


def test_nothing_read_is_nothing_guessed_and_every_field_has_its_sentence() -> None:
    description = describe({}, "escaneo.pdf", NAMES)
    assert (
        description.kind,
        description.government_id,
        description.fiscal_year,
        description.period_end,
        description.unit,
    ) == (None,) * 5
    assert all(description.evidence.values())
    assert description.title == "escaneo"
    assert describe({}, "escaneo.pdf").government_id is None


@given(stem=st.text(max_size=120), name=st.text(max_size=60), number=st.integers(0, 3))
def test_ids_are_readable_unique_and_always_the_same(stem: str, name: str, number: int) -> None:
    description = Description(None, "informe", "26", name, None, False, 2018, None, date(2018, 3, 31), None, None)
    taken: set[str] = set()
    for _ in range(number + 1):
        chosen = document_id(description, stem, taken)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", chosen)
        assert len(chosen) <= 80
        assert chosen not in taken
        assert chosen == document_id(description, stem, taken)
        taken.add(chosen)
