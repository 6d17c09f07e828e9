"""The sentences of affordability cards, in both languages: a year of money beside a year of a need. Nothing is computed here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from transforms.claims.card_inputs import Resolved
from transforms.claims.cards import Card, CardMoney
from transforms.claims.sentences import Sentence
from warehouse.schema.method import SMALL

_INPUTS = {"persons": "personas", "dependants": "dependientes", "load": "carga por enfermedad"}


def reading_sentence(money: CardMoney, row: Mapping[str, Any]) -> Sentence:
    """One reading: both amounts of a year, how many years' needs a year that is, and the break-even."""
    place, base = row["government"] or row["government_id"], row["price_base"]
    amount, need = (_whole(row[f"{name}_centavos"]) for name in ("amount", "need"))
    gross = row["contributions_centavos"] is None
    en = f"{place}. {money.name.en}: {amount} pesos of {base} {_a_year(money, row, 'en')}, beside {need} that the need of one year would cost{' before contributions, which are not known' if gross else ', net of contributions'}."
    es = f"{place}. {money.name.es}: {amount} pesos de {base} {_a_year(money, row, 'es')}, frente a {need} que costaría la necesidad de un año{' antes de cuotas, que no se conocen' if gross else ', ya restadas las cuotas'}."
    if row.get("coverage") is None:
        en += f" The need is under one part in {SMALL} of it: both amounts are said, and no ratio."
        es += f" La necesidad es menos de un {SMALL}.º de ese dinero: se dicen los dos importes y ninguna proporción."
        return en, es
    cost = _whole(row["break_even_unit_cost_centavos"])
    once = money.nature == "one_off"
    en += f" It equals {row['coverage']:,.2f} years' needs{', once: the need returns every year' if once else ' a year'}; they are even at {cost} pesos per person and year."
    es += f" Equivale a {row['coverage']:,.2f} necesidades anuales{', una sola vez: la necesidad vuelve cada año' if once else ' por año'}; se igualan con {cost} pesos por persona y año."
    en += f" {_available(row)[0]}"
    es += f" {_available(row)[1]}"
    return en, es


def interval_sentence(card: Card, money: CardMoney, rows: Sequence[Mapping[str, Any]]) -> Sentence:
    """The three readings as one interval: what the need of a year costs, and which part of the money of a year that is."""
    low, mid, high = rows
    place, base = low["government"] or low["government_id"], low["price_base"]
    needs = [_whole(row["need_centavos"]) for row in (low, high, mid)]
    en = f"{place}. {card.name.en}: between {needs[0]} and {needs[1]} pesos of {base} a year (middle reading {needs[2]}), beside {_whole(low['amount_centavos'])} {_a_year(money, low, 'en')} ({money.name.en})."
    es = f"{place}. {card.name.es}: entre {needs[0]} y {needs[1]} pesos de {base} al año (lectura media, {needs[2]}), frente a {_whole(low['amount_centavos'])} {_a_year(money, low, 'es')} ({money.name.es})."
    shares = [row.get("break_even_share") for row in (low, high)]
    if all(share is not None for share in shares):
        en += f" It would be from {shares[0]:.1%} to {shares[1]:.1%} of that money."
        es += f" Sería de {shares[0]:.1%} a {shares[1]:.1%} de ese dinero."
    return f"{en} {_available(low)[0]}", f"{es} {_available(low)[1]}"


def _a_year(money: CardMoney, row: Mapping[str, Any], language: str) -> str:
    years = row["amount_years"]
    if money.nature == "one_off":
        return {"en": "spent once", "es": "gastados una sola vez"}[language]
    if years == 1:
        return {"en": "in that year", "es": "en ese año"}[language]
    return {"en": f"a year, the average of {years} years", "es": f"al año, promedio de {years} años"}[language]


def _available(row: Mapping[str, Any]) -> Sentence:
    share = row["available_share"]
    if share is None:
        return (
            "Which part of that money could stop being spent is not known: all of it is set against the need.",
            "No se conoce qué parte de ese dinero podría dejar de gastarse: se compara todo.",
        )
    return f"Of that money {share:.0%} could stop being spent.", f"De ese dinero, {share:.0%} podría dejar de gastarse."


def assumptions(
    card: Card,
    money: CardMoney,
    inputs: Mapping[str, Resolved],
    paid: Resolved | None,
    spent: tuple[str | None, str | None],
) -> str:
    """Every input with its source and evidence, in Spanish, joined by '; '."""
    names = {**_INPUTS, "unit_cost": f"costo por persona y año, pesos de {card.unit_cost.year}"}
    parts = [f"{names[name]}: {_sourced(item)}" for name, item in inputs.items()]
    parts.append(f"cuotas por persona y año: {_sourced(paid) if paid else 'no se conocen; la necesidad es bruta'}")
    share = money.available_share
    parts.append(
        f"parte del dinero que podría dejar de gastarse: {_sourced(share.resolved) if share else 'no se conoce'}"
    )
    parts.append(f"pensiones: {card.unit_cost.pensions_source}")
    if spent[0]:
        parts.append(f"dinero: {spent[0]} (evidencia: {spent[1]})")
    return "; ".join(parts)


def _sourced(item: Resolved) -> str:
    return f"{float(item.value):,.2f} ({item.source}; evidencia: {item.evidence})"


def _whole(centavos: int) -> str:
    return f"{Decimal(centavos) / 100:,.0f}"
