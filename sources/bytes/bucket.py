"""The archive in a bucket: the same bytes under the same names as objects of S3, written once, for machines that share no disk.

The folder of the archive becomes a copy of what this machine has asked for: each object is hashed when it comes, and the copy can
be thrown away. Where the bucket is and who may open it is for `pipelines.home`; the archive itself is `sources.bytes.archive`.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sources.bytes.archive import Archive, Sidecar, sha256_of, write_atomic
from sources.errors import SourceError
from warehouse.schema.vocabulary import Term

if TYPE_CHECKING:
    from obstore.store import ObjectStore


class BucketArchive(Archive):
    """The archive of `root` whose bytes are kept in `objects`, at `ab/cd/<sha256>`. Only whoever adds documents writes sidecars."""

    def __init__(self, root: Path, objects: "ObjectStore") -> None:
        super().__init__(root)
        self._objects = objects

    def local(self, sha256: str) -> Path:
        """The bytes as a file of this machine, taken from the bucket where it has none; where they would lie if nobody has them.

        Raises SourceError (corrupt) where the object is not what its name says.
        """
        path = self.path(sha256)
        if not path.is_file() and (data := self._get(sha256)) is not None:
            write_atomic(path, data)
            if sha256_of(path) != sha256:
                path.unlink()
                raise SourceError(
                    "corrupt", sha256, Term(f"bytes with the hash {sha256}", f"bytes con el hash {sha256}"),
                    Term("other bytes in the bucket", "otros bytes en el depósito"),
                    Term("Restore the object.", "Restaure el objeto."),
                )  # fmt: skip
            path.chmod(0o444)
        return path

    def __contains__(self, sha256: object) -> bool:
        return super().__contains__(sha256) or (isinstance(sha256, str) and self._has(sha256))

    def sidecar(self, sha256: str) -> Sidecar | None:
        """As of any archive; the bucket's, where this machine has none."""
        if not self._sidecar_path(sha256).is_file() and (data := self._get(f"{sha256}.json")) is not None:
            write_atomic(self._sidecar_path(sha256), data)
        return super().sidecar(sha256)

    def _keep(self, stream: BinaryIO, name: str) -> tuple[str, int]:
        import obstore

        sha256, size = super()._keep(stream, name)
        with suppress(obstore.exceptions.AlreadyExistsError):  # written once: the same bytes are there
            obstore.put(self._objects, self._key(sha256), self.path(sha256), mode="create", use_multipart=False)
        return sha256, size

    def _write_sidecar(self, sidecar: Sidecar) -> None:
        import obstore

        super()._write_sidecar(sidecar)
        obstore.put(self._objects, self._key(f"{sidecar.sha256}.json"), self._sidecar_path(sidecar.sha256))

    def _key(self, name: str) -> str:
        return f"{name[:2]}/{name[2:4]}/{name}"

    def _has(self, name: str) -> bool:
        import obstore

        try:
            obstore.head(self._objects, self._key(name))
        except FileNotFoundError:
            return False
        return True

    def _get(self, name: str) -> bytes | None:
        import obstore

        try:
            return bytes(obstore.get(self._objects, self._key(name)).bytes())
        except FileNotFoundError:
            return None
