"""Totals that the text above a table states."""

import pytest

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize

ROWS = [
    ("Universidad de Guanajuato", "$2,542,488,590.00"),
    ("Tribunal de lo Contencioso Administrativo", "$62,831,890.87"),
    ("Procuraduría de los Derechos Humanos", "$87,005,253.09"),
]
TITLE = (
    "III. Las asignaciones para los organismos autónomos, que en 2014 fueron de $2,000,000,000.00, importan la cantidad "
    "de $2,692,325,733.96 (dos mil seiscientos noventa y dos millones) y se distribuyen de la siguiente manera:"
)


def _read(title: str, rows: list[tuple] = ROWS, headers: tuple[str, ...] = ("Asignación Presupuestal",)) -> list[dict]:
    core = normalize(made_raw(list(headers), rows, title=title), made_documents("doc", fiscal_year=2015))
    return list(by_cell(core).values())


def test_the_amount_that_leads_to_a_table_proves_its_rows() -> None:
    assert {(cell["verified"], cell["reason"]) for cell in _read(TITLE)} == {(True, "total")}


@pytest.mark.parametrize(
    "title",
    [
        TITLE.replace("733.96", "733.97"),
        "Artículo 5. El gasto de $2,692,325,733.96 se ejercerá conforme a la ley. Organismos autónomos",
    ],
    ids=["another amount", "no lead"],
)
def test_what_the_text_does_not_state_proves_nothing_and_fails_nothing(title: str) -> None:
    assert {(cell["verified"], cell["reason"]) for cell in _read(title)} == {(False, "no_proof")}


def test_of_several_columns_the_text_does_not_say_which_it_means() -> None:
    rows = [(label, text, "$1.00") for label, text in ROWS]
    assert not any(cell["verified"] for cell in _read(TITLE, rows, ("Aprobado", "Otros")))
