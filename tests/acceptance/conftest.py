"""The real documents, where they lie beside the project; without them the campaigns over them are skipped."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
LEDGERS = SHARED / "ledgers"


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of real documents; tests that ask for it are skipped where it is absent."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        pytest.skip("the real documents are not beside the project")
    return folder
