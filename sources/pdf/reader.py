"""The reading of one PDF: pages in, frames of `warehouse.schema.raw` out.

The order is: words and rules of every page, furniture over all pages, blocks per page, tables over pages, and all of it
handed to the builder of raw tables.
"""

from collections.abc import Iterator, Mapping

from sources.pdf.aligned import aligned_sheets
from sources.pdf.cells import WordsAt, ruled_sheets
from sources.pdf.load import Page, load
from sources.pdf.page.furniture import repeated
from sources.pdf.page.words import Word
from sources.pdf.personal import personal_cell_reasons, personal_reasons, withhold
from sources.pdf.raw_tables import Handover
from sources.pdf.table.block import TableBlock
from sources.pdf.table.joining import join
from sources.pdf.table.money_headers import MoneyHeaders
from sources.pdf.table.page_tables import page_blocks
from sources.pdf.table.upright import name_by_sideways
from sources.pdf.word_reasons import given_reasons
from sources.raw.cells import PrintedSheet
from sources.raw.collector import collector_paused
from sources.raw.reading import Document, Reading
from warehouse.schema.vocabulary import Term

_LEAST_EDGES = 5  # of a ruled table that may be a register


def read_pdf(document: Document) -> Reading:
    """Read a PDF with a text layer. Raises SourceError when nothing of it can be read."""
    return OpenedPdf(document).read()


class OpenedPdf:
    """The pages of a PDF, loaded once: first looked at for a register, then read as one or as a budget. Raises SourceError as `load`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages, self._remarks = load(document)
        self._words_at: WordsAt = {}

    @property
    def scanned(self) -> set[str]:
        """The pages that OCR read."""
        return {str(page.number) for page in self._pages if page.recognised}

    def read(self) -> Reading:
        """Its tables of amounts."""
        with collector_paused():
            return _read(self._document, self._pages, self._remarks)

    def printed_sheets(self, first: int | None = None) -> Iterator[PrintedSheet]:
        """The tables of its pages, of the first so many, cell by cell: those that rules enclose, and those of pages without rules."""
        wanted, _ = _wanted(self._document, len(self._pages))
        pages = [page for page in self._pages[:first] if page.number in wanted and page.kind is None]
        ruled = {page.number: [*ruled_sheets(page, self._words_at)] for page in pages}
        bare = [page for page in pages if all(len(sheet.edges) < _LEAST_EDGES for sheet in ruled[page.number])]
        aligned = {int(sheet.page): sheet for sheet in aligned_sheets(bare, self._words_at)}
        for page in pages:
            yield from [aligned[page.number]] if page.number in aligned else ruled[page.number]

    def read_register(self, places: Mapping[tuple[str, str], str]) -> Reading:
        """Its pages as those of a register, whose cells have these reasons (by page and place) for being no amounts."""
        _, unfit = _wanted(self._document, len(self._pages))
        readable = [page for page in self._pages if page.kind is None]
        furniture = repeated([(page.text.height, page.lines) for page in readable])
        handover = Handover(self._document.document_id, self._pages, {}, furniture)
        for at, reason in places.items():
            handover.explain(given_reasons(self._words_at[at], reason))
        for page in self._pages:
            handover.explain(personal_reasons(page.lines))
            handover.add_page(page)
        return withhold(handover.reading((*unfit, *self._remarks)))


def _read(document: Document, pages: list[Page], remarks: list[Term]) -> Reading:
    wanted, warnings = _wanted(document, len(pages))
    warnings += remarks
    readable = [page for page in pages if page.kind is None]
    furniture = repeated([(page.text.height, page.lines) for page in readable])
    blocks = _blocks([page for page in readable if page.number in wanted], furniture)
    handover = Handover(document.document_id, pages, blocks, furniture)
    for page in pages:
        if page.number not in wanted:
            handover.explain(given_reasons(page.text.whole, "left_out"))
        handover.explain(personal_reasons(page.lines))
        if page.kind is None and not blocks.get(page.number):
            handover.explain(personal_cell_reasons(page))
    every_block = [block for laid in blocks.values() for block in laid]
    for table in join(every_block, furniture, {page.number: page.numbered[0] for page in readable}):
        handover.add_table(table)
    for page in pages:
        handover.add_page(page)
    numbers = ", ".join(str(page.number) for page in pages if page.pictured)
    if numbers:
        warnings.append(
            Term(f"p. {numbers}: a large picture without text; if it is a table, its figures were not read.",
                 f"p. {numbers}: una imagen grande sin texto; si es una tabla, sus cifras no se leyeron.")
        )  # fmt: skip
    return withhold(handover.reading(tuple(warnings)))


def _blocks(pages: list[Page], furniture: set[Word]) -> dict[int, list[TableBlock]]:
    """The tables of amounts of each page."""
    heads = MoneyHeaders()
    blocks: dict[int, list[TableBlock]] = {}
    for page in pages:
        try:
            laid = page_blocks(page.number, page.text.words, page.rulings, furniture, heads)
            name_by_sideways(laid, page.text.sideways)
            blocks[page.number] = laid
        except (ArithmeticError, LookupError, ValueError) as error:
            # A defect on one page must not lose the others; the page says what happened.
            page.kind, page.message = "failed", f"No se pudo leer cómo está formada: {type(error).__name__}: {error}"
    return blocks


def _wanted(document: Document, count: int) -> tuple[set[int], list[Term]]:
    """The pages to look for tables on; a hint that names pages the document lacks is reported."""
    if document.hints.pages is None:
        return set(range(1, count + 1)), []
    parts = [part.partition("-") for part in document.hints.pages.split(",")]
    ranges = [(int(first), int(last or first)) for first, _, last in parts]
    wanted = {page for first, last in ranges for page in range(first, min(last, count) + 1)}
    beyond = [max(first, count + 1) for first, last in ranges if last > count]
    if not beyond:
        return wanted, []
    hint, page = f"pages={document.hints.pages}", min(beyond)
    return wanted, [
        Term(
            f"Hint {hint}: the document has {count} pages; there is no page {page}.",
            f"Pista {hint}: el documento tiene {count} páginas; no hay página {page}.",
        )
    ]
