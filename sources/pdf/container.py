"""What a PDF holds beside the content of its pages: a form that a viewer must build, attached files, layers that are off."""

import io
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name

from warehouse.schema.vocabulary import Term

_XFA = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)


@dataclass(frozen=True, slots=True)
class Beside:
    """`xfa`: the document is a form that its viewer builds; `attached` are the names of the files inside it."""

    xfa: bool
    attached: tuple[str, ...]
    layers_off: bool

    def warnings(self) -> tuple[Term, ...]:
        """What is not read of it, for people."""
        sentences = []
        if self.attached:
            count, names = len(self.attached), ", ".join(self.attached)
            sentences.append(
                Term(f"It carries {count} attached files that were not read: {names}. Take them out with a PDF viewer and add them as documents.",
                     f"Lleva {count} archivos adjuntos que no se leyeron: {names}. Sáquelos con un visor de PDF y agréguelos como documentos.")
            )  # fmt: skip
        if self.xfa:
            sentences.append(
                Term(
                    "It is an XFA form: what only Adobe Reader builds was not read. Print it to PDF from Adobe Reader.",
                    "Es un formulario XFA: lo que solo arma Adobe Reader no se leyó. Imprímalo a PDF desde Adobe Reader.",
                )
            )
        return tuple(sentences)


def beside_of(pdf: pdfium.PdfDocument, data: bytes) -> Beside:
    """What stands beside the pages of a document."""
    attached = [_name(pdf, n) for n in range(max(0, raw.FPDFDoc_GetAttachmentCount(pdf)))]
    return Beside(raw.FPDF_GetFormType(pdf) in _XFA, tuple(attached), _has_layers_off(data))


def _name(pdf: pdfium.PdfDocument, n: int) -> str:
    try:
        return str(pdf.get_attachment(n).get_name()) or f"({n + 1})"
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return f"({n + 1})"


def _has_layers_off(data: bytes) -> bool:
    """Whether some layer is not shown when the document is opened. PDFium draws by it and tells nothing of it."""
    if b"/OCG" not in data and b"/ObjStm" not in data:
        return False
    try:
        layers = resolve1(PDFDocument(PDFParser(io.BytesIO(data))).catalog.get("OCProperties"))
        shown: Any = resolve1(layers.get("D")) if layers else None
        return bool(shown) and (bool(resolve1(shown.get("OFF"))) or literal_name(shown.get("BaseState")) == "OFF")
    except (
        PSException,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ):  # a second parser, asked one thing: what it stumbles over PDFium may read
        return b"/OFF" in data
