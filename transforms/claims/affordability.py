"""`out.affordability`: what a year of money is beside a year of a need, or the reasons why that is not computed.

Money that comes back every year does not last years: money of n years is averaged and set against the need of one. Where health
is not separated from pensions, a year of the money is missing, or nobody knows who insures, there is no figure; and a ratio
that the percent rule refuses is not printed in another unit.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from transforms import reference
from transforms.claims.card_inputs import Resolved
from transforms.claims.card_sentences import assumptions, interval_sentence, reading_sentence
from transforms.claims.cards import READINGS, Card, CardMoney
from transforms.claims.model import figure_in_centavos
from transforms.compare.prices import PriceIndex, round_half_even
from transforms.measure.refusals import has_no_base
from warehouse.schema.record import AFFORDABILITY
from warehouse.schema.vocabulary import EVIDENCE, REFUSALS

CONSULTATION = "imss-2025-1-consulta-de-medicina-familiar"
# What makes a budget's amount useless by itself, whatever it is compared with.
_SPOILED = "unverified_operand|not_citable|different_unit|different_perimeter"


class Spent(NamedTuple):
    """The money of a year in centavos of the base year, or why there is none. `years` is how many it is the average of."""

    centavos: int | None
    years: int = 1
    line_ids: str | None = None
    citable: bool = False
    refusals: tuple[str, ...] = ()
    evidence: str | None = None
    source: str | None = None


class OfGovernment(NamedTuple):
    """The money of one government, by its key and its name if it has one, and its row of the register of insurers."""

    key: str
    name: str | None
    money: CardMoney
    spent: Spent
    insurer: dict[str, Any] | None


def affordability(cards: Sequence[Card], versus: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """One row per card × government × money × reading. `versus` is `out.health_vs_events`."""
    names = versus.dropna(subset=["government"]).groupby("government_id")["government"].first().to_dict()
    rows: list[dict[str, Any]] = []
    for card in cards:
        for key in card.governments:
            for money in card.money:
                spent = _spend(money, key, versus, index)
                of = OfGovernment(key, names.get(key), money, spent, _insurer(key))
                rows += _readings(card, of, index)
    return AFFORDABILITY.frame(rows)


def _insurer(government: str) -> dict[str, Any] | None:
    """Who gives medical care, by the register. A government that is not in it has none that is known."""
    register = reference.insurers()
    of = register[(register["government_id"] == government) & (register["gives"] == "medical")]
    return None if of.empty else of.iloc[0].to_dict()


def _spend(money: CardMoney, government: str, versus: pd.DataFrame, index: PriceIndex) -> Spent:
    if money.figure is not None and money.year is not None:
        centavos, exchange = figure_in_centavos(money.figure, money.year)
        source = "; ".join(filter(None, [money.figure.source, exchange]))
        if centavos is None or money.year not in index.values:
            return Spent(None, refusals=("no_price_index",), evidence=money.figure.evidence, source=source)
        real = round_half_even(centavos * index.values[index.base], index.values[money.year])
        return Spent(real, evidence=money.figure.evidence, source=source)
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
    if refusals:
        return Spent(None, refusals=tuple(refusals))
    sound = sound.drop_duplicates("fiscal_year")
    lines = ";".join(sound[f"{money.basket}_line_ids"].dropna())
    yearly = round_half_even(int(sound[column].sum()), len(sound))
    return Spent(yearly, len(sound), lines, bool(sound["citable"].fillna(False).all()))


def _readings(card: Card, of: OfGovernment, index: PriceIndex) -> list[dict[str, Any]]:
    """The three rows of one money, each with its sentence, and with the one of all three."""
    rows = [_row(card, of, reading, index) for reading in READINGS]
    en, es = interval_sentence(card, of.money, rows) if not rows[0]["refusals"] else (None, None)
    return [{**row, "interval": en, "intervalo": es} for row in rows]


def _row(card: Card, of: OfGovernment, reading: str, index: PriceIndex) -> dict[str, Any]:
    money, spent = of.money, of.spent
    inputs = {name: getattr(card, name).of(reading) for name in ("persons", "dependants", "unit_cost", "load")}
    # The least need pays the most contributions.
    paid = card.contributions.of(READINGS[-1 - READINGS.index(reading)]) if card.contributions else None
    refusals = [*spent.refusals, *_refuse(card, of, index)]
    row: dict[str, Any] = {
        "card_id": card.id, "card": card.name.es, "government_id": of.key, "government": of.name, "money_id": money.id,
        "money": money.name.es, "nature": money.nature, "reading": reading,
        **{name: float(inputs[name].value) for name in ("dependants", "load")}, "persons": int(inputs["persons"].value),
        "unit_cost_centavos": _round(inputs["unit_cost"].value * 100), "unit_cost_year": card.unit_cost.year,
        "available_share": float(money.available_share.resolved.value) if money.available_share else None,
        "price_base": index.base, "amount_centavos": spent.centavos, "amount_years": spent.years, "line_ids": spent.line_ids,
        "citable": spent.citable, "assumptions": assumptions(card, money, inputs, paid, (spent.source, spent.evidence)),
        "weakest_evidence": _weakest(inputs, paid, spent), **_legal(of.insurer),
        "counter_evidence": "; ".join(f"{item.text.es} ({item.source}; evidencia: {item.evidence})" for item in card.counter_evidence),
        "refusals": ";".join(dict.fromkeys(refusals)) or None,
    }  # fmt: skip
    if refusals or spent.centavos is None:
        why = ". ".join(REFUSALS[code].en for code in refusals), ". ".join(REFUSALS[code].es for code in refusals)
        return {**row, "sentence": f"Not computed: {why[0]}.", "oracion": f"No se calcula: {why[1]}."}
    row |= _compute(card, inputs, paid, spent, row["available_share"], index)
    return row | dict(zip(("sentence", "oracion"), reading_sentence(money, row), strict=True))


def _refuse(card: Card, of: OfGovernment, index: PriceIndex) -> list[str]:
    codes = {
        "insurer_unknown": of.insurer is None,
        "pensions_not_separated": card.unit_cost.pensions != "separated",
        "no_price_index": card.unit_cost.year not in index.values
        or (card.contributions is not None and card.contributions.year not in index.values),
    }
    return [code for code, applies in codes.items() if applies]


def _compute(
    card: Card,
    inputs: dict[str, Resolved],
    paid: Resolved | None,
    spent: Spent,
    share: float | None,
    index: PriceIndex,
) -> dict[str, Any]:
    """The need of a year, and what the money of a year is beside it; no ratio, in any unit, where the percent rule refuses it."""
    money = Fraction(spent.centavos or 0)
    persons, heads = inputs["persons"].value, inputs["persons"].value * (1 + inputs["dependants"].value)
    at_base = Fraction(100 * index.values[index.base], index.values[card.unit_cost.year])
    loaded = heads * inputs["load"].value
    back = Fraction(0)
    if paid is not None and card.contributions is not None:
        back = persons * paid.value * 100 * Fraction(index.values[index.base], index.values[card.contributions.year])
    need = _round(max(loaded * inputs["unit_cost"].value * at_base - back, Fraction(0)))
    tariff = int(reference.unit_costs().set_index("unit_cost_id").loc[CONSULTATION, "pesos"])
    computed = {
        "need_centavos": need,
        "contributions_centavos": None if paid is None else _round(back / persons) if persons else 0,
        "consultations": int(money * index.values[2025] / index.values[index.base] / (tariff * 100)),
    }
    small = has_no_base(pd.Series([spent.centavos], dtype="Int64"), pd.Series([need], dtype="Int64"))[0]
    if small or need == 0:
        return computed
    available = money if share is None else money * Fraction(str(share))
    return computed | {
        "coverage": float(available / need),
        "break_even_share": float(need / money) if money else None,
        "break_even_unit_cost_centavos": _round((available + back) / loaded),
    }


def _round(value: Fraction) -> int:
    return round_half_even(value.numerator, value.denominator)


def _legal(insurer: dict[str, Any] | None) -> dict[str, str | None]:
    if insurer is None:
        return {"insurer": None, "legal_basis": None}
    parts = [insurer[name] for name in ("article", "court", "ruled_on", "source") if isinstance(insurer[name], str)]
    return {"insurer": insurer["insurer"], "legal_basis": "; ".join(parts)}


def _weakest(inputs: dict[str, Resolved], paid: Resolved | None, spent: Spent) -> str:
    every = [*inputs.values(), *([paid] if paid else [])]
    grades = [one.evidence for one in every] + ([spent.evidence] if spent.evidence else [])
    return max(grades, key=list(EVIDENCE).index)
