"""The catalogue: which governments there are and which documents of theirs, each checked before it is believed.

Entries are YAML files that people edit, one per document or body, named after it. A wrong entry is reported and left
out, and the rest goes on. Where the bytes lie is the archive's matter; what an entry should say about a document nobody
has described yet is drafted in `transforms.describe.draft`.

A catalogue folder holds `governments.csv` (the lists that never change), `governments/*.yaml` and `documents/*.yaml`.
The project's own is `sources/entries`; a user's is `$PESO_HOME/catalogue`.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import pandas as pd
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from sources.bytes.archive import How
from sources.declared.yamlfile import FileError, parse, read_mapping, write_mapping
from sources.raw.reading import Hints
from warehouse.schema.core import DOCUMENT, GOVERNMENT
from warehouse.schema.vocabulary import DOCUMENT_KINDS

OWN_ENTRIES = Path(__file__).parent / "entries"

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
FIRST_YEAR, LAST_YEAR = 1980, 2100


def _known_kind(kind: str) -> str:
    if kind not in DOCUMENT_KINDS:
        raise ValueError(f'expected one of {", ".join(DOCUMENT_KINDS)}, found "{kind}"')
    return kind


class Government(BaseModel):
    """A government or public body. `aliases` are other names it is printed under."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    government_id: Id
    name: str = Field(min_length=2)
    level: Literal["federal", "state", "municipality", "body"]
    parent_id: Id | None = None
    inegi_key: str | None = Field(default=None, pattern=r"^\d{2}(\d{3})?$")
    aliases: list[str] = []
    source: str | None = None


class DocumentEntry(BaseModel):
    """A document as the catalogue knows it. Fields nobody knows stay out of the file.

    `government_id` is null where one table holds several governments. New bytes of a document already in the
    catalogue get an entry of their own whose `supersedes` names the older one: an entry never changes its bytes, so the
    lines cited from the older version keep their ids and their page.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: Id
    title: str | None = None
    government_id: Id | None = None
    kind: Annotated[str, AfterValidator(_known_kind)] | None = None
    fiscal_year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    period_start: date | None = None
    period_end: date | None = None
    period_status: Literal["preliminary", "final"] | None = None
    perimeter: str | None = None
    citable: bool | None = None
    file_name: str | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    origin: str | None = None
    obtained_at: AwareDatetime | None = None
    obtained_how: How | None = None
    folio: str | None = None
    supersedes: Id | None = None
    hints: Hints = Hints()
    notes: str | None = None

    @model_validator(mode="after")
    def _periods_in_order(self) -> "DocumentEntry":
        if self.period_start and self.period_end and self.period_start > self.period_end:
            raise ValueError(f"period_start {self.period_start} is after period_end {self.period_end}")
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
                "period_status", "perimeter", "origin", "obtained_at", "supersedes")  # fmt: skip
        hints = self.hints.model_dump(exclude_none=True)
        return {name: getattr(self, name) for name in same} | {
            "citable": self.is_citable, "obtained_how": how, "hints": json.dumps(hints, ensure_ascii=False) if hints else None,
        }  # fmt: skip


# What each field takes, in the words of the error messages.
_EXPECTED = {
    "document_id": "letters a-z, digits and hyphens, such as guanajuato-ley-2021",
    "government_id": "the key of a government, such as 26, 26030 or 11-inaeba",
    "parent_id": "the key of a government, such as 26",
    "supersedes": "the document_id of the document it replaces",
    "fiscal_year": "a year such as 2021",
    "period_start": "a date such as 2021-01-01",
    "period_end": "a date such as 2021-12-31",
    "period_status": "preliminary or final",
    "citable": "true or false",
    "sha256": "64 hexadecimal digits",
    "obtained_at": "a time such as 2026-01-31T18:00:00Z",
    "obtained_how": "portal, request, file or typeset",
    "name": "a name",
    "level": "federal, state, municipality or body",
    "inegi_key": "two digits for a state, five for a municipality",
    "aliases": "a list of names",
    "hints": "hints such as 'pages: 12-40'",
    "hints.pages": "pages such as 12-40,55",
    "hints.sheets": "a list of sheet names",
    "hints.header_rows": "a row number for each sheet",
    "hints.headers": "a list of headers, from the left",
    "hints.unit": "1, 1000 or 1000000",
    "hints.stages": "a budget stage for each header",
}

_DOCUMENT_COLUMNS = (
    "document_id", "sha256", "government_id", "title", "kind", "fiscal_year", "period_start", "period_end", "period_status",
    "perimeter", "citable", "origin", "obtained_at", "obtained_how", "supersedes",
)  # fmt: skip


class Problem(NamedTuple):
    """What is wrong with one entry, which was left out for it."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


@dataclass(frozen=True)
class Catalogue:
    """The sound entries of all folders, and what was wrong with the others."""

    governments: dict[str, Government]
    documents: dict[str, DocumentEntry]
    problems: tuple[Problem, ...] = ()
    _by_sha256: dict[str, DocumentEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_by_sha256", {entry.sha256: entry for entry in self.documents.values() if entry.sha256}
        )

    def by_sha256(self, sha256: str) -> DocumentEntry | None:
        """The document with these bytes, if the catalogue has it."""
        return self._by_sha256.get(sha256)

    def by_origin(self, origin: str) -> DocumentEntry | None:
        """The document that came from this address or file; its newest version where there are several."""
        superseded = {entry.supersedes for entry in self.documents.values()}
        found = [entry for entry in self.documents.values() if entry.origin == origin]
        return next((entry for entry in found if entry.document_id not in superseded), found[-1] if found else None)

    def frames(self) -> dict[str, pd.DataFrame]:
        """`government` (as `core.government`) and `document` (the catalogue's part of `core.document`, and `hints`)."""
        names = GOVERNMENT.frame_columns
        governments = GOVERNMENT.frame([{name: getattr(g, name) for name in names} for g in self.governments.values()])
        rows = pd.DataFrame(
            [entry.row() for entry in self.documents.values()], columns=[*_DOCUMENT_COLUMNS, "hints"], dtype=object
        )
        documents = DOCUMENT.frame(rows[list(_DOCUMENT_COLUMNS)])[list(_DOCUMENT_COLUMNS)]
        return {"government": governments, "document": documents.assign(hints=rows["hints"].astype("str"))}

    def names(self) -> pd.DataFrame:
        """One row per name a government is printed under: its own and its aliases. For recognising them in text."""
        rows = [
            (g.government_id, g.level, g.parent_id, wording)
            for g in self.governments.values()
            for wording in (g.name, *g.aliases)
        ]
        return pd.DataFrame(rows, columns=["government_id", "level", "parent_id", "name"], dtype="str")


def load_catalogue(*folders: Path) -> Catalogue:
    """Read every entry of the folders; the project's own comes first.

    Never raises for a wrong entry: it is left out and reported in `problems`, and so is an entry that needs it.
    """
    reader = _Loader()
    for folder in folders:
        reader.read(Path(folder))
    return reader.finish()


def save_entry(entry: DocumentEntry, folder: Path) -> Path:
    """Write the document's file in a catalogue folder, whole or not at all."""
    path = Path(folder) / "documents" / f"{entry.document_id}.yaml"
    write_mapping(path, entry)
    return path


def save_government(government: Government, folder: Path) -> Path:
    """Write the government's or body's file in a catalogue folder, whole or not at all."""
    path = Path(folder) / "governments" / f"{government.government_id}.yaml"
    write_mapping(path, government)
    return path


Entry = TypeVar("Entry", Government, DocumentEntry)


class _Loader:
    """Reads entries file by file, then drops those whose references do not hold."""

    def __init__(self) -> None:
        self.governments: dict[str, Government] = {}
        self.documents: dict[str, DocumentEntry] = {}
        self.files: dict[tuple[str, str], str] = {}
        self.problems: list[Problem] = []
        self.broken: set[str] = set()  # ids of documents whose own file is wrong, so that others may still name them

    def read(self, folder: Path) -> None:
        table = folder / "governments.csv"
        if table.is_file():
            for line, fields in _csv_rows(table):
                self._take(self.governments, Government, fields, f"{folder.name}/{table.name}, line {line}")
        for path in sorted(folder.glob("governments/*.yaml")):
            self._read_file(self.governments, Government, path)
        for path in sorted(folder.glob("documents/*.yaml")):
            if not self._read_file(self.documents, DocumentEntry, path):
                self.broken.add(path.stem)

    def finish(self) -> Catalogue:
        self._drop(self.governments, self._wrong_parent)
        self._drop(self.documents, self._wrong_government)
        self._drop(self.documents, self._second("sha256", "the same bytes as the document"))
        self._drop(self.documents, self._wrong_predecessor)
        self._drop(self.documents, self._second("supersedes", "that document is already superseded by"))
        return Catalogue(self.governments, self.documents, tuple(self.problems))

    def _read_file(self, into: dict[str, Entry], model: type[Entry], path: Path) -> bool:
        file = "/".join(path.parts[-3:])
        try:
            fields = read_mapping(path)
        except FileError as error:
            self.problems += [Problem(file, message) for message in error.messages]
            return False
        return self._take(into, model, fields, file, expected_id=path.stem)

    def _take(
        self,
        into: dict[str, Entry],
        model: type[Entry],
        fields: Mapping[str, Any],
        file: str,
        expected_id: str | None = None,
    ) -> bool:
        try:
            entry = parse(model, fields, _EXPECTED)
        except FileError as error:
            self.problems += [Problem(file, message) for message in error.messages]
            return False
        id_name = next(iter(model.model_fields))
        identity = getattr(entry, id_name)
        if expected_id is not None and identity != expected_id:
            self.problems.append(
                Problem(file, f'{id_name}: expected {expected_id}, as the file is called, found "{identity}"')
            )
            return False
        if identity in into:
            self.problems.append(
                Problem(file, f'{id_name}: "{identity}" is already in {self.files[id_name, identity]}')
            )
            return False
        into[identity] = entry
        self.files[id_name, identity] = file
        return True

    def _drop(self, entries: dict[str, Entry], wrong: Callable[[Entry], str | None]) -> None:
        """Report and leave out the entries that `wrong` has a sentence for."""
        found = [(identity, message) for identity, entry in entries.items() if (message := wrong(entry))]
        for identity, message in found:
            id_name = next(iter(type(entries.pop(identity)).model_fields))
            self.problems.append(Problem(self.files[id_name, identity], message))
        self.broken.update(identity for identity, _ in found)

    def _wrong_parent(self, government: Government) -> str | None:
        if government.parent_id and government.parent_id not in self.governments:
            return f'parent_id: no government "{government.parent_id}" in the catalogue'
        circle = _circle(
            government.government_id, lambda key: self.governments[key].parent_id if key in self.governments else None
        )
        return circle and f"parent_id: {circle}"

    def _wrong_government(self, entry: DocumentEntry) -> str | None:
        if entry.government_id and entry.government_id not in self.governments:
            return f'government_id: no government "{entry.government_id}" in the catalogue; add it under governments/'
        return None

    def _wrong_predecessor(self, entry: DocumentEntry) -> str | None:
        if entry.supersedes and entry.supersedes not in self.documents and entry.supersedes not in self.broken:
            return f'supersedes: no document "{entry.supersedes}" in the catalogue'
        circle = _circle(
            entry.document_id, lambda key: self.documents[key].supersedes if key in self.documents else None
        )
        return circle and f"supersedes: {circle}"

    def _second(self, name: str, sentence: str) -> Callable[[DocumentEntry], str | None]:
        """A check that no two documents share a value of the field: the first keeps it."""
        first: dict[str, str] = {}
        for entry in self.documents.values():
            first.setdefault(getattr(entry, name), entry.document_id)

        def wrong(entry: DocumentEntry) -> str | None:
            value = getattr(entry, name)
            return f"{name}: {sentence} {first[value]}" if value and first[value] != entry.document_id else None

        return wrong


def _circle(start: str, following: Callable[[str], str | None]) -> str | None:
    """Says so if the references that begin at `start` lead back to it."""
    chain, at = [start], following(start)
    while at is not None and at not in chain:
        chain.append(at)
        at = following(at)
    return f"goes round in a circle: {' → '.join([*chain, start])}" if at == start else None


def _csv_rows(table: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with table.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            fields: dict[str, Any] = {name: value for name, value in row.items() if value}
            if "aliases" in fields:
                fields["aliases"] = _split(fields["aliases"])
            yield line, fields


def _split(aliases: str) -> list[str]:
    return [alias.strip() for alias in aliases.split(";") if alias.strip()]
