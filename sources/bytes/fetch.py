"""Getting a document from its address into the archive, and a page into memory: portals lie about types and cut answers short.

How an address is visited is for `sources.bytes.visiting`. What the bytes mean, and whether they are a new version of a
document, is decided in `sources.intake`.
"""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from mimetypes import guess_extension
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple, cast
from urllib.parse import unquote

import httpx

from sources.bytes.archive import Archive, too_large
from sources.bytes.visiting import AnswerError, Limits, Visit
from sources.errors import WEB_PAGE
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import Term

__all__ = ["AnswerError", "Fetched", "FetchedPage", "Limits", "fetch", "fetch_page"]

_KEPT_HEADERS = ("etag", "last-modified", "content-type")
_LONGEST_HEADER = 1000
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_PAGE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """Bytes in the archive. `changed` is false where the server says they are the ones already there."""

    sha256: str
    name: str
    url: str
    changed: bool


class FetchedPage(NamedTuple):
    """What an address answered, whatever it is; `url` is where it was found at last."""

    body: bytes
    url: str
    content_type: str


def fetch(url: str, archive: Archive, *, previous: str | None = None, limits: Limits | None = None) -> Fetched:
    """Get the document at `url` into the archive.

    `previous` is the sha256 of what this address gave before: the server is then asked for it only if it changed.
    Raises SourceError: forbidden_address, unreachable, corrupt (cut short), mislabelled, empty_file or too_large.
    """
    before = archive.sidecar(previous) if previous and previous in archive else None
    record = before.origin(url) if before else None
    visit = Visit(url, limits or Limits(), _conditions(record.headers) if record else None)

    def take(response: httpx.Response, at: httpx.URL) -> Fetched:
        name = _name(response, at)
        if response.status_code == 304 and before:
            return Fetched(before.sha256, name, str(at), changed=False)
        with tempfile.SpooledTemporaryFile(max_size=16 * 1024 * 1024) as body:
            size = _receive(response, visit, cast(IO[bytes], body), visit.limits.max_bytes)
            body.seek(0)
            _check_content(visit, body.read(1024), size, name, response.headers.get("content-type", ""))
            body.seek(0)
            headers = kept_headers(response.headers)
            sha256 = archive.add(cast(BinaryIO, body), origin=url, how="portal", name=name, headers=headers)
        return Fetched(sha256, name, str(at), changed=before is None or sha256 != before.sha256)

    return visit.run(take)


def fetch_page(url: str, limits: Limits | None = None) -> FetchedPage:
    """Get what lies at `url`, of at most 32 MiB, without keeping it. Raises SourceError, as `fetch`."""
    visit = Visit(url, limits or Limits())

    def take(response: httpx.Response, at: httpx.URL) -> FetchedPage:
        with tempfile.SpooledTemporaryFile(max_size=_PAGE_BYTES) as body:
            _receive(response, visit, cast(IO[bytes], body), min(_PAGE_BYTES, visit.limits.max_bytes))
            body.seek(0)
            return FetchedPage(body.read(), str(at), response.headers.get("content-type", ""))

    return visit.run(take)


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those that a later request sends back: never one that could not be sent, which would spoil every later visit."""
    named = {key: headers[key] for key in _KEPT_HEADERS if key in headers}
    return {key: value for key, value in named.items() if _is_sound(value)}


def _is_sound(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER


def _conditions(headers: dict[str, str]) -> dict[str, str]:
    pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    sound = kept_headers(headers)
    return {condition: sound[header] for condition, header in pairs if header in sound}


def _receive(response: httpx.Response, visit: Visit, body: IO[bytes], limit: int) -> int:
    """Writes the answer into `body`; returns its size in bytes."""
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        size = f"{int(declared[:20]):,} bytes"
        raise too_large(visit.url, limit, Term(f"{size} announced", f"{size} anunciados"))
    for chunk in response.iter_bytes():
        body.write(chunk)
        if body.tell() > limit:
            raise too_large(visit.url, limit, Term("more", "más"))
        visit.left()
    visit.left()  # an answer without a length that was ended at the deadline looks like a whole one
    return body.tell()


_MOVED = Term(
    "Open it in a browser: portals answer with a page where a document moved or asks for a session.",
    "Ábralo en un navegador: los portales responden con una página si el documento se movió o pide una sesión.",
)


def _check_content(visit: Visit, head: bytes, size: int, name: str, content_type: str) -> None:
    if size == 0:
        raise visit.refused(
            "empty_file", Term("a document", "un documento"), Term("no bytes", "ningún byte"),
            Term("The portal published nothing there; ask for it.", "El portal no publicó nada allí: pídalo."),
        )  # fmt: skip
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _HTML.search(head):
        raise visit.refused("mislabelled", Term(f"a document ({name})", f"un documento ({name})"), WEB_PAGE, _MOVED)
    if (name.lower().endswith(".pdf") or "application/pdf" in content_type) and b"%PDF-" not in head:
        begins = Term(f"bytes that begin with {head[:12]!r}", f"bytes que empiezan con {head[:12]!r}")
        raise visit.refused("mislabelled", Term(f"a PDF ({name})", f"un PDF ({name})"), begins, _MOVED)


def _name(response: httpx.Response, url: httpx.URL) -> str:
    """What the document is called: by the server, else by its address. Never a path."""
    message = Message()
    message["content-disposition"] = response.headers.get("content-disposition", "")
    given = message.get_filename() or unquote(PurePosixPath(url.path).name)
    name = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", legible(given).replace("\\", "/")).split("/")[-1].strip(" .") or url.host
    if "." not in name[-6:]:
        name += guess_extension(response.headers.get("content-type", "").split(";")[0].strip()) or ""
    return name[-120:]
