"""The sentences of `out.claim`, in English and Spanish. Nothing is computed here but the scale beside other years."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from transforms.claims.model import Claim, MeasuredOperand, Replacement
from transforms.compare.prices import PriceIndex, round_half_even
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import CLAIM_STATUSES, ITEMS

Sentence = tuple[str, str]


def operands_text(parts: Sequence[MeasuredOperand]) -> str:
    """+ health, 32 gobiernos, 2024, devengado: 247,088,476,605.80; − …"""
    return "; ".join(_operand(part) for part in parts)


def _operand(part: MeasuredOperand) -> str:
    operand = part.operand
    if operand.basket:
        governments = "gobiernos" if part.count != 1 else "gobierno"
        what = f"{ITEMS[operand.basket].es.lower()}, {part.count} {governments}, {operand.year}"
    else:
        what = f"{len(operand.lines)} líneas"
    amount = "sin dato" if part.centavos is None else pesos(part.centavos)
    return f"{'+' if operand.sign > 0 else '−'} {what}, {operand.stage}: {amount}"


def millions(centavos: int) -> str:
    """+217.6, −8,286.7: for a sentence."""
    return f"{'−' if centavos < 0 else '+'}{Decimal(abs(centavos)) / 100_000_000:,.1f}"


def finding(claim: Claim, basis: str | None, real: int | None, versus: pd.DataFrame, index: PriceIndex) -> Sentence:
    """What the documents read say of the claim, in English and Spanish."""
    word = CLAIM_STATUSES[claim.status]
    parts = [(f"{word.en}.", f"{word.es}."), _standing(claim, basis)]
    if claim.government_id and claim.basket:
        of_government = versus[
            (versus["government_id"] == claim.government_id) & versus[f"{claim.basket}_centavos"].notna()
        ]
        usable = of_government[~of_government["refusals"].fillna("").str.contains("unverified_operand|not_citable")]
        parts += [_that_year(claim, usable), _beside(claim, real, usable, index.base)]
    return " ".join(en for en, _ in parts if en), " ".join(es for _, es in parts if es)


def followed(documents: Sequence[Replacement]) -> Sentence:
    """That lines were named in documents that newer ones replaced."""
    en = "; ".join(f"{new}, which replaced {old}" for old, new in documents)
    es = "; ".join(f"{new}, que sustituyó a {old}" for old, new in documents)
    return f"Its lines are those of the newest document: {en}.", f"Sus líneas son las del documento más nuevo: {es}."


def _standing(claim: Claim, basis: str | None) -> Sentence:
    if basis == "documents":
        return (
            "Recomputed from the lines of the documents read.",
            "Se calculó de nuevo de las líneas de los documentos leídos.",
        )
    if basis is None:
        return (
            "No document read gives its operands, so there is no figure.",
            "Ningún documento leído da sus operandos; no hay cifra.",
        )
    last = claim.figures[-1]
    return (
        f"No document read gives the figure: it stands on its source ({last.as_of}; evidence: {last.evidence}).",
        f"Ningún documento leído da la cifra: se apoya en su fuente ({last.as_of}; evidencia: {last.evidence}).",
    )


def _that_year(claim: Claim, usable: pd.DataFrame) -> Sentence:
    that_year = usable[usable["fiscal_year"] == claim.year]
    spanish = ITEMS[str(claim.basket)].es.lower()
    if that_year.empty:
        return (
            f"No document read gives verified {claim.basket} of this government for {claim.year}, so no share can be computed.",
            f"Ningún documento leído da importes verificados de {spanish} de este gobierno para {claim.year}; no se puede calcular ninguna proporción.",
        )
    low, high = _range(that_year[f"{claim.basket}_centavos"])
    return (
        f"The documents read give {claim.basket} of {low} to {high} pesos for {claim.year}.",
        f"Los documentos leídos dan {spanish} de {low} a {high} pesos para {claim.year}.",
    )


def _beside(claim: Claim, real: int | None, usable: pd.DataFrame, base: int) -> Sentence:
    """The figure beside other years of the same government, at the same prices: a scale, not a share of its own year."""
    column = f"real_{claim.basket}_centavos"
    others = usable[(usable["fiscal_year"] != claim.year) & usable[column].notna() & (usable[column] > 0)]
    if real is None or others.empty:
        return "", ""
    spanish, years = ITEMS[str(claim.basket)].es.lower(), ", ".join(map(str, sorted(others["fiscal_year"].unique())))
    low, high = _range(others[column])
    least, most = (f"{real / int(value):.1%}" for value in (others[column].max(), others[column].min()))
    health = others["real_health_centavos"].dropna()
    en = f"For scale, at {base} prices: the figure is {_whole(real)} pesos; yearly {claim.basket} in the documents read ({years}): {low} to {high} pesos, so it would be {least} to {most} of a year of {claim.basket}"
    es = f"Como escala, a precios de {base}: la cifra son {_whole(real)} pesos; {spanish} por año en los documentos leídos ({years}): de {low} a {high} pesos; sería de {least} a {most} de un año de {spanish}"
    if len(health) and health.min() > 0:
        least, most = (f"{real / int(value):.3%}" for value in (health.max(), health.min()))
        en += f" and {least} to {most} of a year of health"
        es += f" y de {least} a {most} de un año de salud"
    return f"{en}; other years, not the year of the claim.", f"{es}; son otros años, no el de la afirmación."


def _range(centavos: pd.Series) -> tuple[str, str]:
    return _whole(int(centavos.min())), _whole(int(centavos.max()))


def _whole(centavos: int) -> str:
    """Whole pesos, for a sentence; the exact amount is in its own column."""
    return f"{round_half_even(centavos, 100):,}"
