"""The OpenAPI document of the server: made from the schema and the addresses, so that it cannot say otherwise."""

from typing import Any

from pipelines.web.rows import LARGEST, MOST, MOST_ROWS, SKIP, USUAL_ROWS, filters
from warehouse.ask.views import VIEWS
from warehouse.schema import BOOL, DATE, INT, MONEY, RATIO, TEXT, TIMESTAMP, Column, Table

_TYPES: dict[Any, dict[str, Any]] = {
    TEXT: {"type": "string"},
    INT: {"type": "integer"},
    RATIO: {"type": "number"},
    BOOL: {"type": "boolean"},
    DATE: {"type": "string", "format": "date"},
    TIMESTAMP: {"type": "string", "format": "date-time"},
    MONEY: {"type": "string", "pattern": r"^-?\d+\.\d{2}$"},
}
# What each address shows, and the forms in which it does.
SUBJECTS = {
    "lineas": ("Una línea (documento:tabla:renglón)", ("json", "html", "png")),
    "comparaciones": ("Una comparación (gobierno:ejercicio:momento, o la declarada antes)", ("json", "html")),
    "afirmaciones": ("Una frase publicada", ("json", "html")),
    "documentos": ("Un documento", ("json", "html")),
    "graficas": ("La serie de un gobierno (su clave), para insertar en otra página", ("svg", "html")),
}
MEDIA = {"json": "application/json", "csv": "text/csv", "html": "text/html", "png": "image/png", "svg": "image/svg+xml"}


def openapi(edition: str) -> dict[str, Any]:
    """The document, for the edition of this number."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Peso a Peso",
            "version": edition,
            "description": "Una edición publicada, solo para leer. El dinero va como texto con dos decimales, en pesos: exacto.",
        },
        "servers": [{"url": "."}],
        "paths": {**_views(), **_subjects(), **_lists()},
        "components": {"schemas": {"Error": _object({"error": {"type": "string"}}, ["error"])}},
    }


def _views() -> dict[str, Any]:
    paths = {}
    for view in VIEWS.values():
        page = _object(
            {
                "edicion": {"type": "string"},
                "vista": {"const": view.es},
                "total": {"type": "integer", "minimum": 0},
                "desde": {"type": "integer", "minimum": 0},
                "siguiente": {"type": ["string", "null"]},
                "renglones": {"type": "array", "maxItems": MOST_ROWS, "items": _row(view)},
            }
        )
        for form, schema in (("json", page), ("csv", {"type": "string"})):
            paths[f"/vistas/{view.es}.{form}"] = _get(view.descripcion, form, schema, _asked(view), ("400",))
    return paths


def _asked(view: Table) -> list[dict[str, Any]]:
    """The parameters of a page of a view."""
    skip = {"type": "integer", "minimum": 0, "maximum": LARGEST, "default": 0}
    most = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}
    return [
        _query(SKIP, "Renglones que se saltan", skip),
        _query(MOST, "Renglones que se dan, a lo más", most),
        *(_query(column.es, column.descripcion, _TYPES[column.type]) for column in filters(view)),
    ]


def _subjects() -> dict[str, Any]:
    paths = {}
    for kind, (what, forms) in SUBJECTS.items():
        name = {"name": "nombre", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for form in forms:
            schema = {"type": "object", "required": ["edicion", "tipo", "nombre", "titulo"]} if form == "json" else {}
            address = f"/{kind}/{{nombre}}" if form == "html" else f"/{kind}/{{nombre}}.{form}"
            paths[address] = _get(what, form, schema, [name], ("404",))
    return paths


def _lists() -> dict[str, Any]:
    views = _object({"edicion": {"type": "string"}, "vistas": {"type": "array", "items": {"type": "object"}}})
    return {"/vistas.json": _get("Las vistas que hay", "json", views, [], ())}


def _get(
    what: str, form: str, schema: dict[str, Any], parameters: list[dict[str, Any]], failures: tuple[str, ...]
) -> dict[str, Any]:
    error = {"$ref": "#/components/schemas/Error"}
    answers: dict[str, Any] = {
        "200": {"description": what, "content": {MEDIA[form]: {"schema": schema}}},
        "304": {"description": "Sigue siendo la edición que se nombra en If-None-Match"},
    }
    for code in (*failures, "503"):  # while there is no edition, or one of an older program
        page = {MEDIA["html"]: {"schema": {"type": "string"}}}  # for who looks with a browser
        answers[code] = {"description": "Por qué no", "content": {MEDIA["json"]: {"schema": error}} | page}
    return {"get": {"summary": what, "parameters": parameters, "responses": answers}}


def _query(name: str, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": what, "required": False, "schema": schema}


def _row(view: Table) -> dict[str, Any]:
    return _object({column.es: _value(column) for column in view.columns})


def _value(column: Column) -> dict[str, Any]:
    kind = _TYPES[column.type]
    described = {**kind, "description": column.descripcion}
    return described if column.required else described | {"type": [kind["type"], "null"]}


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }
