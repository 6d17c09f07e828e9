"""US dollars at the FIX of Banco de México: of the day where a line has one, else of the year, and said so.

The series and its evidence grades are in `transforms.reference`. Nothing is carried forward beyond a few days without
banks, and no year without a full average gives dollars.
"""

from functools import cache

import pandas as pd

from transforms import reference
from transforms.compare.prices import rescale

SCALE = 4  # decimals that Banco de México publishes
BANK_HOLIDAYS = pd.Timedelta(days=7)
BY_DATE, BY_YEAR = "date", "year_average"


def dollars(centavos: pd.Series, dates: pd.Series, years: pd.Series) -> pd.DataFrame:
    """Per amount: dollars_centavos, exchange_rate, exchange_rate_basis, exchange_rate_date, exchange_rate_evidence.

    The FIX of a day without one is the last before it, as on weekends. Exact: integers only. Null without a rate.
    """
    daily = pd.merge_asof(
        pd.DataFrame({"date": pd.to_datetime(dates.astype("object")), "row": range(len(dates))})
        .dropna()
        .sort_values("date", kind="stable")
        .astype({"date": "datetime64[s]"}),
        _daily().assign(day=_daily()["date"]),
        on="date",
        tolerance=BANK_HOLIDAYS,
    )
    of_day = daily.set_index("row").reindex(range(len(dates))).set_axis(dates.index)
    annual = years.map(_annual()).where(dates.isna()).astype("Int64")
    rate = of_day["rate"].astype("Int64").fillna(annual)
    computable = (rate.notna() & centavos.notna()).to_numpy(dtype=bool)
    cents = pd.Series(pd.NA, index=centavos.index, dtype="Int64")
    cents[computable] = rescale(
        centavos[computable].to_numpy(dtype="int64"), 10**SCALE, rate[computable].to_numpy(dtype="int64")
    )
    basis = pd.Series(None, index=dates.index, dtype="str").mask(annual.notna(), BY_YEAR)
    return pd.DataFrame(
        {
            "dollars_centavos": cents,
            "exchange_rate": (rate / 10**SCALE).astype("Float64"),
            "exchange_rate_basis": basis.mask(of_day["rate"].notna(), BY_DATE),
            "exchange_rate_date": of_day["day"].dt.date,
            "exchange_rate_evidence": of_day["evidence"].mask(annual.notna(), "checked"),
        }
    )


@cache
def _daily() -> pd.DataFrame:
    frame = reference.fix_daily()
    rates = [int(rate.scaleb(SCALE)) for rate in frame["pesos_per_dollar"]]
    return pd.DataFrame(
        {"date": pd.to_datetime(frame["date"]).astype("datetime64[s]"), "rate": rates, "evidence": frame["evidence"]}
    )


@cache
def _annual() -> dict[int, int]:
    frame = reference.fix_annual()
    full = frame[frame["status"] == "final"]
    return {int(y): int(r.scaleb(SCALE)) for y, r in zip(full["year"], full["pesos_per_dollar"], strict=True)}
