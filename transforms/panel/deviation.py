"""`out.deviation`: who spent more than was approved, on what: two stages of one class in one document, and how far they are apart.

As PEFA asks it: the whole (PI-1), and the parts beside the whole (PI-2). Stages of two documents are not put together: each may
cover other money, and a document that prints both says both of the same.
"""

import pandas as pd

from transforms.compare.prices import PriceIndex
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import has_no_base, is_far, join_codes, reasons, true
from transforms.panel.choose import rank_views
from transforms.panel.classes_of_views import FIRST_LEVEL, WHOLE
from transforms.panel.net import compared
from transforms.panel.panel import say
from transforms.panel.places import places
from warehouse.schema.panel import DEVIATION
from warehouse.schema.vocabulary import STAGES

ORDER = {stage: place for place, stage in enumerate(STAGES)}
BASES = ("aprobado", "modificado")
LATER = ("modificado", "devengado", "ejercido", "pagado")
PAIR = ["document_id", "government_id", "fiscal_year", "period", "by", "level", "class_id"]
_SLOT = ["government_id", "fiscal_year", "period", "by", "level", "alone"]
_OF_STAGE = [
    "stage",
    "amount_centavos",
    "line_ids",
    "verified",
    "echo",
    "doubtful_unit",
    "missing",
    "view_id",
    "perimeter",
    "table",
    "unknown",
]
_SAME = ["government", "name", "kind", "standing", "period_status", "declared_perimeter", "left_out"]


def deviations(rows: pd.DataFrame, measured: Measured, index: PriceIndex) -> pd.DataFrame:
    """As `out.deviation`; `rows` are those of `budget_classes`."""
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
    pairs = pairs.assign(
        deviation_share=share, citable=pairs["standing"] == "citable", perimeter=pairs["from_perimeter"]
    )
    pairs = pairs.merge(_composition(pairs), on=_KEY_OF_WHOLE, how="left")
    for name in ("composition_deviation", "virement"):
        pairs[name] = pairs[name].where((pairs["class_id"] == WHOLE) & pairs["refusals"].isna())
    pairs = pairs.assign(caveats=say(pairs, index), **places(pairs))
    key = ["government_id", "fiscal_year", "period", "by", "level", "class_id", "from_stage", "to_stage"]
    return DEVIATION.frame(pairs.sort_values(key, kind="stable", ignore_index=True)[DEVIATION.frame_columns])


def _one_document(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the document that speaks for each class, among those that print two stages that can be paired."""
    rows = rows[rows["stage"].isin([*BASES, *LATER])].assign(alone=rows["class_id"].where(rows["by"] == "basket", ""))
    number = rows.groupby(["document_id", *_SLOT], sort=False).ngroup()
    paired = (rows.groupby(number, sort=False)["stage"].transform("nunique") > 1) & rows["stage"].isin(BASES).groupby(
        number
    ).transform("any")
    rows = rows[paired]
    best = rank_views(rows.assign(view_id=-1), _SLOT).drop_duplicates(_SLOT)[[*_SLOT, "document_id"]]
    return rows.merge(best, on=list(best.columns))


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Each base stage beside each later one of the same class: columns with `from_` and `to_`."""
    first = rows.loc[rows["stage"].isin(BASES), [*PAIR, *_SAME, *_OF_STAGE]]
    second = rows.loc[rows["stage"].isin(LATER), [*PAIR, *_OF_STAGE]]
    pairs = first.rename(columns={name: f"from_{name}" for name in _OF_STAGE}).merge(
        second.rename(columns={name: f"to_{name}" for name in _OF_STAGE}), on=PAIR
    )
    pairs = pairs[pairs["from_stage"].map(ORDER).astype("int64") < pairs["to_stage"].map(ORDER).astype("int64")]
    return pairs.assign(verified=pairs["from_verified"] & pairs["to_verified"]).reset_index(drop=True)


def _refuse(pairs: pd.DataFrame, measured: Measured) -> pd.DataFrame:
    def either(name: str) -> pd.Series:
        return true(pairs[f"from_{name}"]) | true(pairs[f"to_{name}"])

    now, then = pairs["to_amount_centavos"], pairs["from_amount_centavos"]
    unread = (now.isna() | then.isna() | either("missing")) & ~either("unknown")
    jumped = pd.MultiIndex.from_frame(
        pairs[["document_id", "government_id", "fiscal_year", "to_stage"]].set_axis(BUDGET, axis=1)
    ).isin(measured.list_jumped())
    return reasons(
        {
            "unverified_operand": ~pairs["verified"] & ~either("echo") & ~unread,
            "missing_operand": unread,
            "echo": either("echo"),
            "total_contents_unknown": either("unknown"),
            # One table under two headers is one perimeter; of two tables nobody says so.
            "different_perimeter": true(pairs["from_table"] != pairs["to_table"]),
            "different_unit": either("doubtful_unit") | (is_far(now, then) & (pairs["class_id"] == WHOLE)),
            "perimeter_jump": pd.Series(jumped, index=pairs.index),
            "zero_base": has_no_base(now, then),
        },
        pairs.index,
    )


_KEY_OF_WHOLE = ["document_id", "government_id", "fiscal_year", "period", "by", "from_stage", "to_stage"]


def _composition(pairs: pd.DataFrame) -> pd.DataFrame:
    """By whole and pair of stages: how far the parts of the first level moved; null where a part is missing or unverified.

    Debt and the cash balance are no parts of it, as PEFA leaves the service of debt out.

    composition_deviation = Σ|a − b·A/B| / A and virement = Σ|a − b| / B, where b and a are the parts at both stages.
    """
    parts = pairs[(pairs["level"] == pairs["by"].map(FIRST_LEVEL)) & ~pairs["left_out"]]
    key = [parts[name] for name in _KEY_OF_WHOLE]
    before, after = (parts[f"{side}_amount_centavos"].astype("Float64") for side in ("from", "to"))
    all_before, all_after = (side.groupby(key, sort=False).transform("sum") for side in (before, after))
    sound = parts["verified"].groupby(key, sort=False).transform("all") & (all_before > 0) & (all_after > 0)
    moved = (after - before * all_after / all_before).abs() / all_after
    turned = (after - before).abs() / all_before
    made = parts[_KEY_OF_WHOLE].assign(composition_deviation=moved.where(sound), virement=turned.where(sound))
    return made.groupby(_KEY_OF_WHOLE, sort=False)[["composition_deviation", "virement"]].sum(min_count=1).reset_index()
