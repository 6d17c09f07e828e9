"""Where the pages that OCR has read are kept: by the hash of the document, the fingerprint of the reader, and the page.

A page takes seconds: a reading that is stopped goes on where it was, and unchanged code reads nothing again. A reader that
may write nothing hands its pages out, and whoever started it writes them. What is in them is for `images`.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sources.pdf import ocr


@dataclass(frozen=True)
class KeptPages:
    """The pages of one document, as JSON. `hand_out` takes a page's number and JSON in place of its file."""

    folder: Path
    hand_out: Callable[[int, bytes], None] | None = None

    @classmethod
    def of(cls, folder: Path, data: bytes, hand_out: Callable[[int, bytes], None] | None = None) -> "KeptPages":
        """Those of the document with these bytes, below the folder of all."""
        return cls(folder / hashlib.sha256(data).hexdigest()[:32] / ocr.fingerprint(), hand_out)

    def get(self, number: int) -> bytes | None:
        """A page, None where it was not read."""
        try:
            return self._path(number).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, number: int, page: bytes) -> None:
        """Keeps a page, or hands it out."""
        (self.hand_out or self.write)(number, page)

    def write(self, number: int, page: bytes) -> None:
        """Writes a page, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self._path(number).with_suffix(f".{os.getpid()}")
        half.write_bytes(page)
        half.replace(self._path(number))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.json"
