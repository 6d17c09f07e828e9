"""The sample: published figures to the peso, a notice on every page, the same bytes everywhere."""

import csv
import hashlib
import io
from collections import Counter

import openpyxl
import pdfplumber
import pytest

from sources import sample
from sources.raw.reading import Document
from sources.read import read
from sources.sample import delimited
from sources.sample.content import STATES
from sources.sample.figures import FOLDER, YEARS, statement, states
from sources.sample.plan import plans, tabled_states

PDF = [plan for plan in plans() if plan.format == "pdf"]
ONE_A_LOOK = list({plan.look: plan for plan in PDF}.values())
XLSX = [plan for plan in plans() if plan.format == "xlsx"]
TABLES = [plan for plan in plans() if plan.format == "csv"]
PAGES = [plan for plan in plans() if plan.format != "csv"]
STATE_YEARS = [(state, year) for state in states() for year in YEARS]


@pytest.fixture(scope="module")
def published():
    """INEGI's figure of every capítulo and concepto, by state, year and names."""
    with (FOLDER / "efipem_lines.csv").open(encoding="utf-8", newline="") as file:
        lines = {row["line"]: row for row in csv.DictReader(file) if not row["partida"]}
    with (FOLDER / "efipem.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["line"] in lines]
    return {
        (row["state"], year, lines[row["line"]]["capitulo"], lines[row["line"]]["concepto"]): int(row[str(year)])
        for row in rows
        for year in YEARS
        if row[str(year)]
    }


def test_there_are_41_documents_in_four_formats_and_each_state_is_in_one_of_them_a_year():
    assert len(plans()) == 41
    assert {plan.format for plan in plans()} == {"pdf", "xlsx", "ods", "csv"}
    assert sorted([*tabled_states(), *STATES]) == states()
    assert len(states()) == 31 and "09" not in states()  # the capital is not in the source
    assert [plan.year for plan in TABLES] == list(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_the_hierarchy_adds_up_and_is_what_was_published(year, published):
    for state in states():
        total = statement(state, year).total
        assert total.pesos == published[state, year, "", ""] == sum(part.pesos for part in total.parts)
        for capitulo in total.parts:
            assert capitulo.pesos == published[state, year, capitulo.key[0], ""]
            if capitulo.key[0] != "Disponibilidad final":  # a balance, which INEGI publishes without parts
                assert sum(part.pesos for part in capitulo.parts) == capitulo.pesos
        every = statement(state, year).lines()
        assert all(not line.parts or sum(part.pesos for part in line.parts) == line.pesos for line in every)


@pytest.mark.parametrize(("state", "year"), STATE_YEARS)
def test_health_stands_where_sums_prove_it_where_all_of_its_concepto_is_carried(state, year):
    health = "Instituciones y programas de salud"
    proven = {line.label for line in statement(state, year).lines()}
    assert (health in proven) == (state in STATES or year in (2018, 2021, 2022))
    assert health in proven | {line.label for line in statement(state, year).selected}


@pytest.mark.parametrize("plan", PAGES, ids=lambda plan: plan.file_name)
def test_what_is_read_from_a_document_is_what_was_printed(plan, tmp_path):
    path = tmp_path / plan.file_name
    path.write_bytes(sample.typeset(plan))
    numbers = read(Document(path, plan.document_id)).numbers
    as_read = Counter(_pesos(text) for text in numbers.loc[numbers["exclusion"].isna(), "source_text"])
    tables = plan.content().tables
    assert as_read == Counter(pesos for table in tables for row in table.rows for pesos in row.amounts)


@pytest.mark.parametrize("plan", TABLES[:1] + TABLES[-1:], ids=lambda plan: plan.file_name)
def test_a_table_has_the_columns_of_inegi_and_says_in_each_row_that_it_is_composed(plan):
    rows = list(csv.DictReader(io.StringIO(sample.typeset(plan).decode())))
    assert ",".join(rows[0]) == "PROD_EST,COBERTURA,ANIO,ID_ENTIDAD,TEMA,CATEGORIA,DESCRIPCION_CATEGORIA,VALOR,ESTATUS"
    assert {row["PROD_EST"] for row in rows} == {delimited.COMPOSED}
    assert "Compuesto por Peso a Peso" in delimited.COMPOSED and "no es el documento original" in delimited.COMPOSED
    figures = {state: statement(state, plan.year) for state in tabled_states()}
    expected = [line.pesos for of in figures.values() for line in (*of.lines(), *of.selected)]
    assert [int(row["VALOR"]) for row in rows] == expected
    assert {row["ESTATUS"] for row in rows} == {"Cifras Preliminares." if plan.year == 2022 else "Cifras Definitivas."}


def test_no_page_passes_for_a_statement_of_the_government():
    """An Estado Analítico is asked of the government by the law; a statistic of INEGI is none (LGCG, article 46)."""
    for plan in PAGES:
        content = plan.content()
        if plan.government_id in STATES:
            assert content.titles[0].startswith("EFIPEM") and "Peso a Peso" in content.letterhead[0]
    assert not [entry.title for entry in sample.entries() if "estado analítico" in (entry.title or "").lower()]


def _pesos(text: str) -> int:
    digits = int("".join(letter for letter in text.removesuffix(")").removesuffix(".00") if letter.isdigit()))
    return -digits if text.startswith("(") else digits


def test_the_bytes_are_the_ones_on_record():
    """If a library writes other bytes, the record must change on purpose: amounts cited by place may have moved."""
    made = {plan.file_name: hashlib.sha256(sample.typeset(plan)).hexdigest() for plan in plans()}
    assert made == sample.checksums()


@pytest.mark.parametrize("plan", ONE_A_LOOK, ids=lambda plan: plan.file_name)
def test_every_page_says_that_it_is_not_the_original_and_prints_its_amounts(plan):
    with pdfplumber.open(io.BytesIO(sample.typeset(plan))) as document:
        texts = [page.extract_text() for page in document.pages]
    assert all("no es el documento original" in text and "Fuente:" in text for text in texts)
    digits = "".join("".join(texts).split())
    for table in plan.content().tables:
        for row in table.rows:
            assert all(f"{abs(pesos):,}" in digits.replace("’", ",") for pesos in row.amounts), row.label


@pytest.mark.parametrize("plan", XLSX[:1] + XLSX[-1:], ids=lambda plan: plan.file_name)
def test_every_sheet_says_that_it_is_not_the_original(plan):
    book = openpyxl.load_workbook(io.BytesIO(sample.typeset(plan)))
    for sheet in book:
        assert any("no es el documento original" in str(cell.value) for row in sheet for cell in row), sheet.title


def test_a_damaged_file_is_made_again(tmp_path):
    first = sample.generate(tmp_path)[0].path
    whole = first.read_bytes()
    first.write_bytes(whole[:100])
    assert sample.generate(tmp_path)[0].path.read_bytes() == whole


def test_no_entry_may_be_cited():
    assert not any(entry.is_citable for entry in sample.entries())
