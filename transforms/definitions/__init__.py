"""Definitions that people write: baskets, comparisons and claims, one YAML file each, and the door that checks them.

Only reading and validating belongs here; what a definition means is in the module of its model. Users keep their own
files in other folders and pass those folders. What a field takes is said, in Spanish, in the field's description: it
is what a wrong file is told. In: folders of YAML files. Out: definitions, or what is wrong with each file.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

FOLDER = Path(__file__).parent
_ADVICE = {
    "missing": "Agréguela",
    "extra_forbidden": "Quítela o corrija su nombre",
    "value_error": "Corrija el archivo y vuelva a intentar",
}


class DefinitionError(ValueError):
    """A definition file that cannot be used; each problem says key, what was expected, what was found, what to do."""

    def __init__(self, path: Path, *problems: str) -> None:
        self.path, self.problems = path, problems
        super().__init__(f"{path}: " + " | ".join(problems))


class Strict(BaseModel):
    """A field that nobody knows is a typo, and a typo is an error."""

    # A key or a year without quotes is a number to YAML; it is the same text.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


def _key_of_government(value: object) -> object:
    """INEGI's keys have two digits for a state and five for a municipality: 5 is 05, 1001 is 01001."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    return str(value).zfill(2 if value < 100 else 5)


def number(value: object) -> object:
    """A whole number that was written as text."""
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.lstrip("+-").isdigit() else value


GovernmentKey = Annotated[str, BeforeValidator(_key_of_government)]


class Bilingual(Strict):
    en: str = Field(min_length=1, description="el texto en inglés")
    es: str = Field(min_length=1, description="el texto en español")


class Definition(Strict):
    """What every definition has: a name that nothing else has."""

    id: str = Field(description="un nombre corto y único, como eventos_propios")


T = TypeVar("T", bound=Definition)


def load(model: type[T], folders: Sequence[Path]) -> tuple[T, ...]:
    """Every `*.yaml` of the folders, in order of folder and file name. Raises the first DefinitionError."""
    items, problems = load_sound(model, folders)
    if problems:
        raise problems[0]
    return items


def load_sound(
    model: type[T], folders: Sequence[Path], check: Callable[[T, Path], Sequence[str]] | None = None
) -> tuple[tuple[T, ...], tuple[DefinitionError, ...]]:
    """The definitions that can be used, and what is wrong with each file that cannot: the rest goes on.

    `check` says what else is wrong with a definition, beside what its model knows.
    """
    found: dict[str, Path] = {}
    items: list[T] = []
    problems: list[DefinitionError] = []
    for path in (file for folder in folders for file in sorted(folder.glob("*.yaml"))):
        try:
            item = read(model, path)
            if item.id in found:
                raise DefinitionError(
                    path, say("id", "un nombre que nadie más use", item.id, f"Ya lo usa {found[item.id]}: dele otro")
                )
            if check and (wrong := check(item, path)):
                raise DefinitionError(path, *wrong)
            found[item.id] = path
            items.append(item)
        except DefinitionError as error:
            problems.append(error)
    return tuple(items), tuple(problems)


def read(model: type[T], path: Path) -> T:
    """One file. Raises DefinitionError with all that is wrong in it."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise DefinitionError(
            path, say("archivo", "texto en UTF-8", "otra codificación", "Guárdelo como UTF-8")
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"renglón {mark.line + 1}" if mark else "archivo"
        cause = getattr(error, "problem", None) or "texto que no es YAML"
        raise DefinitionError(
            path, say(line, "YAML bien formado", cause, "Revise sangrías, comillas y dos puntos")
        ) from error
    if not isinstance(data, Mapping):
        raise DefinitionError(
            path,
            say("archivo", "claves como «id: …», una por renglón", _shown(data), "Vea un ejemplo en la documentación"),
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise DefinitionError(path, *(_problem(model, item) for item in _innermost(error.errors()))) from error


def _innermost(problems: Sequence[Any]) -> list[Any]:
    """Without those that only say that something inside is wrong, as lists do of their items."""
    places = [problem["loc"] for problem in problems]
    return [
        problem
        for problem in problems
        if not any(
            len(place) > len(problem["loc"]) and place[: len(problem["loc"])] == problem["loc"] for place in places
        )
    ]


def say(key: str, expected: str, found: str, advice: str) -> str:
    """One problem, in the words that every definition file is told."""
    mark = "" if advice.endswith("?") else "."
    return f"clave {key}: se esperaba {expected}; se encontró {found}. {advice}{mark}"


def _problem(model: type[BaseModel], problem: Any) -> str:
    kind, location, found = problem["type"], problem["loc"], problem["input"]
    owner, described = _described(model, location)
    if kind == "missing":
        return say(_key(location), described or "esta clave", "nada", _ADVICE[kind])
    if kind == "extra_forbidden":
        known = list(owner.model_fields)
        near = difflib.get_close_matches(str(location[-1]), known, n=1)
        advice = f"¿Quiso decir «{near[0]}»?" if near else _ADVICE[kind]
        return say(_key(location), f"una de {', '.join(known)}", str(location[-1]), advice)
    if kind == "value_error":  # a rule of the model itself, which says in Spanish what it expected
        return f"clave {_key(location)}: {problem['ctx']['error']}. {_ADVICE[kind]}."
    if kind == "literal_error":
        return say(
            _key(location),
            f"una de {problem['ctx']['expected']}".replace(" or ", " o "),
            _shown(found),
            "Escriba una de ellas",
        )
    return say(_key(location), described or "otro tipo de valor", _shown(found), "Corrija el valor")


def _described(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[type[BaseModel], str | None]:
    """The model that holds the last key of a location, and what that key takes."""
    owner, description = model, None
    names = [part for part in location if isinstance(part, str)]
    for position, name in enumerate(names):
        field = owner.model_fields.get(name)
        description = field.description if field else None
        inner = _model_in(field.annotation) if field else None
        if inner and position < len(names) - 1:
            owner = inner
    return owner, description


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside a type such as `tuple[Rule, ...]` or `Rule | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _shown(value: Any) -> str:
    text = "nada" if value is None else f"«{value}»"
    return text if len(text) <= 80 else text[:78] + "…»"


def _key(location: tuple[int | str, ...]) -> str:
    """rules[1].citation, or `archivo` where the file as a whole is wrong."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".") or "archivo"
