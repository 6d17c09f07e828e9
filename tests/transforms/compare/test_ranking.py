"""Places are intervals, and only where rows are comparable with one another: figures that INEGI published for 2022."""

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_efipem import efipem
from transforms.compare.ranking import ranking
from transforms.out import compare

STATES = ("08", "11", "19", "26")


def of_2022(measure: str) -> pd.DataFrame:
    core = efipem(*((state, 2022) for state in STATES)).frames()
    rows = compare(core)["ranking"]
    return rows[rows["measure"] == measure].set_index("government_id")


def test_per_inhabitant_is_a_figure_of_its_own_with_its_interval_of_places() -> None:
    events = of_2022("events_per_inhabitant")
    assert events["value"].round(1).to_dict() == {"08": 32.7, "26": 24.9, "19": 20.4, "11": 19.8}
    assert events["not_ranked"].isna().all()
    assert (events["first_place"] <= events["last_place"]).all()
    assert events.loc["08", "first_place"] == 1
    assert set(events["governments"]) == {4}


def test_a_ratio_to_health_of_different_perimeters_is_a_list() -> None:
    """INEGI's health transfers over FASSA and state spending of SICUENTAS are far apart between the four states."""
    over = of_2022("events_over_health")
    ratios = over["health_over_accounts"]
    assert ratios.max() > 1.25 * ratios.min()
    assert set(over["not_ranked"]) == {"different_perimeter"}
    assert over[["first_place", "last_place"]].isna().all(axis=None)
    assert over["value"].notna().all(), "the figures are listed all the same"


def test_two_governments_are_no_ranking_and_nothing_is_nothing() -> None:
    core = efipem(("26", 2022), ("08", 2022)).frames()
    assert set(compare(core)["ranking"]["not_ranked"]) == {"few_governments"}
    empty = compared(efipem())
    assert ranking(empty["health_vs_events"], core["document"].iloc[:0]).empty
