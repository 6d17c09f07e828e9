"""Adding documents: from files, folders or addresses to archived bytes and catalogue entries.

Bytes are received by `sources.intake`, read apart, described by `transforms.describe.draft.draft`; what was read is kept, so
that the document is not read twice. A file that cannot be read gets its entry all the same: it is refused by name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipelines.apart.reader import ToRead, read_apart
from pipelines.apart.wire import Answer
from pipelines.home import Home
from pipelines.work.reading import keep, say_progress
from pipelines.work.waiting import Announced, doubts, set_waiting
from sources import sample
from sources.bytes.archive import How
from sources.bytes.fetch import AnswerError
from sources.declared.catalogue import Catalogue, save_entry, save_government
from sources.declared.entry import DocumentEntry, Government
from sources.declared.set_aside import SetAside
from sources.declared.source_lists import load_source_lists, replaced_by
from sources.errors import SourceError
from sources.intake import Arrival, find_documents, new_entry, receive_file, receive_url
from sources.raw.reading import Document
from transforms.describe.draft import Description, describe, document_id
from transforms.describe.gazetteer import Gazetteer
from transforms.describe.other_statement import differences
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import Term

# What a new version takes from the entry of the older one: what people said of it, and it does not say itself.
_INHERITED = (
    "title",
    "government_id",
    "kind",
    "fiscal_year",
    "period_start",
    "period_end",
    "period_status",
    "perimeter",
    "citable",
    "hints",
)


@dataclass(frozen=True)
class Given:
    """What the person or the list that adds a document already knows of it; it wins over what the document says.

    `declared` are fields of its catalogue entry; a government that the entry does not name (a table of many) is not drafted then.
    With `announced` nobody is there to look: what the draft is not sure of waits (`pipelines.work.waiting`).
    """

    government_id: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None
    folio: str | None = None
    declared: Mapping[str, Any] = field(default_factory=dict)
    announced: Announced | None = None

    def fields(self) -> dict[str, Any]:
        """What is known, by field of a catalogue entry."""
        given = {"government_id": self.government_id, "fiscal_year": self.fiscal_year, "kind": self.kind}
        return {**self.declared, **{name: value for name, value in given.items() if value is not None}}


@dataclass(frozen=True)
class Added:
    """What became of one file or address: added, duplicate, new_version, waiting, set_aside, skipped or refused.

    `told` is for people; `source` is what was given, and `status` what the server of an address answered in its place.
    """

    outcome: str
    told: Term
    document_id: str | None = None
    source: str = ""
    status: int | None = None
    sha256: str | None = None


class _Arrived(NamedTuple):
    """Archived bytes, with the place whose folder names are evidence, and the source that gave them."""

    arrival: Arrival
    place: Path
    source: str


@dataclass(frozen=True)
class _Draft:
    """The description of a document, and what its reader said."""

    arrival: Arrival
    description: Description
    answer: Answer


def add_sources(home: Home, sources: Iterable[str], given: Given | None = None) -> Iterator[Added]:
    """Adds files, folders (with everything below them) and http(s) addresses; yields what became of each."""
    given = given or Given()
    arrivals: list[_Arrived] = []
    seen: dict[str, str] = {}
    aside = {item.entry.sha256: item for item in home.set_aside().values()} if given.announced else {}
    catalogue = home.catalogue()
    for source in sources:
        for result in _receive(home, catalogue, source, given):
            if isinstance(result, Added):
                yield replace(result, source=source)
            elif result.arrival.outcome == "duplicate" or result.arrival.sha256 in seen:
                yield _duplicate(result, seen)
            elif item := aside.get(result.arrival.sha256):
                outcome = "waiting" if item.reason == "waiting" else "set_aside"
                yield Added(
                    outcome,
                    _told_aside(result.arrival.file_name, item),
                    item.document_id,
                    source,
                    sha256=item.entry.sha256,
                )
            else:
                seen[result.arrival.sha256] = result.arrival.file_name
                arrivals.append(result)
    yield from _record(home, catalogue, arrivals, given)


def _duplicate(arrived: _Arrived, seen: dict[str, str]) -> Added:
    arrival = arrived.arrival
    name, twin = arrival.file_name, seen.get(arrival.sha256)
    en, es = (
        (twin, twin)
        if twin
        else (f"{arrival.known}, which is in the catalogue", f"{arrival.known}, que está en el catálogo")
    )
    told = Term(
        f"{name}: the same bytes as {en}; nothing was added.", f"{name}: los mismos bytes que {es}; no se agregó nada."
    )
    return Added("duplicate", told, arrival.known, arrived.source, sha256=arrival.sha256)


def _receive(home: Home, catalogue: Catalogue, source: str, given: Given) -> Iterator[Added | _Arrived]:
    """Archives the bytes of a source. The path that comes with an arrival is for its folder names, which are evidence."""
    if source.startswith(("http://", "https://")):
        try:
            yield _Arrived(receive_url(source, home.archive, catalogue, home.limits), Path(source), source)
        except SourceError as error:
            status = error.status if isinstance(error, AnswerError) else None
            yield _refused(error, status)
        return
    if not Path(source).exists():
        yield Added(
            "refused", Term(f"{source}: no such file or folder.", f"{source}: no existe ese archivo ni esa carpeta.")
        )
        return
    documents, skipped = find_documents(Path(source))
    yield from (Added("skipped", _told_skipped(path, reason)) for path, reason in skipped)
    for path, origin in documents:
        try:
            how: How = "request" if given.folio else "file"
            arrival = receive_file(path, home.archive, catalogue, origin=origin, how=how, folio=given.folio)
            yield _Arrived(arrival, Path(origin), source)
        except SourceError as error:
            yield _refused(error)


def _refused(error: SourceError, status: int | None = None) -> Added:
    return Added("refused", error.told(), status=status)


def _record(home: Home, catalogue: Catalogue, arrivals: list[_Arrived], given: Given) -> Iterator[Added]:
    """Reads and describes what arrived, many at a time, and writes the entries one by one, in order."""
    if not arrivals:
        return
    names, aside = catalogue.names(), set(home.set_aside())
    say_progress()
    asked = [_to_read(home, arrived, names) for arrived in arrivals]
    for arrived, to_read, (answer, _) in zip(arrivals, asked, read_apart(asked), strict=True):
        # Of a reader that did not finish, name and folders are left.
        description = answer.description or describe({}, to_read.place, names)
        draft = _Draft(arrived.arrival, description, answer)
        yield replace(_save(home, catalogue, aside, draft, given), source=arrived.source, sha256=arrived.arrival.sha256)


def _to_read(home: Home, arrived: _Arrived, names: pd.DataFrame) -> ToRead:
    """A document before it has an entry."""
    arrival = arrived.arrival
    path = home.archive.path(arrival.sha256)
    document = Document(path, arrival.sha256[:16], arrival.file_name, ocr=home.ocr)
    return ToRead(document, legible(str(arrived.place)), names)


def _save(home: Home, catalogue: Catalogue, aside: set[str], draft: _Draft, given: Given) -> Added:
    """Writes the entry of a document, or sets it `aside`, where its id joins those that are taken."""
    drafted = {} if given.declared else draft.description.fields()
    fields = drafted | given.fields()
    why = _doubts(home, catalogue, draft, fields, given.announced) if given.announced else []
    if not given.declared and not fields.get("government_id") and draft.description.new_body is not None:
        proposed = draft.description.new_body.government_id
        fields["government_id"] = proposed if why else _body(home, catalogue, draft.description)
    stem = Path(draft.arrival.file_name).stem
    fields.setdefault("document_id", document_id(draft.description, stem, {*catalogue.documents, *aside}))
    entry = new_entry(draft.arrival, fields, catalogue)
    if given.announced and why:
        item = set_waiting(home, entry, why, given.announced, draft.description)
        aside.add(entry.document_id)
        return Added("waiting", _told(entry, draft, ("waits", "espera", item.told())), entry.document_id)
    save_entry(entry, home.catalogue_folder)
    catalogue.take(entry)
    reading = draft.answer.reading
    keep(home, entry, draft.answer._replace(reading=reading and reading.of(entry.document_id)))
    error, outcome = draft.answer.error, "new_version" if entry.supersedes else "added"
    unread = [("cannot be read", "no se lee", error.told())] if error else []
    return Added(outcome, _told(entry, draft, *unread), entry.document_id)


def _doubts(home: Home, catalogue: Catalogue, draft: _Draft, fields: dict[str, Any], announced: Announced) -> list[str]:
    """Why a draft waits: it is not sure, or its bytes look like another statement than the address gave before.

    Where they do not, `fields` takes from the older entry what the draft is silent about.
    """
    older = catalogue.documents.get(draft.arrival.known or "") if draft.arrival.outcome == "new_version" else None
    if older is None:
        return doubts(draft.description, fields, announced, catalogue, draft.answer.reading is None)
    if draft.answer.reading is None:
        return ["unreadable"]
    old = {
        name: home.store.read(f"raw.{name}", older.document_id)
        for name in ("table", "number")
        if home.store.has(f"raw.{name}", older.document_id)
    }
    why = differences(older.model_dump(), fields, old, draft.answer.reading.frames())
    if not why:
        silent = (name for name in _INHERITED if fields.get(name) is None)
        fields.update({name: getattr(older, name) for name in silent})
    return why


def _body(home: Home, catalogue: Catalogue, description: Description) -> str:
    """The key of the public body the document names, which is added to the catalogue when it is not there yet."""
    body = description.new_body
    if body is None:
        raise ValueError("the description proposes no body")
    same = Gazetteer(catalogue.names()).body_called(body.name, body.parent_id)
    if same:
        return same.government_id  # added meanwhile, under the acronym that another document knows it by
    if body.government_id not in catalogue.governments:
        proposed = Government(
            government_id=body.government_id, name=body.name, level="body", parent_id=body.parent_id,
            source="proposed from the words of a document; check it",
        )  # fmt: skip
        save_government(proposed, home.catalogue_folder)
        catalogue.take(proposed)
    return body.government_id


def _told(entry: DocumentEntry, draft: _Draft, *more: tuple[str, str, Term]) -> Term:
    """The entry, field by field as its YAML names them, each with what it rests on; and what else is to be said."""
    head = f"{draft.arrival.file_name} → {entry.document_id}"
    en, es = [head], [head]
    shown = ("title", "government_id", "kind", "fiscal_year", "period_start", "period_end")
    for name in shown if entry.citable is None else (*shown, "citable"):
        value, ground = getattr(entry, name), draft.description.evidence.get(name)
        line = f"  {name:<14} {value if value is not None else '—'}"
        en.append(line + (f"    ({ground.en})" if ground else ""))
        es.append(line + (f"    ({ground.es})" if ground else ""))
    older = entry.supersedes
    for name_en, name_es, told in (*([("supersedes", "sustituye a", Term(older, older))] if older else []), *more):
        en.append(f"  {name_en:<14} {told.en}")
        es.append(f"  {name_es:<14} {told.es}")
    return Term("\n".join(en), "\n".join(es))


def _told_aside(name: str, item: SetAside) -> Term:
    why = item.told()
    return Term(
        f"{name}: the bytes of {item.document_id}, which is not in the catalogue: {why.en}.",
        f"{name}: los bytes de {item.document_id}, que no está en el catálogo: {why.es}.",
    )


def _told_skipped(path: Path, reason: Term) -> Term:
    name = legible(str(path))
    return Term(f"{name}: left aside: {reason.en}.", f"{name}: se deja aparte: {reason.es}.")


def refetch(home: Home, but: Collection[str] = ()) -> Iterator[Added]:
    """Asks every address in the catalogue, `but` those, for its document again; new bytes become an entry that supersedes
    the old one, or wait where they look like another statement.
    """
    entries = home.catalogue().documents.values()
    superseded = {entry.supersedes for entry in entries}
    current = [entry for entry in entries if entry.document_id not in superseded]
    addresses = [entry.origin for entry in current if entry.origin and entry.origin.startswith(("http://", "https://"))]
    yield from add_sources(home, [one for one in addresses if one not in but], Given(announced=Announced()))


def add_sample(home: Home) -> None:
    """Typesets the embedded sample and puts its documents in the catalogue, once."""
    catalogue = home.catalogue()
    for body in sample.governments():
        if body.government_id not in catalogue.governments:
            save_government(body, home.catalogue_folder)
    there = {*catalogue.documents, *home.set_aside()}
    missing = [entry for entry in sample.entries() if entry.document_id not in there]
    if not missing:
        return
    files = {file.document_id: file.path for file in sample.generate(home.samples)}
    replaced = replaced_by(load_source_lists(), catalogue.documents)
    for entry in missing:
        path = files[entry.document_id]
        sha256 = home.archive.add(path, origin=entry.origin or path.name, how="typeset", name=path.name)
        bytes_of_it = {"sha256": sha256, "file_name": path.name, "superseded_by": replaced.get(entry.document_id)}
        save_entry(entry.model_copy(update=bytes_of_it), home.catalogue_folder)
