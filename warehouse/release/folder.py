"""A release as it lies on the disk: a numbered folder with a manifest that proves each of its files.

How one is made belongs to `warehouse.release.publish`; what it answers, to `warehouse.ask`.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError

DATABASE, MANIFEST = "peso_a_peso.duckdb", "manifest.json"


@dataclass(frozen=True)
class Release:
    """A published folder. `published` is false when nothing had changed and this is the release of before."""

    folder: Path
    manifest: dict[str, Any]
    published: bool = False
    seconds: float = 0.0

    @property
    def number(self) -> int:
        """1, 2, 3…: releases are numbered in the order of their making."""
        return int(self.manifest["release"])

    @property
    def cited(self) -> str:
        """How the edition is named in a citation: its number, its day and the hash of its content."""
        return f"Peso a Peso, edición {self.number:04d} ({self.manifest['created_at'][:10]}, contenido {self.manifest['content'][:16]})"

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / DATABASE


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
    present = {
        path.relative_to(release.folder).as_posix(): sha256_of(path)
        for path in release.folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return sorted(name for name in listed.keys() | present.keys() if listed.get(name) != present.get(name))


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
