"""One engine for every comparison: what it refuses around a pair, and that its views say the same of the same pair."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget

THOUSAND = {"health": 500_000, "events": 5_000, "advertising": 9_000, "total": 2_000_000}


def together(*made: MadeCore) -> Mapping[str, pd.DataFrame]:
    core = made[0]
    for other in made[1:]:
        for name in ("document", "table", "line", "amount"):
            core.rows[name] += other.rows[name]
    return compared(core)


def by_document(out: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The refusals of the headline, by document."""
    return out["health_vs_events"].set_index("document_id")["refusals"].fillna("")


@pytest.mark.parametrize("order", [("same", "thousand"), ("thousand", "same")])
def test_a_jump_is_seen_where_a_year_has_two_documents(order: tuple[str, str]) -> None:
    """100 million, then 100 million and 0.1 million: whichever comes first, the year before is held against both."""
    later = {"same": {}, "thousand": THOUSAND}
    names = dict(zip(order, ("b", "c"), strict=True))
    refusals = by_document(
        together(
            budget(year=2020, document_id="a"),
            *(budget(year=2021, document_id=name, **later[which]) for which, name in names.items()),
        )
    )
    assert refusals[names["thousand"]] == "different_unit"
    assert refusals["a"] == "different_unit", "which of the two is in another unit, nothing says"
    assert refusals[names["same"]] == ""


def without_total(**fields: Any) -> MadeCore:
    core = budget(**fields)
    core.rows["amount"] = [a for a in core.rows["amount"] if _label(core, a["line_id"]) != "Total"]
    core.rows["line"] = [line for line in core.rows["line"] if line["label"] != "Total"]
    return core


def _label(core: MadeCore, line_id: str) -> str:
    return next(line["label"] for line in core.rows["line"] if line["line_id"] == line_id)


def test_a_total_is_never_held_against_the_health_of_a_document_without_one() -> None:
    """Health of a thirtieth of the total is no jump of the unit where the next document prints no total."""
    small = {"health": 50_000_000, "events": 500_000}
    refusals = by_document(
        together(budget(year=2020, document_id="a", **small), without_total(year=2021, document_id="b", **small))
    )
    assert not refusals.str.contains("different_unit").any()


def test_without_a_total_health_by_the_same_rule_stands_in() -> None:
    refusals = by_document(
        together(without_total(year=2020, document_id="a"), without_total(year=2021, document_id="b", **THOUSAND))
    )
    assert refusals.str.contains("different_unit").all()


CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"health": 0},
    {"health": 19_000_000},
    {"kind": "secundaria"},
    {"citable": False, "obtained_how": "typeset"},
    {"period_status": "preliminary"},
    {"year": 1950},
)


def test_the_headline_the_declared_comparison_and_the_line_say_the_same() -> None:
    """Of seven governments, each with a budget that is compared or refused for another reason."""
    out = together(
        *(budget(government=f"{n:02}", document_id=f"d{n}", **change) for n, change in enumerate(CHANGES, 1))
    )
    headlines, lines = out["health_vs_events"].set_index("document_id"), out["line_comparison"].set_index("line_id")
    declared_rows = out["comparison"].set_index(["comparison_id", "document_id"])
    for n, change in enumerate(CHANGES, 1):
        headline, line = headlines.loc[f"d{n}"], lines.loc[f"d{n}:1:2"]
        declared = declared_rows.loc[("events_over_health", f"d{n}")]
        refusals = [row["refusals"] for row in (headline, declared, line)]
        assert pd.isna(refusals).all() or len(set(refusals)) == 1, change
        shares = [headline["events_share_of_health"], declared["result"], line["share_of_health"]]
        assert pd.isna(shares).all() or len(set(shares)) == 1, change
        assert headline["events_centavos"] == declared["x_amount_centavos"] == line["amount_centavos"]
    assert headlines["refusals"].nunique() >= 3, "they are not all refused alike"


def test_caveats_are_said_in_one_order() -> None:
    core = MadeCore().document().table(1).table(2, "function")
    core.line("Ceremonial", 1_000_000, object_code="381")
    core.line("Orden social", 2_000_000, object_code="382")
    core.line("Salud", 90_000_000, table=2, function_code="23")
    out = compared(core)
    caveats = out["health_vs_events"].iloc[0]["caveats"]
    order = ["dos clasificaciones", "suma de partidas"]
    assert [caveats.index(text) for text in order] == sorted(caveats.index(text) for text in order)
