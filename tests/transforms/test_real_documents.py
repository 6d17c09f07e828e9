"""Figures of real documents that are known, through the reader and normalize. Skipped where the documents are absent."""

from pathlib import Path

import pytest

from sources.raw.reading import Document
from sources.read import read
from tests.transforms.made_raw import made_documents
from transforms.core.normalize import normalize

pytestmark = [pytest.mark.documents, pytest.mark.slow]


def core_of(path: Path, **fields: object) -> dict:
    reading = read(Document(path=path, document_id="doc"))
    raw = {
        "page": reading.pages,
        "table": reading.tables,
        "column": reading.columns,
        "row": reading.rows,
        "number": reading.numbers,
    }
    core = normalize(raw, made_documents("doc", **fields))
    assert len(core["amount"]) + core["exclusion"]["words"].sum() == len(reading.numbers)
    return core


def amounts(core: dict):
    columns = ["line_id", "page", "object_code", "government_id", "table", "classification", "row_kind"]
    return core["amount"].drop(columns="page").merge(core["line"][columns], on="line_id")


def test_guanajuato_2021_by_object(documents: Path) -> None:
    core = core_of(
        documents / "guanajuato-state" / "ley-presupuesto-egresos-2021.pdf",
        kind="ley",
        fiscal_year=2021,
        government_id="11",
    )
    printed = amounts(core).query("page == '135' and classification == 'object'").set_index("object_code")
    for code, centavos in (
        ("36", 13_698_405_759),
        ("38", 9_471_712_406),
        ("382", 1_511_253_810),
        ("3611", 8_135_311_731),
    ):
        assert (printed.at[code, "amount_centavos"], printed.at[code, "stage"], printed.at[code, "verified"]) == (
            centavos,
            "aprobado",
            True,
        )
    table = printed["table"].iloc[0]
    sums = core["reconciliation"][core["reconciliation"]["table"] == table]
    assert (sums["outcome"] == "passed").sum() > 50
    # What fails is the law's own: 8100 prints 77.5 million more than its parts.
    assert sums.query("outcome == 'failed'")["difference_centavos"].tolist() == [7_750_000_000]


def test_statistics_of_31_states_add_up(documents: Path) -> None:
    """The file says no unit; that its figures are pesos stands in the metadata of INEGI, so a person declares it."""
    efipem, stages = documents / "inegi-efipem" / "efipem_estatal_2021.csv", '"stages": {"VALOR": "ejercido"}'
    unsaid = amounts(core_of(efipem, kind="estadistica", hints=f"{{{stages}}}"))
    assert set(unsaid["reason"]) == {"unit_not_stated"}
    core = core_of(efipem, kind="estadistica", hints=f'{{"unit": 1, {stages}}}')
    printed = amounts(core)
    assert printed["verified"].all()
    assert printed["government_id"].nunique() == 31
    sonora = printed.query("government_id == '26' and object_code == '36'")
    assert sonora["amount_centavos"].tolist() == [5_926_313_200]


def test_a_secondary_dataset_shows_where_it_does_not_add_up(documents: Path) -> None:
    core = core_of(documents / "states-secondary-dataset" / "COG-estatal-2018-2026.csv", kind="secundaria")
    printed = amounts(core)
    odd = printed[printed["source_text"].isin(["221,888,505,50", "$-", "0.Q0", "$ -"])]
    assert len(odd)
    assert not odd["verified"].any()
    assert odd["amount_centavos"].isna().all()
    failed = (
        core["reconciliation"]
        .query("outcome == 'failed' and stage == 'devengado'")
        .merge(core["line"][["line_id", "government_id", "fiscal_year", "object_code"]], on="line_id")
    )
    sonora = failed.query("government_id == '26' and fiscal_year == 2024 and object_code == '4'")
    assert sonora["difference_centavos"].tolist() == [43_699_467_500]
