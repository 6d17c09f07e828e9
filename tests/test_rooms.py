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
    STAND_ALONE,
    circles,
    imported,
    module_of,
    own_imports,
    room_of,
    tree,
)


def test_imports_follow_the_arrows():
    wrong = [
        f"{module_of(path)} imports {module}"
        for path in FILES
        for module in sorted(own_imports(path))
        if room_of(module) not in MAY_IMPORT[room_of(module_of(path))] | {room_of(module_of(path))}
        and (not module.startswith(GROUND) or room_of(module_of(path)).startswith(GROUND))
    ]
    assert not wrong, "\n".join(wrong)


def test_what_rooms_may_import_has_no_circle():
    assert set().union(*MAY_IMPORT.values()) <= set(MAY_IMPORT)
    assert circles(MAY_IMPORT) == []


def test_modules_import_in_no_circle():
    assert circles({module: own_imports(path) for module, path in MODULES.items()}) == []


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == [{"b", "c"}]
    assert circles({"a": ["b", "c"], "b": ["c"], "c": []}) == []


def test_an_import_that_waits_or_is_only_for_types_counts(tmp_path):
    """It would hide a circle."""
    path = tmp_path / "module.py"
    path.write_text("if TYPE_CHECKING:\n    from a import b\ndef f():\n    import c\n", encoding="utf-8")
    assert imported(path) == ["a.b", "c"]


def test_libraries_have_one_home():
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in FILES
        if module_of(path) not in STAND_ALONE
        for name in imported(path)
        if (folder := module_of(path).split(".")[0]) != OWNED.get(top := name.split(".")[0], folder)
        or (folder == "transforms" and top in FORBIDDEN_IN_TRANSFORMS)
    ]
    assert not wrong, "\n".join(wrong)


def test_great_expectations_is_imported_lazily():
    for path in FILES:
        assert not any(name.startswith("great_expectations") for name in imported(path, top_level_only=True)), path


@pytest.mark.parametrize("room", sorted(room for room in MAY_IMPORT if room not in FOLDERS and room.count(".") <= 2))
def test_a_room_says_what_belongs_in_it_and_what_goes_in_and_out(room):
    path = MODULES.get(room)
    if path is None or path.name != "__init__.py":
        pytest.skip("a file of the spine, or a room to come")
    docstring = " ".join((ast.get_docstring(tree(path)) or "").split())
    assert re.search(r"\bIn: .*\bOut: ", docstring), "its docstring says what goes in and what comes out"
    assert re.search(r"belong|[Nn]othing|[Oo]nly|is `|for `|(?:[Nn]ot?|without) ", docstring), (
        "and what belongs elsewhere"
    )


def test_tests_mirror_the_rooms():
    rooms = {path.parent.relative_to(ROOT) for path in FILES}
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert {str(folder) for folder in folders - rooms} <= {".", "acceptance", "cluster"}
