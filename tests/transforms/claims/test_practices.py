"""How a budget is spent, where the documents show it, and that there are no data where they do not."""

import pandas as pd

from tests.transforms.made_core import MadeCore
from transforms.claims.practices import practices
from transforms.out import compare


def practice(stages: dict[str, float], **document: object) -> pd.DataFrame:
    core = MadeCore().document(**document).table(1)
    core.line("3600 Publicidad", stages, object_code="36")
    frames = core.frames()
    return practices(compare(frames)["change"], frames["government"]).set_index("indicator")


def test_what_was_budgeted_and_not_spent_is_a_figure_and_no_verdict() -> None:
    row = practice({"aprobado": 10e6, "modificado": 20e6, "devengado": 15e6}).loc["underspending"]
    assert (row["budgeted_centavos"], row["spent_centavos"], row["deviation"]) == (20_000_000_00, 15_000_000_00, -0.25)
    assert "se gastó (devengado) 25.0% menos de lo presupuestado (modificado)" in row["oracion"]
    assert "el documento no lo dice" in row["oracion"]


def test_an_indicator_without_data_says_so() -> None:
    rows = practice({"aprobado": 10e6, "devengado": 15e6})
    for indicator in ("price_dispersion", "single_bids"):
        assert not rows.loc[indicator, "measured"]
        assert "sin datos" in rows.loc[indicator, "oracion"]
        assert pd.isna(rows.loc[indicator, "deviation"])


def test_what_may_not_be_compared_shows_no_practice() -> None:
    rows = practice({"aprobado": 10e6, "devengado": 15e6}, period_end=pd.Timestamp("2021-03-31").date())
    assert not rows["measured"].any(), "a year against a quarter"
