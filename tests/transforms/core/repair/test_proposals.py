"""What a figure that breaks sums should be, said only where one figure alone explains them."""

from typing import Any

import pandas as pd

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize

MATRIX = [
    ("Secretaría de Salud", "120.00", "30.00", "150.00"),
    ("Secretaría de Turismo", "250.00", "60.00", "310.00"),
    ("Secretaría de Gobierno", "400.00", "90.00", "490.00"),
    ("Secretaría de Finanzas", "700.00", "10.00", "710.00"),
    ("Total", "1,470.00", "190.00", "1,660.00"),
]


def core_of(rows: list[tuple], headers: list[str], **made: Any) -> dict[str, pd.DataFrame]:
    return normalize(made_raw(headers, rows, **made), made_documents("doc", kind="ley", fiscal_year=2018))


def changed(rows: list[tuple], row: int, column: int, text: str) -> list[tuple]:
    return [
        tuple(text if (r, c) == (row, column) else cell for c, cell in enumerate(cells))
        for r, cells in enumerate(rows, 1)
    ]


def test_a_misprint_that_cannot_be_read_is_what_its_subtotal_lacks() -> None:
    rows = [
        ("20 Secretaría de Obra Pública", "700,000.00"),
        ("2009 Dirección General de Carreteras", "700,000.00"),
        ("Q0205 Conservación de la red estatal", "300,000.00"),
        ("Q2586 Modernización de la carretera", "400,000.00"),
        ("21 Secretaría de Turismo", "9,500,000.00"),
        ("2102 Dirección General de Desarrollo Turístico", "9,500,000.00"),
        ("Q0347 Centro Histórico de Salamanca", "4,000,000.00"),
        ("Q0498 Centro Histórico de Irapuato", "$',000,000.00"),
        ("Q0797 Centro Histórico de San Luis", "500,000.00"),
        ("Total", "10,200,000.00"),
    ]
    core = core_of(rows, ["Importe"])
    proposal = core["proposal"].iloc[0]
    assert (proposal["source_text"], proposal["proposed_centavos"], proposal["sums"]) == (
        "$',000,000.00",
        500_000_000,
        1,
    )
    assert pd.isna(proposal["printed_centavos"])
    assert "2102 Dirección General de Desarrollo Turístico" in proposal["evidence"]
    misprint = by_cell(core)[(8, 1)]
    assert (misprint["verified"], misprint["reason"]) == (False, "unreadable"), "never applied"
    assert pd.isna(misprint["amount_centavos"])
    assert by_cell(core)[(10, 1)]["verified"], "the total is the sum of the two bodies"


def test_a_misread_cell_breaks_its_row_and_its_column() -> None:
    core = core_of(changed(MATRIX, 2, 1, "260.00"), ["Corriente", "Capital", "Total"])
    (proposal,) = core["proposal"].to_dict("records")
    assert (proposal["line_id"], proposal["column"]) == ("doc:1:2", 1)
    assert (proposal["printed_centavos"], proposal["proposed_centavos"], proposal["sums"]) == (26_000, 25_000, 2)
    assert by_cell(core)[(2, 1)]["amount_centavos"] == 26_000
    assert not by_cell(core)[(2, 1)]["verified"]


def test_the_only_figure_that_nothing_proves_is_the_one() -> None:
    """Each operand is the proven total of its own parts, so that the printed total is wrong, by one digit."""
    rows = [
        ("1 Uno", "300.00"), ("11 Parte", "100.00"), ("12 Parte", "200.00"),
        ("2 Dos", "500.00"), ("21 Parte", "150.00"), ("22 Parte", "350.00"), ("Total", "850.00"),
    ]  # fmt: skip
    proposal = core_of(rows, ["Aprobado"])["proposal"]
    assert proposal[["line_id", "proposed_centavos"]].to_numpy().tolist() == [["doc:1:7", 80_000]]


def test_nothing_is_proposed_where_any_figure_may_be_wrong_or_two_cannot_be_read() -> None:
    flat = [("Uno", "300.00"), ("Dos", "500.00"), ("Total", "850.00")]
    assert core_of(flat, ["Aprobado"])["proposal"].empty
    two = [("Uno", "3,,00.00"), ("Dos", "5,,00.00"), ("Tres", "40.00"), ("Total", "840.00")]
    assert core_of(two, ["Aprobado"])["proposal"].empty


def test_what_the_text_cannot_mean_is_not_proposed() -> None:
    rows = changed([*MATRIX[:2], ("Total", "370.00", "90.00", "460.00")], 1, 1, "9,,9")
    proposal = core_of([row[:2] for row in rows], ["Aprobado"])["proposal"]
    assert proposal.empty, "the sum asks for 120.00, and the text shows two nines"
