"""The conventions of the house, as tests: who may import whom, file length, words, no traces of a machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("pipelines", "sources", "transforms", "expectations", "warehouse")
FILES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]

# What every folder may import: the tables, and how HTML is written.
GROUND = ("warehouse.schema", "warehouse.html")
# Which of our own folders each folder may import, besides itself and the ground.
MAY_IMPORT = {
    "pipelines": set(FOLDERS),
    "sources": set(),
    "transforms": set(),
    "expectations": set(),
    "warehouse": set(),
}
# Libraries with one home.
OWNED = {
    "dagster": "pipelines",
    "duckdb": "warehouse",
    "great_expectations": "expectations",
    "pdfplumber": "sources",
    "pypdfium2": "sources",
}
FORBIDDEN_IN_TRANSFORMS = {
    "dagster",
    "duckdb",
    "pdfplumber",
    "pypdfium2",
    "openpyxl",
    "python_calamine",
    "great_expectations",
    "httpx",
}


def imports(path: Path, top_level_only: bool = False) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path):
    folder = path.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT[folder] | {folder}
    schema = path.is_relative_to(ROOT / "warehouse" / "schema")
    for name in imports(path):
        top = name.split(".")[0]
        if top in FOLDERS and schema:
            assert name.startswith("warehouse.schema"), f"the schema knows nobody, but imports {name}"
        elif top in FOLDERS and top not in allowed:
            assert name.startswith(GROUND), f"{folder} may not import {name}"
        if top in OWNED:
            assert folder == OWNED[top], f"only {OWNED[top]} imports {top}"
        if folder == "transforms":
            assert top not in FORBIDDEN_IN_TRANSFORMS, f"transforms is pure, but imports {name}"


def test_great_expectations_is_imported_lazily():
    for path in FILES:
        assert not any(name.startswith("great_expectations") for name in imports(path, top_level_only=True)), path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short_and_say_what_they_are_for(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, "over 400 lines: split it by idea"
    assert ast.get_docstring(ast.parse(text)), "the module docstring says what belongs here"


def test_top_level_is_the_agreed_one():
    tracked = {line.split("/")[0] for line in _git("ls-files").splitlines()}
    few_usual = {
        ".ci",
        ".git-blame-ignore-revs",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "LEEME.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "docs",
        "pyproject.toml",
        "requirements.lock",
        "requirements-ocr.lock",
        "requirements-test.lock",
    }
    assert tracked <= few_usual | {*FOLDERS, "tests"}, tracked - few_usual


@pytest.mark.parametrize(
    "pattern", [r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian", r"(?<![\w.])/(work|farm|root)/[a-z]"]
)
def test_no_registry_and_no_path_of_a_machine(pattern):
    found = subprocess.run(
        ["git", "grep", "-nIP", pattern, "--", ".", ":!tests/test_conventions.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert not found.stdout, found.stdout


def test_locks_pin_every_package_with_hashes_and_no_address():
    for lock in ("requirements.lock", "requirements-ocr.lock", "requirements-test.lock"):
        text = (ROOT / lock).read_text()
        assert "http" not in re.sub(r"^(\S*http\S*)==", "", text, flags=re.M)
        for name in re.findall(r"^[a-z0-9_.\[\]-]+==\S+", text, flags=re.M | re.I):
            assert re.search(re.escape(name) + r".*\\\n\s+--hash=sha256:", text), f"{name} has no hash"


def test_no_person_is_accused_in_what_we_write():
    """P7: these words stand in no code or text that makes output (the rule itself is stated in expectations)."""
    word = re.compile("fraude|sospecha|corrupci[oó]n", re.I)
    for path in (*FILES, *ROOT.glob("transforms/**/*.yaml"), *ROOT.glob("*.md")):
        if path.parent.name != "expectations":
            assert not word.search(path.read_text(encoding="utf-8")), path


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout
