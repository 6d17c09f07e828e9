"""Getting a document from its address: carefully, because portals stall, lie about types and redirect anywhere.

The addresses a name stands for are looked up once, checked, and connected to as they were checked, at every hop: nothing
a page or a catalogue entry says can make the program visit the machine or the network it runs in (`sources.bytes.addresses`).
What the bytes mean, and whether they are a new version of a document, is decided in `sources.intake`.
"""

import functools
import re
import ssl
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from mimetypes import guess_extension
from pathlib import PurePosixPath
from typing import BinaryIO, NoReturn, cast
from urllib.parse import unquote

import httpx
import tenacity

from sources.bytes.addresses import checked_addresses, checked_url
from sources.bytes.archive import MAX_BYTES, Archive, too_large
from sources.errors import SourceError

USER_AGENT = "peso-a-peso (reads published budget documents)"
MAX_REDIRECTS = 5
_KEPT_HEADERS = ("etag", "last-modified", "content-type")
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How long, how much and where to. Times are in seconds; `total` covers all attempts and redirects.

    `allowed_networks` are the private networks that may be visited all the same, such as an intranet of a congress.
    """

    connect: float = 10
    read: float = 30
    total: float = 300
    max_bytes: int = MAX_BYTES
    attempts: int = 4
    first_wait: float = 1
    longest_wait: float = 60
    allowed_networks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fetched:
    """Bytes in the archive. `changed` is false where the server says they are the ones already there."""

    sha256: str
    name: str
    url: str
    changed: bool


class _TemporaryError(Exception):
    """Worth another attempt; carries the error that is raised if that was the last."""

    def __init__(self, error: SourceError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


def fetch(url: str, archive: Archive, *, previous: str | None = None, limits: Limits | None = None) -> Fetched:
    """Get the document at `url` into the archive.

    `previous` is the sha256 of what this address gave before: the server is then asked for it only if it changed.
    Raises SourceError: forbidden_address, unreachable, corrupt (cut short), mislabelled, empty_file or too_large.
    """
    return _Fetch(url, archive, previous, limits or Limits()).run()


class _Fetch:
    """One fetch: its deadline and its attempts."""

    def __init__(self, url: str, archive: Archive, previous: str | None, limits: Limits) -> None:
        self.url, self.archive, self.limits = url, archive, limits
        self.deadline = time.monotonic() + limits.total
        self.attempt = -1
        sidecar = archive.sidecar(previous) if previous and previous in archive else None
        self.before = sidecar
        record = sidecar.origin(url) if sidecar else None
        self.conditions = _conditions(record.headers) if record else {}

    def run(self) -> Fetched:
        wait = tenacity.wait_exponential(multiplier=self.limits.first_wait, max=self.limits.longest_wait)

        def pause(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, _TemporaryError) else None
            return wait(state) if asked is None else min(asked, self.limits.longest_wait)

        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TemporaryError),
            stop=lambda state: (
                state.attempt_number >= self.limits.attempts or time.monotonic() + state.upcoming_sleep > self.deadline
            ),
            wait=pause,
            reraise=True,
        )
        try:
            return attempts(self._attempt)
        except _TemporaryError as last:
            raise last.error from last

    def _attempt(self) -> Fetched:
        self.attempt += 1
        url = self.url
        for _ in range(MAX_REDIRECTS + 1):
            result = self._visit(checked_url(url))
            if isinstance(result, Fetched):
                return result
            url = result
        raise self._refused(
            "unreachable",
            f"at most {MAX_REDIRECTS} redirects",
            "more",
            "Open it in a browser to find the real address.",
        )

    def _visit(self, url: httpx.URL) -> Fetched | str:
        """One request: the document, or the address it redirects to."""
        addresses = checked_addresses(url, self.limits.allowed_networks, self.url)
        left = self._left()
        timeout = httpx.Timeout(min(self.limits.read, left), connect=min(self.limits.connect, left))
        # No connection is kept: it would be reused for another name on the same address, without checking that name's
        # certificate. No proxy is taken from the environment: it would look the name up again.
        with httpx.Client(
            timeout=timeout, trust_env=False, verify=_tls(), limits=httpx.Limits(max_keepalive_connections=0)
        ) as client:
            headers = {
                "host": url.netloc.decode(),
                "user-agent": USER_AGENT,
                "accept-encoding": "identity",
                **self.conditions,
            }
            request = client.build_request(
                "GET",
                url.copy_with(host=addresses[self.attempt % len(addresses)]),
                headers=headers,
                extensions={"sni_hostname": url.raw_host.decode()},
            )
            begun = False
            try:
                response = client.send(request, stream=True)
                try:
                    begun = response.is_success
                    return self._answer(response, url)
                finally:
                    response.close()
            except httpx.TransportError as error:
                self._transport_error(error, begun)

    def _answer(self, response: httpx.Response, url: httpx.URL) -> Fetched | str:
        status = response.status_code
        if response.has_redirect_location:
            return str(url.join(response.headers["location"]))
        if status == 304 and self.conditions and self.before:
            return Fetched(self.before.sha256, _name(response, url), str(url), changed=False)
        if status in _RETRIED:
            error = self._refused(
                "unreachable",
                "the document",
                f"error {status} of the server",
                "The portal is failing; try again later.",
            )
            raise _TemporaryError(error, _retry_after(response.headers.get("retry-after")))
        if status != 200:
            raise self._refused(
                "unreachable",
                "the document",
                f"answer {status}",
                _ADVICE.get(status, "Open it in a browser and check the address."),
            )
        return self._store(response, url)

    def _store(self, response: httpx.Response, url: httpx.URL) -> Fetched:
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > self.limits.max_bytes:
            raise too_large(self.url, self.limits.max_bytes, f"{int(declared):,} bytes announced")
        name = _name(response, url)
        with tempfile.SpooledTemporaryFile(max_size=16 * 1024 * 1024) as body:
            for chunk in response.iter_bytes():
                body.write(chunk)
                if body.tell() > self.limits.max_bytes:
                    raise too_large(self.url, self.limits.max_bytes, "more")
                self._left()
            size = body.tell()
            body.seek(0)
            self._check_content(body.read(1024), size, name, response.headers.get("content-type", ""))
            body.seek(0)
            headers = {key: response.headers[key] for key in _KEPT_HEADERS if key in response.headers}
            sha256 = self.archive.add(cast(BinaryIO, body), origin=self.url, how="portal", name=name, headers=headers)
        return Fetched(sha256, name, str(url), changed=self.before is None or sha256 != self.before.sha256)

    def _check_content(self, head: bytes, size: int, name: str, content_type: str) -> None:
        advice = "Open it in a browser: portals answer with a page where a document moved or asks for a session."
        if size == 0:
            raise self._refused(
                "empty_file", "a document", "no bytes", "The portal published nothing there; ask for it."
            )
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _HTML.search(head):
            raise self._refused("mislabelled", f"a document ({name})", "a web page (HTML)", advice)
        if (name.lower().endswith(".pdf") or "application/pdf" in content_type) and b"%PDF-" not in head:
            raise self._refused("mislabelled", f"a PDF ({name})", f"bytes that begin with {head[:12]!r}", advice)

    def _transport_error(self, error: httpx.TransportError, begun: bool) -> NoReturn:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            advice = "Download it with a browser that warns you, and add the file; or tell the portal."
            raise self._refused("unreachable", "a valid certificate", str(error), advice) from error
        if begun and isinstance(error, httpx.RemoteProtocolError):
            again = self._refused("corrupt", "the whole document", "an answer cut short", "Try again later.")
        elif isinstance(error, httpx.TimeoutException):
            again = self._refused(
                "unreachable",
                "an answer in time",
                f"silence ({type(error).__name__})",
                "The portal is slow; try again later.",
            )
        else:
            again = self._refused(
                "unreachable",
                "an answer",
                str(error) or type(error).__name__,
                "Check the address, and the connection of this machine.",
            )
        raise _TemporaryError(again) from error

    def _left(self) -> float:
        """Seconds left of the total. Raises SourceError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise self._refused(
                "unreachable",
                f"the document within {self.limits.total:g} s",
                "it was still arriving",
                "The portal is slow; try again later.",
            )
        return left

    def _refused(self, code: str, expected: str, found: str, advice: str) -> SourceError:
        return SourceError(code, self.url, expected, found, advice)


_ADVICE = {
    401: "The portal asks for a password; add a file obtained by request.",
    403: "The portal refuses programs; download it with a browser and add the file.",
    404: "The document moved or was taken down; look for its new address.",
    410: "The document was taken down; ask for it.",
}


def _conditions(headers: dict[str, str]) -> dict[str, str]:
    pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    return {condition: headers[header] for condition, header in pairs if header in headers}


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _retry_after(value: str | None) -> float | None:
    """Seconds that the server asks to wait, from a number or a date."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _name(response: httpx.Response, url: httpx.URL) -> str:
    """What the document is called: by the server, else by its address. Never a path."""
    message = Message()
    message["content-disposition"] = response.headers.get("content-disposition", "")
    given = message.get_filename() or unquote(PurePosixPath(url.path).name)
    name = re.sub(r"[\x00-\x1f]", "", given.replace("\\", "/")).split("/")[-1].strip(" .") or url.host
    if "." not in name[-6:]:
        name += guess_extension(response.headers.get("content-type", "").split(";")[0].strip()) or ""
    return name[-120:]
