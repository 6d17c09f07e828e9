"""Real pesos are exact, and refused where there is no index."""

from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import prices, reference

INPC = prices.inpc()


def series(*values: int | None) -> pd.Series:
    return pd.Series(values, dtype="Int64")


@given(st.integers(-(10**14), 10**14), st.sampled_from(sorted(INPC.values)))
def test_deflation_is_exact(centavos: int, year: int) -> None:
    expected = (Decimal(centavos) * INPC.values[2025] / INPC.values[year]).quantize(Decimal(1), ROUND_HALF_EVEN)
    if abs(expected) < 2**63:
        assert prices.deflate(series(centavos), series(year), INPC, 2025)[0] == int(expected)


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=20))
def test_same_year_changes_nothing(amounts: list[int]) -> None:
    years = pd.Series([2025] * len(amounts), dtype="Int64")
    assert prices.deflate(series(*amounts), years, INPC, 2025).tolist() == amounts


def test_halves_go_to_the_even_centavo() -> None:
    index = prices.PriceIndex("made", "made for the test", {2000: 2, 2001: 1})
    assert prices.deflate(series(1, 3, 5, -1, -3), series(*[2000] * 5), index, 2001).tolist() == [0, 2, 2, 0, -2]
    assert [prices.round_half_even(n, 2) for n in (1, 3, 5, -1, -3)] == [0, 2, 2, 0, -2]


def test_no_index_no_amount() -> None:
    real = prices.deflate(series(100, None, 100), pd.Series([1900, 2020, None], dtype="Int64"), INPC)
    assert real.isna().all()


def test_base_is_the_latest_full_year() -> None:
    assert INPC.base == 2025
    assert INPC.is_partial(series(2025, 2026)).tolist() == [False, True]


def test_the_series_is_the_annual_average_and_not_the_december_index() -> None:
    december = {2018: Decimal("103.020"), 2021: Decimal("117.308"), 2024: Decimal("137.949")}
    for year, value in december.items():
        assert INPC.values[year] < int(value.scaleb(6))
    frame = reference.inpc()
    assert frame.loc[frame["status"] == "final", "months"].eq(12).all()


def test_would_buy() -> None:
    assert prices.would_buy(series(100_000, 129_600), series(129_600, 129_600)).tolist() == [0.77, 1.0]


@pytest.mark.parametrize("load", [reference.codes, reference.population, reference.fix_annual, reference.fix_monthly])
def test_reference_has_no_holes(load) -> None:
    frame = load()
    assert len(frame) > 30
    assert frame.drop(columns=["parent"], errors="ignore").notna().all(axis=None)


def test_codes_are_unique_and_parents_exist() -> None:
    codes = reference.codes()
    assert not codes.duplicated(["classification", "code"]).any()
    for _, book in codes.groupby("classification"):
        assert set(book["parent"].dropna()) <= set(book["code"])


def test_compared_unit_costs_are_primary() -> None:
    costs = reference.unit_costs()
    assert not costs.duplicated("unit_cost_id").any()
    compared = costs[costs["compared"] == "yes"]
    assert 4 <= len(compared) <= 6
    assert compared["evidence"].eq("primary").all()


def test_gdp_deflator_starts_after_the_break() -> None:
    assert min(prices.gdp_deflator().values) == 1993
    assert prices.gdp_deflator().values[2018] == 100_000_000


def test_forecast_points_are_marked_and_never_a_base() -> None:
    deflator = prices.gdp_deflator()
    assert deflator.base == 2024
    assert deflator.is_partial(series(2024, 2025)).tolist() == [False, True]


def test_the_december_index_is_kept_apart() -> None:
    assert prices.inpc_december().values[2018] == 103_020_000
    assert prices.inpc_december().name != INPC.name


def test_each_institutional_change_has_a_source_and_a_span() -> None:
    changes = reference.institutional_changes()
    assert changes["change_id"].is_unique
    assert changes[["name", "nombre", "evidence", "source"]].notna().all().all()
    assert (changes["first_year"] <= changes["last_year"]).all()
    hospitals = changes.set_index("change_id").loc["sonora_hospitales"]
    assert hospitals["evidence"] == "unconfirmed"
    assert "Sin confirmar" in hospitals["nombre"]
