"""The archive in a bucket: written once, taken by machines that share no disk, and believed only where the hash agrees."""

from pathlib import Path

import pytest

from sources.bytes.bucket import BucketArchive
from sources.errors import SourceError

obstore = pytest.importorskip("obstore")


def test_another_machine_has_the_bytes_and_where_they_came_from(tmp_path: Path) -> None:
    bucket = obstore.store.MemoryStore()
    here, there = (BucketArchive(tmp_path / name, bucket) for name in ("here", "there"))
    sha256 = here.add(b"%PDF-1.4", origin="https://a.mx/x.pdf", how="portal", name="x.pdf")
    here.add(b"%PDF-1.4", origin="https://b.mx/x.pdf", how="portal", name="x.pdf")
    assert sha256 in there and "0" * 64 not in there
    assert not there.path(sha256).exists()
    assert there.local(sha256).read_bytes() == b"%PDF-1.4"
    assert there.sidecar(sha256) == here.sidecar(sha256)
    assert there.verify() == []
    assert not there.local("0" * 64).exists()


def test_an_object_is_written_once_and_held_against_its_name(tmp_path: Path) -> None:
    bucket = obstore.store.MemoryStore()
    sha256 = BucketArchive(tmp_path / "made", bucket).add(b"first", origin="x", how="file")
    name = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    obstore.put(bucket, name, b"damaged")
    BucketArchive(tmp_path / "again", bucket).add(b"first", origin="x", how="file")
    assert obstore.get(bucket, name).bytes() == b"damaged"  # nobody writes over it
    there = BucketArchive(tmp_path / "there", bucket)
    with pytest.raises(SourceError, match="other bytes in the bucket"):
        there.local(sha256)
    assert not there.path(sha256).exists()
