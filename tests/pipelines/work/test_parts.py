"""Parts of core: only what changed is made again, and however one got there, the same is there as from nothing."""

import gc
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines.apart.process import Done, Work
from pipelines.work import normalizing
from pipelines.work.parts import rows_text
from tests.pipelines.work.made_core_parts import frames_of
from tests.transforms.made_raw import made_raw
from transforms.core.normalize import normalize
from warehouse.schema import RAW
from warehouse.schema.core import CORRECTION
from warehouse.store.parquet import Store


class Change(NamedTuple):
    """A document that is there from now on with this figure and year, corrected or not; without a figure it is removed."""

    document: str
    figure: int | None
    year: int
    corrected: bool


# Two that may be twins, another government, and one of many governments.
_GOVERNMENTS = {"ley": "26", "cuenta": "26", "otra": "11", "tabla": None}
_CHANGES = st.builds(
    Change,
    st.sampled_from([*_GOVERNMENTS]),
    st.sampled_from([None, 100, 250]),
    st.sampled_from([2020, 2021]),
    st.booleans(),
)


class Corpus:
    """Small documents that come, change and go, in a store."""

    def __init__(self, root: Path) -> None:
        self.store, self.there = Store(root), dict[str, Change]()

    def take(self, change: Change) -> None:
        for table in RAW:
            self.store.remove(table.name, change.document)
        self.there.pop(change.document, None)
        if change.figure is None:
            return
        rows = [
            ("1000 Servicios personales", "900.00"),
            ("2000 Materiales", f"{change.figure}.00"),
            ("Total", "1,000.00"),
        ]
        for name, frame in made_raw(["Aprobado"], rows, document_id=change.document).items():
            self.store.write(f"raw.{name}", frame, change.document)
        self.there[change.document] = change

    def core(self) -> normalizing.Frames:
        listed = sorted(self.there.values())
        documents = pd.DataFrame(
            {
                "document_id": [one.document for one in listed],
                "government_id": [_GOVERNMENTS[one.document] for one in listed],
                "fiscal_year": pd.array([one.year for one in listed], dtype="Int64"),
                "sha256": [f"{one.document}{one.figure}" for one in listed],
                "hints": ["{}" for _ in listed],
            }
        ).astype({"document_id": "str", "government_id": "str", "sha256": "str", "hints": "str"})
        corrections = CORRECTION.frame(
            {
                "correction_id": f"c-{one.document}", "document_id": one.document, "label": "2000 Materiales", "printed": "250.00",
                "corrected": "100.00", "reason": "No suma.", "outcome": "unused",
            }
            for one in listed if one.corrected
        )  # fmt: skip
        words = pd.Series(4, index=[one.document for one in listed])
        return frames_of(normalizing.normalized(self.store, documents, words, corrections))

    def parts(self) -> dict[str, bytes]:
        """Every file of the parts that are kept."""
        folder = self.store.root / "parts"
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _small_parts_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts, and in this process: a process for each costs more than the parts, and what is normalized is noted here."""
    monkeypatch.setattr(normalizing, "_PART_DOCUMENTS", 0.05)
    monkeypatch.setattr(normalizing, "do_apart", _do_here)
    monkeypatch.setattr(normalizing, "program", lambda: "this one")  # hashing it costs more than the rest


def _do_here(works: Sequence[Work]) -> list[Done]:
    try:
        return [Done([*work.function(*work.given, None)], None, 0.0) for work in works]
    finally:
        gc.enable()


@settings(max_examples=3)
@given(st.lists(_CHANGES, min_size=2, max_size=4))
def test_however_one_got_there_the_same_is_there_as_from_nothing(changes: list[Change]) -> None:
    with TemporaryDirectory() as folder:
        lived, fresh = Corpus(Path(folder, "lived")), Corpus(Path(folder, "fresh"))
        for change in changes:
            lived.take(change)
            core = lived.core()
        for change in lived.there.values():
            fresh.take(change)
        for name, frame in fresh.core().items():
            assert_frame_equal(core[name], frame, obj=name)
        assert lived.parts() == fresh.parts()


def test_a_changed_document_makes_its_own_part_anew_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path)
    for document in _GOVERNMENTS:
        corpus.take(Change(document, 100, 2020, False))
    corpus.core()
    normalized: list[str] = []

    def noted(raw: normalizing.Frames, documents: pd.DataFrame, corrections: pd.DataFrame) -> normalizing.Frames:
        normalized.extend(documents["document_id"])
        return normalize(raw, documents, corrections)

    monkeypatch.setattr(normalizing, "normalize", noted)
    corpus.core()
    assert normalized == []
    corpus.take(Change("cuenta", 250, 2020, False))
    amount = corpus.core()["amount"]
    assert normalized == ["cuenta", "ley"], "those of its government, which may prove one another"
    assert amount.loc[amount["document_id"].eq("cuenta"), "amount_centavos"].tolist() == [90000, 25000, 100000]


def test_a_document_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tmp_path)
    corpus.take(Change("otra", 100, 2020, False))
    with monkeypatch.context() as broken:
        broken.setattr(normalizing, "normalize", _fail)
        assert corpus.core()["failure"]["document_id"].tolist() == ["otra"]
    core = corpus.core()
    assert core["failure"].empty
    assert len(core["amount"]) == 3


def _fail(raw: normalizing.Frames, documents: pd.DataFrame, corrections: pd.DataFrame) -> normalizing.Frames:
    if len(documents):
        raise ValueError("a defect")
    return normalize(raw, documents, corrections)


def test_the_text_of_rows_tells_values_that_print_the_same_apart() -> None:
    frames = [pd.DataFrame({"a": values}) for values in ([1], ["1"], [None], ["None"], [True], [1, 1])]
    assert len({rows_text(frame) for frame in frames}) == len(frames)
