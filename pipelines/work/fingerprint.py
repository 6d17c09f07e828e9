"""Fingerprints of code: what reads a document, and the whole program. Whatever they cover changes them; nothing else does.

A reading stands while what read it is the same; a release says which program made it. Both are derived from what is
there, so that a new module or a changed codebook cannot be forgotten.
"""

import hashlib
import importlib.metadata
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.declared.entry import DocumentEntry

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("expectations", "pipelines", "sources", "transforms", "warehouse")
_SHIPPED = (".py", ".yaml", ".csv", ".html", ".css", ".js", ".md")
_SHIPPED_NAMES = ("SHA256SUMS",)
_DATA = (".yaml", ".csv")
# Where reading begins, and what decides whether a reading may stand.
_READERS = ("sources.read", "expectations.plausible", "pipelines.apart.plausibility")
# What reading imports from elsewhere: words by which columns are told apart. The tables' own schema is compared by the
# store, file by file; the sentences of the vocabularies are for people.
_READING_ROOMS = (
    "sources",
    "warehouse.schema.column_kind",
    "warehouse.schema.lexicon",
    "warehouse.schema.personal",
    "warehouse.schema.text",
)
# Statements, whose names may go over lines in parentheses; parsing two hundred files to the last expression takes a second.
_IMPORT = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n]*)|import\s+([^\n]*))", re.MULTILINE)
_NAME = re.compile(r"[\w.]+")
_READING_LIBRARIES = ("pdfplumber", "pypdfium2", "openpyxl", "xlrd")


def fingerprint_reader(entry: "DocumentEntry") -> str:
    """Of the reading code and of the hints of the entry, apart: a release can tell which of the two changed."""
    hints = entry.hints.model_dump_json(exclude_none=True)
    return f"{_reading_code()[:12]}-{hashlib.sha256(hints.encode()).hexdigest()[:12]}"


def with_program(reader: str) -> str:
    """The fingerprint of a reader that failed: whatever changes in the program, its limits and walls too, may mend that."""
    return f"{reader}-{_program()}"


@cache
def _program() -> str:
    return code_version().rsplit("+", 1)[1]


def code_version() -> str:
    """The project's version and the fingerprint of every file that it ships: code, codebooks, baskets, templates."""
    return f"{importlib.metadata.version('peso-a-peso')}+{hash_files(shipped_files())[:12]}"


def shipped_files() -> list[Path]:
    """The files of the packages, without what is made on the way."""
    files = (path for package in _PACKAGES for path in (_ROOT / package).rglob("*"))
    return sorted(path for path in files if path.suffix in _SHIPPED or path.name in _SHIPPED_NAMES)


@cache
def reading_files() -> tuple[Path, ...]:
    """The modules that reading a document imports, wherever in them they are imported, with the data beside them."""
    waiting, modules = list(_READERS), set[Path]()
    while waiting:
        for path in _files_of(waiting.pop()):
            if path not in modules:
                modules.add(path)
                waiting += [name for name in _imported(path) if _is_of_reading(name)]
    data = {path for module in modules for path in module.parent.iterdir() if path.suffix in _DATA}
    return tuple(sorted(modules | data))


@cache
def _reading_code() -> str:
    """Changes with any line of the reading code and with the libraries it reads with."""
    versions = [f"{library}={importlib.metadata.version(library)}" for library in _READING_LIBRARIES]
    from sources.pdf import ocr  # with what reads PDFs, which few commands need

    if ocr.installed():
        versions.append(ocr.fingerprint())
    return hashlib.sha256("\n".join([hash_files(reading_files()), *versions]).encode()).hexdigest()


def _files_of(module: str) -> Iterator[Path]:
    """The file of a module, and of the packages of its room that it lies in, which are run before it."""
    parts = module.split(".")
    for name in (".".join(parts[: length + 1]) for length in range(len(parts))):
        if name in _READERS or _is_of_reading(name):
            place = _ROOT.joinpath(*name.split("."))
            yield from (path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file())


def _imported(path: Path) -> Iterator[str]:
    """The names that a module imports; of `from a import b`, both `a` and `a.b`, which may be a module too."""
    for module, names, modules in _IMPORT.findall(path.read_text(encoding="utf-8")):
        yield from _NAME.findall(modules)
        if module:
            yield module
            yield from (f"{module}.{name}" for name in _NAME.findall(names))


def _is_of_reading(module: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in _READING_ROOMS)


def hash_files(paths: Iterable[Path]) -> str:
    """A hash of files of the project: of their names below it and of their bytes."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
