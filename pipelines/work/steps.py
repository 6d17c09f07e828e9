"""The steps from `raw` to a release, on the store: read frames, call the pure functions, write frames.

Dagster assets call these; nothing here knows Dagster, and nothing here computes.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.home import Definitions, Home
from pipelines.work.comparing import tables_by_government
from pipelines.work.fingerprint import code_version, with_program
from pipelines.work.normalizing import Frames, Normalized, make_elsewhere, make_here, normalized, with_proofs
from pipelines.work.published_inputs import begin_publication, end_publication
from pipelines.work.stages import begin, rebuilding_of
from pipelines.work.stored_core import StoredCore, failed_sums, held_governments
from pipelines.work.watching import watched_documents
from sources.declared.catalogue import Catalogue
from sources.declared.corrections import load_corrections
from transforms.by_government import TABLES_BY_GOVERNMENT
from transforms.claims.claims import named_documents
from transforms.claims.record import Before, record
from transforms.compare.prices import inpc
from transforms.core.documents import COUNTED, documents
from transforms.ledgers.build import LINE_RECORDS, has_ledgers, ledger_views, with_ledgers, without_ledgers
from transforms.out import OF_ALL, Out
from transforms.panel.beside import CLASS_IDS
from transforms.reference import codes
from transforms.tell.alerts import left_out
from warehouse.ask.tables import published_tables
from warehouse.differences.by_line import compare_lines
from warehouse.errors import WarehouseError
from warehouse.page import Pictures
from warehouse.release.folder import Release
from warehouse.release.publish import publish
from warehouse.schema import CORE, RAW, TABLES, Table
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.record import CLAIM
from warehouse.store.files import AT_ONCE
from warehouse.store.parquet import as_frame
from warehouse.store.pieces import decoded

if TYPE_CHECKING:
    from warehouse.lake.connect import Lake

_SHOWN_ROWS = 12
_ROWS_AT_ONCE = 500_000  # that wait to be written
Rows: TypeAlias = pd.DataFrame | pa.Table


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
    made = normalized(home.store, listed["document"], words, corrections, make)
    _take_back(home, made.failures)
    if stored:
        for table in RAW:
            stored(table.name)
    page = page[~page["document_id"].isin(made.failures["document_id"])]
    frames = _with_documents(home, made, listed["document"], page)
    return _write(home, "core", [*frames.items(), ("government", listed["government"]), ("code", codes())], stored)


def _with_documents(home: Home, made: Normalized, listed: pd.DataFrame, page: pd.DataFrame) -> dict[str, Rows]:
    """What was normalized, with its documents and what the ledgers say; the parts that `out` is made from are remembered."""
    document, record = (home.store.read(f"raw.{name}", missing_ok=True) for name in ("document", "record"))
    tables, parts = dict(made.tables()), dict(made.documents)
    counted = documents(listed, document, page, {name: _counted(name, tables[name]) for name in COUNTED})
    if not has_ledgers(record):
        made.kept.remember(parts)
        return {**tables, **without_ledgers(), "document": counted}
    before = {name: as_frame(decoded(TABLES[f"core.{name}"], rows)) for name, rows in tables.items()}
    core = with_ledgers(before | {"document": counted}, record)
    made.kept.remember(with_proofs(made, before, core))
    return core | {"document": documents(listed, document, page, core)}  # with what the ledgers proved


def _counted(name: str, rows: pa.Table) -> pd.DataFrame:
    """The columns of a table that documents are counted by."""
    columns = COUNTED[name]
    schema = TABLES[f"core.{name}"].arrow_schema()
    return as_frame(rows.select(columns).cast(pa.schema([schema.field(column) for column in columns])))


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
    return _write(home, "out", _out_tables(home, home.definitions()), stored)


def _out_tables(home: Home, written: Definitions) -> Iterator[tuple[str, Rows]]:
    """Each `out` table, by the part of its name after the stage, when it is made."""
    core = StoredCore(home.store)
    small = {name: core[name] for name in ("document", "government")}
    held = held_governments(home.store, core["document"])
    asked = named_documents(written.claims, core["document"])
    kept: Frames = {}
    made = tables_by_government(home.store, held, core["document"], core["government"], written.declared)
    for name, rows in made:
        table, _ = TABLES_BY_GOVERNMENT[name]
        kept |= _looked_at_again(name, table, rows, asked)
        if table.name in TABLES and name not in OF_ALL:
            yield name, rows
    out = Out(kept, small | {"reconciliation": failed_sums(home.store)}, written.declared, inpc())
    for name in OF_ALL:
        if name != "alert":
            yield name, out[name]
    yield "alert", pd.concat([out["alert"], left_out(written.problems)], ignore_index=True)
    yield "watched_document", watched_documents(home)
    records = home.store.read("raw.record", missing_ok=True)
    yield from ledger_views(core, records[records["ledger"].isin(LINE_RECORDS)]).items()
    yield from record(small | {"line": held}, out, written.claims, written.cards, since_last_release(home)).items()


def _looked_at_again(name: str, table: Table, rows: pa.Table, asked: Collection[str]) -> Frames:
    """What other tables and the claims stand on, as a frame under its name: of the large tables only the rows they look at."""
    if name == "deviation":  # it is written when places are in it, and stays coded
        return {name: as_frame(rows)}
    if name in _ROWS_LOOKED_AT:
        column, values = _ROWS_LOOKED_AT[name]
        wanted = pc.is_in(rows[column].cast(pa.string()), pa.array(sorted(values or asked), pa.string()))
        rows = rows.filter(wanted)
    elif table.name in TABLES and name not in ("health_vs_events", "cross_classification", "cross_source", "change"):
        return {}
    return {name: as_frame(decoded(table, rows))}


# By a column, and which values of it; of the lines, the documents that claims name.
_ROWS_LOOKED_AT: dict[str, tuple[str, Collection[str]]] = {
    "panel": ("class_id", CLASS_IDS),
    "line_all": ("document_id", ()),
}


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
    home: Home, stage: str, frames: Iterable[tuple[str, Rows]], stored: Callable[[str], None] | None
) -> dict[str, Written]:
    """Writes the frames while more are made, and tells of each. None is kept: all of `out` together are gigabytes of a country."""

    def write(table: str, rows: Rows) -> Written:
        home.store.write(table, rows)
        if stored:
            stored(table)
        # Taken: a slice would keep all rows in memory.
        shown = range(min(_SHOWN_ROWS, len(rows)))
        first = rows.take(shown) if isinstance(rows, pd.DataFrame) else _first(TABLES[table], rows)
        return Written(len(rows), first)

    # Compressing and waiting for the disk is most of it, and leaves Python free.
    with ThreadPoolExecutor(AT_ONCE) as beside:
        writing: dict[str, Future[Written]] = {}
        sizes: dict[Future[Written], int] = {}
        for name, rows in frames:
            one = writing[f"{stage}.{name}"] = beside.submit(write, f"{stage}.{name}", rows)
            sizes[one] = len(rows)
            del rows
            while sum(size for other, size in sizes.items() if not other.done()) > _ROWS_AT_ONCE:
                wait([other for other in sizes if not other.done()], return_when=FIRST_COMPLETED)
        return {table: one.result() for table, one in writing.items()}


def _first(table: Table, rows: pa.Table) -> pd.DataFrame:
    return as_frame(decoded(table, rows.slice(0, _SHOWN_ROWS)))
