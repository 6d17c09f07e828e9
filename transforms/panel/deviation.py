"""`out.deviation`: who spent more than was approved, on what: two stages of one class in one document, and how far they are apart.

As PEFA asks it: the whole (PI-1), and the parts beside the whole (PI-2). Stages of two documents are not put together: each may
cover other money, and a document that prints both says both of the same. Which place that is among governments is for `places`.
"""

import numpy as np
import pandas as pd

from transforms.compare.prices import PriceIndex
from transforms.measure.coded_text import by_distinct, number_rows
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import has_no_base, is_far, join_codes, reasons, true
from transforms.panel.choose import speaks
from transforms.panel.classes_of_views import FIRST_LEVEL, WHOLE
from transforms.panel.net import compared
from transforms.panel.panel import say
from warehouse.schema.panel import DEVIATION
from warehouse.schema.vocabulary import STAGES

ORDER = {stage: place for place, stage in enumerate(STAGES)}
BASES = ("aprobado", "modificado")
LATER = ("modificado", "devengado", "ejercido", "pagado")
PAIR = ["document_id", "government_id", "fiscal_year", "period", "by", "level", "class_id"]
_SLOT = ["government_id", "fiscal_year", "period", "by", "level", "alone"]
# What is looked at of either side, and what stands in the table of both.
_OF_STAGE = ["stage", "amount_centavos", "line_ids", "table"]
_DOUBTS = ["echo", "doubtful_unit", "missing", "unknown"]
_SAME = ["government", "name", "kind", "standing", "period_status", "declared_perimeter", "left_out", "perimeter"]


def deviations(rows: pd.DataFrame, measured: Measured, index: PriceIndex) -> pd.DataFrame:
    """As `out.deviation`, without places; `rows` are those of `budget_classes`."""
    rows = rows.assign(
        amount_centavos=compared(rows), unknown=(rows["class_id"] == WHOLE) & rows["net_total_centavos"].isna()
    )
    pairs = _pairs(_one_document(rows))
    refused = _refuse(pairs, measured)
    pairs = pairs.assign(
        refusals=join_codes(refused), deviation_centavos=pairs["to_amount_centavos"] - pairs["from_amount_centavos"]
    )
    shown = pairs["refusals"].isna()
    share = (pairs["deviation_centavos"] / pairs["from_amount_centavos"].where(shown)).astype("Float64")
    pairs["deviation_centavos"] = pairs["deviation_centavos"].where(~refused.drop(columns="zero_base").any(axis=1))
    pairs = pairs.assign(deviation_share=share, citable=pairs["standing"] == "citable", **_composition(pairs))
    for name in _COMPOSITION:
        pairs[name] = pairs[name].where((pairs["class_id"] == WHOLE) & shown)
    pairs = pairs.assign(caveats=say(pairs, index))
    key = ["government_id", "fiscal_year", "period", "by", "level", "class_id", "from_stage", "to_stage"]
    return DEVIATION.frame(
        pairs.reindex(columns=DEVIATION.frame_columns).sort_values(key, kind="stable", ignore_index=True)
    )


def _one_document(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the document that speaks for each class, among those that print two stages that can be paired."""
    rows = rows[rows["stage"].isin([*BASES, *LATER])]
    slot = number_rows(rows[_SLOT[:-1]].assign(alone=rows["class_id"].where(rows["by"] == "basket", "")))
    of_document = number_rows(pd.DataFrame({"slot": slot.where(slot >= 0), "document_id": rows["document_id"]}))
    stages = pd.Series(rows["stage"].map(ORDER).to_numpy(dtype="int64"), index=rows.index).groupby(of_document)
    paired = (stages.transform("min") < stages.transform("max")) & rows["stage"].isin(BASES).groupby(
        of_document
    ).transform("any")
    rows, slot = rows[paired & (of_document >= 0)], slot[paired & (of_document >= 0)]
    return rows[speaks(rows.assign(view_id=-1), slot)]


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Each base stage beside each later one of the same class: columns with `from_` and `to_`, and `either_` of doubts."""
    number, order = number_rows(rows[PAIR]).to_numpy(), rows["stage"].map(ORDER).to_numpy(dtype="int64")
    sides = pd.DataFrame({"number": number, "order": order, "at": np.arange(len(rows))})
    sides = sides[sides["number"] >= 0]
    first, second = (sides[rows["stage"].isin(of).to_numpy()[sides["at"]]] for of in (BASES, LATER))
    joined = first.merge(second, on="number", suffixes=("_from", "_to"))
    joined = joined[joined["order_from"] < joined["order_to"]]
    before, after = (
        rows[[*_OF_STAGE, *_DOUBTS, "verified"]].take(joined[at].to_numpy()) for at in ("at_from", "at_to")
    )
    made = rows[[*PAIR, *_SAME]].take(joined["at_from"].to_numpy()).reset_index(drop=True)
    for side, taken in (("from", before), ("to", after)):
        made[[f"{side}_{name}" for name in _OF_STAGE]] = taken[_OF_STAGE].set_axis(made.index)
    for name in _DOUBTS:
        made[f"either_{name}"] = true(before[name]).to_numpy() | true(after[name]).to_numpy()
    return made.assign(verified=before["verified"].to_numpy() & after["verified"].to_numpy())


def _refuse(pairs: pd.DataFrame, measured: Measured) -> pd.DataFrame:
    now, then = pairs["to_amount_centavos"], pairs["from_amount_centavos"]
    echo, unknown = pairs["either_echo"], pairs["either_unknown"]
    unread = (now.isna() | then.isna() | pairs["either_missing"]) & ~unknown
    budgets = pairs[["document_id", "government_id", "fiscal_year", "to_stage"]].set_axis(BUDGET, axis=1)
    jumped = measured.list_jumped()
    return reasons(
        {
            "unverified_operand": ~pairs["verified"] & ~echo & ~unread,
            "missing_operand": unread,
            "echo": echo,
            "total_contents_unknown": unknown,
            # One table under two headers is one perimeter; of two tables nobody says so.
            "different_perimeter": true(pairs["from_table"] != pairs["to_table"]),
            "different_unit": pairs["either_doubtful_unit"] | (is_far(now, then) & (pairs["class_id"] == WHOLE)),
            "perimeter_jump": by_distinct(budgets, lambda once: pd.Series(pd.MultiIndex.from_frame(once).isin(jumped))),
            "zero_base": has_no_base(now, then),
        },
        pairs.index,
    )


_KEY_OF_WHOLE = ["document_id", "government_id", "fiscal_year", "period", "by", "from_stage", "to_stage"]
_COMPOSITION = ["composition_deviation", "virement"]


def _composition(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """For each pair, of its whole and stages: how far the parts of the first level moved; null where a part is missing or unverified.

    Debt and the cash balance are no parts of it, as PEFA leaves the service of debt out.

    composition_deviation = Σ|a − b·A/B| / A and virement = Σ|a − b| / B, where b and a are the parts at both stages.
    """
    whole = number_rows(pairs[_KEY_OF_WHOLE])
    parts = pairs[(pairs["level"] == pairs["by"].map(FIRST_LEVEL)) & ~pairs["left_out"]]
    key = whole[parts.index]
    before, after = (parts[f"{side}_amount_centavos"].astype("Float64") for side in ("from", "to"))
    all_before, all_after = (side.groupby(key, sort=False).transform("sum") for side in (before, after))
    sound = parts["verified"].groupby(key, sort=False).transform("all") & (all_before > 0) & (all_after > 0)
    moved = (after - before * all_after / all_before).abs() / all_after
    turned = (after - before).abs() / all_before
    made = pd.DataFrame(dict(zip(_COMPOSITION, (moved.where(sound), turned.where(sound)), strict=True)))
    sums = made.groupby(key, sort=False).sum(min_count=1)
    return {name: pd.Series(sums[name].reindex(whole).array, index=pairs.index) for name in _COMPOSITION}
