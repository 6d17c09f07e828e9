"""Profiles: which headers mean which fields of a ledger, one YAML file each, in `profiles`.

A header is compared by its words: without accents, case, what stands in parentheses, the number of a linked table and the note
from when on it applies. `*` at the end of a declared header stands for whatever follows. How a sheet is held against profiles is in
`sources.ledgers.recognise`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from warehouse.schema.declaration import DeclarationError, RuleError, Strict, load, takes
from warehouse.schema.ledger_terms import CELL_TYPES, LEDGERS
from warehouse.schema.text import words
from warehouse.schema.vocabulary import Term

FOLDER = Path(__file__).parent / "profiles"
# Beside the types of a cell: `person` is always withheld, `supplier_key` (RFC) unless it is a company's.
PRIVATE_TYPES = ("person", "supplier_key")
# What a record has even where it says nothing: the period it would be of, who answers for it, and why it is empty.
ABOUT_THE_ROW = frozenset({"year", "period_start", "period_end", "updated_on", "validated_on", "area", "note", "id"})
_APPLIES = re.compile(r"este criterio aplica[^>]*(?:->|→)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\btabla[_ ]\d{4,}", re.IGNORECASE)
_LINKED = re.compile(r"\btabla[_ ](\d{4,})", re.IGNORECASE)


def _known_type(name: str) -> str:
    if name not in CELL_TYPES and name not in PRIVATE_TYPES:
        names = ", ".join((*CELL_TYPES, *PRIVATE_TYPES))
        raise RuleError(f"expected one of {names}; found «{name}»", f"se esperaba una de {names}; se encontró «{name}»")
    return name


def _known_ledger(name: str) -> str:
    if name not in LEDGERS:
        names = ", ".join(LEDGERS)
        raise RuleError(f"expected one of {names}; found «{name}»", f"se esperaba una de {names}; se encontró «{name}»")
    return name


LedgerName = Annotated[str, AfterValidator(_known_ledger)]


class ProfileField(Strict):
    """One field: as what its cells are read, and the headers it stands under. An `optional` one need not be there."""

    type: Annotated[str, AfterValidator(_known_type)] = takes("a type, such as money", "un tipo, como money")
    headers: tuple[str, ...] = takes("a list of headers", "una lista de encabezados", min_length=1)
    optional: bool = takes("true or false", "true o false", False)


ROW_ID = ProfileField(type="code", headers=("ID",))
REFERENCE = ProfileField(type="reference", headers=("Tabla",))


class HeaderIndex:
    """Fields by the words of their headers, whole or from the beginning."""

    def __init__(self, fields: Mapping[str, ProfileField]) -> None:
        declared = [(header, name) for name, field in fields.items() for header in field.headers]
        self._whole = {_letters(header): name for header, name in reversed(declared) if not header.endswith("*")}
        self._beginning = [(_letters(header[:-1]), name) for header, name in declared if header.endswith("*")]

    def names(self, header: str) -> Iterator[str]:
        """The fields that a header may be of, the one that names it whole first."""
        printed = _letters(header)
        if printed in self._whole:
            yield self._whole[printed]
        yield from (name for beginning, name in self._beginning if printed.startswith(beginning))


class ProfilePart(Strict):
    """Rows that another table of the file holds for a row of the main one: a linked sheet, or a list of a JSON object."""

    ledger: LedgerName = takes("a kind of ledger", "un tipo de registro")
    headers: tuple[str, ...] = takes("the headers of the reference", "los encabezados de la referencia", min_length=1)
    fields: dict[str, ProfileField] = takes("fields by name", "campos por nombre")

    def is_referred_to(self, header: str) -> bool:
        """Whether a column of the main table refers to its rows."""
        return any(
            True for _ in HeaderIndex({"reference": ProfileField(type="reference", headers=self.headers)}).names(header)
        )

    @cached_property
    def index(self) -> HeaderIndex:
        """Its fields by header, and the number by which the main rows refer to its own."""
        return HeaderIndex({"id": ROW_ID, **self.fields})


class Profile(Strict):
    """One form of ledger. `titles`: words of the title or short name that a transparency format prints in rows 2 and 3.

    `lines`: its amounts are those of budget lines, which the general reader reads; the profile adds period and codes.
    `template`: an organisation fills it in; `peso template` writes it empty.
    `general`: its headers are those that a body chooses for itself; it yields to every other profile.
    """

    id: str = takes("a short name", "un nombre corto", pattern=r"^[a-z0-9_]+$")
    name: str = takes("what it is, in Spanish", "qué es, en español", min_length=5)
    ledger: LedgerName = takes("a kind of ledger", "un tipo de registro")
    titles: tuple[str, ...] = takes("a list of words of its title", "una lista de palabras de su título", ())
    lines: bool = takes("true or false", "true o false", False)
    template: bool = takes("true or false", "true o false", False)
    general: bool = takes("true or false", "true o false", False)
    fields: dict[str, ProfileField] = takes("fields by name", "campos por nombre")
    parts: dict[str, ProfilePart] = takes("linked tables by name", "tablas ligadas por nombre", {})

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        both = self.fields.keys() & self.parts.keys()
        if both:
            raise RuleError(f"{sorted(both)} are both field and part", f"{sorted(both)} son campo y parte a la vez")
        return self

    @cached_property
    def index(self) -> "HeaderIndex":
        """Its fields by header."""
        return HeaderIndex(self.fields)

    @property
    def recognised(self) -> Term:
        """That a register was recognised by it."""
        return Term(f"Recognised as {self.id}: {self.name}.", f"Se reconoció como {self.id}: {self.name}.")

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields that recognise it."""
        return tuple(name for name, field in self.fields.items() if not field.optional)


@cache
def profiles(folder: Path = FOLDER) -> tuple[Profile, ...]:
    """Every profile that is shipped, in the order of their files. Raises DeclarationError."""
    items, problems = load(Profile, [folder], "id")
    if problems:
        raise DeclarationError(*problems)
    return items


def linked_table(header: str) -> str | None:
    """The number of the table that a header refers to: `Tabla_586960`."""
    match = _LINKED.search(header)
    return match[1] if match else None


def _letters(header: str) -> str:
    """Its words as one: a narrow column cuts them anywhere."""
    return header_words(header).replace(" ", "")


@lru_cache(maxsize=65_536)
def header_words(header: str) -> str:
    """A header as it is compared."""
    return words(_ASIDE.sub(" ", _APPLIES.sub(" ", header).replace("_", " ")) or header)
