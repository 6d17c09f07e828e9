"""A run that would find and leave the same is known without running it; whatever it depends on counts."""

from pathlib import Path

import pytest

from pipelines.home import Home
from pipelines.work import unchanged


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path).create()
    (tmp_path / "warehouse" / "core").mkdir(parents=True)
    (tmp_path / "warehouse" / "core" / "line.parquet").write_bytes(b"rows")
    (tmp_path / "archive" / "ab").mkdir(parents=True)
    (tmp_path / "archive" / "ab" / "abc").write_bytes(b"a document")
    (tmp_path / "catalogue" / "one.yaml").write_text("document_id: one\n", encoding="utf-8")
    unchanged.remember(made, unchanged.inputs(made, sample=False), "el reporte")
    return made


def last(home: Home, sample: bool = False) -> str | None:
    return unchanged.last_report(home, unchanged.inputs(home, sample))


def test_the_report_of_the_last_run_is_given_again(home):
    assert last(home) == "el reporte"
    assert last(home, sample=True) is None
    unchanged.forget(home)
    assert last(home) is None


@pytest.mark.parametrize(
    "changed",
    ["catalogue/one.yaml", "catalogue/two.yaml", "claims/new.yaml", "a folder of tomorrow/x.yaml", "archive/ab/abd",
     "warehouse/core/line.parquet", "warehouse/finished-core"],
)  # fmt: skip
def test_what_a_run_depends_on_or_left_counts(home, changed):
    path: Path = home.root / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("changed", encoding="utf-8")
    assert last(home) is None


@pytest.mark.parametrize("made", ["releases/.new-1/x", "dagster/storage/run.db", "inbox/dropped.pdf", "cache/ocr/page"])
def test_what_a_run_makes_or_does_not_read_does_not_count(home, made):
    path: Path = home.root / made
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("made", encoding="utf-8")
    assert last(home) == "el reporte"


def test_a_setting_counts(home, monkeypatch):
    monkeypatch.setenv("PESO_ALLOWED_NETWORKS", "10.0.0.0/8")
    assert last(home) is None


def test_a_damaged_record_is_no_record(home):
    (home.root / "warehouse" / "last-run.json").write_text("{", encoding="utf-8")
    assert last(home) is None
