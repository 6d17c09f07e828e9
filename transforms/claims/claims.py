"""Published sentences as YAML, and what the documents of this release say of each: a row of `out.claim`.

A claim is recomputed from its operands where documents give them, and stands on its sourced figures where they do not.
The claimed figure is never an operand of a comparison. What became of it since the previous release is decided in
`transforms.claims.history`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

import pandas as pd
from pydantic import model_validator

from transforms import definitions, reference
from transforms.claims.operands import Measured, Operand, measure
from transforms.claims.sentences import finding, followed, operands_text
from transforms.compare.prices import PriceIndex, round_half_even
from transforms.definitions import Bilingual, Definition, GovernmentKey
from transforms.measure.baskets import load_baskets
from transforms.measure.refusals import zero_base
from warehouse.schema.declaration import Links, Problem, RuleError, Strict, takes
from warehouse.schema.record import CLAIM
from warehouse.schema.vocabulary import CAUSES, EVIDENCE

FOLDER = definitions.FOLDER / "claims"
SIGNS = {-1: "negative", 0: "zero", 1: "positive"}


class Share(Strict):
    """How much of a change one cause explains, in pesos, as declared where no earlier document is in the catalogue."""

    cause: str = takes("the key of a cause, such as late_accrual", "la clave de una causa, como late_accrual")
    amount: Decimal = takes("pesos with at most two decimals", "pesos, con dos decimales a lo más", decimal_places=2)
    text: Bilingual = takes(
        "the cause in English and Spanish: {en: …, es: …}", "la causa en inglés y español: {en: …, es: …}"
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.cause not in CAUSES:
            raise RuleError(f"cause: one of {', '.join(CAUSES)}", f"cause: una de {', '.join(CAUSES)}")
        return self


class Figure(Strict):
    """A sourced figure of the sentence: the first is as published, later ones are other versions of its source."""

    value: Decimal = takes(
        "a number with at most two decimals, such as 400000.00",
        "un número con dos decimales a lo más, como 400000.00",
        decimal_places=2,
    )
    currency: Literal["MXN", "USD"] = "MXN"
    as_of: str = takes("of when the figure is, such as 2010", "de cuándo es la cifra, como 2010")
    source: str = takes(
        "where the figure comes from (10 letters or more)", "de dónde sale la cifra (10 letras o más)", min_length=10
    )
    evidence: str = takes(f"one of {', '.join(EVIDENCE)}", f"una de {', '.join(EVIDENCE)}")
    causes: tuple[Share, ...] = takes(
        "a list of causes, each with cause, amount and text",
        "una lista de causas, cada una con cause, amount y text",
        (),
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.evidence not in EVIDENCE:
            raise RuleError(f"evidence: one of {', '.join(EVIDENCE)}", f"evidence: una de {', '.join(EVIDENCE)}")
        return self


class Claim(Definition):
    """`year` is that of the pesos; `basket` and `government_id` say beside what the figure is shown."""

    id: str = takes(
        "small letters, digits and hyphens, such as health-2024",
        "minúsculas, cifras y guiones, como salud-2024",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
    )
    text: str = takes(
        "the sentence as it was published (10 letters or more)",
        "la frase tal como se publicó (10 letras o más)",
        min_length=10,
    )
    status: Literal["claimed", "document_seen", "reconciled"]
    origin: str = takes(
        "who published it and where (10 letters or more)", "quién la publicó y dónde (10 letras o más)", min_length=10
    )
    year: int = takes("the year, such as 2024", "el ejercicio, como 2024", ge=1980, le=2100)
    government_id: GovernmentKey | None = None
    basket: Literal["health", "events", "advertising"] | None = None
    sign: Literal["negative", "zero", "positive"] | None = None
    operands: tuple[Operand, ...] = takes(
        "a list: from which lines or baskets the figure comes", "una lista: de qué líneas o canastas sale la cifra", ()
    )
    figures: tuple[Figure, ...] = takes(
        "a list of figures, each with value, as_of, source and evidence",
        "una lista de cifras, cada una con value, as_of, source y evidence",
        (),
    )

    @model_validator(mode="after")
    def _something_to_compute(self) -> Self:
        if not self.operands and not self.figures:
            raise RuleError(
                "give operands (from which lines or baskets the figure comes) or figures (the figure, with its source)",
                "dé operands (de qué líneas o canastas sale la cifra) o figures (la cifra, con su fuente)",
            )
        return self


@dataclass(frozen=True)
class Claims:
    """`rows`: `out.claim` without its history. `lines`: claim_id, line_id, stage, sign of every operand found. `newer`: by
    claim, the documents that replaced those it names.
    """

    rows: pd.DataFrame
    lines: pd.DataFrame
    newer: Mapping[str, tuple[tuple[str, str], ...]]


def load_claims(*folders: Path, links: Links | None = None) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """The shipped claims and those of the folders given, and what is wrong with each file that cannot be used."""
    return definitions.load_sound(Claim, (FOLDER, *folders), links=links)


def claims(
    stored: Sequence[Claim],
    versus: pd.DataFrame,
    line_all: pd.DataFrame,
    core: Mapping[str, pd.DataFrame],
    index: PriceIndex,
) -> Claims:
    """Each claim with its figure now, in pesos of the day and of the base year, and what the documents say of it.

    `versus` is `out.health_vs_events`, `line_all` is `out.line_all`.
    """
    measures = {rule.id: rule.measure for basket in load_baskets() for rule in basket.rules}
    versus = versus.merge(core["document"][["document_id", "kind"]], on="document_id", how="left")
    versus["health_measure"] = versus["health_basis"].astype("str").str.replace(r";.*", "", regex=True).map(measures)
    line_all = line_all.assign(newest=line_all["document_id"].map(newest(core["document"])))
    states = core["government"].loc[core["government"]["level"] == "state", "government_id"]
    measured = [measure(claim.operands, versus, line_all, list(states)) for claim in stored]
    rows = [_row(claim, found, versus, index) for claim, found in zip(stored, measured, strict=True)]
    lines = [
        found.lines.assign(claim_id=claim.id)
        for claim, found in zip(stored, measured, strict=True)
        if found is not None
    ]
    columns = ["claim_id", "line_id", "stage", "sign"]
    every = pd.concat(lines, ignore_index=True)[columns] if lines else pd.DataFrame(columns=columns)
    newer = {claim.id: found.followed for claim, found in zip(stored, measured, strict=True) if found}
    return Claims(CLAIM.frame(rows), every, newer)


def newest(documents: pd.DataFrame) -> dict[str, str]:
    """The last version of each document, by the chain of what replaced what."""
    ids = set(documents["document_id"])
    by = {old: new for old, new in documents[["document_id", "superseded_by"]].itertuples(index=False) if new in ids}
    last = {}
    for document in documents["document_id"]:
        seen = [document]
        while seen[-1] in by and by[seen[-1]] not in seen:
            seen.append(by[seen[-1]])
        last[document] = seen[-1]
    return last


def _row(claim: Claim, found: Measured | None, versus: pd.DataFrame, index: PriceIndex) -> dict[str, Any]:
    published, exchange = pesos(claim.figures[0], claim.year) if claim.figures else (None, None)
    refusals = list(found.refusals) if found else []
    amount, basis = (found.centavos, "documents") if found and found.centavos is not None else (None, None)
    if amount is None and claim.figures:
        amount, basis = pesos(claim.figures[-1], claim.year)[0], "figure"
    real = None
    if amount is not None and claim.year in index.values:
        real = round_half_even(amount * index.values[index.base], index.values[claim.year])
    elif amount is not None:
        refusals.append("no_price_index")
    shares = _shares(claim, amount, versus)
    en, es = finding(claim, basis, real, versus, index)
    if found and found.followed:
        more = followed(found.followed)
        en, es = f"{en} {more[0]}", f"{es} {more[1]}"
    sources = [claim.origin, *(f"{figure.as_of}: {figure.source}" for figure in claim.figures), exchange]
    return {
        "claim_id": claim.id, "text": claim.text, "status": claim.status, "government_id": claim.government_id,
        "fiscal_year": claim.year, "outcome": "first",
        "amount_centavos": amount, "sign": sign(amount), "published_amount_centavos": published,
        "published_sign": claim.sign or sign(published),
        "real_amount_centavos": real, "price_base": index.base, **shares, "basis": basis,
        "verified": bool(found and found.verified and basis == "documents"),
        "operands": operands_text(found.parts) if found else None,
        "line_ids": ";".join(dict.fromkeys(found.lines["line_id"])) or None if found else None,
        "finding": en, "hallazgo": es,
        "sources": "; ".join(filter(None, [*sources, index.source if real is not None else None])),
        "citable": bool(found and found.citable and basis == "documents"),
        "refusals": ";".join(dict.fromkeys(refusals)) or None,
    }  # fmt: skip


def sign(centavos: int | None) -> str | None:
    return None if centavos is None else SIGNS[(centavos > 0) - (centavos < 0)]


def pesos(figure: Figure, year: int) -> tuple[int | None, str | None]:
    """Centavos of the day, and the exchange rate used; null for a year without a full-year FIX."""
    if figure.currency == "MXN":
        return int(figure.value * 100), None
    rates = reference.fix_annual()
    rate = rates[(rates["year"] == year) & (rates["status"] == "final")]
    if rate.empty:
        return None, None
    fix = rate["pesos_per_dollar"].iloc[0]
    numerator, denominator = (fix * figure.value * 100).as_integer_ratio()
    return round_half_even(numerator, denominator), f"{reference.FIX_SOURCE} {year}: {fix} pesos por dólar"


def _shares(claim: Claim, amount: int | None, versus: pd.DataFrame) -> dict[str, float | None]:
    """The figure over basket and health of its own government and year, where the documents agree on them."""
    same = versus[(versus["government_id"] == claim.government_id) & (versus["fiscal_year"] == claim.year)]
    same = same[~same["refusals"].fillna("").str.contains("unverified_operand|not_citable|different_unit")]
    found: dict[str, float | None] = {}
    for column, basket in (("share_of_basket", claim.basket), ("share_of_health", "health")):
        values = same[f"{basket}_centavos"].dropna().unique() if basket else []
        usable = amount is not None and len(values) == 1
        if usable and not zero_base(pd.Series([amount], dtype="Int64"), pd.Series(values, dtype="Int64"))[0]:
            found[column] = amount / int(values[0])  # type: ignore[operator]
    return found
