"""A real server on this machine with pages as portals have them, for those who watch."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

LOCAL = "127.0.0.1/32"


class Answer(NamedTuple):
    body: bytes
    status: int = 200
    content_type: str = "text/html"
    etag: str | None = None


class Portal:
    """Paths (with their query) and what they answer; `asked` has what was asked for, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.address = ""

    def put(self, path: str, body: str | bytes, **more: object) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(data, **more)  # type: ignore[arg-type]


@contextlib.contextmanager
def serving() -> Iterator[Portal]:
    portal = Portal()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            portal.asked.append(self.path)
            answer = portal.answers.get(self.path, Answer(b"no", 404))
            if answer.etag and self.headers.get("If-None-Match") == answer.etag:
                answer = Answer(b"", 304)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.etag:
                self.send_header("ETag", answer.etag)
            self.end_headers()
            self.wfile.write(answer.body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    portal.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
