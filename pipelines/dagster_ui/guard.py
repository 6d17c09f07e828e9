"""Who may talk to the web interface: its own page, opened under a name it is served at. Refusals, nothing else.

A browser sends what any page it visits asks it to send, to this machine too, and Dagster's server asks for no proof
that a request comes from its own page. The guard stands before the server and answers in its place when
* the Host is none of the names served here (a foreign name can be made to lead to this machine);
* the Origin is not the page's own, or the browser says (Sec-Fetch-Site) that another site asks: only a link may lead
  here from outside;
* a request that can change something is not JSON, which another site cannot send without the server's permission;
* a GraphQL mutation comes by GET, as links and pictures do.
"""

import os
from collections.abc import Iterable
from urllib.parse import urlsplit

from graphql import GraphQLError, OperationDefinitionNode, OperationType, parse
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
GRAPHQL = "/graphql"
_READING = ("GET", "HEAD", "OPTIONS")


def served_hosts(port: int) -> frozenset[str]:
    """What a Host header may be: this machine's own names with the port, and those in `$PESO_UI_HOSTS`.

    `$PESO_UI_HOSTS` is for a tunnel or a proxy: names as the browser sends them, with the port where it is not the
    usual one, separated by spaces.
    """
    own_names = {f"{name}:{port}" for name in LOOPBACK}
    if port == 80:  # browsers leave out the usual port
        own_names |= set(LOOPBACK)
    return frozenset(own_names | set(os.environ.get("PESO_UI_HOSTS", "").lower().split()))


class Guard:
    """ASGI middleware: lets through to `app` what its own page, or a program of this machine, asks for."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers in the place of `app` what may not pass."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif refusal := self._refuse(scope):
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refuse(self, scope: Scope) -> ASGIApp | None:
        """The answer that takes the place of the server's; None for a request that may pass."""
        refusal = self._foreign_host(scope) or _foreign_page(scope)
        if scope["type"] == "websocket":
            return WebSocketClose(code=1008, reason=refusal[1]) if refusal else None
        refusal = refusal or _not_json(Request(scope)) or _mutation_by_get(Request(scope))
        return PlainTextResponse(f"Refused: {refusal[1]}\n", refusal[0]) if refusal else None

    def _foreign_host(self, scope: Scope) -> tuple[int, str] | None:
        hosts = [host.lower() for host in HTTPConnection(scope).headers.getlist("host")]
        if len(hosts) == 1 and hosts[0] in self._hosts:
            return None
        return 421, "not served under this name. Open http://127.0.0.1 with the port, or add the name to PESO_UI_HOSTS."


def _foreign_page(scope: Scope) -> tuple[int, str] | None:
    headers = HTTPConnection(scope).headers
    if any(_authority(origin) != headers["host"].lower() for origin in headers.getlist("origin")):
        return 403, "the request comes from another page than this interface."
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and not _follows_link(scope):
        return 403, "the request comes from another site than this interface."
    return None


def _authority(origin: str) -> str | None:
    """Host and port of an Origin, without the protocol, which a proxy may change; None for what is not a web page."""
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return None
    return parts.netloc if parts.scheme in ("http", "https") else None


def _follows_link(scope: Scope) -> bool:
    """Whether a person came here by a link: a whole page, not a frame, and not what GraphQL answers."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] == GRAPHQL:
        return False
    headers = HTTPConnection(scope).headers
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _not_json(request: Request) -> tuple[int, str] | None:
    # Compared whole: "text/plain; application/json" needs no permission, and Dagster takes it for JSON.
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method in _READING or media_type == "application/json":
        return None
    return 415, "what can change something is taken as application/json only."


def _mutation_by_get(request: Request) -> tuple[int, str] | None:
    if request.method != "GET" or request.url.path != GRAPHQL or "query" not in request.query_params:
        return None
    try:
        definitions = parse(request.query_params["query"]).definitions
    except GraphQLError:
        return None  # the server says what is wrong with it
    operations = [node.operation for node in definitions if isinstance(node, OperationDefinitionNode)]
    if all(operation == OperationType.QUERY for operation in operations):
        return None
    return 405, "GET only reads: send mutations by POST, as application/json."
