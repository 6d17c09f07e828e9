"""The one door: bytes in, Reading out, whatever the format.

What a file is, its bytes say; its name only counts where the bytes cannot tell (plain text). How a format is read is in
`sources.pdf` and `sources.sheets`.
"""

import dataclasses
import re
import zipfile
from pathlib import Path

from sources import hints
from sources.errors import SourceError
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
_SUPPORTED = (
    "PDF, .xlsx, .xlsm, .xls, .ods, delimited text, Parquet, a table of HTML or XML 2003, or contracts in OCDS (JSON)"
)
_REMEDIES = {
    "xlsb": ("a binary workbook (.xlsb)", "Open it in Excel or LibreOffice and save it as .xlsx."),
    "docx": ("a Word document", "Open it in Word and save it as PDF; or copy its tables into a workbook."),
    "json": (
        "records or values of JSON",
        "Ask for the data as CSV; or open it in Excel (Data, From JSON) and save it as .xlsx.",
    ),
    "pptx": ("a presentation", "Ask for the workbook or the document that its tables come from."),
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
        reading = dataclasses.replace(
            reading, warnings=(*reading.warnings, f"The file is called .{called} but holds {format}: read as {format}.")
        )
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
            "missing", title, "a file", "none at its place", "Put the file back, or fetch it again."
        ) from error
    if not head.strip():
        raise SourceError(
            "empty_file",
            title,
            _SUPPORTED,
            f"{path.stat().st_size} bytes, all blank" if head else "0 bytes",
            "Obtain the file again.",
        )
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
            "corrupt",
            title,
            "a whole workbook",
            "a zip container without its end",
            "The file was cut off: obtain it again.",
        )
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
            raise _unknown(title, kind, "Save it as .ods or .xlsx where it was made.")
        raise _packed(title, package.names)


def _packed(title: str, names: set[str]) -> SourceError:
    """A zip that only packs: what is in it are documents of their own."""
    files = sorted(name for name in names if not name.endswith("/") and not name.startswith((".", "__MACOSX")))
    shown = ", ".join(files[:5]) + (", …" if len(files) > 5 else "")
    one = len(files) == 1
    return _unknown(
        title,
        f"a zip archive of {len(files)} file{'' if one else 's'} ({shown})" if files else "an empty zip archive",
        f"Unpack it, and add what is in it: {files[0]}." if one else "Unpack it, and add its documents one by one.",
    )


def _sniff_ole(data: bytes, title: str) -> str:
    streams = ole_streams(data)
    if "EncryptedPackage" in streams:
        raise encrypted(title)
    if streams & {"Workbook", "Book"}:
        return "xls"
    if "WordDocument" in streams:
        raise _unknown(title, "a Word document of the old kind (.doc)", "Open it in Word and save it as PDF.")
    raise _unknown(
        title,
        "a presentation" if "PowerPoint Document" in streams else "an OLE container without a workbook",
    )


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
    raise _unknown(title, "bytes of another kind")


def _page_without_table(title: str, suffix: str) -> SourceError:
    if suffix in (".html", ".htm"):
        return _unknown(title, "a web page without a table of figures")
    return SourceError(
        "mislabelled",
        title,
        f"what the name {title} says",
        "a web page (HTML)",
        "The portal probably answered with an error or a login page: open the address in a browser and download the document itself.",
    )


def _unknown(
    title: str, found: str, advice: str = "Save it in one of these formats, or ask for the original."
) -> SourceError:
    return SourceError("unknown_format", title, _SUPPORTED, found, advice)
