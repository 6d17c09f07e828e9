"""robots.txt: what a portal asks programs not to visit, and how long it asks them to wait. Obeyed, not interpreted."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from sources.bytes.fetch import AnswerError, FetchedPage
from sources.errors import SourceError

AGENT = "peso-a-peso"
_LONGEST_DELAY = 120.0
_NOTHING = ("User-agent: *", "Disallow: /")


class Robots:
    """What each host asks, looked up once. `visit` fetches a page, as `sources.bytes.fetch.fetch_page`."""

    def __init__(self, visit: Callable[[str], FetchedPage]) -> None:
        self._visit = visit
        self._hosts: dict[str, RobotFileParser] = {}

    def may_visit(self, address: str) -> bool:
        """Whether the host lets programs visit the address. A host whose file cannot be asked for is left alone tonight."""
        return self._of(address).can_fetch(AGENT, address)

    def delay(self, address: str, least: float) -> float:
        """Seconds between two visits of the host: what it asks for, up to two minutes, and no less than `least`."""
        asked = self._of(address).crawl_delay(AGENT)
        return max(least, min(float(asked or 0), _LONGEST_DELAY))

    def _of(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._hosts:
            self._hosts[host] = self._read(f"{host}/robots.txt")
        return self._hosts[host]

    def _read(self, address: str) -> RobotFileParser:
        parser = RobotFileParser(address)
        parser.modified()  # without a date it refuses everything
        try:
            parser.parse(self._visit(address).body.decode("utf-8", errors="replace").splitlines())
        except AnswerError as error:
            if error.status in (401, 403):  # RFC 9309: of the others that are no file, nothing is asked
                parser.parse(_NOTHING)
        except SourceError:
            parser.parse(_NOTHING)
        return parser
