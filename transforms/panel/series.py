"""`out.series`: the same class over the years, in segments whose years can be compared.

A segment ends where the register of institutions cuts, where what the document covers jumped, where another kind of source
speaks, or where the amount is twenty times what it was. A year that is missing is missing: nothing is put in its place.
"""

import numpy as np
import pandas as pd

from transforms import reference
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.coded_text import by_distinct, number_rows
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import has_no_base, is_far, join_codes, reasons, true
from transforms.panel.classes_of_views import WHOLE
from transforms.panel.net import compared
from transforms.panel.successions import with_series
from warehouse.schema.panel import SERIES
from warehouse.schema.panel_vocabulary import BREAKS

KEY = ["government_id", "by", "level", "series_class", "period", "stage"]
HEALTH_FUNCTION = "23"


def series(
    panel: pd.DataFrame, declared: pd.DataFrame, measured: Measured, health: set[str], index: PriceIndex
) -> pd.DataFrame:
    """As `out.series`; `panel` is `out.panel`, `declared` `out.succession`, `health` the ids of the baskets of health.

    A whole is followed by its net total: a debt that was paid back is no spending, and its end no cut.
    """
    rows = with_series(panel, declared).sort_values([*KEY, "fiscal_year"], kind="stable", ignore_index=True)
    # Two classes of one year under one series are two: each keeps its own.
    twice = rows.duplicated([*KEY, "fiscal_year"], keep=False)
    if twice.any():
        rows.loc[twice, "series_class"] = rows.loc[twice, "class_id"]
        rows.loc[twice, "succession_id"] = None
        rows = rows.sort_values([*KEY, "fiscal_year"], kind="stable", ignore_index=True)
    number = number_rows(rows[KEY])
    group = rows.groupby(number, sort=False)
    rows["compared"] = deflate(compared(rows).where(rows["real_amount_centavos"].notna()), rows["fiscal_year"], index)
    before = group[["fiscal_year", "amount_centavos", "compared", "standing", "verified"]].shift()
    cuts = _cuts(rows, before, measured, health)
    rows["breaks"] = join_codes(cuts)
    rows["segment"] = cuts.any(axis=1).astype("int64").groupby(number, sort=False).cumsum() + 1
    goes_on = before["fiscal_year"].notna() & rows["breaks"].isna()
    now, then = rows["compared"], before["compared"].astype("Int64")
    unknown = goes_on & (rows["class_id"] == WHOLE) & (now.isna() | then.isna())
    no_base = goes_on & true(has_no_base(now, then))
    change = ((now - then) / then.where(then > 0)).astype("Float64")
    rows["previous_year"] = before["fiscal_year"].astype("Int64").where(goes_on)
    rows["real_change"] = change.where(goes_on & ~no_base)
    rows["refusals"] = join_codes(_refused(rows, goes_on & ~true(before["verified"]), unknown, no_base))
    return SERIES.frame(rows[SERIES.frame_columns])


def _refused(rows: pd.DataFrame, unproven: pd.Series, unknown: pd.Series, no_base: pd.Series) -> pd.DataFrame:
    """Those of the panel's row, and why there is no change since the year before."""
    place, texts = pd.factorize(rows["refusals"].fillna(""))  # few distinct ones: each is parted once
    parted = [str(text).split(";") for text in texts]
    codes = {code for row in parted for code in row if code}
    applies = {
        code: pd.Series(np.array([code in row for row in parted], dtype=bool)[place], rows.index) for code in codes
    }
    applies["unverified_operand"] = applies.get("unverified_operand", False) | unproven
    applies["total_contents_unknown"] = unknown
    applies["zero_base"] = no_base
    return reasons(applies, rows.index)


def _cuts(rows: pd.DataFrame, before: pd.DataFrame, measured: Measured, health: set[str]) -> pd.DataFrame:
    later = before["fiscal_year"].notna()
    jumped = measured.signatures.loc[measured.signatures["jumps"].fillna("").str.contains("year|version"), BUDGET]
    jumped = pd.MultiIndex.from_frame(jumped)
    is_health = (rows["by"] == "basket") & rows["class_id"].isin(health)
    is_health |= (rows["by"] == "function") & rows["class_id"].str.startswith(HEALTH_FUNCTION)
    cuts = {
        "institutional_change": is_health & _institutions(rows, before["fiscal_year"]),
        "perimeter_jump": by_distinct(
            rows[BUDGET], lambda once: pd.Series(pd.MultiIndex.from_frame(once).isin(jumped))
        ),
        "class_jump": true(is_far(rows["amount_centavos"], before["amount_centavos"].astype("Int64"))),
        "other_source": true(before["standing"] != rows["standing"]),
    }
    return pd.DataFrame({code: cuts[code] & later for code in BREAKS})


def _institutions(rows: pd.DataFrame, previous: pd.Series) -> pd.Series:
    """Whether a change of the register that affects health lies between the year before and this one."""
    cut = pd.Series(False, index=rows.index)
    changes = reference.institutional_changes()
    for change in changes[changes["affects"] == "health"].to_dict("records"):
        only = change["government_ids"]
        here = (
            rows["government_id"].isin(only.split(";"))
            if isinstance(only, str)
            else rows["government_id"].str.fullmatch(r"\d{2}")
        )
        cut |= true(here) & true(previous < change["last_year"]) & true(rows["fiscal_year"] >= change["first_year"])
    return cut
