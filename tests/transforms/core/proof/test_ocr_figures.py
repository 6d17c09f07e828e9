"""What proves a figure that was read by OCR, and what confirms the words beside it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize

HEADERS = ["Aprobado", "Ampliaciones", "Modificado"]
ROWS = [
    ("Servicios Personales", "900,000.00", "50,000.00", "950,000.00"),
    ("Materiales y Suministros", "400,000.00", "0.00", "400,000.00"),
    ("Servicios Generales", "300,000.00", "20,000.00", "320,000.00"),
]


def read_by_ocr(
    rows: list[tuple],
    headers: list[str] = HEADERS,
    witness: dict[tuple[int, int], str] | None = None,
    labels: Mapping[int, str | None] | None = None,
    same_headers: bool = False,
) -> dict[tuple[int, int], dict[str, Any]]:
    """The amounts by row and column, with what the second reader saw: no figures, no headers unless `same_headers`, and the
    labels as the first did, but for those given.
    """
    raw = made_raw(headers, rows)
    numbers = raw["number"]
    seen = [(witness or {}).get((n.row, n.column)) if pd.notna(n.row) else None for n in numbers.itertuples()]
    raw["number"] = numbers.assign(flag="ocr", witness=pd.array(seen, dtype="str"))
    heard = [(labels or {}).get(n, label) for n, label in enumerate(raw["row"]["label"], 1)]
    raw["row"] = raw["row"].assign(witness=pd.array(heard, dtype="str"))
    if same_headers:
        raw["column"] = raw["column"].assign(witness=raw["column"]["header"].str.replace(" | ", " ", regex=False))
    return by_cell(normalize(raw, made_documents("doc", kind="informe", fiscal_year=2023)))


TOTAL = ("Total", "1,600,000.00", "70,000.00", "1,670,000.00")


def test_two_exact_sums_that_share_no_other_amount_prove_a_recognised_figure() -> None:
    cells = read_by_ocr([*ROWS, TOTAL])
    assert [cells[1, c]["verified"] for c in (1, 2, 3)] == [True, True, True]
    assert cells[1, 3]["reason"] == "row_identity"


def test_one_sum_may_hold_between_figures_misread_alike() -> None:
    """The first digit of both may be taken for another in the same way."""
    cells = read_by_ocr(ROWS)
    assert [(cells[1, c]["verified"], cells[1, c]["reason"]) for c in (1, 2, 3)] == [(False, "ocr")] * 3
    agreed = {(1, 1): "900,000.00", (1, 2): "50,000.00", (1, 3): "950,000.00"}
    assert all(read_by_ocr(ROWS, witness=agreed)[1, c]["verified"] for c in (1, 2, 3))


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
        ("Total", "1,600,009", "80,009", "1,680,017"),
    ]
    cells = read_by_ocr(rows)
    assert not cells[1, 3]["verified"], "off by one peso: rounding of the source, or a misread digit"
    assert cells[2, 1]["verified"]
    assert read_by_ocr(rows, witness={(1, 3): "950,007"})[1, 3]["verified"]


def test_a_figure_in_a_sum_that_fails_needs_the_second_reader() -> None:
    rows = [*ROWS, ("Total", "1,600,000.00", "70,000.00", "1,679,000.00")]
    cells = read_by_ocr(rows)
    assert cells[1, 3]["reason"] == "does_not_add_up", "its row adds up, its column does not"
    assert cells[1, 1]["verified"]
    assert read_by_ocr(rows, witness={(1, 3): "950,000.00"})[1, 3]["verified"]


AGREED = {(row, c): text for row, (_, *texts) in enumerate([*ROWS, TOTAL], 1) for c, text in enumerate(texts, 1)}


def test_a_proven_amount_is_not_verified_where_the_readers_see_other_letters_in_its_label() -> None:
    rows = [("Apoyo a Festivales", *ROWS[0][1:]), *ROWS[1:], TOTAL]
    assert read_by_ocr(rows, witness=AGREED)[1, 1]["verified"]
    for other in ("Apoyo a Fiestas", "Apoyo a", None):
        cells = read_by_ocr(rows, witness=AGREED, labels={1: other})
        assert (cells[1, 1]["verified"], cells[1, 1]["reason"]) == (False, "label_unconfirmed")
        assert cells[3, 1]["verified"]
    assert read_by_ocr(rows, witness=AGREED, labels={1: "[APOYO  a Festiváles."})[1, 1]["verified"]


def test_a_label_is_confirmed_by_the_classifier_or_where_the_document_prints_it_again() -> None:
    rows = [*ROWS, ("Apoyo a Festivales", "0.00", "0.00", "0.00"), ("Apoyo a Festivales", "1.00", "1.00", "2.00")]
    seen = {1: "Senicios Personales", 5: "Apoyo a Festivales", 4: "Apoyo a Festiwales"}
    witness = {**AGREED, (4, 1): "0.00", (5, 1): "1.00", (5, 2): "1.00", (5, 3): "2.00"}
    cells = read_by_ocr(rows, witness=witness, labels=seen)
    assert cells[1, 1]["verified"], "Servicios Personales is a chapter"
    seen[5], seen[4] = seen[4], seen[5]
    assert read_by_ocr(rows, witness=witness, labels=seen)[5, 1]["verified"]
    assert read_by_ocr(rows, witness=witness, labels=seen | {4: None})[5, 1]["reason"] == "label_unconfirmed"


def test_two_readers_that_take_the_same_letters_for_others_confirm_nothing() -> None:
    """`rn` is read as `m` by both: it has the shape of an entry of the classifier, and not its letters."""
    rows = [("Transferencias Intemas y Asignaciones al Sector Público", *ROWS[0][1:]), *ROWS[1:], TOTAL]
    assert read_by_ocr(rows, witness=AGREED)[1, 1]["reason"] == "label_unconfirmed"


def test_a_header_that_names_no_stage_must_be_seen_by_both() -> None:
    headers = ["Fondo Federal", "Fondo Estatal", "Total"]
    cells = read_by_ocr([*ROWS, TOTAL], headers, AGREED)
    assert {cell["reason"] for cell in cells.values()} >= {"label_unconfirmed"}
    assert not any(cell["verified"] for cell in cells.values())


def _agreed(rows: list[tuple]) -> dict[tuple[int, int], str]:
    """The second reader sees each figure as the first does."""
    return {(n, c): text for n, row in enumerate(rows, 1) for c, text in enumerate(row[1:], 1) if text}


def test_a_header_that_lost_its_own_words_or_has_a_stage_but_for_one_letter_is_not_confirmed_by_both() -> None:
    rows = [*ROWS, TOTAL]
    whole = ["Egresos | Aprobado", "Egresos | Ampliaciones", "Egresos | Modificado"]
    cells = read_by_ocr(rows, whole, _agreed(rows), same_headers=True)
    assert all(cells[4, c]["verified"] for c in (1, 2, 3))
    for c, misread in ((3, "Egresos"), (2, "Egresos | Ampllaciones"), (3, "Egresos | Modificado | 3=(1+2)")):
        headers = [misread if n == c else header for n, header in enumerate(whole, 1)]
        cells = read_by_ocr(rows, headers, _agreed(rows), same_headers=True)
        assert (cells[4, c]["verified"], cells[4, c]["reason"]) == (False, "label_unconfirmed"), misread
        assert cells[4, 1]["verified"], misread
    cells = read_by_ocr(rows, ["Calendario", "Calendario", "Modificado"], _agreed(rows), same_headers=True)
    assert cells[4, 1]["reason"] == cells[4, 2]["reason"] == "label_unconfirmed", "two columns of one name lost theirs"


def test_a_code_whose_letter_may_be_a_one_is_not_confirmed_by_two_readers_that_agree() -> None:
    for code, beside, confirmed in (
        ("11) ", "k1) ", False),
        ("l) ", "k) ", False),
        ("11) ", "10) ", True),
        ("h1) ", "k1) ", True),
    ):
        rows = [
            (f"{code}Apoyo a Festivales", *ROWS[0][1:]),
            (f"{beside}Apoyo a Clubes", *ROWS[1][1:]),
            *ROWS[2:],
            TOTAL,
        ]
        assert read_by_ocr(rows, witness=_agreed(rows))[1, 1]["verified"] is confirmed, (code, beside)
    for label, confirmed in (
        ("LTotal de Apoyos", False),
        ("Apoyos Diversos (I=A+B+l)", False),
        ("Apoyos Diversos (I=A+1+C)", False),
        ("Apoyos Diversos (3=1+2)", True),
        ("Apoyos Diversos (I=A+B+C)", True),
    ):
        rows = [(label, *ROWS[0][1:]), *ROWS[1:], TOTAL]
        assert read_by_ocr(rows, witness=_agreed(rows))[1, 1]["verified"] is confirmed, label


def test_zeros_that_both_readers_saw_follow_from_a_zero_that_a_sum_proves() -> None:
    rows = [
        ("1000 Servicios Personales", "900,000.00", "50,000.00", "950,000.00"),
        ("1100 Remuneraciones al Personal de Carácter Permanente", "900,000.00", "50,000.00", "950,000.00"),
        ("2000 Materiales y Suministros", "-", "-", "-"),
        ("2100 Materiales de Administración, Emisión de Documentos y Artículos Oficiales", "-", "-", "-"),
        ("2200 Alimentos y Utensilios", "-", "-", "-"),
        ("Total", "900,000.00", "50,000.00", "950,000.00"),
    ]
    seen = _agreed(rows)
    cells = read_by_ocr(rows, witness=seen)
    assert all(cells[n, c]["verified"] for n in (3, 4, 5) for c in (1, 2, 3))
    cells = read_by_ocr(rows, witness={at: text for at, text in seen.items() if at != (4, 1)})
    assert (cells[4, 1]["verified"], cells[5, 1]["verified"]) == (False, True)


def test_a_label_that_lost_a_letter_is_not_confirmed_though_it_is_printed_as_text() -> None:
    rows = [("Servicios B\ufffdsicos", *ROWS[0][1:]), *ROWS[1:], TOTAL]
    cells = by_cell(normalize(made_raw(HEADERS, rows), made_documents("doc", kind="informe", fiscal_year=2023)))
    assert cells[1, 1]["reason"] == "label_unconfirmed"
    assert cells[2, 1]["verified"]


def test_a_figure_without_centavos_is_no_rounding_where_others_have_them() -> None:
    """Both readers lose the same end of a figure: `46,155,518` of `46,155,518.04`."""
    rows = [
        ("Servicios Personales", "46,155,518", "0.04", "46,155,518.04"),
        ("Materiales y Suministros", "400,000.00", "0.00", "400,000.00"),
    ]
    agreed = {(1, 1): "46,155,518", (1, 2): "0.04", (1, 3): "46,155,518.04"}
    assert read_by_ocr(rows, witness=agreed)[1, 1]["verified"], "the sum holds to the centavo"
    lost = [("Servicios Personales", "46,155,518", "5,000.00", "46,160,518.04"), rows[1]]
    seen = {(1, 1): "46,155,518", (1, 2): "5,000.00", (1, 3): "46,160,518.04"}
    assert not any(read_by_ocr(lost, witness=seen)[1, c]["verified"] for c in (1, 2, 3))


def test_a_figure_that_ends_in_a_mark_or_one_decimal_proves_nothing() -> None:
    for cut in ("900,000.", "900,000,", "900,000.0"):
        rows = [("Servicios Personales", cut, "50,000.00", "950,000.00"), *ROWS[1:]]
        agreed = {(1, 1): cut, (1, 2): "50,000.00", (1, 3): "950,000.00"}
        assert not read_by_ocr(rows, witness=agreed)[1, 1]["verified"], cut


def test_a_label_beside_unread_ink_is_not_confirmed_even_if_a_classifier_knows_what_is_left_of_it() -> None:
    agreed = {(1, 1): "900,000.00", (1, 2): "50,000.00", (1, 3): "950,000.00"}
    assert read_by_ocr(ROWS, witness=agreed)[1, 1]["verified"]
    marked = {1: "\ufffd Personales"}
    cells = read_by_ocr(ROWS, witness=agreed, labels=marked)
    assert (cells[1, 1]["verified"], cells[1, 1]["reason"]) == (False, "label_unconfirmed")


def test_two_readers_that_misread_the_name_of_a_classifier_alike_confirm_nothing() -> None:
    agreed = {(1, 1): "900,000.00", (1, 2): "50,000.00", (1, 3): "950,000.00"}
    for misread in ("Inverslones Financleras y Otras Provisiones", "Comisiones de ta Deuda Pública"):
        rows = [(misread, *ROWS[0][1:]), *ROWS[1:]]
        assert read_by_ocr(rows, witness=agreed)[1, 1]["reason"] == "label_unconfirmed", misread
    rows = [("Comisiones de la Deuda Pública", *ROWS[0][1:]), *ROWS[1:]]
    assert read_by_ocr(rows, witness=agreed)[1, 1]["verified"]


def test_the_letters_of_an_ldf_format_are_codes_of_the_classifier() -> None:
    agreed = {(1, 1): "900,000.00", (1, 2): "50,000.00", (1, 3): "950,000.00"}
    seen = {1: "something else"}
    for label, confirmed in (
        ("a4) Seguridad Social", True),
        ("a5) Seguridad Social", False),
        ("A. Servicios Personales (A=a1+a2+a3)", True),
        ("A. Servicios Personales (A=a1+a2+24)", False),
    ):
        rows = [(label, *ROWS[0][1:]), *ROWS[1:]]
        assert read_by_ocr(rows, witness=agreed, labels=seen)[1, 1]["verified"] is confirmed, label
