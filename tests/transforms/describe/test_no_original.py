"""A document that says of itself that it is no original is drafted as one that is not cited."""

import pytest

from tests.transforms.describe.made_titles import of, raw
from transforms.describe.draft import describe
from transforms.describe.no_original import no_original
from transforms.words.periods import PrintedLine
from warehouse.schema.raw import RAW_TEXT

TITLES = (
    "Gobierno del Estado de Sonora\nEstado Analítico del Ejercicio del Presupuesto de Egresos\nEjercicio fiscal 2021"
)


def test_the_foot_of_a_page_says_it() -> None:
    foot = "Compuesto a partir de cifras publicadas; no es el documento original."
    text = RAW_TEXT.frame([{"document_id": "x", "page": "3", "line": 9, "kind": "page_foot", "text": foot}])
    drafted = describe(raw(TITLES) | {"text": text}, "x.pdf")
    assert drafted.fields()["citable"] is False
    assert drafted.evidence["citable"].en == f"it says that it is no original: “{foot}” (page 3)"


@pytest.mark.parametrize(
    "line",
    [
        "Transcripción no oficial",
        "Este archivo no constituye un documento oficial",
        "Documento de ejemplo: cifras ficticias",
        "This is not an official document.",
    ],
)
def test_words_that_say_it(line: str) -> None:
    assert of(f"{TITLES}\n{line}").citable is False


@pytest.mark.parametrize(
    "line",
    [
        "Versión digital de consulta, carece de valor legal (artículo 8 de la Ley del Periódico Oficial)",
        "Periódico Oficial del Estado",
        "El presupuesto original no es el modificado",
        "31501 Reproducción de documentos oficiales",
        "Los datos de la muestra no son los del censo",
    ],
)
def test_words_that_do_not(line: str) -> None:
    assert no_original(None, [PrintedLine(line)], None) is None
    assert of(f"{TITLES}\n{line}").fields()["citable"] is None
