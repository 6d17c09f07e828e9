"""Files of rows that would say what those of the edition before say: they are linked, and take neither time nor room.

An edition is never changed, so a file may stand in several. Which tables say the same is known by the hash of their rows.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from warehouse.release.folder import Release, sha256_of
from warehouse.store.content import VOLATILE


class Unchanged:
    """What may be linked into the folder of an edition: files of tables with this content, written by this version of the program."""

    def __init__(self, previous: Release | None, folder: Path, content: Mapping[str, str], code_version: str) -> None:
        self._previous, self._folder = previous, folder
        self._tables: set[str] = set()
        if previous and previous.manifest["code_version"] == code_version:
            before = previous.manifest["tables"]
            # The hash of some tables leaves columns out, which the files have.
            self._tables = {
                name
                for name, rows in content.items()
                if name not in VOLATILE and before.get(name, {}).get("content") == rows
            }

    def link(self, table: str, path: Path) -> bool:
        """Links the file of the edition before to the path in this one, where it says the same and is what its manifest says."""
        if self._previous is None or table not in self._tables:
            return False
        name = path.relative_to(self._folder).as_posix()
        listed = {file["path"]: file["sha256"] for file in self._previous.manifest["files"]}
        before = self._previous.folder / name
        if not before.is_file() or sha256_of(before) != listed.get(name):
            return False
        try:
            os.link(before, path)
        except OSError:  # a file system without links
            return False
        return True
