"""The pages of a PDF: each loaded once and closed, with its words, its rules and its quality.

The words come from PDFium; where it fails on a page, or the page's text makes no sense, from pdfplumber; where there is
no text, from OCR if the document is given a folder for it. What the words make is for `sources.pdf.table`.
"""

import gc
import io
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from sources.errors import SourceError
from sources.pdf import ocr
from sources.pdf.page.furniture import page_number
from sources.pdf.page.glyphs import GlyphKey
from sources.pdf.page.lines import Line, lines_of
from sources.pdf.page.plumber import plumber_text
from sources.pdf.page.quality import is_spoken, page_kind
from sources.pdf.page.rulings import Rulings, painted, rulings_of
from sources.pdf.page.words import Box, PageText, Word, page_text
from sources.pdf.settings import QUALITY
from sources.raw.collector import collector_paused
from sources.raw.reading import Document

_MESSAGES = {
    "image": f"La página es una imagen sin texto: {ocr.INSTALL}.",
    "garbled": f"La capa de texto está dañada (sus letras no son las impresas): {ocr.INSTALL}.",
}
_PICTURE = "Tiene una imagen grande sin texto: lo que diga no se leyó."
_ADVICE = "Instale el OCR con `make setup EXTRAS=ocr` y vuelva a ejecutar `make run`, o pida el archivo original."


@dataclass(eq=False)
class Page:
    """What is kept of a page after it is closed. `kind` is None while it may hold tables."""

    number: int
    text: PageText
    rulings: Rulings
    kind: str | None = None
    message: str | None = None
    recognised: bool = False  # by OCR
    pictured: bool = False  # by a large picture without text beside its text

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of all its words, tables or not, from the top."""
        return lines_of(self.text.words)

    @cached_property
    def numbered(self) -> tuple[str | None, list[Word]]:
        """The printed page number and the words it is made of."""
        return page_number(self.lines, self.text.height)


def load_pages(document: Document) -> list[Page]:
    """All pages of a document. Raises SourceError when it cannot be opened, or no page of it can be read."""
    data = document.path.read_bytes()
    if not data.strip():
        raise SourceError("empty_file", document.title, "a PDF", "no bytes", "Download it again.")
    try:
        pdf = pdfium.PdfDocument(io.BytesIO(data))
    except pdfium.PdfiumError as error:
        raise _not_opened(document, error) from error
    try:
        with collector_paused():
            pages = [_load(pdf, data, index) for index in range(len(pdf))]
        _second_reading(data, pages)
        if document.ocr is not None:
            _recognise(pdf, data, pages, document.ocr, document.title)
    finally:
        pdf.close()
    _tell_pictures(pages)
    _refuse_unreadable(document, pages)
    return pages


def _not_opened(document: Document, error: Exception) -> SourceError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        expected, found = "a PDF that opens without a password", "an encrypted one"
        return SourceError(
            "encrypted", document.title, expected, found, "Ask for an open copy, or save it without its password."
        )
    advice = "Download it again, or ask for another copy."
    return SourceError("corrupt", document.title, "a complete PDF", f"damaged bytes ({error})", advice)


def _load(pdf: pdfium.PdfDocument, data: bytes, index: int, key: GlyphKey | None = None) -> Page:
    try:
        page = pdf[index]
    except pdfium.PdfiumError as error:
        return _by_plumber(data, index) or _failed(index, f"The page cannot be opened: {error}")
    try:
        text = page_text(page, key)
        reading = (page.get_rotation() // 90 - text.turn) % 4
        rulings = rulings_of(page, reading)
        if any(word.faint for word in text.words):
            _hide(text, painted(page, reading))
    except pdfium.PdfiumError as error:
        return _by_plumber(data, index) or _failed(index, f"The text cannot be loaded: {error}")
    finally:
        page.close()
    kind = page_kind(text, rulings.image_share)
    return Page(index + 1, text, rulings, kind, _MESSAGES.get(kind or ""))


def _failed(index: int, message: str) -> Page:
    return Page(index + 1, PageText(0.0, 0.0, []), Rulings([], []), "failed", message)


def _by_plumber(data: bytes, index: int) -> Page | None:
    """The page by the second word source, if that makes sense of it."""
    try:
        text = plumber_text(data, index)
    except (PdfminerException, MalformedPDFException, IndexError):
        return None
    finally:
        gc.collect()
    readable = bool(text.words) and page_kind(text, 0.0) is None
    return Page(index + 1, text, Rulings([], []), None, "Read by the second text reader.") if readable else None


def _second_reading(data: bytes, pages: list[Page]) -> None:
    """Garbled pages are tried with pdfplumber: the first one decides whether it is worth while."""
    for page in [page for page in pages if page.kind == "garbled"]:
        again = _by_plumber(data, page.number - 1)
        if again is None:
            return
        again.rulings = page.rulings
        pages[page.number - 1] = again


def _recognise(pdf: pdfium.PdfDocument, data: bytes, pages: list[Page], folder: Path, title: str) -> None:
    """Pages without a text that makes sense are deciphered, or read from their image."""
    garbled = [page.number for page in pages if page.kind == "garbled"]
    if garbled:
        _decipher(pdf, data, pages, garbled, folder, title)
    wanted = [page.number for page in pages if page.kind in _MESSAGES]
    if not wanted:
        return
    from sources.pdf.ocr.images import read_images  # what it imports is an extra

    for number, seen in read_images(pdf, data, wanted, folder, title):
        page = pages[number - 1]
        if isinstance(seen, Exception):
            page.message = f"El OCR falló: {type(seen).__name__}: {seen}"
        elif seen.text.words:
            kind = page.kind
            pages[number - 1] = Page(
                number, seen.text, seen.rulings, None, f"Leída por OCR: {seen.readers}.", recognised=True
            )
            if kind == "garbled" and page.rulings.across and not (seen.text.turn or seen.text.skew):
                pages[number - 1].rulings = page.rulings  # drawn, and not seen
        else:
            page.kind, page.message = "blank", "El OCR no halló texto en la imagen."


def _decipher(
    pdf: pdfium.PdfDocument, data: bytes, pages: list[Page], garbled: list[int], folder: Path, title: str
) -> None:
    """Pages whose fonts are mapped wrongly are read by what OCR made of their signs on some of them, where that gives
    words: every letter stands where it is printed, and none was looked at twice.
    """
    from sources.pdf.ocr.cipher import learnt  # what it imports is an extra

    key, read = learnt(pdf, data, garbled, folder, title)
    for number in garbled:
        page = _load(pdf, data, number - 1, key)
        if page.kind is None and is_spoken(page.text.words):
            page.message = f"Capa de texto dañada, descifrada con lo que el OCR leyó en {len(read)} de sus páginas."
            pages[number - 1] = page


def _tell_pictures(pages: list[Page]) -> None:
    """Pages with text that bear a large picture without any: it may be a table. The paper's own, on page after page, is
    none.
    """
    readable = [page for page in pages if page.kind is None and not page.recognised]
    places = Counter(box for page in readable for box in {_rounded(image) for image in page.rulings.images})
    for page in readable:
        least = QUALITY.large_picture * page.text.width * page.text.height
        large = (box for box in page.rulings.images if (box[2] - box[0]) * (box[3] - box[1]) >= least)
        if any(places[_rounded(box)] < QUALITY.paper and not _inside(box, page.text.words) for box in large):
            page.pictured, page.message = True, " ".join(filter(None, (page.message, _PICTURE)))


def _rounded(box: Box) -> Box:
    return round(box[0]), round(box[1]), round(box[2]), round(box[3])


def _inside(box: Box, words: list[Word]) -> bool:
    return any(box[0] <= w.middle <= box[2] and box[1] <= (w.top + w.bottom) / 2 <= box[3] for w in words)


def _hide(text: PageText, boxes: list[Box]) -> None:
    """Set apart the white words under which nothing is painted: codes that a spreadsheet hides in white."""
    text.hidden = [w for w in text.words if w.faint and not any(_inside(box, [w]) for box in boxes)]
    gone = set(text.hidden)
    text.words = [w for w in text.words if w not in gone]


def _refuse_unreadable(document: Document, pages: list[Page]) -> None:
    if any(page.kind is None for page in pages):
        return
    kinds = {page.kind for page in pages}
    count = f"{len(pages)} page{'s' if len(pages) != 1 else ''}"
    if "garbled" in kinds:
        code, expected, found = "garbled_text", "a text layer", f"{count} whose text layer is broken"
    elif "image" in kinds or kinds <= {"blank"}:
        code, expected, found = "no_text", "a text layer", f"{count} without text"
    else:
        raise SourceError("corrupt", document.title, "readable pages", f"{count} that fail", "Ask for another copy.")
    raise SourceError(code, document.title, expected, found, _ADVICE)
