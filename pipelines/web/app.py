"""The server: which address leads where, who is answered, and what every answer says to caches and browsers.

For a proxy to stand in front of: links are relative, and only the names that are given are answered.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.home import Home
from pipelines.web import addresses
from pipelines.web.addresses import Answer, Asked
from pipelines.web.drawings import Drawings
from pipelines.web.editions import ServedEditions, edition_tag
from pipelines.web.openapi import SUBJECTS
from warehouse.ask.views import VIEWS
from warehouse.errors import QueryError, WarehouseError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
# An edition is never changed, but the newest one is another every night: ask whether it still is.
_CACHED = "public, max-age=60, must-revalidate"
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


def application(home: Home, names: Sequence[str] = ()) -> Starlette:
    """The server of the newest edition of a home, under this machine's own names and these."""
    editions, drawings = ServedEditions(home), Drawings()
    return Starlette(
        routes=_routes(partial(_endpoint, editions, drawings)),
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *names], www_redirect=False),
            Middleware(_Headers),
            Middleware(GZipMiddleware),
        ],
        exception_handlers={HTTPException: _refused, WarehouseError: _unpublished},
        lifespan=partial(_lifespan, editions),
    )


def _routes(endpoint: Callable[[Answer], Callable[[Request], Response]]) -> list[Route]:
    routes = [
        Route("/openapi.json", endpoint(addresses.document_of_addresses)),
        Route("/vistas.json", endpoint(addresses.views)),
    ]
    for view in VIEWS.values():
        for form, answer in (("json", addresses.view_json), ("csv", addresses.view_csv)):
            routes.append(Route(f"/vistas/{view.es}.{form}", endpoint(partial(answer, view=view))))
    for kind, (_, forms) in SUBJECTS.items():
        for form in forms:  # the page comes last: its address is any name
            suffix = "" if form == "html" else f".{form}"
            routes.append(Route(f"/{kind}/{{nombre}}{suffix}", endpoint(_answer_of(kind, form))))
        routes.sort(key=lambda route: route.path.endswith("}"))
    return [*routes, Route("/{ruta:path}", endpoint(addresses.file))]


def _answer_of(kind: str, form: str) -> Answer:
    if kind == "graficas":
        return partial(addresses.chart, form=form)
    if form == "png":
        return addresses.crop
    return partial(addresses.subject_json if form == "json" else addresses.subject_page, kind=kind)


def _endpoint(editions: ServedEditions, drawings: Drawings, answer: Answer) -> Callable[[Request], Response]:
    """An address that answers from the newest edition, or says that it is still the one the asker has."""

    def answered(request: Request) -> Response:
        with editions.current() as (release, ask):
            headers = {"etag": edition_tag(release), "cache-control": _CACHED}
            if headers["etag"] in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            response = answer(Asked(request, editions.home, release, ask, drawings))
            response.headers.update(headers)
            return response

    return answered


@contextlib.asynccontextmanager
async def _lifespan(editions: ServedEditions, _: Starlette) -> AsyncIterator[None]:
    yield
    editions.close()


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(request, error.status_code, error.detail, dict(error.headers or {}))


async def _unpublished(request: Request, error: Exception) -> Response:
    """What the database cannot answer; its own words are of files of this machine."""
    why = (
        "La edición se publicó con otra versión del programa y no tiene esto: publique otra"
        if isinstance(error, QueryError)
        else "No hay edición que servir: publique una"
    )
    return _problem(request, 503, f"{why} con `peso run`.", {"retry-after": "60"})


def _problem(request: Request, status: int, text: str, headers: dict[str, str]) -> Response:
    """Why not: a page for who looks with a browser, JSON for programs."""
    headers |= {"cache-control": "no-store", "vary": "Accept"}
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": text}, status, headers)
    top = "../" * (request.url.path.count("/") - 1) or "./"
    page = addresses.problem_page(status, text, top)
    return HTMLResponse(page, status, headers | {"content-security-policy": addresses.PAGE_POLICY})


class _Headers:
    """ASGI middleware: what every answer tells a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
            await send(message)

        await self._app(scope, receive, with_headers)


def serve(home: Home, bind: str, port: int, names: Sequence[str]) -> None:
    """Answers until it is interrupted. Raises WarehouseError when nothing was published."""
    import uvicorn

    home.published()
    uvicorn.run(
        application(home, names), host=bind, port=port, proxy_headers=False, server_header=False, log_level="warning"
    )
