"""Sums of a table that says of itself nothing: no code, no indent, no word of a total."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.book import open_book
from transforms.core.normalize import normalize
from transforms.core.proof.shown import with_shown
from transforms.core.proof.sums import try_sums
from transforms.core.tables import UnderstoodTable, read_tables

HEADERS = ["Ambos", "Primero", "Segundo"]
ROWS = [
    ("Norte", "85,114", "41,203", "43,911"),
    ("Sur", "78,979", "38,877", "40,102"),
    ("Oriente", "102,751", "52,018", "50,733"),
    ("Poniente", "60,723", "29,455", "31,268"),
]
MISPRINT = ("Centro", "9,000", "1,000", "2,000")


def _understood(headers: list[str], rows: list[tuple]) -> UnderstoodTable:
    book = open_book(made_raw(headers, rows), made_documents("doc", fiscal_year=2021), None)
    (table,) = read_tables(book)
    return table


def _sums(headers: list[str], rows: list[tuple]) -> pd.DataFrame:
    return normalize(made_raw(headers, rows), made_documents("doc", fiscal_year=2021))["reconciliation"]


def test_columns_that_add_up_in_every_row_prove_them() -> None:
    sums = _sums(HEADERS, ROWS)
    assert sums["kind"].tolist() == ["columns"] * 4
    assert set(sums["formula"]) == {"Ambos = Primero + Segundo"}
    core = normalize(made_raw(HEADERS, ROWS), made_documents("doc", fiscal_year=2021))
    assert {cell["value_basis"] for cell in by_cell(core).values()} == {"columns"}


def test_a_row_in_which_the_rule_does_not_hold_fails_nothing() -> None:
    assert _sums(HEADERS, [*ROWS, MISPRINT])["outcome"].tolist() == ["passed"] * 4


def test_a_group_below_its_total_that_the_tree_cannot_hold_beside_another() -> None:
    rows = [
        ("Trabajos", "120,417", "118,203"),
        ("De planta", "71,305", "70,118"),
        ("Eventuales", "49,112", "48,085"),
        ("Menores de 30", "38,990", "37,764"),
        ("De 30 a 50", "52,206", "51,931"),
        ("Mayores de 50", "29,221", "28,508"),
    ]
    sums = _sums(["2019", "2020"], rows)
    assert sums["outcome"].tolist() == ["passed", "passed"]
    assert sums["reconciliation_id"].is_unique


def test_what_is_stated_is_tried_first_and_columns_of_stages_are_left_to_their_identities() -> None:
    table = _understood(["Aprobado", "Devengado", "Pagado"], ROWS)
    assert with_shown(table.grid, table.tree, try_sums(table.grid, table.tree)) == try_sums(table.grid, table.tree)


def test_figures_read_from_an_image_prove_nothing_by_themselves() -> None:
    table = _understood(HEADERS, ROWS)
    scanned = replace(table.grid, scanned=np.ones_like(table.grid.scanned))
    assert len(with_shown(table.grid, table.tree, [])) == 1
    assert with_shown(scanned, table.tree, []) == []


def test_one_fee_for_all_is_no_sum_of_itself() -> None:
    """Each row of a tariff repeats the one before it, here by its indent: equal rows prove nothing of one another."""
    rows = [("Riego", "0.87"), ("Gravedad", "0.87"), ("Temporal", "0.87"), ("Laborable", "0.87")]
    raw = made_raw(["Cuota"], rows, indents=[0, 10, 0, 10])
    core = normalize(raw, made_documents("doc", fiscal_year=2021))
    assert core["amount"]["value_basis"].isna().all()


def test_a_part_alone_proves_its_whole_where_no_other_row_prints_it() -> None:
    rows = [("Riego", "812.50"), ("Gravedad", "812.50"), ("Temporal", "97.00"), ("Laborable", "97.00")]
    raw = made_raw(["Cuota"], rows, indents=[0, 10, 0, 10])
    core = normalize(raw, made_documents("doc", fiscal_year=2021))
    assert {cell["value_basis"] for cell in by_cell(core).values()} == {"children"}


def test_rows_of_one_fee_under_a_heading_are_siblings() -> None:
    rows = [
        ("MERCADOS", None),
        *((f"{n}.- Puesto de {name}", "4.00") for n, name in enumerate(("fruta", "carne", "pan"), 1)),
    ]
    core = normalize(made_raw(["Cuota"], rows, indents=[0, 10, 10, 10]), made_documents("doc", fiscal_year=2021))
    assert set(core["line"].loc[core["line"]["label"] != "MERCADOS", "row_kind"]) == {"detail"}
