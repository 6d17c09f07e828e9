"""Documents with which normalizing is killed, hangs or swells: each is named, and the rest goes on."""

import pytest

from tests.pipelines.work.test_normalizing import assert_named


@pytest.mark.parametrize(
    ("bad", "outcome", "why"),
    [
        ("is killed", "unfinished", "SIGKILL"),
        ("hangs", "too_large", "s of the processor"),
        ("swells", "too_large", "memory"),
    ],
)
def test_a_document_that_ends_its_process_is_named_and_the_rest_goes_on(tmp_path, monkeypatch, bad, outcome, why):
    assert_named(tmp_path, monkeypatch, bad, outcome, why)
