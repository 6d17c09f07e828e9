"""Watched pages: where a government lists its documents, and which links are taken, in YAML (the folder `portals`).

None is shipped: no source that this project can name gives the address of a page. Reading the pages is the work of
`sources.portals`.
"""

import fnmatch
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field, field_validator

from sources.declared.entry import Id, known_kind
from warehouse.schema.declaration import Links, Problem, RuleError, Strict, load, takes
from warehouse.schema.text import words

_Pattern = Annotated[str, Field(min_length=1, max_length=200)]


class Take(Strict):
    """Which links are documents: by words of their text (or of the row and column they stand in), or patterns of the address.

    With neither, every link whose address ends as a document does.
    """

    text: list[_Pattern] = takes("a list of words", "una lista de palabras", [])
    address: list[_Pattern] = takes(
        "a list of patterns such as «*egresos*.pdf»", "una lista de patrones, como «*egresos*.pdf»", []
    )

    def by_text(self, text: str) -> bool:
        """Whether the text has the words of one of the entries, whatever the accents."""
        line = f" {words(text)} "
        return any(f" {words(wanted)} " in line for wanted in self.text)

    def by_address(self, address: str) -> bool:
        """Whether path and query of the address fit one of the patterns; false where there are none."""
        parts = urlsplit(address)
        name = unquote(parts.path + (f"?{parts.query}" if parts.query else "")).lower()
        return any(fnmatch.fnmatchcase(name, pattern.lower()) for pattern in self.address)


class WatchedPage(Strict):
    """One page to watch. `next` are the words of links to more of the same list; `json_path` leads to addresses in JSON."""

    id: Id = takes("letters a-z, digits and hyphens", "letras a-z, cifras y guiones")
    active: bool = takes("true or false", "true o false", False)
    address: str = takes("an address, https", "una dirección, https", pattern=r"^https?://[^\s]+$", max_length=2000)
    government: Id = takes("the key of a government, such as 26", "la clave de un gobierno, como 26")
    take: Take = Take()
    kinds: list[Annotated[str, AfterValidator(known_kind)]] = takes(
        "a list of kinds of documents", "una lista de tipos de documento", []
    )
    depth: int = takes("0, 1 or 2", "0, 1 o 2", 0, ge=0, le=2)
    delay: float = takes("seconds, from 1 to 120", "segundos, de 1 a 120", 5.0, ge=1, le=120)
    most: int = takes("documents a night, 1 to 2000", "documentos por noche, de 1 a 2000", 200, ge=1, le=2000)
    pages: int = takes("pages a night, 1 to 1000", "páginas por noche, de 1 a 1000", 100, ge=1, le=1000)
    next: list[_Pattern] = takes(
        "a list of words", "una lista de palabras",
        ["ver más", "siguiente", "página siguiente", "más resultados", "cargar más"],
    )  # fmt: skip
    json_path: str | None = takes("keys such as «datos.*.url»", "claves, como «datos.*.url»", None)
    gone_after: int = takes("nights, 1 to 60", "noches, de 1 a 60", 3, ge=1, le=60)
    found_in: str = takes("where the address was seen", "dónde se vio la dirección", min_length=4)
    checked: Literal["not verified", "verified"] = takes(
        "verified or «not verified»", "verified o «not verified»", "not verified"
    )

    @field_validator("next", mode="after")
    @classmethod
    def _words(cls, value: list[str]) -> list[str]:
        if not all(words(one) for one in value):
            raise RuleError("expected words with letters", "se esperaban palabras con letras")
        return value


def load_portals(*folders: Path, links: Links | None = None) -> tuple[dict[str, WatchedPage], tuple[Problem, ...]]:
    """By id, the pages of the folders, and what is wrong with files."""
    listed, problems = load(WatchedPage, folders, "id")
    pages = {page.id: page for page in listed}
    placed = {name: page for name, page in pages.items() if links is None or page.government in links.governments}
    unknown = [
        Problem(
            f"portals/{name}.yaml", None,
            f"key government: no government «{page.government}» in the catalogue. Add it under governments/.",
            f"clave government: no hay gobierno «{page.government}» en el catálogo. Agréguelo en governments/.",
        )
        for name, page in pages.items() if name not in placed
    ]  # fmt: skip
    return placed, (*problems, *unknown)
