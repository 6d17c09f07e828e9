"""The layouts that were once misread, one by one, on the real pages: what a person reads there is what is read.

Each finding has a small document of our own too, that always runs: MADE says where. Figures, labels and bodies held here were
taken from the printed pages, or from the workbook that was published beside them. The documents are not part of the project.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from pipelines.apart.wire import raw_frames
from sources.declared.catalogue import OWN_ENTRIES, load_catalogue
from sources.opening import opening_text
from sources.raw.reading import Document, Reading
from sources.read import read
from tests.acceptance.conftest import SHARED
from transforms.core.normalize import normalize
from transforms.describe.draft import Description, describe
from transforms.words.classification import is_fund

LAYOUTS = SHARED / "documents" / "layouts"
TESTS = Path(__file__).parent.parent

MADE = {
    "F1": "transforms/core/test_row_roles.py::test_rows_of_stages_are_called_as_the_row_over_them",
    "F2": "transforms/core/test_row_roles.py::test_rows_of_stages_are_called_as_the_row_over_them",
    "F3": "sources/pdf/test_pdf_cells.py::test_keys_before_the_text_are_no_amounts",
    "F4": "sources/pdf/test_pdf_cells.py::test_labels_in_larger_type_than_their_amounts_are_no_stamp",
    "F5": "sources/pdf/test_pdf_cells.py::test_a_figure_that_its_cell_cuts_goes_on_below",
    "F6": "sources/pdf/test_pdf_cells.py::test_the_heading_over_a_table_of_one_row_is_its_label",
    "F7": "transforms/core/test_normalize.py::test_a_note_under_the_table_gives_its_columns_their_stage",
    "F8": "sources/pdf/test_pdf_cells.py::test_cells_of_a_tall_row_set_at_top_middle_and_foot_are_one_row",
    "F9": "transforms/describe/test_whose.py::test_a_phrase_of_running_text_says_neither_kind_nor_government",
    "F10": "transforms/describe/test_whose.py::test_who_prints_a_document_is_not_whose_it_is",
    "F11": "transforms/describe/test_whose.py::test_kinds_by_their_titles",
    "F12": "transforms/describe/test_whose.py::test_one_unit_is_not_its_government",
    "F13": "pipelines/test_plausibility.py::test_one_bad_page_leaves_the_others",
    "F14": "sources/pdf/test_pdf_cells.py::test_a_row_of_an_outline_whose_text_runs_to_the_amounts_is_no_header",
    "F15": "transforms/words/test_document_stage.py::test_the_one_column_of_an_annex_needs_no_header",
    "F16": "transforms/words/test_document_stage.py::test_the_year_and_the_months_of_a_calendar_are_approved",
    "F17": "transforms/words/test_labels.py::test_a_group_and_its_only_part_of_one_name_are_group_and_part",
    "F18": "transforms/words/test_labels.py::test_codes_in_pairs_of_digits_are_those_of_the_classifier",
    "F20": "sources/pdf/test_pdf_integers.py::test_posts_are_no_amounts_and_no_part_of_the_label",
    "F21": "sources/pdf/test_pdf_laws.py::test_two_tables_set_in_turns_are_two_until_a_total_closes_them",
    "F22": "transforms/core/facets/test_facets.py::test_counts_that_add_up_beside_money_are_not_money_by_its_unit",
    "F24": "transforms/words/test_labels.py::test_an_entity_is_a_state_only_where_it_names_one",
    "F25": "transforms/words/test_labels.py::test_a_fund_is_called_after_what_it_pays_and_is_no_body",
    "F26": "transforms/core/repair/test_failures.py::test_figures_that_are_codes_or_rates_accuse_nobody",
    "F27": "sources/pdf/test_pdf_headers.py::test_headers_and_figures_belong_together_by_their_order",
    "F28": "sources/pdf/test_pdf_cells.py::test_a_key_at_the_middle_of_a_tall_row_and_its_text_at_the_top_are_one_label",
    "F29": "sources/pdf/test_pdf_cells.py::test_a_dash_in_a_cell_of_its_own_is_no_sign_of_its_neighbour",
    "F30": "sources/pdf/test_pdf_cells.py::test_tables_side_by_side_with_rows_at_other_heights",
}


def test_each_finding_has_a_small_document_of_our_own() -> None:
    for finding, test in MADE.items():
        file, name = test.split("::")
        assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8"), finding


@dataclass(frozen=True)
class RealDocument:
    """A document as it is read and understood; `amounts` with label, name, codes and government of their lines."""

    reading: Reading
    description: Description
    amounts: pd.DataFrame
    sums: pd.DataFrame

    def of(self, label: str, header: str = "", page: str | None = None) -> pd.DataFrame:
        """The amounts whose label and header hold these expressions."""
        amounts = self.amounts
        chosen = amounts["label"].str.contains(label, na=False) & amounts["header"].fillna("").str.contains(header)
        return amounts[chosen & (amounts["page"].eq(page) if page else True)]


@cache
def real(name: str) -> RealDocument:
    path = LAYOUTS / name
    reading = read(Document(path, "doc", name))
    raw = raw_frames(reading)
    described = describe(raw, name, load_catalogue(OWN_ENTRIES).names(), opening_text(path))
    declared = {"document_id": "doc", "kind": described.kind, "fiscal_year": described.fiscal_year,
                "government_id": described.government_id, "catalogued": False}  # fmt: skip
    core = normalize(raw, pd.DataFrame([declared]))
    lines = core["line"][["line_id", "label", "name", "object_code", "government_id"]]
    return RealDocument(reading, described, core["amount"].merge(lines, on="line_id"), core["reconciliation"])


marked = pytest.mark.skipif(not LAYOUTS.is_dir(), reason="no shared documents")
CALENDAR_2016, CALENDAR_2017 = "nicolas-romero-calendar-2016.pdf", "nicolas-romero-calendar-2017.pdf"
FEDERAL, ITEMS = "federal-account-by-programme-2023.xls", "nicolas-romero-pbrm04a-2016.pdf"
DECREE, REPORT = "federal-decree-2021-pages.pdf", "guanajuato-committee-report-2022-pages.pdf"
LAW, CAPDAM = "puebla-law-2023-pages.pdf", "capdam-eaepe-cog-2T2019.pdf"


@marked
@pytest.mark.parametrize(
    ("name", "label", "header", "page", "text", "stage"),
    [
        pytest.param(FEDERAL, "^Poder Legislativo$", "SERVICIOS PERSONALES", None, "10459229468", "aprobado", id="F1"),
        pytest.param(ITEMS, "GASTOS DE CEREMONIAS OFICIALES Y DE ORDEN SOCIAL", "2016", None, "12,000,000.00", None, id="F3"),
        pytest.param("sapasnir-income-calendar-2016.pdf", "^T O T A L", "Anual", "1", "77,764,891.00", "estimado", id="F5"),
        pytest.param("sapasnir-income-calendar-2016.pdf", "^T O T A L", "^Septiembre$", "1", "6,065,595.00", "estimado", id="F16"),
        pytest.param(REPORT, "^AU01 Universidad de Guanajuato", "Total", "9", "$3,078’491,406.00", "proyecto", id="F6"),
        pytest.param(LAW, r"^c8\) Servicios Oficiales", "Aprobado", None, "67,797,835", "aprobado", id="F14"),
        pytest.param(DECREE, "^12 Salud", "", "5", "145,414,570,947", "aprobado", id="F15"),
        pytest.param(CALENDAR_2016, "^3600", "Anual", None, "3,669,600.04", "aprobado", id="F16 3600"),
        pytest.param(CALENDAR_2016, "^3800", "Anual", None, "13,404,721.66", "aprobado", id="F16 3800"),
        pytest.param(CALENDAR_2017, "^SERVICIOS PERSONALES", "PRESUPUESTADO 2017", "1", "315,023,563.41", "aprobado", id="F16 2017"),
        pytest.param("capdam-cog-2019.pdf", "^08 SERVICIOS OFICIALES", "Dev", None, "402,036.61", "devengado", id="F17"),
        pytest.param(CAPDAM, "^03 08 02 GASTOS DE ORDEN SOCIAL", "Apr", None, "39,999.96", "aprobado", id="F18"),
        pytest.param("inaeba-2016-4T-7.2.pdf", "SERVICIOS EDUCATIVOS", "Pagado", None, "2,675,333.87", "pagado", id="F29"),
    ],
)  # fmt: skip
def test_what_the_page_prints(
    name: str, label: str, header: str, page: str | None, text: str, stage: str | None
) -> None:
    printed = real(name).of(label, header, page)
    mine = printed[printed["source_text"] == text]
    assert len(mine) and (set(mine["stage"].dropna()) or {None}) == {stage}
    assert (mine["amount_centavos"] == round(float(re.sub("[^0-9.]", "", text)) * 100)).all()


@marked
def test_f1_f2_no_row_is_called_a_stage_and_no_rate_is_money() -> None:
    amounts = real(FEDERAL).amounts
    assert (
        not amounts["label"].str.match("^(?:Aprobado|Modificado|Devengado|Ejercido|Pagado|Porcentaje)", na=False).any()
    )
    assert (real(FEDERAL).reading.numbers["source_text"] == "10459229468").any()


@marked
def test_f3_keys_are_no_amounts() -> None:
    assert not real(ITEMS).amounts["source_text"].isin(["1.1", "5.2", "5.23", "3821"]).any()


@marked
def test_f4_clipped_labels_are_read() -> None:
    labels = real(CALENDAR_2017).amounts["label"]
    assert labels.notna().all() and labels.str.contains(r"[^\W\d]{3}").all()


@marked
def test_f7_the_year_in_force_is_no_stage() -> None:
    amounts = real("itesg-ldf7d-2024.xlsx").amounts
    this_year = amounts["header"].str.contains("Ejercicio Vigente")
    assert this_year.any() and amounts.loc[this_year, "stage"].isna().all()
    assert set(amounts.loc[~this_year, "stage"]) == {"devengado"}


@marked
@pytest.mark.parametrize("name", ["itesg-calendar-2023", "inaeba-2018-4T-10.1"], ids=["F8", "F30"])
def test_the_page_says_what_its_workbook_says(name: str) -> None:
    def said(suffix: str) -> list[tuple[str, str, int]]:
        amounts = real(name + suffix).amounts
        labels = [" ".join(label.split()) for label in amounts["label"]]
        return sorted(zip(labels, amounts["header"].fillna(""), amounts["amount_centavos"], strict=True))

    assert said(".pdf") == said(".xlsx")


@marked
@pytest.mark.parametrize(
    ("name", "kind", "government"),
    [
        pytest.param("puebla-income-law-2021-pages.pdf", "ley_ingresos", "21", id="F9"),
        pytest.param(DECREE, "ley", "mx", id="F10"),
        pytest.param("guanajuato-bill-2017-pages.pdf", "proyecto", "11", id="F11"),
        pytest.param("dif-nicolas-romero-2016.pdf", "proyecto", None, id="F12"),
        pytest.param("tanhuato-unit-dif-2019.pdf", "calendario", "16086", id="F12 one unit"),
    ],
)
def test_whose_document_it_is(name: str, kind: str | None, government: str | None) -> None:
    described = real(name).description
    assert (described.kind, described.government_id) == (kind, government)
    assert described.perimeter == ("DIF" if name.startswith("tanhuato-unit") else None)
    assert (described.new_body is not None) == (government is None)


@marked
@pytest.mark.parametrize("name", ["puebla-income-law-2021-pages.pdf", "huehuetan-income-law-2018-pages.pdf", LAW])
def test_f13_a_page_is_refused_and_never_the_law(name: str) -> None:
    assert len(real(name).amounts)


@marked
@pytest.mark.parametrize(
    ("name", "posts"), [("nicolas-romero-budget-2016.pdf", "ASISTENTE"), ("dif-nicolas-romero-2016.pdf", "DOCENTE")]
)
def test_f20_counts_of_posts_are_counts_and_no_label(name: str, posts: str) -> None:
    pay = real(name).of(f"^{posts}$", "(?i)hasta")
    assert len(pay) == 1
    counted = real(name).reading.numbers
    assert (counted["exclusion"] == "quantity").sum() > 30


@marked
def test_f24_an_entity_of_a_state_is_no_municipality() -> None:
    entities = real(REPORT).of("^3001 ")
    assert len(entities) and entities["government_id"].isin(["11", None]).all()


@marked
@pytest.mark.parametrize("name", [ITEMS, DECREE, "dif-nicolas-romero-2016.pdf", "capdam-publicity-ledger-2T2019.pdf"])
def test_f26_nobody_is_accused_on_codes_zeros_or_balances(name: str) -> None:
    assert not (real(name).sums["explanation"] == "source_error").any()


@marked
def test_f27_each_month_stands_over_its_column() -> None:
    december = real("inaeba-2021-1T-calendar-2.5.pdf").of("^Total$", "^Diciembre$")
    assert list(december["source_text"]) == ["47,771,231.76"]


@marked
def test_f28_labels_of_tall_rows_are_whole() -> None:
    amounts = real("inaeba-2017-1T-7.2.pdf").amounts
    assert (amounts.loc[amounts["verified"], "label"].str.len() > 20).all()


@marked
def test_no_figure_takes_the_unit_of_an_annex_before_a_gap() -> None:
    """Goals and pesos of annexes of which the extract has only later pages: nothing there says what they are."""
    amounts = real(DECREE).amounts
    assert not amounts.loc[amounts["page"].isin(["7", "8"]), "verified"].any()
    assert (amounts.loc[amounts["page"] == "8", "multiplier"] == 1).all()


@marked
def test_f25_a_fund_for_health_is_a_fund_and_a_branch_called_health_is_none() -> None:
    [fund] = set(real(DECREE).of("Servicios de Salud$", "", "10")["name"])
    [branch] = set(real(DECREE).of("^12 Salud", "", "5")["name"])
    assert (is_fund(fund), is_fund(branch)) == (True, False)
