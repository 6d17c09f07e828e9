"""Fetching against a real server on this machine, which behaves as portals do."""

import contextlib
import hashlib
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from sources.bytes.addresses import may_visit
from sources.bytes.archive import Archive
from sources.bytes.fetch import Limits, fetch
from sources.errors import SourceError

PDF = b"%PDF-1.4\n" + b"x" * 3000
LOCAL = ("127.0.0.1/32",)
QUICK = Limits(connect=2, read=0.3, total=3, max_bytes=100_000, attempts=3, first_wait=0, allowed_networks=LOCAL)


class Portal(BaseHTTPRequestHandler):
    """Each path is one kind of behaviour; `seen` remembers the requests."""

    seen: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.split("?")[0].strip("/").split("/")[0].split(".")[0]
        self.seen.append((name, {key.lower(): value for key, value in self.headers.items()}))
        getattr(self, f"get_{name}", self.get_missing)()

    def reply(self, status: int, body: bytes = b"", length: bool = True, **headers: str) -> None:
        self.send_response(status)
        if length:
            self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def times(self) -> int:
        return len([name for name, _ in self.seen if name == self.seen[-1][0]])

    def get_missing(self) -> None:
        self.reply(404)

    def get_ley(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.reply(304)
        else:
            self.reply(200, PDF, ETag='"v1"', Content_Type="application/pdf")

    def get_descarga(self) -> None:
        self.reply(200, PDF, Content_Disposition="attachment; filename*=UTF-8''..%2FPresupuesto%20a%C3%B1o.pdf")

    def get_failing(self) -> None:
        self.reply(500) if self.times() < 3 else self.reply(200, PDF)

    def get_busy(self) -> None:
        self.reply(503, Retry_After="1") if self.times() < 2 else self.reply(200, PDF)

    def get_vague(self) -> None:
        self.reply(503, Retry_After="²") if self.times() < 2 else self.reply(200, PDF)

    def get_slow(self) -> None:
        time.sleep(0.6)
        with contextlib.suppress(BrokenPipeError):
            self.reply(200, PDF)

    def get_headers(self) -> None:
        """Each header comes in time, and the answer never."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(30):
                self.wfile.write(f"X-{number}: y\r\n".encode())
                self.wfile.flush()
                time.sleep(0.1)

    def raw(self, *lines: bytes) -> None:
        self.wfile.write(b"\r\n".join([*lines, b"Content-Length: %d" % len(PDF), b"", PDF]))

    def get_packed(self) -> None:
        self.raw(b"HTTP/1.1 200 OK", b"Content-Encoding: gzip")

    def get_poisoned(self) -> None:
        self.raw(b"HTTP/1.1 200 OK", b'ETag: "x\xff\xfe"', b"Last-Modified: \xc3\xb1")

    def get_nowhere(self) -> None:
        self.raw(b"HTTP/1.1 302 Found", b"Location: http://[::zz]:99999999/\xff")

    def get_garbage(self) -> None:
        self.wfile.write(b"\x00\xff\xfe nothing of HTTP\r\n\r\n")

    def get_later(self) -> None:
        self.reply(503, Retry_After="Fri, 31 Dec 9999 23:59:59 -2359")

    def get_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # the client hangs up, as it should
            for _ in range(20):
                self.wfile.write(b"%PDF-1.4 ")
                self.wfile.flush()
                time.sleep(0.1)

    def get_huge(self) -> None:
        self.reply(200, b"%PDF-" + b"x" * 200_000)

    def get_endless(self) -> None:
        self.reply(200, b"%PDF-" + b"x" * 200_000, length=False)

    def get_inwards(self) -> None:
        self.reply(302, Location=f"http://127.0.0.2:{self.connection.getsockname()[1]}/ley.pdf")

    def get_there(self) -> None:
        self.reply(301, Location="/ley.pdf")

    def get_round(self) -> None:
        self.reply(302, Location="/round")

    def get_page(self) -> None:
        self.reply(
            200, b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Sesi\xc3\xb3n</body></html>", Content_Type="application/pdf"
        )

    def get_text(self) -> None:
        self.reply(200, b"not what it says", Content_Type="text/plain")

    def get_empty(self) -> None:
        self.reply(200)

    def get_truncated(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(PDF) * 2))
        self.end_headers()
        self.wfile.write(PDF)


@pytest.fixture
def portal() -> Iterator[str]:
    Portal.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def refused(url: str, archive: Archive, limits: Limits = QUICK) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetch(url, archive, limits=limits)
    assert [p for p in archive.root.rglob("*") if p.is_file()] == []
    return caught.value


def test_a_document_is_archived_with_where_it_came_from(portal: str, archive: Archive) -> None:
    fetched = fetch(f"{portal}/ley.pdf", archive, limits=QUICK)
    assert (fetched.sha256, fetched.name, fetched.changed) == (hashlib.sha256(PDF).hexdigest(), "ley.pdf", True)
    sidecar = archive.sidecar(fetched.sha256)
    assert sidecar is not None
    origin = sidecar.origins[0]
    assert (origin.origin, origin.how) == (f"{portal}/ley.pdf", "portal")
    assert origin.headers == {"etag": '"v1"', "content-type": "application/pdf"}


def test_what_did_not_change_is_not_sent_again(portal: str, archive: Archive) -> None:
    url = f"{portal}/ley.pdf"
    first = fetch(url, archive, limits=QUICK)
    again = fetch(url, archive, previous=first.sha256, limits=QUICK)
    assert (again.sha256, again.changed) == (first.sha256, False)
    assert Portal.seen[-1][1]["if-none-match"] == '"v1"'


def test_lost_bytes_are_asked_for_without_condition(portal: str, archive: Archive) -> None:
    first = fetch(f"{portal}/ley.pdf", archive, limits=QUICK)
    archive.path(first.sha256).unlink()
    fetch(f"{portal}/ley.pdf", archive, previous=first.sha256, limits=QUICK)
    assert first.sha256 in archive


def test_the_server_names_the_file_and_never_a_path(portal: str, archive: Archive) -> None:
    assert fetch(f"{portal}/descarga?id=7", archive, limits=QUICK).name == "Presupuesto año.pdf"


def test_errors_of_the_server_are_tried_again(portal: str, archive: Archive) -> None:
    assert fetch(f"{portal}/failing.pdf", archive, limits=QUICK).changed
    assert len(Portal.seen) == 3


def test_the_server_says_how_long_to_wait_up_to_a_bound(portal: str, archive: Archive) -> None:
    start = time.monotonic()
    fetch(f"{portal}/busy.pdf", archive, limits=QUICK)
    waited = time.monotonic() - start
    Portal.seen.clear()
    start = time.monotonic()
    fetch(f"{portal}/busy.pdf", archive, limits=Limits(longest_wait=0.1, allowed_networks=LOCAL))
    assert waited >= 1 and time.monotonic() - start < waited


def test_a_wait_that_is_no_number_is_ours_to_choose(portal: str, archive: Archive) -> None:
    assert fetch(f"{portal}/vague.pdf", archive, limits=QUICK).changed


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("missing.pdf", "unreachable", "answer 404"),
        ("slow.pdf", "unreachable", "ReadTimeout"),
        ("huge.pdf", "too_large", "200,005 bytes announced"),
        ("endless.pdf", "too_large", "found more"),
        ("inwards.pdf", "forbidden_address", "127.0.0.2"),
        ("round.pdf", "unreachable", "at most 5 redirects"),
        ("page.pdf", "mislabelled", "web page (HTML)"),
        ("text.pdf", "mislabelled", "begin with b'not what it '"),
        ("empty.pdf", "empty_file", "no bytes"),
        ("truncated.pdf", "corrupt", "cut short"),
        ("packed.pdf", "corrupt", "packed as the answer says"),
        ("nowhere.pdf", "unreachable", "location header"),
        ("garbage.pdf", "unreachable", "an answer"),
        ("later.pdf", "unreachable", "error 503"),
    ],
)
def test_what_goes_wrong_has_a_name_and_leaves_nothing(
    portal: str, archive: Archive, path: str, code: str, words: str
) -> None:
    error = refused(f"{portal}/{path}", archive)
    assert (error.code, error.document) == (code, f"{portal}/{path}")
    assert words in str(error)


def test_what_may_pass_is_tried_again_and_what_will_not_is_not(portal: str, archive: Archive) -> None:
    for path, times in (("truncated.pdf", 3), ("slow.pdf", 3), ("missing.pdf", 1), ("page.pdf", 1)):
        Portal.seen.clear()
        refused(f"{portal}/{path}", archive)
        assert len(Portal.seen) == times, path


def test_a_body_that_drips_is_stopped_by_the_total(portal: str, archive: Archive) -> None:
    error = refused(f"{portal}/dripping.pdf", archive, Limits(total=0.5, allowed_networks=LOCAL))
    assert error.code == "unreachable"
    assert "within 0.5 s" in str(error)


def test_headers_that_drip_are_stopped_by_the_total(portal: str, archive: Archive) -> None:
    start = time.monotonic()
    error = refused(f"{portal}/headers.pdf", archive, Limits(total=0.5, allowed_networks=LOCAL))
    assert (error.code, "within 0.5 s" in str(error)) == ("unreachable", True)
    assert time.monotonic() - start < 2


def test_a_silent_name_server_is_stopped_by_the_total(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object, **__: object) -> list[object]:
        time.sleep(3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    assert "name server" in str(refused("http://portal.example/ley.pdf", archive, Limits(total=0.2)))


def test_headers_that_cannot_be_sent_back_are_not_kept(portal: str, archive: Archive) -> None:
    url = f"{portal}/poisoned.pdf"
    first = fetch(url, archive, limits=QUICK)
    archive.add(PDF, origin=url, how="portal", headers={"etag": '"\udcff"'.encode(errors="replace").decode() + "ÿ"})
    assert fetch(url, archive, previous=first.sha256, limits=QUICK).sha256 == first.sha256
    assert "if-none-match" not in Portal.seen[-1][1]


def test_redirects_are_followed(portal: str, archive: Archive) -> None:
    fetched = fetch(f"{portal}/there.pdf", archive, limits=QUICK)
    assert (fetched.name, fetched.url) == ("ley.pdf", f"{portal}/ley.pdf")
    sidecar = archive.sidecar(fetched.sha256)
    assert sidecar is not None and sidecar.origins[0].origin == f"{portal}/there.pdf"


def test_this_machine_is_refused_by_default(portal: str, archive: Archive) -> None:
    for url in (portal, portal.replace("127.0.0.1", "localhost"), portal.replace("127.0.0.1", "2130706433")):
        assert refused(f"{url}/ley.pdf", archive, Limits(attempts=1)).code == "forbidden_address"
    assert Portal.seen == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "fec0::1", "feff::1", "5f00::1", "4000::1", "::7f00:1",
     "64:ff9b:1::7f00:1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_that_may_not_be_visited(address: str) -> None:
    assert not may_visit(ipaddress.ip_address(address), [])


@pytest.mark.parametrize("address", ["187.191.71.1", "2806:230::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_may_be_visited(address: str) -> None:
    assert may_visit(ipaddress.ip_address(address), [])


def test_the_name_is_looked_up_once_per_hop_and_the_checked_address_is_used(
    portal: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: int, **kwargs: int) -> list[object]:
        if host != "portal.example":
            return list(real(host, port, *args, **kwargs))
        asked.append(host)
        return list(real("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, *args, **kwargs))

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = portal.replace("127.0.0.1", "portal.example")
    fetch(f"{url}/ley.pdf", archive, limits=QUICK)
    assert asked == ["portal.example"]
    assert Portal.seen[0][1]["host"] == url.removeprefix("http://")


def names_stand_for(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def lookup(host: str, port: int, *args: int, **kwargs: int) -> list[object]:
        hosts = addresses if host == "portal.example" else [host]
        return [answer for address in hosts for answer in real(address, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def test_another_address_of_the_name_is_tried_when_one_does_not_answer(
    portal: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_stand_for(["127.0.0.9", "127.0.0.1"], monkeypatch)
    limits = Limits(first_wait=0, allowed_networks=("127.0.0.0/8",))
    assert fetch(f"{portal}/ley.pdf".replace("127.0.0.1", "portal.example"), archive, limits=limits).changed


def test_one_private_address_among_several_refuses_the_name(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    names_stand_for(["187.191.71.1", "10.0.0.1"], monkeypatch)
    assert refused("http://portal.example/ley.pdf", archive).code == "forbidden_address"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.mx/x.pdf", "//a.mx/x.pdf", "x.pdf"])
def test_only_http_and_https(archive: Archive, url: str) -> None:
    assert refused(url, archive).code == "forbidden_address"


def test_a_password_in_the_address_is_refused_and_not_repeated(archive: Archive) -> None:
    error = refused("https://ana:secreto@a.mx/x.pdf", archive)
    assert error.code == "forbidden_address"
    assert "secreto" not in str(error)


def test_nobody_there(archive: Archive) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = refused(f"http://127.0.0.1:{port}/x.pdf", archive)
    assert error.code == "unreachable"
    assert "an answer" in str(error)
