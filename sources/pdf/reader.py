"""The reading of one PDF: pages in, frames of `warehouse.schema.raw` out.

Each page is loaded once and closed; what is kept of it are its words and its blocks. The order is: words and rules of
every page, furniture over all pages, blocks per page, tables over pages, the accounting, the frames.
"""

import io
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from sources.errors import SourceError
from sources.pdf.block import Block
from sources.pdf.frames import Frames
from sources.pdf.furniture import repeated
from sources.pdf.joining import join
from sources.pdf.quality import page_kind
from sources.pdf.rulings import Rulings, painted, rulings
from sources.pdf.tables import page_blocks
from sources.pdf.words import Box, PageText, page_text
from sources.reading import Document, Reading


@dataclass(eq=False)
class Page:
    """What is kept of a page after it is closed."""

    number: int
    text: PageText
    found: Rulings | None
    kind: str | None = None  # None while it may hold tables
    message: str | None = None
    blocks: list[Block] = field(default_factory=list)


def read_pdf(document: Document) -> Reading:
    """Read a PDF with a text layer. Raises SourceError when nothing of it can be read."""
    pages = _load(document)
    _refuse_unreadable(document, pages)
    wanted, warnings = _wanted(document, len(pages))
    readable = [page for page in pages if page.kind is None]
    furniture: set[int] = set()
    for mine in repeated([(page.text.height, page.text.words) for page in readable]):
        furniture |= mine
    for page in readable:
        if page.number in wanted:
            try:
                page.blocks = page_blocks(page.number, page.text.words, page.found or Rulings([], []), furniture)
            except (ArithmeticError, LookupError, ValueError) as error:
                # A defect on one page must not lose the others; the page says what happened.
                page.kind, page.message = "failed", f"The layout could not be read: {type(error).__name__}: {error}"
        page.found = None
    tables = join([block for page in pages for block in page.blocks], furniture)
    frames = Frames(document.document_id, pages, furniture)
    for table in tables:
        frames.add_table(table)
    for page in pages:
        frames.add_page(page)
    warnings += _apply_headers(document, frames)
    return frames.reading(tuple(warnings))


def _load(document: Document) -> list[Page]:
    data = document.path.read_bytes()
    if not data.strip():
        raise SourceError("empty_file", document.title, "a PDF", "no bytes", "Download it again.")
    try:
        pdf = pdfium.PdfDocument(io.BytesIO(data))
    except pdfium.PdfiumError as error:
        raise _not_opened(document, error) from error
    try:
        if not len(pdf):
            raise SourceError("corrupt", document.title, "pages", "none", "Download it again.")
        return [_load_page(pdf, index) for index in range(len(pdf))]
    finally:
        pdf.close()


def _not_opened(document: Document, error: Exception) -> SourceError:
    if "password" in str(error).lower():
        return SourceError(
            "encrypted",
            document.title,
            "a PDF that opens without a password",
            "an encrypted one",
            "Ask the publisher for an open copy, or save it without its password.",
        )
    return SourceError(
        "corrupt",
        document.title,
        "a complete PDF",
        f"damaged bytes ({error})",
        "Download it again, or ask for another copy.",
    )


def _load_page(pdf: pdfium.PdfDocument, index: int) -> Page:
    try:
        page = pdf[index]
    except pdfium.PdfiumError as error:
        return Page(index + 1, PageText(0.0, 0.0, []), None, "failed", f"The page cannot be opened: {error}")
    try:
        text = page_text(page)
        reading = (page.get_rotation() // 90 - text.turn) % 4
        found = rulings(page, reading)
        if any(word.faint for word in text.words):
            _hide(text, painted(page, reading))
    except pdfium.PdfiumError as error:
        return Page(
            index + 1,
            PageText(page.get_width(), page.get_height(), []),
            None,
            "failed",
            f"The text cannot be loaded: {error}",
        )
    finally:
        page.close()
    kind = page_kind(text.words, found.image_share)
    return Page(index + 1, text, found, kind, _MESSAGES.get(kind or ""))


def _hide(text: PageText, boxes: list[Box]) -> None:
    """Set apart the white words under which nothing is painted: codes that a spreadsheet hides in white."""
    text.hidden = [
        w
        for w in text.words
        if w.faint and not any(b[0] <= w.middle <= b[2] and b[1] <= (w.top + w.bottom) / 2 <= b[3] for b in boxes)
    ]
    gone = {id(w) for w in text.hidden}
    text.words = [w for w in text.words if id(w) not in gone]


_MESSAGES = {
    "image": "The page is an image: it needs OCR.",
    "garbled": "The text layer is broken (its letters are not what is printed): it needs OCR.",
}


def _refuse_unreadable(document: Document, pages: list[Page]) -> None:
    if any(page.kind is None for page in pages):
        return
    kinds = {page.kind for page in pages}
    count = f"{len(pages)} page{'s' if len(pages) != 1 else ''}"
    if "garbled" in kinds:
        raise SourceError(
            "garbled_text",
            document.title,
            "a text layer",
            f"{count} whose text layer is broken",
            "Read it by OCR, or ask for the original file.",
        )
    if "image" in kinds or kinds == {"blank"}:
        raise SourceError(
            "no_text",
            document.title,
            "a text layer",
            f"{count} without text",
            "Read it by OCR, or ask for the original file.",
        )
    raise SourceError(
        "corrupt", document.title, "readable pages", f"{count} that fail", "Download it again, or ask for another copy."
    )


def _wanted(document: Document, count: int) -> tuple[set[int], list[str]]:
    """The pages to look for tables on; a hint that names pages the document lacks is reported."""
    if document.hints.pages is None:
        return set(range(1, count + 1)), []
    wanted: set[int] = set()
    for part in document.hints.pages.split(","):
        first, _, last = part.partition("-")
        wanted |= set(range(int(first), int(last or first) + 1))
    beyond = sorted(page for page in wanted if not 1 <= page <= count)
    warnings = (
        [f"Hint pages={document.hints.pages}: the document has {count} pages, so {beyond[0]} is not one of them."]
        if beyond
        else []
    )
    return wanted, warnings


def _apply_headers(document: Document, frames: Frames) -> list[str]:
    """Headers named by a hint replace those read, in every table with as many columns."""
    names = document.hints.headers
    if names is None:
        return []
    if not frames.rename(names):
        return [f"Hint headers: no table has {len(names)} amount columns."]
    return []
