"""Labels of a scan whose lines stand in no row with amounts: joined where codes tell it, else not confirmed."""

from pathlib import Path
from typing import Any

import pytest

from sources.pdf import read_pdf
from sources.pdf.load import Page
from sources.pdf.page.lines import lines_of
from sources.pdf.page.rulings import Ruling, Rulings
from sources.pdf.page.witnessed import UNREAD_INK
from sources.pdf.page.words import PageText, Word
from sources.pdf.table.headers import is_column_numbers
from sources.raw.reading import Document, Reading

_SIZE, _PITCH = 10.0, 14.0


def _words(text: str, x: float, base: float, right: bool = False) -> list[Word]:
    """The words of a text, both readers agreed on them."""
    words = []
    x -= len(text) * 5 if right else 0
    for part in text.split():
        words.append(Word(part, x, base - 9, x + 5 * len(part), base + 2, base, confidence=0.99, witness=part))
        x += 5 * len(part) + 4
    return words


def _read(rows: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, ruled: bool = True) -> Reading:
    """A page whose words were recognised: code, label and amounts of each line."""
    words, base = [], 100.0
    for cells in rows:
        at = [60, 110, 420, 520]
        for k, text in enumerate(cells):
            words += _words(text, at[k], base, right=k > 1)
        base += _PITCH
    for order, word in enumerate(words):
        word.order = order
    down = [Ruling(x, 80, base) for x in (50, 105, 330, 430, 530)] if ruled else []
    across = [Ruling(y, 50, 530) for y in (80, 106, base)] if ruled else []
    page = Page(1, PageText(612, 792, words), Rulings(across, down), recognised=True)
    monkeypatch.setattr("sources.pdf.reader.load", lambda document: ([page], []))
    return read_pdf(Document(Path("scan.pdf"), "scan"))


def _labels(reading: Reading) -> list[tuple[Any, Any]]:
    amounts = reading.numbers[reading.numbers["exclusion"].isna()]
    rows = reading.rows[reading.rows["row"].isin(amounts["row"])]
    return list(zip(rows["label"], rows["witness"], strict=True))


CODED = [
    ("CUENTA", "CONCEPTO", "APROBADO", "MODIFICADO"),
    ("4100", "Ingresos de gestión", "10.00", "20.00"),
    ("4110", "Impuestos", "10.00", "20.00"),
    ("", "Participaciones, Aportaciones,"),
    ("", "Transferencias, Asignaciones,"),
    ("4200", "Subsidios y Otras Ayudas", "30.00", "40.00"),
    ("4210", "Participaciones", "30.00", "40.00"),
    ("", "Otros que no se comprenden en las"),
    ("4300", "anteriores", "1.00", "2.00"),
]


def test_where_rows_bear_codes_a_line_without_one_is_a_part_of_the_label_it_reads_on_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = [label for label, _ in _labels(_read(CODED, monkeypatch))]
    assert "4200 Participaciones, Aportaciones, Transferencias, Asignaciones, Subsidios y Otras Ayudas" in labels
    assert "4300 Otros que no se comprenden en las anteriores" in labels
    assert "4110 Impuestos" in labels


def test_a_line_that_may_be_of_the_row_below_leaves_its_label_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("CUENTA", "CONCEPTO", "APROBADO", "MODIFICADO"),
        ("4100", "Ingresos de gestión", "10.00", "20.00"),
        ("4110", "Impuestos", "10.00", "20.00"),
        ("", "TRANSFERENCIAS"),
        ("4200", "Subsidios y Otras Ayudas", "30.00", "40.00"),
        ("4300", "Derechos", "1.00", "2.00"),
    ]
    witnesses = dict(_labels(_read(rows, monkeypatch)))
    assert UNREAD_INK in witnesses["4200 Subsidios y Otras Ayudas"]
    assert UNREAD_INK not in witnesses["4300 Derechos"]


def test_a_line_with_a_small_letter_that_reads_on_to_both_rows_is_of_the_one_above(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _labels(_read(_torn("ejercicios fiscales anteriores o"), monkeypatch, ruled=False))[1:3] == [
        ("No Comprendidos en la Ley de Ingresos ejercicios fiscales anteriores o",) * 2,
        ("Ingresos por Ventas de Bienes",) * 2,
    ]


def test_a_line_that_could_begin_the_row_below_leaves_both_labels_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    witnesses = [seen for _, seen in _labels(_read(_torn("Ley de Derechos y anteriores"), monkeypatch, ruled=False))]
    assert [UNREAD_INK in seen for seen in witnesses][:3] == [False, True, True]


def _torn(between: str) -> list[tuple[str, ...]]:
    return [
        ("", "CONCEPTO", "APROBADO", "MODIFICADO"),
        ("", "Productos de Tipo Corriente", "10.00", "20.00"),
        ("", "No Comprendidos en la Ley de Ingresos", "10.00", "20.00"),
        ("", between),
        ("", "Ingresos por Ventas de Bienes", "30.00", "40.00"),
        ("", "Recursos Federales", "30.00", "40.00"),
    ]


def test_a_header_over_a_line_that_numbers_the_columns_is_one_however_far_below_the_rows_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        ("", "Concepto", "Egreso", "Egreso"),
        ("", "", "Aprobado", "Devengado"),
        ("", "", "(1)", "(2)"),
        *[("",)] * 4,
        ("", "GASTO CORRIENTE", "55,436,851.00", "11,471,709.74"),
        ("", "GASTO DE CAPITAL", "21,375,954.00", "407,140.44"),
        ("", "TOTAL DEL EGRESO", "76,812,805.00", "11,878,850.18"),
    ]
    reading = _read(rows, monkeypatch, ruled=False)
    assert list(reading.columns["header"]) == ["Egreso Aprobado", "Egreso Devengado"]


@pytest.mark.parametrize(
    ("pieces", "numbers"),
    [
        (("(1)", "(2)", "(3-1*Z)", "(4)", "(5)", "(6=5-1)"), True),
        (("(1)", "(2)", "(3=1+2)"), True),
        (("(100)", "(200)", "(300)"), False),
        (("(2)", "(3)", "(9)", "(4)"), False),
        (("3=(1+2)",), True),
        (("3",), False),
        (("2020-2021",), False),
    ],
)
def test_a_line_that_numbers_the_columns_is_known_although_one_of_its_sums_is_misread(
    pieces: tuple[str, ...], numbers: bool
) -> None:
    words = [word for n, piece in enumerate(pieces) for word in _words(piece, 300 + 60 * n, 100)]
    (line,) = lines_of(words)
    assert is_column_numbers(line) is numbers
