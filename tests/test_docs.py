"""The pages of docs/ lead somewhere: their links exist, and so do the files and folders of the project that they name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_paths_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link for link in re.findall(r"\]\((?!http)([^)#]+)", text)]
    named = re.findall(r"`((?:pipelines|sources|transforms|expectations|warehouse|tests|docs)/[\w./-]+)`", text)
    missing = [str(path) for path in [*links, *(ROOT / name for name in named)] if not path.exists()]
    assert not missing


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = {path.name for path in folder.glob("[0-9]*.md")}
    listed = re.findall(r"\((\d{4}-[^)]+)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(records) == listed


def test_every_variable_of_the_environment_is_in_the_operations() -> None:
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    asked = {
        name
        for package in ("expectations", "pipelines", "sources", "transforms", "warehouse")
        for path in (ROOT / package).rglob("*.py")
        for name in re.findall(r"\b(?:PESO|AWS|DAGSTER|GX)_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert {"PESO_HOME", "PESO_WORKERS"} <= asked
    assert [name for name in sorted(asked) if f"`{name}`" not in told] == []
