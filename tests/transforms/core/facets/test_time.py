"""The year of a table by the words around it, the nearest first."""

import pandas as pd
import pytest

from tests.transforms.made_raw import Frames, joined, made_documents, made_raw
from transforms.core.normalize import normalize
from transforms.words.years import years_in
from warehouse.schema.raw import RAW_TEXT

ROWS = [("Agua potable", "10.50"), ("Bacheo de calles", "20.25"), ("Mercados", "4.00"), ("Total", "34.75")]


def core_of(texts: list[tuple[str, str]], declared: int | None = 2023, rows: list[tuple] = ROWS) -> Frames:
    """The core of one table with lines of text around it, in a document declared to be of a year."""
    raw = made_raw(["Aprobado (pesos)"], rows)
    lines = [
        {"document_id": "doc", "page": "1", "line": n, "kind": kind, "text": text, "table": 1 if kind in ("title", "above") else None}
        for n, (kind, text) in enumerate(texts, 1)
    ]  # fmt: skip
    raw["text"] = RAW_TEXT.frame(lines)
    return normalize(raw, made_documents(fiscal_year=declared))


def first(core: Frames) -> tuple[object, object]:
    amount = core["amount"].astype(object).where(core["amount"].notna(), None).iloc[0]
    return amount["fiscal_year"], amount["time_basis"]


@pytest.mark.parametrize(
    ("text", "fiscal", "mentioned"),
    [
        ("Presupuesto de Egresos 2023", {2023}, set()),
        ("Del 1 de enero al 31 de marzo de 2022", {2022}, set()),
        ("(Miles de pesos de 2018)", set(), set()),
        ("Programa Sectorial 2019-2024", set(), set()),
        ("Publicado el 30 de diciembre de 2020", set(), set()),
        ("2000", set(), set()),
        ("Inversión 2021", set(), {2021}),
        ("Comparativo del ejercicio 2022 y 2023", {2022, 2023}, set()),
        ("Ley de Ingresos para el ejercicio fiscal dos mil veintitrés", {2023}, set()),
        ("Presupuesto de Egresos del año dos mil treinta y uno", {2031}, set()),
        ("Presupuesto: dos mil veinte millones de pesos", set(), set()),
        ("Presupuesto de Egresos 2018-2019", {2018, 2019}, set()),
        ("Ejercicio fiscal 2018-19", {2018, 2019}, set()),
        ("H. Ayuntamiento 2018-2021", set(), set()),
    ],
)
def test_the_years_of_a_line(text: str, fiscal: set[int], mentioned: set[int]) -> None:
    said = years_in(text)
    assert (set(said.fiscal), set(said.mentioned)) == (fiscal, mentioned)


def test_a_budget_of_several_years_is_of_none_of_them() -> None:
    """Whatever the catalogue says; the years of a government over the table say nothing."""
    assert first(core_of([("title", "Presupuesto de Egresos 2022-2023")])) == (2023, None)
    assert first(core_of([("title", "H. Ayuntamiento 2021-2024")])) == (2023, "catalogue")


def test_the_title_of_a_table_before_its_page_its_document_and_the_catalogue() -> None:
    said = [
        ("title", "Ejercicio fiscal 2022"),
        ("page_head", "Presupuesto de Egresos 2023"),
        ("cover", "Ejercicio fiscal 2021"),
    ]
    assert first(core_of(said)) == (2022, "title")
    assert first(core_of(said[1:])) == (2023, "page_head")
    assert first(core_of([])) == (2023, "catalogue")
    assert first(core_of([], declared=None)) == (None, None)


def test_words_that_disagree_leave_the_year_unclear() -> None:
    assert first(core_of([("title", "Ejercicio 2021"), ("above", "Presupuesto 2022")])) == (2023, None)
    assert first(core_of([("page_head", "Presupuesto de Egresos 2022")])) == (2023, None)
    assert first(core_of([("title", "Inversión 2021")])) == (2023, None)


def test_of_two_years_over_a_table_the_catalogue_is_believed_only_with_the_nearest() -> None:
    account, budget = ("title", "Cuenta Pública 2023"), ("title", "Presupuesto de Egresos del Ejercicio Fiscal 2022")
    assert first(core_of([account, budget])) == (2023, None)
    assert first(core_of([budget, account])) == (2023, "catalogue")


def test_rows_under_the_heading_of_a_year_are_of_it() -> None:
    rows = [("Ejercicio fiscal 2022", None), ("Agua", "1.00"), ("Ejercicio fiscal 2023", None), ("Bacheo", "2.00")]
    amounts = core_of([], rows=rows)["amount"]
    assert amounts["fiscal_year"].tolist() == [2022, 2023]
    assert amounts["time_basis"].astype(str).unique().tolist() == ["heading"]


def test_a_sheet_of_a_quarter_that_repeats_the_sheet_of_the_year_is_not_verified() -> None:
    year, quarter = made_raw(["Aprobado (pesos)"], ROWS), made_raw(["Aprobado (pesos)"], ROWS, table=2)
    for frame in quarter.values():
        for name in {"page", "page_first", "page_last"} & set(frame.columns):
            frame[name] = "1T"
    core = normalize(joined(year, quarter), pd.DataFrame([{"document_id": "doc", "catalogued": False}]))
    assert core["amount"].groupby("page")["verified"].all().to_dict() == {"1": True, "1T": False}
    assert set(core["amount"].loc[core["amount"]["page"] == "1T", "reason"]) == {"year_conflict"}
