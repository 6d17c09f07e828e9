"""What the last publication was made from: so that a night that finds nothing new does not rebuild everything to see it.

As `unchanged` for `peso run`, which is asked before anything is loaded, and of the store too; here by whoever publishes.
"""

import hashlib
from pathlib import Path

from pipelines.home import Home
from pipelines.work.unchanged import inputs
from pipelines.work.watching import watched_documents


def fingerprint_inputs(home: Home) -> str:
    """Changes with anything that a release is made from; of the journals of watched pages, with what is published of them."""
    watched = watched_documents(home).to_csv()
    return hashlib.sha256(f"{inputs(home, but=(home.watched.name,))}{watched}".encode()).hexdigest()


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
