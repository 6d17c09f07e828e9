"""The arrows between the rooms: who may import whom, no circles, one home for each library, and what a room says of itself."""

import ast
import re

import pytest

from tests.rooms import (
    FILES,
    FOLDERS,
    FORBIDDEN_IN_TRANSFORMS,
    GROUND,
    MAY_IMPORT,
    MODULES,
    OWNED,
    ROOT,
    circles,
    imported,
    module_of,
    own_imports,
    room_of,
)

by_path = pytest.mark.parametrize("path", FILES, ids=module_of)


@by_path
def test_imports_follow_the_arrows(path):
    room = room_of(module_of(path))
    allowed = MAY_IMPORT[room] | {room}
    for module in own_imports(path):
        if module.startswith(GROUND) and not room.startswith(GROUND):
            continue
        assert room_of(module) in allowed, f"{room} may not import {module}"


def test_what_rooms_may_import_has_no_circle():
    assert set().union(*MAY_IMPORT.values()) <= set(MAY_IMPORT)
    assert circles(MAY_IMPORT) == []


def test_modules_import_in_no_circle():
    assert circles({module: own_imports(path) for module, path in MODULES.items()}) == []


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == [{"b", "c"}]
    assert circles({"a": ["b", "c"], "b": ["c"], "c": []}) == []


@by_path
def test_no_import_of_ours_is_only_for_types(path):
    """It would hide a circle."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            hidden = [part for part in node.body if re.search(rf"\b(?:{'|'.join(FOLDERS)})\b", ast.unparse(part))]
            assert not hidden, ast.unparse(node)


@by_path
def test_libraries_have_one_home(path):
    folder = path.relative_to(ROOT).parts[0]
    for name in imported(path):
        top = name.split(".")[0]
        assert folder == OWNED.get(top, folder), f"only {OWNED[top]} imports {top}"
        assert folder != "transforms" or top not in FORBIDDEN_IN_TRANSFORMS, f"transforms is pure, but imports {name}"


def test_great_expectations_is_imported_lazily():
    for path in FILES:
        assert not any(name.startswith("great_expectations") for name in imported(path, top_level_only=True)), path


@pytest.mark.parametrize("room", sorted(room for room in MAY_IMPORT if room not in FOLDERS and room.count(".") <= 2))
def test_a_room_says_what_belongs_in_it_and_what_goes_in_and_out(room):
    path = MODULES.get(room)
    if path is None or path.name != "__init__.py":
        pytest.skip("a file of the spine, or a room to come")
    docstring = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
    assert re.search(r"\bIn: .*\bOut: ", docstring), "its docstring says what goes in and what comes out"
    assert re.search(r"belong|[Nn]othing|[Oo]nly|is `|for `|(?:[Nn]ot?|without) ", docstring), (
        "and what belongs elsewhere"
    )


def test_tests_mirror_the_rooms():
    rooms = {path.parent.relative_to(ROOT) for path in FILES}
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert {str(folder) for folder in folders - rooms} <= {".", "bench"}
