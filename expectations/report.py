"""The validation report: one HTML file that opens anywhere, offline, in Spanish with English subtitles.

Only how results are shown belongs here. Great Expectations' own Data Docs are not used: they take their styles from
the network.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from expectations.facets import shares
from expectations.runner import SHOWN, Result
from warehouse.html import environment
from warehouse.schema import TABLES
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import BASES, FACETS, Term

_NOTHING = Term("Nothing", "Nada")
# Longest text of a cell; a comparison may cite hundreds of lines.
_CELL = 300
# Columns that the rules add to those of the schema.
_ADDED = {
    "found": "hallado",
    "words_found": "palabras halladas",
    "words_used": "palabras usadas",
    "words_excluded": "palabras excluidas",
    "lines_found": "líneas halladas",
    "amounts_found": "importes hallados",
    "verified_found": "verificados hallados",
    "without_stage": "sin momento",
    "rows": "renglones",
    "equal": "iguales",
    "operand": "operando",
    "cited": "citado",
    "cited_in": "citado en",
    "columns": "columnas",
    "found_in": "está en",
    "details": "suma de detalles",
    "stated": "publicado",
    "lowest": "menor",
    "highest": "mayor",
    "amount_before": "importe anterior",
    "amount_shown": "importe mostrado",
    "verified_shown": "verificado mostrado",
    "fiscal_year_before": "ejercicio anterior",
    "document_id_before": "documento anterior",
}
# Names in the schema are identifiers and carry no accents; headings are read by people.
_ACCENTS = {
    "alcanzaria": "alcanzaría", "clasificacion": "clasificación", "codigo": "código", "comparacion": "comparación",
    "conciliacion": "conciliación", "correccion": "corrección", "exclusion": "exclusión", "formula": "fórmula", "funcion": "función",
    "linea": "línea", "lineas": "líneas", "metodologia": "metodología", "numero": "número", "numeros": "números",
    "numericas": "numéricas", "pagina": "página", "paginas": "páginas", "posicion": "posición", "proporcion": "proporción",
    "razon": "razón", "termino": "término", "terminos": "términos", "titulo": "título", "validacion": "validación",
}  # fmt: skip


def write_html(
    results: Collection[Result],
    path: Path,
    *,
    amounts: pd.DataFrame | None = None,
    release: str | None = None,
    created_at: datetime | None = None,
) -> None:
    """Writes the report of the results: what fails first, with its rows, then what the amounts of each document rest on
    (of `core.amount`), then everything that was checked.
    """
    ordered = sorted(results, key=lambda r: list(TABLES).index(r.table))
    page = (
        environment(Path(__file__).parent, words=_words)
        .get_template("report.html")
        .render(
            release=release,
            created_at=created_at.strftime("%Y-%m-%d %H:%M %Z").strip() if created_at else None,
            passed=[r for r in ordered if r.passed],
            errors=[_card(r) for r in ordered if not r.passed and r.severity == "ERROR"],
            warnings=[_card(r) for r in ordered if not r.passed and r.severity == "WARN"],
            bases=[] if amounts is None else _bases(amounts),
            tables=[(TABLES[name], list(checks)) for name, checks in groupby(ordered, key=lambda r: r.table)],
        )
    )
    path.write_text(page, encoding="utf-8")


def _bases(amounts: pd.DataFrame) -> list[dict[str, Any]]:
    """By document, and facet by facet, on what share of its amounts rests: Spanish and English, as the template shows it."""
    counted = shares(amounts)
    return [
        {
            "document_id": document,
            "amounts": int(group["amounts"].sum()) // len(FACETS),
            "facets": [
                (FACETS[name], [_share(row) for row in of.to_dict("records")])
                for name, of in group.groupby("facet", sort=False)
            ],
        }
        for document, group in counted.groupby("document_id", observed=True)
    ]


def _share(row: dict[str, Any]) -> tuple[Term, float]:
    return (_NOTHING if pd.isna(row["basis"]) else BASES[row["basis"]]), row["share"]


def _card(result: Result) -> dict[str, Any]:
    """A failing check as the template shows it: headings in two languages, and cells as text."""
    rows = result.failing_rows
    return {
        "result": result,
        "table": TABLES[result.table],
        "headings": [_heading(name, result.table) for name in rows.columns],
        "rows": [
            [_cell(name, value) for name, value in zip(rows.columns, row, strict=True)]
            for row in rows.itertuples(index=False)
        ],
        "numeric": [pd.api.types.is_numeric_dtype(dtype) and dtype != "boolean" for dtype in rows.dtypes],
        "more": max(0, result.failing - SHOWN) if len(rows) else 0,
    }


def _heading(name: str, table: str) -> tuple[str, str]:
    """Spanish and English name of a column of failing rows."""
    plain = name.replace("_centavos", "")
    columns = (*TABLES[table].columns, *(column for other in TABLES.values() for column in other.columns))
    column_name = next((column.es for column in columns if column.frame_name == name), None)
    spanish = column_name if column_name and plain not in _ADDED else _ADDED.get(plain, plain)
    unit = " ($)" if plain != name else ""
    return _words(spanish) + unit, _words(plain) + unit


def _words(identifier: str) -> str:
    return " ".join(_ACCENTS.get(word, word) for word in identifier.split("_"))


def _cell(name: str, value: Any) -> str:
    if pd.isna(value):
        return "—"
    if isinstance(value, (bool, np.bool_)):
        return "sí" if value else "no"
    if "_centavos" in name:
        return pesos(value)
    text = str(value)
    return text if len(text) <= _CELL else f"{text[:_CELL]}…"
