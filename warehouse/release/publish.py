"""Releases: immutable, numbered folders with everything a reader needs, and a manifest that proves each file.

A release appears complete or not at all, is never changed, and is published only when the tables say something new.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.differences.by_table import compare_tables, markdown
from warehouse.differences.errata import FILE as ERRATA
from warehouse.differences.errata import errata
from warehouse.errors import WarehouseError
from warehouse.page import Edition, Pictures, write_page
from warehouse.release import datapackage, dictionary
from warehouse.release.build import STORAGE_VERSION, Built, build
from warehouse.release.editions import write_index
from warehouse.release.exports import write_csv, write_parquet
from warehouse.release.folder import DATABASE, MANIFEST, Release, latest, sha256_of
from warehouse.release.unchanged import Unchanged
from warehouse.release.workbook import write_workbook
from warehouse.store.files import AT_ONCE, sync
from warehouse.store.parquet import Store
from warehouse.store.session import attached, session

WORKBOOK, PAGE = "peso_a_peso.xlsx", "reporte.html"
LATEST = "latest"


def publish(
    store: Store,
    releases_root: Path | str,
    *,
    code_version: str,
    created_at: datetime | None = None,
    extra_files: Sequence[Path] = (),
    pictures: Pictures | None = None,
) -> Release:
    """Publishes what the store holds as the next release, or returns the latest one when it says the same.

    `extra_files` are copied in under their own names; `pictures` shows the printed place of lines on the page of the
    release. Raises WarehouseError when the store cannot be built.
    """
    started, root = time.monotonic(), Path(releases_root)
    created_at = created_at or datetime.now(UTC)
    root.mkdir(parents=True, exist_ok=True)
    previous = latest(root)
    with _unfinished(root) as folder:
        built = build(store, folder / DATABASE)
        if previous and previous.manifest["content"] == built.content:
            return Release(previous.folder, previous.manifest, False, time.monotonic() - started)
        number = previous.number + 1 if previous else 1
        edition = Edition(number, created_at, code_version)
        rows, inputs = _write_edition(built, folder, edition, previous, pictures)
        _write_descriptions(folder, edition, built, rows)
        _copy(extra_files, folder)
        manifest = _manifest(built, edition, previous) | {"inputs": inputs, "files": _files(folder, rows)}
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        final = root / f"{number:04d}"
        _settle(folder, final)
    _point(root, final.name)
    write_index(root)
    return Release(final, manifest, True, time.monotonic() - started)


def _write_edition(
    built: Built, folder: Path, edition: Edition, previous: Release | None, pictures: Pictures | None
) -> tuple[dict[str, int], list[dict[str, str | None]]]:
    """Every file that is made from the database; returns the rows of each file of rows, and what it was made from."""
    with session(folder) as con:
        with attached(con, built.path, "release"):
            con.execute("USE release")
            content = {table.name: table.content for table in built.tables}
            unchanged = Unchanged(previous, folder, content, edition.code_version)
            rows = _write_beside(con, built, folder, edition, pictures, unchanged)
            inputs = _inputs(con)
            _write_errata(con, folder, previous, edition.number)
            con.execute("USE memory")
        if previous:
            _write_difference(con, folder, previous, edition.number)
    return rows, inputs


def _write_beside(
    con: duckdb.DuckDBPyConnection,
    built: Built,
    folder: Path,
    edition: Edition,
    pictures: Pictures | None,
    unchanged: Unchanged,
) -> dict[str, int]:
    """The files for readers: Python packs the workbook and draws the page while DuckDB writes the others, with a core less."""
    title = f"Peso a Peso, edición {edition.number:04d}"
    with con.cursor() as other, ThreadPoolExecutor(1) as beside:
        other.execute("USE release")
        con.execute(f"SET threads = {max(1, (os.cpu_count() or 1) - 1)}")
        sheets = beside.submit(write_workbook, other, folder / WORKBOOK, title=title)
        page = beside.submit(write_page, other, folder / PAGE, edition, pictures)
        rows = _write_files(con, folder, built, unchanged)
        rows[WORKBOOK] = sum(sheets.result().values())
        page.result()
        con.execute("RESET threads")
    return rows


def _manifest(built: Built, edition: Edition, previous: Release | None) -> dict[str, Any]:
    return {
        "release": edition.number,
        "created_at": edition.created_at.isoformat(timespec="seconds"),
        "code_version": edition.code_version,
        "content": built.content,
        "previous": previous.number if previous else None,
        "duckdb_storage_version": STORAGE_VERSION,
        "tables": {table.name: {"rows": table.rows, "content": table.content} for table in built.tables},
        "never_written": built.missing,
    }


@contextmanager
def _unfinished(root: Path) -> Iterator[Path]:
    """A hidden folder that becomes the release, or vanishes."""
    folder = root / f".new-{uuid.uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_files(con: duckdb.DuckDBPyConnection, folder: Path, built: Built, unchanged: Unchanged) -> dict[str, int]:
    """The database as Parquet and CSV, and its dictionary; returns the rows of each file of rows."""
    parquet = write_parquet(con, folder / "parquet", unchanged)
    csv = write_csv(con, folder / "csv", unchanged)
    for language, name in dictionary.FILES.items():
        (folder / name).write_text(dictionary.markdown(language), encoding="utf-8")
    written = [*parquet.items(), *csv.items()]
    rows = {path.relative_to(folder).as_posix(): built.rows[table] for table, path in written}
    return {**rows, DATABASE: sum(built.rows.values())}


def _write_descriptions(folder: Path, edition: Edition, built: Built, rows: dict[str, int]) -> None:
    """What describes the files to other programs, and says how they may be used and cited."""
    day = edition.created_at.date()
    package = json.dumps(datapackage.data_package(edition.number, day, rows), ensure_ascii=False, indent=1)
    (folder / datapackage.FILE).write_text(package + "\n", encoding="utf-8")
    citation = datapackage.citation_file(edition.number, day, built.content)
    (folder / datapackage.CITATION).write_text(citation, encoding="utf-8")
    (folder / datapackage.LICENCE).write_text(datapackage.LICENCE_TEXT, encoding="utf-8")


def _write_difference(con: duckdb.DuckDBPyConnection, folder: Path, previous: Release, number: int) -> None:
    """What changed since the previous release; a release whose database was removed cannot be compared, and that is said."""
    comparable = previous.database.is_file()
    tables = compare_tables(con, previous.database, folder / DATABASE) if comparable else {}
    content = {"previous": previous.number, "release": number, "compared": comparable, "tables": tables}
    (folder / "difference.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not comparable:
        tables = {"out": {"note": f"la edición {previous.number:04d} ya no tiene su archivo DuckDB"}}
    text = markdown(tables, previous=f"{previous.number:04d}", current=f"{number:04d}")
    (folder / "DIFERENCIAS.md").write_text(text, encoding="utf-8")


def _write_errata(con: duckdb.DuckDBPyConnection, folder: Path, previous: Release | None, number: int) -> None:
    compared = previous is not None and previous.database.is_file()
    text = errata(con, number=number, previous=previous.number if previous else None, compared=compared)
    (folder / ERRATA).write_text(text, encoding="utf-8")


def _inputs(con: duckdb.DuckDBPyConnection) -> list[dict[str, str | None]]:
    """What the release was made from: every document, with the hash of its bytes and of the code that read them."""
    rows = con.execute(
        "SELECT document_id, d.sha256, d.outcome, reader FROM core.document d LEFT JOIN raw.document USING (document_id) "
        "ORDER BY document_id"
    ).fetchall()
    return [dict(zip(("document_id", "sha256", "outcome", "reader"), row, strict=True)) for row in rows]


def _copy(extra_files: Sequence[Path], folder: Path) -> None:
    for path in extra_files:
        target = folder / path.name
        if target.exists():
            raise WarehouseError(f"Two files of the release are called {path.name}.", "Rename the extra one.")
        shutil.copyfile(path, target)


def _files(folder: Path, rows: dict[str, int]) -> list[dict[str, Any]]:
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    with ThreadPoolExecutor(2) as beside:  # the hash of a large file leaves Python to others
        hashes = beside.map(sha256_of, paths.values())
        return [
            {"path": name, "bytes": path.stat().st_size, "sha256": sha256, "rows": rows.get(name)}
            for (name, path), sha256 in zip(paths.items(), hashes, strict=True)
        ]


def _settle(folder: Path, final: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as beside:
        list(beside.map(sync, folder.rglob("*")))
    try:
        folder.rename(final)
    except OSError as error:
        raise WarehouseError(f"{final.name} was published by another run meanwhile.", "Publish again.") from error
    sync(final.parent)


def _point(root: Path, name: str) -> None:
    """Makes `latest` lead to the release, in one step."""
    link = root / f".{LATEST}-{uuid.uuid4().hex}"
    link.symlink_to(name)
    link.replace(root / LATEST)
