"""`out.health_vs_events`: health against events and advertising, or the reasons why there is no comparison.

Which lines are the operands was decided in `transforms.measure.perimeter`; here they are divided, deflated, or refused.
"""

from typing import Any

import pandas as pd

from transforms.compare import caveats, contract
from transforms.compare.contract import DOUBTFUL, NOMINAL, PESOS, Side
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.perimeter import BUDGET, OPERANDS
from transforms.measure.refusals import UNIT_JUMP, join_codes, near_zero, true
from warehouse.schema.out import HEALTH_VS_EVENTS


def compare_budgets(
    budgets: pd.DataFrame,
    candidates: pd.DataFrame,
    documents: pd.DataFrame,
    index: PriceIndex,
    of_rule: dict[str, str],
    jumped: pd.MultiIndex,
) -> pd.DataFrame:
    """Each budget with its shares or its refusals. `of_rule` has the caveat of each measuring rule, `jumped` the budgets
    whose versions cover different money (`signature.between_versions`).

    A share within one year needs no price index, so a missing one is a caveat here, and leaves real amounts null.
    """
    described = documents[["document_id", "kind", "period_status", "perimeter", "citable", "obtained_how"]]
    rows = budgets.drop(columns="perimeter").merge(described, on="document_id", how="left")
    rows = _drop_apart(rows, "advertising")
    for operand in OPERANDS:
        rows[f"{operand}_verified"] = rows[f"{operand}_verified"].astype("boolean")
        rows[f"real_{operand}"] = deflate(rows[f"{operand}_amount"], rows["fiscal_year"], index)
    found = _reasons(rows, candidates).assign(perimeter_jump=pd.MultiIndex.from_frame(rows[BUDGET]).isin(jumped))
    rows["verified"] = pd.concat([rows[f"{operand}_verified"] for operand in OPERANDS], axis=1).all(axis=1)
    rows["events_share"] = share(rows["events_amount"], rows["health_amount"], ~found.any(axis=1))
    advertised = ~found.drop(columns="no_events").any(axis=1) & true(rows["advertising_verified"])
    rows["advertising_share"] = share(rows["advertising_amount"], rows["health_amount"], advertised)
    rows["refusals"] = join_codes(found)
    rows["caveats"] = _caveats(rows, of_rule, index)
    rows["health_basis"] = _basis(rows)
    return rows.sort_values(BUDGET, kind="stable", ignore_index=True)


def _drop_apart(rows: pd.DataFrame, operand: str) -> pd.DataFrame:
    """Without the amount that only a view of another perimeter prints; `<operand>_dropped` remembers it."""
    apart = true(rows[f"{operand}_apart"])
    empty = {
        f"{operand}_{field}": rows[f"{operand}_{field}"].mask(apart) for field in ("amount", "line_ids", "verified")
    }
    return rows.assign(**empty, **{f"{operand}_dropped": apart})


def operand(rows: pd.DataFrame, name: str, recurrence: str = "recurrent") -> Side:
    """What an operand of `choose` declares. Budgets are pesos of the day of one year, stage and period."""
    unit = pd.Series(PESOS, index=rows.index).mask(true(rows[f"{name}_doubtful_unit"]), DOUBTFUL)
    return Side(
        amount=rows[f"{name}_amount"],
        verified=rows[f"{name}_verified"],
        missing=rows[f"{name}_missing"],
        stage=rows["stage"],
        fiscal_year=rows["fiscal_year"],
        period_start=rows["period_start"],
        period_end=rows["period_end"],
        period_status=rows[f"{name}_period_status"],
        perimeter=rows[f"{name}_within"],
        price_basis=pd.Series(NOMINAL, index=rows.index),
        unit=unit,
        netting=rows[f"{name}_netting"],
        recurrence=pd.Series(recurrence, index=rows.index),
        source_kind=rows["kind"],
    )


def _reasons(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    health, events = operand(rows, "health"), operand(rows, "events")
    refused = contract.refuse(events, health)
    lacking = {"health": health.amount.isna(), "events": events.amount.isna()}
    here = {
        "no_operand": pd.Series(False, index=rows.index),  # which one, is said instead
        "no_health": lacking["health"],
        "no_events": lacking["events"],
        "different_unit": refused["different_unit"] | unit_jump(rows),
        "health_near_zero": true(near_zero(health.amount, rows["total"])),
    }
    elsewhere = missing_elsewhere(rows, found, lacking)
    return refused.assign(**here, **{code: refused[code] | there for code, there in elsewhere.items()})


def missing_elsewhere(rows: pd.DataFrame, found: pd.DataFrame, lacking: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """Why a missing operand could not be taken from where it is: another document, period or stage."""
    same_year = ["government_id", "fiscal_year"]
    keys = {
        "different_document": [*same_year, "stage", "period_start", "period_end"],
        "different_period": [*same_year, "stage"],
        "different_stage": same_year,
    }
    result = {code: pd.Series(False, index=rows.index) for code in keys}
    for operand, missing in lacking.items():
        there = found[(found["operand"] == operand) & (found["kind"] != "secundaria")]
        left = missing.copy()
        for code, key in keys.items():
            known = rows[key].merge(there[key].drop_duplicates().assign(there=True), on=key, how="left")["there"]
            hit = left & known.notna().set_axis(rows.index)
            result[code] |= hit
            left &= ~hit
    return result


def unit_jump(rows: pd.DataFrame) -> pd.Series:
    """Whether the total is over twenty times, or under a twentieth, of the year before or after.

    Health stands in where no total is printed. Where one is, health alone may fall to almost nothing, as it moves to
    bodies outside the perimeter: that is another refusal, and of one year only.
    """
    jump = pd.Series(False, index=rows.index)
    series = ["government_id", "stage", "kind"]
    size = rows["total"].fillna(rows["health_amount"])
    known = rows.assign(size=size)[true(size > 0)].sort_values([*series, "fiscal_year"], kind="stable")
    for step in (1, -1):
        beside = known.groupby(series, dropna=False)[["size", "fiscal_year"]].shift(step)
        near = (known["fiscal_year"] - beside["fiscal_year"]).abs() == 1
        far = (known["size"] > UNIT_JUMP * beside["size"]) | (beside["size"] > UNIT_JUMP * known["size"])
        hit = true(near & far)
        jump.loc[hit.index[hit]] = True
    return jump


def share(part: pd.Series, base: pd.Series, allowed: pd.Series) -> pd.Series:
    """A proportion for reading, null where it is not allowed."""
    return (part / base.where(base != 0)).astype("Float64").where(allowed)


def _caveats(rows: pd.DataFrame, of_rule: dict[str, str], index: PriceIndex) -> pd.Series:
    both = rows["health_amount"].notna() & rows["events_amount"].notna()
    borrowed = [
        rows[f"{o}_source_document"].notna() & (rows[f"{o}_source_document"] != rows["document_id"]) for o in OPERANDS
    ]
    sentences = {
        **caveats.of_document(rows, index),
        "two_axes": both,
        "events_added": rows["events_added"] > 1,
        "borrowed": borrowed[0] | borrowed[1] | borrowed[2],
        "perimeter_by_table": rows["total"].isna() & both,
        "advertising_apart": rows["advertising_dropped"],
        "advertising_unverified": ~rows["advertising_verified"].fillna(True),
        "part": rows["scope"] == "part",
    }
    return caveats.join(sentences, (rows["health_rule"].map(of_rule), caveats.perimeter(rows["perimeter"])))


def _basis(rows: pd.DataFrame) -> pd.Series:
    """health.function; tabla 41, página 167 (and the document, where it is another one)."""
    place = rows["health_rule"] + "; tabla " + rows["health_table"].astype("str") + ", página " + rows["health_page"]
    other = rows["health_source_document"]
    return place.where(other == rows["document_id"], place + ", documento " + other)


def frame(rows: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """As `out.health_vs_events`."""
    named: dict[str, Any] = {"total_centavos": rows["total"], "price_base": index.base}
    for operand in OPERANDS:
        named[f"{operand}_centavos"] = rows[f"{operand}_amount"]
        named[f"real_{operand}_centavos"] = rows[f"real_{operand}"]
    for operand in ("events", "advertising"):
        named[f"{operand}_share_of_health"] = rows[f"{operand}_share"]
    return HEALTH_VS_EVENTS.frame(rows.assign(**named)[HEALTH_VS_EVENTS.frame_columns])
