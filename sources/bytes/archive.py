"""The archive: bytes kept once, under the hash of what they are, before anyone parses them.

A file lies at `ab/cd/<sha256>` without an extension (the extension is no part of what the bytes are), read-only, and
beside it `<sha256>.json` says where the bytes came from, when and how. What a document *is* belongs to the catalogue.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from sources.errors import SourceError, Words
from warehouse.schema.vocabulary import Term

MAX_BYTES = 500 * 1024 * 1024
_CHUNK = 1024 * 1024

How = Literal["portal", "request", "file", "typeset"]


class Origin(BaseModel):
    """One place the bytes came from. `headers` are those of the HTTP answer that a later request can use."""

    model_config = ConfigDict(extra="forbid")

    origin: str
    how: How
    obtained_at: AwareDatetime
    name: str | None = None
    folio: str | None = None
    headers: dict[str, str] = {}

    def same_place(self, other: "Origin") -> bool:
        """Whether both came from one address by one way, the answer to one request for information."""
        return (self.origin, self.how, self.folio) == (other.origin, other.how, other.folio)


class Sidecar(BaseModel):
    """What is known about archived bytes. The first origin is the one they were first obtained from."""

    model_config = ConfigDict(extra="forbid")

    sha256: str
    bytes: int
    extension: str
    origins: list[Origin]

    def origin(self, origin: str) -> Origin | None:
        """The record of this origin, if the bytes ever came from there."""
        return next((record for record in self.origins if record.origin == origin), None)


_AGAIN = Term("add the document again", "agregue otra vez el documento")


class Damage(BaseModel):
    """One thing wrong in the archive, as `verify` reports it."""

    sha256: str
    file: str
    message: str
    mensaje: str


class Archive:
    """Write-once store of bytes by sha256 under `root`."""

    def __init__(self, root: Path, max_bytes: int = MAX_BYTES) -> None:
        self.root = Path(root)
        self.max_bytes = max_bytes

    def add(
        self,
        source: bytes | Path | BinaryIO,
        *,
        origin: str,
        how: How,
        name: str | None = None,
        folio: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Keep the bytes and say where they came from; returns their sha256.

        Bytes already kept are not written again: their first origin stays first, and a new one is appended. The same
        origin once more only renews its HTTP headers. Raises SourceError (too_large).
        """
        name = name or (source.name if isinstance(source, Path) else None)
        with _opened(source) as stream:
            sha256, size = self._keep(stream, name or origin)
        record = Origin(
            origin=origin,
            how=how,
            obtained_at=datetime.now(UTC).replace(microsecond=0),
            name=name,
            folio=folio,
            headers=headers or {},
        )
        extension = Path(name).suffix.lower() if name else ""
        before = self.sidecar(sha256) or Sidecar(sha256=sha256, bytes=size, extension=extension, origins=[])
        self._write_sidecar(_with_origin(before, record))
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the bytes lie, whether they are there or not."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def local(self, sha256: str) -> Path:
        """The bytes as a file of this machine, to be opened; like `path` where the archive is a folder of it."""
        return self.path(sha256)

    def __contains__(self, sha256: object) -> bool:
        return isinstance(sha256, str) and self.path(sha256).is_file()

    def sidecar(self, sha256: str) -> Sidecar | None:
        """What is known about the bytes; None where nothing, or nothing legible, is (`verify` says which)."""
        try:
            return Sidecar.model_validate_json(self._sidecar_path(sha256).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def verify(self) -> list[Damage]:
        """Hash everything again and report what changed, lost its sidecar or lost its bytes."""
        damages: list[Damage] = []
        for path in sorted([*self.root.glob(".adding-*"), *self.root.glob("??/??/*")]):
            if path.name.startswith("."):
                damages.append(
                    self._damage(
                        path,
                        "left over from an interrupted addition; it can be deleted",
                        "resto de un agregado que se interrumpió; se puede borrar",
                    )
                )
            elif path.suffix == ".json":
                if path.stem not in self:
                    damages.append(
                        self._damage(
                            path,
                            f"the bytes of this sidecar are missing; {_AGAIN.en}",
                            f"faltan los bytes de esta ficha; {_AGAIN.es}",
                        )
                    )
            elif sha256_of(path) != path.name:
                damages.append(
                    self._damage(
                        path,
                        f"the bytes changed since they were archived; {_AGAIN.en}",
                        f"los bytes cambiaron desde que se archivaron; {_AGAIN.es}",
                    )
                )
            elif self.sidecar(path.name) is None:
                damages.append(
                    self._damage(
                        path,
                        f"its sidecar is missing or not legible; {_AGAIN.en}",
                        f"falta su ficha o no es legible; {_AGAIN.es}",
                    )
                )
        return damages

    def _keep(self, stream: BinaryIO, name: str) -> tuple[str, int]:
        """Copy the stream beside its place while hashing it, then move it there unless sound bytes are there already."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.root, prefix=".adding-")
        try:
            digest, size = hashlib.sha256(), 0
            with os.fdopen(handle, "wb") as target:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > self.max_bytes:
                        raise too_large(name, self.max_bytes, Term("more", "más"))
                    digest.update(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            sha256 = digest.hexdigest()
            place = self.path(sha256)
            # Damaged bytes at the place are healed by the sound ones that just arrived.
            if not place.is_file() or sha256_of(place) != sha256:
                place.parent.mkdir(parents=True, exist_ok=True)
                Path(temporary).chmod(0o444)
                Path(temporary).replace(place)
            return sha256, size
        finally:
            Path(temporary).unlink(missing_ok=True)

    def _sidecar_path(self, sha256: str) -> Path:
        path = self.path(sha256)
        return path.with_name(path.name + ".json")

    def _write_sidecar(self, sidecar: Sidecar) -> None:
        write_atomic(self._sidecar_path(sidecar.sha256), sidecar.model_dump_json(indent=2, exclude_none=True).encode())

    def _damage(self, path: Path, message: str, mensaje: str) -> Damage:
        file = str(path.relative_to(self.root))
        return Damage(sha256=path.name.removesuffix(".json"), file=file, message=message, mensaje=mensaje)


def too_large(name: str, limit: int, found: Words) -> SourceError:
    """The error for bytes over the limit, wherever they come from."""
    return SourceError(
        "too_large", name, Term(f"at most {limit:,} bytes", f"cuando más {limit:,} bytes"), found,
        Term("Split the document, or raise the limit if it is right.", "Divida el documento, o suba el límite si es correcto."),
    )  # fmt: skip


def write_atomic(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: beside its place first, then moved over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        Path(temporary).chmod(0o644)  # mkstemp makes files that only their owner can read
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _with_origin(sidecar: Sidecar, record: Origin) -> Sidecar:
    origins = list(sidecar.origins)
    for at, earlier in enumerate(origins):
        if earlier.same_place(record):
            origins[at] = earlier.model_copy(update={"headers": record.headers or earlier.headers})
            break
    else:
        origins.append(record)
    return sidecar.model_copy(update={"origins": origins})


@contextmanager
def _opened(source: bytes | Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        yield source


def sha256_of(path: Path) -> str:
    """The hash that identifies the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
