"""The first question of the page: of a government, a year, a basket and a stage, the sentence, and what belongs beside it.

Sentences are written here, whole, so that the script of the page only looks them up. Which comparisons an edition shows is a rule of
`contents`: those that may be cited; where there is none, those of the sample, said to be such.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import duckdb

from warehouse.page import contents
from warehouse.schema.period import name_of
from warehouse.schema.vocabulary import ITEMS, REFUSALS, STAGES
from warehouse.store.session import Row

BASKETS = ("events", "advertising")
# In a sentence, what the classifier calls them: «eventos» and «publicidad» are the names of the baskets.
_CALLED = {"events": "servicios oficiales", "advertising": "comunicación social y publicidad"}
_BUDGETS = ("proyecto", "aprobado", "modificado")
# A page is read on a phone; the tables of the release hold them all.
SHOWN_ANSWERS = 6000
SHOWN_COSTS = 6


def answers(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the page looks up: `respuestas`, one per comparison and basket, the `lugares` of their lines, and the words for a choice."""
    compared = contents.asked_comparisons(con, SHOWN_ANSWERS // len(BASKETS))
    changes, places, costs = contents.first_changes(con), contents.rank_places(con), _costs(con)
    lines = contents.places(
        con,
        [{"operands": [(None, None, row[f"{item}_line_ids"]) for item in ("health", *BASKETS)]} for row in compared],
    )
    return {
        "respuestas": [_answer(row, item, changes, places, costs) for row in compared for item in BASKETS],
        "lugares": {line_id: _place(line) for line_id, line in lines.items()},
        "canastas": {item: ITEMS[item].es for item in BASKETS},
        "momentos": {stage: word.es for stage, word in STAGES.items()},
    }


def _answer(
    row: Row, item: str, changes: Mapping[Any, Row], places: Mapping[Any, Row], costs: Mapping[Any, list[str]]
) -> dict[str, Any]:
    key = (row["government_id"], row["document_id"], row["fiscal_year"], row["stage"], item)
    refusals = [REFUSALS[code].es for code in (row["refusals"] or "").split(";") if code]
    return {
        "clave": row["government_id"], "gobierno": row["government"], "ejercicio": row["fiscal_year"], "canasta": item,
        "momento": row["stage"], "documento": row["document_id"], "citable": row["citable"], "rechazos": refusals,
        "por_mil": None if refusals else _number(row[f"{item}_share_of_health"] * 1000) if row[f"{item}_share_of_health"] is not None else None,
        "por_habitante": _number(row[f"{item}_per_inhabitant"]) if row[f"{item}_per_inhabitant"] is not None else None,
        "importe": _number(row[item]) if row[item] is not None else None,
        "oraciones": [] if refusals else list(_sentences(row, item, changes.get(key), places.get(key))),
        "alcanza": costs.get((row[f"{item}_line_ids"], row["stage"]), []),
        "salvedades": sorted({part.strip() for part in (row["caveats"] or "").split(";") if part.strip()}),
        "lineas": {ITEMS[side].es: contents.cited(row[f"{side}_line_ids"]) for side in (item, "health")},
    }  # fmt: skip


def _sentences(row: Row, item: str, change: Row | None, place: Row | None) -> Any:
    """What may be printed, sentence by sentence, the headline first."""
    name = name_of(row["government"], row["fiscal_year"], row["period_start"], row["period_end"])
    budget = row["stage"] in _BUDGETS
    if row[f"{item}_share_of_health"] is not None:
        gave = "asignó a salud, el presupuesto asignó" if budget else "destinó a salud, el gobierno gastó"
        to = "a" if budget else "en"
        yield f"Por cada mil pesos que {gave} {row[f'{item}_share_of_health'] * 1000:,.2f} {to} {_CALLED[item]} ({name}, {STAGES[row['stage']].es.lower()})."
    if row[item] is not None:
        yield f"{_CALLED[item].capitalize()}: ${row[item]:,.2f}. Salud: ${row['health']:,.2f}."
    if row[f"{item}_per_inhabitant"] is not None:
        health = row["health_per_inhabitant"]
        beside = "" if health is None else f", ${health:,.2f} en salud"
        yield f"Por habitante: ${row[f'{item}_per_inhabitant']:,.2f} en {_CALLED[item]}{beside}."
    if place is not None:
        many = (
            f"del {place['first_place']} al {place['last_place']}"
            if place["first_place"] != place["last_place"]
            else f"{place['first_place']}"
        )
        yield f"Por habitante, de mayor a menor, lugar {many} de {place['governments']} gobiernos, según las lecturas."
    if change is not None:
        holds = f"; {change['holds']}" if change["holds"] else ""
        yield f"{_CALLED[item].capitalize()} en pesos reales, de {change['from_year']} a {change['to_year']}: {_percent(change['real_change'])}{holds}."


def _costs(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """What the single line of an answer would buy, as sentences, by line and stage."""
    sentences: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in contents.bought(con):
        if len(sentences[row["line_id"], row["stage"]]) < SHOWN_COSTS:
            sentences[row["line_id"], row["stage"]].append(
                f"equivale a {row['would_buy']:,.0f} × {row['unit_cost_name']}, a ${row['unit_cost']:,.2f} de {row['unit_cost_year']}"
            )
    return sentences


def _place(line: Row) -> dict[str, Any]:
    return {
        "etiqueta": line["label"], "documento": line["title"] or line["document_id"], "pagina": line["page"], "impresa": line["printed_page"],
        "lugar": line["place"], "sha256": line["sha256"], "verificado": line["verified"],
        "impreso": {figure["stage"] or figure["header"] or "": figure["source_text"] for figure in line["printed"]},
    }  # fmt: skip


def _percent(change: float) -> str:
    return f"{change * 100:+.1f} %".replace("-", "−")


def _number(value: Any) -> str:
    return f"{value:.2f}"
