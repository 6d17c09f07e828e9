"""The catalogue: which governments there are and which documents of theirs, each checked before it is believed.

Entries are YAML files that people edit, one per document or body, named after it. A wrong entry is reported and left
out, and the rest goes on. Where the bytes lie is the archive's matter; what an entry should say about a document nobody
has described yet is drafted in `transforms.describe.draft`.

A catalogue folder holds `governments.csv` (the lists that never change), `governments/*.yaml` and `documents/*.yaml`.
The project's own is `sources/entries`; a user's is `$PESO_HOME/catalogue`.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import yaml
from pydantic import BaseModel

from sources.bytes.archive import write_atomic
from sources.declared.entry import DocumentEntry, Government
from sources.declared.printed_names import printed_names
from warehouse.schema.core import DOCUMENT, GOVERNMENT
from warehouse.schema.declaration import (
    DeclarationError,
    Links,
    Problem,
    Remark,
    list_files,
    name_of,
    problem_of,
    read_positioned,
    remark,
    validate,
)
from warehouse.schema.positioned import Lines

OWN_ENTRIES = Path(__file__).parent / "entries"

_DOCUMENT_COLUMNS = (
    "document_id", "sha256", "government_id", "title", "kind", "fiscal_year", "period_start", "period_end", "period_status",
    "perimeter", "citable", "origin", "obtained_at", "obtained_how", "supersedes", "superseded_by",
)  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """The sound entries of all folders, and what was wrong with the others."""

    governments: dict[str, Government]
    documents: dict[str, DocumentEntry]
    problems: tuple[Problem, ...] = ()

    def take(self, saved: Government | DocumentEntry) -> None:
        """Adds what was saved since the folders were read, which costs too much to do again for each of many files."""
        if isinstance(saved, Government):
            self.governments[saved.government_id] = saved
        else:
            self.documents[saved.document_id] = saved

    def by_sha256(self, sha256: str) -> DocumentEntry | None:
        """The document with these bytes, if the catalogue has it."""
        return next((entry for entry in self.documents.values() if entry.sha256 == sha256), None)

    def by_origin(self, origin: str) -> DocumentEntry | None:
        """The document that came from this address or file; its newest version where there are several."""
        superseded = {entry.supersedes for entry in self.documents.values()}
        from_there = [entry for entry in self.documents.values() if entry.origin == origin]
        newest = (entry for entry in from_there if entry.document_id not in superseded)
        return next(newest, from_there[-1] if from_there else None)

    @property
    def links(self) -> Links:
        """What other declarations may name: its governments, and its documents."""
        return Links(frozenset(self.governments), frozenset(self.documents))

    def frames(self) -> dict[str, pd.DataFrame]:
        """`government` (as `core.government`) and `document` (the catalogue's part of `core.document`, `hints`, printed names)."""
        names = GOVERNMENT.frame_columns
        governments = GOVERNMENT.frame([{name: getattr(g, name) for name in names} for g in self.governments.values()])
        rows = pd.DataFrame(
            [entry.row() for entry in self.documents.values()], columns=[*_DOCUMENT_COLUMNS, "hints"], dtype=object
        )
        documents = DOCUMENT.frame(rows[list(_DOCUMENT_COLUMNS)])[list(_DOCUMENT_COLUMNS)]
        keys, printed = documents["government_id"], printed_names(self.governments)
        names_of = {
            name: keys.map(of) for name, of in zip(("government_names", "superior_names"), printed, strict=True)
        }
        return {"government": governments, "document": documents.assign(hints=rows["hints"].astype("str"), **names_of)}

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
    _write(path, entry)
    return path


def save_government(government: Government, folder: Path) -> Path:
    """Write the government's or body's file in a catalogue folder, whole or not at all."""
    path = Path(folder) / "governments" / f"{government.government_id}.yaml"
    _write(path, government)
    return path


def _write(path: Path, declared: BaseModel) -> None:
    """Write the filled fields, in the order of the model, whole or not at all."""
    fields = declared.model_dump(mode="json", exclude_none=True)
    filled = {name: value for name, value in fields.items() if value not in ([], {})}
    write_atomic(path, yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=100).encode())


Listed = TypeVar("Listed", Government, DocumentEntry)


class _Loader:
    """Reads entries file by file, then drops those whose references do not hold."""

    def __init__(self) -> None:
        self.governments: dict[str, Government] = {}
        self.documents: dict[str, DocumentEntry] = {}
        self.places: dict[tuple[str, str], tuple[str, Lines]] = {}  # file of each entry, and the line of each key
        self.problems: list[Problem] = []
        self.broken: set[str] = set()  # ids of documents whose own file is wrong, so that others may still name them

    def read(self, folder: Path) -> None:
        self._read_table(folder / "governments.csv")
        for path in list_files(folder / "governments", self.problems):
            self._read_file(self.governments, Government, path)
        for path in list_files(folder / "documents", self.problems):
            if not self._read_file(self.documents, DocumentEntry, path):
                self.broken.add(path.stem)

    def finish(self) -> Catalogue:
        self._drop(self.governments, self._wrong_parent)
        self._drop(self.documents, self._wrong_government)
        self._drop(self.documents, self._second("sha256", ("the same bytes as", "los mismos bytes que")))
        self._drop(self.documents, self._wrong_predecessor)
        self._drop(self.documents, self._wrong_successor)
        self._drop(self.documents, self._second("supersedes", ("what is replaced by", "lo que sustituye")))
        return Catalogue(self.governments, self.documents, tuple(self.problems))

    def _read_table(self, table: Path) -> None:
        if not (table.is_symlink() or table.exists()):
            return
        file = name_of(table, table.parent)
        try:
            state = table.stat()
            rows = _listed_governments(table, file, (state.st_mtime_ns, state.st_ino, state.st_size))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            en = f"expected a table of text in UTF-8, with commas; found: {error}. Save it so, or remove it."
            es = f"se esperaba una tabla de texto en UTF-8, con comas; se encontró: {error}. Guárdela así o quítela."
            self.problems.append(Problem(file, None, en, es))
            return
        for line, government in rows:
            if isinstance(government, Government):
                self._take(self.governments, government, file, {(): line})
            else:
                self.problems += government

    def _read_file(self, into: dict[str, Listed], model: type[Listed], path: Path) -> bool:
        file = name_of(path, path.parents[1])
        try:
            entry, lines = read_positioned(model, path, file=file, check=_named_as_its_file)
        except DeclarationError as error:
            self.problems += error.problems
            return False
        return self._take(into, entry, file, lines)

    def _take(self, into: dict[str, Listed], entry: Listed, file: str, lines: Lines) -> bool:
        id_name = _id_name(entry)
        identity = getattr(entry, id_name)
        if identity in into:
            other = self.places[id_name, identity][0]
            en = f"key {id_name}: «{identity}» is already in {other}. Give it another."
            es = f"clave {id_name}: «{identity}» ya está en {other}. Dele otra."
            self.problems.append(problem_of(Remark(id_name, en, es), file, lines))
            return False
        into[identity] = entry
        self.places[id_name, identity] = file, lines
        return True

    def _drop(self, entries: dict[str, Listed], wrong: Callable[[Listed], Remark | None]) -> None:
        """Report and leave out the entries that `wrong` has a sentence for."""
        dropped = [(identity, why) for identity, entry in entries.items() if (why := wrong(entry))]
        for identity, why in dropped:
            self.problems.append(problem_of(why, *self.places[_id_name(entries.pop(identity)), identity]))
        self.broken.update(identity for identity, _ in dropped)

    def _wrong_parent(self, government: Government) -> Remark | None:
        if government.parent_id and government.parent_id not in self.governments:
            return _no_government("parent_id", government.parent_id)
        return _circle(
            "parent_id",
            government.government_id,
            lambda key: self.governments[key].parent_id if key in self.governments else None,
        )

    def _wrong_government(self, entry: DocumentEntry) -> Remark | None:
        if entry.government_id and entry.government_id not in self.governments:
            return _no_government("government_id", entry.government_id)
        return None

    def _wrong_predecessor(self, entry: DocumentEntry) -> Remark | None:
        if entry.supersedes and entry.supersedes not in self.documents and entry.supersedes not in self.broken:
            return Remark(
                "supersedes",
                f"key supersedes: no document «{entry.supersedes}» in the catalogue. Correct it.",
                f"clave supersedes: no hay documento «{entry.supersedes}» en el catálogo. Corríjala.",
            )
        return _circle(
            "supersedes",
            entry.document_id,
            lambda key: self.documents[key].supersedes if key in self.documents else None,
        )

    def _wrong_successor(self, entry: DocumentEntry) -> Remark | None:
        newer = entry.superseded_by
        if newer and newer not in self.documents and newer not in self.broken:
            return Remark(
                "superseded_by",
                f"key superseded_by: no document «{newer}» in the catalogue. Correct it.",
                f"clave superseded_by: no hay documento «{newer}» en el catálogo. Corríjala.",
            )
        return _circle(
            "superseded_by",
            entry.document_id,
            lambda key: self.documents[key].superseded_by if key in self.documents else None,
        )

    def _second(self, name: str, sentence: tuple[str, str]) -> Callable[[DocumentEntry], Remark | None]:
        """A check that no two documents share a value of the field: the first keeps it."""
        first: dict[str, str] = {}
        for entry in self.documents.values():
            first.setdefault(getattr(entry, name), entry.document_id)

        def wrong(entry: DocumentEntry) -> Remark | None:
            value = getattr(entry, name)
            if not value or first[value] == entry.document_id:
                return None
            en, es = sentence
            return Remark(
                name,
                f"key {name}: {en} the document {first[value]}. Keep one of the two.",
                f"clave {name}: {es} el documento {first[value]}. Deje uno de los dos.",
            )

        return wrong


def _id_name(entry: Government | DocumentEntry) -> str:
    return next(iter(type(entry).model_fields))


def _named_as_its_file(entry: Government | DocumentEntry, path: Path) -> list[Remark]:
    id_name = _id_name(entry)
    identity = getattr(entry, id_name)
    if identity == path.stem:
        return []
    expected = f"{path.stem}, as the file is called", f"{path.stem}, como se llama el archivo"
    return [remark(id_name, expected, f"«{identity}»", ("Rename one of the two", "Cambie uno de los dos"))]


def _no_government(name: str, government_id: str) -> Remark:
    return Remark(
        name,
        f"key {name}: no government «{government_id}» in the catalogue. Add it under governments/.",
        f"clave {name}: no hay gobierno «{government_id}» en el catálogo. Agréguelo en governments/.",
    )


def _circle(name: str, start: str, following: Callable[[str], str | None]) -> Remark | None:
    """Says so if the references that begin at `start` lead back to it."""
    chain, at = [start], following(start)
    while at is not None and at not in chain:
        chain.append(at)
        at = following(at)
    if at != start:
        return None
    path = " → ".join([*chain, start])
    return Remark(
        name,
        f"key {name}: goes round in a circle: {path}. Take one out.",
        f"clave {name}: da vueltas en círculo: {path}. Quite una.",
    )


@lru_cache(maxsize=8)
def _listed_governments(table: Path, file: str, _: tuple[int, ...]) -> list[tuple[int, Government | list[Problem]]]:
    """The lines of a list, each with its government or what is wrong with it; read anew when the state of the file is another.

    A publication asks ten times for the 2,500 that are shipped.
    """
    read: list[tuple[int, Government | list[Problem]]] = []
    for line, fields in _csv_rows(table):
        try:
            read.append((line, validate(Government, fields, file, {(): line})))
        except DeclarationError as error:
            read.append((line, list(error.problems)))
    return read


def _csv_rows(table: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with table.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream, restkey="(more)"), start=2):
            fields: dict[str, Any] = {name: value for name, value in row.items() if value}
            if "aliases" in fields:
                fields["aliases"] = [alias.strip() for alias in fields["aliases"].split(";") if alias.strip()]
            yield line, fields
