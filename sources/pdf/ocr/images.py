"""The images of many pages, read at the same time, and kept so that no page is recognised twice.

A page takes seconds. What was read of it is kept in a folder by the hash of the document, the page and the fingerprint
of the reader: a reading that is stopped goes on where it was, and unchanged code reads nothing again.
"""

import dataclasses
import hashlib
import json
import logging
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium

from sources.pdf import ocr
from sources.pdf.ocr.image import render
from sources.pdf.ocr.reader import RecognisedPage, recognise
from sources.pdf.page.rulings import Ruling, Rulings
from sources.pdf.page.words import PageText, Word

_LOG = logging.getLogger(__name__)


def read_images(
    pdf: pdfium.PdfDocument, data: bytes, numbers: list[int], folder: Path, title: str
) -> Iterator[tuple[int, RecognisedPage | Exception]]:
    """What is read on each of the pages (numbered from 1), in order, or why it could not be."""
    kept = _Kept(folder / hashlib.sha256(data).hexdigest()[:32])
    ahead = os.cpu_count() or 1
    with ThreadPoolExecutor(ahead) as pool:
        waiting: deque[tuple[int, Future[RecognisedPage] | RecognisedPage]] = deque()
        for done, number in enumerate(numbers, 1):
            page = kept.get(number)
            if page is None:
                _LOG.info("%s: OCR de la página %d (%d de %d)", title, number, done, len(numbers))
            # PDFium draws in this thread only; what it drew is read in the others.
            waiting.append((number, page or pool.submit(recognise, render(pdf[number - 1]))))
            if len(waiting) > ahead:
                yield _finished(*waiting.popleft(), kept)
        while waiting:
            yield _finished(*waiting.popleft(), kept)


def _finished(
    number: int, page: "Future[RecognisedPage] | RecognisedPage", kept: "_Kept"
) -> tuple[int, RecognisedPage | Exception]:
    if isinstance(page, RecognisedPage):
        return number, page
    error = page.exception()
    if error is None:
        kept.put(number, page.result())
        return number, page.result()
    if not isinstance(error, Exception):
        raise error
    return number, error


class _Kept:
    """The pages of one document that were read before, as JSON files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / ocr.fingerprint()

    def get(self, number: int) -> RecognisedPage | None:
        path = self._folder / f"{number}.json"
        if not path.exists():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        text, rulings = kept["text"], kept["rulings"]
        for name in ("words", "sideways", "hidden"):
            text[name] = [Word(**word) for word in text[name]]
        for name in ("across", "down"):
            rulings[name] = [Ruling(**rule) for rule in rulings[name]]
        return RecognisedPage(PageText(**text), Rulings(**rulings), kept["readers"])

    def put(self, number: int, page: RecognisedPage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{number}.json"
        half = path.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(dataclasses.asdict(page), ensure_ascii=False), encoding="utf-8")
        half.replace(path)
