"""What a column is, asked of everyone who answers: both readers of sheets, the reader of PDFs, and core.

Each header stands over figures that such a column prints, beside a column that is money beyond doubt.
"""

import csv
from functools import partial

import pandas as pd
import pytest
from openpyxl import Workbook

from sources.raw.reading import Document, Reading
from sources.read import read
from tests.sources.pdf.typeset import Sheet, typeset
from tests.transforms.made_raw import made_raw
from transforms.core.normalize import normalize
from warehouse.schema.column_kind import column_kind, figures_of, kind_by_words

FIGURES = {
    "amount": ["1,234,567.00", "845,200.50", "12,300.00", "97,110.25"],
    "percentage": ["12.50", "98.30", "101.25", "3.40"],
    "quantity": ["12", "45", "130", "7"],
    "code": ["1131", "2110", "3610", "3821"],
    "list_number": ["1", "2", "3", "4"],
    "identifier": ["100231", "100232", "100417", "100980"],
    "year": ["2021", "2022", "2023", "2024"],
    "date": ["31/03/2024", "30/06/2024", "30/09/2024", "31/12/2024"],
}
HEADERS = {
    "amount": [
        "Importe", "Monto", "Aprobado", "Devengado", "Saldo", "Presupuesto anual", "Costo unitario", "Precio", "Enero", "Dic", "Importe total",
        "Presupuesto por partida", "Ampliaciones/ (Reducciones)", "Subejercicio", "Federal", "Recursos estatales", "Sueldo mensual",
        "Remuneraciones", "Total", "IVA 16%", "1000", "2024", "1er. trimestre", "Ingresos propios", "Participaciones", "Deuda",
        "Pesos", "Saldo al 31 de diciembre de 2023", "Diferencia", "Variación", "Avance", "Cantidad", "MONTO_APROBADO", "ValorContrato",
    ],
    "percentage": [
        "Porcentaje Ejer/Aprob", "% Avance", "Part.", "Variación", "Var.", "Tasa", "Avance", "Avance físico", "Porcentaje", "Importe | %",
        "Estructura porcentual", "Participación", "Índice", "Dev. / Aprob.", "Por ciento", "Aprobado | Porcentaje",
    ],
    "quantity": [
        "Gasto per cápita", "Costo por habitante", "Plazas", "Número de beneficiarios", "Cantidad", "Meta", "Población", "Unidades", "Días", "Edad", "Matrícula", "Volumen",
        "Total de plazas", "No. de plazas", "Personas", "Alumnos", "Plazo", "Meses", "Horas", "Plazas | 2024", "Beneficiarios | Total",
        "Metas | Programado",
    ],
    "code": ["Partida", "Clave", "COG", "Ramo", "Nivel", "Capítulo", "Clave del presupuesto", "Código", "UR"],
    "list_number": ["No.", "Consecutivo"],
    "identifier": ["Folio", "Número de contrato", "Expediente"],
    "year": ["Año", "Ejercicio"],
    "date": ["Fecha", "Fecha de pago"],
}  # fmt: skip
CASES = [(header, kind) for kind, headers in HEADERS.items() for header in headers]
ROWS = ["Servicios de salud", "Obra pública", "Educación básica", "Seguridad"]
BESIDE = ["1,200,300.50", "2,400,100.25", "3,600,700.75", "4,800,900.10"]


Answers = dict[tuple[str, str], set[str]]


def answers(readings: list[Reading], places: list[tuple[str, str]]) -> Answers:
    """What became of the figures under each header: amounts of core, or the reason why they are none.

    `places` are the document and page on which each case stands, in the order of `CASES`.
    """
    raw = {
        name: pd.concat([getattr(reading, f"{name}s") for reading in readings], ignore_index=True)
        for name in ("page", "table", "column", "row", "number")
    }
    core = normalize(raw, raw["page"][["document_id"]].drop_duplicates(ignore_index=True))
    keys = ["document_id", "page", "place"]
    amounts = pd.MultiIndex.from_frame(core["amount"][keys].astype("str"))
    numbers = raw["number"].assign(amount=pd.MultiIndex.from_frame(raw["number"][keys].astype("str")).isin(amounts))
    became: Answers = {}
    for (header, kind), (document, page) in zip(CASES, places, strict=True):
        here = numbers[(numbers["document_id"] == document) & (numbers["page"] == page)]
        printed = {form for figure in FIGURES[kind] for form in (figure, stored(figure))}
        mine = here[here["source_text"].isin(printed)]
        reasons = mine["exclusion"].where(mine["exclusion"].notna(), "set aside by core")
        became[header, kind] = set(reasons.mask(mine["amount"], "amount"))
    return became


def stored(figure: str) -> str:
    """A figure as a workbook stores it."""
    plain = figure.replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@pytest.fixture(scope="module")
def of_workbook(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    book = Workbook()
    for n, (header, kind) in enumerate(CASES):
        sheet, levels = book.create_sheet(f"c{n}"), header.split(" | ")
        for at, level in enumerate(levels, 1):
            sheet.append(
                ["Concepto" if at == len(levels) else None, level, "Aprobado" if at == len(levels) else "Presupuesto"]
            )
        for label, figure, beside in zip(ROWS, FIGURES[kind], BESIDE, strict=True):
            value = figure if "/" in figure else float(figure.replace(",", ""))
            sheet.append([label, value, float(beside.replace(",", ""))])
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    book.save(path)
    return answers([read(Document(path, "book"))], [("book", f"c{n}") for n in range(len(CASES))])


@pytest.fixture(scope="module")
def of_delimited_text(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    folder, readings = tmp_path_factory.mktemp("text"), []
    for n, (header, kind) in enumerate(CASES):
        with (folder / f"c{n}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Concepto", header, "Aprobado"])
            writer.writerows(zip(ROWS, FIGURES[kind], BESIDE, strict=True))
        readings.append(read(Document(folder / f"c{n}.csv", f"c{n}")))
    return answers(readings, [(f"c{n}", reading.pages["page"].iloc[0]) for n, reading in enumerate(readings)])


@pytest.fixture(scope="module")
def of_typeset_pages(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    def page(header: str, kind: str, sheet: Sheet) -> None:
        levels = header.split(" | ")
        for n, level in enumerate(levels):
            sheet.right(360, 110 - 10 * (len(levels) - 1 - n), level)
        sheet.text(60, 110, "Concepto")
        sheet.right(500, 110, "Aprobado")
        for n, (label, figure, beside) in enumerate(zip(ROWS, FIGURES[kind], BESIDE, strict=True)):
            sheet.text(60, 125 + 12 * n, label)
            sheet.right(360, 125 + 12 * n, figure)
            sheet.right(500, 125 + 12 * n, beside)

    path = typeset(tmp_path_factory.mktemp("pages"), *(partial(page, header, kind) for header, kind in CASES))
    return answers([read(Document(path, "page"))], [("page", str(n)) for n in range(1, len(CASES) + 1)])


@pytest.fixture(scope="module")
def of_core() -> Answers:
    readings, places = [], []
    for n, (header, kind) in enumerate(CASES):
        raw = made_raw([header, "Aprobado"], list(zip(ROWS, FIGURES[kind], BESIDE, strict=True)), document_id=f"c{n}")
        numbers = raw["number"].assign(place=raw["number"]["row"].astype("str") + "-" + raw["number"]["place"])
        readings.append(Reading(f"c{n}", "pdf", raw["page"], raw["table"], raw["column"], raw["row"], numbers))
        places.append((f"c{n}", "1"))
    return answers(readings, places)


@pytest.mark.parametrize(("header", "kind"), CASES)
def test_by_the_function(header: str, kind: str) -> None:
    assert column_kind(header, figures_of(FIGURES[kind])).kind == kind


@pytest.mark.parametrize(("header", "kind"), CASES)
def test_in_a_workbook(header: str, kind: str, of_workbook: Answers) -> None:
    assert of_workbook[header, kind] == {kind}


@pytest.mark.parametrize(("header", "kind"), CASES)
def test_in_delimited_text(header: str, kind: str, of_delimited_text: Answers) -> None:
    assert of_delimited_text[header, kind] == {kind}


@pytest.mark.parametrize(("header", "kind"), CASES)
def test_on_a_typeset_page(header: str, kind: str, of_typeset_pages: Answers) -> None:
    if kind in ("amount", "percentage"):
        assert of_typeset_pages[header, kind] == {kind}
    else:  # whole numbers that are no money make no column of a page, and stay among the labels
        assert of_typeset_pages[header, kind]
        assert "amount" not in of_typeset_pages[header, kind]


@pytest.mark.parametrize(("header", "kind"), CASES)
def test_in_core(header: str, kind: str, of_core: Answers) -> None:
    assert of_core[header, kind] == ({kind} if kind == "amount" else {"set aside by core"})


@pytest.mark.parametrize(
    ("header", "words"),
    [("Clave del presupuesto", "clave"), ("Presupuesto por clave", "presupuest"), ("Aprobado | Porcentaje", "porcentaje"),
     ("Total de plazas", "plazas"), ("Operación", "")],
)  # fmt: skip
def test_the_words_an_answer_rests_on(header: str, words: str) -> None:
    assert kind_by_words(header).words == words


def test_figures_overrule_what_they_cannot_be() -> None:
    assert column_kind("Capítulo", figures_of(["1500.50", "20.25"])).kind is None
    assert column_kind("Clave", figures_of(["12 %", "8 %"])).kind == "percentage"
    assert column_kind("Operación", figures_of(["2021", "2022"])).kind == "year"
    assert column_kind("Variación", figures_of(["0.00", "0.00"])).kind == "amount"
