"""Every cell of the sample's panel, against plain pandas on the reference files, which shares no code with the product."""

import pytest

from tests.acceptance.conftest import SHARED
from tests.bench import recompute
from warehouse.release.folder import latest

REFERENCE = SHARED / "reference"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference files lie beside the project")
def test_the_panel_of_the_sample_is_what_the_reference_files_give(world):
    release = latest(world.home.releases)
    assert release is not None
    panel = recompute.published(release.database)
    pairs = recompute.differences(recompute.expected(REFERENCE, panel), panel)
    pairs = pairs[~recompute.without_class(pairs, REFERENCE)]
    assert len(pairs) > 18_000
    assert not len(pairs[pairs["differs"] != ""])
