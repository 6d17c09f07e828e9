"""Money as text: exact at any size, of either sign."""

import pytest

from warehouse.schema.money import millions, pesos


@pytest.mark.parametrize(
    ("centavos", "text"),
    [(123456, "1,234.56"), (-5, "-0.05"), (0, "0.00"), (10**17 + 1, "1,000,000,000,000,000.01")],
)
def test_pesos_are_exact(centavos, text):
    assert pesos(centavos) == text


def test_millions_have_one_decimal():
    assert [millions(centavos) for centavos in (123_456_789_000, -5_000_000, 0)] == ["1,234.6", "-0.0", "0.0"]
