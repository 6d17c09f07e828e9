"""Rows that are no lines of a budget: what a page carries over, and stages printed below one another."""

from tests.transforms.made_raw import made_documents, made_raw
from transforms.core.normalize import normalize


def core_of(raw: dict) -> dict:
    return normalize(raw, made_documents(fiscal_year=2021, government_id="26"))


def test_what_a_page_carries_over_is_counted_once() -> None:
    raw = made_raw(
        ["Aprobado"],
        [("Obra uno", "10.00"), ("Obra dos", "20.00"), ("Pasa a la hoja siguiente", "30.00"),
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
    assert amounts["verified"].all()


def test_a_row_named_after_a_stage_under_a_header_that_names_another_keeps_the_headers() -> None:
    raw = made_raw(["Devengado"], [("Aprobado", "100.00"), ("Modificado", "90.00")])
    assert set(core_of(raw)["amount"]["stage"]) == {"devengado"}
