"""Normalizing in parts: which documents go together, and that the parts give what the whole gives."""

import os

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines.work import normalizing, steps
from transforms.core.normalize import normalize
from warehouse.errors import WarehouseError
from warehouse.schema import RAW
from warehouse.schema.core import CORRECTION

_PERIODS = (None, "2021-01-01")


@given(
    st.lists(
        st.tuples(st.sampled_from(["26", "11", None]), st.sampled_from([2020, 2021]), st.sampled_from(_PERIODS)),
        max_size=12,
    ),
    st.integers(0, 40_000),
)
def test_a_part_has_the_whole_of_a_government_whatever_else_is_there(described, words_of_each):
    documents = pd.DataFrame(described, columns=["government_id", "fiscal_year", "period_start"])
    documents["document_id"] = [f"d{n:02d}" for n in range(len(documents))]
    words = pd.Series(words_of_each, index=documents["document_id"])
    parts = normalizing.split(documents, words)
    assert sorted(document for part in parts for document in part) == documents["document_id"].tolist()
    part_of = {document: number for number, part in enumerate(parts) for document in part}
    for _, government in documents[documents["government_id"].notna()].groupby("government_id"):
        assert len({part_of[document] for document in government["document_id"]}) == 1
    assert all(part for part in parts) or parts == [[]]


def test_a_document_that_comes_leaves_the_parts_of_others_as_they_were():
    documents = pd.DataFrame(
        {"document_id": [f"d{n}" for n in range(40)], "government_id": [f"{n:02d}" for n in range(40)]}
    )
    words = pd.Series(10, index=documents["document_id"])
    before, after = (normalizing.split(documents.head(n), words) for n in (38, 39))
    [changed] = [part for part in after if part not in before]
    assert "d38" in changed


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
    monkeypatch.setattr(normalizing, "WORDS", int(words.sum()) // 2)
    assert len(normalizing.split(documents, words)) > 1
    in_parts = normalizing.normalized(store, documents, words, declared)
    assert in_parts.pop("failure").empty
    assert len(in_parts["amount"])
    for name, frame in in_parts.items():
        expected = whole[name].sort_values("document_id", kind="stable", ignore_index=True)
        assert_frame_equal(frame, expected, obj=name)


def test_a_process_that_dies_is_said_in_words(world, monkeypatch):
    documents = world.home.catalogue().frames()["document"]
    monkeypatch.setattr(normalizing, "WORDS", 1)
    monkeypatch.setattr(normalizing, "_made", _die)
    words = pd.Series(2, index=documents["document_id"])
    with pytest.raises(WarehouseError, match="memory"):
        normalizing.normalized(world.home.store, documents, words, CORRECTION.frame())


def _die(*_: object) -> None:
    os._exit(1)


def test_readings_of_unlisted_documents_are_forgotten(world, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    home.store.write("raw.document", world.home.store.read("raw.document").head(1), "gone")
    steps.build_core(home)
    assert home.store.partitions("raw.document") == []
