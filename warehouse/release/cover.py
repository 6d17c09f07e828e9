"""The two sheets of the workbook that are drawn cell by cell: what it is and where everything lies, and the comparison that it begins with.

They are small, and have links: inside the workbook, to the page of the same edition, and to the address a document came from. Sheets of
rows belong to `warehouse.release.sheets`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

import duckdb
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.schema.vocabulary import REFUSALS, STAGES

COVER, HEADLINE = "Portada", "Salud y eventos"
_MOST_LINKS = 60_000  # Excel opens 65,530 of a sheet
_TOLD_WIDTH = 90
_SAFE = ("http://", "https://")
_HEADLINE_SQL = """
    SELECT h.*, d.title, d.origin, d.citable AS may_cite FROM out.health_vs_events AS h LEFT JOIN core.document AS d USING (document_id)
    ORDER BY h.government, h.fiscal_year DESC, h.stage, h.period_end DESC, h.document_id
"""
_CITE = (
    "Cite el documento del gobierno y su página, y diga la edición: «{government}, {document}, página N; {title}».",
    "Los renglones con citable = FALSO no se citan: cite la fuente que su documento nombra.",
    "Licencia de los datos: Creative Commons Atribución 4.0 (LICENCIA-DATOS.md). Las cifras son de los documentos públicos que se nombran.",
)


class DrawnSheet(NamedTuple):
    """A sheet that is drawn whole, by a function that is given the workbook and the empty sheet."""

    name: str
    draw: Callable[[Workbook, Worksheet], None]


class _Shown(NamedTuple):
    """A column of the headline sheet: what heads it, how wide it is, how its numbers look, and its value in a row."""

    header: str
    width: int
    look: str
    value: Callable[[dict[str, Any]], Any]


def _number(name: str, times: int = 1) -> Callable[[dict[str, Any]], Any]:
    return lambda row: None if row[name] is None else float(row[name] * times)


def _refusals(row: Mapping[str, Any]) -> str:
    return ". ".join(REFUSALS[code].es for code in (row["refusals"] or "").split(";") if code)


_SHOWN = (
    _Shown("Gobierno", 24, "text", lambda row: row["government"] or row["government_id"]),
    _Shown("Ejercicio", 11, "text", lambda row: str(row["fiscal_year"] or "")),
    _Shown("Momento", 14, "text", lambda row: STAGES[row["stage"]].es),
    _Shown("Eventos por cada mil pesos de salud", 18, "share", _number("events_share_of_health", 1000)),
    _Shown("Publicidad por cada mil pesos de salud", 18, "share", _number("advertising_share_of_health", 1000)),
    _Shown("Eventos (pesos)", 22, "money", _number("events")),
    _Shown("Publicidad (pesos)", 22, "money", _number("advertising")),
    _Shown("Salud (pesos)", 22, "money", _number("health")),
    _Shown("Eventos por habitante (pesos)", 18, "money", _number("events_per_inhabitant")),
    _Shown("Verificado", 12, "text", lambda row: "sí" if row["verified"] else "no"),
    _Shown("Se cita", 10, "text", lambda row: "no" if row["citable"] is False else "sí"),
    _Shown("Por qué no hay número", 40, "text", _refusals),
    _Shown("Salvedades", 60, "text", lambda row: row["caveats"]),
    _Shown("Lo que no puede decirse", 50, "text", lambda row: row["unsayable"]),
    _Shown("Cómo comprobarlo", 50, "text", lambda row: row["how_to_check"]),
)


def cover(title: str, notes: Sequence[str], counts: Mapping[str, int], told: Mapping[str, str]) -> DrawnSheet:
    """What the workbook is, how it is cited, and its sheets with their rows, a link to each; `told` says what a sheet holds."""
    return DrawnSheet(COVER, partial(_draw_cover, title=title, notes=notes, counts=counts, told=told))


def _draw_cover(
    book: Workbook,
    page: Worksheet,
    *,
    title: str,
    notes: Sequence[str],
    counts: Mapping[str, int],
    told: Mapping[str, str],
) -> None:
    looks = _looks(book)
    page.hide_gridlines(2)
    _fit(page)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, _TOLD_WIDTH)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 18}))
    page.write_string(
        1, 0, "Presupuestos públicos de México, renglón por renglón, cada número con su página.", looks["plain"]
    )
    page.write_url(2, 0, "external:reporte.html", looks["link"], "Abrir la página de esta edición (reporte.html)")
    page.write_url(3, 0, "external:explora/index.html", looks["link"], "Buscar en todos los renglones (explora)")
    row = _paragraphs(
        page,
        5,
        "Cómo se cita",
        [line.format(title=title, government="gobierno", document="documento") for line in _CITE],
        looks,
    )
    row = _paragraphs(page, row + 1, "Antes de usar un número", notes, looks)
    for place, name in enumerate(("Hoja", "Renglones", "Qué tiene")):
        page.write_string(row + 1, place, name, looks["header"])
    for place, (name, rows) in enumerate(counts.items(), start=row + 2):
        page.write_url(place, 0, f"internal:'{name}'!A1", looks["link"], name)
        page.write_number(place, 1, rows, looks["count"])
        page.write_string(place, 2, told.get(name, ""), looks["text"])
        page.set_row(place, _height(told.get(name, ""), _TOLD_WIDTH))


def _fit(page: Worksheet) -> None:
    """On paper: as wide as a sheet of it."""
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _height(text: str, width: int) -> int:
    """Of a row, in points, for a text in so many characters a line."""
    return 15 * (1 + len(text) // width)


def _paragraphs(page: Worksheet, row: int, heading: str, texts: Sequence[str], looks: Mapping[str, Format]) -> int:
    """Writes a heading and its paragraphs, each over the three columns; returns the row after them."""
    page.write_string(row, 0, heading, looks["heading"])
    for place, text in enumerate(texts, start=row + 1):
        page.merge_range(place, 0, place, 2, text, looks["text"])
        page.set_row(place, _height(text, 28 + 12 + _TOLD_WIDTH))
    return row + 1 + len(texts)


def headline(con: duckdb.DuckDBPyConnection) -> tuple[DrawnSheet, int]:
    """The comparison that the page begins with, one row per document, year and stage, and how many rows there are."""
    answer = con.execute(_HEADLINE_SQL)
    names = [column[0] for column in answer.description]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return DrawnSheet(HEADLINE, partial(_draw_headline, rows=rows)), len(rows)


def _draw_headline(book: Workbook, page: Worksheet, *, rows: Sequence[dict[str, Any]]) -> None:
    looks = _looks(book)
    page.freeze_panes(1, 1)
    page.set_row(0, 45)
    _fit(page)
    page.autofilter(0, 0, max(1, len(rows)), len(_SHOWN) + 1)
    for place, shown in enumerate(_SHOWN):
        page.set_column(place, place, shown.width)
        page.write_string(0, place, shown.header, looks["header"])
    for place, (header, width) in enumerate((("Dónde está impreso", 24), ("Documento", 60)), start=len(_SHOWN)):
        page.set_column(place, place, width)
        page.write_string(0, place, header, looks["header"])
    for number, row in enumerate(rows, start=1):
        for place, shown in enumerate(_SHOWN):
            value = shown.value(row)
            if isinstance(value, float):
                page.write_number(number, place, value, looks[shown.look])
            else:
                page.write_string(number, place, value or "", looks["line"])
        _write_links(page, number, row, looks)


def _write_links(page: Worksheet, number: int, row: Mapping[str, Any], looks: Mapping[str, Format]) -> None:
    """To the answer in the page, which shows the printed place, and to where the document came from, where that is an address."""
    title, address = row["title"] or row["document_id"], row["origin"] or ""
    asked = {
        "gobierno": row["government"],
        "ejercicio": row["fiscal_year"],
        "canasta": "events",
        "momento": row["stage"],
    }
    answer = "&".join(f"{name}={quote(str(value))}" for name, value in asked.items())
    if number <= _MOST_LINKS // 2:
        page.write_url(number, len(_SHOWN), f"external:reporte.html#{answer}", looks["link"], "su lugar, en la página")
    if number <= _MOST_LINKS // 2 and address.startswith(_SAFE) and len(address) < 2000:
        page.write_url(number, len(_SHOWN) + 1, address, looks["link"], title)
    else:
        page.write_string(number, len(_SHOWN) + 1, title, looks["line"])


def _looks(book: Workbook) -> dict[str, Format]:
    kinds: dict[str, dict[str, Any]] = {
        "plain": {}, "heading": {"bold": True, "font_size": 13}, "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
        "text": {"num_format": "@", "text_wrap": True, "valign": "top"}, "line": {"num_format": "@", "valign": "top"}, "count": {"num_format": "#,##0", "valign": "top"},
        "share": {"num_format": "0.00", "valign": "top"}, "money": {"num_format": "#,##0.00", "valign": "top"},
        "link": {"font_color": "#0b5394", "underline": 1, "valign": "top", "text_wrap": False},
    }  # fmt: skip
    return {name: book.add_format(look) for name, look in kinds.items()}
