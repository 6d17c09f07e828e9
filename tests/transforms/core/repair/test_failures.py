"""Whose error a sum is that does not add up."""

import pandas as pd

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


def test_rows_that_add_up_in_another_column_show_that_none_is_missing() -> None:
    rows = [
        ("A", "10.00", "7.00", "4.00"),
        ("B", "20.00", "8.00", "5.00"),
        ("C", "30.00", "9.00", "6.00"),
        ("Total", "60.00", "24.00", "17.37"),
    ]
    assert explained(made_raw(["Aprobado", "Devengado", "Pagado"], rows)) == [
        ("source_error", "los mismos renglones cuadran en 2 columnas más")
    ]  # fmt: skip


def test_digits_grouped_as_no_amount_are_a_misprint() -> None:
    rows = [
        ("Bajío", "$29’,752,530.00"),
        ("Banamex", "$400’000,000.00"),
        ("Bansí", "$1’000,000.07"),
        ("Total", "$699’752,539.99"),
    ]
    assert explained(made_raw(["Saldo"], rows)) == [("source_error", "cifras mal impresas: «$29’,752,530.00»")]


def test_another_table_that_prints_what_the_parts_add_up_to_is_evidence() -> None:
    other = [("Pensiones", "$100’000,000.00"), ("Jubilaciones", "$1,944’456,521.47"), ("Total", "$2,044’456,521.47")]
    wrong = [*JUBILACIONES[:2], ("Total", "$1,987’654,321.00")]
    raw = joined(made_raw(["Importe"], wrong), made_raw(["Importe"], other, table=2))
    raw["page"] = raw["page"].drop_duplicates("page")
    assert explained(raw) == [("source_error", "p. 1: ahí se imprime 1944456521.47, que es lo que suman")]
