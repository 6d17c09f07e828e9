"""Files that appear complete or not at all.

A writer works on a temporary file in the folder of the final one; readers see the old file until the new one is
finished and on the disk.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# So many threads write, where there are many small files: the disk is waited for by all of them together.
AT_ONCE = 8


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields the path to write to; when the block ends well, that file takes the place of `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync(path.parent)


def sync(path: Path) -> None:
    """Waits until the file, or the entries of the folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
