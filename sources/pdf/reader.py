"""The reading of one PDF: pages in, frames of `warehouse.schema.raw` out.

The order is: words and rules of every page, furniture over all pages, blocks per page, tables over pages, and all of it
handed to the builder of raw tables.
"""

from sources.pdf.account import given_reasons
from sources.pdf.load import Page, load
from sources.pdf.page.furniture import repeated
from sources.pdf.personal import personal_reasons, withhold
from sources.pdf.raw_tables import Handover
from sources.pdf.table.block import TableBlock
from sources.pdf.table.joining import join
from sources.pdf.table.money_headers import MoneyHeaders
from sources.pdf.table.page_tables import page_blocks
from sources.pdf.table.upright import name_by_sideways
from sources.raw.collector import collector_paused
from sources.raw.reading import Document, Reading
from warehouse.schema.vocabulary import Term


def read_pdf(document: Document) -> Reading:
    """Read a PDF with a text layer. Raises SourceError when nothing of it can be read."""
    pages, remarks = load(document)
    with collector_paused():
        return _read(document, pages, remarks)


def _read(document: Document, pages: list[Page], remarks: list[Term]) -> Reading:
    wanted, warnings = _wanted(document, len(pages))
    warnings += remarks
    readable = [page for page in pages if page.kind is None]
    furniture = repeated([(page.text.height, page.lines) for page in readable])
    heads = MoneyHeaders()
    blocks: dict[int, list[TableBlock]] = {}
    for page in readable:
        if page.number in wanted:
            try:
                laid = page_blocks(page.number, page.text.words, page.rulings, furniture, heads)
                name_by_sideways(laid, page.text.sideways)
                blocks[page.number] = laid
            except (ArithmeticError, LookupError, ValueError) as error:
                # A defect on one page must not lose the others; the page says what happened.
                page.kind, page.message = (
                    "failed",
                    f"No se pudo leer cómo está formada: {type(error).__name__}: {error}",
                )
    handover = Handover(document.document_id, pages, blocks, furniture)
    for page in pages:
        if page.number not in wanted:
            handover.explain(given_reasons(page.text.whole, "left_out"))
        handover.explain(personal_reasons(page.lines))
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
