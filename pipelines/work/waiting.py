"""What waits for a person (*por confirmar*), and what a person took out: neither is read or published.

A document that was found at night enters the catalogue by itself only where its draft is sure. The files are those of
`sources.declared.set_aside`; whether new bytes are another statement is decided in `transforms.describe.other_statement`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipelines.home import Home
from sources.declared.catalogue import Catalogue, save_entry, save_government
from sources.declared.entry import DocumentEntry
from sources.declared.portals import WatchedPage
from sources.declared.set_aside import SetAside, forget_aside, save_aside
from transforms.describe.draft import Description
from transforms.describe.other_statement import SUBJECT

_NO_YEAR = ("norma",)  # kinds that have neither year nor period


class WaitingError(ValueError):
    """What a person asked for cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Announced:
    """What is known of a document before it is seen: the watched page that lists it, or (None) only its address."""

    page: WatchedPage | None = None


def doubts(
    description: Description, fields: Mapping[str, Any], announced: Announced, catalogue: Catalogue, unreadable: bool
) -> list[str]:
    """Codes of DOUBTS with what was seen: why a draft is not sure enough to be published by itself. Empty: it is."""
    why = ["unreadable"] if unreadable else []
    evidence = description.evidence
    government, kind = fields.get("government_id"), fields.get("kind")
    if description.new_body:
        why.append(f"new_body: {description.new_body.name}")
    elif description.several_governments:
        why.append("several_governments")
    elif government is None:
        why.append("no_government")
    if announced.page and government and not _is_of(government, announced.page.government, catalogue):
        why.append(f"other_government: {government}")
    if kind is None:
        why.append("no_kind")
    elif announced.page and announced.page.kinds and kind not in announced.page.kinds:
        why.append(f"other_kind: {kind}")
    if kind not in _NO_YEAR:
        why += ["no_year"] if fields.get("fiscal_year") is None else []
        why += ["no_period"] if fields.get("period_end") is None else []
    named = ("government_id", "kind", "fiscal_year", "period_end")
    weak = [name for name in named if fields.get(name) is not None and name in evidence and evidence[name].weak]
    return [*why, *([f"weak_evidence: {', '.join(weak)}"] if weak else [])]


def _is_of(government: str, page: str, catalogue: Catalogue) -> bool:
    """Whether the government is that of the page, or a body or municipality of it."""
    at: str | None = government
    for _ in range(10):
        if at == page:
            return True
        government_at = catalogue.governments.get(at or "")
        at = government_at.parent_id if government_at else None
    return False


def confirm(home: Home, document_id: str, changes: Mapping[str, Any]) -> DocumentEntry:
    """Takes a waiting document into the catalogue, with what the person says of it; returns its entry.

    Raises WaitingError where nothing of that name waits, its government is not known, or its bytes are there already.
    """
    item = _waiting(home, document_id)
    catalogue = home.catalogue()
    entry = DocumentEntry.model_validate(item.entry.model_dump() | dict(changes))
    if (same := catalogue.by_sha256(entry.sha256 or "")) is not None:
        raise WaitingError(
            f"{document_id}: {same.document_id} tiene los mismos bytes. Use `peso inbox discard {document_id}`."
        )
    body = item.body if item.body and item.body.government_id == entry.government_id else None
    if entry.government_id and entry.government_id not in catalogue.governments and body is None:
        raise WaitingError(
            f"{document_id}: no hay gobierno «{entry.government_id}» en el catálogo. Dé otro con --government."
        )
    older = catalogue.by_origin(entry.origin or "")
    same_subject = older and all(
        None in (getattr(older, name), getattr(entry, name)) or getattr(older, name) == getattr(entry, name)
        for name in SUBJECT
    )
    entry = entry.model_copy(update={"supersedes": older.document_id if older and same_subject else None})
    if body:
        save_government(body, home.catalogue_folder)
    save_entry(entry, home.catalogue_folder)
    forget_aside(document_id, home.aside)
    return entry


def discard(home: Home, document_id: str, why: str | None = None) -> None:
    """Says that a waiting document is not to be published; its bytes stay in the archive. Raises WaitingError."""
    item = _waiting(home, document_id)
    save_aside(
        item.model_copy(update={"reason": "withdrawn", "why": why or "descartado antes de publicarse"}), home.aside
    )


def remove(home: Home, document_id: str, why: str) -> list[str]:
    """Takes a document out of the catalogue; the next edition has its erratum. Returns the documents whose entries changed.

    Its bytes stay in the archive, and its id is never given to another. Raises WaitingError.
    """
    catalogue = home.catalogue()
    entry = catalogue.documents.get(document_id)
    if entry is None:
        raise WaitingError(
            f"No hay documento «{document_id}» en el catálogo. `peso status` los cuenta; sus fichas están en {home.catalogue_folder}."
        )
    file = home.catalogue_folder / "documents" / f"{document_id}.yaml"
    if not file.is_file():
        raise WaitingError(
            f"{document_id}: su ficha es del programa, no de esta carpeta de datos; no se puede retirar."
        )
    save_aside(SetAside(document_id=document_id, reason="withdrawn", since=_today(), why=why, entry=entry), home.aside)
    changed = []
    for other in catalogue.documents.values():
        update: dict[str, Any] = {}
        if other.supersedes == document_id:
            update["supersedes"] = entry.supersedes
        if other.superseded_by == document_id:
            update["superseded_by"] = entry.superseded_by
        if update:
            save_entry(other.model_copy(update=update), home.catalogue_folder)
            changed.append(other.document_id)
    file.unlink()
    return changed


def set_waiting(
    home: Home, entry: DocumentEntry, why: list[str], announced: Announced, description: Description
) -> SetAside:
    """Writes down that a document waits, with its doubts."""
    body = description.new_body
    proposed = None
    if body is not None:
        proposed = {
            "government_id": body.government_id, "name": body.name, "level": "body", "parent_id": body.parent_id,
            "source": "proposed from the words of a document; check it",
        }  # fmt: skip
    portal = announced.page.id if announced.page else None
    item = SetAside.model_validate(
        {"document_id": entry.document_id, "reason": "waiting", "since": _today(), "doubts": why, "portal": portal,
         "body": proposed, "entry": entry}
    )  # fmt: skip
    save_aside(item, home.aside)
    return item


def _waiting(home: Home, document_id: str) -> SetAside:
    item = home.set_aside().get(document_id)
    if item is None or item.reason != "waiting":
        raise WaitingError(f"Nada que se llame «{document_id}» está por confirmar. `peso inbox` dice qué lo está.")
    return item


def _today() -> Any:
    return datetime.now(UTC).date()
