"""Points and commas that could part decimals or group thousands: the table decides, or the figure is in doubt."""

import numpy as np
import pandas as pd
import pytest

from transforms.core.marks import decimal_commas, doubtful_commas, grouping_points
from transforms.words.money import parse


def points(
    texts: list[str], multiplier: int = 1, stored: bool = False, flag: str | None = None
) -> tuple[list[str], list[bool]]:
    cells = pd.DataFrame({"t": np.zeros(len(texts), dtype=np.int64), "flag": [flag] * len(texts)})
    text, doubtful = grouping_points(
        pd.Series(texts), cells, np.full(len(texts), multiplier, dtype=np.int64), np.array([stored])
    )
    return text.tolist(), doubtful.tolist()


def test_a_table_that_writes_whole_pesos_with_points() -> None:
    assert points(["267.000", "145.678", "121.322", "950", "-"]) == (
        ["267000", "145678", "121322", "950", "-"],
        [False] * 5,
    )


def test_groups_beyond_doubt_decide_for_the_others() -> None:
    assert points(["1.399.999", "145.678"]) == (["1.399.999", "145678"], [False] * 2)
    assert points(["1.399,50", "145.678"])[0] == ["1.399,50", "145678"]


def test_one_figure_alone_is_in_doubt() -> None:
    assert points(["145.678", "950"]) == (["145.678", "950"], [True, False])


@pytest.mark.parametrize("other", ["121.32", "1234.567", "12345", "0.125", "1,234.567"])
def test_decimals_elsewhere_make_it_a_decimal_mark(other: str) -> None:
    texts = ["267.000", "145.678", "121.322", other]
    assert points(texts) == (texts, [False] * 4)


def test_stored_numbers_and_millions_have_three_decimals() -> None:
    texts = ["267.125", "145.678", "121.322"]
    assert points(texts, stored=True) == points(texts, multiplier=1_000_000) == (texts, [False] * 3)
    assert points(texts, stored=True, flag="text_number")[0] == ["267125", "145678", "121322"]


def test_a_comma_before_three_digits_among_decimal_commas_is_in_doubt() -> None:
    def doubt(texts: list[str]) -> list[bool]:
        series, t = pd.Series(texts), np.zeros(len(texts), dtype=np.int64)
        return doubtful_commas(series, t, decimal_commas(series, t, 1)[t]).tolist()

    assert doubt(["501357,10", "20,50", "145,678"]) == [False, False, True]
    assert doubt(["501.357,10", "20,50", "145,678"]) == [False] * 3
    assert doubt(["267,000", "145,678"]) == [False] * 2


def test_a_raised_mark_is_no_digit() -> None:
    assert parse("300,123¹").centavos == 30012300
