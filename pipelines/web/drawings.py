"""What is drawn for the web: each picture once, and one at a time, for PDFium does not work in two threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

_KEPT = 256  # some 40 KB each
_PATIENCE = 20  # seconds that a request waits for those before it


class BusyError(Exception):
    """Others are having pictures drawn; ask again."""


class Drawings:
    """The pictures that were asked for last, by edition and name."""

    def __init__(self) -> None:
        self._drawing = threading.Lock()
        self._kept: OrderedDict[tuple[Path, str], bytes] = OrderedDict()

    def of(self, edition: Path, name: str, draw: Callable[[], bytes]) -> bytes:
        """The picture of that name, drawn where it is not kept. Raises BusyError after a while, and what `draw` raises."""
        if not self._drawing.acquire(timeout=_PATIENCE):
            raise BusyError
        try:
            key = edition, name
            if key not in self._kept:
                self._kept[key] = draw()
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]
        finally:
            self._drawing.release()
