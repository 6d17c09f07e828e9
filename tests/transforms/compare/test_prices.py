"""Real pesos are exact, and refused where there is no index."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import reference
from transforms.compare import exchange, prices

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


def test_unit_costs_say_where_they_come_from() -> None:
    costs = reference.unit_costs()
    assert not costs.duplicated("unit_cost_id").any()
    assert costs[["provider", "region", "service", "source", "evidence"]].notna().all(axis=None)
    everywhere = costs[costs["compared"] == "yes"]
    assert everywhere["evidence"].eq("primary").all()
    assert everywhere["region"].eq("00").all()
    assert set(range(2015, 2020)) | {2025} <= set(costs.loc[costs["provider"] == "IMSS", "year"])
    assert costs.loc[costs["evidence"] == "doubtful", "note"].notna().all()


def test_daily_fix_is_of_banking_days_and_graded() -> None:
    daily = reference.fix_daily()
    days = pd.to_datetime(daily["date"])
    assert days.is_monotonic_increasing
    assert days.is_unique
    assert days.dt.day_of_week.lt(5).all()
    assert daily.loc[daily["date"].str.startswith("1995-03"), "evidence"].eq("doubtful").all()
    may = daily[daily["date"] == "2020-05-14"]
    assert may["pesos_per_dollar"].iloc[0] == Decimal("24.2708")


def test_dollars_of_a_day_a_weekend_and_a_year() -> None:
    days = pd.Series([date(2020, 5, 14), date(2020, 5, 17), None, date(2030, 1, 1)], dtype="date32[day][pyarrow]")
    dollars = exchange.dollars(series(242_708, 100, 100, 100), days, pd.Series([2020, 2020, 2020, 2030], dtype="Int64"))
    assert dollars["dollars_centavos"].iloc[0] == 10_000
    assert dollars["exchange_rate_date"].iloc[1] == date(2020, 5, 15)
    assert dollars["exchange_rate_basis"].fillna("-").tolist() == ["date", "date", "year_average", "-"]
    assert pd.isna(dollars["dollars_centavos"].iloc[3]), "nothing is carried forward"


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
