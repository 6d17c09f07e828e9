"""The steps from `raw` to a release, on the store: read frames, call the pure functions, write frames.

Dagster assets call these; nothing here knows Dagster, and nothing here computes.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from pipelines.home import Definitions, Home
from pipelines.work.fingerprint import code_version, with_program
from pipelines.work.normalizing import Frames, make_elsewhere, make_here, normalized
from pipelines.work.published_inputs import begin_publication, end_publication
from pipelines.work.stages import begin, rebuilding_of
from pipelines.work.watching import watched_documents
from sources.declared.catalogue import Catalogue
from sources.declared.corrections import load_corrections
from transforms.claims.record import Before, record
from transforms.core.documents import documents
from transforms.ledgers.build import LINE_RECORDS, ledger_views, with_ledgers
from transforms.out import compare
from transforms.reference import codes
from transforms.tell.alerts import left_out
from warehouse.ask.tables import published_tables
from warehouse.differences.by_line import compare_lines
from warehouse.errors import WarehouseError
from warehouse.page import Pictures
from warehouse.release.folder import Release
from warehouse.release.publish import publish
from warehouse.schema import CORE, RAW
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.record import CLAIM
from warehouse.store.files import AT_ONCE

if TYPE_CHECKING:
    from warehouse.lake.connect import Lake

_SHOWN_ROWS = 12


class Written(NamedTuple):
    """A table that was written: how many rows it has, and the first of them."""

    rows: int
    first: pd.DataFrame


def build_core(home: Home, stored: Callable[[str], None] | None = None) -> dict[str, Written]:
    """Writes every `core` table to the store and says of it by its name; `stored` is told of each once it is there, of those of
    `raw` too, which stand from then on.
    """
    begin(home, "core")
    begin_publication(home)
    for left in home.releases.glob(".new-*"):  # by publications that were killed
        shutil.rmtree(left)
    catalogue = home.catalogue()
    listed = catalogue.frames()
    _forget_unlisted(home, catalogue)
    page = home.store.read("raw.page", missing_ok=True)
    corrections, _ = load_corrections(home.corrections_folder, catalogue.links)  # alerts list the unusable files
    words = page.groupby("document_id")["numeric_words"].sum()
    make = partial(make_elsewhere, home, home.workers) if home.workers else make_here
    core = normalized(home.store, listed["document"], words, corrections, make)
    failures = core.pop("failure")
    _take_back(home, failures)
    if stored:
        for table in RAW:
            stored(table.name)
    page = page[~page["document_id"].isin(failures["document_id"])]
    document = home.store.read("raw.document", missing_ok=True)
    core["document"] = documents(listed["document"], document, page, core)
    core = with_ledgers(core, home.store.read("raw.record", missing_ok=True))
    core["document"] = documents(listed["document"], document, page, core)  # with what the ledgers proved
    frames = {**core, "government": listed["government"], "code": codes()}
    return _write(home, "core", frames.items(), stored)


def _forget_unlisted(home: Home, catalogue: Catalogue) -> None:
    """Removes the readings of documents that were taken out of the catalogue."""
    for table in RAW:
        for partition in home.store.partitions(table.name):
            if partition not in catalogue.documents:
                home.store.remove(table.name, partition)


def _take_back(home: Home, failures: pd.DataFrame) -> None:
    """Makes of readings that cannot be normalized refusals like any other, tried again when they or the program change."""
    for document_id, outcome, message, mensaje in failures.itertuples(index=False):
        [read] = home.store.read(RAW_DOCUMENT.name, document_id).to_dict("records")
        for table in RAW:
            home.store.remove(table.name, document_id)
        sentence = {"outcome": outcome, "message": message, "mensaje": mensaje}
        refused = read | sentence | {"format": None, "pages": None}
        refused["reader"] = with_program(read["reader"])
        home.store.write(RAW_DOCUMENT.name, RAW_DOCUMENT.frame([refused]), document_id)


def build_out(home: Home, stored: Callable[[str], None] | None = None) -> dict[str, Written]:
    """Writes every `out` table but the checks to the store, each while the next is made; otherwise as `build_core`.

    Raises WarehouseError when the rebuilding of `core` was cut short.
    """
    begin(home, "out")
    rebuilding_of(home, "core")
    core, written = read_core(home), home.definitions()
    return _write(home, "out", _out_frames(home, core, written), stored)


def _out_frames(home: Home, core: Frames, written: Definitions) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each `out` frame, by the part of its name after the stage, when it is made."""
    out = compare(core, written.declared)
    for name in out:
        if name != "alert":
            yield name, out[name]
    yield "alert", pd.concat([out["alert"], left_out(written.problems)], ignore_index=True)
    yield "watched_document", watched_documents(home)
    records = home.store.read("raw.record", missing_ok=True)
    yield from ledger_views(core, records[records["ledger"].isin(LINE_RECORDS)]).items()
    yield from record(core, out, written.claims, written.cards, since_last_release(home)).items()


def since_last_release(home: Home) -> Before:
    """What differs between the store and the latest release; nothing where there is none, or its file is gone."""
    previous = home.latest_release()
    if previous is None:
        return Before()
    versions = {"code_before": previous.manifest["code_version"], "code_now": code_version()}
    differences = compare_lines(home.store, previous.database, previous=previous.number, **versions)
    if differences is None:
        return Before()
    [claims] = published_tables(previous.database, CLAIM.name)
    return Before(previous.number, claims, differences)


def read_core(home: Home) -> Frames:
    """The stored `core` frames, by the part of their name after the stage."""
    return {table.name.split(".")[1]: home.store.read(table.name) for table in CORE}


def publish_release(home: Home, pictures: Pictures | None = None) -> Release:
    """Publishes the store as a numbered release, with the validation report beside it and `pictures` on its page.

    Raises WarehouseError when `out` was not made from the `core` that is there: a release is never made of two.
    """
    if rebuilding_of(home, "out") != rebuilding_of(home, "core"):
        raise WarehouseError("core was rebuilt after out.", "Run the job `publish`, or materialize out first.")
    release = publish(
        home.store,
        home.releases,
        code_version=code_version(),
        extra_files=[home.validation_report],
        pictures=pictures,
    )
    if home.lake:
        _commit(home, home.lake, release)
    end_publication(home)
    return release


def _commit(home: Home, lake: "Lake", release: Release) -> None:
    """The release as an edition of the lake. Whoever was killed before that finds the release again, and goes on here."""
    from warehouse.lake.commit import commit
    from warehouse.lake.edition import write_edition

    commit(lake, release)
    if editions := home.objects("editions"):
        write_edition(lake, release, editions)


def _write(
    home: Home, stage: str, frames: Iterable[tuple[str, pd.DataFrame]], stored: Callable[[str], None] | None
) -> dict[str, Written]:
    """Writes the frames while more are made, and tells of each. None is kept: all of `out` together are gigabytes of a country."""

    def write(table: str, frame: pd.DataFrame) -> Written:
        home.store.write(table, frame)
        if stored:
            stored(table)
        # Taken: a slice would keep all rows in memory.
        return Written(len(frame), frame.take(range(min(_SHOWN_ROWS, len(frame)))))

    # Compressing and waiting for the disk is most of it, and leaves Python free.
    with ThreadPoolExecutor(AT_ONCE) as beside:
        writing = {f"{stage}.{name}": beside.submit(write, f"{stage}.{name}", frame) for name, frame in frames}
        return {table: one.result() for table, one in writing.items()}
