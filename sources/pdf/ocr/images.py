"""The images of many pages, read at the same time, and kept so that no page is recognised twice. Where: see `kept`."""

import dataclasses
import json
import logging
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pypdfium2 as pdfium

from sources.pdf.ocr.image import render
from sources.pdf.ocr.kept import KeptPages
from sources.pdf.ocr.reader import RecognisedPage, recognise
from sources.pdf.page.rulings import Ruling, Rulings
from sources.pdf.page.words import PageText, Word

_LOG = logging.getLogger(__name__)


def read_images(
    pdf: pdfium.PdfDocument, numbers: list[int], kept: KeptPages, title: str
) -> Iterator[tuple[int, RecognisedPage | Exception]]:
    """What is read on each of the pages (numbered from 1), in order, or why it could not be."""
    ahead = os.cpu_count() or 1
    with ThreadPoolExecutor(ahead) as pool:
        waiting: deque[tuple[int, Future[RecognisedPage] | RecognisedPage]] = deque()
        for done, number in enumerate(numbers, 1):
            page = _as_kept(kept.get(number))
            if page is None:
                _LOG.info("%s: OCR de la página %d (%d de %d)", title, number, done, len(numbers))
            # PDFium draws in this thread only; what it drew is read in the others.
            waiting.append((number, page or pool.submit(recognise, render(pdf[number - 1]))))
            if len(waiting) > ahead:
                yield _finished(*waiting.popleft(), kept)
        while waiting:
            yield _finished(*waiting.popleft(), kept)


def _finished(
    number: int, page: "Future[RecognisedPage] | RecognisedPage", kept: KeptPages
) -> tuple[int, RecognisedPage | Exception]:
    if isinstance(page, RecognisedPage):
        return number, page
    error = page.exception()
    if error is None:
        kept.put(number, json.dumps(dataclasses.asdict(page.result()), ensure_ascii=False).encode())
        return number, page.result()
    if not isinstance(error, Exception):
        raise error
    return number, error


def _as_kept(page: bytes | None) -> RecognisedPage | None:
    if page is None:
        return None
    kept = json.loads(page)
    text, rulings = kept["text"], kept["rulings"]
    for name in ("words", "sideways", "hidden"):
        text[name] = [Word(**word) for word in text[name]]
    for name in ("across", "down"):
        rulings[name] = [Ruling(**rule) for rule in rulings[name]]
    return RecognisedPage(PageText(**text), Rulings(**rulings), kept["readers"])
