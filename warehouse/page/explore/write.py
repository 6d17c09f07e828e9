"""The folder `explora`: a page in each language, their script, the pictures it has, and the amounts as columns in a script of data.

A browser reads no other file of a disk but a script, so the data are one: a text of JSON, which it reads several times faster than
a program of the same length. Words are folded here, with the product's own function; the script folds only what is typed.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from warehouse.html import environment
from warehouse.schema.text import words
from warehouse.schema.vocabulary import CLASSIFICATIONS, PROOFS, ROW_KINDS, STAGES, UNVERIFIED, Term

FOLDER = "explora"
_PICTURES = "lugares"
_EXACT = 2**53  # a number of JavaScript counts to here; more centavos than that go as text
# Few values, repeated: the value once, and its place in the list for each row.
_REPEATED = (
    "documento", "etiqueta", "ruta", "gobierno", "momento", "clasificacion", "nivel", "objeto", "funcion", "pagina", "motivo", "canasta",
)  # fmt: skip
# A row is in the first of these that catches it.
_BASKETS = {
    "events": Term("Events: official services (3800)", "Eventos: servicios oficiales (3800)"),
    "advertising": Term("Advertising: social communication (3600)", "Publicidad: comunicación social (3600)"),
    "event_words": Term("Events, by the words of the row", "Eventos, por las palabras del renglón"),
    "itemised_events": Term("Events bought item by item", "Eventos que se compran por partes"),
    "advertising_words": Term("Advertising, by the words of the row", "Publicidad, por las palabras del renglón"),
}
_TOLD: Mapping[str, Mapping[str, Term]] = {
    "momento": STAGES, "clasificacion": CLASSIFICATIONS, "nivel": ROW_KINDS, "motivo": {**PROOFS, **UNVERIFIED}, "canasta": _BASKETS,
}  # fmt: skip
# An amount is told by its document, the number of its table, of its row and of its column there.
_AMOUNTS = """
    SELECT a.document_id AS documento, a."table" AS cuadro, CAST(string_split(a.line_id, ':')[-1] AS BIGINT) AS renglon, a."column" AS columna,
           a.label AS etiqueta, a.path AS ruta, a.government AS gobierno, a.fiscal_year AS ejercicio, a.stage AS momento,
           a.classification AS clasificacion, a.row_kind AS nivel, a.object_code AS objeto, a.function_code AS funcion,
           a.page AS pagina, a.place AS lugar, a.source_text AS impreso, a.multiplier AS unidad,
           CAST(a.amount * 100 AS BIGINT) AS centavos, a.reason AS motivo,
           a.verified::INT AS verificado, (a.citable IS NOT FALSE)::INT AS citable, coalesce(l.adds_up, false)::INT AS suma_aqui,
           b.basket AS canasta
    FROM out.line_all AS a
    LEFT JOIN out.line AS l ON (a.line_id, a.fiscal_year) = (l.line_id, l.fiscal_year)
    LEFT JOIN (
        SELECT line_id, "column", arg_min(basket, list_position($baskets, basket)) AS basket FROM out.line_comparison
        WHERE list_contains($baskets, basket) GROUP BY ALL
    ) AS b
    ON (a.line_id, a."column") = (b.line_id, b."column")
    ORDER BY documento, cuadro, renglon, columna, ejercicio
"""
_DOCUMENTS = "SELECT document_id, coalesce(title, document_id), sha256 FROM core.document ORDER BY document_id"
_PEOPLE = "SELECT government, fiscal_year, any_value(inhabitants) FROM out.health_vs_events WHERE inhabitants IS NOT NULL GROUP BY ALL ORDER BY ALL"
_PRICES = "SELECT year, value FROM out.price_index WHERE name = 'INPC' ORDER BY year"
_BASE = "SELECT max(price_base) FROM out.health_vs_events"
_CLASSES = "SELECT code, name FROM core.code WHERE classification = 'object' AND length(code) < 3 ORDER BY code"


class Explored(NamedTuple):
    """Which edition is explored, and the pictures of lines (PNG by line id) that its page has."""

    number: str
    created_at: str
    pictures: Mapping[str, bytes]


def write_explore(con: duckdb.DuckDBPyConnection, folder: Path, explored: Explored) -> None:
    """Writes the folder of the database that `con` has in use into `folder`."""
    target = folder / FOLDER
    (target / _PICTURES).mkdir(parents=True, exist_ok=True)
    files = {}
    for place, (line_id, png) in enumerate(sorted(explored.pictures.items())):
        files[line_id] = f"{_PICTURES}/{place}.png"
        (target / files[line_id]).write_bytes(png)
    content = _content(con) | {"imagenes": files, "edicion": explored.number}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (target / "datos.js").write_text(f"const DATOS = {json.dumps(text, ensure_ascii=False)};\n", encoding="utf-8")
    here = Path(__file__).parent
    (target / "explora.js").write_text((here / "explore.js").read_text(encoding="utf-8"), encoding="utf-8")
    style = (here.parent / "page.css").read_text(encoding="utf-8") + (here / "explore.css").read_text(encoding="utf-8")
    page = environment(here).get_template("explore.html")
    for name, language in (("index.html", "es"), ("english.html", "en")):
        text = page.render(number=explored.number, created_at=explored.created_at, style=style, language=language)
        (target / name).write_text(text, encoding="utf-8")


def _content(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    amounts = con.execute(_AMOUNTS, {"baskets": list(_BASKETS)}).to_arrow_table()
    columns = {name: _column(name, amounts.column(name)) for name in amounts.column_names}
    [(base,)] = con.execute(_BASE).fetchall()
    return {
        "total": amounts.num_rows,
        "columnas": columns,
        "palabras": [words(label) for label in columns["etiqueta"]["valores"]],
        "dicho": {name: {value: (term.es, term.en) for value, term in terms.items()} for name, terms in _TOLD.items()},
        "documentos": {row[0]: row[1:] for row in con.execute(_DOCUMENTS).fetchall()},
        "habitantes": {f"{government} {year}": people for government, year, people in con.execute(_PEOPLE).fetchall()},
        "precios": dict(con.execute(_PRICES).fetchall()),
        "año_base": base,
        "clases": con.execute(_CLASSES).fetchall(),
    }


def _column(name: str, column: pa.ChunkedArray) -> Any:
    if name == "centavos":
        return [str(value) if value is not None and abs(value) > _EXACT else value for value in column.to_pylist()]
    if name not in _REPEATED:
        return column.to_pylist()
    encoded = column.combine_chunks().dictionary_encode()
    return {"valores": encoded.dictionary.to_pylist(), "lugares": encoded.indices.fill_null(-1).to_pylist()}
