"""Per inhabitant: published figures, and what has none."""

import pandas as pd
import pytest

from transforms.compare.inhabitants import inhabitants, per_inhabitant

# INEGI, EFIPEM 2022, pesos of the year: services 3800 and advertising 3600 over CONAPO's mid-year population.
OF_2022 = {
    "08": (127_530_531, 32.7, 307_053_651, 78.8),
    "26": (76_011_323, 24.9, 189_185_005, 62.0),
    "19": (124_423_575, 20.4, 437_545_559, 71.8),
    "11": (125_912_183, 19.8, 541_298_216, 85.1),
}


@pytest.mark.parametrize("government", OF_2022)
def test_the_figures_of_2022(government: str) -> None:
    events, of_events, advertising, of_advertising = OF_2022[government]
    amounts = pd.Series([events * 100, advertising * 100], dtype="Int64")
    shares = per_inhabitant(amounts, pd.Series([government] * 2), pd.Series([2022] * 2, dtype="Int64"))
    assert [round(int(share) / 100, 1) for share in shares] == [of_events, of_advertising]


def test_a_population_is_never_carried_forward_nor_lent() -> None:
    # The last municipality was made after CONAPO's projection.
    governments = pd.Series(["26", "26030", "25020", None, "26"])
    years = pd.Series([1949, 1949, 2022, 2022, None], dtype="Int64")
    assert inhabitants(governments, years).isna().all()
    assert per_inhabitant(pd.Series([1_00] * 5, dtype="Int64"), governments, years).isna().all()


def test_municipalities_have_the_population_of_conapo() -> None:
    people = inhabitants(pd.Series(["19039", "19019"]), pd.Series([2020, 2020], dtype="Int64"))
    assert people.tolist() == [1_159_153, 134_363]


def test_rounded_half_to_even_and_null_stays_null() -> None:
    people = int(inhabitants(pd.Series(["26"]), pd.Series([2022], dtype="Int64")).iloc[0])
    amounts = pd.Series([people * 25, people * 2 + people // 2, None], dtype="Int64")
    shares = per_inhabitant(amounts, pd.Series(["26"] * 3), pd.Series([2022] * 3, dtype="Int64"))
    assert shares.iloc[:2].tolist() == [25, 2], "a half goes to the even centavo"
    assert pd.isna(shares.iloc[2])
