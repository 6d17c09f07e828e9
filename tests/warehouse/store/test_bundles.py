"""Files that travel together arrive as they were, or are refused."""

import io
import tarfile
from pathlib import Path

import pytest

from warehouse.errors import WarehouseError
from warehouse.store.bundles import Bundles, pack, unpack


def made(root: Path, **files: str) -> list[Path]:
    paths = [root / "raw" / name for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return paths


def test_the_same_files_are_the_same_bytes_and_arrive_as_they_were(tmp_path: Path) -> None:
    packed = [pack(tmp_path / name, made(tmp_path / name, b="2", a="1")) for name in ("one", "other")]
    assert packed[0] == packed[1]
    assert pack(tmp_path / "one", [tmp_path / "one" / "raw" / "absent"]) == pack(tmp_path, [])
    unpack(tmp_path / "there", packed[0])
    assert {path.name: path.read_text() for path in (tmp_path / "there" / "raw").iterdir()} == {"a": "1", "b": "2"}


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    forged = io.BytesIO()
    with tarfile.open(fileobj=forged, mode="w") as bundle:
        bundle.addfile(tarfile.TarInfo("../outside"))
    with pytest.raises(tarfile.OutsideDestinationError):
        unpack(tmp_path / "there", forged.getvalue())


def test_a_bundle_is_what_its_name_says_or_is_refused() -> None:
    obstore = pytest.importorskip("obstore")
    bucket = obstore.store.MemoryStore()
    bundles = Bundles(bucket)
    name = bundles.put(b"rows")
    assert bundles.put(b"rows") == name and bundles.get(name) == b"rows"
    obstore.put(bucket, name, b"others")
    with pytest.raises(WarehouseError, match="other bytes"):
        bundles.get(name)
    with pytest.raises(WarehouseError, match="not in the bucket"):
        bundles.get("0" * 64)
