"""The rooms of `warehouse`: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "warehouse"
FILES = sorted(ROOT.rglob("*.py"))

GROUND = {"schema", "errors", "html"}
MAY_IMPORT = {
    "schema": set(),
    "errors": set(),
    "html": set(),
    "store": GROUND,
    "ask": GROUND | {"store"},
    "differences": GROUND | {"store"},
    "page": GROUND | {"store"},
    "release": GROUND | {"store", "differences", "page"},
    "lake": GROUND | {"store", "release"},
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_import_only_what_is_below_them(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "warehouse":
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    assert rooms <= MAY_IMPORT[room] | {room}
