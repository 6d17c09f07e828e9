"""What lets other programs and other people use a release without asking: datapackage.json, CITATION.cff and the licence of the data.

The data package (Frictionless) describes the CSV files: each column with its type, the key of each table, and which table a key of
another leads to. DuckDB's own keys are not declared: they build an index of each table, two thirds more bytes, and a repeated row
would stop a release that the expectations only have to report.
"""

from datetime import date
from typing import Any

from warehouse.release.exports import CSV
from warehouse.schema import BOOL, DATE, INT, MONEY, RATIO, TABLES, TEXT, TIMESTAMP, Column, Table
from warehouse.schema.spanish_values import spanish_value

FILE, CITATION, LICENCE = "datapackage.json", "CITATION.cff", "LICENCIA-DATOS.md"
_TYPES: dict[Any, dict[str, str]] = {
    TEXT: {"type": "string"},
    INT: {"type": "integer"},
    RATIO: {"type": "number"},
    MONEY: {"type": "number"},
    BOOL: {"type": "boolean"},
    DATE: {"type": "date"},
    TIMESTAMP: {"type": "string"},  # as DuckDB writes it, with its offset
}
_DOCUMENTS = TABLES["core.document"]
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Atribución 4.0 Internacional",
    "path": "https://creativecommons.org/licenses/by/4.0/deed.es",
}
LICENCE_TEXT = """# Licencia de los datos

Las tablas de esta edición (DuckDB, Parquet, CSV, Excel y página) se pueden copiar, cambiar y publicar, también con fines
comerciales, diciendo de dónde vienen: Creative Commons Atribución 4.0 Internacional (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/deed.es

Las cifras son de los documentos públicos que cada renglón nombra; de ellos es la autoría, y a ellos se cita. Los documentos no van en
la edición. El programa tiene su propia licencia (MIT).
"""


def data_package(number: int, day: date, rows: dict[str, int]) -> dict[str, Any]:
    """The description of the CSV files of a release; `rows` says how many each has, by its path."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"peso-a-peso-{number:04d}",
        "title": f"Peso a Peso, edición {number:04d}",
        "description": "Renglones de presupuestos públicos de México, leídos de sus documentos, con su prueba y su lugar.",
        "version": f"{number}.0.0",
        "created": f"{day.isoformat()}T00:00:00Z",
        "licenses": [_LICENCE],
        "resources": [_resource(table, rows.get(f"csv/{table.es}.csv")) for table in CSV],
    }


def _resource(table: Table, rows: int | None) -> dict[str, Any]:
    return {
        "name": table.es,
        "path": f"csv/{table.es}.csv",
        "title": table.descripcion,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": rows,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": [table.by_name[name].es for name in table.key],
            "missingValues": [""],
            **_foreign_keys(table),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.es, **_TYPES[column.type], "description": column.descripcion}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = [spanish_value(column, value) for value in column.values]
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: Table) -> dict[str, Any]:
    """That every table with a document leads to that of documents."""
    if table is _DOCUMENTS or "document_id" not in table.by_name:
        return {}
    key, target = table.by_name["document_id"].es, _DOCUMENTS.by_name["document_id"].es
    return {"foreignKeys": [{"fields": [key], "reference": {"resource": _DOCUMENTS.es, "fields": [target]}}]}


def citation_file(number: int, day: date, content: str) -> str:
    """CITATION.cff: how an edition is cited as a data set, for programs that keep references."""
    return f"""cff-version: 1.2.0
message: Cite el documento del gobierno y su página; y la edición, así.
type: dataset
title: "Peso a Peso, edición {number:04d}"
version: "{number:04d}"
date-released: {day.isoformat()}
license: {_LICENCE["name"]}
authors:
  - name: Peso a Peso
identifiers:
  - type: other
    value: "{content}"
    description: sha256 del contenido de todas las tablas (manifest.json)
"""
