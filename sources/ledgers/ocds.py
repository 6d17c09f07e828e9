"""Contracts in OCDS 1.0 and 1.1 (JSON): packages, lists and lines of releases through the door of ledgers, the path in the object as the place.

Texts and figures are kept as they are written; no figure passes through a binary float. What a release holds is for `releases`.
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

from sources.errors import OBTAIN_AGAIN, SourceError, Words
from sources.ledgers.records import RecordCell
from sources.ledgers.releases import Leaf, ReleaseBuilder
from sources.raw.builder import PageAccount, PrintedNumber, PrintedPage, RawBuilder
from sources.raw.numeric import is_numeric
from sources.raw.reading import Document, Reading
from sources.sheets.formats.encoding import decode
from warehouse.schema.personal import WITHHELD
from warehouse.schema.vocabulary import Term

PAGE = "json"
_ASK = Term("Ask for the release package.", "Pida el paquete de publicaciones.")
_MOST_BYTES = 50 * 2**20
_MOST_CELLS = 2_000_000
_DEEPEST = 40
_KEYS = re.compile(r'"(?:ocid|releases)"\s*:')
_BLANK = re.compile(r"\s*")


def is_ocds(start: str) -> bool:
    """Whether the beginning of a JSON text is of a release or a package of releases."""
    return bool(_KEYS.search(start)) or '"ocds' in start


def read_ocds(document: Document) -> Reading:
    """The releases of a package of releases or records, of many of these one after the other, or a release that stands alone, as
    records. Raises SourceError.
    """
    releases = [
        (path, release)
        for path, release in _releases(_load(document))
        if isinstance(release, dict) and "ocid" in release
    ]
    if not releases:
        raise SourceError(
            "no_table", document.title, Term("releases of OCDS", "publicaciones (releases) de OCDS"),
            Term("none with an ocid", "ninguna con ocid"), _ASK,
        )  # fmt: skip
    kept = ReleaseBuilder(document.document_id)
    for path, release in releases:
        prefix = f"{path}." if path else ""
        leaves = [Leaf(inside, text, prefix + inside) for inside, text in leaves_of(release)]
        if not kept.add(PAGE, leaves, {leaf.path: leaf for leaf in leaves}):
            place = path or 1
            kept.warnings.append(
                Term(f"Release {place} is there twice, the same in every value: read once.",
                     f"La publicación {place} está dos veces, igual en cada valor: se leyó una.")
            )  # fmt: skip
    return dataclasses.replace(_accounted(document, kept), records=kept.records.frame())


def _releases(package: Any) -> Iterator[tuple[str, Any]]:
    """Each release of a package of releases or records, of a list of these, or alone, with its path."""
    if isinstance(package, list):
        for number, member in enumerate(package):
            yield from ((f"[{number}].{path}".rstrip("."), release) for path, release in _releases(member))
    elif isinstance(package.get("releases"), list):
        yield from ((f"releases[{number}]", release) for number, release in enumerate(package["releases"]))
    elif isinstance(package.get("records"), list):
        for number, record in enumerate(package["records"]):
            if isinstance(record, dict):
                yield from _of_record(f"records[{number}]", record)
    else:
        yield from _of_record("", package)


def _of_record(path: str, record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The compiled release of a process, or the releases that nobody compiled; itself where it is a release."""
    under = f"{path}." if path else ""
    if isinstance(record.get("compiledRelease"), dict):
        yield f"{under}compiledRelease", record["compiledRelease"]
    elif isinstance(record.get("releases"), list):
        yield from ((f"{under}releases[{number}]", release) for number, release in enumerate(record["releases"]))
    elif not path:
        yield path, record


def _load(document: Document) -> dict[str, Any] | list[Any]:
    size = document.path.stat().st_size
    if size > _MOST_BYTES:
        raise _too_large(document, f"{size / 2**20:.0f} MB")
    try:
        package = _values(decode(document.path.read_bytes()).text.strip("\ufeff \t\r\n"))
        if _depth(package) > _DEEPEST:
            raise _too_large(document, Term("more levels", "más niveles"))
    except RecursionError as error:
        raise _too_large(document, Term("more levels", "más niveles")) from error
    except ValueError as error:
        raise SourceError(
            "corrupt",
            document.title,
            Term("well-formed JSON", "JSON bien formado"),
            str(error),
            OBTAIN_AGAIN,
        ) from error
    members = package if isinstance(package, list) else [package]
    if not all(isinstance(member, dict) for member in members):
        raise SourceError(
            "no_table", document.title, Term("a release package", "un paquete de publicaciones (release package)"),
            Term("values", "valores"), _ASK,
        )  # fmt: skip
    whole: dict[str, Any] | list[Any] = package
    return whole


def _values(text: str) -> Any:
    """The value that a text is, or the list of those that it writes one after the other, as files of one release a line do."""
    decoder, values, at = json.JSONDecoder(parse_float=str, parse_int=str), [], 0
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        values.append(value)
        blank = _BLANK.match(text, end)
        at = blank.end() if blank else end
    return values[0] if len(values) == 1 else values


def _too_large(document: Document, found: Words) -> SourceError:
    size, advice = f"{_MOST_BYTES // 2**20} MB", "Pida las publicaciones en varios archivos."
    expected = Term(f"at most {size} and {_DEEPEST} levels", f"cuando más {size} y {_DEEPEST} niveles")
    return SourceError(
        "too_large", document.title, expected, found, Term("Ask for the releases in several files.", advice)
    )


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, level = waiting.pop()
        deepest = max(deepest, level)
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(other, level + 1) for other in inside]
    return deepest


def leaves_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every filled value inside an object or list, by its path."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from leaves_of(inside, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from leaves_of(inside, f"{path}[{number}]")
    elif value is not None and str(value).strip():
        yield path, {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _accounted(document: Document, kept: ReleaseBuilder) -> Reading:
    builder, cells = RawBuilder(document.document_id), kept.cells
    numeric: dict[int, RecordCell] = dict(enumerate(cell for cell in cells if is_numeric(cell.text)))
    if len(cells) > _MOST_CELLS:
        raise _too_large(document, Term(f"{len(cells):,} values", f"{len(cells):,} valores"))
    account = PageAccount(PAGE, numeric)
    for order, cell in numeric.items():
        private = (PAGE, cell.place) in kept.records.private
        number = PrintedNumber(WITHHELD if private else cell.text, cell.place, (order, 0))
        account.exclude([order], number, "personal_data" if private else "record")
    builder.add_page(account, PrintedPage(1, "sheet", 1.0, float(len(cells)), len(cells)))
    return builder.reading(PAGE, tuple(kept.warnings))
