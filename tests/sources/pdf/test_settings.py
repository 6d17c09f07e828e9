"""Every threshold of reading a PDF has a name, a unit and a comment."""

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest

from sources.pdf import settings

PDF = Path(settings.__file__).parent
NEUTRAL = (0.0, 0.5, 1.0, 2.0)  # nothing, a half, the whole, twice
FILES = [path for path in sorted(PDF.rglob("*.py")) if path.name != "settings.py"]
SETTINGS = sorted(PDF.rglob("settings.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PDF)))
def test_no_threshold_stands_where_it_is_used(path: Path) -> None:
    literals = [
        f"{path.name}:{node.lineno}: {node.value}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value not in NEUTRAL
    ]
    assert not literals


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: str(path.relative_to(PDF)))
def test_every_threshold_has_a_unit_and_is_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    code = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    instances = {
        node.value.func.id: node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    }
    for group in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        assert ast.get_docstring(group), f"{group.name} does not say which stage it is of"
        for threshold in (node for node in group.body if isinstance(node, ast.AnnAssign)):
            assert isinstance(threshold.target, ast.Name) and isinstance(threshold.annotation, ast.Name)
            assert threshold.annotation.id not in ("float", "int"), f"{threshold.target.id} has no unit"
            assert f"{instances[group.name]}.{threshold.target.id}" in code, f"{threshold.target.id} is used nowhere"


def test_settings_cannot_be_changed_while_a_document_is_read() -> None:
    for group in _groups(settings):
        assert is_dataclass(group)
        with pytest.raises(AttributeError):
            setattr(group, fields(group)[0].name, 0)


def _groups(module: ModuleType) -> list[object]:
    groups: list[object] = [
        value for value in vars(module).values() if is_dataclass(value) and not isinstance(value, type)
    ]
    assert groups
    return groups
