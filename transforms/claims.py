"""`out.claim`: published sentences, recomputed against what the documents of this release say.

A claim is YAML: its text, amount, government, year and basket. The claimed amount is never an operand of a
comparison; here it only stands beside the documents that support it, or beside the statement that none does.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from transforms import definitions, reference
from transforms.definitions import Definition, Strict
from transforms.prices import PriceIndex, round_half_even
from warehouse.schema.out import CLAIM

FOLDER = definitions.FOLDER / "claims"


class ClaimedAmount(Strict):
    value: int = Field(gt=0, description="Whole units of the currency")
    currency: Literal["MXN", "USD"]


class Claim(Definition):
    text: str
    status: Literal["claimed", "document_seen", "reconciled"]
    origin: str
    government_id: str
    year: int
    basket: Literal["health", "events", "advertising"]
    amount: ClaimedAmount


def load_claims(*folders: Path) -> tuple[Claim, ...]:
    """The shipped claims and those of the folders given. Raises DefinitionError naming file and field."""
    return definitions.load(Claim, (FOLDER, *folders))


def claims(stored: Sequence[Claim], versus: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """Each claim with its amount in pesos of the day and of the base year, and what this release says of it.

    `versus` is `out.health_vs_events`.
    """
    return CLAIM.frame([_row(claim, versus, index) for claim in stored])


def _row(claim: Claim, versus: pd.DataFrame, index: PriceIndex) -> dict[str, object]:
    centavos, exchange = _pesos(claim)
    real = None
    if centavos is not None and claim.year in index.values:
        real = round_half_even(centavos * index.values[index.base], index.values[claim.year])
    en, es = _finding(claim, real, versus, index.base)
    sources = [claim.origin, exchange, index.source if real is not None else None]
    return {
        "claim_id": claim.id,
        "text": claim.text,
        "status": claim.status,
        "amount_centavos": centavos,
        "real_amount_centavos": real,
        "price_base": index.base,
        "finding": en,
        "hallazgo": es,
        "sources": "; ".join(source for source in sources if source),
    }


def _pesos(claim: Claim) -> tuple[int | None, str | None]:
    """Centavos of the day, and the exchange rate used; null for a year without a full-year FIX."""
    if claim.amount.currency == "MXN":
        return claim.amount.value * 100, None
    rates = reference.fix_annual()
    rate = rates[(rates["year"] == claim.year) & (rates["status"] == "final")]
    if rate.empty:
        return None, None
    fix = rate["pesos_per_dollar"].iloc[0]
    numerator, denominator = (fix * claim.amount.value * 100).as_integer_ratio()
    return round_half_even(numerator, denominator), f"{reference.FIX_SOURCE} {claim.year}: {fix} pesos por dólar"


def _finding(claim: Claim, real: int | None, versus: pd.DataFrame, base: int) -> tuple[str, str]:
    """What the documents read say, in English and Spanish."""
    own = versus[(versus["government_id"] == claim.government_id) & versus[f"{claim.basket}_centavos"].notna()]
    known = own[~own["refusals"].fillna("").str.contains("unverified_operand|not_citable")]
    if claim.status == "claimed":
        seen = (
            "Claimed; the document that would prove it was not seen.",
            "Afirmado; no se vio el documento que lo probaría.",
        )
    else:
        seen = ("A document was seen.", "Se vio un documento.")
    that_year = known[known["fiscal_year"] == claim.year]
    if that_year.empty:
        here = (
            f"No document read gives verified {claim.basket} of this government for {claim.year}, so no share can be computed.",
            f"Ningún documento leído da importes verificados de {_SPANISH[claim.basket]} de este gobierno para {claim.year}; no se puede calcular ninguna proporción.",
        )
    else:
        low, high = _range(that_year[f"{claim.basket}_centavos"])
        here = (
            f"The documents read give {claim.basket} of {low} to {high} pesos for {claim.year}.",
            f"Los documentos leídos dan {_SPANISH[claim.basket]} de {low} a {high} pesos para {claim.year}.",
        )
    beside = _beside(claim, real, known, base)
    return " ".join((seen[0], here[0], beside[0])).strip(), " ".join((seen[1], here[1], beside[1])).strip()


def _beside(claim: Claim, real: int | None, known: pd.DataFrame, base: int) -> tuple[str, str]:
    """The claimed amount beside other years of the same government, at the same prices, where documents give them."""
    others = known[(known["fiscal_year"] != claim.year) & known[f"real_{claim.basket}_centavos"].notna()]
    if real is None or others.empty:
        return "", ""
    low, high = _range(others[f"real_{claim.basket}_centavos"])
    years = ", ".join(map(str, sorted(others["fiscal_year"].unique())))
    amount = _pesos_text(real)
    return (
        f"For scale, at {base} prices: the claim is {amount} pesos; yearly {claim.basket} in the documents read ({years}): {low} to {high} pesos.",
        f"Como escala, a precios de {base}: lo afirmado son {amount} pesos; {_SPANISH[claim.basket]} por año en los documentos leídos ({years}): de {low} a {high} pesos.",
    )


_SPANISH = {"health": "salud", "events": "eventos", "advertising": "publicidad"}


def _range(centavos: pd.Series) -> tuple[str, str]:
    return _pesos_text(int(centavos.min())), _pesos_text(int(centavos.max()))


def _pesos_text(centavos: int) -> str:
    """Whole pesos, for a sentence; the exact amount is in its own column."""
    return f"{round_half_even(centavos, 100):,}"
