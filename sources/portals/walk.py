"""The walk through a watched page: its frames, the rest of its list, and pages below it, at most two deep.

Politely: only pages of the same host, one after the other with a pause, none that robots.txt excludes, and no more than the
entry allows. What was not followed is said. Nothing is fetched here but pages.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from sources.bytes.fetch import FetchedPage
from sources.declared.portals import WatchedPage
from sources.errors import SourceError
from sources.portals.links import Link, links_of
from sources.portals.robots import Robots
from warehouse.schema.personal import has_personal

DOCUMENT_SUFFIXES = frozenset(
    {".pdf", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".zip", ".rar", ".7z", ".doc", ".docx"}
)
_SCRIPTED_SHOWN = 3


@dataclass
class Listing:
    """The documents that a page lists, by address, with the text of their links; and what was not followed, in sentences.

    `complete` is false where a part of the list could not be seen: nothing is missing from such a list.
    """

    documents: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    scripted: list[str] = field(default_factory=list)
    pages: int = 0
    complete: bool = True


class Pace:
    """The pause between two visits of one host."""

    def __init__(self, robots: Robots, least: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._robots, self._least, self._sleep = robots, least, sleep
        self._next: dict[str, float] = {}

    def wait(self, address: str) -> None:
        """Returns when the host may be visited again."""
        host, now = urlsplit(address).netloc, time.monotonic()
        self._sleep(max(0.0, self._next.get(host, now) - now))
        self._next[host] = time.monotonic() + self._robots.delay(address, self._least)


def walk(page: WatchedPage, visit: Callable[[str], FetchedPage], robots: Robots, pace: Pace) -> Listing:
    """What the page lists now. Never raises for what a portal does: it is said in `remarks`."""
    return _Walk(page, visit, robots, pace).run()


class _Walk:
    def __init__(self, page: WatchedPage, visit: Callable[[str], FetchedPage], robots: Robots, pace: Pace) -> None:
        self.page, self.visit, self.robots, self.pace = page, visit, robots, pace
        self.listing = Listing()
        self.host = urlsplit(page.address).hostname
        self.seen: set[str] = set()
        self.waiting: deque[tuple[str, int]] = deque()

    def run(self) -> Listing:
        self._ask(self.page.address, 0)
        while self.waiting:
            if self.listing.pages >= self.page.pages:
                self._miss(f"{len(self.waiting)} pages more than {self.page.pages}, the most of a night")
                break
            self._read(*self.waiting.popleft())
        if self.listing.scripted:
            shown = "; ".join(f"«{text}»" for text in dict.fromkeys(self.listing.scripted[:_SCRIPTED_SHOWN]))
            self.listing.remarks.append(
                f"{len(self.listing.scripted)} links work by script only and were not followed: {shown}"
            )
        return self.listing

    def _ask(self, address: str, depth: int) -> None:
        if address not in self.seen:
            self.seen.add(address)
            self.waiting.append((address, depth))

    def _read(self, address: str, depth: int) -> None:
        self.listing.pages += 1
        if not self.robots.may_visit(address):
            self._miss(f"{address}: robots.txt excludes it, or could not be asked for")
            return
        self.pace.wait(address)
        try:
            got = self.visit(address)
        except SourceError as error:
            self._miss(error.told().en)
            return
        page_links = links_of(got.body, got.url, got.content_type, self.page.next, self.page.json_path)
        self.listing.scripted += [text for text in page_links.scripted if not has_personal(text)]
        for link in page_links.links:
            self._follow(link, depth)

    def _follow(self, link: Link, depth: int) -> None:
        of_host = urlsplit(link.address).hostname == self.host
        if link.kind in ("frame", "next", "page"):
            if of_host:
                self._ask(link.address, depth)
            elif link.kind != "frame":
                self._miss(f"{link.address}: of another host")
        elif has_personal(unquote(link.address)):
            self._miss("a link whose address carries data of a person was not taken")
        elif self._is_document(link):
            self.listing.documents.setdefault(link.address, "" if has_personal(link.text) else link.text)
        elif of_host and depth < self.page.depth and _suffix(link.address) not in DOCUMENT_SUFFIXES:
            self._ask(link.address, depth + 1)

    def _is_document(self, link: Link) -> bool:
        take = self.page.take
        if take.by_address(link.address):
            return True
        named = _suffix(link.address) in DOCUMENT_SUFFIXES or self.page.json_path is not None
        return named and (take.by_text(link.text) if take.text else not take.address)

    def _miss(self, sentence: str) -> None:
        self.listing.complete = False
        self.listing.remarks.append(sentence)


def _suffix(address: str) -> str:
    return PurePosixPath(urlsplit(address).path).suffix.lower()
