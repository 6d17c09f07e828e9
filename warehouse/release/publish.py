"""Releases: immutable, numbered folders with everything a reader needs, and a manifest that proves each file.

A release appears complete or not at all, is never changed, and is published only when the tables say something new.
"""

import hashlib
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.differences.difference import difference, markdown
from warehouse.differences.errata import FILE as ERRATA
from warehouse.differences.errata import errata
from warehouse.errors import WarehouseError
from warehouse.page import Edition, Pictures, write_page
from warehouse.release import dictionary
from warehouse.release.build import STORAGE_VERSION, Built, build, session
from warehouse.release.exports import write_csv, write_parquet
from warehouse.release.workbook import write_workbook
from warehouse.store import ddl
from warehouse.store.files import sync
from warehouse.store.parquet import Store

DATABASE, WORKBOOK, PAGE = "peso_a_peso.duckdb", "peso_a_peso.xlsx", "reporte.html"
MANIFEST, LATEST = "manifest.json", "latest"


@dataclass(frozen=True)
class Release:
    """A published folder. `published` is false when nothing had changed and this is the release of before."""

    folder: Path
    manifest: dict[str, Any]
    published: bool = False
    seconds: float = 0.0

    @property
    def number(self) -> int:
        return int(self.manifest["release"])

    @property
    def database(self) -> Path:
        return self.folder / DATABASE


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
        with session(folder) as con:
            with _attached(con, built.path), con.cursor() as other, ThreadPoolExecutor(1) as beside:
                other.execute("USE release")
                # Python packs the workbook and draws the page while DuckDB writes the other files, with a core less.
                con.execute(f"SET threads = {max(1, (os.cpu_count() or 1) - 1)}")
                title, edition = f"Peso a Peso, edición {number:04d}", Edition(number, created_at, code_version)
                sheets = beside.submit(write_workbook, other, folder / WORKBOOK, title=title)
                page = beside.submit(write_page, other, folder / PAGE, edition, pictures)
                rows = _write_files(con, folder, built)
                inputs = _inputs(con)
                _write_errata(con, folder, previous, number)
                rows[WORKBOOK] = sum(sheets.result().values())
                page.result()
                con.execute("RESET threads")
            if previous:
                _write_difference(con, folder, previous, number)
        _copy(extra_files, folder)
        manifest = {
            "release": number,
            "created_at": created_at.isoformat(timespec="seconds"),
            "code_version": code_version,
            "content": built.content,
            "previous": previous.number if previous else None,
            "duckdb_storage_version": STORAGE_VERSION,
            "tables": {table.name: {"rows": table.rows, "content": table.content} for table in built.tables},
            "never_written": built.missing,
            "inputs": inputs,
            "files": _files(folder, rows),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        final = root / f"{number:04d}"
        _settle(folder, final)
    _point(root, final.name)
    return Release(final, manifest, True, time.monotonic() - started)


def latest(releases_root: Path | str) -> Release | None:
    """The release with the highest number, or None where there is none."""
    root = Path(releases_root)
    folders = [path for path in root.glob("*") if re.fullmatch(r"\d{4,}", path.name)]
    if not folders:
        return None
    folder = max(folders, key=lambda path: int(path.name))
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WarehouseError(
            f"{folder} has no readable {MANIFEST}: {error}.", "A release is never changed; restore or remove it."
        ) from error
    return Release(folder, manifest)


def changed_files(release: Release) -> list[str]:
    """Files of the release that are not what its manifest says: absent, changed, or not listed."""
    listed = {file["path"]: file["sha256"] for file in release.manifest["files"]}
    found = {
        path.relative_to(release.folder).as_posix(): _sha256(path)
        for path in release.folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))


@contextmanager
def _unfinished(root: Path) -> Iterator[Path]:
    """A hidden folder that becomes the release, or vanishes."""
    folder = root / f".new-{uuid.uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    con.execute(f"ATTACH {ddl.text(str(path))} AS release (READ_ONLY)")
    con.execute("USE release")
    yield
    con.execute("USE memory")
    con.execute("DETACH release")


def _write_files(con: duckdb.DuckDBPyConnection, folder: Path, built: Built) -> dict[str, int]:
    """The database as Parquet and CSV, and its dictionary; returns the rows of each file of rows."""
    parquet = write_parquet(con, folder / "parquet")
    csv = write_csv(con, folder / "csv")
    for language, name in dictionary.FILES.items():
        (folder / name).write_text(dictionary.markdown(language), encoding="utf-8")
    written = [*parquet.items(), *csv.items()]
    rows = {path.relative_to(folder).as_posix(): built.rows[table] for table, path in written}
    return {**rows, DATABASE: sum(built.rows.values())}


def _write_difference(con: duckdb.DuckDBPyConnection, folder: Path, previous: Release, number: int) -> None:
    """What changed since the previous release; a release whose database was removed cannot be compared, and that is said."""
    comparable = previous.database.is_file()
    tables = difference(con, previous.database, folder / DATABASE) if comparable else {}
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
    """Every document of the catalogue, with the hash of its bytes and of the code that read them: what the release was
    made from."""
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
        hashes = beside.map(_sha256, paths.values())
        return [
            {"path": name, "bytes": path.stat().st_size, "sha256": found, "rows": rows.get(name)}
            for (name, path), found in zip(paths.items(), hashes, strict=True)
        ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path, final: Path) -> None:
    for path in folder.rglob("*"):
        sync(path)
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
