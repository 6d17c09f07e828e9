"""Normalizing in parts: which documents go together, and that the parts give what the whole gives."""

import os

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines import parts, steps
from pipelines.add import add_sources
from pipelines.checks import failing_documents
from pipelines.run import run_everything
from transforms.normalize import normalize
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.schema.core import CORRECTION

_PERIODS = (None, "2021-01-01")


@given(
    st.lists(
        st.tuples(st.sampled_from(["26", "11", None]), st.sampled_from([2020, 2021]), st.sampled_from(_PERIODS)),
        max_size=12,
    ),
    st.integers(1, 40),
)
def test_a_part_has_whole_budgets_and_no_more_words_than_it_must(described, most):
    documents = pd.DataFrame(described, columns=["government_id", "fiscal_year", "period_start"])
    documents["document_id"] = [f"d{n:02d}" for n in range(len(documents))]
    words = pd.Series(10, index=documents["document_id"])
    found = parts.split(documents, words, most)
    assert sorted(document for part in found for document in part) == documents["document_id"].tolist()
    part_of = {document: number for number, part in enumerate(found) for document in part}
    known = documents[documents["government_id"].notna()]
    for _, budget in known.groupby(["government_id", "fiscal_year", "period_start"], dropna=False):
        assert budget["document_id"].map(part_of).nunique() == 1
    assert all(part for part in found) or found == [[]]
    for part in found:
        budgets = documents[documents["document_id"].isin(part)].drop(columns="document_id")
        alone = len(budgets.drop_duplicates()) == 1 and budgets["government_id"].notna().all()
        assert 10 * len(part) <= most or alone or len(part) == 1


def test_parts_give_what_the_whole_gives(world, monkeypatch):
    store, documents = world.home.store, world.home.catalogue().frames()["document"]
    words = store.read("raw.page").groupby("document_id")["numeric_words"].sum()
    declared = CORRECTION.frame(
        {
            "correction_id": f"c{document}", "document_id": document, "label": "x", "printed": "1", "corrected": "2",
            "reason": "Un renglón que ningún documento imprime.", "outcome": "unused",
        }
        for document in (*sorted(words.index)[:: len(words) - 1], "nobody")
    )  # fmt: skip
    raw = {table.name.split(".")[1]: store.read(table.name) for table in RAW}
    whole = normalize(raw, documents, declared)
    monkeypatch.setattr(parts, "WORDS", int(words.sum()) // 2)
    assert len(parts.split(documents, words, parts.WORDS)) > 1
    found = parts.normalized(store, documents, words, declared)
    assert found.pop("failure").empty
    assert len(found["amount"])
    for name, frame in found.items():
        expected = whole[name].sort_values("document_id", kind="stable", ignore_index=True)
        assert_frame_equal(frame, expected, obj=name)


def test_a_process_that_dies_is_said_in_words(world, monkeypatch):
    documents = world.home.catalogue().frames()["document"]
    monkeypatch.setattr(parts, "WORDS", 1)
    monkeypatch.setattr(parts, "_written", _die)
    words = pd.Series(2, index=documents["document_id"])
    with pytest.raises(WarehouseError, match="memory"):
        parts.normalized(world.home.store, documents, words, CORRECTION.frame())


def test_documents_that_cannot_be_normalized_are_named_and_the_rest_goes_on(world, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    names = ("egresos-sonora-2019.pdf", "egresos-sonora-2020.pdf", "egresos-sonora-2021.pdf", "egresos-sonora-2022.pdf")
    ids = [added.document_id for name in names for added in add_sources(home, [str(world.home.samples / name)])]
    assert run_everything(home) is not None
    bad = {ids[0], ids[2]}
    for document_id in bad:  # a page that is there twice
        page = home.store.read("raw.page", document_id)
        home.store.write("raw.page", pd.concat([page, page], ignore_index=True), document_id)
    core = steps.build_core(home)
    document = core["core.document"].set_index("document_id")
    assert set(document.index[document["outcome"] == "failed"]) == bad
    assert all(name in document.loc[name, "message"] for name in bad)
    assert set(core["core.amount"]["document_id"]) == set(ids) - bad
    assert set(failing_documents(home)["document"]) == bad
    assert not [
        result for result in steps.validate(home, "raw", "core") if result.severity == "ERROR" and not result.passed
    ]
    assert run_everything(home) is not None  # reads them again
    assert set(home.store.read("core.amount")["document_id"]) == set(ids)


def _die(*_: object) -> None:
    os._exit(1)


def test_readings_of_unlisted_documents_are_forgotten(world, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    home.store.write("raw.document", world.home.store.read("raw.document").head(1), "gone")
    steps.build_core(home)
    assert home.store.partitions("raw.document") == []
