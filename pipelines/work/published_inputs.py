"""What the last publication was made from: so that a night that finds nothing new does not rebuild everything to see it.

Entries and definitions of the home, the watched documents and the program; the bytes of documents are named by the entries.
"""

import hashlib
from pathlib import Path

from pipelines.home import Home
from pipelines.work.fingerprint import code_version
from pipelines.work.watching import watched_documents
from sources.pdf import ocr


def fingerprint_inputs(home: Home) -> str:
    """Changes with anything that a release is made from."""
    folders = (
        home.catalogue_folder, home.corrections_folder, home.claims_folder, home.cards_folder, home.baskets, home.comparisons,
        home.portals_folder, home.aside,
    )  # fmt: skip
    digest = hashlib.sha256(f"{code_version()}\0{ocr.fingerprint() if ocr.installed() else ''}".encode())
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(home.root)}\0".encode(errors="replace"))
        digest.update(path.read_bytes())
    digest.update(watched_documents(home).to_csv().encode())
    return digest.hexdigest()


def begin_publication(home: Home) -> None:
    """Notes what the publication that begins now is made from."""
    _building(home).write_text(fingerprint_inputs(home), encoding="utf-8")


def end_publication(home: Home) -> None:
    """The publication that began last is whole."""
    if _building(home).exists():
        _building(home).replace(_published(home))


def is_published(home: Home) -> bool:
    """Whether the latest release was made from what is there now; true too where there is nothing to publish."""
    if not home.catalogue().documents and home.latest_release() is None:
        return True
    try:
        return _published(home).read_text(encoding="utf-8") == fingerprint_inputs(home)
    except FileNotFoundError:
        return False


def _building(home: Home) -> Path:
    return home.store.root / "inputs-building"


def _published(home: Home) -> Path:
    return home.store.root / "inputs-published"
