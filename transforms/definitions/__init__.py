"""Definitions that people write: baskets and claims, one YAML file each, and the door that reads and checks them.

Only reading and validating belongs here. What a basket catches is in `transforms.baskets`; what a claim says is in
`transforms.claims`. Users keep their own files in other folders and pass those folders.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = Path(__file__).parent


class DefinitionError(ValueError):
    """A definition file that cannot be used; says file, field and what is wrong."""


class Strict(BaseModel):
    """A field that nobody knows is a typo, and a typo is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    en: str
    es: str


class Definition(Strict):
    """What every definition has: a name that nothing else has."""

    id: str


T = TypeVar("T", bound=Definition)


def load(model: type[T], folders: Sequence[Path]) -> tuple[T, ...]:
    """Every `*.yaml` of the folders, in order of folder and file name.

    Raises DefinitionError for a file that is not YAML, a field that is wrong, or a name used twice.
    """
    found: dict[str, Path] = {}
    items: list[T] = []
    for path in (file for folder in folders for file in sorted(folder.glob("*.yaml"))):
        item = read(model, path)
        if item.id in found:
            raise DefinitionError(f"{path}: id: {item.id!r} is already used by {found[item.id]}. Give it another id.")
        found[item.id] = path
        items.append(item)
    return tuple(items)


def read(model: type[T], path: Path) -> T:
    """One file. Raises DefinitionError with all that is wrong in it."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path}: not readable as YAML in UTF-8: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = "; ".join(f"{_field(item['loc'])}: {item['msg']}" for item in error.errors())
        raise DefinitionError(f"{path}: {problems}") from error


def _field(location: tuple[int | str, ...]) -> str:
    """rules[1].citation, or `file` where the file as a whole is wrong."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".") or "file"
