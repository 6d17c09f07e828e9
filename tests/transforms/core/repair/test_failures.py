"""Whose error a sum is that does not add up."""

import pandas as pd
import pytest

from tests.transforms.made_raw import joined, made_documents, made_raw
from transforms.core.normalize import normalize


def explained(raw: dict[str, pd.DataFrame]) -> list[tuple[str, str | None]]:
    """The explanation and evidence of every sum that fails."""
    sums = normalize(raw, made_documents("doc", kind="ley", fiscal_year=2018))["reconciliation"]
    failed = sums[sums["outcome"] == "failed"]
    assert sums.loc[sums["outcome"] != "failed", "explanation"].isna().all()
    return [(e, None if pd.isna(t) else t) for e, t in zip(failed["explanation"], failed["evidence"], strict=True)]


JUBILACIONES = [
    ("4520 Magisterio", "$1,319’089,100.11"),
    ("4520 Burocracia", "$625’367,421.36"),
    ("Total", "$1,994’456,521.47"),
]


def test_one_digit_of_a_total_whose_rows_are_all_there_is_an_error_of_the_source() -> None:
    ((explanation, evidence),) = explained(made_raw(["Importe"], JUBILACIONES))
    assert explanation == "source_error"
    assert evidence is not None
    assert "ninguna de sus cifras quedó fuera" in evidence


def test_a_figure_left_aside_among_the_rows_leaves_it_unexplained() -> None:
    raw = made_raw(["Importe"], JUBILACIONES)
    raw["number"].loc[raw["number"]["exclusion"].notna(), ["source_text", "place"]] = ["$50’000,000.00", "0,2,9,3"]
    assert explained(raw) == [("unexplained", None)]


def test_a_difference_that_no_single_digit_makes_is_unexplained() -> None:
    assert explained(made_raw(["Importe"], [*JUBILACIONES[:2], ("Total", "$1,987’654,321.00")])) == [
        ("unexplained", None)
    ]


def test_figures_read_from_an_image_are_not_the_sources_error() -> None:
    assert explained(made_raw(["Importe"], JUBILACIONES, flags={(3, 1): "ocr"})) == [("unexplained", None)]


HEADERS = ["Aprobado", "Devengado", "Pagado"]
THREE = [
    ("Servicios personales", "10,000.00", "7,000.00", "4,000.00"),
    ("Materiales y suministros", "20,000.00", "8,000.00", "5,100.00"),
    ("Servicios generales", "30,000.00", "9,000.00", "6,020.00"),
]
ACCUSED = [("source_error", "los mismos renglones cuadran en 2 columnas más")]
UNEXPLAINED = [("unexplained", None)]


def test_rows_that_add_up_in_every_other_column_show_that_none_is_missing() -> None:
    assert explained(made_raw(HEADERS, [*THREE, ("Total", "60,000.00", "24,000.00", "17,370.00")])) == ACCUSED


@pytest.mark.parametrize(
    "total",
    [
        "0.00",  # a zero for a blank
        "(15,120.00)",  # the sign of the whole
        "7,120.00",  # a reduction printed without its sign
        "10,020.00",  # a subtotal among its parts: the second is counted twice
    ],
)
def test_a_difference_that_a_reading_explains_accuses_nobody(total: str) -> None:
    rows = [*THREE, ("Total", "60,000.00", "24,000.00", total)]
    assert explained(made_raw(HEADERS, rows)) == UNEXPLAINED


@pytest.mark.parametrize("header", ["Saldo", "Saldo acumulado", "Pagado | Por pagar", "Clave de pago"])
def test_balances_that_run_on_and_columns_without_a_stage_accuse_nobody(header: str) -> None:
    raw = made_raw([*HEADERS[:2], header], [*THREE, ("Total", "60,000.00", "24,000.00", "17,370.00")])
    core = normalize(raw, made_documents("doc", kind="informe", fiscal_year=2018))
    assert not core["reconciliation"]["explanation"].eq("source_error").any()


def test_figures_that_are_codes_or_rates_accuse_nobody() -> None:
    rows = [(label, approved, code) for (label, approved, *_), code in zip(THREE, ("5.1", "5.2", "5.3"), strict=True)]
    assert "source_error" not in dict(explained(made_raw(HEADERS[:2], [*rows, ("Total", "60,000.00", "99.9")])))


def test_rows_without_words_of_their_own_accuse_nobody() -> None:
    rows = [(str(n), *texts) for n, (_, *texts) in enumerate(THREE, start=1)]
    raw = made_raw(HEADERS, [*rows, ("Total", "60,000.00", "24,000.00", "17,370.00")])
    assert all(explanation == "unexplained" for explanation, _ in explained(raw))


def test_an_identity_of_columns_accuses_nobody() -> None:
    headers = ["Aprobado", "Ampliaciones/Reducciones", "Modificado"]
    rows = [
        (f"Renglón {name}", "10,000.00", "1,000.00", "11,000.00") for name in ("uno", "dos", "tres", "cuatro", "cinco")
    ]
    assert explained(made_raw(headers, [*rows, ("Renglón seis", "10,000.00", "1,000.00", "9,100.00")])) == UNEXPLAINED


def test_digits_grouped_as_no_amount_are_a_misprint() -> None:
    rows = [
        ("Bajío", "$29’,752,530.00"),
        ("Banamex", "$400’000,000.00"),
        ("Bansí", "$1’000,000.07"),
        ("Total", "$699’752,539.99"),
    ]
    assert explained(made_raw(["Importe"], rows)) == [("source_error", "cifras mal impresas: «$29’,752,530.00»")]


def test_another_table_that_prints_what_the_parts_add_up_to_is_evidence() -> None:
    other = [("Pensiones", "$100’000,000.00"), ("Jubilaciones", "$1,944’456,521.47"), ("Total", "$2,044’456,521.47")]
    wrong = [*JUBILACIONES[:2], ("Total", "$1,987’654,321.00")]
    raw = joined(made_raw(["Importe"], wrong), made_raw(["Importe"], other, table=2))
    raw["page"] = raw["page"].drop_duplicates("page")
    assert explained(raw) == [("source_error", "p. 1: ahí se imprime 1944456521.47, que es lo que suman")]
