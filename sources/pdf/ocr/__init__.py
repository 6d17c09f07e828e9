"""Pages without a text layer, or with a broken one, read from their image (optical character recognition, OCR).

An optional extra: `installed` says whether it is there, without importing any of it. `read_images` is the door.

What is a table there belongs to `sources.pdf.table`. In: images of pages. Out: words with their places and how sure they are.
"""

import hashlib
import importlib.metadata
import importlib.util
from functools import cache
from pathlib import Path

_PACKAGES = ("rapidocr", "onnxruntime", "cv2")
_DISTRIBUTIONS = ("rapidocr", "onnxruntime", "opencv-python-headless")

INSTALL = "instale el OCR con `make setup EXTRAS=ocr` y vuelva a leerla"


@cache
def installed() -> bool:
    """Whether the extra is there."""
    return all(importlib.util.find_spec(package) for package in _PACKAGES)


@cache
def fingerprint() -> str:
    """Changes with anything that may change what is recognised: this code, its libraries, the second reader."""
    from sources.pdf.ocr.witness import name

    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), here.parent / "page" / "witnessed.py"):
        digest.update(path.read_bytes())
    for package in _DISTRIBUTIONS:
        try:
            digest.update(f"{package}={importlib.metadata.version(package)}".encode())
        except importlib.metadata.PackageNotFoundError:
            continue  # OpenCV goes by several names
    digest.update(str(name()).encode())
    return digest.hexdigest()[:16]
