"""What single real documents say, read from the printed pages: figures the project carries, drafts of entries, words of a page."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from sources.declared.catalogue import OWN_ENTRIES, load_catalogue
from sources.declared.source_lists import load_source_lists
from sources.opening import opening_text
from sources.pdf import read_pdf
from sources.raw.reading import Document
from sources.sample.content import STATES
from sources.sample.figures import statement, states
from tests.sources.pdf.test_pdf_pages import words_of
from tests.transforms.claims.test_claims import ADVERTISING, GOLDEN
from transforms.describe.draft import describe


@pytest.mark.parametrize(("file", "code", "golden"), [("CF", "CFDS3", GOLDEN), ("COG", "COG36", ADVERTISING)])
def test_the_later_version_of_a_claim_is_in_the_documents(documents: Path, file: str, code: str, golden: Path) -> None:
    with (documents / "states-secondary-dataset" / f"{file}-estatal-2018-2026.csv").open(encoding="utf-8") as book:
        rows = [line for line in csv.DictReader(book) if line["Año"] == "2024" and line["Código"] == code]
    with golden.open(encoding="utf-8") as book:
        kept = {line["state"]: line for line in csv.DictReader(book)}
    assert len(rows) == 32
    for line in rows:
        state = kept[line["Estado"].strip()]
        assert (line["Aprobado"], line["Devengado"]) == (state["approved_after"], state["accrued_after"])


@pytest.mark.parametrize(
    ("name", "kind", "government", "year", "end"),
    [
        ("guanajuato-state/ley-presupuesto-egresos-2018.pdf", "ley", "11", 2018, "2018-12-31"),
        ("guanajuato-state/ley-presupuesto-egresos-2021.pdf", "ley", "11", 2021, "2021-12-31"),
        ("guanajuato-state/proyecto-presupuesto-egresos-2024-garbled-text.pdf", "proyecto", "11", 2024, "2024-12-31"),
        ("inaeba-guanajuato/2018-1T/6/6.6.pdf", "informe", "11-inaeba", 2018, "2018-03-31"),
        ("inaeba-guanajuato/2021-4T/6/6.6.pdf", "cuenta_publica", "11-inaeba", 2021, "2021-12-31"),
        ("tanhuato-michoacan/FUNCIONAL.pdf", "informe", "16086", 2019, "2019-03-31"),
        ("tanhuato-michoacan/PRESUPUESTO-EGRESOS.pdf", "ley", "16086", 2018, "2018-12-31"),
        ("capdam-manzanillo/ldf-detallado-2018-1T.pdf", "informe", "06007-capdam", 2018, "2018-03-31"),
        ("conac-norms/CONAC CLASIFICACION FUNCIONAL NOR_01_02_003.pdf", "norma", "conac", None, None),
    ],
)
def test_a_draft_is_made_of_the_first_pages(
    documents: Path, name: str, kind: str, government: str, year: int | None, end: str | None
) -> None:
    description = describe({}, name, load_catalogue(OWN_ENTRIES).names(), opening_text(documents / name))
    key = description.new_body.government_id if description.new_body else description.government_id
    assert (description.kind, key, description.fiscal_year) == (kind, government, year)
    assert str(description.period_end) == str(end)


@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_every_figure_of_the_sample_is_the_one_of_inegi(documents: Path, year: int) -> None:
    with (documents / "inegi-efipem" / f"efipem_estatal_{year}.csv").open(encoding="utf-8", newline="") as file:
        inegi = Counter(
            (row["ID_ENTIDAD"], row["DESCRIPCION_CATEGORIA"].replace("\xa0", " "), int(row["VALOR"]))
            for row in csv.DictReader(file)
            if row["TEMA"] == "Egresos"
        )
    for state in states():
        figures = statement(state, year)
        assert not figures.selected or state not in STATES
        carried = Counter((state, line.label, line.pesos) for line in (*figures.lines(), *figures.selected))
        assert carried - inegi == Counter()


@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_the_hash_of_the_list_is_that_of_the_file_that_was_seen(documents: Path, year: int) -> None:
    [source] = [one for one in load_source_lists()["inegi-efipem"].sources if one.fiscal_year == year]
    data = (documents / "inegi-efipem" / f"efipem_estatal_{year}.csv").read_bytes()
    assert source.seen == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("name", "page"), [
    ("guanajuato-state/ley-presupuesto-egresos-2021.pdf", 135), ("guanajuato-state/ley-presupuesto-egresos-2018.pdf", 110),
    ("inaeba-guanajuato/2018-1T/6/6.6.pdf", 1), ("inaeba-guanajuato/2022-4T/B-6/B.6.6.pdf", 1),
    ("capdam-manzanillo/ldf-detallado-2018-1T.pdf", 2), ("tanhuato-michoacan/POR-COG.pdf", 1),
])  # fmt: skip
def test_both_word_sources_agree_on_real_pages(documents: Path, name: str, page: int) -> None:
    assert words_of("pdfium", documents / name, page - 1) == words_of("plumber", documents / name, page - 1)


def test_the_guanajuato_law_prints_its_concepts_twice(documents: Path) -> None:
    reading = read_pdf(Document(documents / "guanajuato-state/ley-presupuesto-egresos-2021.pdf", "gto-2021"))
    rows = reading.rows[reading.rows["label"].fillna("").str.match(r"3[68]00 ")]
    numbered = rows.merge(reading.numbers, on=["table", "row"], suffixes=("", "_number"))
    amounts = {
        (label[:4], page, text)
        for label, page, text in zip(numbered["label"], numbered["page"], numbered["source_text"], strict=True)
    }
    for page in ("135", "154"):
        assert ("3600", page, "$136’984,057.59") in amounts
        assert ("3800", page, "$94’717,124.06") in amounts
