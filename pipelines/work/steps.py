"""The steps from `raw` to a release, on the store: read frames, call the pure functions, write frames.

Dagster assets call these; nothing here knows Dagster, and nothing here computes.
"""

import hashlib
import importlib.metadata
import pickle
import shutil
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pandas as pd

from expectations.report import write_html
from expectations.runner import Result, load, run, specs, to_frame
from pipelines.evidence.pictures import printed_places
from pipelines.home import Home
from pipelines.work.normalizing import normalized
from sources.declared.catalogue import Catalogue
from sources.declared.corrections import load_corrections
from transforms.claims.record import Before, record
from transforms.core.documents import documents
from transforms.out import compare
from transforms.reference import codes
from transforms.tell.alerts import left_out
from warehouse.differences.changes import changes, published
from warehouse.errors import MissingTableError, StaleTableError, WarehouseError
from warehouse.release.publish import Release, latest, publish
from warehouse.schema import CORE, OUT, RAW
from warehouse.schema.out import CHECK
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.record import CLAIM

Frames = dict[str, pd.DataFrame]


def build_core(home: Home) -> Frames:
    """Every `core` frame, by table name, and writes them to the store."""
    home.finished("core").unlink(missing_ok=True)
    for left in (*home.store.root.glob(".core-*"), *home.releases.glob(".new-*")):  # by publications that were killed
        shutil.rmtree(left)
    catalogue = home.catalogue()
    listed = catalogue.frames()
    _forget_unlisted(home, catalogue)
    page = home.store.read("raw.page", missing_ok=True)
    corrections, _ = load_corrections(home.corrections_folder, catalogue.links)  # alerts list the unusable files
    words = page.groupby("document_id")["numeric_words"].sum()
    core = normalized(home.store, listed["document"], words, corrections)
    failures = core.pop("failure")
    _take_back(home, failures)
    page = page[~page["document_id"].isin(failures["document_id"])]
    document = home.store.read("raw.document", missing_ok=True)
    frames = {
        **core,
        "government": listed["government"],
        "document": documents(listed["document"], document, page, core),
        "code": codes(),
    }
    return _write(home, {f"core.{name}": frame for name, frame in frames.items()})


def _forget_unlisted(home: Home, catalogue: Catalogue) -> None:
    """Removes the readings of documents that were taken out of the catalogue."""
    for table in RAW:
        for partition in home.store.partitions(table.name):
            if partition not in catalogue.documents:
                home.store.remove(table.name, partition)


def _take_back(home: Home, failures: pd.DataFrame) -> None:
    """Makes of readings that cannot be normalized refusals like any other, so that their documents are read again."""
    for document_id, message in failures.itertuples(index=False):
        [read] = home.store.read(RAW_DOCUMENT.name, document_id).to_dict("records")
        for table in RAW:
            home.store.remove(table.name, document_id)
        refused = read | {"outcome": "failed", "message": message, "format": None, "pages": None}
        home.store.write(RAW_DOCUMENT.name, RAW_DOCUMENT.frame([refused]), document_id)


def build_out(home: Home) -> Frames:
    """Every `out` frame but the checks, by table name, and writes them to the store.

    Raises WarehouseError when the rebuilding of `core` was cut short.
    """
    home.finished("out").unlink(missing_ok=True)
    _finished(home, "core")
    core, written = read_core(home), home.definitions()
    out = compare(core, written.declared)
    out["alert"] = pd.concat([out["alert"], left_out(written.problems)], ignore_index=True)
    frames = out | record(core, out, written.claims, written.cards, since_last_release(home))
    return _write(home, {f"out.{name}": frame for name, frame in frames.items()})


def since_last_release(home: Home) -> Before:
    """What differs between the store and the latest release; nothing where there is none, or its file is gone."""
    previous = latest(home.releases)
    if previous is None:
        return Before()
    versions = {"code_before": previous.manifest["code_version"], "code_now": code_version()}
    differences = changes(home.store, previous.database, previous=previous.number, **versions)
    if differences is None:
        return Before()
    return Before(previous.number, published(previous.database, CLAIM.name), differences)


def read_core(home: Home) -> Frames:
    """The stored `core` frames, by the part of their name after the stage."""
    return {table.name.split(".")[1]: home.store.read(table.name) for table in CORE}


def validate(home: Home, *stages: str) -> list[Result]:
    """Checks the tables of these stages and keeps the results under the last; an absent table fails its checks."""
    checked = [table.name for table in (*RAW, *CORE, *OUT) if table is not CHECK]
    tables = [name for name in checked if name.split(".")[0] in stages]
    needed = {name for spec in specs(tables) for name in spec.needs}
    with ThreadPoolExecutor(1) as beside:
        beside.submit(load)
        frames = {name: frame for name in checked if name in needed and (frame := _stored(home, name)) is not None}
    results = run(frames, tables=tables)
    home.results(stages[-1]).write_bytes(pickle.dumps(results))
    if stages[-1] == "core":
        home.finished("core").write_text(uuid.uuid4().hex, encoding="utf-8")
    return results


def _stored(home: Home, name: str) -> pd.DataFrame | None:
    """The table as it is stored; none where it was never written, or with the columns of another version."""
    try:
        return home.store.read(name)
    except (MissingTableError, StaleTableError):
        return None


def keep_validation(home: Home) -> pd.DataFrame:
    """Writes `out.check` and the HTML report that every release carries, of both stages; returns the former."""
    results = [result for stage in ("core", "out") for result in pickle.loads(home.results(stage).read_bytes())]
    frame = to_frame(results)
    home.store.write(CHECK.name, frame)
    write_html(results, home.validation_report)
    home.finished("out").write_text(_finished(home, "core"), encoding="utf-8")
    return frame


def publish_release(home: Home) -> Release:
    """Publishes the store as a numbered release, with the validation report beside it.

    Raises WarehouseError when `out` was not made from the `core` that is there: a release is never made of two.
    """
    if _finished(home, "out") != _finished(home, "core"):
        raise WarehouseError("core was rebuilt after out.", "Run the job `publish`, or materialize out first.")
    return publish(
        home.store,
        home.releases,
        code_version=code_version(),
        extra_files=[home.validation_report],
        pictures=partial(printed_places, home),
    )


def _finished(home: Home, stage: str) -> str:
    try:
        return home.finished(stage).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise WarehouseError(
            f"The last rebuilding of {stage} was cut short.", f"Run the job `publish`, or materialize {stage} first."
        ) from error


def code_version() -> str:
    """The project's version and the fingerprint of its code, which changes with any line of it."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for folder in ("expectations", "pipelines", "sources", "transforms", "warehouse"):
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return f"{importlib.metadata.version('peso-a-peso')}+{digest.hexdigest()[:12]}"


def _write(home: Home, frames: Mapping[str, pd.DataFrame]) -> Frames:
    # Compressing is most of it, and leaves Python free: two tables at a time.
    with ThreadPoolExecutor(2) as beside:
        list(beside.map(home.store.write, frames.keys(), frames.values()))
    return dict(frames)
