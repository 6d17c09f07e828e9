"""Normalizing in parts: which documents go together, and that the parts give what the whole gives."""

import os
import signal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines.work import normalizing, steps
from tests.pipelines.work.made_core_parts import frames_of
from tests.transforms.made_raw import made_documents, made_raw
from transforms.core.normalize import normalize
from warehouse.schema import RAW
from warehouse.schema.core import CORRECTION
from warehouse.store.parquet import Store

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


def test_all_cores_normalize_also_what_one_could_take(monkeypatch):
    documents = pd.DataFrame(
        {"document_id": [f"d{n}" for n in range(8)], "government_id": [f"{n:02d}" for n in range(8)]}
    )
    words = pd.Series(8_000, index=documents["document_id"])
    parts = [normalizing._Part(str(n), documents.iloc[[n]], CORRECTION.frame()) for n in range(8)]
    for cores, tasks in ((1, 1), (2, 2), (4, 4), (64, 8)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        together = normalizing._together(parts, words)
        assert (len(together), [part for task in together for part in task]) == (tasks, parts)
    assert len(normalizing._together(parts, words // 80)) == 1, "what is little is not parted"


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
    in_parts = frames_of(normalizing.normalized(store, documents, words, declared))
    assert in_parts.pop("failure").empty
    assert len(in_parts["amount"])
    for name, frame in in_parts.items():
        expected = whole[name].sort_values("document_id", kind="stable", ignore_index=True)
        # What is kept as Parquet comes back as text where it was a category of the same words.
        assert_frame_equal(frame, expected.astype(frame.dtypes), obj=name)


def test_a_document_that_ends_its_process_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    """Other ends of it, each of which takes as long: `tests/acceptance`."""
    assert_named(tmp_path, monkeypatch, "dies", "failed", "SIGSEGV")


def assert_named(folder, monkeypatch, bad: str, outcome: str, why: str) -> None:
    store, names = Store(folder), ["a", bad, "z"]
    for name in names:
        raw = made_raw(
            ["Aprobado"], [("Materiales", "1.00"), ("Servicios", "2.00"), ("Total", "3.00")], document_id=name
        )
        for table in RAW[1:]:
            store.write(table, raw.get(table.name.split(".")[1], table.frame()), name)
    documents = made_documents(*names, government_id="26", fiscal_year=2022)
    monkeypatch.setattr(normalizing, "_apart", _ends_for_some)
    core = frames_of(normalizing.normalized(store, documents, pd.Series(3, index=names), CORRECTION.frame()))
    [(document_id, told, message, _)] = core["failure"].itertuples(index=False)
    assert (document_id, told) == (bad, outcome)
    assert why in message and bad in message
    assert set(core["amount"]["document_id"]) == {"a", "z"}


def _ends_for_some(root, kept, parts, tell):
    """In the process: what a hostile document might do to it. The limits themselves are tried in `tests/pipelines/apart`."""
    ids = {document_id for part in parts for document_id in part.documents["document_id"]}
    if "dies" in ids:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "is killed" in ids:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hangs" in ids:
        os.kill(os.getpid(), signal.SIGXCPU)
    if "swells" in ids:
        bytearray(2**40)
    return normalizing._apart(root, kept, parts, tell)


def test_readings_of_unlisted_documents_are_forgotten(world, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    home.store.write("raw.document", world.home.store.read("raw.document").head(1), "gone")
    steps.build_core(home)
    assert home.store.partitions("raw.document") == []
