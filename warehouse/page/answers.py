"""The first question of the page: of a government, a year, a basket and a stage, the sentence, and what belongs beside it.

Sentences are written here, whole, so that the script of the page only looks them up. Which comparisons an edition shows is a rule of
`contents`: those that may be cited; where there is none, those of the sample, said to be such.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from warehouse.page import contents
from warehouse.page.sentences import cited, in_english, sentences
from warehouse.schema.period import name_of
from warehouse.schema.vocabulary import ITEMS, REFUSALS, STAGES, Term
from warehouse.store.session import Row

BASKETS = ("events", "advertising")
# In a sentence, what the classifier calls them: «eventos» and «publicidad» are the names of the baskets.
_CALLED = {
    "events": Term("official services", "servicios oficiales"),
    "advertising": Term("social communication and advertising", "comunicación social y publicidad"),
}
_BUDGETS = ("proyecto", "aprobado", "modificado")
# A page is read on a phone; the tables of the release hold them all.
SHOWN_ANSWERS = 6000
SHOWN_COSTS = 6
Both = tuple[str, str]  # what is told, in Spanish and in English


class _SharedTexts:
    """Sentences that many answers share, kept once; an answer names them by their place."""

    def __init__(self) -> None:
        self.kept: dict[Both, int] = {}

    def places(self, told: Iterable[Both]) -> list[int]:
        """The place of each, each once, in order."""
        return [self.kept.setdefault(both, len(self.kept)) for both in dict.fromkeys(told)]


def answers(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the page looks up: `respuestas`, one per comparison and basket, the `lugares` of their lines, and the words for a choice.

    Whatever is told is a pair, Spanish and English; those of `textos` are named by their place.
    """
    compared = contents.asked_comparisons(con, SHOWN_ANSWERS // len(BASKETS))
    changes, ranks, costs, texts = contents.first_changes(con), contents.rank_places(con), _costs(con), _SharedTexts()
    lines = contents.places(
        con,
        [{"operands": [(None, None, row[f"{item}_line_ids"]) for item in ("health", *BASKETS)]} for row in compared],
    )
    replies = [_answer(row, item, changes, ranks, costs, texts) for row in compared for item in BASKETS]
    return {
        "respuestas": replies,
        "textos": list(texts.kept),
        "lugares": {line_id: _place(line) for line_id, line in lines.items()},
        "canastas": {
            item: (f"{ITEMS[item].es}: {_CALLED[item].es}", f"{ITEMS[item].en}: {_CALLED[item].en}") for item in BASKETS
        },
        "nombres": {item: (word.es, word.en) for item, word in ITEMS.items()},
        "momentos": {stage: (word.es, word.en) for stage, word in STAGES.items()},
    }


def _answer(
    row: Row,
    item: str,
    changes: Mapping[Any, Row],
    ranks: Mapping[Any, Row],
    costs: Mapping[Any, list[Both]],
    texts: _SharedTexts,
) -> dict[str, Any]:
    key = (row["government_id"], row["document_id"], row["fiscal_year"], row["stage"], item)
    refusals = [(REFUSALS[code].es, REFUSALS[code].en) for code in cited(row["refusals"])]
    change = changes.get(key)
    return {
        "clave": row["government_id"], "gobierno": row["government"], "ejercicio": row["fiscal_year"], "canasta": item,
        "momento": row["stage"], "documento": row["document_id"], "citable": row["citable"], "rechazos": texts.places(refusals),
        "por_mil": None if refusals else _number(row[f"{item}_share_of_health"], 1000),
        "por_habitante": _number(row[f"{item}_per_inhabitant"]),
        "importe": _number(row[item]),
        "cambio": None if change is None else [change["from_year"], change["to_year"], _percent(change["real_change"])],
        "oraciones": [] if refusals else list(_sentences(row, item, change, ranks.get(key))),
        "alcanza": texts.places(costs.get((row[f"{item}_line_ids"], row["stage"]), [])),
        "salvedades": texts.places(in_english(part) for part in sentences(row["caveats"])),
        "no_se_dice": texts.places(in_english(part) for part in sentences(row["unsayable"])),
        "comprobar": texts.places(in_english(part) for part in sentences(row["how_to_check"])),
        "lineas": {side: cited(row[f"{side}_line_ids"]) for side in (item, "health")},
    }  # fmt: skip


def _sentences(row: Row, item: str, change: Row | None, rank: Row | None) -> Iterator[Both]:
    """What may be printed, sentence by sentence, the headline first."""
    called, stage = _CALLED[item], STAGES[row["stage"]]
    period = (row["government"], row["fiscal_year"], row["period_start"], row["period_end"])
    if row[f"{item}_share_of_health"] is not None:
        yield _headline(f"{row[f'{item}_share_of_health'] * 1000:,.2f}", called, row["stage"] in _BUDGETS, [
            f"({name_of(*period, language)}, {word.lower()})" for language, word in (("es", stage.es), ("en", stage.en))
        ])  # fmt: skip
    if row[item] is not None:
        amount, health = (f"${row[name]:,.2f}" if row[name] is not None else "—" for name in (item, "health"))
        yield (
            f"{called.es.capitalize()}: {amount}. Salud: {health}.",
            f"{called.en.capitalize()}: {amount}. Health: {health}.",
        )
    if row[f"{item}_per_inhabitant"] is not None:
        amount, health = f"${row[f'{item}_per_inhabitant']:,.2f}", row["health_per_inhabitant"]
        beside = ("", "") if health is None else (f", ${health:,.2f} en salud", f", ${health:,.2f} on health")
        yield (
            f"Por habitante: {amount} en {called.es}{beside[0]}.",
            f"Per inhabitant: {amount} on {called.en}{beside[1]}.",
        )
    if rank is not None:
        first, last, governments = rank["first_place"], rank["last_place"], rank["governments"]
        yield (
            f"Por habitante, de mayor a menor, lugar {first if first == last else f'del {first} al {last}'} de {governments} gobiernos, según las lecturas.",
            f"Per inhabitant, from most to least, place {first if first == last else f'{first} to {last}'} of {governments} governments, by the readings.",
        )
    if change is not None:
        real, held = _percent(change["real_change"]), (change["readings_held"], change["readings"])
        yield (
            f"{called.es.capitalize()} en pesos reales, de {change['from_year']} a {change['to_year']}: {real}; se sostiene en {held[0]} de {held[1]} lecturas.",
            f"{called.en.capitalize()} in real pesos, {change['from_year']} to {change['to_year']}: {real}; it holds in {held[0]} of {held[1]} readings.",
        )


def _headline(number: str, called: Term, is_budget: bool, of: Sequence[str]) -> Both:
    """The sentence to print; `of` is government, year and stage in both languages. A budget assigns; what was spent was spent."""
    if is_budget:
        return (
            f"Por cada mil pesos que asignó a salud, el presupuesto asignó {number} a {called.es} {of[0]}.",
            f"For every thousand pesos that it assigned to health, the budget assigned {number} to {called.en} {of[1]}.",
        )
    return (
        f"Por cada mil pesos que destinó a salud, el gobierno gastó {number} en {called.es} {of[0]}.",
        f"For every thousand pesos that it gave to health, the government spent {number} on {called.en} {of[1]}.",
    )


def _costs(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Both]]:
    """What the single line of an answer would buy, as sentences, by line and stage."""
    equivalents: dict[tuple[str, str], list[Both]] = defaultdict(list)
    for row in contents.bought(con):
        if len(equivalents[row["line_id"], row["stage"]]) < SHOWN_COSTS:
            units, what = f"{row['would_buy']:,.0f} × {row['unit_cost_name']}", f"${row['unit_cost']:,.2f}"
            equivalents[row["line_id"], row["stage"]].append(
                (
                    f"equivale a {units}, a {what} de {row['unit_cost_year']}",
                    f"equals {units}, at {what} of {row['unit_cost_year']}",
                )
            )
    return equivalents


def _place(line: Row) -> dict[str, Any]:
    return {
        "etiqueta": line["label"], "documento": line["title"] or line["document_id"], "pagina": line["page"], "impresa": line["printed_page"],
        "lugar": line["place"], "sha256": line["sha256"], "verificado": line["verified"],
        "impreso": {figure["stage"] or figure["header"] or "": figure["source_text"] for figure in line["printed"]},
    }  # fmt: skip


def _percent(change: float) -> str:
    return f"{change * 100:+.1f} %".replace("-", "−")


def _number(value: Any, times: int = 1) -> str | None:
    return None if value is None else f"{value * times:.2f}"
