"""Sums of a table that says of itself nothing: no code, no indent, no word of a total."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.book import open_book
from transforms.core.normalize import normalize
from transforms.core.proof.attempts import FAILED
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


def test_averages_are_added_to_nothing() -> None:
    """The average of a sum is the sum of the averages, and yet no sum of anything."""
    average = ("Promedio", "81,892", "40,388", "41,504")
    sums = _sums(HEADERS, [*ROWS, average])
    assert sums["formula"].tolist() == ["Ambos = Primero + Segundo"] * len(ROWS)


def test_a_sum_of_figures_that_are_all_proven_already_is_left_out() -> None:
    """Each section has its total; that the section of all is the sum of the others, line by line, proves nothing more."""
    north: list[tuple[str, ...]] = [
        ("Enero", "512,337", "498,120"),
        ("Febrero", "431,776", "402,519"),
        ("Marzo", "298,641", "317,908"),
    ]
    south: list[tuple[str, ...]] = [
        ("Enero", "120,915", "133,477"),
        ("Febrero", "98,412", "87,365"),
        ("Marzo", "143,268", "151,094"),
    ]
    rows = [*_section("Norte", north), *_section("Sur", south), *_section("Todos", _added(north, south))]
    sums = _sums(["2019", "2020"], rows)
    assert set(sums["terms"]) == {len(north)}
    assert len(sums) == 6


def _section(name: str, rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    totals = [sum(int(row[n].replace(",", "")) for row in rows) for n in (1, 2)]
    return [*rows, (f"Total {name}", f"{totals[0]:,}", f"{totals[1]:,}")]


def _added(north: list[tuple[str, ...]], south: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [
        (a[0], *(f"{int(a[n].replace(',', '')) + int(b[n].replace(',', '')):,}" for n in (1, 2)))
        for a, b in zip(north, south, strict=True)
    ]


def test_a_column_that_agrees_where_most_fail_is_not_recorded_as_a_sum() -> None:
    rows = [("A precios fijos", "412.50", "433.10", "471.90"), ("Gasto", "412.50", "398.20", "355.40")]
    table = _understood(["Primero", "Segundo", "Tercero"], rows)
    (sums,) = try_sums(table.grid, replace(table.tree, holders=[-1, 0]))
    assert sums.outcome.tolist() == [FAILED, FAILED]


def test_a_column_of_one_figure_does_not_say_to_what_it_is_rounded() -> None:
    """Effort is about what three grades add up to, and all five of the last column are no rounding to fives."""
    rows = [
        ("Uno", "22.40", "8.50", "8.90", "5.00"),
        ("Dos", "21.70", "8.10", "9.30", "5.00"),
        ("Tres", "23.00", "8.80", "9.20", "5.00"),
        ("Cuatro", "24.30", "9.60", "9.70", "5.00"),
        ("Cinco", "23.90", "9.40", "8.80", "5.00"),
        ("Seis", "22.10", "8.20", "8.90", "5.00"),
        ("Siete", "24.60", "9.90", "9.70", "5.00"),
        ("Ocho", "21.50", "8.70", "8.60", "5.00"),
    ]
    assert _sums(["Esfuerzo", "Decimales", "Quebrados", "Orden"], rows).empty
