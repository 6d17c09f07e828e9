"""What a claim is: the sentence as people write it in YAML, with its operands and its sourced figures.

Reading the folders and computing is in `transforms.claims.claims`; measuring the operands in `transforms.claims.operands`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from transforms import reference
from transforms.compare.prices import round_half_even
from transforms.definitions import Bilingual, GovernmentKey, Switched, number
from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.vocabulary import CAUSES, DOCUMENT_KINDS, EVIDENCE, STAGES

Replacement = tuple[str, str]  # the document that was named, and the newer one that replaced it


class CauseShare(Strict):
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


class SourcedFigure(Strict):
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
    causes: tuple[CauseShare, ...] = takes(
        "a list of causes, each with cause, amount and text",
        "una lista de causas, cada una con cause, amount y text",
        (),
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.evidence not in EVIDENCE:
            raise RuleError(f"evidence: one of {', '.join(EVIDENCE)}", f"evidence: una de {', '.join(EVIDENCE)}")
        return self


class ClaimOperand(Strict):
    """`lines` of documents, or a `basket` of `governments` (their ids, or `states` for all 32); added or subtracted."""

    sign: Annotated[Literal[1, -1], BeforeValidator(number)] = takes(
        "1 if it is added, -1 if it is subtracted", "1 si se suma, -1 si se resta", 1
    )
    stage: str = takes("a stage, such as devengado", "un momento, como devengado")
    lines: tuple[str, ...] = takes(
        "a list of lines, as linea_id in es.linea", "una lista de líneas, como linea_id en es.linea", ()
    )
    basket: Literal["health", "events", "advertising"] | None = None
    governments: Annotated[
        tuple[GovernmentKey, ...] | Literal["states"],
        takes('a list of keys, such as ["26"], or states', 'una lista de claves, como ["26"], o states'),
    ] = ()
    year: int | None = takes("the year, such as 2024", "el ejercicio, como 2024", None, ge=1980, le=2100)
    kind: str | None = takes(
        "the kind of document, such as cuenta_publica", "el tipo de documento, como cuenta_publica", None
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.lines) == bool(self.basket):
            raise RuleError(
                "give lines (their ids) or basket, one of the two",
                "dé lines (identificadores de línea) o basket (canasta), una de las dos",
            )
        if self.basket and (not self.governments or self.year is None):
            raise RuleError(
                "with basket, also give governments (keys, or states) and year",
                "con basket dé también governments (claves, o states) y year",
            )
        if self.stage not in STAGES:
            raise RuleError(f"stage: one of {', '.join(STAGES)}", f"stage: uno de {', '.join(STAGES)}")
        if self.kind is not None and self.kind not in DOCUMENT_KINDS:
            raise RuleError(f"kind: one of {', '.join(DOCUMENT_KINDS)}", f"kind: uno de {', '.join(DOCUMENT_KINDS)}")
        return self


class Claim(Switched):
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
    texto: str | None = takes(
        "the sentence in Spanish, where it was published in another language",
        "la frase en español, si se publicó en otro idioma",
        None,
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
    operands: tuple[ClaimOperand, ...] = takes(
        "a list: from which lines or baskets the figure comes", "una lista: de qué líneas o canastas sale la cifra", ()
    )
    figures: tuple[SourcedFigure, ...] = takes(
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
