"""Parts of a stage as they were once made, each under the key of what it was made from: what did not change is not made again.

A part is a folder of Parquet files, one per table, that appears complete or not at all. What a part is of, and what its key must
cover, is said by whoever makes it (`pipelines.work.normalizing`); the whole tables of a stage are `warehouse.store`'s.
"""

import hashlib
import importlib.metadata
import shutil
import sys
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from pipelines.work.fingerprint import code_version
from warehouse.schema import TABLES
from warehouse.store.bundles import pack, unpack
from warehouse.store.files import AT_ONCE, sync
from warehouse.store.parquet import Store, read_files

_LIBRARIES = ("numpy", "pandas", "pyarrow")


class StageParts:
    """The parts of one stage, under one folder."""

    def __init__(self, root: Path, stage: str) -> None:
        self.root, self.stage = root, stage

    def has(self, key: str) -> bool:
        """Whether the part was made before."""
        return (self.root / key).is_dir()

    def write(self, key: str, frames: Mapping[str, pd.DataFrame]) -> None:
        """Keeps the frames of a part, by the part of the table's name after the stage."""
        with self._appearing(key) as made:
            store = Store(made)
            with ThreadPoolExecutor(AT_ONCE) as beside:
                list(beside.map(store.write, (f"{self.stage}.{name}" for name in frames), frames.values()))

    def packed(self, key: str) -> bytes:
        """The files of a part, for another machine."""
        return pack(self.root / key, sorted((self.root / key / self.stage).glob("*.parquet")))

    def take(self, key: str, packed: bytes) -> None:
        """Keeps a part as another machine packed it."""
        with self._appearing(key) as made:
            unpack(made, packed)

    @contextmanager
    def _appearing(self, key: str) -> Iterator[Path]:
        made = self.root / f".new-{uuid.uuid4().hex}"
        yield made
        try:
            made.rename(self.root / key)
        except OSError:  # another process made the same
            shutil.rmtree(made)
        sync(self.root)

    def read(self, keys: Iterable[str], name: str) -> pd.DataFrame:
        """One table of these parts, in their order, in the types of `Table.frame`."""
        table = TABLES[f"{self.stage}.{name}"]
        return read_files(table, [Store(self.root / key).file(table) for key in keys])

    def names(self, key: str) -> list[str]:
        """The tables that a part holds."""
        return sorted(path.stem for path in (self.root / key / self.stage).glob("*.parquet"))

    def keep_only(self, keys: Collection[str]) -> None:
        """Forgets all other parts, and what writers left that were killed."""
        for folder in self.root.glob("*"):
            if folder.name not in keys:
                shutil.rmtree(folder)


def program() -> str:
    """What makes parts: the code with its codebooks, Python, and the libraries whose results could differ by version."""
    versions = [f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES]
    return "\n".join([code_version(), sys.version, *versions])


def key_of(*inputs: str) -> str:
    """The key of what was made from these inputs."""
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()


def rows_text(frame: pd.DataFrame) -> str:
    """A frame as text that differs wherever a value, its type or its place does."""
    values = frame.astype(object).where(frame.notna(), None)
    return repr([*map(str, frame.columns), *values.itertuples(index=False, name=None)])


def files_text(files: Sequence[Path]) -> str:
    """What files hold, as a text; one that is absent counts too."""
    return "\n".join(hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "-" for path in files)
