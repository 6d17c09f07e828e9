"""Reading and writing the small YAML files people edit, with errors in plain words.

Only the file and the shape of a field belong here; what the fields mean is in `sources.declared.catalogue`.
"""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sources.bytes.archive import write_atomic

M = TypeVar("M", bound=BaseModel)


class FileError(Exception):
    """What is wrong in one file; each message names the field."""

    def __init__(self, *messages: str) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


class _PlainLoader(yaml.CBaseLoader):
    """Every scalar stays the text it is, so that `government_id: 09` is not an octal number and `no` is not false."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        twice = [str(key) for key in keys if keys.count(key) > 1]
        if twice:
            raise FileError(f"{twice[0]}: written twice; keep one")
        return {
            key: value
            for key, value in super().construct_mapping(node, deep=deep).items()
            if value not in ("", "null", "~")
        }


def read_mapping(path: Path) -> dict[str, Any]:
    """The fields of the file as text, lists and mappings; empty ones are left out. Raises FileError."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_PlainLoader)
    except UnicodeDecodeError as error:
        raise FileError("expected UTF-8 text; save the file as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise FileError(f"{line}not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise FileError(f"not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise FileError("expected fields such as 'title: …', one per line")
    return data


def parse(model: type[M], fields: Mapping[str, Any], expected: Mapping[str, str]) -> M:
    """The fields as `model`; `expected` says in words what a field takes. Raises FileError with all that is wrong."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise FileError(*dict.fromkeys(_sentence(model, problem, expected) for problem in error.errors())) from error


def write_mapping(path: Path, model: BaseModel) -> None:
    """Write the model's filled fields, in the order of the model, whole or not at all."""
    fields = model.model_dump(mode="json", exclude_none=True)
    filled = {name: value for name, value in fields.items() if value not in ([], {})}
    write_atomic(path, yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=100).encode())


def _sentence(model: type[BaseModel], problem: Any, expected: Mapping[str, str]) -> str:
    place = [str(part) for part in problem["loc"]]
    name = ".".join(place) or "the whole entry"
    wanted = expected.get(".".join(place)) or (expected.get(place[0]) if place else None)
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(place[-1], model.model_fields, n=1)
        return f"{name}: not a field" + (f"; did you mean {near[0]}?" if near else "")
    if problem["type"] == "missing":
        return f"{name}: missing; expected {wanted}" if wanted else f"{name}: missing"
    if problem["type"] == "value_error":  # a rule of the model itself, which already says what it expected
        return f"{name}: {problem['ctx']['error']}"
    return f'{name}: expected {wanted or problem["msg"]}, found "{problem["input"]}"'
