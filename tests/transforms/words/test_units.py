"""What single texts say of the unit figures are printed in, and what only looks like it."""

import pytest

from transforms.words.units import (
    OTHER_CURRENCY,
    Unit,
    hints_at_scale,
    read_format,
    unit_glued,
    unit_of,
    unit_of_cell,
    unit_of_header,
    units_in,
)

THOUSAND, MILLION, THOUSAND_MILLION = 1_000, 1_000_000, 1_000_000_000
# As they stand on a line of their own.
LINES = {
    "(Pesos)": 1, "PESOS": 1, "(En Pesos)": 1, "Cifras en pesos": 1, "Cifras expresadas en pesos mexicanos": 1, "(Pesos M.N.)": 1, "M.N.": 1,
    "Unidad de medida: Pesos": 1, "Moneda: Pesos mexicanos": 1, "Cifras en pesos, sin centavos": 1, "Pesos ($)": 1, "(Cifras en pesos y porcentajes)": 1,
    "Presupuesto de Egresos 2023 (Pesos)": 1, "Presupuesto 2023 - Pesos": 1, "Del 1 de enero al 31 de marzo de 2023 (Pesos)": 1,
    "cifras en miles de pesos": THOUSAND, "(Miles de pesos de 2023)": THOUSAND, "Unidad: miles de pesos": THOUSAND, "$000": THOUSAND,
    "($000)": THOUSAND, "(000)": THOUSAND, "(000's)": THOUSAND, "Importes en miles": THOUSAND, "en miles": THOUSAND, "(Miles)": THOUSAND,
    "Presupuesto de Egresos, miles de pesos": THOUSAND, "Municipio de Ejemplo  Miles de pesos": THOUSAND, "[miles de pesos]": THOUSAND,
    "(Miles de pesos constantes de 2018)": THOUSAND, "Todas las cifras de este documento se expresan en miles de pesos.": THOUSAND,
    "Las cantidades se presentan en miles de pesos, salvo indicación": THOUSAND, "Cifras en miles de pesos mexicanos (MXN)": THOUSAND,
    "Millones de pesos corrientes": MILLION, "(mdp)": MILLION, "MDP": MILLION, "Expresado en millones de pesos": MILLION,
    "Presupuesto de Egresos en millones de pesos": MILLION, "*Cifras en millones de pesos.": MILLION,
    "Nota: los importes están expresados en millones de pesos y pueden no sumar por redondeo.": MILLION,
    "miles de millones de pesos": THOUSAND_MILLION, "mmdp": THOUSAND_MILLION, "Cifras en miles de millones de pesos": THOUSAND_MILLION,
    "(MILES DE $)": THOUSAND, "1/ Millones de pesos.": MILLION, "a) Cifras en miles de pesos": THOUSAND, "Cifras en miles de $": THOUSAND,
    "Expresado en millones de moneda nacional": MILLION, "(cifras en cientos de pesos)": 100, "Cifras en decenas de millones de pesos": 10_000_000,
    "Miles de MXN": THOUSAND, "Moneda: MXN miles": THOUSAND, "(En $ miles)": THOUSAND, "Pesos (miles)": THOUSAND, "Mls. de pesos": THOUSAND, "Mill. $": MILLION,
    "Millones de M.N.": MILLION, "(Thousands of pesos)": THOUSAND, "(Millones de Pesos de Diciembre de 2022)": MILLION, "mdp: millones de pesos": MILLION,
    "Cifras en miles de mdp": THOUSAND_MILLION, "(mdd)": OTHER_CURRENCY,
    "Clasificación por Objeto del Gasto al 30 de Junio de 2019 PESOS": 1, "Al 30 de junio de 2019 miles de pesos": THOUSAND,
    "k$": THOUSAND, "Aprobado (kMXN)": THOUSAND, "Cifras en quetzales": OTHER_CURRENCY, "Cifras en dólares americanos": OTHER_CURRENCY, "(USD)": OTHER_CURRENCY, "Valores en UDIS": OTHER_CURRENCY, "Cifras en euros": OTHER_CURRENCY,
}  # fmt: skip
NONE = (
    "no exceda de 30 millones de pesos", "hasta por mil pesos", "el monto será de hasta treinta millones de pesos", "quinientos millones de pesos",
    "(treinta mil pesos 00/100 M.N.)", "Población en miles de habitantes", "los municipios recibirán 3 mil millones de pesos", "miles de familias",
    "Montos máximos de adjudicación en miles de pesos", "Unidad de Medida y Actualización (UMA)", "Unidad responsable",
    "se asignan $30,000,000.00 (treinta millones de pesos)", "con un monto superior a dos millones de pesos", "Presupuesto de Egresos 2023",
    "Apoyos de 2019 pesos", "dos mill. de pesos", "cuota de 3 mil pesos",
)  # fmt: skip
HEADERS = {
    "Aprobado (mdp)": MILLION, "MONTO_APROBADO_MILES": THOUSAND, "Aprobado mdp": MILLION, "Aprobado (miles)": THOUSAND, "montoMiles": THOUSAND,
    "Aprobado en miles": THOUSAND, "Devengado (pesos)": 1, "importe_pesos": 1, "Miles de pesos | Aprobado": THOUSAND, "Importe ($000)": THOUSAND,
    "Monto USD": OTHER_CURRENCY, "UMA": OTHER_CURRENCY, "De 5 a 10 millones": None, "Miles de toneladas": None, "2023 | Aprobado": None,
}  # fmt: skip
FORMATS = {
    '#,##0.00" mdp"': (MILLION, 1), "#,##0,": (None, 1_000), '"$"#,##0.00" M.N."': (1, 1), "[$-80A]#,##0.00;[Red]\\-#,##0.00": (None, 1),
    'General" días"': (None, 1), '#,##0.0,,"M"': (MILLION, MILLION), "#,##0.0,,\\ \\m\\d\\p": (MILLION, MILLION), "[$USD] #,##0.00": (OTHER_CURRENCY, 1),
    "#,##0.00\\ \\m\\i\\l\\e\\s": (THOUSAND, 1), "#,##0,_);(#,##0,)": (None, 1_000), '#,##0.0," miles"': (THOUSAND, THOUSAND), "0.00E+00": (None, 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "multiplier"), LINES.items())
def test_a_line_that_says_the_unit(text: str, multiplier: int) -> None:
    assert [unit.multiplier for unit in units_in(text, title=True)] == [multiplier]


@pytest.mark.parametrize("text", NONE)
def test_a_line_that_says_none(text: str) -> None:
    assert units_in(text, title=True) == ()


def test_a_long_title_ends_with_its_date_and_unit_and_a_sentence_with_neither() -> None:
    form = "Estado Analítico del Ejercicio del Presupuesto de Egresos Detallado - LDF, Clasificación de Servicios Personales por Categoría, "
    assert len(form) < 160 < len(form + "al 30 de Junio de 2019 en el Instituto")
    units_of_titles = [
        units_in(form + end, title=True)
        for end in ("al 30 de Junio de 2019 PESOS", "de todos los entes del Estado, en pesos")
    ]
    assert [[unit.multiplier for unit in units] for units in units_of_titles] == [[1], []]


def test_the_end_of_a_sentence_is_no_unit_where_no_title_is() -> None:
    assert units_in("millones de pesos.", title=False) == ()
    assert units_in("millones", title=False) == ()
    assert [unit.multiplier for unit in units_in("Millones de pesos", title=False)] == [MILLION]


@pytest.mark.parametrize(("header", "multiplier"), HEADERS.items())
def test_the_header_of_a_column(header: str, multiplier: int | None) -> None:
    unit = unit_of_header(header)
    assert (unit.multiplier if unit else None) == multiplier


@pytest.mark.parametrize(("code", "said"), FORMATS.items())
def test_a_number_format(code: str, said: tuple[int | None, int]) -> None:
    read = read_format(code)
    assert (read.unit.multiplier if read.unit else None, read.divisor) == said


@pytest.mark.parametrize(
    ("text", "multiplier"),
    [
        ("501.4 M", MILLION),
        ("$501.4M", MILLION),
        ("501.4 mdp", MILLION),
        ("501 mil", THOUSAND),
        ("501.4", None),
        ("3 m2", None),
    ],
)
def test_a_unit_glued_to_a_figure(text: str, multiplier: int | None) -> None:
    unit = unit_glued(text)
    assert (unit.multiplier if unit else None) == multiplier


@pytest.mark.parametrize(
    ("text", "multiplier"),
    [("Miles de pesos", THOUSAND), ("Pesos", 1), ("USD", OTHER_CURRENCY), ("Persona", None), ("Porcentaje", None)],
)
def test_a_cell_of_a_column_of_units(text: str, multiplier: int | None) -> None:
    unit = unit_of_cell(text)
    assert (unit.multiplier if unit else None) == multiplier


def test_of_several_lines_the_last_speaks_and_of_none_nobody() -> None:
    assert unit_of("Ente\n(miles de pesos)\nDel 1 de enero").multiplier == THOUSAND
    assert unit_of(None, "") == Unit(1, None)


def test_a_word_of_a_scale_is_noticed_even_where_it_is_not_understood() -> None:
    assert hints_at_scale("los recursos que se ejercen, en su caso, millones de pesos")
    assert all(
        hints_at_scale(text) for text in ("(mmp)", "(k)", "Escala: 1:1000 pesos", "Mls. de pesos", "Miles de MXN")
    )
    assert not hints_at_scale("hasta treinta millones de pesos")
    assert not hints_at_scale("(Pesos)")


def test_a_line_that_says_two_scales_says_both() -> None:
    assert [unit.multiplier for unit in units_in("Expresado en Pesos y Miles de Pesos", title=True)] == [1, THOUSAND]
    assert len(units_in("Miles de pesos y porcentajes", title=True)) == 1


@pytest.mark.parametrize("text", ["Thousands of pesos", "In millions", "(MILES DE $)", "$ miles"])
def test_a_scale_that_is_not_understood_is_still_a_scale(text: str) -> None:
    assert hints_at_scale(text)
