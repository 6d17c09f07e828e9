"""Files of a store as objects that several machines share: those of a document or a part together, under the hash of what they are.

An object is written once and never changes, so a machine that has its name has exactly those files, or none. All of them can be
forgotten between two runs: whoever needs one puts it there again. The store itself stays a folder of the machine that publishes.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warehouse.errors import WarehouseError
from warehouse.store.files import AT_ONCE, replacing

if TYPE_CHECKING:
    from obstore.store import ObjectStore


def pack(root: Path, files: Iterable[Path]) -> bytes:
    """Those of the files that are there, by their names under `root`; the same bytes for the same files."""
    return pack_named((path.relative_to(root).as_posix(), path.read_bytes()) for path in files if path.exists())


def pack_named(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files by their names."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as bundle:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            bundle.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def places_in(packed: BinaryIO) -> dict[str, tuple[int, int]]:
    """Where each of the files lies in what was packed, by its name: from which byte on, and how many."""
    with tarfile.open(fileobj=packed) as bundle:
        return {entry.name: (entry.offset_data, entry.size) for entry in bundle}


def unpack(root: Path, packed: bytes) -> None:
    """The files under `root`, each one whole or not at all, and the last when all others are there."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as bundle:
        entries = [tarfile.data_filter(entry, str(root)) for entry in bundle]
        files = [(root / entry.name, stream.read()) for entry in entries if (stream := bundle.extractfile(entry))]
    with ThreadPoolExecutor(AT_ONCE) as beside:
        list(beside.map(_write, files[:-1]))
    for file in files[-1:]:
        _write(file)


def _write(file: tuple[Path, bytes]) -> None:
    path, data = file
    with replacing(path) as temporary:
        temporary.write_bytes(data)


class Bundles:
    """Packed files in a bucket, or wherever `objects` are."""

    def __init__(self, objects: "ObjectStore") -> None:
        self._objects = objects

    def put(self, packed: bytes) -> str:
        """Keeps it, unless it is there; returns its name."""
        import obstore

        name = hashlib.sha256(packed).hexdigest()
        try:
            obstore.head(self._objects, name)
        except FileNotFoundError:
            obstore.put(self._objects, name, packed)
        return name

    def get(self, name: str) -> bytes:
        """What was kept under the name. Raises WarehouseError where it is not there, or is something else."""
        import obstore

        try:
            packed = bytes(obstore.get(self._objects, name).bytes())
        except FileNotFoundError as error:
            raise WarehouseError(
                f"The bundle {name} is not in the bucket.", "Run it again: it is put there anew."
            ) from error
        if hashlib.sha256(packed).hexdigest() != name:
            raise WarehouseError(
                f"The bundle {name} holds other bytes than its name says.", "Delete the object and run it again."
            )
        return packed
