"""Which part of a package is what: found by relationships and content types, as the norm has it, not by usual names.

Writers call parts as they like (`xl/SharedStrings.xml`, `xl/workbook2.xml`); a name is only asked where nothing declares it.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from sources.errors import SourceError
from sources.sheets.formats.container import Package, local, xml_parser

# Of the main part, by what its content type contains.
_KINDS = {
    "spreadsheetml": "xlsx", "ms-excel.sheet.binary": "xlsb", "ms-excel": "xlsm", "wordprocessingml": "docx",
    "ms-word": "docx", "presentationml": "pptx", "ms-powerpoint": "pptx",
}  # fmt: skip
_USUAL = {
    "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "word/document.xml": "docx", "ppt/presentation.xml": "pptx",
}  # fmt: skip


@dataclass
class Parts:
    """The parts of a workbook: the book, what its sheets share, and each sheet by the id of its relationship."""

    workbook: str
    strings: str | None = None
    styles: str | None = None
    theme: str | None = None
    sheets: dict[str, str] = field(default_factory=dict)


def main_part(package: Package) -> tuple[str, str] | None:
    """The part that a package is about, with the format it is in: xlsx, xlsm, xlsb, docx, pptx; None for another zip."""
    declared = _content_types(package)
    related = [target for kind, _, target in _relations(package, "") if kind == "officeDocument" and target in package]
    main = [part for part, type_ in declared.items() if ".main" in type_ or "main+xml" in type_]
    for part in [*related, *main]:
        kind = next((format for words, format in _KINDS.items() if words in declared.get(part.lower(), "")), None)
        kind = kind or _USUAL.get(part.lower()) or ("xlsx" if part.lower().startswith("xl/") else None)
        if kind is not None and part in package:
            return part, "xlsm" if kind == "xlsx" and "xl/vbaProject.bin" in package else kind
    usual = next((name for name in _USUAL if name in package), None)
    if usual is None:
        return None
    return usual, "xlsm" if _USUAL[usual] == "xlsx" and "xl/vbaProject.bin" in package else _USUAL[usual]


def workbook_parts(package: Package) -> Parts:
    """The parts of a workbook. Raises ExpatError where what says so is damaged."""
    main = main_part(package)
    parts = Parts(main[0] if main else "xl/workbook.xml")
    for kind, name, target in _relations(package, parts.workbook, strict=True):
        if kind == "worksheet":
            parts.sheets[name] = target
        elif kind in ("sharedStrings", "styles", "theme") and target in package:
            setattr(parts, "strings" if kind == "sharedStrings" else kind, target)
    parts.strings = parts.strings or _declared(package, "sharedstrings+xml") or _named(package, "sharedstrings.xml")
    parts.styles = parts.styles or _declared(package, "spreadsheetml.styles+xml") or _named(package, "styles.xml")
    return parts


def _relations(package: Package, part: str, strict: bool = False) -> list[tuple[str, str, str]]:
    """Kind, id and target of each relationship of a part; those of the package itself for an empty name."""
    folder, name = posixpath.split(part)
    related: list[tuple[str, str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            related.append((posixpath.basename(attributes.get("Type", "")), attributes.get("Id", ""), path))

    _parse(package, posixpath.join(folder, "_rels", f"{name}.rels"), start, strict)
    return related


def _content_types(package: Package) -> dict[str, str]:
    """The content type of each part that has one of its own, by its name in small letters."""
    types: dict[str, str] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Override":
            types[attributes.get("PartName", "").lstrip("/").lower()] = attributes.get("ContentType", "").lower()

    _parse(package, "[Content_Types].xml", start, strict=False)
    return types


def _declared(package: Package, words: str) -> str | None:
    return next((part for part, type_ in _content_types(package).items() if words in type_ and part in package), None)


def _named(package: Package, ending: str) -> str | None:
    return next((name for name in sorted(package.names) if name.lower().endswith(f"/{ending}")), None)


def _parse(package: Package, part: str, start: Callable[[str, dict[str, str]], None], strict: bool) -> None:
    if not strict and part not in package:
        return
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    try:
        parser.Parse(package.read(part), True)
    except (expat.ExpatError, SourceError):
        if strict:
            raise
