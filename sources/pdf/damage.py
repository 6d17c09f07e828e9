"""Pages of a PDF whose content was damaged in a way that readers pass over: they take what stands before and say nothing.

Compressed streams carry a checksum (zlib, RFC 1950), so a flipped bit shows. What is not compressed carries none: damage
there is not seen. A file without its end is mended in `mend`.
"""

import base64
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+$")  # before `obj`
_HEAD = 4_000  # bytes at most of the dictionary before a stream
# Of pictures and of the outlines of letters; no word depends on them, and they are most of a file.
_NO_WORDS = re.compile(rb"/Subtype\s*/Image\b|/Length1\b|/FontFile")
_CUT = re.compile(rb"(.{0,3}?)\r?\n?endstream", re.DOTALL)
# Compressed once, and then perhaps written in letters (as ReportLab does).
_LETTERED = re.compile(rb"/Filter\s*\[\s*/(?:ASCII85Decode|A85)\s*/(?:FlateDecode|Fl)\s*\]")
_COMPRESSED = re.compile(rb"/Filter\s*(?:/FlateDecode|/Fl|\[\s*/FlateDecode\s*\])(?=\s*[/>])")
_ENCRYPTED = b"/Encrypt"
# What no word depends on, and what leads to other pages.
_BESIDE = frozenset(
    {"Parent", "FontFile", "FontFile2", "FontFile3", "ColorSpace", "Shading", "Pattern", "Metadata", "PieceInfo", "Thumb",
     "StructParents", "P", "Dest", "A", "Popup", "B"}
)  # fmt: skip
_CHUNK, _PART, _MOST = 2**14, 2**20, 2**28
_WRONG = (PSException, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, zlib.error)


def damaged_pages(data: bytes) -> frozenset[int]:
    """The pages, numbered from 1, that lead to a stream whose checksum fails; none of an encrypted document."""
    if _ENCRYPTED in data:
        return frozenset()
    damaged = frozenset(_damaged_streams(data))
    if not damaged:
        return frozenset()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = list(_pages(document, resolve1(document.catalog["Pages"]), set()))
    except _WRONG:
        return frozenset()  # a second parser, asked one thing
    return frozenset(n for n, page in enumerate(pages, 1) if _leads_to(document, page, damaged))


def _damaged_streams(data: bytes) -> Iterator[int]:
    """The numbers of the objects whose compressed stream ends early or fails its checksum."""
    left = _MOST
    for match in _STREAM.finditer(data):
        before, _, head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")
        number = _NUMBER.search(before[-20:])
        if not number or left <= 0 or _NO_WORDS.search(head):
            continue
        lettered = _LETTERED.search(head) is not None
        if lettered or _COMPRESSED.search(head):
            size = _lettered_size(data, match.end(), left) if lettered else _unpacked_size(data, match.end(), left)
            if size is None:
                yield int(number[1])
            else:
                left -= size


def _lettered_size(data: bytes, start: int, most: int) -> int | None:
    """As `_unpacked_size`, of a stream written in letters (ASCII 85)."""
    try:
        return _unpacked_size(base64.a85decode(data[start : data.index(b"~>", start)]), 0, most)
    except ValueError:
        return None


def _unpacked_size(data: bytes, start: int, most: int) -> int | None:
    """How many bytes a stream unpacks to, at most `most`; None where it is damaged.

    Some programs write a checksum up to its first zero byte only, or none: then the stream must end there.
    """
    if int.from_bytes(data[start : start + 2], "big") % 31:
        return None
    unpacker, size, checksum = zlib.decompressobj(-zlib.MAX_WBITS), 0, 1
    place = start + 2
    try:
        while not unpacker.eof and size < most:
            packed = unpacker.unconsumed_tail or data[place : place + _CHUNK]
            if not packed:
                return None
            place += 0 if unpacker.unconsumed_tail else _CHUNK
            part = unpacker.decompress(packed, _PART)
            size, checksum = size + len(part), zlib.adler32(part, checksum)
    except zlib.error:
        return None
    after = unpacker.unused_data
    expected, cut = checksum.to_bytes(4, "big"), _CUT.match(after)
    sound = not unpacker.eof or after[:4] == expected or (cut is not None and expected.startswith(cut[1]))
    return size if sound else None


def _pages(document: PDFDocument, node: Any, seen: set[int]) -> Iterator[Any]:
    """The page objects below a node of the tree of pages, in order."""
    for kid in resolve1(node.get("Kids", [])) if isinstance(node, dict) else ():
        if isinstance(kid, PDFObjRef):
            if kid.objid in seen:
                continue
            seen.add(kid.objid)
        below = resolve1(kid)
        if isinstance(below, dict) and "Kids" in below:
            yield from _pages(document, below, seen)
        else:
            yield kid


def _leads_to(document: PDFDocument, page: Any, damaged: frozenset[int]) -> bool:
    """Whether an object that the words of a page depend on is damaged, or lies in a container that is."""
    seen: set[int] = set()
    waiting = [page]
    while waiting:
        one = waiting.pop()
        if isinstance(one, PDFObjRef):
            if one.objid in seen:
                continue
            seen.add(one.objid)
            if _container_of(document, one.objid) in damaged:
                return True
            target = resolve1(one)
            if isinstance(target, PDFStream):
                if _is_image(target):
                    continue
                if one.objid in damaged:
                    return True
                target = target.attrs
            waiting.append(target)
        elif isinstance(one, dict):
            waiting += [value for key, value in one.items() if key not in _BESIDE]
        elif isinstance(one, list):
            waiting += one
    return False


def _container_of(document: PDFDocument, number: int) -> int | None:
    for xref in document.xrefs:
        try:
            container, _, _ = xref.get_pos(number)
        except KeyError:
            continue
        return container
    return None


def _is_image(stream: PDFStream) -> bool:
    kind = stream.attrs.get("Subtype")
    return isinstance(kind, PSLiteral) and kind.name == "Image"
