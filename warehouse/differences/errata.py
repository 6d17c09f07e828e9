"""`ERRATAS.md`: what a reader of the previous release must know, in Spanish: what differs by cause, and the claims.

Made from the finished file; every row of it stands in `out.release_difference` and `out.claim`.
"""

from typing import Any

import duckdb

from warehouse.schema.causes import CAUSES, CHANGES
from warehouse.schema.vocabulary import CLAIM_OUTCOMES

FILE = "ERRATAS.md"
SHOWN = 20

_COUNTS = """
SELECT cause, change, sum(amounts), count(DISTINCT document_id) FROM out.release_difference GROUP BY ALL ORDER BY 3 DESC, 1, 2
"""
_LARGEST = """
SELECT coalesce(g.name, d.government_id), d.fiscal_year, d.stage, d.label, d.previous_amount, d.amount, d.difference,
  d.fields, d.before, d.after, d.change, coalesce(d.line_id, d.previous_line_id, d.document_id), d.claims
FROM out.release_difference d LEFT JOIN core.government g USING (government_id)
WHERE d.cause = ? ORDER BY abs(d.difference) DESC NULLS LAST, d.difference_id LIMIT ?
"""
_CLAIMS = (
    "SELECT claim_id, text, outcome, razon, previous_amount, amount FROM out.claim ORDER BY outcome = 'held', claim_id"
)


def errata(con: duckdb.DuckDBPyConnection, *, number: int, previous: int | None, compared: bool) -> str:
    """The text, from the release attached as the current database. `compared` is false where the previous file is gone."""
    lines = [f"# Erratas de la edición {number:04d}", ""]
    if previous is None:
        lines += ["Primera edición: no hay otra con que compararla."]
    elif not compared:
        lines += [
            f"La edición {previous:04d} ya no tiene su archivo DuckDB, o es de un esquema anterior: no se comparó."
        ]
    else:
        lines += _differences(con, previous)
    return "\n".join([*lines, "", *_claims(con), ""])


def _differences(con: duckdb.DuckDBPyConnection, previous: int) -> list[str]:
    counts = con.execute(_COUNTS).fetchall()
    if not counts:
        return [f"Ninguna línea difiere de la edición {previous:04d}."]
    lines = [
        f"Lo que difiere de la edición {previous:04d}, por su causa. Todos los renglones están en `csv/erratas.csv`, "
        "`es.erratas` y `out.release_difference`.",
        "",
        "| Causa | Cambio | Importes | Documentos |",
        "| --- | --- | ---: | ---: |",
    ]
    lines += [f"| {CAUSES[cause].es} | {CHANGES[change].es} | {n:,} | {docs:,} |" for cause, change, n, docs in counts]
    for cause in dict.fromkeys(row[0] for row in counts):
        rows = con.execute(_LARGEST, [cause, SHOWN + 1]).fetchall()
        lines += ["", f"## {CAUSES[cause].es}", "", *(_line(row) for row in rows[:SHOWN])]
        if len(rows) > SHOWN:
            lines.append("* … y más: las mayores están arriba, todas en `csv/erratas.csv`")
    return lines


def _line(row: tuple[Any, ...]) -> str:
    government, year, stage, label, before, now, difference, fields, was, is_now, change, address, claims = row
    what = " ".join(str(part) for part in (government, year, stage, f"«{label}»" if label else None) if part)
    if change in ("document_added", "document_removed"):
        text = f"{CHANGES[change].es} `{address}`" + (f" ({what})" if what else "")
    elif change == "changed" and difference:
        text = f"{what}: de {before:,.2f} a {now:,.2f} ({difference:+,.2f})"
    elif change == "changed":
        text = f"{what}: {fields}: de «{was}» a «{is_now}»"
    else:
        amount = now if change == "added" else before
        text = f"{what}: {CHANGES[change].es.lower()}" + ("" if amount is None else f", {amount:,.2f}")
    marked = f" — afecta a: {claims.replace(';', ', ')}" if claims else ""
    return f"* {text}{marked}" + ("" if change.startswith("document") else f" `{address}`")


def _claims(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(_CLAIMS).fetchall()
    lines = ["## Afirmaciones", ""] if rows else []
    for name, text, outcome, reason, before, now in rows:
        figures = "" if before is None or now is None or before == now else f" ({before:,.2f} → {now:,.2f})"
        lines += [f"* **{name}**: {CLAIM_OUTCOMES[outcome].es}{figures}. «{text}»" + (f" {reason}" if reason else "")]
    return lines
