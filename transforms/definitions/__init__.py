"""Definitions that people write: baskets, comparisons, claims and cards, one YAML file each.

Only what they share belongs here; what a definition means is in the module of its model, and how a file is read and
refused in `warehouse.schema.declaration`. Users keep their own files in other folders and pass those folders. What a field
takes is said, in Spanish, in the field's description: it is what a wrong file is told. In: folders of YAML files. Out:
definitions, or what is wrong with each file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, ValidationInfo

from warehouse.schema import declaration
from warehouse.schema.declaration import Check, DeclarationError, Links, Problem, RuleError, Strict, takes

FOLDER = Path(__file__).parent


def _key_of_government(value: object, info: ValidationInfo) -> str:
    """INEGI's keys have two digits for a state and five for a municipality: 5 is 05, 1001 is 01001."""
    text = str(value)
    key = text.zfill(2 if len(text) <= 2 else 5) if text.isdecimal() else text
    if isinstance(info.context, Links) and key not in info.context.governments:
        raise RuleError(
            f"expected a government of the catalogue, such as 26; found «{key}»",
            f"se esperaba un gobierno del catálogo, como 26; se encontró «{key}»",
        )
    return key


GovernmentKey = Annotated[str, BeforeValidator(_key_of_government)]


def number(value: object) -> object:
    """A whole number that was written as text."""
    text = value.strip() if isinstance(value, str) else ""
    digits = text.lstrip("+-")
    return int(text) if digits.isdecimal() and len(digits) < 18 and len(text) - len(digits) <= 1 else value


class Bilingual(Strict):
    """A text in both languages."""

    en: str = takes("the text in English", "el texto en inglés", min_length=1)
    es: str = takes("the text in Spanish", "el texto en español", min_length=1)


class Definition(Strict):
    """What every definition has: a name that nothing else has."""

    id: str = takes(
        "a short name that no other has, such as own_events", "un nombre corto y único, como eventos_propios"
    )


class Switched(Definition):
    """A definition that an edition can do without."""

    publish: bool = takes(
        "false switches it off: it is in no edition", "false la apaga: no aparece en ninguna edición", True
    )


T = TypeVar("T", bound=Definition)


def load(model: type[T], folders: Sequence[Path]) -> tuple[T, ...]:
    """Every definition of the folders, in order of folder and file name. Raises DeclarationError with all that is wrong."""
    items, problems = load_sound(model, folders)
    if problems:
        raise DeclarationError(*problems)
    return items


def load_sound(
    model: type[T], folders: Sequence[Path], check: Check[T] | None = None, links: Links | None = None
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """The definitions that can be used, and what is wrong with each file that cannot: the rest goes on.

    `check` says what else is wrong with a definition, beside what its model knows; `links`, what it may name.
    """
    return declaration.load(model, folders, "id", check, links)
