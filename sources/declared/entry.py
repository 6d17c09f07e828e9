"""What an entry of the catalogue says: the fields of a government and of a document, and what each may hold.

Reading the files, the links between entries and what is wrong with them are matters of `sources.declared.catalogue`.
"""

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from sources.bytes.archive import How
from sources.raw.reading import Hints
from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.vocabulary import DOCUMENT_KINDS

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
FIRST_YEAR, LAST_YEAR = 1980, 2100


def known_kind(kind: str) -> str:
    """The kind of document, where it is one of the vocabulary. Raises RuleError with the kinds that there are."""
    if kind not in DOCUMENT_KINDS:
        names = ", ".join(DOCUMENT_KINDS)
        raise RuleError(f"expected one of {names}; found «{kind}»", f"se esperaba una de {names}; se encontró «{kind}»")
    return kind


class Government(Strict):
    """A government or public body. `aliases` are other names it is printed under."""

    government_id: Id = takes(
        "the key of a government, such as 26, 26030 or 11-inaeba", "la clave de un gobierno, como 26, 26030 u 11-inaeba"
    )
    name: str = takes("a name", "un nombre", min_length=2)
    level: Literal["federal", "state", "municipality", "body"]
    parent_id: Id | None = takes("the key of a government, such as 26", "la clave de un gobierno, como 26", None)
    inegi_key: str | None = takes(
        "two digits for a state, five for a municipality",
        "dos cifras para un estado, cinco para un municipio",
        None,
        pattern=r"^\d{2}(\d{3})?$",
    )
    aliases: list[str] = takes("a list of names", "una lista de nombres", [])
    source: str | None = None


class DocumentEntry(Strict):
    """A document as the catalogue knows it. Fields nobody knows stay out of the file.

    `government_id` is null where one table holds several governments. New bytes of a document already in the
    catalogue get an entry of their own whose `supersedes` names the older one: an entry never changes its bytes, so the
    lines cited from the older version keep their ids and their page. Where one document takes the place of several, each of them
    names it in `superseded_by`.
    """

    document_id: Id = takes(
        "letters a-z, digits and hyphens, such as guanajuato-ley-2021",
        "letras a-z, cifras y guiones, como guanajuato-ley-2021",
    )
    title: str | None = None
    government_id: Id | None = takes(
        "the key of a government, such as 26, 26030 or 11-inaeba",
        "la clave de un gobierno, como 26, 26030 u 11-inaeba",
        None,
    )
    kind: Annotated[str, AfterValidator(known_kind)] | None = None
    fiscal_year: int | None = takes("a year such as 2021", "un ejercicio, como 2021", None, ge=FIRST_YEAR, le=LAST_YEAR)
    period_start: date | None = takes("a date such as 2021-01-01", "una fecha, como 2021-01-01", None)
    period_end: date | None = takes("a date such as 2021-12-31", "una fecha, como 2021-12-31", None)
    period_status: Literal["preliminary", "final"] | None = None
    perimeter: str | None = None
    citable: bool | None = takes("true or false", "true o false", None)
    file_name: str | None = None
    sha256: str | None = takes("64 hexadecimal digits", "64 cifras hexadecimales", None, pattern=r"^[0-9a-f]{64}$")
    origin: str | None = None
    obtained_at: AwareDatetime | None = takes(
        "a time such as 2026-01-31T18:00:00Z", "una fecha y hora, como 2026-01-31T18:00:00Z", None
    )
    obtained_how: How | None = None
    folio: str | None = None
    supersedes: Id | None = takes(
        "the document_id of the document it replaces", "el document_id del documento que sustituye", None
    )
    superseded_by: Id | None = takes(
        "the document_id of the document that replaces it", "el document_id del documento que lo sustituye", None
    )
    hints: Hints = takes("hints such as «pages: 12-40»", "pistas como «pages: 12-40»", Hints())
    notes: str | None = None

    @model_validator(mode="after")
    def _periods_in_order(self) -> "DocumentEntry":
        if self.period_start and self.period_end and self.period_start > self.period_end:
            raise RuleError(
                f"period_start {self.period_start} is after period_end {self.period_end}",
                f"period_start {self.period_start} es posterior a period_end {self.period_end}",
            )
        return self

    @property
    def is_citable(self) -> bool:
        """As the entry says; else secondary datasets and copies typeset by the project are not."""
        if self.citable is not None:
            return self.citable
        return self.kind != "secundaria" and self.obtained_how != "typeset"

    def row(self) -> dict[str, Any]:
        """The entry in the columns of `core.document`, and its hints as JSON."""
        how = " ".join(filter(None, [self.obtained_how, self.folio and f"(folio {self.folio})"])) or None
        same = ("document_id", "sha256", "government_id", "title", "kind", "fiscal_year", "period_start", "period_end",
                "period_status", "perimeter", "origin", "obtained_at", "supersedes", "superseded_by")  # fmt: skip
        hints = self.hints.model_dump(exclude_none=True)
        return {name: getattr(self, name) for name in same} | {
            "citable": self.is_citable, "obtained_how": how, "hints": json.dumps(hints, ensure_ascii=False) if hints else None,
        }  # fmt: skip
