"""Codes, names and numbering of labels, and the codes of the classifiers they stand for."""

import json

import pytest

from transforms.words.classification import is_fund
from transforms.words.codes import code_rows, codebook, function_digits, object_digits
from transforms.words.labels import Cells, read_cells, split_label
from transforms.words.states import government_key

SPLIT = {
    "3600 Servicios de comunicación": ("3600", "Servicios de comunicación", "digits"),
    "2.3 Salud": ("2.3", "Salud", "digits"),
    "a1) Remuneraciones": ("a1", "Remuneraciones", "lower"),
    "A. Servicios Personales": ("A", "Servicios Personales", "upper"),
    "II: Gasto Etiquetado": ("II", "Gasto Etiquetado", "roman"),
    "A3.1 Financiamiento": ("A3.1", "Financiamiento", "pair"),
    "COG361": ("COG361", None, "prefixed"),
    "E067 Trayectoria": ("E067", "Trayectoria", "programme"),
    "001 01 1 5 BONO": ("001 01 1 5", "BONO", "path"),
    "12 meses de gasto": (None, "12 meses de gasto", "none"),
    "2021 algo": (None, "2021 algo", "none"),
}


@pytest.mark.parametrize(("text", "expected"), SPLIT.items())
def test_code_and_name(text: str, expected: tuple) -> None:
    assert split_label(text) == expected


def test_label_cells_by_role() -> None:
    cells = [
        ["Estado", "Sonora"],
        ["Año", "2024"],
        ["Código", "COG36"],
        ["Concepto", "Servicios de Comunicación"],
        ["Observaciones", "x"],
    ]
    cells_by_role = read_cells("…", json.dumps(cells))
    assert cells_by_role.label[:2] == ("COG36", "Servicios de Comunicación")
    assert (cells_by_role.government, cells_by_role.year) == ("Sonora", 2024)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([["", "31N"], ["Concepto", "c1) Servicios Básicos"]], ("c1", "Servicios Básicos")),
        ([["Concepto", "Servicios Básicos"], ["", "3100"]], ("3100", "Servicios Básicos")),
        ([["Concepto", "Servicios Generales"], ["", "0"]], (None, "Servicios Generales")),
    ],
)
def test_helper_columns_beside_the_printed_label(cells: list, expected: tuple) -> None:
    assert read_cells("…", json.dumps(cells)).label[:2] == expected


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("3600", "36"),
        ("3000", "3"),
        ("3610", "361"),
        ("3611", "3611"),
        ("36101", "36101"),
        ("36100", "361"),
        ("36000", "36"),
        ("COG01", "1"),
        ("COG361", "361"),
        ("0", None),
        ("E067", None),
    ],
)
def test_object_code_without_filling_zeros(code: str, digits: str | None) -> None:
    assert object_digits(code) == digits


def test_function_code() -> None:
    assert function_digits("2.3") == function_digits("CFG23") == "23"


def _codes(classification: str, *labels: str) -> list[str | None]:
    return code_rows(codebook(classification), [Cells(split_label(label)) for label in labels])


def test_names_without_codes_get_the_code_of_their_chapter() -> None:
    names = (
        "Servicios Personales",
        "Remuneraciones al personal",
        "Servicios Generales",
        "Serviviso de comunicación social y publcidad",
        "Servicos oficiales",
        "Total del gasto",
    )
    assert _codes("object", *names) == ["1", None, "3", "36", "38", None]


def test_ldf_numbering_yields_to_names_where_the_format_skips_entries() -> None:
    labels = (
        "H. Participaciones y Aportaciones (H=h1+h2+h3)",
        "h1) Participaciones",
        "h2) Aportaciones",
        "h3) Convenios",
    )
    assert _codes("object", *labels) == ["8", "81", "83", "85"]


def test_function_names() -> None:
    assert _codes("function", "2 Desarrollo Social", "2.3 Salud") == ["2", "23"]
    assert _codes("function", "B. Desarrollo Social (B=b1+b2)", "b3) Salud") == ["2", "23"]


def test_codes_of_another_scheme_are_not_taken_for_the_classifier() -> None:
    assert _codes("object", "1101 Secretaría de Gobierno", "1102 Secretaría de Salud", "1103 Contraloría") == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ciudad de Mexico", "09"),
        ("Estado de México", "15"),
        ("Sonora ", "26"),
        ("1", "01"),
        ("26030", "26030"),
        ("Otro", None),
    ],
)
def test_names_of_states(text: str, key: str | None) -> None:
    assert government_key(text) == key


def test_an_entity_is_a_state_only_where_it_names_one() -> None:
    def cells(entity: str) -> Cells:
        return read_cells(None, json.dumps([["Unidad Responsable", "3001"], ["Entidad", entity]]))

    assert cells("Sonora").government == "Sonora"
    body = cells("Comisión de Deporte del Estado")
    assert (body.government, body.label.code, body.label.name) == (None, "3001", "Comisión de Deporte del Estado")


@pytest.mark.parametrize(
    ("header", "text", "government"),
    [
        ("Entidad", "3001", None),
        ("Entidad", "11", None),
        ("Municipio", "26030", None),
        ("ID_ENTIDAD", "26", "26"),
        ("CVE_ENT", "11", "11"),
        ("Clave entidad", "11", "11"),
        ("Estado", "Sonora", "Sonora"),
    ],
)
def test_a_code_is_a_government_only_where_its_column_is_of_the_registers_keys(
    header: str, text: str, government: str | None
) -> None:
    cells = read_cells(None, json.dumps([[header, text], ["Denominación", "Comisión de Deporte del Estado"]]))
    assert (cells.government, cells.label.name) == (government, "Comisión de Deporte del Estado")


@pytest.mark.parametrize(
    ("name", "fund"),
    [
        ("Fondo de Aportaciones para los Servicios de Salud", True),
        ("II. Fondo de Aportaciones para los Servicios de Salud (FASSA)", True),
        ("FASSA", True),
        ("Programa de Salud y Bienestar", True),
        ("Subsidios para Servicios de Salud", True),
        ("Secretaría de Salud", False),
        ("Servicios de Salud de Sonora", False),
        ("12 Salud", False),
    ],
)
def test_a_fund_is_called_after_what_it_pays_and_is_no_body(name: str, fund: bool) -> None:
    assert is_fund(name) == fund


def test_codes_in_pairs_of_digits_are_those_of_the_classifier() -> None:
    labels = [
        "03 SERVICIOS GENERALES",
        "03 06 SERVICIOS DE COMUNICACION SOCIAL Y PUBLICIDAD",
        "03 06 01 DIFUSIÓN POR RADIO, TELEVISIÓN Y OTROS MEDIOS DE MENSAJES SOBRE PROGRAMAS Y ACTIVIDADES GUBERNAMENTALES",
        "03 06 01 02 PUBLICACIÓN POR RADIO",
        "03 08 SERVICIOS OFICIALES",
        "03 08 02 GASTOS DE ORDEN SOCIAL Y CULTURAL",
    ]
    assert _codes("object", *labels) == ["3", "36", "361", "36102", "38", "382"]


def test_a_group_and_its_only_part_of_one_name_are_group_and_part() -> None:
    labels = [
        "01 SERVICIOS PERSONALES",
        "03 REMUNERACIONES ADICIONALES Y ESPECIALES",
        "03 HORAS EXTRAORDINARIAS",
        "01 HORAS EXTRAORDINARIAS",
        "04 COMPENSACIONES",
        "01 COMPENSACIONES",
        "02 ESTÍMULOS ESPECIALES",
    ]
    assert _codes("object", *labels) == ["1", "13", "133", None, "134", None, None]


def test_a_row_numbered_within_its_group_is_not_the_entry_of_another_number() -> None:
    labels = [
        "02 MATERIALES Y SUMINISTROS",
        "01 MATERIALES DE ADMINISTRACION, EMISION DE DOCUMENTOS Y ARTICULOS OFICIALES",
        "01 MATERIALES, ÚTILES Y EQUIPOS MENORES DE OFICINA",
        "02 MATERIAL DE LIMPIEZA",
        "05 MATERIAL IMPRESO E INFORMACIÓN DIGITAL",
    ]
    assert _codes("object", *labels) == ["2", "21", "211", None, "215"]
