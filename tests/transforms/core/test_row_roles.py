"""Rows that are no lines of a budget: what a page carries over, and stages printed below one another."""

import pytest

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize


def core_of(raw: dict) -> dict:
    return normalize(raw, made_documents(fiscal_year=2021, government_id="26"))


@pytest.mark.parametrize("carried", ["Pasa a la hoja siguiente", "Suma y sigue"])
def test_what_a_page_carries_over_is_counted_once(carried: str) -> None:
    raw = made_raw(
        ["Aprobado"],
        [("Obra uno", "10.00"), ("Obra dos", "20.00"), (carried, "30.00"),
         ("Viene de la hoja anterior", "30.00"), ("Obra tres", "5.00"), ("Total", "35.00")],
    )  # fmt: skip
    core = core_of(raw)
    assert list(core["line"]["row_kind"]) == ["detail", "detail", "memo", "memo", "detail", "total"]
    works = core["line"]["row_kind"] != "memo"
    assert core["amount"].loc[works.to_numpy(), "verified"].all()


def test_stages_printed_below_one_another_are_the_stages_of_their_rows() -> None:
    raw = made_raw(
        ["Corriente", "Capital", "Total"],
        [("Aprobado", "100.00", "20.00", "120.00"), ("Modificado", "90.00", "30.00", "120.00"), ("Pagado", "1.00", "2.00", "3.00")],
    )  # fmt: skip
    amounts = core_of(raw)["amount"]
    assert list(amounts["stage"]) == [stage for stage in ("aprobado", "modificado", "pagado") for _ in range(3)]
    assert set(amounts["reason"]) == {"label_missing"}  # of what, nothing says


def test_rows_of_stages_are_called_as_the_row_over_them() -> None:
    raw = made_raw(
        ["Corriente", "Capital", "Total"],
        [("Poder Legislativo", "0.00", "0.00", "0.00"), ("Aprobado", "100.00", "20.00", "120.00"),
         ("Pagado", "90.00", "30.00", "120.00"), ("Porcentaje Ejer/Aprob", "90.00", "150.00", "100.00"),
         ("K027 Mantenimiento", "0.00", "0.00", "0.00"), ("Aprobado", "1.00", "2.00", "3.00"), ("Pagado", "4.00", "4.00", "8.00")],
    )  # fmt: skip
    core = core_of(raw)
    assert core["line"]["label"].tolist()[:3] == ["Poder Legislativo"] * 3
    assert core["line"]["code"].tolist()[5:] == ["K027"] * 2
    amounts = by_cell(core)
    assert {amounts[row, 1]["label_basis"] for row in (2, 3, 6, 7)} == {"heading"}
    assert {amounts[row, 3]["reason"] for row in (2, 3, 6, 7)} == {"columns"}
    assert (4, 1) not in amounts
    assert core["exclusion"].set_index("reason")["words"]["percentage"] == 3


def test_a_row_named_after_a_stage_under_a_header_that_names_another_keeps_the_headers() -> None:
    raw = made_raw(["Devengado"], [("Aprobado", "100.00"), ("Modificado", "90.00")])
    assert set(core_of(raw)["amount"]["stage"]) == {"devengado"}
