"""The addresses of the server: what each answers, of one edition. What an answer tells is for `resources` and `rows`."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipelines.evidence.pictures import PictureError, crop_png
from pipelines.home import Home
from pipelines.web.drawings import BusyError, Drawings
from pipelines.web.openapi import MEDIA, openapi
from pipelines.web.resources import UnknownNameError, told_document, told_line, told_subjects
from pipelines.web.rows import SKIP, BadQueryError, asked_rows, csv_text, json_text, plain
from warehouse.ask import comparisons
from warehouse.ask.query import Ask
from warehouse.ask.views import VIEWS, view_page
from warehouse.html import environment
from warehouse.page import STYLE
from warehouse.page.charts import over_years
from warehouse.page.write import per_thousand
from warehouse.release.folder import MANIFEST, Release
from warehouse.release.publish import PAGE
from warehouse.schema import Table

# A page of another site may frame the charts, and nothing else of ours.
FRAMED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
PAGE_POLICY = FRAMED.replace("img-src data:", "img-src 'self' data:").replace("ancestors *", "ancestors 'none'")
# Files of an edition say in themselves what they may load; here, only that nobody frames them.
_FILE_POLICY = "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_BUSY = "Se están dibujando otras imágenes: pida esta en un momento."
_FOLDER_INDEX = "index.html"


@dataclass(frozen=True)
class Asked:
    """A request and the edition that answers it."""

    request: Request
    home: Home
    release: Release
    ask: Ask
    drawings: Drawings

    @property
    def name(self) -> str:
        """What the address names."""
        return str(self.request.path_params["nombre"])

    @property
    def edition(self) -> str:
        """The number of the edition, as it is written."""
        return f"{self.release.number:04d}"

    def drawn(self, kind: str, draw: Callable[[], bytes]) -> bytes:
        """A picture of what the address names, drawn once."""
        try:
            return self.drawings.of(self.release.folder, f"{kind} {self.name}", draw)
        except BusyError as error:
            raise HTTPException(503, _BUSY, {"retry-after": "5"}) from error


def view_json(asked: Asked, view: Table) -> Response:
    """A page of a view, with how many rows there are and where the next page is."""
    wanted = _wanted(asked, view)
    page = view_page(asked.ask, view, wanted.where, wanted.skip, wanted.most)
    rows = [{name: plain(value) for name, value in row.items()} for row in page.rows]
    following = _next(asked, view, "json", wanted.skip + len(rows), page.total)
    content = {
        "edicion": asked.edition,
        "vista": view.es,
        "total": page.total,
        "desde": wanted.skip,
        "siguiente": following,
        "renglones": rows,
    }
    return _answer(json_text(content), "json", _link(following))


def view_csv(asked: Asked, view: Table) -> Response:
    """The same page for a spreadsheet; the header Link leads to the next."""
    wanted = _wanted(asked, view)
    page = view_page(asked.ask, view, wanted.where, wanted.skip, wanted.most, sheet=True)
    following = _next(asked, view, "csv", wanted.skip + len(page.rows), page.total)
    text = csv_text([column.es for column in view.columns], page.rows)
    return _answer(text, "csv", _link(following) | {"content-disposition": f'attachment; filename="{view.es}.csv"'})


def views(asked: Asked) -> Response:
    """Which views there are."""
    listed = [
        {
            "vista": view.es,
            "descripcion": view.descripcion,
            "json": f"vistas/{view.es}.json",
            "csv": f"vistas/{view.es}.csv",
        }
        for view in VIEWS.values()
    ]
    return _answer(json_text({"edicion": asked.edition, "vistas": listed}), "json")


def document_of_addresses(asked: Asked) -> Response:
    """The OpenAPI document."""
    return _answer(json_text(openapi(asked.edition)), "json")


def told(asked: Asked, kind: str) -> dict[str, Any]:
    """What an address of a line, comparison, claim or document tells."""
    try:
        if kind == "lineas":
            return told_line(asked.release, asked.ask, asked.name)
        if kind == "documentos":
            return told_document(asked.release, asked.ask, asked.name)
        of = {"comparaciones": "comparison", "afirmaciones": "claim"}[kind]
        return told_subjects(asked.release, asked.ask, of, asked.name)
    except UnknownNameError as error:
        raise HTTPException(404, str(error)) from error


def subject_json(asked: Asked, kind: str) -> Response:
    """A line, comparison, claim or document, as JSON."""
    return _answer(json_text(told(asked, kind)), "json")


def subject_page(asked: Asked, kind: str) -> Response:
    """A line, comparison, claim or document, for people, with its crops."""
    text = _templates().get_template("subject.html").render(told=told(asked, kind), style=STYLE)
    return _answer(text, "html", {"content-security-policy": PAGE_POLICY})


def problem_page(status: int, text: str, top: str) -> str:
    """Why an address answers nothing, and where to look; `top` leads to the page of the edition."""
    return _templates().get_template("problem.html").render(status=status, text=text, top=top, style=STYLE)


def crop(asked: Asked) -> Response:
    """The printed place of a line."""
    try:
        picture = asked.drawn("crop", lambda: crop_png(asked.home, asked.ask, asked.name))
    except PictureError as error:  # its message names folders of this machine
        raise HTTPException(
            404, f"No hay imagen de «{asked.name}»: ni línea ni copia archivada que la muestre."
        ) from error
    return Response(picture, media_type=MEDIA["png"])


def chart(asked: Asked, form: str) -> Response:
    """The series of a government, drawn: to be framed in another page, or as a picture."""
    rows = comparisons.history(asked.ask, asked.name)
    if not rows:
        raise HTTPException(
            404, f"La edición no compara nada del gobierno «{asked.name}»: vistas/cobertura.json los lista."
        )
    svg = asked.drawn("chart", lambda: over_years(rows)["es"].encode()).decode()
    if form == "svg":
        return _answer(svg, "svg", {"content-security-policy": FRAMED})
    title = f"{rows[0]['government']}: eventos y publicidad por cada mil pesos de salud"
    text = (
        _templates()
        .get_template("chart.html")
        .render(title=title, svg=svg, rows=rows, style=STYLE, edition=asked.edition)
    )
    return _answer(text, "html", {"content-security-policy": FRAMED})


def file(asked: Asked) -> Response:
    """A file of the edition: one that its manifest names, by that very name."""
    name = str(asked.request.path_params["ruta"]) or PAGE
    name += _FOLDER_INDEX if name.endswith("/") else ""
    if name not in {MANIFEST, *(entry["path"] for entry in asked.release.manifest["files"])}:
        raise HTTPException(
            404, f"La edición no tiene «{name[:200]}»: {MANIFEST} lista sus archivos, /openapi.json las direcciones."
        )
    return FileResponse(asked.release.folder / name, headers={"content-security-policy": _FILE_POLICY})


@functools.cache
def _templates() -> jinja2.Environment:
    return environment(Path(__file__).parent, per_thousand=per_thousand, grouped=lambda text: f"{Decimal(text):,}")


def _answer(text: str, form: str, headers: dict[str, str] | None = None) -> Response:
    policy = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response(text, media_type=MEDIA[form], headers=policy | (headers or {}))


def _wanted(asked: Asked, view: Table) -> Any:
    try:
        return asked_rows(view, asked.request.query_params)
    except BadQueryError as error:
        raise HTTPException(400, str(error)) from error


def _next(asked: Asked, view: Table, form: str, skip: int, total: int) -> str | None:
    """The address of the next page, relative to this one; None after the last row."""
    if skip >= total:
        return None
    given = {name: value for name, value in asked.request.query_params.items() if name != SKIP}
    return f"{view.es}.{form}?{urlencode({**given, SKIP: skip})}"


def _link(following: str | None) -> dict[str, str]:
    return {"link": f'<{following}>; rel="next"'} if following else {}


Answer = Callable[[Asked], Response]
