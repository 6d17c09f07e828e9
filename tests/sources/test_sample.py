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
from sources.sample.content import STATES
from sources.sample.figures import FOLDER, statement
from sources.sample.plan import plans

PDF = [plan for plan in plans() if plan.format == "pdf"]
ONE_A_LOOK = list({plan.look: plan for plan in PDF}.values())
XLSX = [plan for plan in plans() if plan.format == "xlsx"]
READ = plans()
STATE_YEARS = [plan for plan in plans() if plan.government_id in STATES]


@pytest.fixture(scope="module")
def published():
    """INEGI's figure of every capítulo and concepto, by state, year and names."""
    with (FOLDER / "efipem.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["state"], r["year"], r["capitulo"], r["concepto"]): int(r["pesos"]) for r in rows if not r["partida"]}


def test_there_are_33_documents_in_three_formats():
    assert len(plans()) == 33
    assert {plan.format for plan in plans()} == {"pdf", "xlsx", "ods"}


@pytest.mark.parametrize("plan", STATE_YEARS, ids=lambda plan: plan.file_name)
def test_the_hierarchy_adds_up_and_is_what_was_published(plan, published):
    total = statement(plan.government_id, plan.year).total
    state = (plan.government_id, str(plan.year))
    assert total.pesos == published[(*state, "", "")] == sum(part.pesos for part in total.parts)
    for capitulo in total.parts:
        assert capitulo.pesos == published[(*state, capitulo.key[0], "")]
        if capitulo.key[0] != "Disponibilidad final":  # a balance, which INEGI publishes without parts
            assert sum(part.pesos for part in capitulo.parts) == capitulo.pesos


@pytest.mark.parametrize("plan", STATE_YEARS, ids=lambda plan: plan.file_name)
def test_health_and_events_stand_where_sums_prove_them(plan):
    for line in (lines := statement(plan.government_id, plan.year).lines()):
        assert not line.parts or sum(part.pesos for part in line.parts) == line.pesos, line.key
    labels = {line.label for line in lines if line.depth > 2}
    assert {"Instituciones y programas de salud", "Gastos de orden social y cultural"} <= labels


@pytest.mark.documents
@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_every_figure_is_the_one_of_inegi(documents, year):
    with (documents / "inegi-efipem" / f"efipem_estatal_{year}.csv").open(encoding="utf-8", newline="") as file:
        inegi = Counter(
            (row["ID_ENTIDAD"], row["DESCRIPCION_CATEGORIA"].replace("\xa0", " "), int(row["VALOR"]))
            for row in csv.DictReader(file)
            if row["TEMA"] == "Egresos"
        )
    for state in STATES:
        figures = statement(state, year)
        assert not figures.selected
        carried = Counter((state, line.label, line.pesos) for line in figures.lines())
        assert carried - inegi == Counter()


@pytest.mark.parametrize("plan", READ, ids=lambda plan: plan.file_name)
def test_what_is_read_from_a_document_is_what_was_printed(plan, tmp_path):
    path = tmp_path / plan.file_name
    path.write_bytes(sample.typeset(plan))
    numbers = read(Document(path, plan.document_id)).numbers
    as_read = Counter(_pesos(text) for text in numbers.loc[numbers["exclusion"].isna(), "source_text"])
    tables = plan.content().tables
    assert as_read == Counter(pesos for table in tables for row in table.rows for pesos in row.amounts)


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
