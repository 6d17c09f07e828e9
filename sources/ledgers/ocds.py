"""Contracts in OCDS 1.0 and 1.1 (JSON): release packages through the door of ledgers, the path in the object as the place.

Texts and figures are kept as they are written; no figure passes through a binary float. Fields are those of the standard's release
schema (https://standard.open-contracting.org/1.1/en/schema/release/), in `profiles/ocds.yaml`; contact points and addresses are
persons' data wherever they stand.
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

from sources.errors import OBTAIN_AGAIN, SourceError, Words
from sources.ledgers.profile import Profile, ProfileField, ProfilePart, profiles
from sources.ledgers.records import RecordBuilder, RecordCell, withheld_names
from sources.personal import personal_kind
from sources.raw.builder import PageAccount, PrintedNumber, PrintedPage, RawBuilder
from sources.raw.numeric import is_numeric
from sources.raw.reading import Document, Reading
from sources.sheets.formats.encoding import decode
from warehouse.schema.personal import WITHHELD
from warehouse.schema.vocabulary import Term

PAGE = "json"
_ASK = Term("Ask for the release package.", "Pida el paquete de publicaciones.")
_PROFILE = "ocds"
_MOST_BYTES = 50 * 2**20
_MOST_CELLS = 2_000_000
_DEEPEST = 40
_KEYS = re.compile(r'"(?:ocid|releases)"\s*:')
_PERSONAL_KEYS = re.compile(r"contactpoint|address|telephone|email|faxnumber|birth|person", re.IGNORECASE)
_INDEX = re.compile(r"\[\d+\]")
_PERSON = ProfileField(type="person", headers=("contactPoint",))
# Whoever is named elsewhere than as a body that buys: suppliers, bidders, payees, and what publishers add.
_NAMED = re.compile(r"(?:^|\.)(?:name|legalName)$")
_BODIES = re.compile(
    r"(?:^|\.)(?:buyer|procuringEntity|publisher|providerOrganization|payer|memberOf)(?:\.identifier)?\.\w+$"
)


def is_ocds(start: str) -> bool:
    """Whether the beginning of a JSON text is of a release or a package of releases."""
    return bool(_KEYS.search(start)) or '"ocds' in start


def read_ocds(document: Document) -> Reading:
    """The releases of a package of releases or records, or a release that stands alone, as records. Raises SourceError."""
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
    profile = next(profile for profile in profiles() if profile.id == _PROFILE)
    records, warnings = RecordBuilder(document.document_id), [profile.recognised]
    seen: set[str] = set()
    cells: list[RecordCell] = []
    for path, release in releases:
        same = json.dumps(release, sort_keys=True)
        if same in seen:
            place = path or 1
            warnings.append(Term(f"Release {place} is there twice, the same in every value: read once.",
                                 f"La publicación {place} está dos veces, igual en cada valor: se leyó una."))  # fmt: skip
            continue
        seen.add(same)
        prefix = f"{path}." if path else ""
        rows = list(_records(release, prefix, profile))
        bodies = {
            cell.text for _, _, direct in rows for cell in direct if cell.kind is None and _NAMED.search(cell.place)
        }
        names = [name for _, _, direct in rows for name in withheld_names(direct) if name not in bodies]
        for ledger, above, direct in rows:
            records.add(PAGE, profile.id, ledger, [*above, *direct], names)
            cells += direct
    return dataclasses.replace(_accounted(document, cells, records, tuple(warnings)), records=records.frame())


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
        yield "", package


def _of_record(path: str, record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The compiled release of a process, or the releases that nobody compiled."""
    if isinstance(record.get("compiledRelease"), dict):
        yield f"{path}.compiledRelease", record["compiledRelease"]
    elif isinstance(record.get("releases"), list):
        yield from ((f"{path}.releases[{number}]", release) for number, release in enumerate(record["releases"]))


def _load(document: Document) -> dict[str, Any] | list[Any]:
    size = document.path.stat().st_size
    if size > _MOST_BYTES:
        raise _too_large(document, f"{size / 2**20:.0f} MB")
    try:
        package = json.loads(decode(document.path.read_bytes()).text.lstrip("\ufeff"), parse_float=str, parse_int=str)
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


def _records(
    release: dict[str, Any], prefix: str, profile: Profile
) -> Iterator[tuple[str, list[RecordCell], list[RecordCell]]]:
    """The release as a procedure, and each member of the lists that are parts: its ledger, the keys of what it belongs to, its cells."""
    parts = {part.headers[0]: (name, part) for name, part in profile.parts.items()}
    direct: list[RecordCell] = []
    lists: dict[tuple[str, str], list[RecordCell]] = {}
    for path, text in _leaves(release):
        member = _member(path, parts)
        if member is None:
            direct.append(_cell(prefix, path, path, text, profile))
        else:
            part, start = member
            lists.setdefault(member, []).append(_cell(prefix, path, path[len(start) + 1 :], text, parts[part][1]))
    yield profile.ledger, [], direct
    ocid = str(release["ocid"])
    for (part, start), cells in lists.items():
        keys = [("release_ocid", f"{prefix}ocid", ocid), *_keys_above(release, start, prefix)]
        if release.get("date"):
            keys.append(("release_date", f"{prefix}date", str(release["date"])))
        above = [
            RecordCell(name, ProfileField(type="code", headers=(name,)), None, name, text, place)
            for name, place, text in keys
        ]
        yield parts[part][1].ledger, above, cells


def _member(path: str, parts: dict[str, Any]) -> tuple[str, str] | None:
    """The innermost part that a path lies in: its path without numbers, and with them."""
    best = None
    for match in _INDEX.finditer(path):
        start = path[: match.end()]
        plain = _INDEX.sub("[]", start)
        if plain in parts:
            best = plain, start
    return best


def _keys_above(release: dict[str, Any], start: str, prefix: str) -> Iterator[tuple[str, str, str]]:
    """The id of the list member that a nested one belongs to: of a transaction, its contract; of a supplier, its award."""
    outer = _INDEX.finditer(start)
    first = next(outer)
    if next(outer, None) is None:
        return
    name = start[: first.start()]
    member = release[name][int(first[0][1:-1])]
    if isinstance(member, dict) and "id" in member:
        yield f"{name}_id", f"{prefix}{start[: first.end()]}.id", str(member["id"])


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _leaves(inside, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from _leaves(inside, f"{path}[{number}]")
    elif value is not None and str(value).strip():
        yield path, {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _cell(prefix: str, path: str, header: str, text: str, profile: Profile | ProfilePart) -> RecordCell:
    plain = _INDEX.sub("", header)
    name = next((name for name, field in profile.fields.items() if plain in field.headers), None)
    private = _PERSONAL_KEYS.search(plain)
    field = _PERSON if private else profile.fields[name] if name else None
    kind = personal_kind(plain.rsplit(".", 1)[-1])
    if _NAMED.search(path):
        kind = None if _BODIES.search(path) else "supplier"
    return RecordCell(f"path_{header}" if private or name is None else name, field, kind, plain, text, prefix + path)


def _accounted(
    document: Document, cells: list[RecordCell], records: RecordBuilder, warnings: tuple[Term, ...]
) -> Reading:
    builder = RawBuilder(document.document_id)
    numeric = dict(enumerate(cell for cell in cells if is_numeric(cell.text)))
    if len(cells) > _MOST_CELLS:
        raise _too_large(document, Term(f"{len(cells):,} values", f"{len(cells):,} valores"))
    account = PageAccount(PAGE, numeric)
    for order, cell in numeric.items():
        private = (PAGE, cell.place) in records.private
        number = PrintedNumber(WITHHELD if private else cell.text, cell.place, (order, 0))
        account.exclude([order], number, "personal_data" if private else "record")
    builder.add_page(account, PrintedPage(1, "sheet", 1.0, float(len(cells)), len(cells)))
    return builder.reading(PAGE, warnings)
