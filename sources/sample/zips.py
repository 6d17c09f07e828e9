"""Zip containers with the same bytes on every machine: stored, in order, with one fixed time."""

import io
import zipfile

TIME = (2024, 1, 1, 0, 0, 0)


def stored(parts: dict[str, bytes]) -> bytes:
    """The parts as one zip, uncompressed: how well a machine's zlib compresses must not show in the bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, TIME)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
