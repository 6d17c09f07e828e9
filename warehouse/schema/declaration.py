"""The one door for YAML that people write: a file in, a checked model out, or problems with file, line and what to do.

The catalogue, corrections, baskets, comparisons, claims and cards enter here, and are refused by the same rules in the
same words, in English and Spanish. Every scalar stays the text it is (`09` is no octal number, `no` is not false): types
are the model's. Reading the text is in `warehouse.schema.positioned`; what a field means, in the module of its model.
"""

import difflib
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.schema.positioned import KeyPath, Lines, TextError, parse_mapping

SUFFIX = ".yaml"
_MOST_BYTES = 2**20

Both = tuple[str, str]  # in English and in Spanish


class Strict(BaseModel):
    """What people write. A field that nobody knows is a typo, and a typo is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(NamedTuple):
    """What is wrong in one file, which was left out for it. `line` is None where the file as a whole is wrong."""

    file: str
    line: int | None
    en: str
    es: str

    @property
    def message(self) -> str:
        """In English, with the line."""
        return self.en if self.line is None else f"line {self.line}, {self.en}"

    @property
    def mensaje(self) -> str:
        """In Spanish, with the line."""
        return self.es if self.line is None else f"renglón {self.line}, {self.es}"

    def __str__(self) -> str:
        return f"{self.file}: {self.mensaje} [{self.message}]"


class DeclarationError(ValueError):
    """A file that cannot be used, with all that is wrong in it."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class RuleError(ValueError):
    """A rule of a model that its values break, said in both languages."""

    def __init__(self, en: str, es: str) -> None:
        self.en, self.es = en, es
        super().__init__(en)


class Links(NamedTuple):
    """The keys of the catalogue that a declaration may name; given as the context in which a model is validated."""

    governments: frozenset[str]
    documents: frozenset[str]


class Remark(NamedTuple):
    """What is wrong with one key, beside what its model knows."""

    key: str
    en: str
    es: str


M = TypeVar("M", bound=BaseModel)
Check = Callable[[M, Path], Sequence[Remark]]


def takes(en: str, es: str, default: Any = ..., **rules: Any) -> Any:
    """A field of a model, as pydantic's `Field`, with what it takes in both languages: that is what a wrong file is told."""
    return Field(default, json_schema_extra={"en": en, "es": es}, **rules)


def remark(key: str, expected: Both, found: str, advice: Both) -> Remark:
    """What is wrong with a key, in the words that every file is told."""
    en, es = (text if text.endswith("?") else f"{text}." for text in advice)
    return Remark(
        key,
        f"key {key}: expected {expected[0]}; found {found or 'nothing'}. {en}",
        f"clave {key}: se esperaba {expected[1]}; se encontró {found or 'nada'}. {es}",
    )


def load(
    model: type[M], folders: Sequence[Path], key: str, check: Check[M] | None = None, links: Links | None = None
) -> tuple[tuple[M, ...], tuple[Problem, ...]]:
    """The files of the folders that can be used, in order of folder and name, and what is wrong with the others.

    `key` names the field that no two files may share; `check` says what else is wrong with one, beside what its model
    knows. Never raises for what people wrote.
    """
    places: dict[str, str] = {}
    items: list[M] = []
    problems: list[Problem] = []

    def alone(item: M, path: Path) -> Sequence[Remark]:
        value = getattr(item, key)
        if value in places:
            advice = f"{places[value]} has it: give it another", f"Ya lo usa {places[value]}: dele otro"
            return [remark(key, ("a name that no other file has", "un nombre que nadie más use"), f"«{value}»", advice)]
        return check(item, path) if check else ()

    for folder in folders:
        for path in list_files(folder, problems):
            file = name_of(path, folder)
            try:
                item = read(model, path, file=file, check=alone, links=links)
            except DeclarationError as error:
                problems += error.problems
            else:
                places[getattr(item, key)] = file
                items.append(item)
    return tuple(items), tuple(problems)


def list_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """The files of a folder that people mean to be read, in order; what is wrong with the folder goes to `problems`."""
    try:
        names = sorted(folder.iterdir())
    except FileNotFoundError:
        if folder.is_symlink():
            problems.append(_of_file(name_of(folder, folder.parent), *_NOWHERE))
        return []
    except OSError as error:
        problems.append(
            _of_file(name_of(folder, folder.parent), "a folder", "una carpeta", error.strerror or "?", *_OPEN)
        )
        return []
    meant = [path for path in names if path.suffix.lower() in (".yml", SUFFIX)]
    problems += [_of_file(name_of(path, folder), *_SUFFIX) for path in meant if path.suffix != SUFFIX]
    return [path for path in names if path.suffix == SUFFIX]


def name_of(path: Path, folder: Path) -> str:
    """What messages call a file: from the folder it was looked for in, with nothing in it that cannot be printed."""
    name = (Path(folder.name) / path.relative_to(folder)).as_posix()
    return name.encode("utf-8", errors="replace").decode()


def read(
    model: type[M], path: Path, *, file: str | None = None, check: Check[M] | None = None, links: Links | None = None
) -> M:
    """One file, called `file` in messages. Raises DeclarationError with all that is wrong in it."""
    return read_positioned(model, path, file=file, check=check, links=links)[0]


def read_positioned(
    model: type[M], path: Path, *, file: str | None = None, check: Check[M] | None = None, links: Links | None = None
) -> tuple[M, Lines]:
    """The same, and the line of each key and item. Of what a link leads to nothing is quoted: it may be any file of the machine."""
    name = file or str(path)
    try:
        return _read(model, path, name, check, links)
    except DeclarationError:
        if path.is_symlink() and path.exists():
            raise DeclarationError(_of_file(name, *_ELSEWHERE)) from None
        raise


def _read(model: type[M], path: Path, name: str, check: Check[M] | None, links: Links | None) -> tuple[M, Lines]:
    try:
        fields, lines = parse_mapping(_text(path, name))
    except TextError as error:
        raise DeclarationError(Problem(name, error.line, error.en, error.es)) from error
    item = validate(model, fields, name, lines, links)
    if check and (wrong := check(item, path)):
        raise DeclarationError(*(problem_of(one, name, lines) for one in wrong))
    return item, lines


def problem_of(remark: Remark, file: str, lines: Lines) -> Problem:
    """The remark at the line of its key, or of the whole."""
    return Problem(file, lines.get((remark.key,), lines.get(())), remark.en, remark.es)


def validate(model: type[M], fields: Mapping[str, Any], file: str, lines: Lines, links: Links | None = None) -> M:
    """The fields as the model. Raises DeclarationError; `lines` has the line of each key and item, `()` that of the whole."""
    try:
        return model.model_validate(fields, context=links)
    except ValidationError as error:
        wrong = (_problem(model, item, file, lines) for item in _innermost(error.errors(), lines))
        raise DeclarationError(*dict.fromkeys(wrong)) from error


_OPEN = "Look at the place and its permissions", "Revise el lugar y sus permisos"
_NOWHERE = (
    "a file or folder", "un archivo o una carpeta", "a link that leads nowhere",
    "Remove it; an editor that has the file open removes its own", "Quítelo; un editor que tiene abierto el archivo quita el suyo",
)  # fmt: skip
_ELSEWHERE = (
    "a file that can be used", "un archivo que sirva", "a link to another one (un enlace a otro)",
    "Put the file itself in its place", "Ponga el archivo mismo en su lugar",
)  # fmt: skip
_SUFFIX = f"a name that ends in {SUFFIX}", f"un nombre que termine en {SUFFIX}", "?", "Rename it", "Cámbiele el nombre"


def _of_file(file: str, expected: str, esperado: str, found: str, advice: str, consejo: str) -> Problem:
    """A problem of the whole file."""
    return Problem(
        file,
        None,
        f"expected {expected}; found {found}. {advice}.",
        f"se esperaba {esperado}; se encontró {found}. {consejo}.",
    )


def _text(path: Path, file: str) -> str:
    """The file's text. Raises DeclarationError; nothing but a regular file is opened, which could wait for ever."""
    expected = "a file of text in UTF-8", "un archivo de texto en UTF-8"
    found, advice = "", _OPEN
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            found, advice = (
                "a folder (una carpeta)",
                ("Take it out, or give it another name", "Sáquela o dele otro nombre"),
            )
        elif not stat.S_ISREG(status.st_mode):
            found, advice = "no regular file (no es un archivo)", ("Take it out", "Sáquelo")
        elif status.st_size > _MOST_BYTES:
            found, advice = f"{status.st_size:,} bytes", ("Is this the right file?", "¿Es el archivo correcto?")
        else:
            return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = _of_file(
            file, *expected, "another encoding (otra codificación)", "Save it as UTF-8", "Guárdelo como UTF-8"
        )
        raise DeclarationError(problem._replace(line=line)) from error
    except FileNotFoundError as error:
        missing = _NOWHERE if path.is_symlink() else (*expected, "none (ninguno)", *_OPEN)
        raise DeclarationError(_of_file(file, *missing)) from error
    except OSError as error:
        raise DeclarationError(_of_file(file, *expected, error.strerror or str(error), *_OPEN)) from error
    raise DeclarationError(_of_file(file, *expected, found, *advice))


_ADD, _WRITE = ("Add it", "Agréguela"), ("Write one of them", "Escriba una de ellas")
_REMOVE = "Remove it, or correct its name", "Quítela o corrija su nombre"
_CORRECT = "Correct the value", "Corrija el valor"
# What a type takes, where its field says nothing better; by the beginning of pydantic's names.
_TYPES: dict[str, Both] = {
    "string": ("text", "un texto"),
    "int": ("a whole number", "un número entero"),
    "float": ("a number", "un número"),
    "decimal": ("a number", "un número"),
    "bool": ("true or false", "true o false"),
    "date": ("a date such as 2021-12-31", "una fecha, como 2021-12-31"),
    "list": ("a list", "una lista"),
    "tuple": ("a list", "una lista"),
    "dict": ("keys with values", "claves con valores"),
    "model": ("keys with values", "claves con valores"),
    "greater": ("a larger number", "un número mayor"),
    "less": ("a smaller number", "un número menor"),
}


def _innermost(problems: Sequence[Any], lines: Lines) -> list[Any]:
    """Without those that only say that something inside is wrong, as lists and alternatives do of what they hold."""
    places = [_place(problem, lines) for problem in problems]

    def holds_another(place: KeyPath) -> bool:
        return any(len(other) > len(place) and other[: len(place)] == place for other in places)

    return [problem for problem, place in zip(problems, places, strict=True) if place == () or not holds_another(place)]


def _place(problem: Any, lines: Lines) -> KeyPath:
    """Where a problem is, without the names of types that pydantic puts between; a missing key is where it should be."""
    place: KeyPath = ()
    for part in problem["loc"]:
        if (*place, part) in lines:
            place = (*place, part)
    return (*place, problem["loc"][-1]) if problem["type"] == "missing" or (not place and problem["loc"]) else place


def _problem(model: type[BaseModel], problem: Any, file: str, lines: Lines) -> Problem:
    kind, location, value = problem["type"], problem["loc"], problem["input"]
    place = _place(problem, lines)
    line = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), None)
    owner, expected = _described(model, location)
    name = _key(place)
    if kind == "value_error":  # a rule of the model itself, which says what it expected
        error = problem["ctx"]["error"]
        en, es = (error.en, error.es) if isinstance(error, RuleError) else (str(error), str(error))
        where = ("", "") if name is None else (f"key {name}: ", f"clave {name}: ")
        return Problem(file, line, f"{where[0]}{en}. Correct the file.", f"{where[1]}{es}. Corrija el archivo.")
    name = name or "-"
    if kind == "missing":
        wrong = remark(name, expected or ("this key", "esta clave"), "", _ADD)
    elif kind == "extra_forbidden":
        fields = list(owner.model_fields)
        near = difflib.get_close_matches(str(location[-1]), fields, n=1)
        advice = (f"Did you mean «{near[0]}»?", f"¿Quiso decir «{near[0]}»?") if near else _REMOVE
        names = ", ".join(fields)
        wrong = remark(name, (f"one of {names}", f"una de {names}"), f"«{location[-1]}»", advice)
    elif kind == "literal_error":
        choices = str(problem["ctx"]["expected"]).replace("'", "")
        wrong = remark(name, (f"one of {choices}", f"una de {choices.replace(' or ', ' o ')}"), _shown(value), _WRITE)
    else:
        by_type = next((both for start, both in _TYPES.items() if kind.startswith(start)), None)
        other = by_type or ("another kind of value", "otro tipo de valor")
        wrong = remark(name, expected or other, _shown(value), _CORRECT)
    return Problem(file, line, wrong.en, wrong.es)


def _described(model: type[BaseModel], location: KeyPath) -> tuple[type[BaseModel], Both | None]:
    """The model that holds the last key of a location, and what that key takes."""
    owner, expected = model, None
    names = [part for part in location if isinstance(part, str)]
    for position, name in enumerate(names):
        field = owner.model_fields.get(name)
        if field is None:
            continue
        extra = field.json_schema_extra
        expected = (str(extra["en"]), str(extra["es"])) if isinstance(extra, dict) else None
        inner = _model_in(field.annotation)
        if inner and position < len(names) - 1:
            owner, expected = inner, None
    return owner, expected


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside a type such as `tuple[Rule, ...]` or `Rule | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _shown(value: Any) -> str:
    text = "" if value is None else f"«{value}»"
    return text if len(text) <= 80 else text[:78] + "…»"


def _key(location: KeyPath) -> str | None:
    """rules[1].citation, or None where the file as a whole is wrong."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".") or None
