"""The one door: bytes in, Reading out, whatever the format.

What a file is, its bytes say; its name only counts where the bytes cannot tell (plain text). How a format is read is in
`sources.pdf` and `sources.sheets`.
"""

import dataclasses
import zipfile
from pathlib import Path

from sources import hints
from sources.errors import SourceError
from sources.raw.reading import Document, Reading
from sources.sheets.formats.container import Package, encrypted, is_ole, ole_streams
from sources.sheets.formats.delimited import decode, is_delimited

_HEAD = 2**16
_HTML = ("<!doctype html", "<html", "<head", "<body", "<table", "<script", "<meta")
_SPREADSHEETS = ("xlsx", "xlsm", "xls", "ods", "csv")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
_SUPPORTED = "PDF, .xlsx, .xlsm, .xls, .ods or delimited text"


def read(document: Document) -> Reading:
    """The raw rows of a document. Raises SourceError with the outcome that says why there are none."""
    format = sniff(document.path, document.title)
    if format == "pdf":
        from sources.pdf import read_pdf  # seconds of imports that a spreadsheet does not need

        reading = read_pdf(document)
    else:
        from sources.sheets import read_sheets

        reading = read_sheets(document, format)
    reading = hints.apply(reading, document.hints)
    called = document.path.suffix.lower().lstrip(".")
    if called in ("pdf", *_SPREADSHEETS) and called != format and {called, format} != {"xlsx", "xlsm"}:
        reading = dataclasses.replace(
            reading, warnings=(*reading.warnings, f"The file is called .{called} but holds {format}: read as {format}.")
        )
    return reading


def sniff(path: Path, title: str) -> str:
    """The format the bytes are in: pdf, xlsx, xlsm, xls, ods or csv. Raises SourceError where it is none of these."""
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
    if is_ole(head):
        return _sniff_ole(path, title)
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
        names = package.names
        if "xl/workbook.xml" in names:
            return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
        if "content.xml" in names and "mimetype" in names:
            kind = package.read("mimetype").decode("ascii", errors="replace").strip()
            if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
            raise _unknown(title, kind)
        others = {
            "xl/workbook.bin": "a binary workbook (.xlsb)",
            "word/document.xml": "a Word document",
            "ppt/presentation.xml": "a presentation",
        }
        raise _unknown(
            title,
            next((what for name, what in others.items() if name in names), f"a zip archive of {len(names)} files"),
        )


def _sniff_ole(path: Path, title: str) -> str:
    streams = ole_streams(path.read_bytes())
    if "EncryptedPackage" in streams:
        raise encrypted(title)
    if streams & {"Workbook", "Book"}:
        return "xls"
    raise _unknown(
        title,
        "a Word document"
        if "WordDocument" in streams
        else "a presentation"
        if "PowerPoint Document" in streams
        else "an OLE container without a workbook",
    )


def _sniff_text(path: Path, head: bytes, title: str) -> str:
    start = decode(head).lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_HTML) or (
        start.startswith(("<?xml", "<!--")) and any(mark in start[:4096] for mark in _HTML[:3])
    ):
        if path.suffix.lower() in (".html", ".htm"):
            raise _unknown(title, "a web page")
        raise SourceError(
            "mislabelled",
            title,
            f"what the name {path.name} says",
            "a web page (HTML)",
            "The portal probably answered with an error or a login page: open the address in a browser and download the document itself.",
        )
    if start.startswith(("<?xml", "{", "[")):
        raise _unknown(title, "XML" if start.startswith("<") else "JSON")
    if is_delimited(head) or (path.suffix.lower() in _TEXT_SUFFIXES and b"\0" not in head):
        return "csv"
    raise _unknown(title, "bytes of another kind")


def _unknown(title: str, found: str) -> SourceError:
    return SourceError(
        "unknown_format", title, _SUPPORTED, found, "Save it in one of these formats, or ask for the original."
    )
