"""The rooms of the house and what each may import, and the imports that the code really has.

A room is a folder, or one file of a folder's spine. Everyone may import the ground. What hurts a reader is not an import that
is missing here but one that is there: add an arrow only with a reason, and never one that closes a circle.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("pipelines", "sources", "transforms", "expectations", "warehouse")
FILES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


# The tables, and how HTML is written.
GROUND = ("warehouse.schema", "warehouse.html")

_WAREHOUSE = "warehouse.errors warehouse.store warehouse.ask warehouse.differences warehouse.page warehouse.release warehouse.lake"
_SOURCES = "sources.errors sources.bytes sources.raw sources.declared sources.intake sources.opening sources.read sources.ledgers sources.picture sources.portals sources.sample"
_TRANSFORMS = (
    "transforms.reference transforms.definitions transforms.words transforms.describe transforms.core transforms.ledgers transforms.measure "
    "transforms.compare transforms.panel transforms.tell transforms.claims transforms.by_government transforms.out"
)
_WORK = f"expectations pipelines.apart pipelines.home sources {_SOURCES} sources.pdf.ocr {_TRANSFORMS} {_WAREHOUSE}"

MAY_IMPORT = {
    room: set(others.split())
    for room, others in {
        "warehouse": "",
        "warehouse.schema": "",
        "warehouse.html": "",
        "warehouse.errors": "",
        "warehouse.store": "warehouse.errors",
        "warehouse.ask": "warehouse.errors warehouse.store",
        "warehouse.page": "warehouse.store",
        "warehouse.differences": "warehouse.errors warehouse.store",
        "warehouse.release": "warehouse.errors warehouse.store warehouse.page warehouse.differences",
        "warehouse.lake": "warehouse.errors warehouse.store warehouse.release",
        "expectations": "",
        "sources": "",
        "sources.errors": "",
        "sources.bytes": "sources.errors",
        "sources.raw": "sources.errors",
        "sources.declared": "sources.errors sources.bytes sources.raw",
        "sources.portals": "sources.errors sources.bytes sources.declared",
        "sources.personal": "sources.raw",
        "sources.hints": "sources.errors sources.raw sources.declared sources.sheets.words sources.sheets.table",
        "sources.intake": "sources.errors sources.bytes sources.raw sources.declared",
        "sources.opening": "sources.pdf.page",
        "sources.pdf.settings": "",
        "sources.pdf.page": "sources.errors sources.raw sources.pdf.settings",
        "sources.pdf.table": "sources.pdf.page sources.pdf.settings",
        "sources.pdf.ocr": "sources.errors sources.raw sources.pdf.page sources.pdf.settings",
        "sources.pdf": "sources.errors sources.raw sources.personal sources.pdf.settings sources.pdf.page sources.pdf.table sources.pdf.ocr",
        "sources.sheets.words": "sources.raw",
        "sources.sheets.formats": "sources.errors sources.raw",
        "sources.sheets.table": "sources.errors sources.raw sources.personal sources.sheets.words sources.sheets.formats",
        "sources.sheets": "sources.errors sources.raw sources.personal sources.sheets.words sources.sheets.formats sources.sheets.table",
        "sources.ledgers": "sources.errors sources.raw sources.personal sources.sheets.formats sources.sheets.table",
        "sources.read": "sources.ledgers sources.errors sources.bytes sources.raw sources.declared sources.hints sources.pdf sources.sheets sources.sheets.formats",
        "sources.picture": "sources.errors sources.raw sources.pdf.page sources.pdf.ocr sources.sheets sources.sheets.formats sources.sheets.table",
        "sources.sample": "sources.errors sources.bytes sources.declared sources.raw",
        "transforms": "",
        "transforms.reference": "",
        "transforms.definitions": "transforms.reference",
        "transforms.words": "transforms.reference",
        "transforms.describe": "transforms.words transforms.reference",
        "transforms.core": "transforms.words transforms.reference",
        "transforms.ledgers": "transforms.words transforms.reference",
        "transforms.measure": "transforms.words transforms.reference transforms.definitions",
        "transforms.compare": "transforms.measure transforms.reference transforms.definitions",
        "transforms.panel": "transforms.compare transforms.measure transforms.reference transforms.definitions",
        "transforms.tell": "transforms.compare transforms.measure transforms.reference transforms.definitions",
        "transforms.claims": "transforms.compare transforms.measure transforms.reference transforms.definitions",
        "transforms.by_government": "transforms.compare transforms.panel transforms.measure transforms.tell transforms.reference",
        "transforms.out": "transforms.by_government transforms.compare transforms.panel transforms.tell transforms.reference",
        "pipelines": "",
        "pipelines.home": f"sources.errors sources.bytes sources.declared sources.pdf.ocr {_TRANSFORMS} warehouse.errors warehouse.store warehouse.release warehouse.lake",
        "pipelines.apart": f"expectations sources {_SOURCES} sources.pdf.ocr transforms.describe warehouse.errors warehouse.store",
        "pipelines.work": _WORK,
        "pipelines.verbs": f"{_WORK} pipelines.work",
        "pipelines.evidence": f"{_WORK} pipelines.work",
        "pipelines.web": f"{_WORK} pipelines.work pipelines.verbs pipelines.evidence",
        "pipelines.dagster_ui": f"{_WORK} pipelines.work pipelines.verbs pipelines.evidence",
        "pipelines.definitions": "pipelines.dagster_ui pipelines.home",
        "pipelines.night_cli": "pipelines.home pipelines.work pipelines.verbs pipelines.dagster_ui",
        "pipelines.files_cli": f"{_WORK} pipelines.work pipelines.verbs pipelines.evidence",
        "pipelines.cli": f"pipelines.night_cli pipelines.files_cli {_WORK} pipelines.work pipelines.verbs pipelines.evidence pipelines.web pipelines.dagster_ui",
    }.items()
}

# Libraries with one home.
# Programs that are shipped to others, and know nothing of ours: they open documents by themselves.
STAND_ALONE = {"pipelines.evidence.verifica"}
OWNED = {
    "dagster": "pipelines",
    "duckdb": "warehouse",
    "great_expectations": "expectations",
    "pdfplumber": "sources",
    "pypdfium2": "sources",
}
FORBIDDEN_IN_TRANSFORMS = {
    "dagster",
    "duckdb",
    "pdfplumber",
    "pypdfium2",
    "openpyxl",
    "python_calamine",
    "great_expectations",
    "httpx",
}


def module_of(path: Path) -> str:
    """The dotted name of a file of ours."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in FILES}


def room_of(module: str) -> str:
    """The smallest room that holds a module; KeyError for a file of a folder's spine that has no row of its own."""
    room = module
    while room not in MAY_IMPORT:
        room = room.rpartition(".")[0]
    if room in FOLDERS and room not in (module, "expectations"):
        raise KeyError(f"{module} stands in no room: give it a row in MAY_IMPORT")
    return room


@cache
def tree(path: Path) -> ast.Module:
    """A file as it is parsed, once for all who look at it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path, *, top_level_only: bool = False) -> list[str]:
    """What a file imports, lazily too: module.name for a `from` import."""
    names: list[str] = []
    for node in tree(path).body if top_level_only else ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it leads"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@cache
def own_imports(path: Path) -> set[str]:
    """Our own modules that a file imports; a name of a module counts as the module."""
    return {module for name in imported(path) if (module := _module_in(name)) and MODULES[module] != path}


def _module_in(name: str) -> str:
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def circles(arrows: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The groups of names that lead back to one another (strongly connected components of more than one)."""
    reached = {name: set(_reach(name, arrows)) for name in arrows}
    groups = {frozenset(other for other in reached[name] if name in reached.get(other, ())) for name in arrows}
    return [set(group) for group in groups if len(group) > 1]


def _reach(name: str, arrows: Mapping[str, Iterable[str]]) -> Iterator[str]:
    waiting, seen = list(arrows[name]), set[str]()
    while waiting:
        if (other := waiting.pop()) not in seen:
            seen.add(other)
            waiting += arrows.get(other, ())
    yield from seen
