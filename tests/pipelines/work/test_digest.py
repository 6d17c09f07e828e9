"""What people are told: news once, alerts until they end or are acknowledged; by mail and webhook, against real servers here."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from pipelines.home import Home
from pipelines.work.digest import digest, tell
from pipelines.work.notices import Notice, acknowledge, gather, read_told
from pipelines.work.watching import Journal, WatchedLink

NEWS = Notice("edition-7", False, "New edition 7.", "Nueva edición 7.")
ALERT = Notice("failing-1", True, "Failing: roto.pdf", "Falla: roto.pdf")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


class _Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a message needs."""

    letters: list[bytes]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text)
                self.letters.append(b"".join(lines))
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


@contextmanager
def _server(server: socketserver.TCPServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mail() -> Iterator[tuple[int, list[bytes]]]:
    letters: list[bytes] = []
    handler = type("Mailbox", (_Mailbox,), {"letters": letters})
    with _server(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) as port:
        yield port, letters


@pytest.fixture
def chat() -> Iterator[tuple[str, list[dict[str, str]]]]:
    posts: list[dict[str, str]] = []

    class Chat(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if self.path == "/roto" else 200)
            self.end_headers()

    with _server(ThreadingHTTPServer(("127.0.0.1", 0), Chat)) as port:
        yield f"http://127.0.0.1:{port}", posts


def configure(home: Home, **fields: object) -> None:
    (home.root / "telling.yaml").write_text(yaml.safe_dump(fields))


def told(home: Home, *notices: Notice) -> tuple[list[str], list[str]]:
    lines: list[str] = []
    return tell(home, notices, lines.append), lines


def test_one_digest_in_both_languages_by_mail_and_chat(
    home: Home, mail: tuple[int, list[bytes]], chat: tuple[str, list[dict[str, str]]]
) -> None:
    port, letters = mail
    address, posts = chat
    configure(
        home,
        email={
            "server": "127.0.0.1",
            "port": port,
            "security": "none",
            "sender": "peso@example.mx",
            "to": ["a@example.mx", "b@example.mx"],
        },
        webhooks=[{"address": f"{address}/sala", "field": "content"}],
    )
    assert told(home, NEWS, ALERT)[0] == []
    [letter] = (message_from_bytes(text, policy=policy.default) for text in letters)
    assert (letter["To"], "1 avisos, 1 novedades" in letter["Subject"]) == ("a@example.mx, b@example.mx", True)
    for text in (letter.get_content(), posts[0]["content"]):
        assert all(
            line in text
            for line in (
                "- Nueva edición 7.",
                "- New edition 7.",
                "- Falla: roto.pdf [failing-1]",
                "- Failing: roto.pdf [failing-1]",
            )
        )


def test_news_is_told_once_and_alerts_until_acknowledged_or_gone(
    home: Home, chat: tuple[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, posts = chat
    configure(home, webhooks=[{"address": address}])
    monkeypatch.setattr("pipelines.work.notices.gather", lambda _: [NEWS, ALERT])
    told(home, NEWS, ALERT)
    told(home, NEWS, ALERT)
    assert ("edición" in posts[0]["text"], "edición" in posts[1]["text"], "roto" in posts[1]["text"]) == (
        True,
        False,
        True,
    )
    assert acknowledge(home, ["failing-1", "no-such", "edition-7"]) == ["edition-7", "no-such"]
    assert told(home, NEWS, ALERT) == ([], [])
    assert len(posts) == 2, "a quiet night sends nothing"
    told(home, NEWS)
    assert told(home, NEWS, ALERT)[1] != [], "an alert that comes anew is told anew"


def test_what_nobody_could_be_told_is_told_again(home: Home, chat: tuple[str, list[dict[str, str]]]) -> None:
    address, _ = chat
    configure(
        home,
        webhooks=[{"address": f"{address}/roto"}, {"address": "http://127.0.0.1:9/secreto"}],
        email={"server": "127.0.0.1", "port": 9, "sender": "a@b.mx", "to": ["c@d.mx"]},
    )
    problems, _ = told(home, NEWS)
    assert [problem.partition(":")[0] for problem in problems] == ["e-mail (127.0.0.1)", "webhook 1", "webhook 2"]
    assert "secreto" not in " ".join(problems)
    assert read_told(home).told == []


def test_a_wrong_file_is_told_of_and_no_file_tells_nobody(home: Home) -> None:
    assert told(home, NEWS)[0] == []
    configure(home, emial={})
    [problem] = told(home, NEWS)[0]
    assert problem.startswith("telling.yaml")


def test_what_portals_write_cannot_move_a_terminal_or_forge_a_header() -> None:
    text = digest([Notice("k", True, "a\x1b[2Jb\r\nBcc: x@y", "a\x1b[2Jb\r\nBcc: x@y\u202e")])
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\nBcc" not in text


def test_everything_of_a_home_is_gathered(home: Home) -> None:
    fields = {"id": "p", "active": True, "address": "https://portal.example/", "government": "26", "found_in": "a test"}
    (home.portals_folder / "p.yaml").write_text(yaml.safe_dump(fields))
    day = date(2026, 12, 1)
    links = {
        f"https://portal.example/{n}.pdf": WatchedLink(
            first_seen_on=day,
            last_listed_on=day,
            last_seen_on=day,
            status="vanished" if n == 0 else "present",
            missing_nights=3,
        )
        for n in range(9)
    }
    home.watched.mkdir()
    (home.watched / "p.json").write_text(
        Journal(links=links, remarks=["2 links work by script only"]).model_dump_json()
    )
    (home.alerts / "x.json").write_text(json.dumps({"job": "publish", "errors": ["no space"]}))
    (home.claims_folder / "mala.yaml").write_text("no: sirve")
    notices = gather(home)
    kinds = [notice.key.partition("-")[0] for notice in notices]
    assert sorted(set(kinds)) == ["appeared", "failing", "portal", "run", "vanished"]
    text = digest(notices)
    assert "9 documentos nuevos en la página" in text and "3 nights, noches" in text and "no space" in text
