"""Reading without the collector of cycles leaves it as it was."""

import gc

import pytest

from sources.raw.collector import collector_paused


@collector_paused()
def _fail() -> None:
    assert not gc.isenabled()
    raise ArithmeticError


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was_whatever_happens_to_the_reading(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ArithmeticError):
            _fail()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
