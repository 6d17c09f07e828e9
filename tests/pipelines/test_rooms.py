"""The rooms of `pipelines`: who may import whom, and no SQL in any of them."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "pipelines"
FILES = sorted(ROOT.rglob("*.py"))

# What each room may import of the others. The modules beside them are rooms of their own.
MAY_IMPORT = {
    "apart": set(),
    "home": set(),
    "work": {"apart", "home"},
    "verbs": {"apart", "home", "work"},
    "evidence": {"home", "work"},
    "dagster_ui": {"home", "work", "verbs", "evidence"},
    "web": {"home", "verbs", "evidence"},
    "definitions": {"home", "dagster_ui"},
    "night_cli": {"home", "work", "verbs", "dagster_ui"},
    "files_cli": {"home", "work", "verbs", "evidence"},
    "cli": {"apart", "home", "work", "verbs", "evidence", "dagster_ui", "web", "night_cli", "files_cli"},
}
_SQL = re.compile(r"\b(SELECT|DESCRIBE|INSERT INTO|CREATE (TEMP )?(TABLE|VIEW)|ATTACH)\b|\bFROM\s+\S+\s+WHERE\b")


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipelines":
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("pipelines.")}
    return rooms


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_import_only_what_is_below_them(path):
    room = room_of(path)
    if room != "__init__":
        assert imported_rooms(path) <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sql_stands_in_pipelines(path):
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts if _SQL.search(text)], "questions with a name are in warehouse.ask"


def test_the_test_knows_sql():
    for sql in ("SELECT 1", "FROM out.line WHERE a = 1", "CREATE TEMP VIEW v AS"):
        assert _SQL.search(sql)
    assert not _SQL.search("Ask the published release in SQL, read-only.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_readers_that_are_shut_in_open_the_bytes_of_strangers(path):
    modules = {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert room_of(path) == "apart" or not modules & {"sources.read", "sources.opening"}
