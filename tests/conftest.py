"""What every test may use: a data home of its own, and the real documents where they lie beside the project.

The data home is set before anything is imported: the Dagster definitions find it when they are loaded.
"""

import os
import tempfile
from pathlib import Path

import pytest

os.environ["PESO_HOME"] = tempfile.mkdtemp(prefix="peso-test-home-")

pytest_plugins = ["tests.pipelines.world"]

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of real documents; tests that ask for it are skipped where it is absent."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        pytest.skip("the real documents are not beside the project")
    return folder
