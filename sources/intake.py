"""The bytes side of `peso add`: which files of a folder are documents, and whether their bytes are new.

A file or address becomes an `Arrival`: archived, and recognised as new, as a duplicate, or as new bytes from a place
that gave a document before. What the document says, and so what its entry should say, is for `transforms.describe.draft`;
`new_entry` joins the two.

Versions: an entry never changes its bytes. New bytes get an entry of their own, which `supersedes` the older: the older
version stays in the catalogue, readable, and lines cited from it keep their ids. (Keeping a list of hashes inside one
entry would give one line id two meanings.) A place alone does not make a version, because people reuse names such as
`presupuesto.pdf`: government, kind, year and period must not contradict the older entry.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sources.bytes.archive import Archive, How
from sources.bytes.fetch import Limits, fetch
from sources.declared.catalogue import Catalogue
from sources.declared.entry import DocumentEntry
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import Term

SUFFIXES = frozenset(
    {".pdf", ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".htm", ".html", ".mht", ".mhtml", ".json"}
)
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tar"})
_ARRIVING = frozenset({".part", ".crdownload", ".tmp", ".download"})
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_SYSTEM_FOLDER = Term("hidden or system folder", "carpeta oculta o del sistema")
_SUBJECT = ("government_id", "kind", "fiscal_year", "period_end")


class FoundFile(NamedTuple):
    """A file to add. `origin` is what is published of where it lay: from the folder that was given, never above it."""

    path: Path
    origin: str


class Skipped(NamedTuple):
    """A file or folder left aside, and why."""

    path: Path
    reason: Term


@dataclass(frozen=True)
class Arrival:
    """Archived bytes. `known` is the document they are (duplicate), or whose place gave them (new_version)."""

    outcome: Literal["new", "duplicate", "new_version"]
    sha256: str
    file_name: str
    origin: str
    how: How
    folio: str | None
    obtained_at: datetime
    known: str | None


def find_documents(path: Path) -> tuple[list[FoundFile], list[Skipped]]:
    """The documents of a folder and everything below it, in order, and what was left aside and why.

    A file named directly is taken whatever its name: the reader says what is wrong with it.
    """
    path = Path(path)
    if path.is_file():
        return [FoundFile(path, legible(path.name))], []
    documents: list[FoundFile] = []
    skipped: list[Skipped] = []
    top = path.resolve()
    for folder, folders, files in os.walk(top):
        skipped += [Skipped(Path(folder, name), _SYSTEM_FOLDER) for name in sorted(folders) if _is_system(name)]
        folders[:] = sorted(name for name in folders if not _is_system(name))
        for name in sorted(files):
            file = Path(folder, name)
            reason = _why_not(file)
            if reason:
                skipped.append(Skipped(file, reason))
            else:
                documents.append(FoundFile(file, legible(file.relative_to(top.parent).as_posix())))
    return documents, skipped


def receive_file(
    path: Path,
    archive: Archive,
    catalogue: Catalogue,
    *,
    origin: str | None = None,
    how: How = "file",
    folio: str | None = None,
) -> Arrival:
    """Archive a file. Raises SourceError (too_large)."""
    # The archive, which is not published, remembers the whole place: names such as 6.6.pdf repeat in every folder.
    place = path.resolve().as_uri()
    name = legible(path.name)
    sha256 = archive.add(path, origin=place, how=how, folio=folio, name=name)
    earlier = (e for e in catalogue.documents.values() if e.file_name == name and e.sha256 and e.sha256 != sha256)
    from_here = [e for e in earlier if (sidecar := archive.sidecar(e.sha256 or "")) and sidecar.origin(place)]
    return _arrival(sha256, name, origin or name, place, archive, catalogue, from_here)


def receive_url(url: str, archive: Archive, catalogue: Catalogue, limits: Limits | None = None) -> Arrival:
    """Fetch an address; what the server says did not change is a duplicate. Raises SourceError, as `fetch` does."""
    before = catalogue.by_origin(url)
    fetched = fetch(url, archive, previous=before.sha256 if before else None, limits=limits)
    from_here = [entry for entry in catalogue.documents.values() if entry.origin == url]
    return _arrival(fetched.sha256, fetched.name, url, url, archive, catalogue, from_here)


def new_entry(arrival: Arrival, fields: Mapping[str, Any], catalogue: Catalogue) -> DocumentEntry:
    """The catalogue entry of an arrival; `fields` (with a `document_id`) are what is known of the document itself.

    It supersedes the document its place gave before, unless the two cannot be the same document.
    """
    older = catalogue.documents.get(arrival.known or "") if arrival.outcome == "new_version" else None
    provenance = {
        "sha256": arrival.sha256,
        "file_name": arrival.file_name,
        "origin": arrival.origin,
        "obtained_at": arrival.obtained_at,
        "obtained_how": arrival.how,
        "folio": arrival.folio,
        "supersedes": older.document_id if older and _same_subject(older, fields) else None,
    }
    return DocumentEntry.model_validate(provenance | dict(fields))


def _arrival(
    sha256: str,
    name: str,
    origin: str,
    place: str,
    archive: Archive,
    catalogue: Catalogue,
    from_here: list[DocumentEntry],
) -> Arrival:
    sidecar = archive.sidecar(sha256)
    record = sidecar.origin(place) if sidecar else None
    if record is None:
        raise ValueError(f"{name}: the archive kept no record of {place}")
    same = catalogue.by_sha256(sha256)
    newest = _newest(from_here)
    outcome: Literal["new", "duplicate", "new_version"] = "duplicate" if same else "new_version" if newest else "new"
    earlier = same or newest
    return Arrival(
        outcome,
        sha256,
        name,
        origin,
        record.how,
        record.folio,
        record.obtained_at,
        earlier.document_id if earlier else None,
    )


def _newest(entries: list[DocumentEntry]) -> DocumentEntry | None:
    superseded = {entry.supersedes for entry in entries}
    return next((entry for entry in reversed(entries) if entry.document_id not in superseded), None)


def _same_subject(older: DocumentEntry, fields: Mapping[str, Any]) -> bool:
    pairs = ((getattr(older, name), fields.get(name)) for name in _SUBJECT)
    return all(before is None or now is None or before == now for before, now in pairs)


def _is_system(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM


def _why_not(file: Path) -> Term | None:
    suffix = file.suffix.lower()
    if _is_system(file.name):
        return Term("hidden, lock or system file", "archivo oculto, de bloqueo o del sistema")
    if not file.is_file():
        return Term(
            "not a file, or a link that leads nowhere", "no es un archivo, o es un enlace que no lleva a ninguna parte"
        )
    if suffix in _ARRIVING:
        return Term("still arriving", "aún está llegando")
    if suffix in _ARCHIVES:
        return Term("packed: unpack it and add the folder", "empaquetado: desempáquelo y agregue la carpeta")
    if suffix in SUFFIXES:
        return None
    return Term(
        f"not a kind of document the program reads ({suffix or 'no extension'})",
        f"no es un tipo de documento que el programa lea ({suffix or 'sin extensión'})",
    )
