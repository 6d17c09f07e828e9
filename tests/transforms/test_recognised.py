"""What proves a figure that was read by OCR."""

import pandas as pd
from made_raw import by_cell, made_documents, made_raw

from transforms.normalize import normalize

HEADERS = ["Aprobado", "Ampliaciones", "Modificado"]
ROWS = [
    ("Servicios Personales", "900,000.00", "50,000.00", "950,000.00"),
    ("Materiales y Suministros", "400,000.00", "0.00", "400,000.00"),
    ("Servicios Generales", "300,000.00", "20,000.00", "320,000.00"),
]


def read_by_ocr(
    rows: list[tuple], headers: list[str] = HEADERS, witness: dict[tuple[int, int], str] | None = None
) -> dict[tuple[int, int], dict]:
    """The amounts by row and column, with what the second reader saw."""
    raw = made_raw(headers, rows)
    numbers = raw["number"]
    seen = [(witness or {}).get((n.row, n.column)) if pd.notna(n.row) else None for n in numbers.itertuples()]
    raw["number"] = numbers.assign(flag="ocr", witness=pd.array(seen, dtype="str"))
    return by_cell(normalize(raw, made_documents("doc", kind="informe", fiscal_year=2023)))


def test_an_exact_sum_of_three_amounts_proves_a_recognised_figure() -> None:
    cells = read_by_ocr(ROWS)
    assert [cells[1, c]["verified"] for c in (1, 2, 3)] == [True, True, True]
    assert cells[1, 3]["reason"] == "row_identity"


def test_an_amount_that_only_repeats_another_is_not_proven() -> None:
    """The same digit may be misread twice in the same way."""
    cells = read_by_ocr(ROWS)
    assert [(cells[2, c]["verified"], cells[2, c]["reason"]) for c in (1, 3)] == [(False, "ocr")] * 2


def test_a_second_reader_that_agrees_makes_such_a_sum_a_proof() -> None:
    cells = read_by_ocr(ROWS, witness={(2, 1): "400,000.00", (2, 3): "490,000.00"})
    assert cells[2, 1]["verified"]
    assert not cells[2, 3]["verified"], "the second reader saw another figure"


def test_two_readers_that_agree_prove_nothing_without_a_sum() -> None:
    rows = [("Servicios Personales", "900,000.00"), ("Materiales y Suministros", "400,000.00")]
    cells = read_by_ocr(rows, ["Aprobado"], {(1, 1): "900,000.00", (2, 1): "400,000.00"})
    assert not any(cell["verified"] for cell in cells.values())


def test_a_rounded_sum_does_not_prove_the_last_digit() -> None:
    rows = [
        ("Servicios Personales", "900,004", "50,004", "950,007"),
        ("Materiales y Suministros", "400,003", "10,003", "410,006"),
        ("Servicios Generales", "300,002", "20,002", "320,004"),
    ]
    cells = read_by_ocr(rows)
    assert not cells[1, 3]["verified"], "off by one peso: rounding of the source, or a misread digit"
    assert cells[2, 3]["verified"]
    assert read_by_ocr(rows, witness={(1, 3): "950,007"})[1, 3]["verified"]


def test_a_figure_in_a_sum_that_fails_needs_the_second_reader() -> None:
    rows = [*ROWS, ("Total", "1,600,000.00", "70,000.00", "1,679,000.00")]
    cells = read_by_ocr(rows)
    assert cells[1, 3]["reason"] == "does_not_add_up", "its row adds up, its column does not"
    assert cells[1, 1]["verified"]
    assert read_by_ocr(rows, witness={(1, 3): "950,000.00"})[1, 3]["verified"]
