"""The edition that is served: the newest published one, opened once and asked by many at a time.

An edition that is published while the server runs is served from the next request on.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pipelines.home import Home
from warehouse.ask.query import Ask, asking
from warehouse.release.folder import Release


class ServedEditions:
    """The newest edition of a home, open. For many threads; `close` lets go of the file."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._open: tuple[Release, Ask] | None = None
        self._closing = ExitStack()

    @contextmanager
    def current(self) -> Iterator[tuple[Release, Ask]]:
        """The newest edition and a connection of one's own to it. Raises WarehouseError when nothing was published."""
        release = self.home.published()
        with ExitStack() as asking_apart:
            with self._lock:
                edition, ask = self._newest(release)
                apart = asking_apart.enter_context(ask.apart())
            yield edition, apart

    def _newest(self, release: Release) -> tuple[Release, Ask]:
        if self._open is None or self._open[0].folder != release.folder:
            opened = ExitStack()
            self._open = release, opened.enter_context(asking(release.database))
            # Whoever is still asking the older file has a connection of its own, which outlives this one.
            self._closing.close()
            self._closing = opened
        return self._open

    def close(self) -> None:
        """Closes the file that is open."""
        with self._lock:
            self._open = None
            self._closing.close()


def edition_tag(release: Release) -> str:
    """The ETag of everything that an edition answers: its number, its content and the code that wrote it."""
    parts = (f"{release.number:04d}", release.manifest["content"], release.manifest["code_version"])
    return f'W/"{"-".join(re.sub(r"[^0-9A-Za-z.]+", "", str(part))[:24] for part in parts)}"'
