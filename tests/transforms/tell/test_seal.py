"""The published error of the seal: its bound is the exact one, its counts hold together, and the documentation says the same."""

from pathlib import Path

import pytest

from tests.bench.seal import table
from transforms.tell.seal import held, seal_error, upper_bound
from warehouse.schema.seal import SEAL_SAMPLES, WHOLE

FIDELITY = Path(__file__).parents[3] / "docs" / "fidelity.md"


@pytest.mark.parametrize("of", [1, 400, 30_000])
def test_with_no_error_the_bound_has_a_closed_form(of: int) -> None:
    assert upper_bound(0, of) == pytest.approx(1 - 0.05 ** (1 / of), rel=1e-6)


def test_the_bound_is_that_of_clopper_and_pearson() -> None:
    # Quantiles of the beta distribution with k + 1 and n - k: 0.95 of it lies below.
    assert upper_bound(1, 400) == pytest.approx(0.01180430, abs=1e-7)
    assert upper_bound(3, 8000) == pytest.approx(0.00096892, abs=1e-7)
    assert upper_bound(5, 5) == 1.0


def test_what_is_published_holds_together() -> None:
    published = seal_error()
    assert set(published["sample"]) == set(SEAL_SAMPLES)
    for _, sample in published.groupby("sample"):
        whole, facets = sample[sample["facet"] == WHOLE].iloc[0], sample[sample["facet"] != WHOLE]
        assert facets["wrong"].max() <= whole["wrong"] <= facets["wrong"].sum()
        assert (sample["wrong"] <= sample["verified"]).all()
        assert (sample["documents_wrong"] <= sample[["documents", "wrong"]].min(axis=1)).all()
        assert ((sample["wrong"] / sample["verified"]) < sample["bound"]).all()
        assert (sample["verified"] <= sample["amounts"].fillna(sample["verified"])).all()
    verified, wrong, bound = held()
    assert wrong / verified < bound < 1


def test_the_documentation_prints_what_is_published() -> None:
    text = FIDELITY.read_text(encoding="utf-8")
    assert "\n".join(table()) in text, (
        "print it anew with `python -m tests.bench.seal` and put it into docs/fidelity.md"
    )
