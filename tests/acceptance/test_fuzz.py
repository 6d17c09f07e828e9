"""A hundred mutations hold every oracle; `make fuzz` tries two thousand."""

from tests.fuzz.campaign import run


def test_damaged_documents_hold_every_oracle() -> None:
    report = run(seed=1, count=100)
    assert report.broken == []
    assert report.verified > 200, "most damages leave most of a document as it is"
    assert {outcome for _, outcome in report.outcomes} >= {"read", "corrupt", "no_table"}
