"""Source lists: where the originals of a publisher lie, and the hash that was seen of each, in YAML (the folder `lists`).

A list is written from what somebody saw: an address or a hash that nobody saw is not in it. Getting the files is the work of
`pipelines.work.fetching`; what a document *is* goes to its catalogue entry, as for any other.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from sources.declared.entry import DocumentEntry, Id, known_kind
from sources.raw.reading import Hints
from warehouse.schema.declaration import DeclarationError, Strict, load, takes

FOLDER = Path(__file__).parent / "lists"
NOT_SEEN = "not seen"


class ListedSource(Strict):
    """One file: a whole fiscal year. `replaces` are documents composed from its figures, which it makes unnecessary."""

    document_id: Id = takes("letters a-z, digits and hyphens", "letras a-z, cifras y guiones")
    fiscal_year: int = takes("a year such as 2021", "un ejercicio, como 2021")
    period_status: Literal["preliminary", "final"]
    address: str = takes("an address, https", "una dirección, https", pattern=r"^https?://")
    sha256: str = takes(
        f"64 hexadecimal digits, or «{NOT_SEEN}»",
        f"64 cifras hexadecimales, o «{NOT_SEEN}»",
        pattern=rf"^([0-9a-f]{{64}}|{NOT_SEEN})$",
    )
    replaces: list[Id] = takes("a list of document_id", "una lista de document_id", [])

    @property
    def seen(self) -> str | None:
        """The hash that was seen, if any was."""
        return None if self.sha256 == NOT_SEEN else self.sha256


class SourceList(Strict):
    """The files of one publisher that are described alike."""

    id: Id = takes("letters a-z, digits and hyphens", "letras a-z, cifras y guiones")
    publisher: str = takes("who publishes it", "quién lo publica", min_length=4)
    found_in: str = takes("where the files were seen", "dónde se vieron los archivos", min_length=4)
    kind: Annotated[str, AfterValidator(known_kind)]
    perimeter: str | None = None
    notes: str | None = None
    hints: Hints = takes("hints such as «unit: 1»", "pistas como «unit: 1»", Hints())
    sources: Annotated[list[ListedSource], Field(min_length=1)]

    def fields(self, source: ListedSource) -> dict[str, Any]:
        """What the catalogue entry of one of its files says, beside what is known once it is there."""
        same = self.model_dump(include={"kind", "perimeter", "notes"})
        return same | {
            "title": f"{self.publisher}, {source.fiscal_year}",
            "fiscal_year": source.fiscal_year,
            "period_start": date(source.fiscal_year, 1, 1),
            "period_end": date(source.fiscal_year, 12, 31),
            "period_status": source.period_status,
            "hints": self.hints,
        }


def load_source_lists(*folders: Path) -> dict[str, SourceList]:
    """By id, the shipped lists and those of the folders given. Raises DeclarationError naming file and key."""
    lists, problems = load(SourceList, (FOLDER, *folders), "id")
    if problems:
        raise DeclarationError(*problems)
    return {one.id: one for one in lists}


def replaced_by(lists: dict[str, SourceList], entries: dict[str, DocumentEntry]) -> dict[str, str]:
    """By composed document, the original that is in the catalogue and may be cited in its place."""
    return {
        composed: source.document_id
        for one in lists.values()
        for source in one.sources
        if source.document_id in entries and entries[source.document_id].is_citable
        for composed in source.replaces
    }
