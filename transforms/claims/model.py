"""What a claim is: the sentence as people write it in YAML, with its operands and its sourced figures.

Reading the folders and computing is in `transforms.claims.claims`; measuring the operands in `transforms.claims.operands`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from transforms import reference
from transforms.compare.prices import round_half_even
from transforms.definitions import Bilingual, Definition, GovernmentKey, Strict, number
from warehouse.schema.vocabulary import CAUSES, DOCUMENT_KINDS, EVIDENCE, STAGES

Replacement = tuple[str, str]  # the document that was named, and the newer one that replaced it


class CauseShare(Strict):
    """How much of a change one cause explains, in pesos, as declared where no earlier document is in the catalogue."""

    cause: str = Field(description="la clave de una causa, como late_accrual")
    amount: Decimal = Field(decimal_places=2, description="pesos, con dos decimales a lo más")
    text: Bilingual = Field(description="la causa en inglés y español: {en: …, es: …}")

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.cause not in CAUSES:
            raise ValueError(f"cause: una de {', '.join(CAUSES)}")
        return self


class SourcedFigure(Strict):
    """A sourced figure of the sentence: the first is as published, later ones are other versions of its source."""

    value: Decimal = Field(decimal_places=2, description="un número con dos decimales a lo más, como 400000.00")
    currency: Literal["MXN", "USD"] = "MXN"
    as_of: str = Field(description="de cuándo es la cifra, como 2010")
    source: str = Field(min_length=10, description="de dónde sale la cifra (10 letras o más)")
    evidence: str = Field(description=f"una de {', '.join(EVIDENCE)}")
    causes: tuple[CauseShare, ...] = Field((), description="una lista de causas, cada una con cause, amount y text")

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.evidence not in EVIDENCE:
            raise ValueError(f"evidence: una de {', '.join(EVIDENCE)}")
        return self


class ClaimOperand(Strict):
    """`lines` of documents, or a `basket` of `governments` (their ids, or `states` for all 32); added or subtracted."""

    sign: Annotated[Literal[1, -1], BeforeValidator(number)] = Field(1, description="1 si se suma, -1 si se resta")
    stage: str = Field(description="un momento, como devengado")
    lines: tuple[str, ...] = Field((), description="una lista de líneas, como linea_id en es.linea")
    basket: Literal["health", "events", "advertising"] | None = None
    governments: Annotated[
        tuple[GovernmentKey, ...] | Literal["states"], Field(description='una lista de claves, como ["26"], o states')
    ] = ()
    year: int | None = Field(None, ge=1980, le=2100, description="el ejercicio, como 2024")
    kind: str | None = Field(None, description="el tipo de documento, como cuenta_publica")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.lines) == bool(self.basket):
            raise ValueError("dé lines (identificadores de línea) o basket (canasta), una de las dos")
        if self.basket and (not self.governments or self.year is None):
            raise ValueError("con basket dé también governments (claves, o states) y year")
        if self.stage not in STAGES:
            raise ValueError(f"stage: uno de {', '.join(STAGES)}")
        if self.kind is not None and self.kind not in DOCUMENT_KINDS:
            raise ValueError(f"kind: uno de {', '.join(DOCUMENT_KINDS)}")
        return self


class Claim(Definition):
    """`year` is that of the pesos; `basket` and `government_id` say beside what the figure is shown."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="minúsculas, cifras y guiones, como salud-2024")
    text: str = Field(min_length=10, description="la frase tal como se publicó (10 letras o más)")
    status: Literal["claimed", "document_seen", "reconciled"]
    origin: str = Field(min_length=10, description="quién la publicó y dónde (10 letras o más)")
    year: int = Field(ge=1980, le=2100, description="el ejercicio, como 2024")
    government_id: GovernmentKey | None = None
    basket: Literal["health", "events", "advertising"] | None = None
    sign: Literal["negative", "zero", "positive"] | None = None
    operands: tuple[ClaimOperand, ...] = Field((), description="una lista: de qué líneas o canastas sale la cifra")
    figures: tuple[SourcedFigure, ...] = Field(
        (), description="una lista de cifras, cada una con value, as_of, source y evidence"
    )

    @model_validator(mode="after")
    def _something_to_compute(self) -> Self:
        if not self.operands and not self.figures:
            raise ValueError("dé operands (de qué líneas o canastas sale la cifra) o figures (la cifra, con su fuente)")
        return self


@dataclass(frozen=True)
class MeasuredOperand:
    """One operand and its centavos; null where a line or a government is missing."""

    operand: ClaimOperand
    centavos: int | None
    count: int


def figure_in_centavos(figure: SourcedFigure, year: int) -> tuple[int | None, str | None]:
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
