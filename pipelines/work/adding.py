"""Adding documents: from files, folders or addresses to archived bytes and catalogue entries.

Bytes are received by `sources.intake`, read in workers, described by `transforms.describe.draft.draft`; what was read is kept, so
that the document is not read twice. A file that cannot be read gets its entry all the same: it is refused by name.
"""

import multiprocessing
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import TimeoutError as ReadingTimeout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pebble import ProcessExpired, ProcessPool

from pipelines.home import Home
from pipelines.work.reading import keep, raw_frames, say_progress, seconds_for
from pipelines.work.waiting import Announced, doubts, set_waiting
from sources import sample
from sources.bytes.archive import How
from sources.bytes.fetch import AnswerError
from sources.declared.catalogue import Catalogue, save_entry, save_government
from sources.declared.entry import DocumentEntry, Government
from sources.declared.source_lists import load_source_lists, replaced_by
from sources.errors import SourceError
from sources.intake import Arrival, find_documents, new_entry, opening_text, receive_file, receive_url
from sources.raw.reading import Document, Reading
from sources.read import read
from transforms.describe.draft import Description, describe, document_id
from transforms.describe.gazetteer import Gazetteer
from transforms.describe.other_statement import differences
from warehouse.schema.text import legible

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

    `text` is for people; `source` is what was given, and `status` what the server of an address answered in its place.
    """

    outcome: str
    text: str
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
    """What a worker returns: the description, and the reading or the error that took its place."""

    arrival: Arrival
    description: Description
    reading: Reading | None
    error: SourceError | None


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
                text = f"{result.arrival.file_name}: the bytes of {item.document_id}, which is not in the catalogue: {'; '.join(item.lines())}."
                yield Added(outcome, text, item.document_id, source, sha256=item.entry.sha256)
            else:
                seen[result.arrival.sha256] = result.arrival.file_name
                arrivals.append(result)
    yield from _record(home, catalogue, arrivals, given)


def _duplicate(arrived: _Arrived, seen: dict[str, str]) -> Added:
    arrival = arrived.arrival
    twin = seen.get(arrival.sha256)
    text = f"{arrival.file_name}: the same bytes as {twin}; nothing was added." if twin else arrival.sentence
    return Added("duplicate", text, arrival.known, arrived.source, sha256=arrival.sha256)


def _receive(home: Home, catalogue: Catalogue, source: str, given: Given) -> Iterator[Added | _Arrived]:
    """Archives the bytes of a source. The path that comes with an arrival is for its folder names, which are evidence."""
    if source.startswith(("http://", "https://")):
        try:
            yield _Arrived(receive_url(source, home.archive, catalogue, home.limits), Path(source), source)
        except SourceError as error:
            yield Added("refused", error.message(), status=error.status if isinstance(error, AnswerError) else None)
        return
    if not Path(source).exists():
        yield Added("refused", f"{source}: no such file or folder.")
        return
    documents, skipped = find_documents(Path(source))
    yield from (Added("skipped", f"{legible(str(path))}: left aside: {reason}.") for path, reason in skipped)
    for path, origin in documents:
        try:
            how: How = "request" if given.folio else "file"
            arrival = receive_file(path, home.archive, catalogue, origin=origin, how=how, folio=given.folio)
            yield _Arrived(arrival, Path(origin), source)
        except SourceError as error:
            yield Added("refused", error.message())


def _record(home: Home, catalogue: Catalogue, arrivals: list[_Arrived], given: Given) -> Iterator[Added]:
    """Reads and describes what arrived, many at a time, and writes the entries one by one, in order."""
    if not arrivals:
        return
    names, aside = catalogue.names(), set(home.set_aside())
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=min(len(arrivals), os.cpu_count() or 1), max_tasks=100, context=context) as pool:
        tasks = [
            (arrival, home.archive.path(arrival.sha256), legible(str(place)), names) for arrival, place, _ in arrivals
        ]
        futures = [pool.schedule(_draft, [*task, home.ocr], timeout=seconds_for(home.ocr)) for task in tasks]
        for arrived, task, future in zip(arrivals, tasks, futures, strict=True):
            try:
                draft = future.result()
            except (ReadingTimeout, ProcessExpired) as error:
                draft = _undescribed(*task, _died(task[0].file_name, error))
            yield replace(
                _save(home, catalogue, aside, draft, given), source=arrived.source, sha256=arrived.arrival.sha256
            )


def _draft(arrival: Arrival, path: Path, place: str, names: pd.DataFrame, ocr: Path | None) -> _Draft:
    """Reads a document before it has an entry; runs in a worker."""
    say_progress()
    try:
        reading = read(Document(path, arrival.sha256[:16], arrival.file_name, ocr=ocr))
    except SourceError as error:
        return _undescribed(arrival, path, place, names, error)
    except Exception as error:  # noqa: BLE001 - a defect that one document meets must not stop the others
        return _undescribed(arrival, path, place, names, _died(arrival.file_name, error))
    return _Draft(arrival, describe(raw_frames(reading), place, names, opening_text(path)), reading, None)


def _undescribed(arrival: Arrival, path: Path, place: str, names: pd.DataFrame, error: SourceError) -> _Draft:
    """The draft of a document that could not be read: its name, its folders and its first words, if any."""
    return _Draft(arrival, describe({}, place, names, _words_of(path)), None, error)


def _words_of(path: Path) -> str:
    try:
        return opening_text(path)
    except Exception:  # noqa: BLE001 - what could not be read may fail here again; it is told with `error`
        return ""


def _died(name: str, error: BaseException) -> SourceError:
    return SourceError(
        "failed",
        name,
        "a document the reader can finish",
        f"{type(error).__name__}: {error}",
        "Please report the document.",
    )


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
        return Added("waiting", f"{_text(entry, draft)}\n  waits          {'; '.join(item.lines())}", entry.document_id)
    save_entry(entry, home.catalogue_folder)
    catalogue.take(entry)
    if draft.reading is not None:
        keep(home, entry, _renamed(draft.reading, entry.document_id))
    return Added("new_version" if entry.supersedes else "added", _text(entry, draft), entry.document_id)


def _doubts(home: Home, catalogue: Catalogue, draft: _Draft, fields: dict[str, Any], announced: Announced) -> list[str]:
    """Why a draft waits: it is not sure, or its bytes look like another statement than the address gave before.

    Where they do not, `fields` takes from the older entry what the draft is silent about.
    """
    older = catalogue.documents.get(draft.arrival.known or "") if draft.arrival.outcome == "new_version" else None
    if older is None:
        return doubts(draft.description, fields, announced, catalogue, draft.error is not None)
    if draft.reading is None:
        return ["unreadable"]
    old = {
        name: home.store.read(f"raw.{name}", older.document_id)
        for name in ("table", "number")
        if home.store.has(f"raw.{name}", older.document_id)
    }
    why = differences(older.model_dump(), fields, old, raw_frames(draft.reading))
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


def _renamed(reading: Reading, name: str) -> Reading:
    frames: dict[str, Any] = {
        part: frame.assign(document_id=name).astype({"document_id": "str"})
        for part, frame in vars(reading).items()
        if isinstance(frame, pd.DataFrame)
    }
    return replace(reading, document_id=name, **frames)


def _text(entry: DocumentEntry, draft: _Draft) -> str:
    evidence = draft.description.evidence
    lines = [f"{draft.arrival.file_name} → {entry.document_id}"]
    for name in ("title", "government_id", "kind", "fiscal_year", "period_start", "period_end"):
        value = getattr(entry, name)
        reason = evidence.get(name)
        lines.append(f"  {name:<14} {value if value is not None else '—'}" + (f"    ({reason})" if reason else ""))
    if entry.supersedes:
        lines.append(f"  supersedes     {entry.supersedes}")
    if draft.error:
        lines.append(f"  cannot be read: {draft.error.message()}")
    return "\n".join(lines)


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
