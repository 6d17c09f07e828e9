"""The pages of a PDF: each loaded once and closed, with its words, its rules and its quality.

The words come from PDFium; where it fails on a page, or the page's text makes no sense, from pdfplumber; where there is
no text, from OCR if the document is given a folder for it. What the words make is for `sources.pdf.table`.
"""

import gc
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from sources.errors import OBTAIN_AGAIN, SourceError
from sources.pdf import ocr
from sources.pdf.container import beside_of
from sources.pdf.damage import damaged_pages
from sources.pdf.mend import mended
from sources.pdf.ocr.kept import KeptPages
from sources.pdf.page.annotations import Bare, bare_words, laid_in
from sources.pdf.page.furniture import page_number
from sources.pdf.page.glyphs import GlyphKey
from sources.pdf.page.lean import level
from sources.pdf.page.lines import Line, lines_of
from sources.pdf.page.marks import settle_marks
from sources.pdf.page.overprint import settle_overprint
from sources.pdf.page.plumber import plumber_text
from sources.pdf.page.printed_figures import FigureKind, kind_of
from sources.pdf.page.quality import is_spoken, page_kind
from sources.pdf.page.rulings import Rulings, painting_of
from sources.pdf.page.visible import Unseen, unseen
from sources.pdf.page.words import Box, PageText, Word, page_text, turned
from sources.pdf.settings import QUALITY, WORDS
from sources.raw.collector import collector_paused
from sources.raw.numeric import is_numeric
from sources.raw.reading import Document
from warehouse.schema.vocabulary import Term

_MESSAGES = {
    "image": f"La página es una imagen sin texto: {ocr.INSTALL}.",
    "garbled": f"La capa de texto está dañada (sus letras no son las impresas): {ocr.INSTALL}.",
}
_PICTURE = "Tiene una imagen grande sin texto: lo que diga no se leyó."
_WHY = {
    "outside": Term("off the page", "fuera de la página"),
    "tiny": Term("in microscopic letters", "en letra microscópica"),
    "invisible": Term("in invisible ink", "en tinta invisible"),
    "covered": Term(
        "under something, outside its frame, of the colour of the ground or on a layer that is off",
        "bajo otra cosa, fuera de su recuadro, del color del fondo o en una capa apagada",
    ),
}
_LOST = "Se perdió con el daño del archivo: vuelva a descargarlo."
_DAMAGED = Term(
    "The file is damaged or cut off: of its {} pages, p. {} are lost. Download it again.",
    "El archivo está dañado o cortado: de sus {} páginas se perdieron las p. {}. Vuelva a descargarlo.",
)
_DAMAGED_PAGE = (
    "Su contenido está dañado (falla su suma de control) y puede faltarle algo: vuelva a descargar el archivo."
)
_LAYER = "Imagen con la capa de texto de un OCR ajeno, que nadie confirmó: sus cifras no valen como impresas."
_ADVICE = Term(
    "Install the OCR with `make setup EXTRAS=ocr` and run `make run` again, or ask for the original file.",
    "Instale el OCR con `make setup EXTRAS=ocr` y vuelva a ejecutar `make run`, o pida el archivo original.",
)


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
    unseen: Unseen = field(default_factory=Unseen)

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
    return load(document)[0]


def load(document: Document) -> tuple[list[Page], list[Term]]:
    """All pages of a document, and what is to be said of the document as a whole. Raises as `load_pages` does."""
    data = document.path.read_bytes()
    if not data.strip():
        raise SourceError(
            "empty_file", document.title, Term("a PDF", "un PDF"), Term("no bytes", "ningún byte"), OBTAIN_AGAIN
        )
    kept = KeptPages.of(document.ocr, data, document.hand_out) if document.ocr else None
    damaged = damaged_pages(data)
    data, pdf, lost = _opened(document, data)
    try:
        _refuse_endless(document, len(pdf))
        beside = beside_of(pdf, data)
        if raw.FPDF_GetFormType(pdf) == raw.FORMTYPE_ACRO_FORM:
            pdf.init_forms()
        with collector_paused():
            pages = [_load(pdf, data, index, layers_off=beside.layers_off) for index in range(len(pdf))]
        for page in pages:
            if page.number in lost:
                page.kind, page.message = "failed", _LOST
            elif page.number in damaged:
                page.kind, page.message = "failed", _DAMAGED_PAGE
        _second_reading(data, pages)
        _take_layers(pages, kept is not None)
        if kept is not None:
            _recognise(pdf, data, pages, kept, document.title)
    finally:
        pdf.close()
    _tell_pictures(pages)
    _refuse_unreadable(document, pages)
    if beside.xfa:
        _refuse_waiting(document, pages)
    numbers = ", ".join(map(str, sorted(lost)))
    losses = [Term(*(words.format(len(pages), numbers) for words in _DAMAGED))] if lost else []
    return pages, [*losses, *beside.warnings(), *_unseen_warnings(pages)]


def _refuse_endless(document: Document, pages: int) -> None:
    if pages > QUALITY.most_pages:
        most = f"{QUALITY.most_pages:,}"
        raise SourceError(
            "too_large", document.title, Term(f"at most {most} pages", f"cuando más {most} páginas"),
            Term(f"{pages:,} pages", f"{pages:,} páginas"),
            Term("If the file is honest, split it.", "Si el archivo es honesto, divídalo."),
        )  # fmt: skip


def _opened(document: Document, data: bytes) -> tuple[bytes, pdfium.PdfDocument, frozenset[int]]:
    """The document by PDFium, mended where it is damaged: then with its bytes as mended, and the pages that are lost."""
    try:
        return data, pdfium.PdfDocument(io.BytesIO(data)), frozenset()
    except pdfium.PdfiumError as error:
        whole = None if _is_locked(error) else mended(data)
        if whole is None:
            raise _not_opened(document, error) from error
        try:
            return whole.data, pdfium.PdfDocument(io.BytesIO(whole.data)), whole.lost
        except pdfium.PdfiumError:
            raise _not_opened(document, error) from error


def _is_locked(error: Exception) -> bool:
    return "password" in str(error).lower() or "security" in str(error).lower()


def _not_opened(document: Document, error: Exception) -> SourceError:
    if _is_locked(error):
        return SourceError(
            "encrypted", document.title, Term("a PDF that opens without a password", "un PDF que abra sin contraseña"),
            Term("an encrypted one", "uno cifrado"),
            Term("Ask for an open copy, or save it without its password.", "Pida una copia abierta, o guárdelo sin su contraseña."),
        )  # fmt: skip
    return SourceError(
        "corrupt", document.title, Term("a complete PDF", "un PDF completo"), Term(f"damaged bytes ({error})", f"bytes dañados ({error})"),
        Term("Download it again, or ask for another copy.", "Descárguelo otra vez, o pida otra copia."),
    )  # fmt: skip


def _load(
    pdf: pdfium.PdfDocument, data: bytes, index: int, key: GlyphKey | None = None, layers_off: bool = False
) -> Page:
    try:
        page, bare = laid_in(pdf, index)
    except pdfium.PdfiumError as error:
        return _by_plumber(data, index) or _failed(index, f"La página no se pudo abrir: {error}")
    try:
        text = page_text(page, key)
        if any(bare):
            _lay(text, bare, page)
        reading = (page.get_rotation() // 90 - text.turn) % 4
        painting = painting_of(page, reading)
        rulings = painting.rulings
        out_of_sight = unseen(page, text, painting, layers_off)
    except pdfium.PdfiumError as error:
        return _by_plumber(data, index) or _failed(index, f"El texto no se pudo cargar: {error}")
    finally:
        page.close()
    _set_apart(text, out_of_sight)
    settle_overprint(text)
    settle_marks(text, painting)
    level(text)
    kind = page_kind(text, rulings.image_share)
    message = " ".join(filter(None, (_MESSAGES.get(kind or ""), _unseen_message(out_of_sight)))) or None
    return Page(index + 1, text, rulings, kind, message, unseen=out_of_sight)


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
    return Page(index + 1, text, Rulings([], []), None, "Leída por el segundo lector de texto.") if readable else None


def _second_reading(data: bytes, pages: list[Page]) -> None:
    """Garbled pages are tried with pdfplumber: the first one decides whether it is worth while."""
    for page in [page for page in pages if page.kind == "garbled"]:
        again = _by_plumber(data, page.number - 1)
        if again is None:
            return
        again.rulings = page.rulings
        pages[page.number - 1] = again


def _recognise(pdf: pdfium.PdfDocument, data: bytes, pages: list[Page], kept: KeptPages, title: str) -> None:
    """Pages without a text that makes sense are deciphered, or read from their image."""
    garbled = [page.number for page in pages if page.kind == "garbled"]
    if garbled:
        _decipher(pdf, data, pages, garbled, kept, title)
    wanted = [page.number for page in pages if page.kind in _MESSAGES]
    if not wanted:
        return
    from sources.pdf.ocr.images import read_images  # what it imports is an extra

    for number, seen in read_images(pdf, wanted, kept, title):
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
    pdf: pdfium.PdfDocument, data: bytes, pages: list[Page], garbled: list[int], kept: KeptPages, title: str
) -> None:
    """Pages whose fonts are mapped wrongly are read by what OCR made of their signs on some of them, where that gives
    words: every letter stands where it is printed, and none was looked at twice.
    """
    from sources.pdf.ocr.cipher import learnt  # what it imports is an extra

    key, read = learnt(pdf, garbled, kept, title)
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


def _lay(text: PageText, bare: Bare, page: pdfium.PdfPage) -> None:
    """Put the values of fields without an appearance where they stand, and set apart what is struck out without one."""
    left, bottom, right, top = page.get_cropbox()
    reading = (page.get_rotation() // 90 - text.turn) % 4
    for word in bare_words(bare.texts, left, top):
        box = word.x0, word.top, word.x1, word.bottom
        word.x0, word.top, word.x1, word.bottom = turned(box, reading, right - left, top - bottom)
        word.base = word.bottom - WORDS.drop * word.size
        text.words.append(word)
    for x0, low, x1, high in bare.struck:
        box = turned((x0 - left, top - high, x1 - left, top - low), reading, right - left, top - bottom)
        struck = [word for word in text.words if _inside(box, [word])]
        text.struck += struck
        text.words = [word for word in text.words if word not in struck]


def _set_apart(text: PageText, out_of_sight: Unseen) -> None:
    """Take the words that nobody sees out of the text."""
    gone = out_of_sight.words
    if gone:
        text.hidden = list(gone)
        text.words = [w for w in text.words if w not in gone]
        text.sideways = [w for w in text.sideways if w not in gone]


def _take_layers(pages: list[Page], recognising: bool) -> None:
    """Scans that bear the layer of somebody's OCR: our own OCR reads the image; without it the layer is read, as what
    it is, and no figure of it counts as printed.
    """
    for page in pages:
        if page.kind is None and page.unseen.layer:
            if recognising:
                page.kind = "image"
                continue
            for word in page.unseen.layer:
                word.confidence = 0.0  # nobody says how sure it is
            page.recognised, page.message = True, _LAYER


def _unseen_message(out_of_sight: Unseen) -> str | None:
    figures = Counter(why for word, why in out_of_sight.words.items() if is_numeric(word.text))
    if not figures:
        return None
    return f"Cifras que nadie ve en la página y no se leyeron: {', '.join(f'{n} {_WHY[why].es}' for why, n in figures.items())}."


def _unseen_warnings(pages: list[Page]) -> Iterator[Term]:
    """What nobody sees and looks like money: of each page, how much, why, and the first."""
    for page in pages:
        money = {w: why for w, why in page.unseen.words.items() if kind_of(w.text) is FigureKind.MONEY}
        if money:
            first, why = next(iter(money.items()))
            place = page.text.place((first.x0, first.top, first.x1, first.bottom))
            yield Term(
                f"p. {page.number}: {len(money)} amounts that nobody sees on the page were not read; the first, «{first.text}» at {place}, is {_WHY[why].en}.",
                f"p. {page.number}: {len(money)} importes que nadie ve en la página no se leyeron; el primero, «{first.text}» en {place}, está {_WHY[why].es}.",
            )  # fmt: skip


def _refuse_waiting(document: Document, pages: list[Page]) -> None:
    """A form that only its viewer builds shows nothing but a request to wait."""
    if all(sum(len(word.text) for word in page.text.words) < QUALITY.waiting for page in pages):
        raise SourceError(
            "unknown_format", document.title, Term("pages with their content", "páginas con su contenido"),
            Term("an XFA form, whose content only Adobe Reader builds", "un formulario XFA, cuyo contenido solo arma Adobe Reader"),
            Term("Open it in Adobe Reader and print it to PDF, or ask for the original file.",
                 "Ábralo en Adobe Reader e imprímalo a PDF, o pida el archivo original."),
        )  # fmt: skip


def _refuse_unreadable(document: Document, pages: list[Page]) -> None:
    if any(page.kind is None for page in pages):
        return
    kinds = {page.kind for page in pages}
    s = "s" if len(pages) != 1 else ""
    count, cuenta = f"{len(pages)} page{s}", f"{len(pages)} página{s}"
    layer = Term("a text layer", "una capa de texto")
    if "garbled" in kinds:
        broken = Term(f"{count} whose text layer is broken", f"{cuenta} con la capa de texto dañada")
        raise SourceError("garbled_text", document.title, layer, broken, _ADVICE)
    if "image" in kinds or kinds <= {"blank"}:
        without = Term(f"{count} without text", f"{cuenta} sin texto")
        raise SourceError("no_text", document.title, layer, without, _ADVICE)
    readable, failing = Term("readable pages", "páginas legibles"), Term(f"{count} that fail", f"{cuenta} con fallas")
    raise SourceError("corrupt", document.title, readable, failing, Term("Ask for another copy.", "Pida otra copia."))
