"""What people are to be told: news, once each, and alerts, every night until they end or somebody acknowledges them.

Sentences in both languages with a key. Sending them is for `pipelines.work.digest`.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from pipelines.home import Home
from pipelines.work.failing import failing_documents
from pipelines.work.watching import Journal, WatchedLink, read_journal
from sources.bytes.archive import write_atomic
from warehouse.ask.tables import published_tables
from warehouse.schema.vocabulary import CLAIM_OUTCOMES

_SHOWN = 5
_NEWS = {
    "appeared": ("new documents listed", "documentos nuevos en la página"),
    "changed": ("changed documents", "documentos que cambiaron"),
}
_GONE = {
    "vanished": ("its address no longer gives it", "su dirección ya no lo da"),
    "unlisted": ("its page no longer lists it", "su página ya no lo enlista"),
}


class Notice(NamedTuple):
    """One thing to tell. A `standing` one is an alert, which is repeated."""

    key: str
    standing: bool
    en: str
    es: str

    @classmethod
    def failure(cls, text: str) -> "Notice":
        """Something of this night failed."""
        return cls(
            f"failure-{_short(text)}", True, f"A step of the night failed: {text}", f"Falló un paso de la noche: {text}"
        )


class Told(BaseModel):
    """Keys of the notices that were told, and of the alerts that somebody acknowledged."""

    told: list[str] = []
    acknowledged: list[str] = []


def gather(home: Home) -> list[Notice]:
    """Everything there is to tell now, told before or not."""
    return [*_edition(home), *_portals(home), *_waiting(home), *_failing(home), *_runs(home)]


def read_told(home: Home) -> Told:
    """What was told and acknowledged; nothing where the file is not legible: it is then told again."""
    try:
        return Told.model_validate_json(_file(home).read_bytes())
    except (FileNotFoundError, ValidationError):
        return Told()


def note_told(home: Home, notices: Iterable[Notice]) -> None:
    """These were told; what is no longer to be told is forgotten, so that it is news when it comes back."""
    keys = {notice.key for notice in notices}
    kept = read_told(home)
    _write(home, Told(told=sorted(keys), acknowledged=sorted(keys & set(kept.acknowledged))))


def forget_ended(home: Home, notices: Iterable[Notice]) -> None:
    """What is no longer to be told is forgotten."""
    keys, kept = {notice.key for notice in notices}, read_told(home)
    now = Told(told=sorted(keys & set(kept.told)), acknowledged=sorted(keys & set(kept.acknowledged)))
    if now != kept:
        _write(home, now)


def acknowledge(home: Home, keys: Iterable[str]) -> list[str]:
    """Quiets the alerts of these keys; returns the keys that are of no alert."""
    standing = {notice.key for notice in gather(home) if notice.standing}
    kept, asked = read_told(home), set(keys)
    _write(home, kept.model_copy(update={"acknowledged": sorted({*kept.acknowledged, *(asked & standing)})}))
    return sorted(asked - standing)


def _edition(home: Home) -> Iterator[Notice]:
    release = home.latest_release()
    if release is None or not release.database.is_file():
        return
    yield Notice(
        f"edition-{release.number}", False, f"New edition {release.number}.", f"Nueva edición {release.number}."
    )
    [claims] = published_tables(release.database, "out.claim")
    for claim in claims.loc[claims["outcome"].isin(["flipped", "not_comparable"])].itertuples():
        outcome = CLAIM_OUTCOMES[str(claim.outcome)]
        key = f"claim-{claim.claim_id}-{release.number}"
        yield Notice(
            key, False, f"Claim {claim.claim_id}: {outcome.en}.", f"Afirmación {claim.claim_id}: {outcome.es}."
        )


def _portals(home: Home) -> Iterator[Notice]:
    for page in home.portals().values():
        if page.active:
            journal = read_journal(home, page.id)
            yield from _news(page.id, journal)
            yield from _gone(page.id, journal)
            for remark in journal.remarks:
                yield Notice(f"portal-{page.id}-{_short(remark)}", True, f"{page.id}: {remark}", f"{page.id}: {remark}")


def _news(portal: str, journal: Journal) -> Iterator[Notice]:
    days: dict[tuple[str, date], list[str]] = defaultdict(list)
    for address, link in journal.links.items():
        days["appeared", link.first_seen_on].append(address)
        if link.changed_on:
            days["changed", link.changed_on].append(address)
    for (event, day), addresses in days.items():
        en, es = _NEWS[event]
        shown = ", ".join(addresses[:_SHOWN]) + (" …" if len(addresses) > _SHOWN else "")
        key = f"{event}-{portal}-{day}"
        yield Notice(
            key,
            False,
            f"{portal}, {day}: {len(addresses)} {en}: {shown}",
            f"{portal}, {day}: {len(addresses)} {es}: {shown}",
        )


def _gone(portal: str, journal: Journal) -> Iterator[Notice]:
    for address, link in journal.links.items():
        if link.status in _GONE:
            yield _gone_notice(portal, address, link)


def _gone_notice(portal: str, address: str, link: WatchedLink) -> Notice:
    en, es = _GONE[link.status]
    nights = f" ({link.missing_nights} nights, noches)" if link.missing_nights else ""
    key = f"{link.status}-{portal}-{_short(address)}"
    return Notice(
        key,
        True,
        f"{portal}: {address}: {en}; last seen {link.last_seen_on}{nights}",
        f"{portal}: {address}: {es}; visto por última vez el {link.last_seen_on}{nights}",
    )


def _waiting(home: Home) -> Iterator[Notice]:
    for item in home.set_aside().values():
        if item.reason == "waiting":
            why = item.told()
            yield Notice(
                f"waiting-{item.document_id}",
                True,
                f"To be confirmed: {item.document_id}: {why.en}",
                f"Por confirmar: {item.document_id}: {why.es}",
            )


def _failing(home: Home) -> Iterator[Notice]:
    for row in failing_documents(home).itertuples():
        text = f"{row.document}: {row.meaning}. {row.message or ''}".strip()
        texto = f"{row.document}: {row.significado}. {row.mensaje or ''}".strip()
        yield Notice(f"failing-{_short(text)}", True, f"Failing: {text}", f"Falla: {texto}")


def _runs(home: Home) -> Iterator[Notice]:
    for path in sorted(home.alerts.glob("*.json")):
        try:
            alert = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue  # half a file of a killed writer; the run itself is in Dagster's history
        text = f"{alert.get('job')}: {'; '.join(alert.get('errors') or []) or alert.get('message')}"
        yield Notice(f"run-{path.stem}", False, f"A run failed: {text}", f"Falló una corrida: {text}")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]


def _file(home: Home) -> Path:
    return home.root / "told.json"


def _write(home: Home, told: Told) -> None:
    write_atomic(_file(home), told.model_dump_json(indent=1).encode())
