"""Visiting an address: carefully, because portals stall, drip, and redirect anywhere. What is done with the answer is for
`sources.bytes.fetch`.

The addresses a name stands for are looked up once, checked, and connected to as they were checked, at every hop: nothing
a page or a catalogue entry says can make the program visit the machine or the network it runs in (`sources.bytes.addresses`).
Whatever a server does ends in a named outcome before the deadline.
"""

import contextlib
import functools
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
import tenacity

from sources.bytes.addresses import CHECK_ADDRESS, checked_addresses, checked_url
from sources.bytes.archive import MAX_BYTES
from sources.errors import SourceError, Words
from warehouse.schema.vocabulary import Term

USER_AGENT = "peso-a-peso (reads published budget documents)"
MAX_REDIRECTS = 5
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_SLOW = Term("The portal is slow; try again later.", "El portal está lento: inténtelo más tarde.")
_FOREIGN = Term(
    "Open it in a browser and save it; or tell the portal.", "Ábralo en un navegador y guárdelo, o avise al portal."
)
_DOCUMENT = Term("the document", "el documento")

T = TypeVar("T")
Take = Callable[[httpx.Response, httpx.URL], T]


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


class AnswerError(SourceError):
    """The server answered that the document is not there, or not for us; `status` is its code."""

    def __init__(self, status: int, document: str) -> None:
        self.status = status
        super().__init__(
            "unreachable",
            document,
            _DOCUMENT,
            Term(f"answer {status}", f"la respuesta {status}"),
            _ADVICE.get(status, _LOOK),
        )


class _TemporaryError(Exception):
    """Worth another attempt; carries the error that is raised if that was the last."""

    def __init__(self, error: SourceError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


class Visit:
    """One visit: its deadline and its attempts. `conditions` are headers that ask for the document only if it changed."""

    def __init__(self, url: str, limits: Limits, conditions: Mapping[str, str] | None = None) -> None:
        self.url, self.limits, self.conditions = url, limits, dict(conditions or {})
        self.deadline = time.monotonic() + limits.total
        self.attempt = -1

    def run(self, take: Take[T]) -> T:
        """What `take` makes of the answer (200, or 304 to a condition), after redirects and other attempts.

        Raises SourceError: forbidden_address, unreachable, corrupt (cut short), or what `take` raises.
        """
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
            result: T = attempts(self._attempt, take)
            return result
        except _TemporaryError as last:
            raise last.error from last

    def left(self) -> float:
        """Seconds left of the total. Raises SourceError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            seconds = f"{self.limits.total:g} s"
            within = Term(f"the document within {seconds}", f"el documento en {seconds}")
            raise self.refused("unreachable", within, Term("it was still arriving", "que seguía llegando"), _SLOW)
        return left

    def refused(self, code: str, expected: Words, found: Words, advice: Words) -> SourceError:
        """The error of this address, with its named outcome."""
        return SourceError(code, self.url, expected, found, advice)

    def _attempt(self, take: Take[T]) -> T:
        self.attempt += 1
        url = self.url
        for _ in range(MAX_REDIRECTS + 1):
            moved, result = self._visit(checked_url(url), take)
            if moved is None:
                return result[0]
            url = moved
        raise self.refused(
            "unreachable",
            Term(f"at most {MAX_REDIRECTS} redirects", f"cuando más {MAX_REDIRECTS} redirecciones"),
            Term("more", "más"),
            Term(
                "Open it in a browser to find the real address.",
                "Ábralo en un navegador para hallar la dirección real.",
            ),
        )

    def _visit(self, url: httpx.URL, take: Take[T]) -> tuple[str | None, list[T]]:
        """One request: the address it redirects to, or what was taken."""
        addresses = self._looked_up(url)
        left = self.left()
        timeout = httpx.Timeout(min(self.limits.read, left), connect=min(self.limits.connect, left))
        begun = False
        with _client(timeout) as client, _Watch(left) as watch:
            request = client.build_request(
                "GET",
                url.copy_with(host=addresses[self.attempt % len(addresses)]),
                headers={
                    "host": url.netloc.decode(),
                    "user-agent": USER_AGENT,
                    "accept-encoding": "identity",
                    **self.conditions,
                },
                extensions={"sni_hostname": url.raw_host.decode(), "trace": watch.trace},
            )
            try:
                with contextlib.closing(client.send(request, stream=True)) as response:
                    begun = response.is_success
                    return self._answer(response, url, take)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                self.left()  # where the watch ended the connection, the time is what was wrong
                raise self._foreign(error, begun) from error

    def _looked_up(self, url: httpx.URL) -> list[str]:
        """The addresses of the host, in time: a name server may be silent for longer than we have."""
        answers: list[list[str] | SourceError] = []

        def look_up() -> None:
            try:
                answers.append(checked_addresses(url, self.limits.allowed_networks, self.url))
            except SourceError as error:
                answers.append(error)

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self.left())
        if not answers:
            machine = Term(f"a machine called {url.host}", f"una máquina llamada {url.host}")
            silence = Term("silence of the name server", "silencio del servidor de nombres")
            raise self.refused("unreachable", machine, silence, _SLOW)
        if isinstance(answers[0], SourceError):
            raise answers[0]
        return answers[0]

    def _answer(self, response: httpx.Response, url: httpx.URL, take: Take[T]) -> tuple[str | None, list[T]]:
        status = response.status_code
        if response.has_redirect_location:
            return str(url.join(response.headers["location"])), []
        if status in _RETRIED:
            error = self.refused(
                "unreachable",
                _DOCUMENT,
                Term(f"error {status} of the server", f"el error {status} del servidor"),
                Term("The portal is failing; try again later.", "El portal está fallando: inténtelo más tarde."),
            )
            raise _TemporaryError(error, _retry_after(response.headers.get("retry-after")))
        if status != 200 and not (status == 304 and self.conditions):
            raise AnswerError(status, self.url)
        return None, [take(response, url)]

    def _foreign(self, error: Exception, begun: bool) -> Exception:
        """What went wrong on the way, by name; what may pass is worth another attempt."""
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return self.refused(
                "unreachable", Term("a valid certificate", "un certificado válido"), str(error), _WARNED
            )
        name = type(error).__name__
        if isinstance(error, httpx.DecodingError):
            packed = Term("bytes packed as the answer says", "bytes empacados como dice la respuesta")
            return self.refused("corrupt", packed, Term("others", "otros"), _FOREIGN)
        if not isinstance(error, httpx.TransportError):
            in_http = Term("an answer in HTTP", "una respuesta en HTTP")
            return self.refused("unreachable", in_http, f"{name}: {error}"[:200], _FOREIGN)
        if begun and isinstance(error, httpx.RemoteProtocolError):
            whole, cut = (
                Term("the whole document", "el documento completo"),
                Term("an answer cut short", "una respuesta cortada"),
            )
            return _TemporaryError(
                self.refused("corrupt", whole, cut, Term("Try again later.", "Inténtelo más tarde."))
            )
        if isinstance(error, httpx.TimeoutException):
            in_time, silence = (
                Term("an answer in time", "una respuesta a tiempo"),
                Term(f"silence ({name})", f"silencio ({name})"),
            )
            return _TemporaryError(self.refused("unreachable", in_time, silence, _SLOW))
        answer = Term("an answer", "una respuesta")
        return _TemporaryError(self.refused("unreachable", answer, str(error) or name, CHECK_ADDRESS))


class _Watch:
    """Ends the connection at the deadline, in whatever phase it is: each byte that drips in begins a new wait elsewhere."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._socket: socket.socket | None = None

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._socket:
            self._socket.close()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Takes hold of the connection when there is one; a copy, for encryption takes the first over."""
        if event == "connection.connect_tcp.complete":
            connected = info["return_value"].get_extra_info("socket")
            self._socket = socket.socket(fileno=os.dup(connected.fileno()))

    def _end(self) -> None:
        if self._socket:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _client(timeout: httpx.Timeout) -> Iterator[httpx.Client]:
    """No connection is kept: it would be reused for another name on the same address, without checking that name's
    certificate. No proxy is taken from the environment: it would look the name up again.
    """
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(timeout=timeout, trust_env=False, verify=_tls(), limits=limits) as client:
        yield client


_WARNED = Term(
    "Download it with a browser that warns you, and add the file; or tell the portal.",
    "Descárguelo con un navegador que le avise y agregue el archivo, o avise al portal.",
)
_LOOK = Term("Open it in a browser and check the address.", "Ábralo en un navegador y revise la dirección.")
_ADVICE = {
    401: Term(
        "The portal asks for a password; add a file obtained by request.",
        "El portal pide contraseña: agregue un archivo obtenido por solicitud.",
    ),
    403: Term(
        "The portal refuses programs; download it with a browser and add the file.",
        "El portal rechaza programas: descárguelo con un navegador y agregue el archivo.",
    ),
    404: Term(
        "The document moved or was taken down; look for its new address.",
        "El documento se movió o se retiró: busque su nueva dirección.",
    ),
    410: Term("The document was taken down; ask for it.", "El documento se retiró: pídalo."),
}


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _retry_after(value: str | None) -> float | None:
    """Seconds that the server asks to wait, from a number or a date."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdigit():
        return float(value[:12])
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
