"""Watching the pages of portals: each night their links, what is new among them, and whether what was known is still there.

What is known of a page's links is kept in `watched/ID.json` of the home: of each link since when, until when, and what became
of it. How a page is read is for `sources.portals`; what a document is, for `pipelines.work.adding`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ValidationError

from pipelines.home import Home
from pipelines.work.adding import Added, Given, add_sources
from pipelines.work.waiting import Announced
from sources.bytes.archive import write_atomic
from sources.bytes.fetch import FetchedPage, fetch_page
from sources.declared.portals import WatchedPage
from sources.portals.robots import Robots
from sources.portals.walk import Listing, Pace, walk
from warehouse.schema.watched import WATCHED_DOCUMENT

Status = Literal["listed", "present", "waiting", "refused", "unlisted", "vanished", "discarded"]
_GONE = (404, 410)
_REST = 7  # days
_SETTLED: dict[str, Status] = {
    "added": "present", "new_version": "present", "duplicate": "present", "waiting": "waiting", "set_aside": "discarded",
}  # fmt: skip


class WatchedLink(BaseModel):
    """What is known of one link. `missing_nights` counts the nights on which its address answered that it is not there."""

    text: str = ""
    status: Status = "listed"
    document_id: str | None = None
    sha256: str | None = None
    first_seen_on: date
    last_listed_on: date
    last_seen_on: date | None = None
    changed_on: date | None = None
    asked_on: date | None = None
    missing_nights: int = 0
    note: str | None = None


class Journal(BaseModel):
    """What is known of a watched page. `remarks` are those of the last night: what of it could not be seen or followed."""

    links: dict[str, WatchedLink] = {}
    remarks: list[str] = []
    seen_on: date | None = None


class Watched(BaseModel):
    """What a night found on one page: addresses by what happened to them."""

    portal_id: str
    listed: int
    events: dict[str, list[str]]
    remarks: list[str]


def watch(home: Home, today: date, sleep: Callable[[float], None] = time.sleep) -> Iterator[Watched | Added]:
    """Looks at every active page, one after the other; yields what became of each document, and then what the page said."""
    for page in home.portals().values():
        if page.active:
            yield from _watch_page(home, page, today, sleep)


def watched_addresses(home: Home) -> set[str]:
    """The addresses that the active pages ask for by themselves."""
    active = (page for page in home.portals().values() if page.active)
    return {address for page in active for address in read_journal(home, page.id).links}


def read_journal(home: Home, portal_id: str) -> Journal:
    """What is known of a page; nothing where it was never seen, or its file is not legible: then all is new again."""
    with suppress(FileNotFoundError, ValidationError):
        return Journal.model_validate_json((home.watched / f"{portal_id}.json").read_bytes())
    return Journal()


def watched_documents(home: Home) -> pd.DataFrame:
    """As `out.watched_document`: the links of the pages that are watched now."""
    rows = [
        {
            "portal_id": page.id, "address": address, "label": link.text or None, "government_id": page.government,
            "document_id": link.document_id if link.document_id in documents else None, "status": link.status,
            "first_seen_on": link.first_seen_on, "changed_on": link.changed_on,
            "last_seen_on": link.last_seen_on if link.status in ("vanished", "unlisted") else None,
        }
        for documents in [home.catalogue().documents]
        for page in home.portals().values() if page.active
        for address, link in sorted(read_journal(home, page.id).links.items())
    ]  # fmt: skip
    return WATCHED_DOCUMENT.frame(rows)


def _watch_page(
    home: Home, page: WatchedPage, today: date, sleep: Callable[[float], None]
) -> Iterator[Watched | Added]:
    def visit(address: str) -> FetchedPage:
        return fetch_page(address, home.limits)

    robots = Robots(visit)
    pace = Pace(robots, page.delay, sleep)
    listing = walk(page, visit, robots, pace)
    journal = read_journal(home, page.id)
    before = {address: link.model_copy() for address, link in journal.links.items()}
    _settle(home, journal)
    _enter(journal, listing, today)
    _keep(home, page.id, journal)  # whatever happens later, a link that was seen was seen today

    def paced() -> Iterator[str]:
        for address in _due(journal, page.most, today):
            if robots.may_visit(address):
                pace.wait(address)
                yield address
            else:
                journal.links[address].note = "robots.txt"
                journal.links[address].asked_on = today

    for added in add_sources(home, paced(), Given(announced=Announced(page))):
        _note(journal.links[added.source], added, page, today)
        yield added
    _keep(home, page.id, journal)
    yield Watched(
        portal_id=page.id, listed=len(listing.documents), events=_events(before, journal.links), remarks=listing.remarks
    )


def _settle(home: Home, journal: Journal) -> None:
    """Takes over what people decided since: what waited is in the catalogue, or is not to be published."""
    documents, aside = home.catalogue().documents, home.set_aside()
    by_hash = {entry.sha256: name for name, entry in documents.items()}
    for link in journal.links.values():
        item = aside.get(link.document_id or "")
        if link.sha256 in by_hash:
            link.document_id = by_hash[link.sha256]
            if link.status in ("waiting", "discarded"):
                link.status = "present"
        elif item is not None:
            link.status = "waiting" if item.reason == "waiting" else "discarded"


def _enter(journal: Journal, listing: Listing, today: date) -> None:
    """What the page lists now; from a list that was seen whole, what is not on it is missing."""
    journal.remarks, journal.seen_on = listing.remarks, today
    for address, text in listing.documents.items():
        link = journal.links.setdefault(address, WatchedLink(first_seen_on=today, last_listed_on=today))
        link.text, link.last_listed_on = text, today
        if link.status == "unlisted":
            link.status = "present" if link.document_id else "listed"
    for address, link in journal.links.items():
        if listing.complete and address not in listing.documents and link.status in ("listed", "present", "refused"):
            link.status, link.last_seen_on = "unlisted", link.last_listed_on


def _due(journal: Journal, most: int, today: date) -> list[str]:
    """The addresses to ask for tonight: those never asked for, then those asked for longest ago."""
    links = [(address, link) for address, link in journal.links.items() if _is_due(link, today)]
    links.sort(key=lambda item: (item[1].asked_on or date.min, item[1].first_seen_on))
    return [address for address, _ in links[:most]]


def _is_due(link: WatchedLink, today: date) -> bool:
    """Every night; once a week where a person decides, or it gave no document: it may give another one by now."""
    if link.asked_on is None:
        return True
    return (today - link.asked_on).days >= (_REST if link.status in ("waiting", "discarded", "refused") else 1)


def _note(link: WatchedLink, added: Added, page: WatchedPage, today: date) -> None:
    """What became of an address tonight."""
    link.asked_on, link.note = today, None
    if added.outcome == "refused":
        _refused(link, added, page)
        return
    if link.sha256 and added.sha256 != link.sha256:
        link.changed_on = today
    unlisted = link.status == "unlisted"
    link.status = _SETTLED.get(added.outcome, "refused")
    link.missing_nights, link.last_seen_on = 0, today if not unlisted else link.last_seen_on
    link.document_id, link.sha256 = added.document_id or link.document_id, added.sha256 or link.sha256
    if unlisted and link.status == "present":
        link.status = "unlisted"


def _refused(link: WatchedLink, added: Added, page: WatchedPage) -> None:
    link.note = added.told.es
    if added.status in _GONE:
        link.missing_nights += 1
        if link.missing_nights >= page.gone_after:
            link.status = "vanished"
            link.last_seen_on = link.last_seen_on or link.first_seen_on
    elif link.document_id is None:
        link.status = "refused"  # a portal that fails tonight takes nothing back of what it gave before


def _events(before: dict[str, WatchedLink], after: dict[str, WatchedLink]) -> dict[str, list[str]]:
    """What happened since: by `appeared`, `changed`, `vanished`, `unlisted` and `waiting`, the addresses."""
    events: dict[str, list[str]] = {}
    for address, link in after.items():
        old = before.get(address)
        if old is None:
            events.setdefault("appeared", []).append(address)
        elif link.changed_on != old.changed_on:
            events.setdefault("changed", []).append(address)
        if link.status in ("vanished", "unlisted", "waiting") and (old is None or old.status != link.status):
            events.setdefault(link.status, []).append(address)
    return events


def _keep(home: Home, portal_id: str, journal: Journal) -> None:
    write_atomic(home.watched / f"{portal_id}.json", journal.model_dump_json(indent=1, exclude_none=True).encode())
