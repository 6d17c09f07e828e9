"""What the notes at the foot of a table say of the stage of its columns."""

import pytest

from transforms.words.headers import read_header
from transforms.words.notes import stage_by_note, stages_of_notes

FOOT = [
    "1 Los importes corresponden al momento contable de los Egresos devengados.",
    "2 Los importes corresponden a los Egresos devengados al cierre trimestral más reciente disponible y estimados para el resto.",
    "3 Fuente: Secretaría de Finanzas",
]


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ("2019 | Año 5 ¹ (c)", "devengado"),
        ("2018 1/", "devengado"),
        ("2024 | Año del Ejercicio Vigente 2 (d)", None),
        ("Año 5 ³ (c)", None),
        ("Año 5", None),
        ("2021", None),
        (None, None),
    ],
)
def test_the_note_of_a_column_says_its_stage_unless_it_says_two(header: str | None, stage: str | None) -> None:
    assert stage_by_note(header, stages_of_notes(FOOT)) == stage


def test_notes_that_disagree_say_nothing() -> None:
    assert stages_of_notes([FOOT[0], "¹ Las cifras corresponden a los egresos pagados."]) == {"1": None}


@pytest.mark.parametrize("header", ["Año del Ejercicio Vigente 2 (d)", "Ejercicio vigente", "Año vigente (c)"])
def test_the_current_year_is_no_revised_budget(header: str) -> None:
    assert read_header(header).stage is None
    assert read_header("Presupuesto vigente").stage == "modificado"
