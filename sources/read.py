"""The one door: bytes in, Reading out, whatever the format.

What a file is, its bytes say; its name only counts where the bytes cannot tell (plain text). How a format is read is in
`sources.pdf` and `sources.sheets`.
"""

import dataclasses
import re
import zipfile
from pathlib import Path

from sources import hints
from sources.errors import OBTAIN_AGAIN, WEB_PAGE, SourceError, Words
from sources.ledgers.flat import flat_headers, read_flat
from sources.ledgers.ocds import is_ocds, read_ocds
from sources.ledgers.printed import reasons, recognise_printed
from sources.ledgers.read import as_register, read_register, telling_records, with_records
from sources.ledgers.recognise import recognise, without_codes
from sources.raw.reading import Document, Reading
from sources.sheets.formats import html, parquet, xml2003
from sources.sheets.formats.container import Package, encrypted, is_ole, ole_streams
from sources.sheets.formats.delimited import is_delimited
from sources.sheets.formats.encoding import decode, is_wide
from sources.sheets.formats.parts import main_part
from warehouse.schema.vocabulary import Term

_HEAD = 2**16
_FIRST_PAGES = 5  # of a PDF: a register is one from its beginning
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|table|script|meta|style|div|center|font|h[1-6]|p|br|b|span|link|title)\b"
)
_HTML_LATER = re.compile(r"<(?:!doctype html|html|head|table)\b")
# A web page saved as one file: headers as in a letter.
_MHTML = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):", re.IGNORECASE)
_WORKBOOK = re.compile(r"<(?:\w+:)?workbook\b")
_SPREADSHEETS = ("xlsx", "xlsm", "xls", "ods", "csv", "parquet")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
_SUPPORTED = Term(
    "PDF, .xlsx, .xlsm, .xls, .ods, delimited text, Parquet, a table of HTML or XML 2003, or contracts in OCDS (JSON)",
    "PDF, .xlsx, .xlsm, .xls, .ods, texto delimitado, Parquet, un cuadro de HTML o XML 2003, o contratos en OCDS (JSON)",
)
_SAVE = Term(
    "Save it in one of these formats, or ask for the original.",
    "Guárdelo en uno de estos formatos, o pida el original.",
)
_REMEDIES = {
    "xlsb": (
        Term("a binary workbook (.xlsb)", "un libro binario (.xlsb)"),
        Term(
            "Open it in Excel or LibreOffice and save it as .xlsx.",
            "Ábralo en Excel o LibreOffice y guárdelo como .xlsx.",
        ),
    ),
    "docx": (
        Term("a Word document", "un documento de Word"),
        Term(
            "Open it in Word and save it as PDF; or copy its tables into a workbook.",
            "Ábralo en Word y guárdelo como PDF, o copie sus cuadros a un libro de Excel.",
        ),
    ),
    "json": (
        Term("records or values of JSON", "registros o valores de JSON"),
        Term(
            "Ask for the data as CSV; or open it in Excel (Data, From JSON) and save it as .xlsx.",
            "Pida los datos en CSV, o ábralo en Excel (Datos, Desde JSON) y guárdelo como .xlsx.",
        ),
    ),
    "pptx": (
        Term("a presentation", "una presentación"),
        Term(
            "Ask for the workbook or the document that its tables come from.",
            "Pida el libro de Excel o el documento de donde salen sus cuadros.",
        ),
    ),
}


def read(document: Document) -> Reading:
    """The raw rows of a document. Raises SourceError with the outcome that says why there are none."""
    format = sniff(document.path, document.title)
    reading: Reading
    if format == "pdf":
        reading = _read_pdf(document)
    elif format == "json":
        reading = read_ocds(document)
    else:
        reading = _read_workbook(document, format)
    reading = hints.apply(reading, document.hints)
    called = document.path.suffix.lower().lstrip(".")
    if called in ("pdf", "json", *_SPREADSHEETS) and called != format and {called, format} != {"xlsx", "xlsm"}:
        other = Term(
            f"The file is called .{called} but holds {format}: read as {format}.",
            f"El archivo se llama .{called} pero contiene {format}: se leyó como {format}.",
        )
        reading = dataclasses.replace(reading, warnings=(*reading.warnings, other))
    return reading


def _read_pdf(document: Document) -> Reading:
    """As a workbook, but that a budget whose profile says period and codes is read as a budget alone: a page prints them for people."""
    from sources.pdf import OpenedPdf  # seconds of imports that a spreadsheet does not need

    pdf = OpenedPdf(document)
    begun = recognise_printed(document, pdf.printed_sheets(_FIRST_PAGES))
    if not begun or any(ledger.profile.lines for ledger in begun):
        return pdf.read()
    ledgers = recognise_printed(document, pdf.printed_sheets())
    if scanned := sorted({ledger.grid.name for ledger in ledgers} & pdf.scanned, key=int):
        raise SourceError(
            "no_text", document.title, "a register with a text layer", f"one that OCR read (p. {', '.join(scanned)})",
            "Ask the body for its workbook: what OCR makes of a name may be withheld nowhere.",
        )  # fmt: skip
    records = telling_records(document, ledgers)
    return as_register(pdf.read_register(reasons(ledgers, records)), records, ledgers)


def _read_workbook(document: Document, format: str) -> Reading:
    """A register is never read as budget lines, and a budget never as a register."""
    from sources.sheets import read_grids, read_sheets

    grids = read_grids(document.path, document.title, format)
    if any(flat_headers(grid) is not None for grid in grids):
        return read_flat(document, format, grids)
    without_codes(grids)
    ledgers = recognise(grids, document.hints.profile, document.title, document.hints.sheets or ())
    if not ledgers:
        return read_sheets(document, format, grids)
    if all(ledger.profile.lines for ledger in ledgers):
        return with_records(read_sheets(document, format, grids), ledgers)
    return read_register(document, format, grids, ledgers)


def sniff(path: Path, title: str) -> str:
    """The format the bytes are in: pdf, json (OCDS), or one of `sources.sheets.FORMATS`. Raises SourceError where it is none of these."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise SourceError(
            "missing", title, Term("a file", "un archivo"), Term("none at its place", "ninguno en su lugar"),
            Term("Put the file back, or fetch it again.", "Ponga el archivo otra vez, o vuelva a traerlo."),
        ) from error  # fmt: skip
    if not head.strip():
        size = path.stat().st_size
        blank = Term(f"{size} bytes, all blank", f"{size} bytes, todos en blanco")
        raise SourceError("empty_file", title, _SUPPORTED, blank if head else "0 bytes", OBTAIN_AGAIN)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _sniff_zip(path, title)
    if head.startswith(parquet.MAGIC):
        return "parquet"
    if is_ole(head):
        return _sniff_ole(path.read_bytes(), title)
    return _sniff_text(path, head, title)


def _sniff_zip(path: Path, title: str) -> str:
    if not zipfile.is_zipfile(path):
        raise SourceError(
            "corrupt", title, Term("a whole workbook", "un libro de Excel completo"),
            Term("a zip container without its end", "un contenedor zip sin su final"),
            Term("The file was cut off: obtain it again.", "El archivo está cortado: consígalo otra vez."),
        )  # fmt: skip
    with Package(path, title) as package:
        main = main_part(package)
        if main is not None:
            if main[1] in _REMEDIES:
                raise _unknown(title, *_REMEDIES[main[1]])
            return main[1]
        if "content.xml" in package and "mimetype" in package:
            kind = package.read("mimetype").decode("ascii", errors="replace").strip()
            if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
            advice = Term("Save it as .ods or .xlsx where it was made.", "Guárdelo como .ods o .xlsx donde se hizo.")
            raise _unknown(title, kind, advice)
        raise _packed(title, package.names)


def _packed(title: str, names: set[str]) -> SourceError:
    """A zip that only packs: what is in it are documents of their own."""
    files = sorted(name for name in names if not name.endswith("/") and not name.startswith((".", "__MACOSX")))
    shown = ", ".join(files[:5]) + (", …" if len(files) > 5 else "")
    if len(files) == 1:
        one = Term(f"a zip archive of 1 file ({shown})", f"un archivo zip con 1 archivo ({shown})")
        return _unknown(
            title,
            one,
            Term(f"Unpack it, and add what is in it: {shown}.", f"Desempáquelo y agregue lo que contiene: {shown}."),
        )
    return _unknown(
        title,
        Term(f"a zip archive of {len(files)} files ({shown})", f"un archivo zip con {len(files)} archivos ({shown})")
        if files
        else Term("an empty zip archive", "un archivo zip vacío"),
        Term("Unpack it, and add its documents one by one.", "Desempáquelo y agregue sus documentos uno por uno."),
    )


def _sniff_ole(data: bytes, title: str) -> str:
    streams = ole_streams(data)
    if "EncryptedPackage" in streams:
        raise encrypted(title)
    if streams & {"Workbook", "Book"}:
        return "xls"
    if "WordDocument" in streams:
        raise _unknown(
            title,
            Term("a Word document of the old kind (.doc)", "un documento de Word antiguo (.doc)"),
            Term("Open it in Word and save it as PDF.", "Ábralo en Word y guárdelo como PDF."),
        )
    no_workbook = Term("an OLE container without a workbook", "un contenedor OLE sin libro de Excel")
    raise _unknown(title, _REMEDIES["pptx"][0] if "PowerPoint Document" in streams else no_workbook)


def _sniff_text(path: Path, head: bytes, title: str) -> str:
    start = decode(head).text.lstrip("\ufeff \t\r\n").lower()
    suffix = path.suffix.lower()
    if _MHTML.match(start) and "text/html" in start:
        return "mhtml"
    if xml2003.NAMESPACE in start and _WORKBOOK.search(start):
        return "xml"
    if _HTML.match(start) or (start.startswith(("<?xml", "<!--")) and _HTML_LATER.search(start[:4096])):
        if html.has_table(path.read_bytes()):
            return "html"
        raise _page_without_table(title, suffix or Path(title).suffix.lower())
    if start.startswith(("{", "[")) and is_ocds(start):
        return "json"
    if start.startswith(("<?xml", "{", "[")):
        raise _unknown(title, *(_REMEDIES["json"] if start.startswith(("{", "[")) else ("XML",)))
    if is_delimited(head) or (suffix in _TEXT_SUFFIXES and (b"\0" not in head or is_wide(head))):
        return "csv"
    raise _unknown(title, Term("bytes of another kind", "bytes de otra clase"))


def _page_without_table(title: str, suffix: str) -> SourceError:
    if suffix in (".html", ".htm"):
        return _unknown(title, Term("a web page without a table of figures", "una página web sin un cuadro de cifras"))
    return SourceError(
        "mislabelled", title, Term(f"what the name {title} says", f"lo que dice el nombre {title}"), WEB_PAGE,
        Term("The portal probably answered with an error or a login page: open the address in a browser and download the document itself.",
             "El portal probablemente respondió con un error o una página de acceso: abra la dirección en un navegador y descargue el documento."),
    )  # fmt: skip


def _unknown(title: str, found: Words, advice: Term = _SAVE) -> SourceError:
    return SourceError("unknown_format", title, _SUPPORTED, found, advice)
