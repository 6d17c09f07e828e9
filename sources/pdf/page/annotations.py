"""What is laid over a page and is no part of its content: filled fields of a form, texts, stamps and lines of annotations.

Those that have an appearance become content, so that everything after reads and sees them like print. Those without one are
given by the value they hold, at their box.
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sources.pdf.page.words import Box, Word
from sources.pdf.settings import SIGHT, WORDS

# Links, notes that open, highlights and the like print nothing of their own; a signature is no part of a table.
_PRINTED = {
    raw.FPDF_ANNOT_FREETEXT,
    raw.FPDF_ANNOT_LINE,
    raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_STRIKEOUT,
    raw.FPDF_ANNOT_STAMP,
    raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_REDACT,
    raw.FPDF_ANNOT_WIDGET,
}
_OUT_OF_SIGHT = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_VALUED = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX)

BareText = tuple[str, Box]  # a text without an appearance, and its box, y up from the origin of the file


class Bare(NamedTuple):
    """What has no appearance, and each viewer draws for itself: texts, and the boxes of what is struck out."""

    texts: list[BareText]
    struck: list[Box]


def laid_in(pdf: pdfium.PdfDocument, index: int) -> tuple[pdfium.PdfPage, Bare]:
    """A page (counted from 0) with what is laid over it made part of its content, and what of it has no appearance.

    Raises pypdfium2.PdfiumError where the page cannot be opened.
    """
    page = pdf[index]
    bare = Bare([], [])
    kept = 0
    for n in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, n)
        try:
            printed = _is_printed(annotation, page)
            if printed and not raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
                bare.texts[:0] = _bare(annotation, page)
                bare.struck[:0] = _struck(annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        if printed:
            kept += 1
        else:
            raw.FPDFPage_RemoveAnnot(page, n)
    if kept and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = pdf[index]
    return page, bare


def _is_printed(annotation: Any, page: pdfium.PdfPage) -> bool:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind not in _PRINTED or raw.FPDFAnnot_GetFlags(annotation) & _OUT_OF_SIGHT:
        return False
    return bool(kind != raw.FPDF_ANNOT_WIDGET or _field(annotation, page) != raw.FPDF_FORMFIELD_SIGNATURE)


def _field(annotation: Any, page: pdfium.PdfPage) -> int:
    return int(raw.FPDFAnnot_GetFormFieldType(page.formenv, annotation)) if page.formenv else -1


def _bare(annotation: Any, page: pdfium.PdfPage) -> Iterator[BareText]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    text = ""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        text = _text(lambda *into: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *into))
    elif kind == raw.FPDF_ANNOT_WIDGET and _field(annotation, page) in _VALUED:
        text = _text(lambda *into: raw.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, *into))
    rect = raw.FS_RECTF()
    if text.strip() and raw.FPDFAnnot_GetRect(annotation, rect):
        yield text, (rect.left, rect.bottom, rect.right, rect.top)


def _struck(annotation: Any) -> Iterator[Box]:
    quad = raw.FS_QUADPOINTSF()
    struck = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT
    for n in range(raw.FPDFAnnot_CountAttachmentPoints(annotation) if struck else 0):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, n, quad):
            x, y = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(x), min(y), max(x), max(y)


def _text(ask: Callable[..., int]) -> str:
    """What PDFium answers as UTF-16: first asked how long it is."""
    length = ask(None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")


def bare_words(texts: list[BareText], left: float, top: float) -> Iterator[Word]:
    """The words of texts without an appearance, as a viewer would set them: line under line, figures at the right edge.
    They are boxed from the top left corner of the page, at `left` and `top` in the file.
    """
    for text, (x0, y0, x1, y1) in texts:
        lines = text.split("\r") if "\r" in text else text.splitlines()
        high = min((y1 - y0) / len(lines), SIGHT.bare)
        for n, line in enumerate(lines):
            long = len(line) * WORDS.letter * high
            start = x1 - long if len(lines) == 1 and any(c.isdigit() for c in line) else x0
            upper = top - (y1 + y0) / 2 - high * len(lines) / 2 + n * high
            at = 0
            for piece in line.split():
                at = line.index(piece, at)
                begin = start - left + at * WORDS.letter * high
                end = begin + len(piece) * WORDS.letter * high
                yield Word(piece, begin, upper, end, upper + high, upper + high - WORDS.drop * high)
                at += len(piece)
