"""On what an amount rests: one small table, from which one thing at a time is taken away."""

from typing import Any

import pandas as pd
import pytest

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize

HEADERS = ["Aprobado", "Devengado"]
ROWS: list[tuple[Any, ...]] = [("Salud", "1,000", "900"), ("Educación", "2,000", "1,500"), ("Total", "3,000", "2,400")]
SONORA = {
    "government_id": "26",
    "government_names": "Sonora\nEstado de Sonora",
    "fiscal_year": 2021,
    "catalogued": True,
}


def read(
    rows: list[tuple[Any, ...]] = ROWS, headers: list[str] = HEADERS, document: dict[str, Any] = SONORA, **made: Any
) -> dict:
    return normalize(made_raw(headers, rows, **made), made_documents(**document))


def reasons(core: dict) -> set[str]:
    return set(core["amount"]["reason"])


def test_an_amount_with_all_facets_is_verified_and_says_on_what() -> None:
    core = read(title="Gobierno del Estado de Sonora\n(Pesos)")
    amount = by_cell(core)[1, 1]
    assert amount["verified"] and amount["reason"] == "total"
    bases = {name.removesuffix("_basis"): amount[name] for name in amount if name.endswith("_basis")}
    assert bases == {
        "value": "total", "sign": "unsigned", "label": "row", "kind": "header", "unit": "title", "time": "catalogue",
        "body": "title", "stage": "header", "seen": "in_sight",
    }  # fmt: skip
    told = core["basis"].set_index(["column", "facet"])
    assert told.loc[(1, "unit"), "text"] == "(Pesos)"
    assert told.loc[(1, "body"), "text"] == "Gobierno del Estado de Sonora"
    assert told.loc[(2, "stage"), "text"] == "Devengado"
    assert len(told) == 2 * 5


def test_whole_figures_in_no_unit_are_not_verified() -> None:
    assert reasons(read(unit=None)) == {"unit_not_stated"}
    centavos = [(label, *(f"{text}.50" for text in texts)) for label, *texts in ROWS[:2]]
    centavos.append(("Total", "3,001.00", "2,401.00"))
    assert reasons(read(centavos, unit=None)) == {"total"}


@pytest.mark.parametrize(
    ("header", "said"), [("Signo", "-"), ("Naturaleza", "Acreedora"), ("Cargo/Abono", "Abono"), ("D/H", "H")]
)
def test_a_column_of_signs_leaves_the_signs_of_what_it_takes_away_open(header: str, said: str) -> None:
    alone = by_cell(read([([label, said], *texts) for label, *texts in ROWS], label_headers=["Concepto", header]))
    assert alone[1, 1]["reason"] == "sign_unclear"


@pytest.mark.parametrize("sign", ["CR", "Cr.", "DB", "(-)"])
def test_a_sign_in_a_cell_of_its_own_leaves_the_signs_of_its_row_open(sign: str) -> None:
    rows = [([ROWS[0][0], sign], *ROWS[0][1:]), *(([label, ""], *texts) for label, *texts in ROWS[1:])]
    cells = by_cell(read(rows, label_headers=["Concepto", "Signo"]))
    assert cells[2, 1]["verified"]
    assert cells[1, 1]["sign_basis"] == "identity"  # the sums hold as it is read, and would not with the other sign
    alone = by_cell(read([([label, sign], *texts) for label, *texts in ROWS], label_headers=["Concepto", "Signo"]))
    assert alone[1, 1]["reason"] == "sign_unclear"


def test_hundredths_of_another_column_are_no_money_whatever_their_header_says() -> None:
    rows = [("Salud", "1,000.50", "33.35"), ("Educación", "2,000.25", "66.65"), ("Total", "3,000.75", "100.00")]
    cells = by_cell(read(rows, headers=["Aprobado", "Parte"]))
    assert cells[1, 1]["verified"] and cells[1, 2]["reason"] == "kind_unclear"


@pytest.mark.parametrize("label", [None, "3821", "a", "II", "Porcentaje", "Aprobado"])
def test_a_label_without_words_of_its_own_is_none(label: str | None) -> None:
    rows = [(label, *ROWS[0][1:]), *ROWS[1:]]
    cells = by_cell(read(rows))
    assert (1, 1) not in cells or cells[1, 1]["reason"] in ("label_missing", "no_proof")
    assert cells[2, 1]["label_basis"] == "row"


def test_counts_that_add_up_beside_money_are_not_money_by_its_unit() -> None:
    rows = [("Salud", "1,000.50", "12"), ("Educación", "2,000.50", "30"), ("Total", "3,001.00", "42")]
    cells = by_cell(read(rows, ["Aprobado", "Acciones del año"]))
    assert cells[1, 1]["verified"]
    assert cells[1, 2]["reason"] == "kind_unclear"


def test_year_and_body_are_asked_of_the_catalogue_where_it_has_the_document() -> None:
    assert reasons(read(document={"catalogued": True, "fiscal_year": 2021})) == {"body_unclear"}
    assert reasons(read(document={**SONORA, "fiscal_year": None})) == {"year_unclear"}
    free = read(document={"catalogued": False})["amount"]
    assert free["verified"].all() and free["body_basis"].isna().all() and free["time_basis"].isna().all()


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("Gobierno del Estado de Sonora", "title"),
        ("Estado Libre y Soberano de Sonora", "title"),
        ("Ente Público: Gobierno del Estado de Sonora", "public_body"),
        ("Presupuesto de egresos", "catalogue"),
        ("De los recursos que el estado de Jalisco transfiere", "catalogue"),  # a phrase, not a title
        ("Gobierno del Estado de Jalisco", None),
        ("Municipio de Hermosillo, Sonora", None),
        ("Ente Público: Colegio de Bachilleres del Estado de Sonora", None),
    ],
)
def test_a_line_that_names_another_body_than_the_catalogue_takes_its_table_from_both(
    title: str, basis: str | None
) -> None:
    core = read(title=title)
    assert core["basis"].set_index("facet")["basis"].loc["body"].dropna().tolist() == ([basis] * 2 if basis else [])
    assert reasons(core) == ({"total"} if basis else {"body_unclear"})


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("Ente Público: INSTITUTO TECNOLÓGICO SUPERIOR DE GUANAJUATO", "public_body"),
        ("Ente Público: Instituto Tecnológico Superior de Irapuato", None),
        ("Ente Público: Instituto de la Juventud de Guanajuato", None),
    ],
)
def test_an_acronym_in_the_catalogue_is_the_body_that_has_its_letters(title: str, basis: str | None) -> None:
    document = {**SONORA, "government_id": "11-itesg", "government_names": "ITESG (Guanajuato)"}
    found = read(title=title, document=document)["amount"]["body_basis"]
    assert set(found.dropna()) == ({basis} if basis else set())


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN BÁSICA PARA ADULTOS DEL ESTADO DE GTO.", "catalogue"),
        ("INST. DE ALFABETIZACIÓN", "catalogue"),
        ("COM DE AGUA POT DRENAJE Y ALC DE MANZANILLO", None),
        ("Secretaría de Educación de Guanajuato", "catalogue"),
        ("Universidad Tecnológica de León", None),
    ],
)
def test_a_title_that_begins_as_another_bodys_name_contradicts_the_catalogue(title: str, basis: str | None) -> None:
    names = "Instituto de Alfabetización y Educación Básica para Adultos"
    document = {**SONORA, "government_id": "11-inaeba", "government_names": names, "superior_names": "Guanajuato"}
    found_bases = read(title=title, document=document)["amount"]["body_basis"]
    assert set(found_bases.dropna()) == ({basis} if basis else set())


def test_a_sign_that_a_reader_doubts_needs_an_identity_beside_clear_ones() -> None:
    rows = [
        ("Salud", "1,000", "-100", "900"),
        ("Educación", "2,000", "50", "2,050"),
        ("Total", "3,000", "-50", "2,950"),
    ]
    headers = ["Aprobado", "Ampliaciones/(Reducciones)", "Modificado"]
    cells = by_cell(read(rows, headers, flags={(1, 2): "sign_unclear"}))
    assert cells[1, 2]["sign_basis"] == "identity" and cells[1, 2]["verified"]
    assert cells[3, 2]["sign_basis"] == "printed_sign"
    alone = by_cell(read(flags={(row, column): "sign_unclear" for row in (1, 2, 3) for column in (1, 2)}))
    assert {amount["reason"] for amount in alone.values()} == {"sign_unclear"}


def test_what_nobody_sees_is_no_part_of_a_sum() -> None:
    rows = [*ROWS[:2], ("Copia", "3,000", "2,400"), ROWS[2]]
    cells = by_cell(read(rows, flags={(3, 1): "not_visible", (3, 2): "not_visible"}))
    assert cells[3, 1]["reason"] == "not_visible"
    assert cells[4, 1]["verified"]


def test_a_stage_is_that_of_the_header_or_of_what_the_document_is() -> None:
    law = read(headers=["Importe", "Devengado"], document={**SONORA, "kind": "ley"})
    assert [by_cell(law)[1, column]["stage_basis"] for column in (1, 2)] == ["document_kind", "header"]
    report = by_cell(read(headers=["Importe", "Devengado"]))
    assert report[1, 1]["verified"] and pd.isna(report[1, 1]["stage_basis"])


def test_two_decimals_alone_make_no_money_of_rates() -> None:
    rates = [("Riego", "0.87"), ("Temporal", "0.96"), ("Total", "1.83")]
    assert reasons(read(rates, ["Zona homogénea"], unit=None)) == {"kind_unclear"}
    assert reasons(read(rates, ["Zona homogénea"], title="(Pesos)")) == {"total"}


@pytest.mark.parametrize("label", ["Total", "T O T A L", "TOTAL:"])
def test_a_total_is_called_one(label: str) -> None:
    assert {cell["label_basis"] for cell in by_cell(read([*ROWS[:-1], (label, *ROWS[-1][1:])])).values()} == {"row"}
