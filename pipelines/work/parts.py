"""Parts of a stage as they were once made, each under the key of what it was made from: what did not change is not made again.

A part is a file (`warehouse.store.pieces`) that appears complete or not at all. What a part is of, and what its key must
cover, is said by whoever makes it: `pipelines.work.normalizing` for `core`, `pipelines.work.comparing` for `out`.
"""

import hashlib
import importlib.metadata
import json
import shutil
import sys
import zlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.work.fingerprint import code_version
from warehouse.errors import WarehouseError
from warehouse.store.files import replacing
from warehouse.store.pieces import Pieces

_LIBRARIES = ("numpy", "pandas", "pyarrow")
MOST_PARTS = 256  # each is read back when any other changes


class StageParts:
    """The parts of one stage, each a file under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def has(self, key: str) -> bool:
        """Whether the part was made before."""
        return (self.root / key).is_file()

    def write(self, key: str, packed: bytes) -> None:
        """Keeps a part as `pack_pieces` packed it, here or on another machine."""
        with replacing(self.root / key) as temporary:
            temporary.write_bytes(packed)

    def packed(self, key: str) -> bytes:
        """A part as it was written, for another machine."""
        return (self.root / key).read_bytes()

    def pieces(self, key: str) -> Pieces:
        """The tables of a part."""
        return Pieces(self.root / key)

    def remember(self, documents: Mapping[str, Sequence[str]]) -> None:
        """Which parts the stage is made of, with the documents of each, for whoever builds on them."""
        with replacing(self.root.with_suffix(".json")) as temporary:
            temporary.write_text(json.dumps({key: list(ids) for key, ids in documents.items()}), encoding="utf-8")

    def standing(self) -> dict[str, list[str]]:
        """What was remembered last. Raises WarehouseError where it is not there any more, or was made by an older program."""
        record = self.root.with_suffix(".json")
        parts: dict[str, list[str]] | None = json.loads(record.read_text(encoding="utf-8")) if record.exists() else None
        if parts is None or not all(map(self.has, parts)):
            raise WarehouseError(
                f"The parts that {self.root.name} was put together from are not there.",
                f"Materialize {self.root.name} first.",
            )
        return parts

    def keep_only(self, keys: Collection[str]) -> None:
        """Forgets all other parts, and what writers left that were killed."""
        for path in self.root.glob("*"):
            if path.name not in keys:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def number_parts(owners: pd.Series, wanted: float) -> pd.Series:
    """In which part each owner is, of about so many as are wanted.

    It depends on the owner and on how many parts there are, which doubles as the corpus does: a document that comes or goes
    changes the part of its owner alone.
    """
    parts = min(MOST_PARTS, 1 << int(np.ceil(np.log2(max(1.0, wanted)))))
    return pd.Series([zlib.crc32(str(owner).encode()) % parts for owner in owners], index=owners.index, dtype="int64")


def program() -> str:
    """What makes parts: the code with its codebooks, Python, and the libraries whose results could differ by version."""
    versions = [f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES]
    return "\n".join([code_version(), sys.version, *versions])


def key_of(*inputs: str) -> str:
    """The key of what was made from these inputs."""
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()


def rows_text(frame: pd.DataFrame) -> str:
    """A frame as text that differs wherever a value, its type or its place does."""
    return "\n".join([repr([*map(str, frame.columns)]), *row_texts(frame)])


def row_texts(frame: pd.DataFrame) -> list[str]:
    """The same of each row, without the names of its columns."""
    values = frame.astype(object).where(frame.notna(), None)
    return [repr(row) for row in values.itertuples(index=False, name=None)]


def files_text(files: Sequence[Path]) -> str:
    """What files hold, as a text; one that is absent counts too."""
    return "\n".join(hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "-" for path in files)
