"""`out.affordability`: persons × (1 + dependants) × unit cost × years, against money, as low, mid and high.

A card is YAML: what is asked, every input with its source and evidence, and what speaks against the reading. CardMoney is a
basket of the documents over some years, or a sourced figure. Where health is not separated from pensions, or a year of
the money is missing, there is no figure but the reason.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import pandas as pd
from pydantic import model_validator

from transforms import definitions
from transforms.claims.card_inputs import Interval, UnitCost
from transforms.claims.model import SourcedFigure, figure_in_centavos
from transforms.compare.prices import PriceIndex, round_half_even
from transforms.definitions import Bilingual, Definition, GovernmentKey
from transforms.measure.refusals import has_no_base
from warehouse.schema.declaration import Links, Problem, RuleError, Strict, read, takes
from warehouse.schema.record import AFFORDABILITY
from warehouse.schema.vocabulary import EVIDENCE, REFUSALS, STAGES

FOLDER = definitions.FOLDER / "affordability"
READINGS = ("low", "mid", "high")


class CardMoney(Strict):
    """X: a `basket` of the government over `years` at one `stage`, or a `figure` of one `year`."""

    id: str = takes(
        "a short name of small letters and hyphens",
        "un nombre corto, con minúsculas y guiones",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
    )
    name: Bilingual
    nature: Literal["one_off", "recurrent"]
    basket: Literal["events", "advertising"] | None = None
    stage: str | None = None
    years: tuple[int, ...] = ()
    year: int | None = None
    figure: SourcedFigure | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.basket) == bool(self.figure):
            raise RuleError(
                "give basket (with stage and years) or figure (with year), one of the two",
                "dé basket (canasta, con stage y years) o figure (cifra, con year), una de las dos",
            )
        if self.basket and (self.stage not in STAGES or not self.years):
            raise RuleError(
                f"with basket give years and stage, one of {', '.join(STAGES)}",
                f"con basket dé years y stage, uno de {', '.join(STAGES)}",
            )
        if self.figure and self.year is None:
            raise RuleError(
                "with figure give year, that of its pesos or dollars",
                "con figure dé year, el año de esos pesos o dólares",
            )
        return self


class CounterEvidence(Strict):
    """What speaks against the reading of a card, with its source."""

    evidence: str
    source: str = takes("where it comes from", "de dónde sale", min_length=3)
    text: Bilingual

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.evidence not in EVIDENCE:
            raise RuleError(f"evidence: one of {', '.join(EVIDENCE)}", f"evidence: una de {', '.join(EVIDENCE)}")
        return self


class Card(Definition):
    """Persons, dependants, years and unit cost of a need, and the money it is held against."""

    id: str = takes(
        "a short name of small letters and hyphens",
        "un nombre corto, con minúsculas y guiones",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
    )
    name: Bilingual
    governments: tuple[GovernmentKey, ...] = takes(
        "keys of governments, such as «26»", "claves de los gobiernos, como «26»", min_length=1
    )
    persons: Interval
    dependants: Interval
    years: Interval
    unit_cost: UnitCost
    money: tuple[CardMoney, ...] = takes(
        "at least one amount of money to compare", "al menos un dinero que comparar", min_length=1
    )
    counter_evidence: tuple[CounterEvidence, ...] = takes(
        "at least one argument against: a card without counter-evidence is not published",
        "al menos un argumento en contra: una ficha sin contraevidencia no se publica",
        min_length=1,
    )


def load_cards(*folders: Path, links: Links | None = None) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """The shipped cards and those of the folders given, and what is wrong with each file that cannot be used."""
    return definitions.load_sound(Card, (FOLDER, *folders), links=links)


def read_card(path: Path, links: Links | None = None) -> Card:
    """One card. Raises DeclarationError naming file and field."""
    return read(Card, path, links=links)


def affordability(cards: Sequence[Card], versus: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """One row per card × government × money × reading. `versus` is `out.health_vs_events`."""
    names = versus.dropna(subset=["government"]).groupby("government_id")["government"].first().to_dict()
    rows = [
        _row(card, of, reading, index)
        for card in cards
        for government in card.governments
        for money in card.money
        for of in [OfGovernment(government, names.get(government), money, _spend(money, government, versus, index))]
        for reading in READINGS
    ]
    return AFFORDABILITY.frame(rows)


class Spent(NamedTuple):
    """The money in centavos of the base year, or why there is none."""

    centavos: int | None
    line_ids: str | None
    citable: bool
    refusals: tuple[str, ...]
    evidence: str | None
    source: str | None


class OfGovernment(NamedTuple):
    """The money of one government, by its key and its name if it has one."""

    key: str
    name: str | None
    money: CardMoney
    spent: Spent


# What makes a budget's amount useless by itself, whatever it is compared with.
_SPOILED = "unverified_operand|not_citable|different_unit|different_perimeter"


def _spend(money: CardMoney, government: str, versus: pd.DataFrame, index: PriceIndex) -> Spent:
    if money.figure is not None and money.year is not None:
        centavos, exchange = figure_in_centavos(money.figure, money.year)
        source = "; ".join(filter(None, [money.figure.source, exchange]))
        if centavos is None or money.year not in index.values:
            return Spent(None, None, False, ("no_price_index",), money.figure.evidence, source)
        real = round_half_even(centavos * index.values[index.base], index.values[money.year])
        return Spent(real, None, False, (), money.figure.evidence, source)
    column = f"real_{money.basket}_centavos"
    of_stage = versus[(versus["government_id"] == government) & (versus["stage"] == money.stage)]
    of_stage = of_stage[of_stage["fiscal_year"].isin(money.years) & of_stage[column].notna()]
    sound = of_stage[~of_stage["refusals"].fillna("").str.contains(_SPOILED)]
    refusals = []
    if set(sound["fiscal_year"]) != set(money.years):
        refusals.append("no_document")
    amounts = sound.groupby("fiscal_year")[column]
    if (amounts.min() != amounts.max()).any():
        refusals.append("different_document")
    sound = sound.drop_duplicates("fiscal_year")
    if refusals:
        return Spent(None, None, False, tuple(refusals), None, None)
    lines = ";".join(sound[f"{money.basket}_line_ids"].dropna())
    return Spent(int(sound[column].sum()), lines, bool(sound["citable"].fillna(False).all()), (), None, None)


def _row(card: Card, of: OfGovernment, reading: str, index: PriceIndex) -> dict[str, Any]:
    money, spent = of.money, of.spent
    inputs = {name: getattr(card, name).of(reading) for name in ("persons", "dependants", "years", "unit_cost")}
    persons, dependants, years, cost = (Fraction(item.value) for item in inputs.values())
    year = card.unit_cost.year
    refusals = list(spent.refusals)
    if card.unit_cost.pensions != "separated":
        refusals.append("pensions_not_separated")
    if year not in index.values:
        refusals.append("no_price_index")
    row: dict[str, Any] = {
        "card_id": card.id, "card": card.name.es, "government_id": of.key, "government": of.name, "money_id": money.id,
        "money": money.name.es, "nature": money.nature, "reading": reading,
        "persons": int(persons), "dependants": float(dependants), "years": float(years),
        "unit_cost_centavos": _round(cost * 100), "unit_cost_year": year, "price_base": index.base,
        "amount_centavos": spent.centavos, "line_ids": spent.line_ids, "citable": spent.citable,
        "assumptions": _assumptions(card, inputs, spent), "weakest_evidence": _weakest(inputs, spent),
        "counter_evidence": "; ".join(f"{item.text.es} ({item.source}; evidencia: {item.evidence})" for item in card.counter_evidence),
        "refusals": ";".join(refusals) or None,
    }  # fmt: skip
    if refusals or spent.centavos is None:
        why = ". ".join(REFUSALS[code].en for code in refusals), ". ".join(REFUSALS[code].es for code in refusals)
        return {**row, "sentence": f"Not computed: {why[0]}.", "oracion": f"No se calcula: {why[1]}."}
    people = persons * (1 + dependants)
    yearly = people * cost * 100 * Fraction(index.values[index.base], index.values[year])
    need = _round(yearly * years)
    small = has_no_base(pd.Series([spent.centavos], dtype="Int64"), pd.Series([need], dtype="Int64"))[0]
    row |= {
        "need_centavos": need,
        "coverage": None if small else float(Fraction(spent.centavos, need)),
        "years_covered": float(spent.centavos / yearly),
        "break_even_unit_cost_centavos": _round(spent.centavos / (people * years)),
    }
    return row | _sentences(money, row)


def _round(value: Fraction) -> int:
    return round_half_even(value.numerator, value.denominator)


def _sentences(money: CardMoney, row: dict[str, Any]) -> dict[str, str]:
    """The result in a sentence; one-off money against a need that returns says so."""
    base, place = row["price_base"], row["government"] or row["government_id"]
    amount, need, cost = (
        f"{Decimal(row[f'{name}_centavos']) / 100:,.0f}" for name in ("amount", "need", "break_even_unit_cost")
    )
    en = f"{place}. {money.name.en}: {amount} pesos of {base}, against a need of {need} for {row['persons']:,} persons, {row['dependants']:g} dependants each, {row['years']:g} years of need. It would cover {row['years_covered']:,.1f} years; it breaks even at {cost} pesos per person and year."
    es = f"{place}. {money.name.es}: {amount} pesos de {base}, frente a una necesidad de {need} (personas: {row['persons']:,}; dependientes de cada una: {row['dependants']:g}; años: {row['years']:g}). Alcanzaría para {row['years_covered']:,.1f} años; se iguala con {cost} pesos por persona y año."
    if money.nature == "one_off":
        en += " The money was spent once; the need returns every year."
        es += " El dinero se gastó una sola vez; la necesidad vuelve cada año."
    return {"sentence": en, "oracion": es}


def _assumptions(card: Card, inputs: dict[str, Any], spent: Spent) -> str:
    names = {
        "persons": "personas",
        "dependants": "dependientes",
        "years": "años",
        "unit_cost": f"costo por persona y año, pesos de {card.unit_cost.year}",
    }
    parts = [
        f"{names[name]}: {float(item.value):,.2f} ({item.source}; evidencia: {item.evidence})"
        for name, item in inputs.items()
    ]
    parts.append(f"pensiones: {card.unit_cost.pensions_source}")
    if spent.source:
        parts.append(f"dinero: {spent.source} (evidencia: {spent.evidence})")
    return "; ".join(parts)


def _weakest(inputs: dict[str, Any], spent: Spent) -> str:
    grades: list[str] = [item.evidence for item in inputs.values()] + ([spent.evidence] if spent.evidence else [])
    return max(grades, key=list(EVIDENCE).index)
