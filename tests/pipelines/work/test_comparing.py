"""Parts of out: what is said of a government is made again when something of it changed, and is what the whole would say."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines.work import comparing
from pipelines.work.normalizing import core_parts
from pipelines.work.stored_core import held_governments
from tests.transforms.made_core import MadeCore, budget
from transforms.by_government import TABLES_BY_GOVERNMENT, ByGovernment
from transforms.compare.declared import load
from transforms.compare.prices import inpc
from warehouse.errors import WarehouseError
from warehouse.schema import TABLES
from warehouse.store.parquet import Store, as_frame
from warehouse.store.pieces import decoded, pack_pieces

_DECLARED = load()


class Change(NamedTuple):
    """A document that is there from now on with this total; without one it is removed."""

    document: str
    total: int | None


# Two years of a government, another government, and one of many governments, in which one stands above another.
_DOCUMENTS = ("ley", "cuenta", "otra", "nacional")
_CHANGES = st.builds(Change, st.sampled_from(_DOCUMENTS), st.sampled_from([None, 1_900_000_000, 2_000_000_000]))


def made(document: str, total: int) -> MadeCore:
    if document == "nacional":
        return _of_many(total)
    government, year = {"ley": ("26", 2020), "cuenta": ("26", 2021), "otra": ("11", 2021)}[document]
    return budget(document_id=document, government=government, year=year, total=total)


def _of_many(total: int) -> MadeCore:
    core = MadeCore().document("nacional", government=None, kind="estadistica").table(1, document_id="nacional")
    amounts = {"aprobado": total, "ejercido": total // 2}
    above = core.line("Total", amounts, document_id="nacional", row_kind="total")
    for government in ("26", "11", None):
        inside = core.line(
            "Capítulo 3000", amounts, document_id="nacional", government_id=government, object_code="3", parent_line_id=above
        )  # fmt: skip
        of: dict[str, Any] = {"document_id": "nacional", "government_id": government, "parent_line_id": inside}
        line_id = core.line("Servicios oficiales", total // 100, object_code="38", **of)
        core.reconciliation(document_id="nacional", line_id=line_id, difference_centavos=total)
        core.line("Sin momento", total // 3, stage=None, **of)
    return core


class Corpus:
    """Documents that come, change and go; each is a part of `core` of its own."""

    def __init__(self, root: Path) -> None:
        self.store, self.there = Store(root), dict[str, int]()

    def take(self, change: Change) -> None:
        self.there.pop(change.document, None)
        if change.total is not None:
            self.there[change.document] = change.total

    def core(self) -> dict[str, pd.DataFrame]:
        whole = MadeCore()
        for document, total in sorted(self.there.items()):
            for name, rows in made(document, total).rows.items():
                whole.rows[name] += rows if name != "government" else []
        return whole.frames()

    def out(self) -> dict[str, pd.DataFrame]:
        core, kept = self.core(), core_parts(self.store)
        for document, total in self.there.items():
            mine = [(TABLES[f"core.{name}"], _of(core[name], document)) for name in comparing._READ]
            kept.write(f"{document}-{total}", pack_pieces(mine))
        kept.remember({f"{document}-{total}": [document] for document, total in self.there.items()})
        self.store.write("core.line", core["line"])
        counts = core["amount"].groupby("document_id").size()
        documents = core["document"].assign(amounts=core["document"]["document_id"].map(counts).astype("Int64"))
        held = held_governments(self.store, documents)
        tables = comparing.tables_by_government(self.store, held, documents, core["government"], _DECLARED)
        return {name: as_frame(decoded(TABLES_BY_GOVERNMENT[name][0], rows)) for name, rows in tables}

    def parts(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.store.root / "parts" / "out").glob("*")}


def _of(frame: pd.DataFrame, document: str) -> pd.DataFrame:
    return frame[frame["document_id"] == document].reset_index(drop=True)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_PART_DOCUMENTS", 0.05)
    monkeypatch.setattr(comparing, "program", lambda: "this one")  # hashing it costs more than the rest


@settings(max_examples=2)
@given(st.lists(_CHANGES, min_size=2, max_size=3))
def test_however_one_got_there_the_same_is_there_as_from_nothing(changes: list[Change]) -> None:
    with TemporaryDirectory() as folder:
        lived, fresh = Corpus(Path(folder, "lived")), Corpus(Path(folder, "fresh"))
        for change in changes:
            lived.take(change)
            tables = lived.out()
        fresh.there = dict(lived.there)
        for name, frame in fresh.out().items():
            assert_frame_equal(tables[name], frame, obj=name)
        assert lived.parts() == fresh.parts()


def test_of_nothing_nothing_is_said(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.take(Change("ley", 2_000_000_000))
    corpus.out()
    corpus.take(Change("ley", None))
    assert not any(len(rows) for rows in corpus.out().values())


def test_parts_say_what_the_whole_says(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    for document in _DOCUMENTS:
        corpus.take(Change(document, 2_000_000_000))
    tables = corpus.out()
    assert len(corpus.parts()) == 3, "two governments, and what is of none"
    for name, frame in ByGovernment(corpus.core(), _DECLARED, inpc()).items():
        whole = TABLES_BY_GOVERNMENT[name][0].frame(frame.astype(tables[name].dtypes.to_dict()))
        assert len(whole) or name == "overlap", name
        assert_frame_equal(_in_order(tables[name], name), _in_order(whole, name), obj=name)


def _in_order(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Findings have no order of their own."""
    return frame.sort_values(list(frame), ignore_index=True) if name == "finding" else frame


def test_out_is_not_made_without_the_parts_of_core(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.take(Change("ley", 2_000_000_000))
    corpus.out()
    core_parts(corpus.store).keep_only([])
    with pytest.raises(WarehouseError, match="Materialize core first"):
        core_parts(corpus.store).standing()
    (tmp_path / "parts" / "core.json").unlink()
    with pytest.raises(WarehouseError, match="Materialize core first"):
        core_parts(corpus.store).standing()


def test_a_changed_document_makes_what_is_said_of_its_government_anew_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path)
    for document in ("ley", "otra"):
        corpus.take(Change(document, 2_000_000_000))
    corpus.out()
    asked: list[object] = []

    class Noted(ByGovernment):
        def __init__(self, core: Mapping[str, pd.DataFrame], *given: object) -> None:
            asked.append((set(core["document"]["document_id"]), given[-1]))
            super().__init__(core, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "ByGovernment", Noted)
    corpus.out()
    assert asked == []
    corpus.take(Change("otra", 1_900_000_000))
    versus = corpus.out()["health_vs_events"]
    assert asked == [({"otra"}, {"11"})]
    assert versus.set_index("document_id")["total_centavos"].to_dict() == {
        "ley": 2_000_000_000_00,
        "otra": 1_900_000_000_00,
    }
